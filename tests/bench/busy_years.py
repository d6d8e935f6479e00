"""Five years of a program that nobody has: as many people and projects as asked for, with all that a summary counts."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy.orm import Session

from core import clock
from core.jobs.crowd_people import people_crowd
from core.model import (
    Application,
    Colleague,
    CompetencyMark,
    Criterion,
    Engagement,
    Evaluation,
    Extension,
    FitReview,
    Instalment,
    Offer,
    Outcome,
    Payment,
    Project,
    Rubric,
    Score,
)
from core.model.words import COMPETENCIES
from core.store import Label, Store
from core.store.laying import lay

YEARS = 5
_RATED = 10
"""One in so many applicants is scored by two raters."""


def busy_years(store: Store, people: int, projects: int, today: date) -> None:
    """Each of `people` applied once; each project took one of them. The same arguments give the same rows."""
    people_crowd(store, people, today)
    days = YEARS * 365
    opened = [today - timedelta(days=days - at * days // projects) for at in range(projects)]
    with store.change(Label.SAMPLE_MADE, barrier=True) as session:
        lay(session, Colleague, [_row("u", at, name=f"Rater {at}", role="rater") for at in range(2)])
        lay(session, Project, [
            _row("p", at, number=at + 1, status="selecting", title=f"Supplier list {at + 1}", learning_objectives=[],
                 competencies=[], estimated_hours=10 + at % 20, fee=20_000 + at % 300 * 100, opened_on=opened[at],
                 kick_off_on=opened[at] + timedelta(20), due_on=opened[at] + timedelta(40), any_hours=at % 3 > 0,
                 due_flexible=at % 2 > 0)
            for at in range(projects)
        ])  # fmt: skip
        lay(session, Rubric, [_row("b", at, project_id=_id("p", at), name="Rubric") for at in range(projects)])
        lay(session, Criterion, [
            _row("n", at * 3 + one, rubric_id=_id("b", at), position=one, name=f"Criterion {one}", level_1="1",
                 level_2="2", level_3="3", level_4="4")
            for at in range(projects) for one in range(3)
        ])  # fmt: skip
        lay(session, Application, [
            _row("a", at, project_id=_id("p", at % projects), candidate_id=_id("c", at), code=f"C{at}",
                 status="shortlisted", applied_on=opened[at % projects] + timedelta(5), class_year=at % 5 or None,
                 enrolment_id=_id("r", at))
            for at in range(people)
        ])  # fmt: skip
        _scores(session, people, projects, opened)
        _work(session, projects, opened, today)


def _scores(session: Session, people: int, projects: int, opened: list[date]) -> None:
    rated = [(at, rater) for at in range(0, people, _RATED) for rater in range(2)]
    lay(session, Evaluation, [
        _row("v", at * 2 + rater, rater_id=_id("u", rater), application_id=_id("a", at),
             rubric_id=_id("b", at % projects), submitted_at=_moment(opened[at % projects] + timedelta(9 + rater)))
        for at, rater in rated
    ])  # fmt: skip
    lay(session, Score, [
        _row("s", (at * 2 + rater) * 3 + one, evaluation_id=_id("v", at * 2 + rater),
             criterion_id=_id("n", at % projects * 3 + one), level=(at + rater + one) % 4 + 1)
        for at, rater in rated for one in range(3)
    ])  # fmt: skip


def _work(session: Session, projects: int, opened: list[date], today: date) -> None:
    places = range(projects)
    start = [day + timedelta(20) for day in opened]
    over = [at for at in places if start[at] + timedelta(20) <= today]
    done = set(over)
    lay(session, Offer, [
        _row("o", at, application_id=_id("a", at), status="accepted", fee=40_000, hours=20, kick_off_on=start[at],
             due_on=start[at] + timedelta(20), sent_on=opened[at] + timedelta(10))
        for at in places
    ])  # fmt: skip
    lay(session, Engagement, [
        _row("g", at, offer_id=_id("o", at), application_id=_id("a", at), project_id=_id("p", at),
             candidate_id=_id("c", at), status="accepted" if at in done else "running", estimated_hours=20,
             supervision_minutes=90, agreed_on=opened[at] + timedelta(12), kick_off_on=start[at],
             kick_off_checks=[], due_on=start[at] + timedelta(20), started_on=start[at],
             accepted_on=start[at] + timedelta(20) if at in done else None, verdict="met" if at in done else "")
        for at in places
    ])  # fmt: skip
    lay(session, Instalment, [
        _row("i", at, engagement_id=_id("g", at), position=0, amount=40_000) for at in places
    ])  # fmt: skip
    lay(session, Payment, [
        _row("y", at, engagement_id=_id("g", at), candidate_id=_id("c", at), amount=40_000,
             paid_on=start[at] + timedelta(21))
        for at in over
    ])  # fmt: skip
    lay(session, Extension, [
        _row("x", at, engagement_id=_id("g", at), asked_on=start[at] + timedelta(5),
             new_due_on=start[at] + timedelta(25), granted=at % 4 > 0)
        for at in over if at % 5 == 0
    ])  # fmt: skip
    lay(session, Evaluation, [
        _row("w", at, rater_id=_id("u", 0), engagement_id=_id("g", at), occasion="end", overall=at % 3 + 2,
             submitted_at=_moment(start[at] + timedelta(22)))
        for at in over
    ])  # fmt: skip
    lay(session, CompetencyMark, [
        _row("m", at * 8 + one, evaluation_id=_id("w", at), competency=name, level=(at + one) % 4 + 1)
        for at in over for one, name in enumerate(COMPETENCIES)
    ])  # fmt: skip
    lay(session, FitReview, [
        _row("f", at, engagement_id=_id("g", at), received_on=start[at] + timedelta(23), overall=at % 3 + 2,
             clarity=at % 4 + 1, support=at % 2 + 3, workload=at % 4 + 1, work_again=at % 3 + 2, interest=at % 4 + 1)
        for at in over if at % 8
    ])  # fmt: skip
    lay(session, Outcome, [
        _row("z", at, candidate_id=_id("c", at), engagement_id=_id("g", at), kind="internship",
             offered_on=start[at] + timedelta(40), accepted_on=start[at] + timedelta(50) if at % 2 else None)
        for at in over if at % 6 == 0
    ])  # fmt: skip


def _moment(day: date) -> datetime:
    return datetime.combine(day, time(15), UTC)


def _id(mark: str, at: int) -> str:
    return f"{mark}-{at:030}"


def _row(mark: str, at: int, **values: Any) -> dict[str, Any]:
    now = clock.now()
    return {"id": _id(mark, at), "row_version": 1, "created_at": now, "changed_at": now, **values}
