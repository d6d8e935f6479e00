"""A file that the system hands to a Foothold that runs already: a double click on a Mac comes as an event."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QElapsedTimer, QObject, QProcess
from PySide6.QtWidgets import QApplication

from ui.app import App
from ui.application import Application

SUFFIX = ".foothold"
FRESH_MS = 3_000


def start_beside(path: Path) -> bool:
    """Another Foothold on that store; one window has one store."""
    program = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, sys.argv[0]]
    started, _pid = QProcess.startDetached(program[0], [*program[1:], str(path)])
    return bool(started)


class FileOpening(QObject):
    """Listens from the start on; `beside` starts another program on a store. `desk` says when there is a desk.

    `named`: a store was named on the command line, so that this window was asked for.
    """

    def __init__(
        self, app: QApplication, *, named: bool = False, beside: Callable[[Path], bool] = start_beside
    ) -> None:
        super().__init__(app)
        self._app: App | None = None
        self._named, self._beside = named, beside
        self._fresh = QElapsedTimer()
        self._fresh.start()
        if isinstance(app, Application):
            app.file_handed.connect(self._handed)

    def desk(self, desk_app: App) -> None:
        self._app = desk_app
        self._fresh.restart()

    def _handed(self, path: str) -> None:
        self.open(Path(path))

    def open(self, path: Path) -> None:
        """The store that is open comes to the front; another gets a window of its own; any other file is taken in."""
        if self._app is None:
            # The first window still asks which store; it is answered.
            if path.suffix.casefold() == SUFFIX and self._beside(path):
                QApplication.closeAllWindows()
            return
        desk = self._app.desk
        if path.suffix.casefold() != SUFFIX:
            desk.files_dropped.emit([path])
        elif not _same(path, self._app.store.path):
            if not self._beside(path):
                desk.say(f"{path.name} could not be opened in a window of its own. Close this one and open it again.")
            elif not self._named and self._fresh.elapsed() < FRESH_MS:
                # The double click that started the program comes a moment after its start: this window is not wanted.
                desk.close()
            return
        desk.show()
        desk.raise_()
        desk.activateWindow()


def _same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return one.resolve() == other.resolve()
