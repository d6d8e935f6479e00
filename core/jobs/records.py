"""Papers about one piece of work or one talk: the experience record, and the sheet that an interview goes by."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from core.insight import experience, interviews
from core.jobs.leaving import check_target, drawn, leave, stationery
from core.model.words import LEVELS
from core.store import Ref, Store

if TYPE_CHECKING:
    from core.insight.experience import Experience
    from core.insight.interviews import Interview


def draw_record(store: Store, engagement_id: str, *, today: date) -> bytes:
    """The PDF. UserError: the work is not accepted yet, or words with letters without a font."""
    return _draw_record(store, experience.experience(store, engagement_id, today=today), today)


def record(store: Store, engagement_id: str, out: Path, *, today: date, overwrite: bool = False) -> Path:
    """Writes the record to `out`, for the student; that it left is recorded.

    A campus office is sent one only with the student's consent: by the student's own hand, or by a share.
    """
    check_target(out, overwrite)
    view = experience.experience(store, engagement_id, today=today)
    refs: list[Ref] = [
        ("engagements", view.engagement_id),
        ("candidates", view.candidate_id),
        ("projects", view.project_id),
    ]
    what = f"Experience record, {view.reference}"
    data = _draw_record(store, view, today)
    leave(store, out, data, kind="report", what=what, to_whom=view.student, refs=refs, overwrite=overwrite)
    return out


def _draw_record(store: Store, view: Experience, today: date) -> bytes:
    from core.paper import record as paper

    facts = paper.RecordFacts(
        stationery=stationery(store, today),
        student=view.student,
        project=view.project,
        reference=view.reference,
        began=view.began,
        ended=view.ended,
        school=view.school,
        major=view.major,
        student_number=view.student_number,
        class_year=view.class_year,
        graduates_on=view.graduates_on,
        summary=view.summary,
        hours=view.hours,
        minutes_logged=view.minutes_logged,
        fee_cents=view.fee_cents,
        currency=view.currency,
        place=view.place,
        supervisor=view.supervisor,
        supervisor_email=view.supervisor_email,
        deliverables=view.deliverables,
        objectives=view.objectives,
        marks=tuple((name, level, LEVELS[level - 1]) for name, level in view.marks),
        comment=view.comment,
        open=view.open,
        opens_on=view.opens_on,
    )
    return drawn(lambda into: paper.make(facts, into))


def draw_interview(store: Store, application_id: str, *, today: date) -> bytes:
    """The PDF. UserError: the project has no rubric, or words with letters without a font."""
    return _draw_interview(store, interviews.interview(store, application_id, store.me), today)


def interview(store: Store, application_id: str, out: Path, *, today: date, overwrite: bool = False) -> Path:
    """Writes the sheet to `out` and records it, under the code where the name is not revealed."""
    check_target(out, overwrite)
    view = interviews.interview(store, application_id, store.me)
    refs: list[Ref] = [("applications", view.application_id), ("projects", view.project_id)]
    data = _draw_interview(store, view, today)
    leave(store, out, data, kind="report", what=f"Interview sheet, {view.reference}", refs=refs, overwrite=overwrite)
    return out


def _draw_interview(store: Store, view: Interview, today: date) -> bytes:
    from core.paper import interview as paper

    weighted = len({one.weight for one in view.criteria}) > 1
    facts = paper.InterviewFacts(
        stationery=stationery(store, today),
        project=view.project,
        reference=view.reference,
        who=view.who,
        rater=view.rater,
        rubric=view.rubric,
        criteria=tuple(
            paper.AskedCriterion(one.name, one.hint, one.levels, one.weight if weighted else None)
            for one in view.criteria
        ),
    )
    return drawn(lambda into: paper.make(facts, into))
