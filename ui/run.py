"""From the command line's words to the desk on the screen: a kept glance is painted before its store is opened."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QSettings, QTimer
from PySide6.QtWidgets import QApplication

from core import clock
from core.errors import SystemFault, UserError
from ui import folders
from ui.app import NAME, App
from ui.application import Application
from ui.crash import CrashWatch
from ui.file_opening import FileOpening
from ui.last import remember, remembered
from ui.theme import Theme

if TYPE_CHECKING:
    from core.insight.glance import Glance
    from core.store import Store
    from core.store.keys import Key
    from ui.start import Opened


def make_application(theme: str = "") -> tuple[QApplication, QSettings, CrashWatch]:
    """The one QApplication with Foothold's settings, theme and crash watch."""
    app = cast("QApplication", QApplication.instance() or Application(sys.argv[:1]))
    app.setApplicationName(NAME)
    app.setApplicationDisplayName(NAME)
    app.setOrganizationName(NAME)
    settings = folders.settings()
    mode = theme or str(settings.value("theme", "system"))
    Theme.apply(app, mode if mode in ("light", "dark", "system") else "system")  # type: ignore[arg-type]
    watch = CrashWatch()
    return app, settings, watch


def run(store: Path | None, sample: bool = False, key_file: Path | None = None) -> int:
    """Opens the desk and stays until it is closed; the exit code."""
    app, settings, watch = make_application()
    folder = folders.logs()
    folder.mkdir(parents=True, exist_ok=True)
    watch.install(folder)
    opening = FileOpening(app, named=store is not None or sample)

    def ask() -> Opened | None:
        from ui.start import open_or_ask

        return open_or_ask(store, sample, key_file, settings)

    path = store or remembered(settings)
    first = None if sample or path is None else _first_glance(path, key_file)
    if first is not None and path is not None:
        glance, key = first
        desk_app = App(lambda: _reopened(path, key, settings), settings, begin=False, glance=glance)
        _measure(app, desk_app)
        desk_app.begin_with(glance, ask)
    else:
        opened = ask()
        if opened is None:
            return 0
        desk_app = App(opened.store, settings, sample=opened.sample, begin=False)
        _measure(app, desk_app)
        desk_app.desk.show()
        # The frame is on the screen before the store is read for it.
        QTimer.singleShot(0, desk_app.desk, desk_app.begin_soon)
    watch.plain.connect(desk_app.desk.say)
    opening.desk(desk_app)
    try:
        return app.exec()
    finally:
        desk_app.close()


def _measure(app: QApplication, desk_app: App) -> None:
    if os.environ.get("FOOTHOLD_MOMENTS"):
        from ui.moments import Moments

        Moments(app, desk_app.places["today"])


def _first_glance(path: Path, key_file: Path | None) -> tuple[Glance, Key] | None:
    """What was kept of the store, where its key is at hand; all that is amiss is said when the store is opened."""
    from core.insight import glance
    from core.jobs.opening import find_key

    try:
        key = find_key(path, key_file)
        kept = glance.kept(path, key, today=clock.today())
    except (UserError, SystemFault):
        return None
    return None if kept is None else (kept, key)


def _reopened(path: Path, key: Key, settings: QSettings) -> Store:
    from core.store import Store

    store = Store.open(path, key)
    remember(settings, path)
    return store
