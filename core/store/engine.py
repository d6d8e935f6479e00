"""A keyed SQLCipher file under SQLAlchemy, and the file's troubles put into words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool

from core.errors import SystemFault, UserError
from core.store.file import APPLICATION_ID, PAGE, keyed_connection
from core.store.keys import Key
from core.text import fold


def _folding(connection: Any) -> Any:
    # SQLite's own lower() knows the letters of English alone.
    connection.create_function("folded", 1, lambda words: None if words is None else fold(words), deterministic=True)
    return connection


def make_engine(path: Path, key: Key, *, foreign_keys: bool = True) -> Engine:
    """The key travels in a closure: it is in no URL, no repr and no error."""
    from sqlcipher3 import dbapi2

    engine = create_engine(
        "sqlite://",
        module=dbapi2,
        creator=lambda: _folding(keyed_connection(path, key, foreign_keys=foreign_keys)),
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
        said = str(getattr(error, "orig", error)).lower()
        for mark, words in _FAULTS:
            if mark in said:
                raise SystemFault(words.format(name=path.name)) from error
        raise


def let_go(engine: Engine) -> None:
    """Closes its connections, and drops the statements that it keeps compiled, for whoever still holds the store."""
    engine.dispose()
    engine.clear_compiled_cache()


def look_inside(path: Path, key: Key) -> str:
    """The schema's step of the store at `path`. The first read shows whether the key fits."""
    engine = make_engine(path, key)
    try:
        with worded_faults(path), engine.connect() as connection:
            mark = connection.exec_driver_sql("PRAGMA application_id").scalar()
            if mark != APPLICATION_ID:
                raise UserError(f"{path.name} is no Foothold store.")
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar() or 0
            if not path.with_name(path.name + "-wal").exists() and pages * PAGE > path.stat().st_size:
                raise SystemFault(f"{path.name} is damaged: its end is missing. Open your last backup.")
            step = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
            if step is None:
                raise SystemFault(f"{path.name} is damaged: it does not say how it is built. Open your last backup.")
            return str(step)
    except SystemFault as fault:
        if "not a database" not in str(fault.__cause__):
            raise
        raise UserError(
            f"{path.name} does not open with this key. Either the passphrase or the recovery words are not its own, or "
            "the file is damaged or no Foothold store. Nothing was changed."
        ) from None
    finally:
        engine.dispose()
