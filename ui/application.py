"""The program's QApplication: it passes on the files that a Mac hands over."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication


class Application(QApplication):
    """`file_handed(path)`. By its own events: a filter over all of them would cost each event of every window."""

    file_handed = Signal(str)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QFileOpenEvent) and event.file():
            self.file_handed.emit(event.file())
            return True
        return super().event(event)
