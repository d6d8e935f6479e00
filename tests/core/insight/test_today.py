"""What waits today and why; the year; who goes cold."""

from __future__ import annotations

from datetime import date, timedelta

from core.insight.today import place_counts, today_view
from core.model import (
    CheckIn,
    Engagement,
    Evaluation,
    Extension,
    Milestone,
    MilestoneDone,
    Payment,
    SchoolPeriod,
    ToDo,
    Touch,
    WorkAuthorisation,
)
from core.store import Label, Store
from core.work import plan
from tests.core.insight.build import Build, day, noon
from tests.support.stores import TODAY


def lines(store: Store) -> list[tuple[str, str, str, str]]:
    view = today_view(store, today=TODAY)
    return [(one.action, one.subject, one.chip, one.chip_kind) for one in view.waiting]


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def test_an_empty_store_waits_for_nothing(store: Store) -> None:
    view = today_view(store, today=TODAY)
    assert (view.headline, view.waiting, view.cold, view.to_dos) == ("Nothing waits for you", (), (), ())
    assert (view.reach.schools, view.reach.early_percent) == (0, "none yet")
    assert view.months_words == "November and December have no project yet."
    counts = place_counts(store, today=TODAY)
    assert (counts.today, counts.projects, counts.candidates, counts.evaluations) == (0, 0, 0, 0)


def test_scoring_waits_until_mine_is_in_then_the_decision(store: Store, build: Build) -> None:
    project = build.project("Menu", apply_by=TODAY + timedelta(days=1))
    applications = [build.applied(project, build.person()) for _ in range(2)]
    assert lines(store) == []  # nothing to score with yet
    (one,) = build.rubric(project, 1)
    assert lines(store) == [("score", "Score 2 applications", "closes tomorrow", "amber")]
    assert place_counts(store, today=TODAY).evaluations == 2
    build.scored(applications[0], build.colleague(), {one: 3})
    build.scored(applications[0], store.me or "", {one: 3})
    assert lines(store) == [("score", "Score 1 application", "closes tomorrow", "amber")]
    build.scored(applications[1], store.me or "", {one: 3})
    assert lines(store) == []
    plan.move_project(store, project, "selecting", today=TODAY)
    assert lines(store) == [("decide", "Decide on 2 applications", "closed by hand", "neutral")]
    view = today_view(store, today=TODAY + timedelta(days=4))
    assert [(w.action, w.subject, w.chip) for w in view.waiting] == [
        ("decide", "Decide on 2 applications", "waiting 3 days")
    ]
    build.offer(applications[0])
    assert [w.action for w in today_view(store, today=TODAY + timedelta(days=4)).waiting] == []


def test_work_waits_at_each_of_its_steps(store: Store, build: Build) -> None:
    project = build.project("Survey", openings=9)
    delivered = build.work(project, build.person("Amara Okafor"), status="delivered", delivered_on=ago(2))
    build.work(project, build.person("Bo Tran"), status="agreed", started_on=None, kick_off_on=ago(-1))
    build.work(project, build.person("Cy Eze"), status="running", due_on=ago(3))
    build.work(project, build.person("Di Far"), status="running", due_on=ago(-30))
    view = today_view(store, today=TODAY)
    assert [(w.action, w.subject, w.chip, w.chip_kind) for w in view.waiting] == [
        ("approve", "Approve delivered work", "waiting 2 days", "neutral"),
        ("kick_off", "Kick-off is due", "tomorrow", "amber"),
        ("check_in", "Work is overdue", "3 days late", "red"),
    ]
    assert view.waiting[0].detail == "Amara Okafor · Survey"
    assert view.waiting[0].target == ("engagements", delivered)
    assert view.headline == "3 things need you, about 30 minutes"


def test_offers_to_send_about_to_expire_and_expired(store: Store, build: Build) -> None:
    project = build.project("Archive", openings=9)
    for fields in (
        {"status": "drafted"},
        {"expires_on": ago(-2)},
        {"expires_on": ago(-8)},
        {"expires_on": ago(1)},
        {"status": "declined", "expires_on": ago(-1)},
    ):
        build.offer(build.applied(project, build.person()), **fields)
    assert sorted(lines(store)) == [
        ("remind", "Offer expires", "in 2 days", "amber"),
        ("renew", "Offer has expired", "expired 1 day ago", "red"),
        ("send", "Send the offer", "drafted", "neutral"),
    ]


def test_an_expired_offer_that_was_followed_by_another_waits_no_more(store: Store, build: Build) -> None:
    application = build.applied(build.project(), build.person())
    build.offer(application, expires_on=ago(9))
    build.offer(application, status="declined", expires_on=ago(5))
    assert [one[0] for one in lines(store)] == ["renew"]
    build.offer(application, expires_on=ago(-30))
    assert lines(store) == []


def test_money_is_due_on_acceptance_and_late_after(store: Store, build: Build) -> None:
    project, person = build.project(openings=9), build.person("Leah Brandt")
    me = store.me or ""
    work = build.work(project, person, fee=36_000, status="accepted", accepted_on=ago(2))
    build.add(Evaluation(rater_id=me, engagement_id=work, occasion="end", submitted_at=noon(ago(1)), overall=4))
    view = today_view(store, today=TODAY)
    assert [(w.subject, w.detail, w.chip) for w in view.waiting] == [
        ("Pay $360", "Leah Brandt · accepted 20 Nov", "2 days late")
    ]
    build.add(Payment(engagement_id=work, candidate_id=person, amount=16_050, paid_on=ago(1)))
    assert [one[1] for one in lines(store)] == ["Pay $199.50"]
    build.add(Payment(engagement_id=work, candidate_id=person, amount=19_950, paid_on=TODAY))
    assert lines(store) == []


def test_work_accepted_asks_for_an_evaluation(store: Store, build: Build) -> None:
    build.work(build.project(), build.person(), fee=0, status="accepted", accepted_on=ago(60))
    build.work(build.project(), build.person(), fee=0, status="accepted", accepted_on=ago(61))
    assert lines(store) == [("evaluate", "Say how it was", "accepted 60 days ago", "neutral")]


def test_the_first_open_milestone_waits_until_it_is_marked(store: Store, build: Build) -> None:
    project = build.project("Survey")
    parts = [
        build.add(Milestone(project_id=project, position=place, text=f"Part {place}", due_on=on))
        for place, on in enumerate((ago(2), ago(0), ago(-14)))
    ]
    work = build.work(project, build.person("Ada Lovelace"))
    view = today_view(store, today=TODAY)
    assert [(w.subject, w.detail, w.chip) for w in view.waiting] == [
        ("Milestone is overdue", "Ada Lovelace · Survey: Part 0 and 1 more", "2 days late")
    ]
    build.add(MilestoneDone(engagement_id=work, milestone_id=parts[0], done_on=TODAY))
    assert lines(store) == [("check_in", "Milestone", "due today", "amber")]
    build.add(MilestoneDone(engagement_id=work, milestone_id=parts[1], done_on=TODAY))
    assert lines(store) == []


def test_time_granted_moves_the_milestones_after_it(store: Store, build: Build) -> None:
    project = build.project("Survey")
    build.add(Milestone(project_id=project, position=0, text="Part 0", due_on=ago(2)))
    work = build.work(project, build.person("Ada Lovelace"), due_on=ago(-24))
    assert [one[1] for one in lines(store)] == ["Milestone is overdue"]
    build.add(Extension(engagement_id=work, asked_on=ago(3), new_due_on=ago(-24), granted=True, answered_on=ago(3)))
    assert lines(store) == []


def test_a_talk_that_is_planned_waits_on_its_day(store: Store, build: Build) -> None:
    work = build.work(build.project("Survey"), build.person("Ada Lovelace"))
    build.add(CheckIn(engagement_id=work, planned_on=ago(-1)))
    assert lines(store) == []
    talk = build.add(CheckIn(engagement_id=work, planned_on=ago(1), note="The first table"))
    assert lines(store) == [("talk", "Check-in is due", "1 day late", "amber")]
    build.add(CheckIn(engagement_id=work, planned_on=ago(2), held_on=ago(2)))
    with store.change(Label.CHECK_IN_HELD) as session:
        session.get_one(CheckIn, talk).held_on = TODAY
    assert lines(store) == []


def test_a_window_that_does_not_cover_the_work_waits(store: Store, build: Build) -> None:
    person = build.person("Ada Lovelace")
    work = build.work(build.project("Survey"), person, status="agreed", started_on=None, kick_off_on=ago(-9))
    assert lines(store) == []
    window = build.add(WorkAuthorisation(candidate_id=person, kind="cpt"))
    assert lines(store) == [("window", "Kick-off is held", "kick-off 1 Dec", "red")]
    with store.change(Label.AUTHORISATION_CHANGED) as session:
        row = session.get_one(WorkAuthorisation, window)
        row.starts_on, row.ends_on = ago(-9), ago(-14)
    assert lines(store) == []
    with store.change(Label.WORK_STARTED) as session:
        one = session.get_one(Engagement, work)
        one.status, one.started_on, one.due_on = "running", ago(-9), ago(-15)
    assert lines(store) == [("window", "Work goes beyond its window", "due 7 Dec", "red")]
    with store.change(Label.WORK_STARTED) as session:
        session.get_one(Engagement, work).hold_reason = "The campus office renews it."
    assert lines(store) == []


def test_contacts_due_one_line_a_person(store: Store, build: Build) -> None:
    ana, bo = build.person("Ana A"), build.person("Bo B")
    build.pooled(ana, next_touch_on=ago(5), note="after midterms")
    build.add(Touch(candidate_id=ana, kind="call", planned_on=ago(1)))
    build.add(Touch(candidate_id=bo, kind="call", planned_on=TODAY, text="Call about spring"))
    build.pooled(build.person("Cy C"), next_touch_on=ago(-1))
    build.pooled(build.person("Di D"), next_touch_on=ago(5), ended_on=ago(1))
    view = today_view(store, today=TODAY)
    assert [(w.detail, w.chip, w.target) for w in view.waiting] == [
        ("Ana A · after midterms", "5 days late", ("candidates", ana)),
        ("Bo B · Call about spring", "due today", ("candidates", bo)),
    ]


def test_a_wish_for_more_time_waits_for_its_answer(store: Store, build: Build) -> None:
    work = build.work(build.project(), build.person())
    build.add(Extension(engagement_id=work, asked_on=ago(1), new_due_on=ago(-21)))
    assert lines(store) == [("extension", "More time wished for", "waiting 1 day", "neutral")]


def test_to_dos_that_are_open_and_not_asleep(store: Store, build: Build) -> None:
    project = build.project()
    for text, fields in (
        ("Open", {}),
        ("Done", {"done_on": TODAY}),
        ("Became a project", {"project_id": project}),
        ("Asleep", {"snoozed_until": ago(-1)}),
        ("Awake again", {"snoozed_until": TODAY}),
    ):
        build.add(ToDo(text=text, captured_on=ago(9), **fields))
    assert [one.text for one in today_view(store, today=TODAY).to_dos] == ["Open", "Awake again"]


def test_going_cold_says_why_and_what_fits(store: Store, build: Build) -> None:
    school = build.school("Kennedy-King College")
    mateo = build.person("Mateo Ruiz", school, day("2027-05-31"), first_contact_on=ago(66))
    dana = build.person("Dana Whitfield", school, day("2027-10-31"), first_contact_on=ago(70))
    project = build.project("Inventory labels", kick_off_on=ago(-10), due_on=ago(-24))
    build.skill("Labels", of=mateo, wanted_by=project)
    view = today_view(store, today=TODAY)
    assert view.cold_count == 2
    assert [(one.name, one.chip, one.chip_kind, one.action) for one in view.cold] == [
        ("Mateo Ruiz", "fits “Inventory labels”", "green", "invite"),
        ("Dana Whitfield", "no project fits yet", "neutral", "write"),
    ]
    assert view.cold[0].detail == "Kennedy-King College · 4th year · 66 days"
    assert view.cold[0].why == "66 days since the last contact, graduates in 6 months; fits “Inventory labels”"
    second = build.project("Shelf labels", kick_off_on=ago(-10), due_on=ago(-24))
    build.skill("Labels", wanted_by=second)
    assert today_view(store, today=TODAY).cold[0].chip == "fits 2 projects"
    build.applied(second, mateo)
    assert today_view(store, today=TODAY).cold[0].chip == "fits “Inventory labels”"
    build.touch(dana, TODAY)
    assert today_view(store, today=TODAY).cold_count == 1


def test_the_year_counts_what_ran_and_what_is_planned(store: Store, build: Build) -> None:
    project = build.project("Past", status="selecting")
    for _ in range(2):
        build.work(project, build.person(), status="accepted", started_on=day("02-10"), accepted_on=day("04-02"), fee=0)
    build.project("Ahead", kick_off_on=day("12-07"), due_on=day("12-21"))
    build.project("Never", status="cancelled", kick_off_on=day("12-07"), due_on=day("12-21"))
    view = today_view(store, today=TODAY)
    assert [one.count for one in view.months] == [0, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 1]
    assert [one.ahead for one in view.months][-2:] == [False, True]
    assert view.months_words == "November has no project yet."


def test_a_gap_says_who_is_free_after_exams(store: Store, build: Build) -> None:
    school = build.school()
    build.work(build.project(), build.person(), due_on=day("11-30"))
    build.add(SchoolPeriod(school_id=school, kind="exams", starts_on=day("12-14"), ends_on=day("12-18")))
    build.person("Free Then", hours_a_week=10)
    build.person("Not Said")
    words = today_view(store, today=TODAY).months_words
    assert words == "December has no project yet. 1 candidate is free between exams and January."


def test_reach_by_where_people_study_now(store: Store, build: Build) -> None:
    focus, other = build.school("Focus U", is_focus=True), build.school("Other C")
    build.school("Nobody's College")
    build.person("A A", focus, day("2030-05-31"))
    build.person("B B", other, day("2028-05-31"))
    build.person("C C", other)
    build.person("D D")
    reach = today_view(store, today=TODAY).reach
    assert (reach.schools, reach.schools_words) == (2, "schools, 1 outside focus")
    assert (reach.early, reach.known, reach.early_percent, reach.early_words) == (
        1,
        2,
        "50 %",
        "first and second years, of 2",
    )
