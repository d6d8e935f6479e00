"""Whom something is about to touch: a few names and how many there are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select

from core.insight.parts import among, name_sql, number_words
from core.insight.progress import visible_sql
from core.model import Application, Candidate, CandidateTag, Project, Tag
from core.store import Store
from core.text import fold, in_digits, plural

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
        return f"{in_digits(self.count)} people: {told}" + (f" and {plural(more, 'other')}" if more else "")


def whom(store: Store, candidate_ids: Sequence[str]) -> Whom:
    these = among(Candidate.id, candidate_ids)
    named = select(Candidate.first_name, Candidate.last_name).where(these)
    named = named.order_by(name_sql(), Candidate.id).limit(SHOWN)
    with store.read() as session:
        count = session.scalar(select(func.count()).where(these)) or 0
        return Whom(count, tuple(f"{first} {last}".strip() for first, last in session.execute(named)))


def tags_among(store: Store, candidate_ids: Sequence[str]) -> list[str]:
    """The names of the tags that one of these people has, by name."""
    given = select(CandidateTag.tag_id).where(among(CandidateTag.candidate_id, candidate_ids)).distinct()
    with store.read() as session:
        return sorted(session.scalars(select(Tag.name).where(Tag.id.in_(given))), key=fold)


def staged_projects(store: Store, candidate_ids: Sequence[str]) -> list[tuple[str, str, int]]:
    """(id, words, how many) of the projects for which some of these wait for a decision under their own names."""
    query = select(Application.project_id, func.count()).where(*_waiting(candidate_ids))
    with store.read() as session:
        counts = {row[0]: row[1] for row in session.execute(query.group_by(Application.project_id))}
        named = select(Project.id, Project.number, Project.title).where(Project.id.in_(counts)).order_by(Project.number)
        return [(row[0], f"{number_words('P', row[1])} {row[2]}", counts[row[0]]) for row in session.execute(named)]


def staged(store: Store, project_id: str, candidate_ids: Sequence[str]) -> list[str]:
    """Their applications there that wait for a decision; without those scored blind, as a move would tell the code."""
    with store.read() as session:
        there = select(Application.id).where(Application.project_id == project_id, *_waiting(candidate_ids))
        return list(session.scalars(there))


def _waiting(candidate_ids: Sequence[str]) -> tuple[ColumnElement[bool], ...]:
    status = Application.status.in_(("applied", "shortlisted"))
    return (among(Application.candidate_id, candidate_ids), status, visible_sql())
