"""A project's rubric through its versions: which stand, who was scored on which; and whose one could start from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.insight.parts import number_words
from core.insight.scoring import CriterionView, criterion_view
from core.model import Application, Criterion, Evaluation, Project, Question, Rubric, Score
from core.store import Store
from core.text import plural


@dataclass(frozen=True, slots=True)
class VersionCriterion:
    """`question`: the number of the one that shows it, 1 the first; None: the whole application."""

    view: CriterionView
    weight_why: str
    question: int | None


@dataclass(frozen=True, slots=True)
class RubricVersion:
    """`codes`: the applications with scores on it, and `raters` how many gave them. One with scores is frozen."""

    id: str
    version: int
    name: str
    made_at: datetime
    in_force: bool
    codes: tuple[str, ...]
    raters: int
    criteria: tuple[VersionCriterion, ...]

    @property
    def words(self) -> str:
        """Who was scored on it."""
        if not self.codes:
            return "nobody was scored on it" if not self.in_force else "nobody is scored on it yet"
        named = ", ".join(self.codes[:8]) + (f" and {len(self.codes) - 8} more" if len(self.codes) > 8 else "")
        return f"{named} scored on it, by {plural(self.raters, 'rater')}"


@dataclass(frozen=True, slots=True)
class OtherRubric:
    """Another project's rubric in force."""

    project_id: str
    number: str
    title: str
    name: str


def rubric_versions(store: Store, project_id: str) -> list[RubricVersion]:
    """The one in force first."""
    with store.read() as session:
        query = select(Rubric).where(Rubric.project_id == project_id).order_by(Rubric.version.desc())
        found = list(session.scalars(query))
        return _versions(session, project_id, found)


def _versions(session: Session, project_id: str, found: Sequence[Rubric]) -> list[RubricVersion]:
    ids = [one.id for one in found]
    asked = select(Question.id).where(Question.project_id == project_id).order_by(Question.position)
    numbers = {row_id: at for at, row_id in enumerate(session.scalars(asked), 1)}
    criteria: dict[str, list[VersionCriterion]] = defaultdict(list)
    for one in session.scalars(select(Criterion).where(Criterion.rubric_id.in_(ids)).order_by(Criterion.position)):
        shown = VersionCriterion(criterion_view(one), one.weight_why, numbers.get(one.question_id or ""))
        criteria[one.rubric_id].append(shown)
    codes: dict[str, set[str]] = defaultdict(set)
    raters: dict[str, set[str]] = defaultdict(set)
    scored = (
        select(Criterion.rubric_id, Application.code, Evaluation.rater_id)
        .join(Score, Score.criterion_id == Criterion.id)
        .join(Evaluation, Evaluation.id == Score.evaluation_id)
        .join(Application, Application.id == Evaluation.application_id)
        .where(Criterion.rubric_id.in_(ids))
        .distinct()
    )
    for rubric_id, code, rater in session.execute(scored):
        codes[rubric_id].add(code)
        raters[rubric_id].add(rater)
    return [
        RubricVersion(
            one.id,
            one.version,
            one.name,
            one.created_at,
            at == 0,
            tuple(sorted(codes[one.id], key=lambda code: (len(code), code))),
            len(raters[one.id]),
            tuple(criteria[one.id]),
        )
        for at, one in enumerate(found)
    ]


def other_rubrics(store: Store, project_id: str | None) -> list[OtherRubric]:
    """Of every other project that has one, the newest project first."""
    newest = select(Rubric.project_id, func.max(Rubric.version).label("version")).group_by(Rubric.project_id).subquery()
    query = (
        select(Project.id, Project.number, Project.title, Rubric.name)
        .join(newest, newest.c.project_id == Project.id)
        .join(Rubric, (Rubric.project_id == newest.c.project_id) & (Rubric.version == newest.c.version))
        .where(Project.id != (project_id or ""))
        .order_by(Project.number.desc(), Rubric.created_at.desc())
    )
    with store.read() as session:
        found = {row_id: OtherRubric(row_id, number_words("P", number), title, name)
                 for row_id, number, title, name in session.execute(query)}  # fmt: skip
    return list(found.values())
