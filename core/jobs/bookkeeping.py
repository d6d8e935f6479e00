"""The bookkeeper's file: a period's payments, written and put on record as having left."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from core.errors import FieldErrors, UserError
from core.exchange.bookkeeping import BookRow, YearRow, write_book
from core.files import check_name, safe_name
from core.insight.payees import Papers, PayeeYear, payee_years
from core.insight.payments import PaymentFilter, PaymentLine, payment_ids, payment_lines
from core.jobs.leaving import all_or_nothing, check_folder
from core.store import Ref, Store
from core.text import plural, short_day

ENDINGS = {"xlsx": "Workbook (.xlsx), with a sheet of payees by year", "csv": "Table (.csv), payments only"}


@dataclass(frozen=True, slots=True)
class Book:
    file: Path
    payments: int


def book_name(first: date, last: date, kind: str) -> str:
    """ "Payments 2026.xlsx" for a whole year, else with both days."""
    whole = (first.month, first.day, last.month, last.day) == (1, 1, 12, 31) and first.year == last.year
    period = str(first.year) if whole else f"{first.isoformat()} to {last.isoformat()}"
    return safe_name(f"Payments {period}.{kind}")


def check_period(store: Store, first: date | None, last: date | None) -> tuple[date, date]:
    """FieldErrors where it is none, UserError where no payment went in it."""
    if first is None or last is None:
        raise FieldErrors({"first" if first is None else "last": "Give this day of the period."})
    if last < first:
        raise FieldErrors({"last": f"The period begins on {short_day(first)}; it ends that day or later."})
    if not any(first <= line.paid_on <= last for line in payment_lines(store, payment_ids(store)).values()):
        raise UserError(f"No payment went from {short_day(first)} to {short_day(last)}, so there is no file to write.")
    return first, last


def keep_book(store: Store, out: Path, first: date | None, last: date | None, *, overwrite: bool = False) -> Book:
    """Writes the payments from `first` to `last`, both in it. UserError where none went; then nothing is written."""
    first, last = check_period(store, first, last)
    if out.suffix.lower().removeprefix(".") not in ENDINGS:
        raise UserError(f"{out.name} should end in .csv or .xlsx.")
    check_name(out)
    check_folder(out.parent)
    if out.exists() and not overwrite:
        raise UserError(f"{out} is there already. Choose another folder, or take the older file away first.")
    lines = payment_lines(store, payment_ids(store, PaymentFilter(), down=False))
    within = [line for line in lines.values() if first <= line.paid_on <= last]
    within.sort(key=lambda line: (line.paid_on, line.candidate, line.id))
    paid = dict.fromkeys(line.candidate_id for line in within)
    years = [
        one
        for year in sorted({line.paid_on.year for line in within})
        for one in payee_years(store, year)
        if one.candidate_id in paid
    ]
    papers = {one.candidate_id: one.papers for one in years}
    to_date = _to_date(list(lines.values()))
    rows = [_row(line, papers[line.candidate_id], to_date[line.id]) for line in within]
    refs: list[Ref] = [("candidates", row_id) for row_id in paid]

    def record() -> None:
        what = f"{plural(len(rows), 'payment')} for the bookkeeper, {short_day(first)} to {short_day(last)}"
        digest = hashlib.sha256(out.read_bytes()).hexdigest()
        store.disclose("export", what, "Bookkeeper", out.name, digest, refs)

    by_year = [_year(one) for one in sorted(years, key=lambda one: (one.year, one.name, one.currency))]
    all_or_nothing([out], lambda: write_book(out, rows, by_year, overwrite=overwrite), record)
    return Book(out, len(rows))


def _to_date(lines: list[PaymentLine]) -> dict[str, int]:
    """By payment: the employer's own payments to the payee in that year up to and with it, in its currency."""
    sums: dict[tuple[str, int, str], int] = defaultdict(int)
    found = {}
    for line in sorted(lines, key=lambda line: (line.paid_on, line.candidate, line.id)):
        key = (line.candidate_id, line.paid_on.year, line.currency)
        sums[key] += line.amount if line.paid_from == "employer" else 0
        found[line.id] = sums[key]
    return found


def _row(line: PaymentLine, papers: Papers, to_date: int) -> BookRow:
    return BookRow(
        line.paid_on,
        line.candidate,
        line.number,
        line.project,
        line.amount,
        line.currency,
        line.method_words,
        line.reference,
        line.paid_from_words,
        papers.worker_words,
        to_date,
        dict(papers.received).get("W-9"),
    )


def _year(one: PayeeYear) -> YearRow:
    days = dict(one.papers.received)
    return YearRow(
        one.year,
        one.name,
        one.papers.worker_words,
        one.papers.why,
        one.currency,
        one.payments,
        one.total,
        one.counts,
        one.total - one.counts,
        one.threshold,
        one.over,
        days.get("W-9"),
        days.get("I-9"),
        days.get("W-4"),
    )
