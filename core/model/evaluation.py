"""Rubrics with worded levels, raters' scores with evidence, and the student's own view."""

from __future__ import annotations

from datetime import date, datetime

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

    `submitted_at` is None while it is being written; until then nobody else is shown it.
    """

    __tablename__ = "evaluations"
    __table_args__ = (UniqueConstraint("rater_id", "application_id"), UniqueConstraint("rater_id", "engagement_id"))

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
    reflection: Mapped[str] = mapped_column(default="")
