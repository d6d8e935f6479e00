"""Whom something is about to touch: a few names and how many there are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from core.insight.own_words import TagRow, tag_rows, tags_of
from core.insight.parts import chunks
from core.model import Candidate
from core.store import Store
from core.text import fold, plural

SHOWN = 8


@dataclass(frozen=True, slots=True)
class Whom:
    """Those of the ids who are still there. `names`: the first few, by name."""

    count: int
    names: tuple[str, ...]

    @property
    def words(self) -> str:
        """12 people: Ada Lovelace, Bao Tran and 10 others"""
        if not self.count:
            return "Nobody: those who were chosen are no longer in the store."
        if self.count == 1:
            return self.names[0]
        more = self.count - len(self.names)
        told = ", ".join(self.names) if more else f"{', '.join(self.names[:-1])} and {self.names[-1]}"
        return f"{self.count:,} people: {told}" + (f" and {plural(more, 'other')}" if more else "")


def whom(store: Store, candidate_ids: Sequence[str]) -> Whom:
    names: dict[str, str] = {}
    with store.read() as session:
        for part in chunks(candidate_ids):
            query = select(Candidate.id, Candidate.first_name, Candidate.last_name).where(Candidate.id.in_(part))
            names |= {row[0]: f"{row[1]} {row[2]}".strip() for row in session.execute(query)}
    first = sorted(names.values(), key=fold)[:SHOWN]
    return Whom(len(names), tuple(first))


def tags_among(store: Store, candidate_ids: Sequence[str]) -> tuple[list[TagRow], list[str]]:
    """All tags, and the names of those that one of these people has."""
    with store.read() as session:
        given = {name for names in tags_of(session, candidate_ids).values() for name in names}
    return tag_rows(store), sorted(given, key=fold)
