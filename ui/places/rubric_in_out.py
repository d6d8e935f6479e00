"""A rubric's way out into a file and in again; what comes in is shown in its form before it is kept."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from core.errors import SystemFault, UserError
from core.files import safe_name
from core.work import own_rubrics as own
from core.work import rubric_files
from core.work.rubrics import RubricDraft
from ui.context import Context

FILES = "Rubrics (*.toml)"


def draft_from_file(context: Context) -> RubricDraft | None:
    """From a file that the person chooses; None where they do not, or it is no rubric, which is said."""
    path = context.ask_file("Choose a rubric", FILES)
    if path is None:
        return None
    try:
        return rubric_files.read_file(path)
    except UserError as error:
        context.say(str(error))
        return None


def save_as_file(over: QWidget, context: Context, draft: RubricDraft) -> None:
    start = str(Path.home() / safe_name(f"{draft.name}.toml"))
    chosen, _ = QFileDialog.getSaveFileName(over, "Save the rubric", start, FILES)
    if not chosen:
        return
    out = Path(chosen)
    try:
        own.save_rubric(draft, out, overwrite=True)
    except (UserError, SystemFault) as error:
        context.say(str(error))
    else:
        context.say(f"Saved as {out.name}.")
