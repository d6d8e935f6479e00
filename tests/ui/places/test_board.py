"""The board in the window: cards, dragging, and the same by key."""

from __future__ import annotations

from typing import cast

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from core.store import Store
from tests.support import made
from tests.ui.places.screen import form, said, save, words
from ui.app import App
from ui.places.board import Board
from ui.widgets.board_column import MIME


def shown(app: App) -> Board:
    app.desk.go("projects")
    return cast("Board", app.places["projects"].show_page("Board"))


def drop(board: Board, row_id: str, column: str) -> None:
    data = QMimeData()
    data.setData(MIME, row_id.encode())
    at, left = QPointF(20, 20), Qt.MouseButton.LeftButton
    event = QDropEvent(at, Qt.DropAction.MoveAction, data, left, Qt.KeyboardModifier.NoModifier)
    board.columns[column].dropEvent(event)


def test_an_empty_board_offers_the_first_step(app: App) -> None:
    assert "No project yet" in words(shown(app))


def test_a_card_is_dragged_from_draft_to_open_and_to_selecting(app: App, store: Store) -> None:
    project_id = made.project(store, opened=False)
    board = shown(app)
    drop(board, project_id, "open")
    assert made.status(store, project_id) == "open"
    drop(board, project_id, "selecting")
    assert made.status(store, project_id) == "selecting"
    assert [card.key for card in board.columns["selecting"].cards()] == [project_id]
    store.undo()
    board.refresh()
    assert [card.key for card in board.columns["open"].cards()] == [project_id]


def test_the_same_by_key_and_the_keyboard_goes_with_the_card(app: App, store: Store, qtbot: QtBot) -> None:
    project_id = made.project(store, opened=False)
    board = shown(app)
    board.columns["draft"].setFocus()
    qtbot.keyClick(board.columns["draft"], Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert made.status(store, project_id) == "open"
    assert board.columns["open"].current_key() == project_id
    assert board.columns["open"].hasFocus()
    qtbot.keyClick(board.columns["open"], Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert made.status(store, project_id) == "draft"
    qtbot.keyClick(board.columns["draft"], Qt.Key.Key_Return)
    assert app.places["projects"].shown is app.places["projects"].list_


def test_a_card_that_cannot_go_there_says_why(app: App, store: Store) -> None:
    project_id = made.project(store)
    board = shown(app)
    drop(board, project_id, "running")
    assert made.status(store, project_id) == "open"
    assert "first student has agreed" in words(app.desk.foot)


def test_a_brief_that_is_not_whole_opens_its_form(app: App, store: Store) -> None:
    project_id = made.project(store, opened=False, fee=0)
    drop(shown(app), project_id, "open")
    assert form(app).noun == "projects"
    assert made.status(store, project_id) == "draft"


def test_the_last_column_asks_why_and_shows_what_it_does(app: App, store: Store) -> None:
    project_id = made.project(store)
    made.application(store, project_id, made.candidate(store))
    drop(shown(app), project_id, "done")
    sheet = app.desk.layer.sheet
    assert sheet is not None
    assert "Ada Lovelace" in words(sheet)
    assert "is to be told, and stays free for other projects" in words(sheet)
    save(app, reason="The shop moves.")
    assert made.status(store, project_id) == "cancelled"


@pytest.mark.parametrize("status", ["draft", "open"])
def test_the_menu_offers_only_where_it_may_go(app: App, store: Store, status: str) -> None:
    project_id = made.project(store, opened=status == "open")
    board = shown(app)
    board._offer(project_id, QPoint(0, 0))
    menu = board.findChildren(QMenu)[-1]
    offered = [action.text() for action in menu.actions() if action.text()]
    there = {"draft": ["Move to Open"], "open": ["Move to Draft", "Move to Selecting"]}[status]
    assert offered == ["Show the project", *there, "Cancel the project…"]
    menu.close()


@pytest.mark.parametrize(("column", "changed"), [("done", {}), ("open", {"fee": 0})])
def test_what_asks_first_has_the_keyboard(app: App, store: Store, column: str, changed: dict[str, int]) -> None:
    project_id = made.project(store, opened=False, **changed)
    drop(shown(app), project_id, column)
    inside = form(app)
    assert inside.isAncestorOf(app.desk.focusWidget())


def test_a_card_that_is_gone_or_of_another_window_moves_nothing(app: App, store: Store) -> None:
    project_id = made.project(store, opened=False)
    board = shown(app)
    store.undo()
    drop(board, project_id, "open")
    assert "no longer" in said(app)
    assert not board.columns["draft"].cards()
    drop(board, "of-another-window", "open")
    assert "not on the board" in said(app)
