"""Whom to keep in touch with: by the next date, going cold, near-misses, before they graduate; each says why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy import CompoundSelect, Select, func, select
from sqlalchemy.orm import Session

from core.academic import months_between
from core.insight.match import Fit, fits_of_candidates
from core.insight.pace import paces, waits_for_exams
from core.insight.parts import LATEST, add_months, chunks, is_latest, live_pool
from core.insight.people import CandidateListRow, candidate_rows, going_cold
from core.insight.story import pool_words
from core.model import Application, Candidate, Outcome, PoolEntry, Touch
from core.model.words import TOUCH_KINDS
from core.store import Store
from core.text import line, plural, short_day

VIEWS = {"next": "Next", "cold": "Going cold", "near_miss": "Near-misses", "graduating": "Graduating"}
SOON = 7
MONTHS_AHEAD = 12
_LATE_RED = 7
_LOOKED_AT = 200
"""Near-misses whose fits are worked out for Today."""


@dataclass(frozen=True, slots=True)
class Kept:
    """One person in one of the views. `entry_id`: the pool entry that the next date stands on, if any; `touch_id`: the
    planned contact that is due, or nearly so: one that is made now is that one.

    `when`: the chip, with its `kind`; `why`: a line of reasons; `fits`: open projects that fit, the best first.
    """

    id: str
    name: str
    detail: str
    entry_id: str | None
    touch_id: str | None
    when: str
    kind: str
    why: str
    fits: tuple[Fit, ...]
    next_on: date | None


def kept_ids(store: Store, view: str, *, today: date) -> list[str]:
    """Ids of candidates, in the order in which to take them. `view`: a key of VIEWS."""
    ways = {"next": _next_ids, "cold": _cold_ids, "near_miss": _near_ids, "graduating": _leaving_ids}
    with store.read() as session:
        return ways[view](session, today)


def counts(store: Store, known: Mapping[str, int] | None = None, *, today: date) -> dict[str, int]:
    """How many are in each view; counted, not read. `known`: those that are known already."""
    found = dict(known or {})
    parts = {"next": _dates(today), "near_miss": _near(today), "graduating": _leaving(today)}
    with store.read() as session:
        for view, query in parts.items():
            if view not in found:
                found[view] = session.scalar(select(func.count(query.subquery().c[0].distinct()))) or 0
        if "cold" not in found:
            found["cold"] = len(going_cold(session, today))
    return {view: found[view] for view in VIEWS}


def kept_rows(store: Store, view: str, ids: Sequence[str], *, today: date) -> dict[str, Kept]:
    """By id, in this order; who is gone is left out. A page of at most a few hundred."""
    rows = candidate_rows(store, ids, today=today)
    with store.read() as session:
        facts = _Facts(session, [one for one in ids if one in rows], today)
    words = {"next": _next, "cold": _cold, "near_miss": _near_row, "graduating": _leaving_row}[view]
    return {row_id: words(rows[row_id], facts, today) for row_id in ids if row_id in rows}


def _dates(today: date) -> CompoundSelect[str, date | None]:
    """Candidates with the days of planned contacts, and the next dates of pool entries; who may be written to."""
    planned = select(Touch.candidate_id, Touch.planned_on).where(
        Touch.made_on.is_(None), Touch.planned_on.is_not(None), Touch.candidate_id.in_(open_to())
    )
    pooled = select(PoolEntry.candidate_id, PoolEntry.next_touch_on).where(
        live_pool(today), PoolEntry.next_touch_on.is_not(None), PoolEntry.candidate_id.in_(open_to())
    )
    return planned.union_all(pooled)


def open_to() -> Select[str]:
    """Ids of candidates who may be written to: not hired, and they have not asked to be left alone."""
    hired = select(Outcome.candidate_id).where(
        Outcome.kind.in_(("part_time", "full_time")), Outcome.accepted_on.is_not(None)
    )
    return select(Candidate.id).where(Candidate.do_not_contact_on.is_(None), Candidate.id.not_in(hired))


def _next_ids(session: Session, today: date) -> list[str]:
    found = _dates(today).subquery()
    row_id, on = found.c[0], func.min(found.c[1])
    return list(session.scalars(select(row_id).group_by(row_id).order_by(on, row_id)))


def _cold_ids(session: Session, today: date) -> list[str]:
    """Who has heard nothing for longest first, of these who graduates first."""
    return [row[2] for row in sorted(going_cold(session, today), key=lambda row: (row[1], row[0], row[2]))]


def _near(today: date, *, again: bool = True) -> Select[str]:
    """Those not asked since first, then by year and rank; a person once an entry. Without `again` those alone."""
    asked = (
        select(Application.id)
        .where(Application.candidate_id == PoolEntry.candidate_id, Application.invited_on >= PoolEntry.began_on)
        .exists()
    )
    applied = (
        select(Application.id)
        .where(Application.candidate_id == PoolEntry.candidate_id, Application.applied_on > PoolEntry.began_on)
        .exists()
    )
    query = (
        select(PoolEntry.candidate_id)
        .where(PoolEntry.reason == "near_miss_intern", live_pool(today), PoolEntry.candidate_id.in_(open_to()))
        .order_by(asked | applied, PoolEntry.year.desc(), PoolEntry.rank.is_(None), PoolEntry.rank, PoolEntry.id)
    )
    if not again:
        # A micro-internship is for students: who has graduated is not asked again for one.
        left = select(Candidate.id).join(LATEST, is_latest()).where(LATEST.graduates_on < today)
        query = query.where(~(asked | applied), PoolEntry.candidate_id.not_in(left))
    return query


def _near_ids(session: Session, today: date) -> list[str]:
    return list(dict.fromkeys(session.scalars(_near(today))))


def _leaving(today: date) -> Select[str]:
    """Of the pool, and of all who applied or worked with us: who graduates within a year, the first to go first."""
    known = select(PoolEntry.candidate_id).where(live_pool(today))
    applied = select(Application.candidate_id).where(Application.status != "invited")
    return (
        select(Candidate.id)
        .join(LATEST, is_latest())
        .where(
            LATEST.graduates_on.between(today, add_months(today, MONTHS_AHEAD)),
            Candidate.id.in_(known.union(applied)),
            Candidate.id.in_(open_to()),
        )
        .order_by(LATEST.graduates_on, Candidate.id)
    )


def _leaving_ids(session: Session, today: date) -> list[str]:
    return list(session.scalars(_leaving(today)))


class _Facts:
    """What the words of a page need, read at once."""

    def __init__(self, session: Session, ids: Sequence[str], today: date) -> None:
        self.entries: dict[str, list[PoolEntry]] = {one: [] for one in ids}
        self.planned: dict[str, list[Touch]] = {one: [] for one in ids}
        self.asked: dict[str, list[tuple[date | None, date | None]]] = {one: [] for one in ids}
        for part in chunks(ids):
            entry = select(PoolEntry).where(live_pool(today), PoolEntry.candidate_id.in_(part))
            soonest = (PoolEntry.next_touch_on.is_(None), PoolEntry.next_touch_on, PoolEntry.id)
            for row in session.scalars(entry.order_by(*soonest)):
                self.entries[row.candidate_id].append(row)
            ahead = select(Touch).where(
                Touch.made_on.is_(None), Touch.planned_on.is_not(None), Touch.candidate_id.in_(part)
            )
            for touch in session.scalars(ahead.order_by(Touch.planned_on)):
                self.planned[touch.candidate_id].append(touch)
            invited = select(Application.candidate_id, Application.invited_on, Application.applied_on)
            for row_id, on, applied in session.execute(invited.where(Application.candidate_id.in_(part))):
                self.asked[row_id].append((on, applied))
        self.soon = today + timedelta(days=SOON)
        self.paces = paces(session, today, ids)
        sitting = waits_for_exams(today)
        self.sitting = {
            row_id
            for part in chunks(ids)
            for row_id in session.scalars(
                select(PoolEntry.candidate_id).where(PoolEntry.id.in_(sitting), PoolEntry.candidate_id.in_(part))
            )
        }
        self.fits: Mapping[str, list[Fit]] = fits_of_candidates(session, list(ids), today)

    def fitting(self, row_id: str) -> tuple[Fit, ...]:
        return tuple(fit for fit in self.fits.get(row_id, ()) if fit.fits)[:3]


def _made(row: CandidateListRow, facts: _Facts, when: str, kind: str, parts: Sequence[str]) -> Kept:
    entries, planned = facts.entries[row.id], facts.planned[row.id]
    near = planned and planned[0].planned_on is not None and planned[0].planned_on <= facts.soon
    dates = [entries[0].next_touch_on if entries else None, planned[0].planned_on if planned else None]
    year = f"year {row.class_year}" if row.class_year else ""
    stage = "" if row.stage in ("prospect", "near_miss") else row.stage_words.lower()
    return Kept(
        row.id,
        row.name,
        " · ".join(part for part in (row.school, year, stage) if part),
        entries[0].id if entries else None,
        planned[0].id if near else None,
        when,
        kind,
        " · ".join(part for part in parts if part),
        facts.fitting(row.id),
        min((day for day in dates if day is not None), default=None),
    )


def _reason(facts: _Facts, row_id: str, only: str = "") -> str:
    """Of several entries that whose date comes first."""
    entries = [entry for entry in facts.entries[row_id] if only in ("", entry.reason)]
    return pool_words(entries[0].reason, entries[0].year, entries[0].rank, entries[0].of_count) if entries else ""


def since_words(row: CandidateListRow) -> str:
    """66 days without contact"""
    if row.last_contact_days is None:
        return "no contact yet"
    if row.last_contact_days <= 0:
        return "in touch today"
    return f"{plural(row.last_contact_days, 'day')} without contact"


def pace_words(pace: int | None) -> str:
    """the plan says every 45 days"""
    return f"the plan says every {plural(pace, 'day')}" if pace else ""


def leaves_words(row: CandidateListRow, today: date) -> str:
    """graduates in 6 months"""
    if row.graduates_on is None or row.graduates_on < today:
        return ""
    months = months_between(today, row.graduates_on)
    ahead = plural(months, "month") if months else plural((row.graduates_on - today).days, "day")
    return f"graduates in {ahead}"


def day_chip(day: date, today: date) -> tuple[str, str]:
    """5 days late, today, in 3 days, 14 Dec"""
    days = (day - today).days
    if days < 0:
        return f"{plural(-days, 'day')} late", "red" if -days >= _LATE_RED else "amber"
    if days <= SOON:
        return ("today", "amber") if days == 0 else (f"in {plural(days, 'day')}", "neutral")
    return short_day(day, today), "neutral"


def _next(row: CandidateListRow, facts: _Facts, today: date) -> Kept:
    planned = facts.planned[row.id]
    about = ""
    if planned:
        first = planned[0]
        about = line(first.text) or TOUCH_KINDS.get(first.kind, "")
    elif facts.entries[row.id]:
        about = line(facts.entries[row.id][0].note)
    exams = "in exams now" if row.id in facts.sitting else ""
    made = _made(row, facts, "", "", (exams, since_words(row), _reason(facts, row.id), f"“{about}”" if about else ""))
    chip, kind = day_chip(made.next_on, today) if made.next_on else ("", "neutral")
    return replace(made, when=chip, kind=kind)


def _cold(row: CandidateListRow, facts: _Facts, today: date) -> Kept:
    days = f"{row.last_contact_days} d" if row.last_contact_days is not None else "never"
    made = _made(row, facts, days, "red", ())
    plan = "no plan to be in touch" if made.next_on is None else f"next planned for {short_day(made.next_on, today)}"
    since = ", ".join(filter(None, (since_words(row), pace_words(facts.paces.get(row.id)))))
    parts = (since, leaves_words(row, today), _reason(facts, row.id), plan)
    return replace(made, why=" · ".join(part for part in parts if part))


def _near_row(row: CandidateListRow, facts: _Facts, today: date) -> Kept:
    missed = [entry.began_on for entry in facts.entries[row.id] if entry.reason == "near_miss_intern"]
    began = max(missed, default=today)
    # As in _near: an invitation on the day itself came after, an application on that day may be the one that missed.
    days = [on for on, _ in facts.asked[row.id] if on is not None and on >= began]
    days += [on for _, on in facts.asked[row.id] if on is not None and on > began]
    again = max(days, default=None)
    told = f"asked again on {short_day(again, today)}" if again else "not asked again yet"
    fits = facts.fitting(row.id)
    chip, kind = ("a project fits", "amber") if fits else ("no project fits", "neutral")
    chip, kind = ("asked again", "green") if again else (chip, kind)
    reason = _reason(facts, row.id, "near_miss_intern")
    return _made(row, facts, chip, kind, (reason, told, since_words(row), leaves_words(row, today)))


def _leaving_row(row: CandidateListRow, facts: _Facts, today: date) -> Kept:
    leaves = row.graduates_on or today
    months = months_between(today, leaves)
    chip = f"in {plural(months, 'month')}" if months else f"in {plural((leaves - today).days, 'day')}"
    kind = "red" if months < 3 else "amber" if months < 6 else "neutral"
    return _made(row, facts, chip, kind, (since_words(row), _reason(facts, row.id), f"graduates {short_day(leaves)}"))


def near_misses_to_ask(session: Session, today: date) -> list[Fit]:
    """Near-misses not asked again whom a project fits now, each with the one that fits best; the nearest first."""
    ids = list(dict.fromkeys(session.scalars(_near(today, again=False))))[:_LOOKED_AT]
    fits = fits_of_candidates(session, ids, today)
    best = [next((fit for fit in fits.get(one, ()) if fit.fits), None) for one in ids]
    return [fit for fit in best if fit is not None]
