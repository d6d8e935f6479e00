"""XLSX, ODS and XLS: the values that the person sees, formulas as their results."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from core.errors import UserError
from core.exchange.grid import MOST_CELLS, MOST_COLUMNS, MOST_ROWS, Grid, too_many_columns, too_many_rows
from core.exchange.workbook_check import check_packed

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MOST_FILLED = 1_000_000


def is_workbook(data: bytes) -> bool:
    return data.startswith((ZIP, OLE))


def read_workbook(data: bytes, name: str, sheet: str | None) -> Iterator[Grid]:
    """The named sheet, or one after the other each visible one that holds anything. Raises UserError."""
    if data.startswith(OLE) and "EncryptedPackage".encode("utf-16-le") in data:
        raise UserError(f"{name} is protected with a password. Save it without one and try again.")
    no_result = check_packed(data, name) if data.startswith(ZIP) else False
    import python_calamine

    damaged = UserError(f"{name} is damaged or no workbook. Open it in a spreadsheet, save it again as XLSX.")
    try:
        with python_calamine.load_workbook(io.BytesIO(data)) as book:
            for grid in _read(book, name, sheet):
                if no_result:
                    grid.notes.append(
                        "Some formulas have no saved result and are read as empty. "
                        "Open the file in a spreadsheet, save it, and choose it again."
                    )
                yield grid
    except python_calamine.PasswordError:
        raise UserError(f"{name} is protected with a password. Save it without one and try again.") from None
    except (python_calamine.CalamineError, OSError, ValueError, OverflowError) as fault:
        raise damaged from fault
    except BaseException as fault:
        # The reader is written in Rust; what it did not foresee arrives as a panic, outside of Exception.
        if type(fault).__name__ != "PanicException":
            raise
        raise damaged from fault


def _read(book: CalamineWorkbook, name: str, wanted: str | None) -> Iterator[Grid]:
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    metadata = [m for m in book.sheets_metadata if m.typ == SheetTypeEnum.WorkSheet]
    names = tuple(m.name for m in metadata)
    if wanted is not None:
        match = [n for n in names if n == wanted] or [n for n in names if n.casefold() == wanted.strip().casefold()]
        if not match:
            raise UserError(f"{name} has no sheet “{wanted}”. It has: {', '.join(names)}.")
        yield _grid(book.get_sheet_by_name(match[0]), name, names)
        return
    shown = [m.name for m in metadata if m.visible == SheetVisibleEnum.Visible]
    filled = False
    for each in shown:
        grid = _grid(book.get_sheet_by_name(each), name, names)
        if any(any(cells) for _, cells in grid.rows):
            filled = True
            yield grid
    if not filled:
        hidden = [n for n in names if n not in shown]
        also = f" Hidden sheets were not looked at: {', '.join(hidden)}." if hidden else ""
        raise UserError(f"{name} is empty: no sheet holds anything.{also}")


def _grid(sheet: CalamineSheet, name: str, names: tuple[str, ...]) -> Grid:
    if sheet.total_width * sheet.total_height > MOST_CELLS:
        raise too_many_rows(name)
    values = sheet.to_python(skip_empty_area=False)
    rows = [(at, [show(value) for value in row]) for at, row in enumerate(values, 1)]
    while rows and not any(rows[-1][1]):
        rows.pop()
    width = max((_used(cells) for _, cells in rows), default=0)
    if width > MOST_COLUMNS:
        raise too_many_columns(name)
    if len(rows) > MOST_ROWS + 1:
        raise too_many_rows(name)
    grid = Grid([(at, cells[:width]) for at, cells in rows], f"sheet “{sheet.name}”", sheet.name, names)
    _fill_merged(grid, sheet.merged_cell_ranges or [])
    return grid


def _used(cells: list[str]) -> int:
    width = len(cells)
    while width and not cells[width - 1]:
        width -= 1
    return width


def _fill_merged(grid: Grid, ranges: list[tuple[tuple[int, int], tuple[int, int]]]) -> None:
    """A cell merged over several rows holds for each of them; one merged over columns is the first column's."""
    filled = 0
    for (top, left), (bottom, _) in ranges:
        if bottom <= top or top >= len(grid.rows) or left >= len(grid.rows[top][1]):
            continue
        value = grid.rows[top][1][left]
        grid.merged_down[top + 1] = max(grid.merged_down.get(top + 1, 0), bottom + 1)
        for _, cells in grid.rows[top + 1 : bottom + 1]:
            cells[left] = cells[left] or value
            filled += 1
        if filled > _MOST_FILLED:
            break


def show(value: object) -> str:
    """A cell as its person reads it: 5 and not 5.0, 13125551234 and not 1.3e10, days in ISO form."""
    if value is None or isinstance(value, str):
        return value or ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        # Fifteen digits are what a spreadsheet keeps and shows.
        plain = format(Decimal(f"{value:.15g}"), "f") if value == value and abs(value) != float("inf") else ""
        return plain.rstrip("0").rstrip(".") if "." in plain else plain
    if isinstance(value, datetime):
        return value.isoformat(" ", "seconds") if value.time() != time() else value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.isoformat("minutes")
    if isinstance(value, timedelta):
        minutes = int(value.total_seconds()) // 60
        return f"{minutes // 60}:{minutes % 60:02}"
    return str(value)
