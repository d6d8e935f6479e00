"""Both sides of work: what the employer says of it, half-way and at the end, and what the student says.

The end has two sides, sealed until both are in or the day has come that was named at the start: neither is written
with the other in view. Half-way nothing is sealed, as it is there to act on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.errors import FieldErrors, UserError
from core.ids import new_id
from core.model import CompetencyMark, Engagement, Evaluation, FitReview, MidCheck, words
from core.store import Label, Store
from core.text import short_day
from core.work.checks import Problems, find, moment, rows, tidy, working_colleague
from core.work.evaluate import Mark, checked_comment, checked_marks

REVIEW_DAYS = 21
"""How long after the due date both reviews open, unless another day is named at the start."""
FIT_ASPECTS = ("communication", "preparedness", "professionalism", "responsiveness", "clarity", "support", "workload",
               "work_again", "interest")  # fmt: skip
FIT_TEXTS = ("reflection", "wants_next")
MID_MARKS = ("clarity", "support", "workload")
_MOST_HOURS = 400


@dataclass(frozen=True, kw_only=True)
class WorkEvaluationDraft:
    """`overall` 1 to 4; `marks`: a name of words.COMPETENCIES to (level, evidence). `private_comment` never leaves.

    `occasion`: a key of words.EVALUATION_OCCASIONS.
    """

    engagement_id: str | None = None
    occasion: str = "end"
    rater_id: str | None = None
    overall: int | None = None
    marks: Mapping[str, Mark] = field(default_factory=dict)
    comment: str = ""
    private_comment: str = ""


def marks_field(competency: str) -> str:
    """How FieldErrors names a competency's mark: `marks.Communication`."""
    return f"marks.{competency}"


def evaluate_work(store: Store, draft: WorkEvaluationDraft, *, today: date) -> str:
    """The employer's view; handed in at once. That of the end may be changed until the reviews are open."""
    with store.change(Label.WORK_EVALUATED) as session:
        engagement, marks = _checked_work(session, draft, today)
        evaluation = _of_work(session, draft)
        why = _open_because(session, engagement, today) if draft.occasion == "end" else ""
        if why and evaluation is not None:
            raise UserError(f"{why}, so this evaluation stays as it is.")
        if why and _ours_is_in(session, engagement.id):
            raise UserError(f"{why}, so no further view of the work is added.")
        if evaluation is None:
            evaluation = Evaluation(id=new_id(), engagement_id=engagement.id, occasion=draft.occasion)
        evaluation.rater_id = draft.rater_id or ""
        evaluation.overall = draft.overall
        evaluation.comment = checked_comment(draft.comment, "comment")
        evaluation.private_comment = checked_comment(draft.private_comment, "private_comment")
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
    state = words.ENGAGEMENT_STATES[engagement.status].lower()
    if draft.occasion == "mid" and engagement.status != "running":
        raise UserError(f"This engagement is {state}; half-way is while the work runs.")
    if draft.occasion != "mid" and engagement.status not in ("delivered", "accepted", "ended_early"):
        raise UserError(f"This engagement is {state}; there is no work to evaluate yet.")
    problems.one_of("occasion", draft.occasion, words.EVALUATION_OCCASIONS)
    problems.when(draft.overall is None, "overall", "Give the work as a whole a level from 1 to 4.")
    problems.when(draft.overall is not None and not 1 <= draft.overall <= 4, "overall", "A level is from 1 to 4.")
    marks = draft.marks
    try:
        marks = checked_marks(draft.marks, set(words.COMPETENCIES))
    except FieldErrors as error:
        for name, said in error.fields.items():
            problems.add(marks_field(name), said)
    problems.raise_if_any()
    return engagement, dict(marks)


def _of_work(session: Session, draft: WorkEvaluationDraft) -> Evaluation | None:
    query = select(Evaluation).where(
        Evaluation.engagement_id == draft.engagement_id,
        Evaluation.rater_id == draft.rater_id,
        Evaluation.occasion == draft.occasion,
    )
    return session.scalars(query).first()


def _open_because(session: Session, engagement: Engagement, today: date) -> str:
    """Why both sides can be read now; "" while they are sealed."""
    sides = [_fit_review(session, engagement.id) is not None, _ours_is_in(session, engagement.id)]
    if all(sides):
        return "Both sides are in and can be read"
    if any(sides) and engagement.reviews_open_on is not None and engagement.reviews_open_on <= today:
        return f"The reviews opened on {short_day(engagement.reviews_open_on)}"
    return ""


def _ours_is_in(session: Session, engagement_id: str) -> bool:
    ours = select(Evaluation.id).where(
        Evaluation.engagement_id == engagement_id, Evaluation.occasion == "end", Evaluation.submitted_at.is_not(None)
    )
    return session.scalar(ours.limit(1)) is not None


def work_evaluation_draft(
    store: Store, engagement_id: str, rater_id: str, occasion: str = "end"
) -> WorkEvaluationDraft:
    """What the rater has said so far, or an empty draft for the engagement."""
    blank = WorkEvaluationDraft(engagement_id=engagement_id, rater_id=rater_id, occasion=occasion)
    with store.read() as session:
        evaluation = _of_work(session, blank)
        if evaluation is None:
            return blank
        marks = rows(session, CompetencyMark, CompetencyMark.evaluation_id == evaluation.id)
        return WorkEvaluationDraft(
            engagement_id=engagement_id,
            rater_id=rater_id,
            occasion=occasion,
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
    interest: int | None = None
    reflection: str = ""
    wants_next: str = ""


def enter_fit_review(store: Store, draft: FitReviewDraft, *, today: date) -> str:
    """Type in what the student sent, or mend what was typed while it is sealed. Once it can be read it stays."""
    with store.change(Label.FIT_REVIEW_ENTERED) as session:
        review = take_fit_review(session, draft, today=today)
        store.note_ref(("engagements", review.engagement_id))
        return review.id


def take_fit_review(session: Session, draft: FitReviewDraft, *, today: date) -> FitReview:
    """Within a change. FieldErrors by the draft's fields."""
    problems = Problems()
    draft = tidy(draft, problems, long=FIT_TEXTS)
    marks = ("overall", *FIT_ASPECTS)
    _check_said(draft, problems, marks, FIT_TEXTS, "overall", today)
    engagement = find(session, Engagement, draft.engagement_id, "engagement")
    if engagement.status in ("agreed", "cancelled"):
        raise UserError("This engagement has not begun, so there is nothing to review.")
    review = _fit_review(session, engagement.id)
    if review is not None and (why := _open_because(session, engagement, today)):
        raise UserError(f"{why}, so the student’s view stays as it is.")
    if review is None:
        review = FitReview(id=new_id(), engagement_id=engagement.id, received_on=today)
    review.received_on = draft.received_on or review.received_on
    for name in (*marks, *FIT_TEXTS):
        setattr(review, name, getattr(draft, name))
    session.add(review)
    return review


def _check_said(
    draft: FitReviewDraft | MidCheckDraft,
    problems: Problems,
    marks: tuple[str, ...],
    texts: tuple[str, ...],
    first: str,
    today: date,
) -> None:
    for name in marks:
        mark = getattr(draft, name)
        problems.when(mark is not None and not 1 <= mark <= 4, name, "A mark is from 1 to 4.")
    said = any(getattr(draft, name) is not None for name in marks) or any(getattr(draft, name) for name in texts)
    problems.when(not said, first, "Enter at least one mark or some words.")
    if draft.received_on is not None and draft.received_on > today:
        problems.add("received_on", f"{short_day(draft.received_on)} is still to come. Give a day up to today.")
    problems.raise_if_any()


def _fit_review(session: Session, engagement_id: str) -> FitReview | None:
    return session.scalars(select(FitReview).where(FitReview.engagement_id == engagement_id)).first()


def sealed_since(store: Store, engagement_id: str, *, today: date) -> date | None:
    """The day on which the student's view came in, where nobody may read it yet."""
    with store.read() as session:
        review = _fit_review(session, engagement_id)
        if review is None or _open_because(session, find(session, Engagement, engagement_id, "engagement"), today):
            return None
        return review.received_on


def fit_review_draft(store: Store, engagement_id: str, *, today: date) -> FitReviewDraft:
    """What the student said; empty while that is sealed, also for whoever typed it in."""
    with store.read() as session:
        review = _fit_review(session, engagement_id)
        if review is None or not _open_because(session, find(session, Engagement, engagement_id, "engagement"), today):
            return FitReviewDraft(engagement_id=engagement_id)
        marks = {name: getattr(review, name) for name in ("overall", *FIT_ASPECTS, *FIT_TEXTS)}
        return FitReviewDraft(engagement_id=engagement_id, received_on=review.received_on, **marks)


@dataclass(frozen=True, kw_only=True)
class MidCheckDraft:
    """The student's word half-way: marks 1 to 4, hours worked so far, what goes well and what is in the way."""

    engagement_id: str | None = None
    received_on: date | None = None
    clarity: int | None = None
    support: int | None = None
    workload: int | None = None
    hours: int | None = None
    going_well: str = ""
    in_the_way: str = ""


def enter_mid_check(store: Store, draft: MidCheckDraft, *, today: date) -> str:
    with store.change(Label.HALF_WAY_CHECK_ENTERED) as session:
        check = take_mid_check(session, draft, today=today)
        store.note_ref(("engagements", check.engagement_id))
        return check.id


def take_mid_check(session: Session, draft: MidCheckDraft, *, today: date) -> MidCheck:
    """Within a change. FieldErrors by the draft's fields."""
    problems = Problems()
    texts = ("going_well", "in_the_way")
    draft = tidy(draft, problems, long=texts)
    hours = draft.hours
    problems.when(
        hours is not None and not 0 <= hours <= _MOST_HOURS, "hours", f"Hours so far are from 0 to {_MOST_HOURS}."
    )
    _check_said(draft, problems, MID_MARKS, texts, "clarity", today)
    engagement = find(session, Engagement, draft.engagement_id, "engagement")
    if engagement.status in ("agreed", "cancelled", "did_not_show"):
        raise UserError("This engagement has not begun, so there is nothing to check half-way.")
    check = _mid_check(session, engagement.id)
    if check is None:
        check = MidCheck(id=new_id(), engagement_id=engagement.id, received_on=today)
    check.received_on = draft.received_on or check.received_on
    for name in (*MID_MARKS, "hours", *texts):
        setattr(check, name, getattr(draft, name))
    session.add(check)
    return check


def _mid_check(session: Session, engagement_id: str) -> MidCheck | None:
    return session.scalars(select(MidCheck).where(MidCheck.engagement_id == engagement_id)).first()


def mid_check_draft(store: Store, engagement_id: str) -> MidCheckDraft:
    with store.read() as session:
        check = _mid_check(session, engagement_id)
        if check is None:
            return MidCheckDraft(engagement_id=engagement_id)
        said = {name: getattr(check, name) for name in (*MID_MARKS, "hours", "going_well", "in_the_way")}
        return MidCheckDraft(engagement_id=engagement_id, received_on=check.received_on, **said)


# --- the day on which the reviews open --------------------------------------------------------------------------------


def reviews_day(due_on: date) -> date:
    """The day that is named unless somebody names another."""
    return due_on + timedelta(days=REVIEW_DAYS)


def name_reviews_day(store: Store, engagement_id: str, on: date, *, today: date) -> str:
    """Only before either side is in, so that nobody opens what was given under a seal."""
    with store.change(Label.REVIEWS_DAY_NAMED, ("engagements", engagement_id)) as session:
        engagement = find(session, Engagement, engagement_id, "engagement")
        either = select(Evaluation.id).where(Evaluation.engagement_id == engagement_id, Evaluation.occasion == "end")
        if _fit_review(session, engagement_id) is not None or session.scalar(either.limit(1)) is not None:
            raise UserError("A review is in already, under the day that was named. It stays.")
        if on <= max(engagement.due_on, today):
            raise FieldErrors({"reviews_open_on": "Choose a day after the work is due, and still to come."})
        engagement.reviews_open_on = on
    return engagement_id
