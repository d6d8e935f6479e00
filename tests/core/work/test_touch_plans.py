"""Touch plans: by reason, by entry, and what a contact makes of the next date."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from core.errors import FieldErrors, UserError
from core.message import Words
from core.model import Candidate, Enrolment, PoolEntry, SchoolPeriod, Touch
from core.pacing import Plan
from core.store import Label, Store
from core.work import gather, messages, schools, touch_plans, warm
from core.work.pool import PoolDraft, put_off, put_off_people
from core.work.schools import SchoolPeriodDraft
from core.work.touches import TouchDraft
from core.work.warm import OutcomeDraft
from tests.support import made
from tests.support.stores import TODAY
from tests.support.tables import tables


def kept(store: Store, name: str = "Ada Lovelace", **said: Any) -> tuple[str, str]:
    """A person and their pool entry."""
    person = made.candidate(store, name)
    return person, warm.enter_pool(store, PoolDraft(candidate_id=person, **said), today=TODAY)


def next_of(store: Store, entry_id: str) -> date | None:
    with store.read() as session:
        return session.get_one(PoolEntry, entry_id).next_touch_on


def test_the_plan_of_the_reason_says_the_next_date(store: Store) -> None:
    _, miss = kept(store)
    _, fair = kept(store, "Bao Tran", reason="fair")
    _, own = kept(store, "Chidi Eze", every_days=10)
    _, none = kept(store, "Dana Whitfield", every_days=0)
    assert next_of(store, miss) == TODAY + timedelta(days=60)
    assert next_of(store, fair) == TODAY + timedelta(days=45)
    assert next_of(store, own) == TODAY + timedelta(days=10)
    assert next_of(store, none) is None


def test_another_plan_moves_those_who_go_by_it_and_undo_brings_all_back(store: Store) -> None:
    person, miss = kept(store)
    _, own = kept(store, "Bao Tran", every_days=10)
    warm.add_touch(store, TouchDraft(candidate_id=person, on=TODAY - timedelta(days=5)), today=TODAY)
    before = tables(store)
    moved = touch_plans.set_plan(store, "near_miss_intern", Plan(every_days=30), today=TODAY)
    assert moved == 1
    assert next_of(store, miss) == TODAY + timedelta(days=30)
    assert next_of(store, own) == TODAY + timedelta(days=10)
    assert touch_plans.touch_plans(store)["near_miss_intern"].every_days == 30
    store.undo()
    assert tables(store) == before


def test_exams_of_their_school_and_the_graduation_are_heard(store: Store) -> None:
    person, entry = kept(store)
    day = TODAY + timedelta(days=60)
    with store.change(Label.SCHOOL_CHANGED) as session:
        study = session.scalars(select(Enrolment).where(Enrolment.candidate_id == person)).one()
        for kind, days in (("exams", 6), ("break", 30)):
            end = day + timedelta(days=days)
            session.add(SchoolPeriod(school_id=study.school_id, kind=kind, starts_on=day, ends_on=end))
    warm.add_touch(store, TouchDraft(candidate_id=person), today=TODAY)
    assert next_of(store, entry) == day + timedelta(days=7)
    touch_plans.set_plan(store, "near_miss_intern", Plan(every_days=60, not_in_exams=False), today=TODAY)
    assert next_of(store, entry) == day
    with store.change(Label.CANDIDATE_CHANGED) as session:
        session.scalars(select(Enrolment).where(Enrolment.candidate_id == person)).one().graduates_on = day
    touch_plans.set_plan(store, "near_miss_intern", Plan(every_days=61), today=TODAY)
    assert next_of(store, entry) is None


def test_a_date_planned_for_later_stays_and_one_that_was_due_moves_on(store: Store) -> None:
    person, entry = kept(store)
    later = TODAY + timedelta(days=200)
    put_off(store, [entry], later, today=TODAY)
    warm.add_touch(store, TouchDraft(candidate_id=person), today=TODAY)
    assert next_of(store, entry) == later
    put_off(store, [entry], TODAY, today=TODAY)
    warm.add_touch(store, TouchDraft(candidate_id=person), today=TODAY)
    assert next_of(store, entry) == TODAY + timedelta(days=60)


def test_who_asked_to_be_left_alone_has_no_next_date(store: Store) -> None:
    person, entry = kept(store)
    with store.change(Label.CANDIDATE_CHANGED) as session:
        session.get_one(Candidate, person).do_not_contact_on = TODAY
    touch_plans.set_plan(store, "near_miss_intern", Plan(every_days=20), today=TODAY)
    assert next_of(store, entry) is None


def test_the_same_contact_with_many_is_one_change(store: Store) -> None:
    people = [kept(store, f"Person No{at}") for at in range(3)]
    before = tables(store)
    draft = TouchDraft(kind="fair", text="Spoke at the stand", on=TODAY)
    assert warm.add_touches(store, [one for one, _ in people] + ["gone"], draft, today=TODAY) == 3
    with store.read() as session:
        assert len(session.scalars(select(Touch).where(Touch.text == "Spoke at the stand")).all()) == 3
    assert {next_of(store, entry) for _, entry in people} == {TODAY + timedelta(days=60)}
    store.undo()
    assert tables(store) == before
    with pytest.raises(UserError, match="Nobody"):
        warm.add_touches(store, ["gone"], draft, today=TODAY)
    with pytest.raises(FieldErrors, match="still to come"):
        warm.add_touches(store, ["gone"], TouchDraft(on=TODAY + timedelta(days=1)), today=TODAY)


def test_a_contact_is_corrected_and_removed(store: Store) -> None:
    person, _ = kept(store)
    touch = warm.add_touch(store, TouchDraft(candidate_id=person, text="Rang"), today=TODAY)
    before = tables(store)
    yesterday = TODAY - timedelta(days=1)
    warm.change_touch(store, touch, TouchDraft(kind="call", text="Rang twice", on=yesterday), today=TODAY)
    assert warm.touch_draft(store, touch) == TouchDraft(
        candidate_id=person, kind="call", text="Rang twice", on=yesterday
    )
    with pytest.raises(FieldErrors):
        warm.change_touch(store, touch, TouchDraft(on=TODAY + timedelta(days=1)), today=TODAY)
    warm.remove_touch(store, touch, today=TODAY)
    with pytest.raises(UserError, match="no longer"):
        warm.touch_draft(store, touch)
    store.undo()
    store.undo()
    assert tables(store) == before


def test_an_entry_says_better_why_and_how_often(store: Store) -> None:
    _, entry = kept(store)
    before = tables(store)
    draft = warm.pool_draft(store, entry)
    warm.change_pool(store, entry, PoolDraft(reason="referred", every_days=30, next_touch_on=draft.next_touch_on),
                     today=TODAY)  # fmt: skip
    assert next_of(store, entry) == TODAY + timedelta(days=30)
    named = TODAY + timedelta(days=3)
    warm.change_pool(store, entry, PoolDraft(reason="referred", every_days=40, next_touch_on=named), today=TODAY)
    assert next_of(store, entry) == named
    store.undo()
    store.undo()
    assert tables(store) == before


@pytest.mark.parametrize(("reason", "days", "at"), [("friend", 60, "reason"), ("fair", 731, "every_days")])
def test_what_is_no_plan_is_said(store: Store, reason: str, days: int, at: str) -> None:
    before = tables(store)
    with pytest.raises(FieldErrors) as caught:
        touch_plans.set_plan(store, reason, Plan(every_days=days), today=TODAY)
    assert set(caught.value.fields) == {at}
    assert tables(store) == before


def test_who_was_hired_has_no_next_date_until_it_is_taken_back(store: Store) -> None:
    person, entry = kept(store)
    before = tables(store)
    offered = OutcomeDraft(candidate_id=person, kind="full_time", offered_on=TODAY)
    warm.add_outcome(store, offered, today=TODAY)
    assert next_of(store, entry) is not None
    warm.add_outcome(store, replace(offered, accepted_on=TODAY), today=TODAY)
    assert next_of(store, entry) is None
    store.undo()
    store.undo()
    assert tables(store) == before


def test_no_contact_and_no_other_plan_brings_the_next_date_of_who_was_hired_back(store: Store) -> None:
    person, entry = kept(store)
    offered = OutcomeDraft(candidate_id=person, kind="part_time", offered_on=TODAY, accepted_on=TODAY)
    warm.add_outcome(store, offered, today=TODAY)
    warm.add_touch(store, TouchDraft(candidate_id=person), today=TODAY)
    assert next_of(store, entry) is None
    touch_plans.set_plan(store, "near_miss_intern", Plan(every_days=20), today=TODAY)
    assert next_of(store, entry) is None


def test_a_contact_with_many_is_the_one_that_was_due_with_them(store: Store) -> None:
    person, _ = kept(store)
    due = warm.plan_touch(store, TouchDraft(candidate_id=person, on=TODAY), today=TODAY)
    later = warm.plan_touch(store, TouchDraft(candidate_id=person, on=TODAY + timedelta(days=9)), today=TODAY)
    before = tables(store)
    warm.add_touches(store, [person], TouchDraft(text="Called round", on=TODAY), today=TODAY)
    with store.read() as session:
        assert {one.id: one.made_on for one in session.scalars(select(Touch))} == {due: TODAY, later: None}
    store.undo()
    assert tables(store) == before


def test_the_message_to_begin_with_is_that_of_the_reason_shown(store: Store) -> None:
    person, _ = kept(store, every_days=60)
    assert touch_plans.message_of(store, person, today=TODAY) == "message-checking-in"
    fair = PoolDraft(candidate_id=person, reason="fair", every_days=10)
    entry = warm.enter_pool(store, fair, today=TODAY)
    assert touch_plans.message_of(store, person, today=TODAY) == "message-after-a-fair"
    put_off(store, [entry], TODAY + timedelta(days=90), today=TODAY)
    assert touch_plans.message_of(store, person, today=TODAY) == "message-checking-in"
    warm.leave_pool(store, entry, today=TODAY)
    own = messages.save_message(store, Words(name="Mine", subject="S", text="T"), today=TODAY)
    touch_plans.set_plan(store, "near_miss_intern", Plan(message_key=own), today=TODAY)
    assert touch_plans.message_of(store, person, today=TODAY) == own
    messages.remove_message(store, own, today=TODAY)
    assert touch_plans.message_of(store, person, today=TODAY) == ""


def test_near_misses_are_invited_again_in_words_of_their_own(store: Store) -> None:
    near, entry = kept(store)
    warm.enter_pool(store, PoolDraft(candidate_id=near, reason="fair"), today=TODAY)
    other, _ = kept(store, "Bao Tran", reason="fair")
    assert touch_plans.invitation_of(store, [near], today=TODAY) == "message-near-miss"
    assert touch_plans.invitation_of(store, [near, other], today=TODAY) == "message-invitation"
    warm.leave_pool(store, entry, today=TODAY)
    assert touch_plans.invitation_of(store, [near], today=TODAY) == "message-invitation"
    assert touch_plans.invitation_of(store, [], today=TODAY) == "message-invitation"


def test_who_took_an_internship_has_no_next_date_until_the_next_contact(store: Store) -> None:
    person, entry = kept(store)
    due = warm.plan_touch(store, TouchDraft(candidate_id=person, on=TODAY), today=TODAY)
    before = tables(store)
    took = OutcomeDraft(candidate_id=person, kind="internship", offered_on=TODAY, accepted_on=TODAY)
    warm.add_outcome(store, replace(took, accepted_on=None), today=TODAY)
    assert next_of(store, entry) is not None
    warm.add_outcome(store, took, today=TODAY)
    assert next_of(store, entry) is None
    touch_plans.set_plan(store, "near_miss_intern", Plan(every_days=20), today=TODAY)
    assert next_of(store, entry) is None
    over = TODAY + timedelta(days=80)
    warm.add_touch(store, TouchDraft(candidate_id=person, on=TODAY - timedelta(days=1)), today=TODAY)
    assert next_of(store, entry) is None
    warm.add_touch(store, TouchDraft(candidate_id=person, on=over), today=over, planned_id=due)
    assert next_of(store, entry) == over + timedelta(days=20)
    for _ in range(5):
        store.undo()
    assert tables(store) == before


def test_putting_off_brings_nothing_forward_and_takes_planned_contacts_along(store: Store) -> None:
    late, first = kept(store)
    far, second = kept(store, "Bao Tran")
    none, third = kept(store, "Chidi Eze", every_days=0)
    put_off(store, [first], TODAY, today=TODAY)
    soon = warm.plan_touch(store, TouchDraft(candidate_id=late, on=TODAY), today=TODAY)
    stranger = made.candidate(store, "Dana Whitfield")
    before, until = tables(store), TODAY + timedelta(days=7)
    people = [late, far, none, stranger, "gone"]
    assert put_off_people(store, people, until, today=TODAY) == 2
    assert next_of(store, first) == next_of(store, third) == until
    assert next_of(store, second) == TODAY + timedelta(days=60)
    with store.read() as session:
        assert session.get_one(Touch, soon).planned_on == until
    store.undo()
    assert tables(store) == before
    with pytest.raises(UserError, match="nothing was put off"):
        put_off_people(store, [far, stranger], until, today=TODAY)
    with pytest.raises(FieldErrors, match="today or a later"):
        put_off_people(store, [late], TODAY - timedelta(days=1), today=TODAY)
    assert tables(store) == before


def test_putting_off_many_can_be_cancelled(store: Store) -> None:
    people = [kept(store, f"Person No{at}", every_days=3)[0] for at in range(3)]
    before, steps = tables(store), []

    def stop(done: int, total: int) -> None:
        steps.append((done, total))
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        put_off_people(store, people, TODAY + timedelta(days=9), today=TODAY, progress=stop)
    assert (steps, tables(store)) == ([(0, 3)], before)


def test_a_next_date_that_has_passed_is_not_taken(store: Store) -> None:
    person = made.candidate(store)
    gone = PoolDraft(candidate_id=person, next_touch_on=TODAY - timedelta(days=1))
    with pytest.raises(FieldErrors, match="today or a later"):
        warm.enter_pool(store, gone, today=TODAY)
    entry = warm.enter_pool(store, replace(gone, next_touch_on=TODAY), today=TODAY)
    later = TODAY + timedelta(days=5)
    warm.change_pool(store, entry, replace(warm.pool_draft(store, entry), note="Said better"), today=later)
    assert next_of(store, entry) == TODAY
    with pytest.raises(FieldErrors):
        warm.change_pool(store, entry, gone, today=later)


def test_exams_that_are_entered_later_move_the_dates_that_lie_in_them(store: Store) -> None:
    _, entry = kept(store)
    _, free = kept(store, "Bao Tran", every_days=10, not_in_exams=False)
    _, other = kept(store, "Chidi Eze", every_days=59)
    day = next_of(store, entry)
    assert day is not None
    with store.read() as session:
        school_id = session.scalars(select(Enrolment.school_id).limit(1)).one()
    before = tables(store)
    exams = [
        SchoolPeriodDraft(kind="exams", starts_on=day, ends_on=day + timedelta(days=6)),
        SchoolPeriodDraft(kind="exams", starts_on=TODAY + timedelta(days=9), ends_on=TODAY + timedelta(days=12)),
    ]
    schools.change_school(store, school_id, replace(schools.school_draft(store, school_id), periods=exams), today=TODAY)
    assert next_of(store, entry) == day + timedelta(days=7)
    assert next_of(store, free) == TODAY + timedelta(days=10)
    assert next_of(store, other) == TODAY + timedelta(days=59)
    store.undo()
    assert tables(store) == before


def test_who_graduates_earlier_has_no_date_after_that(store: Store) -> None:
    person, entry = kept(store)
    _, long = kept(store, "Bao Tran", every_days=60, until_graduation=False)
    draft = gather.candidate_draft(store, person, today=TODAY)
    gather.change_candidate(store, person, replace(draft, phone="312 555 0101"), today=TODAY)
    assert next_of(store, entry) == TODAY + timedelta(days=60)
    gather.change_candidate(store, person, replace(draft, graduates_on=TODAY + timedelta(days=59)), today=TODAY)
    assert next_of(store, entry) is None
    assert next_of(store, long) is not None
