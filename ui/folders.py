"""Where settings and new files lie: with the person's own, or beside a program on a stick."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
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
    """Where nothing can be written, as on a stick that is locked, a folder that goes when Foothold closes."""
    where = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppLocalDataLocation)
    folder = portable.folder() or Path(where)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return _passing()
    return folder if os.access(folder, os.W_OK) else _passing()


def _passing() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="foothold-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder
