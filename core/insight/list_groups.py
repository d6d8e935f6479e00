"""A list of candidates in groups: by stage, school, class year, tag, source, or a choice of one's own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import text
from core.insight.filter_fields import CUSTOM
from core.insight.parts import LATEST, class_year_sql, is_latest, live_pool, short_school
from core.insight.people import STAGE_ORDER
from core.insight.stage import STAGES, stage_sql
from core.model import Candidate, CandidateTag, CustomField, CustomValue, PoolEntry, School, Tag
from core.model.words import POOL_REASONS, YES_NO
from core.store import Store

GROUPS = {
    "stage": "Stage",
    "school": "School",
    "class_year": "Class year",
    "tag": "Tag",
    "pool": "Kept because",
    "source": "Source",
}
_NONE = {
    "school": "No school",
    "class_year": "Class year not known",
    "tag": "No tag",
    "pool": "Not kept in touch with",
    "source": "No source",
}


@dataclass(frozen=True, slots=True)
class Group:
    """Its people in the list's order. Who has several tags stands in several groups."""

    key: str
    words: str
    ids: tuple[str, ...]


def group_fields(store: Store) -> dict[str, str]:
    """What a list can be put in groups by: key to words."""
    with store.read() as session:
        return GROUPS | {f"{CUSTOM}{row.id}": row.name for row in session.scalars(_choices())}


def groups(store: Store, ids: Sequence[str], by: str, *, today: date) -> list[Group]:
    """Those without come last; [] where there is no such group, as with a field that was removed."""
    with store.read() as session:
        asked = _values(session, by, today)
    if asked is None:
        return []
    places, said = asked
    found: dict[Any, list[str]] = {}
    without: list[str] = []
    for row_id in ids:
        for value in said.get(row_id, ()):
            found.setdefault(value, []).append(row_id)
        if row_id not in said:
            without.append(row_id)
    made = [Group(str(key), words, tuple(found[key])) for key, words in places if key in found]
    if without:
        made.append(Group("", _NONE.get(by, "Not said"), tuple(without)))
    return made


Values = tuple[list[tuple[Any, str]], Mapping[str, Sequence[Any]]]
"""The groups in order with their words, and each one's groups."""


def _values(session: Session, by: str, today: date) -> Values | None:
    studying = select(Candidate.id).select_from(Candidate).outerjoin(LATEST, is_latest())
    studying = studying.outerjoin(School, School.id == LATEST.school_id)
    if by == "stage":
        stages = sorted(STAGES, key=lambda key: STAGE_ORDER[key])
        return [(key, STAGES[key][0]) for key in stages], _single(session, select(Candidate.id, stage_sql(today)))
    if by == "class_year":
        said = _single(session, studying.add_columns(class_year_sql(today)))
        return [(year, f"{text.ordinal(year)} year") for year in range(1, 9)], said
    if by == "school":
        return _by_words(_single(session, studying.add_columns(short_school())))
    if by == "source":
        return _by_words(_single(session, select(Candidate.id, Candidate.source)))
    if by == "tag":
        tagged = select(CandidateTag.candidate_id, Tag.name).join(Tag, Tag.id == CandidateTag.tag_id)
        return _by_words(_several(session, tagged))
    if by == "pool":
        kept = select(PoolEntry.candidate_id, PoolEntry.reason).where(live_pool(today))
        return list(POOL_REASONS.items()), _several(session, kept)
    field = session.scalars(_choices().where(CustomField.id == by.removeprefix(CUSTOM))).first()
    if field is None:
        return None
    values = select(CustomValue.candidate_id, CustomValue.text).where(
        CustomValue.field_id == field.id, CustomValue.candidate_id.is_not(None)
    )
    order = list(YES_NO.items()) if field.kind == "yes_no" else [(one, one) for one in field.choices]
    return order, _single(session, values)


def _single(session: Session, query: Any) -> dict[str, list[Any]]:
    return {row_id: [value] for row_id, value in session.execute(query) if value not in (None, "")}


def _several(session: Session, query: Any) -> dict[str, list[Any]]:
    found: dict[str, dict[Any, None]] = {}
    for row_id, value in session.execute(query):
        found.setdefault(row_id, {})[value] = None
    return {row_id: list(values) for row_id, values in found.items()}


def _by_words(said: dict[str, list[Any]]) -> Values:
    names = {name for values in said.values() for name in values}
    return [(name, name) for name in sorted(names, key=text.fold)], said


def _choices() -> Any:
    return (
        select(CustomField)
        .where(CustomField.noun == "candidates", CustomField.kind.in_(("choice", "yes_no")))
        .order_by(CustomField.position, CustomField.name)
    )
