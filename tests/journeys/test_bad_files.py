"""Files as people send them, through the import form: taken in whatever dress they come, or refused in clear words."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from openpyxl import Workbook

from core.insight.records import listing
from tests.journeys.hand import Hand
from tests.support.tables import tables
from ui.forms.importing import ImportForm

PEOPLE = "First name,Last name,E-mail\r\nZoë,Müller,zoe@example.edu\r\nAna,Ruiz,ana@example.edu\r\n"


def opened(hand: Hand, file: Path) -> ImportForm:
    """The form with this file chosen in it, by Ctrl+I and the picker."""
    hand.press("Ctrl+I", hand.desk)
    hand.choosing(file)
    hand.click("Choose a file…")
    form = hand.form
    assert isinstance(form, ImportForm)
    return form


def take_in(hand: Hand, file: Path) -> list[str]:
    """Imports all of it; the names that are in the store then. Undo takes all of it back."""
    before = tables(hand.app.store)
    form = opened(hand, file)
    assert form.save_button.isEnabled(), f"{file.name}: {hand.text()}"
    hand.click(form.save_button.text().strip())
    assert hand.sheet is None, hand.text()
    assert hand.said().startswith("Imported: ")
    names = [f"{row['first_name']} {row['last_name']}" for _, row in listing(hand.app.store, "candidates").rows]
    hand.press("Ctrl+Z", hand.desk)
    assert tables(hand.app.store) == before
    return sorted(names)


def refused(hand: Hand, file: Path) -> str:
    """What is said where nothing of a file can be taken in. Nothing is changed, the form stays for another file."""
    before = tables(hand.app.store)
    form = opened(hand, file)
    assert not form.save_button.isEnabled()
    words = "\n".join([form.problem.words.text(), form.lacking.words.text(), form.why_words.text()]).strip()
    hand.press("Ctrl+Return")
    assert hand.sheet is not None
    hand.press("Esc")
    assert tables(hand.app.store) == before
    assert hand.app.store.can_undo() is None
    return words


DRESSES = {
    "cp1252": PEOPLE.encode("cp1252"),
    "utf-16": PEOPLE.encode("utf-16"),
    "utf-16 without BOM": PEOPLE.encode("utf-16-le"),
    "BOM": PEOPLE.encode("utf-8-sig"),
    "semicolons": PEOPLE.replace(",", ";").encode(),
    "tabs": PEOPLE.replace(",", "\t").encode(),
    "empty lines": PEOPLE.replace("\r\n", "\n\n").encode(),
    "quotes": PEOPLE.replace("Zoë,Müller", '"Zoë","Müller"').encode(),
    "other order and one column more": (
        "E-mail,Last name,Extra,First name\nzoe@example.edu,Müller,x,Zoë\nana@example.edu,Ruiz,y,Ana\n".encode()
    ),
    "German": "Nachname;Vorname;E-Mail-Adresse\nMüller;Zoë;zoe@example.edu\nRuiz;Ana;ana@example.edu\n".encode(),
    "Spanish": (
        "Apellidos;Nombre;Correo electrónico\nMüller;Zoë;zoe@example.edu\nRuiz;Ana;ana@example.edu\n".encode("cp1252")
    ),
}


def test_a_table_in_any_dress(hand: Hand, tmp_path: Path) -> None:
    for name, data in DRESSES.items():
        file = tmp_path / f"{name}.csv"
        file.write_bytes(data)
        assert take_in(hand, file) == ["Ana Ruiz", "Zoë Müller"], name


def test_quotes_across_lines(hand: Hand, tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text('First name,Last name,E-mail,Notes\nZoë,Müller,zoe@example.edu,"Two lines:\n""here"" and there"\n')
    opened(hand, file)
    hand.sees("1 new")
    hand.click("Import 1")
    ((_, row),) = listing(hand.app.store, "candidates", all_columns=True).rows
    assert row["notes"] == 'Two lines:\n"here" and there'


def workbook(folder: Path) -> Path:
    """Formulas, days as days, a school merged over two rows, a title above, a second sheet."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Fair"
    sheet.append(["Career fair, 12 November"])
    sheet.append(["First name", "Last name", "E-mail", "School", "First contact", "Graduation"])
    sheet.append(["Zoë", "Müller", "zoe@example.edu", "Lakeshore University", date(2026, 11, 12), date(2028, 5, 31)])
    sheet.append(["Ana", "Ruiz", "ana@example.edu", None, "11/12/2026", "May 2029"])
    sheet.merge_cells("D3:D4")
    sheet["G2"], sheet["G3"] = "Count", "=1+1"
    other = book.create_sheet("Others")
    other.append(["Name", "E-mail"])
    other.append(["Bo Lind", "bo@example.edu"])
    path = folder / "fair.xlsx"
    book.save(path)
    return path


def test_a_workbook_of_an_office(hand: Hand, tmp_path: Path) -> None:
    form = opened(hand, workbook(tmp_path))
    hand.sees("2 new", "“Others” looks like such a table too", "Some formulas have no saved result")
    assert form.sheet_row.isVisible()
    hand.click("Import 2")
    rows = {row["first_name"]: row for _, row in listing(hand.app.store, "candidates", all_columns=True).rows}
    assert {row["first_contact_on"] for row in rows.values()} == {date(2026, 11, 12)}
    enrolments = listing(hand.app.store, "enrolments", all_columns=True).rows
    assert {row["graduates_on"] for _, row in enrolments} == {date(2028, 5, 31), date(2029, 5, 31)}
    assert len(listing(hand.app.store, "schools").rows) == 1


def test_another_sheet_of_it(hand: Hand, tmp_path: Path) -> None:
    form = opened(hand, workbook(tmp_path))
    hand.pick(form.sheet_field, "Others")
    hand.sees("1 new")
    hand.click("Import 1")
    assert hand.said() == "Imported: 1 new."


def test_files_that_hold_nothing(hand: Hand, tmp_path: Path) -> None:
    """Each sentence names the file and says what it is or lacks."""
    files = {
        "headers.csv": (b"First name,Last name,E-mail\r\n", "has a header but no rows below it (0 rows)"),
        "nothing.csv": (b"", "is empty"),
        "spaces.csv": (b"\xef\xbb\xbf  \r\n\r\n", "is empty"),
        "photo.csv": (b"\xff\xd8\xff\xe0" + bytes(range(256)) * 9, "is a picture, not a table"),
        "broken.xlsx": (b"PK\x03\x04" + b"nonsense" * 40, "is damaged and cannot be opened"),
        "page.csv": (b"<!DOCTYPE html><html><body>Please sign in</body></html>", "is a web page, not a table"),
        "quote.csv": (b'First name,E-mail\r\n"Ana,ana@example.edu\r\nBo,bo@example.edu\r\n', "is never closed"),
    }
    for name, (data, words) in files.items():
        file = tmp_path / name
        file.write_bytes(data)
        said = refused(hand, file)
        assert name in said, f"{name}: {said}"
        assert words in said, f"{name}: {said}"


def test_columns_that_nobody_knows_are_asked_for(hand: Hand, tmp_path: Path) -> None:
    file = tmp_path / "codes.csv"
    file.write_text("K1,K2\nAna,blue\n", "utf-8")
    form = opened(hand, file)
    assert not form.save_button.isEnabled()
    assert form.lacking.words.text()
    columns = form.columns.form
    assert columns is not None
    hand.pick(columns.rows["first_name"].field, "K1")
    hand.until(lambda: form.save_button.isEnabled())
    hand.click("Import 1")
    assert hand.said() == "Imported: 1 new."


def test_a_row_that_is_wrong_is_named_and_the_rest_comes_in(hand: Hand, tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    rows = [
        "Ana,Ruiz,ana@example.edu",
        "Bo,Lind,no address at all",
        f"{'x' * 300},Long,long@example.edu",
        "Q,,q@example.edu",
    ]
    file.write_text("First name,Last name,E-mail\n" + "\n".join(rows) + "\n", "utf-8")
    form = opened(hand, file)
    hand.sees("2 new, 2 left out")
    hand.sees("Row 3: E-mail: “no address at all” is no e-mail address")
    assert form.rows.table is not None
    hand.press("Down", form.rows.table)
    hand.sees("Row 4: First name: This has 300 characters")
    hand.click("Import 2")
    assert hand.said() == "Imported: 2 new, 2 left out."


def test_a_file_that_went_away_meanwhile(hand: Hand, tmp_path: Path) -> None:
    said = refused(hand, tmp_path / "gone.csv")
    assert said.startswith("There is no file")


def test_rows_left_out_are_saved_mended_and_brought_back_each_step_undone_by_one_key(
    hand: Hand, tmp_path: Path
) -> None:
    file, mend = tmp_path / "people.csv", tmp_path / "mend.csv"
    head = "First name;Last name;E-mail\n"
    file.write_text(head + "Ana;Ruiz;ana@example.edu\nBo;Lind;no address\n", "cp1252")
    start = tables(hand.app.store)
    opened(hand, file)
    hand.sees("1 new, 1 left out")
    hand.choosing(mend)
    hand.click("Save the 1 left out as a file…")
    hand.sees("1 row saved in mend.csv")
    hand.click("Import 1")
    mend.write_bytes(mend.read_bytes().replace(b"no address", b"bo@example.edu"))
    opened(hand, mend)
    hand.sees("1 new")
    hand.click("Import 1")
    assert len(listing(hand.app.store, "candidates").rows) == 2
    hand.press("Ctrl+Z", hand.desk)
    assert len(listing(hand.app.store, "candidates").rows) == 1
    hand.press("Ctrl+Z", hand.desk)
    after = tables(hand.app.store)
    assert {noun: rows for noun, rows in after.items() if noun != "disclosures"} == {
        noun: rows for noun, rows in start.items() if noun != "disclosures"
    }
