"""Where settings and new files lie: with the person's own, or beside a program on a stick."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSettings, QStandardPaths

from core import portable

_NAME = "Foothold"


def settings() -> QSettings:
    """One file for all versions: a newer one reads what an older one wrote, and what it does not know stays."""
    if (own := portable.folder()) is not None:
        return QSettings(str(own / f"{_NAME}.ini"), QSettings.Format.IniFormat)
    return QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, _NAME, _NAME)


def documents() -> Path:
    where = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return portable.folder() or Path(where)


def logs() -> Path:
    where = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppLocalDataLocation)
    return portable.folder() or Path(where)
