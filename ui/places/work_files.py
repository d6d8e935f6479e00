"""A kept file on a page: look at it, save it out, take it off."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QWidget

from core.insight.at_work import FileRow
from core.work import documents
from ui.context import Context
from ui.places.actions import attempt
from ui.places.looking import ask_save, look_at
from ui.widgets.text import Elided, IconButton, button, label


def file_line(context: Context, file: FileRow, size: str) -> QWidget:
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(16, 0, 0, 0)
    row.setSpacing(4)
    row.addWidget(Elided(file.name), 1)
    row.addWidget(label(size, "note"))
    if file.media_type:
        row.addWidget(button("Look", "link-small", _looker(context, file), name=f"Look at {file.name}"))
    row.addWidget(
        button("Save as…", "link-small", lambda: ask_save(context, file.id, file.name), name=f"Save {file.name} as…")
    )

    def remove() -> None:
        store, today = context.store, context.today()
        attempt(context, lambda: documents.remove_file(store, file.id, today=today), "Taken off.")

    row.addWidget(IconButton("x", f"Take {file.name} off", remove))
    return made


def _looker(context: Context, file: FileRow) -> Callable[[], None]:
    shown = "pdf" if file.media_type == "application/pdf" else "picture"
    title = "Delivered file" if shown == "pdf" else "Delivered picture"
    return lambda: look_at(context, file.id, file.name, shown, title)
