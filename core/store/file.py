"""The encrypted file itself, before any table: what it must look like, and a connection with its key."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from core.errors import SystemFault, UserError
from core.store.keys import Key

PAGE = 4096
APPLICATION_ID = 0x46484C44  # "FHLD"

_OTHER_FILES = {
    b"SQLite format 3\0": "a database without encryption",
    b"%PDF": "a PDF",
    b"PK\x03\x04": "a ZIP, Word or Excel file",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"{": "a text file",
    b"<": "a web page or XML file",
}


def refuse_foreign(path: Path) -> None:
    """UserError where `path` cannot be a store: absent, a folder, another kind of file, or cut short."""
    if not path.exists():
        raise UserError(f"There is no store {path.name} in that place. It may have been moved or renamed.")
    if not path.is_file():
        raise UserError(f"{path.name} is a folder, not a store.")
    try:
        with path.open("rb") as file:
            head = file.read(PAGE)
    except OSError:
        raise UserError(f"{path.name} cannot be read. Ask whoever owns the file for the right to read it.") from None
    size = path.stat().st_size
    if not head:
        raise UserError(f"{path.name} is empty, so it is no Foothold store.")
    for magic, words in _OTHER_FILES.items():
        if head.startswith(magic) and (len(magic) > 1 or len(set(head)) < 128):
            raise UserError(f"{path.name} is no Foothold store; it is {words}.")
    # An encrypted page holds nearly every byte value; what people write does not.
    if len(set(head)) < 200:
        raise UserError(f"{path.name} is no Foothold store.")
    if size % PAGE:
        raise SystemFault(f"{path.name} is damaged: its end is missing. Open your last backup, or copy the file again.")


def keyed_connection(path: Path, key: Key, *, foreign_keys: bool = True) -> Any:
    """A DBAPI connection with its key set. With a wrong key it "is not a database", as another kind of file."""
    from sqlcipher3 import dbapi2

    where, uri = (f"{path.absolute().as_uri()}?immutable=1", True) if _cannot_change(path) else (str(path), False)
    connection = dbapi2.connect(where, uri=uri, check_same_thread=False, isolation_level=None, timeout=5)
    try:
        cursor = connection.cursor()
        cursor.execute("PRAGMA cipher_log=off")  # else it writes to standard error
        cursor.execute(f'PRAGMA key = "{key.pragma}"')
        cursor.execute("PRAGMA foreign_keys=" + ("ON" if foreign_keys else "OFF"))
        cursor.execute("PRAGMA secure_delete=ON")
        cursor.execute("PRAGMA synchronous=FULL")
        cursor.close()
    except BaseException:
        connection.close()
        raise
    return connection


def _cannot_change(path: Path) -> bool:
    """On a disk or in a folder that is only read SQLite can lay no log, and needs none: nobody writes there."""
    log = path.with_name(path.name + "-wal")
    effective = os.access in os.supports_effective_ids
    return path.exists() and not log.exists() and not os.access(path.parent, os.W_OK, effective_ids=effective)


def kept_view(path: Path, key: Key, name: str) -> str | None:
    """What `Store.keep_views` kept under `name`, read without SQLAlchemy, which takes longer to load than all of Qt.

    None where there is none, and where anything is amiss: opening the store then finds out what and says it.
    """
    from sqlcipher3 import dbapi2

    if path.with_name(path.name + ".open").exists():
        return None
    try:
        connection = keyed_connection(path, key)
        try:
            row = connection.execute("SELECT body FROM kept_views WHERE name = ?", (name,)).fetchone()
        finally:
            connection.close()
    except dbapi2.Error:
        return None
    return str(row[0]) if row else None


def companions(path: Path) -> list[Path]:
    """The files that SQLite lays beside an open store."""
    return [path.with_name(path.name + ending) for ending in ("-wal", "-shm", "-journal")]
