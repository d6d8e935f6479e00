"""Candidates come in by hand and in bulk."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from core.errors import FieldErrors, UserError
from core.model import Candidate, CandidateEmail, Enrolment, School
from core.store import Store
from core.work import candidates, gather, hours, pay, run
from core.work.gather import CandidateDraft, SkillDraft
from tests.support import made
from tests.support.stores import TODAY
from tests.support.tables import tables


def count(store: Store, kind: Any) -> int:
    with store.read() as session:
        return session.scalar(select(func.count()).select_from(kind)) or 0


def person(store: Store, candidate_id: str) -> Candidate:
    with store.read() as session:
        return session.get_one(Candidate, candidate_id)


@pytest.mark.parametrize(
    ("changed", "field", "words"),
    [
        ({"first_name": " ", "last_name": "\u200b"}, "first_name", "at least"),
        ({"last_name": "x" * 300}, "last_name", "300"),
        ({"emails": ["ada@home"]}, "emails", "ada@home"),
        ({"emails": ["ada@northfield.example.edu\nbcc: x@example.edu"]}, "emails", "no e-mail"),
        ({"class_year": 0}, "class_year", "1 to 8"),
        ({"graduates_on": date(1492, 1, 31)}, "graduates_on", "1492"),
        ({"graduates_on": date(1970, 5, 31)}, "graduates_on", "1970"),
        ({"graduates_on": date(2099, 5, 31)}, "graduates_on", "2099"),
        ({"hours_a_week": 200}, "hours_a_week", "80"),
        ({"free_grid": "01"}, "free_grid", "28"),
        ({"first_contact_on": TODAY + timedelta(days=1)}, "first_contact_on", "future"),
        ({"blackouts": [gather.BlackoutDraft(starts_on=TODAY, ends_on=date(2020, 1, 1))]}, "blackouts", "before"),
        ({"skills": [SkillDraft(name="Excel", level=5)]}, "skills", "1 to 4"),
        ({"school_name": "", "emails": ["ada@post.example"], "major": "Law"}, "school_name", "which school"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(store: Store, changed: dict[str, Any], field: str, words: str) -> None:
    before = tables(store)
    with pytest.raises(FieldErrors) as caught:
        made.candidate(store, **changed)
    assert set(caught.value.fields) == {field}
    assert words in caught.value.fields[field]
    assert tables(store) == before


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Ø", "Ø"),
        ("<b>Ada</b>", "<b>Ada</b>"),
        ('=HYPERLINK("x")', '=HYPERLINK("x")'),
        ("\u202eadA", "adA"),
        ("A\u0301 \n b", "Á b"),
        ("x" * 200, "x" * 200),
    ],
)
def test_names_are_kept_as_people_have_them(store: Store, typed: str, kept: str) -> None:
    assert person(store, made.candidate(store, first_name=typed, last_name="")).first_name == kept


def test_schools_are_found_by_name_short_name_and_mail_domain_and_else_added(store: Store) -> None:
    school_id = gather.add_school(
        store,
        gather.SchoolDraft(
            name="Northfield College", short_name="NFC", domains=["https://www.Northfield.example.edu/"]
        ),
        today=TODAY,
    )
    for number, (name, mail) in enumerate(
        [
            ("northfield  COLLEGE", "a@x.example"),
            ("nfc", "b@x.example"),
            ("", "c@cs.northfield.example.edu"),
        ]
    ):
        made.candidate(store, f"P {number}", school_name=name, emails=[mail])
    made.candidate(store, "New One", school_name="Easton University", emails=["d@northfield.example.edu"])
    made.candidate(store, "Far Away", school_name="", emails=["e@law.oxbridge.ac.uk"])
    with store.read() as session:
        found = [session.get_one(School, row.school_id).name for row in session.scalars(select(Enrolment))]
        assert sorted(found) == ["Easton University", *["Northfield College"] * 3, "oxbridge.ac.uk"]
    assert gather.find_school(store, "someone@northfield.example.edu") == school_id
    assert gather.find_school(store, "Nowhere") is None


def test_without_any_school_a_person_is_still_a_candidate(store: Store) -> None:
    made.candidate(store, school_name="", emails=["ada@post.example"], graduates_on=None)
    assert count(store, Enrolment) == 0


def test_a_draft_read_back_and_saved_changes_nothing(store: Store) -> None:
    candidate_id = made.candidate(
        store,
        class_year=2,
        skills=[SkillDraft(name="Excel", level=3, evidence="A budget"), SkillDraft(name="  ")],
        blackouts=[gather.BlackoutDraft(starts_on=TODAY, ends_on=TODAY)],
        free_grid="01" * 14,
        links=["https://a.example", ""],
    )
    before = tables(store)
    later = TODAY + timedelta(days=400)
    draft = gather.candidate_draft(store, candidate_id, today=later)
    assert draft.class_year == 3
    gather.change_candidate(store, candidate_id, draft, today=later)
    assert tables(store) == before


def test_a_transfer_keeps_the_old_school(store: Store) -> None:
    candidate_id = made.candidate(store)
    draft = gather.candidate_draft(store, candidate_id, today=TODAY)
    gather.change_candidate(store, candidate_id, replace(draft, school_name="Easton University"), today=TODAY)
    assert count(store, Enrolment) == 2
    assert gather.candidate_draft(store, candidate_id, today=TODAY).school_name == "Easton University"


def test_the_class_year_at_first_contact_is_kept(store: Store) -> None:
    candidate_id = made.candidate(store, graduates_on=date(2030, 5, 31), first_contact_on=TODAY)
    assert person(store, candidate_id).class_year_at_first_contact == 1


def test_an_address_belongs_to_one_person(store: Store) -> None:
    made.candidate(store, emails=["Ada@Post.example"])
    with pytest.raises(FieldErrors) as caught:
        made.candidate(store, "Eve Other", emails=["ada@post.example"])
    assert "Ada Lovelace" in caught.value.fields["emails"]


def test_who_may_be_the_same_person_is_told_and_not_refused(store: Store) -> None:
    first = made.candidate(store, "Zoë Müller", emails=["zoe@post.example"])
    draft = CandidateDraft(first_name="ZOE", last_name="Muller", school_name="northfield college")
    [(found, why)] = gather.duplicates_of(store, draft)
    assert (found, "same name" in why) == (first, True)
    same_mail = CandidateDraft(first_name="Someone", emails=["ZOE@post.example"])
    assert [i for i, _ in gather.duplicates_of(store, same_mail)] == [first]
    assert gather.duplicates_of(store, same_mail, own_id=first) == []
    assert gather.duplicates_of(store, replace(draft, school_name="Elsewhere")) == []
    gather.add_candidate(store, draft, today=TODAY)


def test_removing_takes_all_that_hangs_on_them_and_undo_brings_it_back(store: Store) -> None:
    before_any = tables(store)["candidates"]
    project_id = made.project(store)
    criteria = made.rubric(store, project_id)
    candidate_id = made.candidate(store, skills=[SkillDraft(name="Excel")])
    application = made.application(store, project_id, candidate_id)
    from core.work import check_ins, documents, evaluate, warm

    assert store.me is not None
    evaluate.score(store, application, store.me, {criteria[0]: (3, "x")}, today=TODAY)
    engagement = made.engagement(store, application)
    run.start(store, engagement, today=TODAY)
    hours.log_hours(store, engagement, 60, today=TODAY)
    check_ins.hold_check_in(store, engagement, 15, today=TODAY)
    documents.keep_file(store, "engagements", engagement, "letter.txt", b"Dear readers", today=TODAY)
    warm.add_touch(store, warm.TouchDraft(candidate_id=candidate_id), today=TODAY)
    before = tables(store)
    gather.remove_candidate(store, candidate_id, today=TODAY)
    after = tables(store)
    assert after["candidates"] == before_any
    gone = {noun for noun in before if before[noun] != after[noun]}
    assert {"applications", "offers", "engagements", "scores", "check_ins", "documents", "touches"} <= gone
    assert "projects" not in gone
    store.undo()
    assert tables(store) == before


def test_someone_who_was_paid_stays(store: Store) -> None:
    candidate_id = made.candidate(store)
    engagement = made.engagement(store, made.application(store, made.project(store), candidate_id))
    terms = pay.payment_terms(store, engagement, today=TODAY)
    pay.record_payment(store, terms, today=TODAY, reason="Paid ahead")
    with pytest.raises(UserError, match="1 payment"):
        gather.remove_candidate(store, candidate_id, today=TODAY)


def rows_of(number: int) -> list[CandidateDraft]:
    return [
        CandidateDraft(
            first_name=f"First {i}",
            last_name=f"Last {i}",
            emails=[f"p{i}@school{i % 20}.example.edu"],
            school_name=f"School {i % 20}",
            major="History",
            graduates_on=date(2028, 5, 31),
            skills=[SkillDraft(name=f"Skill {i % 30}")],
        )
        for i in range(number)
    ]


def test_an_import_is_one_change_that_knows_who_is_there(store: Store) -> None:
    start = tables(store)
    assert gather.add_candidates(store, rows_of(30), today=TODAY).added == 30
    again = rows_of(32)
    again[3] = replace(again[3], major="Physics", first_name="")
    counts = gather.add_candidates(store, again, today=TODAY)
    assert (counts.added, counts.changed, counts.same) == (2, 1, 29)
    assert count(store, Candidate) == 32
    assert count(store, School) == 20
    draft = gather.candidate_draft(store, counts.ids[3], today=TODAY)
    assert (draft.first_name, draft.major) == ("First 3", "Physics")
    store.undo()
    store.undo()
    assert tables(store) == start


def no_address(store: Store, *drafts: CandidateDraft) -> list[str]:
    """What an import of these would be: one outcome a row."""
    done = gather.add_candidates(store, drafts, today=TODAY, skip_faulty=True)
    return [done.outcomes.get(at, "failed") for at in range(len(drafts))]


def test_without_an_address_name_and_school_say_who_it_is(store: Store) -> None:
    ana = CandidateDraft(first_name="Ána", last_name="Ruiz", school_name="North College", source="Fair")
    assert no_address(store, ana, replace(ana, school_name=""), replace(ana, first_name="Ann")) == ["added"] * 3
    assert no_address(store, ana, replace(ana, school_name=""), replace(ana, first_name="Ann")) == ["same"] * 3
    shouted = replace(ana, first_name="ANA", school_name="north college", phone="555-0100")
    assert no_address(store, replace(shouted, first_name="Ána")) == ["changed"]
    assert no_address(store, replace(ana, school_name="South College")) == ["added"]
    # An address of their own makes them another, whom only a person can call the same.
    assert no_address(store, replace(ana, emails=["ana@example.edu"])) == ["added"]
    # Whoever has an address is meant only where nobody without one is.
    assert no_address(store, replace(ana, phone="555-0100")) == ["same"]
    assert count(store, Candidate) == 5


def test_namesakes_are_told_apart_or_asked_about(store: Store) -> None:
    one = CandidateDraft(first_name="Bo", last_name="Li", school_name="North College", student_number="17")
    other = replace(one, student_number="18")
    assert no_address(store, one, other) == ["added", "added"]
    assert no_address(store, other, one) == ["same", "same"]
    assert no_address(store, replace(other, major="Art")) == ["changed"]
    assert no_address(store, replace(other, student_number="19")) == ["added"]
    assert no_address(store, replace(one, student_number="", major="Law")) == ["failed"]


def test_a_faulty_row_stops_an_import_or_is_left_out(store: Store) -> None:
    drafts = [*rows_of(3), CandidateDraft(), CandidateDraft(first_name="A", emails=["p1@school1.example.edu"])]
    before = tables(store)
    with pytest.raises(FieldErrors) as caught:
        gather.add_candidates(store, drafts, today=TODAY)
    assert set(caught.value.fields) == {"row 4"}
    assert tables(store) == before
    counts = gather.add_candidates(store, drafts, today=TODAY, skip_faulty=True)
    assert (counts.added, set(counts.failed)) == (3, {3, 4})
    assert "twice" in counts.failed[4]["emails"]


def test_ten_thousand_rows_come_in_and_are_known_again(store: Store) -> None:
    drafts = rows_of(10_000)
    assert gather.add_candidates(store, drafts, today=TODAY).added == 10_000
    assert gather.add_candidates(store, drafts, today=TODAY).same == 10_000
    assert count(store, CandidateEmail) == 10_000


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(first=st.text(max_size=250), last=st.text(max_size=250), mail=st.text(max_size=30))
def test_any_text_is_either_clean_or_refused_with_words(first: str, last: str, mail: str) -> None:
    draft = CandidateDraft(first_name=first, last_name=last, emails=[mail] if mail.strip() else [])
    kept, fields = draft, {}
    try:
        kept = candidates.checked(draft, today=TODAY)
    except FieldErrors as error:
        fields = error.fields
    if fields:
        assert set(fields) <= {"first_name", "last_name", "emails"}
        assert all(words.strip() for words in fields.values())
    else:
        assert kept.first_name or kept.last_name
        assert len(kept.first_name) <= 200
        assert candidates.checked(kept, today=TODAY) == kept


def test_a_number_is_never_given_twice_so_that_a_removal_can_be_undone(store: Store) -> None:
    first = gather.add_candidate(store, CandidateDraft(first_name="Ada"), today=TODAY)
    gather.remove_candidate(store, first, today=TODAY)
    removal = store.can_undo()
    gather.add_candidate(store, CandidateDraft(first_name="Ben"), today=TODAY)
    assert removal is not None
    store.undo(removal.change_id)
    with store.read() as session:
        assert sorted(session.scalars(select(Candidate.number))) == [1, 2]
