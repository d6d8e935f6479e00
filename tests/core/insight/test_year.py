"""The year: bars, exams, supervisors' weeks, gaps and the balance, each worked out by hand."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

import pytest

from core.insight.year import YearView, move_preview, year_view
from core.insight.year_gaps import span_said
from core.insight.year_load import ASSUMED_MINUTES
from core.insight.year_parts import monday, mondays
from core.model import Blackout, Colleague, SchoolPeriod, ToDo
from core.store import Store
from tests.core.insight.build import Build
from tests.support.stores import TODAY

START, END = date(2026, 10, 1), date(2027, 9, 30)
WEEK = timedelta(weeks=1)


def view(store: Store, start: date = START, end: date = END) -> YearView:
    return year_view(store, start, end, today=TODAY)


def planned(build: Build, title: str, start: date, end: date, **more: object) -> str:
    fields = {"status": "draft", "opened_on": None, "kick_off_on": start, "due_on": end} | more
    return build.project(title, **fields)


def test_a_year_without_anything_is_empty_but_right(store: Store) -> None:
    found = view(store)
    assert (found.bars, found.all, found.undated, found.seasons, found.balance.done) == ((), 0, 0, (), 0)
    assert [(gap.weeks, gap.free, gap.to_dos) for gap in found.gaps] == [(52, (), ())]


def test_bars_go_from_day_to_day_and_cancelled_projects_have_none(build: Build, store: Store) -> None:
    planned(build, "Later", date(2027, 1, 4), date(2027, 1, 29))
    planned(build, "Sooner", date(2026, 12, 21), date(2027, 1, 8), status="open", apply_by=date(2026, 12, 11))
    planned(build, "Off", date(2026, 12, 1), date(2026, 12, 20), status="cancelled")
    planned(build, "Some day", None, None)  # type: ignore[arg-type]
    planned(build, "No end", date(2027, 2, 1), None)  # type: ignore[arg-type]
    found = view(store)
    spans = [(bar.title, bar.phase, bar.start, bar.end) for bar in found.bars]
    assert spans == [
        ("Sooner", "open", date(2026, 12, 21), date(2027, 1, 8)),
        ("Later", "draft", date(2027, 1, 4), date(2027, 1, 29)),
        ("No end", "draft", date(2027, 2, 1), date(2027, 2, 7)),
    ]
    assert (found.all, found.undated) == (4, 1)


def test_a_project_at_work_lies_where_its_students_work(build: Build, store: Store) -> None:
    project = planned(build, "Labels", date(2026, 11, 2), date(2026, 11, 13), status="selecting", openings=2)
    first, second = build.person("Ada Lovelace"), build.person("Mary Somerville")
    build.work(project, first, started_on=date(2026, 11, 5), due_on=date(2026, 11, 18))
    done = date(2026, 11, 20)
    build.work(project, second, started_on=date(2026, 11, 3), status="accepted", accepted_on=done)
    (bar,) = view(store).bars
    assert bar.phase == "running"
    # The first is late and still at work, so the bar goes on until today.
    assert (bar.start, bar.end) == (date(2026, 11, 3), TODAY)
    assert bar.to_come == 0


def test_exams_that_overlap_become_one_season_and_breaks_another(build: Build, store: Store) -> None:
    north, south = build.school("North", is_focus=True), build.school("South")
    for school, kind, first, last in (
        (south, "exams", date(2026, 12, 7), date(2026, 12, 12)),
        (north, "exams", date(2026, 12, 12), date(2026, 12, 18)),
        (north, "exams", date(2027, 5, 3), date(2027, 5, 8)),
        (south, "break", date(2026, 12, 19), date(2027, 1, 3)),
        (south, "term", date(2026, 9, 1), date(2026, 12, 20)),
    ):
        build.add(SchoolPeriod(school_id=school, kind=kind, starts_on=first, ends_on=last))
    found = view(store)
    assert [(one.kind, one.start, one.end, one.schools) for one in found.seasons] == [
        ("exams", date(2026, 12, 7), date(2026, 12, 18), ("South", "North")),
        ("break", date(2026, 12, 19), date(2027, 1, 3), ("South",)),
        ("exams", date(2027, 5, 3), date(2027, 5, 8), ("North",)),
    ]
    assert found.schools[0].school == "North"


def test_hours_of_supervision_are_assumed_until_some_were_entered(build: Build, store: Store) -> None:
    assert view(store).estimate.minutes == ASSUMED_MINUTES
    assert "assumption" in view(store).estimate.words
    project = build.project(status="selecting")
    begun, done = date(2026, 9, 7), date(2026, 9, 25)
    for name, minutes in (("Ada Lovelace", 100), ("Mary Somerville", 80)):
        build.work(
            project, build.person(name), status="accepted", started_on=begun, accepted_on=done,
            supervision_minutes=minutes,
        )  # fmt: skip
    # 180 minutes over twice three weeks.
    rate = view(store).estimate
    assert (rate.minutes, rate.engagements) == (30, 2)


def test_weeks_that_ask_for_more_than_a_supervisor_has_are_over(build: Build, store: Store) -> None:
    ben = build.add(Colleague(name="Ben Ortiz", role="supervisor", hours_a_week=2))
    eve = build.add(Colleague(name="Eve Adu", role="supervisor", hours_a_week=9, left_on=date(2027, 1, 13)))
    planned(build, "Three", date(2027, 1, 6), date(2027, 1, 19), openings=3, supervisor_id=ben)
    planned(build, "One", date(2027, 1, 6), date(2027, 1, 19), supervisor_id=eve)
    planned(build, "Nobody's", date(2027, 3, 1), date(2027, 3, 7))
    rows = {load.name: {week.monday: week for week in load.weeks if week.students} for load in view(store).loads}
    weeks = [date(2027, 1, 4), date(2027, 1, 11), date(2027, 1, 18)]
    assert [(day, week.minutes, week.over) for day, week in rows["Ben Ortiz"].items()] == [
        (day, 180, True) for day in weeks
    ]
    # She leaves on Wednesday of the second week: from the third on, it is over.
    assert [week.over for week in rows["Eve Adu"].values()] == [False, False, True]
    assert [week.minutes for week in rows["No supervisor yet"].values()] == [60]
    assert [load.over for load in view(store).loads if load.name == "Ben Ortiz"] == [3]


def test_a_gap_is_two_whole_weeks_with_who_is_free_and_what_fits(build: Build, store: Store) -> None:
    school = build.school()
    free, away, gone, worked = (
        build.person(name, school, graduates)
        for name, graduates in (
            ("Ada Free", date(2028, 5, 31)),
            ("Bo Away", date(2028, 5, 31)),
            ("Cy Gone", date(2026, 12, 31)),
            ("Di Worked", None),
        )
    )
    for one in (free, away, gone, worked):
        build.pooled(one)
    build.person("Eli Stranger", school)
    build.add(Blackout(candidate_id=away, starts_on=date(2027, 2, 3), ends_on=date(2027, 2, 20)))
    past = build.project(status="selecting", kick_off_on=date(2026, 3, 2), due_on=date(2026, 3, 20))
    build.work(past, worked, status="accepted", started_on=date(2026, 3, 2), accepted_on=date(2026, 3, 20))
    planned(build, "Until", TODAY, date(2027, 1, 31))
    planned(build, "After", date(2027, 2, 17), date(2027, 12, 31))
    for words, due, snoozed, done in (
        ("Sort plates", None, None, None),
        ("Due in it", date(2027, 2, 5), None, None),
        ("Due before", date(2027, 1, 5), None, None),
        ("Put off", None, date(2027, 3, 1), None),
        ("Done", None, None, TODAY),
    ):
        build.add(ToDo(text=words, captured_on=TODAY, due_on=due, snoozed_until=snoozed, done_on=done))
    (gap,) = view(store).gaps
    assert (gap.start, gap.end, gap.weeks) == (date(2027, 2, 1), date(2027, 2, 14), 2)
    assert gap.words == "early February"
    assert gap.free == (free, worked)
    assert gap.new == 1
    assert [words for _, words in gap.to_dos] == ["Due in it", "Sort plates"]


def test_one_free_week_is_no_gap(build: Build, store: Store) -> None:
    planned(build, "Until", TODAY, date(2027, 1, 31))
    planned(build, "After", date(2027, 2, 8), date(2027, 12, 31))
    assert view(store).gaps == ()


def test_hours_handed_over_against_supervision_entered_and_planned(build: Build, store: Store) -> None:
    project = build.project(status="selecting", estimated_hours=12, kick_off_on=date(2026, 10, 5))
    build.work(
        project, build.person(), status="accepted", started_on=date(2026, 10, 5), accepted_on=date(2026, 10, 18),
        estimated_hours=12, supervision_minutes=90,
    )  # fmt: skip
    planned(build, "Next", date(2027, 1, 4), date(2027, 1, 24), estimated_hours=20, openings=2)
    found = view(store).balance
    assert (found.done, found.done_hours, found.done_minutes) == (1, 12, 90)
    # Two students for three weeks at 45 minutes: 90 over two weeks.
    assert (found.planned, found.planned_hours, found.planned_minutes) == (2, 40, 270)


def test_what_a_move_would_do_is_said_before(build: Build, store: Store) -> None:
    school = build.school("North")
    build.add(SchoolPeriod(school_id=school, kind="exams", starts_on=date(2026, 12, 7), ends_on=date(2026, 12, 12)))
    planned(build, "Labels", date(2026, 12, 1), date(2026, 12, 15), status="open", apply_by=date(2026, 11, 25))
    found = view(store)
    (bar,) = found.bars
    hit = move_preview(bar, date(2026, 12, 8), found.schools, TODAY)
    assert hit.words == "Kick-off 8 Dec · due 22 Dec · apply by 2 Dec · in exams at North"
    early = move_preview(bar, date(2026, 11, 24), found.schools, TODAY)
    assert early.words.endswith("applications would be closed")
    assert move_preview(bar, date(2026, 11, 17), found.schools, TODAY).words.endswith("in the past")


@pytest.mark.parametrize("day", [date(2027, 3, 14), date(2027, 11, 7), date(2028, 2, 29), date(2026, 12, 31)])
def test_weeks_follow_dates_whatever_the_clock_does(day: date) -> None:
    weeks = mondays(day - 3 * WEEK, day + 3 * WEEK)
    assert [two - one for one, two in itertools.pairwise(weeks)] == [WEEK] * 6
    assert monday(day) in weeks
    assert all(one.weekday() == 0 for one in weeks)


def test_a_span_over_new_year_and_one_turned_round(build: Build, store: Store) -> None:
    planned(build, "Over New Year", date(2026, 12, 28), date(2027, 1, 15))
    assert len(view(store, date(2027, 1, 1), date(2027, 12, 31)).bars) == 1
    turned = view(store, END, START)
    assert (turned.start, turned.end) == (START, END)
    assert view(store, date(1, 1, 1), date(9999, 12, 31)).end.year == 8


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (date(2027, 2, 8), date(2027, 2, 21), "mid-February"),
        (date(2026, 12, 21), date(2027, 1, 17), "late December to mid-January"),
        (date(2027, 6, 1), date(2027, 8, 8), "June to early August"),
        (date(2027, 6, 7), date(2027, 8, 29), "June to August"),
        (date(2026, 11, 30), date(2027, 11, 28), "late November 2026 to late November 2027"),
    ],
)
def test_a_gap_has_a_name(start: date, end: date, words: str) -> None:
    assert span_said(start, end) == words


@pytest.mark.parametrize("year", [1, 1970, 9990, 9999])
def test_a_year_at_the_end_of_the_calendar_is_empty(store: Store, year: int) -> None:
    found = year_view(store, date(year, 1, 1), date(year, 12, 31), today=TODAY)
    assert found.bars == ()
