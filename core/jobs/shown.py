"""Rows and histories as lines to read, or as JSON for programs."""

from __future__ import annotations

import json
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from core import money
from core.insight.records import BOOKKEEPING, Listing, Record, Value, is_money
from core.store import HistoryEntry
from core.text import in_digits, line

if TYPE_CHECKING:
    from core.jobs.intake import ImportPlan, PlanRow

_WIDEST = 48


def as_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2, default=_portable)


def _portable(value: object) -> object:
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, bytes):
        return f"{len(value)} bytes"
    raise TypeError(type(value).__name__)


def table(headers: Sequence[str], rows: Iterable[Sequence[str]], empty: str = "Nothing there.") -> str:
    """Columns under their headers; a long text is cut, an empty list says so."""
    cut = [[_cut(cell) for cell in row] for row in rows]
    if not cut:
        return empty
    widths = [max(_width(row[at]) for row in [headers, *cut]) for at in range(len(headers))]
    lines = [
        "  ".join(_padded(cell, wide) for cell, wide in zip(row, widths, strict=True)).rstrip()
        for row in [headers, *cut]
    ]
    return "\n".join(lines)


def _cut(text: str) -> str:
    text = line(text)
    return text if len(text) <= _WIDEST else text[: _WIDEST - 1] + "…"


def _width(text: str) -> int:
    """Columns on a terminal: wide letters take two, combining marks none."""
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _padded(text: str, width: int) -> str:
    return text + " " * (width - _width(text))


def words_for(column: str, value: Value, names: Mapping[str, str], currency: str = "USD") -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, bytes):
        return f"{in_digits(len(value))} bytes"
    if isinstance(value, datetime):
        return value.astimezone().strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list):
        return "; ".join(str(one) for one in value)
    if isinstance(value, int):
        return money.show(value, currency) if is_money(column) else str(value)
    return names.get(value, value) if column.endswith("_id") else value


def _header(column: str) -> str:
    return column.removesuffix("_id").replace("_", " ")


def listing_text(found: Listing, word: str) -> str:
    headers = ["id", *(_header(c) for c in found.columns)]
    rows = [
        [row_id[:8], *(words_for(c, row[c], found.names, str(row.get("currency") or "USD")) for c in found.columns)]
        for row_id, row in found.rows
    ]
    return table(headers, rows, f"No {word} there.")


def listing_json(found: Listing) -> str:
    return as_json([{"id": row_id, **row} for row_id, row in found.rows])


def record_text(found: Record) -> str:
    currency = str(found.fields.get("currency") or "USD")
    shown = [(c, words_for(c, v, found.names, currency)) for c, v in found.fields.items() if c not in BOOKKEEPING]
    wide = max(len(_header(c)) for c, _ in shown)
    lines = [f"{_header(c):<{wide}}  {words}".rstrip() for c, words in shown if words]
    for noun, rows in found.parts.items():
        lines += ["", f"{noun.replace('_', '-')} ({len(rows)})"]
        lines += ["  " + _part(row, found) for row in rows]
    return "\n".join(lines)


def _part(row: Mapping[str, Any], found: Record) -> str:
    currency = str(row.get("currency") or "USD")
    words = [
        f"{_header(c)}: {said}"
        for c, v in row.items()
        if c not in (*BOOKKEEPING, "id")
        and v != found.row_id
        and (said := _cut(words_for(c, v, found.names, currency)))
    ]
    return f"{row['id'][:8]}  " + ", ".join(words)


def record_json(found: Record) -> str:
    parts = {noun.replace("_", "-"): rows for noun, rows in found.parts.items()}
    return as_json({**found.fields, "parts": parts})


def history_text(entries: Sequence[HistoryEntry], names: Mapping[str, str]) -> str:
    """Newest first: when, who, what; below it the fields from old to new."""
    lines = []
    for entry in entries:
        undone = {"undo": "Undid: ", "redo": "Did again: "}.get(entry.kind, "")
        who = f"  {entry.colleague}" if entry.colleague else ""
        lines.append(f"{entry.at.astimezone():%Y-%m-%d %H:%M}{who}  {undone}{entry.words}")
        if entry.reason:
            lines.append(f"    because: {line(entry.reason)}")
        for field in entry.fields:
            old, new = (_told(side, names) for side in (field.old, field.new))
            noun = field.noun.replace("_", "-")
            lines.append(f"    {noun} {field.row_id[:8]}  {_header(field.column)}: {old or '-'} → {new or '-'}")
    return "\n".join(lines) or "Nothing was changed yet."


def _told(value: Any, names: Mapping[str, str]) -> str:
    if isinstance(value, list):
        value = "; ".join(str(one) for one in value)
    if isinstance(value, dict):
        value = "a picture"
    return "" if value is None else _cut(names.get(str(value), str(value)))


def history_json(entries: Sequence[HistoryEntry]) -> str:
    return as_json(
        [
            {
                "id": entry.change_id,
                "at": entry.at,
                "colleague": entry.colleague,
                "kind": entry.kind,
                "words": entry.words,
                "reason": entry.reason,
                "refs": list(entry.refs),
                "fields": [
                    {"noun": f.noun, "id": f.row_id, "column": f.column, "old": f.old, "new": f.new}
                    for f in entry.fields
                ],
            }
            for entry in entries
        ]
    )


def plan_text(plan: ImportPlan, rows: Sequence[PlanRow], *, done: bool) -> str:
    """What an import did or would do, the rows left out each with its line and its reasons."""
    from core.jobs.intake import summary_of

    lines = [f"Read as {plan.words}." if plan.words else "", *plan.notes]
    lines.append(f"{plan.noun.capitalize()}: {summary_of(rows)}.")
    for row in rows:
        lines += [f"  line {row.line}: {' '.join(row.problems)}"] if row.outcome == "wrong" else []
    told: dict[str, list[int]] = defaultdict(list)
    for row in rows:
        for note in row.notes:
            told[note].append(row.line)
    for note, places in told.items():
        more = f" and {len(places) - 1} more" if len(places) > 1 else ""
        lines.append(f"  line {places[0]}{more}: {note}")
    if not done:
        lines.append("Nothing was changed: this was a dry run.")
    return "\n".join(one for one in lines if one)


def plan_json(plan: ImportPlan, rows: Sequence[PlanRow], *, done: bool) -> str:
    return as_json(
        {
            "done": done,
            "noun": plan.noun,
            "read_as": plan.words,
            "notes": plan.notes,
            "mapping": plan.mapping,
            "new": sum(row.outcome == "new" for row in rows),
            "changed": sum(row.outcome == "changed" for row in rows),
            "same": sum(row.outcome == "same" for row in rows),
            "joined": sum(row.outcome == "joined" for row in rows),
            "wrong": sum(row.outcome == "wrong" for row in rows),
            "rows": [
                {"line": row.line, "outcome": row.outcome, "problems": row.problems, "notes": row.notes} for row in rows
            ],
        }
    )
