"""Whom to be in touch with today: by plan, and near-misses whom a project fits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.insight.glance import Waiting
from core.insight.keeping import day_chip, near_misses_to_ask, open_to
from core.insight.pace import waits_for_exams
from core.insight.parts import live_pool, words_list
from core.model import Candidate, PoolEntry, Touch
from core.model.words import TOUCH_KINDS
from core.text import line, plural

_MOST_TOUCHES = 20
_NAMED = 3


def touches_waiting(session: Session, today: date) -> Iterator[Waiting]:
    """One line a person, the latest of what is due; the longest waiting first. In exams only what was planned."""
    planned = select(Touch.candidate_id, Touch.planned_on, Touch.text, Touch.kind).where(
        Touch.made_on.is_(None), Touch.planned_on <= today
    )
    pooled = select(PoolEntry.candidate_id, PoolEntry.next_touch_on, PoolEntry.note).where(
        live_pool(today), PoolEntry.next_touch_on <= today, PoolEntry.id.not_in(waits_for_exams(today))
    )
    planned = planned.where(Touch.candidate_id.in_(open_to()))
    pooled = pooled.where(PoolEntry.candidate_id.in_(open_to()))
    due: dict[str, tuple[date, str]] = {}
    rows: Sequence[tuple[str, date | None, str]] = [
        *((row[0], row[1], row[2] or TOUCH_KINDS.get(row[3], "")) for row in session.execute(planned)),
        *((row[0], row[1], row[2]) for row in session.execute(pooled)),
    ]
    for row_id, on, note in rows:
        if on is not None and (row_id not in due or on < due[row_id][0]):
            due[row_id] = (on, note)
    first = sorted(due.items(), key=lambda one: (one[1][0], one[0]))[:_MOST_TOUCHES]
    query = select(Candidate.id, Candidate.first_name, Candidate.last_name)
    found = session.execute(query.where(Candidate.id.in_([one[0] for one in first]))) if first else ()
    names = {row[0]: f"{row[1]} {row[2]}".strip() for row in found}
    for row_id, (on, note) in first:
        chip, kind = ("due today", "amber") if on == today else day_chip(on, today)
        detail = names[row_id] + (f" · {line(note)}" if note else "")
        yield Waiting("contact", "Write", "Get in touch", detail, chip, kind, 5, ("candidates", row_id))


def near_misses_waiting(session: Session, today: date) -> Iterator[Waiting]:
    """One line for all near-misses not asked again whom a project fits now."""
    fits = near_misses_to_ask(session, today)
    if not fits:
        return
    names = [fit.name for fit in fits[:_NAMED]]
    more = [plural(len(fits) - _NAMED, "other")] if len(fits) > _NAMED else []
    subject = f"Ask {plural(len(fits), 'near-miss', 'near-misses')} again"
    detail, chip = words_list([*names, *more]), f"fits “{fits[0].project}”" if len(fits) == 1 else "a project fits"
    minutes, target = 3 * min(len(fits), 5), ("candidates", fits[0].candidate_id)
    yield Waiting("again", "Look", subject, detail, chip, "green", minutes, target)
