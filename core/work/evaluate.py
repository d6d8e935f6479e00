"""Scores with evidence, one rater at a time, until they are handed in; then the names."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.errors import FieldErrors, HoldError, UserError
from core.ids import new_id
from core.model import (
    Application,
    Criterion,
    Evaluation,
    Project,
    Score,
    words,
)
from core.store import Label, Store
from core.text import clean, in_digits, plural
from core.work.checks import (
    TEXT_LIMIT,
    Problems,
    find,
    moment,
    project_code,
    rows,
    working_colleague,
)
from core.work.rubrics import current_rubric

MOST_SECONDS = 900
"""Of one look: whoever was away longer did not read on."""
Mark = tuple[int | None, str]
"""A level 1 to 4, and the evidence for it. None as level takes the mark out."""


def score(
    store: Store,
    application_id: str,
    rater_id: str,
    marks: Mapping[str, Mark],
    *,
    today: date,
    comment: str | None = None,
    seconds: int = 0,
) -> str:
    """Keep what a rater has scored so far, by criterion id; what is not mentioned stays. Returns the evaluation's id.

    `seconds`: how long it was looked at, of which MOST_SECONDS count. FieldErrors by criterion id.
    """
    with store.change(Label.SCORES_GIVEN, ("applications", application_id)) as session:
        evaluation = _open_evaluation(session, application_id, rater_id, today)
        criteria = set(session.scalars(select(Criterion.id).where(Criterion.rubric_id == evaluation.rubric_id)))
        cleaned = checked_marks(marks, criteria)
        if comment is not None:
            evaluation.comment = checked_comment(comment, "comment")
        evaluation.seconds = (evaluation.seconds or 0) + min(max(seconds, 0), MOST_SECONDS)
        session.add(evaluation)
        old = {row.criterion_id: row for row in rows(session, Score, Score.evaluation_id == evaluation.id)}
        for criterion_id, (level, evidence) in cleaned.items():
            row = old.get(criterion_id)
            if level is None:
                if row is not None:
                    session.delete(row)
                continue
            row = row or Score(evaluation_id=evaluation.id, criterion_id=criterion_id)
            row.level, row.evidence = level, evidence
            session.add(row)
        return evaluation.id


def submit(
    store: Store,
    application_id: str,
    rater_id: str,
    *,
    today: date,
    recommend: bool | None = None,
    comment: str | None = None,
) -> str:
    """Hand the scores in; from then on they stay. FieldErrors by criterion id: a level or its evidence is missing."""
    with store.change(Label.EVALUATION_SUBMITTED, ("applications", application_id)) as session:
        evaluation = _open_evaluation(session, application_id, rater_id, today)
        given = {row.criterion_id: row for row in rows(session, Score, Score.evaluation_id == evaluation.id)}
        problems = Problems()
        for criterion in rows(session, Criterion, Criterion.rubric_id == evaluation.rubric_id):
            mark = given.get(criterion.id)
            if mark is None:
                problems.add(criterion.id, f"“{criterion.name}” has no level yet.")
            elif not mark.evidence:
                problems.add(criterion.id, f"Write what in the answer shows level {mark.level} of “{criterion.name}”.")
        problems.raise_if_any()
        evaluation.recommend = recommend
        if comment is not None:
            evaluation.comment = checked_comment(comment, "comment")
        evaluation.submitted_at = moment(today)
        session.add(evaluation)
        return evaluation.id


def _open_evaluation(session: Session, application_id: str, rater_id: str, today: date) -> Evaluation:
    application = find(session, Application, application_id, "application")
    working_colleague(session, rater_id, today)
    if application.status in ("invited", "withdrawn"):
        state = words.APPLICATION_STATES[application.status].lower()
        raise UserError(f"Application {application.code} is {state}; there is nothing to score.")
    query = select(Evaluation).where(Evaluation.application_id == application_id, Evaluation.rater_id == rater_id)
    evaluation = session.scalars(query).first()
    if evaluation is not None and evaluation.submitted_at is not None:
        code = application.code
        raise UserError(f"The scores for {code} are handed in, so they stay. Take them up again to change them.")
    rubric = current_rubric(session, application.project_id)
    if rubric is None:
        project = find(session, Project, application.project_id, "project")
        raise UserError(f"{project_code(project.number)} has no rubric yet. Give it one, then score.")
    if evaluation is None:
        return Evaluation(id=new_id(), rater_id=rater_id, application_id=application_id, rubric_id=rubric.id)
    # Scores stay on the version they were given on; an evaluation without any moves on to the newest.
    if not session.scalar(select(Score.id).where(Score.evaluation_id == evaluation.id).limit(1)):
        evaluation.rubric_id = rubric.id
    return evaluation


def checked_marks(marks: Mapping[str, Mark], allowed: set[str]) -> dict[str, Mark]:
    problems = Problems()
    cleaned: dict[str, Mark] = {}
    for key, (level, evidence) in marks.items():
        text = clean(evidence)
        problems.when(key not in allowed, key, "This is not part of the rubric that is scored here.")
        problems.when(level is not None and not 1 <= level <= 4, key, "A level is from 1 to 4.")
        problems.when(len(text) > TEXT_LIMIT, key, f"The evidence has more than {in_digits(TEXT_LIMIT)} characters.")
        cleaned[key] = (level, text)
    problems.raise_if_any()
    return cleaned


def checked_comment(text: str, name: str) -> str:
    cleaned = clean(text)
    if len(cleaned) > TEXT_LIMIT:
        raise FieldErrors({name: f"The comment has more than {in_digits(TEXT_LIMIT)} characters. Please shorten it."})
    return cleaned


def reveal_names(store: Store, project_id: str, *, today: date, reason: str = "") -> int:
    """Show who is behind the codes of a project; recorded as a disclosure. Returns how many names that were.

    HoldError (scores_open) while scores are being written, unless `reason` says why it cannot wait.
    """
    with store.change(Label.NAMES_REVEALED, ("projects", project_id), reason=reason.strip()) as session:
        project = find(session, Project, project_id, "project")
        code = project_code(project.number)
        # Who is only invited has no code to be behind, and is rated blind like all others once they apply.
        unseen = (Application.revealed_at.is_(None), Application.status != "invited")
        hidden = rows(session, Application, Application.project_id == project_id, *unseen)
        if not hidden:
            raise UserError(f"All names of {code} are shown already.")
        writing = session.scalar(
            select(func.count())
            .select_from(Evaluation)
            .join(Application, Application.id == Evaluation.application_id)
            .where(Application.project_id == project_id, Evaluation.submitted_at.is_(None))
        )
        if writing and not reason.strip():
            raise HoldError(
                "scores_open",
                f"{plural(writing, 'evaluation')} of {code} {'is' if writing == 1 else 'are'} not handed in yet. "
                "Wait for them, or write why the names are needed now.",
            )
        for application in hidden:
            application.revealed_at, application.revealed_by_id = moment(today), store.me
        store.disclose(
            kind="reveal",
            what=f"Names behind {plural(len(hidden), 'code')} of {code}",
            refs=[("projects", project_id), *(("applications", application.id) for application in hidden)],
        )
        return len(hidden)
