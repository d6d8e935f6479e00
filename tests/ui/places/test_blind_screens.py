"""Files that answer, where one scores and where one enters them; and that no screen leads from a name to its code."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from core.insight import blind_files
from core.insight.records import rows_where
from core.insight.scoring import scoring_queue
from core.jobs.answering import kept_files
from core.jobs.words import read_waiting
from core.store import Store
from core.work import evaluate
from core.work.answer_files import keep_answer_files
from tests.support import made
from tests.support.stores import TODAY
from tests.ui.places.screen import button, form, press, sheet, words
from tests.ui.places.test_evaluations import panel, place, project_id
from ui.app import App
from ui.forms.files_of_mail import FilesOfMail
from ui.tour import settle
from ui.widgets.fields import ChoiceField

__all__ = ["project_id"]
PNG = b"\x89PNG\r\n\x1a\n"


@pytest.fixture
def filed(store: Store, project_id: str) -> dict[str, str]:
    """Both have a text and a picture beside their first answer; code to application."""
    asked = made.questions(store, project_id)
    found = {one.code: one.id for one in scoring_queue(store, project_id, store.me or "").applications}
    for row in rows_where(store, "applications", sealed=False):
        row_id, (person,) = row["id"], rows_where(store, "candidates", id=row["candidate_id"])
        said = f"I, {person['first_name']} {person['last_name']}, set two lists side by side. Then I count."
        files = [("Ada Mary Lovelace.txt", said.encode()), ("Somerville.png", PNG)]
        keep_answer_files(store, row_id, asked[0], files, today=TODAY)
    read_waiting(store)
    return found


def everything_shown(app: App) -> str:
    """Each word of the desk: titles, names, undo line, said words, menus."""
    desk = app.desk
    menus = [one.text() for one in desk.actions()]
    titles = [one.windowTitle() for one in desk.window().findChildren(QWidget)] + [desk.window().windowTitle()]
    return "\n".join([words(desk), *titles, *menus, desk.foot.said.text()])


def test_a_file_is_read_and_taken_as_evidence_like_an_answer(app: App, store: Store, filed: dict[str, str]) -> None:
    at = panel(app)
    shown = words(at)
    assert "File 1, text" in shown
    assert "File 2, picture" in shown
    assert blind_files.PICTURE in shown
    assert not re.search(r"Lovelace|Somerville|\.txt|\.png", shown)
    (view,) = [one for one in at.answers if "side by side" in one.toPlainText()]
    view.setFocus()
    view.moveCursor(view.textCursor().MoveOperation.Start)
    QTest.keyClick(view, "e")
    assert "side by side." in at.evidence()
    assert "[name]" in at.evidence()


def test_after_the_reveal_the_file_can_be_looked_at(
    app: App, store: Store, project_id: str, filed: dict[str, str]
) -> None:
    evaluate.reveal_names(store, project_id, today=TODAY, reason="Time")
    place(app).choose(project_id)
    at = panel(app)
    who = at._who
    assert f"{who}: Ada Mary Lovelace.txt" in words(at)
    press(at, f"Look {who}: Ada Mary Lovelace.txt")
    app.tasks.wait_all()
    assert "side by side" in form(app).text.toPlainText()


def test_files_are_entered_with_an_application_and_taken_off_again(
    app: App, store: Store, project_id: str, tmp_path: Path
) -> None:
    asked = made.questions(store, project_id)
    person = made.candidate(store, "Grace Hopper")
    path = tmp_path / "work.txt"
    path.write_text("By hand", "utf-8")
    app.open_form("applications", project_id=project_id, candidate_id=person, candidate="Grace Hopper")
    made_form = form(app)
    made_form.form.rows[f"files.{asked[0]}"].field.add([str(path)])
    made_form.form.rows["files"].field.add([str(tmp_path / "gone.txt")])
    assert not made_form.try_save()
    assert "not there any more" in words(sheet(app))
    made_form.form.rows["files"].field.set_value([])
    assert made_form.try_save()
    evaluate.reveal_names(store, project_id, today=TODAY, reason="Time")
    rows = scoring_queue(store, project_id, store.me or "").applications
    (row_id,) = [one.id for one in rows if one.name == "Grace Hopper"]
    assert [(one.name, one.question_id) for one in kept_files(store, row_id)] == [("work.txt", asked[0])]
    app.open_form("applications", row_id, candidate="Grace Hopper")
    settle(app.desk)
    assert "kept · 7 bytes" in words(sheet(app))
    press(sheet(app), "Take work.txt off")
    assert form(app).try_save()
    assert kept_files(store, row_id) == []
    store.undo()
    assert len(kept_files(store, row_id)) == 1


@pytest.mark.parametrize("wanted", ["Ada Lovelace", "lovelace", "Somerville", "Ada Mary Lovelace.txt", "side by side"])
def test_search_by_name_or_words_leads_to_no_code(
    app: App, store: Store, filed: dict[str, str], wanted: str
) -> None:
    for hit in app.find(wanted):
        assert hit.group not in ("Applications", "Evaluations"), hit.title
        assert not any(re.search(rf"\b{code}\b", f"{hit.title} {hit.detail}") for code in filed)
    for code in filed:
        assert app.find(code) == []
    if wanted in ("Ada Mary Lovelace.txt", "side by side"):
        assert app.find(wanted) == []


def test_what_was_last_done_and_window_titles_name_nobody_beside_a_code(
    app: App, store: Store, project_id: str, filed: dict[str, str]
) -> None:
    asked = made.questions(store, project_id)
    row_id = next(iter(filed.values()))
    (kept,) = keep_answer_files(store, row_id, asked[0], [("Ada Lovelace again.txt", b"Ada")], today=TODAY)
    for go in (lambda: place(app), lambda: app.show("projects", project_id), lambda: app.desk.go("today")):
        go()
        settle(app.desk)
        shown = everything_shown(app)
        assert "Ada Lovelace again" not in shown
        assert "Kept a file" in shown
        if any(re.search(rf"\b{code}\b", shown) for code in filed):
            assert not re.search("Lovelace|Somerville", shown)
    store.undo()
    settle(app.desk)
    assert "Ada Lovelace again" not in everything_shown(app)
    assert kept not in {one.id for one in kept_files(store, row_id)}


def test_the_palette_offers_no_command_with_a_name(app: App, filed: dict[str, str]) -> None:
    place(app)
    offered = "\n".join(command.words for command in app.desk.offered())
    assert not re.search("Lovelace|Somerville", offered)
    assert button(panel(app), "Back") is not None


def test_a_file_of_a_mail_can_be_told_to_be_an_answer(qapp: QApplication) -> None:
    field = FilesOfMail()
    field.set_value([("resume.pdf", b"R"), ("work.pdf", b"W")])
    assert [name for name, _ in field.value()] == ["resume.pdf", "work.pdf"]
    field.set_places([("q1", "How would you find doubles?")], applies=True)
    places = {one.accessibleName(): one for one in field.findChildren(ChoiceField)}
    places["Where work.pdf is kept"].set_value("q1")
    assert [name for name, _ in field.value()] == ["resume.pdf"]
    assert field.answers() == {"q1": [("work.pdf", b"W")]}
    places["Where resume.pdf is kept"].set_value("whole")
    assert field.answers() == {"q1": [("work.pdf", b"W")], None: [("resume.pdf", b"R")]}
    field.set_places([], applies=False)
    assert (len(field.value()), field.answers()) == (2, {})
