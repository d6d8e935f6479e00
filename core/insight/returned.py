"""What is known of a form that may have come back: which one it is, of whom, and what came back of it before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.form_fields import Pages, pages_of
from core.insight.open_reviews import theirs_may_be_read
from core.model import Candidate, Colleague, Engagement, Enrolment, Form, FormReturn, Project
from core.model.words import FORM_KINDS


@dataclass(frozen=True)
class FormView:
    """`whose` and `about`: whom it went to, and the project that it is about; "" where it names none.

    `returned`: (day, sum of the file) of each that was taken in. `sealed`: what they say is not read by anyone before
    our own view of the work is in.
    """

    id: str
    kind: str
    what: str
    whose: str
    about: str
    candidate_id: str | None
    project_id: str | None
    application_id: str | None
    engagement_id: str | None
    colleague_id: str | None
    made_on: date
    fields: tuple[dict[str, Any], ...]
    returned: tuple[tuple[date, str], ...]
    sealed: bool
    code: str
    pages: Pages


def form_view(session: Session, codes: Iterable[str], *, today: date) -> FormView | None:
    """The form of the first of these codes that is one of this store's."""
    for code in codes:
        row = session.scalars(select(Form).where(Form.code == code)).first()
        if row is not None:
            return _view(session, row, today)
    return None


def _view(session: Session, row: Form, today: date) -> FormView:
    person = session.get(Candidate, row.candidate_id) if row.candidate_id else None
    colleague = session.get(Colleague, row.colleague_id) if row.colleague_id else None
    engagement = session.get(Engagement, row.engagement_id) if row.engagement_id else None
    if person is None and engagement is not None:
        person = session.get(Candidate, engagement.candidate_id)
    project_id = row.project_id or (engagement.project_id if engagement is not None else None)
    project = session.get(Project, project_id) if project_id else None
    came = select(FormReturn.received_on, FormReturn.sha256).where(FormReturn.form_id == row.id)
    layout = row.layout or {}
    return FormView(
        id=row.id,
        kind=row.kind,
        what=FORM_KINDS.get(row.kind, row.kind),
        whose=person.name if person is not None else colleague.name if colleague is not None else "",
        about=f"P-{project.number:03} {project.title}" if project is not None else "",
        candidate_id=person.id if person is not None else None,
        project_id=project_id,
        application_id=row.application_id,
        engagement_id=row.engagement_id,
        colleague_id=row.colleague_id,
        made_on=row.made_on,
        fields=tuple(layout.get("fields", ())),
        returned=tuple((day, digest) for day, digest in session.execute(came.order_by(FormReturn.received_on))),
        sealed=row.kind == "fit_review" and not _opens(session, engagement, today),
        code=row.code,
        pages=pages_of(layout),
    )


def _opens(session: Session, engagement: Engagement | None, today: date) -> bool:
    """Whether what they say can be read once it is in: our own view is, or the day named at the start has come."""
    if engagement is None:
        return False
    open_ = select(Engagement.id).where(Engagement.id == engagement.id, theirs_may_be_read(today))
    return session.scalar(open_) is not None


def taken_before(session: Session, digests: Sequence[str]) -> dict[str, date]:
    """Of these sums of files, those of files that were taken in, and when."""
    rows = select(FormReturn.sha256, FormReturn.received_on).where(FormReturn.sha256.in_(digests))
    return {row.sha256: row.received_on for row in session.execute(rows)}


def school_of(session: Session, candidate_id: str) -> str | None:
    """Where they study now."""
    query = select(Enrolment.school_id).where(Enrolment.candidate_id == candidate_id)
    return session.scalars(query.order_by(Enrolment.starts_on.desc(), Enrolment.created_at.desc())).first()
