"""Exams that a project's kick-off or due date falls into, at the schools it is for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.insight.availability import span_words
from core.insight.parts import LATEST, is_latest, words_list
from core.insight.progress import visible_sql
from core.model import Application, Candidate, School, SchoolPeriod
from core.store import Store

_NAMED = 3


@dataclass(frozen=True, slots=True)
class ExamClash:
    school: str
    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class ExamClashes:
    """Exams that a day falls into. `move_to`: the next weekday on which no school has any; `words`: "" without."""

    clashes: tuple[ExamClash, ...]
    move_to: date | None
    words: str


NONE = ExamClashes((), None, "")


def exam_clashes(store: Store, day: date | None, project_id: str | None = None, what: str = "Kick-off") -> ExamClashes:
    """`what` falls into the exams; `project_id`: of the schools whose students were invited to it or applied."""
    with store.read() as session:
        return clashes(session, day, project_id, what)


def clashes(session: Session, day: date | None, project_id: str | None = None, what: str = "Kick-off") -> ExamClashes:
    if day is None:
        return NONE
    query = (
        select(School.name, SchoolPeriod.starts_on, SchoolPeriod.ends_on)
        .join(School, School.id == SchoolPeriod.school_id)
        .where(SchoolPeriod.kind == "exams", SchoolPeriod.ends_on >= day)
        .order_by(School.name)
    )
    asked = _schools(session, project_id) if project_id else ()
    if asked:
        query = query.where(School.id.in_(asked))
    ahead = session.execute(query).all()
    found = tuple(ExamClash(*one) for one in ahead if one[1] <= day)
    if not found:
        return NONE
    move_to = day
    while move_to.weekday() >= 5 or any(start <= move_to <= end for _, start, end in ahead):
        move_to += timedelta(days=1)
    named = [f"{one.school} ({span_words(one.starts_on, one.ends_on)})" for one in found[:_NAMED]]
    more = [f"{len(found) - _NAMED} more"] if len(found) > _NAMED else []
    return ExamClashes(found, move_to, f"{what} falls in the exams of {words_list([*named, *more])}.")


def _schools(session: Session, project_id: str) -> Sequence[str]:
    """Where those study who were invited or applied; none while one is scored blind, whose school would be told."""
    query = (
        select(Application.status, visible_sql(), LATEST.school_id)
        .join(Candidate, Candidate.id == Application.candidate_id)
        .outerjoin(LATEST, is_latest())
        .where(Application.project_id == project_id)
    )
    found = session.execute(query).all()
    if any(not visible and status != "invited" for status, visible, _ in found):
        return ()
    return sorted({school for _, _, school in found if school})
