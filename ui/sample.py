"""The sample program on the desk: a store whose key no keyring keeps, so that it goes unless the person keeps it."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QMessageBox

from core import clock
from core.errors import SystemFault, UserError
from core.jobs.sample import fill
from core.store import Store, keys
from ui.last import remember

if TYPE_CHECKING:
    from ui.app import App

BANNER = "This is a sample program: a made-up business and a year of it. Try anything."


def open_sample() -> Store:
    """Encrypted like any other; its key is in memory only, so what is left of it after a crash is noise."""
    folder = Path(tempfile.mkdtemp(prefix="foothold-sample-"))
    store = Store.create(folder / "Sample program.foothold", keys.new_key(), "Lakeside Print & Design", "Maria Keller")
    fill(store, clock.today())
    return store


def ask_to_keep(app: App) -> bool:
    """Asked on closing where something was entered. False keeps the desk open."""
    if app.store.can_undo() is None:
        return True
    box = QMessageBox(app.desk)
    box.setWindowTitle("Foothold")
    box.setText("Keep what you entered?")
    box.setInformativeText("The sample program goes when it is closed, unless you keep it as a store of your own.")
    keep = box.addButton("Keep…", QMessageBox.ButtonRole.AcceptRole)
    box.addButton("Let it go", QMessageBox.ButtonRole.DestructiveRole)
    stay = box.addButton("Go on working", QMessageBox.ButtonRole.RejectRole)
    box.exec()
    if box.clickedButton() is stay:
        return False
    return keep_as(app) if box.clickedButton() is keep else True


def keep_as(app: App) -> bool:
    name, _ = QFileDialog.getSaveFileName(app.desk, "Keep the sample program as", "My program.foothold", "*.foothold")
    if not name:
        return False
    try:
        if not keys.remember(app.store.key):
            raise UserError(keys.no_keyring_words())
        app.store.backup(Path(name))
    except (UserError, SystemFault) as error:
        app.desk.say(str(error))
        return False
    if app.settings is not None:
        remember(app.settings, Path(name))
    return True


def sweep(store: Path) -> None:
    """Takes the closed sample store away."""
    shutil.rmtree(store.parent, ignore_errors=True)
