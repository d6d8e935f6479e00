"""Tables as they come from schools, spreadsheets and other programs, built for real, good and bad."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from datetime import date, datetime, time
from pathlib import Path

import openpyxl
import pytest

from core.errors import UserError
from core.exchange.columns import read_for
from core.exchange.table import Table, read_lines, read_table

HEAD = "First name,Last name,E-mail"
ROW = "Zoë,Müller,zoe@example.edu"
CELLS = ["Zoë", "Müller", "zoe@example.edu"]


def table_of(tmp_path: Path, data: bytes | str, name: str = "t.csv") -> Table:
    path = tmp_path / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return read_table(path)


def words_of(tmp_path: Path, data: bytes | str, name: str = "t.csv") -> str:
    with pytest.raises(UserError) as caught:
        table_of(tmp_path, data, name)
    return str(caught.value)


def workbook(tmp_path: Path, *sheets: list[list[object]], name: str = "t.xlsx") -> Path:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for at, rows in enumerate(sheets, 1):
        page = book.create_sheet(f"Sheet {at}")
        for row in rows:
            page.append(row)
    book.save(tmp_path / name)
    return tmp_path / name


@pytest.mark.parametrize(
    ("encoding", "words"),
    [
        ("utf-8", "UTF-8"), ("utf-8-sig", "UTF-8"), ("utf-16", "UTF-16"), ("utf-16-le", "UTF-16"),
        ("utf-16-be", "UTF-16"), ("utf-32", "UTF-32"), ("cp1252", "Windows-1252"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_encodings_delimiters_and_line_ends(
    tmp_path: Path, encoding: str, words: str, delimiter: str, end: str
) -> None:
    text = f"{HEAD}{end}{ROW}{end}{ROW}".replace(",", delimiter)
    table = table_of(tmp_path, text.encode(encoding))
    assert table.headers == HEAD.split(",")
    assert [row.cells for row in table.rows] == [CELLS, CELLS]
    assert [row.line for row in table.rows] == [2, 3]
    assert table.words.startswith(words)


@pytest.mark.parametrize(
    ("encoding", "names"),
    [
        ("cp1252", ["José", "Núñez", "Zoë", "Søren", "Mª Ángeles", "O’Brien", "Šimek", "Œuvre", "Straße"]),
        ("cp1250", ["Łukasz", "Święcki", "Żółć", "Małgorzata"]),
        ("mac_roman", ["José", "Muñoz", "Médico", "Günther"]),
        ("cp850", ["José", "Muñoz", "Günther", "Björn"]),
        ("cp1251", ["Иванов", "Екатерина", "Санкт-Петербург", "Александр", "Дмитрий"]),
    ],
)
def test_short_files_of_one_byte_encodings(tmp_path: Path, encoding: str, names: list[str]) -> None:
    text = "Name;E-mail\r\n" + "".join(f"{name};s@example.edu\r\n" for name in names)
    assert [row.cells[0] for row in table_of(tmp_path, text.encode(encoding)).rows] == names


def test_one_accent_is_enough(tmp_path: Path) -> None:
    assert table_of(tmp_path, "Name,x\nJosé,1\n".encode("cp1252")).rows[0].cells == ["José", "1"]


def test_utf_8_with_a_broken_byte_is_refused_not_garbled(tmp_path: Path) -> None:
    data = "Name,x\nJosé,1\nZoë,2\nMüller,3\n".encode() + b"Bj\xf6rn,4\n"
    assert "damaged from line 5 on" in words_of(tmp_path, data)


def test_quotes_across_lines_keep_their_line_numbers(tmp_path: Path) -> None:
    table = table_of(tmp_path, 'Name,Notes\nAna,"one\ntwo, ""quoted""\nthree"\nBen,x\n')
    assert table.rows[0].cells[1] == 'one\ntwo, "quoted"\nthree'
    assert [row.line for row in table.rows] == [2, 5]


def test_a_quote_that_is_never_closed_is_named_with_its_line(tmp_path: Path) -> None:
    assert "line 3 is never closed" in words_of(tmp_path, 'Name,Notes\nAna,x\nBen,"open\nCid,y\n')


def test_a_quote_within_a_text_is_no_reason_to_refuse(tmp_path: Path) -> None:
    assert table_of(tmp_path, 'Name,Size\n"Ana" Lima,5" screen\n').rows[0].cells[1] == '5" screen'


def test_a_field_of_ten_megabytes_is_named(tmp_path: Path) -> None:
    words = words_of(tmp_path, "Name,Notes\nAna," + "x" * 10_000_000 + "\n")
    assert "row that begins in line 2" in words
    assert "131,072 characters" in words


def test_ragged_rows_are_filled_and_what_is_too_much_is_kept_apart(tmp_path: Path) -> None:
    table = table_of(tmp_path, "a,b,c\n1\n1,2,3,,\n1,2,3,4,5\n\n ,,\n")
    assert [row.cells for row in table.rows] == [["1", "", ""], ["1", "2", "3"], ["1", "2", "3"]]
    assert [row.extra for row in table.rows] == [(), (), ("4", "5")]


def test_unnamed_and_repeated_headers(tmp_path: Path) -> None:
    table = table_of(tmp_path, "E-mail,,E-mail,,\na@example.edu,x,b@example.edu,,\n")
    assert table.headers == ["E-mail", "Column B", "E-mail (2)"]
    assert table.rows[0].cells == ["a@example.edu", "x", "b@example.edu"]


def test_nul_bytes_are_dropped(tmp_path: Path) -> None:
    text = HEAD + "\n" + (ROW + "\n") * 5 + "An\0a,B,c@example.edu\n"
    assert table_of(tmp_path, text).rows[-1].cells[0] == "Ana"


def test_a_separator_line_is_obeyed(tmp_path: Path) -> None:
    table = table_of(tmp_path, "sep=;\r\na;b,c\r\n1;2\r\n")
    assert (table.headers, table.rows[0].line) == (["a", "b,c"], 3)


def test_semicolons_with_decimal_commas_and_commas_with_semicolons(tmp_path: Path) -> None:
    assert table_of(tmp_path, "Titel;Honorar\nA;1,50\nB;2,50\n").headers == ["Titel", "Honorar"]
    assert table_of(tmp_path, "Name,Skills\nA,Excel; SQL\nB,Python; R; SQL\n").headers == ["Name", "Skills"]


def test_a_title_above_the_header_is_told(tmp_path: Path) -> None:
    table = table_of(tmp_path, f"Students of 2027,,\n\n{HEAD}\n{ROW}\n")
    assert table.headers == HEAD.split(",")
    assert table.notes == ["What stands above row 3 was taken as a title."]


def test_our_own_guard_is_taken_off_and_no_other_apostrophe(tmp_path: Path) -> None:
    table = table_of(tmp_path, "a,b,c,d\n'=1+1,'-5,'tis,''+x\n")
    assert table.rows[0].cells == ["=1+1", "-5", "'tis", "'+x"]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "t.csv is empty."),
        (b"\xef\xbb\xbf\r\n\r\n", "t.csv is empty."),
        (b"\xff\xfe", "t.csv is empty."),
        (b",,,\n,,\n", "t.csv is empty."),
        (HEAD.encode() + b"\n", "no rows below it (0 rows)"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "is a picture, not a table"),
        (b"%PDF-1.7\n", "is a PDF, not a table"),
        (bytes(range(256)) * 40, "not a table"),
        (b"<html><table><tr><td>x</td></tr></table></html>", "is a web page"),
        (b"PK\x03\x04broken", "is damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "damaged or no workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "a password"),
        (b"Ana,Lima,ana@example.edu\nBen,Roy,ben@example.edu\n", "row 1 holds a person's data"),
    ],
)
def test_what_is_no_table_is_told_in_words(tmp_path: Path, data: bytes, words: str) -> None:
    assert words in words_of(tmp_path, data)


def test_a_packed_folder_and_a_letter_are_no_tables(tmp_path: Path) -> None:
    for part, words in (("word/document.xml", "a text document"), ("photo.png", "a packed folder")):
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            archive.writestr(part, "x")
        assert words in words_of(tmp_path, packed.getvalue(), "t.xlsx")


def test_too_many_rows_or_bytes_or_columns(tmp_path: Path) -> None:
    assert "more than 200,000 rows" in words_of(tmp_path, "a,b\n" + "1,2\n" * 200_002)
    assert "more than 1,000 columns" in words_of(tmp_path, "a," * 1_001 + "\n1\n")
    with (tmp_path / "big.csv").open("wb") as file:
        file.truncate(50_000_001)
    with pytest.raises(UserError, match="larger than 50 MB"):
        read_table(tmp_path / "big.csv")


def test_no_file_and_a_folder(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="There is no file"):
        read_table(tmp_path / "none.csv")
    with pytest.raises(UserError, match="is a folder"):
        read_table(tmp_path)


def test_a_workbook_shows_what_its_person_sees(tmp_path: Path) -> None:
    path = workbook(
        tmp_path,
        [
            ["n", "phone", "day", "time", "float", "yes", "text"],
            [5.0, 1.3125551234e10, date(2028, 5, 15), time(10, 30), 0.1 + 0.2, True, " x "],
            [1e-7, 123456789012345, datetime(2028, 5, 15, 10, 30), None, -2.50, False, "007"],  # noqa: DTZ001
        ],
    )
    rows = read_table(path).rows
    assert rows[0].cells == ["5", "13125551234", "2028-05-15", "10:30", "0.3", "TRUE", " x "]
    assert rows[1].cells == ["0.0000001", "123456789012345", "2028-05-15 10:30:00", "", "-2.5", "FALSE", "007"]


def test_formulas_give_their_results_and_those_without_are_told(tmp_path: Path) -> None:
    path = workbook(tmp_path, [["a", "b"], [1, "=A2+1"]])
    table = read_table(path)
    assert table.rows[0].cells == ["1", ""]
    assert any("no saved result" in note for note in table.notes)
    # The same with the result that a spreadsheet saves beside the formula.
    solved = tmp_path / "solved.xlsx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(solved, "w") as new:
        for part in old.infolist():
            data = old.read(part)
            if part.filename == "xl/worksheets/sheet1.xml":
                data = data.replace(b"</f><v />", b"</f><v>2</v>").replace(b"</f><v></v>", b"</f><v>2</v>")
            new.writestr(part, data)
    table = read_table(solved)
    assert table.rows[0].cells == ["1", "2"]
    assert table.notes == []


def test_several_sheets_the_first_with_data_or_the_named_one(tmp_path: Path) -> None:
    path = workbook(tmp_path, [], [["a"], ["x"]], [["b"], ["y"]])
    table = read_table(path)
    assert (table.sheet, table.headers) == ("Sheet 2", ["a"])
    assert table.sheets == ("Sheet 1", "Sheet 2", "Sheet 3")
    assert table.notes == ["Read from the sheet “Sheet 2”. There are others: Sheet 1, Sheet 3."]
    assert read_table(path, "sheet 3").headers == ["b"]
    with pytest.raises(UserError, match=r"has no sheet “Four”\. It has: Sheet 1, Sheet 2, Sheet 3"):
        read_table(path, "Four")
    with pytest.raises(UserError, match="is empty"):
        read_table(path, "Sheet 1")
    with pytest.raises(UserError, match="no sheet holds anything"):
        read_table(workbook(tmp_path, [], []))


STUDENTS: list[list[object]] = [["First name", "E-mail"], ["Zoë", "zoe@example.edu"]]


@pytest.mark.parametrize(
    "cover",
    [
        [["Harbor University"]],
        [["Harbor University"], ["Made by the campus office"], ["Questions to", "office@example.edu"]],
        [["Term", "Students"], ["Autumn", 41], ["Spring", 38]],
        [["First name", "E-mail"]],
    ],
)
def test_a_cover_before_the_table_is_gone_past(tmp_path: Path, cover: list[list[object]]) -> None:
    path = workbook(tmp_path, cover, STUDENTS)
    table = read_for(path, "candidates")
    assert (table.sheet, table.headers) == ("Sheet 2", ["First name", "E-mail"])
    assert table.notes == ["Read from the sheet “Sheet 2”. There are others: Sheet 1."]


def test_two_sheets_that_could_be_meant_are_both_named(tmp_path: Path) -> None:
    path = workbook(tmp_path, [["About"], ["x"]], STUDENTS, [["a"], ["y"]], STUDENTS)
    table = read_for(path, "candidates")
    assert table.sheet == "Sheet 2"
    assert "“Sheet 4” looks like such a table too" in table.notes[-1]
    assert "choose the other sheet" in table.notes[-1]
    assert read_for(path, "candidates", "Sheet 4").notes == []


def test_columns_named_by_a_person_lead_to_their_sheet(tmp_path: Path) -> None:
    path = workbook(tmp_path, STUDENTS, [["A", "B"], ["Ana", "ana@example.edu"]])
    assert read_for(path, "candidates", mapping={"first_name": "A"}).sheet == "Sheet 2"


def test_where_no_sheet_holds_a_table_each_is_named(tmp_path: Path) -> None:
    path = workbook(tmp_path, [["About"]], [["More"]])
    with pytest.raises(UserError, match=r"no rows below.*“Sheet 1”; the others hold no table either: Sheet 2\."):
        read_for(path, "candidates")


def test_hidden_sheets_are_passed_over_unless_named(tmp_path: Path) -> None:
    path = workbook(tmp_path, [["a"], ["x"]], [["b"], ["y"]])
    book = openpyxl.load_workbook(path)
    book.worksheets[0].sheet_state = "hidden"
    book.active = 1
    book.save(path)
    assert read_table(path).headers == ["b"]
    assert read_table(path, "Sheet 1").headers == ["a"]


def test_merged_cells(tmp_path: Path) -> None:
    path = workbook(
        tmp_path,
        [
            ["Students 2027", None, None],
            ["School", "Contact", None],
            [None, "Name", "E-mail"],
            ["North", "Ana", "a@example.edu"],
            [None, "Ben", "b@example.edu"],
        ],
    )
    book = openpyxl.load_workbook(path)
    page = book.worksheets[0]
    for merged in ("A1:C1", "A2:A3", "B2:C2", "A4:A5"):
        page.merge_cells(merged)
    book.save(path)
    table = read_table(path)
    assert table.headers == ["School", "Name", "E-mail"]
    assert [row.cells for row in table.rows] == [["North", "Ana", "a@example.edu"], ["North", "Ben", "b@example.edu"]]
    assert [row.line for row in table.rows] == [4, 5]


def test_two_cells_in_opposite_corners_do_not_take_the_memory(tmp_path: Path) -> None:
    for corner in ("XFD1048576", "B1048576", "XFD2"):
        book = openpyxl.Workbook()
        page = book.worksheets[0]
        page["A1"], page[corner] = "Name", "x"
        book.save(tmp_path / "t.xlsx")
        with pytest.raises(UserError, match=r"too large|more than"):
            read_table(tmp_path / "t.xlsx")


def test_a_csv_called_xlsx_and_a_workbook_called_csv_are_read_as_what_they_are(tmp_path: Path) -> None:
    assert table_of(tmp_path, f"{HEAD}\n{ROW}\n", "t.xlsx").rows[0].cells == CELLS
    path = workbook(tmp_path, [["a"], ["x"]], name="odd.xlsx")
    path.rename(tmp_path / "odd.csv")
    assert read_table(tmp_path / "odd.csv").headers == ["a"]
    with pytest.raises(UserError, match="has no sheets"):
        read_table(tmp_path / "t.xlsx", "Sheet 1")


@pytest.mark.platform("linux")
@pytest.mark.parametrize("ending", ["ods", "xls"])
def test_workbooks_that_libreoffice_wrote(tmp_path: Path, ending: str) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    path = workbook(tmp_path, [["Name", "Fee", "Day", "Sum"], ["Zoë", 5.0, date(2028, 5, 15), "=B2*2"]])
    subprocess.run(
        [office, f"-env:UserInstallation={(tmp_path / 'office').as_uri()}", "--headless", "--convert-to", ending,
         "--outdir", str(tmp_path), str(path)],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    table = read_table(tmp_path / f"t.{ending}")
    assert table.headers == ["Name", "Fee", "Day", "Sum"]
    assert table.rows[0].cells == ["Zoë", "5", "2028-05-15", "10"]


def test_an_ods_that_repeats_a_cell_a_million_times_is_refused(tmp_path: Path) -> None:
    content = (
        '<office:document-content xmlns:office="o" xmlns:table="t"><table:table table:name="x"><table:table-row '
        'table:number-rows-repeated="1048576"><table:table-cell office:value-type="string"/></table:table-row>'
        "</table:table></office:document-content>"
    )  # a few hundred bytes
    with zipfile.ZipFile(tmp_path / "t.ods", "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
    with pytest.raises(UserError, match="more than 200,000 rows"):
        read_table(tmp_path / "t.ods")


def test_plain_lines_need_no_header(tmp_path: Path) -> None:
    path = tmp_path / "todo.txt"
    path.write_bytes("- Clean the list\r\n\r\n* Büro anrufen, heute; bald\r\n".encode("cp1252"))
    table = read_for(path, "to-dos")
    assert [row.cells[0] for row in table.rows] == ["- Clean the list", "* Büro anrufen, heute; bald"]
    assert [row.line for row in table.rows] == [1, 3]
    path.write_bytes(b"\n\n")
    with pytest.raises(UserError, match="is empty"):
        read_lines(path, "To-do")
