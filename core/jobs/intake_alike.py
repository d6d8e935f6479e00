"""A row of a file beside those whom it may be about, so that a person can say whether they are one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from core.errors import UserError
from core.jobs.intake_plan import ImportPlan, worded
from core.jobs.intake_rows import as_candidate
from core.store import Store
from core.text import fold, month
from core.work import gather
from core.work.candidates import CandidateDraft
from core.work.overlay import ANOTHER_ROW

_FACTS = (
    ("Name", "name"), ("E-mail", "emails"), ("Phone", "phone"), ("School", "school_name"),
    ("Student number", "student_number"), ("Major", "major"), ("Class year", "class_year"),
    ("Graduates", "graduates_on"), ("Source", "source"), ("First contact", "first_contact_on"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fact:
    """`there`: what is known of each of those it may be. `agree`: of each, whether it says the same as the row."""

    words: str
    here: str
    there: tuple[str, ...]
    agree: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class Beside:
    """`people`: id, name and why. Facts that nobody has are left out."""

    line: int
    people: tuple[tuple[str, str, str], ...]
    facts: tuple[Fact, ...]


def beside(store: Store, plan: ImportPlan, place: int, *, today: date) -> Beside | None:
    """What the row and those whom it may be about say of themselves; None where it resembles nobody."""
    row = plan.rows[place]
    if not row.likely:
        return None
    here = as_candidate(plan.parsed[place].row)
    people, drafts = [], []
    for one in row.likely:
        try:
            drafts.append(_draft(store, plan, one.candidate_id, today))
        except UserError:
            continue  # removed since
        people.append((one.candidate_id, one.name, one.why))
    facts = []
    for words, name in _FACTS:
        mine, theirs = _said(here, name), [_said(one, name) for one in drafts]
        if mine or any(theirs):
            agree = tuple(bool(mine) and fold(mine) == fold(one) for one in theirs)
            facts.append(Fact(words, mine, tuple(theirs), agree))
    return Beside(row.line, tuple(people), tuple(facts)) if people else None


def _draft(store: Store, plan: ImportPlan, known: str, today: date) -> CandidateDraft:
    if known.startswith(ANOTHER_ROW):
        return as_candidate(plan.parsed[int(known.removeprefix(ANOTHER_ROW))].row)
    return gather.candidate_draft(store, known, today=today)


def _said(draft: CandidateDraft, name: str) -> str:
    if name == "name":
        return f"{draft.first_name} {draft.last_name}".strip()
    if name == "graduates_on":
        return month(draft.graduates_on) if draft.graduates_on else ""
    return worded(getattr(draft, name))
