"""A file that the system hands to a Foothold that runs already: a double click on a Mac comes as an event."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QProcess
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication

from ui.app import App

SUFFIX = ".foothold"


def start_beside(path: Path) -> bool:
    """Another Foothold on that store; one window has one store."""
    program = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, sys.argv[0]]
    started, _pid = QProcess.startDetached(program[0], [*program[1:], str(path)])
    return bool(started)


class FileOpening(QObject):
    """Lives as long as the desk; `beside` starts another program on a store."""

    def __init__(self, app: QApplication, desk_app: App, beside: Callable[[Path], bool] = start_beside) -> None:
        super().__init__(desk_app.desk)
        self._app, self._beside = desk_app, beside
        app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QFileOpenEvent) and event.file():
            self.open(Path(event.file()))
            return True
        return super().eventFilter(watched, event)

    def open(self, path: Path) -> None:
        """The store that is open comes to the front; another gets a window of its own; any other file is taken in."""
        desk = self._app.desk
        if path.suffix.casefold() != SUFFIX:
            desk.files_dropped.emit([path])
        elif not _same(path, self._app.store.path):
            if not self._beside(path):
                desk.say(f"{path.name} could not be opened in a window of its own. Close this one and open it again.")
            return
        desk.show()
        desk.raise_()
        desk.activateWindow()


def _same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return one.resolve() == other.resolve()
