"""What someone chose to say of themselves: voluntary, apart from all else, and counted by group alone.

29 CFR 1607.4B asks for such counts, and 29 CFR 1602.13 to keep the answers apart. What was answered is never given
back for one person: no function here reads it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.errors import FieldErrors, UserError
from core.ids import new_id
from core.model import Candidate, Employer, SelfIdentification
from core.model.words import SELF_IDENTIFICATION
from core.store import Label, Store
from core.work.checks import find, rows

WITHDRAWN = ""
"""In place of an answer: it is taken out."""


def collects(store: Store) -> bool:
    """Whether the employer collects such answers at all."""
    with store.read() as session:
        return _collects(session)


def set_collects(store: Store, on: bool, *, today: date) -> None:
    """Turned off, nothing more is taken in; what was answered stays until it is taken out."""
    with store.change(Label.EMPLOYER_CHANGED) as session:
        employer = session.scalars(select(Employer)).one()
        employer.collects_self_identification = on


def take(session: Session, candidate_id: str, answers: Mapping[str, str]) -> None:
    """Within a change: sets what is answered, leaves alone what is not mentioned, takes out where it is WITHDRAWN.

    FieldErrors by question; UserError where the employer does not collect them.
    """
    if not _collects(session):
        raise UserError("Voluntary self-identification is not collected here. It is turned on in Insights, Fairness.")
    find(session, Candidate, candidate_id, "candidate")
    wrong = {
        question: "This is none of the answers offered."
        for question, answer in answers.items()
        if answer != WITHDRAWN and answer not in SELF_IDENTIFICATION.get(question, ("", ()))[1]
    }
    if wrong:
        raise FieldErrors(wrong)
    old = {
        row.question: row for row in rows(session, SelfIdentification, SelfIdentification.candidate_id == candidate_id)
    }
    for question, answer in answers.items():
        row = old.get(question)
        if answer == WITHDRAWN:
            if row is not None:
                session.delete(row)
            continue
        if row is None:
            row = SelfIdentification(id=new_id(), candidate_id=candidate_id, question=question)
            session.add(row)
        row.answer = answer


def enter(store: Store, candidate_id: str | None, answers: Mapping[str, str], *, today: date) -> None:
    """One change whose history says neither who nor what."""
    if not candidate_id:
        raise FieldErrors({"candidate_id": "Choose whose answers these are."})
    if not answers:
        raise FieldErrors({"candidate_id": "Enter at least one answer, or close this without."})
    with store.change(Label.SELF_IDENTIFICATION_CHANGED) as session:
        take(session, candidate_id, answers)


def _collects(session: Session) -> bool:
    return bool(session.scalar(select(Employer.collects_self_identification)))
