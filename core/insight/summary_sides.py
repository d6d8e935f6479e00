"""What both sides said of the work, and what followed it: charts of counts, never of anybody."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.chart import Chart, ChartBar, Rows
from core.insight.figure import Period
from core.insight.open_reviews import ours_may_leave, theirs_may_be_read
from core.insight.parts import SMALL
from core.model import CompetencyMark, Engagement, Evaluation, FitReview, Outcome
from core.model.words import COMPETENCIES, LEVELS, OUTCOME_KINDS
from core.text import in_digits, plural

ASKED = {
    "overall": "Was worth their time",
    "clarity": "Clear brief",
    "support": "Support",
    "workload": "Hours as estimated",
    "work_again": "Would work here again",
    "interest": "Interest in a role here",
}
SAID = ("No", "Rather not", "Rather yes", "Yes")
"""The marks 1 to 4, as the form has them."""


def students_said(session: Session, period: Period, today: date) -> Chart:
    """Of fit reviews received in the period that are open; a question that under five answered is left out."""
    marks = [getattr(FitReview, aspect) for aspect in ASKED]
    query = (
        select(FitReview.engagement_id, *marks)
        .join(Engagement, Engagement.id == FitReview.engagement_id)
        .where(FitReview.received_on.between(period.start, period.end), theirs_may_be_read(today))
        .order_by(FitReview.engagement_id)
    )
    found: dict[str, dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
    for row_id, *given in session.execute(query):
        for aspect, mark in zip(ASKED.values(), given, strict=True):
            if mark is not None:
                found[aspect][mark].append(row_id)
    return _levels("What students said", tuple(ASKED.values()), SAID, found, "student")


def we_saw(session: Session, period: Period, today: date) -> Chart:
    """Of our evaluations of work accepted in the period; those that the student may not see yet wait.

    The mark of each rater counts. A competency of which under five engagements have a mark is left out.
    """
    query = (
        select(CompetencyMark.competency, CompetencyMark.level, Engagement.id)
        .join(Evaluation, Evaluation.id == CompetencyMark.evaluation_id)
        .join(Engagement, Engagement.id == Evaluation.engagement_id)
        .where(
            Evaluation.occasion == "end",
            Evaluation.submitted_at.is_not(None),
            Engagement.status == "accepted",
            Engagement.accepted_on.between(period.start, period.end),
            ours_may_leave(today),
        )
        .order_by(Engagement.id, CompetencyMark.id)
    )
    found: dict[str, dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
    for competency, level, row_id in session.execute(query):
        found[competency][level].append(row_id)
    return _levels("What we saw", COMPETENCIES, LEVELS, found, "mark")


def _levels(
    title: str,
    asked: Sequence[str],
    series: tuple[str, ...],
    found: Mapping[str, Mapping[int, Sequence[str]]],
    unit: str,
) -> Chart:
    bars = []
    for name in asked:
        levels = found.get(name, {})
        base = sum(len(ids) for ids in levels.values())
        if len({one for ids in levels.values() for one in ids}) < SMALL:
            continue
        for level, words in enumerate(series, start=1):
            ids = levels.get(level, ())
            said = f"{name}: {words}, {in_digits(len(ids))} of {plural(base, unit)}"
            rows: Rows = tuple(("engagements", one) for one in dict.fromkeys(ids))
            bars.append(ChartBar(name, len(ids), said, rows=rows))
    return Chart(title, tuple(bars), series, whole=True, unit=unit)


def followed(session: Session, period: Period) -> Chart:
    """What was offered and accepted in the period after a micro-internship, by its kind."""
    query = select(Outcome.kind, Outcome.candidate_id, Outcome.offered_on, Outcome.accepted_on).order_by(Outcome.id)
    found: dict[str, tuple[list[str], list[str]]] = {kind: ([], []) for kind in OUTCOME_KINDS}
    for kind, person, offered, accepted in session.execute(query):
        for ids, day in zip(found.get(kind, ([], [])), (offered, accepted), strict=True):
            if period.holds(day):
                ids.append(person)
    bars = []
    for kind, words in OUTCOME_KINDS.items():
        for ids, done in zip(found[kind], ("offered", "accepted"), strict=True):
            rows: Rows = tuple(("candidates", one) for one in dict.fromkeys(ids))
            bars.append(ChartBar(words, len(ids), f"{words}: {in_digits(len(ids))} {done}", rows=rows))
    return Chart("What followed", tuple(bars), ("Offered", "Accepted"))
