"""Not selected: for one or for all who remain, held back for a while, told courteously, and taken back as it was."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
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
from core.text import clean, in_digits, short_day
from core.work.checks import TEXT_LIMIT, employer, find, live_offers, past_day, project_code, rows
from core.work.select import come_to, no_room
from core.work.touch_plans import first_dates

REASONS = (
    "Others showed more of what the project needs",
    "The skills asked for were missing",
    "The answers were not complete",
    "The weeks did not fit",
    "The place was filled before",
)
"""Usual ones, to choose from; what is written stays with us."""
LONGEST_HOLD = 60
_CHUNK = 500
Progress = Callable[[int, int], None]
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
    wanted = list(dict.fromkeys(ids))
    found = _applications(session, wanted)
    offers: dict[str, set[str]] = defaultdict(set)
    for part in _parts(wanted):
        for offer in live_offers(session, today, Offer.application_id.in_(part)):
            offers[offer.application_id].add(offer.status)
    left_out: dict[str, str] = {}
    for application_id in wanted:
        application = found.get(application_id)
        if application is None:
            left_out[application_id] = "no longer in the store"
        elif "accepted" in offers[application_id]:
            left_out[application_id] = "has accepted an offer"
        elif offers[application_id]:
            left_out[application_id] = "has an open offer; withdraw it first"
        elif not states.may(states.APPLICATION, application.status, "not_selected"):
            left_out[application_id] = "waits for no decision"
    return Declinable(tuple(one for one in wanted if one not in left_out), left_out)


def _parts(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(ids), _CHUNK):
        yield ids[start : start + _CHUNK]


def _applications(session: Session, ids: Sequence[str]) -> dict[str, Application]:
    return {one.id: one for part in _parts(ids) for one in rows(session, Application, Application.id.in_(part))}


def decline(
    store: Store,
    application_ids: Sequence[str],
    *,
    reason: str,
    today: date,
    hold_days: int | None = None,
    keep_in_touch: bool = False,
    progress: Progress | None = None,
) -> int:
    """Decides against all of these, as one change; how many. The message is held back `hold_days` (the employer's).

    `keep_in_touch` puts each into the pool in the same move. UserError where none of them can be declined, or a name
    that is still hidden would be told by it. `progress(done, total)` may raise to cancel: then nobody is declined.
    """
    why = clean(reason)
    if len(why) > TEXT_LIMIT:
        raise FieldErrors(
            {"reason": f"The reason has more than {in_digits(TEXT_LIMIT)} characters. Please shorten it."}
        )
    with store.change(Label.APPLICATIONS_DECIDED, reason=why) as session:
        days = employer(session).decline_hold_days if hold_days is None else hold_days
        if not 0 <= days <= LONGEST_HOLD:
            raise FieldErrors({"hold_days": f"Hold the message back for 0 to {LONGEST_HOLD} days."})
        who = _declinable(session, application_ids, today)
        if not who.ids:
            words = next(iter(who.left_out.values()), "nobody is chosen")
            raise UserError(f"Nobody here can be declined: {words}.")
        found = _applications(session, who.ids)
        if keep_in_touch:
            _keep(session, list(found.values()), today)
        with session.no_autoflush:
            for at, application_id in enumerate(who.ids):
                if progress is not None:
                    progress(at, len(who.ids))
                application = found[application_id]
                come_to(session, application, "not_selected", today, why)
                application.hold_until = today + timedelta(days=days - 1)
                application.told_on = None
                store.note_ref(("applications", application_id))
        return len(who.ids)


def is_hidden(session: Session, application: Application) -> bool:
    return bool(hidden_of(session, [application.id]))


def hidden_of(session: Session, ids: Sequence[str]) -> set[str]:
    """Those whose name behind the code is still hidden: scored blind, and neither revealed nor offered anything."""
    scored, offered = select(Rubric.project_id), select(Offer.application_id)
    return {
        one
        for part in _parts(ids)
        for one in session.scalars(
            select(Application.id).where(
                Application.id.in_(part),
                Application.revealed_at.is_(None),
                Application.project_id.in_(scored),
                Application.id.not_in(offered),
            )
        )
    }


def _keep(session: Session, applications: Sequence[Application], today: date) -> None:
    if hidden_of(session, [one.id for one in applications]):
        raise UserError("Who is kept in touch with would tell whose code this is. Reveal the names first.")
    people = {one.candidate_id: one.project_id for one in applications}
    for part in _parts(list(people)):
        there = select(PoolEntry.candidate_id).where(PoolEntry.candidate_id.in_(part), PoolEntry.ended_on.is_(None))
        for candidate_id in session.scalars(there):
            people.pop(candidate_id, None)
    notes = {project_id: _note(session, project_id) for project_id in set(people.values())}
    entries = [
        PoolEntry(
            id=new_id(),
            candidate_id=candidate_id,
            reason=KEPT_BECAUSE,
            began_on=today,
            note=notes[project_id],
            until_graduation=True,
            not_in_exams=True,
        )
        for candidate_id, project_id in people.items()
    ]
    for entry, day in zip(entries, first_dates(session, entries, today=today), strict=True):
        entry.next_touch_on = day
        session.add(entry)


def _note(session: Session, project_id: str) -> str:
    project = find(session, Project, project_id, "project")
    return f"Applied for {project_code(project.number)} {project.title}"


def _keep_no_longer(session: Session, applications: Sequence[Application]) -> None:
    """What the decision put into the pool goes with it, while it stands there as it was put."""
    notes = {project_id: _note(session, project_id) for project_id in {one.project_id for one in applications}}
    made = {(one.candidate_id, one.decided_on, notes[one.project_id]) for one in applications}
    for part in _parts([one.candidate_id for one in applications]):
        kept = (PoolEntry.reason == KEPT_BECAUSE, PoolEntry.ended_on.is_(None), PoolEntry.candidate_id.in_(part))
        for entry in rows(session, PoolEntry, *kept):
            if (entry.candidate_id, entry.began_on, entry.note) in made and entry.every_days is None:
                session.delete(entry)


def take_back(
    store: Store,
    application_ids: Sequence[str],
    *,
    today: date,
    reason: str = "",
    progress: Progress | None = None,
) -> int:
    """Each stands again where it stood before, in its stage; one change. HoldError (told) where one was told already,
    unless `reason` says why. `progress(done, total)` may raise to cancel: then nobody moves.
    """
    with store.change(Label.APPLICATION_MOVED, reason=clean(reason)) as session:
        wanted = list(dict.fromkeys(application_ids))
        there = _applications(session, wanted)
        found = [there.get(one) or find(session, Application, one, "application") for one in wanted]
        told = [one for one in found if one.status == "not_selected" and one.told_on is not None]
        if told and not reason.strip():
            day = short_day(told[0].told_on or today, today)
            raise HoldError("told", f"They were told on {day} that they were not selected. Say why it is taken back.")
        before, stages = _before(session, wanted), _stages(session, {one.project_id for one in found})
        _keep_no_longer(session, [one for one in found if one.told_on is None])
        with session.no_autoflush:
            for at, application in enumerate(found):
                if progress is not None:
                    progress(at, len(found))
                if application.status != "not_selected":
                    raise UserError("This decision was taken back already, or another was made since.")
                status, name = before.get(application.id, ("applied", ""))
                if status != "shortlisted":
                    status = "applied"
                come_to(session, application, status, today, "", stages.get((application.project_id, status, name)))
                store.note_ref(("applications", application.id))
        return len(found)


def filled(store: Store, application_ids: Sequence[str], *, today: date) -> str:
    """Words that the place of some of these is taken by now, so that coming back alone brings no offer; "" else."""
    with store.read() as session:
        projects = {one.project_id for one in _applications(session, application_ids).values()}
        found = (no_room(session, find(session, Project, one, "project"), today) for one in sorted(projects))
        return next((words for words in found if words), "")


def _before(session: Session, ids: Sequence[str]) -> dict[str, tuple[str, str]]:
    """Status and stage's name of each when it was decided."""
    found: dict[str, tuple[str, str]] = {}
    for part in _parts(ids):
        moves = (
            select(ApplicationMove.application_id, ApplicationMove.status, ApplicationMove.stage)
            .where(ApplicationMove.application_id.in_(part), ApplicationMove.status != "not_selected")
            .order_by(ApplicationMove.created_at, ApplicationMove.id)
        )
        for application_id, status, stage in session.execute(moves):
            found[application_id] = (status, stage)
    return found


def _stages(session: Session, project_ids: set[str]) -> dict[tuple[str, str, str], ProjectStage]:
    """By project, status and name."""
    found = rows(session, ProjectStage, ProjectStage.project_id.in_(project_ids))
    return {(one.project_id, one.under, one.name): one for one in found}


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
        query = select(Application.id, Candidate.id).join(Candidate, Candidate.id == Application.candidate_id)
        query = query.where(
            Application.project_id == project_id,
            Application.status == "not_selected",
            Application.told_on.is_(None),
            Application.hold_until.is_not(None),
        )
        if not at_once:
            query = query.where(Application.hold_until < today)
        found = session.execute(query.order_by(Application.code)).all()
        hidden = hidden_of(session, [one for one, _ in found])
        return {person: one for one, person in found if one not in hidden}
