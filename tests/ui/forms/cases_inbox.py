"""The cases of the inbox's forms."""

from __future__ import annotations

from datetime import date

from core.store import Store
from core.work import todos
from tests.support.stores import TODAY
from tests.ui.forms.case import Case, Opening, plain


def _one(store: Store) -> str:
    return todos.capture_todo(store, "Sort the archive", today=TODAY)


INBOX_CASES = {
    "to-dos": Case(
        plain("to_dos"), {"text": "Sort the archive by 12 March"}, "to_dos",
        {"text": "Sort the archive", "due_on": date(2027, 3, 12)},
        ({"text": "x" * 5_000}, "text", "characters"), "text", save="Keep and close",
    ),
    "to-do": Case(
        Opening("to_do", lambda store: {"row_id": _one(store)}),
        {"text": "Sort both archives", "due_on": "12 Mar 2027", "repeat_months": "Comes every year"}, "to_dos",
        {"text": "Sort both archives", "due_on": date(2027, 3, 12), "repeat_months": 12},
        ({"text": "x" * 2_400}, "text", "characters"), "text",
    ),
    "to-do later": Case(
        Opening("to_do_later", lambda store: {"to_dos": [_one(store)]}),
        {"until": "12 Mar 2027"}, "to_dos", {"snoozed_until": date(2027, 3, 12)},
        ({"until": "1 Jan 2020"}, "until", "after today"), save="Put it off",
    ),
}
