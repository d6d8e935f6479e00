"""Hours of supervision that each week asks for, held against what each supervisor has."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.insight.year_parts import YearBar, mondays
from core.model import Colleague
from core.states import AT_WORK
from core.text import in_digits, plural

ASSUMED_MINUTES = 60
"""Of supervision a week for each student, until supervision has been entered for accepted work (our assumption)."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """Minutes of supervision a week for each student, and where the number is from."""

    minutes: int
    engagements: int
    words: str


@dataclass(frozen=True, slots=True)
class WeekLoad:
    """`over`: more than the supervisor has, or a week after they left."""

    monday: date
    students: int
    minutes: int
    over: bool


@dataclass(frozen=True, slots=True)
class Load:
    """`colleague_id` None: projects for which nobody is named. `hours_a_week` None: nobody has said."""

    colleague_id: str | None
    name: str
    hours_a_week: int | None
    left_on: date | None
    weeks: tuple[WeekLoad, ...]

    @property
    def over(self) -> int:
        return sum(week.over for week in self.weeks)


@dataclass(frozen=True, slots=True)
class Balance:
    """Hours of work handed over in a span against what supervising it took. `done`: accepted up to today, with the
    minutes entered; `planned`: all else that falls due in it, with the minutes estimated.
    """

    done_hours: int
    done_minutes: int
    done: int
    planned_hours: int
    planned_minutes: int
    planned: int


def estimate(bars: Iterable[YearBar]) -> Estimate:
    """From accepted engagements with supervision entered: their minutes by their weeks; else the assumption."""
    known = [one for bar in bars for one in bar.works if one.status == "accepted" and one.minutes > 0]
    weeks = sum(-(-((one.end - one.start).days + 1) // 7) for one in known)
    if not known:
        words = f"Reckoned with {ASSUMED_MINUTES} minutes a week for each student: an assumption, until you enter some."
        return Estimate(ASSUMED_MINUTES, 0, words)
    minutes = sum(one.minutes for one in known)
    each = max(1, (2 * minutes + weeks) // (2 * weeks))
    words = (
        f"Reckoned with {plural(each, 'minute')} a week for each student: {in_digits(minutes)} minutes entered for "
        f"{plural(len(known), 'finished engagement')} of {plural(weeks, 'week')} together."
    )
    return Estimate(each, len(known), words)


def loads(
    session: Session, bars: Sequence[YearBar], start: date, end: date, rate: Estimate, me: str | None
) -> list[Load]:
    """One row for each colleague who supervises or has hours for it; oneself first."""
    weeks = mondays(start, end)
    needed: dict[str | None, Counter[date]] = defaultdict(Counter)
    for bar in bars:
        for who, first, last, students in _asks(bar):
            for week in mondays(max(first, start), min(last, end)):
                needed[who][week] += students
    found = []
    for one in session.scalars(select(Colleague).order_by(Colleague.name)):
        gone = one.left_on is not None and one.left_on < start
        asked = needed.get(one.id, Counter())
        if not asked and (gone or one.hours_a_week is None or one.role == "rater"):
            continue
        found.append(Load(one.id, one.name, one.hours_a_week, one.left_on, _weeks(weeks, asked, rate, one)))
    found.sort(key=lambda row: row.colleague_id != me)
    if None in needed:
        found.append(Load(None, "No supervisor yet", None, None, _weeks(weeks, needed[None], rate, None)))
    return found


def _asks(bar: YearBar) -> list[tuple[str | None, date, date, int]]:
    """(supervisor, first day, last day, students)"""
    asked = [(one.supervisor_id or bar.supervisor_id, one.start, one.end, 1) for one in bar.works]
    if bar.to_come and (start := bar.kick_off_on or bar.due_on):
        asked.append((bar.supervisor_id, start, max(start, bar.due_on or bar.end), bar.to_come))
    return asked


def _weeks(weeks: Sequence[date], asked: Counter[date], rate: Estimate, who: Colleague | None) -> tuple[WeekLoad, ...]:
    found = []
    for week in weeks:
        minutes = asked[week] * rate.minutes
        gone = who is not None and who.left_on is not None and who.left_on < week
        limit = 0 if gone else who.hours_a_week if who is not None else None
        found.append(WeekLoad(week, asked[week], minutes, limit is not None and minutes > limit * 60))
    return tuple(found)


def balance(bars: Iterable[YearBar], start: date, end: date, rate: Estimate) -> Balance:
    """Of the work whose last day falls into the span."""
    hours = minutes = done = ahead = weeks = planned = 0
    for bar in bars:
        for one in bar.works:
            if one.status == "accepted" and start <= one.end <= end:
                hours, minutes, done = hours + one.hours, minutes + one.minutes, done + 1
            elif one.status in AT_WORK and start <= one.end <= end:
                ahead, planned = ahead + one.hours, planned + 1
                weeks += len(mondays(one.start, one.end))
        if bar.to_come and start <= bar.end <= end:
            ahead, planned = ahead + bar.hours * bar.to_come, planned + bar.to_come
            weeks += len(mondays(bar.start, bar.end)) * bar.to_come
    return Balance(hours, minutes, done, ahead, weeks * rate.minutes, planned)
