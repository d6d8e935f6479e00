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
from core.insight.agreement import GAP
from core.insight.blind import Mask, masks
from core.insight.blind_files import AnswerFile, answer_files
from core.insight.marks import overalls
from core.insight.parts import number_words, rounded
from core.insight.progress import visible_sql
from core.insight.scoring import answers_of
from core.model import (
    Application,
    Candidate,
    Colleague,
    Criterion,
    EarlierEvaluation,
    Evaluation,
    Project,
    Question,
    Rubric,
    Score,
)
from core.store import Store

FEWEST, MOST = 2, 4


@dataclass(frozen=True, slots=True)
class GivenScore:
    """`first`: the level before second thoughts, where it was another one."""

    rater: str
    level: int
    evidence: str
    first: int | None = None


@dataclass(frozen=True, slots=True)
class ComparedScore:
    """`mean` over the raters whose scores may be seen; None without any. `levels`: the words of 1 to 4."""

    criterion: str
    weight: int
    mean: Decimal | None
    given: tuple[GivenScore, ...]
    levels: tuple[str, str, str, str]

    @property
    def apart(self) -> bool:
        """Two levels or more between its raters: something to talk about."""
        levels = [one.level for one in self.given]
        return bool(levels) and max(levels) - min(levels) >= GAP


@dataclass(frozen=True, slots=True)
class Compared:
    """`who`: the name once revealed, else Candidate K7. `answers`: (question's id, its words, the answer). `recommend`:
    how many raters say yes, and no. `versions`: of the rubric, those that the scores shown were given on.
    `waits_for_mine`: scores are in, and the rater who asks has not handed in.
    """

    id: str
    code: str
    who: str
    revealed: bool
    overall: Decimal | None
    scores: tuple[ComparedScore, ...]
    answers: tuple[tuple[str, str, str], ...]
    recommend: tuple[int, int]
    waits_for_mine: bool
    versions: tuple[int, ...]
    files: tuple[AnswerFile, ...] = ()

    def files_for(self, question_id: str | None) -> tuple[AnswerFile, ...]:
        return tuple(one for one in self.files if one.question_id == question_id)

    def score(self, criterion: str) -> ComparedScore | None:
        return next((one for one in self.scores if one.criterion == criterion), None)


@dataclass(frozen=True, slots=True)
class Comparison:
    """`rows`: one an applicant, in the order asked for."""

    project_id: str
    number: str
    project: str
    rows: tuple[Compared, ...]

    @property
    def hidden(self) -> bool:
        """Whether anyone stands there under a code."""
        return any(not one.revealed for one in self.rows)

    @property
    def criteria(self) -> tuple[str, ...]:
        """By name, as the newest version has them; what only an older one has follows."""
        newest = sorted(self.rows, key=lambda one: -max(one.versions, default=0))
        return tuple(dict.fromkeys(score.criterion for one in newest for score in one.scores))

    @property
    def weighted(self) -> bool:
        return len({score.weight for one in self.rows for score in one.scores}) > 1

    @property
    def versions_words(self) -> str:
        """Said where they were not all scored on the same words; else empty."""
        if len({version for one in self.rows for version in one.versions}) < 2:
            return ""
        named = [f"{one.code} on version {' and '.join(map(str, one.versions))}" for one in self.rows if one.versions]
        return f"Scored on different versions of the rubric: {', '.join(named)}. Levels may be worded differently."


def comparison(store: Store, application_ids: Sequence[str], rater_id: str | None) -> Comparison:
    """Two to four applications of one project. Others' scores only once one's own are in, or the name is revealed."""
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
        project = session.get_one(Project, projects.pop())
        rows = _compared(session, application_ids, found, project.id, rater_id)
        return Comparison(project.id, number_words("P", project.number), project.title, tuple(rows))


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
    given, first = _given(session, ids), _first(session, ids)
    files = answer_files(
        session, {row_id: None if seen else hide[one.candidate_id] for row_id, (one, _, seen) in found.items()}
    )
    rows = []
    for row_id in dict.fromkeys(ids):
        one, name, seen = found[row_id]
        mine = rater_id in {each.rater_id for each in given[row_id]}
        allowed = given[row_id] if mine or one.revealed_at is not None else []
        votes = {each.rater_id: each.recommend for each in allowed}
        mask = None if seen else hide[one.candidate_id]
        texts = answers[row_id]
        rows.append(
            Compared(
                row_id,
                one.code,
                name if seen else f"Candidate {one.code}",
                bool(seen),
                overall.get(row_id),
                _by_criterion(allowed, first, mask),
                tuple(
                    (q.id, q.text, mask(texts.get(q.id, "")) if mask else texts.get(q.id, ""))
                    for q in asked
                    if q.id in texts or any(file.question_id == q.id for file in files.get(row_id, ()))
                ),
                (sum(vote is True for vote in votes.values()), sum(vote is False for vote in votes.values())),
                bool(given[row_id]) and not allowed,
                tuple(sorted({each.version for each in allowed})),
                files.get(row_id, ()),
            )
        )
    return rows


@dataclass(frozen=True, slots=True)
class _Given:
    rater_id: str
    rater: str
    recommend: bool | None
    version: int
    criterion: Criterion
    score: Score


def _given(session: Session, ids: Sequence[str]) -> dict[str, list[_Given]]:
    """The newest version of the rubric first."""
    query = (
        select(
            Evaluation.application_id,
            Evaluation.rater_id,
            Colleague.name,
            Evaluation.recommend,
            Rubric.version,
            Criterion,
            Score,
        )
        .join(Colleague, Colleague.id == Evaluation.rater_id)
        .join(Score, Score.evaluation_id == Evaluation.id)
        .join(Criterion, Criterion.id == Score.criterion_id)
        .join(Rubric, Rubric.id == Criterion.rubric_id)
        .where(Evaluation.application_id.in_(ids), Evaluation.submitted_at.is_not(None))
        .order_by(Rubric.version.desc(), Criterion.position, Colleague.name)
    )
    given: dict[str, list[_Given]] = defaultdict(list)
    for row_id, rater_id, rater, recommend, version, criterion, score in session.execute(query):
        if row_id is not None:
            given[row_id].append(_Given(rater_id, rater, recommend, version, criterion, score))
    return given


def _first(session: Session, ids: Sequence[str]) -> dict[tuple[str, str], int]:
    """By evaluation and criterion, the level that was handed in first, of those taken up again since."""
    query = (
        select(EarlierEvaluation)
        .join(Evaluation, Evaluation.id == EarlierEvaluation.evaluation_id)
        .where(Evaluation.application_id.in_(ids))
        .order_by(EarlierEvaluation.version.desc())
    )
    return {
        (one.evaluation_id, criterion): int(level)
        for one in session.scalars(query)
        for criterion, (level, _) in (one.scores or {}).items()
    }


def _by_criterion(
    given: Sequence[_Given], first: Mapping[tuple[str, str], int], mask: Mask | None
) -> tuple[ComparedScore, ...]:
    """Raters who scored on different versions meet in the criteria that bear the same name."""
    groups: dict[str, list[_Given]] = defaultdict(list)
    for one in given:
        groups[one.criterion.name].append(one)
    return tuple(
        ComparedScore(
            name,
            group[0].criterion.weight,
            rounded(Fraction(sum(one.score.level for one in group), len(group))),
            tuple(
                GivenScore(
                    one.rater,
                    one.score.level,
                    mask(one.score.evidence) if mask else one.score.evidence,
                    _other(first.get((one.score.evaluation_id, one.criterion.id)), one.score.level),
                )
                for one in group
            ),
            group[0].criterion.levels,
        )
        for name, group in groups.items()
    )


def _other(first: int | None, level: int) -> int | None:
    return first if first != level else None
