"""Figures of the work: accessible, all year round, assessed on skills from both sides."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from fractions import Fraction
from itertools import combinations
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from core.insight.figure import Figure, Period, Ref, count, share, total
from core.insight.open_reviews import theirs_may_be_read
from core.insight.parts import add_months, month_end
from core.model import (
    EarlierEvaluation,
    Employer,
    Engagement,
    Evaluation,
    Extension,
    FitReview,
    Outcome,
    Project,
    Score,
)

FOLLOW_ON_MONTHS = 24
Span = tuple[str, date, date]
"""(project, first day, last day) of an engagement."""


def flexible(session: Session, period: Period) -> Figure:
    query = select(Project.id, or_(Project.any_hours, Project.due_flexible)).where(
        Project.opened_on.between(period.start, period.end)
    )
    return share(
        "flexible",
        "projects were flexible",
        "Projects opened in the period with hours at any time or a flexible due date, of projects opened in the period",
        [(("projects", row_id), bool(free)) for row_id, free in session.execute(query.order_by(Project.number))],
    )


@dataclass(frozen=True, slots=True)
class Ended:
    """An engagement that ended in a period. `is_flexible`: its project."""

    id: str
    status: str
    is_flexible: bool


def ended(session: Session, period: Period) -> list[Ended]:
    day = func.coalesce(Engagement.accepted_on, Engagement.ended_on)
    query = (
        select(Engagement.id, Engagement.status, or_(Project.any_hours, Project.due_flexible))
        .join(Project, Project.id == Engagement.project_id)
        .where(
            Engagement.status.in_(("accepted", "ended_early", "did_not_show", "cancelled")),
            day.between(period.start, period.end),
        )
        .order_by(Engagement.id)
    )
    return [Ended(row_id, status, bool(free)) for row_id, status, free in session.execute(query)]


def completion(found: Sequence[Ended], *, is_flexible: bool | None = None) -> Figure:
    """Of all, or of flexible and fixed projects apart."""
    rows: list[tuple[Ref, bool]] = [
        (("engagements", one.id), one.status == "accepted")
        for one in found
        if is_flexible is None or one.is_flexible is is_flexible
    ]
    which = {None: "", True: " of flexible projects", False: " of fixed projects"}[is_flexible]
    key = {None: "completion", True: "completion_flexible", False: "completion_fixed"}[is_flexible]
    return share(
        key,
        f"finished{which}",
        f"Engagements{which} ended in the period as accepted, of those ended in the period",
        rows,
    )


def did_not_show(found: Sequence[Ended]) -> Figure:
    """Counted, nothing more."""
    return count(
        "did_not_show",
        "did not show up",
        "Engagements in which the student did not show up, beside those ended in the period",
        sum(one.status == "did_not_show" for one in found),
        [("engagements", one.id) for one in found],
    )


def extensions(session: Session, period: Period) -> Figure:
    query = select(Extension.id, Extension.granted).where(Extension.asked_on.between(period.start, period.end))
    return share(
        "extensions",
        "extensions given",
        "Extensions granted, of those asked for in the period",
        [
            (("extensions", row_id), granted is True)
            for row_id, granted in session.execute(query.order_by(Extension.id))
        ],
    )


def months_with_project(spans: Sequence[Span], period: Period, end: date) -> Figure:
    """`spans`: what ran in it. `end`: the last day asked for; months that lie ahead are months of the period too."""
    rows = []
    for first in Period(period.start, end).months():
        last = min(month_end(first), period.end)
        busy = any(start <= last and stop >= max(first, period.start) for _, start, stop in spans)
        rows.append((("months", first.isoformat()[:7]), busy))
    return share(
        "months_with_project",
        "months had a project",
        "Months of the period with an engagement running, of months of the period",
        rows,
    )


def running(session: Session, period: Period) -> list[Span]:
    """Each engagement that ran in the period, by what was recorded."""
    query = (
        select(Engagement.project_id, Engagement.started_on, Engagement.accepted_on, Engagement.ended_on)
        .where(Engagement.started_on <= period.end)
        .order_by(Engagement.started_on, Engagement.id)
    )
    spans = []
    for project_id, started, accepted, stopped in session.execute(query):
        end = accepted or stopped or period.end
        if started is not None and end >= period.start:
            spans.append((project_id, started, end))
    return spans


def hours_handed_over(session: Session, period: Period) -> Figure:
    query = _accepted(period)
    rows = session.execute(
        select(Engagement.id, Engagement.estimated_hours).where(*query).order_by(Engagement.id)
    ).all()
    return total(
        "hours_handed_over",
        "work handed over",
        "Estimated hours of engagements accepted in the period",
        Fraction(sum(row[1] for row in rows)),
        [("engagements", row[0]) for row in rows],
    )


def supervision(session: Session, period: Period) -> Figure:
    query = select(Engagement.id, Engagement.supervision_minutes).where(*_accepted(period)).order_by(Engagement.id)
    rows = session.execute(query).all()
    return total(
        "supervision",
        "supervision",
        "Supervision hours entered for the engagements accepted in the period",
        Fraction(sum(row[1] for row in rows), 60),
        [("engagements", row[0]) for row in rows],
    )


def both_reviews(session: Session, period: Period) -> Figure:
    ours = (
        select(Evaluation.id)
        .where(
            Evaluation.engagement_id == Engagement.id,
            Evaluation.occasion == "end",
            Evaluation.submitted_at.is_not(None),
        )
        .exists()
    )
    theirs = select(FitReview.id).where(FitReview.engagement_id == Engagement.id).exists()
    query = select(Engagement.id, and_(ours, theirs)).where(*_accepted(period)).order_by(Engagement.id)
    return share(
        "both_reviews",
        "have both reviews",
        "Engagements accepted in the period with evaluation and fit review, of engagements accepted in the period",
        [(("engagements", row_id), bool(both)) for row_id, both in session.execute(query)],
    )


def within_one(session: Session, period: Period) -> Figure:
    """A pair falls into the period with the later of its two evaluations. What counts is what each gave alone, before
    second thoughts.
    """
    zone = time_zone(session)
    alone = _alone(session)
    query = (
        select(
            Evaluation.application_id, Score.criterion_id, Score.id, Score.level, Evaluation.submitted_at, Evaluation.id
        )
        .join(Score, Score.evaluation_id == Evaluation.id)
        .where(Evaluation.application_id.is_not(None), Evaluation.submitted_at.is_not(None))
        .order_by(Evaluation.submitted_at, Score.id)
    )
    groups: dict[tuple[str | None, str], list[tuple[str, int, datetime]]] = defaultdict(list)
    for application_id, criterion_id, score_id, level, at, evaluation_id in session.execute(query):
        if at is not None:
            first = alone.get((evaluation_id, criterion_id), level)
            groups[application_id, criterion_id].append((score_id, first, at))
    rows: list[tuple[Ref, bool]] = [
        (("scores", second[0]), abs(first[1] - second[1]) <= 1)
        for group in groups.values()
        for first, second in combinations(group, 2)
        if period.holds(max(first[2], second[2]).astimezone(zone).date())
    ]
    return share(
        "within_one",
        "scores within one level",
        "Pairs of scores by two raters on the same criterion and application that differ by at most 1, as they were "
        "first given, of all such pairs in the period",
        rows,
    )


def _alone(session: Session) -> dict[tuple[str, str], int]:
    """By evaluation and criterion the level handed in first, of those that were taken up again."""
    query = select(EarlierEvaluation.evaluation_id, EarlierEvaluation.scores).order_by(EarlierEvaluation.version.desc())
    return {
        (evaluation_id, criterion): level
        for evaluation_id, scores in session.execute(query)
        for criterion, (level, _) in (scores or {}).items()
    }


def work_again(session: Session, period: Period, *, today: date) -> Figure:
    """Hidden under five; those still sealed wait, as each could be told by how it moves the figure."""
    query = (
        select(FitReview.id, FitReview.work_again)
        .join(Engagement, Engagement.id == FitReview.engagement_id)
        .where(FitReview.received_on.between(period.start, period.end), theirs_may_be_read(today))
    )
    return share(
        "work_again",
        "would work here again",
        "Fit reviews in the period that say 3 or 4 of 4, of fit reviews in the period that are open",
        [(("fit_reviews", row_id), (mark or 0) >= 3) for row_id, mark in session.execute(query.order_by(FitReview.id))],
        hide_small=True,
    )


def follow_on(session: Session, period: Period, *, accepted: bool) -> Figure:
    """Outcomes, which one engagement may have several of: a count beside its base, and no share."""
    query = select(Engagement.id).where(
        Engagement.status == "accepted",
        Engagement.accepted_on < period.end,
        Engagement.accepted_on >= add_months(period.end, -FOLLOW_ON_MONTHS),
    )
    day = Outcome.accepted_on if accepted else Outcome.offered_on
    part = session.scalar(select(func.count()).select_from(Outcome).where(day.between(period.start, period.end)))
    verb = "accepted" if accepted else "offered"
    return count(
        f"follow_on_{verb}",
        f"follow-ons {verb}",
        f"Outcomes {verb} in the period, beside engagements accepted before the last day and within 24 months",
        part or 0,
        [("engagements", row_id) for row_id in session.scalars(query.order_by(Engagement.id))],
    )


def time_zone(session: Session) -> tzinfo:
    try:
        return ZoneInfo(session.scalars(select(Employer.time_zone)).one())
    except (ZoneInfoNotFoundError, ValueError):
        return UTC


def _accepted(period: Period) -> tuple[ColumnElement[bool], ...]:
    return (Engagement.status == "accepted", Engagement.accepted_on.between(period.start, period.end))
