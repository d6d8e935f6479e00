"""Rubrics with worded levels, raters' scores with evidence, and what students say: of the work, and of themselves."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.model.base import Row, refers_to


class Rubric(Row):
    """Belongs to a project. Frozen once a score stands on it: an edit makes the next version."""

    __tablename__ = "rubrics"

    project_id: Mapped[str] = refers_to("projects")
    name: Mapped[str]
    version: Mapped[int] = mapped_column(default=1)


class Criterion(Row):
    """Three to six a rubric; each level is worded as something one can observe. Equal weights unless `weight_why`.

    `question_id`: the question whose answer shows it; None: the whole application does.
    """

    __tablename__ = "criteria"

    rubric_id: Mapped[str] = refers_to("rubrics")
    question_id: Mapped[str | None] = refers_to("questions")
    position: Mapped[int]
    name: Mapped[str]
    hint: Mapped[str] = mapped_column(default="")
    competency: Mapped[str] = mapped_column(default="")
    weight: Mapped[int] = mapped_column(default=1)
    weight_why: Mapped[str] = mapped_column(default="")
    level_1: Mapped[str]
    level_2: Mapped[str]
    level_3: Mapped[str]
    level_4: Mapped[str]

    @property
    def levels(self) -> tuple[str, str, str, str]:
        return (self.level_1, self.level_2, self.level_3, self.level_4)


class Evaluation(Row):
    """One rater's view of an application (scores) or of an engagement (competency marks).

    `submitted_at` is None while it is being written; until then nobody else is shown it. `occasion` of an engagement's:
    mid (half-way) or end; empty of an application's.
    """

    __tablename__ = "evaluations"
    __table_args__ = (
        UniqueConstraint("rater_id", "application_id"),
        UniqueConstraint("rater_id", "engagement_id", "occasion"),
    )

    rater_id: Mapped[str] = refers_to("colleagues")
    application_id: Mapped[str | None] = refers_to("applications")
    engagement_id: Mapped[str | None] = refers_to("engagements")
    rubric_id: Mapped[str | None] = refers_to("rubrics")
    submitted_at: Mapped[datetime | None]
    recommend: Mapped[bool | None]
    overall: Mapped[int | None]
    """Of an engagement: 1 to 4. Of an application the overall is computed from the scores and never stored."""
    comment: Mapped[str] = mapped_column(default="")
    private_comment: Mapped[str] = mapped_column(default="")
    occasion: Mapped[str] = mapped_column(default="")
    seconds: Mapped[int] = mapped_column(default=0)
    """How long the answers were on the rater's screen, for the rater alone."""


class EarlierEvaluation(Row):
    """What a rater had handed in for an application before second thoughts; it stays as it was.

    `scores`: {criterion id: [level, evidence]}. `reason`: why it was taken up again.
    """

    __tablename__ = "earlier_evaluations"
    __table_args__ = (UniqueConstraint("evaluation_id", "version"),)

    evaluation_id: Mapped[str] = refers_to("evaluations")
    version: Mapped[int]
    submitted_at: Mapped[datetime]
    reason: Mapped[str]
    recommend: Mapped[bool | None]
    comment: Mapped[str] = mapped_column(default="")
    scores: Mapped[dict[str, Any] | None]


class Score(Row):
    __tablename__ = "scores"
    __table_args__ = (UniqueConstraint("evaluation_id", "criterion_id"),)

    evaluation_id: Mapped[str] = refers_to("evaluations")
    criterion_id: Mapped[str] = refers_to("criteria")
    level: Mapped[int]
    evidence: Mapped[str] = mapped_column(default="")


class CompetencyMark(Row):
    """A level 1 to 4 on one of the eight NACE competencies (core.model.words.COMPETENCIES), for work done."""

    __tablename__ = "competency_marks"
    __table_args__ = (UniqueConstraint("evaluation_id", "competency"),)

    evaluation_id: Mapped[str] = refers_to("evaluations")
    competency: Mapped[str]
    level: Mapped[int]
    evidence: Mapped[str] = mapped_column(default="")


class FitReview(Row):
    """The student's side, marks 1 to 4; sealed until both sides are in."""

    __tablename__ = "fit_reviews"
    __table_args__ = (UniqueConstraint("engagement_id"),)

    engagement_id: Mapped[str] = refers_to("engagements")
    received_on: Mapped[date]
    overall: Mapped[int | None]
    communication: Mapped[int | None]
    preparedness: Mapped[int | None]
    professionalism: Mapped[int | None]
    responsiveness: Mapped[int | None]
    clarity: Mapped[int | None]
    support: Mapped[int | None]
    workload: Mapped[int | None]
    work_again: Mapped[int | None]
    interest: Mapped[int | None]
    """In a role with the employer later."""
    reflection: Mapped[str] = mapped_column(default="")
    wants_next: Mapped[str] = mapped_column(default="")
    """What the student would like to do next, in their words."""


class MidCheck(Row):
    """The student's word half-way, marks 1 to 4 and the hours worked so far; not sealed, as it is there to act on."""

    __tablename__ = "mid_checks"
    __table_args__ = (UniqueConstraint("engagement_id"),)

    engagement_id: Mapped[str] = refers_to("engagements")
    received_on: Mapped[date]
    clarity: Mapped[int | None]
    support: Mapped[int | None]
    workload: Mapped[int | None]
    hours: Mapped[int | None]
    going_well: Mapped[str] = mapped_column(default="")
    in_the_way: Mapped[str] = mapped_column(default="")


class SelfIdentification(Row):
    """What someone chose to say of themselves, for counts by group alone: on no screen, print, export or history.

    `question`: a key of words.SELF_IDENTIFICATION; `answer`: one of its answers.
    """

    __tablename__ = "self_identifications"
    __table_args__ = (UniqueConstraint("candidate_id", "question"),)

    candidate_id: Mapped[str] = refers_to("candidates")
    question: Mapped[str]
    answer: Mapped[str]
