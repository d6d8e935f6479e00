"""Columns of a list of candidates: what stands in them, page by page, and the order that each of them gives."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from sqlalchemy import func, select, union_all
from sqlalchemy.orm import Session

from core import text
from core.insight.availability import grid_of, week_words
from core.insight.filter_fields import CUSTOM
from core.insight.filters import Node
from core.insight.parts import LATEST, chunks, is_latest, live_pool, number_words
from core.insight.people import SORTS, CandidateListRow, candidate_ids, candidate_rows
from core.model import (
    Candidate,
    CandidateEmail,
    CandidateLanguage,
    CandidateSkill,
    CandidateTag,
    CustomField,
    CustomValue,
    PoolEntry,
    Skill,
    Tag,
    Touch,
)
from core.model.words import POOL_REASONS, YES_NO
from core.store import Store

USUAL = ("name", "school", "class_year", "stage", "last_contact")
Cell = str | tuple[str, Any]
Asked = Callable[[Session, Sequence[str] | None, date], Mapping[str, Any]]
"""Values by candidate, of these or of everyone; who has none is left out. They sort as they are."""


@dataclass(frozen=True, slots=True)
class ListColumn:
    """`kind`: text, warn or chip, as tables draw it. `width` in pixels at the usual size, 0 takes the rest."""

    key: str
    words: str
    kind: Literal["text", "warn", "chip"] = "text"
    width: int = 120
    right: bool = False


@dataclass(frozen=True, slots=True)
class _Way:
    """`say`: a value as it stands in the cell. `sort`: what it is put in order by."""

    ask: Asked
    say: Callable[[Any], str] = str
    sort: Callable[[Any], Any] = lambda value: value


_LISTED = (
    ListColumn("name", "Name", width=0),
    ListColumn("school", "School", width=144),
    ListColumn("class_year", "Year", width=56),
    ListColumn("stage", "Stage", "chip"),
    ListColumn("last_contact", "Last contact", "warn", 96),
    ListColumn("number", "Number", width=76),
    ListColumn("email", "E-mail", width=190),
    ListColumn("phone", "Phone", width=120),
    ListColumn("graduates", "Graduates", width=96),
    ListColumn("major", "Major", width=140),
    ListColumn("skills", "Skills", width=180),
    ListColumn("languages", "Languages", width=130),
    ListColumn("tags", "Tags", width=140),
    ListColumn("hours_a_week", "Hours a week", width=104, right=True),
    ListColumn("week", "Free", width=160),
    ListColumn("next_touch", "Next touch", width=104),
    ListColumn("first_contact", "First contact", width=104),
    ListColumn("pool", "Kept because", width=150),
    ListColumn("source", "Source", width=120),
)
_WIDE = {"text": 140, "number": 90, "day": 104, "yes_no": 80, "choice": 120}


def columns(store: Store) -> dict[str, ListColumn]:
    """Those that can be chosen, by key: the built-in ones, then fields of one's own."""
    with store.read() as session:
        found = {one.key: one for one in _LISTED}
        for row in session.scalars(_own_fields()):
            key = f"{CUSTOM}{row.id}"
            found[key] = ListColumn(key, row.name, "text", _WIDE[row.kind], row.kind == "number")
        return found


def cells(store: Store, keys: Sequence[str], ids: Sequence[str], *, today: date) -> dict[str, tuple[Cell, ...]]:
    """One page: by candidate what stands in these columns; a column that is gone is empty."""
    rows = candidate_rows(store, ids, today=today)
    with store.read() as session:
        ways = _ways(session)
        asked = {key: ways[key].ask(session, ids, today) for key in keys if key in ways}

    def cell(row: CandidateListRow, key: str) -> Cell:
        if key in _OF_ROW:
            return _OF_ROW[key](row)
        value = asked.get(key, {}).get(row.id)
        return "" if value is None else ways[key].say(value)

    return {row_id: tuple(cell(row, key) for key in keys) for row_id, row in rows.items()}


def ordered_ids(store: Store, tree: Node, sort: str = "name", descending: bool = False, *, today: date) -> list[str]:
    """Ids of the whole answer by any column. The unknown stand last, ties go by name; a column that is gone is none."""
    if sort in SORTS:
        return candidate_ids(store, tree, sort, descending, today=today)
    by_name = candidate_ids(store, tree, today=today)
    with store.read() as session:
        way = _ways(session).get(sort)
        if way is None:
            return by_name
        values = way.ask(session, None, today)
    known = [row_id for row_id in by_name if row_id in values]
    known.sort(key=lambda row_id: way.sort(values[row_id]), reverse=descending)
    return known + [row_id for row_id in by_name if row_id not in values]


# --- the usual five come in one question, from core.insight.people ---------------------------------------------------

_OF_ROW: dict[str, Callable[[CandidateListRow], Cell]] = {
    "name": lambda row: row.name,
    "school": lambda row: row.school,
    "class_year": lambda row: text.ordinal(row.class_year) if row.class_year else "",
    "stage": lambda row: (row.stage_words, row.stage_kind),
    "last_contact": lambda row: (
        "" if row.last_contact_days is None else text.ago(row.last_contact_days),
        row.cold,
    ),
    "number": lambda row: row.number,
    "graduates": lambda row: text.month(row.graduates_on) if row.graduates_on else "",
}


# --- all others, a question each -------------------------------------------------------------------------------------


def _parts(ids: Sequence[str] | None) -> Iterable[Sequence[str] | None]:
    return [None] if ids is None else chunks(ids)


def _column(column: Any) -> Asked:
    def ask(session: Session, ids: Sequence[str] | None, _today: date) -> Mapping[str, Any]:
        found: dict[str, Any] = {}
        for part in _parts(ids):
            query = select(Candidate.id, column).where(column.is_not(None))
            if column.class_ is not Candidate:
                query = query.join(LATEST, is_latest())
            if part is not None:
                query = query.where(Candidate.id.in_(part))
            found |= {row_id: value for row_id, value in session.execute(query) if value != ""}
        return found

    return ask


def _rows(wanted: Any, owner: Any, said: Callable[..., Any] = lambda name: name) -> Asked:
    """A list of several each: `wanted` gives the owner, then what `said` takes."""

    def ask(session: Session, ids: Sequence[str] | None, today: date) -> Mapping[str, Any]:
        found: dict[str, list[Any]] = {}
        asked = wanted(today) if callable(wanted) else wanted
        for part in _parts(ids):
            limited = asked if part is None else asked.where(owner.in_(part))
            for row_id, *parts in session.execute(limited):
                found.setdefault(row_id, []).append(said(*parts))
        return found

    return ask


def _next_touch(session: Session, ids: Sequence[str] | None, today: date) -> Mapping[str, Any]:
    found: dict[str, Any] = {}
    for part in _parts(ids):
        planned = select(Touch.candidate_id.label("owner"), Touch.planned_on.label("due")).where(
            Touch.made_on.is_(None), Touch.planned_on.is_not(None)
        )
        pooled = select(PoolEntry.candidate_id, PoolEntry.next_touch_on).where(
            live_pool(today), PoolEntry.next_touch_on.is_not(None)
        )
        if part is not None:
            planned, pooled = (
                planned.where(Touch.candidate_id.in_(part)),
                pooled.where(PoolEntry.candidate_id.in_(part)),
            )
        both = union_all(planned, pooled).subquery()
        query = select(both.c.owner, func.min(both.c.due)).group_by(both.c.owner)
        found |= {
            owner: due if isinstance(due, date) else date.fromisoformat(due) for owner, due in session.execute(query)
        }
    return found


def _own(field: CustomField) -> _Way:
    value = {"number": CustomValue.amount, "day": CustomValue.day}.get(field.kind, CustomValue.text)

    def ask(session: Session, ids: Sequence[str] | None, _today: date) -> Mapping[str, Any]:
        found: dict[str, Any] = {}
        for part in _parts(ids):
            query = select(CustomValue.candidate_id, value, CustomValue.text).where(
                CustomValue.field_id == field.id, CustomValue.candidate_id.is_not(None)
            )
            if part is not None:
                query = query.where(CustomValue.candidate_id.in_(part))
            found |= {str(owner): (value, words) for owner, value, words in session.execute(query)}
        return found

    def say(found: tuple[Any, str]) -> str:
        if field.kind == "day":
            return text.short_day(found[0])
        return YES_NO.get(found[1], found[1]) if field.kind == "yes_no" else text.line(found[1])

    def place(found: tuple[Any, str]) -> Any:
        return found[0] if field.kind in ("number", "day") else text.fold(found[1])

    return _Way(ask, say, place)


def _own_fields() -> Any:
    return select(CustomField).where(CustomField.noun == "candidates").order_by(CustomField.position, CustomField.name)


def _ways(session: Session) -> dict[str, _Way]:
    return _WAYS | {f"{CUSTOM}{row.id}": _own(row) for row in session.scalars(_own_fields())}


_SKILLS = select(CandidateSkill.candidate_id, Skill.name, CandidateSkill.level).join(
    Skill, Skill.id == CandidateSkill.skill_id
)
_TAGS = select(CandidateTag.candidate_id, Tag.name).join(Tag, Tag.id == CandidateTag.tag_id)


def _joined(found: Sequence[str]) -> str:
    return ", ".join(sorted(found, key=text.fold))


def _first(found: Sequence[str]) -> str:
    return min(map(text.fold, found))


_WAYS: dict[str, _Way] = {
    "number": _Way(_column(Candidate.number), lambda number: number_words("C", number)),
    "phone": _Way(_column(Candidate.phone)),
    "source": _Way(_column(Candidate.source), sort=text.fold),
    "first_contact": _Way(_column(Candidate.first_contact_on), text.short_day),
    "hours_a_week": _Way(_column(Candidate.hours_a_week)),
    "week": _Way(_column(Candidate.free_grid), lambda grid: week_words(grid_of(grid)), lambda grid: -grid.count("1")),
    "graduates": _Way(_column(LATEST.graduates_on), text.month),
    "major": _Way(_column(LATEST.major), sort=text.fold),
    "email": _Way(
        _rows(
            select(CandidateEmail.candidate_id, CandidateEmail.address).order_by(CandidateEmail.position),
            CandidateEmail.candidate_id,
        ),
        lambda found: str(found[0]),
        lambda found: text.fold(found[0]),
    ),
    "skills": _Way(
        _rows(_SKILLS, CandidateSkill.candidate_id, lambda name, level: f"{name} {level}" if level else name),
        _joined,
        lambda found: (-len(found), _first(found)),
    ),
    "languages": _Way(
        _rows(select(CandidateLanguage.candidate_id, CandidateLanguage.language), CandidateLanguage.candidate_id),
        _joined,
        _first,
    ),
    "tags": _Way(_rows(_TAGS, CandidateTag.candidate_id), _joined, _first),
    "pool": _Way(
        _rows(
            lambda today: select(PoolEntry.candidate_id, PoolEntry.reason).where(live_pool(today)),
            PoolEntry.candidate_id,
            lambda reason: POOL_REASONS.get(reason, reason),
        ),
        lambda found: _joined(list(dict.fromkeys(found))),
        _first,
    ),
    "next_touch": _Way(_next_touch, text.short_day),
}
