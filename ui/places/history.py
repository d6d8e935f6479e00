"""A noun's history, field by field, as any place shows it."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from core.insight.merged import whole_history
from core.store import FieldChange, HistoryEntry
from ui.context import Context
from ui.widgets.panel import Line, Scroll
from ui.widgets.text import label

_KINDS = {"undo": "Undone: ", "redo": "Redone: "}
_MOST_FIELDS = 12
# Columns that only hold rows together tell a person nothing.
_HIDDEN = frozenset({"position", "number", "row_version"})


def history_page(context: Context, noun: str, row_id: str) -> QWidget:
    scroll = Scroll(gap=8)
    entries = whole_history(context.store, noun, row_id, 60, today=context.today())
    for place, entry in enumerate(entries):
        if place:
            scroll.body.addWidget(Line())
        scroll.body.addWidget(label(_KINDS.get(entry.kind, "") + entry.words, "subject", wrap=True))
        when = f"{entry.at.astimezone():%d %b %Y, %H:%M}"
        scroll.body.addWidget(label(" · ".join(part for part in (when, entry.colleague) if part), "note"))
        if entry.reason:
            scroll.body.addWidget(label(f"Because: {entry.reason}", "muted", wrap=True))
        lines = fields(entry)
        if lines:
            scroll.body.addWidget(label("\n".join(lines), "muted", wrap=True, select=True))
    if not entries:
        scroll.body.addWidget(label("Nothing was changed since it came into the store.", "muted", wrap=True))
    scroll.body.addStretch(1)
    return scroll


def fields(entry: HistoryEntry) -> list[str]:
    """ "Phone: 312 555 01 → 312 555 02", the first dozen."""
    lines = [line for change in entry.fields if (line := _line(change))]
    if len(lines) > _MOST_FIELDS:
        return [*lines[:_MOST_FIELDS], f"and {len(lines) - _MOST_FIELDS} more"]
    return lines


def _line(change: FieldChange) -> str:
    if change.column in _HIDDEN or change.column.endswith("_id"):
        return ""
    old, new = _shown(change.old), _shown(change.new)
    if old == new:
        return ""
    name = change.column.replace("_", " ").capitalize()
    if not old:
        return f"{name}: {new}"
    return f"{name}: {old} → {new or 'nothing'}"


def _shown(value: Any) -> str:
    if value is None or value in ("", [], {}):
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        return "a file"
    if isinstance(value, list):
        return ", ".join(str(part) for part in value)
    words = str(value)
    return words if len(words) <= 120 else words[:117] + "…"
