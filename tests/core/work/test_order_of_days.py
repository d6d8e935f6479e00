"""What is entered late or out of order: the days of one engagement still tell one story."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from core.errors import FieldErrors, HoldError, UserError
from core.model import Engagement, Milestone
from core.store import Store
from core.work import extensions, hours, milestones, run
from core.work.authorisation import AuthorisationDraft, set_authorisation
from tests.support import made
from tests.support.stores import TODAY
from tests.support.tables import tables

DAY = timedelta(days=1)
KICK_OFF, DUE = TODAY + 20 * DAY, TODAY + 34 * DAY
LATER = DUE + 10 * DAY


@pytest.fixture
def person(store: Store) -> str:
    return made.candidate(store)


@pytest.fixture
def work(store: Store, person: str) -> str:
    """Agreed: kick-off in 20 days, due in 34."""
    return made.engagement(store, made.application(store, made.project(store), person))


def first_milestone(store: Store) -> str:
    with store.read() as session:
        return session.scalars(select(Milestone.id).order_by(Milestone.position)).first() or ""


def ended(store: Store, work: str) -> date | None:
    with store.read() as session:
        return session.get_one(Engagement, work).ended_on


def accept(store: Store, work: str, on: date) -> None:
    run.accept_work(store, work, today=LATER, on=on)


def end(store: Store, work: str, on: date) -> None:
    run.end_early(store, work, "Ill", today=LATER, on=on)


# --- after the end ---------------------------------------------------------------------------------------------------


def test_a_milestone_may_be_marked_late_but_not_as_done_after_the_end(store: Store, work: str) -> None:
    run.start(store, work, today=KICK_OFF)
    end(store, work, DUE - DAY)
    before = tables(store)
    with pytest.raises(FieldErrors, match="The work ended on"):
        milestones.complete_milestone(store, work, first_milestone(store), today=LATER)
    assert tables(store) == before
    milestones.complete_milestone(store, work, first_milestone(store), today=LATER, on=DUE - DAY)


# --- the end, entered late -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("finish", [accept, end])
def test_an_end_does_not_lie_before_hours_that_were_worked(
    store: Store, work: str, finish: Callable[[Store, str, date], None]
) -> None:
    run.start(store, work, today=KICK_OFF)
    hours.log_hours(store, work, 60, today=DUE)
    run.deliver(store, work, today=DUE, on=KICK_OFF + DAY)
    with pytest.raises(FieldErrors, match="Hours were logged") as caught:
        finish(store, work, DUE - DAY)
    assert set(caught.value.fields) == {"on"}
    finish(store, work, DUE)
    assert ended(store, work) == DUE


@pytest.mark.parametrize("finish", [accept, end])
def test_an_end_does_not_lie_before_a_milestone_that_was_completed(
    store: Store, work: str, finish: Callable[[Store, str, date], None]
) -> None:
    run.start(store, work, today=KICK_OFF)
    milestones.complete_milestone(store, work, first_milestone(store), today=DUE)
    run.deliver(store, work, today=DUE, on=KICK_OFF + DAY)
    with pytest.raises(FieldErrors, match="A milestone was completed"):
        finish(store, work, DUE - DAY)
    finish(store, work, DUE)


def test_an_end_does_not_lie_before_a_delivery_also_one_that_was_sent_back(store: Store, work: str) -> None:
    run.start(store, work, today=KICK_OFF)
    run.deliver(store, work, today=DUE)
    with pytest.raises(FieldErrors, match="The work was delivered"):
        end(store, work, DUE - DAY)
    run.return_work(store, work, "The notes lack", today=DUE)
    with pytest.raises(FieldErrors, match="The work was delivered"):
        end(store, work, DUE - DAY)
    end(store, work, DUE)


def test_a_second_delivery_comes_after_the_first(store: Store, work: str) -> None:
    run.start(store, work, today=KICK_OFF)
    run.deliver(store, work, today=DUE)
    run.return_work(store, work, "The notes lack", today=DUE)
    with pytest.raises(FieldErrors, match="The work was delivered"):
        run.deliver(store, work, today=LATER, on=DUE - DAY)
    run.deliver(store, work, today=LATER, on=DUE)


def test_nobody_asks_for_more_time_before_they_agreed(store: Store, work: str) -> None:
    with pytest.raises(FieldErrors, match="It was agreed on"):
        extensions.ask_extension(store, work, DUE + DAY, today=TODAY, on=TODAY - DAY)


# --- a kick-off that comes late --------------------------------------------------------------------------------------


def test_work_does_not_begin_after_it_is_due(store: Store, work: str) -> None:
    with pytest.raises(FieldErrors, match="Give more time first"):
        run.start(store, work, today=LATER)
    extensions.ask_extension(store, work, LATER + 14 * DAY, today=LATER, granted=True)
    run.start(store, work, today=LATER)


def test_a_window_that_ended_before_the_kick_off_holds_it(store: Store, person: str, work: str) -> None:
    note = AuthorisationDraft(candidate_id=person, kind="cpt", starts_on=KICK_OFF, ends_on=DUE)
    set_authorisation(store, note, today=TODAY)
    with pytest.raises(HoldError, match="is due on"):
        extensions.ask_extension(store, work, LATER + 14 * DAY, today=LATER, granted=True)
    extensions.ask_extension(store, work, LATER + 14 * DAY, today=LATER, granted=True, reason="A new one is on its way")
    with pytest.raises(HoldError, match="is due on"):
        run.start(store, work, today=LATER)


# --- reasons ---------------------------------------------------------------------------------------------------------


def test_a_reason_of_any_step_has_its_bounds(store: Store, work: str) -> None:
    before = tables(store)
    with pytest.raises(UserError, match="300,000 characters"):
        run.start(store, work, today=KICK_OFF, reason="x" * 300_000)
    with pytest.raises(UserError, match="300,000 characters"):
        extensions.ask_extension(store, work, DUE + DAY, today=TODAY, reason="x" * 300_000)
    assert tables(store) == before
