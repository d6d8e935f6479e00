"""How far raters agree: counts before shares, and what to talk about. Only for those whose own scores are in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from itertools import combinations

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.insight.marks import weighted
from core.insight.parts import rounded
from core.model import Application, Criterion, EarlierEvaluation, Evaluation, Rubric, Score
from core.store import Store
from core.text import plural

GAP = 2
"""Levels apart from which two raters should talk."""


@dataclass(frozen=True, slots=True)
class Gap:
    code: str
    criterion: str
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class CriterionMeans:
    """`means`: one a code, in the table's order; None where nobody scored it."""

    name: str
    weight: int
    means: tuple[Decimal | None, ...]


@dataclass(frozen=True, slots=True)
class Agreement:
    """The raters' table. `exact` and `within_one` of `pairs` of scores on the same criterion and application;
    `mean_difference` in levels over them, None without pairs. These are of what each gave alone, before second
    thoughts, which may come of what others gave; means and gaps are of what counts now. `gaps`: two levels apart or
    more, the widest first.
    """

    raters: int
    codes: tuple[str, ...]
    application_ids: tuple[str, ...]
    criteria: tuple[CriterionMeans, ...]
    overall: tuple[Decimal | None, ...]
    pairs: int
    exact: int
    within_one: int
    mean_difference: Decimal | None
    gaps: tuple[Gap, ...]
    words: str


@dataclass(frozen=True, slots=True)
class Pairs:
    """Over pairs of scores: how many, how many the same, how many at most one apart, and the sum of the differences."""

    count: int
    exact: int
    within_one: int
    difference: int

    @classmethod
    def of(cls, levels: Iterable[Iterable[int]]) -> Pairs:
        """`levels`: for each criterion of each application what its raters gave."""
        apart = [abs(a - b) for group in levels for a, b in combinations(group, 2)]
        return cls(len(apart), apart.count(0), sum(one <= 1 for one in apart), sum(apart))


def agreement(store: Store, project_id: str, rater_id: str | None) -> tuple[Agreement | None, str]:
    """The table, or None and the words for why it is not shown yet."""
    with store.read() as session:
        live = set(
            session.scalars(
                select(Application.id).where(
                    Application.project_id == project_id, Application.status.in_(("applied", "shortlisted"))
                )
            )
        )
        scores = _scores(session, project_id)
        mine = {one.application_id for one in scores if one.rater_id == rater_id}
        revealed = set(
            session.scalars(
                select(Application.id).where(Application.project_id == project_id, Application.revealed_at.is_not(None))
            )
        )
        if not scores:
            return None, "No scores are in yet."
        # Who came after a reveal is scored blind again, by each rater alone.
        scores = [one for one in scores if one.application_id in mine | revealed]
        if (missing := len(live - mine)) and (not revealed or not scores):
            return None, f"The table opens once your own scores are in: {plural(missing, 'application')} to go."
        if not scores:
            return None, "No scores are in that you may see yet."
        table = _table(scores)
        return table, table.words


@dataclass(frozen=True, slots=True)
class _One:
    application_id: str
    code: str
    rater_id: str
    criterion_id: str
    criterion: str
    position: int
    weight: int
    version: int
    level: int
    evaluation_id: str
    first: int = 0


def _scores(session: Session, project_id: str) -> list[_One]:
    """Handed in, on the newest version of the rubric that has any."""
    query = (
        select(
            Application.id,
            Application.code,
            Evaluation.rater_id,
            Criterion.id,
            Criterion.name,
            Criterion.position,
            Criterion.weight,
            Rubric.version,
            Score.level,
            Evaluation.id,
        )
        .join(Evaluation, Evaluation.application_id == Application.id)
        .join(Score, Score.evaluation_id == Evaluation.id)
        .join(Criterion, Criterion.id == Score.criterion_id)
        .join(Rubric, Rubric.id == Criterion.rubric_id)
        .where(Application.project_id == project_id, Evaluation.submitted_at.is_not(None))
        .order_by(Application.code, Criterion.position, Evaluation.rater_id)
    )
    first = _first(session, project_id)
    given = (_One(*row) for row in session.execute(query))
    found = [replace(one, first=first.get((one.evaluation_id, one.criterion_id), one.level)) for one in given]
    newest = max((one.version for one in found), default=0)
    return [one for one in found if one.version == newest]


def _first(session: Session, project_id: str) -> dict[tuple[str, str], int]:
    """By evaluation and criterion the level that was handed in first, of those taken up again since."""
    query = (
        select(EarlierEvaluation)
        .join(Evaluation, Evaluation.id == EarlierEvaluation.evaluation_id)
        .join(Application, Application.id == Evaluation.application_id)
        .where(Application.project_id == project_id)
        .order_by(EarlierEvaluation.version.desc())
    )
    found = {}
    for one in session.scalars(query):
        for criterion, (level, _) in (one.scores or {}).items():
            found[one.evaluation_id, criterion] = level
    return found


def _table(scores: list[_One]) -> Agreement:
    codes = {one.application_id: one.code for one in scores}
    criteria = {one.criterion_id: one for one in sorted(scores, key=lambda one: one.position)}
    groups: dict[tuple[str, str], list[int]] = defaultdict(list)
    alone: dict[tuple[str, str], list[int]] = defaultdict(list)
    for one in scores:
        groups[one.application_id, one.criterion_id].append(one.level)
        alone[one.application_id, one.criterion_id].append(one.first)
    means = {cell: Fraction(sum(levels), len(levels)) for cell, levels in groups.items()}
    weights: Mapping[str, int] = {row_id: one.weight for row_id, one in criteria.items()}
    overall = [weighted({c: means[row_id, c] for c in criteria if (row_id, c) in means}, weights) for row_id in codes]
    pairs = Pairs.of(alone.values())
    gaps = [
        Gap(codes[row_id], criteria[c].criterion, min(levels), max(levels))
        for (row_id, c), levels in groups.items()
        if max(levels) - min(levels) >= GAP
    ]
    gaps.sort(key=lambda gap: (gap.low - gap.high, gap.code, gap.criterion))
    raters = len({one.rater_id for one in scores})
    return Agreement(
        raters,
        tuple(codes.values()),
        tuple(codes),
        tuple(
            CriterionMeans(
                one.criterion,
                one.weight,
                tuple(rounded(means[row_id, c]) if (row_id, c) in means else None for row_id in codes),
            )
            for c, one in criteria.items()
        ),
        tuple(None if one is None else rounded(one) for one in overall),
        pairs.count,
        pairs.exact,
        pairs.within_one,
        rounded(Fraction(pairs.difference, pairs.count)) if pairs.count else None,
        tuple(gaps),
        _words(raters, pairs, Pairs.of(groups.values()), gaps, again=any(one.first != one.level for one in scores)),
    )


def _words(raters: int, pairs: Pairs, now: Pairs, gaps: list[Gap], *, again: bool) -> str:
    if raters < 2 or not pairs.count:
        return "One rater so far. A second one makes the scores firmer."
    agree = "Before second thoughts raters agreed" if again else "Raters agree"
    said = f"{agree} exactly on {pairs.exact} of {plural(pairs.count, 'score')}, "
    said += f"within one level on {pairs.within_one}" + (
        f"; now on {now.exact} and {now.within_one}." if again else "."
    )
    if gaps:
        first = gaps[0]
        number = "One" if len(gaps) == 1 else str(len(gaps))
        named = f"{first.code}, {first.criterion} ({first.low} against {first.high})"
        said += f" {number} to talk about: {named}" + (" and others." if len(gaps) > 1 else ".")
    return said
