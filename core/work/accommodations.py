"""What someone asked for so that they can take part, and what was agreed.

Apart from all else: on no list, no print, no search and in no table that leaves. 29 CFR 1602.14 has the requests kept
for a year from the record or the action, whichever is later.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from core.ids import new_id
from core.model import Accommodation, Candidate
from core.store import Label, Store
from core.work.checks import Problems, find, rows, tidy


@dataclass(frozen=True, kw_only=True)
class AccommodationDraft:
    """`request`: what they asked for, in their words; never a diagnosis."""

    candidate_id: str | None = None
    asked_on: date | None = None
    request: str = ""
    agreed: str = ""
    agreed_on: date | None = None
    ended_on: date | None = None


@dataclass(frozen=True, slots=True)
class Noted:
    """One that stands in the log."""

    id: str
    asked_on: date
    request: str
    agreed: str
    agreed_on: date | None
    ended_on: date | None


COLUMNS = ("asked_on", "request", "agreed", "agreed_on", "ended_on")


def accommodations(store: Store, candidate_id: str) -> list[Noted]:
    """The latest asked for first."""
    with store.read() as session:
        found = rows(session, Accommodation, Accommodation.candidate_id == candidate_id)
        noted = [Noted(row.id, *(getattr(row, name) for name in COLUMNS)) for row in found]
    return sorted(noted, key=lambda one: (one.asked_on, one.id), reverse=True)


def accommodation_draft(store: Store, row_id: str) -> AccommodationDraft:
    with store.read() as session:
        row = find(session, Accommodation, row_id, "note")
        return AccommodationDraft(candidate_id=row.candidate_id, **{name: getattr(row, name) for name in COLUMNS})


def add_accommodation(store: Store, draft: AccommodationDraft, *, today: date) -> str:
    """FieldErrors name the draft's fields. Without a day, it was asked for today."""
    row_id = new_id()
    with store.change(Label.ACCOMMODATION_CHANGED) as session:
        candidate = find(session, Candidate, draft.candidate_id, "candidate")
        store.note_ref(("candidates", candidate.id))
        row = Accommodation(id=row_id, candidate_id=candidate.id)
        _write(row, _checked(draft, today))
        session.add(row)
    return row_id


def change_accommodation(store: Store, row_id: str, draft: AccommodationDraft, *, today: date) -> str:
    with store.change(Label.ACCOMMODATION_CHANGED) as session:
        row = find(session, Accommodation, row_id, "note")
        store.note_ref(("candidates", row.candidate_id))
        _write(row, _checked(draft, today))
    return row_id


def remove_accommodation(store: Store, row_id: str, *, today: date) -> None:
    """Undo brings it back."""
    with store.change(Label.ACCOMMODATION_CHANGED) as session:
        row = find(session, Accommodation, row_id, "note")
        store.note_ref(("candidates", row.candidate_id))
        session.delete(row)


def _checked(draft: AccommodationDraft, today: date) -> AccommodationDraft:
    problems = Problems()
    draft = tidy(draft, problems, long=("request", "agreed"), required={"request": "Say what they asked for."})
    asked_on = draft.asked_on or today
    problems.when(asked_on > today, "asked_on", "That day is still to come. Give the day on which they asked.")
    for name in ("agreed_on", "ended_on"):
        on = getattr(draft, name)
        problems.when(on is not None and on < asked_on, name, "That is before they asked. Check the days.")
    agreed_later = draft.agreed_on is not None and draft.agreed_on > today
    problems.when(agreed_later, "agreed_on", "That day is still to come. Leave it empty until it is agreed.")
    problems.when(draft.agreed_on is not None and not draft.agreed, "agreed", "Say what was agreed.")
    problems.raise_if_any()
    return replace(draft, asked_on=asked_on)


def _write(row: Accommodation, draft: AccommodationDraft) -> None:
    for name in COLUMNS:
        setattr(row, name, getattr(draft, name))
