"""The pipeline: prospect, applicant, micro-intern, intern, hired. It follows from facts; nobody keeps it up by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.orm import Session

from core.insight.people import candidate_rows
from core.insight.progress import by_name_sql, visible_sql
from core.insight.stage import STAGES, stage_sql
from core.model import Application, Candidate, Engagement, Offer, Outcome, Project
from core.model.words import CLASS_YEARS
from core.states import AT_WORK, offer_state
from core.store import Store
from core.text import fold, in_digits, short_day

PIPELINE = {
    "prospect": "Prospect",
    "applicant": "Applicant",
    "micro_intern": "Micro-intern",
    "intern": "Intern",
    "hired": "Hired",
}
"""Key to heading, in the order of the way."""
_MANY = {"prospect": "prospects", "applicant": "applicants", "micro_intern": "micro-interns", "intern": "interns"}
OF_STAGE = {
    "prospect": "prospect",
    "near_miss": "prospect",
    "applicant": "applicant",
    "offered": "applicant",
    "micro_intern": "micro_intern",
    "past_micro_intern": "micro_intern",
    "intern_offer": "intern",
    "hired": "hired",
}
"""The finer stages (core.insight.stage) that make up each part; someone who just missed an internship after work with
us has still done that work."""
_BACK = "What stands here follows from what happened: undo that, or mend it on their page."
_OPEN = ("open", "selecting")


@dataclass(frozen=True, slots=True)
class PersonCard:
    """`stage_words` and `kind`: the finer stage as a chip. `since`: when they came there, None where nobody knows."""

    id: str
    name: str
    school: str
    class_year: int | None
    part: str
    stage_words: str
    kind: str
    since: date | None

    @property
    def under(self) -> str:
        """ "3rd year · DePaul"."""
        year = f"{CLASS_YEARS[self.class_year]} year" if self.class_year in CLASS_YEARS else ""
        return " · ".join(part for part in (year, self.school) if part)


@dataclass(frozen=True, slots=True)
class Step:
    """What moving a card does: it opens the form that makes the fact true, or `words` say why it stays."""

    form: str = ""
    row_id: str | None = None
    values: Mapping[str, Any] = field(default_factory=dict)
    words: str = ""


def part_sql(today: date, ids: Sequence[str] | None = None) -> ColumnElement[str]:
    """A key of PIPELINE for each row of Candidate. `ids` narrows what is looked at to those candidates."""
    done = Candidate.id.in_(select(Engagement.candidate_id).where(Engagement.status == "accepted"))
    parts: dict[str, Any] = {**OF_STAGE, "near_miss": case((done, "micro_intern"), else_="prospect")}
    return case(parts, value=stage_sql(today, ids))


def pipeline_ids(store: Store, *, today: date) -> dict[str, list[str]]:
    """Everyone by part, each part by name; one question for all."""
    found: dict[str, list[tuple[str, str]]] = {key: [] for key in PIPELINE}
    with store.read() as session:
        query = select(Candidate.id, Candidate.first_name, Candidate.last_name, part_sql(today))
        for row_id, first, last, part in session.execute(query):
            name = f"{first} {last}"
            found[part].append((name.lower() if name.isascii() else fold(name), row_id))
    return {key: [row_id for _, row_id in sorted(people)] for key, people in found.items()}


def person_cards(store: Store, ids: Sequence[str], *, today: date) -> list[PersonCard]:
    """Of a page of ids, in their order; one that is gone is left out."""
    rows = candidate_rows(store, ids, today=today)
    with store.read() as session:
        there = Candidate.id.in_(ids)
        parts = dict(session.execute(select(Candidate.id, part_sql(today, ids)).where(there)).all())
        days = _since(session, ids)
    found = []
    for row in (rows[one] for one in ids if one in rows):
        part = parts[row.id]
        words, kind = STAGES[row.stage]
        since = days.get(part, {}).get(row.id)
        found.append(PersonCard(row.id, row.name, row.school, row.class_year, part, words, kind, since))
    return found


def _since(session: Session, ids: Sequence[str]) -> dict[str, dict[str, date]]:
    """By part and person the day of the fact that brought them there. The day of applying stands with the name."""
    outcome = select(Outcome.candidate_id, func.min(func.coalesce(Outcome.accepted_on, Outcome.offered_on)))
    hired = outcome.where(Outcome.kind.in_(("part_time", "full_time")))
    applied = (
        select(Application.candidate_id, func.min(Application.applied_on))
        .join(Project, Project.id == Application.project_id)
        .where(Project.status.in_(_OPEN), Application.applied_on.is_not(None))
    )
    work = select(Engagement.candidate_id, func.max(Engagement.agreed_on))
    asked: dict[str, Any] = {
        "hired": hired.where(Outcome.candidate_id.in_(ids)).group_by(Outcome.candidate_id),
        "intern": outcome.where(Outcome.kind == "internship", Outcome.candidate_id.in_(ids)).group_by(
            Outcome.candidate_id
        ),
        "micro_intern": work.where(
            Engagement.status.in_((*AT_WORK, "accepted")), Engagement.candidate_id.in_(ids)
        ).group_by(Engagement.candidate_id),
        "applicant": applied.where(Application.candidate_id.in_(ids)).group_by(Application.candidate_id),
        "prospect": select(Candidate.id, Candidate.first_contact_on).where(Candidate.id.in_(ids)),
    }
    found: dict[str, dict[str, date]] = {}
    for part, query in asked.items():
        # An aggregate loses the column's type.
        found[part] = {
            row_id: day if isinstance(day, date) else date.fromisoformat(day)
            for row_id, day in session.execute(query)
            if day is not None
        }
    return found


def count_words(counts: Mapping[str, int]) -> str:
    """ "34 prospects · 1 micro-intern · 2 hired"; parts without anyone are left out."""
    said = {
        key: _MANY.get(key, words.lower()) if counts[key] != 1 else words.lower() for key, words in PIPELINE.items()
    }
    return " · ".join(f"{in_digits(counts[key])} {words}" for key, words in said.items() if counts[key])


def since_words(day: date | None, today: date) -> str:
    return f"since {short_day(day, today)}" if day is not None else ""


def step(store: Store, candidate_id: str, before: str, after: str, *, today: date) -> Step:
    """What it takes to bring someone from one part to another."""
    keys = list(PIPELINE)
    if before == after or after not in PIPELINE or before not in PIPELINE:
        return Step()
    if keys.index(after) < keys.index(before):
        return Step(words=_BACK)
    if after == "applicant":
        return Step("application_for", values={"candidate_id": candidate_id})
    if after == "micro_intern":
        return _offer_step(store, candidate_id, today)
    kind = "internship" if after == "intern" else "full_time"
    return Step("outcomes", values={"candidate_id": candidate_id, "kind": kind})


def _offer_step(store: Store, candidate_id: str, today: date) -> Step:
    with store.read() as session:
        person = session.get(Candidate, candidate_id)
        if person is None:
            return Step(words="This person is no longer in the store.")
        mine = (
            select(Application.id, visible_sql())
            .join(Project, Project.id == Application.project_id)
            .where(
                Application.candidate_id == candidate_id,
                # What was decided under a code is not told by what one may do with the name.
                Application.status.in_(("applied", "shortlisted", "not_selected", "withdrawn")),
                or_(Application.status != "withdrawn", and_(~visible_sql(), ~by_name_sql())),
                Project.status.in_(_OPEN),
            )
        )
        found = session.execute(mine).all()
        seen = [row_id for row_id, visible in found if visible]
        offers = session.scalars(
            select(Offer).where(Offer.application_id.in_(seen)).order_by(Offer.created_at.desc())
        ).all()
        running = session.scalars(
            select(Application.id).where(Application.id.in_(seen), Application.status != "not_selected")
        ).all()
    values = {"candidate": person.name}
    for one in offers:
        state = offer_state(one.status, one.expires_on, today)
        if state == "sent":
            return Step("offer_answered", values={"offer_id": one.id, "verb": "accept", **values})
        if state == "drafted":
            return Step("offer_sent", values={"offer_id": one.id})
    if len(running) == 1:
        return Step("offers", values={"application_id": running[0], **values})
    if running:
        return Step(words="They applied for several projects. Make the offer on the page of the one that is meant.")
    if len(found) > len(seen):
        return Step(words="Their application is rated by its code. Reveal the names on the project’s page first.")
    return Step(words="They have applied for nothing that is open. Move them to Applicant first.")
