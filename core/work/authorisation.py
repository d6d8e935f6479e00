"""Work authorisation: noted after an offer only, and a kick-off outside its window waits or says why.

F-1 students need CPT or OPT before work starts (sandiego.edu/international). Foothold holds and asks; it decides
nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from core import window
from core.errors import FieldErrors, HoldError, UserError
from core.ids import new_id
from core.model import Application, Candidate, Engagement, Offer, WorkAuthorisation, words
from core.store import Label, Store
from core.text import short_day
from core.work.checks import Problems, find
from core.work.engaged import long_text

RULE = "authorisation"
COLUMNS = ("kind", "starts_on", "ends_on", "seen_on")


@dataclass(frozen=True, kw_only=True)
class AuthorisationDraft:
    """`kind`: a key of words.AUTHORISATION_KINDS; both days of the window are in it; `seen_on`: the paper was seen."""

    candidate_id: str | None = None
    kind: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    seen_on: date | None = None


def set_authorisation(store: Store, draft: AuthorisationDraft, *, today: date) -> str:
    """Refused before an offer went to the person: until then nobody may be asked about it here."""
    problems = Problems()
    if draft.kind not in words.AUTHORISATION_KINDS:
        problems.add("kind", "Choose what kind it is.")
    if draft.starts_on is not None and draft.ends_on is not None and draft.ends_on < draft.starts_on:
        problems.add("ends_on", f"The window ends before it starts on {short_day(draft.starts_on)}.")
    if draft.seen_on is not None and draft.seen_on > today:
        problems.add("seen_on", f"{short_day(draft.seen_on)} is still to come.")
    problems.raise_if_any()
    with store.change(Label.AUTHORISATION_CHANGED) as session:
        candidate = find(session, Candidate, draft.candidate_id, "candidate")
        store.note_ref(("candidates", candidate.id))
        if not was_offered(session, candidate.id):
            raise UserError("Work authorisation is noted after an offer was sent, and not before.")
        row = authorisation_of(session, candidate.id) or WorkAuthorisation(id=new_id(), candidate_id=candidate.id)
        if any(getattr(row, column) != getattr(draft, column) for column in ("kind", "starts_on", "ends_on")):
            _ask_anew(session, candidate.id)
        for column in COLUMNS:
            setattr(row, column, getattr(draft, column))
        session.add(row)
        return row.id


def _ask_anew(session: Session, candidate_id: str) -> None:
    """Why work went on outside one window says nothing of another; the reason stays in the history."""
    at_work = select(Engagement).where(
        Engagement.candidate_id == candidate_id, Engagement.status.in_(("agreed", "running"))
    )
    for engagement in session.scalars(at_work):
        engagement.hold_reason = ""


def authorisation_draft(store: Store, candidate_id: str) -> AuthorisationDraft:
    with store.read() as session:
        row = authorisation_of(session, candidate_id)
        values = {column: getattr(row, column) for column in COLUMNS} if row is not None else {}
        return AuthorisationDraft(candidate_id=candidate_id, **values)


def was_offered(session: Session, candidate_id: str) -> bool:
    query = (
        select(Offer.id)
        .join(Application, Application.id == Offer.application_id)
        .where(
            Application.candidate_id == candidate_id,
            or_(Offer.sent_on.is_not(None), Offer.status.in_(("sent", "accepted", "declined"))),
        )
    )
    return session.scalar(query.limit(1)) is not None


def authorisation_of(session: Session, candidate_id: str) -> WorkAuthorisation | None:
    query = select(WorkAuthorisation).where(WorkAuthorisation.candidate_id == candidate_id)
    return session.scalars(query.order_by(WorkAuthorisation.created_at.desc(), WorkAuthorisation.id).limit(1)).first()


def outside(session: Session, engagement: Engagement, first: date, last: date) -> str | None:
    """As core.window has it."""
    row = authorisation_of(session, engagement.candidate_id)
    if row is None:
        person = session.get_one(Candidate, engagement.candidate_id)
        return window.unnoted(person.may_work, person.needs_sponsorship)
    kind = words.AUTHORISATION_KINDS.get(row.kind, row.kind)
    return window.outside(row.kind, kind, row.starts_on, row.ends_on, first, last)


def hold_words(session: Session, engagement: Engagement) -> str | None:
    """Why the kick-off is held, or None: the window covers it, no need is known, or a colleague wrote why."""
    if engagement.hold_reason or engagement.status not in ("agreed", "running"):
        return None
    first = engagement.started_on or engagement.kick_off_on
    return outside(session, engagement, first, engagement.due_on)


def hold(session: Session, engagement: Engagement, first: date, last: date, reason: str) -> None:
    """HoldError (authorisation) where the window does not cover it and no reason is given; the reason is kept."""
    said = outside(session, engagement, first, last)
    if said is None:
        return
    why = long_text("why", reason)
    if not why:
        raise HoldError(RULE, f"{said} Note or mend the window, or write why it goes on all the same.")
    before = engagement.hold_reason
    engagement.hold_reason = why if not before or before == why else f"{before}\n{why}"


def check_noted(row: WorkAuthorisation | None) -> None:
    """FieldErrors where someone ticks that it was checked though nothing is noted."""
    if row is None:
        raise FieldErrors({"checks": "No work authorisation is noted. Note it first, also where none is needed."})
