"""Tags and fields of one's own, with how many people or projects have each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.insight.parts import chunks
from core.model import CandidateTag, CustomField, CustomValue, Tag
from core.model.words import FIELD_KINDS, YES_NO
from core.store import Store
from core.text import fold, plural


@dataclass(frozen=True, slots=True)
class TagRow:
    id: str
    name: str
    people: int


@dataclass(frozen=True, slots=True)
class FieldRow:
    """`words`: its kind, and how often it is filled."""

    id: str
    noun: str
    name: str
    kind: str
    choices: tuple[str, ...]
    on_paper: bool
    filled: int
    words: str


@dataclass(frozen=True, slots=True)
class OwnValue:
    """One filled field as people read it."""

    name: str
    words: str
    on_paper: bool


def tag_rows(store: Store) -> list[TagRow]:
    """By name."""
    query = select(Tag.id, Tag.name, func.count(CandidateTag.id)).outerjoin(CandidateTag).group_by(Tag.id, Tag.name)
    with store.read() as session:
        found = [TagRow(*row) for row in session.execute(query)]
    return sorted(found, key=lambda row: fold(row.name))


def tags_of(session: Session, candidate_ids: Sequence[str]) -> dict[str, list[str]]:
    """Names by candidate, by name."""
    found: dict[str, list[str]] = {one: [] for one in candidate_ids}
    query = select(CandidateTag.candidate_id, Tag.name).join(Tag, Tag.id == CandidateTag.tag_id)
    for part in chunks(candidate_ids):
        for owner, name in session.execute(query.where(CandidateTag.candidate_id.in_(part))):
            found[owner].append(name)
    return {owner: sorted(names, key=fold) for owner, names in found.items()}


def field_rows(store: Store, noun: str) -> list[FieldRow]:
    """In the order of one's own."""
    filled = select(CustomValue.field_id, func.count()).group_by(CustomValue.field_id)
    query = select(CustomField).where(CustomField.noun == noun).order_by(CustomField.position, CustomField.name)
    one = {"candidates": "candidate", "projects": "project"}[noun]
    with store.read() as session:
        counts: dict[str, int] = {row[0]: row[1] for row in session.execute(filled)}
        return [
            FieldRow(
                row.id,
                noun,
                row.name,
                row.kind,
                tuple(row.choices),
                row.on_paper,
                counts.get(row.id, 0),
                f"{FIELD_KINDS[row.kind]} · filled for {plural(counts.get(row.id, 0), one)}",
            )
            for row in session.scalars(query)
        ]


def own_values(session: Session, noun: str, owner_id: str) -> list[OwnValue]:
    """What one candidate or project has in fields of one's own, in their order; empty ones are left out."""
    owner = CustomValue.candidate_id if noun == "candidates" else CustomValue.project_id
    query = (
        select(CustomField.name, CustomField.kind, CustomValue.text, CustomField.on_paper)
        .join(CustomValue, CustomValue.field_id == CustomField.id)
        .where(CustomField.noun == noun, owner == owner_id)
        .order_by(CustomField.position, CustomField.name)
    )
    return [
        OwnValue(name, YES_NO.get(text, text) if kind == "yes_no" else text, on_paper)
        for name, kind, text, on_paper in session.execute(query)
    ]


def values_of(store: Store, noun: str, owner_id: str) -> list[OwnValue]:
    with store.read() as session:
        return own_values(session, noun, owner_id)
