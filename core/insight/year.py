"""A year at a glance: projects, exams and breaks, each supervisor's weeks, and where nothing is planned."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from core.insight.year_gaps import AHEAD, Gap, gaps
from core.insight.year_load import Balance, Estimate, Load, balance, estimate, loads
from core.insight.year_parts import SchoolSpan, Season, YearBar, bars, school_spans, seasons
from core.store import Store
from core.text import short_day

LONGEST = timedelta(days=366 * 7)
_LAST = date(9990, 12, 31)
"""Weeks and years are counted on from a day, and the calendar ends in 9999."""


@dataclass(frozen=True, slots=True)
class YearView:
    """`bars`: those that touch the span, by first day. `all`: how many projects there are that are not cancelled,
    `undated` of them without a day. `schools`: their exams and breaks; `seasons`: the same in one row.
    """

    start: date
    end: date
    bars: tuple[YearBar, ...]
    all: int
    undated: int
    schools: tuple[SchoolSpan, ...]
    seasons: tuple[Season, ...]
    estimate: Estimate
    loads: tuple[Load, ...]
    gaps: tuple[Gap, ...]
    balance: Balance


@dataclass(frozen=True, slots=True)
class MovePreview:
    """Where a project's days would come to lie. `exams`: schools whose exams the kick-off would fall into."""

    kick_off_on: date
    words: str
    exams: tuple[str, ...]


def year_view(store: Store, start: date, end: date, *, today: date) -> YearView:
    """Both days are in it; a span turned round is turned back, one of more than seven years is cut."""
    start, end = min(start, end, _LAST), min(max(start, end), _LAST)
    end = min(end, start + LONGEST)
    with store.read() as session:
        found, undated = bars(session, today)
        spans = school_spans(session, min(start, today), max(end, today + AHEAD))
        shown = tuple(one for one in spans if one.start <= end and one.end >= start)
        rate = estimate(found)
        return YearView(
            start,
            end,
            tuple(one for one in found if one.start <= end and one.end >= start),
            len(found) + undated,
            undated,
            shown,
            tuple(seasons(shown)),
            rate,
            tuple(loads(session, found, start, end, rate, store.me)),
            tuple(gaps(session, found, spans, today)),
            balance(found, start, end, rate),
        )


def move_preview(bar: YearBar, kick_off_on: date, schools: Iterable[SchoolSpan], today: date) -> MovePreview:
    """What moving the kick-off there would do, in words, without asking the store."""
    by = kick_off_on - (bar.kick_off_on or bar.start)
    said = [f"Kick-off {short_day(kick_off_on, today)}"]
    if bar.due_on:
        said.append(f"due {short_day(bar.due_on + by, today)}")
    if bar.apply_by:
        said.append(f"apply by {short_day(bar.apply_by + by, today)}")
    hit = dict.fromkeys(one.school for one in schools if one.kind == "exams" and one.start <= kick_off_on <= one.end)
    exams = tuple(hit)
    words = " · ".join(said)
    if kick_off_on < today:
        words += " · in the past"
    elif bar.phase == "open" and bar.apply_by and bar.apply_by + by < today:
        words += " · applications would be closed"
    if exams:
        more = f" and {len(exams) - 2} more" if len(exams) > 2 else ""
        words += f" · in exams at {', '.join(exams[:2])}{more}"
    return MovePreview(kick_off_on, words, exams)
