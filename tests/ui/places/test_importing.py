"""A file is shown row by row before anything is written, and taken in as one change."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from core.insight.records import listing
from core.store import Store
from tests.ui.places.screen import form, said, words
from ui.app import App
from ui.forms.importing import ImportForm

HEAD = "First name,Last name,E-mail,School\n"
ADA = "Ada,Lovelace,ada@northfield.example.edu,Northfield College\n"
BAD = "Bad,Mail,not-an-address,Northfield College\n"


def people(store: Store) -> int:
    return len(listing(store, "candidates").rows)


def table(folder: Path, text: str, name: str = "students.csv", encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def opened(app: App, path: Path | None) -> ImportForm:
    app.open_form("import", path=path)
    app.tasks.wait_all()
    found = form(app)
    assert isinstance(found, ImportForm)
    return found


def rows(shown: ImportForm) -> list[tuple[object, ...]]:
    return [tuple(shown.table.model().index(at, column).data() for column in range(3)) for at in
            range(shown.table.model().rowCount())]  # fmt: skip


def take_in(app: App, shown: ImportForm) -> None:
    shown.try_save()
    app.tasks.wait_all()


def test_without_a_file_it_says_what_it_takes(app: App) -> None:
    shown = opened(app, None)
    assert "Columns are recognised by their names" in words(shown)
    assert not shown.save_button.isEnabled()


def test_rows_are_tried_and_nothing_is_written_until_import(app: App, store: Store, tmp_path: Path) -> None:
    shown = opened(app, table(tmp_path, HEAD + ADA + BAD))
    assert rows(shown) == [("3", "Bad Mail", "left out"), ("2", "Ada Lovelace", "new")]
    assert "is no e-mail address" in shown.why_words.text()
    assert people(store) == 0
    assert store.can_undo() is None
    assert shown.save_button.text() == "Import 1"
    take_in(app, shown)
    assert app.desk.layer.sheet is None
    assert people(store) == 1
    assert said(app) == "Imported: 1 new, 1 left out."
    store.undo()
    assert people(store) == 0


def test_the_same_file_again_changes_nothing(app: App, store: Store, tmp_path: Path) -> None:
    path = table(tmp_path, HEAD + ADA)
    take_in(app, opened(app, path))
    shown = opened(app, path)
    assert rows(shown) == [("2", "Ada Lovelace", "same")]
    assert not shown.save_button.isEnabled()


def test_columns_of_unknown_names_are_mended_by_hand(app: App, store: Store, tmp_path: Path, qtbot: QtBot) -> None:
    shown = opened(app, table(tmp_path, "Spalte A,Spalte B\nAda,Lovelace\nMary,Somerville\n"))
    assert "no column for" in shown.lacking.words.text()
    assert not shown.save_button.isEnabled()
    assert shown._column_form is not None
    field = shown._column_form.rows["first_name"].field
    field.set_value("Spalte A")  # type: ignore[attr-defined]
    field.changed.emit()  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: not shown._again.isActive())
    app.tasks.wait_all()
    assert [row[1] for row in rows(shown)] == ["Ada", "Mary"]
    take_in(app, shown)
    assert people(store) == 2


def test_one_column_for_two_fields_is_refused_in_words(app: App, tmp_path: Path, qtbot: QtBot) -> None:
    shown = opened(app, table(tmp_path, HEAD + ADA))
    assert shown._column_form is not None
    field = shown._column_form.rows["nickname"].field
    field.set_value("First name")  # type: ignore[attr-defined]
    field.changed.emit()  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: not shown._again.isActive())
    app.tasks.wait_all()
    assert "stands for both" in shown.problem.words.text()
    assert not shown.save_button.isEnabled()


@pytest.mark.parametrize(
    ("name", "data", "said_words"),
    [("empty.csv", b"", "is empty"), ("a.pdf", b"%PDF-1.7", "is a PDF"), ("head.csv", HEAD.encode(), "no rows")],
)
def test_a_file_that_is_none_is_told(app: App, tmp_path: Path, name: str, data: bytes, said_words: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    shown = opened(app, path)
    assert said_words in shown.problem.words.text()
    assert not shown.save_button.isEnabled()


def test_a_workbook_of_several_sheets_asks_which(app: App, store: Store, tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    first, second = book.active, book.create_sheet("Fair")
    assert first is not None
    first.append(["Full name", "E-mail"])
    first.append(["Ada Lovelace", "ada@northfield.example.edu"])
    second.append(["Full name", "E-mail"])
    second.append(["Mary Somerville", "mary@northfield.example.edu"])
    path = tmp_path / "people.xlsx"
    book.save(path)
    shown = opened(app, path)
    assert shown.sheet_row.isVisible()
    shown.sheet_field.set_value("Fair")
    shown.sheet_field.changed.emit()
    app.tasks.wait_all()
    assert [row[1] for row in rows(shown)] == ["Mary Somerville"]
    assert people(store) == 0


def test_other_nouns_come_in_by_the_same_way(app: App, store: Store, tmp_path: Path) -> None:
    shown = opened(app, table(tmp_path, "To-do\nSort the store room\nCall the printer\n"))
    shown.noun_field.set_value("to-dos")
    shown.noun_field.changed.emit()
    app.tasks.wait_all()
    take_in(app, shown)
    assert len(listing(store, "to-dos").rows) == 2


def test_a_cancelled_import_writes_nothing(app: App, store: Store, tmp_path: Path) -> None:
    lines = "".join(f"P{n},Q{n},p{n}@northfield.example.edu,Northfield College\n" for n in range(300))
    shown = opened(app, table(tmp_path, HEAD + lines))
    shown.try_save()
    assert not shown.leave()
    assert "Cancel it first" in shown.problem.words.text()
    assert shown._task is not None
    shown._task.progress.cancel()
    app.tasks.wait_all()
    assert shown.problem.words.text() == "Stopped. Nothing was written."
    assert people(store) == 0
    take_in(app, shown)
    assert people(store) == 300


def test_closing_while_a_file_is_read_is_no_trouble(app: App, tmp_path: Path) -> None:
    app.open_form("import", path=table(tmp_path, HEAD + ADA))
    app.desk.close_sheet()
    app.tasks.wait_all()
    assert app.desk.layer.sheet is None
