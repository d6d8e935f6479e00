"""What a project itself needs on Today, each with its one action."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from core.insight.today import today_view
from core.store import Store
from core.work import office, plan
from core.work.cancelling import cancel_project
from tests.support import made
from tests.support.stores import TODAY

AHEAD = TODAY + timedelta(days=40)


def lines(store: Store, days: int = 0) -> list[tuple[str, str, str]]:
    view = today_view(store, today=TODAY + timedelta(days=days))
    return [(one.action, one.subject, one.chip) for one in view.waiting]


def test_a_draft_is_named_before_it_would_come_too_late(store: Store) -> None:
    project_id = made.project(store, opened=False)  # its kick-off is 20 days ahead
    assert lines(store, 5) == []
    assert lines(store, 6) == [("open", "Open the draft", "kick-off in 14 days")]
    assert lines(store, 21) == [("dates", "Draft is late", "kick-off was 1 day ago")]
    cancel_project(store, project_id, "No time", today=TODAY)
    assert lines(store, 6) == []


def test_nobody_applied_and_nobody_was_chosen(store: Store) -> None:
    project_id = made.project(store)  # applications close in 10 days
    assert lines(store, 10) == []
    assert lines(store, 11) == [("closing", "Nobody has applied", "closed 1 day ago")]
    made.application(store, project_id, made.candidate(store))
    assert lines(store, 10) == []
    assert lines(store, 11) == [("rubric", "Nothing to compare applications by", "closed 1 day ago")]
    assert lines(store, 22) == [("dates", "Kick-off has passed", "kick-off was 2 days ago")]


def test_what_was_closed_by_hand_waits_for_its_rubric_at_once(store: Store) -> None:
    project_id = made.project(store)
    made.application(store, project_id, made.candidate(store))
    plan.move_project(store, project_id, "selecting", today=TODAY)
    assert lines(store) == [("rubric", "Nothing to compare applications by", "closed by hand")]
    made.rubric(store, project_id)
    assert [one[0] for one in lines(store)] == ["score"]


def test_a_supervisor_who_left_is_named_until_there_is_another(store: Store) -> None:
    ours = office.add_colleague(store, office.ColleagueDraft(name="Ingrid Åsen"), today=TODAY)
    project_id = made.project(store, supervisor_id=ours, kick_off_on=AHEAD, due_on=AHEAD + timedelta(days=14))
    office.change_colleague(store, ours, office.ColleagueDraft(name="Ingrid Åsen", left_on=TODAY), today=TODAY)
    assert lines(store) == [("supervisor", "The supervisor has left", "leaves today")]
    brief = plan.project_draft(store, project_id)
    plan.change_project(store, project_id, replace(brief, supervisor_id=store.me), today=TODAY)
    assert lines(store) == []
