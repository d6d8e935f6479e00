"""The recovery sheet: asked for until it has been saved once, as without it a lost computer loses all."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from core import clock
from ui.command import Command

if TYPE_CHECKING:
    from ui.app import App

WORDS = (
    "If this computer is lost, only the recovery sheet opens your store again, from a backup. Print it, lock it away."
)


def offer(app: App) -> None:
    if app.settings is None or app.settings.contains(_mark(app)):
        return
    commands = [
        Command("recovery-now", "Recovery sheet…", "", lambda: show(app)),
        Command("recovery-later", "Later", "", lambda: app.desk.set_banner("")),
    ]
    app.desk.set_banner(WORDS, commands)


def show(app: App) -> None:
    from core.jobs import opening

    today, store = clock.today(), app.store

    def save(out: Path) -> None:
        opening.recovery_sheet(store, out, today=today, overwrite=True)
        if app.settings is not None:
            app.settings.setValue(_mark(app), today.isoformat())
        if not app.sample:
            app.desk.set_banner("")

    app.preview("Recovery sheet", lambda: opening.draw_recovery_sheet(store, today=today), save)


def _mark(app: App) -> str:
    """The salt is plain in the file; it tells nothing and stays with the store when that is moved or renamed."""
    return f"recovery_sheet/{app.store.key.salt.hex()}"
