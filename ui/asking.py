"""A question whose answer is shown once it is there: at once where it is small, beside the window where it is large."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject
from shiboken6 import isValid

from ui.context import Context

AT_ONCE = 5_000
"""People up to whom a question about them is answered within a blink."""
Answer = TypeVar("Answer")


class Asking:
    """Of several questions on their way only the last counts; none is answered to an `owner` that is gone."""

    def __init__(self, context: Context, owner: QObject) -> None:
        self._context, self._owner, self._asked = context, owner, 0
        self.under_way = False

    def ask(
        self, question: Callable[[], Answer], show: Callable[[Answer], object], *, beside: bool, words: str = ""
    ) -> None:
        """`show(question())`; `beside`: off the main thread, so that `question` touches no widget."""
        self._asked += 1
        asked = self._asked

        def is_last() -> bool:
            return asked == self._asked and isValid(self._owner)

        def done(answer: Answer) -> None:
            if is_last():
                self.under_way = False
                show(answer)

        def failed(error: Exception) -> None:
            if is_last():
                self.under_way = False
            self._context.tasks.broke.emit(error)

        self.under_way = beside
        if not beside:
            show(question())
            return
        # Beside what is being written, too: it sees the store as it was before.
        self._context.tasks.run(lambda _progress: question(), done=done, failed=failed, words=words, database=False)
