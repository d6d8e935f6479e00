"""From an invitation to the decision whom to offer the work."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import states
from core.errors import FieldErrors, UserError
from core.ids import new_id
from core.model import Answer, Application, Candidate, Engagement, Offer, Project, ProjectStage, Question, words
from core.store import Label, Store
from core.text import clean, in_digits, line, short_day
from core.work.candidates import enrolment_of, year_on
from core.work.checks import (
    LINE_LIMIT,
    TEXT_LIMIT,
    Problems,
    find,
    is_live,
    known,
    live_offers,
    move,
    past_day,
    project_code,
    rows,
)
from core.work.moves import applied_on_changed, arrive, began

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
DIGITS = "23456789"
"""Without I and O, 0 and 1: read aloud they are taken for each other."""
NOT_SELECTED = "This student was not selected. Take that decision back first."


@dataclass(frozen=True, kw_only=True)
class ApplicationDraft:
    """`answers`: question id to text; an empty one takes the answer out. `applied_on`: today unless said."""

    project_id: str | None = None
    candidate_id: str | None = None
    applied_on: date | None = None
    answers: Mapping[str, str] = field(default_factory=dict)
    source: str = ""


def answer_field(question_id: str) -> str:
    """How FieldErrors names an answer: `answers.<question id>`."""
    return f"answers.{question_id}"


def invite(store: Store, project_id: str, candidate_id: str, *, today: date, on: date | None = None) -> str:
    """Note that someone was asked to apply."""
    invited_on = past_day(on, today, "Invited")
    application_id = new_id()
    with store.change(Label.CANDIDATE_INVITED, ("applications", application_id)) as session:
        project = _project_taking(session, project_id)
        candidate = find(session, Candidate, candidate_id, "candidate")
        if candidate.do_not_contact_on is not None:
            since = short_day(candidate.do_not_contact_on)
            raise UserError(f"{candidate.name} asked on {since} not to be contacted, and so is not invited.")
        if (there := _application(session, project_id, candidate_id)) is not None:
            raise UserError(
                f"{candidate.name} is part of {project_code(project.number)} already: "
                f"{words.APPLICATION_STATES[there.status].lower()}."
            )
        application = _new(session, application_id, project, candidate, status="invited", invited_on=invited_on)
        session.add(application)
        began(session, application, invited_on)
    return application_id


def record_application(store: Store, draft: ApplicationDraft, *, today: date) -> str:
    """Someone applied. One who was invited, or had withdrawn, goes on with the same application and code."""
    with store.change(Label.APPLICATION_ADDED) as session:
        draft, project, candidate = _checked(session, draft, today)
        applied_on = draft.applied_on or today
        application = _application(session, project.id, candidate.id)
        if application is None:
            application = _new(session, new_id(), project, candidate, status="applied", applied_on=applied_on)
            session.add(application)
            began(session, application, applied_on)
        elif application.status in ("invited", "withdrawn"):
            arrive(session, application, "applied", applied_on)
            application.applied_on, application.decided_on, application.decision_reason = applied_on, None, ""
            _note_study(session, application, candidate, applied_on)
        else:
            code = project_code(project.number)
            raise FieldErrors({"candidate_id": f"{candidate.name} has applied to {code} already."})
        application.source = draft.source or application.source
        _write_answers(session, application.id, draft.answers)
        store.note_ref(("applications", application.id))
        return application.id


def change_application(store: Store, application_id: str, draft: ApplicationDraft, *, today: date) -> str:
    """Answers, source and the day of applying; project and candidate stay as they are."""
    with store.change(Label.APPLICATION_CHANGED, ("applications", application_id)) as session:
        application = find(session, Application, application_id, "application")
        draft = replace(draft, project_id=application.project_id, candidate_id=application.candidate_id)
        draft, _, candidate = _checked(session, draft, today, known_already=True)
        if draft.applied_on is not None and draft.applied_on != application.applied_on:
            applied_on_changed(session, application, application.applied_on, draft.applied_on)
            application.applied_on = draft.applied_on
            _note_study(session, application, candidate, draft.applied_on)
        application.source = draft.source
        _write_answers(session, application_id, draft.answers)
    return application_id


def application_draft(store: Store, application_id: str) -> ApplicationDraft:
    with store.read() as session:
        application = find(session, Application, application_id, "application")
        answers = rows(session, Answer, Answer.application_id == application_id)
        return ApplicationDraft(
            project_id=application.project_id,
            candidate_id=application.candidate_id,
            applied_on=application.applied_on,
            answers={answer.question_id: answer.text for answer in answers},
            source=application.source,
        )


def shortlist(store: Store, application_id: str, *, today: date) -> str:
    return _move(store, application_id, "shortlisted", today)


def not_select(store: Store, application_id: str, *, today: date, reason: str = "") -> str:
    """Decide against someone. Refused while an offer to them is open or they are at work."""
    return _move(store, application_id, "not_selected", today, reason)


def reconsider(store: Store, application_id: str, *, today: date) -> str:
    """Withdrawn or shortlisted becomes applied again. Not selected is taken back (core.work.declining) instead."""
    return _move(store, application_id, "applied", today)


def withdraw(store: Store, application_id: str, *, today: date, reason: str = "") -> str:
    """The student steps back. An offer on its way to them counts as declined, a drafted one as withdrawn."""
    return _move(store, application_id, "withdrawn", today, reason)


def _move(store: Store, application_id: str, status: str, today: date, reason: str = "") -> str:
    why = clean(reason)
    if len(why) > TEXT_LIMIT:
        raise FieldErrors(
            {"reason": f"The reason has more than {in_digits(TEXT_LIMIT)} characters. Please shorten it."}
        )
    with store.change(Label.APPLICATION_MOVED, ("applications", application_id), reason=why) as session:
        application = find(session, Application, application_id, "application")
        if status not in ("not_selected", "withdrawn"):
            stands(application)
        else:
            _settle_offers(session, application, status, today)
        come_to(session, application, status, today, why)
    return application_id


def stands(application: Application) -> None:
    """UserError where the person was not selected: they may have been told, and only taking it back looks at that."""
    if application.status == "not_selected":
        raise UserError(NOT_SELECTED)


def come_to(
    session: Session,
    application: Application,
    status: str,
    today: date,
    why: str = "",
    stage: ProjectStage | None = None,
) -> bool:
    """The status, and all that goes with it; within a running change. False where it stands there already."""
    if status == application.status and stage is None and application.stage_id is None:
        # Said twice, it is refused as the machine does; a move to where it is does nothing.
        move(application, states.APPLICATION, status, words.APPLICATION_STATES, "application")
    came = arrive(session, application, status, today, stage)
    if status == "applied":
        application.applied_on = application.applied_on or today
    decided = status in ("not_selected", "withdrawn")
    application.decided_on = today if decided else None
    application.decision_reason = why if decided else ""
    if status != "not_selected":
        application.hold_until = application.told_on = None
    return came


def _settle_offers(session: Session, application: Application, status: str, today: date) -> None:
    for offer in live_offers(session, today, Offer.application_id == application.id):
        if offer.status == "accepted":
            raise UserError("This student has accepted an offer. End or cancel the engagement first.")
        if status == "not_selected":
            raise UserError("An offer to this student is open. Withdraw it first.")
        offer.status = "declined" if offer.status == "sent" else "withdrawn"
        offer.answered_on = today


def _checked(
    session: Session, draft: ApplicationDraft, today: date, *, known_already: bool = False
) -> tuple[ApplicationDraft, Project, Candidate]:
    problems = Problems()
    problems.when(draft.project_id is None, "project_id", "Choose the project.")
    problems.when(draft.candidate_id is None, "candidate_id", "Choose the candidate.")
    gone = "That one is no longer in the store. Choose another."
    project = known(session, Project, draft.project_id, problems, "project_id", gone)
    candidate = known(session, Candidate, draft.candidate_id, problems, "candidate_id", gone)
    if draft.applied_on is not None and draft.applied_on > today:
        problems.add("applied_on", f"{short_day(draft.applied_on)} is still to come. Give a day up to today.")
    draft = replace(draft, source=line(draft.source))
    problems.when(len(draft.source) > LINE_LIMIT, "source", f"At most {LINE_LIMIT} characters fit.")
    if project is not None:
        draft = replace(draft, answers=_checked_answers(session, project, draft.answers, problems))
    problems.raise_if_any()
    if project is None or candidate is None:
        raise UserError("Choose the project and the candidate.")
    return draft, project if known_already else _project_taking(session, project.id), candidate


def _checked_answers(
    session: Session, project: Project, answers: Mapping[str, str], problems: Problems
) -> dict[str, str]:
    asked = {question.id: question for question in rows(session, Question, Question.project_id == project.id)}
    cleaned: dict[str, str] = {}
    for question_id, answer in answers.items():
        cleaned[question_id] = text = clean(answer)
        if question_id not in asked:
            problems.add(answer_field(question_id), "This question is no longer part of the project.")
        elif len(text) > TEXT_LIMIT:
            too_long = f"{in_digits(len(text))} characters; at most {in_digits(TEXT_LIMIT)} fit."
            problems.add(answer_field(question_id), too_long)
    return cleaned


def _write_answers(session: Session, application_id: str, answers: Mapping[str, str]) -> None:
    """An empty text takes an answer out; one that is not mentioned stays."""
    old = {row.question_id: row for row in rows(session, Answer, Answer.application_id == application_id)}
    for question_id, text in answers.items():
        row = old.get(question_id)
        if row is None and text:
            session.add(Answer(application_id=application_id, question_id=question_id, text=text))
        elif row is not None and text:
            row.text = text
        elif row is not None:
            session.delete(row)


def _project_taking(session: Session, project_id: str) -> Project:
    """Facts may come in late, also to a draft; only what was cancelled takes nobody."""
    project = find(session, Project, project_id, "project")
    if project.status == "cancelled":
        raise UserError(f"{project_code(project.number)} is cancelled. Bring it back to draft first.")
    return project


def _application(session: Session, project_id: str, candidate_id: str) -> Application | None:
    query = select(Application).where(Application.project_id == project_id, Application.candidate_id == candidate_id)
    return session.scalars(query).first()


def _new(
    session: Session,
    application_id: str,
    project: Project,
    candidate: Candidate,
    *,
    status: str,
    invited_on: date | None = None,
    applied_on: date | None = None,
) -> Application:
    taken = set(session.scalars(select(Application.code).where(Application.project_id == project.id)))
    # Of the application's own id: out of the person's and the project's anyone could work the code out.
    application = Application(
        id=application_id,
        project_id=project.id,
        candidate_id=candidate.id,
        code=next(code for code in codes(application_id) if code not in taken),
        status=status,
        source=candidate.source,
        invited_on=invited_on,
        applied_on=applied_on,
    )
    if applied_on is not None:
        _note_study(session, application, candidate, applied_on)
    return application


def _note_study(session: Session, application: Application, candidate: Candidate, on: date) -> None:
    """Where they studied and in which year when they applied; later transfers do not touch it."""
    enrolment, school = enrolment_of(session, candidate.id)
    application.enrolment_id = None if enrolment is None else enrolment.id
    application.class_year = year_on(candidate, enrolment, school, on)


def codes(seed: str) -> Iterator[str]:
    """K7, then others: from the seed alone and in no order that tells who came first. Two digits once all are out."""
    for digits in (1, 2, 3):
        room = len(LETTERS) * len(DIGITS) ** digits
        start = int.from_bytes(hashlib.sha256(seed.encode()).digest()[:8])
        # A step without a common factor with the room visits each code once.
        for turn in range(room):
            place = (start + turn * 67) % room
            letter, rest = divmod(place, len(DIGITS) ** digits)
            code = LETTERS[letter]
            for _ in range(digits):
                rest, digit = divmod(rest, len(DIGITS))
                code += DIGITS[digit]
            yield code


def can_be_offered(session: Session, application: Application, today: date) -> str | None:
    """Words for why no offer can be made, or None where it can."""
    if application.status in ("not_selected", "withdrawn", "invited"):
        return {
            "not_selected": NOT_SELECTED,
            "withdrawn": "This student has withdrawn. Record a new application first.",
            "invited": "This student has been invited and has not applied yet. Record the application first.",
        }[application.status]
    project = find(session, Project, application.project_id, "project")
    if project.status == "cancelled":
        return f"{project_code(project.number)} is cancelled. Bring it back to draft first."
    query = select(Offer, Engagement.status).outerjoin(Engagement, Engagement.offer_id == Offer.id)
    for offer, engaged in session.execute(query.where(Offer.application_id == application.id)):
        if is_live(offer, engaged, today):
            state = words.OFFER_STATES[offer.status].lower()
            return f"There is an offer to this student already: {state}. A second one may follow once that is settled."
    return no_room(session, project, today)


def no_room(session: Session, project: Project, today: date) -> str | None:
    """Words that every opening is taken, or None while one is free."""
    taken = live_offers(session, today, Application.project_id == project.id)
    if len(taken) < project.openings:
        return None
    places = "Its one opening is" if project.openings == 1 else f"All {project.openings} openings are"
    return f"{places} taken by an offer or by someone at work. Raise the project’s openings, or withdraw an offer."
