"""The overall of an application: computed from levels and weights, never typed in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.insight.parts import chunks, rounded
from core.model import Application, Criterion, Evaluation, Rubric, Score


def weighted(levels: Mapping[str, Fraction], weights: Mapping[str, int]) -> Fraction | None:
    """The mean of the levels by their weights; None without any."""
    total = sum(weights[one] for one in levels)
    if not total:
        return None
    return sum((levels[one] * weights[one] for one in levels), Fraction()) / total


def current_rubric(session: Session, project_id: str) -> Rubric | None:
    """The newest version."""
    query = (
        select(Rubric).where(Rubric.project_id == project_id).order_by(Rubric.version.desc(), Rubric.created_at.desc())
    )
    return session.scalars(query.limit(1)).first()


def overalls(session: Session, application_ids: Iterable[str], viewer: str | None) -> dict[str, Decimal]:
    """By application, out of 4: the mean over the raters whose scores are in.

    Only where the viewer's own are in, or the names are revealed: until then nobody sees what others gave.
    """
    found: dict[str, Decimal] = {}
    for ids in chunks(list(application_ids)):
        query = (
            select(
                Evaluation.application_id, Evaluation.rater_id, Application.revealed_at, Score.level, Criterion.weight
            )
            .join(Application, Application.id == Evaluation.application_id)
            .join(Score, Score.evaluation_id == Evaluation.id)
            .join(Criterion, Criterion.id == Score.criterion_id)
            .where(Evaluation.application_id.in_(ids), Evaluation.submitted_at.is_not(None))
        )
        sums: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(lambda: [0, 0]))
        may_see = set()
        for row_id, rater_id, revealed_at, level, weight in session.execute(query):
            if row_id is None:
                continue
            given = sums[row_id][rater_id]
            given[0] += level * weight
            given[1] += weight
            if revealed_at is not None or rater_id == viewer:
                may_see.add(row_id)
        for row_id in may_see:
            means = [Fraction(total, weight) for total, weight in sums[row_id].values() if weight]
            if means:
                found[row_id] = rounded(sum(means, Fraction()) / len(means))
    return found
