"""A file handed to a Foothold that runs already."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QSettings
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core.store import Store
from tests.support.stores import new_store
from ui.app import App
from ui.file_opening import FileOpening
from ui.forms.importing import ImportForm
from ui.start import StartWindow
from ui.theme import Theme


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with new_store(tmp_path) as made:
        yield made


def hand_over(qapp: QApplication, path: Path) -> None:
    QCoreApplication.sendEvent(qapp, QFileOpenEvent(str(path)))


def test_a_double_click_while_it_runs(qapp: QApplication, qtbot: QtBot, store: Store, tmp_path: Path) -> None:
    Theme.apply(qapp, "light")
    app, begun = App(store, None), list[Path]()
    opening = FileOpening(qapp, named=True, beside=lambda path: begun.append(path) is None)
    opening.desk(app)
    with qtbot.waitActive(app.desk):
        app.desk.show()
    app.desk.hide()
    hand_over(qapp, store.path)
    assert app.desk.isVisible()
    assert begun == []

    other = tmp_path / "Zoë’s other.foothold"
    other.write_bytes(b"x")
    hand_over(qapp, other)
    assert begun == [other]

    table = tmp_path / "people.csv"
    table.write_text("Email\nada@example.edu\n", "utf-8")
    hand_over(qapp, table)
    assert app.desk.layer.sheet is not None
    assert isinstance(app.desk.layer.sheet.inside, ImportForm)
    app.tasks.wait_all()

    opening.deleteLater()
    app.desk.may_close = lambda: True
    app.desk.close()
    app.desk.deleteLater()


def test_where_no_window_of_its_own_can_be_had_it_says_so(qapp: QApplication, store: Store, tmp_path: Path) -> None:
    Theme.apply(qapp, "light")
    app = App(store, None)
    opening = FileOpening(qapp, beside=lambda _path: False)
    opening.desk(app)
    hand_over(qapp, tmp_path / "other.foothold")
    assert "other.foothold could not be opened in a window of its own" in app.desk.foot.said.text()
    opening.deleteLater()
    app.close()
    app.desk.deleteLater()


def test_the_double_click_that_started_it_leaves_one_window(
    qapp: QApplication, qtbot: QtBot, store: Store, tmp_path: Path
) -> None:
    Theme.apply(qapp, "light")
    app, begun = App(store, None), list[Path]()
    opening = FileOpening(qapp, beside=lambda path: begun.append(path) is None)
    opening.desk(app)
    with qtbot.waitActive(app.desk):
        app.desk.show()
    hand_over(qapp, tmp_path / "other.foothold")
    assert begun == [tmp_path / "other.foothold"]
    assert not app.desk.isVisible()
    opening.deleteLater()
    app.desk.deleteLater()


def test_the_first_window_is_answered_by_a_double_click(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> None:
    Theme.apply(qapp, "light")
    begun = list[Path]()
    opening = FileOpening(qapp, beside=lambda path: begun.append(path) is None)
    window = StartWindow(QSettings())
    with qtbot.waitExposed(window):
        window.show()
    hand_over(qapp, tmp_path / "mine.foothold")
    assert begun == [tmp_path / "mine.foothold"]
    assert not window.isVisible()
    opening.deleteLater()
    window.deleteLater()
