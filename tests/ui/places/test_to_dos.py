"""The inbox in the window: found, sorted, put off, done and made a project by key and click."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from core.insight.to_dos import inbox
from core.model import Project
from core.store import Store
from core.work import todos
from tests.support.stores import TODAY
from tests.ui.places.screen import choose, form, press, seen, words
from ui.app import App
from ui.forms.to_do import CaptureForm
from ui.places.to_dos import ToDos
from ui.tour import settle


def shown(app: App) -> ToDos:
    app.desk.go("projects")
    return cast("ToDos", app.places["projects"].show_page("To-dos"))


def texts(store: Store, state: str = "open") -> list[str]:
    return [row.text for row in inbox(store, "", state, "words", today=TODAY)]  # type: ignore[arg-type]


def test_an_empty_inbox_says_how_a_line_comes_in(app: App) -> None:
    assert "The inbox is empty" in words(shown(app))


def test_a_line_is_captured_from_anywhere_and_the_next_may_follow(app: App, store: Store, qtbot: QtBot) -> None:
    app.desk.go("candidates")
    app.open_form("to_dos")
    asked = form(app)
    assert isinstance(asked, CaptureForm)
    QTest.keyClicks(asked.field, "Order the calendars by 12 March")
    assert asked.understood.text() == "“Order the calendars” · due 12 Mar 2027"
    qtbot.keyClick(asked.field, Qt.Key.Key_Return)
    assert texts(store) == ["Order the calendars"]
    assert asked.field.value() == ""
    asked.field.insertPlainText("- Clean the shelf\n- Water the plants")
    assert asked.understood.text() == "2 to-dos, one a line"
    qtbot.keyClick(asked.field, Qt.Key.Key_Return)
    assert texts(store) == ["Clean the shelf", "Order the calendars", "Water the plants"]
    assert form(app).try_save()
    assert app.desk.layer.sheet is None
    assert len(texts(store)) == 3


def test_a_long_list_goes_in_as_a_task_and_is_one_change(app: App, store: Store) -> None:
    app.open_form("to_dos")
    asked = form(app)
    assert isinstance(asked, CaptureForm)
    asked.field.set_value("\n".join(f"line {at}" for at in range(1_000)))
    assert asked.try_save()
    assert app.desk.layer.sheet is None
    app.tasks.wait_all()
    assert len(texts(store)) == 1_000
    assert store.draft("to-dos:new") is None
    store.undo()
    assert texts(store) == []


def test_its_line_is_made_a_project_from_the_template_that_fits(app: App, store: Store) -> None:
    todos.capture_todo(store, "Clean up the supplier list", today=TODAY)
    place = shown(app)
    assert "Templates that fit" in words(place)
    press(place, "Make it a project")
    assert form(app).noun == "projects"
    assert form(app).form.rows["title"].field.value() == "Clean up the supplier list"  # type: ignore[attr-defined]
    form(app).cancel()
    press(place, "Start from List clean-up")
    assert form(app).try_save()
    (row,) = inbox(store, state="done", today=TODAY)
    with store.read() as session:
        project = session.get_one(Project, row.project_id or "")
        assert project.template_key == "list-clean-up"


@pytest.mark.parametrize(("key", "left", "done"), [(Qt.Key.Key_Space, ["two"], ["one"]),
                                                   (Qt.Key.Key_Delete, ["two"], [])])  # fmt: skip
def test_keys_do_it_and_undo_takes_it_back(
    app: App, store: Store, qtbot: QtBot, key: Qt.Key, left: list[str], done: list[str]
) -> None:
    ids = todos.capture_todos(store, "one\ntwo", today=TODAY)
    place = shown(app)
    place.table.choose(ids[0])
    qtbot.keyClick(place.table, key)
    assert (texts(store), texts(store, "done")) == (left, done)
    store.undo()
    assert texts(store) == ["one", "two"]


def test_several_are_put_off_at_once_and_come_back(app: App, store: Store) -> None:
    todos.capture_todos(store, "one\ntwo\nthree", today=TODAY)
    place = shown(app)
    place.table.selectAll()
    assert "3 to-dos chosen" in words(place)
    choose(place, "More for what is chosen", "Put off to tomorrow")
    assert texts(store, "later") == ["one", "three", "two"]
    place.tabs.choose(1)
    place.table.selectAll()
    choose(place, "More for what is chosen", "Bring it back now")
    assert texts(store) == ["one", "three", "two"]


def test_a_calendar_let_go_over_it_is_taken_for_to_dos(app: App, tmp_path: Path) -> None:
    shown(app)
    path = tmp_path / "tasks.ics"
    path.write_text("BEGIN:VCALENDAR\nBEGIN:VTODO\nSUMMARY:Plan\nEND:VTODO\nEND:VCALENDAR\n", "utf-8")
    app._dropped([path])
    app.tasks.wait_all()
    assert "1 new" in words(form(app))


def test_today_leads_to_a_to_do_with_a_day(app: App, store: Store) -> None:
    todo_id = todos.capture_todo(store, "Order paper by 25 November", today=TODAY)
    app.show("to_dos", todo_id)
    place = app.places["projects"].shown
    assert isinstance(place, ToDos)
    assert [row.id for row in place.chosen()] == [todo_id]


def test_a_word_longer_than_a_line_is_shown_whole(app: App, store: Store) -> None:
    todo = todos.capture_todo(store, "W" * 300, today=TODAY)
    place = shown(app)
    place.choose(todo)
    settle(app.desk)
    told = next(one for one in seen(place.side, QLabel) if one.text() == "W" * 300)
    assert told.height() >= 4 * told.fontMetrics().height()
