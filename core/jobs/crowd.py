"""A store with as many made-up projects as asked for, to see how a full year looks and how quick it is."""

from __future__ import annotations

from datetime import date, timedelta

from core.ids import new_id
from core.model import (
    Application,
    Candidate,
    Colleague,
    Engagement,
    Instalment,
    Milestone,
    Offer,
    Project,
    School,
    SchoolPeriod,
)
from core.store import Label, Store

_THINGS = (
    "Supplier list", "Menu redesign", "Photo archive", "Alt texts", "Newsletter", "Price survey", "Inventory labels",
    "Mailing list", "Help pages", "Customer interviews", "Window posters", "Spring catalogue",
)  # fmt: skip
_PLACES = ("North", "South", "Lakeview", "Harbor", "Old Town", "West Loop", "Riverside", "Uptown")
_PEOPLE = (("Robin Example", 4), ("Sasha Sample", 2), ("Jules Invented", None))
_SCHOOLS = 12
_SPREAD = 420
"""Days over which they are laid, a third of them behind today."""


def crowd(store: Store, count: int, today: date) -> None:
    """Lays `count` projects of all phases around today, as one change that undo goes no further back than.

    Ids differ each time; days, titles and phases follow from `count` and `today` alone.
    """
    with store.change(Label.SAMPLE_MADE, barrier=True) as session:
        people = [Colleague(id=new_id(), name=name, role="supervisor", hours_a_week=each) for name, each in _PEOPLE]
        session.add_all(people)
        if count:
            _calendar(store, today)
        for at in range(count):
            # A step that shares no factor with the spread, so that they fall evenly and in no order.
            start = today + timedelta(days=at * 131 % _SPREAD - _SPREAD // 3)
            _project(store, at, start, today, people[at % len(people)].id)


def _calendar(store: Store, today: date) -> None:
    with store.change(Label.SAMPLE_MADE) as session:
        for at in range(_SCHOOLS):
            school = School(id=new_id(), name=f"Example College {at + 1}", domains=[], is_focus=at < 2)
            session.add(school)
            for year in (today.year, today.year + 1):
                exams = date(year, 5, 3) + timedelta(days=at % 3 * 3), date(year, 12, 7) + timedelta(days=at % 2 * 7)
                for first in exams:
                    last = first + timedelta(days=5)
                    session.add(SchoolPeriod(school_id=school.id, kind="exams", starts_on=first, ends_on=last))
                first = date(year, 12, 18) + timedelta(days=at % 4)
                last = first + timedelta(days=22)
                session.add(SchoolPeriod(school_id=school.id, kind="break", starts_on=first, ends_on=last))


def _project(store: Store, at: int, start: date, today: date, supervisor: str) -> None:
    due = start + timedelta(days=14 + at % 3 * 7)
    begun, over = start <= today, due < today
    status = "selecting" if begun else ("draft", "open", "selecting")[(at + at // 3) % 3]
    title = f"{_THINGS[at % len(_THINGS)]}, {_PLACES[at // len(_THINGS) % len(_PLACES)]}"
    project = Project(
        id=new_id(), number=at + 1, status=status, title=title, category="Data",
        learning_objectives=[], competencies=[],
        estimated_hours=10 + at % 4 * 5, fee=(10 + at % 4 * 5) * 2_200, kick_off_on=start, due_on=due,
        apply_by=start - timedelta(days=10), supervisor_id=supervisor,
        opened_on=start - timedelta(days=40) if status != "draft" and start - timedelta(days=40) <= today else None,
    )  # fmt: skip
    with store.change(Label.SAMPLE_MADE) as session:
        session.add(project)
        session.add(Milestone(project_id=project.id, position=0, text="What was asked for", due_on=due))
    if begun:
        _work(store, project, at, "accepted" if over else "running", due)


def _work(store: Store, project: Project, at: int, status: str, due: date) -> None:
    start = project.kick_off_on or due
    with store.change(Label.SAMPLE_MADE) as session:
        person = Candidate(id=new_id(), number=at + 1, first_name="Student", last_name=f"No. {at + 1}", links=[])
        applied = Application(
            id=new_id(), project_id=project.id, candidate_id=person.id, code=f"C{at + 1}", status="shortlisted",
            applied_on=start - timedelta(days=15), class_year=at % 4 + 1,
        )  # fmt: skip
        offer = Offer(
            id=new_id(), application_id=applied.id, status="accepted", fee=project.fee, hours=project.estimated_hours,
            kick_off_on=start, due_on=due, sent_on=start - timedelta(days=9), answered_on=start - timedelta(days=7),
        )  # fmt: skip
        work = Engagement(
            id=new_id(), offer_id=offer.id, application_id=applied.id, project_id=project.id, candidate_id=person.id,
            supervisor_id=project.supervisor_id, status=status, estimated_hours=project.estimated_hours,
            supervision_minutes=90 if status == "accepted" else 0, agreed_on=start - timedelta(days=7),
            kick_off_on=start, due_on=due, started_on=start, accepted_on=due if status == "accepted" else None,
            verdict="met" if status == "accepted" else "",
        )  # fmt: skip
        session.add_all([person, applied, offer, work])
        session.add(Instalment(engagement_id=work.id, position=0, amount=project.fee))
