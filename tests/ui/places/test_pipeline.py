"""The pipeline in the window: cards that open the form for the next fact, and a project's own stages."""

from __future__ import annotations

from typing import cast

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from core.store import Store
from core.work import evaluate, stages
from core.work.stages import StageDraft
from tests.support import made
from tests.support.stores import TODAY
from tests.ui.places.screen import form, save, words
from ui.app import App
from ui.places import pipeline_project
from ui.places.pipeline import Pipeline
from ui.places.pipeline_people import PAGE
from ui.widgets.board_column import MIME
from ui.widgets.card_board import CardBoard


def shown(app: App) -> Pipeline:
    app.desk.go("candidates")
    found = cast("Pipeline", app.places["candidates"].show_page("Pipeline"))
    app.tasks.wait_all()
    return found


def drop(board: CardBoard, row_id: str, column: str) -> None:
    data = QMimeData()
    data.setData(MIME, row_id.encode())
    at, left = QPointF(20, 20), Qt.MouseButton.LeftButton
    event = QDropEvent(at, Qt.DropAction.MoveAction, data, left, Qt.KeyboardModifier.NoModifier)
    board.columns[column].dropEvent(event)


def names(board: CardBoard, column: str) -> list[str]:
    return [card.title for card in board.columns[column].cards()]


@pytest.fixture
def project(store: Store) -> str:
    row = made.project(store)
    drafts = [StageDraft(name="Called"), StageDraft(name="Talked", under="shortlisted")]
    stages.set_stages(store, row, drafts, today=TODAY)
    return row


def test_an_empty_pipeline_offers_the_first_step(app: App) -> None:
    assert "Nobody yet" in words(shown(app))


def test_a_prospect_becomes_an_applicant_by_an_application(app: App, store: Store, project: str) -> None:
    ada = made.candidate(store)
    page = shown(app)
    assert names(page.people.board, "prospect") == ["Ada Lovelace"]
    drop(page.people.board, ada, "applicant")
    assert form(app).title_words == "They applied"
    assert names(page.people.board, "prospect") == ["Ada Lovelace"]
    save(app)
    app.tasks.wait_all()
    assert names(page.people.board, "applicant") == ["Ada Lovelace"]
    drop(page.people.board, ada, "micro_intern")
    assert form(app).noun == "offers"
    app.desk.close_sheet()
    drop(page.people.board, ada, "hired")
    assert form(app).title_words == "What followed"
    app.desk.close_sheet()
    drop(page.people.board, ada, "prospect")
    assert "follows from what happened" in words(app.desk.foot)


def test_a_column_shows_a_page_and_asks_for_more(app: App, store: Store) -> None:
    for number in range(PAGE + 7):
        made.candidate(store, f"Person {number:03}")
    page = shown(app)
    board = page.people.board
    assert len(names(board, "prospect")) == PAGE
    assert f"{PAGE + 7}" in words(board)
    assert "7 more" in words(board)
    board.more_wanted.emit("prospect")
    assert len(names(board, "prospect")) == PAGE + 7
    page.how.choose(1)
    app.tasks.wait_all()
    assert len(page.people.table.model().ids) == PAGE + 7


def test_a_projects_card_goes_through_its_stages_by_mouse_and_key(
    app: App, store: Store, project: str, qtbot: QtBot
) -> None:
    row = made.application(store, project, made.candidate(store))
    page = shown(app)
    app.show("pipeline", project)
    board = page.project.board
    called, talked = (one.id or "" for one in stages.stage_drafts(store, project))
    assert names(board, "applied") == ["Ada Lovelace"]
    drop(board, row, called)
    assert names(board, called) == ["Ada Lovelace"]
    assert board.columns[called].hasFocus()
    for _ in range(2):
        column = next(one for one in board.columns.values() if one.cards())
        qtbot.keyClick(column, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert names(board, talked) == ["Ada Lovelace"]
    store.undo()
    app.tasks.wait_all()
    assert names(board, "shortlisted") == ["Ada Lovelace"]
    drop(board, row, "offered")
    assert form(app).noun == "offers"
    app.desk.close_sheet()
    drop(board, row, "invited")
    assert "not invited again" in words(app.desk.foot)
    drop(board, row, "over")
    assert form(app).title_words == "Not selected"
    app.desk.close_sheet()
    assert page.project.subtitle.startswith("1 application")


def test_of_many_applications_the_board_is_asked_for_beside_the_window(
    app: App, store: Store, project: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline_project, "BESIDE", 2)
    monkeypatch.setattr(pipeline_project, "PAGE", 2)
    rows = [made.application(store, project, made.candidate(store, f"Person {at}")) for at in range(4)]
    page = shown(app)
    page.choose(project)
    app.tasks.wait_all()
    board = page.project.board
    assert names(board, "applied") == ["Person 0", "Person 1"]
    assert "2 more" in words(board)
    called = stages.stage_drafts(store, project)[0].id or ""
    drop(board, rows[0], called)
    app.tasks.wait_all()
    assert names(board, called) == ["Person 0"]
    assert board.columns[called].hasFocus()
    # Two questions on their way: the answer of the first comes too late.
    page.project.show_project(project, board=True)
    page.choose("")
    page.choose(project)
    app.tasks.wait_all()
    assert names(board, "applied") == ["Person 1", "Person 2"]


def test_the_menu_of_a_card_has_its_way_and_where_it_may_go(app: App, store: Store, project: str) -> None:
    row = made.application(store, project, made.candidate(store))
    page = shown(app)
    page.choose(project)
    page.project.board.asked.emit(row, QPoint(0, 0))
    menu = page.project.findChildren(QMenu)[-1]
    said = [action.text() for action in menu.actions() if action.text()]
    assert said == [
        "Show the person", "How far, and since when…", "Move to Called", "Move to Shortlisted", "Move to Talked",
        "Move to Offered…", "Move to Not selected, withdrawn…",
    ]  # fmt: skip
    menu.actions()[1].trigger()
    sheet = app.desk.layer.sheet
    assert sheet is not None
    assert "Applied" in words(sheet)
    assert "since today" in words(sheet)
    menu.close()


def test_under_a_code_no_name_stands_anywhere(app: App, store: Store, project: str) -> None:
    made.rubric(store, project)
    row = made.application(store, project, made.candidate(store))
    page = shown(app)
    page.choose(project)
    for at in (0, 1):
        page.how.choose(at)
        assert "Lovelace" not in words(page.project)
    page.how.choose(0)
    (title,) = names(page.project.board, "applied")
    assert title.startswith("Candidate ")
    assert "hidden behind codes" in page.note.text()
    drop(page.project.board, row, "offered")
    assert "Reveal the names" in words(app.desk.foot)
    evaluate.reveal_names(store, project, today=TODAY, reason="Time")
    assert names(page.project.board, "applied") == ["Ada Lovelace"]


def test_the_form_of_stages_says_who_goes_back(app: App, store: Store, project: str) -> None:
    row = made.application(store, project, made.candidate(store))
    called = stages.stage_drafts(store, project)[0].id
    stages.move_stage(store, [row], called, "applied", today=TODAY)
    other = made.project(store, title="Another")
    stages.set_stages(store, other, [StageDraft(name="Sample task")], today=TODAY)
    page = shown(app)
    page.choose(project)
    page.stages.click()
    sheet = form(app)
    field = sheet._field
    field.remove(field._entries[0])
    assert "1 application goes from Called back to Applied." in words(sheet)
    sheet._from.set_value(other)
    sheet._copy()
    assert [line[0] for line in field.value()] == ["Talked", "Sample task"]
    field._entries[0].words.set_value("Met")
    save(app)
    assert [(one.name, one.under) for one in stages.stage_drafts(store, project)] == [
        ("Sample task", "applied"),
        ("Met", "shortlisted"),
    ]
    assert names(page.project.board, "applied") == ["Ada Lovelace"]
    store.undo()
    assert [one.name for one in stages.stage_drafts(store, project)] == ["Called", "Talked"]
