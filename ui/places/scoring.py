"""One question, one answer, the levels for it: scored without a mouse as fast as one reads."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from math import ceil
from typing import Any

from PySide6.QtCore import QEvent, QObject, QSizeF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QShortcut, QTextBlockFormat, QTextCursor, QWheelEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QFrame, QHBoxLayout, QTextEdit, QVBoxLayout, QWidget

from core.insight.scoring import CriterionView, QuestionToScore, ToScore
from ui.places.scoring_way import Read
from ui.theme import font, set_role, set_state
from ui.widgets.fields import AreaField
from ui.widgets.level_picker import LevelPicker
from ui.widgets.notice import Notice
from ui.widgets.panel import Panel, Scroll
from ui.widgets.text import button, keys, label, line_step

FILE_TALLEST = 420
"""Pixels: below a long file the levels are still near."""
_SENTENCE = re.compile(r"[^.!?\n]+[.!?]*[”\"’)]*", re.UNICODE)


class AnswerView(QTextEdit):
    """What someone answered, to read and to take words from. E takes the selected words, else the sentence."""

    taken = Signal(str)

    def __init__(self, words: str, name: str, tallest: int = 0) -> None:
        """`tallest`: pixels beyond which it scrolls in itself; 0 for never."""
        super().__init__()
        self._tallest = tallest
        set_role(self, "bare")
        self.setAcceptRichText(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        for turn_off in (self.setVerticalScrollBarPolicy, self.setHorizontalScrollBarPolicy):
            turn_off(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(0)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self.setPlainText(words)
        cursor, lines = QTextCursor(self.document()), QTextBlockFormat()
        lines.setLineHeight(line_step(font()), QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.mergeBlockFormat(lines)
        self.setReadOnly(True)
        flags = Qt.TextInteractionFlag
        self.setTextInteractionFlags(flags.TextSelectableByMouse | flags.TextSelectableByKeyboard)
        self.setAccessibleName(name)
        self.setAccessibleDescription(f"{keys('Ctrl+E')} takes the selected words as evidence")

    def _fit(self, size: QSizeF) -> None:
        wanted = ceil(size.height()) + 2
        over = 0 < self._tallest < wanted
        policy = Qt.ScrollBarPolicy.ScrollBarAsNeeded if over else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setVerticalScrollBarPolicy(policy)
        self.setFixedHeight(self._tallest if over else wanted)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Where it shows all of itself, the wheel is for the page."""
        bar = self.verticalScrollBar()
        down = event.angleDelta().y() < 0
        if bar.value() == (bar.maximum() if down else bar.minimum()):
            event.ignore()
        else:
            super().wheelEvent(event)

    def take(self) -> None:
        cursor = self.textCursor()
        if not cursor.hasSelection():
            at = cursor.position()
            found = [one for one in _SENTENCE.finditer(self.toPlainText()) if one.start() <= at <= one.end()]
            if not found:
                return
            cursor.setPosition(found[0].start())
            cursor.setPosition(found[0].end(), QTextCursor.MoveMode.KeepAnchor)
            self.setTextCursor(cursor)
        words = " ".join(cursor.selectedText().replace("\u2029", " ").split())
        if words:
            self.taken.emit(words)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_E and not event.modifiers():
            self.take()
        elif event.text().isdigit() or event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            event.ignore()
        else:
            super().keyPressEvent(event)


class AnswerCard(QFrame):
    """The sunken card around an answer, ringed while the keyboard is in it."""

    def __init__(self, heading: str, view: QWidget, note: str = "") -> None:
        super().__init__()
        set_role(self, "answer")
        down = QVBoxLayout(self)
        down.setContentsMargins(14, 12, 14, 12)
        down.setSpacing(2)
        self._head = QHBoxLayout()
        self._head.setSpacing(8)
        self._head.addWidget(label(heading, "subject", wrap=True), 1)
        down.addLayout(self._head)
        if note:
            down.addWidget(label(note, "note", wrap=True))
        down.addWidget(view)
        view.installEventFilter(self)

    def offer(self, words: str, name: str, run: Callable[[], object]) -> None:
        """A link beside the heading."""
        self._head.addWidget(button(words, "link-small", run, name=f"{words} {name}"), 0, Qt.AlignmentFlag.AlignTop)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() in {QEvent.Type.FocusIn, QEvent.Type.FocusOut}:
            set_state(self, "within", event.type() == QEvent.Type.FocusIn)
        return False


class EvidenceField(AreaField):
    """Enter leaves it for the next candidate; Shift+Enter makes a line."""

    def __init__(self) -> None:
        super().__init__(most=4000, hint=f"Evidence: select words in the answer and press {keys('Ctrl+E')}, or type",
                         least=1, tallest=5)  # fmt: skip
        self.setAccessibleName("Evidence")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers():
            event.ignore()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.moveCursor(QTextCursor.MoveOperation.End)


class ScoringPanel(Panel):
    """One step of the way: `next_wanted` and `back_wanted` once the person is done with it, `look_wanted(AnswerFile)`.

    `levels()` by criterion id and `evidence()` are what stands in it now.
    """

    next_wanted = Signal()
    back_wanted = Signal()
    look_wanted = Signal(object)
    changed = Signal()

    def __init__(
        self,
        question: QuestionToScore,
        application: ToScore,
        criteria: Sequence[CriterionView],
        answers: Sequence[Read],
        words: Mapping[str, str],
    ) -> None:
        """`words`: "above" the question, "next" on the button, "place" beside it."""
        super().__init__(margins=(20, 18), gap=10)
        self.setAccessibleName(f"Candidate {application.code}: {question.text}")
        self._who = application.name or f"Candidate {application.code}"
        self.column = Scroll(gap=12, margins=(0, 0, 8, 0))
        self.column.body.addWidget(label(words["above"], "note"))
        self.column.body.addWidget(label(question.text, "big", wrap=True))
        self.answers: list[AnswerView] = []
        for each in answers:
            self._answer(each)
        self.pickers: dict[str, LevelPicker] = {}
        for one in criteria:
            picker = LevelPicker(one.levels, one.name, one.hint)
            picker.changed.connect(self._chosen)
            self.pickers[one.id] = picker
            self.column.body.addWidget(picker)
        self.evidence_field = EvidenceField()
        self.evidence_field.changed.connect(self.changed)
        self.column.body.addWidget(self.evidence_field)
        self.problem = Notice()
        self.column.body.addWidget(self.problem)
        self.column.body.addStretch(1)
        self.add(self.column, 1)
        row = QHBoxLayout()
        row.setSpacing(8)
        self.back = button("Back", "", self.back_wanted.emit)
        self.go = button(words["next"], "primary", self.next_wanted.emit, hover=keys("Return"))
        row.addWidget(self.back)
        row.addWidget(self.go)
        row.addStretch(1)
        row.addWidget(label(words["place"], "muted"))
        row.setContentsMargins(0, 0, 8, 0)
        self.add(row)
        QShortcut(QKeySequence("Ctrl+E"), self, self.take, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._rove()

    def _answer(self, read: Read) -> None:
        heading, file = read.heading or self._who, read.file
        if read.words.strip():
            name = f"{'Words of a file' if file else 'Answer'} of {self._who}"
            view = AnswerView(read.words, name, FILE_TALLEST if file else 0)
            view.taken.connect(self._add_evidence)
            self.answers.append(view)
            card = AnswerCard(heading, view, file.note if file else "")
        else:
            said = (file.note or "No words could be read in it.") if file else "No answer to this question."
            card = AnswerCard(heading, label(said, "muted", wrap=True))
        if file is not None and file.document_id is not None:
            card.offer("Look" if file.shown else "Save a copy…", f"{heading}", lambda: self.look_wanted.emit(file))
        self.column.body.addWidget(card)

    def show_values(self, levels: Mapping[str, int | None], evidence: str) -> None:
        for key, picker in self.pickers.items():
            picker.set_value(levels.get(key))
        self.evidence_field.set_value(evidence)
        self._rove()

    def levels(self) -> dict[str, int | None]:
        return {key: picker.value() for key, picker in self.pickers.items()}

    def evidence(self) -> str:
        return self.evidence_field.value()

    def say(self, words: str) -> None:
        self.problem.say(words)
        if words:
            self.column.ensureWidgetVisible(self.problem)

    def focus_first(self) -> None:
        """On the answer, which is read first; digits and E work from there."""
        first: Any = self.answers[0] if self.answers else next(iter(self.pickers.values()), self.go)
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def take(self) -> None:
        """Takes words from the answer that is being read."""
        held = QApplication.focusWidget()
        chosen = [one for one in self.answers if one is held or one.textCursor().hasSelection()]
        for one in (chosen or self.answers)[:1]:
            one.take()

    def _add_evidence(self, words: str) -> None:
        before = self.evidence_field.value()
        if words in before:
            return
        self.evidence_field.set_value(f"{before} “{words}”".strip())
        self.changed.emit()

    def _chosen(self) -> None:
        self._rove()
        self.changed.emit()

    def _rove(self) -> None:
        """Tab stops once at each criterion, on the level that is chosen."""
        for picker in self.pickers.values():
            chosen = picker.value() or 1
            for card in picker.cards:
                wanted = Qt.FocusPolicy.StrongFocus if card.level == chosen else Qt.FocusPolicy.ClickFocus
                card.setFocusPolicy(wanted)
            picker.setFocusProxy(picker.cards[chosen - 1])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        held = QApplication.focusWidget()
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers():
            if isinstance(held, QAbstractButton) and held is self.back:
                self.back_wanted.emit()
            else:
                self.next_wanted.emit()
        elif event.text() in {"1", "2", "3", "4"}:
            # From the answer digits fill one criterion after the other.
            for picker in self.pickers.values():
                if picker.value() is None:
                    picker.set_value(int(event.text()))
                    self._chosen()
                    self.column.ensureWidgetVisible(picker)
                    break
        else:
            super().keyPressEvent(event)
