"""What a message to someone is filled with: the person, the project, the business; no decision that is still sealed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import money
from core.insight.parts import chunks, studies
from core.model import Candidate, CandidateEmail, Colleague, Employer, Project
from core.store import Store
from core.text import day, month, short_day


@dataclass(frozen=True, slots=True)
class Addressed:
    """`values`: field to words, as core.message names them; what is not known is "". `stop`: why nothing goes to them,
    else "".
    """

    candidate_id: str
    name: str
    to: str
    stop: str
    values: Mapping[str, str]


def addressed(
    store: Store, candidate_ids: Sequence[str], project_id: str | None = None, *, today: date
) -> list[Addressed]:
    """In this order; who is gone is left out."""
    found: dict[str, Addressed] = {}
    with store.read() as session:
        shared = _shared(session, store.me, project_id)
        for part in chunks(candidate_ids):
            mails = select(CandidateEmail.candidate_id, CandidateEmail.address).where(
                CandidateEmail.candidate_id.in_(part)
            )
            # The first address comes last, so that it stays.
            to = {row[0]: row[1] for row in session.execute(mails.order_by(CandidateEmail.position.desc()))}
            study = studies(session, part, today)
            for row in session.scalars(select(Candidate).where(Candidate.id.in_(part))):
                leaves = study[row.id].graduates_on
                values = {
                    **shared,
                    "first_name": row.nickname or row.first_name or row.last_name,
                    "name": row.name,
                    "school": study[row.id].school,
                    "graduates": month(leaves) if leaves is not None else "",
                }
                stop = ""
                if row.do_not_contact_on is not None:
                    stop = f"asked on {short_day(row.do_not_contact_on, today)} not to be written to"
                elif row.id not in to:
                    stop = "no e-mail address is known"
                found[row.id] = Addressed(row.id, row.name, to.get(row.id, ""), stop, values)
    return [found[one] for one in dict.fromkeys(candidate_ids) if one in found]


def _shared(session: Session, me: str | None, project_id: str | None) -> dict[str, str]:
    employer = session.scalars(select(Employer)).one()
    colleague = session.get(Colleague, me) if me else None
    values = {"employer": employer.name, "me": colleague.name if colleague else employer.signatory_name}
    project = session.get(Project, project_id) if project_id else None
    if project is None:
        return values
    days = {"apply_by": project.apply_by, "kick_off": project.kick_off_on, "due": project.due_on}
    return {
        **values,
        "project": project.title,
        "outcome": project.summary,
        "hours": str(project.estimated_hours) if project.estimated_hours else "",
        "pay": money.show(project.fee, project.currency) if project.fee else "",
        **{name: day(value) if value is not None else "" for name, value in days.items()},
    }
