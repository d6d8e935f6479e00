"""What came of each school, its calendar, and reach at a glance, against cases worked out by hand."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from core.errors import UserError
from core.insight import office
from core.insight.reach import behind, reach
from core.insight.schools import came_of, school_lines, school_page
from core.model import Enrolment, Outcome, SchoolContact, SchoolPeriod
from core.store import Store
from tests.core.insight.build import Build, day
from tests.support.stores import TODAY


def enrolment(store: Store, person: str) -> str:
    with store.read() as session:
        return session.query(Enrolment).filter_by(candidate_id=person).order_by(Enrolment.created_at).all()[0].id


def test_what_came_of_each_school(store: Store, build: Build) -> None:
    north, south = build.school("North"), build.school("South", is_focus=True)
    labels, list_ = build.project("Labels"), build.project("List")
    ada, bo, cy = (build.person(name, north) for name in ("Ada", "Bo", "Cy"))
    build.person("Nobody at all")
    # Applied twice at North: one applicant there, also after the transfer to South, where she studies now.
    at_north = enrolment(store, ada)
    first = build.applied(labels, ada, day("03-01"), enrolment_id=at_north)
    build.applied(list_, ada, day("04-01"), enrolment_id=at_north)
    build.add(Enrolment(candidate_id=ada, school_id=south, starts_on=day("09-01")))
    build.work(labels, ada, application=first)
    # Called off before it began: no micro-internship came of it.
    off = build.applied(labels, bo, day("05-01"), enrolment_id=enrolment(store, bo))
    build.work(labels, bo, application=off, status="cancelled")
    # Invited only, and hired without ever having applied.
    build.applied(list_, cy, day("05-01"), status="invited", applied_on=None, enrolment_id=enrolment(store, cy))
    build.add(Outcome(candidate_id=cy, kind="full_time", offered_on=day("06-01"), accepted_on=day("06-09")))
    build.add(Outcome(candidate_id=ada, kind="internship", offered_on=day("06-01"), accepted_on=day("06-09")))
    build.add(Outcome(candidate_id=bo, kind="part_time", offered_on=day("06-01")))
    found = {
        one.name: (one.is_focus, one.candidates, one.applicants, one.engagements, one.hires)
        for one in school_lines(store, today=TODAY)
    }
    assert found == {"North": (False, 2, 2, 1, 1), "South": (True, 1, 0, 0, 0)}
    rows = {
        what: [(one.noun, one.title) for one in came_of(store, north, what, today=TODAY)]
        for what in ("candidates", "applicants", "engagements", "hires")
    }
    assert rows == {
        "candidates": [("candidates", "Bo"), ("candidates", "Cy")],
        "applicants": [("candidates", "Ada"), ("candidates", "Bo")],
        "engagements": [("engagements", "Ada")],
        "hires": [("candidates", "Cy")],
    }
    assert [one.title for one in came_of(store, south, "candidates", today=TODAY)] == ["Ada"]
    assert {one.name: one.candidates for one in office.schools(store)} == {"North": 2, "South": 1}


def test_every_count_has_as_many_rows_behind_it(store: Store, build: Build) -> None:
    schools = [build.school(f"School {at}") for at in range(3)]
    project = build.project()
    for at in range(12):
        person = build.person(f"Person {at}", schools[at % 3])
        if at % 2:
            build.add(Enrolment(candidate_id=person, school_id=schools[(at + 1) % 3], starts_on=day("01-01")))
        application = build.applied(project, person, day("03-01"), enrolment_id=enrolment(store, person))
        if at % 4 == 0:
            build.work(project, person, application=application)
            build.add(Outcome(candidate_id=person, kind="part_time", offered_on=TODAY, accepted_on=TODAY))
    for line in school_lines(store, today=TODAY):
        for what in ("candidates", "applicants", "engagements", "hires"):
            assert getattr(line, what) == len(came_of(store, line.id, what, today=TODAY)), (line.name, what)


def test_a_school_shows_its_contacts_and_what_stands_in_its_calendar(store: Store, build: Build) -> None:
    north = build.school("North", city="Evanston", state="IL")
    build.add(SchoolContact(school_id=north, office="Career services", name="Mia Lee"))
    build.add(SchoolContact(school_id=north, email="dean@north.example.edu"))

    def period(kind: str, start: int, length: int) -> None:
        first = TODAY + timedelta(days=start)
        build.add(SchoolPeriod(school_id=north, kind=kind, starts_on=first, ends_on=first + timedelta(days=length)))

    period("term", -60, 90)
    assert school_lines(store, today=TODAY)[0].calendar == ""
    period("exams", 15, 5)
    assert school_lines(store, today=TODAY)[0].calendar == "Exams 7 to 12 December"
    period("break", -1, 2)
    assert school_lines(store, today=TODAY)[0].calendar == "Break now, to 23 Nov"
    period("exams", 0, 1)
    period("exams", -200, 5)
    (line,) = school_lines(store, today=TODAY)
    assert (line.calendar, line.in_exams) == ("Exams now, to 23 Nov", True)
    assert (line.contact, line.place) == ("Mia Lee, Career services", "Evanston, IL")
    page = school_page(store, north, today=TODAY)
    assert [one.state for one in page.periods] == ["now", "now", "now", "ahead", "past"]
    assert [one.email for one in page.contacts] == ["", "dean@north.example.edu"]
    assert page.rollover == "15 August"
    with pytest.raises(UserError, match="no longer"):
        school_page(store, "gone", today=TODAY)


def test_reach_is_of_this_year_with_base_and_rows(store: Store, build: Build) -> None:
    known, new, focus = build.school("Known"), build.school("New"), build.school("Focus", is_focus=True)
    project = build.project()
    people = {
        "old": build.person("Old Friend", known, date(2027, 5, 31)),
        "new": build.person("New One", new, date(2030, 5, 31), source="Fair", first_contact_on=day("03-01")),
        "in": build.person("In Focus", focus, source="fair"),
        "none": build.person("No School"),
    }
    other = build.project("Other")
    build.applied(other, people["old"], date(2025, 5, 1), enrolment_id=enrolment(store, people["old"]))
    for key, year, source in (("old", 4, "Referral"), ("new", 1, ""), ("in", 2, "")):
        build.applied(
            project, people[key], day("03-01"), class_year=year, enrolment_id=enrolment(store, people[key]),
            source=source,
        )  # fmt: skip
    build.applied(project, people["none"], day("04-01"))
    view = reach(store, today=TODAY)
    shown = {one.key: (one.shown, one.numerator, one.base) for one in view.figures}
    assert shown == {
        "new_schools": ("67 %", 2, 3),
        "outside_focus": ("50 %", 2, 4),
        "early": ("67 %", 2, 3),
        "months_before": ("50 months", 1, 1),
    }
    assert [(one.words, one.applicants, one.base) for one in view.sources] == [
        ("Fair", 2, 4),
        ("Referral", 1, 4),
        ("Not noted", 1, 4),
    ]
    rows = behind(store, view.figures[0])
    said = [(one.title, one.detail) for one in rows]
    assert set(said[:2]) == {("New", "new this year"), ("Focus", "new this year")}
    assert said[2:] == [("Known", "")]


def test_without_applicants_reach_says_none_yet(store: Store) -> None:
    view = reach(store, today=TODAY)
    assert {one.shown for one in view.figures} == {"none yet"}
    assert view.sources == ()
