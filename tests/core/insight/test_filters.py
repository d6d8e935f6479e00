"""What filters are called, that all or none can be asked for, and what is said of one that cannot be used."""

from __future__ import annotations

from typing import Any

import pytest

from core.errors import UserError
from core.insight import filters
from core.insight.people import candidate_ids, candidate_rows, count
from core.model import CustomField, Tag
from core.store import Store
from tests.core.insight.build import Build, day
from tests.support.stores import TODAY


def condition(key: str, op: str, value: Any = None) -> dict[str, Any]:
    return {"field": key, "is": op} | ({} if value is None else {"value": value})


def names(store: Store, tree: filters.Node) -> list[str]:
    ids = candidate_ids(store, tree, today=TODAY)
    assert len(ids) == count(store, tree, today=TODAY)
    rows = candidate_rows(store, ids, today=TODAY)
    return [rows[one].name for one in ids]


def said(store: Store, tree: filters.Node) -> str:
    with store.read() as session:
        return filters.words(session, tree, TODAY)


def test_chips_say_what_is_asked_in_short(store: Store, build: Build) -> None:
    uic, fair = build.school("University of Illinois", short_name="UIC"), build.add(Tag(name="Fair"))
    size = build.add(CustomField(noun="candidates", name="Shirt", kind="choice", choices=["Small", "Large"]))
    project, skill = build.project("Labels"), build.skill("Excel", of=build.person("Ann A", uic))
    for tree, words in (
        (condition("class_year", "between", [1, 3]), "Class year 1st to 3rd"),
        (condition("class_year", "any", ["1", "2"]), "Class year: 1st, 2nd"),
        (condition("school", "none", [uic]), "Not at UIC"),
        (condition("school", "any", ["elsewhere"]), "School: one that is gone"),
        (condition("tag", "any", [fair]), "Tag: Fair"),
        (condition("tag", "empty"), "No tag"),
        (condition("graduates", "next", {"n": 6, "unit": "months"}), "Graduation in the next 6 months"),
        (condition("graduates", "spring"), "Graduation this spring"),
        (condition("last_contact", "ago", {"n": 60, "unit": "days"}), "Last contact more than 60 days ago"),
        (condition("days_since", "between", [60, None]), "Days since the last contact at least 60"),
        (condition("free", "between", ["2026-12-01", "2026-12-31"]), "Free in December"),
        (condition("free", "between", ["2026-12-05", "2027-01-02"]), "Free 5 Dec to 2 Jan 2027"),
        (condition("week", "every", [2, 6, 10, 14, 18, 22, 26]), "Free evenings"),
        (condition("skill", "any", {"of": [skill], "level": "3"}), "Skill: Excel (Early Application or better)"),
        (condition("applied", "empty"), "Never applied"),
        (condition("applied", "none", [project]), "Applied to: not P-001 Labels"),
        (condition(f"custom:{size}", "any", ["Large"]), "Shirt: Large"),
        (condition("text", "has", "café"), "“café”"),
        (condition("name", "begins", "Ad"), "Name: begins with “Ad”"),
        ({"any": [condition("tag", "empty"), condition("cold", "yes")]}, "No tag or Going cold"),
        ({"not": {"all": [condition("tag", "empty"), condition("cold", "yes")]}}, "not (No tag and Going cold)"),
        ({"any": []}, "no one"),
        ({}, ""),
    ):  # fmt: skip
        assert said(store, tree) == words


def test_all_or_none_can_be_asked_for(store: Store, build: Build) -> None:
    for name in ("Ann A", "Bo B"):
        build.person(name)
    assert names(store, {}) == names(store, {"all": []}) == names(store, {"not": {"any": []}}) == ["Ann A", "Bo B"]
    assert names(store, {"any": []}) == names(store, {"not": {"all": []}}) == []


def test_stages_and_words_narrow_with_the_rest(store: Store, build: Build) -> None:
    applicant = build.person("Zoë Abt", build.school("Northfield College"))
    build.applied(build.project(), applicant)
    build.person("Bo Tran")
    assert names(store, condition("stage", "any", ["applicant", "hired"])) == ["Zoë Abt"]
    assert names(store, condition("stage", "none", ["applicant"])) == ["Bo Tran"]
    for words in ("zoe", "ABT zo", "northf"):
        assert names(store, condition("text", "has", words)) == ["Zoë Abt"]
    assert names(store, {"not": condition("text", "has", "zoe")}) == ["Bo Tran"]


BROKEN = (
    condition("custom:gone", "has", "x"),
    condition("fee", "is", "x"),
    condition("name", "between", [1, 2]),
    condition("name", "has", "  "),
    condition("name", "has", 7),
    condition("hours_a_week", "between", [9, 1]),
    condition("hours_a_week", "between", [None, None]),
    condition("hours_a_week", "between", ["x", None]),
    condition("hours_a_week", "between", [10**400, None]),
    condition("graduates", "next", {"n": 10**9, "unit": "years"}),
    condition("graduates", "next", "soon"),
    condition("graduates", "between", ["2026-13-01", None]),
    condition("graduates", "between", ["2027-01-01", "2026-01-01"]),
    condition("free", "between", ["2026-12-01", None]),
    condition("tag", "any", []),
    condition("tag", "any", "t0"),
    condition("skill", "any", {"of": ["k0"], "level": "9"}),
    condition("week", "any", [28]),
    {"all": "x"},
    {"some": []},
    {"not": {"not": {"not": {"not": {"not": {"not": {"not": {"not": {"not": {}}}}}}}}}},
    [],
    {"field": ["name"], "is": "has", "value": "x"},
    {"field": "name", "is": ["has"], "value": "x"},
)  # fmt: skip


@pytest.mark.parametrize("tree", BROKEN, ids=str)
def test_what_cannot_be_asked_is_a_sentence(store: Store, build: Build, tree: Any) -> None:
    build.person("Ann A")
    with store.read() as session:
        with pytest.raises(UserError, match=r"\.$"):
            filters.check(session, tree, TODAY)
        kept, problems = filters.mended(session, {"all": [tree, condition("name", "has", "ann")]}, TODAY)
        assert kept == {"all": [condition("name", "has", "ann")]}
        assert len(problems) == 1
    with pytest.raises(UserError):
        candidate_ids(store, tree, today=TODAY)


def test_more_conditions_than_anyone_reads_are_refused(store: Store) -> None:
    with pytest.raises(UserError, match="at most 100"):
        count(store, {"all": [condition("tag", "empty")] * 101}, today=TODAY)


def test_whom_a_blind_project_hides_no_filter_tells(store: Store, build: Build) -> None:
    """Shortlisted, not selected or still applied: before the names are revealed they are one to every condition."""
    project = build.project()
    build.rubric(project, 1)
    for name, status in (("Ann A", "applied"), ("Bo B", "shortlisted"), ("Cy C", "not_selected")):
        build.applied(project, build.person(name), status=status, decided_on=day("11-20"))
    everyone, asked = ["Ann A", "Bo B", "Cy C"], 0
    with store.read() as session:
        known_fields = filters.fields(session)
    for key in known_fields:
        if key in ("text", "name"):
            continue
        for op in ("empty", "filled", "yes", "no"):
            if op in known_fields[key].operators:
                assert names(store, condition(key, op)) in ([], everyone)
                asked += 1
    for stage in ("applicant", "prospect"):
        assert names(store, condition("stage", "any", [stage])) in ([], everyone)
    assert names(store, condition("applied", "any", [project])) == everyone
    assert asked > 20
