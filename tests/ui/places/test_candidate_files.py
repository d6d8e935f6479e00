"""The Files tab: added, looked at inside the program, saved out, removed, and searched."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDropEvent, QImage
from PySide6.QtWidgets import QFileDialog, QLabel, QMenu, QToolButton, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from core.exchange import resume_text
from core.insight.files import files_of
from core.model import Disclosure
from core.store import Store
from core.work import documents
from tests.support import files, made
from tests.support.stores import TODAY
from ui.app import App
from ui.places.candidate_files import NOT_YET, Files
from ui.reading import Reading
from ui.widgets.preview import DAMAGED, LOCKED, Preview
from ui.widgets.preview_parts import Picture, Words


@pytest.fixture
def ada(store: Store) -> str:
    return made.candidate(store)


@pytest.fixture
def tab(app: App, qtbot: QtBot, ada: str) -> Files:
    made_tab = Files(app.context, ada)
    qtbot.addWidget(made_tab)
    made_tab.show()
    return made_tab


def said(tab: QWidget) -> str:
    return "\n".join(one.text() for one in tab.findChildren(QLabel) if one.isVisibleTo(tab))


def choose(tab: Files, name: str, words: str) -> None:
    """An entry of a file's menu, as it stands now: what was there before goes once the event is over."""
    more = [one for one in tab.findChildren(QToolButton) if one.accessibleName() == f"More for {name}"][-1]
    menu = more.menu()
    assert isinstance(menu, QMenu)
    (action,) = [one for one in menu.actions() if one.text() == words]
    action.trigger()


def look(app: App, tab: Files, name: str) -> QWidget:
    (file,) = [one for one in files_of(app.store, "candidates", tab._owner) if one.name == name]
    tab.look(file)
    app.tasks.wait_all()
    sheet = app.desk.layer.sheet
    assert sheet is not None
    return sheet.inside


def test_dropped_files_are_kept_read_and_found(app: App, tab: Files, qtbot: QtBot, tmp_path: Path, ada: str) -> None:
    reading = Reading(app.context)
    (tmp_path / "cv.pdf").write_bytes(files.pdf("Kotlin"))
    (tmp_path / "grades.docx").write_bytes(files.docx("Algebra: A"))
    held = QMimeData()
    held.setUrls([QUrl.fromLocalFile(str(tmp_path / name)) for name in ("cv.pdf", "grades.docx")])
    none = Qt.KeyboardModifier.NoModifier
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    tab.dropEvent(QDropEvent(QPointF(5, 5), copy, held, left, none))
    app.tasks.wait_all()
    qtbot.waitUntil(lambda: "cv.pdf" in said(tab) and NOT_YET not in said(tab))
    assert [hit.row_id for hit in app.store.search("algebra")] == [ada]
    assert [hit.title for hit in app.find("kotlin")] == ["Ada Lovelace"]
    assert not reading._runs
    app.store.undo()
    assert "cv.pdf" not in said(tab)
    assert app.store.search("kotlin") == []


def test_what_cannot_be_kept_says_which_and_why(app: App, tab: Files, tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_bytes(b"good")
    (tmp_path / "empty.pdf").write_bytes(b"")
    tab.add([tmp_path / "good.txt", tmp_path / "empty.pdf"])
    assert "empty.pdf is empty" in said(tab)
    tab.add([tmp_path / "gone.pdf"])
    assert "gone.pdf is not there any more" in said(tab)
    tab.add([tmp_path])
    assert "is a folder" in said(tab)
    with (tmp_path / "huge.pdf").open("wb") as huge:
        huge.truncate(documents.MOST_BYTES + 1)
    tab.add([tmp_path / "huge.pdf"])
    assert "over 25 MB" in said(tab)
    assert files_of(app.store, "candidates", tab._owner) == []


def test_each_kind_is_looked_at_inside_the_program(app: App, tab: Files, tmp_path: Path, ada: str) -> None:
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(QColor("teal"))
    image.save(str(tmp_path / "photo.png"))
    given = {
        "cv.pdf": files.pdf("Kotlin", "Two"),
        "grades.docx": files.docx("Algebra: A", "<b>plain</b>"),
        "photo.png": (tmp_path / "photo.png").read_bytes(),
        "locked.pdf": files.locked_pdf("secret", "sesame"),
        "broken.pdf": b"%PDF-1.7 and no more",
    }
    documents.keep_files(app.store, "candidates", ada, list(given.items()), today=TODAY)
    paper = look(app, tab, "cv.pdf")
    assert isinstance(paper, Preview)
    assert paper.document.pageCount() == 2
    words = look(app, tab, "grades.docx")
    assert isinstance(words, Words)
    assert words.text.toPlainText() == "Algebra: A\n<b>plain</b>"
    assert words.text.isReadOnly()
    assert isinstance(look(app, tab, "photo.png"), Picture)
    for name, expected in (("locked.pdf", LOCKED), ("broken.pdf", DAMAGED)):
        shown = look(app, tab, name)
        assert isinstance(shown, Preview)
        assert expected in said(shown)


def test_a_pdf_of_thousands_of_pages_opens_at_once(app: App, tab: Files, ada: str) -> None:
    data = files.pdf(*(f"page {number}" for number in range(3_000)))
    documents.keep_file(app.store, "candidates", ada, "long.pdf", data, today=TODAY)
    paper = look(app, tab, "long.pdf")
    assert isinstance(paper, Preview)
    assert paper.document.pageCount() == 3_000
    assert len(paper.view.accessibleDescription()) <= 4_000


def test_what_hangs_a_reader_is_not_opened_here(
    app: App, tab: Files, ada: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(resume_text.words.__kwdefaults__, "seconds", 1.0)
    documents.keep_file(app.store, "candidates", ada, "cv.pdf", files.slow_pdf(), today=TODAY)
    (file,) = files_of(app.store, "candidates", ada)
    tab.look(file)
    app.tasks.wait_all()
    assert app.desk.layer.sheet is None


def test_a_damaged_word_file_says_so_instead_of_opening(app: App, tab: Files, ada: str) -> None:
    documents.keep_file(app.store, "candidates", ada, "cv.docx", b"PK\3\4 no more", today=TODAY)
    (file,) = files_of(app.store, "candidates", ada)
    tab.look(file)
    app.tasks.wait_all()
    assert app.desk.layer.sheet is None


def test_a_copy_leaves_by_ones_own_act(
    app: App, tab: Files, tmp_path: Path, ada: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    documents.keep_file(app.store, "candidates", ada, "cv.txt", b"Kotlin", today=TODAY)
    out = tmp_path / "out.txt"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(out), ""))
    choose(tab, "cv.txt", "Save a copy…")
    assert out.read_bytes() == b"Kotlin"
    with app.store.read() as session:
        (left,) = session.scalars(select(Disclosure))
    assert (left.kind, left.file_name) == ("file", "out.txt")
    assert f"candidates:{ada}" in left.refs


def test_removed_and_another_resume(app: App, tab: Files, qtbot: QtBot, ada: str) -> None:
    documents.keep_file(app.store, "candidates", ada, "cv.pdf", files.pdf("x"), today=TODAY)
    documents.keep_file(app.store, "candidates", ada, "new.pdf", files.pdf("y"), today=TODAY)
    choose(tab, "new.pdf", "This is the résumé")
    assert [one.name for one in files_of(app.store, "candidates", ada) if one.is_resume] == ["new.pdf"]
    choose(tab, "new.pdf", "Remove")
    assert "new.pdf" not in said(tab)
    app.store.undo()
    qtbot.waitUntil(lambda: "new.pdf" in said(tab))
