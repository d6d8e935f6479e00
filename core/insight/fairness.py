"""Who is selected, by group: counts before shares, and small numbers told for what they are.

Only what has been decided with names in the open counts, so that no figure tells what a code hides. What people said
of themselves (core.work.self_identification) is read here alone, and leaves as counts of groups of SMALL and more.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from core.insight.parts import SMALL, add_months
from core.insight.progress import visible_sql
from core.insight.records import names_of
from core.insight.schools import Behind
from core.model import Application, Candidate, Employer, Enrolment, Offer, Project, School, SelfIdentification
from core.model.words import CLASS_YEARS, SELF_IDENTIFICATION
from core.small_numbers import Against, against
from core.store import Store
from core.text import fold, line

MONTHS = 12
"""Over how long applications are taken together, as one project has too few."""
NOT_KNOWN = "Not known"


@dataclass(frozen=True, slots=True)
class Group:
    """`selected` of `base`; both 0 where `hidden`. `best`: the highest rate, against which the others are held.

    `against` is None of the best, of what is not known, and where nobody was selected. `ids`: the applications behind
    it, never of what people said of themselves.
    """

    words: str
    selected: int
    base: int
    hidden: bool = False
    best: bool = False
    against: Against | None = None
    ids: tuple[str, ...] = ()

    @property
    def shown(self) -> str:
        if self.hidden:
            return f"hidden, under {SMALL}"
        return f"{self.selected} of {self.base}"

    @property
    def said(self) -> str:
        """Counts first, then what the comparison says."""
        if self.hidden:
            return ""
        counts, one = f"{self.shown} selected", self.against
        if self.best:
            return f"{counts} · the highest rate"
        if one is None:
            return counts
        parts = [counts, f"{_percent(one.ratio)} of the highest rate", f"Fisher’s exact p {_p(float(one.p))}"]
        if one.reverses:
            parts.append("one different decision would reverse this")
        return " · ".join(parts)


@dataclass(frozen=True, slots=True)
class Split:
    """One way to group those who were decided on. `apart`: it rests on what people said of themselves."""

    key: str
    title: str
    definition: str
    groups: tuple[Group, ...]
    apart: bool = False

    @property
    def words(self) -> str:
        """What there is to look into, if anything, in one sentence."""
        low = [one for one in self.groups if one.against is not None and one.against.under]
        firm = [one for one in low if one.against is not None and not one.against.reverses]
        if not any(one.best for one in self.groups):
            return "There are not two groups of five or more to compare yet."
        if not low:
            return "No group’s rate is under four fifths of the highest."
        if not firm:
            return "A rate is under four fifths of the highest, and one different decision would reverse that."
        names = ", ".join(one.words for one in firm)
        return f"Under four fifths of the highest rate, to look into: {names}."


@dataclass(frozen=True, slots=True)
class Fairness:
    """`waiting`: applications left out, as their project still has names under a code. `collects`: whether people are
    asked to say something of themselves.
    """

    start: date
    end: date
    selected: int
    base: int
    waiting: int
    splits: tuple[Split, ...]
    collects: bool


@dataclass(frozen=True, slots=True)
class _One:
    id: str
    candidate_id: str
    selected: bool
    class_year: int | None
    focus: bool | None
    source: str
    hours: int | None


def fairness(store: Store, *, today: date) -> Fairness:
    """Of applications made in the last 12 months and decided: an offer was sent, or not selected."""
    start = add_months(today, -MONTHS)
    with store.read() as session:
        found, waiting = _decided(session, start, today)
        collects = bool(session.scalar(select(Employer.collects_self_identification)))
        own = _own(session, found)
    splits = [
        _split("class_year", "Class year", "As it was on applying.", found, _class_year),
        _split("school", "Schools", "Where they studied on applying.", found, _school),
        _split(
            "source",
            "Where they heard of us",
            "As the application says, else the person’s page.",
            found,
            _source(found),
        ),
        _split("hours", "Hours free in a week", "As their page says.", found, _hours),
        *own,
    ]
    return Fairness(start, today, sum(one.selected for one in found), len(found), waiting, tuple(splits), collects)


def behind(store: Store, group: Group, most: int = 500) -> list[Behind]:
    """Those whom a group counts, the selected first."""
    with store.read() as session:
        chosen = set(session.scalars(select(Offer.application_id).where(_was_sent())))
        query = (
            select(Application.id, Application.candidate_id, Project.title)
            .join(Project, Project.id == Application.project_id)
            .where(Application.id.in_(group.ids[:most]))
        )
        rows = [(row_id, person, title) for row_id, person, title in session.execute(query)]
    names = names_of(store, [("candidates", person) for _, person, _ in rows])
    told = [
        Behind("candidates", person, names.get(person, ""), f"{title} · {'selected' if row_id in chosen else 'not'}")
        for row_id, person, title in rows
    ]
    return sorted(told, key=lambda one: (one.detail.endswith("not"), one.title))


def _was_sent() -> ColumnElement[bool]:
    """A draft that was withdrawn was never offered."""
    return or_(
        Offer.status.in_(("sent", "accepted", "declined")),
        and_(Offer.status == "withdrawn", Offer.sent_on.is_not(None)),
    )


def _decided(session: Session, start: date, end: date) -> tuple[list[_One], int]:
    offered = select(Offer.application_id).where(_was_sent())
    secret = select(Application.project_id).where(
        ~visible_sql(), Application.status.in_(("applied", "shortlisted", "not_selected"))
    )
    decided = or_(Application.id.in_(offered), Application.status == "not_selected")
    query = (
        select(
            Application.id,
            Application.candidate_id,
            Application.id.in_(offered),
            Application.class_year,
            School.is_focus,
            Application.source,
            Candidate.source,
            Candidate.hours_a_week,
            Application.project_id.in_(secret),
        )
        .join(Candidate, Candidate.id == Application.candidate_id)
        .outerjoin(Enrolment, Enrolment.id == Application.enrolment_id)
        .outerjoin(School, School.id == Enrolment.school_id)
        .where(Application.applied_on.between(start, end), decided)
        .order_by(Application.applied_on, Application.id)
    )
    rows = session.execute(query).all()
    kept = [
        _One(row_id, person, bool(chosen), year, focus, line(of_application) or line(of_person), hours)
        for row_id, person, chosen, year, focus, of_application, of_person, hours, hidden in rows
        if not hidden
    ]
    return kept, len(rows) - len(kept)


_Of = Callable[[_One], tuple[int, str]]
"""The place in which a group stands, and its words; NOT_KNOWN stands last and is not compared."""


def _class_year(one: _One) -> tuple[int, str]:
    year = one.class_year
    return (99, NOT_KNOWN) if year is None else (year, f"{CLASS_YEARS.get(year, f'{year}th')} year")


def _school(one: _One) -> tuple[int, str]:
    return {True: (0, "Focus schools"), False: (1, "Other schools"), None: (99, NOT_KNOWN)}[one.focus]


def _hours(one: _One) -> tuple[int, str]:
    if one.hours is None:
        return 99, NOT_KNOWN
    for most, words in ((5, "Up to 5 hours"), (10, "6 to 10 hours"), (20, "11 to 20 hours")):
        if one.hours <= most:
            return most, words
    return 98, "More than 20 hours"


def _source(found: list[_One]) -> _Of:
    spelled: dict[str, Counter[str]] = defaultdict(Counter)
    for one in found:
        spelled[fold(one.source)][one.source] += 1
    often = sorted(spelled, key=lambda key: (-spelled[key].total(), key))
    words = {key: min(spelled[key].items(), key=lambda pair: (-pair[1], pair[0]))[0] for key in spelled}

    def of(one: _One) -> tuple[int, str]:
        key = fold(one.source)
        return (often.index(key), words[key]) if key else (len(often) + 1, NOT_KNOWN)

    return of


def _split(key: str, title: str, definition: str, found: list[_One], of: _Of) -> Split:
    groups: dict[tuple[int, str], list[_One]] = defaultdict(list)
    for one in found:
        groups[of(one)].append(one)
    made = [
        Group(words, sum(one.selected for one in group), len(group), ids=tuple(one.id for one in group))
        for (_, words), group in sorted(groups.items())
    ]
    small = [replace(one, selected=0, base=0, hidden=True, ids=()) if one.base < SMALL else one for one in made]
    return Split(key, title, definition, _compared(small))


def _compared(groups: list[Group]) -> tuple[Group, ...]:
    """Each against the highest rate; of equal rates the larger group's."""
    open_ = [one for one in groups if not one.hidden and one.words != NOT_KNOWN]
    best = max(open_, key=lambda one: (one.selected / one.base, one.base), default=None)
    if best is None or len(open_) < 2 or not best.selected:
        return tuple(groups)
    return tuple(
        replace(one, best=True)
        if one is best
        else replace(one, against=against(one.selected, one.base, best.selected, best.base))
        if one in open_
        else one
        for one in groups
    )


def _own(session: Session, found: list[_One]) -> list[Split]:
    """One for each question that enough people answered; no rows behind it, no sum, nobody who did not answer."""
    said: dict[str, dict[str, str]] = defaultdict(dict)
    for person, question, answer in session.execute(
        select(SelfIdentification.candidate_id, SelfIdentification.question, SelfIdentification.answer)
    ):
        said[question][person] = answer
    splits = []
    for question, (title, answers) in SELF_IDENTIFICATION.items():
        groups = _answered(found, said[question], answers)
        if any(not one.hidden for one in groups):
            splits.append(
                Split(f"own:{question}", title, "As people said of themselves, voluntarily.", _compared(groups), True)
            )
    return splits


def _answered(found: list[_One], said: Mapping[str, str], answers: tuple[str, ...]) -> list[Group]:
    counts = {answer: [0, 0] for answer in answers}
    people: dict[str, set[str]] = defaultdict(set)
    for one in found:
        answer = said.get(one.candidate_id)
        if answer in counts:
            counts[answer][0] += one.selected
            counts[answer][1] += 1
            people[answer].add(one.candidate_id)
    # Of people, not of applications: one who applied five times is no group of five.
    there = [answer for answer in answers if people[answer]]
    hidden = {answer for answer in there if len(people[answer]) < SMALL}
    if hidden and sum(len(people[answer]) for answer in hidden) < SMALL:
        # A single small group could be worked out from the others and all there are: the next smallest hides it.
        rest = [answer for answer in there if answer not in hidden]
        hidden |= {min(rest, key=lambda answer: len(people[answer]))} if rest else set()
    return [
        Group(answer, 0, 0, hidden=True) if answer in hidden else Group(answer, counts[answer][0], counts[answer][1])
        for answer in there
    ]


def _percent(share: Fraction) -> str:
    return f"{float(share):.0%}".replace("%", " %")


def _p(p: float) -> str:
    return "under .001" if p < 0.001 else f"{p:.3f}".removeprefix("0") if p < 0.1 else f"{p:.2f}".removeprefix("0")
