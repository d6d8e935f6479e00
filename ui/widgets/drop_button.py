"""A dashed field that files are dropped on, and that chooses them when it is pressed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from ui.folders import documents
from ui.theme import current, set_state
from ui.widgets.text import Button

FORMS = "Forms (*.pdf *.jpg *.jpeg *.png);;All files (*)"


class DropButton(Button):
    """`take(paths)` is called for what was dropped or chosen; never with none."""

    def __init__(self, words: str, kinds: str, take: Callable[[list[Path]], object]) -> None:
        super().__init__(words, "drop")
        self._kinds, self._take, self._title = kinds, take, words
        self.setAcceptDrops(True)
        self.setMinimumHeight(current().px(58))
        self.clicked.connect(lambda: self.choose())

    def choose(self) -> None:
        chosen = ask_files(self, self._title, self._kinds)
        if chosen:
            self._take(chosen)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if files_of(event.mimeData()):
            set_state(self, "over", True)
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        set_state(self, "over", False)

    def dropEvent(self, event: QDropEvent) -> None:
        set_state(self, "over", False)
        files = files_of(event.mimeData())
        event.acceptProposedAction()
        if files:
            self._take(files)


def files_of(data: QMimeData) -> list[Path]:
    """A folder or a link that is dropped is no file."""
    paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    return [path for path in paths if path.is_file()]


def ask_files(over: QWidget, title: str, kinds: str) -> list[Path]:
    names, _ = QFileDialog.getOpenFileNames(over, title, str(documents()), kinds)
    return [Path(name) for name in names]
