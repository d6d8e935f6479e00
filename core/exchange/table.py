"""A table from any file that a spreadsheet, a school or another program wrote: one header, rows of text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from core.errors import SystemFault, UserError
from core.exchange.delimited import lines, read_cells, read_delimited
from core.exchange.grid import MOST_BYTES, MOST_ROWS, Grid, too_many_rows
from core.exchange.guard import unguard
from core.exchange.spreadsheet import is_workbook, read_workbook
from core.text import is_email, line

_KNOWN_OTHERS = (
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"%PDF", "a PDF"),
    (b"\x1f\x8b", "a packed file"),
    (b"7z\xbc\xaf", "a packed file"),
    (b"Rar!", "a packed file"),
    (b"SQLite format 3", "a database"),
    (b"{\\rtf", "a text document"),
)
_TITLE_ROWS = 10
_LONGEST_HEADER = 200


@dataclass(frozen=True, slots=True)
class Row:
    """`line` is the number that an editor or a spreadsheet shows. `extra`: filled cells beyond the last header."""

    line: int
    cells: list[str]
    extra: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """Each row has as many cells as there are headers; each header stands once. Cells are as written, not trimmed.

    `words` says how the file was read; `notes` what the person should be told about it.
    """

    headers: list[str]
    rows: list[Row]
    words: str = ""
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    notes: list[str] = field(default_factory=list)
    delimiter: str = ""


@dataclass(frozen=True, slots=True)
class Pasted:
    """Cells or lines that were copied elsewhere."""

    text: str
    name: str = "What was pasted"

    @property
    def is_list(self) -> bool:
        """One text a line, as a list of things to do is written."""
        return "\t" not in self.text


def read_pasted(pasted: Pasted) -> Table:
    """Cells without a header get the letters of a spreadsheet's columns for one. Raises UserError."""
    return _table(read_cells(pasted.text, pasted.name), pasted.name, headless=True)


def read_table(path: Path, sheet: str | None = None, usable: Callable[[Table], bool] | None = None) -> Table:
    """A .csv, .txt, .tsv, .xlsx, .ods or .xls file, told apart by what is in it. Raises UserError, SystemFault.

    Of several sheets the named one, else the first that holds a table and is `usable`, else the first that holds one.
    """
    data = read_bytes(path)
    if is_workbook(data):
        grids = read_workbook(data, path.name, sheet)
        return _table(next(iter(grids)), path.name) if sheet is not None else _chosen(grids, path.name, usable)
    if sheet is not None:
        raise UserError(f"{path.name} is a text file and has no sheets.")
    return _table(read_delimited(data, path.name), path.name)


def _chosen(grids: Iterable[Grid], name: str, usable: Callable[[Table], bool] | None) -> Table:
    """Every sheet is looked at: where two could be meant, the person must hear of the other."""
    tables: list[Table] = []
    no_table: list[tuple[str, UserError]] = []
    for grid in grids:
        try:
            tables.append(_table(grid, name))
        except UserError as error:
            no_table.append((grid.sheet, error))
    if not tables:
        sheet, first = no_table[0]
        if len(no_table) == 1:
            raise first
        others = ", ".join(other for other, _ in no_table[1:])
        raise UserError(f"{first} That is the sheet “{sheet}”; the others hold no table either: {others}.")
    fitting = [table for table in tables if usable is not None and usable(table)]
    chosen = (fitting or tables)[0]
    unlike = [sheet for sheet in chosen.sheets if sheet != chosen.sheet]
    also = [table.sheet for table in fitting[1:]]
    if also:
        many = "looks like such a table too" if len(also) == 1 else "look like such tables too"
        chosen.notes.append(
            f"Read from the sheet “{chosen.sheet}”. {', '.join(f'“{one}”' for one in also)} {many}: "
            "choose the other sheet where it is meant."
        )
    elif unlike:
        chosen.notes.append(f"Read from the sheet “{chosen.sheet}”. There are others: {', '.join(unlike)}.")
    return chosen


def read_lines(source: Path | Pasted, header: str) -> Table:
    """A plain text without a header: each line that is not blank is a row of one cell."""
    data = source.text if isinstance(source, Pasted) else read_bytes(source)
    grid = lines(data, source.name)
    rows = [Row(at, cells) for at, cells in grid.rows if cells[0].strip()]
    if not rows:
        raise UserError(f"{source.name} is empty.")
    return Table([header], rows, grid.words)


def read_bytes(path: Path) -> bytes:
    """All of a file from outside; UserError, SystemFault where it is none that can be a table."""
    try:
        if path.is_dir():
            raise UserError(f"{path} is a folder. Choose a file in it.")
        if path.stat().st_size > MOST_BYTES:
            raise UserError(
                f"{path.name} is larger than {MOST_BYTES // 1_000_000} MB. Cut it into smaller files, or leave out "
                "what is not needed."
            )
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except FileNotFoundError:
        raise UserError(f"There is no file {path}.") from None
    except PermissionError as fault:
        raise SystemFault(f"{path} may not be read: it is protected, or open in another program.") from fault
    except OSError as fault:
        raise SystemFault(f"{path} could not be read: {fault.strerror or 'the disk failed'}.") from fault
    if not data.strip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n"):
        raise UserError(f"{path.name} is empty.")
    for mark, what in _KNOWN_OTHERS:
        if data.startswith(mark):
            raise UserError(f"{path.name} is {what}, not a table. Choose a CSV, XLSX, ODS or XLS file.")
    return data


def _table(grid: Grid, name: str, *, headless: bool = False) -> Table:
    filled = [(at, cells) for at, cells in grid.rows if any(cell.strip() for cell in cells)]
    if not filled:
        raise UserError(f"{name} is empty.")
    notes = list(grid.notes)
    top = _header_at(filled)
    if top:
        notes.append(f"What stands above row {filled[top][0]} was taken as a title.")
    # A header of two rows, merged: the lower one names the columns.
    reaches = grid.merged_down.get(filled[top][0], 0)
    while top + 1 < len(filled) and filled[top + 1][0] <= min(reaches, filled[top][0] + 3):
        top += 1
    head_line, head = filled[top]
    body = filled[top + 1 :]
    if headless and any(is_email(cell.strip()) for cell in head):
        width = max(len(cells) for _, cells in filled[top:])
        head, body = [f"Column {_letters(at)}" for at in range(width)], filled[top:]
    elif any(is_email(cell.strip()) for cell in head):
        raise UserError(
            f"{name}: row {head_line} holds a person's data where the names of the columns belong. "
            "Put a first row above it, such as: First name, Last name, E-mail."
        )
    if not body:
        raise UserError(f"{name} has a header but no rows below it (0 rows).")
    if len(body) > MOST_ROWS:
        raise too_many_rows(name)
    keep, headers = _headers(head, body)
    rows = [_row(at, cells, keep, len(head)) for at, cells in body]
    return Table(headers, rows, grid.words, grid.sheet, grid.sheets, notes, grid.delimiter)


def _header_at(filled: list[tuple[int, list[str]]]) -> int:
    """The first row, unless it is a title: one cell alone, above a row of labels."""
    if _count(filled[0][1]) > 1:
        return 0
    width = max(_count(cells) for _, cells in filled[:100])
    for at, (_, cells) in enumerate(filled[:_TITLE_ROWS]):
        if _count(cells) >= max(2, (width + 1) // 2):
            return at if all(_is_label(cell) for cell in cells if cell.strip()) else 0
    return 0


def _count(cells: list[str]) -> int:
    return sum(1 for cell in cells if cell.strip())


def _is_label(cell: str) -> bool:
    return len(cell) <= 80 and "@" not in cell and not re.fullmatch(r"[\s\d.,:/%$€£+-]*", cell)


def _headers(head: list[str], body: list[tuple[int, list[str]]]) -> tuple[list[int], list[str]]:
    """Which columns are kept, and their names: none without a name and without data, no name twice."""
    used: set[int] = set()
    for _, cells in body:
        if len(used) == len(head):
            break
        used.update(at for at, cell in enumerate(cells[: len(head)]) if cell)
    keep: list[int] = []
    headers: list[str] = []
    taken: set[str] = set()
    for at, cell in enumerate(head):
        name = _header_name(cell)
        if not name:
            if at not in used:
                continue
            name = f"Column {_letters(at)}"
        unique, count = name, 2
        while unique in taken:
            unique, count = f"{name} ({count})", count + 1
        taken.add(unique)
        keep.append(at)
        headers.append(unique)
    return keep, headers


def _header_name(cell: str) -> str:
    return unicodedata.normalize("NFC", line(unguard(cell)))[:_LONGEST_HEADER]


def _letters(at: int) -> str:
    """0 is A, 26 is AA: as a spreadsheet names its columns."""
    letters = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _row(at: int, cells: list[str], keep: list[int], width: int) -> Row:
    own = [unguard(cells[column]) if column < len(cells) else "" for column in keep]
    return Row(at, own, tuple(cell for cell in cells[width:] if cell.strip()))
