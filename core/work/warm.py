"""What keeps people warm: contacts made and planned, the pool, what followed, and what they agreed to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy.orm import Session

from core.errors import FieldErrors, UserError
from core.ids import new_id
from core.model import Candidate, Consent, Engagement, Outcome, PoolEntry, Project, School, Touch, words
from core.store import Label, Store
from core.text import short_day
from core.work.checks import MONEY_LIMIT, Problems, find, known, past_day, rows, tidy

GONE = "That one is no longer in the store. Choose another."


@dataclass(frozen=True, kw_only=True)
class TouchDraft:
    """`kind`: call, mail, meeting, invitation, fair, note. `on`: the day it was made, or is planned for."""

    candidate_id: str | None = None
    kind: str = "mail"
    on: date | None = None
    text: str = ""
    project_id: str | None = None


def add_touch(store: Store, draft: TouchDraft, *, today: date, planned_id: str | None = None) -> str:
    """Log a contact made. `planned_id`: the planned one that it fulfils. The pool's next date moves on with it."""
    made_on = past_day(draft.on, today, "Made")
    with store.change(Label.TOUCH_ADDED) as session:
        draft = _checked_touch(session, draft)
        touch = Touch(id=new_id()) if planned_id is None else find(session, Touch, planned_id, "planned contact")
        if touch.made_on is not None:
            raise UserError("This contact is logged already.")
        _write_touch(touch, draft, store.me)
        touch.made_on = made_on
        session.add(touch)
        _move_pool_date(session, touch.candidate_id, made_on)
        store.note_ref(("candidates", touch.candidate_id))
        return touch.id


def plan_touch(store: Store, draft: TouchDraft, *, today: date) -> str:
    """A contact to make on a day from today on."""
    with store.change(Label.TOUCH_PLANNED) as session:
        draft = _checked_touch(session, draft)
        if draft.on is None or draft.on < today:
            raise FieldErrors({"on": "Say when: today or a later day."})
        touch = Touch(id=new_id())
        _write_touch(touch, draft, store.me)
        touch.planned_on = draft.on
        session.add(touch)
        store.note_ref(("candidates", touch.candidate_id))
        return touch.id


def drop_planned_touch(store: Store, touch_id: str, *, today: date) -> None:
    with store.change(Label.TOUCH_PLANNED) as session:
        touch = find(session, Touch, touch_id, "planned contact")
        if touch.made_on is not None:
            raise UserError("This contact was made, so it stays. Undo takes it back.")
        store.note_ref(("candidates", touch.candidate_id))
        session.delete(touch)


def _checked_touch(session: Session, draft: TouchDraft) -> TouchDraft:
    problems = Problems()
    draft = tidy(draft, problems, long=("text",))
    problems.when(draft.candidate_id is None, "candidate_id", "Say with whom.")
    known(session, Candidate, draft.candidate_id, problems, "candidate_id", GONE)
    known(session, Project, draft.project_id, problems, "project_id", GONE)
    problems.one_of("kind", draft.kind, words.TOUCH_KINDS)
    problems.raise_if_any()
    return draft


def _write_touch(touch: Touch, draft: TouchDraft, me: str | None) -> None:
    touch.candidate_id = draft.candidate_id or ""
    touch.kind, touch.text, touch.project_id, touch.colleague_id = draft.kind, draft.text, draft.project_id, me


def _move_pool_date(session: Session, candidate_id: str, made_on: date) -> None:
    for entry in rows(session, PoolEntry, PoolEntry.candidate_id == candidate_id, PoolEntry.ended_on.is_(None)):
        if entry.every_days:
            following = made_on + timedelta(days=entry.every_days)
            if entry.next_touch_on is None or following > entry.next_touch_on:
                entry.next_touch_on = following
        elif entry.next_touch_on is not None and entry.next_touch_on <= made_on:
            entry.next_touch_on = None


@dataclass(frozen=True, kw_only=True)
class PoolDraft:
    """`year`, `rank`, `of_count`: 2nd of 14 for the internship 2026. `every_days`: how often to be in touch."""

    candidate_id: str | None = None
    reason: str = "near_miss_intern"
    year: int | None = None
    rank: int | None = None
    of_count: int | None = None
    began_on: date | None = None
    every_days: int | None = None
    next_touch_on: date | None = None
    note: str = ""


POOL_COLUMNS = ("reason", "year", "rank", "of_count", "every_days", "next_touch_on", "note")


def enter_pool(store: Store, draft: PoolDraft, *, today: date) -> str:
    problems = Problems()
    draft = tidy(draft, problems, long=("note",))
    problems.one_of("reason", draft.reason, words.POOL_REASONS)
    year = draft.year
    problems.when(year is not None and not 1990 <= year <= today.year + 5, "year", "Check the year.")
    problems.when(draft.rank is not None and draft.rank < 1, "rank", "A rank is 1 or more.")
    if draft.rank is not None and draft.of_count is not None and draft.rank > draft.of_count:
        problems.add("rank", f"Rank {draft.rank} of {draft.of_count} cannot be. Check both.")
    problems.when(
        draft.every_days is not None and not 1 <= draft.every_days <= 730, "every_days", "Every 1 to 730 days."
    )
    problems.when(draft.began_on is not None and draft.began_on > today, "began_on", "That day is still to come.")
    with store.change(Label.POOL_ENTERED) as session:
        problems.when(draft.candidate_id is None, "candidate_id", "Say who.")
        known(session, Candidate, draft.candidate_id, problems, "candidate_id", GONE)
        there = rows(
            session, PoolEntry, PoolEntry.candidate_id == draft.candidate_id, PoolEntry.ended_on.is_(None),
            PoolEntry.reason == draft.reason,
        )  # fmt: skip
        said = words.POOL_REASONS.get(draft.reason, "")
        problems.when(any(e.year == draft.year for e in there), "reason", f"In the pool already: {said}.")
        problems.raise_if_any()
        entry = PoolEntry(id=new_id(), candidate_id=draft.candidate_id or "", began_on=draft.began_on or today)
        for name in POOL_COLUMNS:
            setattr(entry, name, getattr(draft, name))
        if entry.next_touch_on is None and entry.every_days:
            entry.next_touch_on = today + timedelta(days=entry.every_days)
        session.add(entry)
        store.note_ref(("candidates", entry.candidate_id))
        return entry.id


def set_next_touch(store: Store, entry_id: str, day: date | None, *, today: date) -> str:
    """When to be in touch next with someone in the pool; None: no day."""
    if day is not None and day < today:
        raise FieldErrors({"next_touch_on": "Choose today or a later day."})
    with store.change(Label.TOUCH_PLANNED) as session:
        entry = find(session, PoolEntry, entry_id, "pool entry")
        entry.next_touch_on = day
        store.note_ref(("candidates", entry.candidate_id))
    return entry_id


def leave_pool(store: Store, entry_id: str, *, today: date, on: date | None = None) -> str:
    ended_on = past_day(on, today, "Left")
    with store.change(Label.POOL_LEFT) as session:
        entry = find(session, PoolEntry, entry_id, "pool entry")
        if entry.ended_on is not None:
            raise UserError(f"This entry ended on {short_day(entry.ended_on)} already.")
        if ended_on < entry.began_on:
            raise FieldErrors({"on": f"It began on {short_day(entry.began_on)}; give that day or a later one."})
        entry.ended_on, entry.next_touch_on = ended_on, None
        store.note_ref(("candidates", entry.candidate_id))
    return entry_id


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
