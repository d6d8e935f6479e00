"""The inbox as a list: states, sorting, searching, and what of it stands on Today."""

from __future__ import annotations

from datetime import date, timedelta

from core.insight.to_dos import counts, inbox
from core.insight.today import today_view
from core.store import Store
from core.work import plan, todos
from tests.support import made
from tests.support.stores import TODAY


def texts(store: Store, **asked: object) -> list[str]:
    return [row.text for row in inbox(store, today=TODAY, **asked)]  # type: ignore[arg-type]


def test_open_later_and_done(store: Store) -> None:
    ids = todos.capture_todos(store, "one\ntwo\nthree\nfour every January", today=TODAY)
    todos.snooze_todos(store, [ids[1]], TODAY + timedelta(days=3), today=TODAY)
    todos.done_todos(store, [ids[2]], today=TODAY)
    assert counts(store, today=TODAY) == {"open": 1, "later": 2, "done": 1}
    assert texts(store) == ["one"]
    assert {row.text: row.chip for row in inbox(store, state="later", today=TODAY)} == {
        "two": "comes 25 Nov", "four": "comes 1 Jan 2027",
    }  # fmt: skip
    plan.make_project_of_todo(store, ids[0], made.BRIEF, today=TODAY)
    (row,) = [row for row in inbox(store, state="done", today=TODAY) if row.project_id]
    assert (row.chip, row.project) == ("became a project", "P-001 Clean the mailing list")


def test_sorting_and_searching(store: Store) -> None:
    for at, line in enumerate(("Émile calls", "beta by 1 December", "alpha by 24 November", "gamma")):
        todos.capture_todo(store, line, today=TODAY - timedelta(days=10 - at))
    assert texts(store, sort="newest") == ["gamma", "alpha", "beta", "Émile calls"]
    assert texts(store, sort="oldest") == ["Émile calls", "beta", "alpha", "gamma"]
    assert texts(store, sort="due")[:2] == ["alpha", "beta"]
    assert texts(store, sort="words") == ["alpha", "beta", "Émile calls", "gamma"]
    assert texts(store, words="EMILE call") == ["Émile calls"]
    assert [row.chip for row in inbox(store, sort="due", today=TODAY)] == [
        "due 24 Nov", "due 1 Dec", "waits 7 days", "waits 10 days",
    ]  # fmt: skip


def test_one_with_a_day_stands_on_today_a_week_before(store: Store) -> None:
    todos.capture_todo(store, "Order calendars by 10 December", today=TODAY)
    todos.capture_todo(store, "Sort the archive", today=TODAY)

    def waits(day: date) -> list[tuple[str, str]]:
        return [(one.detail, one.chip) for one in today_view(store, today=day).waiting]

    assert waits(date(2026, 12, 2)) == []
    assert waits(date(2026, 12, 3)) == [("Order calendars", "due 10 Dec")]
    assert waits(date(2026, 12, 12)) == [("Order calendars", "2 days late")]
