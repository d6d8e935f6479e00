"""One signal that says which nouns changed; views that show them ask again."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress

from PySide6.QtCore import QObject, Signal


class Bus(QObject):
    """`tell({"offer", "project"})` from any thread; `changed(frozenset[str])` arrives on the main thread."""

    changed = Signal(object)
    _told = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        # From the main thread this is a plain call, from a worker it is queued: listeners never run in a worker.
        self._told.connect(self.changed)

    def tell(self, nouns: Iterable[str]) -> None:
        words = frozenset(nouns)
        if words:
            self._told.emit(words)

    def listen(self, nouns: Iterable[str], then: Callable[[], object], owner: QObject | None = None) -> None:
        """Calls `then` whenever one of `nouns` changed, until `owner` is destroyed."""
        wanted = frozenset(nouns)

        def heard(words: object) -> None:
            if isinstance(words, frozenset) and words & wanted:
                then()

        self.changed.connect(heard)
        if owner is not None:
            owner.destroyed.connect(lambda: self._forget(heard))

    def _forget(self, heard: Callable[[object], None]) -> None:
        # At the end of the program the bus itself may be the first to go.
        with suppress(RuntimeError):
            self.changed.disconnect(heard)
