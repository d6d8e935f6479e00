"""The inbox: what one never gets to, sorted and found, each line one click from being a project."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from textwrap import shorten
from typing import Any, cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from core import text
from core.insight import to_dos
from core.insight.templates import suggest
from core.insight.to_dos import SORTS, STATES, InboxRow, Sort, State
from core.repeating import months_later
from core.work import todos
from ui.command import Command
from ui.context import Context
from ui.models.paged_table import Column, PagedTable
from ui.places.actions import Action, attempt, menu_button, opener
from ui.places.base import PlaceBase
from ui.places.two_sides import TwoSides
from ui.widgets.chips import Pill
from ui.widgets.empty import Empty
from ui.widgets.fields import ChoiceField, LineField
from ui.widgets.panel import Heading, Line, Panel, Scroll
from ui.widgets.table import Table
from ui.widgets.tabs import Tabs
from ui.widgets.text import button, label

_COLUMNS = (
    Column("words", "To-do", width=0, least=320, sorts=False),
    Column("repeats", "Comes", kind="muted", width=110, widest="every three months", sorts=False, folds=1),
    Column("state", "Day", kind="chip", width=110, widest="comes 28 Nov 2027", sorts=False),
)
_KEYS: tuple[State, ...] = tuple(STATES)
_LONG_WORD = 30
_NOTHING = (
    ("The inbox is empty", "Write down what you never get to: a line at any time, from anywhere, with Ctrl+T."),
    ("Nothing is put off", "What you put off, and what repeats, waits here for its day."),
    ("Nothing done yet", "What you did yourself stands here, and what became a project."),
    ("Nothing found", "No to-do here holds these words."),
)
"""Of each tab, then of a search."""


class _InboxTable(Table):
    """`keys`: what a key does to the lines that are chosen."""

    keys: Mapping[int, Callable[[], object]] = {}

    def keyPressEvent(self, event: QKeyEvent) -> None:
        run = self.keys.get(Qt.Key(event.key()))
        if run is None:
            super().keyPressEvent(event)
        else:
            run()


class ToDos(PlaceBase):
    key, title = "to-dos", "To-dos"
    nouns = frozenset({"to_dos", "projects", "templates"})

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._rows: dict[str, InboxRow] = {}
        self.tabs = Tabs(list(STATES.values()), "Which to-dos")
        self.sort = ChoiceField([(key, words) for key, words in SORTS.items()])
        self.sort.setAccessibleName("Order of the to-dos")
        self.sort.setMinimumContentsLength(12)
        self.search = LineField(200, "Find in the inbox")
        self.search.setAccessibleName("Find in the inbox")
        self.search.setMinimumWidth(110)
        self.table = _InboxTable(PagedTable(_COLUMNS, self._cells, self), "To-dos")
        self._list = QStackedWidget()
        self._list.addWidget(self.table)
        for heading, words in _NOTHING:
            self._list.addWidget(Empty(heading, words))
        left = Panel(margins=(0, 0), gap=0)
        bar, below = QHBoxLayout(), QHBoxLayout()
        bar.setContentsMargins(16, 4, 12, 0)
        bar.addWidget(self.tabs, 1)
        below.setContentsMargins(16, 8, 16, 8)
        below.setSpacing(8)
        below.addWidget(self.search, 1)
        below.addWidget(self.sort)
        left.add(bar)
        left.add(below)
        left.add(Line())
        left.add(self._list, 1)
        self.side = Panel()
        self.side.heading.setParent(None)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(TwoSides(left, self.side, (606, 402)))
        self.tabs.changed.connect(lambda _at: self.ask())
        self.sort.changed.connect(self.ask)
        self.search.textChanged.connect(lambda _words: self.ask())
        self.table.picked.connect(lambda _id: self._show_side())
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._show_side())
        self.table.opened.connect(self._make)
        self.table.keys = {
            Qt.Key.Key_Space: self._done,
            Qt.Key.Key_Delete: self._remove,
            Qt.Key.Key_F2: self._edit,
        }

    # --- what the desk asks -----------------------------------------------------------------------------------------

    def ask(self) -> None:
        store, today = self.context.store, self.context.today()
        counts = to_dos.counts(store, today=today)
        self.tabs.set_words([f"{words} {counts[key]}" if counts[key] else words for key, words in STATES.items()])
        state, sort = _KEYS[self.tabs.current()], cast("Sort", self.sort.value())
        found = to_dos.inbox(store, self.search.value(), state, sort, today=today)
        self._rows = {row.id: row for row in found}
        empty = len(_NOTHING) if self.search.value() else 1 + _KEYS.index(state)
        self._list.setCurrentIndex(0 if found else empty)
        self.table.show_ids(list(self._rows))
        self._show_side()

    def subtitle(self) -> str:
        counts = to_dos.counts(self.context.store, today=self.context.today())
        parts = [f"{count} {STATES[key].lower()}" for key, count in counts.items() if count]
        return " · ".join(parts) if parts else "What you never get to"

    def primary(self) -> Command:
        return Command("capture", "New to-dos", "", lambda: self.context.open_form("to_dos"))

    def choose(self, row_id: str) -> None:
        """Goes to the line, behind whichever tab it stands."""
        row = {one.id: one for one in to_dos.inbox(self.context.store, state=None, today=self.context.today())}
        if row_id in row:
            self.search.set_value("")
            self.tabs.choose(_KEYS.index(row[row_id].state))
            self.ask()
            self.table.choose(row_id)

    def print_list(self) -> None:
        columns = [(column.title, "left") for column in _COLUMNS]
        cells = [[row.text, row.repeats, row.chip] for row in self._rows.values()]
        self.print_rows("To-dos", [STATES[_KEYS[self.tabs.current()]]], columns, cells, "to-do")

    # --- the chosen line --------------------------------------------------------------------------------------------

    def _cells(self, ids: Sequence[str]) -> dict[str, tuple[Any, ...]]:
        found = [self._rows[row_id] for row_id in ids if row_id in self._rows]
        return {row.id: (row.text, row.repeats, (row.chip, row.kind) if row.chip else "") for row in found}

    def chosen(self) -> list[InboxRow]:
        return [self._rows[row_id] for row_id in self.table.chosen_ids() if row_id in self._rows]

    def _show_side(self) -> None:
        body = self.side.body
        while (item := body.takeAt(0)) is not None:
            if (gone := item.widget()) is not None:
                gone.hide()
                gone.deleteLater()
        rows = self.chosen()
        if not rows:
            body.addWidget(Empty("No to-do chosen", "Pick one to make it a project, put it off or mark it as done."))
        elif len(rows) == 1:
            body.addWidget(self._one(rows[0]), 1)
        else:
            body.addWidget(self._several(rows), 1)

    def _one(self, row: InboxRow) -> QWidget:
        scroll = Scroll(gap=12)
        body, today = scroll.body, self.context.today()
        # Text that can be copied by mouse breaks between words alone; a link or a long word would be cut.
        fits = max(map(len, row.text.split()), default=0) <= _LONG_WORD
        body.addWidget(label(row.text, "big", wrap=True, select=fits))
        if row.chip:
            body.addWidget(Pill(row.chip, row.kind), 0, Qt.AlignmentFlag.AlignLeft)  # type: ignore[arg-type]
        facts = [f"captured {text.short_day(row.captured_on, today)}", row.repeats and f"comes {row.repeats}"]
        body.addWidget(label(" · ".join(part for part in facts if part), "muted", wrap=True))
        if row.project_id is not None:
            short = shorten(row.project, 34, placeholder="…")
            body.addWidget(_left(button(short, "link", lambda: self._to_project(row), name=row.project)))
        elif row.state == "done":
            body.addWidget(_left(button("Open it again", "", lambda: self._again(row))))
        else:
            body.addWidget(self._steps([row]))
            self._suggestions(body, row)
        body.addStretch(1)
        return scroll

    def _several(self, rows: list[InboxRow]) -> QWidget:
        made = Scroll(gap=12)
        made.body.addWidget(label(f"{len(rows)} to-dos chosen", "big", wrap=True))
        if all(row.state != "done" for row in rows):
            made.body.addWidget(self._steps(rows))
        made.body.addStretch(1)
        return made

    def _steps(self, rows: list[InboxRow]) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        if len(rows) == 1:
            row.addWidget(button("Make it a project", "primary", lambda: self._make(rows[0].id)))
        row.addWidget(button("Done", "", self._done, hover="I did it myself (Space)"))
        row.addWidget(menu_button("More for what is chosen", self._more(rows)))
        row.addStretch(1)
        return holder

    def _more(self, rows: list[InboxRow]) -> list[Action]:
        today, ids = self.context.today(), [row.id for row in rows]
        monday = today + timedelta(days=7 - today.weekday())
        days = [
            ("Put off to tomorrow", today + timedelta(days=1)),
            (f"Put off to Monday, {text.short_day(monday, today)}", monday),
            (f"Put off to {text.month(months_later(today, 1))}", months_later(today.replace(day=1), 1)),
        ]
        asleep = any(row.state == "later" for row in rows)
        words = rows[0].text if len(rows) == 1 else f"{len(rows)} to-dos"
        return [
            *(Action(words_, self._sleeper(ids, until)) for words_, until in days),
            Action("Put off to a day…", opener(self.context, "to_do_later", to_dos=ids, words=words)),
            *([Action("Bring it back now", self._sleeper(ids, None))] if asleep else []),
            Action(""),
            *([Action("Change…", self._edit)] if len(rows) == 1 else []),
            Action("Remove", self._remove),
        ]

    def _suggestions(self, body: QVBoxLayout, row: InboxRow) -> None:
        """Which templates fit its words, and why; each begins the project at once."""
        found = suggest(self.context.store, row.text)
        if not found:
            return
        body.addWidget(Heading("Templates that fit"))
        for one in found:
            start = self._starter(row, one.key)
            body.addWidget(_left(button(one.name, "link", start, name=f"Start from {one.name}")))
            body.addWidget(label(one.why, "muted", wrap=True))

    # --- what one does ----------------------------------------------------------------------------------------------

    def _starter(self, row: InboxRow, template: str) -> Callable[[], None]:
        return lambda: self.context.open_form("projects", todo_id=row.id, title=row.text, template=template)

    def _make(self, row_id: str) -> None:
        row = self._rows[row_id]
        if row.project_id is not None:
            self._to_project(row)
        elif row.state != "done":
            self.context.open_form("projects", todo_id=row.id, title=row.text)

    def _to_project(self, row: InboxRow) -> None:
        self.context.show("projects", row.project_id or "")

    def _again(self, row: InboxRow) -> None:
        store, today = self.context.store, self.context.today()
        attempt(self.context, lambda: todos.reopen_todo(store, row.id, today=today), "It is in the inbox again.")

    def _done(self) -> None:
        ids = [row.id for row in self.chosen() if row.state != "done"]
        if ids:
            store, today = self.context.store, self.context.today()
            attempt(self.context, lambda: todos.done_todos(store, ids, today=today), "Done.")

    def _remove(self) -> None:
        ids = [row.id for row in self.chosen()]
        if ids:
            attempt(self.context, lambda: todos.remove_todos(self.context.store, ids), "Removed.")

    def _edit(self) -> None:
        rows = self.chosen()
        if len(rows) == 1 and rows[0].state != "done":
            self.context.open_form("to_do", rows[0].id)

    def _sleeper(self, ids: list[str], until: date | None) -> Callable[[], object]:
        store, context = self.context.store, self.context
        words = f"Put off to {text.short_day(until, context.today())}." if until else "It is in the inbox again."
        return lambda: attempt(context, lambda: todos.snooze_todos(store, ids, until, today=context.today()), words)

    def take_files(self, files: list[Path]) -> bool:
        """A list or a calendar let go over the inbox is one of to-dos."""
        self.context.open_form("import", path=files[0], noun="to-dos")
        return True


def _left(part: QWidget) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(part)
    row.addStretch(1)
    part.setProperty("side", "flush")
    return holder
