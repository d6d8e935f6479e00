"""A project's brief as a draft: what may stand in it, what it needs to open, and what deserves a second look."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from core import money
from core.errors import HoldError
from core.fit import picked, unknown
from core.model import (
    Colleague,
    Milestone,
    Program,
    Project,
    ProjectSkill,
    Question,
    School,
    SchoolPeriod,
    Skill,
    words,
)
from core.store import Store
from core.text import in_digits, plural, short_day
from core.work.brief_dates import check_days, day_cautions, exam_cautions
from core.work.checks import (
    LINE_LIMIT,
    MONEY_LIMIT,
    TEXT_LIMIT,
    Caution,
    PayRules,
    Problems,
    distinct,
    employer,
    find,
    known,
    pay_rules,
    rows,
    tidy,
)
from core.work.custom_fields import values_of

HOURS_LIMIT = 200
USUAL_HOURS = (5, 40)
"""Common practice for a micro-internship; outside of it there is a caution, no wall."""


@dataclass(frozen=True, kw_only=True)
class MilestoneDraft:
    """`id` of the row it stands for; None for a new one."""

    text: str = ""
    due_on: date | None = None
    id: str | None = None


@dataclass(frozen=True, kw_only=True)
class QuestionDraft:
    """`minutes`: what an answer takes."""

    text: str = ""
    minutes: int = 10
    required: bool = True
    id: str | None = None


@dataclass(frozen=True, kw_only=True)
class ProjectDraft:
    """The brief. `fee` in cents for one student; `milestones` are the deliverables; no currency: the employer's."""

    title: str = ""
    category: str = ""
    summary: str = ""
    why_it_matters: str = ""
    learning_objectives: Sequence[str] = ()
    milestones: Sequence[MilestoneDraft] = ()
    estimated_hours: int = 0
    fee: int = 0
    currency: str = ""
    apply_by: date | None = None
    kick_off_on: date | None = None
    due_on: date | None = None
    due_flexible: bool = True
    any_hours: bool = True
    location_mode: str = "remote"
    place: str = ""
    tools: str = ""
    skills: Sequence[str] = ()
    competencies: Sequence[str] = ()
    questions: Sequence[QuestionDraft] = ()
    openings: int = 1
    supervisor_id: str | None = None
    confidentiality: str = ""
    ownership: str = ""
    ai_policy: str = ""
    funding: str = "employer"
    eligibility: str = ""
    program_id: str | None = None
    template_key: str = ""
    template_name: str = ""
    fit_check: dict[str, Any] | None = None
    custom: Mapping[str, str] = field(default_factory=dict)
    """Fields of one's own: id to what is written; one that is not named stays."""
    copied_from: str = ""
    """The project whose rubric a new one takes along; not kept."""


COLUMNS = (
    "title", "category", "summary", "why_it_matters", "learning_objectives", "estimated_hours", "fee", "currency",
    "apply_by", "kick_off_on", "due_on", "due_flexible", "any_hours", "location_mode", "place", "tools", "competencies",
    "openings", "supervisor_id", "confidentiality", "ownership", "ai_policy", "funding", "eligibility", "program_id",
    "template_key", "template_name", "fit_check",
)  # fmt: skip
LONG = ("summary", "why_it_matters", "learning_objectives", "tools", "confidentiality", "ownership", "ai_policy",
        "eligibility")  # fmt: skip


def checked(draft: ProjectDraft, problems: Problems) -> ProjectDraft:
    """The tidied draft; what can never stand in a brief goes to `problems`."""
    draft = tidy(draft, problems, long=LONG, required={"title": "Give the project a title."})
    draft = replace(
        draft,
        currency=draft.currency.upper(),
        skills=distinct(draft.skills),
        milestones=[m for m in (tidy(m, Problems(), long=("text",)) for m in draft.milestones) if m.text],
        questions=[q for q in (tidy(q, Problems(), long=("text",)) for q in draft.questions) if q.text],
    )
    for name, items in (("milestones", draft.milestones), ("questions", draft.questions)):
        too_long = any(len(item.text) > TEXT_LIMIT for item in items)
        problems.when(
            too_long, name, f"One of these has more than {in_digits(TEXT_LIMIT)} characters. Please shorten it."
        )
    _check_numbers(draft, problems)
    problems.one_of("location_mode", draft.location_mode, words.LOCATION_MODES)
    problems.one_of("funding", draft.funding, words.FUNDING)
    for name in draft.competencies:
        problems.one_of("competencies", name, words.COMPETENCIES)
    if draft.currency and not (len(draft.currency) == 3 and draft.currency.isascii() and draft.currency.isalpha()):
        problems.add("currency", f"“{draft.currency}” is no currency. Use its three letters, such as USD.")
    check_days(draft, problems)
    for key in unknown(picked(draft.fit_check)):
        problems.add("fit_check", f"“{key}” is no question or answer of the fit check.")
    return draft


def _check_numbers(draft: ProjectDraft, problems: Problems) -> None:
    hours = draft.estimated_hours
    problems.when(hours < 0, "estimated_hours", "Hours cannot be negative. Give 1 to 200.")
    problems.when(
        hours > HOURS_LIMIT,
        "estimated_hours",
        f"{in_digits(hours)} hours are more than one project may hold: 1 to {HOURS_LIMIT}. "
        "Cut the work into several projects.",
    )
    problems.when(draft.fee < 0, "fee", "The fee cannot be negative.")
    problems.when(draft.fee > MONEY_LIMIT, "fee", f"The fee is over {money.show(MONEY_LIMIT)}. Check the amount.")
    problems.when(not 1 <= draft.openings <= 50, "openings", "Openings are from 1 to 50.")
    bad_minutes = any(not 1 <= q.minutes <= 240 for q in draft.questions)
    problems.when(bad_minutes, "questions", "An answer takes 1 to 240 minutes.")


def check_opening(draft: ProjectDraft, problems: Problems) -> None:
    """What a brief needs before anyone may apply."""
    problems.when(not draft.milestones, "milestones", "Name at least one deliverable.")
    problems.when(draft.estimated_hours < 1, "estimated_hours", "Say how many hours the work takes: 1 to 200.")
    problems.when(draft.fee < 1, "fee", "A project is paid work: give a fee above 0.")
    problems.when(draft.kick_off_on is None, "kick_off_on", "Say when the work starts.")
    problems.when(draft.due_on is None, "due_on", "Say when the work is due.")
    if draft.kick_off_on and draft.due_on and draft.due_on == draft.kick_off_on:
        problems.add("due_on", "The due date must lie after the kick-off. Choose a later one.")


def pay_words(fee: int, hours: int, currency: str, rules: PayRules) -> tuple[str, str] | None:
    """(rule, words) where the pay per hour is under the legal minimum or the floor, else None. Compared unrounded."""
    if hours <= 0 or fee <= 0 or (currency or rules.currency) != rules.currency:
        return None
    if fee >= max(rules.minimum, rules.floor) * hours:
        return None
    # Rounded down: a rate a fraction under the floor must not read like the floor.
    amounts = (fee, fee // hours, rules.minimum, rules.floor)
    total, hourly, minimum, floor = (money.show(cents, rules.currency) for cents in amounts)
    paid = f"{total} for {plural(hours, 'hour')} is {hourly} an hour"
    if fee < rules.minimum * hours:
        return "legal_minimum", f"{paid}, under the legal minimum of {minimum}."
    return "pay_floor", f"{paid}, under your floor of {floor}."


def hold_low_pay(fee: int, hours: int, currency: str, rules: PayRules, reason: str) -> None:
    low = pay_words(fee, hours, currency, rules)
    if low is not None and not reason.strip():
        raise HoldError(low[0], f"{low[1]} Raise the fee, or write why it shall be so.")


def warnings(
    draft: ProjectDraft,
    rules: PayRules,
    exams: Iterable[tuple[str, date, date]] = (),
    *,
    today: date | None = None,
) -> list[Caution]:
    """What deserves a second look. `exams`: (school, first day, last day)."""
    found: list[Caution] = []
    low, high = USUAL_HOURS
    if draft.estimated_hours and not low <= draft.estimated_hours <= high:
        asked = plural(draft.estimated_hours, "hour")
        reason = (
            "less is no piece of work to show" if draft.estimated_hours < low else "more does not fit beside classes"
        )
        said = f"{asked}: a micro-internship usually takes {low} to {high} hours; {reason}."
        found.append(Caution("estimated_hours", said))
    pay = pay_words(draft.fee, draft.estimated_hours, draft.currency, rules)
    if pay is not None:
        found.append(Caution("fee", pay[1]))
    return found + day_cautions(draft, today) + exam_cautions(draft.kick_off_on, exams)


def exam_periods(session: Session, school_id: str | None = None) -> list[tuple[str, date, date]]:
    """(school, first day, last day), of one school or of all."""
    names = {school.id: school.name for school in rows(session, School)}
    exams = rows(session, SchoolPeriod, SchoolPeriod.kind == "exams")
    return [(names[p.school_id], p.starts_on, p.ends_on) for p in exams if school_id in (None, p.school_id)]


def project_warnings(store: Store, draft: ProjectDraft, *, today: date, exams: bool = True) -> list[Caution]:
    """`warnings` with the store's pay rules, its exam periods unless they are told apart, and who has left."""
    with store.read() as session:
        periods = exam_periods(session) if exams else []
        found = warnings(draft, pay_rules(session), periods, today=today)
        gone = _left(session, draft, today)
    return [*found, Caution("supervisor_id", gone)] if gone else found


def _left(session: Session, draft: ProjectDraft, today: date) -> str:
    one = session.get(Colleague, draft.supervisor_id) if draft.supervisor_id else None
    if one is None or one.left_on is None:
        return ""
    if one.left_on < today:
        return f"{one.name} left on {short_day(one.left_on)} and cannot supervise. Name someone else."
    if draft.due_on and one.left_on < draft.due_on:
        return f"{one.name} leaves on {short_day(one.left_on)}, before the work is due. Name someone else."
    return ""


def project_draft(store: Store, project_id: str) -> ProjectDraft:
    with store.read() as session:
        return load(session, find(session, Project, project_id, "project"))


def load(session: Session, project: Project) -> ProjectDraft:
    skills = {skill.id: skill.name for skill in rows(session, Skill)}
    wanted = rows(session, ProjectSkill, ProjectSkill.project_id == project.id)
    return ProjectDraft(
        **{name: getattr(project, name) for name in COLUMNS},
        skills=sorted((skills[s.skill_id] for s in wanted), key=str.casefold),
        milestones=[
            MilestoneDraft(id=m.id, text=m.text, due_on=m.due_on)
            for m in rows(session, Milestone, Milestone.project_id == project.id, order=Milestone.position)
        ],
        questions=[
            QuestionDraft(id=q.id, text=q.text, minutes=q.minutes, required=q.required)
            for q in rows(session, Question, Question.project_id == project.id, order=Question.position)
        ],
        custom={one.field_id: one.text for one in values_of(session, "projects", project.id)},
    )


def check_references(session: Session, draft: ProjectDraft, problems: Problems) -> None:
    gone = "That one is no longer in the store. Choose another."
    known(session, Colleague, draft.supervisor_id, problems, "supervisor_id", gone)
    known(session, Program, draft.program_id, problems, "program_id", gone)
    too_long = any(len(name) > LINE_LIMIT for name in draft.skills)
    problems.when(too_long, "skills", f"A skill’s name has at most {LINE_LIMIT} characters.")


def copy_columns(session: Session, draft: ProjectDraft, project: Project) -> None:
    for name in COLUMNS:
        value = getattr(draft, name)
        setattr(project, name, list(value) if isinstance(value, (list, tuple)) else value)
    if not project.currency:
        project.currency = employer(session).currency
