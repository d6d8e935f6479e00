"""The list of candidates, how far each has come, and the saved lists."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.academic import class_year
from core.insight import filters
from core.insight.filter_values import spring
from core.insight.lists import saved_lists
from core.insight.parts import add_months, studies
from core.insight.people import (
    SORTS,
    CandidateFilter,
    candidate_ids,
    candidate_rows,
    count,
)
from core.insight.stage import STAGES
from core.model import Blackout, Candidate, CandidateEmail, Enrolment, Outcome, School
from core.store import Label, Store
from tests.core.insight.build import Build, day
from tests.support.stores import TODAY, new_store


def names(
    store: Store, wanted: CandidateFilter | None = None, sort: str = "name", descending: bool = False
) -> list[str]:
    ids = candidate_ids(store, wanted or CandidateFilter(), sort, descending, today=TODAY)
    rows = candidate_rows(store, ids, today=TODAY)
    return [rows[one].name for one in ids]


def stage(store: Store, person: str) -> str:
    return candidate_rows(store, [person], today=TODAY)[person].stage


def test_a_person_stands_in_the_furthest_stage_that_holds(store: Store, build: Build) -> None:
    person, project = build.person(), build.project()
    assert stage(store, person) == "prospect"
    past = build.project(status="selecting")
    build.work(past, person, status="accepted", accepted_on=TODAY)
    assert stage(store, person) == "past_micro_intern"
    build.pooled(person)
    assert stage(store, person) == "near_miss"
    application = build.applied(project, person)
    assert stage(store, person) == "applicant"
    build.offer(application, expires_on=TODAY)
    assert stage(store, person) == "offered"
    build.work(build.project(), person, status="agreed")
    assert stage(store, person) == "micro_intern"
    build.add(Outcome(candidate_id=person, kind="internship", offered_on=TODAY))
    assert stage(store, person) == "intern_offer"
    build.add(Outcome(candidate_id=person, kind="full_time", offered_on=TODAY, accepted_on=TODAY))
    assert stage(store, person) == "hired"


def test_an_expired_offer_a_filled_project_and_an_ended_pool_entry_do_not_count(store: Store, build: Build) -> None:
    project, person, other = build.project(openings=1), build.person(), build.person("Bo Tran")
    build.offer(build.applied(project, person), expires_on=TODAY - timedelta(days=1))
    assert stage(store, person) == "applicant"
    build.work(project, other)
    assert stage(store, person) == "prospect"
    build.pooled(person, ended_on=TODAY)
    assert stage(store, person) == "prospect"


def test_stage_filter_and_stage_shown_are_the_same(store: Store, build: Build) -> None:
    project = build.project(openings=9)
    people = [build.person(f"P{n} Q") for n in range(4)]
    build.pooled(people[0])
    build.applied(project, people[1])
    build.work(project, people[2])
    for key in STAGES:
        ids = candidate_ids(store, CandidateFilter(stage=key), today=TODAY)
        assert {stage(store, one) for one in ids} <= {key}
    counted = sum(count(store, CandidateFilter(stage=key), today=TODAY) for key in STAGES)
    assert counted == len(people)


def test_rows_hold_what_the_list_shows(store: Store, build: Build) -> None:
    school = build.school("Kennedy-King College", short_name="Kennedy-King")
    person = build.person("Mateo Ruiz", school, day("2029-05-31"), first_contact_on=day("03-01"))
    build.touch(person, TODAY - timedelta(days=66))
    build.touch(person, TODAY + timedelta(days=3))
    row = candidate_rows(store, [person, "gone"], today=TODAY)[person]
    assert (row.name, row.school, row.class_year, row.stage_words, row.stage_kind) == (
        "Mateo Ruiz",
        "Kennedy-King",
        2,
        "Prospect",
        "neutral",
    )
    assert (row.last_contact_days, row.cold, row.number) == (66, True, "C-001")


def test_names_sort_by_letters_with_accents_aside(store: Store, build: Build) -> None:
    for name in ("Zoë Abt", "Élodie Roy", "eric North", "Ana Ñu", "Ярослав Кос"):
        build.person(name)
    assert names(store) == ["Ana Ñu", "Élodie Roy", "eric North", "Zoë Abt", "Ярослав Кос"]
    assert names(store, descending=True) == names(store)[::-1]


def test_what_is_unknown_stands_last_both_ways(store: Store, build: Build) -> None:
    school = build.school()
    build.person("New One", school, day("2030-05-31"), first_contact_on=TODAY - timedelta(days=3))
    build.person("Old One", school, day("2027-05-31"), first_contact_on=TODAY - timedelta(days=90))
    build.person("Un Known")
    for sort in ("class_year", "last_contact"):
        assert names(store, sort=sort) == ["New One", "Old One", "Un Known"]
        assert names(store, sort=sort, descending=True) == ["Old One", "New One", "Un Known"]
    for sort in SORTS:
        assert sorted(names(store, sort=sort)) == ["New One", "Old One", "Un Known"]
    with pytest.raises(ValueError, match="fee"):
        candidate_ids(store, CandidateFilter(), "fee", today=TODAY)


def test_text_finds_name_mail_and_school_also_without_accents(store: Store, build: Build) -> None:
    person = build.person("Thảo Nguyễn", build.school("Northfield College"))
    build.add(CandidateEmail(candidate_id=person, position=0, address="tn@example.edu"))
    build.person("Percy 100%")
    assert names(store, CandidateFilter(text="thao")) == ["Thảo Nguyễn"]
    assert names(store, CandidateFilter(text="tn@exa")) == ["Thảo Nguyễn"]
    assert names(store, CandidateFilter(text="thảo northf")) == ["Thảo Nguyễn"]
    assert names(store, CandidateFilter(text="%")) == ["Percy 100%"]
    assert names(store, CandidateFilter(text="nobody")) == []


def test_filters_narrow_and_go_together(store: Store, build: Build) -> None:
    one, two = build.school("One C"), build.school("Two C")
    first = build.person("First Year", one, day("2030-05-31"))
    build.person("Third Year", one, day("2028-05-31"))
    build.person("Spring Grad", two, day("2027-05-31"))
    build.add(Blackout(candidate_id=first, starts_on=day("12-07"), ends_on=day("12-14")))
    wanted = CandidateFilter()
    assert names(store, replace(wanted, class_years=frozenset({1, 3}))) == ["First Year", "Third Year"]
    assert names(store, replace(wanted, early=True)) == ["First Year"]
    assert names(store, replace(wanted, school_ids=frozenset({two}))) == ["Spring Grad"]
    assert names(store, replace(wanted, graduating_within=7)) == ["Spring Grad"]
    assert names(store, replace(wanted, graduating_within=6)) == []
    assert names(store, replace(wanted, free_on=(day("12-14"), day("12-20")))) == ["Spring Grad", "Third Year"]
    assert names(store, replace(wanted, free_on=(day("12-15"), day("12-20")), early=True)) == ["First Year"]
    both = replace(wanted, class_years=frozenset({1, 3}), school_ids=frozenset({two}))
    with store.read() as session:
        words = filters.chips(session, both.tree(), TODAY)
    assert words == ["Class year: 1st, 3rd", "School: Two C"]


def test_free_means_some_time_in_the_week_and_no_other_work_of_ours(store: Store, build: Build) -> None:
    build.person("No Time", free_grid="0" * 28)
    build.person("No Hours", hours_a_week=0)
    build.person("Some Time", free_grid="0" * 27 + "1")
    build.work(build.project(), build.person("At Work"), due_on=day("12-05"))
    assert names(store, CandidateFilter(free_on=(day("12-05"), day("12-31")))) == ["Some Time"]
    assert names(store, CandidateFilter(free_on=(day("12-06"), day("12-31")))) == ["At Work", "Some Time"]


def test_saved_lists_count_what_they_open(store: Store, build: Build) -> None:
    school = build.school()
    cold = build.person("Going Cold", school, day("2027-05-31"), first_contact_on=TODAY - timedelta(days=60))
    build.person("Still Warm", school, day("2027-05-31"), first_contact_on=TODAY - timedelta(days=59))
    build.person("Long Way", school, day("2029-05-31"), first_contact_on=TODAY - timedelta(days=90))
    build.person("Never Met", school, day("2027-05-31"))
    hired = build.person("Got Hired", school, day("2027-05-31"), first_contact_on=TODAY - timedelta(days=90))
    build.add(Outcome(candidate_id=hired, kind="part_time", offered_on=TODAY, accepted_on=TODAY))
    build.pooled(cold)
    found = {one.key: one for one in saved_lists(store, today=TODAY)}
    assert {key: one.count for key, one in found.items()} == {"going_cold": 1, "near_miss": 1, "early": 1, "spring": 4}
    for one in found.values():
        assert len(names(store, one.filter)) == one.count
    assert names(store, found["going_cold"].filter) == ["Going Cold"]


def test_spring_is_the_next_one_from_july_on() -> None:
    assert spring(date(2026, 6, 30)) == (date(2026, 3, 1), date(2026, 6, 30))
    assert spring(date(2026, 7, 1)) == (date(2027, 3, 1), date(2027, 6, 30))


def test_the_enrolment_that_started_last_counts(store: Store, build: Build) -> None:
    old, new = build.school("Old C"), build.school("New U")
    person = build.person()
    build.add(Enrolment(candidate_id=person, school_id=new, starts_on=day("2026-08-20")))
    build.add(Enrolment(candidate_id=person, school_id=old, starts_on=day("2024-08-20")))
    build.add(Enrolment(candidate_id=person, school_id=old))
    with store.read() as session:
        assert studies(session, [person], TODAY)[person].school == "New U"
    unknown = build.person("Un Known")
    build.add(Enrolment(candidate_id=unknown, school_id=old))
    build.add(Enrolment(candidate_id=unknown, school_id=new))
    assert candidate_rows(store, [unknown], today=TODAY)[unknown].school == "New U"


@given(st.dates(date(2020, 1, 1), date(2035, 12, 31)), st.integers(0, 60))
def test_months_later_is_the_same_day_or_the_months_last(start: date, months: int) -> None:
    later = add_months(start, months)
    assert (later.year - start.year) * 12 + later.month - start.month == months
    assert later.day == start.day or (later.day < start.day and (later + timedelta(days=1)).day == 1)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with new_store(tmp_path_factory.mktemp("law")) as made:
        yield made


days = st.dates(date(2022, 1, 1), date(2031, 12, 31))


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.none() | days,
            st.none() | st.integers(1, 8),
            st.none() | days,
            st.none() | st.tuples(st.integers(1, 12), st.integers(1, 28)),
        ),
        min_size=1,
        max_size=8,
    ),
    days,
)
def test_class_years_in_lists_are_those_of_the_calendar(
    shared: Store,
    people: list[tuple[date | None, int | None, date | None, tuple[int, int] | None]],
    today: date,
) -> None:
    class _Back(Exception):
        pass

    with contextlib.suppress(_Back), shared.change(Label.SAMPLE_MADE) as session:
        for place, (graduates, by_hand, on, rollover) in enumerate(people):
            person = Candidate(
                id=f"c{place}",
                number=place,
                first_name="A",
                last_name="B",
                links=[],
                class_year_set=by_hand,
                class_year_set_on=on,
            )
            session.add(person)
            if rollover is not None:
                session.add(
                    School(id=f"s{place}", name="S", domains=[], rollover_month=rollover[0], rollover_day=rollover[1])
                )
                session.add(Enrolment(candidate_id=person.id, school_id=f"s{place}", graduates_on=graduates))
        session.flush()
        found = studies(session, [f"c{place}" for place in range(len(people))], today)
        for place, (graduates, by_hand, on, rollover) in enumerate(people):
            ends = graduates if rollover is not None else None
            assert found[f"c{place}"].class_year == class_year(today, ends, by_hand, on, rollover=rollover or (8, 15))
        raise _Back
