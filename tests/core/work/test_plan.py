"""A to-do becomes a project; a brief opens once it is complete."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from core.errors import FieldErrors, HoldError, UserError
from core.model import Milestone, Project, ToDo
from core.store import Store
from core.work import brief, cancelling, offer, plan, todos
from core.work import select as choose
from core.work.checks import PayRules
from core.work.todos import ToDoDraft
from tests.support import made
from tests.support.stores import TODAY
from tests.support.tables import tables

DAY = timedelta(days=1)


def inbox(store: Store) -> list[ToDo]:
    with store.read() as session:
        return list(session.scalars(select(ToDo).order_by(ToDo.text)))


def test_a_paste_becomes_one_to_do_a_line(store: Store) -> None:
    todos.capture_todos(store, "- [ ] b newsletter\r\n\n  * c\u202eprices \n- \nd - e", today=TODAY)
    assert [todo.text for todo in inbox(store)] == ["b newsletter", "cprices", "d - e"]
    store.undo()
    assert inbox(store) == []


@pytest.mark.parametrize("text", ["", "  \n\t", "-", "x" * 2_001])
def test_a_to_do_says_something_in_some_words(store: Store, text: str) -> None:
    with pytest.raises(FieldErrors) as caught:
        todos.capture_todos(store, text, today=TODAY)
    assert set(caught.value.fields) == {"text"}
    assert inbox(store) == []


def test_a_to_do_becomes_a_project_in_one_change(store: Store) -> None:
    todo_id = todos.capture_todo(store, "Clean the list", today=TODAY)
    before = tables(store)
    project_id = plan.make_project_of_todo(store, todo_id, made.BRIEF, today=TODAY)
    assert inbox(store)[0].project_id == project_id
    with pytest.raises(UserError, match="became a project"):
        todos.done_todos(store, [todo_id], today=TODAY)
    store.undo()
    assert tables(store) == before


def test_a_to_do_is_put_off_done_and_opened_again(store: Store) -> None:
    todo_id = todos.capture_todo(store, "Clean the list", today=TODAY)
    with pytest.raises(FieldErrors):
        todos.snooze_todos(store, [todo_id], TODAY, today=TODAY)
    todos.snooze_todos(store, [todo_id], TODAY + DAY, today=TODAY)
    todos.done_todos(store, [todo_id], today=TODAY)
    with pytest.raises(UserError, match="done already"):
        todos.change_todo(store, todo_id, ToDoDraft(text="Other"), today=TODAY)
    todos.reopen_todo(store, todo_id, today=TODAY)
    assert (inbox(store)[0].done_on, inbox(store)[0].snoozed_until) == (None, TODAY + DAY)


@pytest.mark.parametrize(
    ("changed", "field", "words"),
    [
        ({"title": " "}, "title", "title"),
        ({"title": "x" * 300}, "title", "300"),
        ({"estimated_hours": 400}, "estimated_hours", "1 to 200"),
        ({"estimated_hours": -1}, "estimated_hours", "negative"),
        ({"fee": -1}, "fee", "negative"),
        ({"fee": 10**12}, "fee", "Check"),
        ({"due_on": made.BRIEF.kick_off_on and made.BRIEF.kick_off_on - DAY}, "due_on", "before the kick-off"),
        ({"openings": 0}, "openings", "1 to 50"),
        ({"currency": "dollar"}, "currency", "DOLLAR"),
        ({"location_mode": "moon"}, "location_mode", "moon"),
        ({"competencies": ["Magic"]}, "competencies", "Magic"),
        ({"supervisor_id": "nobody"}, "supervisor_id", "no longer"),
        ({"skills": ["x" * 201]}, "skills", "200"),
    ],
)
def test_what_can_never_stand_in_a_brief_is_said_at_its_field(
    store: Store, changed: dict[str, Any], field: str, words: str
) -> None:
    before = tables(store)
    with pytest.raises(FieldErrors) as caught:
        plan.add_project(store, replace(made.BRIEF, **changed), today=TODAY)
    assert set(caught.value.fields) == {field}
    assert words in caught.value.fields[field]
    assert tables(store) == before


@pytest.mark.parametrize(
    ("missing", "field"),
    [
        ({"milestones": []}, "milestones"),
        ({"estimated_hours": 0}, "estimated_hours"),
        ({"fee": 0}, "fee"),
        ({"kick_off_on": None}, "kick_off_on"),
        ({"due_on": None}, "due_on"),
        ({"due_on": made.BRIEF.kick_off_on}, "due_on"),
    ],
)
def test_a_brief_opens_only_when_it_is_complete(store: Store, missing: dict[str, Any], field: str) -> None:
    project_id = made.project(store, opened=False, **missing)
    with pytest.raises(FieldErrors) as caught:
        plan.open_project(store, project_id, today=TODAY)
    assert set(caught.value.fields) == {field}
    assert made.status(store, project_id) == "draft"


def test_an_open_brief_stays_complete(store: Store) -> None:
    project_id = made.project(store)
    with pytest.raises(FieldErrors):
        plan.change_project(store, project_id, replace(made.BRIEF, fee=0), today=TODAY)
    plan.move_project(store, project_id, "draft", today=TODAY)
    plan.change_project(store, project_id, replace(made.BRIEF, fee=0), today=TODAY)


@pytest.mark.parametrize(("fee", "rule"), [(23_999, "pay_floor"), (8_000, "legal_minimum"), (24_000, None)])
def test_low_pay_is_held_until_someone_writes_why(store: Store, fee: int, rule: str | None) -> None:
    project_id = made.project(store, opened=False, fee=fee)
    if rule is not None:
        with pytest.raises(HoldError) as caught:
            plan.open_project(store, project_id, today=TODAY, reason="  ")
        assert caught.value.rule == rule
    plan.open_project(store, project_id, today=TODAY, reason="Agreed with the campus")
    assert made.status(store, project_id) == "open"
    assert store.history()[0].reason == "Agreed with the campus"


def test_pay_in_another_currency_is_not_measured_by_the_floor(store: Store) -> None:
    made.project(store, fee=1_000, currency="eur")


def test_pay_lowered_after_opening_is_held_too(store: Store) -> None:
    project_id = made.project(store)
    low = replace(plan.project_draft(store, project_id), fee=12_000)
    with pytest.raises(HoldError):
        plan.change_project(store, project_id, low, today=TODAY)
    plan.change_project(store, project_id, low, today=TODAY, reason="A trial")
    # Another edit that leaves the pay alone does not ask again.
    plan.change_project(store, project_id, replace(low, title="List"), today=TODAY)


def test_numbers_follow_each_other(store: Store) -> None:
    ids = [made.project(store, opened=False) for _ in range(3)]
    with store.read() as session:
        assert [session.get_one(Project, i).number for i in ids] == [1, 2, 3]


def test_a_draft_read_back_and_saved_changes_nothing(store: Store) -> None:
    project_id = made.project(store)
    before = tables(store)
    plan.change_project(store, project_id, plan.project_draft(store, project_id), today=TODAY)
    assert tables(store) == before
    assert store.can_undo() is not None
    assert store.can_undo().label == "project_opened"  # type: ignore[union-attr]


def test_milestones_keep_their_rows_when_they_move(store: Store) -> None:
    project_id = made.project(store)
    draft = plan.project_draft(store, project_id)
    turned = [draft.milestones[1], plan.MilestoneDraft(text="A third")]
    plan.change_project(store, project_id, replace(draft, milestones=turned), today=TODAY)
    with store.read() as session:
        rows = list(session.scalars(select(Milestone).order_by(Milestone.position)))
    assert [(row.id == draft.milestones[1].id, row.text) for row in rows] == [
        (True, "Notes on what was changed"),
        (False, "A third"),
    ]


def test_an_answered_question_stays(store: Store) -> None:
    project_id = made.project(store)
    [question] = made.questions(store, project_id)
    application = choose.ApplicationDraft(
        project_id=project_id, candidate_id=made.candidate(store), answers={question: "By e-mail"}
    )
    choose.record_application(store, application, today=TODAY)
    draft = plan.project_draft(store, project_id)
    with pytest.raises(FieldErrors) as caught:
        plan.change_project(store, project_id, replace(draft, questions=[]), today=TODAY)
    assert "answered" in caught.value.fields["questions"]
    assert made.questions(store, project_id) == [question]


def test_a_cancelled_project_comes_back_as_a_draft(store: Store) -> None:
    project_id = made.project(store)
    cancelling.cancel_project(store, project_id, "No time", today=TODAY)
    with pytest.raises(UserError, match="cannot become"):
        plan.open_project(store, project_id, today=TODAY)
    plan.move_project(store, project_id, "draft", today=TODAY)
    plan.move_project(store, project_id, "open", today=TODAY)
    plan.move_project(store, project_id, "selecting", today=TODAY)
    assert made.status(store, project_id) == "selecting"


RULES = PayRules(floor=2000, minimum=725, currency="USD")


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({}, None),
        ({"estimated_hours": 4, "fee": 36_000}, "estimated_hours"),
        ({"estimated_hours": 41, "fee": 90_000}, "estimated_hours"),
        ({"fee": 12_000}, "fee"),
        ({"due_on": TODAY + timedelta(days=22)}, "due_on"),
        ({"due_on": TODAY + timedelta(days=70)}, "due_on"),
        ({"kick_off_on": TODAY - DAY, "due_on": TODAY + 8 * DAY, "apply_by": None}, "kick_off_on"),
        ({"apply_by": TODAY + timedelta(days=21)}, "apply_by"),
        ({"milestones": [plan.MilestoneDraft(text="x", due_on=TODAY)]}, "milestones"),
    ],
)
def test_unusual_is_pointed_out_and_stops_nothing(changed: dict[str, Any], field: str | None) -> None:
    found = brief.warnings(replace(made.BRIEF, **changed), RULES, today=TODAY)
    assert [caution.field for caution in found] == ([field] if field else [])


def test_a_kick_off_in_exams_is_pointed_out() -> None:
    kick_off = made.BRIEF.kick_off_on
    assert kick_off is not None
    exams = [("Northfield", kick_off, kick_off + DAY), ("Easton", kick_off + DAY, kick_off + DAY)]
    [caution] = brief.warnings(made.BRIEF, RULES, exams, today=TODAY)
    assert (caution.field, "Northfield" in caution.words, "Easton" in caution.words) == ("kick_off_on", True, False)


def test_what_someone_agreed_to_does_not_go_back_to_draft(store: Store) -> None:
    project_id = made.project(store)
    made.engagement(store, made.application(store, project_id, made.candidate(store)))
    with pytest.raises(UserError, match="agreed to work"):
        plan.move_project(store, project_id, "draft", today=TODAY)
    assert made.status(store, project_id) == "open"


def test_what_someone_may_still_say_yes_to_does_not_go_back_to_draft(store: Store) -> None:
    project_id = made.project(store)
    sent = made.drafted_offer(store, made.application(store, project_id, made.candidate(store)))
    offer.send_offer(store, sent, today=TODAY)
    with pytest.raises(UserError, match="Withdraw it first"):
        plan.move_project(store, project_id, "draft", today=TODAY)
    offer.withdraw_offer(store, sent, today=TODAY)
    plan.move_project(store, project_id, "draft", today=TODAY)
    assert made.status(store, project_id) == "draft"
