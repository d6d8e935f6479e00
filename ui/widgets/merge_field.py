"""A text with fields in braces: what can stand there is offered as soon as a brace is typed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QTextCursor
from PySide6.QtWidgets import QAbstractItemView, QCompleter

from ui.widgets.fields import AreaField

_BETWEEN = "  "


class MergeField(AreaField):
    """`set_offered({"first_name": "First name"})`. Enter takes the marked one, Escape goes on typing."""

    def __init__(self, most: int = 20_000, least: int = 12, tallest: int = 22) -> None:
        super().__init__(most, least=least, tallest=tallest)
        self._names = QStringListModel(self)
        self.completer = QCompleter(self._names, self)
        self.completer.setWidget(self)
        self.completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.completer.setMaxVisibleItems(10)
        activated: Any = self.completer.activated
        activated[str].connect(self._take)

    def set_offered(self, fields: Mapping[str, str]) -> None:
        self._names.setStringList([f"{name}{_BETWEEN}{words}" for name, words in fields.items()])

    @property
    def _popup(self) -> QAbstractItemView:
        return cast("QAbstractItemView", self.completer.popup())

    def begun(self) -> str | None:
        """What stands between the last open brace of the line and the cursor; None where no brace is open."""
        cursor = self.textCursor()
        before = cursor.block().text()[: cursor.positionInBlock()]
        at = before.rfind("{")
        return before[at + 1 :] if at >= 0 and "}" not in before[at:] else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        popup = self._popup
        taking = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if popup.isVisible() and event.key() in taking:
            # Shown and not marked: the first that fits.
            index = popup.currentIndex()
            words = str(index.data()) if index.isValid() else self.completer.currentCompletion()
            popup.hide()
            self._take(words)
            return
        if popup.isVisible() and event.key() == Qt.Key.Key_Escape:
            popup.hide()
            return
        super().keyPressEvent(event)
        if event.text() or event.key() == Qt.Key.Key_Backspace:
            self._offer()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self._popup.hide()

    def _offer(self) -> None:
        typed, popup = self.begun(), self._popup
        if typed is None:
            popup.hide()
            return
        for word in ("if not ", "if "):
            typed = typed.removeprefix(word)
        if typed != self.completer.completionPrefix() or not popup.isVisible():
            self.completer.setCompletionPrefix(typed)
        if self.completer.completionCount() == 0:
            popup.hide()
            return
        place = self.cursorRect()
        place.setWidth(popup.sizeHintForColumn(0) + popup.verticalScrollBar().sizeHint().width() + 12)
        self.completer.complete(place)
        popup.setCurrentIndex(self.completer.completionModel().index(0, 0))

    def _take(self, words: str) -> None:
        name = words.split(_BETWEEN, maxsplit=1)[0]
        cursor, typed = self.textCursor(), self.begun()
        if not name or typed is None:
            return
        said = next((word for word in ("if not ", "if ") if typed.startswith(word)), "")
        cursor.movePosition(QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.KeepAnchor, len(typed) - len(said))
        after = cursor.block().text()[self.textCursor().positionInBlock() :]
        cursor.insertText(name if after.startswith("}") else f"{name}}}")
        if after.startswith("}"):
            cursor.movePosition(QTextCursor.MoveOperation.Right)
        self.setTextCursor(cursor)
