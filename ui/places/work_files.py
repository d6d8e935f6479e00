"""A kept file on a page: look at it, save it out, take it off."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from core.errors import SystemFault, UserError
from core.insight.at_work import FileRow
from core.jobs.files import save_file
from core.work import documents
from ui.context import Context
from ui.places.actions import attempt
from ui.widgets.preview_parts import Picture, image_of
from ui.widgets.text import Elided, IconButton, button, label


def file_line(context: Context, file: FileRow, size: str) -> QWidget:
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(16, 0, 0, 0)
    row.setSpacing(4)
    row.addWidget(Elided(file.name), 1)
    row.addWidget(label(size, "note"))
    if file.media_type:
        row.addWidget(button("Look", "link-small", lambda: look(context, file), name=f"Look at {file.name}"))
    row.addWidget(
        button("Save as…", "link-small", lambda: ask_save(context, file.id, file.name), name=f"Save {file.name} as…")
    )

    def remove() -> None:
        store, today = context.store, context.today()
        attempt(context, lambda: documents.remove_file(store, file.id, today=today), "Taken off.")

    row.addWidget(IconButton("x", f"Take {file.name} off", remove))
    return made


def ask_save(context: Context, document_id: str, name: str) -> None:
    """It leaves by this act alone, and that is recorded."""
    chosen, _ = QFileDialog.getSaveFileName(None, "Save the file", str(Path.home() / name))
    if chosen:
        save_to(context, document_id, Path(chosen))


def save_to(context: Context, document_id: str, out: Path) -> None:
    attempt(context, lambda: save_file(context.store, document_id, out, overwrite=True), f"Saved as {out.name}.")


def look(context: Context, file: FileRow) -> None:
    """Inside the program, without a file beside the store."""
    store = context.store
    if file.media_type == "application/pdf":
        context.preview(
            "Delivered file",
            lambda: documents.document_bytes(store, file.id),
            lambda path: save_file(store, file.id, path, overwrite=True),
        )
        return
    show_picture(context, file.id, "Delivered picture")


def show_picture(context: Context, document_id: str, name: str) -> None:
    try:
        image = image_of(documents.document_bytes(context.store, document_id))
    except (UserError, SystemFault) as error:
        context.say(str(error))
        return
    if image is None:
        context.say("This picture cannot be shown here. Save it and look at it with another program.")
        return
    context.open_sheet(Picture(image, name))
