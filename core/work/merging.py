"""Two candidates become one: by hand, field by field; all that hangs on the other comes along. One change."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.errors import FieldErrors, UserError
from core.model import (
    Answer,
    Application,
    ApplicationMove,
    Blackout,
    Candidate,
    CandidateEmail,
    CandidateLanguage,
    CandidateSkill,
    CandidateTag,
    CustomValue,
    DifferentPeople,
    Document,
    Engagement,
    Enrolment,
    Evaluation,
    Offer,
    Payee,
    PoolEntry,
    Project,
    Row,
    SelfIdentification,
)
from core.store import Label, Store
from core.text import fold
from core.work.checks import find, live_offers, project_code, rows
from core.work.declining import is_hidden
from core.work.hanging import hanging, references

KEEP, OTHER, BOTH = "keep", "other", "both"
ONE_OF = (
    "first_name", "last_name", "nickname", "phone", "source", "hours_a_week", "free_grid", "class_year",
    "may_work", "needs_sponsorship",
)  # fmt: skip
LISTS = ("emails", "links", "notes", "study", "skills", "languages", "blackouts", "tags")
"""Of these both may be kept."""
_WITH: dict[str, tuple[str, ...]] = {"class_year": ("class_year_set", "class_year_set_on")}
_PARTS: dict[str, type[Row]] = {
    "emails": CandidateEmail,
    "skills": CandidateSkill,
    "languages": CandidateLanguage,
    "blackouts": Blackout,
    "tags": CandidateTag,
}
CUSTOM = "custom."
"""Begins the field of one of one's own fields, whose id follows."""


def merge(store: Store, keep_id: str, other_id: str, choices: Mapping[str, str], *, today: date) -> str:
    """`choices`: field to keep, other or both (LISTS alone). What is not named: what is kept, else the other's; both
    of a list. UserError where both worked, or hold an offer, in the same project.
    """
    if keep_id == other_id:
        raise UserError("This is one and the same person. Choose two.")
    for field, choice in choices.items():
        known = field in ONE_OF or field in LISTS or field.startswith(CUSTOM)
        if not known or choice not in (KEEP, OTHER, *((BOTH,) if field in LISTS else ())):
            raise FieldErrors({field: f"“{choice}” is no choice here. Take one side, or both of a list."})
    with store.change(Label.CANDIDATES_MERGED, ("candidates", keep_id), ("candidates", other_id)) as session:
        keep, other = (find(session, Candidate, one, "candidate") for one in (keep_id, other_id))
        _applications(session, keep_id, other_id, today)
        _fields(keep, other, choices)
        _lists(session, keep_id, other_id, choices)
        _custom(session, keep_id, other_id, choices)
        _once_only(session, keep_id, other_id, today)
        for kind, column in references("candidates"):
            for row in rows(session, kind, column == other_id):
                setattr(row, column.key, keep_id)
        for document in rows(session, Document, Document.noun == "candidates", Document.owner_id == other_id):
            document.owner_id = keep_id
        session.flush()
        session.delete(other)
    return keep_id


# --- the person's own fields ------------------------------------------------------------------------------------------


def _fields(keep: Candidate, other: Candidate, choices: Mapping[str, str]) -> None:
    for field in ONE_OF:
        columns = _WITH.get(field, (field,))
        mine = getattr(keep, columns[0])
        choice = choices.get(field, OTHER if mine in ("", None) else KEEP)
        if choice == OTHER:
            for column in columns:
                setattr(keep, column, getattr(other, column))
    said = choices.get("links", BOTH)
    keep.links = list(dict.fromkeys([*(keep.links if said != OTHER else ()), *(other.links if said != KEEP else ())]))
    said = choices.get("notes", BOTH)
    notes = [*([keep.notes] if said != OTHER else []), *([other.notes] if said != KEEP else [])]
    keep.notes = "\n\n".join(dict.fromkeys(one for one in notes if one.strip()))
    # Facts of which the first holds, and a wish that is never merged away.
    if other.first_contact_on is not None and (
        keep.first_contact_on is None or other.first_contact_on < keep.first_contact_on
    ):
        keep.first_contact_on = other.first_contact_on
        keep.class_year_at_first_contact = other.class_year_at_first_contact
    keep.do_not_contact_on = _first(keep.do_not_contact_on, other.do_not_contact_on)
    keep.work_asked_on = _last(keep.work_asked_on, other.work_asked_on)


def _first(one: date | None, other: date | None) -> date | None:
    return min((day for day in (one, other) if day is not None), default=None)


def _last(one: date | None, other: date | None) -> date | None:
    return max((day for day in (one, other) if day is not None), default=None)


def _lists(session: Session, keep_id: str, other_id: str, choices: Mapping[str, str]) -> None:
    for field, kind in _PARTS.items():
        said = choices.get(field, BOTH)
        mine, theirs = _of(session, kind, keep_id), _of(session, kind, other_id)
        for row in mine if said == OTHER else theirs if said == KEEP else ():
            session.delete(row)
        if said == BOTH:
            _both(session, mine, theirs)
    said = choices.get("emails", BOTH)
    chosen = [one for one, out in ((keep_id, OTHER), (other_id, KEEP)) if said != out]
    mails = [row for one in chosen for row in sorted(_of(session, CandidateEmail, one), key=lambda row: row.position)]
    for position, mail in enumerate(mail for mail in mails if mail not in session.deleted):
        mail.position = position
    _study(session, keep_id, other_id, choices.get("study", ""))


def _of(session: Session, kind: Any, candidate_id: str) -> list[Any]:
    with session.no_autoflush:
        return rows(session, kind, kind.candidate_id == candidate_id)


_SAME: dict[type[Row], Callable[[Any], object]] = {
    CandidateEmail: lambda row: row.address.casefold(),
    CandidateSkill: lambda row: row.skill_id,
    CandidateLanguage: lambda row: fold(row.language),
    Blackout: lambda row: (row.starts_on, row.ends_on),
    CandidateTag: lambda row: row.tag_id,
}


def _both(session: Session, mine: list[Any], theirs: list[Any]) -> None:
    """What both have stands once, with what only the other says of it; of two levels the higher counts."""
    for row in theirs:
        same = _SAME[type(row)]
        twin = next((one for one in mine if same(one) == same(row)), None)
        if twin is None:
            continue
        if isinstance(row, CandidateSkill):
            twin.level = max((one for one in (twin.level, row.level) if one is not None), default=None)
            twin.evidence = twin.evidence or row.evidence
        elif isinstance(row, CandidateLanguage):
            twin.level = twin.level or row.level
        session.delete(row)


def _study(session: Session, keep_id: str, other_id: str, said: str) -> None:
    """An enrolment that goes hands its applications to the one that stays."""
    mine, theirs = _of(session, Enrolment, keep_id), _of(session, Enrolment, other_id)
    stay, go = (theirs, mine) if said == OTHER else (mine, theirs)
    for row in go:
        twin = next((one for one in stay if one.school_id == row.school_id), None)
        if said in (KEEP, OTHER):
            twin = twin or (stay[0] if stay else None)
        if twin is None:
            continue
        for column in ("student_number", "major", "cip_code", "degree_level", "starts_on", "graduates_on"):
            if twin.school_id == row.school_id and getattr(twin, column) in ("", None):
                setattr(twin, column, getattr(row, column))
        for application in rows(session, Application, Application.enrolment_id == row.id):
            application.enrolment_id = twin.id
        session.flush()
        session.delete(row)


def _custom(session: Session, keep_id: str, other_id: str, choices: Mapping[str, str]) -> None:
    """Where both have written something in a field of one's own, the side that was chosen holds."""
    mine = {row.field_id: row for row in _of(session, CustomValue, keep_id)}
    for row in _of(session, CustomValue, other_id):
        own, said = mine.get(row.field_id), choices.get(CUSTOM + row.field_id)
        if own is None and said == KEEP:
            session.delete(row)
        elif own is not None:
            if said == OTHER:
                own.text, own.amount, own.day = row.text, row.amount, row.day
            session.delete(row)
    theirs = {row.field_id for row in _of(session, CustomValue, other_id)}
    for field_id, own in mine.items():
        if field_id not in theirs and choices.get(CUSTOM + field_id) == OTHER:
            session.delete(own)
    session.flush()


# --- what may stand once only -----------------------------------------------------------------------------------------


def _once_only(session: Session, keep_id: str, other_id: str, today: date) -> None:
    answered = {row.question for row in _of(session, SelfIdentification, keep_id)}
    for row in _of(session, SelfIdentification, other_id):
        if row.question in answered:
            session.delete(row)
    payee = next(iter(_of(session, Payee, keep_id)), None)
    for row in _of(session, Payee, other_id) if payee is not None else ():
        for column in ("w9_received_on", "i9_received_on", "w4_received_on"):
            if getattr(payee, column) is None:
                setattr(payee, column, getattr(row, column))
        session.delete(row)
    if any(entry.ended_on is None for entry in _of(session, PoolEntry, keep_id)):
        for entry in _of(session, PoolEntry, other_id):
            if entry.ended_on is None:
                entry.ended_on = max(today, entry.began_on)
    _apart_from(session, keep_id, other_id)
    session.flush()


def _apart_from(session: Session, keep_id: str, other_id: str) -> None:
    """Whom the other was told apart from; that the two themselves are not one is over."""
    said = rows(session, DifferentPeople)
    known = {frozenset((r.candidate_id, r.other_id)) for r in said if keep_id in (r.candidate_id, r.other_id)}
    for row in said:
        if other_id not in (row.candidate_id, row.other_id):
            continue
        third = row.other_id if row.candidate_id == other_id else row.candidate_id
        if third == keep_id or frozenset((keep_id, third)) in known:
            session.delete(row)
        known.add(frozenset((keep_id, third)))


# --- both applied to the same project ---------------------------------------------------------------------------------

_FURTHEST = ("withdrawn", "not_selected", "invited", "applied", "shortlisted")


def _applications(session: Session, keep_id: str, other_id: str, today: date) -> None:
    mine = {row.project_id: row for row in _of(session, Application, keep_id)}
    for theirs in _of(session, Application, other_id):
        own = mine.get(theirs.project_id)
        if own is None:
            continue
        _refuse_hidden(session, own, theirs)
        _refuse_two(session, own, theirs, today)
        stays, goes = sorted((own, theirs), key=lambda row: _far(session, row), reverse=True)
        _hand_over(session, stays, goes)
        for row in hanging(session, "applications", [goes.id]).values():
            session.delete(row)
        session.delete(goes)
        session.flush()


def _far(session: Session, row: Application) -> tuple[int, int]:
    """The one with work or an offer came further than any status says."""
    count = sum(
        session.scalar(select(func.count()).select_from(kind).where(kind.application_id == row.id)) or 0
        for kind in (Engagement, Offer)
    )
    return count, _FURTHEST.index(row.status)


def _refuse_hidden(session: Session, own: Application, theirs: Application) -> None:
    """One of two codes would go, and so tell whose the other is."""
    if is_hidden(session, own) or is_hidden(session, theirs):
        project = find(session, Project, own.project_id, "project")
        which = f"{project_code(project.number)} {project.title}"
        raise UserError(
            f"Both applied for {which}, whose names are still hidden behind codes. "
            "Reveal the names there first; merged now, the codes would tell who is who."
        )


def _refuse_two(session: Session, own: Application, theirs: Application, today: date) -> None:
    ids = [own.id, theirs.id]
    worked = set(session.scalars(select(Engagement.application_id).where(Engagement.application_id.in_(ids))))
    offered = {one.application_id for one in live_offers(session, today, Offer.application_id.in_(ids))}
    if len(worked) == 2 or len(offered | worked) == 2:
        project = find(session, Project, own.project_id, "project")
        what = "worked on" if len(worked) == 2 else "hold an offer for"
        raise UserError(
            f"Both {what} {project_code(project.number)} {project.title}. One person cannot have the same place twice: "
            "withdraw or correct one of the two, then merge."
        )


def _hand_over(session: Session, stays: Application, goes: Application) -> None:
    """Answers, scores, offers and files that the one that stays has not got."""
    answered = {row.question_id for row in rows(session, Answer, Answer.application_id == stays.id)}
    for answer in rows(session, Answer, Answer.application_id == goes.id):
        if answer.question_id not in answered:
            answer.application_id = stays.id
    rated = {row.rater_id for row in rows(session, Evaluation, Evaluation.application_id == stays.id)}
    for evaluation in rows(session, Evaluation, Evaluation.application_id == goes.id):
        if evaluation.rater_id not in rated:
            evaluation.application_id = stays.id
    for offer in rows(session, Offer, Offer.application_id == goes.id):
        offer.application_id = stays.id
    for file in rows(session, Document, Document.noun == "applications", Document.owner_id == goes.id):
        file.owner_id = stays.id
    for move in rows(session, ApplicationMove, ApplicationMove.application_id == goes.id):
        session.delete(move)
    stays.invited_on = _first(stays.invited_on, goes.invited_on)
    stays.applied_on = _first(stays.applied_on, goes.applied_on)
    stays.source = stays.source or goes.source
    session.flush()
