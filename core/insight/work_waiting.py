"""What waits for us in running work: milestones, check-ins, and windows of work authorisation."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from core.insight.at_work import authorisations
from core.insight.glance import Waiting
from core.insight.milestones import milestones_of
from core.model import Candidate, CheckIn, Engagement, Project
from core.states import AT_WORK
from core.text import line, plural, short_day

MILESTONE_SOON = 1
WINDOW_SEEN = 21
"""Days before a kick-off from which a window that does not cover it stands on Today."""


def milestones_waiting(session: Session, today: date) -> Iterator[Waiting]:
    """Of each student at work the first milestone that is overdue or due by tomorrow; the last is the due date's."""
    found = _work(session, Engagement.status == "running")
    plans = milestones_of(session, [one.id for one, _ in found], today)
    for one, detail in found:
        # The due date itself has a line of its own.
        due = [m for m in plans[one.id] if m.done_on is None and m.due_on is not None and m.due_on < one.due_on]
        due = [m for m in due if m.due_on is not None and m.due_on <= today + timedelta(days=MILESTONE_SOON)]
        if not due or due[0].due_on is None:
            continue
        days = (today - due[0].due_on).days
        if days > 0:
            chip, kind, subject = f"{plural(days, 'day')} late", "red", "Milestone is overdue"
        else:
            chip, kind, subject = "due today" if days == 0 else "due tomorrow", "amber", "Milestone"
        more = f" and {len(due) - 1} more" if len(due) > 1 else ""
        words = f"{detail}: {line(due[0].text)}{more}"
        yield Waiting("check_in", "Check in", subject, words, chip, kind, 5, ("engagements", one.id))


def check_ins_waiting(session: Session, today: date) -> Iterator[Waiting]:
    """One line an engagement, its earliest planned talk that is due."""
    query = select(CheckIn).where(CheckIn.held_on.is_(None), CheckIn.planned_on <= today)
    talks: dict[str, CheckIn] = {}
    for talk in session.scalars(query.order_by(CheckIn.planned_on, CheckIn.id)):
        talks.setdefault(talk.engagement_id, talk)
    if not talks:
        return
    for one, detail in _work(session, and_(Engagement.id.in_(list(talks)), Engagement.status.in_(AT_WORK))):
        talk = talks[one.id]
        days = (today - (talk.planned_on or today)).days
        chip, kind = (f"{plural(days, 'day')} late", "amber") if days else ("today", "amber")
        words = f"{detail}: {line(talk.note)}" if talk.note else detail
        yield Waiting("talk", "Record it", "Check-in is due", words, chip, kind, 15, ("engagements", one.id))


def windows_waiting(session: Session, today: date) -> Iterator[Waiting]:
    """A kick-off that is held by its window, or running work that its window no longer covers."""
    soon = today + timedelta(days=WINDOW_SEEN)
    found = _work(
        session,
        or_(Engagement.status == "running", and_(Engagement.status == "agreed", Engagement.kick_off_on <= soon)),
    )
    states = authorisations(session, [one for one, _ in found])
    for one, detail in found:
        state, target = states[one.id], ("engagements", one.id)
        if state.held and one.status == "agreed":
            chip, kind = f"kick-off {short_day(one.kick_off_on, today)}", "red"
            yield Waiting("window", "Mend the window", "Kick-off is held", detail, chip, kind, 5, target)
        elif state.held:
            chip = f"due {short_day(one.due_on, today)}"
            subject = "Work goes beyond its window" if state.words else "No authorisation is noted"
            yield Waiting("window", "Mend the window", subject, detail, chip, "red", 5, target)


def _work(session: Session, wanted: object) -> list[tuple[Engagement, str]]:
    """With "Ada Lovelace · Labels"; what is due first comes first."""
    query = (
        select(Engagement, Project.title, Candidate.first_name, Candidate.last_name)
        .join(Project, Project.id == Engagement.project_id)
        .join(Candidate, Candidate.id == Engagement.candidate_id)
        .where(wanted)  # type: ignore[arg-type]
        .order_by(Engagement.due_on, Engagement.id)
    )
    return [(one, f"{first} {last}".strip() + f" · {title}") for one, title, first, last in session.execute(query)]
