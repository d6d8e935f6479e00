"""What each person gets of a message to several: one at a time, and words that are for one of them alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core.jobs.messages import Letter
from ui.forms.fields import typed
from ui.widgets.chips_field import Flow
from ui.widgets.fields import AreaField
from ui.widgets.text import IconButton, appear, button, folds, label


class Each(QWidget):
    """value(): by candidate the subject and text for them alone, [subject, text]. `turned(step)`: the one before, or
    the next, is wanted.
    """

    changed = Signal()
    turned = Signal(int)

    def __init__(self, many: bool) -> None:
        super().__init__()
        self._many, self._own = many, dict[str, list[str]]()
        self._letter: Letter | None = None
        self._person = label("", "subject", wrap=True)
        self._shown = label("", "muted", wrap=True, select=True)
        # In place of the one above where a word is longer than a line: it can be broken, and not copied by mouse.
        self._broken = label("", "muted", wrap=True)
        self.subject, self.text = typed(), AreaField(20_000, least=6, tallest=16)
        self.subject.setAccessibleName("Subject for them alone")
        self.text.setAccessibleName("Text for them alone")
        self._alone = button("Write it anew for them alone", "link", self._begin)
        self._common = button("Back to the common words", "link", self._back)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(8)
        head = QHBoxLayout()
        head.addWidget(self._person, 1)
        for icon, words, step in (("chevron-left", "The one before", -1), ("chevron-right", "The next one", 1)):
            turn = IconButton(icon, words)
            turn.clicked.connect(self._stepper(step))
            appear(turn, many)
            head.addWidget(turn)
        down.addLayout(head)
        for part in (self._shown, self._broken, self.subject, self.text):
            down.addWidget(part)
        links = QWidget()
        row = Flow(links)
        for link in (self._alone, self._common):
            link.setProperty("side", "flush")
            row.addWidget(link)
        down.addWidget(links)
        appear(links, many)
        self._dress()
        self.subject.changed.connect(self._typed)
        self.text.changed.connect(self._typed)

    # --- as a field -------------------------------------------------------------------------------------------------

    def value(self) -> dict[str, list[str]]:
        return dict(self._own)

    def set_value(self, value: Mapping[str, Sequence[str]] | None) -> None:
        self._own = {key: [str(said[0]), str(said[1])] for key, said in (value or {}).items() if len(said) == 2}
        self._letter = None
        self._dress()

    # --- what is shown ----------------------------------------------------------------------------------------------

    def say(self, words: str) -> None:
        """Where there is nobody to show."""
        self._letter = None
        self._person.setText(words)
        self._show("")
        self._dress()

    def show_letter(self, letter: Letter, place: str) -> None:
        """`place`: such as "2 of 5 · ". What is being typed for this person stays as it is."""
        another = self._letter is None or self._letter.candidate_id != letter.candidate_id
        self._letter = letter
        alone = " · words of their own" if letter.candidate_id in self._own else ""
        self._person.setText(f"{place}{letter.name}" + (f", {letter.to}" if letter.to else "") + alone)
        self._show(f"{letter.subject}\n\n{letter.text}")
        if another and letter.candidate_id in self._own:
            self._fill(*self._own[letter.candidate_id])
        self._dress()

    def _show(self, words: str) -> None:
        whole = folds(words)
        self._shown.setText(words if whole else "")
        self._broken.setText("" if whole else words)

    def _dress(self) -> None:
        own = self._letter is not None and self._letter.candidate_id in self._own
        for part in (self.subject, self.text, self._common):
            appear(part, own)
        appear(self._shown, not own and not self._broken.text())
        appear(self._broken, not own and bool(self._broken.text()))
        appear(self._alone, self._letter is not None and not own)

    def _fill(self, subject: str, text: str) -> None:
        self.subject.set_value(subject)
        self.text.set_value(text)

    def _begin(self) -> None:
        if self._letter is not None:
            self._fill(self._letter.subject, self._letter.text)
            self.text.setFocus()
            self._typed()
            self.text.setFocus()

    def _back(self) -> None:
        if self._letter is not None:
            self._own.pop(self._letter.candidate_id, None)
            self.changed.emit()
            self._alone.setFocus()

    def _typed(self, *_: Any) -> None:
        if self._letter is not None:
            self._own[self._letter.candidate_id] = [self.subject.value(), self.text.value()]
            self.changed.emit()

    def _stepper(self, step: int) -> Callable[[], None]:
        return lambda: self.turned.emit(step)
