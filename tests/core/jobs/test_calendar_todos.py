"""To-dos out of a calendar file: what is open comes in, with its days; what is no calendar is said to be none."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from core.errors import UserError
from core.insight.to_dos import inbox
from core.jobs.intake import plan_import, run_import
from core.store import Store
from tests.support.stores import TODAY, new_store
from tests.support.tables import tables


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with new_store(tmp_path) as made:
        yield made


HEAD = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Test//EN\r\n"


def calendar(folder: Path, *todos: str) -> Path:
    parts = "".join(f"BEGIN:VTODO\r\n{lines}\r\nEND:VTODO\r\n" for lines in todos)
    path = folder / "tasks.ics"
    path.write_text(f"{HEAD}{parts}END:VCALENDAR\r\n", "utf-8", newline="")
    return path


def test_open_to_dos_come_in_with_their_days(store: Store, tmp_path: Path) -> None:
    path = calendar(
        tmp_path,
        "UID:1\r\nSUMMARY:Tidy the café list\\, all of it\r\nDUE;VALUE=DATE:20280229",
        "UID:2\r\nSUMMARY:Stock count\r\nDTSTART;VALUE=DATE:20270104\r\nRRULE:FREQ=YEARLY",
        "UID:3\r\nSUMMARY:Done long ago\r\nCOMPLETED:20200101T120000Z",
        "UID:4\r\nSUMMARY:Water the plants\r\nRRULE:FREQ=WEEKLY",
        "UID:5\r\nDESCRIPTION:=HYPERLINK('x') only told\r\nDUE:20261124T230000Z",
    )
    plan = plan_import(store, path, "to-dos", today=TODAY)
    assert plan.summary == "4 new"
    assert list(plan.notes) == [
        "1 to-do in it is done or called off.",
        "1 to-do repeats otherwise than by months; taken in once.",
    ]
    before = tables(store)
    run_import(store, plan, today=TODAY)
    found = {row.text: (row.state, row.due_on, row.repeats) for row in inbox(store, state=None, today=TODAY)}
    assert found == {
        "Tidy the café list, all of it": ("open", date(2028, 2, 29), ""),
        "Stock count": ("later", None, "every year"),
        "Water the plants": ("open", None, ""),
        "=HYPERLINK('x') only told": ("open", date(2026, 11, 24), ""),
    }
    again = plan_import(store, path, "to-dos", today=TODAY)
    assert again.summary == "4 as it is in the store"
    store.undo()
    assert tables(store) == before


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("nonsense", "cannot be read as a calendar"),
        (HEAD + "BEGIN:VTODO\r\nSUMMARY:cut off", "holds no to-dos"),
        (HEAD + "BEGIN:VEVENT\r\nUID:1\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n", "holds no to-dos"),
        ("", "is empty"),
    ],
)
def test_what_is_no_calendar_is_said_to_be_none(store: Store, tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "tasks.ics"
    path.write_text(text, "utf-8", newline="")
    with pytest.raises(UserError, match=words):
        plan_import(store, path, "to-dos", today=TODAY)


def test_a_calendar_is_not_taken_for_people(store: Store, tmp_path: Path) -> None:
    path = calendar(tmp_path, "UID:1\r\nSUMMARY:Plan")
    with pytest.raises(UserError, match="choose to-dos for it"):
        plan_import(store, path, "candidates", today=TODAY)


def test_a_file_that_never_ends_its_to_dos_is_read_at_once(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "tasks.ics"
    path.write_text(HEAD + "BEGIN:VTODO\r\nDUE:\r\n " * 40_000, "utf-8", newline="")
    with pytest.raises(UserError, match="holds no to-dos"):
        plan_import(store, path, "to-dos", today=TODAY)


def test_letters_of_an_older_program_and_folded_lines_are_read(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "TASKS.ICS"
    words = "UID:1\r\nSUMMARY:Café aufräumen und die lange Liste\r\n  der Lieferanten mit\r\nDESCRIPTION:More"
    path.write_bytes(f"{HEAD}BEGIN:VTODO\r\n{words}\r\nEND:VTODO\r\nEND:VCALENDAR\r\n".encode("cp1252"))
    run_import(store, plan_import(store, path, "to-dos", today=TODAY), today=TODAY)
    assert [row.text for row in inbox(store, today=TODAY)] == ["Café aufräumen und die lange Liste der Lieferanten mit"]


def test_a_day_that_does_not_exist_counts_as_none(store: Store, tmp_path: Path) -> None:
    path = calendar(tmp_path, "UID:1\r\nSUMMARY:Odd\r\nDUE;VALUE=DATE:20270229")
    run_import(store, plan_import(store, path, "to-dos", today=TODAY), today=TODAY)
    assert [(row.text, row.due_on) for row in inbox(store, today=TODAY)] == [("Odd", None)]
