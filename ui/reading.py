"""Files that nobody has looked into yet are looked into beside all else, so that their words are found."""

from __future__ import annotations

from core.jobs.words import read_waiting
from core.store import texts
from ui.context import Context


class Reading:
    """`start()` whenever files may have come; one run at a time, and one more where files came meanwhile."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._runs = self._again = False
        context.bus.listen({"documents", texts.NOUN}, self.start)

    def start(self) -> None:
        self._again = self._runs
        if self._runs or not texts.unread_count(self._context.store):
            return
        self._runs = True
        self._context.tasks.run(
            lambda progress: read_waiting(self._context.store, progress.step),
            done=lambda _count: self._ended(),
            failed=self._failed,
            cancelled=self._ended,
            words="Reading the words of files",
            cancellable=True,
            # It waits for another process most of the time, and nothing else may wait for that.
            database=False,
        )

    def _ended(self) -> None:
        self._runs = False
        if self._again:
            self.start()

    def _failed(self, error: Exception) -> None:
        self._runs = self._again = False
        self._context.tasks.broke.emit(error)
