"""About Foothold: which one it is, how old, where a newer one would be, where its things lie, whose work is in it."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QDir, QSize, Qt
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import (
    QApplication,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from core import build, clock
from core.errors import SystemFault
from ui.theme import NOTE, current
from ui.widgets.text import Elided, IconButton, button, label

if TYPE_CHECKING:
    from ui.app import App

NEWER = (
    "Foothold never asks the network, so it cannot know whether there is a newer one. "
    "Look at this page now and then, with a browser:"
)
LICENCE = "Foothold is free software under the MIT licence. Use it, change it, share it."


def show(app: App) -> None:
    settings = Path(app.settings.fileName()) if app.settings is not None else None
    about = About(build.read(), app.store.path, settings, sample=app.sample)
    about.notices.clicked.connect(lambda: show_notices(app))
    app.desk.open_sheet(about, "About Foothold", width=560)


def show_notices(app: App) -> None:
    """Those that ship with the program; run from source, those of what is installed, which takes a moment."""
    app.tasks.run(
        lambda _progress: notices_text(),
        done=lambda text: app.desk.open_sheet(
            Notices(text), "Third-party notices", note="Whose work is inside Foothold", width=960, scroll=False
        ),
        words="Reading the third-party notices",
        database=False,
    )


def notices_text() -> str:
    """SystemFault where the program's own file cannot be read."""
    shipped = build.notices()
    try:
        # By name, so that the frozen program does not take along what writes its notices.
        return shipped.read_text("utf-8") if shipped else str(import_module("installer.notices").text_now())
    except (OSError, ImportError) as error:
        raise SystemFault("The third-party notices are missing from the program's folder. Install it again.") from error


class About(QWidget):
    """Everything that one would be asked for by whoever helps; each address can be copied."""

    def __init__(self, made: build.Build, store: Path, settings: Path | None, *, sample: bool = False) -> None:
        super().__init__()
        self.setAccessibleName("About Foothold")
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(6)
        box.addWidget(label(f"Foothold {made.version}", "big"))
        box.addWidget(label(made.words(clock.today()), "muted", wrap=True))
        box.addSpacing(12)
        box.addWidget(label("A newer version", "heading"))
        box.addWidget(label(NEWER, wrap=True))
        box.addLayout(_copied("Page of newer versions", build.RELEASES))
        box.addSpacing(12)
        box.addWidget(label("Where things lie", "heading"))
        places = QGridLayout()
        places.setHorizontalSpacing(12)
        places.setVerticalSpacing(6)
        places.setColumnStretch(1, 1)
        rows = [("This store", "A sample program; gone when it is closed" if sample else _shown(store))]
        if settings is not None:
            rows.append(("Settings", _shown(settings)))
        rows.append(("Program", _shown(build.program())))
        for at, (words, path) in enumerate(rows):
            places.addWidget(label(words, "muted"), at, 0)
            places.addLayout(_copied(words, path), at, 1)
        box.addLayout(places)
        box.addSpacing(12)
        box.addWidget(label("Licence", "heading"))
        box.addWidget(label(LICENCE, wrap=True))
        self.notices = button("Third-party notices…", hover="Whose work is inside Foothold, and how to replace Qt")
        self.notices.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        box.addSpacing(4)
        box.addWidget(self.notices)


class Notices(QWidget):
    """Long plain text to scroll, search by eye and copy."""

    def __init__(self, text: str) -> None:
        super().__init__()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(12)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(button("Copy text", run=self.copy, icon="copy"))
        self.done = Elided("", "note")
        row.addWidget(self.done, 1)
        box.addLayout(row)
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName("Third-party notices")
        self.text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        # Licences are laid out for letters of one width.
        face = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        face.setPixelSize(current().px(NOTE))
        self.text.document().setDefaultFont(face)
        self.text.setPlainText(text)
        box.addWidget(self.text, 1)

    def sizeHint(self) -> QSize:
        """As tall as the sheet lets it be."""
        return QSize(880, 2000)

    def copy(self) -> None:
        QApplication.clipboard().setText(self.text.toPlainText())
        self.done.setText("Copied")


def _shown(path: Path) -> str:
    return QDir.toNativeSeparators(str(path))


def _copied(name: str, words: str) -> QHBoxLayout:
    """A line that can be read to its end and selected by keyboard, with a button that copies it."""
    line = QLineEdit(words)
    line.setReadOnly(True)
    line.setCursorPosition(0)
    line.setAccessibleName(name)

    def copy() -> None:
        QApplication.clipboard().setText(words)
        line.selectAll()

    row = QHBoxLayout()
    row.setSpacing(4)
    row.addWidget(line, 1)
    row.addWidget(IconButton("copy", f"Copy: {name}", copy))
    return row
