"""What several questions share: SQL for what is derived, and small words. Nothing here is stored."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

from sqlalchemy import ColumnElement, Integer, and_, case, extract, func, literal, or_, select, tuple_
from sqlalchemy.orm import Session, aliased

from core.academic import DEFAULT_ROLLOVER
from core.model import Candidate, Enrolment, PoolEntry, School, Touch

COLD_DAYS = 60
COLD_WITHIN_MONTHS = 12
TOUCH_DAYS = 90
"""Days within which a contact counts as being in touch (domain: "in touch")."""

SMALL = 5
"""A group under this size is hidden."""

LATEST = aliased(Enrolment, name="latest")


def number_words(letter: str, number: int) -> str:
    """P-014"""
    return f"{letter}-{number:03}"


def chunks(ids: Sequence[str], size: int = 5000) -> Iterator[Sequence[str]]:
    """Parts small enough for one statement's parameters."""
    for start in range(0, len(ids), size):
        yield ids[start : start + size]


def among(column: Any, ids: Sequence[str]) -> ColumnElement[bool]:
    """Whether the column is one of the ids, of which there may be any number: they go over as one parameter."""
    given = func.json_each(json.dumps(list(ids))).table_valued("value")
    return column.in_(select(given.c.value))  # type: ignore[no-any-return]


def name_sql() -> ColumnElement[str]:
    """What candidates are put in order by: core.text.fold of the name, which English letters alone do not need."""
    name = func.trim(Candidate.first_name + " " + Candidate.last_name)
    return case((name.op("GLOB")("*[^ -~]*"), func.folded(name)), else_=func.lower(name))


def add_months(day: date, months: int) -> date:
    """The same day of a later month, or that month's last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return min(date(year, month + 1, 1) + timedelta(days=day.day - 1), month_end(date(year, month + 1, 1)))


def month_start(day: date) -> date:
    return day.replace(day=1)


def month_end(day: date) -> date:
    following = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    return following - timedelta(days=1)


def is_latest() -> ColumnElement[bool]:
    """Joins LATEST to Candidate: the enrolment that counts, by `starts_on` (unknown first), then by entry."""
    later = aliased(Enrolment)
    newer = (
        select(literal(1))
        .where(later.candidate_id == LATEST.candidate_id, _rank(later) > _rank(LATEST))
        .correlate(LATEST)
        .exists()
    )
    return and_(LATEST.candidate_id == Candidate.id, ~newer)


def _rank(enrolment: Any) -> Any:
    return tuple_(func.coalesce(enrolment.starts_on, date.min), enrolment.created_at, enrolment.id)


def last_contact(today: date) -> Any:
    """The day of the last touch made up to today, else of the first contact; correlated to Candidate."""
    touched = (
        select(func.max(Touch.made_on))
        .where(Touch.candidate_id == Candidate.id, Touch.made_on <= today)
        .correlate(Candidate)
        .scalar_subquery()
    )
    return func.coalesce(touched, Candidate.first_contact_on)


def last_contacts(session: Session, today: date) -> dict[str, date]:
    """The day of the last touch made up to today, of everyone who has one."""
    # Written so that no index serves: reading all contacts in their order is several times faster than by index.
    owner = Touch.candidate_id + ""
    made = select(owner, func.max(Touch.made_on)).where(func.coalesce(Touch.made_on, date.max) <= today)
    return {row[0]: row[1] for row in session.execute(made.group_by(owner)) if row[1] is not None}


def live_pool(day: date) -> ColumnElement[bool]:
    """A pool entry that stands on that day; the day on which it ended is no longer in it."""
    return and_(PoolEntry.began_on <= day, or_(PoolEntry.ended_on.is_(None), PoolEntry.ended_on > day))


def class_year_sql(today: date) -> ColumnElement[int | None]:
    """core.academic.class_year of Candidate with LATEST and School (outer) joined; both agree by test."""
    month = func.coalesce(School.rollover_month, DEFAULT_ROLLOVER[0])
    roll_day = func.coalesce(School.rollover_day, DEFAULT_ROLLOVER[1])

    def began(year: Any, of_month: Any, of_day: Any) -> Any:
        rolled = or_(of_month > month, and_(of_month == month, of_day >= roll_day))
        return year - case((rolled, 0), else_=1)

    def parts(column: Any) -> tuple[Any, Any, Any]:
        return tuple(extract(what, column).cast(Integer) for what in ("year", "month", "day"))  # type: ignore[return-value]

    now = began(literal(today.year), literal(today.month), literal(today.day))
    graduation_year, graduation_month, _ = parts(LATEST.graduates_on)
    last = began(graduation_year, graduation_month, literal(1))
    by_hand = Candidate.class_year_set + now - began(*parts(Candidate.class_year_set_on))
    derived = 4 - (last - now)
    return case(
        (LATEST.graduates_on < today, None),
        (
            and_(Candidate.class_year_set.is_not(None), Candidate.class_year_set_on.is_not(None)),
            case((by_hand < 1, 1), (by_hand > 8, 8), else_=by_hand),
        ),
        (LATEST.graduates_on.is_(None), None),
        else_=case((derived < 1, 1), else_=derived),
    )


def short_school() -> ColumnElement[str]:
    """What a school is called in a list; "" without one."""
    return func.coalesce(func.nullif(School.short_name, ""), School.name, "")


@dataclass(frozen=True, slots=True)
class Study:
    """Where someone studies now. `class_year` is None where unknown or past graduation."""

    enrolment_id: str | None
    school_id: str | None
    school: str
    short_school: str
    is_focus: bool
    major: str
    degree_level: str
    student_number: str
    graduates_on: date | None
    class_year: int | None


def studies(session: Session, ids: Iterable[str], today: date) -> dict[str, Study]:
    """By candidate, for those asked for; one statement a few thousand ids."""
    found: dict[str, Study] = {}
    for part in chunks(list(ids)):
        wanted = (
            select(
                Candidate.id,
                LATEST.id,
                School.id,
                func.coalesce(School.name, ""),
                short_school(),
                func.coalesce(School.is_focus, False),
                func.coalesce(LATEST.major, ""),
                func.coalesce(LATEST.degree_level, ""),
                func.coalesce(LATEST.student_number, ""),
                LATEST.graduates_on,
                class_year_sql(today),
            )
            .select_from(Candidate)
            .outerjoin(LATEST, is_latest())
            .outerjoin(School, School.id == LATEST.school_id)
            .where(Candidate.id.in_(part))
        )
        found |= {row[0]: Study(*row[1:]) for row in session.execute(wanted)}
    return found


def rounded(value: Fraction, places: int = 1) -> Decimal:
    """Half up, as people round."""
    return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def words_list(items: Sequence[str]) -> str:
    """a, b and c"""
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}" if items else ""
