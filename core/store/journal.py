"""What a change did, row by row: taken before and after, kept as JSON, laid back by undo."""

from __future__ import annotations

import base64
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from itertools import groupby
from typing import Any, cast

from sqlalchemy import Table, bindparam, delete, insert, select, update
from sqlalchemy.orm import Session

from core.ids import new_id
from core.model import NOUNS, ChangeRow, Row
from core.model.base import UtcDateTime

Values = dict[str, Any]
Step = Callable[[], object]
"""Called now and then in long work; what it raises ends the work, and nothing of it is written."""
BOOKKEEPING = frozenset({"row_version", "changed_at"})
_CHUNK, _AT_ONCE = 500, 5_000
_STEP = "step"


def table(noun: str) -> Table:
    return cast(Table, NOUNS[noun].__table__)


def to_json(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, bytes):
        return {"base64": base64.b64encode(value).decode()}
    return value


def from_json(noun: str, column: str, value: Any) -> Any:
    if value is None:
        return None
    stored = table(noun).c[column].type
    if isinstance(stored, UtcDateTime):
        return datetime.fromisoformat(value)
    kind = stored.python_type
    if kind is date:
        return date.fromisoformat(value)
    if kind is bytes:
        return base64.b64decode(value["base64"])
    return value


class Journal:
    """Collects the rows that one unit of work touches. Rows are read, not guessed from the session's memory."""

    def __init__(self) -> None:
        self.before: dict[str, dict[str, Values | None]] = defaultdict(dict)

    def watch(self, session: Session) -> None:
        """Before a flush: what is about to change is read as it still stands."""
        stale: dict[str, list[str]] = defaultdict(list)
        for thing in session.new:
            if isinstance(thing, Row):
                thing.id = thing.id or new_id()
                self.before[thing.__tablename__].setdefault(thing.id, None)
        for thing in [*session.dirty, *session.deleted]:
            if isinstance(thing, Row) and thing.id not in self.before[thing.__tablename__]:
                stale[thing.__tablename__].append(thing.id)
        for noun, ids in stale.items():
            rows = read_rows(session, noun, ids)
            self.before[noun].update({row_id: rows.get(row_id) for row_id in ids})

    def note(self, session: Session, noun: str, ids: Iterable[str]) -> None:
        """For writes that go past the session's objects (undo)."""
        fresh = [i for i in ids if i not in self.before[noun]]
        rows = read_rows(session, noun, fresh)
        self.before[noun].update({row_id: rows.get(row_id) for row_id in fresh})

    def rows(self, session: Session) -> list[Values]:
        """After the last flush: one entry a row that really changed, as columns of `change_rows` without the change."""
        entries = []
        for noun, before in self.before.items():
            after = read_rows(session, noun, before)
            for row_id, old in before.items():
                new = after.get(row_id)
                if old == new:
                    continue
                columns = list(old or new or {})
                if old is not None and new is not None:
                    columns = [c for c in old if old[c] != new[c]]
                    if not set(columns) - BOOKKEEPING:
                        continue
                entry = {"noun": noun, "row_id": row_id, "old": _only(old, columns), "new": _only(new, columns)}
                entries.append(entry)
        return entries

    def touched(self) -> dict[str, set[str]]:
        return {noun: set(rows) for noun, rows in self.before.items() if rows}


def insert_rows(session: Session, change_seq: int, entries: list[Values]) -> None:
    for start in range(0, len(entries), _AT_ONCE):
        stepped(session)
        some = entries[start : start + _AT_ONCE]
        session.execute(insert(ChangeRow), [{"change_seq": change_seq, **entry} for entry in some])


def watched(session: Session, step: Step | None) -> None:
    """`step` is called now and then while a large change is written down; what it raises ends the work, and nothing
    of it stays.
    """
    session.info[_STEP] = step


def stepped(session: Session) -> None:
    if (step := session.info.get(_STEP)) is not None:
        step()


def _only(values: Values | None, columns: Iterable[str]) -> Values | None:
    return None if values is None else {c: values[c] for c in columns}


def read_rows(session: Session, noun: str, ids: Iterable[str]) -> dict[str, Values]:
    found: dict[str, Values] = {}
    wanted, rows = list(ids), table(noun)
    with session.no_autoflush:
        for start in range(0, len(wanted), _CHUNK):
            chunk = wanted[start : start + _CHUNK]
            stepped(session)
            for row in session.execute(select(rows).where(rows.c.id.in_(chunk))).mappings():
                found[row["id"]] = {column: to_json(value) for column, value in row.items()}
    return found


def lay_back(session: Session, entries: Iterable[ChangeRow], *, forward: bool) -> None:
    """Puts the old values back (`forward`: the new ones again). The caller has checked that nothing stands on them."""

    def sides(entry: ChangeRow) -> tuple[Values | None, Values | None]:
        return (entry.old, entry.new) if forward else (entry.new, entry.old)

    def shape(entry: ChangeRow) -> tuple[str, bool, bool, tuple[str, ...]]:
        source, target = sides(entry)
        return entry.noun, source is None, target is None, tuple(target or ())

    def turn(entry: ChangeRow) -> int:
        """What goes makes room for what moves, and that for what comes back: some values may stand once only."""
        source, target = sides(entry)
        return 0 if target is None else 2 if source is None else 1

    connection = session.connection()
    for (noun, is_new, is_gone, _), group in groupby(sorted(entries, key=turn), shape):
        rows = table(noun)
        stepped(session)
        batch = [(entry.row_id, _typed(noun, sides(entry)[1] or {})) for entry in group]
        this = rows.c.id == bindparam("this_id")
        if is_gone:
            connection.execute(delete(rows).where(this), [{"this_id": row_id} for row_id, _ in batch])
        elif is_new:
            connection.execute(insert(rows), [values for _, values in batch])
        else:
            columns = [c for c in batch[0][1] if c != "row_version"]
            values: Values = {c: bindparam(f"new_{c}") for c in columns}
            connection.execute(
                update(rows).where(this).values(**values, row_version=rows.c.row_version + 1),
                [{"this_id": row_id, **{f"new_{c}": row[c] for c in columns}} for row_id, row in batch],
            )


def _typed(noun: str, values: Mapping[str, Any]) -> Values:
    # A later schema may have dropped a column; what it no longer has cannot be laid back.
    return {c: from_json(noun, c, v) for c, v in values.items() if c in table(noun).c}
