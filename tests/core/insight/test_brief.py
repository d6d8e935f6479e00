"""What a brief's points say of its supervisor, its hours and its pay; whose exams a project is held against."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from core.insight.brief import CheckPoint, check_brief
from core.insight.exams import exam_clashes
from core.insight.projects import project
from core.model import Colleague, HourEntry, Rubric, SchoolPeriod
from core.store import Store
from tests.core.insight.build import Build, day
from tests.core.insight.test_projects import GOOD
from tests.support.stores import TODAY

DAY = timedelta(days=1)


def point(store: Store, field: str, **changed: object) -> CheckPoint:
    found = check_brief(store, replace(GOOD, **changed), today=TODAY)  # type: ignore[arg-type]
    return next(one for one in found if one.field == field)


def test_each_point_says_what_it_is_for(store: Store) -> None:
    points = check_brief(store, GOOD, today=TODAY)
    assert all(one.why.endswith(".") for one in points)
    assert len({one.why for one in points}) == len({one.field for one in points}) == 10


def test_a_supervisor_who_left_counts_as_none(store: Store, build: Build) -> None:
    def named(left: int) -> CheckPoint:
        row = build.add(Colleague(name=f"Lena {left}", role="supervisor", left_on=TODAY + left * DAY))
        return point(store, "supervisor_id", supervisor_id=row, due_on=TODAY + 30 * DAY)

    gone, leaves, stays = named(-1), named(29), named(30)
    assert (gone.done, gone.words, gone.note) == (False, "Name another supervisor", "Lena -1 left on 21 Nov")
    assert (leaves.done, leaves.note) == (False, "Lena 29 leaves on 21 Dec")
    assert stays.done


def test_hours_far_from_what_such_work_took_are_not_believed(store: Store, build: Build) -> None:
    def worked(hours: int, on: str, **fields: object) -> None:
        work = build.work(build.project(**fields), build.person(), status="accepted", accepted_on=day(on))
        build.add(HourEntry(engagement_id=work, worked_on=day(on), minutes=hours * 60))

    worked(38, "03-01", category="Data")
    assert point(store, "estimated_hours").done, "one alone proves nothing"
    worked(40, "04-01", category="Data")
    found = point(store, "estimated_hours")
    assert (found.done, found.words) == (False, "18 hours is little for such work")
    assert found.note == "your last 2 data projects took 38 to 40 h"
    worked(17, "05-01", template_key="lists")
    worked(20, "06-01", template_key="lists")
    found = point(store, "estimated_hours", template_key="lists")
    assert (found.done, found.note) == (True, "your last 2 projects from this template took 17 to 20 h")
    assert not point(store, "estimated_hours", template_key="lists", estimated_hours=40, fee=90_000).done


@pytest.mark.parametrize(
    ("fee", "words"),
    [
        (36_001, "Pay is above your floor"),
        (36_000, "Pay is at your floor"),
        (35_999, "$19.99 an hour is under your floor"),
        (0, "Say what it pays"),
    ],
)
def test_pay_is_compared_to_the_cent(store: Store, fee: int, words: str) -> None:
    found = point(store, "fee", fee=fee)
    assert (found.words, found.done) == (words, fee >= 36_000)


def test_exams_are_those_of_the_schools_asked_but_of_all_while_one_is_scored_blind(store: Store, build: Build) -> None:
    schools = {name: build.school(name) for name in ("Asked", "Other")}
    for row_id in schools.values():
        build.add(SchoolPeriod(school_id=row_id, kind="exams", starts_on=day("12-14"), ends_on=day("12-18")))
    start = day("12-14")

    def named(project_id: str | None) -> set[str]:
        return {one.school for one in exam_clashes(store, start, project_id).clashes}

    asked = build.project(kick_off_on=start)
    assert named(None) == named(asked) == {"Asked", "Other"}
    build.applied(asked, build.person(school=schools["Asked"]), None, status="invited")
    assert named(asked) == {"Asked"}
    assert "Other" not in project(store, asked, today=TODAY).exams.words
    build.add(Rubric(project_id=asked, name="General"))
    build.applied(asked, build.person(school=schools["Asked"]))
    assert named(asked) == {"Asked", "Other"}


def test_the_due_date_is_looked_at_too(store: Store, build: Build) -> None:
    row = build.school("Truman")
    build.add(SchoolPeriod(school_id=row, kind="exams", starts_on=day("12-31"), ends_on=day("2027-01-04")))
    view = project(store, build.project(kick_off_on=day("12-14"), due_on=day("2027-01-02")), today=TODAY)
    assert view.exams.words == ""
    assert view.due_exams.words == "The due date falls in the exams of Truman (31 December to 4 January)."
    assert view.due_exams.move_to == day("2027-01-05")
