"""What happens when something of ours breaks: nothing is lost, one window says so, the report names no person.

A hook may be called in any thread and inside painting, so it only counts, logs and sends a signal; the window is made
on the main thread. Messages of exceptions can carry what people typed: the report has types, frames and versions only.
"""

from __future__ import annotations

import faulthandler
import logging
import platform
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from traceback import extract_tb
from types import TracebackType
from typing import TextIO

from PySide6.QtCore import QMessageLogContext, QObject, QtMsgType, Signal, qInstallMessageHandler, qVersion
from PySide6.QtWidgets import QApplication, QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from core.errors import SystemFault, UserError
from ui.widgets.text import button, label

log = logging.getLogger("foothold.crash")
_ROOT = Path(__file__).resolve().parent.parent


def report(kind: type[BaseException], trace: TracebackType | None, version: str = "") -> str:
    """Types, frames and versions. No message, no local, no path outside the program."""
    lines = [
        f"Foothold {version}".rstrip(),
        f"Python {platform.python_version()}, Qt {qVersion()}, {platform.system()} {platform.release()}",
        f"{kind.__module__}.{kind.__qualname__}",
    ]
    for frame in extract_tb(trace):
        path = Path(frame.filename)
        name = path.relative_to(_ROOT).as_posix() if path.is_relative_to(_ROOT) else path.name
        lines.append(f"  {name}:{frame.lineno} in {frame.name}")
    return "\n".join(lines)


class CrashWatch(QObject):
    """Owns the hooks. `plain(words)` is an error of the person or the surroundings, `broken(report)` one of ours."""

    plain = Signal(str)
    broken = Signal(str)
    _seen = Signal(str, str)

    def __init__(
        self, version: str = "", saved: Callable[[], str] | None = None, parent: QObject | None = None
    ) -> None:
        """`saved()` says in a sentence what is safe, asked when the window opens."""
        super().__init__(parent)
        self._version = version
        self._saved = saved or (lambda: "Everything that was saved before is safe in the store.")
        self._counts: dict[str, int] = {}
        self._lock = threading.Lock()
        self._faults: TextIO | None = None
        self._window: CrashWindow | None = None
        self._seen.connect(self._arrived)

    def install(self, folder: Path | None = None) -> str:
        """Sets every hook. Returns what the last run left in `folder` if it died without a word, else ""."""
        sys.excepthook = self.hook
        threading.excepthook = lambda args: self.hook(args.exc_type, args.exc_value, args.exc_traceback)
        qInstallMessageHandler(_qt_message)
        if folder is None:
            return ""
        folder.mkdir(parents=True, exist_ok=True)
        file = folder / "last-crash.txt"
        left = file.read_text(encoding="utf-8", errors="replace") if file.exists() else ""
        self._faults = file.open("w", encoding="utf-8")
        faulthandler.enable(self._faults)
        return left.strip()

    def uninstall(self) -> None:
        """Puts Python's own hooks back; an orderly end leaves an empty crash file."""
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__
        qInstallMessageHandler(None)
        if self._faults is not None:
            faulthandler.disable()
            self._faults.close()
            self._faults = None

    def hook(self, kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
        """sys.excepthook: any thread, any moment."""
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error if error is not None else kind(), trace)
            return
        if issubclass(kind, UserError | SystemFault):
            self._seen.emit("plain", str(error))
            return
        words = report(kind, trace, self._version)
        with self._lock:
            self._counts[words] = again = self._counts.get(words, 0) + 1
        if again == 1:
            log.error("%s", words)
        self._seen.emit("broken", words)

    def take(self, error: BaseException) -> None:
        """The same for an error that arrived by another way, such as Tasks.broke."""
        self.hook(type(error), error, error.__traceback__)

    def _arrived(self, kind: str, words: str) -> None:
        if kind == "plain":
            self.plain.emit(words)
            return
        if self._window is None:
            self._window = CrashWindow(self._saved(), QApplication.activeWindow())
            self._window.finished.connect(self._closed)
            self._window.open()
        self._window.add(words, self._counts[words])
        self.broken.emit(words)

    def _closed(self) -> None:
        if self._window is not None:
            self._window.deleteLater()
            self._window = None


class CrashWindow(QDialog):
    """Says what was saved and offers the report; several errors stand in one window, repeats are counted."""

    def __init__(self, saved: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Something went wrong")
        self._reports: dict[str, int] = {}
        box = QVBoxLayout(self)
        box.setContentsMargins(24, 24, 24, 24)
        box.setSpacing(12)
        box.addWidget(label("Something went wrong in Foothold", "big"))
        box.addWidget(label(saved, wrap=True))
        box.addWidget(label(
            "You can go on working. If it happens again, close and start Foothold anew. The report below has no names, "
            "no answers and no numbers of yours; send it to whoever looks after Foothold for you.", "muted", wrap=True,
        ))  # fmt: skip
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setAccessibleName("Report")
        self.text.setMinimumSize(520, 180)
        box.addWidget(self.text, 1)
        row = QHBoxLayout()
        row.addWidget(button("Copy the report", run=self.copy))
        row.addStretch(1)
        close = button("Go on", "primary", self.accept)
        close.setDefault(True)
        row.addWidget(close)
        box.addLayout(row)

    def add(self, words: str, times: int) -> None:
        self._reports[words] = times
        self.text.setPlainText("\n\n".join(
            text + (f"\n({count} times)" if count > 1 else "") for text, count in self._reports.items()
        ))  # fmt: skip

    def copy(self) -> None:
        QApplication.clipboard().setText(self.text.toPlainText())


def _qt_message(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    levels = {
        QtMsgType.QtDebugMsg: logging.DEBUG,
        QtMsgType.QtInfoMsg: logging.INFO,
        QtMsgType.QtWarningMsg: logging.WARNING,
        QtMsgType.QtCriticalMsg: logging.ERROR,
        QtMsgType.QtFatalMsg: logging.CRITICAL,
    }
    logging.getLogger("foothold.qt").log(levels.get(kind, logging.WARNING), "%s: %s", context.category, message)
