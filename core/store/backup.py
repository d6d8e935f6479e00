"""A whole copy of a store under the same key, made beside an open desk and looked through before it counts."""

from __future__ import annotations

import os
from pathlib import Path

from core.errors import SystemFault
from core.files import check_name
from core.store.engine import worded_faults
from core.store.file import keyed_connection
from core.store.keys import Key


def checked_copy(source: Path, key: Key, target: Path) -> None:
    """Copies by SQLite's own backup (a plain file copy would miss what stands in the write-ahead log)."""
    require_folder(target)
    part = target.with_name(f".{target.name}.part")
    _sweep(part)  # of a computer that was switched off meanwhile
    try:
        part.touch(0o600)
        with worded_faults(target):
            old, new = keyed_connection(source, key), keyed_connection(part, key)
            try:
                old.backup(new)
                problems = file_problems(new)
            finally:
                new.close()
                old.close()
        if problems:
            raise SystemFault(f"The copy of {source.name} did not come out whole; none was kept. {problems[0]}")
        with part.open("r+b") as file:
            os.fsync(file.fileno())
        part.replace(target)
    except OSError as error:
        raise SystemFault(f"{target.name} could not be written there. Choose another folder.") from error
    finally:
        _sweep(part)


def _sweep(part: Path) -> None:
    for ending in ("", "-journal", "-wal", "-shm"):
        part.with_name(part.name + ending).unlink(missing_ok=True)


def require_folder(path: Path) -> None:
    """UserError or SystemFault where a new file could not be written at `path`."""
    check_name(path)
    if not path.parent.is_dir():
        raise SystemFault(f"There is no folder {path.parent}. Choose a folder that exists.")
    if not os.access(path.parent, os.W_OK):
        raise SystemFault(f"The folder {path.parent.name} cannot be written to. Choose another one.")


def file_problems(connection: object) -> list[str]:
    """Words for each thing wrong with the file behind a DBAPI connection; [] for a sound one."""
    from sqlcipher3 import dbapi2

    cursor = connection.cursor()  # type: ignore[attr-defined]
    pages = cursor.execute("PRAGMA cipher_integrity_check").fetchall()
    if pages:
        return [f"A page of the file is damaged ({page[0]})." for page in pages]
    try:
        problems = [str(row[0]) for row in cursor.execute("PRAGMA integrity_check") if row[0] != "ok"]
        dangling = cursor.execute("PRAGMA foreign_key_check").fetchall()
    except dbapi2.Error:
        return ["A part of the file cannot be read."]
    if dangling:
        problems.append(f"{len(dangling)} rows refer to something that is no longer there.")
    return problems
