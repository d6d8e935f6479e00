"""Days that belong into a calendar: kick-offs, due days, milestones, last days to apply and to answer, talks, touches.

Each has an identifier for life and a number that goes up with each change of what it says, so that a file that is taken
in again changes what is there and adds nothing twice (RFC 5545, 3.8.4.7 and 3.8.7.4). What is private is not in it: no
reason of anyone's hours, no accommodation, no note, and nobody who stands under a code.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from core.insight.calendar_gone import gone_days
from core.insight.keeping import open_to
from core.insight.parts import among
from core.model import (
    Application,
    Candidate,
    Change,
    ChangeRow,
    CheckIn,
    Employer,
    Engagement,
    Milestone,
    Offer,
    Outcome,
    PoolEntry,
    Project,
    Touch,
)
from core.model.words import TOUCH_KINDS
from core.store import Store
from core.text import line

_DAYS_BACK = 60
_LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
_KICK_OFF_MINUTES = 60
_OVER = frozenset({"cancelled", "did_not_show"})


@dataclass(frozen=True, slots=True)
class CalendarEvent:
    """`at`: the hour in the employer's time zone, None for a whole day. `number` never goes down."""

    uid: str
    title: str
    on: date
    number: int
    changed_at: datetime
    at: time | None = None
    minutes: int = 0
    where: str = ""
    note: str = ""
    cancelled: bool = False


@dataclass(frozen=True, slots=True)
class _Draft:
    """An event without its number. `rows`: ids of what it is made from; `since`: a number that it is not below."""

    kind: str
    row_id: str
    title: str
    on: date | None
    rows: tuple[str, ...]
    at: time | None = None
    minutes: int = 0
    where: str = ""
    note: str = ""
    cancelled: bool = False
    since: int = 0


def calendar_events(
    store: Store, *, today: date, project_id: str | None = None, engagement_id: str | None = None
) -> list[CalendarEvent]:
    """The earliest first, from two months back on. Of one project, or of one engagement, where it is named."""
    with store.read() as session:
        works = _works(session, project_id, engagement_id)
        drafts = [*_of_works(works, list(session.scalars(select(Employer.id))))]
        if engagement_id is None:
            drafts += _of_projects(session, project_id)
            drafts += _of_offers(session, project_id)
        else:
            drafts += _of_milestones(session, {one.project_id for one, _, _ in works})
        drafts += _of_talks(session, works)
        if project_id is None and engagement_id is None:
            drafts += _of_touches(session, today)
        drafts += _gone(session, project_id, engagement_id)
        first = today - timedelta(days=_DAYS_BACK)
        kept = [(one, one.on) for one in drafts if one.on is not None and one.on >= first]
        changes = _changes(session, {row for one, _ in kept for row in one.rows})
    made = [_event(one, on, changes) for one, on in kept]
    return sorted(made, key=lambda one: (one.on, one.at or time.min, one.uid))


def _event(one: _Draft, on: date, changes: dict[str, tuple[int, datetime]]) -> CalendarEvent:
    number, changed_at = max((changes[row] for row in one.rows if row in changes), default=(0, _LONG_AGO))
    # Some are called off by a day that passes and by no change: the odd number behind the last change is theirs.
    number = 2 * max(number, one.since) + one.cancelled
    return CalendarEvent(
        f"{one.kind}.{one.row_id}@foothold",
        line(one.title),
        on,
        number,
        changed_at,
        one.at,
        one.minutes,
        line(one.where),
        one.note,
        one.cancelled,
    )


def _changes(session: Session, ids: set[str]) -> dict[str, tuple[int, datetime]]:
    """By row its latest change: the number of it, which undo raises as well, and when."""
    latest = (
        select(ChangeRow.row_id, func.max(ChangeRow.change_seq).label("seq"))
        .where(among(ChangeRow.row_id, sorted(ids)))
        .group_by(ChangeRow.row_id)
        .subquery()
    )
    found = session.execute(select(latest.c.row_id, Change.seq, Change.at).join(Change, Change.seq == latest.c.seq))
    return {row_id: (seq, at) for row_id, seq, at in found}


_Work = tuple[Engagement, Project, str]


def _works(session: Session, project_id: str | None, engagement_id: str | None) -> list[_Work]:
    query = (
        select(Engagement, Project, Candidate.first_name, Candidate.last_name)
        .join(Project, Project.id == Engagement.project_id)
        .join(Candidate, Candidate.id == Engagement.candidate_id)
    )
    if project_id is not None:
        query = query.where(Engagement.project_id == project_id)
    if engagement_id is not None:
        query = query.where(Engagement.id == engagement_id)
    return [(one, project, f"{first} {last}".strip()) for one, project, first, last in session.execute(query)]


def _of_works(works: Iterable[_Work], employers: Sequence[str]) -> Iterator[_Draft]:
    for one, project, name in works:
        rows, over = (one.id, project.id, one.candidate_id), one.status in _OVER
        what = f"{project.title}, {name}"
        at = _hour(one.kick_off_time)
        minutes = _KICK_OFF_MINUTES if at else 0
        title = f"Kick-off: {what}"
        # The hour is in the zone of the employer, who may move.
        placed = (*rows, *employers) if at else rows
        yield _Draft("kick-off", one.id, title, one.kick_off_on, placed, at, minutes, one.how_to_join, "", over)
        moves = "It may move where it collides with classes or exams." if project.due_flexible else ""
        off = over or _finished_before(one, one.due_on)
        yield _Draft("due", one.id, f"Due: {what}", one.due_on, rows, note=moves, cancelled=off)


def _finished_before(work: Engagement, day: date | None) -> bool:
    done = work.accepted_on or work.ended_on
    return done is not None and day is not None and done < day


def _hour(text: str) -> time | None:
    try:
        return time.fromisoformat(text) if text else None
    except ValueError:
        return None


def _of_projects(session: Session, project_id: str | None) -> Iterator[_Draft]:
    query = select(Project).where(Project.id.not_in(_never_out(session)))
    projects = list(session.scalars(query if project_id is None else query.where(Project.id == project_id)))
    for one in projects:
        over = one.cancelled_on is not None or one.status == "draft"
        yield _Draft("apply-by", one.id, f"Last day to apply: {one.title}", one.apply_by, (one.id,), cancelled=over)
    yield from _of_milestones(session, {one.id for one in projects})


def _never_out(session: Session) -> set[str]:
    """Drafts that were never anything else, so that no file told of them."""
    drafts = set(session.scalars(select(Project.id).where(Project.status == "draft")))
    status = ChangeRow.old["status"].as_string()
    was = select(ChangeRow.row_id).where(among(ChangeRow.row_id, sorted(drafts)), status != "draft")
    return drafts - set(session.scalars(was))


def _of_milestones(session: Session, project_ids: set[str]) -> Iterator[_Draft]:
    query = select(Milestone, Project).join(Project, Project.id == Milestone.project_id)
    for one, project in session.execute(query.where(among(Milestone.project_id, sorted(project_ids)))):
        over = project.cancelled_on is not None or project.status == "draft"
        title = f"Milestone: {one.text} ({project.title})"
        yield _Draft("milestone", one.id, title, one.due_on, (one.id, project.id), cancelled=over)


def _of_offers(session: Session, project_id: str | None) -> Iterator[_Draft]:
    query = (
        select(Offer, Project, Candidate.first_name, Candidate.last_name, Candidate.id)
        .join(Application, Application.id == Offer.application_id)
        .join(Project, Project.id == Application.project_id)
        .join(Candidate, Candidate.id == Application.candidate_id)
        .where(Offer.sent_on.is_not(None))
    )
    if project_id is not None:
        query = query.where(Project.id == project_id)
    for one, project, first, last, candidate_id in session.execute(query):
        title = f"Last day to answer the offer: {project.title}, {f'{first} {last}'.strip()}"
        rows, over = (one.id, project.id, candidate_id), one.status != "sent"
        yield _Draft("answer-by", one.id, title, one.expires_on, rows, cancelled=over)


def _of_talks(session: Session, works: Iterable[_Work]) -> Iterator[_Draft]:
    by_id = {one.id: (one, project, name) for one, project, name in works}
    for talk in session.scalars(select(CheckIn).where(among(CheckIn.engagement_id, sorted(by_id)))):
        one, project, name = by_id[talk.engagement_id]
        title, rows = f"Talk: {project.title}, {name}", (talk.id, one.id, project.id, one.candidate_id)
        held = talk.held_on is not None and talk.planned_on is not None and talk.held_on < talk.planned_on
        off = held or one.status in _OVER or _finished_before(one, talk.planned_on)
        yield _Draft("talk", talk.id, title, talk.planned_on, rows, cancelled=off)


def _of_touches(session: Session, today: date) -> Iterator[_Draft]:
    """Of those who may be written to; a planned one that was made, or that is of nobody any more, is called off."""
    name = (Candidate.first_name, Candidate.last_name, Candidate.id, Candidate.id.in_(open_to()))
    hired = _hired(session)
    planned = (
        select(Touch, *name).join(Candidate, Candidate.id == Touch.candidate_id).where(Touch.planned_on.is_not(None))
    )
    for one, first, last, candidate_id, open_ in session.execute(planned):
        title = f"{TOUCH_KINDS.get(one.kind, 'Get in touch')}: {f'{first} {last}'.strip()}"
        over, rows = one.made_on is not None or not open_, (one.id, candidate_id)
        yield _Draft("touch", one.id, title, one.planned_on, rows, cancelled=over, since=hired.get(candidate_id, 0))
    # One that is still to begin stands: what a passing day calls off, no passing day may bring back.
    live = or_(PoolEntry.ended_on.is_(None), PoolEntry.ended_on > today)
    pooled = (
        select(PoolEntry, *name, live)
        .join(Candidate, Candidate.id == PoolEntry.candidate_id)
        .where(PoolEntry.next_touch_on.is_not(None))
    )
    for entry, first, last, candidate_id, open_, stands in session.execute(pooled):
        title = f"Get in touch: {f'{first} {last}'.strip()}"
        over, since = not (open_ and stands), hired.get(candidate_id, 0)
        rows = (entry.id, candidate_id)
        yield _Draft("pool", entry.id, title, entry.next_touch_on, rows, cancelled=over, since=since)


def _hired(session: Session) -> dict[str, int]:
    """By candidate the last change of what followed: who is hired is kept warm no more."""
    query = select(ChangeRow.row_id, ChangeRow.old, ChangeRow.new, ChangeRow.change_seq).order_by(ChangeRow.id)
    whose: dict[str, str] = {}
    found: dict[str, int] = {}
    for row_id, old, new, seq in session.execute(query.where(ChangeRow.noun == Outcome.__tablename__)):
        if person := (new or {}).get("candidate_id") or (old or {}).get("candidate_id"):
            whose[row_id] = person
        if row_id in whose:
            found[whose[row_id]] = seq
    return found


def _gone(session: Session, project_id: str | None, engagement_id: str | None) -> Iterator[_Draft]:
    """What may have stood in a file and has no day or no row any more: called off, so that it leaves the calendar."""
    never = _never_out(session)
    for one in gone_days(session):
        if one.project_id in never:
            continue
        if project_id in (None, one.project_id) and engagement_id in (None, one.engagement_id):
            yield _Draft(one.kind, one.row_id, one.title, one.on, (one.row_id,), cancelled=True)
