"""A person's history with that of those who were merged into them."""

from __future__ import annotations

from datetime import date

from sqlalchemy import String, cast, select
from sqlalchemy.orm import Session

from core.insight.told import told
from core.model import Candidate, Change
from core.store import HistoryEntry, Label, Store


def whole_history(store: Store, noun: str, row_id: str, limit: int, *, today: date | None = None) -> list[HistoryEntry]:
    """Newest first, each change once. Of any noun but candidates it is the row's own."""
    entries = told(store, store.history(noun, row_id, limit), noun, row_id, today=today)
    if noun != "candidates":
        return entries
    with store.read() as session:
        others = _merged_into(session, row_id)
    there = {one.change_id for one in store.history(noun, row_id, limit)}
    for other in others:
        # A change that the kept one's side tells, or holds back, is not told again from the other's.
        more = [one for one in store.history(noun, other, limit) if one.change_id not in there]
        there |= {one.change_id for one in more}
        entries += told(store, more, noun, other, today=today)
    return sorted(entries, key=lambda one: one.at, reverse=True)[:limit]


def _merged_into(session: Session, row_id: str) -> list[str]:
    """Ids of those who came in by merging and have not been parted again, also by way of others."""
    found: list[str] = []
    ahead = [row_id]
    while ahead:
        mark = f"candidates:{ahead.pop()}"
        query = select(Change.refs).where(
            Change.kind == "do",
            Change.label == Label.CANDIDATES_MERGED.value,
            cast(Change.refs, String).like(f'%"{mark}"%'),
        )
        for refs in session.scalars(query):
            other = refs[1].partition(":")[2] if len(refs) > 1 and refs[0] == mark else ""
            if other and other not in found and other != row_id and session.get(Candidate, other) is None:
                found.append(other)
                ahead.append(other)
    return found
