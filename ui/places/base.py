"""What every place has: a key and a title, its head, and asking again only while it is looked at."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.command import Command
from ui.context import Context


class PlaceBase(QWidget):
    """Subclasses give `ask` (read through core.insight and show) and the head's words."""

    head_changed = Signal()
    key = ""
    title = ""
    icon = ""
    nouns: frozenset[str] = frozenset()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.setObjectName(f"place-{self.key}")
        self.setAccessibleName(self.title)
        context.bus.listen(self.nouns, self.changed, self)

    def ask(self) -> None:
        """Reads what is shown and shows it."""

    def refresh(self) -> None:
        """The desk calls it each time the place is shown."""
        self.ask()

    def changed(self) -> None:
        """Something that it shows was changed. Out of sight it waits: the desk asks it anew when it is shown."""
        if self.isVisible():
            self.refresh()
            self.head_changed.emit()

    def print_rows(
        self,
        title: str,
        filters: Sequence[str],
        columns: Sequence[tuple[str, str]],
        rows: Sequence[Sequence[str]],
        unit: str = "row",
    ) -> None:
        """Shows a list as a paper: (title, "left" or "right") for each column, and its cells in words."""
        from core.jobs import listings

        store, today = self.context.store, self.context.today()

        def draw() -> bytes:
            return listings.draw_list(store, title, filters, columns, rows, unit=unit, today=today)

        self.context.preview(title, draw, lambda out: listings.save_list(store, out, draw(), title, len(rows)))

    def subtitle(self) -> str:
        return ""

    def primary(self) -> Command | None:
        return None

    def count(self) -> int | None:
        return None
