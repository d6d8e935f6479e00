"""The inbox: what a line's last words ask for, repeating without drift, several at once, and undo of all of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from core.errors import FieldErrors, UserError
from core.model import ToDo
from core.repeating import EVERY, latest_until, months_later, next_after
from core.store import Store
from core.work import plan, todos
from core.work.todo_words import ToDoDraft, read_todo, told
from tests.support import made
from tests.support.stores import TODAY, new_store
from tests.support.tables import tables

DAY = timedelta(days=1)


@pytest.fixture(scope="module")
def shared_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with new_store(tmp_path_factory.mktemp("inbox")) as store:
        yield store


def rows(store: Store) -> list[ToDo]:
    with store.read() as session:
        return list(session.scalars(select(ToDo).order_by(ToDo.created_at, ToDo.id)))


# TODAY is Sunday 22 November 2026.
@pytest.mark.parametrize(
    ("line", "text", "due", "comes", "months", "understood"),
    [
        ("Tidy the supplier list", "Tidy the supplier list", None, None, None, ""),
        ("Order calendars, by 12 March", "Order calendars", date(2027, 3, 12), None, None, "due 12 Mar 2027"),
        ("Order calendars by March 12", "Order calendars", date(2027, 3, 12), None, None, "due 12 Mar 2027"),
        ("Call the bank by tomorrow", "Call the bank", TODAY + DAY, None, None, "due 23 Nov"),
        ("Send the flyer by Friday.", "Send the flyer", date(2026, 11, 27), None, None, "due 27 Nov"),
        ("Stock count every January", "Stock count", None, date(2027, 1, 1), 12,
         "every January · comes on 1 Jan 2027"),
        ("Read the meters every month", "Read the meters", None, None, 1, "every month"),
        ("Look at prices every quarter", "Look at prices", None, None, 3, "every three months"),
        ("Plan the fair in May", "Plan the fair", None, date(2027, 5, 1), None, "comes on 1 May 2027"),
        ("Pay by 29 February 2028", "Pay", date(2028, 2, 29), None, None, "due 29 Feb 2028"),
        ("Pay by 29 February", "Pay by 29 February", None, None, None, ""),
        ("Pay by 3 March 1021", "Pay by 3 March 1021", None, None, None, ""),
        ("every January", "every January", None, None, None, ""),
        ("Drive by Main Street", "Drive by Main Street", None, None, None, ""),
        ("Buy <b>paper</b> in Marchtown", "Buy <b>paper</b> in Marchtown", None, None, None, ""),
    ],
)  # fmt: skip
def test_what_the_last_words_ask_for(
    line: str, text: str, due: date | None, comes: date | None, months: int | None, understood: str
) -> None:
    draft = read_todo(line, today=TODAY)
    assert (draft.text, draft.due_on, draft.snoozed_until, draft.repeat_months) == (text, due, comes, months)
    assert told(draft, TODAY) == understood


def test_a_leap_day_that_has_passed_is_asked_for_with_its_year() -> None:
    assert read_todo("Pay by 29 February", today=date(2028, 2, 29)).due_on == date(2028, 2, 29)
    assert read_todo("Pay by 29 February", today=date(2028, 3, 1)).due_on is None


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)), st.sampled_from(sorted(EVERY)), st.integers(0, 400))
def test_repetitions_never_drift(first: date, months: int, steps: int) -> None:
    """Each is the same day of its month, or the month's last; and the next after one is the one a step later."""
    this, after = months_later(first, months * steps), months_later(first, months * (steps + 1))
    assert this.day == first.day or (this + DAY).month != this.month
    assert (this.year * 12 + this.month) - (first.year * 12 + first.month) == months * steps
    assert next_after(first, months, this) == after
    assert next_after(first, months, after - DAY) == after
    assert latest_until(first, months, this) == latest_until(first, months, after - DAY) == this


def test_a_leap_day_comes_back_in_leap_years() -> None:
    first = date(2028, 2, 29)
    assert [months_later(first, 12 * year) for year in (1, 4)] == [date(2029, 2, 28), date(2032, 2, 29)]


@settings(max_examples=25, deadline=None)
@given(first=st.dates(TODAY - timedelta(days=800), TODAY + timedelta(days=800)), months=st.sampled_from(sorted(EVERY)),
       gap=st.integers(0, 20), turns=st.lists(st.integers(0, 500), min_size=1, max_size=4))  # fmt: skip
def test_what_repeats_is_followed_by_its_next_whenever_it_is_done(
    shared_store: Store, first: date, months: int, gap: int, turns: list[int]
) -> None:
    store, today = shared_store, TODAY
    todos.remove_todos(store, [row.id for row in rows(store)])
    asked = ToDoDraft(text="Count", due_on=first + gap * DAY, repeat_months=months, repeat_from=first)
    todos.add_todo(store, asked, today=today)
    for wait in turns:
        today += timedelta(days=wait)
        (open_one,) = [row for row in rows(store) if row.done_on is None]
        before = tables(store)
        todos.done_todos(store, [open_one.id], today=today)
        (follower,) = [row for row in rows(store) if row.done_on is None]
        assert follower.snoozed_until is not None
        assert follower.snoozed_until > today
        assert open_one.snoozed_until is None or follower.snoozed_until > open_one.snoozed_until
        steps = (follower.snoozed_until.year - first.year) * 12 + follower.snoozed_until.month - first.month
        assert steps % months == 0
        assert follower.snoozed_until == months_later(first, steps)
        assert follower.due_on == follower.snoozed_until + gap * DAY
        store.undo()
        assert tables(store) == before
        store.redo()


def test_one_that_becomes_a_project_is_followed_too(store: Store) -> None:
    todo_id = todos.capture_todo(store, "Newsletter every quarter", today=TODAY)
    before = tables(store)
    plan.make_project_of_todo(store, todo_id, made.BRIEF, today=TODAY)
    assert [(row.project_id is None, row.snoozed_until) for row in rows(store)] == [
        (False, None), (True, date(2027, 2, 22)),
    ]  # fmt: skip
    store.undo()
    assert tables(store) == before


def test_opened_again_it_does_not_repeat_twice(store: Store) -> None:
    todo_id = todos.capture_todo(store, "Newsletter every month", today=TODAY)
    todos.done_todos(store, [todo_id], today=TODAY)
    todos.reopen_todo(store, todo_id, today=TODAY)
    todos.done_todos(store, [todo_id], today=TODAY)
    assert len(rows(store)) == 2


def test_several_at_once_are_one_change(store: Store) -> None:
    ids = todos.capture_todos(store, "one\ntwo\nthree", today=TODAY)
    before = tables(store)
    todos.snooze_todos(store, ids, TODAY + DAY, today=TODAY)
    assert {row.snoozed_until for row in rows(store)} == {TODAY + DAY}
    store.undo()
    todos.done_todos(store, ids, today=TODAY)
    store.undo()
    todos.remove_todos(store, ids)
    assert rows(store) == []
    store.undo()
    assert tables(store) == before


def test_a_cancelled_list_leaves_no_trace(store: Store) -> None:
    before = tables(store)

    def stop(done: int, _total: int) -> None:
        if done >= 200:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        todos.capture_todos(store, "\n".join(f"line {at}" for at in range(500)), today=TODAY, progress=stop)
    assert tables(store) == before
    assert not store.can_undo()


def test_what_became_a_project_stays(store: Store) -> None:
    ids = todos.capture_todos(store, "one\ntwo", today=TODAY)
    plan.make_project_of_todo(store, ids[1], made.BRIEF, today=TODAY)
    with pytest.raises(UserError, match="became a project"):
        todos.remove_todos(store, ids)
    assert len(rows(store)) == 2


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        (ToDoDraft(text=" "), "text"),
        (ToDoDraft(text="w" * 2_001), "text"),
        (ToDoDraft(text="Count", repeat_months=5, repeat_from=TODAY), "repeat_months"),
        (ToDoDraft(text="Count", repeat_months=12), "repeat_from"),
        (ToDoDraft(text="Count", due_on=date(9999, 12, 31)), "due_on"),
        (ToDoDraft(text="Count", repeat_months=12, repeat_from=date(9999, 12, 31)), "repeat_from"),
    ],
)
def test_what_cannot_be_kept_says_where(store: Store, draft: ToDoDraft, field: str) -> None:
    with pytest.raises(FieldErrors) as caught:
        todos.add_todo(store, draft, today=TODAY)
    assert set(caught.value.fields) == {field}
    assert rows(store) == []
