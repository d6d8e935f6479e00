"""Work off the main thread that always ends: in `done`, in `failed` or as cancelled, each on the main thread.

    tasks.run(lambda p: take_in(store, file, p.step), done=show, words="Reading the file", cancellable=True)

One worker does everything that touches the store, so writes stay in order; a pool does the rest (`database=False`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from threading import Event
from time import monotonic
from typing import Any

from PySide6.QtCore import QEventLoop, QObject, QRunnable, QThread, QThreadPool, QTimer, Signal

SHOWN_AFTER_MS = 300


class Cancelled(Exception):
    """The person pressed Cancel; whoever sees it leaves nothing half done."""


class Progress:
    """Handed to the work. `step(done, total)` reports and raises `Cancelled` once the person asked for it."""

    def __init__(self, report: Callable[[int, int], None]) -> None:
        self._report = report
        self._cancel = Event()
        self._last = 0.0

    def step(self, done: int, total: int = 0) -> None:
        if self._cancel.is_set():
            raise Cancelled
        now = monotonic()
        # Ten reports a second are smooth to the eye; more would only fill the main thread's queue.
        if now - self._last >= 0.1 or done == total:
            self._last = now
            self._report(done, total)

    def cancel(self) -> None:
        self._cancel.set()

    @property
    def cancelled(self) -> bool:
        return self._cancel.is_set()


@dataclass(eq=False)
class Task:
    """One running piece of work; `progress.cancel()` stops it at its next step."""

    words: str
    cancellable: bool
    progress: Progress
    done: Callable[[Any], object] | None
    failed: Callable[[Exception], object] | None
    cancelled: Callable[[], object] | None
    steps: tuple[int, int] = (0, 0)
    on_show: bool = False


class _Work(QRunnable):
    def __init__(self, fn: Callable[[Progress], Any], task: Task, arrived: Any) -> None:
        super().__init__()
        self._fn, self._task, self._arrived = fn, task, arrived

    def run(self) -> None:
        result: Any = None
        error: BaseException | None = None
        try:
            if self._task.progress.cancelled:
                raise Cancelled
            result = self._fn(self._task.progress)
        except BaseException as caught:  # noqa: BLE001 - nothing may keep the task open, or its progress would stand for ever
            error = caught
        self._arrived.emit(self._task, result, error)


class Tasks(QObject):
    """`shown`, `moved` and `ended` carry the Task, for a progress line; `broke` an error that nobody asked for."""

    shown = Signal(object)
    moved = Signal(object)
    ended = Signal(object)
    broke = Signal(object)
    _arrived = Signal(object, object, object)
    _stepped = Signal(object, int, int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = QThreadPool(self)
        self._store.setMaxThreadCount(1)
        self._pool = QThreadPool(self)
        self._open: set[Task] = set()
        self._arrived.connect(self._finish)
        self._stepped.connect(self._step)

    def run(
        self,
        fn: Callable[[Progress], Any],
        *,
        done: Callable[[Any], object] | None = None,
        failed: Callable[[Exception], object] | None = None,
        cancelled: Callable[[], object] | None = None,
        words: str = "",
        cancellable: bool = False,
        database: bool = True,
    ) -> Task:
        """Starts `fn(progress)`. Call from the main thread. Without `failed`, an error goes out as `broke`."""
        if QThread.currentThread() is not self.thread():
            raise RuntimeError("Tasks.run belongs to the main thread")
        progress = Progress(lambda at, total: self._stepped.emit(task, at, total))
        task = Task(words, cancellable, progress, done, failed, cancelled)
        self._open.add(task)
        if words:
            QTimer.singleShot(SHOWN_AFTER_MS, self, lambda: self._show(task))
        (self._store if database else self._pool).start(_Work(fn, task, self._arrived))
        return task

    @property
    def busy(self) -> bool:
        return bool(self._open)

    def wait_all(self, limit_ms: int = 30_000) -> bool:
        """Returns when all is done and delivered, or False after `limit_ms`. For tests and for closing the desk."""
        if not self._open:
            return True
        loop = QEventLoop()
        limit = QTimer(singleShot=True)
        limit.timeout.connect(loop.quit)
        limit.start(limit_ms)
        self.ended.connect(lambda _task: None if self._open else loop.quit())
        loop.exec()
        return not self._open

    def cancel_all(self) -> None:
        for task in self._open:
            task.progress.cancel()

    def _show(self, task: Task) -> None:
        if task in self._open:
            task.on_show = True
            self.shown.emit(task)

    def _step(self, task: Task, at: int, total: int) -> None:
        if task in self._open:
            task.steps = (at, total)
            if task.on_show:
                self.moved.emit(task)

    def _finish(self, task: Task, result: Any, error: BaseException | None) -> None:
        self._open.discard(task)
        try:
            if error is None:
                if task.done is not None:
                    task.done(result)
            elif isinstance(error, Cancelled):
                if task.cancelled is not None:
                    task.cancelled()
            elif task.failed is not None and isinstance(error, Exception):
                task.failed(error)
            else:
                self.broke.emit(error)
        finally:
            self.ended.emit(task)
