"""Two who may be one person, side by side, and what would come along; nothing of how a blind project went."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.errors import UserError
from core.model import Application, Candidate, Document, Engagement, Payment, Touch
from core.model.words import DAY_PARTS, YES_NO
from core.store import Store
from core.text import fold, month, plural, short_day
from core.work.candidates import GRID_MARKS, CandidateDraft, candidate_draft
from core.work.custom_fields import FieldIndex, value_text
from core.work.merging import CUSTOM


@dataclass(frozen=True, slots=True)
class Fact:
    """A field in which the two differ. `key`: of core.work.merging; `both`: whether both may be kept."""

    key: str
    words: str
    keep: str
    other: str
    both: bool


@dataclass(frozen=True, slots=True)
class TwoSides:
    """`along`: what comes along from the other, counted; `shared`: what becomes of projects that both applied to."""

    keep: str
    other: str
    facts: tuple[Fact, ...]
    along: str
    shared: str


def side_by_side(store: Store, keep_id: str, other_id: str, *, today: date) -> TwoSides:
    """UserError where one of them is no longer there."""
    mine, theirs = (candidate_draft(store, one, today=today) for one in (keep_id, other_id))
    with store.read() as session:
        one, other = session.get(Candidate, keep_id), session.get(Candidate, other_id)
        if one is None or other is None:
            raise UserError("One of the two is no longer in the store. It was removed, or merged already.")
        facts = []
        said, there = _said(mine, today), _said(theirs, today)
        for key, words, both in _FACTS:
            if fold(said[key]) != fold(there[key]):
                facts.append(Fact(key, words, said[key], there[key], both))
        for field in FieldIndex(session, "candidates").by_id.values():
            texts = [value_text(field, text) if (text := one.custom.get(field.id)) else "" for one in (mine, theirs)]
            if fold(texts[0]) != fold(texts[1]):
                facts.append(Fact(CUSTOM + field.id, field.name, texts[0], texts[1], both=False))
        return TwoSides(
            _head(one), _head(other), tuple(facts), _along(session, other_id), _shared(session, keep_id, other_id)
        )


def pair_names(store: Store, pairs: Sequence[tuple[str, str]]) -> dict[tuple[str, str], tuple[str, str]]:
    """The two names of each pair that is still there, with their numbers, as names may be the same."""
    ids = list({one for pair in pairs for one in pair})
    with store.read() as session:
        found = {row.id: _head(row) for row in session.scalars(select(Candidate).where(Candidate.id.in_(ids)))}
    return {pair: (found[pair[0]], found[pair[1]]) for pair in pairs if pair[0] in found and pair[1] in found}


_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_FACTS = (
    ("first_name", "First name", False),
    ("last_name", "Last name", False),
    ("nickname", "Called", False),
    ("emails", "E-mail", True),
    ("phone", "Phone", False),
    ("study", "School", True),
    ("class_year", "Class year", False),
    ("skills", "Skills", True),
    ("languages", "Languages", True),
    ("hours_a_week", "Hours a week", False),
    ("free_grid", "Free in the week", False),
    ("blackouts", "Not free", True),
    ("tags", "Tags", True),
    ("links", "Links", True),
    ("source", "Source", False),
    ("may_work", "May work", False),
    ("needs_sponsorship", "Needs sponsorship", False),
    ("notes", "Notes", True),
)


def _said(draft: CandidateDraft, today: date) -> dict[str, str]:
    graduates = f"graduates {month(draft.graduates_on)}" if draft.graduates_on else ""
    number = f"student no. {draft.student_number}" if draft.student_number else ""
    study = ", ".join(filter(None, (draft.school_name, number, draft.major, draft.degree_level, graduates)))
    skills = [one.name + (f" {one.level}" if one.level else "") for one in draft.skills]
    languages = [f"{one.language} {one.level}".strip() for one in draft.languages]
    away = [
        f"{short_day(one.starts_on, today)} – {short_day(one.ends_on, today)}"
        for one in draft.blackouts
        if one.starts_on and one.ends_on
    ]
    return {
        "first_name": draft.first_name,
        "last_name": draft.last_name,
        "nickname": draft.nickname,
        "emails": "\n".join(draft.emails),
        "phone": draft.phone,
        "study": study,
        "class_year": str(draft.class_year or ""),
        "skills": ", ".join(sorted(skills)),
        "languages": ", ".join(sorted(languages)),
        "hours_a_week": str(draft.hours_a_week or ""),
        "free_grid": _week(draft.free_grid),
        "blackouts": ", ".join(away),
        "tags": ", ".join(draft.tags),
        "links": "\n".join(draft.links),
        "source": draft.source,
        "may_work": str(YES_NO.get(draft.may_work, "")),
        "needs_sponsorship": str(YES_NO.get(draft.needs_sponsorship, "")),
        "notes": draft.notes,
    }


def _week(grid: str) -> str:
    """Day by day, as two weeks of the same length of time may differ in every part."""
    if len(grid) != GRID_MARKS:
        return ""
    said = []
    for at, day in enumerate(_DAYS):
        marks = grid[at * len(DAY_PARTS) : (at + 1) * len(DAY_PARTS)]
        if free := [part for part, mark in zip(DAY_PARTS, marks, strict=True) if mark == "1"]:
            said.append(f"{day} {', '.join(free)}")
    return "; ".join(said) or "never"


def _head(row: Candidate) -> str:
    return f"{row.name} · no. {row.number}"


def _along(session: Session, other_id: str) -> str:
    parts = []
    for kind, one in (
        (Application, "application"),
        (Engagement, "engagement"),
        (Payment, "payment"),
        (Touch, "contact"),
    ):
        count = session.scalar(select(func.count()).select_from(kind).where(kind.candidate_id == other_id)) or 0
        if count:
            parts.append(plural(count, one))
    kept = select(func.count()).select_from(Document)
    count = session.scalar(kept.where(Document.noun == "candidates", Document.owner_id == other_id)) or 0
    if count:
        parts.append(plural(count, "file"))
    return ", ".join(parts)


def _shared(session: Session, keep_id: str, other_id: str) -> str:
    mine = select(Application.project_id).where(Application.candidate_id == keep_id)
    query = select(func.count()).select_from(Application)
    count = session.scalar(query.where(Application.candidate_id == other_id, Application.project_id.in_(mine))) or 0
    if not count:
        return ""
    return (
        f"Both applied to {plural(count, 'same project', 'same projects')}: the application that came further stays, "
        "with the answers and scores that only the other has."
    )
