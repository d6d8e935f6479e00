"""Candidates come in: one by one, or many from a file in one change."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.errors import FieldErrors, UserError
from core.ids import new_id
from core.model import Candidate, Payment
from core.store import Label, Store
from core.text import plural
from core.work import candidates
from core.work.candidates import (
    BlackoutDraft,
    CandidateDraft,
    Known,
    LanguageDraft,
    Parts,
    SkillDraft,
    candidate_draft,
)
from core.work.checks import find, next_number
from core.work.duplicates import duplicates_of, set_apart, sharers
from core.work.hanging import hanging
from core.work.schools import (
    SchoolContactDraft,
    SchoolDraft,
    SchoolIndex,
    SchoolPeriodDraft,
    add_school,
    change_school,
    find_school,
    school_draft,
)
from core.work.taking_in import Imported, add_candidates
from core.work.touch_plans import keep_to_calendar

__all__ = [
    "BlackoutDraft",
    "CandidateDraft",
    "Imported",
    "LanguageDraft",
    "SchoolContactDraft",
    "SchoolDraft",
    "SchoolPeriodDraft",
    "SkillDraft",
    "add_candidate",
    "add_candidates",
    "add_school",
    "candidate_draft",
    "change_candidate",
    "change_school",
    "duplicates_of",
    "find_school",
    "remove_candidate",
    "school_draft",
]


def add_candidate(store: Store, draft: CandidateDraft, *, today: date, apart_from: Sequence[str] = ()) -> str:
    """FieldErrors name the draft's fields. Without a day of first contact, today is it.

    `apart_from`: candidates of whom a person said that they are someone else; with them an address may be shared.
    """
    draft = candidates.checked(draft, today=today)
    if draft.first_contact_on is None:
        draft = replace(draft, first_contact_on=today)
    candidate_id = new_id()
    with store.change(Label.CANDIDATE_ADDED, ("candidates", candidate_id)) as session:
        _refuse_shared_email(session, draft.emails, None, apart_from)
        school = candidates.settle_school(draft, SchoolIndex(session))
        candidate = Candidate(id=candidate_id, number=next_number(session, Candidate))
        candidates.write(session, candidate, draft, school, Parts(), Known(session), today=today)
        session.add(candidate)
        set_apart(session, candidate_id, apart_from)
    return candidate_id


def change_candidate(
    store: Store, candidate_id: str, draft: CandidateDraft, *, today: date, apart_from: Sequence[str] = ()
) -> str:
    draft = candidates.checked(draft, today=today)
    with store.change(Label.CANDIDATE_CHANGED, ("candidates", candidate_id)) as session:
        candidate = find(session, Candidate, candidate_id, "candidate")
        _refuse_shared_email(session, draft.emails, candidate_id, apart_from)
        set_apart(session, candidate_id, apart_from)
        school = candidates.settle_school(draft, SchoolIndex(session))
        parts = candidates.parts_of(session, candidate_id)
        candidates.write(session, candidate, draft, school, parts, Known(session), today=today)
        keep_to_calendar(session, [candidate_id], today=today)
    return candidate_id


def _refuse_shared_email(
    session: Session, emails: Sequence[str], own_id: str | None, apart_from: Collection[str]
) -> None:
    """An address belongs to one person, as an import finds people by it, until someone says that two share it."""
    for other in sharers(session, emails, own_id):
        if other.candidate_id not in apart_from:
            raise FieldErrors(
                {
                    "emails": f"{other.address} belongs to {other.name}, who is in the store already. "
                    "Add to them if it is the same person, or say that they are two who share it."
                }
            )


def remove_candidate(store: Store, candidate_id: str, *, today: date) -> None:
    """Take someone out with all that hangs on them; undo brings it all back. Refused where money went to them."""
    with store.change(Label.CANDIDATE_REMOVED, ("candidates", candidate_id)) as session:
        candidate = find(session, Candidate, candidate_id, "candidate")
        paid = session.scalar(select(func.count()).select_from(Payment).where(Payment.candidate_id == candidate_id))
        if paid:
            raise UserError(
                f"{candidate.name} has {plural(paid, 'payment')} on record. Payments are kept for tax and hiring "
                "records, and the person they went to with them, so this candidate stays."
            )
        for row in hanging(session, "candidates", [candidate_id]).values():
            session.delete(row)
        session.delete(candidate)
