"""The bookkeeper's file, read back by other programs; that it left is on record."""

from __future__ import annotations

import csv
import shutil
import subprocess
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from core.errors import FieldErrors, UserError
from core.insight.records import listing
from core.jobs.bookkeeping import book_name, keep_book
from core.model import Payment
from core.store import Store
from core.work.payees import PayeeDraft, set_payee
from tests.core.insight.build import Build
from tests.support.stores import TODAY, new_store

YEAR = (date(2026, 1, 1), date(2026, 12, 31))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Two payees over New Year; one has a name that a spreadsheet would reckon with."""
    with new_store(tmp_path) as made:
        build = Build(made)
        project = build.project("=HYPERLINK(1)")
        ada, evil = build.person("Ada Lovelace"), build.person("=1+1 & Sons")
        own = PayeeDraft(worker_type_why="Own tools", w9_received_on=date(2026, 2, 1), candidate_id=ada)
        set_payee(made, own, today=TODAY)
        works = {person: build.work(project, person) for person in (ada, evil)}
        for person, amount, on, fields in (
            (ada, 15_000, date(2025, 12, 31), {}),
            (ada, 190_050, date(2026, 1, 1), {"method": "transfer", "reference": "+T1"}),
            (ada, 10_000, date(2026, 3, 1), {}),
            (evil, 30_000, date(2026, 2, 1), {"paid_from": "campus_grant"}),
        ):
            build.add(Payment(engagement_id=works[person], candidate_id=person, amount=amount, paid_on=on, **fields))
        yield made


def test_the_csv(store: Store, tmp_path: Path) -> None:
    out = tmp_path / book_name(*YEAR, "csv")
    assert out.name == "Payments 2026.csv"
    assert keep_book(store, out, *YEAR).payments == 3
    with out.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["Date"], row["Payee"], row["Amount"], row["Year to date"]) for row in rows] == [
        ("2026-01-01", "Ada Lovelace", "1900.50", "1900.50"),
        ("2026-02-01", "'=1+1 & Sons", "300.00", "0.00"),
        ("2026-03-01", "Ada Lovelace", "100.00", "2000.50"),
    ]
    first = rows[0]
    assert (first["Project number"], first["Project"], first["Currency"]) == ("P-001", "'=HYPERLINK(1)", "USD")
    assert (first["Method"], first["Reference"], first["Paid from"]) == ("Bank transfer", "'+T1", "Employer")
    assert (first["W-2 or contractor"], first["W-9 received on"]) == ("Contractor", "2026-02-01")
    assert (rows[1]["Paid from"], rows[1]["W-2 or contractor"]) == ("Campus grant", "")


def test_the_workbook_has_a_sheet_of_payees_by_year(store: Store, tmp_path: Path) -> None:
    out = tmp_path / "book.xlsx"
    keep_book(store, out, date(2025, 7, 1), date(2026, 6, 30))
    book = openpyxl.load_workbook(out)
    assert book.sheetnames == ["Payments", "Payees by year"]
    cells = list(book["Payments"].iter_rows(values_only=True))
    assert len(cells) == 5
    assert cells[2][0] == datetime(2026, 1, 1)  # noqa: DTZ001
    assert (cells[2][4], cells[2][10]) == (1900.5, 1900.5)
    years = list(book["Payees by year"].iter_rows(values_only=True))
    ada = [row for row in years if row[1] == "Ada Lovelace"]
    assert [(row[0], row[6], row[7], row[8], row[9], row[10]) for row in ada] == [
        (2025, 150, 150, 0, 600, "no"),
        (2026, 2000.5, 2000.5, 0, 2000, "yes"),
    ]
    assert all(cell.data_type != "f" for sheet in book for row in sheet.iter_rows() for cell in row)


def test_that_it_left_is_on_record(store: Store, tmp_path: Path) -> None:
    out = tmp_path / "book.csv"
    keep_book(store, out, *YEAR)
    left = [values for _, values in listing(store, "disclosures", all_columns=True).rows]
    assert [(one["what"], one["to_whom"], one["file_name"]) for one in left] == [
        ("3 payments for the bookkeeper, 1 Jan 2026 to 31 Dec 2026", "Bookkeeper", "book.csv")
    ]
    with pytest.raises(UserError, match="is there already"):
        keep_book(store, out, *YEAR)
    assert len(listing(store, "disclosures").rows) == 1


def test_a_year_without_data_writes_nothing(store: Store, tmp_path: Path) -> None:
    out = tmp_path / "book.xlsx"
    with pytest.raises(UserError, match="No payment went"):
        keep_book(store, out, date(2020, 1, 1), date(2020, 12, 31))
    for first, last, field in ((None, YEAR[1], "first"), (YEAR[0], None, "last"), (YEAR[1], YEAR[0], "last")):
        with pytest.raises(FieldErrors) as caught:
            keep_book(store, out, first, last)
        assert set(caught.value.fields) == {field}
    with pytest.raises(UserError, match=r"\.csv or \.xlsx"):
        keep_book(store, tmp_path / "book.ods", *YEAR)
    assert not out.exists()


def test_libreoffice_reads_the_same_sums(store: Store, tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not here")
    out = tmp_path / "book.xlsx"
    keep_book(store, out, *YEAR)
    home = f"-env:UserInstallation={(tmp_path / 'home').as_uri()}"
    command = [office, home, "--headless", "--convert-to", "csv", "--outdir", str(tmp_path / "read"), str(out)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    with (tmp_path / "read" / "book.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [float(row["Amount"].replace(",", "")) for row in rows] == [1900.5, 300, 100]
    assert rows[1]["Payee"] == "'=1+1 & Sons"
