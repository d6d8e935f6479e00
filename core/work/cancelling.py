"""Cancelling a project: what it does to each applicant is settled in the same change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import states
from core.errors import FieldErrors, UserError
from core.ids import new_id
from core.model import Application, Engagement, Offer, Project, Rubric, Touch, words
from core.store import Label, Store
from core.text import clean, plural
from core.work.checks import find, move, project_code, rows
from core.work.offer import withdraw_offer
from core.work.run import cancel as call_off


@dataclass(frozen=True)
class _Case:
    """One applicant, and what cancelling does: a key of states.CANCELLING."""

    application: Application
    effect: str
    offer: Offer | None
    engagement: Engagement | None


def cancel_project(store: Store, project_id: str, reason: str, *, today: date, tell: bool = False) -> str:
    """Open offers are withdrawn and what has not begun is called off; refused while someone is at work, or once work
    was accepted.

    `tell`: a message to each applicant who hoped is planned for today. One whose name is still behind a code gets
    none, as the plan would tell who it is.
    """
    why = clean(reason)
    if not why:
        raise FieldErrors({"reason": "Write why the project is cancelled; it stays in its history."})
    with store.change(Label.PROJECT_CANCELLED, ("projects", project_id), reason=why) as session:
        project = find(session, Project, project_id, "project")
        cases = _cases(session, project_id, today)
        at_work = sum(case.effect == "end_first" for case in cases)
        if at_work:
            code = project_code(project.number)
            raise UserError(f"{code} has {plural(at_work, 'student')} at work. End their engagements first.")
        if any(case.engagement is not None and case.engagement.status == "accepted" for case in cases):
            code = project_code(project.number)
            raise UserError(f"{code} has accepted work, so it is not cancelled. Close it for applications instead.")
        move(project, states.PROJECT, "cancelled", words.PROJECT_PHASES, "project")
        project.cancelled_on, project.cancelled_why = today, why
        for case in cases:
            if case.effect == "call_off" and case.engagement is not None:
                call_off(store, case.engagement.id, why, today=today)
            elif case.effect == "withdraw" and case.offer is not None:
                withdraw_offer(store, case.offer.id, today=today)
        if tell:
            _plan_messages(session, project, cases, store.me, today)
    return project_id


def _cases(session: Session, project_id: str, today: date) -> list[_Case]:
    found = []
    for one in rows(session, Application, Application.project_id == project_id, order=Application.id):
        query = select(Offer).where(Offer.application_id == one.id).order_by(Offer.created_at.desc(), Offer.id.desc())
        offer = session.scalars(query).first()
        work = rows(session, Engagement, Engagement.offer_id == offer.id) if offer else []
        state = states.offer_state(offer.status, offer.expires_on, today) if offer else None
        engaged = work[0].status if work else None
        found.append(_Case(one, states.cancelling(one.status, state, engaged), offer, work[0] if work else None))
    return found


def _plan_messages(session: Session, project: Project, cases: list[_Case], me: str | None, today: date) -> None:
    blind = session.scalar(select(Rubric.id).where(Rubric.project_id == project.id).limit(1)) is not None
    for case in cases:
        one = case.application
        named = not blind or one.revealed_at is not None or case.offer is not None or one.status == "invited"
        # A drafted offer was never in anyone's hands, yet the applicant hoped all the same.
        if case.effect != "nothing" and named:
            text = f"Tell that “{project.title}” is cancelled."
            session.add(
                Touch(
                    id=new_id(),
                    candidate_id=one.candidate_id,
                    kind="mail",
                    planned_on=today,
                    text=text,
                    colleague_id=me,
                    project_id=project.id,
                )
            )
