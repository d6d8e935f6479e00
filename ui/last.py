"""Which store was open last, remembered between starts."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSettings

from core import portable

_KEY = "last_store"


def remembered(settings: QSettings) -> Path | None:
    """None where there was none, or it is there no more."""
    last = str(settings.value(_KEY, ""))
    path = (portable.folder() or Path()) / last
    try:
        return path if last and path.exists() else None
    except OSError:
        # A folder that is closed to this person now, or a drive that does not answer, must not keep the desk shut.
        return None


def remember(settings: QSettings, path: Path) -> None:
    own = portable.folder()
    # A stick has another letter on the next computer.
    inside = own is not None and path.resolve().is_relative_to(own.resolve())
    settings.setValue(_KEY, str(path.resolve().relative_to(own.resolve()) if own is not None and inside else path))
