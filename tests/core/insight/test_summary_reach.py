"""Whom a program reached, by class year: no group under five is shown, nor can it be reckoned."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from core.insight.figures_people import Applicant, early_of
from core.insight.parts import SMALL
from core.insight.summary import program_summary
from core.insight.summary_reach import Went, apart, by_class_year, class_year_chart
from core.store import Store
from tests.core.insight.build import Build, day
from tests.core.insight.test_figures import END, START
from tests.support.stores import TODAY

NOBODY = Went(frozenset(), frozenset(), frozenset())
YEARS = st.lists(st.one_of(st.none(), st.integers(1, 7)), max_size=60)


def applied(years: list[int | None]) -> list[Applicant]:
    return [Applicant(f"c{at}", year, None, None) for at, year in enumerate(years)]


@given(YEARS)
def test_groups_are_neighbours_of_five_and_more_that_hold_everyone_once(years: list[int | None]) -> None:
    rows = by_class_year(applied(years), NOBODY)
    known = [year for year in years if year is not None]
    if len(known) < SMALL:
        assert rows == ()
        return
    assert all(len(row.applied) >= SMALL for row in rows)
    people = [one for row in rows for one in row.applied]
    assert len(people) == len(set(people)) == len(known)
    assert [year for row in rows for year in row.years] == sorted(set(known))


@given(YEARS)
def test_what_is_told_of_the_first_two_years_takes_no_group_apart(years: list[int | None]) -> None:
    found = applied(years)
    rows, early = by_class_year(found, NOBODY), early_of(found)
    alone = Counter(year for year in years if year is not None)
    for row in rows:
        inside = sum(alone[year] for year in row.years if year <= 2)
        both = 0 < inside < len(row.applied)
        # Only where the first two years, or the later ones, are themselves fewer than five.
        assert not both or min(early.numerator, early.base - early.numerator) < SMALL


@given(
    st.dictionaries(st.text("abcdef", min_size=1, max_size=2), st.tuples(st.integers(1, 9), st.booleans()), max_size=9)
)
def test_no_school_can_be_reckoned_from_what_is_told_of_all_and_of_those_outside_the_focus(
    schools: dict[str, tuple[int, bool]],
) -> None:
    sizes = {name: size for name, (size, _) in schools.items()}
    focus = {name: inside for name, (_, inside) in schools.items()}
    big, small = apart(sizes, focus)
    assert sorted(big + small) == sorted(sizes)
    assert all(sizes[one] >= SMALL for one in big)
    hidden = sum(sizes[one] for one in small)
    assert hidden == 0 or hidden >= SMALL or not big
    for kind in (True, False):
        hidden = sum(sizes[one] for one in small if focus[one] is kind)
        shown = [one for one in big if focus[one] is kind]
        # All of that kind are told of together elsewhere: with none of them shown there is nothing to take away.
        assert hidden == 0 or hidden >= SMALL or not shown


def test_the_chart_and_its_rows_count_who_applied_and_who_was_selected(store: Store, build: Build) -> None:
    project = build.project(openings=9)
    people = [build.person(f"Ana A{at}") for at in range(12)]
    for at, person in enumerate(people):
        build.applied(project, person, day("03-01") + timedelta(days=at), class_year=1 if at < 6 else 3 + at % 2)
    other = build.project()
    for person in (people[0], people[7]):
        build.work(other, person, status="accepted", accepted_on=day("05-01"), agreed_on=day("04-01"))
    view = program_summary(store, START, END, today=TODAY)
    assert [(one.words, len(one.applied), len(one.selected), len(one.finished)) for one in view.class_years] == [
        ("1st year", 6, 1, 1),
        ("3rd and 4th year", 6, 1, 1),
    ]
    chart = view.by_class_year
    assert [[bar.value for bar in group] for group in chart.groups] == [[6, 1], [6, 1]]
    assert chart.bars[1].rows == (("candidates", people[0]),)
    assert chart.told == (
        "Class year when they applied. 1st year: 6 applied; 1st year: 1 selected; 3rd and 4th year: 6 applied; "
        "3rd and 4th year: 1 selected."
    )
    assert class_year_chart(()).empty
