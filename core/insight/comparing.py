"""Two to four applicants side by side: scores with their evidence, the overall computed, the gut's answer apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.errors import UserError
from core.insight.blind import Mask, masks
from core.insight.marks import overalls
from core.insight.parts import rounded
from core.insight.progress import visible_sql
from core.insight.scoring import answers_of
from core.model import Application, Candidate, Colleague, Criterion, Evaluation, Question, Rubric, Score
from core.store import Store

FEWEST, MOST = 2, 4


@dataclass(frozen=True, slots=True)
class GivenScore:
    rater: str
    level: int
    evidence: str


@dataclass(frozen=True, slots=True)
class ComparedScore:
    """`mean` over the raters whose scores may be seen; None without any."""

    criterion: str
    weight: int
    mean: Decimal | None
    given: tuple[GivenScore, ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """`who`: the name once revealed, else Candidate K7. `recommend`: how many raters say yes, and no."""

    id: str
    code: str
    who: str
    revealed: bool
    overall: Decimal | None
    scores: tuple[ComparedScore, ...]
    answers: tuple[tuple[str, str], ...]
    recommend: tuple[int, int]
    waits_for_mine: bool


def comparison(store: Store, application_ids: Sequence[str], rater_id: str | None) -> list[Compared]:
    """Two to four applications of one project, in the order asked for. Others' scores only once one's own are in."""
    if not FEWEST <= len(set(application_ids)) <= MOST:
        raise UserError("Choose two to four applications to compare.")
    with store.read() as session:
        query = (
            select(Application, Candidate.first_name, Candidate.last_name, visible_sql())
            .join(Candidate, Candidate.id == Application.candidate_id)
            .where(Application.id.in_(application_ids))
        )
        found = {one.id: (one, f"{first} {last}".strip(), seen) for one, first, last, seen in session.execute(query)}
        projects = {one.project_id for one, _, _ in found.values()}
        if len(projects) != 1 or len(found) != len(set(application_ids)):
            raise UserError("Choose applications for one project to compare.")
        return _compared(session, application_ids, found, projects.pop(), rater_id)


def _compared(
    session: Session,
    ids: Sequence[str],
    found: Mapping[str, tuple[Application, str, bool]],
    project_id: str,
    rater_id: str | None,
) -> list[Compared]:
    asked = list(session.scalars(select(Question).where(Question.project_id == project_id).order_by(Question.position)))
    answers, overall = answers_of(session, ids), overalls(session, ids, rater_id)
    hide = masks(session, [one.candidate_id for one, _, seen in found.values() if not seen])
    given = _given(session, ids)
    rows = []
    for row_id in dict.fromkeys(ids):
        one, name, seen = found[row_id]
        mine = rater_id in {rater for rater, *_ in given[row_id]}
        allowed = given[row_id] if mine or one.revealed_at is not None else []
        votes = {rater: vote for rater, _, vote, _, _ in allowed}
        mask = None if seen else hide[one.candidate_id]
        texts = answers[row_id]
        rows.append(
            Compared(
                row_id,
                one.code,
                name if seen else f"Candidate {one.code}",
                bool(seen),
                overall.get(row_id),
                _by_criterion(allowed, mask),
                tuple((q.text, mask(texts[q.id]) if mask else texts[q.id]) for q in asked if q.id in texts),
                (sum(vote is True for vote in votes.values()), sum(vote is False for vote in votes.values())),
                bool(given[row_id]) and not allowed,
            )
        )
    return rows


_Given = tuple[str, str, "bool | None", Criterion, Score]


def _given(session: Session, ids: Sequence[str]) -> dict[str, list[_Given]]:
    query = (
        select(Evaluation.application_id, Evaluation.rater_id, Colleague.name, Evaluation.recommend, Criterion, Score)
        .join(Colleague, Colleague.id == Evaluation.rater_id)
        .join(Score, Score.evaluation_id == Evaluation.id)
        .join(Criterion, Criterion.id == Score.criterion_id)
        .join(Rubric, Rubric.id == Criterion.rubric_id)
        .where(Evaluation.application_id.in_(ids), Evaluation.submitted_at.is_not(None))
        .order_by(Rubric.version, Criterion.position, Colleague.name)
    )
    given: dict[str, list[_Given]] = defaultdict(list)
    for row_id, rater_id, rater, recommend, criterion, score in session.execute(query):
        if row_id is not None:
            given[row_id].append((rater_id, rater, recommend, criterion, score))
    return given


def _by_criterion(given: Sequence[_Given], mask: Mask | None) -> tuple[ComparedScore, ...]:
    groups: dict[str, list[_Given]] = defaultdict(list)
    for one in given:
        groups[one[3].id].append(one)
    return tuple(
        ComparedScore(
            group[0][3].name,
            group[0][3].weight,
            rounded(Fraction(sum(one[4].level for one in group), len(group))),
            tuple(
                GivenScore(one[1], one[4].level, mask(one[4].evidence) if mask else one[4].evidence) for one in group
            ),
        )
        for group in groups.values()
    )
