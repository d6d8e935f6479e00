"""The fit summary: how a student and we saw the work together, over all projects, and what they would like next.

Only what is open counts: what the student said under seal is left out, and a score under a code.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from sqlalchemy import select

from core.errors import UserError
from core.insight.marks import overalls
from core.insight.parts import rounded
from core.insight.progress import visible_sql
from core.insight.reviews import BothSides, of_candidate
from core.model import Application, Candidate, Offer, Project
from core.model.words import COMPETENCIES
from core.store import Store


@dataclass(frozen=True, slots=True)
class FitWork:
    """One project together. `ours`: the mean of our overall marks; `theirs`: theirs, None while sealed or not said.

    `score`: the overall of the application, from the raters. `words`: what the reviews wait for, "" once both are open.
    """

    sides: BothSides
    ours: Decimal | None
    theirs: int | None
    score: Decimal | None
    words: str


@dataclass(frozen=True, slots=True)
class Course:
    """A competency over time: (day, project, mean level), the first first."""

    name: str
    points: tuple[tuple[date, str, Decimal], ...]


@dataclass(frozen=True, slots=True)
class FitSummary:
    """`again` and `interest`: the latest marks of 4 that they gave. `offers`: (application id, project) in which an
    offer can be drafted now.
    """

    candidate_id: str
    name: str
    works: tuple[FitWork, ...]
    courses: tuple[Course, ...]
    wants_next: str
    again: int | None
    interest: int | None
    offers: tuple[tuple[str, str], ...]


def fit_summary(store: Store, candidate_id: str, *, today: date) -> FitSummary:
    """UserError where the person is gone."""
    with store.read() as session:
        person = session.get(Candidate, candidate_id)
        if person is None:
            raise UserError("This person is no longer in the store.")
        name = person.name
        open_ = select(Application.id).where(Application.candidate_id == candidate_id, visible_sql())
        scores = overalls(session, session.scalars(open_), store.me)
        offered = select(Offer.application_id)
        may = (
            select(Application.id, Project.title)
            .join(Project, Project.id == Application.project_id)
            .where(
                Application.candidate_id == candidate_id,
                Application.status.in_(("applied", "shortlisted")),
                Application.id.not_in(offered),
                Project.status.in_(("open", "selecting")),
                visible_sql(),
            )
            .order_by(Project.number)
        )
        offers = tuple((row_id, title) for row_id, title in session.execute(may))
    both = of_candidate(store, candidate_id, today=today)
    works = tuple(_work(one, scores.get(one.engagement.application_id)) for one in both)
    said = [one.theirs for one in both if one.theirs is not None]
    marks = [dict(one.marks) for one in said]
    return FitSummary(
        candidate_id,
        name,
        works,
        _courses(both),
        next((one.wants_next for one in reversed(said) if one.wants_next), ""),
        next((one["Would work here again"] for one in reversed(marks) if "Would work here again" in one), None),
        next((one["Interest in a role here"] for one in reversed(marks) if "Interest in a role here" in one), None),
        offers,
    )


def _work(one: BothSides, score: Decimal | None) -> FitWork:
    ours = [side.overall for side in one.ours if side.overall is not None]
    theirs = dict(one.theirs.marks).get("Overall") if one.theirs is not None else None
    words = one.words
    if one.engagement.state == "running":
        words = "The work runs."
    return FitWork(one, _mean(ours), theirs, score, words)


def _courses(both: list[BothSides]) -> tuple[Course, ...]:
    """Each view half-way and at the end is a point, by its day; several raters' marks are one mean."""
    points: dict[str, list[tuple[date, str, Decimal]]] = defaultdict(list)
    for one in both:
        for sides in (one.mid, one.ours):
            levels: dict[str, list[int]] = defaultdict(list)
            for side in sides:
                for name, level, _ in side.marks:
                    levels[name].append(level)
            days = [side.on for side in sides if side.on is not None]
            for name, given in levels.items():
                mean = _mean(given)
                if mean is not None and days:
                    points[name].append((max(days), one.engagement.project, mean))
    return tuple(
        Course(name, tuple(sorted(points[name], key=lambda point: point[0]))) for name in COMPETENCIES if points[name]
    )


def _mean(marks: list[int]) -> Decimal | None:
    return rounded(Fraction(sum(marks), len(marks))) if marks else None
