"""The list of candidates: which, in what order, and the columns shown; a page at a time, also of 100,000."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from core import text
from core.insight.filter_sql import leaving
from core.insight.filters import EVERYONE, Node, conditions, is_everyone
from core.insight.pace import is_cold, paces
from core.insight.parts import (
    COLD_DAYS,
    LATEST,
    chunks,
    class_year_sql,
    is_latest,
    last_contact,
    last_contacts,
    name_sql,
    number_words,
    short_school,
)
from core.insight.stage import STAGES, stage_sql
from core.model import Candidate, School
from core.store import Store

SORTS = ("name", "school", "class_year", "stage", "last_contact")
_COLD: tuple[Node, ...] = ({"field": "cold", "is": "yes"}, {"all": [{"field": "cold", "is": "yes"}]})
"""Asked for all the time, and counted by one pass."""
STAGE_ORDER = {key: place for place, key in enumerate(STAGES)}


@dataclass(frozen=True, slots=True)
class CandidateFilter:
    """A short way to the filters that are asked for most: all that is set must hold.

    `class_years`, `school_ids`: any of them. `stage`: a key of STAGES. `going_cold`: the last contact lies as long ago
    as their plan says (60 days without one), graduation within a year, not hired, no wish to be left alone. `early`:
    first or second year.
    `graduating_within`: months from today; `graduating`: from day to day, both in it. `free_on`: from day to day
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

    def tree(self) -> Node:
        """The same as a tree of core.insight.filters."""
        wanted: list[Node] = []

        def ask(holds: object, field: str, op: str, value: object = None) -> None:
            if holds:
                wanted.append({"field": field, "is": op} | ({} if value is None else {"value": value}))

        ask(text.line(self.text), "text", "has", self.text)
        ask(self.class_years, "class_year", "any", [str(year) for year in sorted(self.class_years)])
        ask(self.school_ids, "school", "any", sorted(self.school_ids))
        ask(self.stage, "stage", "any", [self.stage])
        ask(self.going_cold, "cold", "yes")
        ask(self.near_miss, "pool", "any", ["near_miss_intern"])
        ask(self.early, "class_year", "between", [1, 2])
        ask(self.graduating_within is not None, "graduates", "next", {"n": self.graduating_within, "unit": "months"})
        for field, span in (("graduates", self.graduating), ("free", self.free_on)):
            ask(span, field, "between", [day.isoformat() for day in span or ()])
        return {"all": wanted} if wanted else EVERYONE


Wanted = CandidateFilter | Node


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


def candidate_ids(
    store: Store, wanted: Wanted, sort: str = "name", descending: bool = False, *, today: date
) -> list[str]:
    """Ids of the whole answer, in order; `last_contact` goes by days since. The unknown stand last, ties go by name."""
    if sort not in SORTS:
        raise ValueError(sort)
    tree = _tree(wanted)
    wanted_columns = (Candidate.id,) if sort == "name" else (Candidate.id, _sort_column(sort, today))
    query: Select[*tuple[Any, ...]] = select(*wanted_columns)
    if not is_everyone(tree) or sort not in ("name", "last_contact"):
        query = _joined(query)
    by_name = name_sql()
    query = query.order_by(by_name.desc() if descending and sort == "name" else by_name, Candidate.id)
    with store.read() as session:
        if not is_everyone(tree):
            query = query.where(conditions(session, tree, today))
        if sort == "name":
            return list(session.scalars(query))
        found: Sequence[Any] = session.execute(query).all()
        if sort == "last_contact":
            # One pass over all contacts; asked person by person, 100,000 take seconds.
            last = last_contacts(session, today)
            found = [(row[0], last.get(row[0], row[1])) for row in found]
    known = [row for row in found if row[1] not in (None, "")]
    known.sort(key=lambda row: _PLACES[sort](row[1]), reverse=descending)
    return [row[0] for row in known] + [row[0] for row in found if row[1] in (None, "")]


def count(store: Store, wanted: Wanted, *, today: date) -> int:
    with store.read() as session:
        return counted(session, wanted, today)


def counted(session: Session, wanted: Wanted, today: date) -> int:
    tree = _tree(wanted)
    if is_everyone(tree):
        return session.scalar(select(func.count()).select_from(Candidate)) or 0
    if tree in _COLD:
        return len(going_cold(session, today))
    return session.scalar(_joined(select(func.count())).where(conditions(session, tree, today))) or 0


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


def cold_ids(session: Session, today: date, limit: int) -> tuple[list[str], int]:
    """Of those going cold the ones who graduate first, and how many there are."""
    found = going_cold(session, today)
    return [row[2] for row in heapq.nsmallest(limit, found)], len(found)


def going_cold(session: Session, today: date) -> list[tuple[date, date, str]]:
    """Of each the graduation, the last contact and the id; the same people as the condition `cold` finds."""
    # The last contact is looked up once a person here; as a condition and an order it would be three times.
    query = _joined(select(LATEST.graduates_on, last_contact(today), Candidate.id)).where(leaving(today))
    rows: Sequence[Any] = session.execute(query).all()
    pace = paces(session, today)
    found = [(row[0], _day(row[1]), row[2]) for row in rows if row[1] is not None]
    return [row for row in found if is_cold((today - row[1]).days, pace.get(row[2]))]


def _joined(query: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    return query.select_from(Candidate).outerjoin(LATEST, is_latest()).outerjoin(School, School.id == LATEST.school_id)


def _tree(wanted: Wanted) -> Node:
    return wanted.tree() if isinstance(wanted, CandidateFilter) else wanted


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
