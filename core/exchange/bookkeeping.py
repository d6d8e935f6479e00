"""A period's payments for whoever keeps the books: one table, and in a workbook what each payee got in each year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple, dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from core.exchange.write import Cell, Kind, Sheet, write_csv, write_xlsx

PAYMENT_HEADERS = (
    "Date", "Payee", "Project number", "Project", "Amount", "Currency", "Method", "Reference", "Paid from",
    "W-2 or contractor", "Year to date", "W-9 received on",
)  # fmt: skip
YEAR_HEADERS = (
    "Year", "Payee", "W-2 or contractor", "Why", "Currency", "Payments", "Total", "From the employer",
    "From campus grants", "Threshold", "At or over it", "W-9 received on", "I-9 received on", "W-4 received on",
)  # fmt: skip
KINDS: dict[str, Kind] = {
    "Date": "date",
    "Amount": "money",
    "Year to date": "money",
    "Total": "money",
    "From the employer": "money",
    "From campus grants": "money",
    "Threshold": "money",
    "W-9 received on": "date",
    "I-9 received on": "date",
    "W-4 received on": "date",
}


@dataclass(frozen=True, slots=True)
class BookRow:
    """A payment. Amounts in cents; `to_date`: the employer's own payments to this payee in the calendar year, up to
    and with this one.
    """

    day: date
    payee: str
    number: str
    project: str
    amount: int
    currency: str
    method: str
    reference: str
    paid_from: str
    worker: str
    to_date: int
    w9_on: date | None


@dataclass(frozen=True, slots=True)
class YearRow:
    """A payee's whole calendar year, also where the period is shorter. Amounts in cents."""

    year: int
    payee: str
    worker: str
    why: str
    currency: str
    payments: int
    total: int
    employer: int
    grants: int
    threshold: int | None
    reached: bool
    w9_on: date | None
    i9_on: date | None
    w4_on: date | None


def write_book(out: Path, rows: Sequence[BookRow], years: Sequence[YearRow], *, overwrite: bool = False) -> None:
    """`out` ends in .csv (the payments alone) or .xlsx (payments, and a sheet of payees by year)."""
    payments = [_cells(row, ("amount", "to_date")) for row in rows]
    if out.suffix.lower() == ".csv":
        write_csv(out, PAYMENT_HEADERS, payments, overwrite=overwrite)
        return
    payees = [_cells(row, ("total", "employer", "grants", "threshold")) for row in years]
    sheets = [Sheet("Payments", PAYMENT_HEADERS, payments, KINDS), Sheet("Payees by year", YEAR_HEADERS, payees, KINDS)]
    write_xlsx(out, sheets, overwrite=overwrite)


def _cells(row: BookRow | YearRow, cents: Sequence[str]) -> list[Cell]:
    names = type(row).__dataclass_fields__
    return [_amount(value) if name in cents else value for name, value in zip(names, astuple(row), strict=True)]


def _amount(cents: int | None) -> Decimal | None:
    return None if cents is None else (Decimal(cents) / 100).quantize(Decimal("0.01"))
