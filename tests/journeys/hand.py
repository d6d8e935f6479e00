"""A hand at the desk: finds what stands on the screen by its name, presses it, types into it, reads what is said."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QToolButton,
    QWidget,
)
from pytestqt.exceptions import TimeoutError as TooLong
from pytestqt.qtbot import QtBot

from ui.app import App
from ui.desk import Desk
from ui.forms.base import NounForm
from ui.widgets.chips import Pill
from ui.widgets.chips_field import Chip, ChipsField
from ui.widgets.files_field import FilesField
from ui.widgets.list_field import ListField
from ui.widgets.preview import Preview
from ui.widgets.sheet import Sheet


class Hand:
    """Everything goes by keys and clicks on what is visible; `app` is read only to know where that is."""

    def __init__(self, app: App, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
        self.app, self.qtbot, self._monkeypatch = app, qtbot, monkeypatch

    @property
    def desk(self) -> Desk:
        return self.app.desk

    @property
    def sheet(self) -> Sheet | None:
        return self.desk.layer.sheet

    @property
    def form(self) -> NounForm:
        assert self.sheet is not None, f"no form is open; said: {self.said()}"
        inside = self.sheet.inside
        assert isinstance(inside, NounForm)
        return inside

    # --- where to look ----------------------------------------------------------------------------------------------

    def ground(self) -> QWidget:
        return self.sheet or self.desk

    def seen(self, kind: type[Any] = QWidget, under: QWidget | None = None) -> list[Any]:
        return [one for one in (under or self.ground()).findChildren(kind) if one.isVisible()]

    def button(self, name: str, under: QWidget | None = None) -> QAbstractButton:
        """By what a screen reader says, whole or its beginning, else by its words."""
        buttons: list[QAbstractButton] = self.seen(QAbstractButton, under)
        names = [_name(one) for one in buttons]
        for fits in (str.__eq__, str.startswith):
            found = [one for one, its in zip(buttons, names, strict=True) if fits(its, name)]
            if found:
                return found[0]
        found = [one for one in buttons if one.text().strip().replace("&&", "&") == name]
        assert found, f"no button “{name}” among {names}"
        return found[0]

    def text(self, under: QWidget | None = None) -> str:
        """All words on the screen, or within a part of it."""
        words = [one.text() for one in self.seen(QLabel, under)] + [one.words for one in self.seen(Pill, under)]
        return "\n".join(filter(None, words))

    def sees(self, *words: str) -> None:
        """Waits for these words to be on the screen."""
        for one in words:
            try:
                self.qtbot.waitUntil(lambda one=one: one in self.text(), timeout=3000)  # type: ignore[misc]
            except TooLong:
                pytest.fail(f"“{one}” is not on the screen. It shows:\n{self.text()}\nand says: {self.said()}")

    def said(self) -> str:
        return self.desk.foot.said.text()

    # --- what a hand does -------------------------------------------------------------------------------------------

    def click(self, name: str, under: QWidget | None = None) -> None:
        one = self.button(name, under)
        assert one.isEnabled(), f"“{name}” cannot be pressed: {one.toolTip()}"
        QTest.mouseClick(one, Qt.MouseButton.LeftButton)
        self.rest()

    def menu(self, name: str, words: str) -> None:
        """Opens the menu behind a button and takes one of its lines."""
        held = self.button(name)
        assert isinstance(held, QToolButton)
        assert held.isEnabled()
        lines: Sequence[QAction] = held.menu().actions()
        found = [one for one in lines if one.text().replace("&&", "&") == words]
        assert found, f"no “{words}” among {[one.text() for one in lines]}"
        assert found[0].isEnabled()
        found[0].trigger()
        self.rest()

    def press(self, keys: str, on: QWidget | None = None) -> None:
        held = QKeySequence(keys)[0]
        QTest.keyClick(on or QApplication.focusWidget() or self.desk, held.key(), held.keyboardModifiers())
        self.rest()

    def go(self, place: str) -> None:
        """By its line at the left."""
        self.click(place, self.desk.side)

    def type(self, field: QWidget, words: str) -> None:
        """In place of what stands there, then on to the next field."""
        field.setFocus()
        QTest.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClick(field, Qt.Key.Key_Delete)
        lines = words.split("\n")
        for at, line in enumerate(lines):
            keys_of(field, line)
            if at + 1 < len(lines):
                QTest.keyClick(field, Qt.Key.Key_Return)

    def pick(self, field: QComboBox, words: str) -> None:
        """Down from the first to the one that begins with these words."""
        wanted = next((at for at in range(field.count()) if field.itemText(at).startswith(words)), None)
        assert wanted is not None, f"no “{words}” among {[field.itemText(at) for at in range(field.count())]}"
        field.setFocus()
        QTest.keyClick(field, Qt.Key.Key_Home)
        for _ in range(wanted):
            QTest.keyClick(field, Qt.Key.Key_Down)
        assert field.currentText().startswith(words)

    def fill(self, **values: Any) -> None:
        """Fields of the open form by their keys. A list's lines are words, or (words, what stands at their right)."""
        for key, value in values.items():
            assert key in self.form.form.rows, f"no field {key} among {sorted(self.form.form.rows)}"
            field = self.form.form.rows[key].field
            if isinstance(field, QComboBox):
                self.pick(field, value)
            elif isinstance(field, ListField):
                self._lines(field, value)
            elif isinstance(field, FilesField):
                field.add(value)
            elif isinstance(field, ChipsField):
                for words in value:
                    chip = next(one for one in field.findChildren(Chip) if one.text() == words)
                    QTest.mouseClick(chip, Qt.MouseButton.LeftButton)
            else:
                assert isinstance(field, QLineEdit | QPlainTextEdit), type(field)
                self.type(field, value)

    def _lines(self, field: ListField, lines: Sequence[str | tuple[str, str]]) -> None:
        for line in lines:
            words, aside = line if isinstance(line, tuple) else (line, "")
            QTest.mouseClick(field.add, Qt.MouseButton.LeftButton)
            self.rest()
            held = QApplication.focusWidget()
            assert held is not None
            keys_of(held, words)
            if aside:
                QTest.keyClick(held, Qt.Key.Key_Tab)
                short = QApplication.focusWidget()
                assert short is not None
                assert short is not held
                if isinstance(short, QComboBox):
                    self.pick(short, aside)
                else:
                    keys_of(short, aside)

    def pick_person(self, key: str, typed: str) -> None:
        """Types the beginning of a name and takes the first one offered."""
        line = self.form.form.rows[key].field.findChild(QLineEdit)
        assert line is not None
        line.setFocus()
        keys_of(line, typed)
        popup = line.completer().popup()
        self.qtbot.waitUntil(popup.isVisible, timeout=2000)
        QTest.keyClick(popup, Qt.Key.Key_Down)
        QTest.keyClick(popup, Qt.Key.Key_Return)
        # A window manager would give the window its place back.
        self.desk.activateWindow()
        self.until(self.desk.isActiveWindow)
        self.rest()

    def save(self) -> None:
        """By its key; whatever is in the way fails the test with the form's own words."""
        form = self.form
        self.press("Ctrl+Return", form.foot if QApplication.focusWidget() is None else None)
        assert self.sheet is None or self.sheet.inside is not form, f"not saved: {self.problems()}"

    def refused(self) -> str:
        """Tries to save and reads what is in the way."""
        form = self.form
        self.press("Ctrl+Return")
        assert self.sheet is not None
        assert self.sheet.inside is form
        return self.problems()

    def problems(self) -> str:
        words = [row.error.text() for row in self.form.form.rows.values() if row.error.text()]
        return " ".join([*words, self.form.problem.words.text()]).strip()

    def rest(self) -> None:
        """Until what was begun is done, also what was put off to the next turn of the loop."""
        self.app.tasks.wait_all()
        done: list[int] = []
        QTimer.singleShot(0, lambda: done.append(1))
        self.qtbot.waitUntil(lambda: bool(done), timeout=5000)

    # --- the native pickers, and the paper on the screen -----------------------------------------------------------

    def choosing(self, path: Path | None) -> None:
        """What the system's own windows answer from now on; None is Cancel."""
        answer = "" if path is None else str(path)
        for name in ("getOpenFileName", "getSaveFileName"):
            self._monkeypatch.setattr(QFileDialog, name, staticmethod(lambda *_, **__: (answer, "")))
        self._monkeypatch.setattr(QFileDialog, "getExistingDirectory", staticmethod(lambda *_, **__: answer))

    @property
    def paper(self) -> Preview:
        self.qtbot.waitUntil(lambda: self.sheet is not None and isinstance(self.sheet.inside, Preview), timeout=10_000)
        assert self.sheet is not None
        inside = self.sheet.inside
        assert isinstance(inside, Preview)
        return inside

    def save_paper(self, path: Path) -> None:
        self.choosing(path)
        self.click("Save as…", self.paper)
        self.sees(f"Saved as {path.name}")

    def until(self, what: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(what, timeout=10_000)


def keys_of(field: QWidget, words: str) -> None:
    """A key for each character; QTest itself knows those of Latin 1 only."""
    for sign in words:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(field, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, sign))


def _name(one: QAbstractButton) -> str:
    return one.accessibleName() or one.text().strip()
