"""Whom a letter is to and what is known for its fields: by offer, work, application or person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, case, literal, or_, select
from sqlalchemy.orm import Session

from core import money
from core.errors import UserError
from core.insight import offers
from core.insight.offers import OfferView
from core.insight.office import EmployerView, employer_of
from core.insight.parts import chunks, number_words, studies
from core.insight.progress import visible_sql
from core.letter_text import FIELDS, About
from core.model import Application, Candidate, CandidateEmail, Engagement, Extension, Form, Offer, Project
from core.model.words import VERDICTS
from core.store import Ref, Store
from core.text import day, plural, short_day

_OPEN = ("drafted", "sent", "expired")


@dataclass(frozen=True, slots=True)
class Recipient:
    """What a letter is made for. `values`: field to words as core.letter_text names them, "" where nothing is known.

    `terms`: of an offer or of work what its table and its conditions say. `stop`: why nothing should go to them.
    """

    about: About
    row_id: str
    words: str
    candidate_id: str
    name: str
    email: str
    reference: str
    employer: EmployerView
    values: Mapping[str, str]
    refs: tuple[Ref, ...]
    keep_with: Ref
    terms: OfferView | None = None
    stop: str = ""


def recipient(store: Store, about: About, row_id: str, *, today: date, school: bool = True) -> Recipient:
    """UserError where there is none, or the name is still hidden behind a code.

    `school`: without it nothing is known of where they study, which costs more to find than all else.
    """
    one = _recipient(store, about, row_id, today, school)
    with store.read() as session:
        since = session.scalar(select(Candidate.do_not_contact_on).where(Candidate.id == one.candidate_id))
    view = one.terms if about == "offer" else None
    until = view.expires_on if view is not None and view.state in _OPEN else None
    return replace(one, stop=_stop(since, until, today))


def _recipient(store: Store, about: About, row_id: str, today: date, school: bool) -> Recipient:
    if about == "offer":
        return _of_offer(store, row_id, today, school)
    with store.read() as session:
        if about == "work":
            work = session.get(Engagement, row_id)
            if work is None:
                raise UserError("This work is no longer in the store.")
            offer_id = work.offer_id
        elif about == "application":
            return _of_application(session, row_id, today, school)
        else:
            return _of_person(session, row_id, today, school)
    return _of_work(store, row_id, offer_id, today, school)


def subjects(store: Store, candidate_id: str) -> list[tuple[About, str, str]]:
    """(about, row, words): what a letter to this person can be about, the person alone last."""
    found: list[tuple[About, str, str]] = []
    with store.read() as session:
        named = select(Application, Project).join(Project, Project.id == Application.project_id)
        named = named.where(Application.candidate_id == candidate_id, visible_sql(), Application.status != "invited")
        for application, project in session.execute(named.order_by(Project.number.desc())).all():
            words = f"{number_words('P', project.number)} {project.title}"
            of_it = Engagement.application_id == application.id
            at_work = session.scalars(select(Engagement.id).where(of_it))
            found += [("work", row_id, f"Work on {words}") for row_id in at_work]
            given = select(Offer.id).where(Offer.application_id == application.id, Offer.status != "withdrawn")
            offered = session.scalars(given.order_by(Offer.created_at.desc()))
            found += [("offer", row_id, f"Offer of {words}") for row_id in offered]
            found.append(("application", application.id, f"Application for {words}"))
    return [*found, ("person", candidate_id, "No project")]


def rows_of(
    store: Store,
    about: About,
    candidate_ids: Sequence[str],
    project_id: str | None = None,
    *,
    declined_by: date | None = None,
) -> dict[str, str]:
    """By person the latest row that a letter about this can be about; nothing of one whose name is hidden there.

    `declined_by`: only applications that were declined, and of which that may be told on this day.
    """
    if about == "person":
        return {one: one for one in candidate_ids}
    query: Any = {
        "application": select(Application.candidate_id, Application.id).where(Application.status != "invited"),
        "offer": select(Application.candidate_id, Offer.id)
        .join(Offer, Offer.application_id == Application.id)
        .where(Offer.status != "withdrawn"),
        "work": select(Application.candidate_id, Engagement.id).join(
            Engagement, Engagement.application_id == Application.id
        ),
    }[about]
    latest = {"application": Application, "offer": Offer, "work": Engagement}[about]
    query = query.join(Project, Project.id == Application.project_id).where(visible_sql())
    if project_id:
        query = query.where(Application.project_id == project_id)
    if declined_by is not None:
        query = query.where(_may_be_told(declined_by))
    found: dict[str, str] = {}
    with store.read() as session:
        for part in chunks(candidate_ids):
            mine = query.where(Application.candidate_id.in_(part)).order_by(latest.created_at, latest.id)
            found |= {row[0]: row[1] for row in session.execute(mine)}
    return found


def _may_be_told(on: date) -> ColumnElement[bool]:
    held = Application.hold_until
    return and_(Application.status == "not_selected", or_(held.is_(None), held < on))


def may_be_told(store: Store, application_id: str, *, today: date) -> bool:
    """Whether it was declined, and not held back any longer."""
    with store.read() as session:
        query = select(Application.id).where(Application.id == application_id, _may_be_told(today))
        return session.scalar(query) is not None


def people_of(store: Store, project_id: str) -> list[str]:
    """Those of the project whose names may be seen, in the order of their applications."""
    query = select(Application.candidate_id).join(Project, Project.id == Application.project_id)
    query = query.where(Application.project_id == project_id, visible_sql())
    with store.read() as session:
        return list(dict.fromkeys(session.scalars(query.order_by(Application.created_at, Application.id))))


def names_of(store: Store, candidate_ids: Sequence[str]) -> dict[str, str]:
    """Of those who are still there, in the order of the ids."""
    found: dict[str, str] = {}
    with store.read() as session:
        for part in chunks(candidate_ids):
            found |= {one.id: one.name for one in session.scalars(select(Candidate).where(Candidate.id.in_(part)))}
    return {one: found[one] for one in candidate_ids if one in found}


@dataclass(frozen=True, slots=True)
class Addressee:
    """Of a letter to be, without what it says. `stop`: as Recipient has it."""

    name: str
    reference: str
    stop: str


def addressees(store: Store, about: About, row_ids: Sequence[str], *, today: date) -> dict[str, Addressee]:
    """By row, for many at once; nothing of one that is gone or whose name is hidden."""
    found: dict[str, Addressee] = {}
    person = (Candidate.first_name, Candidate.last_name, Candidate.do_not_contact_on)
    query: Any
    if about == "person":
        row_id: Any = Candidate.id
        query = select(row_id, *person, literal(None), literal(None))
    else:
        row_id = {"application": Application.id, "offer": Offer.id, "work": Engagement.id}[about]
        until: Any = case((Offer.status.in_(_OPEN), Offer.expires_on)) if about == "offer" else literal(None)
        query = select(row_id, *person, Project.number, until).select_from(Application)
        query = query.join(Candidate, Candidate.id == Application.candidate_id)
        query = query.join(Project, Project.id == Application.project_id)
        if about == "application":
            query = query.where(visible_sql())
        else:
            other = Offer if about == "offer" else Engagement
            query = query.join(other, other.application_id == Application.id)
    with store.read() as session:
        for part in chunks(row_ids):
            for key, first, last, since, number, until in session.execute(query.where(row_id.in_(part))):
                reference = number_words("P", number) if number is not None else ""
                found[key] = Addressee(f"{first} {last}".strip(), reference, _stop(since, until, today))
    return found


def _stop(since: date | None, until: date | None, today: date) -> str:
    """`until`: the last day to answer an offer that is still open."""
    if since is not None:
        return f"They asked on {short_day(since, today)} not to be written to."
    if until is not None and until < today:
        return f"The last day to answer was {short_day(until, today)}. Give them more time first."
    return ""


def offer_by_code(store: Store, codes: Sequence[str]) -> str:
    """The offer whose letter bears one of these; "" for none."""
    with store.read() as session:
        query = select(Form.layout).where(Form.kind == "letter", Form.code.in_(codes)).limit(1)
        layout = session.scalar(query)
    return str((layout or {}).get("offer", ""))


def newest(store: Store, about: str) -> str | None:
    """The latest row of those that letters are about, whose name may be seen."""
    found = {
        "offer": select(Offer.id).order_by(Offer.created_at.desc()),
        "work": select(Engagement.id).order_by(Engagement.created_at.desc()),
        "application": select(Application.id).where(visible_sql()).order_by(Application.created_at.desc()),
        "person": select(Candidate.id).order_by(Candidate.created_at.desc()),
    }
    if about not in found:
        return None
    with store.read() as session:
        return session.scalar(found[about].limit(1))


def _of_offer(store: Store, offer_id: str, today: date, school: bool) -> Recipient:
    view = offers.offer(store, offer_id, today=today)
    with store.read() as session:
        values = _person(session, view.candidate_id, view.employer, today, school) | _terms(view)
    values |= {
        "expires": day(view.expires_on) if view.expires_on else "",
        "funding": view.funding,
        "note": view.note,
    }
    refs: tuple[Ref, ...] = (("offers", offer_id), ("candidates", view.candidate_id), ("projects", view.project_id))
    words = f"Offer of {view.reference} {view.project}"
    return Recipient(
        "offer", offer_id, words, view.candidate_id, view.candidate, view.email, view.reference, view.employer,
        _only("offer", values), refs, ("offers", offer_id), view,
    )  # fmt: skip


def _of_work(store: Store, engagement_id: str, offer_id: str, today: date, school: bool) -> Recipient:
    view = offers.offer(store, offer_id, today=today)
    with store.read() as session:
        work = session.get(Engagement, engagement_id)
        if work is None:
            raise UserError("This work is no longer in the store.")
        values = _person(session, view.candidate_id, view.employer, today, school) | _terms(view)
        given = select(Extension.new_due_on).where(
            Extension.engagement_id == engagement_id, Extension.granted.is_(True)
        )
        moved = list(session.scalars(given.order_by(Extension.answered_on, Extension.created_at)))
        before = [view.due_on, *moved][-2] if moved else None
        values |= {
            "start": day(work.started_on or work.kick_off_on),
            "due": day(work.due_on),
            "hours": plural(work.estimated_hours, "hour"),
            "start_time": work.kick_off_time,
            "how_to_join": work.how_to_join,
            "old_due": day(before) if before else "",
            "accepted": day(work.accepted_on) if work.accepted_on else "",
            "verdict": VERDICTS.get(work.verdict, ""),
        }
    refs: tuple[Ref, ...] = (("engagements", engagement_id), ("candidates", view.candidate_id))
    words = f"Work on {view.reference} {view.project}"
    return Recipient(
        "work", engagement_id, words, view.candidate_id, view.candidate, view.email, view.reference, view.employer,
        _only("work", values), refs, ("engagements", engagement_id), view,
    )  # fmt: skip


def _of_application(session: Session, row_id: str, today: date, school: bool) -> Recipient:
    query = select(Application, Project, visible_sql()).join(Project, Project.id == Application.project_id)
    found = session.execute(query.where(Application.id == row_id)).first()
    if found is None:
        raise UserError("This application is no longer in the store.")
    application, project, shown = found
    if not shown:
        raise UserError(f"The name of Candidate {application.code} is still hidden. Decide or reveal it first.")
    employer = employer_of(session)
    number = number_words("P", project.number)
    values = _person(session, application.candidate_id, employer, today, school) | {
        "project": project.title,
        "summary": project.summary,
        "why": project.why_it_matters,
        "applied": day(application.applied_on) if application.applied_on else "",
    }
    person = application.candidate_id
    refs: tuple[Ref, ...] = (("applications", row_id), ("candidates", person))
    # What lies with an application is shown to raters, by its code.
    return Recipient(
        "application", row_id, f"Application for {number} {project.title}", person, values["name"],
        values.pop("email"), number, employer, _only("application", values), refs, ("candidates", person),
    )  # fmt: skip


def _of_person(session: Session, candidate_id: str, today: date, school: bool) -> Recipient:
    employer = employer_of(session)
    values = _person(session, candidate_id, employer, today, school)
    refs: tuple[Ref, ...] = (("candidates", candidate_id),)
    return Recipient(
        "person", candidate_id, "No project", candidate_id, values["name"], values.pop("email"), "", employer,
        _only("person", values), refs, ("candidates", candidate_id),
    )  # fmt: skip


def _person(session: Session, candidate_id: str, employer: EmployerView, today: date, school: bool) -> dict[str, str]:
    one = session.get(Candidate, candidate_id)
    if one is None:
        raise UserError("This person is no longer in the store.")
    mails = select(CandidateEmail.address).where(CandidateEmail.candidate_id == candidate_id)
    study = studies(session, [candidate_id], today).get(candidate_id) if school else None
    return {
        "first_name": one.nickname or one.first_name or one.name,
        "name": one.name,
        "email": session.scalar(mails.order_by(CandidateEmail.position).limit(1)) or "",
        "school": study.school if study else "",
        "employer": employer.name,
        "me": employer.signatory_name,
        "my_title": employer.signatory_title,
        "reply_to": employer.email,
        "today": day(today),
    }


def _terms(view: OfferView) -> dict[str, str]:
    return {
        "project": view.project,
        "summary": view.summary,
        "why": view.why_it_matters,
        "supervisor": view.supervisor,
        "supervisor_email": view.supervisor_email,
        "fee": money.show(view.fee, view.currency),
        "hours": plural(view.hours, "hour"),
        "start": day(view.kick_off_on),
        "due": day(view.due_on),
        "may_move": "This day may move where it collides with classes or exams." if view.due_flexible else "",
        "place": view.place,
        "tools": view.tools,
        "paid_when": view.paid_when,
        "paid_as": view.paid_as,
    }


def _only(about: About, values: Mapping[str, str]) -> dict[str, str]:
    return {name: values.get(name, "") for name in FIELDS[about]}
