"""An engagement between the accepted offer and its end: kick-off, talks, milestones, hours, more time."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from core.errors import FieldErrors, UserError
from core.insight.at_work import EngagementView
from core.insight.at_work import engagement as view_of
from core.insight.milestones import moved
from core.model import Engagement, Milestone, MilestoneDone
from core.store import Store
from core.work import check_ins, extensions, hours, milestones, plan, run
from core.work.authorisation import AuthorisationDraft, set_authorisation
from core.work.kick_off import CHECKS, KickOffDraft, clock_time, kick_off_draft, prepare_kick_off, set_check
from core.work.plan import MilestoneDraft
from tests.support import made
from tests.support.stores import TODAY
from tests.support.tables import tables

DAY = timedelta(days=1)
KICK_OFF, DUE = TODAY + 20 * DAY, TODAY + 34 * DAY


@pytest.fixture
def person(store: Store) -> str:
    return made.candidate(store)


@pytest.fixture
def work(store: Store, person: str) -> str:
    """Agreed: kick-off in 20 days, due in 34."""
    return made.engagement(store, made.application(store, made.project(store), person))


def row(store: Store, engagement_id: str) -> Engagement:
    with store.read() as session:
        return session.get_one(Engagement, engagement_id)


def seen(store: Store, engagement_id: str, today: date = TODAY) -> EngagementView:
    return view_of(store, engagement_id, today=today)


def note(store: Store, person: str, kind: str = "cpt", first: date | None = None, last: date | None = None) -> None:
    draft = AuthorisationDraft(candidate_id=person, kind=kind, starts_on=first, ends_on=last, seen_on=TODAY)
    set_authorisation(store, draft, today=TODAY)


# --- the kick-off ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "is_"),
    [
        ("", None), ("9", "09:00"), ("9:30", "09:30"), ("9.30", "09:30"), ("14:05", "14:05"), ("2 pm", "14:00"),
        ("2:15PM", "14:15"), ("12 am", "00:00"), ("12 pm", "12:00"), ("12:30 p.m.", "12:30"), ("0:00", "00:00"),
    ],
)  # fmt: skip
def test_a_time_of_day_as_people_write_it(said: str, is_: str | None) -> None:
    found = clock_time(said)
    assert (f"{found:%H:%M}" if found else None) == is_


@pytest.mark.parametrize("said", ["24:00", "9:60", "13 pm", "0 am", "noon", "nine", "9:3", "-1", "99999999999"])
def test_what_is_no_time_of_day(said: str) -> None:
    with pytest.raises(UserError, match="Type a time of day"):
        clock_time(said)


def test_day_hour_and_place_are_prepared(store: Store, work: str) -> None:
    before = tables(store)
    draft = KickOffDraft(kick_off_on=KICK_OFF + DAY, kick_off_time="2 pm", how_to_join="Room 4\nRing twice")
    prepare_kick_off(store, work, draft, today=TODAY)
    assert kick_off_draft(store, work) == KickOffDraft(
        kick_off_on=KICK_OFF + DAY, kick_off_time="14:00", how_to_join="Room 4\nRing twice", checks=[]
    )
    store.undo()
    assert tables(store) == before


@pytest.mark.parametrize("day", [None, TODAY - DAY, DUE + DAY])
def test_a_kick_off_lies_between_agreement_and_due_date(store: Store, work: str, day: date | None) -> None:
    with pytest.raises(FieldErrors) as caught:
        prepare_kick_off(store, work, KickOffDraft(kick_off_on=day), today=TODAY)
    assert set(caught.value.fields) == {"kick_off_on"}


def test_an_hour_that_the_clocks_skip_is_refused(store: Store, person: str) -> None:
    """In Chicago they go from 2:00 to 3:00 on 14 March 2027, and show 1:30 twice on 7 November 2027."""
    spring = date(2027, 3, 14)
    project = made.project(store, kick_off_on=spring, due_on=spring + 14 * DAY)
    work = made.engagement(store, made.application(store, project, person))
    with pytest.raises(FieldErrors) as caught:
        prepare_kick_off(store, work, KickOffDraft(kick_off_on=spring, kick_off_time="2:30"), today=TODAY)
    assert "does not exist" in caught.value.fields["kick_off_time"]
    for said in ("1:59", "3:00", "12:00"):
        prepare_kick_off(store, work, KickOffDraft(kick_off_on=spring, kick_off_time=said), today=TODAY)


def test_each_point_of_the_list_is_ticked_and_taken_off(store: Store, person: str, work: str) -> None:
    with pytest.raises(UserError, match="No work authorisation is noted"):
        set_check(store, work, "authorisation", True, today=TODAY)
    note(store, person, "not_needed")
    for key in reversed(CHECKS):
        set_check(store, work, key, True, today=TODAY)
    assert seen(store, work).kick_off.checks == tuple(CHECKS)
    set_check(store, work, "access", False, today=TODAY)
    assert seen(store, work).kick_off.checks == tuple(key for key in CHECKS if key != "access")
    with pytest.raises(UserError, match="no point"):
        set_check(store, work, "coffee", True, today=TODAY)


def test_what_began_is_not_prepared_any_more(store: Store, work: str) -> None:
    run.start(store, work, today=KICK_OFF)
    with pytest.raises(UserError, match="its kick-off is over"):
        prepare_kick_off(store, work, KickOffDraft(kick_off_on=KICK_OFF), today=KICK_OFF)


# --- talks -----------------------------------------------------------------------------------------------------------


def test_a_talk_that_was_held_counts_as_supervision(store: Store, work: str) -> None:
    run.start(store, work, today=KICK_OFF)
    before = tables(store)
    talk = check_ins.plan_check_in(store, work, KICK_OFF + 3 * DAY, today=KICK_OFF, note="Questions")
    assert row(store, work).supervision_minutes == 0
    held = KICK_OFF + 3 * DAY
    check_ins.hold_check_in(store, work, 25, today=held, check_in_id=talk)
    check_ins.hold_check_in(store, work, 10, today=held)
    assert row(store, work).supervision_minutes == 35
    check_ins.hold_check_in(store, work, 20, today=held, check_in_id=talk)
    assert row(store, work).supervision_minutes == 30
    check_ins.remove_check_in(store, talk, today=held)
    assert row(store, work).supervision_minutes == 10
    for _ in range(5):
        store.undo()
    assert tables(store) == before


def test_a_talk_is_planned_ahead_and_held_behind(store: Store, work: str) -> None:
    with pytest.raises(FieldErrors):
        check_ins.plan_check_in(store, work, TODAY - DAY, today=TODAY)
    with pytest.raises(FieldErrors):
        check_ins.hold_check_in(store, work, 10, today=TODAY, on=TODAY + DAY)
    with pytest.raises(FieldErrors):
        check_ins.hold_check_in(store, work, 1_441, today=TODAY)
    run.cancel(store, work, "No room", today=TODAY)
    with pytest.raises(UserError, match="no check-in is planned"):
        check_ins.plan_check_in(store, work, TODAY + DAY, today=TODAY)


def test_the_next_talk_goes_with_the_next_milestone(store: Store, person: str) -> None:
    parts = [
        MilestoneDraft(text="Part 1", due_on=KICK_OFF + 5 * DAY),
        MilestoneDraft(text="Part 2", due_on=KICK_OFF + 9 * DAY),
    ]
    work = made.engagement(store, made.application(store, made.project(store, milestones=parts), person))
    run.start(store, work, today=KICK_OFF)
    first = seen(store, work, KICK_OFF).suggestion
    assert first is not None
    assert (first.on, "Part 1" in first.why) == (KICK_OFF + 5 * DAY, True)
    milestones.complete_milestone(store, work, seen(store, work).milestones[0].id, today=KICK_OFF)
    second = seen(store, work, KICK_OFF).suggestion
    assert second is not None
    assert second.on == KICK_OFF + 9 * DAY
    check_ins.plan_check_in(store, work, KICK_OFF + DAY, today=KICK_OFF)
    assert seen(store, work, KICK_OFF).suggestion is None


# --- milestones ------------------------------------------------------------------------------------------------------


def test_milestones_are_overdue_upcoming_or_completed(store: Store, person: str) -> None:
    parts = [MilestoneDraft(text=f"Part {n}", due_on=KICK_OFF + n * DAY) for n in (2, 5)]
    project = made.project(store, milestones=[*parts, MilestoneDraft(text="Some day")])
    work = made.engagement(store, made.application(store, project, person))
    with pytest.raises(UserError, match="not started"):
        milestones.complete_milestone(store, work, seen(store, work).milestones[0].id, today=KICK_OFF)
    run.start(store, work, today=KICK_OFF)
    today = KICK_OFF + 3 * DAY
    assert [one.state for one in seen(store, work, today).milestones] == ["overdue", "upcoming", "upcoming"]
    first = seen(store, work).milestones[0].id
    before = tables(store)
    milestones.complete_milestone(store, work, first, today=today)
    assert seen(store, work, today).milestones[0].state == "completed"
    with pytest.raises(UserError, match="completed already"):
        milestones.complete_milestone(store, work, first, today=today)
    milestones.reopen_milestone(store, work, first, today=today)
    assert tables(store) == before
    with pytest.raises(UserError, match="open already"):
        milestones.reopen_milestone(store, work, first, today=today)


def test_a_milestone_taken_out_of_the_brief_takes_its_marks_along(store: Store, person: str) -> None:
    project = made.project(store)
    work = made.engagement(store, made.application(store, project, person))
    run.start(store, work, today=KICK_OFF)
    milestones.complete_milestone(store, work, seen(store, work).milestones[0].id, today=KICK_OFF)
    before = tables(store)
    draft = plan.project_draft(store, project)
    from dataclasses import replace

    plan.change_project(store, project, replace(draft, milestones=draft.milestones[1:]), today=KICK_OFF)
    with store.read() as session:
        assert len(list(session.scalars(select(Milestone)))) == 1
        assert list(session.scalars(select(MilestoneDone))) == []
    store.undo()
    assert tables(store) == before


def test_time_granted_moves_what_lies_after_it() -> None:
    week = 7 * DAY
    granted = [(TODAY + 5 * DAY, DUE + week), (TODAY + 20 * DAY, DUE + 2 * week)]
    assert moved(TODAY, DUE, granted) == TODAY
    assert moved(TODAY + 6 * DAY, DUE, granted) == TODAY + 6 * DAY + week
    assert moved(TODAY + 30 * DAY, DUE, granted) == TODAY + 30 * DAY + 2 * week
    assert moved(DUE, DUE, granted) == DUE + 2 * week


def test_more_time_leaves_no_mark(store: Store, person: str) -> None:
    parts = [MilestoneDraft(text="Part 1", due_on=KICK_OFF + 3 * DAY), MilestoneDraft(text="Part 2", due_on=DUE)]
    work = made.engagement(store, made.application(store, made.project(store, milestones=parts), person))
    run.start(store, work, today=KICK_OFF)
    late = DUE + 3 * DAY
    assert seen(store, work, late).row.days_late == 3
    extensions.ask_extension(store, work, DUE + 7 * DAY, today=KICK_OFF + DAY, granted=True)
    view = seen(store, work, late)
    assert view.row.days_late == 0
    assert [one.due_on for one in view.milestones] == [KICK_OFF + 10 * DAY, DUE + 7 * DAY]


# --- hours -----------------------------------------------------------------------------------------------------------


def test_hours_are_edited_and_removed(store: Store, work: str) -> None:
    run.start(store, work, today=KICK_OFF)
    before = tables(store)
    entry = hours.log_hours(store, work, 60, today=KICK_OFF, note="Sorting")
    hours.change_hours(store, entry, 1_440, today=KICK_OFF, note="All day")
    assert [(one.minutes, one.note) for one in seen(store, work).hours] == [(1_440, "All day")]
    with pytest.raises(FieldErrors, match="over 24 hours"):
        hours.log_hours(store, work, 1, today=KICK_OFF)
    hours.remove_hours(store, entry, today=KICK_OFF)
    assert seen(store, work).hours == ()
    for _ in range(3):
        store.undo()
    assert tables(store) == before


def test_hours_lie_within_the_engagement(store: Store, work: str) -> None:
    with pytest.raises(UserError, match="not started"):
        hours.log_hours(store, work, 60, today=KICK_OFF)
    run.start(store, work, today=KICK_OFF)
    with pytest.raises(FieldErrors, match="started on"):
        hours.log_hours(store, work, 60, today=KICK_OFF, on=KICK_OFF - DAY)
    with pytest.raises(FieldErrors, match="still to come"):
        hours.log_hours(store, work, 60, today=KICK_OFF, on=KICK_OFF + DAY)
    run.end_early(store, work, "Ill", today=KICK_OFF + DAY)
    with pytest.raises(FieldErrors, match="ended on"):
        hours.log_hours(store, work, 60, today=KICK_OFF + 2 * DAY)


def test_a_day_of_two_engagements_has_24_hours_too(store: Store, person: str, work: str) -> None:
    other = made.engagement(store, made.application(store, made.project(store), person))
    for one in (work, other):
        run.start(store, one, today=KICK_OFF)
    hours.log_hours(store, work, 1_000, today=KICK_OFF)
    with pytest.raises(FieldErrors, match="over 24 hours"):
        hours.log_hours(store, other, 500, today=KICK_OFF)


def test_beyond_the_estimate_is_allowed(store: Store, work: str) -> None:
    run.start(store, work, today=KICK_OFF)
    hours.log_hours(store, work, 13 * 60, today=KICK_OFF)
    assert seen(store, work).row.minutes_logged > seen(store, work).row.estimated_hours * 60


def test_someone_who_begins_later_has_the_same_time_for_each_part(store: Store, person: str) -> None:
    parts = [MilestoneDraft(text="Part 1", due_on=KICK_OFF + 3 * DAY), MilestoneDraft(text="Part 2", due_on=DUE)]
    project = made.project(store, milestones=parts)
    application = made.application(store, project, person)
    week = 7 * DAY
    from core.work import offer

    offer_id = made.drafted_offer(store, application, kick_off_on=KICK_OFF + week, due_on=DUE + week - DAY)
    offer.send_offer(store, offer_id, today=TODAY)
    work = offer.accept_offer(store, offer_id, today=TODAY)
    days = [one.due_on for one in seen(store, work).milestones]
    assert days == [KICK_OFF + 10 * DAY, DUE + week - DAY]  # none lies after the due date
