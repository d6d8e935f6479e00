"""Files that are kept already, each with a way to take it off, and more to be kept beside them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtWidgets import QHBoxLayout, QWidget

from core.work.documents import size_words
from ui.widgets.files_field import FilesField
from ui.widgets.text import Elided, IconButton, label

GONE = "taken off:"
"""Before the id of a kept file in the value."""


class KeptFilesField(FilesField):
    """value() -> paths of files to be kept, and "taken off:<id>" for each kept one that goes."""

    def __init__(self, kept: Sequence[tuple[str, str, int | None]] = (), words: str = "Add a file…") -> None:
        """`kept`: id, name, bytes (None: not told)."""
        super().__init__(words)
        self._kept = list(kept)
        self._gone: list[str] = []
        self._draw()

    def value(self) -> list[str]:
        return [*super().value(), *(f"{GONE}{one}" for one in self._gone)]

    def set_value(self, value: Iterable[str] | None) -> None:
        given = list(value or ())
        self._gone = [one.removeprefix(GONE) for one in given if one.startswith(GONE)]
        super().set_value(one for one in given if not one.startswith(GONE))

    def _before(self) -> list[QWidget]:
        return [self._kept_line(*one) for one in self._kept if one[0] not in self._gone]

    def _kept_line(self, row_id: str, name: str, size: int | None) -> QWidget:
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(Elided(name), 1)
        row.addWidget(label("kept" if size is None else f"kept · {size_words(size)}", "muted"))
        row.addWidget(IconButton("x", f"Take {name} off", lambda: self._take_off(row_id)))
        return made

    def _take_off(self, row_id: str) -> None:
        self._gone.append(row_id)
        self._draw()
        self.changed.emit()
        self.add_button.setFocus()


def parted(value: Iterable[str]) -> tuple[list[str], list[str]]:
    """(paths to be kept, ids of kept files to be taken off) of a value."""
    given = list(value)
    gone = [one.removeprefix(GONE) for one in given if one.startswith(GONE)]
    return [one for one in given if not one.startswith(GONE)], gone
