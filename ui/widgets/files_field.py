"""Files to be kept: chosen or dropped, each with its size and a way to take it off again."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from core.text import in_digits, plural
from ui.theme import set_role, set_state
from ui.widgets.panel import clear
from ui.widgets.text import Elided, IconButton, button, label


class FilesField(QFrame):
    """value() -> paths as text. Nothing is read here; a link that is dropped is no file and is left out."""

    changed = Signal()

    def __init__(self, words: str = "Add a file…") -> None:
        super().__init__()
        set_role(self, "field")
        self.setAcceptDrops(True)
        self._paths: list[str] = []
        box = QVBoxLayout(self)
        box.setContentsMargins(7, 6, 8, 6)
        box.setSpacing(2)
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        box.addLayout(self._list)
        foot = QHBoxLayout()
        foot.setSpacing(6)
        self.add_button = button(words, "link", self.choose)
        foot.addWidget(self.add_button)
        foot.addWidget(label("or drop it here", "muted"), 0, Qt.AlignmentFlag.AlignVCenter)
        foot.addStretch(1)
        box.addLayout(foot)
        self.setFocusProxy(self.add_button)

    def value(self) -> list[str]:
        return list(self._paths)

    def set_value(self, value: Iterable[str] | None) -> None:
        self._paths = [str(path) for path in value or ()]
        self._draw()

    def add(self, paths: Iterable[str]) -> None:
        fresh = [path for path in paths if path and path not in self._paths]
        if fresh:
            self._paths += fresh
            self._draw()
            self.changed.emit()

    def choose(self) -> None:
        chosen, _ = QFileDialog.getOpenFileNames(self, "Choose files")
        self.add(chosen)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _files(event.mimeData()):
            set_state(self, "over", True)
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        set_state(self, "over", False)

    def dropEvent(self, event: QDropEvent) -> None:
        set_state(self, "over", False)
        self.add(_files(event.mimeData()))
        event.acceptProposedAction()

    def _draw(self) -> None:
        clear(self._list)
        kept = self._before()
        for line in (*kept, *map(self._line, self._paths)):
            self._list.addWidget(line)
        there = len(kept) + len(self._paths)
        count = plural(there, "file") if there else "none yet"
        self.add_button.setAccessibleDescription(count)

    def _before(self) -> list[QWidget]:
        """Lines above those of the files that were chosen."""
        return []

    def _line(self, path: str) -> QWidget:
        made, name = QWidget(), Path(path).name
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(Elided(name), 1)
        row.addWidget(label(_size(path), "muted"))
        row.addWidget(IconButton("x", f"Take {name} off", lambda: self._drop(path)))
        return made

    def _drop(self, path: str) -> None:
        self._paths = [one for one in self._paths if one != path]
        self._draw()
        self.changed.emit()
        self.add_button.setFocus()


def _files(data: QMimeData) -> list[str]:
    return [url.toLocalFile() for url in data.urls() if url.isLocalFile() and Path(url.toLocalFile()).is_file()]


def _size(path: str) -> str:
    try:
        size = Path(path).stat().st_size
    except OSError:
        return "not there any more"
    return f"{in_digits(max(round(size / 1024), 1))} KB" if size < 1024 * 1024 else f"{size / 1024 / 1024:.1f} MB"
