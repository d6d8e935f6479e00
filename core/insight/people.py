"""The list of candidates: which, in what order, and the columns shown; a page at a time, also of 100,000."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from core import text
from core.insight.parts import (
    COLD_DAYS,
    COLD_WITHIN_MONTHS,
    LATEST,
    add_months,
    chunks,
    class_year_sql,
    is_latest,
    last_contact,
    last_contacts,
    live_pool,
    number_words,
    short_school,
)
from core.insight.stage import STAGES, stage_sql
from core.model import Blackout, Candidate, CandidateEmail, Engagement, Outcome, PoolEntry, School
from core.states import AT_WORK
from core.store import Store
from core.store.search import matching

SORTS = ("name", "school", "class_year", "stage", "last_contact")
STAGE_ORDER = {key: place for place, key in enumerate(STAGES)}


@dataclass(frozen=True, slots=True)
class CandidateFilter:
    """All that is set must hold. `class_years`, `school_ids`: any of them. `stage`: a key of STAGES.

    `going_cold`: the last contact is 60 days ago or more, graduation within a year, not hired. `early`: first or second
    year. `graduating_within`: months from today; `graduating`: from day to day, both in it. `free_on`: from day to day
    without a blackout or other work of ours.
    """

    text: str = ""
    class_years: frozenset[int] = frozenset()
    school_ids: frozenset[str] = frozenset()
    stage: str | None = None
    going_cold: bool = False
    near_miss: bool = False
    early: bool = False
    graduating_within: int | None = None
    graduating: tuple[date, date] | None = None
    free_on: tuple[date, date] | None = None


@dataclass(frozen=True, slots=True)
class CandidateListRow:
    """`stage_kind`: neutral, green or amber. `last_contact_days`: None if there was none. `cold`: 60 days or more."""

    id: str
    number: str
    name: str
    school: str
    class_year: int | None
    stage: str
    stage_words: str
    stage_kind: str
    last_contact_days: int | None
    cold: bool
    graduates_on: date | None


@dataclass(frozen=True, slots=True)
class SavedList:
    key: str
    words: str
    filter: CandidateFilter
    count: int


def candidate_ids(
    store: Store, wanted: CandidateFilter, sort: str = "name", descending: bool = False, *, today: date
) -> list[str]:
    """Ids of the whole answer, in order; `last_contact` goes by days since. The unknown stand last, ties go by name."""
    if sort not in SORTS:
        raise ValueError(sort)
    conditions = _conditions(wanted, today)
    columns = (Candidate.id, Candidate.first_name, Candidate.last_name)
    query = select(*columns, _sort_column(sort, today))
    if conditions or sort not in ("name", "last_contact"):
        query = _joined(query)
    with store.read() as session:
        found: Sequence[Any] = session.execute(query.where(*conditions)).all()
        if sort == "last_contact":
            # One pass over all contacts; asked person by person, 100,000 take seconds.
            last = last_contacts(session, today)
            found = [(*row[:3], last.get(row[0], row[3])) for row in found]
    by_name = sorted(found, key=lambda row: _name_key(f"{row[1]} {row[2]}"), reverse=descending and sort == "name")
    if sort == "name":
        return [row[0] for row in by_name]
    known = [row for row in by_name if row[3] not in (None, "")]
    known.sort(key=lambda row: _PLACES[sort](row[3]), reverse=descending)
    return [row[0] for row in known] + [row[0] for row in by_name if row[3] in (None, "")]


def count(store: Store, wanted: CandidateFilter, *, today: date) -> int:
    with store.read() as session:
        return _count(session, wanted, today)


def candidate_rows(store: Store, ids: Sequence[str], *, today: date) -> dict[str, CandidateListRow]:
    """By id; an id that is gone is left out."""
    rows: dict[str, CandidateListRow] = {}
    with store.read() as session:
        for part in chunks(ids):
            query = _joined(
                select(
                    Candidate.id,
                    Candidate.number,
                    Candidate.first_name,
                    Candidate.last_name,
                    short_school(),
                    class_year_sql(today),
                    stage_sql(today, part),
                    last_contact(today),
                    LATEST.graduates_on,
                )
            )
            for row_id, number, first, last, school, year, stage, seen, graduates_on in session.execute(
                query.where(Candidate.id.in_(part))
            ):
                days = None if seen is None else (today - _day(seen)).days
                rows[row_id] = CandidateListRow(
                    row_id,
                    number_words("C", number),
                    f"{first} {last}".strip(),
                    school,
                    year,
                    stage,
                    *STAGES[stage],
                    days,
                    days is not None and days >= COLD_DAYS,
                    graduates_on,
                )
    return rows


def saved_lists(store: Store, *, today: date) -> list[SavedList]:
    """The four lists that each store has, with how many are on them today."""
    lists = [
        SavedList("going_cold", "Going cold", CandidateFilter(going_cold=True), 0),
        SavedList("near_miss", "Near-miss interns", CandidateFilter(near_miss=True), 0),
        SavedList("early", "First & second years", CandidateFilter(early=True), 0),
        SavedList("spring", "Graduating this spring", CandidateFilter(graduating=spring(today)), 0),
    ]
    with store.read() as session:
        return [replace(one, count=_count(session, one.filter, today)) for one in lists]


def spring(today: date) -> tuple[date, date]:
    """March to June of this year, from July on of the next."""
    year = today.year + (today.month > 6)
    return date(year, 3, 1), date(year, 6, 30)


def filter_words(wanted: CandidateFilter, schools: dict[str, str]) -> list[str]:
    """One text a chip. `schools`: names by id."""
    words = [f"“{wanted.text}”"] if wanted.text else []
    if wanted.class_years:
        words.append("Class year: " + ", ".join(text.ordinal(year) for year in sorted(wanted.class_years)))
    if wanted.school_ids:
        words.append("School: " + ", ".join(sorted(schools.get(one, "?") for one in wanted.school_ids)))
    if wanted.stage:
        words.append(f"Stage: {STAGES[wanted.stage][0]}")
    for holds, name in ((wanted.going_cold, "Going cold"), (wanted.near_miss, "Near-miss interns")):
        words += [name] if holds else []
    if wanted.early:
        words.append("First & second years")
    if wanted.graduating_within is not None:
        words.append(f"Graduating within {text.plural(wanted.graduating_within, 'month')}")
    for span, name in ((wanted.graduating, "Graduating"), (wanted.free_on, "Free")):
        if span:
            words.append(f"{name} {text.short_day(span[0])} to {text.short_day(span[1])}")
    return words


def cold_ids(session: Session, today: date, limit: int) -> tuple[list[str], int]:
    """Of those going cold the ones who graduate first, and how many there are."""
    query = _joined(select(LATEST.graduates_on, last_contact(today), Candidate.id)).where(*_leaving(today))
    # The last contact is looked up once a person here; as a condition and an order it would be three times.
    until = today - timedelta(days=COLD_DAYS)
    found = [row for row in session.execute(query) if row[1] is not None and _day(row[1]) <= until]
    return [row[2] for row in heapq.nsmallest(limit, found, key=lambda row: (row[0], _day(row[1]), row[2]))], len(found)


def _joined(query: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    return query.select_from(Candidate).outerjoin(LATEST, is_latest()).outerjoin(School, School.id == LATEST.school_id)


def _count(session: Session, wanted: CandidateFilter, today: date) -> int:
    query = _joined(select(func.count())).where(*_conditions(wanted, today))
    return session.scalar(query) or 0


def _sort_column(sort: str, today: date) -> Any:
    if sort == "stage":
        return stage_sql(today)
    if sort == "class_year":
        return class_year_sql(today)
    if sort == "last_contact":
        return Candidate.first_contact_on
    return short_school() if sort == "school" else Candidate.last_name


def _name_key(name: str) -> str:
    return name.lower() if name.isascii() else text.fold(name)


_PLACES: dict[str, Callable[[Any], Any]] = {
    "stage": lambda stage: STAGE_ORDER[stage],
    "school": lambda name: _name_key(name),
    "last_contact": lambda seen: -_day(seen).toordinal(),
    "class_year": lambda year: year,
}


def _day(value: Any) -> date:
    # An aggregate loses the column's type on some databases.
    return value if isinstance(value, date) else date.fromisoformat(value)


def _leaving(today: date) -> list[ColumnElement[bool]]:
    """Graduating within a year, and not hired."""
    hired = select(Outcome.candidate_id).where(
        Outcome.kind.in_(("part_time", "full_time")), Outcome.accepted_on.is_not(None)
    )
    return [
        LATEST.graduates_on.between(today, add_months(today, COLD_WITHIN_MONTHS)),
        Candidate.id.not_in(hired),
    ]


def _cold(today: date) -> list[ColumnElement[bool]]:
    return [*_leaving(today), last_contact(today) <= today - timedelta(days=COLD_DAYS)]


def _conditions(wanted: CandidateFilter, today: date) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = _text_conditions(wanted.text)
    year = class_year_sql(today)
    if wanted.class_years:
        conditions.append(year.in_(wanted.class_years))
    if wanted.early:
        conditions.append(year.in_((1, 2)))
    if wanted.school_ids:
        conditions.append(LATEST.school_id.in_(wanted.school_ids))
    if wanted.stage:
        conditions.append(stage_sql(today) == wanted.stage)
    if wanted.going_cold:
        conditions += _cold(today)
    if wanted.near_miss:
        near = select(PoolEntry.candidate_id).where(PoolEntry.reason == "near_miss_intern", live_pool(today))
        conditions.append(Candidate.id.in_(near))
    if wanted.graduating_within is not None:
        conditions.append(LATEST.graduates_on.between(today, add_months(today, wanted.graduating_within)))
    if wanted.graduating:
        conditions.append(LATEST.graduates_on.between(*wanted.graduating))
    if wanted.free_on:
        conditions += free(*wanted.free_on)
    return conditions


def free(start: date, end: date) -> list[ColumnElement[bool]]:
    """Conditions on Candidate: some time in the week, no blackout and no other work of ours on any of these days."""
    away = select(Blackout.candidate_id).where(Blackout.starts_on <= end, Blackout.ends_on >= start)
    at_work = select(Engagement.candidate_id).where(
        Engagement.status.in_(AT_WORK), Engagement.kick_off_on <= end, Engagement.due_on >= start
    )
    return [
        Candidate.id.not_in(away),
        Candidate.id.not_in(at_work),
        func.coalesce(Candidate.hours_a_week, 1) > 0,
        or_(Candidate.free_grid == "", Candidate.free_grid.contains("1")),
    ]


def _text_conditions(wanted: str) -> list[ColumnElement[bool]]:
    words = text.line(wanted).split()
    if not words:
        return []

    def has(word: str) -> ColumnElement[bool]:
        columns = (Candidate.first_name, Candidate.last_name, Candidate.nickname, School.name, School.short_name)
        mailed = select(CandidateEmail.candidate_id).where(CandidateEmail.address.icontains(word, autoescape=True))
        return or_(*(column.icontains(word, autoescape=True) for column in columns), Candidate.id.in_(mailed))

    # The search index also finds letters with and without accents, and the words of their files.
    found = Candidate.id.in_(matching(" ".join(words), "candidates"))
    return [or_(and_(*(has(word) for word in words)), found)]
