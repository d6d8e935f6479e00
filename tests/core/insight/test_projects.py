"""Projects, their briefs, who fits them and when."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import UserError
from core.insight.availability import availability, grid_of, span_words, week_words, weeks
from core.insight.brief import check_brief, who_fits_brief
from core.insight.exams import exam_clashes
from core.insight.projects import project, project_ids, project_rows
from core.model import Blackout, HourEntry, Outcome, SchoolPeriod
from core.store import Store
from core.work.brief import MilestoneDraft, ProjectDraft, QuestionDraft
from tests.core.insight.build import Build, day
from tests.support.stores import TODAY

GOOD = ProjectDraft(
    title="Supplier list",
    category="Data",
    summary="One clean list that we can order from in January",
    learning_objectives=["Check data against its source"],
    milestones=[MilestoneDraft(text="One spreadsheet, 240 suppliers"), MilestoneDraft(text="A note of one page")],
    questions=[QuestionDraft(text="What would you fix first?", minutes=15)],
    skills=["Spreadsheets"],
    estimated_hours=18,
    fee=40_000,
    currency="USD",
    supervisor_id="someone",
    ai_policy="Allowed, say where",
    tools="Google Sheets",
)


def undone(store: Store, **changed: object) -> list[str]:
    return [one.field for one in check_brief(store, replace(GOOD, **changed), today=TODAY) if not one.done]  # type: ignore[arg-type]


def test_a_good_brief_has_ten_of_ten(store: Store) -> None:
    points = check_brief(store, GOOD, today=TODAY)
    assert len(points) == 10
    assert [one.words for one in points if not one.done] == []
    assert [one.words for one in points][2:5] == [
        "18 hours fits 2 deliverables",
        "Pay is above your floor",
        "Questions take 15 minutes",
    ]


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"summary": "A list"}, "summary"),
        ({"milestones": [MilestoneDraft(text="Tidy things up"), MilestoneDraft(text="1 note")]}, "milestones"),
        ({"estimated_hours": 41, "fee": 90_000}, "estimated_hours"),
        ({"estimated_hours": 0}, "estimated_hours"),
        ({"fee": 35_900}, "fee"),
        ({"questions": []}, "questions"),
        ({"questions": [QuestionDraft(text="Q", minutes=31)]}, "questions"),
        ({"any_hours": False, "due_flexible": False}, "any_hours"),
        ({"supervisor_id": None}, "supervisor_id"),
        ({"learning_objectives": [" "]}, "learning_objectives"),
        ({"ai_policy": ""}, "ai_policy"),
        ({"tools": " "}, "tools"),
    ],
)
def test_each_point_says_what_is_missing(store: Store, changed: dict[str, object], field: str) -> None:
    assert field in undone(store, **changed)


def test_hours_stand_beside_what_such_projects_took(store: Store, build: Build) -> None:
    earlier = build.project(category="Data")
    for minutes, on in (
        (17 * 60, "03-01"),
        (24 * 60, "04-01"),
        (99 * 60, "2025-01-01"),
        (20 * 60, "05-01"),
        (1200, "06-01"),
    ):
        work = build.work(earlier, build.person(), status="accepted", accepted_on=day(on))
        build.add(HourEntry(engagement_id=work, worked_on=day(on), minutes=minutes))
    points = {one.field: one for one in check_brief(store, GOOD, today=TODAY)}
    assert points["estimated_hours"].note == "your last 4 data projects took 17 to 24 h"


def test_a_kick_off_in_exams_names_the_school_and_a_day_after(store: Store, build: Build) -> None:
    for name, start, end in (("Kennedy-King College", "12-14", "12-18"), ("Other C", "12-21", "12-22")):
        build.add(SchoolPeriod(school_id=build.school(name), kind="exams", starts_on=day(start), ends_on=day(end)))
    found = exam_clashes(store, day("12-14"))
    assert found.words == "Kick-off falls in the exams of Kennedy-King College (14 to 18 December)."
    assert found.move_to == day("12-23")
    assert exam_clashes(store, day("12-19")).clashes == ()
    assert exam_clashes(store, None).words == ""


def test_who_fits_by_skills_and_weeks_and_never_by_school(store: Store, build: Build) -> None:
    project_id = build.project(kick_off_on=day("12-07"), due_on=day("12-20"))
    people = {
        name: build.person(name) for name in ("All Skills", "Half Skills", "No Skills", "Away All", "Part Already")
    }
    for skill in ("Excel", "Labels"):
        build.skill(skill, wanted_by=project_id)
        for name in ("All Skills", "Away All", "Part Already"):
            build.skill(skill, of=people[name])
    build.skill("Excel", of=people["Half Skills"])
    build.add(Blackout(candidate_id=people["Away All"], starts_on=day("12-01"), ends_on=day("12-31")))
    build.add(Blackout(candidate_id=people["Half Skills"], starts_on=day("12-14"), ends_on=day("12-15")))
    build.applied(project_id, people["Part Already"])
    build.applied(build.project(), people["All Skills"])
    fits = project(store, project_id, today=TODAY).fits
    assert [(one.name, one.words) for one in fits.best] == [
        ("All Skills", "2 of 2 skills · free all weeks"),
        ("Half Skills", "1 of 2 skills · lacks Labels · not 14 to 15 December"),
    ]
    assert (fits.count, fits.new) == (2, 1)
    build.add(Outcome(candidate_id=people["All Skills"], kind="full_time", offered_on=TODAY, accepted_on=TODAY))
    assert project(store, project_id, today=TODAY).fits.count == 1


def test_who_fits_a_brief_that_is_not_stored(store: Store, build: Build) -> None:
    person = build.person("Ada Lovelace")
    build.skill("Spreadsheets", of=person)
    draft = replace(GOOD, skills=["spreadsheets", "Something new"])
    found = who_fits_brief(store, draft, today=TODAY)
    assert [one.words for one in found.best] == ["1 of 2 skills · lacks Something new · no dates yet"]
    assert who_fits_brief(store, replace(GOOD, skills=[]), today=TODAY).words.startswith("Name the skills")
    assert who_fits_brief(store, replace(GOOD, skills=["Other"]), today=TODAY).words.startswith("Nobody")


def test_rows_and_order_of_projects(store: Store, build: Build) -> None:
    late = build.project("Zebra crossing", kick_off_on=day("12-20"), fee=50_000, status="draft", opened_on=None)
    soon = build.project("Älpler menu", kick_off_on=day("12-01"), fee=30_000)
    never = build.project("No dates", fee=10_000)
    build.applied(soon, build.person())
    build.applied(soon, build.person(), None, status="invited")
    build.work(never, build.person())
    rows = project_rows(store, [late, soon, never], today=TODAY)
    assert [(rows[one].phase_words, rows[one].applicants) for one in (late, soon, never)] == [
        ("Draft", 0),
        ("Open", 1),
        ("Running", 1),
    ]
    assert rows[late].number == "P-001"
    assert project_ids(store, sort="kick_off", descending=False, today=TODAY) == [soon, late, never]
    assert project_ids(store, sort="title", descending=False, today=TODAY) == [soon, never, late]
    assert project_ids(store, sort="fee", today=TODAY) == [late, soon, never]
    assert project_ids(store, "alpler", today=TODAY) == [soon]
    assert project_ids(store, phases=frozenset({"draft", "running"}), today=TODAY) == [never, late]
    with pytest.raises(UserError):
        project(store, "gone", today=TODAY)


WEEKDAY_EVENINGS = "0010" * 5 + "0000" * 2


@pytest.mark.parametrize(
    ("grid", "words"),
    [
        ("", ""),
        ("0" * 28, "no free time in the week"),
        ("1" * 28, "any time"),
        (WEEKDAY_EVENINGS, "weekday evenings"),
        ("0010" * 5 + "1111" * 2, "evenings and weekends"),
        ("0010" * 7, "evenings"),
        ("0010" + "0000" * 6, "Mon evenings"),
        ("1000" * 6 + "0000", "Mon to Sat mornings"),
        ("0010" * 5 + "1110" * 2, "evenings, Sat and Sun mornings and Sat and Sun afternoons"),
        ("1000" + "0000" + "1100" + "0000" * 4, "Mon and Wed mornings and Wed afternoons"),
    ],
)
def test_a_week_in_words(grid: str, words: str) -> None:
    assert week_words(grid_of(grid)) == words


def test_availability_says_the_week_the_hours_and_when_not() -> None:
    away = [(date(2026, 12, 7), date(2026, 12, 14)), (date(2026, 10, 1), date(2026, 10, 2))]
    found = availability("0010" * 5 + "1111" * 2, 10, away, TODAY)
    assert found.words == "Evenings and weekends, 10 hours a week. Not 7 to 14 December."
    assert len(found.blackouts) == 1
    assert availability("", None, [], TODAY).words == ""
    assert span_words(date(2026, 12, 28), date(2027, 1, 3)) == "28 December to 3 January"


@given(st.text("01", min_size=28, max_size=28))
def test_words_of_any_week_are_short_and_never_empty(grid: str) -> None:
    assert 0 < len(week_words(grid_of(grid))) <= 120


spans = st.tuples(st.integers(-30, 60), st.integers(0, 30)).map(
    lambda pair: (TODAY + timedelta(days=pair[0]), TODAY + timedelta(days=pair[0] + pair[1]))
)


@given(st.integers(0, 60), st.lists(spans, max_size=4))
def test_free_weeks_are_at_most_all_and_all_without_days_away(days: int, away: list[tuple[date, date]]) -> None:
    end = TODAY + timedelta(days=days)
    found = weeks(TODAY, end, away)
    assert 0 <= found.free <= found.total == days // 7 + 1
    touching = [span for span in away if span[0] <= end and span[1] >= TODAY]
    assert (found.words.startswith("free all") or found.words == "free then") == (not touching)
