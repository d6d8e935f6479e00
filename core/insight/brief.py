"""A brief that tells the truth: ten points over a project, stored or still a draft."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from core import money
from core.insight.match import WhoFits, who_fits_work
from core.model import Colleague, Employer, Engagement, HourEntry, Project
from core.store import Store
from core.text import plural, short_day

USUAL_HOURS = (5, 40)
"""Of a micro-internship (common practice)."""
QUESTION_MINUTES = 30
_LEAST_SUMMARY = 20
_COUNTABLE = re.compile(
    r"\d|\b(an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|each|every|all)\b", re.IGNORECASE
)


class _Part(Protocol):
    @property
    def text(self) -> str: ...


class _Question(Protocol):
    @property
    def minutes(self) -> int: ...


class Brief(Protocol):
    """What is looked at: a project's draft or its view."""

    @property
    def category(self) -> str: ...
    @property
    def template_key(self) -> str: ...
    @property
    def summary(self) -> str: ...
    @property
    def learning_objectives(self) -> Sequence[str]: ...
    @property
    def milestones(self) -> Sequence[_Part]: ...
    @property
    def questions(self) -> Sequence[_Question]: ...
    @property
    def skills(self) -> Sequence[str]: ...
    @property
    def estimated_hours(self) -> int: ...
    @property
    def fee(self) -> int: ...
    @property
    def currency(self) -> str: ...
    @property
    def kick_off_on(self) -> date | None: ...
    @property
    def due_on(self) -> date | None: ...
    @property
    def any_hours(self) -> bool: ...
    @property
    def due_flexible(self) -> bool: ...
    @property
    def supervisor_id(self) -> str | None: ...
    @property
    def ai_policy(self) -> str: ...
    @property
    def tools(self) -> str: ...


@dataclass(frozen=True, slots=True)
class CheckPoint:
    """`words` say what is there, or what to do; `note`: a figure; `field`: the draft's field that mends it.

    `why`: what the point is for, in a sentence.
    """

    done: bool
    words: str
    note: str
    field: str
    why: str = ""


_WHY = {
    "summary": "Who knows what will exist at the end can say whether they can make it.",
    "milestones": "What can be counted can be seen to be done.",
    "estimated_hours": "Too few hours and the fee is not fair; too many and it is a job.",
    "fee": "A fee under the floor finds nobody, or the wrong ones.",
    "questions": "A short sample of the work tells more than a résumé, and costs the student little.",
    "any_hours": "Athletes, workers and parents can take part where hours or dates may move.",
    "supervisor_id": "A student needs one person to ask.",
    "learning_objectives": "A campus accepts work that teaches something it can name.",
    "ai_policy": "Unsaid, everyone assumes something else.",
    "tools": "Nobody should have to buy a program to work for you.",
}


def check_brief(store: Store, brief: Brief, *, today: date) -> list[CheckPoint]:
    """The ten points, in the order of the form."""
    with store.read() as session:
        return check_points(session, brief, today)


def check_points(session: Session, brief: Brief, today: date) -> list[CheckPoint]:
    return [replace(one, why=_WHY[one.field]) for one in _points(session, brief, today)]


def _points(session: Session, brief: Brief, today: date) -> list[CheckPoint]:
    parts = [part.text for part in brief.milestones if part.text.strip()]
    return [
        _said(
            "summary",
            len(brief.summary.strip()) >= _LEAST_SUMMARY,
            "Outcome is stated",
            "Say what will exist at the end",
        ),
        _said(
            "milestones",
            bool(parts) and all(_COUNTABLE.search(part) for part in parts),
            "Deliverables can be counted",
            "Give each deliverable a number" if parts else "Name the deliverables",
        ),
        _hours(session, brief, len(parts), today),
        _pay(session, brief),
        _questions(brief),
        _said(
            "any_hours",
            brief.any_hours or brief.due_flexible,
            "Hours are flexible",
            "Let the hours or the due date move",
        ),
        _supervisor(session, brief, today),
        _said(
            "learning_objectives",
            any(one.strip() for one in brief.learning_objectives),
            "Learning objectives",
            "Say what the student learns",
        ),
        _said("ai_policy", bool(brief.ai_policy.strip()), "AI tools are settled", "Say whether AI tools may be used"),
        _said("tools", bool(brief.tools.strip()), "Tools are named", "Name the programs and things you provide"),
    ]


def _said(field: str, done: bool, yes: str, no: str, note: str = "") -> CheckPoint:
    return CheckPoint(done, yes if done else no, note, field)


def _supervisor(session: Session, brief: Brief, today: date) -> CheckPoint:
    """One who left, or leaves before the work is due, counts as none."""
    one = session.get(Colleague, brief.supervisor_id) if brief.supervisor_id else None
    gone = one.left_on if one is not None else None
    if one is not None and gone is not None and gone < max(today, brief.due_on or today):
        verb = "left" if gone < today else "leaves"
        note = f"{one.name} {verb} on {short_day(gone, today)}"
        return CheckPoint(False, "Name another supervisor", note, "supervisor_id")
    return _said("supervisor_id", brief.supervisor_id is not None, "Supervisor named", "Name a supervisor")


def _hours(session: Session, brief: Brief, parts: int, today: date) -> CheckPoint:
    """Believable: usual for a micro-internship, 2 to 20 to a deliverable, by a third near what such work took."""
    low, high = USUAL_HOURS
    hours = brief.estimated_hours
    took = _took(session, brief, today)
    fits = low <= hours <= high and parts > 0 and 2 * parts <= hours <= 20 * parts
    strange = took.known and not (2 * took.least <= 3 * hours and 2 * hours <= 3 * took.most)
    if not hours:
        words = "Say how many hours it takes"
    elif not parts:
        words = f"{plural(hours, 'hour')} for what? Name the deliverables"
    elif not low <= hours <= high:
        words = f"{plural(hours, 'hour')}: usual are {low} to {high}"
    elif fits and strange:
        words = f"{plural(hours, 'hour')} is {'little' if hours < took.least else 'much'} for such work"
    else:
        deliverables = plural(parts, "deliverable")
        words = f"{plural(hours, 'hour')} {'fits' if fits else 'hardly fits'} {deliverables}"
    return CheckPoint(fits and not strange, words, took.words, "estimated_hours")


@dataclass(frozen=True, slots=True)
class _Took:
    """Hours logged for the last such projects; `known` from two on."""

    least: int = 0
    most: int = 0
    known: bool = False
    words: str = ""


def _took(session: Session, brief: Brief, today: date) -> _Took:
    """your last 4 data projects took 17 to 24: of the same template where there are any, else of the category."""
    for column, value, kind in (
        (Project.template_key, brief.template_key, "from this template"),
        (Project.category, brief.category, brief.category.lower()),
    ):
        hours = _logged(session, column == value, today) if value else []
        if not hours:
            continue
        took = f"{hours[0]} to {hours[-1]}" if hours[0] != hours[-1] else str(hours[0])
        many = "" if len(hours) == 1 else f"{len(hours)} "
        which = plural(len(hours), "project").split(" ", 1)[1]
        named = f"{which} {kind}" if column is Project.template_key else f"{kind} {which}"
        return _Took(hours[0], hours[-1], len(hours) > 1, f"your last {many}{named} took {took} h")
    return _Took()


def _logged(session: Session, same: ColumnElement[bool], today: date) -> list[int]:
    """Hours of the last four engagements accepted on such projects, the least first."""
    query = (
        select(func.sum(HourEntry.minutes))
        .join(Engagement, Engagement.id == HourEntry.engagement_id)
        .join(Project, Project.id == Engagement.project_id)
        .where(same, Engagement.status == "accepted", Engagement.accepted_on <= today)
        .group_by(Engagement.id, Engagement.accepted_on)
        .order_by(Engagement.accepted_on.desc())
        .limit(4)
    )
    return sorted(round(minutes / 60) for minutes in session.scalars(query))


def _pay(session: Session, brief: Brief) -> CheckPoint:
    """Compared unrounded: a rate a fraction under the floor is under it, and is said rounded down."""
    floor, minimum, currency = session.execute(
        select(Employer.pay_floor, Employer.legal_minimum, Employer.currency)
    ).one()
    fee, hours = brief.fee, brief.estimated_hours
    if brief.currency not in ("", currency):
        return CheckPoint(hours > 0 and fee > 0, "Pay is in another currency", f"your floor is in {currency}", "fee")
    said = f"your floor is {money.show(floor, currency)}"
    if hours <= 0 or fee <= 0:
        return CheckPoint(False, "Say what it pays", said, "fee")
    paid = f"{money.show(fee // hours, currency)} an hour"
    if fee < minimum * hours:
        said = f"the legal minimum is {money.show(minimum, currency)}"
        return CheckPoint(False, f"{paid} is under the legal minimum", said, "fee")
    if fee < floor * hours:
        return CheckPoint(False, f"{paid} is under your floor", said, "fee")
    return CheckPoint(True, "Pay is above your floor" if fee > floor * hours else "Pay is at your floor", "", "fee")


def _questions(brief: Brief) -> CheckPoint:
    minutes = sum(question.minutes for question in brief.questions)
    if not brief.questions:
        return CheckPoint(False, "Ask a short question about the work", "", "questions")
    done = minutes <= QUESTION_MINUTES
    words = f"Questions take {plural(minutes, 'minute')}"
    return CheckPoint(done, words, "" if done else f"at most {QUESTION_MINUTES} is fair", "questions")


def who_fits_brief(store: Store, brief: Brief, *, today: date, most: int = 5) -> WhoFits:
    """Who fits a brief that is being written."""
    with store.read() as session:
        return who_fits_work(session, brief.skills, brief.estimated_hours, brief.kick_off_on, brief.due_on, today, most)
