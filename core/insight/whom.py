"""Whom something is about to touch: a few names and how many there are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select

from core.insight.own_words import TagRow, tag_rows, tags_of
from core.insight.parts import chunks, number_words
from core.insight.progress import visible_sql
from core.model import Application, Candidate, Project
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


def staged_projects(store: Store, candidate_ids: Sequence[str]) -> list[tuple[str, str, int]]:
    """(id, words, how many) of the projects for which some of these wait for a decision under their own names."""
    counts: dict[str, int] = {}
    with store.read() as session:
        for part in chunks(candidate_ids):
            query = select(Application.project_id, func.count()).where(*_waiting(part)).group_by(Application.project_id)
            for project_id, count in session.execute(query):
                counts[project_id] = counts.get(project_id, 0) + count
        named = select(Project.id, Project.number, Project.title).where(Project.id.in_(counts)).order_by(Project.number)
        return [(row[0], f"{number_words('P', row[1])} {row[2]}", counts[row[0]]) for row in session.execute(named)]


def staged(store: Store, project_id: str, candidate_ids: Sequence[str]) -> list[str]:
    """Their applications there that wait for a decision; without those scored blind, as a move would tell the code."""
    found: list[str] = []
    with store.read() as session:
        for part in chunks(candidate_ids):
            query = select(Application.id).where(Application.project_id == project_id, *_waiting(part))
            found += session.scalars(query)
    return found


def _waiting(candidate_ids: Sequence[str]) -> tuple[ColumnElement[bool], ...]:
    status = Application.status.in_(("applied", "shortlisted"))
    return (Application.candidate_id.in_(candidate_ids), status, visible_sql())
