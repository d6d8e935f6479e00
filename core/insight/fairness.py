"""Who is selected, by group: counts before shares, and small numbers told for what they are.

Only what has been decided with names in the open counts, so that no figure tells what a code hides. What people said
of themselves (core.work.self_identification) is read here alone, and leaves as counts of groups of SMALL and more.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from core.insight.own_answers import Answered, counts
from core.insight.parts import SMALL, add_months, among
from core.insight.progress import visible_sql
from core.insight.projects import phases
from core.insight.records import names_of
from core.insight.schools import Behind
from core.model import Application, Candidate, Employer, Enrolment, Offer, Project, School, SelfIdentification
from core.model.words import CLASS_YEARS, SELF_IDENTIFICATION
from core.small_numbers import FOUR_FIFTHS, Against, against
from core.store import Store
from core.text import fold, line, ordinal

MONTHS = 12
"""Over how long applications are taken together, as one project has too few."""
NOT_KNOWN = "Not known"
_MOST_HIDDEN = 3
"""Groups under SMALL that stand by name."""
_OVER = ("running", "review", "closed")
"""Phases of a project in which whoever still waits was passed over."""


@dataclass(frozen=True, slots=True)
class Group:
    """`selected` of `base`; both 0 where `hidden`. `best`: the highest rate, against which the others are held.

    `against` is None of the best, of what is not known, and where nobody was selected. `ids`: the applications behind
    it, never of what people said of themselves (`apart`).
    """

    words: str
    selected: int
    base: int
    hidden: bool = False
    best: bool = False
    against: Against | None = None
    ids: tuple[str, ...] = ()
    apart: bool = False

    @property
    def shown(self) -> str:
        if self.hidden:
            # Of what people said of themselves larger ones are hidden too, and what nobody said.
            return "hidden" if self.apart else f"hidden, under {SMALL}"
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
        if len(_comparable(self.groups)) < 2:
            return "There are not two groups of five or more to compare yet."
        if not any(one.best for one in self.groups):
            return "Nobody of these groups was selected, so there is no rate to compare."
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
    applied_on: date
    decided_on: date


def fairness(store: Store, *, today: date) -> Fairness:
    """Of applications made in the last 12 months and decided: an offer was sent, they were not selected, or they still
    wait while the project they applied to runs without them or is over.
    """
    start = add_months(today, -MONTHS)
    with store.read() as session:
        ever, waiting = _decided(session, start, today)
        found = [one for one in ever if one.applied_on >= start]
        collects = bool(session.scalar(select(Employer.collects_self_identification)))
        own = _own(session, ever, start, today)
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


def behind(store: Store, group: Group) -> list[Behind]:
    """Those whom a group counts, the selected first."""
    with store.read() as session:
        chosen = set(session.scalars(select(Offer.application_id).where(_was_sent())))
        query = (
            select(Application.id, Application.candidate_id, Project.title)
            .join(Project, Project.id == Application.project_id)
            .where(among(Application.id, group.ids))
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
    """All ever decided with names in the open, and how many since `start` wait for their names."""
    over = [row_id for row_id, phase in phases(session, end).items() if phase in _OVER]
    offered = select(Offer.application_id).where(_was_sent())
    secret = select(Application.project_id).where(
        ~visible_sql(), Application.status.in_(("applied", "shortlisted", "not_selected"))
    )
    passed_over = and_(Application.status.in_(("applied", "shortlisted")), among(Application.project_id, over))
    sent = select(func.max(Offer.sent_on)).where(Offer.application_id == Application.id).scalar_subquery()
    query = (
        select(
            Application,
            Application.id.in_(offered).label("chosen"),
            School.is_focus,
            Candidate.source,
            Candidate.hours_a_week,
            sent.label("sent_on"),
            Application.project_id.in_(secret).label("secret"),
        )
        .join(Candidate, Candidate.id == Application.candidate_id)
        .outerjoin(Enrolment, Enrolment.id == Application.enrolment_id)
        .outerjoin(School, School.id == Enrolment.school_id)
        .where(
            Application.applied_on <= end,
            or_(Application.id.in_(offered), Application.status == "not_selected", passed_over),
        )
        .order_by(Application.applied_on, Application.id)
    )
    kept, waiting = [], 0
    for one, chosen, focus, source, hours, sent_on, hidden in session.execute(query):
        if one.applied_on is None or hidden:
            waiting += hidden and one.applied_on is not None and one.applied_on >= start
            continue
        shown_on = one.revealed_at.date() if one.revealed_at is not None else None
        days = [day for day in (one.applied_on, one.decided_on, sent_on, shown_on) if day is not None]
        kept.append(
            _One(
                one.id,
                one.candidate_id,
                bool(chosen),
                one.class_year,
                focus,
                line(one.source) or line(source),
                hours,
                one.applied_on,
                max(days),
            )
        )
    return kept, waiting


_Of = Callable[[_One], tuple[int, str]]
"""The place in which a group stands, and its words; NOT_KNOWN stands last and is not compared."""


def _class_year(one: _One) -> tuple[int, str]:
    year = one.class_year
    return (99, NOT_KNOWN) if year is None else (year, f"{CLASS_YEARS.get(year, ordinal(year))} year")


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
    # Of people: one who applied five times is no group of five.
    small = {words for (_, words), group in groups.items() if len({one.candidate_id for one in group}) < SMALL}
    shown = [replace(one, selected=0, base=0, hidden=True, ids=()) if one.words in small else one for one in made]
    hidden = [one for one in shown if one.hidden]
    if len(hidden) > _MOST_HIDDEN:
        # Where they heard of us is typed freely: what each said alone would fill the page and say nothing.
        shown = [one for one in shown if not one.hidden]
        shown.append(Group(f"{len(hidden)} smaller groups", 0, 0, hidden=True))
    return Split(key, title, definition, _compared(shown))


def _comparable(groups: Sequence[Group]) -> list[Group]:
    return [one for one in groups if not one.hidden and one.words != NOT_KNOWN]


def _compared(groups: list[Group]) -> tuple[Group, ...]:
    """Each against the highest rate; of equal rates the larger group's."""
    open_ = _comparable(groups)
    best = max(open_, key=lambda one: (one.selected / one.base, one.base), default=None)
    if best is None or len(open_) < 2 or not best.selected:
        return tuple(groups)
    return tuple(
        replace(one, best=True)
        if one is best
        else replace(
            one,
            against=against(
                one.selected,
                one.base,
                best.selected,
                best.base,
                others=[(other.selected, other.base) for other in open_ if other is not one and other is not best],
            ),
        )
        if one in open_
        else one
        for one in groups
    )


def _own(session: Session, found: list[_One], start: date, today: date) -> list[Split]:
    """One for each question that enough people answered; no rows behind it, no sum, nobody who did not answer."""
    said: dict[str, dict[str, tuple[str, date]]] = defaultdict(dict)
    for row in session.scalars(select(SelfIdentification)):
        said[row.question][row.candidate_id] = (row.answer, row.created_at.date())
    splits = []
    for question, (title, answers) in SELF_IDENTIFICATION.items():
        there = said[question]
        rows = [
            Answered(
                one.candidate_id,
                there[one.candidate_id][0],
                one.selected,
                one.applied_on,
                max(one.decided_on, there[one.candidate_id][1]),
            )
            for one in found
            if one.candidate_id in there
        ]
        groups = [
            Group(one.answer, one.selected, one.base, one.hidden, apart=True)
            for one in counts(rows, answers, start, today=today)
        ]
        if groups:
            words = "As people said of themselves, voluntarily."
            splits.append(Split(f"own:{question}", title, words, _compared(groups), True))
    return splits


def _percent(share: Fraction) -> str:
    """Rounded half up, but never to what it falls short of: four fifths, or all."""
    whole = int(share * 100 + Fraction(1, 2))
    for bound in (FOUR_FIFTHS, Fraction(1)):
        if share < bound:
            whole = min(whole, int(bound * 100) - 1)
            break
    return f"{max(whole, 1) if share else 0} %"


def _p(p: float) -> str:
    return "under .001" if p < 0.001 else f"{p:.3f}".removeprefix("0") if p < 0.1 else f"{p:.2f}".removeprefix("0")
