"""A place that is made when it is first looked at: the desk's start pays for Today alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.command import Command


class LazyPlace(QWidget):
    """Stands on the desk for a place; `real` makes it. `count` asks the desk, so that no place is made for it."""

    head_changed = Signal()

    def __init__(self, key: str, title: str, make: Callable[[], Any], count: Callable[[], int | None]) -> None:
        super().__init__()
        self.key, self.title, self.count = key, title, count
        self._make, self._real = make, None
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)

    _real: Any

    @property
    def real(self) -> Any:
        if self._real is None:
            self._real = self._make()
            self._real.head_changed.connect(self.head_changed)
            self._box.addWidget(self._real)
        return self._real

    def refresh(self) -> None:
        self.real.refresh()

    def subtitle(self) -> str:
        return str(self.real.subtitle())

    def headline(self) -> str:
        return str(getattr(self.real, "headline", lambda: self.title)())

    def primary(self) -> Command | None:
        made: Command | None = self.real.primary()
        return made


class Places(Mapping[str, Any]):
    """The places by key; looking one up makes it."""

    def __init__(self, lazy: Mapping[str, LazyPlace]) -> None:
        self.lazy = dict(lazy)

    def __getitem__(self, key: str) -> Any:
        return self.lazy[key].real

    def __iter__(self) -> Iterator[str]:
        return iter(self.lazy)

    def __len__(self) -> int:
        return len(self.lazy)
