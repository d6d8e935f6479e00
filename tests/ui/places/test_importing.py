"""A file is shown row by row before anything is written, and taken in as one change."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from core.insight.records import listing
from core.store import Store
from tests.ui.places.screen import form, said, words
from ui.app import App
from ui.forms import importing
from ui.forms.importing import ImportForm
from ui.forms.importing_rows import CHANGED, WRONG

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
    """Row, outcome and the file's first two cells."""
    assert shown.rows.table is not None
    held = shown.rows.table.model()
    return [tuple(held.index(at, column).data() for column in range(4)) for at in range(held.rowCount())]


def take_in(app: App, shown: ImportForm) -> None:
    shown.try_save()
    app.tasks.wait_all()


def test_without_a_file_it_says_what_it_takes(app: App) -> None:
    shown = opened(app, None)
    assert "Columns are recognised by their names" in words(shown)
    assert not shown.save_button.isEnabled()


def test_rows_are_tried_and_nothing_is_written_until_import(app: App, store: Store, tmp_path: Path) -> None:
    shown = opened(app, table(tmp_path, HEAD + ADA + BAD))
    assert rows(shown) == [("3", "left out", "Bad", "Mail"), ("2", "new", "Ada", "Lovelace")]
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
    assert rows(shown) == [("2", "same", "Ada", "Lovelace")]
    assert not shown.save_button.isEnabled()


def test_columns_of_unknown_names_are_mended_by_hand(app: App, store: Store, tmp_path: Path, qtbot: QtBot) -> None:
    shown = opened(app, table(tmp_path, "Spalte A,Spalte B\nAda,Lovelace\nMary,Somerville\n"))
    assert "no column for" in shown.lacking.words.text()
    assert not shown.save_button.isEnabled()
    assert shown.columns.form is not None
    field = shown.columns.form.rows["first_name"].field
    field.set_value("Spalte A")  # type: ignore[attr-defined]
    field.changed.emit()  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: not shown._again.isActive())
    app.tasks.wait_all()
    assert [row[2] for row in rows(shown)] == ["Ada", "Mary"]
    take_in(app, shown)
    assert people(store) == 2


def test_one_column_for_two_fields_is_refused_in_words(app: App, tmp_path: Path, qtbot: QtBot) -> None:
    shown = opened(app, table(tmp_path, HEAD + ADA))
    assert shown.columns.form is not None
    field = shown.columns.form.rows["nickname"].field
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
    assert [row[2] for row in rows(shown)] == ["Mary Somerville"]
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


def test_each_row_is_shown_with_the_reason_in_its_cell_and_in_words(app: App, tmp_path: Path) -> None:
    shown = opened(app, table(tmp_path, HEAD + ADA + BAD + ",,x@northfield.example.edu,\n"))
    held = shown.rows.table
    assert held is not None
    cell = held.model().index(0, 4)
    assert cell.data() == "not-an-address"
    assert "is no e-mail address" in cell.data(WRONG)
    assert "is no e-mail address" in cell.data(Qt.ItemDataRole.AccessibleTextRole)
    assert held.model().index(0, 2).data(WRONG) == ""
    assert held.model().index(1, 3).data() == "missing"
    held.selectRow(1)
    assert "The name is missing" in shown.why_words.text()
    shown.rows.kinds.choose(1)
    assert [row[1] for row in rows(shown)] == ["left out", "left out"]


def test_what_a_row_would_change_is_marked(app: App, store: Store, tmp_path: Path) -> None:
    take_in(app, opened(app, table(tmp_path, HEAD + ADA)))
    shown = opened(app, table(tmp_path, HEAD + ADA.replace("Northfield College", "Southfield College")))
    assert shown.rows.table is not None
    cell = shown.rows.table.model().index(0, 5)
    assert cell.data(CHANGED) == "Now in the store: Northfield College"
    assert "School: now Northfield College in the store" in shown.why_words.text()


def test_who_may_be_known_stands_beside_the_row_and_is_decided(app: App, store: Store, tmp_path: Path) -> None:
    take_in(app, opened(app, table(tmp_path, HEAD + ADA)))
    shown = opened(app, table(tmp_path, HEAD + "Lovelace,Ada,ada@home.example.com,Northfield College\n"))
    assert rows(shown) == [("2", "known?", "Lovelace", "Ada")]
    assert shown.alike.isVisible()
    said_words = words(shown)
    assert "ada@home.example.com" in said_words
    assert "ada@northfield.example.edu" in said_words
    shown.alike.choice.set_value(listing(store, "candidates").rows[0][0])
    shown.alike.choice.changed.emit()
    app.tasks.wait_all()
    assert rows(shown) == [("2", "changed", "Lovelace", "Ada")]
    assert store.can_undo() is not None
    take_in(app, shown)
    assert people(store) == 1
    store.undo()
    assert people(store) == 1


def test_all_who_are_known_at_once(app: App, store: Store, tmp_path: Path) -> None:
    mary = "Mary,Somerville,mary@northfield.example.edu,Northfield College\n"
    take_in(app, opened(app, table(tmp_path, HEAD + ADA + mary)))
    more = ADA.replace("ada@northfield", "a@home") + mary.replace("mary@northfield", "m@home")
    shown = opened(app, table(tmp_path, HEAD + more))
    shown.rows.kinds.choose(1)
    assert shown.rows.all_same.isVisible()
    shown.rows.all_same.click()
    app.tasks.wait_all()
    assert [row[1] for row in rows(shown)] == ["changed", "changed"]


def test_wrong_rows_are_saved_mended_and_brought_back(
    app: App, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "mend.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(out), ""))
    shown = opened(app, table(tmp_path, HEAD + ADA + BAD))
    assert "1 left out" in shown.rows.save_wrong.text()
    shown.rows.save_wrong.click()
    app.tasks.wait_all()
    assert "1 row saved in mend.csv" in shown.problem.words.text()
    assert shown.save_button.isEnabled()
    take_in(app, shown)
    out.write_bytes(out.read_bytes().replace(b"not-an-address", b"bad@northfield.example.edu"))
    again = opened(app, out)
    assert rows(again) == [("2", "new", "Bad", "Mail")]
    take_in(app, again)
    assert people(store) == 2


def test_copied_cells_are_pasted(app: App, store: Store) -> None:
    shown = opened(app, None)
    QGuiApplication.clipboard().setText("")
    shown.paste_button.click()
    assert "Nothing is there to paste" in shown.problem.words.text()
    QGuiApplication.clipboard().setText((HEAD + ADA).replace(",", "\t"))
    shown.paste_button.click()
    app.tasks.wait_all()
    assert rows(shown) == [("2", "new", "Ada", "Lovelace")]
    take_in(app, shown)
    assert people(store) == 1


def test_columns_told_once_are_known_the_next_time(app: App, store: Store, tmp_path: Path, qtbot: QtBot) -> None:
    path = table(tmp_path, "Spalte A,Spalte B\nAda,Lovelace\n")
    shown = opened(app, path)
    assert shown.columns.form is not None
    for name, header in (("first_name", "Spalte A"), ("last_name", "Spalte B")):
        field = shown.columns.form.rows[name].field
        field.set_value(header)  # type: ignore[attr-defined]
        field.changed.emit()  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: not shown._again.isActive())
    app.tasks.wait_all()
    take_in(app, shown)
    again = opened(app, table(tmp_path, "Spalte A,Spalte B\nMary,Somerville\n", "next.csv"))
    assert rows(again) == [("2", "new", "Mary", "Somerville")]
    assert "as they were the last time" in again.notes.text()


def test_in_a_large_file_a_decision_shows_at_once_and_holds(
    app: App, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "_TRIED_ANEW", 1)
    take_in(app, opened(app, table(tmp_path, HEAD + ADA)))
    more = "Mary,Somerville,mary@northfield.example.edu,\n"
    shown = opened(app, table(tmp_path, HEAD + "Lovelace,Ada,ada@home.example.com,Northfield College\n" + more))
    ada = listing(store, "candidates").rows[0][0]
    shown.decide(0, ada)
    assert rows(shown)[0] == ("2", "changed", "Lovelace", "Ada")
    shown.decide(0, "")
    assert rows(shown)[0] == ("2", "new", "Lovelace", "Ada")
    shown.decide(0, ada)
    take_in(app, shown)
    assert people(store) == 2


def test_rows_that_share_an_address_wait_until_somebody_says_who_they_are(app: App, tmp_path: Path) -> None:
    text = HEAD + ADA + "Ruth,Lovelace,ada@northfield.example.edu,Northfield College\n"
    shown = opened(app, table(tmp_path, text))
    assert shown.rows.table is not None
    shown.rows.table.selectRow(0)
    assert rows(shown)[0][:3] == ("3", "left out", "Ruth")
    assert (shown.alike.isVisible(), shown.alike.choice.value()) == (True, None)
    assert "Ada Lovelace in row 2" in words(shown)
    shown.alike.decided.emit(1, "row:0")
    app.tasks.wait_all()
    assert [row[1] for row in rows(shown)] == ["joined", "new"]
    shown.alike.decided.emit(1, "")
    app.tasks.wait_all()
    take_in(app, shown)
    assert people(app.store) == 2


def test_what_is_left_out_of_a_kind_that_is_not_written_says_so(app: App, tmp_path: Path) -> None:
    shown = opened(app, table(tmp_path, HEAD + ADA + BAD))
    assert shown._plan is not None
    assert importing._other(shown._plan, tmp_path / "a.csv") == ""
    old = replace(shown._plan, source=tmp_path / "a.ods")
    assert importing._other(old, tmp_path / "a.xlsx") == " It is XLSX, as ODS is read but not written."
