"""CSV and its relatives: text with commas, semicolons, tabs or bars between the cells."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator

from core.errors import UserError
from core.exchange.encoding import decode
from core.exchange.grid import MOST_BYTES, MOST_COLUMNS, MOST_ROWS, Grid, too_many_columns, too_many_rows
from core.text import in_digits

DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
_SEPARATOR_LINE = re.compile(r"sep=(.)(\r\n|\r|\n|$)")
_SAMPLE = 100_000


def read_delimited(data: bytes, name: str) -> Grid:
    text, encoding = decode(data, name)
    text = text.replace("\0", "").rstrip("\x1a").removeprefix("\ufeff")
    if re.match(r"\s*<(!doctype html|html|table|\?xml)", text[:200], re.IGNORECASE):
        raise UserError(f"{name} is a web page, not a table. Open it in a spreadsheet and save it as XLSX or CSV.")
    skipped = 0
    told = _SEPARATOR_LINE.match(text)
    if told:
        delimiter, text, skipped = told[1], text[told.end() :], 1
    else:
        delimiter = find_delimiter(text)
    words = f"{encoding}, {DELIMITERS.get(delimiter, f'“{delimiter}”')}"
    return Grid(_rows(text, delimiter, name, skipped), words, delimiter=delimiter)


def read_cells(text: str, name: str) -> Grid:
    """What was copied out of a spreadsheet, a web page or a text: tabs between the cells, or whatever a CSV has."""
    text = text.replace("\0", "").removeprefix("\ufeff")
    if len(text) > MOST_BYTES:
        raise too_many_rows(name)
    delimiter = "\t" if "\t" in text else find_delimiter(text)
    words = f"pasted, {DELIMITERS.get(delimiter, delimiter)}"
    return Grid(_rows(text, delimiter, name, 0), words, delimiter=delimiter)


def lines(data: bytes | str, name: str) -> Grid:
    """Plain lines, one cell each."""
    text, encoding = (data, "pasted") if isinstance(data, str) else decode(data, name)
    found = text.replace("\0", "").rstrip("\x1a").splitlines()
    if len(found) > MOST_ROWS:
        raise too_many_rows(name)
    return Grid([(at, [one]) for at, one in enumerate(found, 1)], f"{encoding}, one a line")


def find_delimiter(text: str) -> str:
    """The one that cuts most of the rows into the same number of cells, above one."""
    sample = text[:_SAMPLE]
    if len(text) > _SAMPLE:
        sample = sample[: max(sample.rfind("\n"), sample.rfind("\r"), 0) + 1] or sample
    best, best_score = ",", (0.0, False, 0)
    for delimiter in DELIMITERS:
        widths: list[int] = []
        try:
            for _, row in _records(sample, delimiter, strict=False):
                if any(row):
                    widths.append(len(row))
        except csv.Error:
            pass
        if not widths:
            continue
        usual, times = Counter(widths).most_common(1)[0]
        if usual < 2:
            # One line in prose can hold a comma; a header that is cut counts all the same.
            usual, times = (widths[0], 1) if widths[0] > 1 else (1, 0)
        score = (round(times / len(widths), 1), widths[0] == usual, usual)
        if times and score > best_score:
            best, best_score = delimiter, score
    return best


def _rows(text: str, delimiter: str, name: str, skipped: int) -> list[tuple[int, list[str]]]:
    try:
        return _checked(_records(text, delimiter, strict=True), name, skipped)
    except csv.Error as fault:
        if "unexpected end" in str(fault):
            raise UserError(
                f"{name}: a quotation mark that opens{_near(text, delimiter, skipped)} is never closed. "
                "Close it there and try again."
            ) from None
        _refuse_giant(fault, text, delimiter, name, skipped)
    # A quote mark inside an unquoted text is no reason to refuse the file.
    try:
        return _checked(_records(text, delimiter, strict=False), name, skipped)
    except csv.Error as fault:
        _refuse_giant(fault, text, delimiter, name, skipped)
        raise UserError(f"{name} cannot be read as a table: {fault}.") from None


def _checked(records: Iterator[tuple[int, list[str]]], name: str, skipped: int) -> list[tuple[int, list[str]]]:
    rows: list[tuple[int, list[str]]] = []
    for line, cells in records:
        if len(cells) > MOST_COLUMNS:
            raise too_many_columns(name)
        rows.append((line + skipped, cells))
        if len(rows) > MOST_ROWS + 1:
            raise too_many_rows(name)
    return rows


def _records(text: str, delimiter: str, *, strict: bool) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=strict)
    begins = 1
    for cells in reader:
        yield begins, cells
        begins = reader.line_num + 1


def _near(text: str, delimiter: str, skipped: int) -> str:
    """ "in line 12": where the record begins that swallowed the rest of the file."""
    last = 1
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for _ in reader:
            last = reader.line_num + 1
    except csv.Error:
        pass
    return f" in line {last + skipped}"


def _refuse_giant(fault: csv.Error, text: str, delimiter: str, name: str, skipped: int) -> None:
    if "field larger" in str(fault):
        raise UserError(
            f"{name}: the row that begins{_near(text, delimiter, skipped)} holds a text of more than "
            f"{in_digits(csv.field_size_limit())} characters. Probably a quotation mark there is not closed."
        ) from None
