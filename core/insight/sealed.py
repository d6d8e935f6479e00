"""What may not be read yet: names behind codes, others' scores before one's own are in, one side of a review alone.

Wherever rows are shown as they are stored (list, show, history, export), they pass through here.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.insight.progress import visible_sql
from core.model import Application, CompetencyMark, Evaluation, FitReview, Score
from core.store import FieldChange, Store

_TELLS_NAME = ("candidate_id", "enrolment_id", "class_year", "source", "invited_on", "applied_on")
_TELLS_CODE = ("code", "status", "decided_on", "decision_reason", "revealed_at", "revealed_by_id")
_TELLS_VIEW = ("recommend", "overall", "comment", "private_comment")
_OF_REVIEW = ("id", "engagement_id", "received_on", "row_version", "created_at", "changed_at")
_OF_EVALUATION = ("scores", "competency_marks")


class Seals:
    """What is closed to a colleague at this moment."""

    def __init__(self, session: Session, me: str | None) -> None:
        hidden = select(Application.id).where(~visible_sql(), Application.status != "invited")
        self.applications = frozenset(session.scalars(hidden))
        self.evaluations = frozenset(_closed_evaluations(session, me))
        rated = select(Evaluation.engagement_id).where(
            Evaluation.engagement_id.is_not(None), Evaluation.submitted_at.is_not(None)
        )
        self.reviews = frozenset(session.scalars(select(FitReview.id).where(FitReview.engagement_id.not_in(rated))))

    def open(self, noun: str, rows: list[dict[str, Any]], beside: str = "") -> list[dict[str, Any]]:
        """The rows as they may be shown. `beside`: the noun on whose page they stand, so that a name meets no code."""
        if noun in _OF_EVALUATION:
            return [row for row in rows if row["evaluation_id"] not in self.evaluations]
        closed = {
            "applications": self.applications,
            "evaluations": self.evaluations,
            "fit_reviews": self.reviews,
        }.get(noun, frozenset())
        return [_masked(noun, row, beside) if row["id"] in closed else row for row in rows]


def _masked(noun: str, row: dict[str, Any], beside: str) -> dict[str, Any]:
    if noun == "fit_reviews":
        return {column: value if column in _OF_REVIEW else None for column, value in row.items()}
    if noun == "evaluations":
        return row | dict.fromkeys(_TELLS_VIEW)
    if beside in ("candidates", "enrolments"):
        return row | dict.fromkeys(_TELLS_CODE) | {"id": "", "status": "applied"}
    return row | dict.fromkeys(_TELLS_NAME)


def _closed_evaluations(session: Session, me: str | None) -> list[str]:
    """Others' that are not handed in, and others' of an application that one has not handed in one's own for."""
    mine = select(Evaluation.application_id).where(
        Evaluation.rater_id == (me or ""), Evaluation.submitted_at.is_not(None), Evaluation.application_id.is_not(None)
    )
    revealed = select(Application.id).where(Application.revealed_at.is_not(None))
    may = set(session.scalars(mine)) | set(session.scalars(revealed))
    return [
        one.id
        for one in session.scalars(select(Evaluation).where(Evaluation.rater_id != (me or "")))
        if one.submitted_at is None or (one.application_id is not None and one.application_id not in may)
    ]


def may_be_told(store: Store) -> Callable[[FieldChange], bool]:
    """Whether a field of the history may be read by whoever works now."""
    with store.read() as session:
        seals = Seals(session, store.me)
        scores = {
            row_id
            for kind in (Score, CompetencyMark)
            for row_id in session.scalars(select(kind.id).where(kind.evaluation_id.in_(seals.evaluations)))
        }

    def may(field: FieldChange) -> bool:
        if field.noun == "applications":
            return field.row_id not in seals.applications or field.column not in _TELLS_NAME
        if field.noun == "evaluations":
            return field.row_id not in seals.evaluations or field.column not in _TELLS_VIEW
        if field.noun == "fit_reviews":
            return field.row_id not in seals.reviews or field.column in _OF_REVIEW
        return field.row_id not in scores

    return may
