"""A keyed SQLCipher file under SQLAlchemy, and the file's troubles put into words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool

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

    connection = dbapi2.connect(str(path), check_same_thread=False, isolation_level=None, timeout=5)
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


def make_engine(path: Path, key: Key, *, foreign_keys: bool = True) -> Engine:
    """The key travels in a closure: it is in no URL, no repr and no error."""
    from sqlcipher3 import dbapi2

    engine = create_engine(
        "sqlite://",
        module=dbapi2,
        creator=lambda: keyed_connection(path, key, foreign_keys=foreign_keys),
        poolclass=QueuePool,
        pool_size=4,
        hide_parameters=True,
    )

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        # The driver begins no transaction before DDL or SELECT by itself: a failed migration would half stay.
        connection.exec_driver_sql("BEGIN")

    @event.listens_for(engine, "reset")
    def _reset(connection: Any, *_: Any) -> None:
        # A COMMIT that a deferred reference refuses leaves the transaction open, though SQLAlchemy takes it for ended.
        if connection is not None and connection.in_transaction:
            connection.rollback()

    return engine


_FAULTS = (
    ("full", "The disk is full: nothing was changed in {name}. Make room, then do it again."),
    ("readonly", "{name} cannot be written to. Nothing was changed."),
    ("malformed", "{name} is damaged. Nothing was changed. Open your last backup."),
    ("not a database", "{name} could not be read: the key does not fit, or the file is damaged. Nothing was changed."),
    ("locked", "{name} is busy in another program. Nothing was changed; try again in a moment."),
    ("no such table", "{name} is damaged: a part that every store has is missing. Open your last backup."),
    ("disk i/o", "The disk that holds {name} does not answer. Nothing was changed."),
    ("unable to open", "{name} cannot be opened there any more. Is its disk or folder still connected?"),
)


@contextmanager
def worded_faults(path: Path) -> Iterator[None]:
    """Turns the surroundings' failures into SystemFault; a broken rule of ours goes on as it is."""
    from sqlcipher3 import dbapi2

    try:
        yield
    except (DBAPIError, dbapi2.Error) as error:
        text = str(getattr(error, "orig", error)).lower()
        for mark, words in _FAULTS:
            if mark in text:
                raise SystemFault(words.format(name=path.name)) from error
        raise
