"""Looks into a workbook before it is opened for reading.

The reader lays a sheet out as one rectangle: two cells in opposite corners would ask for more memory than there is
and take the program down with them. So its size is found out first, from the packed XML, without unpacking it all.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO

from core.errors import UserError
from core.exchange.grid import MOST_CELLS, MOST_COLUMNS, MOST_ROWS, too_many_columns, too_many_rows
from core.text import in_digits

_MOST_UNPACKED = 600_000_000
_CHUNK = 1 << 20
_OVERLAP = 200
_CELL = re.compile(rb"""<(?:\w+:)?c\b[^>]*?\br=["']([A-Za-z]{1,4})([0-9]{1,9})["']""")
_NO_RESULT = re.compile(rb"</(?:\w+:)?f>\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?\s*</(?:\w+:)?c>")
_ROW = re.compile(rb"""<table:table-row\b([^>]*)(?<!/)>(.*?)</table:table-row>""", re.DOTALL)
_ROWS_REPEATED = re.compile(rb"""number-rows-repeated=["'](\d+)["']""")
_COLUMNS_REPEATED = re.compile(rb"""<table:table-cell\b[^>]*number-columns-repeated=["'](\d+)["'][^>]*>""")


def check_packed(data: bytes, name: str) -> bool:
    """Raises UserError where it is no workbook, broken, or too large. True: some formulas have no result saved."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            parts = packed.infolist()
            names = {part.filename for part in parts}
            if sum(part.file_size for part in parts) > _MOST_UNPACKED:
                raise UserError(f"{name} is too large once unpacked. Cut it into smaller files.")
            if "xl/workbook.xml" in names or "xl/workbook.bin" in names:
                no_result = [_check_sheet(packed, part, name) for part in parts if _is_sheet(part.filename)]
                return any(no_result)
            if {"content.xml", "mimetype"} <= names and b"spreadsheet" in packed.read("mimetype"):
                _check_ods(packed.read("content.xml"), name)
                return False
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as fault:
        if "encrypted" in str(fault):
            raise UserError(f"{name} is protected with a password. Save it without one and try again.") from fault
        raise UserError(f"{name} is damaged and cannot be opened. Save or download it again.") from fault
    what = "a text document" if any(n.startswith(("word/", "Object")) for n in names) else "a packed folder"
    raise UserError(f"{name} is {what}, not a table. Choose a CSV, XLSX, ODS or XLS file.")


def _is_sheet(part: str) -> bool:
    return part.startswith("xl/worksheets/") and part.endswith(".xml")


def _check_sheet(packed: zipfile.ZipFile, part: zipfile.ZipInfo, name: str) -> bool:
    rows, widest, no_result = 0, b"", False
    with packed.open(part) as sheet:
        for chunk in _overlapping(sheet):
            no_result = no_result or _NO_RESULT.search(chunk) is not None
            for letters, number in _CELL.findall(chunk):
                rows = max(rows, int(number))
                if len(letters) > len(widest) or (len(letters) == len(widest) and letters > widest):
                    widest = letters
    columns = 0
    for letter in widest.upper():
        columns = columns * 26 + letter - 64
    if rows > 5 * MOST_ROWS:
        raise too_many_rows(name)
    if columns > 16 * MOST_COLUMNS or (columns > MOST_COLUMNS and rows * columns > MOST_CELLS):
        raise too_many_columns(name)
    if rows * columns > MOST_CELLS:
        raise UserError(
            f"{name}: a sheet reaches to row {in_digits(rows)} and column {widest.decode()}. That is too large; "
            "delete what stands far outside the table."
        )
    return no_result


def _overlapping(sheet: IO[bytes]) -> Iterator[bytes]:
    tail = b""
    while chunk := sheet.read(_CHUNK):
        yield tail + chunk
        tail = chunk[-_OVERLAP:]


def _check_ods(content: bytes, name: str) -> None:
    """A cell with a value may be written once and repeated a million times."""
    rows = cells = 0
    for row in _ROW.finditer(content):
        if b"office:value-type" not in row[2]:
            continue
        columns = row[2].count(b"<table:table-cell")
        for cell in _COLUMNS_REPEATED.finditer(row[2]):
            if b"office:value-type" in cell[0]:
                columns += int(cell[1])
        repeated = _ROWS_REPEATED.search(row[1])
        rows += int(repeated[1]) if repeated else 1
        cells += columns * (int(repeated[1]) if repeated else 1)
        if columns > MOST_COLUMNS:
            raise too_many_columns(name)
        if rows > MOST_ROWS + 1 or cells > MOST_CELLS:
            raise too_many_rows(name)
