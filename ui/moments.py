"""With FOOTHOLD_MOMENTS set the desk tells when it is painted, and closes: how the start is measured, frozen too."""

from __future__ import annotations

import time

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication


class Moments(QObject):
    """Prints the first paint (A) and that of Today's rows (B): the clock, and the seconds of work done until then."""

    def __init__(self, app: QApplication, place: QObject) -> None:
        super().__init__(app)
        self._first = True
        app.installEventFilter(self)
        place.painted.connect(lambda: QTimer.singleShot(0, self._rows))  # type: ignore[attr-defined]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self._first and event.type() == QEvent.Type.Paint:
            self._first = False
            QTimer.singleShot(0, lambda: self._say("A"))
        return False

    def _rows(self) -> None:
        self._say("B")
        QApplication.exit(0)

    def _say(self, moment: str) -> None:
        print(moment, time.time(), time.process_time(), flush=True)  # noqa: T201 - a maintainer reads it
