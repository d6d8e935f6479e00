"""The board: which column a project stands in, and where a hand may move it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core import states
from core.errors import UserError
from core.insight.board import COLUMNS, Card, board, step
from core.store import Store
from core.work import plan, run
from core.work.cancelling import cancel_project
from tests.support import made
from tests.support.stores import TODAY


def card(store: Store, project_id: str) -> Card:
    return next(one for cards in board(store, today=TODAY).values() for one in cards if one.id == project_id)


def test_each_project_stands_in_one_column(store: Store) -> None:
    draft = made.project(store, opened=False)
    late = made.project(store, apply_by=TODAY - timedelta(days=1))
    work = made.project(store)
    engagement = made.engagement(store, made.application(store, work, made.candidate(store)))
    run.start(store, engagement, today=TODAY)
    gone = made.project(store)
    cancel_project(store, gone, "No time", today=TODAY)
    found = {key: [one.id for one in cards] for key, cards in board(store, today=TODAY).items()}
    assert list(found) == list(COLUMNS)
    assert found == {"draft": [draft], "open": [late], "selecting": [], "running": [work], "review": [], "done": [gone]}


def test_the_next_day_comes_first(store: Store) -> None:
    later = made.project(store, apply_by=TODAY + timedelta(days=9))
    sooner = made.project(store, apply_by=TODAY + timedelta(days=2))
    assert [one.id for one in board(store, today=TODAY)["open"]] == [sooner, later]
    assert [one.kind for one in board(store, today=TODAY)["open"]] == ["amber", "green"]


@pytest.mark.parametrize("status", ["draft", "open", "selecting"])
def test_what_the_board_offers_can_be_done_and_what_it_refuses_cannot(store: Store, status: str) -> None:
    """The board and the rules agree, whatever status a project was given by hand."""
    project_id = made.project(store, opened=False)
    if status != "draft":
        plan.open_project(store, project_id, today=TODAY)
    if status == "selecting":
        plan.move_project(store, project_id, "selecting", today=TODAY)
    for column in ("draft", "open", "selecting"):
        wanted = step(card(store, project_id), column)
        if column == status:
            assert (wanted.verb, wanted.words) == ("", "")
        elif wanted.verb:
            plan.move_project(store, project_id, wanted.verb, today=TODAY)
            store.undo()
        else:
            assert wanted.words
            with pytest.raises(UserError):
                plan.move_project(store, project_id, column, today=TODAY)


def test_what_follows_from_the_work_is_told_and_not_moved(store: Store) -> None:
    project_id = made.project(store)
    for column in ("running", "review"):
        assert step(card(store, project_id), column).verb == ""
        assert step(card(store, project_id), column).words
    made.engagement(store, made.application(store, project_id, made.candidate(store)))
    assert card(store, project_id).column == "running"
    assert not any(step(card(store, project_id), column).verb for column in COLUMNS)


def test_the_last_column_cancels_and_a_cancelled_card_goes_back_to_draft(store: Store) -> None:
    project_id = made.project(store)
    assert step(card(store, project_id), "done").verb == "cancel"
    cancel_project(store, project_id, "No time", today=TODAY)
    moves = {column: step(card(store, project_id), column).verb for column in COLUMNS}
    assert {column for column, verb in moves.items() if verb} == {"draft"}
    assert states.PROJECT["cancelled"] == {"draft"}
