"""The first minute: which store to open, its key, or the name of the business and done."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QSettings, QSize, Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QCheckBox, QDialog, QFileDialog, QHBoxLayout, QLineEdit, QVBoxLayout

import resources
from core import clock, portable
from core.errors import SystemFault, UserError
from core.files import safe_name
from core.jobs.opening import make_store, open_store
from core.store import Store, keys
from ui.folders import documents
from ui.last import remember, remembered
from ui.sample import open_sample
from ui.theme import set_role
from ui.widgets.fields import LineField
from ui.widgets.form_row import FormRow
from ui.widgets.notice import Notice
from ui.widgets.panel import Line
from ui.widgets.text import button, label


@dataclass(frozen=True)
class Opened:
    store: Store
    sample: bool = False


def open_or_ask(path: Path | None, sample: bool, key_file: Path | None, settings: QSettings) -> Opened | None:
    """The store asked for, else the last one, else what the person chooses; None where they close the window."""
    if sample and path is None:
        return Opened(open_sample(), sample=True)
    wanted = path or remembered(settings)
    window = StartWindow(settings)
    if wanted is not None and window.try_open(wanted, key_file):
        return window.opened
    window.exec()
    return window.opened


class StartWindow(QDialog):
    """Name of the business, done. Below it the two other ways in: the sample program, or a store that is there."""

    def __init__(self, settings: QSettings) -> None:
        super().__init__()
        self.opened: Opened | None = None
        self._settings = settings
        self.setWindowTitle("Foothold")
        self.setWindowIcon(QIcon(str(resources.path("foothold.svg"))))
        self.setMinimumWidth(520)
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 28, 32, 28)
        column.setSpacing(12)
        column.addWidget(label("Welcome to Foothold", "title"))
        words = (
            "Short paid projects for students, from the first to-do to the last payment. "
            "All of it stays on this computer, encrypted."
        )
        column.addWidget(label(words, "muted", wrap=True))
        self.business = LineField(200, "Lakeside Print & Design")
        self.owner = LineField(200)
        column.addWidget(FormRow("Name of your business", self.business, caption=True))
        column.addWidget(FormRow("Your name", self.owner, caption=True))
        self.with_passphrase = QCheckBox("Ask for a passphrase when it is opened")
        self.passphrase = LineField(200)
        self.passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        self.passphrase_row = FormRow(
            "Passphrase", self.passphrase, hint="At least 8 characters; four words do well.", caption=True
        )
        self.passphrase_row.setVisible(False)
        self.with_passphrase.toggled.connect(self.passphrase_row.setVisible)
        # What this computer's keyring keeps stays here when the stick goes.
        self.with_passphrase.setChecked(portable.folder() is not None)
        column.addWidget(self.with_passphrase)
        column.addWidget(self.passphrase_row)
        self.problem = Notice()
        column.addWidget(self.problem)
        self.go = button("Start", "primary", self.start)
        self.go.setDefault(True)
        column.addWidget(self.go, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(Line())
        others = QHBoxLayout()
        others.addWidget(button("Look at the sample program", "", self.look_at_sample))
        others.addWidget(button("Open a store…", "", self.choose))
        others.addStretch(1)
        column.addLayout(others)
        set_role(self, "ground")
        self.with_passphrase.toggled.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        """By itself Qt gives a dialog two thirds of the screen at most, and would cut large letters."""
        if (layout := self.layout()) is not None:
            layout.activate()
        room = self.screen().availableSize() - QSize(40, 60)
        self.resize(self.sizeHint().expandedTo(QSize(520, 0)).boundedTo(room))

    def start(self) -> None:
        """Makes a new store in the person's documents, named after the business."""
        name = self.business.value()
        if not name:
            self.problem.say("Type the name of your business first.")
            self.business.setFocus()
            return
        secret = self.passphrase.text() if self.with_passphrase.isChecked() else None
        path = _free_name(documents(), name)

        def make() -> Opened:
            path.parent.mkdir(parents=True, exist_ok=True)
            store, _kept = make_store(path, name, self.owner.value(), secret=secret, today=clock.today())
            return Opened(store)

        if (
            not self._attempt(make)
            and not self.with_passphrase.isChecked()
            and keys.no_keyring_words() in self.problem.words.text()
        ):
            self.with_passphrase.setChecked(True)
            self.passphrase.setFocus()

    def look_at_sample(self) -> None:
        self._attempt(lambda: Opened(open_sample(), sample=True))

    def choose(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self, "Open a store", str(documents()), "Foothold stores (*.foothold);;All files (*)"
        )
        if name:
            self.try_open(Path(name))

    def try_open(self, path: Path, key_file: Path | None = None) -> bool:
        return self._attempt(lambda: Opened(open_store(path, key_file, self._ask)))

    def _ask(self, words: str) -> str | None:
        window = SecretWindow(words, self)
        return window.secret.text() if window.exec() else None

    def _attempt(self, way: Callable[[], Opened]) -> bool:
        try:
            self.opened = way()
        except (UserError, SystemFault) as error:
            self.problem.say(str(error))
            return False
        if not self.opened.sample:
            remember(self._settings, self.opened.store.path)
        self.accept()
        return True


class SecretWindow(QDialog):
    """Asks for a passphrase or the 24 recovery words."""

    def __init__(self, words: str, parent: StartWindow) -> None:
        super().__init__(parent)
        self.setWindowTitle("Foothold")
        self.setMinimumWidth(440)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        self.secret = LineField(400)
        self.secret.setEchoMode(QLineEdit.EchoMode.Password)
        column.addWidget(FormRow(words.rstrip(": "), self.secret, caption=True))
        row = QHBoxLayout()
        open_button = button("Open", "primary", self.accept)
        open_button.setDefault(True)
        row.addWidget(open_button)
        row.addWidget(button("Cancel", "", self.reject))
        row.addStretch(1)
        column.addLayout(row)


def _free_name(folder: Path, business: str) -> Path:
    stem = re.sub(r"\.foothold$", "", safe_name(business))
    path, number = folder / f"{stem}.foothold", 2
    while path.exists():
        path, number = folder / f"{stem} {number}.foothold", number + 1
    return path
