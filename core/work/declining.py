"""Not selected: for one or for all who remain, held back for a while, told courteously, and taken back as it was."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import states
from core.errors import FieldErrors, HoldError, UserError
from core.ids import new_id
from core.model import (
    Application,
    ApplicationMove,
    Candidate,
    Offer,
    PoolEntry,
    Project,
    ProjectStage,
    Rubric,
)
from core.store import Label, Store
from core.text import clean, short_day
from core.work.checks import TEXT_LIMIT, employer, find, live_offers, past_day, project_code, rows
from core.work.select import come_to
from core.work.touch_plans import first_date

REASONS = (
    "Others showed more of what the project needs",
    "The skills asked for were missing",
    "The answers were not complete",
    "The weeks did not fit",
    "The place was filled before",
)
"""Usual ones, to choose from; what is written stays with us."""
LONGEST_HOLD = 60
KEPT_BECAUSE = "applied"
"""The reason of a pool entry for someone who was not chosen and is worth asking again."""


@dataclass(frozen=True, slots=True)
class Declinable:
    """`ids`: those who can be declined now. `left_out`: application to the words for why not."""

    ids: tuple[str, ...]
    left_out: dict[str, str]


def remaining(store: Store, project_id: str, *, today: date) -> Declinable:
    """All of a project who wait for a decision, with those of them who cannot be declined now."""
    with store.read() as session:
        waiting = select(Application.id).where(
            Application.project_id == project_id, Application.status.in_(("applied", "shortlisted"))
        )
        return _declinable(session, list(session.scalars(waiting.order_by(Application.code))), today)


def _declinable(session: Session, ids: Sequence[str], today: date) -> Declinable:
    left_out: dict[str, str] = {}
    good: list[str] = []
    for application_id in dict.fromkeys(ids):
        application = session.get(Application, application_id)
        if application is None:
            left_out[application_id] = "no longer in the store"
            continue
        offers = live_offers(session, today, Offer.application_id == application_id)
        if any(offer.status == "accepted" for offer in offers):
            left_out[application_id] = "has accepted an offer"
        elif offers:
            left_out[application_id] = "has an open offer; withdraw it first"
        elif not states.may(states.APPLICATION, application.status, "not_selected"):
            left_out[application_id] = "waits for no decision"
        else:
            good.append(application_id)
    return Declinable(tuple(good), left_out)


def decline(
    store: Store,
    application_ids: Sequence[str],
    *,
    reason: str,
    today: date,
    hold_days: int | None = None,
    keep_in_touch: bool = False,
) -> int:
    """Decides against all of these, as one change; how many. The message is held back `hold_days` (the employer's).

    `keep_in_touch` puts each into the pool in the same move. UserError where none of them can be declined, or a name
    that is still hidden would be told by it.
    """
    why = clean(reason)
    if len(why) > TEXT_LIMIT:
        raise FieldErrors({"reason": f"The reason has more than {TEXT_LIMIT:,} characters. Please shorten it."})
    with store.change(Label.APPLICATIONS_DECIDED, reason=why) as session:
        days = employer(session).decline_hold_days if hold_days is None else hold_days
        if not 0 <= days <= LONGEST_HOLD:
            raise FieldErrors({"hold_days": f"Hold the message back for 0 to {LONGEST_HOLD} days."})
        who = _declinable(session, application_ids, today)
        if not who.ids:
            words = next(iter(who.left_out.values()), "nobody is chosen")
            raise UserError(f"Nobody here can be declined: {words}.")
        for application_id in who.ids:
            application = find(session, Application, application_id, "application")
            if keep_in_touch:
                _keep(session, application, today)
            come_to(session, application, "not_selected", today, why)
            application.hold_until = today + timedelta(days=days - 1)
            application.told_on = None
            store.note_ref(("applications", application_id))
        return len(who.ids)


def is_hidden(session: Session, application: Application) -> bool:
    """Whether the name behind the code is still hidden: scored blind, and neither revealed nor offered anything."""
    if application.revealed_at is not None:
        return False
    scored = session.scalar(select(Rubric.id).where(Rubric.project_id == application.project_id).limit(1))
    offered = session.scalar(select(Offer.id).where(Offer.application_id == application.id).limit(1))
    return scored is not None and offered is None


def _keep(session: Session, application: Application, today: date) -> None:
    if is_hidden(session, application):
        raise UserError("Who is kept in touch with would tell whose code this is. Reveal the names first.")
    there = rows(
        session, PoolEntry, PoolEntry.candidate_id == application.candidate_id, PoolEntry.ended_on.is_(None)
    )
    if there:
        return
    project = find(session, Project, application.project_id, "project")
    note = f"Applied for {project_code(project.number)} {project.title}"
    entry = PoolEntry(
        id=new_id(), candidate_id=application.candidate_id, reason=KEPT_BECAUSE, began_on=today, note=note
    )
    entry.until_graduation = entry.not_in_exams = True
    entry.next_touch_on = first_date(session, entry, today=today)
    session.add(entry)


def take_back(store: Store, application_ids: Sequence[str], *, today: date, reason: str = "") -> int:
    """Each stands again where it stood before, in its stage; one change. HoldError (told) where one was told already,
    unless `reason` says why.
    """
    with store.change(Label.APPLICATION_MOVED, reason=clean(reason)) as session:
        found = [find(session, Application, one, "application") for one in dict.fromkeys(application_ids)]
        told = [one for one in found if one.status == "not_selected" and one.told_on is not None]
        if told and not reason.strip():
            day = short_day(told[0].told_on or today, today)
            raise HoldError("told", f"They were told on {day} that they were not selected. Say why it is taken back.")
        for application in found:
            if application.status != "not_selected":
                raise UserError("This decision was taken back already, or another was made since.")
            before = _before(session, application)
            stage = None
            if before is not None and before.stage:
                named = rows(session, ProjectStage, ProjectStage.project_id == application.project_id)
                stage = next((s for s in named if s.name == before.stage and s.under == before.status), None)
            status = before.status if before is not None and before.status == "shortlisted" else "applied"
            come_to(session, application, status, today, "", stage if stage and stage.under == status else None)
            store.note_ref(("applications", application.id))
        return len(found)


def _before(session: Session, application: Application) -> ApplicationMove | None:
    """Where it stood when it was decided."""
    query = (
        select(ApplicationMove)
        .where(ApplicationMove.application_id == application.id)
        .order_by(ApplicationMove.created_at.desc(), ApplicationMove.id.desc())
    )
    moves = list(session.scalars(query))
    return next((one for one in moves if one.status != "not_selected"), None)


def told(store: Store, application_ids: Sequence[str], *, today: date, on: date | None = None) -> int:
    """The message went, as the person says. Who was told before keeps that day."""
    day = past_day(on, today, "Told")
    count = 0
    with store.change(Label.APPLICANTS_TOLD) as session:
        for application_id in dict.fromkeys(application_ids):
            application = find(session, Application, application_id, "application")
            if application.status == "not_selected" and application.told_on is None:
                application.told_on = day
                count += 1
                store.note_ref(("applications", application_id))
    return count


def to_tell(store: Store, project_id: str, *, today: date, at_once: bool = False) -> dict[str, str]:
    """Candidate to application of those who were declined here and not told: held ones only with `at_once`.

    None whose name is still hidden.
    """
    with store.read() as session:
        query = select(Application, Candidate.id).join(Candidate, Candidate.id == Application.candidate_id)
        query = query.where(
            Application.project_id == project_id,
            Application.status == "not_selected",
            Application.told_on.is_(None),
            Application.hold_until.is_not(None),
        )
        if not at_once:
            query = query.where(Application.hold_until < today)
        found = session.execute(query.order_by(Application.code)).all()
        return {person: one.id for one, person in found if not is_hidden(session, one)}
