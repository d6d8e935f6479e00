"""A kept file looked at inside the program, and saved out of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from core.errors import SystemFault, UserError
from core.insight.sealed import refuse_hidden
from core.jobs.files import save_file
from core.work.documents import document_bytes
from ui.context import Context
from ui.folders import documents as documents_folder
from ui.places.actions import attempt
from ui.widgets.preview_parts import Picture, Words, image_of

if TYPE_CHECKING:
    from core.jobs.words import Looked


def look_at(context: Context, document_id: str, name: str, shown: str, title: str) -> None:
    """`shown`: pdf, picture or words. No file is made beside the store.

    A PDF or a Word file from outside is first read apart: one that hangs or eats the memory there is not opened here.
    """
    if shown == "picture":
        _show_picture(context, document_id, title)
        return
    from core.jobs.words import looked_at

    context.tasks.run(
        lambda progress: looked_at(context.store, document_id, lambda: progress.step(0)),
        done=lambda seen: _show(context, document_id, name, shown, title, seen),
        words="Reading the file",
        cancellable=True,
        database=False,
    )


def _show(context: Context, document_id: str, name: str, shown: str, title: str, seen: Looked) -> None:
    store = context.store
    if seen.harm or (shown == "words" and seen.why and not seen.words):
        context.say(f"{name} is not shown here. {seen.why} It can be saved as a copy.")
    elif shown == "pdf":
        from ui.widgets.preview import Preview

        def save(path: Path) -> object:
            return save_file(store, document_id, path, overwrite=True)

        context.open_sheet(Preview(seen.data, title, save, documents_folder(), words=seen.words, tasks=context.tasks))
    else:
        note = " ".join(part for part in ("Its words alone, without pictures and layout.", seen.why) if part)
        context.open_sheet(Words(seen.words or "There are no words in it.", name, note))


def _show_picture(context: Context, document_id: str, title: str) -> None:
    try:
        refuse_hidden(context.store, document_id)
        image = image_of(document_bytes(context.store, document_id))
    except (UserError, SystemFault) as error:
        context.say(str(error))
        return
    if image is None:
        context.say("This picture cannot be shown here. Save it and look at it with another program.")
        return
    context.open_sheet(Picture(image, title))


def ask_save(context: Context, document_id: str, name: str) -> None:
    """It leaves by this act alone, and that is recorded."""
    chosen, _ = QFileDialog.getSaveFileName(None, "Save a copy", str(documents_folder() / name))
    if chosen:
        out = Path(chosen)
        attempt(context, lambda: save_file(context.store, document_id, out, overwrite=True), f"Saved as {out.name}.")
