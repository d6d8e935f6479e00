"""The last step of scoring: hand in, with the gut's own answer apart from the levels."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import ROUND_HALF_UP, Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QHBoxLayout

from core import text
from core.insight.scoring import ScoringQueue, ToScore
from ui.widgets.fields import ChoiceField
from ui.widgets.notice import Notice
from ui.widgets.panel import Line, Panel, Scroll
from ui.widgets.text import button, label

_VOTES: Sequence[tuple[bool | None, str]] = ((None, "Not said"), (True, "Yes"), (False, "No"))


class HandIn(Panel):
    """`hand_in_wanted` for all that are complete; `go_wanted(application id)` to what lacks something."""

    hand_in_wanted = Signal()
    back_wanted = Signal()
    go_wanted = Signal(str)

    def __init__(self, queue: ScoringQueue, pending: Sequence[ToScore]) -> None:
        super().__init__(margins=(20, 18), gap=10)
        self.setAccessibleName("Hand in your scores")
        scroll = Scroll(gap=8, margins=(0, 0, 8, 0))
        body = scroll.body
        body.addWidget(label("Hand in your scores", "big"))
        words = (
            "Once in, the raters’ table opens. Second thoughts ask for a reason then, and what you gave first stays "
            "beside them. The last question is for the gut and counts for nothing."
        )
        body.addWidget(label(words, "muted", wrap=True))
        self.votes: dict[str, ChoiceField] = {}
        for one in pending:
            body.addWidget(Line())
            body.addLayout(self._row(queue, one))
        self.problem = Notice()
        body.addWidget(self.problem)
        body.addStretch(1)
        self.add(scroll, 1)
        row = QHBoxLayout()
        row.setSpacing(8)
        self.back = button("Back", "", self.back_wanted.emit)
        ready = len(self.votes)
        self.go = button(f"Hand in {ready}" if ready else "Hand in", "primary", self.hand_in_wanted.emit)
        self.go.setEnabled(bool(ready))
        row.addWidget(self.back)
        row.addWidget(self.go)
        row.addStretch(1)
        lacking = len(pending) - ready
        row.addWidget(label(f"{lacking} not complete" if lacking else "", "muted"))
        self.add(row)

    def _row(self, queue: ScoringQueue, one: ToScore) -> QHBoxLayout:
        who = one.name or f"Candidate {one.code}"
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(label(who, "subject"))
        missing = queue.missing(one)
        if missing:
            lacking = text.plural(missing, "criterion", "criteria")
            row.addWidget(label(f"{lacking} without level or evidence", "warn"), 1)
            row.addWidget(button("Go there", "link", self._goer(one.id), name=f"Go to {who}"))
            return row
        row.addWidget(label(f"{own_overall(queue, one)} of 4", "muted"), 1)
        ask = label("Recommend?", "note")
        vote = ChoiceField(_VOTES)
        vote.setAccessibleName(f"Recommend {who}?")
        vote.set_value(one.recommend)
        ask.setBuddy(vote)
        row.addWidget(ask, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(vote)
        self.votes[one.id] = vote
        return row

    def _goer(self, row_id: str) -> Callable[[], None]:
        return lambda: self.go_wanted.emit(row_id)

    def say(self, words: str) -> None:
        self.problem.say(words)

    def focus_first(self) -> None:
        first = next(iter(self.votes.values()), self.back)
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            super().keyPressEvent(event)
            return
        held = QApplication.focusWidget()
        if isinstance(held, QAbstractButton) and held is not self.go:
            held.click()
        elif self.go.isEnabled():
            self.hand_in_wanted.emit()


def own_overall(queue: ScoringQueue, one: ToScore) -> Decimal:
    """The rater's own mean by the criteria's weights, as the table will count it."""
    wanted = [criterion for question in queue.questions for criterion in queue.criteria(question, one)]
    given = [(one.scores[c.id].level, c.weight) for c in wanted if c.id in one.scores]
    weights = sum(weight for _, weight in given)
    total = Decimal(sum(level * weight for level, weight in given))
    return (total / weights).quantize(Decimal("0.1"), ROUND_HALF_UP) if weights else Decimal(0)
