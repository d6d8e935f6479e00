"""Tables and data into files: CSV, XLSX, JSON. Each is written whole or not at all (core.files)."""

from __future__ import annotations

import dataclasses
import io
import json
import math
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal, TypeAlias

from core.errors import UserError
from core.exchange.guard import guard
from core.files import replace_file

Cell: TypeAlias = str | int | float | Decimal | date | datetime | bool | None
Kind: TypeAlias = Literal["text", "number", "money", "percent", "date", "month"]
"""How a column looks in a workbook. Values keep their own type; percent is a fraction, month a day of that month."""

_CSV_QUOTED = frozenset(',;|\t"\r\n')
_FORMATS: Mapping[Kind, str] = {
    "text": "General",
    "number": "#,##0.##",
    "money": "#,##0.00",
    "percent": "0.0%",
    "date": "yyyy-mm-dd",
    "month": "yyyy-mm",
}
_MOST_SHEET_ROWS = 1_048_576
# A cell holds 32,767; one is left for the guard.
_MOST_CELL_TEXT = 32_766
_CUT = " … (cut: a spreadsheet cell holds no more)"
_MOST_SHEET_NAME = 31
_WIDEST = 60


@dataclasses.dataclass(frozen=True, slots=True)
class Sheet:
    """`kinds` names a column's look by its header; a column without one shows its values as they come."""

    name: str
    headers: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    kinds: Mapping[str, Kind] = dataclasses.field(default_factory=dict)


def plain(value: Cell) -> str:
    """A value as text for a CSV: ISO days, plain decimals, nothing for nothing; texts guarded, numbers not."""
    if value is None:
        return ""
    if isinstance(value, str):
        return guard(value.replace("\0", ""))
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return format(Decimal(repr(value)), "f") if math.isfinite(value) else ""
    if isinstance(value, Decimal):
        return format(value, "f") if value.is_finite() else ""
    return str(value)


def write_csv(
    out: Path,
    headers: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    *,
    overwrite: bool = True,
    delimiter: str = ",",
) -> None:
    """UTF-8 with BOM, CRLF, quotes as in RFC 4180, formula guard. Raises UserError, SystemFault."""
    with replace_file(out, overwrite=overwrite) as file:
        text = io.TextIOWrapper(file, encoding="utf-8-sig", errors="replace", newline="", write_through=False)
        text.write(_csv_line(headers, delimiter))
        for row in rows:
            text.write(_csv_line(row, delimiter))
        text.flush()
        text.detach()


def csv_bytes(headers: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """As `write_csv`, for a file that lies in another."""
    text = "".join((_csv_line(headers, ","), *(_csv_line(row, ",") for row in rows)))
    return text.encode("utf-8-sig", errors="replace")


def _csv_line(cells: Sequence[Cell], delimiter: str) -> str:
    texts = [plain(cell) for cell in cells]
    if len(texts) == 1 and not texts[0]:
        # A line with nothing on it would be no row.
        return '""\r\n'
    return delimiter.join(_quoted(text) for text in texts) + "\r\n"


def _quoted(text: str) -> str:
    # Any delimiter is quoted, not the comma alone, so that no reader takes a semicolon for the one meant.
    if _CSV_QUOTED.isdisjoint(text) and text == text.strip():
        return text
    return '"' + text.replace('"', '""') + '"'


def write_xlsx(out: Path, sheets: Sequence[Sheet], *, overwrite: bool = True) -> None:
    """A workbook with bold frozen headers, filters and typed columns. The same sheets give the same bytes.

    Nothing passes through a temporary folder. Raises UserError, SystemFault.
    """
    for sheet in sheets:
        if len(sheet.rows) >= _MOST_SHEET_ROWS:
            raise UserError(f"“{sheet.name}” has more rows than a spreadsheet holds. Save it as CSV.")
    packed = _workbook(sheets)
    with replace_file(out, overwrite=overwrite) as file:
        file.write(packed)


def _workbook(sheets: Sequence[Sheet]) -> bytes:
    import xlsxwriter  # type: ignore[import-untyped]

    # In memory: people's data is not left in a temporary folder. No text becomes a link, a number or a formula.
    options = {
        "in_memory": True,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "strings_to_formulas": False,
        "default_date_format": _FORMATS["date"],
    }
    packed = io.BytesIO()
    book = xlsxwriter.Workbook(packed, options)
    book.set_properties({"created": datetime(2000, 1, 1), "author": "", "comments": ""})  # noqa: DTZ001
    looks: dict[str, Any] = {kind: book.add_format({"num_format": form}) for kind, form in _FORMATS.items()}
    looks["text"] = book.add_format({"text_wrap": False, "valign": "top"})
    looks["header"] = book.add_format({"bold": True, "bottom": 1, "valign": "top", "bg_color": "#efede6"})
    looks["time"] = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    names: list[str] = []
    for sheet in sheets:
        names.append(_sheet_name(sheet.name, names))
        _sheet(book.add_worksheet(names[-1]), sheet, looks)
    book.close()
    return packed.getvalue()


def _sheet_name(name: str, taken: Sequence[str]) -> str:
    """A sheet's name has at most 31 signs, some are forbidden, and none stands twice."""
    allowed = "".join("-" if c in "[]:*?/\\" else c for c in sheet_text(name)).strip().strip("'") or "Sheet"
    allowed = "Sheet" if allowed.casefold() == "history" else allowed
    short, count = allowed[:_MOST_SHEET_NAME], 2
    while short.casefold() in {one.casefold() for one in taken}:
        tail = f" {count}"
        short, count = allowed[: _MOST_SHEET_NAME - len(tail)] + tail, count + 1
    return short


def _sheet(page: Any, sheet: Sheet, looks: Mapping[str, Any]) -> None:
    kinds = [sheet.kinds.get(header) for header in sheet.headers]
    widths = [len(header) + 3 for header in sheet.headers]
    for column, header in enumerate(sheet.headers):
        page.write_string(0, column, guard(sheet_text(header)), looks["header"])
    for at, row in enumerate(sheet.rows, 1):
        for column, value in enumerate(row):
            shown = _put(page, at, column, value, kinds[column], looks)
            if at <= 200 and column < len(widths):
                widths[column] = max(widths[column], shown)
    for column, width in enumerate(widths):
        page.set_column(column, column, min(width + 1, _WIDEST))
    page.freeze_panes(1, 0)
    if sheet.headers:
        page.autofilter(0, 0, max(len(sheet.rows), 1), len(sheet.headers) - 1)
    page.set_landscape()
    page.repeat_rows(0)
    page.fit_to_pages(1, 0)


def _put(page: Any, row: int, column: int, value: Cell, kind: Kind | None, looks: Mapping[str, Any]) -> int:
    """Writes one cell and returns about how many signs wide it shows."""
    if value is None or value == "":
        return 0
    if isinstance(value, bool):
        page.write_string(row, column, "yes" if value else "no")
        return 3
    if isinstance(value, str):
        text = guard(sheet_text(value))
        page.write_string(row, column, text, looks["text"])
        return max(map(len, text.split("\n")))
    if isinstance(value, datetime):
        if value.tzinfo is not None:
            value = value.replace(tzinfo=None)
        page.write_datetime(row, column, value, looks["time"])
        return 16
    if isinstance(value, date):
        if value.year < 1900:
            page.write_string(row, column, value.isoformat())
        else:
            look = looks["month"] if kind == "month" else looks["date"]
            page.write_datetime(row, column, datetime.combine(value, time()), look)
        return 10
    if not math.isfinite(value):
        return 0
    if isinstance(value, int) and abs(value) >= 10**15:
        # A spreadsheet keeps fifteen digits; a longer number is a name, not a quantity.
        page.write_string(row, column, str(value))
        return len(str(value))
    look = looks[kind] if kind in ("number", "money", "percent") and not _whole(value, kind) else None
    page.write_number(row, column, value, look)
    return len(str(value)) + 2


def _whole(value: float | Decimal, kind: Kind | None) -> bool:
    """Whole numbers take no format of their own: "#,##0.##" would show 5 as "5."."""
    return kind == "number" and value == int(value)


def sheet_text(text: str) -> str:
    """What XML and a spreadsheet cell can hold: no control signs, "\\n" for line ends, at most 32,766 UTF-16 units."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = "".join(
        c for c in text if c in "\t\n" or (c >= " " and not "\ud800" <= c <= "\udfff" and c not in "\ufffe\uffff")
    )
    if len(text) * 2 <= _MOST_CELL_TEXT or len(text.encode("utf-16-le")) // 2 <= _MOST_CELL_TEXT:
        return text
    room = (_MOST_CELL_TEXT - len(_CUT)) * 2
    return text.encode("utf-16-le")[:room].decode("utf-16-le", errors="ignore") + _CUT


def write_json(out: Path, data: object, *, overwrite: bool = True) -> None:
    """UTF-8, readable; days in ISO form, decimals as text, dataclasses as objects. Raises UserError, SystemFault."""
    with replace_file(out, overwrite=overwrite) as file:
        text = io.TextIOWrapper(file, encoding="utf-8", errors="replace", newline="\n")
        json.dump(data, text, ensure_ascii=False, indent=2, default=_json_value, allow_nan=False)
        text.write("\n")
        text.flush()
        text.detach()


def _json_value(value: object) -> object:
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value, "f")
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return dataclasses.asdict(value)
    if isinstance(value, set | frozenset):
        return sorted(value)
    raise TypeError(f"{type(value).__name__} has no form in JSON")
