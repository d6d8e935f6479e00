"""What keeps people warm: contacts, the pool, what followed, and what they agreed to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from core.errors import FieldErrors, UserError
from core.ids import new_id
from core.model import Candidate, Consent, Engagement, Outcome, PoolEntry, School, words
from core.store import Label, Store
from core.text import short_day
from core.work.checks import MONEY_LIMIT, Problems, find, known, past_day, rows, tidy
from core.work.pool import PoolDraft, change_pool, enter_pool, leave_pool, pool_draft, set_next_touch
from core.work.touches import (
    TouchDraft,
    add_touch,
    add_touches,
    change_touch,
    drop_planned_touch,
    plan_touch,
    remove_touch,
    touch_draft,
)

__all__ = [
    "ConsentDraft",
    "OutcomeDraft",
    "PoolDraft",
    "TouchDraft",
    "add_consent",
    "add_outcome",
    "add_touch",
    "add_touches",
    "change_pool",
    "change_touch",
    "drop_planned_touch",
    "enter_pool",
    "leave_pool",
    "plan_touch",
    "pool_draft",
    "remove_touch",
    "set_next_touch",
    "touch_draft",
    "withdraw_consent",
]

GONE = "That one is no longer in the store. Choose another."


@dataclass(frozen=True, kw_only=True)
class OutcomeDraft:
    """`kind`: project, internship, part_time, full_time. `salary` in cents a year. `offered_on`: today unless said."""

    candidate_id: str | None = None
    engagement_id: str | None = None
    kind: str = "internship"
    offered_on: date | None = None
    accepted_on: date | None = None
    starts_on: date | None = None
    place: str = ""
    salary: int | None = None


def add_outcome(store: Store, draft: OutcomeDraft, *, today: date) -> str:
    problems = Problems()
    draft = tidy(draft, problems)
    problems.one_of("kind", draft.kind, words.OUTCOME_KINDS)
    offered_on = draft.offered_on or today
    problems.when(offered_on > today, "offered_on", "That day is still to come.")
    accepted_on = draft.accepted_on
    if accepted_on is not None:
        problems.when(accepted_on > today, "accepted_on", "That day is still to come.")
        problems.when(accepted_on < offered_on, "accepted_on", "It was accepted before it was offered. Check the days.")
    salary = draft.salary
    problems.when(salary is not None and not 0 <= salary <= MONEY_LIMIT, "salary", "Check the salary a year.")
    with store.change(Label.OUTCOME_ADDED) as session:
        problems.when(draft.candidate_id is None, "candidate_id", "Say who.")
        known(session, Candidate, draft.candidate_id, problems, "candidate_id", GONE)
        engagement = known(session, Engagement, draft.engagement_id, problems, "engagement_id", GONE)
        if engagement is not None and engagement.candidate_id != draft.candidate_id:
            problems.add("engagement_id", "That was somebody else’s engagement.")
        problems.raise_if_any()
        outcome = Outcome(id=new_id(), candidate_id=draft.candidate_id or "", offered_on=offered_on)
        for name in ("engagement_id", "kind", "accepted_on", "starts_on", "place", "salary"):
            setattr(outcome, name, getattr(draft, name))
        session.add(outcome)
        if outcome.kind in ("internship", "part_time", "full_time") and accepted_on is not None:
            # Who works here is not written to by a plan; after an internship the next contact begins it anew.
            for entry in rows(session, PoolEntry, PoolEntry.candidate_id == outcome.candidate_id):
                entry.next_touch_on = None
        store.note_ref(("candidates", outcome.candidate_id))
        return outcome.id


@dataclass(frozen=True, kw_only=True)
class ConsentDraft:
    """FERPA's four elements: signed and dated; which records; what for; to whom (the school). `until`: last day."""

    candidate_id: str | None = None
    school_id: str | None = None
    signed_on: date | None = None
    records: str = ""
    purpose: str = ""
    until: date | None = None


def add_consent(store: Store, draft: ConsentDraft, *, today: date) -> str:
    problems = Problems()
    needed = {
        "records": "Say which records may be shared.",
        "purpose": "Say what they may be shared for.",
    }
    draft = tidy(draft, problems, long=("records", "purpose"), required=needed)
    signed_on = draft.signed_on
    problems.when(signed_on is None, "signed_on", "Give the day on which it was signed.")
    if signed_on is not None:
        problems.when(signed_on > today, "signed_on", "That day is still to come.")
        ends_first = draft.until is not None and draft.until < signed_on
        problems.when(ends_first, "until", "It ends before it was signed. Check the days.")
    with store.change(Label.CONSENT_ADDED) as session:
        problems.when(draft.candidate_id is None, "candidate_id", "Say who signed.")
        problems.when(draft.school_id is None, "school_id", "Say with which school the records may be shared.")
        known(session, Candidate, draft.candidate_id, problems, "candidate_id", GONE)
        known(session, School, draft.school_id, problems, "school_id", GONE)
        problems.raise_if_any()
        consent = Consent(
            id=new_id(),
            candidate_id=draft.candidate_id or "",
            school_id=draft.school_id or "",
            signed_on=signed_on,
            records=draft.records,
            purpose=draft.purpose,
            until=draft.until,
        )
        session.add(consent)
        store.note_ref(("candidates", consent.candidate_id))
        return consent.id


def withdraw_consent(store: Store, consent_id: str, *, today: date, on: date | None = None) -> str:
    withdrawn_on = past_day(on, today, "Withdrawn")
    with store.change(Label.CONSENT_WITHDRAWN) as session:
        consent = find(session, Consent, consent_id, "consent")
        if consent.withdrawn_on is not None:
            raise UserError(f"This consent was withdrawn on {short_day(consent.withdrawn_on)} already.")
        if withdrawn_on < consent.signed_on:
            raise FieldErrors({"on": f"It was signed on {short_day(consent.signed_on)}; give that day or a later one."})
        consent.withdrawn_on = withdrawn_on
        store.note_ref(("candidates", consent.candidate_id))
    return consent_id
