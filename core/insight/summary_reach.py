"""Whom a program reached: by school and by class year, where a group under five is hidden and can not be reckoned."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from core.chart import Chart, ChartBar
from core.insight.figure import Period
from core.insight.figures_people import Applicant
from core.insight.parts import SMALL
from core.model import Engagement, Outcome, School
from core.model.words import CLASS_YEARS
from core.text import in_digits, ordinal

_EARLY = (1, 2)


@dataclass(frozen=True, slots=True)
class Went:
    """Ids of people: who was selected, who finished, who accepted what followed, in a period."""

    selected: frozenset[str]
    finished: frozenset[str]
    on: frozenset[str]


@dataclass(frozen=True, slots=True)
class SchoolReach:
    """People. The last row may gather the schools under five applicants (`school_id` None); None is hidden."""

    school_id: str | None
    school: str
    focus: bool
    applied: int | None
    selected: int | None
    finished: int | None
    went_on: int | None


@dataclass(frozen=True, slots=True)
class YearReach:
    """People by their class year when they applied, neighbours together where one is small. Ids: the first applied."""

    years: tuple[int, ...]
    applied: tuple[str, ...]
    selected: tuple[str, ...]
    finished: tuple[str, ...]
    went_on: tuple[str, ...]

    @property
    def words(self) -> str:
        """1st year; 3rd and 4th year; 3rd to 5th year"""
        first, last = self.years[0], self.years[-1]
        between = "and" if len(self.years) == 2 else "to"
        return f"{_nth(first)} year" if first == last else f"{_nth(first)} {between} {_nth(last)} year"


def went(session: Session, period: Period) -> Went:
    agreed = select(Engagement.candidate_id).where(Engagement.agreed_on.between(period.start, period.end))
    accepted = select(Engagement.candidate_id).where(
        Engagement.status == "accepted", Engagement.accepted_on.between(period.start, period.end)
    )
    on = select(Outcome.candidate_id).where(Outcome.accepted_on.between(period.start, period.end))
    return Went(*(_ids(session, query) for query in (agreed, accepted, on)))


def by_school(session: Session, found: Sequence[Applicant], went: Went) -> tuple[SchoolReach, ...]:
    """Schools by how many applied. Under five applicants a school is gathered with the others that small."""
    schools = {row[0]: (row[1], row[2]) for row in session.execute(select(School.id, School.name, School.is_focus))}
    groups: dict[str, set[str]] = defaultdict(set)
    for one in found:
        if one.school_id is not None:
            groups[one.school_id].add(one.candidate_id)

    def row(school_id: str | None, name: str, focus: bool, group: set[str]) -> SchoolReach:
        if len(group) < SMALL:
            return SchoolReach(school_id, name, focus, None, None, None, None)
        counts = (len(group & those) for those in (went.selected, went.finished, went.on))
        return SchoolReach(school_id, name, focus, len(group), *counts)

    by_name = sorted(groups, key=lambda one: schools[one][0])
    big, small = apart({one: len(groups[one]) for one in by_name}, {one: schools[one][1] for one in groups})
    all_small = sum(len(groups[one]) < SMALL for one in groups)
    rows = [row(one, *schools[one], groups[one]) for one in big]
    if small:
        gathered = {candidate for one in small for candidate in groups[one]}
        more = " more" if big else ""
        name = f"{len(small)}{more} {'school' if len(small) == 1 else 'schools, each'} under five applicants"
        if len(small) > all_small:
            name = f"{len(small)}{more} schools together"
        rows.append(row(None, name, False, gathered))
    return tuple(rows)


def apart(sizes: Mapping[str, int], focus: Mapping[str, bool]) -> tuple[list[str], list[str]]:
    """Schools that stand alone, the largest first, and those that are gathered.

    Where the gathered are under five together, or those of them inside or outside the focus, the smallest that could
    stand alone is gathered too: how many applied in all, and from outside the focus, is told elsewhere, and what is
    hidden could be reckoned from it.
    """
    big = sorted((one for one in sizes if sizes[one] >= SMALL), key=lambda one: -sizes[one])
    small = [one for one in sizes if sizes[one] < SMALL]
    for kind in (True, False):
        while 0 < sum(sizes[one] for one in small if focus[one] is kind) < SMALL:
            more = next((one for one in reversed(big) if focus[one] is kind), big[-1] if big else None)
            if more is None:
                break
            big.remove(more)
            small.append(more)
            if focus[more] is not kind and sum(sizes[one] for one in small) >= SMALL:
                break
    return big, small


def by_class_year(found: Sequence[Applicant], went: Went) -> tuple[YearReach, ...]:
    """Nothing where all together are under five.

    Small years are gathered with their neighbours, first within the first two years and within the later ones: how many
    were in their first two is told elsewhere, and a group over both could be taken apart with it.
    """
    years: dict[int, list[str]] = defaultdict(list)
    for one in found:
        if one.class_year is not None:
            years[one.class_year].append(one.candidate_id)
    early = _gathered([((year,), years[year]) for year in sorted(years) if year in _EARLY])
    later = _gathered([((year,), years[year]) for year in sorted(years) if year not in _EARLY])
    groups = _gathered(early + later)
    if groups and len(groups[0][1]) < SMALL:
        return ()
    return tuple(
        YearReach(
            of,
            tuple(people),
            *(tuple(one for one in people if one in those) for those in (went.selected, went.finished, went.on)),
        )
        for of, people in groups
    )


def _gathered(groups: list[tuple[tuple[int, ...], list[str]]]) -> list[tuple[tuple[int, ...], list[str]]]:
    """Each small group with the smaller of its neighbours, until none is small or one is left."""
    groups = list(groups)
    while (
        len(groups) > 1 and (at := next((i for i, one in enumerate(groups) if len(one[1]) < SMALL), None)) is not None
    ):
        beside = [one for one in (at - 1, at + 1) if 0 <= one < len(groups)]
        other = min(beside, key=lambda one: len(groups[one][1]))
        first, last = sorted((at, other))
        groups[first : last + 1] = [(groups[first][0] + groups[last][0], groups[first][1] + groups[last][1])]
    return groups


def class_year_chart(rows: Sequence[YearReach]) -> Chart:
    bars = []
    for one in rows:
        for people, words in ((one.applied, "applied"), (one.selected, "selected")):
            said = f"{one.words}: {in_digits(len(people))} {words}"
            refs = tuple(("candidates", row_id) for row_id in people)
            bars.append(ChartBar(one.words, len(people), said, rows=refs))
    return Chart("Class year when they applied", tuple(bars), ("Applied", "Selected"))


def _nth(year: int) -> str:
    return CLASS_YEARS.get(year) or ordinal(year)


def _ids(session: Session, query: Select[str]) -> frozenset[str]:
    return frozenset(session.scalars(query))
