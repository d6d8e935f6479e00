"""Undo, redo and the readable history, all from the record of changes; so they last across restarts."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import String, case, cast, func, or_, select
from sqlalchemy.orm import Session, aliased

from core.errors import UserError
from core.model import NOUNS, Change, ChangeRow, Colleague, Document
from core.store.journal import BOOKKEEPING, table
from core.store.labels import Label

_MOST_ROWS = 200
"""Of one change, as an import has thousands."""


@dataclass(frozen=True)
class Step:
    """A change that can be undone or redone, in words. `rows`: how many it touched, where that was asked for."""

    change_id: str
    label: str
    words: str
    at: datetime
    rows: int = 0


@dataclass(frozen=True)
class FieldChange:
    noun: str
    row_id: str
    column: str
    old: Any
    new: Any


@dataclass(frozen=True)
class HistoryEntry:
    change_id: str
    at: datetime
    colleague: str
    kind: str
    words: str
    reason: str
    refs: tuple[str, ...]
    fields: tuple[FieldChange, ...]


def step_of(change: Change) -> Step:
    return Step(change.id, change.label, words_of(change.label), change.at)


def sized(session: Session, change: Change | None) -> Step | None:
    if change is None:
        return None
    touched = select(func.count()).select_from(ChangeRow).where(ChangeRow.change_seq == change.seq)
    return replace(step_of(change), rows=session.scalar(touched) or 0)


def words_of(label: str) -> str:
    return Label(label).words if label in set(Label) else "A change of a newer Foothold"


def _undone(change: type[Change]) -> Any:
    """How often a change is undone more than it is redone: 1 or 0."""
    later = aliased(Change)
    sign = case((later.kind == "undo", 1), else_=-1)
    return select(func.coalesce(func.sum(sign), 0)).where(later.target_id == change.id).scalar_subquery()


def is_undone(session: Session, change: Change) -> bool:
    return bool(session.scalar(select(_undone(Change)).where(Change.id == change.id)))


def barrier(session: Session) -> int:
    """The place in the record behind which nothing is undone."""
    return session.scalar(select(func.max(Change.seq)).where(Change.kind == "barrier")) or 0


def next_undo(session: Session, me: str | None) -> Change | None:
    """The latest change of one's own that stands."""
    wanted = select(Change).where(Change.kind == "do", Change.seq > barrier(session), _undone(Change) == 0)
    if me is not None:
        wanted = wanted.where(or_(Change.colleague_id == me, Change.colleague_id.is_(None)))
    return session.scalar(wanted.order_by(Change.seq.desc()).limit(1))


def next_redo(session: Session, me: str | None) -> Change | None:
    """The change that the latest undo took back, unless something was done since."""
    last_do = select(func.coalesce(func.max(Change.seq), 0)).where(Change.kind.in_(("do", "barrier")))
    if me is not None:
        last_do = last_do.where(or_(Change.colleague_id == me, Change.colleague_id.is_(None)))
    undo = aliased(Change)
    wanted = (
        select(Change)
        .join(undo, undo.target_id == Change.id)
        .where(undo.kind == "undo", undo.seq > last_do.scalar_subquery(), _undone(Change) == 1)
        .order_by(undo.seq.desc())
        .limit(1)
    )
    return session.scalar(wanted)


def rows_of(session: Session, change: Change) -> list[ChangeRow]:
    return list(session.scalars(select(ChangeRow).where(ChangeRow.change_seq == change.seq).order_by(ChangeRow.id)))


def refuse_if_stood_on(session: Session, change: Change, rows: Sequence[ChangeRow]) -> None:
    """UserError that names the later change which stands on the same cells, or on a row that undo would take away."""
    mine = {row.row_id: set(row.new or row.old or ()) - BOOKKEEPING for row in rows}
    made = {row.row_id for row in rows if row.old is None}
    later = _later_standing(session, change, list(mine))
    for entry, other in later:
        touched = set(entry.new or entry.old or ()) - BOOKKEEPING
        if entry.row_id in made or touched & mine[entry.row_id]:
            raise UserError(_stands_on(other))
    _refuse_if_referred_to(session, rows, mine.keys())


def _later_standing(session: Session, change: Change, ids: list[str]) -> list[tuple[ChangeRow, Change]]:
    found: list[tuple[ChangeRow, Change]] = []
    for start in range(0, len(ids), 500):
        wanted = (
            select(ChangeRow, Change)
            .join(Change, Change.seq == ChangeRow.change_seq)
            .where(Change.seq > change.seq, Change.kind == "do", _undone(Change) == 0)
            .where(ChangeRow.row_id.in_(ids[start : start + 500]))
            .order_by(Change.seq.desc())
        )
        found += [(entry, other) for entry, other in session.execute(wanted)]
    return found


def _refuse_if_referred_to(session: Session, rows: Sequence[ChangeRow], mine: Container[str]) -> None:
    made: dict[str, list[str]] = {}
    for row in rows:
        if row.old is None:
            made.setdefault(row.noun, []).append(row.row_id)
    for noun in NOUNS:
        for key in table(noun).foreign_keys:
            ids = made.get(key.column.table.name, [])
            for start in range(0, len(ids), 500):
                users = select(table(noun).c.id).where(key.parent.in_(ids[start : start + 500]))
                for user in session.scalars(users):
                    if user not in mine:
                        raise UserError(_stands_on(_maker(session, user)))
    # A file names its owner without a reference that the database knows.
    for noun, ids in made.items():
        for start in range(0, len(ids), 500):
            kept = select(Document.id).where(Document.noun == noun, Document.owner_id.in_(ids[start : start + 500]))
            for user in session.scalars(kept):
                if user not in mine:
                    raise UserError(_stands_on(_maker(session, user)))


def _maker(session: Session, row_id: str) -> Change | None:
    wanted = select(Change).join(ChangeRow, ChangeRow.change_seq == Change.seq)
    wanted = wanted.where(ChangeRow.row_id == row_id, Change.kind == "do")
    return session.scalar(wanted.order_by(Change.seq.desc()).limit(1))


def _stands_on(other: Change | None) -> str:
    if other is None:
        return "Something newer refers to it; undo that first."
    when = other.at.astimezone()
    return f"“{words_of(other.label)}” of {when:%d %b %Y, %H:%M} stands on it. Undo that first."


def history(session: Session, noun: str | None, row_id: str | None, limit: int) -> list[HistoryEntry]:
    """Newest first. With a row: every change that touched it, what hangs on it, or that is about it."""
    wanted = select(Change).order_by(Change.seq.desc()).limit(limit)
    mentions = None
    if row_id is not None:
        mark = f'%"{row_id}"%'
        mentions = or_(
            ChangeRow.row_id == row_id,
            cast(ChangeRow.new, String).like(mark),
            cast(ChangeRow.old, String).like(mark),
        )
        about = cast(Change.refs, String).like(f'%"{noun}:{row_id}"%')
        wanted = wanted.where(or_(about, Change.seq.in_(select(ChangeRow.change_seq).where(mentions))))
    elif noun is not None:
        wanted = wanted.where(Change.seq.in_(select(ChangeRow.change_seq).where(ChangeRow.noun == noun)))
    names = {person.id: person.name for person in session.scalars(select(Colleague))}
    entries = []
    for change in session.scalars(wanted):
        rows = select(ChangeRow).where(ChangeRow.change_seq == change.seq).order_by(ChangeRow.id).limit(_MOST_ROWS)
        if mentions is not None:
            rows = rows.where(mentions)
        entries.append(
            HistoryEntry(
                change.id,
                change.at,
                names.get(change.colleague_id or "", ""),
                change.kind,
                words_of(change.label),
                change.reason,
                tuple(change.refs),
                tuple(f for row in session.scalars(rows) for f in _fields(row)),
            )
        )
    return entries


def _fields(row: ChangeRow) -> list[FieldChange]:
    columns = [c for c in (row.new or row.old or {}) if c not in BOOKKEEPING | {"id", "created_at"}]
    pairs = [(c, (row.old or {}).get(c), (row.new or {}).get(c)) for c in columns]
    return [FieldChange(row.noun, row.row_id, c, old, new) for c, old, new in pairs if _said(old) != _said(new)]


def _said(value: Any) -> Any:
    """A column that nobody has filled says nothing, in whichever way it is empty."""
    return None if value in ("", [], {}) else value
