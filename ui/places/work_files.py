"""A kept file on a page: look at it, save it out, take it off."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QImage, QPixmap, QResizeEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from core.errors import SystemFault, UserError
from core.insight.at_work import FileRow
from core.jobs.files import save_file
from core.work import documents
from ui.context import Context
from ui.places.actions import attempt
from ui.widgets.text import Elided, IconButton, button, label

LARGEST = 12_000
"""Pixels of a side: a picture beyond is a slip or a trap, and is only saved out."""


def file_line(context: Context, file: FileRow, size: str) -> QWidget:
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(16, 0, 0, 0)
    row.setSpacing(4)
    row.addWidget(Elided(file.name), 1)
    row.addWidget(label(size, "note"))
    if file.media_type:
        row.addWidget(button("Look", "link-small", lambda: look(context, file), name=f"Look at {file.name}"))
    row.addWidget(button("Save as…", "link-small", lambda: ask_save(context, file), name=f"Save {file.name} as…"))

    def remove() -> None:
        store, today = context.store, context.today()
        attempt(context, lambda: documents.remove_file(store, file.id, today=today), "Taken off.")

    row.addWidget(IconButton("x", f"Take {file.name} off", remove))
    return made


def ask_save(context: Context, file: FileRow) -> None:
    """It leaves by this act alone, and that is recorded."""
    chosen, _ = QFileDialog.getSaveFileName(None, "Save the file", str(Path.home() / file.name))
    if chosen:
        save_to(context, file, Path(chosen))


def save_to(context: Context, file: FileRow, out: Path) -> None:
    attempt(context, lambda: save_file(context.store, file.id, out, overwrite=True), f"Saved as {out.name}.")


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
    try:
        image = QImage.fromData(QByteArray(documents.document_bytes(store, file.id)))
    except (UserError, SystemFault) as error:
        context.say(str(error))
        return
    if image.isNull() or max(image.width(), image.height()) > LARGEST:
        context.say("This picture cannot be shown here. Save it and look at it with another program.")
        return
    context.open_sheet(Picture(image))


class Picture(QWidget):
    """A picture as large as there is room, never larger than it is."""

    width_wanted = 900

    def __init__(self, image: QImage) -> None:
        super().__init__()
        self.setAccessibleName("Delivered picture")
        self._whole = QPixmap.fromImage(image)
        self._shown = QLabel()
        self._shown.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._shown.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self._shown.setAccessibleName(f"Picture, {image.width()} by {image.height()} pixels")
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._shown)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = self.size().boundedTo(self._whole.size())
        keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        self._shown.setPixmap(self._whole.scaled(room, keep, smooth))
