"""All that an offer letter says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import money
from core.errors import UserError
from core.insight.office import EmployerView, employer_of
from core.insight.parts import among, number_words
from core.insight.progress import OFFERED, visible_sql
from core.model import (
    Application,
    Candidate,
    CandidateEmail,
    Colleague,
    Document,
    Engagement,
    Milestone,
    Offer,
    Payee,
    Project,
)
from core.model.words import LOCATION_MODES, WORKER_TYPES
from core.states import offer_state
from core.store import Store

PAID_WHEN = "When the work is accepted"


@dataclass(frozen=True, slots=True)
class OfferView:
    """`state`: a key of words.OFFER_STATES. `day`: on which it was sent, else today. `deliverables`: text and day.

    `paid_as` and `funding` are "" where nothing is special. `rate`: cents an hour.
    """

    id: str
    application_id: str
    project_id: str
    candidate_id: str
    engagement_id: str | None
    employer: EmployerView
    day: date
    state: str
    state_words: str
    reference: str
    candidate: str
    greeting_name: str
    email: str
    project: str
    summary: str
    why_it_matters: str
    objectives: tuple[str, ...]
    deliverables: tuple[tuple[str, date | None], ...]
    fee: int
    currency: str
    hours: int
    rate: int | None
    kick_off_on: date
    due_on: date
    due_flexible: bool
    any_hours: bool
    expires_on: date | None
    sent_on: date | None
    answered_on: date | None
    note: str
    paid_when: str
    paid_as: str
    place: str
    supervisor: str
    supervisor_email: str
    funding: str
    tools: str
    ownership: str
    confidentiality: str
    ai_policy: str
    signatory: str
    signatory_title: str
    reply_to: str


def offer(store: Store, offer_id: str, *, today: date) -> OfferView:
    """UserError where there is none."""
    with store.read() as session:
        one = session.get(Offer, offer_id)
        if one is None:
            raise UserError("This offer is no longer in the store.")
        return _view(session, one, today)


def unanswered(store: Store) -> list[str]:
    """Every offer drafted, or sent and not answered, of people still in the running; the oldest first."""
    query = (
        select(Offer.id)
        .join(Application, Application.id == Offer.application_id)
        .where(Offer.status.in_(("drafted", "sent")), Application.status.not_in(("not_selected", "withdrawn")))
        .order_by(Offer.created_at, Offer.id)
    )
    with store.read() as session:
        return list(session.scalars(query))


def by_grant(store: Store, offer_ids: Sequence[str]) -> set[str]:
    """Those of these for which a campus grant pays."""
    query = select(Offer.id).join(Application, Application.id == Offer.application_id)
    query = query.join(Project, Project.id == Application.project_id).where(Project.funding == "campus_grant")
    with store.read() as session:
        return set(session.scalars(query.where(among(Offer.id, offer_ids))))


@dataclass(frozen=True, slots=True)
class OpenOffers:
    """A project's offers that nobody has answered; the oldest first."""

    project_id: str
    words: str
    offer_ids: tuple[str, ...]


def open_offers(store: Store) -> list[OpenOffers]:
    """By project, in the order of their numbers."""
    ids = unanswered(store)
    place = {row_id: at for at, row_id in enumerate(ids)}
    found: dict[str, tuple[str, list[str]]] = {}
    query = (
        select(Offer.id, Project.id, Project.number, Project.title)
        .join(Application, Application.id == Offer.application_id)
        .join(Project, Project.id == Application.project_id)
        .order_by(Project.number)
    )
    with store.read() as session:
        for offer_id, project_id, number, title in session.execute(query.where(among(Offer.id, ids))):
            words = f"{number_words('P', number)} {title}"
            found.setdefault(project_id, (words, []))[1].append(offer_id)
    return [OpenOffers(key, words, tuple(sorted(own, key=place.__getitem__))) for key, (words, own) in found.items()]


def may_come_back(store: Store) -> list[tuple[str, str]]:
    """(offer, whose and of what) of those whose signed letter may still come: unanswered first, the latest first."""
    words = {"drafted": "not sent yet", "sent": "waits for an answer", "accepted": "accepted"}
    signed = select(Document.owner_id).where(Document.noun == "offers", Document.purpose == "signed")
    query = (
        select(Offer, Candidate, Project)
        .join(Application, Application.id == Offer.application_id)
        .join(Project, Project.id == Application.project_id)
        .join(Candidate, Candidate.id == Application.candidate_id)
        .where(Offer.status.in_(words), Offer.id.not_in(signed), visible_sql())
        .order_by(Offer.status == "accepted", Offer.created_at.desc(), Offer.id)
    )
    with store.read() as session:
        return [
            (one.id, f"{person.name} · {number_words('P', project.number)} {project.title} · {words[one.status]}")
            for one, person, project in session.execute(query.limit(200))
        ]


def _view(session: Session, one: Offer, today: date) -> OfferView:
    application, project, person = session.execute(
        select(Application, Project, Candidate)
        .join(Project, Project.id == Application.project_id)
        .join(Candidate, Candidate.id == Application.candidate_id)
        .where(Application.id == one.application_id)
    ).one()
    supervisor = session.get(Colleague, project.supervisor_id) if project.supervisor_id else None
    business = employer_of(session)
    mails = select(CandidateEmail.address).where(CandidateEmail.candidate_id == person.id)
    parts = select(Milestone.text, Milestone.due_on).where(Milestone.project_id == project.id)
    worker = session.scalar(select(Payee.worker_type).where(Payee.candidate_id == person.id))
    mode = LOCATION_MODES.get(project.location_mode, project.location_mode)
    state = offer_state(one.status, one.expires_on, today)
    return OfferView(
        id=one.id,
        application_id=application.id,
        project_id=project.id,
        candidate_id=person.id,
        engagement_id=session.scalar(select(Engagement.id).where(Engagement.offer_id == one.id)),
        employer=business,
        day=one.sent_on or today,
        state=state,
        state_words=OFFERED[state],
        reference=number_words("P", project.number),
        candidate=person.name,
        greeting_name=person.nickname or person.first_name or person.name,
        email=session.scalar(mails.order_by(CandidateEmail.position).limit(1)) or "",
        project=project.title,
        summary=project.summary,
        why_it_matters=project.why_it_matters,
        objectives=tuple(project.learning_objectives),
        deliverables=tuple((text, due) for text, due in session.execute(parts.order_by(Milestone.position))),
        fee=one.fee,
        currency=one.currency,
        hours=one.hours,
        rate=money.per_hour(one.fee, one.hours),
        kick_off_on=one.kick_off_on,
        due_on=one.due_on,
        due_flexible=one.due_flexible,
        any_hours=project.any_hours,
        expires_on=one.expires_on,
        sent_on=one.sent_on,
        answered_on=one.answered_on,
        note=one.note,
        paid_when=PAID_WHEN,
        paid_as=WORKER_TYPES.get(worker or "", ""),
        place=f"{mode}, {project.place}" if project.place else mode,
        supervisor=supervisor.name if supervisor else "",
        supervisor_email=supervisor.email if supervisor else "",
        funding="Paid by a grant of your school" if project.funding == "campus_grant" else "",
        tools=project.tools,
        ownership=project.ownership,
        confidentiality=project.confidentiality,
        ai_policy=project.ai_policy,
        signatory=business.signatory_name,
        signatory_title=business.signatory_title,
        reply_to=business.email,
    )
