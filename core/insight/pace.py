"""How often people are to be in touch with, as the plans of their pool entries say; from when on someone goes cold."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Date, Integer, Select, case, func, literal, select, true
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Session, aliased
from sqlalchemy.sql.functions import FunctionElement

from core.insight.parts import COLD_DAYS, LATEST, chunks, is_latest, live_pool
from core.model import Candidate, PoolEntry, SchoolPeriod, Touch, TouchPlan
from core.pacing import USUAL


class _DayNumber(FunctionElement[int]):
    """A day as a number, so that days can be counted."""

    type = Integer()
    inherit_cache = True


@compiles(_DayNumber)
def _days(element: Any, compiler: Any, **said: Any) -> str:
    return f"({compiler.process(element.clauses, **said)} - DATE '0001-01-01')"


@compiles(_DayNumber, "sqlite")
def _julian(element: Any, compiler: Any, **said: Any) -> str:
    return f"CAST(julianday({compiler.process(element.clauses, **said)}) AS INTEGER)"


def _every() -> ColumnElement[int]:
    """An entry's own number of days, else that of its reason; PoolEntry with TouchPlan (outer) joined."""
    usual = {reason: plan.every_days for reason, plan in USUAL.items()}
    by_reason = case(usual, value=PoolEntry.reason, else_=USUAL["other"].every_days)
    return func.coalesce(PoolEntry.every_days, TouchPlan.every_days, by_reason)


def waits_for_exams(today: date) -> Select[str]:
    """Ids of pool entries that are to be left alone in exams, of candidates whose school has them today."""
    sitting = (
        select(LATEST.candidate_id)
        .select_from(Candidate)
        .join(LATEST, is_latest())
        .join(SchoolPeriod, SchoolPeriod.school_id == LATEST.school_id)
        .where(SchoolPeriod.kind == "exams", SchoolPeriod.starts_on <= today, SchoolPeriod.ends_on >= today)
    )
    by_reason = func.coalesce(TouchPlan.not_in_exams, true())
    heeds = case((PoolEntry.every_days.is_not(None), PoolEntry.not_in_exams), else_=by_reason)
    return (
        select(PoolEntry.id)
        .outerjoin(TouchPlan, TouchPlan.reason == PoolEntry.reason)
        .where(live_pool(today), heeds, PoolEntry.candidate_id.in_(sitting))
        .correlate(None)
    )


def paces(session: Session, today: date, ids: Sequence[str] | None = None) -> dict[str, int]:
    """By candidate of the pool (of `ids`, where given) the days after which to be in touch again: of several plans the
    shortest; 0 where all say not regularly.
    """
    query = select(PoolEntry.candidate_id, _every()).outerjoin(TouchPlan, TouchPlan.reason == PoolEntry.reason)
    query = query.where(live_pool(today))
    parts = [query] if ids is None else [query.where(PoolEntry.candidate_id.in_(part)) for part in chunks(ids)]
    found: dict[str, int] = {}
    for part in parts:
        for row_id, every in session.execute(part):
            there = found.get(row_id, 0)
            found[row_id] = min(there, every) if there and every else there or every
    return found


def is_cold(days: int | None, pace: int | None) -> bool:
    """`days` since the last contact, None without one; `pace`: of `paces`, None for who is not in the pool."""
    after = COLD_DAYS if pace is None else pace
    return days is not None and after > 0 and days >= after


def by_plan(today: date) -> Select[str]:
    """Ids of the pool's candidates whose last contact lies as long ago as a plan of theirs says."""
    kept = aliased(Candidate)
    touched = (
        select(func.max(Touch.made_on))
        .where(Touch.candidate_id == PoolEntry.candidate_id, Touch.made_on <= today)
        .correlate(PoolEntry)
        .scalar_subquery()
    )
    last = func.coalesce(touched, kept.first_contact_on)
    return (
        select(PoolEntry.candidate_id)
        .join(kept, kept.id == PoolEntry.candidate_id)
        .outerjoin(TouchPlan, TouchPlan.reason == PoolEntry.reason)
        .where(
            live_pool(today), _every() > 0, _DayNumber(last) + _every() <= _DayNumber(literal(today, Date))
        )
        .correlate(None)
    )  # fmt: skip
