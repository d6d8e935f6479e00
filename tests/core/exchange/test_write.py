"""What is written comes back: by our own reader, by openpyxl, by LibreOffice."""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
import tempfile
import time
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from core.errors import UserError
from core.exchange.guard import guard, unguard
from core.exchange.table import read_table
from core.exchange.write import Cell, Sheet, sheet_text, write_csv, write_json, write_xlsx

# NUL and lone surrogates are no text; every other sign is.
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40)
TRICKY = st.sampled_from(
    ["=1+1", "+1", "-1", "@x", "\tx", "\rx", "'", "''", "'=1", "''-1", '"', '""', "a;b", "a|b", "a\tb", "a,b", "x\r\ny",
     "x\ny", "x\ry", " lead", "trail ", "Zoë", "漢字", "\u202eabc", "sep=;", "<b>", '=HYPERLINK("http://x")', "\ufeffx"]
)  # fmt: skip
TABLES = st.integers(1, 5).flatmap(
    lambda width: st.lists(
        st.lists(TEXT | TRICKY, min_size=width, max_size=width).filter(lambda row: any(c.strip() for c in row)),
        min_size=1,
        max_size=8,
    )
)


@given(TEXT | TRICKY)
def test_the_guard_comes_off_as_it_went_on(text: str) -> None:
    assert unguard(guard(text)) == text
    assert guard(text)[:1] not in ("=", "+", "-", "@", "\t", "\r")


@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow])
@given(TABLES)
@example([["a"], ["=1"]])
@example([["a;b;c", "x"], ["1;2;3", "y"]])
def test_every_text_comes_back_from_a_csv(rows: list[list[str]]) -> None:
    headers = [f"Column number {at}" for at in range(len(rows[0]))]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "t.csv"
        write_csv(path, headers, rows)
        table = read_table(path)
    assert table.headers == headers
    assert [row.cells for row in table.rows] == rows


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TABLES)
def test_every_text_comes_back_from_a_workbook(rows: list[list[str]]) -> None:
    rows = [row for row in rows if any(sheet_text(cell).strip() for cell in row)] or [["x"] * len(rows[0])]
    headers = [f"Column number {at}" for at in range(len(rows[0]))]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "t.xlsx"
        write_xlsx(path, [Sheet("Data", headers, rows)])
        table = read_table(path)
        book = openpyxl.load_workbook(path)
        raw = [[cell.value or "" for cell in row] for row in book.worksheets[0].iter_rows(min_row=2)]
        kinds = {cell.data_type for row in book.worksheets[0].iter_rows() for cell in row}
    expected = [[sheet_text(cell) for cell in row] for row in rows]
    assert [row.cells for row in table.rows] == expected
    assert "f" not in kinds
    for ours, theirs in zip(expected, raw, strict=True):
        assert [guard(cell) for cell in ours] == [str(cell) for cell in theirs]


def test_a_csv_is_as_campus_offices_read_it(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    row: list[Cell] = ["Ana, Zoë", -5, Decimal("360.50"), date(2027, 5, 1), None, "", True, '"x"', "-5", 1e20]
    write_csv(path, list("abcdefghij"), [row])
    assert path.read_bytes() == (
        b"\xef\xbb\xbfa,b,c,d,e,f,g,h,i,j\r\n"
        + '"Ana, Zoë",-5,360.50,2027-05-01,,,yes,"""x""",\'-5,100000000000000000000\r\n'.encode()
    )
    with path.open(encoding="utf-8-sig", newline="") as file:
        assert next(iter(list(csv.reader(file))[1:]))[0] == "Ana, Zoë"


def test_a_workbook_has_typed_cells_a_frozen_header_and_filters(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    rows: list[list[Cell]] = [
        ["=1+1", Decimal("360.50"), date(2027, 5, 1), -3, None, datetime(2027, 5, 1, 10, 30, tzinfo=UTC)]
    ]
    write_xlsx(path, [Sheet("A/B: [x]", ["t", "fee", "day", "n", "none", "at"], rows, {"fee": "money"})])
    page = openpyxl.load_workbook(path).worksheets[0]
    assert page.title == "A-B- -x-"
    assert page.freeze_panes == "A2"
    assert page.auto_filter.ref == "A1:F2"
    assert page["A1"].font.b
    assert page["A2"].value == "'=1+1"
    assert (page["B2"].value, page["B2"].number_format) == (360.5, "#,##0.00")
    assert (page["C2"].value, page["C2"].is_date) == (datetime(2027, 5, 1), True)  # noqa: DTZ001
    assert page["D2"].value == -3
    assert page["E2"].value is None
    assert page["F2"].value == datetime(2027, 5, 1, 10, 30)  # noqa: DTZ001


def test_the_same_sheets_give_the_same_bytes(tmp_path: Path) -> None:
    sheets = [Sheet("Data", ["a"], [["x"], [date(2027, 1, 1)]]), Sheet("data", ["b"], [])]
    one, two = tmp_path / "1.xlsx", tmp_path / "2.xlsx"
    write_xlsx(one, sheets)
    time.sleep(2.1)  # zip keeps time in steps of two seconds
    write_xlsx(two, sheets)
    assert one.read_bytes() == two.read_bytes()
    assert openpyxl.load_workbook(one).sheetnames == ["Data", "data 2"]


def test_a_text_longer_than_a_cell_is_cut_and_says_so(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    write_xlsx(path, [Sheet("a", ["a"], [["😀" * 40_000]])])
    text = read_table(path).rows[0].cells[0]
    assert text.startswith("😀😀")
    assert text.endswith("(cut: a spreadsheet cell holds no more)")
    assert len(text.encode("utf-16-le")) // 2 <= 32_767


def test_control_signs_do_not_break_a_workbook(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    write_xlsx(path, [Sheet("a", ["a\x01"], [["x\x00\x07\x1b\ud800y\r\nz"]])])
    assert openpyxl.load_workbook(path).worksheets[0]["A2"].value == "xy\nz"


def test_json_is_readable_and_whole(tmp_path: Path) -> None:
    path = tmp_path / "t.json"
    write_json(path, {"name": "Zoë", "day": date(2027, 5, 1), "fee": Decimal("1.50"), "none": None})
    assert json.loads(path.read_text(encoding="utf-8")) == {
        "name": "Zoë", "day": "2027-05-01", "fee": "1.50", "none": None,
    }  # fmt: skip


def test_nothing_is_overwritten_unasked(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(UserError, match="is there already"):
        write_csv(path, ["a"], [], overwrite=False)
    assert path.read_text(encoding="utf-8") == "mine"


def test_no_temporary_folder_sees_a_workbook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "there is no such folder"))
    write_xlsx(tmp_path / "t.xlsx", [Sheet("a", ["a"], [["x"]])])
    assert (tmp_path / "t.xlsx").exists()


@pytest.mark.platform("linux")
def test_libreoffice_opens_the_workbook(tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    rows: list[list[Cell]] = [["=1+1", Decimal("1360.50"), date(2027, 5, 1), "Zoë\nMüller; x"], ["漢", 5, None, ""]]
    write_xlsx(tmp_path / "t.xlsx", [Sheet("Data", ["t", "fee", "day", "name"], rows, {"fee": "money"})])
    as_csv = "csv:Text - txt - csv (StarCalc):44,34,76"  # commas, quotes, UTF-8
    subprocess.run(
        [office, f"-env:UserInstallation={(tmp_path / 'office').as_uri()}", "--headless", "--convert-to", as_csv,
         "--outdir", str(tmp_path), str(tmp_path / "t.xlsx")],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    table = read_table(tmp_path / "t.csv")
    assert table.headers == ["t", "fee", "day", "name"]
    assert table.rows[0].cells == ["=1+1", "1,360.50", "2027-05-01", "Zoë\nMüller; x"]
    assert table.rows[1].cells == ["漢", "5.00", "", ""]


def test_a_hundred_thousand_rows_are_written_and_read(tmp_path: Path) -> None:
    rows: list[list[Cell]] = [[f"First {at}", f"Last {at}", f"s{at}@example.edu", at] for at in range(100_000)]
    headers = ["First name", "Last name", "E-mail", "n"]
    write_csv(tmp_path / "t.csv", headers, rows)
    table = read_table(tmp_path / "t.csv")
    assert len(table.rows) == 100_000
    assert table.rows[-1].cells == ["First 99999", "Last 99999", "s99999@example.edu", "99999"]
