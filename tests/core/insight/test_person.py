"""A candidate's page and story, money by payee, the office, letters, both sides of work."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.errors import UserError
from core.insight.at_work import engagement
from core.insight.money import engagement_money
from core.insight.offers import offer, unanswered
from core.insight.office import colleagues, employer, school, schools
from core.insight.payees import payee_years
from core.insight.person import candidate, initials
from core.insight.reviews import both_sides, reviews
from core.model import (
    Candidate,
    CandidateEmail,
    Colleague,
    CompetencyMark,
    Consent,
    Employer,
    Enrolment,
    Evaluation,
    FitReview,
    Instalment,
    Milestone,
    Outcome,
    Payee,
    Payment,
    SchoolContact,
    SchoolPeriod,
    Touch,
)
from core.store import Label, Store
from tests.core.insight.build import Build, day, noon
from tests.support.stores import TODAY


def test_a_page_holds_head_next_touch_and_what_was_agreed(store: Store, build: Build) -> None:
    school_id = build.school("Kennedy-King College")
    person = build.person(
        "Mateo Ruiz", school_id, day("2029-05-31"), phone="555", free_grid="0010" * 7, hours_a_week=10, nickname="Teo"
    )
    build.add(CandidateEmail(candidate_id=person, position=1, address="b@example.edu"))
    build.add(CandidateEmail(candidate_id=person, position=0, address="a@example.edu"))
    build.add(
        Consent(
            candidate_id=person,
            school_id=school_id,
            signed_on=day("03-01"),
            records="work",
            purpose="credit",
            until=TODAY,
        )
    )
    build.pooled(person, day("03-01"), year=2026, rank=2, of_count=11, next_touch_on=TODAY + timedelta(days=9))
    build.add(Touch(candidate_id=person, kind="call", planned_on=day("11-17"), text="after midterms"))
    build.skill("Excel", of=person)
    view = candidate(store, person, today=TODAY)
    assert (view.initials, view.emails, view.stage_words) == (
        "MR",
        ("a@example.edu", "b@example.edu"),
        "Near-miss intern",
    )
    assert view.headline == "Kennedy-King College · 2nd year · graduates May 2029"
    assert view.next_touch is not None
    assert (view.next_touch.words, view.next_touch.days_late) == ("Touch due 17 Nov, 5 days late · “after midterms”", 5)
    assert view.availability.words == "Evenings, 10 hours a week."
    assert [(one.name, one.level_words) for one in view.skills] == [("Excel", "Early Application")]
    assert [one.words for one in view.pool] == ["Just missed the internship 2026 · 2nd of 11"]
    assert [one.live for one in view.consents] == [True]
    assert candidate(store, person, today=TODAY + timedelta(days=1)).consents[0].live is False
    with pytest.raises(UserError, match="no longer"):
        candidate(store, "gone", today=TODAY)


def test_initials_of_any_name() -> None:
    assert [initials(*pair) for pair in (("Ada", "Lovelace"), ("李明", ""), ("", ""))] == ["AL", "李", "?"]


def test_a_story_is_told_newest_first_with_links(store: Store, build: Build) -> None:
    project, person = (
        build.project("Supplier survey"),
        build.person(source="campus office list", first_contact_on=day("01-05")),
    )
    application = build.applied(project, person, day("02-01"), revealed_at=noon(day("02-10")), invited_on=day("01-20"))
    work = build.work(
        project, person, application=application, fee=44_000, status="accepted", estimated_hours=20,
        started_on=day("05-01"), delivered_on=day("06-01"), accepted_on=day("06-03"),
    )  # fmt: skip
    evaluation = build.add(
        Evaluation(
            rater_id=store.me or "", engagement_id=work, occasion="end", submitted_at=noon(day("06-04")), overall=4
        )
    )
    for name, level in (
        ("Communication", 4),
        ("Technology", 3),
        ("Teamwork", 4),
        ("Leadership", 3),
        ("Professionalism", 4),
    ):
        build.add(CompetencyMark(evaluation_id=evaluation, competency=name, level=level))
    build.add(FitReview(engagement_id=work, received_on=day("06-05"), clarity=4, support=4, work_again=3))
    build.add(Payment(engagement_id=work, candidate_id=person, amount=44_000, paid_on=day("06-06")))
    build.add(Outcome(candidate_id=person, kind="internship", offered_on=day("09-01")))
    found = candidate(store, person, today=TODAY).story
    assert [(str(one.on)[5:], one.words) for one in found] == [
        ("09-01", "Internship offered"),
        ("06-06", "Was paid $440 for Supplier survey"),
        ("06-05", "Their view of you: clear brief 4, support 4, would work here again"),
        ("06-03", "We accepted Supplier survey"),
        ("06-01", "Delivered Supplier survey, 20 h, $440 · rated 3.6 of 4"),
        ("05-01", "Began Supplier survey"),
        ("02-01", "Applied to Supplier survey"),
        ("01-20", "Invited to Supplier survey"),
        ("01-05", "First contact, campus office list"),
    ]
    assert all(one.link_words in one.words for one in found if one.link)
    assert found[6].link == ("projects", project)


def test_their_view_is_sealed_until_ours_is_in(store: Store, build: Build) -> None:
    person = build.person()
    work = build.work(build.project(), person, status="delivered", delivered_on=TODAY)
    assert both_sides(store, work, today=TODAY).words == "Neither side is in yet."
    build.add(FitReview(engagement_id=work, received_on=TODAY, overall=1, reflection="Too little time"))
    sealed = both_sides(store, work, today=TODAY)
    assert (sealed.theirs, sealed.theirs_in, sealed.words) == (None, True, "Their side is in; it opens once yours is.")
    said = repr(candidate(store, person, today=TODAY)) + repr(sealed)
    assert "Too little time" not in said
    assert "overall 1" not in said
    build.add(
        Evaluation(
            rater_id=store.me or "",
            engagement_id=work,
            occasion="end",
            submitted_at=noon(TODAY),
            overall=3,
            private_comment="x",
        )
    )
    opened = reviews(store, today=TODAY)[0]
    assert opened.theirs is not None
    assert (opened.theirs.marks, opened.theirs.reflection, opened.words) == ((("Overall", 1),), "Too little time", "")


def test_money_due_paid_and_open_in_parts(store: Store, build: Build) -> None:
    person = build.person()
    work = build.work(build.project(), person, fee=10_000, status="running")
    build.add(Instalment(engagement_id=work, position=1, amount=20_000, due_on=TODAY - timedelta(days=3)))
    found = engagement_money(store, work, today=TODAY)
    assert (found.due, found.paid, found.open, found.owed, found.owed_since) == (
        30_000,
        0,
        30_000,
        20_000,
        TODAY - timedelta(days=3),
    )
    build.add(Payment(engagement_id=work, candidate_id=person, amount=15_000, paid_on=TODAY))
    found = engagement_money(store, work, today=TODAY)
    assert (found.open, found.owed, [part.open for part in found.parts]) == (15_000, 15_000, [0, 15_000])
    build.add(Payment(engagement_id=work, candidate_id=person, amount=20_000, paid_on=TODAY))
    found = engagement_money(store, work, today=TODAY)
    assert (found.open, found.owed, found.owed_since) == (0, 0, None)


def test_payees_against_the_years_threshold(store: Store, build: Build) -> None:
    """2,000 USD in 2026, 600 in 2025; grants of a campus and wages do not count towards it."""
    contractor, wages, grant = build.person("Con Tractor"), build.person("Wa Ges"), build.person("Gra Nt")
    build.add(Payee(candidate_id=wages, worker_type="w2"))
    for person, amount, on, source in (
        (contractor, 150_000, "02-01", "employer"),
        (contractor, 50_000, "12-31", "employer"),
        (contractor, 59_999, "2025-12-31", "employer"),
        (wages, 300_000, "03-01", "employer"),
        (grant, 300_000, "03-01", "campus_grant"),
    ):
        work = build.work(build.project(), person)
        build.add(Payment(engagement_id=work, candidate_id=person, amount=amount, paid_on=day(on), paid_from=source))
    rows = {one.name: (one.total, one.counts, one.threshold, one.over) for one in payee_years(store, 2026)}
    assert rows == {
        "Con Tractor": (200_000, 200_000, 200_000, True),
        "Wa Ges": (300_000, 300_000, 200_000, False),
        "Gra Nt": (300_000, 0, 200_000, False),
    }
    assert [one.over for one in payee_years(store, 2025)] == [False]
    assert payee_years(store, 2030) == []


def test_an_engagements_page(store: Store, build: Build) -> None:
    work = build.work(build.project("Survey"), build.person("Ada Lovelace"), due_on=TODAY - timedelta(days=2))
    view = engagement(store, work, today=TODAY)
    assert (view.row.candidate, view.row.words, view.row.days_late, view.row.fee.due) == (
        "Ada Lovelace",
        "Running",
        2,
        25_000,
    )
    with pytest.raises(UserError):
        engagement(store, "gone", today=TODAY)


def test_the_office_and_its_schools(store: Store, build: Build) -> None:
    build.add(Colleague(name="Gone Away", left_on=TODAY))
    assert [one.name for one in colleagues(store)] == ["Maria Keller"]
    assert len(colleagues(store, also_left=True)) == 2
    with store.change(Label.EMPLOYER_CHANGED) as session:
        business = session.query(Employer).one()
        business.address, business.city, business.state, business.email = (
            "214 Canal Street",
            "Chicago",
            "IL",
            "o@x.example",
        )
    assert employer(store).lines == ("214 Canal Street", "Chicago, IL", "o@x.example")
    one, two = build.school("Älpha U", is_focus=True), build.school("Beta C")
    build.add(SchoolContact(school_id=one, office="Career services"))
    build.add(SchoolPeriod(school_id=one, kind="exams", starts_on=day("12-14"), ends_on=day("12-18")))
    person = build.person("A B", one)
    build.person("C D", two)
    with store.read() as session:
        study = session.query(Enrolment).filter_by(candidate_id=person).one().id
    build.applied(build.project(), person, enrolment_id=study)
    build.add(
        Consent(candidate_id=person, school_id=one, signed_on=TODAY, records="r", purpose="p", withdrawn_on=TODAY)
    )
    rows = schools(store, today=TODAY)
    assert [(row.name, row.candidates, row.applicants, row.consents) for row in rows] == [
        ("Älpha U", 1, 1, 0),
        ("Beta C", 1, 0, 0),
    ]
    assert school(store, one, today=TODAY).periods[0].kind_words == "Exams"


def test_a_letter_has_all_it_says(store: Store, build: Build) -> None:
    project = build.project("Labels", summary="A shelf one can read", place="Canal Street", location_mode="mixed")
    build.add(Milestone(project_id=project, position=0, text="120 labels", due_on=day("12-20")))
    person = build.person("Mateo Ruiz", nickname="Teo")
    build.add(CandidateEmail(candidate_id=person, position=0, address="m@example.edu"))
    application = build.applied(project, person)
    made = build.offer(application, fee=36_000, hours=16, expires_on=TODAY - timedelta(days=1), sent_on=day("11-10"))
    view = offer(store, made, today=TODAY)
    assert (view.candidate, view.greeting_name, view.email) == ("Mateo Ruiz", "Teo", "m@example.edu")
    assert (view.state, view.day, view.rate, view.place) == ("expired", day("11-10"), 2250, "Mixed, Canal Street")
    assert view.deliverables == (("120 labels", day("12-20")),)
    assert view.signatory == "Maria Keller"
    assert unanswered(store) == [made]
    drafted = build.offer(build.applied(project, build.person()), status="drafted")
    build.offer(build.applied(project, build.person(), status="not_selected"), status="drafted")
    build.offer(build.applied(project, build.person()), status="declined")
    assert unanswered(store) == [made, drafted]
    assert offer(store, drafted, today=TODAY).day == TODAY


def test_questions_write_nothing(store: Store, build: Build) -> None:
    person = build.person()
    before = store.history(limit=5)
    candidate(store, person, today=TODAY)
    assert store.history(limit=5) == before
    with store.read() as session:
        assert session.get_one(Candidate, person).row_version == 1
