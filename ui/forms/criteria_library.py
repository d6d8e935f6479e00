"""Single criteria out of the library: searched by competency or skill, read before they are picked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from core.text import fold
from core.work.rubric_files import CriterionDraft, FoundCriterion, Shelved, find_criteria
from ui.theme import set_role
from ui.widgets.fields import LineField
from ui.widgets.panel import Heading, Line
from ui.widgets.text import Button, button, label

STEP = 4
"""How many are shown at once; the rest is asked for."""
FULL = "Six is the most. Remove one to add another."


class CriteriaLibrary(QFrame):
    """`pick` takes one; `names` tells which are in it already, `full` whether there is room."""

    def __init__(
        self,
        shelf: Sequence[Shelved],
        pick: Callable[[CriterionDraft], object],
        names: Callable[[], set[str]],
        full: Callable[[], bool],
    ) -> None:
        super().__init__()
        set_role(self, "panel")
        self.setAccessibleName("Library of criteria")
        self._shelf, self._pick, self._names, self._full = shelf, pick, names, full
        self._most = STEP
        self._rows: list[tuple[FoundCriterion, Button]] = []
        box = QVBoxLayout(self)
        box.setContentsMargins(14, 12, 14, 12)
        box.setSpacing(8)
        box.addWidget(Heading("From the library", "A pick adds it as it is; then word it as you like."))
        self.search = LineField(200, "A competency or a skill, such as teamwork or spreadsheets")
        self.search.setAccessibleName("Search the library of criteria")
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._searched)
        box.addWidget(self.search)
        self.words = label("", "note", wrap=True)
        box.addWidget(self.words)
        self._found = QVBoxLayout()
        self._found.setSpacing(8)
        box.addLayout(self._found)
        self.more = button("Show more", "link", self._show_more)
        box.addWidget(self.more)
        self._list()

    def again(self) -> None:
        """What is in the rubric has changed."""
        full, there = self._full(), self._names()
        for one, add in self._rows:
            inside = fold(one.criterion.name) in there
            add.setEnabled(not inside and not full)
            add.say("In it" if inside else "Add", f"{'In it' if inside else 'Add'}: {one.criterion.name}")
        self._say(full)

    def _searched(self) -> None:
        self._most = STEP
        self._list()

    def _show_more(self) -> None:
        at = len(self._rows)
        self._most += 2 * STEP
        self._list()
        if at < len(self._rows):
            self._rows[at][1].setFocus(Qt.FocusReason.OtherFocusReason)

    def _list(self) -> None:
        while (item := self._found.takeAt(0)) is not None:
            if (gone := item.widget()) is not None:
                gone.hide()
                gone.deleteLater()
        found = find_criteria(self._shelf, self.search.text())
        self._count, self._rows = len(found), []
        after: QWidget = self.search
        for one in found[: self._most]:
            add = button("Add", "", partial(self._picked, one))
            self._rows.append((one, add))
            self._found.addWidget(Line())
            self._found.addWidget(_row(one, add))
            QWidget.setTabOrder(after, add)
            after = add
        QWidget.setTabOrder(after, self.more)
        self.more.setVisible(len(found) > self._most)
        self.again()

    def _picked(self, one: FoundCriterion) -> None:
        at = next(n for n, (each, _) in enumerate(self._rows) if each.key == one.key)
        self._pick(one.criterion)
        self.again()
        # The button that was pressed cannot hold the keyboard any longer.
        free = [add for _, add in [*self._rows[at:], *self._rows] if add.isEnabled()]
        (free[0] if free else self.search).setFocus(Qt.FocusReason.OtherFocusReason)

    def _say(self, full: bool) -> None:
        said = self.search.value()
        if full:
            self.words.setText(FULL)
        elif not self._count:
            self.words.setText(f"The library has nothing on “{said}”. Search by another word, or add an empty one.")
        else:
            of = f" on “{said}”" if said else ""
            self.words.setText(f"{min(self._most, self._count)} of {self._count} criteria{of}")


def _row(one: FoundCriterion, add: Button) -> QWidget:
    made, criterion = QWidget(), one.criterion
    across = QHBoxLayout(made)
    across.setContentsMargins(0, 0, 0, 0)
    across.setSpacing(12)
    down = QVBoxLayout()
    down.setSpacing(2)
    down.addWidget(label(criterion.name, "subject", wrap=True))
    about = [one.rubric] + [criterion.competency] * (criterion.competency not in ("", one.rubric))
    down.addWidget(label(" · ".join([*about, *([criterion.hint] if criterion.hint else [])]), "note", wrap=True))
    down.addWidget(label(f"1  {criterion.level_1}\n4  {criterion.level_4}", "muted", wrap=True))
    across.addLayout(down, 1)
    across.addWidget(add, 0, Qt.AlignmentFlag.AlignTop)
    return made
