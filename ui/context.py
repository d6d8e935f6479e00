"""What places and forms are given: the store, today, and the few things that only the desk can do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from ui.bus import Bus
from ui.tasks import Tasks

if TYPE_CHECKING:
    from core.insight.glance import Glance
    from core.store import Store


@dataclass(frozen=True)
class Context:
    """One a desk. `open_form(noun, id, values)` opens the noun's form as a sheet: a new one without `id`."""

    opened: Callable[[], Store]
    """Opens the store the first time that it is asked for."""
    glance: Callable[[], Glance | None]
    """What was kept of the store when it was last closed, for as long as it is not open."""
    tasks: Tasks
    bus: Bus
    today: Callable[[], date]
    open_sheet: Callable[[QWidget], None]
    close_sheet: Callable[[], object]
    say: Callable[[str], None]
    show: Callable[[str, str], None]
    """`show("candidates", id)` goes to the noun's place and selects the row."""
    open_form: Callable[..., None]
    """`open_form(noun, row_id=None, **values)`; forms and places do not know each other."""
    preview: Callable[..., None]
    """`preview(title, draw, save, mail=None, **more)`: `draw()` gives the PDF's bytes, as a task; `save(path)` writes
    and records it; `mail()` begins a message that it goes along with; `more`: see ui.widgets.preview."""
    ask_file: Callable[[str, str], Path | None]
    """`ask_file(title, "Tables (*.csv *.xlsx)")`: an existing file that the person chose."""
    ask_folder: Callable[[str], Path | None]

    @property
    def store(self) -> Store:
        return self.opened()
