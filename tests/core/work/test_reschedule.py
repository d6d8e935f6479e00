"""A project moves to another week with all its days, or says why it stays."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.errors import UserError
from core.store import Store
from core.work import plan, run
from core.work.brief import project_draft
from core.work.plan import MilestoneDraft
from core.work.reschedule import reschedule, why_fixed
from tests.support import made
from tests.support.stores import TODAY, new_store
from tests.support.tables import tables

WEEK = timedelta(weeks=1)
PARTS = [MilestoneDraft(text="A list", due_on=TODAY + timedelta(days=25)), MilestoneDraft(text="Notes")]


def test_all_days_move_together_and_one_undo_brings_them_back(store: Store) -> None:
    project = made.project(store, milestones=PARTS)
    before, draft = tables(store), project_draft(store, project)
    assert draft.kick_off_on is not None
    reschedule(store, project, draft.kick_off_on + 2 * WEEK, today=TODAY)
    moved = project_draft(store, project)
    for name in ("kick_off_on", "due_on", "apply_by"):
        assert getattr(moved, name) == getattr(draft, name) + 2 * WEEK
    assert [one.due_on for one in moved.milestones] == [TODAY + timedelta(days=39), None]
    assert store.can_undo().label == "project_rescheduled"  # type: ignore[union-attr]
    store.undo()
    assert tables(store) == before


def test_over_new_year_and_over_a_29_february(store: Store) -> None:
    project = made.project(store, opened=False, kick_off_on=date(2028, 2, 22), due_on=date(2028, 3, 7), apply_by=None)
    reschedule(store, project, date(2028, 2, 29), today=TODAY)
    assert project_draft(store, project).due_on == date(2028, 3, 14)
    reschedule(store, project, date(2026, 12, 29), today=TODAY)
    assert project_draft(store, project).due_on == date(2027, 1, 12)


def test_what_is_agreed_running_or_over_stays(store: Store) -> None:
    project = made.project(store)
    application = made.application(store, project, made.candidate(store))
    day = TODAY + 10 * WEEK
    made.drafted_offer(store, application)
    with pytest.raises(UserError, match="offer that names its dates"):
        reschedule(store, project, day, today=TODAY)
    store.undo()
    assert why_fixed(store, project, today=TODAY) == ""
    engagement = made.engagement(store, application)
    with pytest.raises(UserError, match="is running"):
        reschedule(store, project, day, today=TODAY)
    run.start(store, engagement, today=TODAY)
    run.deliver(store, engagement, today=TODAY)
    with pytest.raises(UserError, match="has been delivered"):
        reschedule(store, project, day, today=TODAY)
    run.accept_work(store, engagement, "met", today=TODAY)
    assert "is closed" in why_fixed(store, project, today=TODAY)


def test_not_into_the_past_nor_beyond_the_calendar(store: Store) -> None:
    project = made.project(store, opened=False)
    before = tables(store)
    with pytest.raises(UserError, match="in the past"):
        reschedule(store, project, TODAY - WEEK, today=TODAY)
    with pytest.raises(UserError, match="too far off"):
        reschedule(store, project, date(2200, 12, 28), today=TODAY)
    with pytest.raises(UserError, match="too far off"):
        reschedule(store, project, date(9999, 12, 28), today=TODAY)
    assert tables(store) == before


def test_a_draft_without_days_gets_a_kick_off(store: Store) -> None:
    project = plan.add_project(store, replace(made.BRIEF, kick_off_on=None, due_on=None, apply_by=None), today=TODAY)
    reschedule(store, project, TODAY + WEEK, today=TODAY)
    assert project_draft(store, project).kick_off_on == TODAY + WEEK


def test_a_draft_that_only_says_when_it_is_due_moves_with_that_day(store: Store) -> None:
    due = TODAY + 4 * WEEK
    project = plan.add_project(
        store, replace(made.BRIEF, kick_off_on=None, due_on=due, apply_by=TODAY + WEEK), today=TODAY
    )
    reschedule(store, project, due + 3 * WEEK, today=TODAY)
    moved = project_draft(store, project)
    assert (moved.kick_off_on, moved.due_on, moved.apply_by) == (due + 3 * WEEK, due + 3 * WEEK, TODAY + 4 * WEEK)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, str]]:
    folder: Path = tmp_path_factory.mktemp("moves")
    with new_store(folder) as store:
        yield store, made.project(store, opened=False, milestones=PARTS)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(weeks=st.lists(st.integers(-1, 300), min_size=1, max_size=4))
def test_there_and_back_gives_the_same_rows(shared: tuple[Store, str], weeks: list[int]) -> None:
    store, project = shared
    before, begin = tables(store), project_draft(store, project).kick_off_on
    assert begin is not None
    for by in weeks:
        reschedule(store, project, begin + by * WEEK, today=TODAY)
    reschedule(store, project, begin, today=TODAY)
    assert tables(store) == before
