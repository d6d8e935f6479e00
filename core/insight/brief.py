"""A brief that tells the truth: ten points over a project, stored or still a draft; exams that its kick-off meets."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core import money
from core.insight.availability import span_words
from core.insight.match import WhoFits, who_fits_work
from core.insight.parts import words_list
from core.model import Employer, Engagement, HourEntry, Project, School, SchoolPeriod
from core.store import Store
from core.text import plural

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
    """`words` say what is there, or what to do; `field`: the draft's field that mends it."""

    done: bool
    words: str
    note: str
    field: str


@dataclass(frozen=True, slots=True)
class ExamClash:
    school: str
    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class ExamClashes:
    """Exams that a kick-off falls into. `move_to`: the next weekday on which no school has any; `words`: "" without."""

    clashes: tuple[ExamClash, ...]
    move_to: date | None
    words: str


def check_brief(store: Store, brief: Brief, *, today: date) -> list[CheckPoint]:
    """The ten points, in the order of the form."""
    with store.read() as session:
        return check_points(session, brief, today)


def check_points(session: Session, brief: Brief, today: date) -> list[CheckPoint]:
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
        _said("supervisor_id", brief.supervisor_id is not None, "Supervisor named", "Name a supervisor"),
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


def _hours(session: Session, brief: Brief, parts: int, today: date) -> CheckPoint:
    low, high = USUAL_HOURS
    hours = brief.estimated_hours
    done = low <= hours <= high and parts > 0 and 2 * parts <= hours <= 20 * parts
    if not hours:
        words = "Say how many hours it takes"
    elif not parts:
        words = f"{plural(hours, 'hour')} for what? Name the deliverables"
    elif not low <= hours <= high:
        words = f"{plural(hours, 'hour')}: usual are {low} to {high}"
    else:
        deliverables = plural(parts, "deliverable")
        words = f"{plural(hours, 'hour')} {'fits' if done else 'hardly fits'} {deliverables}"
    return CheckPoint(done, words, _took(session, brief.category, today), "estimated_hours")


def _took(session: Session, category: str, today: date) -> str:
    """your last 4 data projects took 17 to 24"""
    if not category:
        return ""
    query = (
        select(func.sum(HourEntry.minutes))
        .join(Engagement, Engagement.id == HourEntry.engagement_id)
        .join(Project, Project.id == Engagement.project_id)
        .where(Project.category == category, Engagement.status == "accepted", Engagement.accepted_on <= today)
        .group_by(Engagement.id, Engagement.accepted_on)
        .order_by(Engagement.accepted_on.desc())
        .limit(4)
    )
    hours = sorted(round(minutes / 60) for minutes in session.scalars(query))
    if not hours:
        return ""
    took = f"{hours[0]} to {hours[-1]}" if hours[0] != hours[-1] else str(hours[0])
    kind = category.lower()
    which = f"{kind} project" if len(hours) == 1 else f"{len(hours)} {kind} projects"
    return f"your last {which} took {took} h"


def _pay(session: Session, brief: Brief) -> CheckPoint:
    floor, currency = session.execute(select(Employer.pay_floor, Employer.currency)).one()
    rate = money.per_hour(brief.fee, brief.estimated_hours)
    if brief.currency not in ("", currency):
        return CheckPoint(rate is not None and rate > 0, "Pay is in another currency", "your floor is not", "fee")
    said = f"your floor is {money.show(floor, currency)}"
    if rate is None or brief.fee <= 0:
        return CheckPoint(False, "Say what it pays", said, "fee")
    if rate < floor:
        return CheckPoint(False, f"{money.show(rate, currency)} an hour is under your floor", said, "fee")
    return CheckPoint(True, "Pay is above your floor" if rate > floor else "Pay is at your floor", "", "fee")


def _questions(brief: Brief) -> CheckPoint:
    minutes = sum(question.minutes for question in brief.questions)
    if not brief.questions:
        return CheckPoint(False, "Ask a short question about the work", "", "questions")
    done = minutes <= QUESTION_MINUTES
    words = f"Questions take {plural(minutes, 'minute')}"
    return CheckPoint(done, words, "" if done else f"at most {QUESTION_MINUTES} is fair", "questions")


def exam_clashes(store: Store, kick_off_on: date | None) -> ExamClashes:
    with store.read() as session:
        return clashes(session, kick_off_on)


def clashes(session: Session, kick_off_on: date | None) -> ExamClashes:
    if kick_off_on is None:
        return ExamClashes((), None, "")
    query = (
        select(School.name, SchoolPeriod.starts_on, SchoolPeriod.ends_on)
        .join(School, School.id == SchoolPeriod.school_id)
        .where(SchoolPeriod.kind == "exams", SchoolPeriod.ends_on >= kick_off_on)
        .order_by(School.name)
    )
    ahead = session.execute(query).all()
    found = tuple(ExamClash(*one) for one in ahead if one[1] <= kick_off_on)
    if not found:
        return ExamClashes((), None, "")
    move_to = kick_off_on
    while move_to.weekday() >= 5 or any(start <= move_to <= end for _, start, end in ahead):
        move_to += timedelta(days=1)
    named = [f"{one.school} ({span_words(one.starts_on, one.ends_on)})" for one in found[:3]]
    more = [f"{len(found) - 3} more"] if len(found) > 3 else []
    return ExamClashes(found, move_to, f"Kick-off falls in the exams of {words_list([*named, *more])}.")


def who_fits_brief(store: Store, brief: Brief, *, today: date, most: int = 5) -> WhoFits:
    """Who fits a brief that is being written."""
    with store.read() as session:
        return who_fits_work(session, brief.skills, brief.estimated_hours, brief.kick_off_on, brief.due_on, today, most)
