"""Two to four candidates side by side: scores with their evidence, then the answers."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from core.errors import UserError
from core.insight.agreement import Agreement
from core.insight.comparing import FEWEST, MOST, Compared, ComparedScore, comparison
from ui.context import Context
from ui.theme import set_role
from ui.widgets.chips_field import ChipsField
from ui.widgets.panel import Line, Scroll
from ui.widgets.text import label


class CompareSheet(QWidget):
    """The two best by overall come first; a click on a code puts one in or takes it out."""

    width_wanted = 1020

    def __init__(self, context: Context, table: Agreement) -> None:
        super().__init__()
        self.context = context
        self.setAccessibleName("Compare candidates")
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(12)
        self.chosen = ChipsField(list(zip(table.application_ids, table.codes, strict=True)))
        self.chosen.setAccessibleName("Candidates to compare")
        down.addWidget(self.chosen)
        self._words = label("", "muted", wrap=True)
        down.addWidget(self._words)
        self._scroll = Scroll(gap=0, margins=(0, 0, 8, 0))
        down.addWidget(self._scroll, 1)
        ranked = sorted(
            zip(table.application_ids, table.overall, strict=True),
            key=lambda one: -(one[1] if one[1] is not None else 0),
        )
        self.chosen.set_value([row_id for row_id, _ in ranked[:FEWEST]])
        self.chosen.changed.connect(self.ask)
        self.ask()

    def ask(self) -> None:
        self._scroll.clear()
        ids = self.chosen.value()
        if not FEWEST <= len(ids) <= MOST:
            self._words.setText("Choose two to four.")
            return
        try:
            found = comparison(self.context.store, ids, self.context.store.me)
        except UserError as error:
            self._words.setText(str(error))
            return
        hidden = any(not one.revealed for one in found)
        self._words.setText("Names stay hidden until they are revealed." if hidden else "")
        self._words.setVisible(hidden)
        self._scroll.body.addWidget(_grid(found))
        self._scroll.body.addStretch(1)


def _grid(found: Sequence[Compared]) -> QWidget:
    made = QWidget()
    grid = QGridLayout(made)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(20)
    grid.setVerticalSpacing(8)
    for at, one in enumerate(found):
        grid.setColumnStretch(at, 1)
        grid.addWidget(_head(one), 0, at)
    line = 1
    names = list(dict.fromkeys(score.criterion for one in found for score in one.scores))
    for name in names:
        grid.addWidget(Line(), line, 0, 1, len(found))
        grid.addWidget(label(name, "heading"), line + 1, 0, 1, len(found))
        for at, one in enumerate(found):
            score = next((score for score in one.scores if score.criterion == name), None)
            grid.addWidget(_score(score), line + 2, at, Qt.AlignmentFlag.AlignTop)
        line += 3
    questions = list(dict.fromkeys(question for one in found for question, _ in one.answers))
    for question in questions:
        grid.addWidget(Line(), line, 0, 1, len(found))
        grid.addWidget(label(question, "heading", wrap=True), line + 1, 0, 1, len(found))
        for at, one in enumerate(found):
            answer = dict(one.answers).get(question, "")
            words = label(answer or "No answer.", "" if answer else "muted", wrap=True)
            grid.addWidget(words, line + 2, at, Qt.AlignmentFlag.AlignTop)
        line += 3
    return made


def _head(one: Compared) -> QWidget:
    made = QWidget()
    down = QVBoxLayout(made)
    down.setContentsMargins(0, 0, 0, 0)
    down.setSpacing(2)
    down.addWidget(label(one.who, "big", wrap=True))
    yes, no = one.recommend
    parts = [f"{one.code}" if one.revealed else "", f"{one.overall} of 4" if one.overall is not None else ""]
    if yes + no:
        parts.append(f"{yes} of {yes + no} recommend")
    if one.waits_for_mine:
        parts.append("your scores are not in yet")
    down.addWidget(label(" · ".join(part for part in parts if part), "muted", wrap=True))
    return made


def _score(score: ComparedScore | None) -> QWidget:
    made = QWidget()
    down = QVBoxLayout(made)
    down.setContentsMargins(0, 0, 0, 0)
    down.setSpacing(4)
    if score is None or score.mean is None:
        down.addWidget(label("–", "muted"))
        return made
    apart = max(one.level for one in score.given) - min(one.level for one in score.given) >= 2
    mean = label(str(score.mean), "subject")
    if apart:
        set_role(mean, "warn")
    down.addWidget(mean)
    for one in score.given:
        down.addWidget(label(f"{one.level}, {one.rater}", "note", wrap=True))
        if one.evidence:
            down.addWidget(label(one.evidence, "muted", wrap=True))
    return made
