"""Scores with evidence, one rater at a time; the view of the work done; the student's own view."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.errors import FieldErrors, HoldError, UserError
from core.ids import new_id
from core.model import (
    Application,
    CompetencyMark,
    Criterion,
    Engagement,
    Evaluation,
    FitReview,
    Project,
    Score,
    words,
)
from core.store import Label, Store
from core.text import clean, plural, short_day
from core.work.checks import (
    TEXT_LIMIT,
    Problems,
    find,
    moment,
    project_code,
    rows,
    tidy,
    working_colleague,
)
from core.work.rubrics import current_rubric

Mark = tuple[int | None, str]
"""A level 1 to 4, and the evidence for it. None as level takes the mark out."""
FIT_ASPECTS = ("communication", "preparedness", "professionalism", "responsiveness", "clarity", "support", "workload",
               "work_again")  # fmt: skip


def score(
    store: Store,
    application_id: str,
    rater_id: str,
    marks: Mapping[str, Mark],
    *,
    today: date,
    comment: str | None = None,
) -> str:
    """Keep what a rater has scored so far, by criterion id; what is not mentioned stays. Returns the evaluation's id.

    FieldErrors by criterion id.
    """
    with store.change(Label.SCORES_GIVEN, ("applications", application_id)) as session:
        evaluation = _open_evaluation(session, application_id, rater_id, today)
        criteria = set(session.scalars(select(Criterion.id).where(Criterion.rubric_id == evaluation.rubric_id)))
        cleaned = _checked_marks(marks, criteria)
        if comment is not None:
            evaluation.comment = _comment(comment, "comment")
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
            evaluation.comment = _comment(comment, "comment")
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
        raise UserError(f"The scores for {application.code} are handed in, so they stay. Undo takes them back.")
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


def _checked_marks(marks: Mapping[str, Mark], allowed: set[str]) -> dict[str, Mark]:
    problems = Problems()
    cleaned: dict[str, Mark] = {}
    for key, (level, evidence) in marks.items():
        text = clean(evidence)
        problems.when(key not in allowed, key, "This is not part of the rubric that is scored here.")
        problems.when(level is not None and not 1 <= level <= 4, key, "A level is from 1 to 4.")
        problems.when(len(text) > TEXT_LIMIT, key, f"The evidence has more than {TEXT_LIMIT:,} characters.")
        cleaned[key] = (level, text)
    problems.raise_if_any()
    return cleaned


def _comment(text: str, name: str) -> str:
    cleaned = clean(text)
    if len(cleaned) > TEXT_LIMIT:
        raise FieldErrors({name: f"The comment has more than {TEXT_LIMIT:,} characters. Please shorten it."})
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


@dataclass(frozen=True, kw_only=True)
class WorkEvaluationDraft:
    """`overall` 1 to 4; `marks`: a name of words.COMPETENCIES to (level, evidence). `private_comment` never leaves."""

    engagement_id: str | None = None
    rater_id: str | None = None
    overall: int | None = None
    marks: Mapping[str, Mark] = field(default_factory=dict)
    comment: str = ""
    private_comment: str = ""


def marks_field(competency: str) -> str:
    """How FieldErrors names a competency's mark: `marks.Communication`."""
    return f"marks.{competency}"


def evaluate_work(store: Store, draft: WorkEvaluationDraft, *, today: date) -> str:
    """The employer's view of work delivered; handed in at once. It may be changed until both sides are in."""
    with store.change(Label.WORK_EVALUATED) as session:
        engagement, marks = _checked_work(session, draft, today)
        query = select(Evaluation).where(
            Evaluation.engagement_id == engagement.id, Evaluation.rater_id == draft.rater_id
        )
        evaluation = session.scalars(query).first()
        if evaluation is not None and _fit_review(session, engagement.id) is not None:
            raise UserError("Both sides are in and can be read, so this evaluation stays as it is.")
        if evaluation is None:
            evaluation = Evaluation(id=new_id(), engagement_id=engagement.id, occasion="end")
        evaluation.rater_id = draft.rater_id or ""
        evaluation.overall = draft.overall
        evaluation.comment = _comment(draft.comment, "comment")
        evaluation.private_comment = _comment(draft.private_comment, "private_comment")
        evaluation.submitted_at = evaluation.submitted_at or moment(today)
        session.add(evaluation)
        old = {
            row.competency: row for row in rows(session, CompetencyMark, CompetencyMark.evaluation_id == evaluation.id)
        }
        for competency, (level, evidence) in marks.items():
            row = old.pop(competency, None)
            if level is None:
                if row is not None:
                    session.delete(row)
                continue
            row = row or CompetencyMark(evaluation_id=evaluation.id, competency=competency)
            row.level, row.evidence = level, evidence
            session.add(row)
        for gone in old.values():
            session.delete(gone)
        store.note_ref(("engagements", engagement.id))
        return evaluation.id


def _checked_work(session: Session, draft: WorkEvaluationDraft, today: date) -> tuple[Engagement, dict[str, Mark]]:
    engagement = find(session, Engagement, draft.engagement_id, "engagement")
    problems = Problems()
    if draft.rater_id is None:
        problems.add("rater_id", "Say who evaluates.")
    else:
        working_colleague(session, draft.rater_id, today)
    if engagement.status not in ("delivered", "accepted", "ended_early"):
        state = words.ENGAGEMENT_STATES[engagement.status].lower()
        raise UserError(f"This engagement is {state}; there is no work to evaluate yet.")
    problems.when(draft.overall is None, "overall", "Give the work as a whole a level from 1 to 4.")
    problems.when(draft.overall is not None and not 1 <= draft.overall <= 4, "overall", "A level is from 1 to 4.")
    marks = draft.marks
    try:
        marks = _checked_marks(draft.marks, set(words.COMPETENCIES))
    except FieldErrors as error:
        for name, said in error.fields.items():
            problems.add(marks_field(name), said)
    problems.raise_if_any()
    return engagement, dict(marks)


def work_evaluation_draft(store: Store, engagement_id: str, rater_id: str) -> WorkEvaluationDraft:
    """What the rater has said so far, or an empty draft for the engagement."""
    with store.read() as session:
        query = select(Evaluation).where(Evaluation.engagement_id == engagement_id, Evaluation.rater_id == rater_id)
        evaluation = session.scalars(query).first()
        if evaluation is None:
            return WorkEvaluationDraft(engagement_id=engagement_id, rater_id=rater_id)
        marks = rows(session, CompetencyMark, CompetencyMark.evaluation_id == evaluation.id)
        return WorkEvaluationDraft(
            engagement_id=engagement_id,
            rater_id=rater_id,
            overall=evaluation.overall,
            marks={mark.competency: (mark.level, mark.evidence) for mark in marks},
            comment=evaluation.comment,
            private_comment=evaluation.private_comment,
        )


@dataclass(frozen=True, kw_only=True)
class FitReviewDraft:
    """The student's marks 1 to 4, None where nothing was said."""

    engagement_id: str | None = None
    received_on: date | None = None
    overall: int | None = None
    communication: int | None = None
    preparedness: int | None = None
    professionalism: int | None = None
    responsiveness: int | None = None
    clarity: int | None = None
    support: int | None = None
    workload: int | None = None
    work_again: int | None = None
    reflection: str = ""


def enter_fit_review(store: Store, draft: FitReviewDraft, *, today: date) -> str:
    """Type in what the student sent, or mend what was typed. Sealed until the employer's side is in."""
    problems = Problems()
    draft = tidy(draft, problems, long=("reflection",))
    for name in ("overall", *FIT_ASPECTS):
        mark = getattr(draft, name)
        problems.when(mark is not None and not 1 <= mark <= 4, name, "A mark is from 1 to 4.")
    said = any(getattr(draft, name) is not None for name in ("overall", *FIT_ASPECTS)) or draft.reflection
    problems.when(not said, "overall", "Enter at least one mark or some words.")
    if draft.received_on is not None and draft.received_on > today:
        problems.add("received_on", f"{short_day(draft.received_on)} is still to come. Give a day up to today.")
    problems.raise_if_any()
    with store.change(Label.FIT_REVIEW_ENTERED) as session:
        engagement = find(session, Engagement, draft.engagement_id, "engagement")
        if engagement.status in ("agreed", "cancelled"):
            raise UserError("This engagement has not begun, so there is nothing to review.")
        review = _fit_review(session, engagement.id)
        if review is None:
            review = FitReview(id=new_id(), engagement_id=engagement.id, received_on=today)
        if draft.received_on is not None:
            review.received_on = draft.received_on
        for name in ("overall", *FIT_ASPECTS, "reflection"):
            setattr(review, name, getattr(draft, name))
        session.add(review)
        store.note_ref(("engagements", engagement.id))
        return review.id


def _fit_review(session: Session, engagement_id: str) -> FitReview | None:
    return session.scalars(select(FitReview).where(FitReview.engagement_id == engagement_id)).first()


def fit_review_draft(store: Store, engagement_id: str) -> FitReviewDraft:
    with store.read() as session:
        review = _fit_review(session, engagement_id)
        if review is None:
            return FitReviewDraft(engagement_id=engagement_id)
        marks = {name: getattr(review, name) for name in ("overall", *FIT_ASPECTS, "reflection")}
        return FitReviewDraft(engagement_id=engagement_id, received_on=review.received_on, **marks)
