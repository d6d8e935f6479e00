"""Two to four candidates side by side: scores with their evidence, the gut's answer apart, then the answers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from core.errors import UserError
from core.insight.agreement import Agreement
from core.insight.blind_files import AnswerFile
from core.insight.comparing import FEWEST, MOST, Compared, ComparedScore, Comparison, comparison
from ui.context import Context
from ui.theme import set_role
from ui.widgets.chips_field import ChipsField
from ui.widgets.panel import Line, Scroll
from ui.widgets.text import button, label

__all__ = ["FEWEST", "MOST", "CompareSheet"]

_TOP = Qt.AlignmentFlag.AlignTop
_MOST = 1_500
"""Letters of a file that are shown here."""


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
        head = QHBoxLayout()
        head.setSpacing(12)
        self.chosen = ChipsField(list(zip(table.application_ids, table.codes, strict=True)))
        self.chosen.setAccessibleName("Candidates to compare")
        head.addWidget(self.chosen, 1)
        self.paper = button("Print or save…", "", self.print_page, icon="printer", name="Print or save the comparison")
        head.addWidget(self.paper, 0, _TOP)
        down.addLayout(head)
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
        fits = FEWEST <= len(ids) <= MOST
        self.paper.setEnabled(fits)
        if not fits:
            self._say("Choose two to four.")
            return
        try:
            found = comparison(self.context.store, ids, self.context.store.me)
        except UserError as error:
            self._say(str(error))
            return
        hidden = "Names stay hidden until they are revealed." if found.hidden else ""
        self._say(" ".join(part for part in (hidden, found.versions_words) if part))
        self._scroll.body.addWidget(_grid(found))
        self._scroll.body.addStretch(1)

    def print_page(self) -> None:
        """One page, as it stands here."""
        from core.jobs import comparisons as jobs

        store, today, ids = self.context.store, self.context.today(), list(self.chosen.value())

        def save(out: Path) -> Path:
            return jobs.comparison(store, ids, out, today=today, overwrite=True)

        self.context.preview("Comparison", lambda: jobs.draw_comparison(store, ids, today=today), save)

    def _say(self, words: str) -> None:
        self._words.setText(words)
        self._words.setVisible(bool(words))


def _grid(found: Comparison) -> QWidget:
    made, rows = QWidget(), found.rows
    grid = QGridLayout(made)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(20)
    grid.setVerticalSpacing(8)
    for at, one in enumerate(rows):
        grid.setColumnStretch(at, 1)
        grid.addWidget(_head(one), 0, at, _TOP)

    def across(line: int, *parts: QWidget) -> int:
        for part in (Line(), *parts):
            grid.addWidget(part, line, 0, 1, len(rows))
            line += 1
        return line

    line = 1
    for name in found.criteria:
        scores = [one.score(name) for one in rows]
        first = next(score for score in scores if score is not None)
        heading = f"{name} ×{first.weight}" if found.weighted else name
        line = across(line, label(heading, "heading", wrap=True), label(_levels(first), "note", wrap=True))
        for at, score in enumerate(scores):
            grid.addWidget(_score(score), line, at, _TOP)
        line += 1
    if found.criteria:
        words = "The gut’s answer, apart: the figure under each name is computed from the scores alone."
        line = across(line, label("Recommend?", "heading"), label(words, "note", wrap=True))
        for at, one in enumerate(rows):
            grid.addWidget(label(_recommend(one), "" if sum(one.recommend) else "muted", wrap=True), line, at, _TOP)
        line += 1
    asked: dict[str | None, str] = {row_id: words for one in rows for row_id, words, _ in one.answers}
    if any(one.files_for(None) for one in rows):
        asked[None] = "With the application"
    for row_id, question in asked.items():
        line = across(line, label(question, "heading", wrap=True))
        for at, one in enumerate(rows):
            text = next((text for key, _, text in one.answers if key == row_id), "")
            grid.addWidget(_answer(text, one.files_for(row_id)), line, at, _TOP)
        line += 1
    return made


def _answer(text: str, files: Sequence[AnswerFile]) -> QWidget:
    """What was typed, then what each file holds, or why it is held back."""
    made = QWidget()
    down = QVBoxLayout(made)
    down.setContentsMargins(0, 0, 0, 0)
    down.setSpacing(4)
    if text or not files:
        down.addWidget(label(text or "No answer.", "" if text else "muted", wrap=True))
    for one in files:
        down.addWidget(label(one.name, "subject", wrap=True))
        if one.words:
            down.addWidget(label(_beginning(one.words), wrap=True))
        if one.note:
            down.addWidget(label(one.note, "note", wrap=True))
    return made


def _beginning(words: str) -> str:
    """Side by side there is no room for a whole file; it stands whole where it is scored."""
    return words if len(words) <= _MOST else f"{words[:_MOST].rstrip()}… (whole where it is scored)"


def _levels(score: ComparedScore) -> str:
    return "   ".join(f"{level} {words}" for level, words in enumerate(score.levels, 1))


def _recommend(one: Compared) -> str:
    yes, no = one.recommend
    return f"{yes} of {yes + no} would" if yes + no else "Nobody said."


def _head(one: Compared) -> QWidget:
    made = QWidget()
    down = QVBoxLayout(made)
    down.setContentsMargins(0, 0, 0, 0)
    down.setSpacing(2)
    down.addWidget(label(one.who, "big", wrap=True))
    overall = f"{one.overall} of 4" if one.overall is not None else ""
    waits = "your scores are not in yet" if one.waits_for_mine else ""
    parts = [one.code if one.revealed else "", overall, waits]
    said = " · ".join(part for part in parts if part)
    down.addWidget(label(said or "no scores yet", "muted", wrap=True))
    return made


def _score(score: ComparedScore | None) -> QWidget:
    made = QWidget()
    down = QVBoxLayout(made)
    down.setContentsMargins(0, 0, 0, 4)
    down.setSpacing(4)
    if score is None or score.mean is None:
        down.addWidget(label("–", "muted"))
        return made
    mean = label(f"{score.mean}, raters apart" if score.apart else str(score.mean), "subject")
    if score.apart:
        set_role(mean, "warn")
    down.addWidget(mean)
    for one in score.given:
        first = f" (at first {one.first})" if one.first is not None else ""
        down.addWidget(label(f"{one.level}, {one.rater}{first}", "note", wrap=True))
        if one.evidence:
            down.addWidget(label(one.evidence, wrap=True))
    return made
