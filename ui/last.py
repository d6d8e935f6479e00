"""Which store was open last, remembered between starts."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSettings

_KEY = "last_store"


def remembered(settings: QSettings) -> Path | None:
    """None where there was none, or it is there no more."""
    last = str(settings.value(_KEY, ""))
    return Path(last) if last and Path(last).exists() else None


def remember(settings: QSettings, path: Path) -> None:
    settings.setValue(_KEY, str(path))
