"""A brief's pay at its edges, its days, and whether it is a project or a job."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import fit
from core.errors import FieldErrors, HoldError
from core.store import Store
from core.work import brief, office, plan
from core.work.brief_dates import moved_dates
from core.work.checks import PayRules
from core.work.fit_check import answer_fit_check, fit_answers
from tests.support import made
from tests.support.stores import TODAY
from tests.support.tables import tables

RULES = PayRules(floor=2000, minimum=725, currency="USD")
PROJECT = {"end": "yes", "rhythm": "once", "instead": "nobody", "kind": "none", "judged": "yes", "learns": "skill"}


# --- pay --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fee", "hours", "rule"),
    [
        (36_000, 18, None),
        (35_999, 18, "pay_floor"),
        (13_050, 18, "pay_floor"),
        (13_049, 18, "legal_minimum"),
        (1, 200, "legal_minimum"),
        (0, 18, None),
        (100, 0, None),
    ],
)
def test_pay_is_held_to_the_cent(fee: int, hours: int, rule: str | None) -> None:
    found = brief.pay_words(fee, hours, "USD", RULES)
    assert (found[0] if found else None) == rule
    if rule == "pay_floor" and fee == 35_999:
        assert found is not None
        assert "$19.99 an hour" in found[1]


@given(
    fee=st.integers(1, 1_000_000), hours=st.integers(1, 200), floor=st.integers(0, 5000), minimum=st.integers(0, 5000)
)
def test_pay_holds_exactly_where_the_fee_is_less_than_hours_at_the_higher_of_both(
    fee: int, hours: int, floor: int, minimum: int
) -> None:
    found = brief.pay_words(fee, hours, "USD", PayRules(floor=floor, minimum=minimum, currency="USD"))
    assert (found is not None) == (fee < max(floor, minimum) * hours)
    assert found is None or (found[0] == "legal_minimum") == (fee < minimum * hours)


def test_another_currency_is_held_against_nothing() -> None:
    assert brief.pay_words(1, 18, "EUR", RULES) is None


def test_a_cent_under_the_floor_holds_until_someone_says_why(store: Store) -> None:
    project = made.project(store, opened=False, estimated_hours=18, fee=35_999)
    with pytest.raises(HoldError):
        plan.open_project(store, project, today=TODAY)
    plan.open_project(store, project, today=TODAY, reason="A trial.")
    assert made.status(store, project) == "open"


# --- days -------------------------------------------------------------------------------------------------------------


def refused(store: Store, **changed: Any) -> dict[str, str]:
    with pytest.raises(FieldErrors) as caught:
        plan.add_project(store, replace(made.BRIEF, **changed), today=TODAY)
    return caught.value.fields


def test_days_that_cannot_be_are_refused_in_words(store: Store) -> None:
    said = refused(store, kick_off_on=date(2026, 12, 14), due_on=date(2026, 12, 13), apply_by=None)
    assert said["due_on"].startswith("The due date (13 Dec 2026) lies before the kick-off (14 Dec 2026).")
    said = refused(store, apply_by=date(2027, 1, 5), kick_off_on=date(2026, 12, 14), due_on=date(2027, 1, 4))
    assert said["apply_by"].startswith("Applications would close on 5 Jan 2027, after the work is due")
    assert "too far off" in refused(store, due_on=date(9999, 12, 31))["due_on"]


def test_over_new_year_and_on_a_leap_day_a_project_is_as_any_other(store: Store) -> None:
    span = {"apply_by": None, "milestones": made.BRIEF.milestones}
    year_end = replace(made.BRIEF, kick_off_on=date(2026, 12, 21), due_on=date(2027, 1, 8), **span)  # type: ignore[arg-type]
    assert brief.project_warnings(store, year_end, today=TODAY) == []
    leap = date(2027, 12, 6)
    draft = replace(made.BRIEF, kick_off_on=date(2028, 2, 29), due_on=date(2028, 3, 14), **span)  # type: ignore[arg-type]
    assert brief.project_warnings(store, draft, today=leap) == []
    project = plan.add_project(store, draft, today=leap)
    plan.open_project(store, project, today=leap)
    assert brief.project_draft(store, project).kick_off_on == date(2028, 2, 29)
    moved = moved_dates(draft, date(2029, 2, 28))
    assert moved.due_on == date(2029, 3, 14)


@pytest.mark.parametrize(
    ("changed", "field", "words"),
    [
        ({"kick_off_on": date(2028, 2, 29), "due_on": date(2028, 3, 14)}, "kick_off_on", "more than a year away"),
        ({"apply_by": TODAY - timedelta(days=1)}, "apply_by", "nobody can apply"),
        ({"estimated_hours": 41, "fee": 90_000}, "estimated_hours", "beside classes"),
        ({"estimated_hours": 4}, "estimated_hours", "no piece of work to show"),
        ({"due_on": TODAY + timedelta(days=22)}, "due_on", "a student needs"),
    ],
)
def test_what_is_unusual_is_said_with_its_reason(store: Store, changed: dict[str, Any], field: str, words: str) -> None:
    [found] = brief.project_warnings(store, replace(made.BRIEF, **changed), today=TODAY)
    assert found.field == field
    assert words in found.words


def test_a_supervisor_who_left_or_leaves_is_told_of(store: Store) -> None:
    gone = office.add_colleague(
        store, office.ColleagueDraft(name="Lena Ortiz", left_on=TODAY - timedelta(days=1)), today=TODAY
    )
    leaves = office.add_colleague(
        store, office.ColleagueDraft(name="Tom Reed", left_on=TODAY + timedelta(days=25)), today=TODAY
    )
    for one, words in ((gone, "Lena Ortiz left on"), (leaves, "Tom Reed leaves on")):
        [found] = brief.project_warnings(store, replace(made.BRIEF, supervisor_id=one), today=TODAY)
        assert found.field == "supervisor_id"
        assert words in found.words


days = st.dates(date(2020, 1, 1), date(2040, 12, 31))


@given(start=days, to=days, apply=st.none() | days, due=st.none() | days, parts=st.lists(st.none() | days, max_size=4))
def test_dates_that_move_together_keep_their_places(
    start: date, to: date, apply: date | None, due: date | None, parts: list[date | None]
) -> None:
    draft = brief.ProjectDraft(
        title="x",
        apply_by=apply,
        kick_off_on=start,
        due_on=due,
        milestones=[brief.MilestoneDraft(text="y", due_on=one) for one in parts],
    )

    def places(one: brief.ProjectDraft) -> list[timedelta | None]:
        assert one.kick_off_on is not None
        found = [one.apply_by, one.due_on, *(part.due_on for part in one.milestones)]
        return [day - one.kick_off_on if day else None for day in found]

    moved = moved_dates(draft, to)
    assert moved.kick_off_on == to
    assert places(moved) == places(draft)
    assert moved_dates(moved, start) == replace(draft, milestones=list(draft.milestones))


# --- project or job ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answers", "key", "words"),
    [
        ({}, "none", "Not asked yet"),
        ({"end": "yes"}, "part", "1 of 6"),
        (PROJECT, "project", "A project"),
        (PROJECT | {"learns": "little"}, "look", "something to look at"),
        (PROJECT | {"rhythm": "weekly"}, "job", "ongoing job"),
        ({"end": "no"}, "job", "ongoing job"),
        (PROJECT | {"instead": "staff", "kind": "patients"}, "not_for", "not for"),
    ],
)
def test_what_the_answers_mean(answers: dict[str, str], key: str, words: str) -> None:
    found = fit.judge(fit.kept(answers, TODAY))
    assert (found.key, words in found.words) == (key, True)
    assert len(found.answers) == len(answers)


@given(answers=st.fixed_dictionaries({}, optional={
    one.key: st.sampled_from([None, *(answer.key for answer in one.answers)]) for one in fit.QUESTIONS
}))  # fmt: skip
def test_each_answer_that_speaks_against_it_says_why(answers: dict[str, str | None]) -> None:
    found = fit.judge(fit.kept(answers, TODAY))
    assert bool(found.cautions) == (found.key in ("look", "job", "not_for")) or found.key == "part"
    assert fit.picked(fit.kept(answers, TODAY)) == {key: said for key, said in answers.items() if said}


@pytest.mark.parametrize("stored", [{"answers": "x"}, {"answers": {"end": 3, "who": "me"}, "on": 5}, {"on": "never"}])
def test_what_is_no_answer_says_nothing(stored: dict[str, Any]) -> None:
    assert fit.judge(stored).key == "none"


def test_the_answers_stay_with_the_project_and_can_be_undone(store: Store) -> None:
    project = made.project(store)
    before = tables(store)
    answer_fit_check(store, project, PROJECT | {"judged": None}, today=TODAY)
    assert fit_answers(store, project) == {key: said for key, said in PROJECT.items() if key != "judged"}
    assert store.undo().words == "Answered whether it is a project or a job"
    assert tables(store) == before


def test_nothing_and_unknown_answers_are_refused_and_a_job_may_open_all_the_same(store: Store) -> None:
    project = made.project(store, opened=False)
    for answers in ({}, {"end": "maybe"}, {"colour": "green"}):
        with pytest.raises(FieldErrors):
            answer_fit_check(store, project, answers, today=TODAY)
    with pytest.raises(FieldErrors):
        plan.add_project(store, replace(made.BRIEF, fit_check=fit.kept({"end": "maybe"}, TODAY)), today=TODAY)
    answer_fit_check(store, project, {"end": "no", "kind": "danger"}, today=TODAY)
    plan.open_project(store, project, today=TODAY)
    assert made.status(store, project) == "open"
