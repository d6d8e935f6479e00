"""What is being worked on, how far it is, and Cancel."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from core.text import in_digits
from ui.tasks import Task, Tasks
from ui.widgets.text import button, label


class ProgressLine(QWidget):
    """Follows a Tasks; hidden while nothing takes long."""

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        self.words = label("", "note")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(140)
        self.bar.setAccessibleName("Progress")
        self.cancel = button("Cancel", "link-small", self._cancel)
        for part in (self.words, self.bar, self.cancel):
            row.addWidget(part)
        self._tasks: list[Task] = []
        self.setVisible(False)

    def follow(self, tasks: Tasks) -> None:
        tasks.shown.connect(self._add)
        tasks.moved.connect(self._moved)
        tasks.ended.connect(self._remove)

    def _add(self, task: Task) -> None:
        self._tasks.append(task)
        self._draw()

    def _moved(self, _task: Task) -> None:
        self._draw()

    def _remove(self, task: Task) -> None:
        if task in self._tasks:
            self._tasks.remove(task)
            self._draw()

    def _draw(self) -> None:
        self.setVisible(bool(self._tasks))
        if not self._tasks:
            return
        task = self._tasks[-1]
        done, total = task.steps
        self.words.setText(f"{task.words} · {in_digits(done)} of {in_digits(total)}" if total else task.words)
        self.bar.setRange(0, total)
        self.bar.setValue(min(done, total))
        self.cancel.setVisible(task.cancellable)
        self.cancel.setEnabled(not task.progress.cancelled)

    def _cancel(self) -> None:
        if self._tasks:
            self._tasks[-1].progress.cancel()
            self._draw()
