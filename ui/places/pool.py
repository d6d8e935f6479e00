"""Keep in touch: whom to write to next, who is going cold, the near-misses, who graduates soon; in a few minutes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from core import text
from core.insight import keeping
from core.insight.keeping import VIEWS, Kept
from core.text import in_digits, plural
from core.work import touch_plans
from core.work.pool import put_off_people
from ui.command import Command
from ui.context import Context
from ui.models.paged_table import Column, PagedTable
from ui.places.actions import Action, attempt, menu_button, opener
from ui.places.base import PlaceBase
from ui.places.candidate_page import CandidatePage
from ui.places.two_sides import TwoSides
from ui.theme import current
from ui.widgets.chips_field import OneChip
from ui.widgets.empty import Empty
from ui.widgets.panel import Line, Panel
from ui.widgets.table import FOLDED_ROW, Table
from ui.widgets.text import appear, button, label

_COLUMNS = (
    # The reasons are too long for a column beside the name: they always stand below it.
    Column("name", "Name, and why", width=0, least=5_000, sorts=False),
    Column("why", "Why", kind="muted", width=260, sorts=False, folds=1),
    Column("when", "", kind="chip", width=120, widest="no project fits", sorts=False),
)
_KEYS = tuple(VIEWS)
AT_ONCE = 200
"""People up to whom putting off is done at once; beyond that it is a task with a way to cancel."""
_NOTHING = {
    "next": ("Nobody to write to", "Keep someone in touch from their page, under More; they stand here by date."),
    "cold": (
        "Nobody is going cold",
        "Here stands who graduates within a year and heard nothing for as long as their plan says, or 60 days.",
    ),
    "near_miss": ("No near-misses", "Who just missed the internship, and is worth asking again, stands here."),
    "graduating": ("Nobody graduates within a year", "Of those you keep in touch with, or who have applied."),
}


class _KeptTable(Table):
    """Space logs a contact with those who are chosen."""

    log: Callable[[], object]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            self.log()
        else:
            super().keyPressEvent(event)


class Pool(PlaceBase):
    key, title = "pool", "Keep in touch"
    nouns = frozenset({
        "candidates", "touches", "pool_entries", "touch_plans", "applications", "offers", "engagements", "outcomes",
        "enrolments", "projects", "project_skills", "candidate_skills", "school_periods", "blackouts",
    })  # fmt: skip

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._rows: dict[str, Kept] = {}
        self._counts: dict[str, int] = {}
        self.views = OneChip(list(VIEWS.items()), "Whom to keep in touch with")
        self.table = _KeptTable(PagedTable(_COLUMNS, self._cells, self), "People to keep in touch with")
        self.table.log = self._log
        self.table.setMinimumHeight(current().px(FOLDED_ROW * 3))
        self._list = QStackedWidget()
        self._list.addWidget(self.table)
        for key in _KEYS:
            self._list.addWidget(Empty(*_NOTHING[key]))
        self.steps = QWidget()
        self._steps = QHBoxLayout(self.steps)
        self._steps.setContentsMargins(12, 8, 12, 8)
        self._steps.setSpacing(8)
        left = Panel(margins=(0, 0), gap=0)
        bar = QHBoxLayout()
        bar.setContentsMargins(16, 10, 12, 10)
        bar.addWidget(self.views, 1)
        left.add(bar)
        left.add(Line())
        left.add(self._list, 1)
        left.add(Line())
        left.add(self.steps)
        self.page = CandidatePage(context)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(TwoSides(left, self.page, (616, 392)))
        self.views.changed.connect(lambda _key: self.ask())
        self.table.picked.connect(lambda row_id: self.page.show_person(row_id))
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._show_steps())
        self.table.opened.connect(lambda row_id: context.open_form("touches", candidate_id=row_id))

    # --- what the desk asks -----------------------------------------------------------------------------------------

    @property
    def view(self) -> str:
        return self.views.value()

    def ask(self) -> None:
        store, today = self.context.store, self.context.today()
        ids = keeping.kept_ids(store, self.view, today=today)
        self._counts = keeping.counts(store, {self.view: len(ids)}, today=today)
        counted = ((key, words, self._counts[key]) for key, words in VIEWS.items())
        self.views.set_words({key: f"{words} {in_digits(count)}" if count else words for key, words, count in counted})
        self._rows.clear()
        self._list.setCurrentIndex(0 if ids else 1 + _KEYS.index(self.view))
        self.table.show_ids(ids)
        self.page.show_person(self.table.current_id())
        self._show_steps()

    def subtitle(self) -> str:
        dated, cold = self._counts.get("next", 0), self._counts.get("cold", 0)
        words = f"{in_digits(dated)} with a next date · {in_digits(cold)} going cold"
        return words if dated or cold else "Who is kept warm until they graduate"

    def primary(self) -> Command:
        return Command("add-candidate", "Add candidate", "", lambda: self.context.open_form("candidates"))

    def show_view(self, key: str) -> None:
        self.views.choose(key)

    def choose(self, row_id: str) -> None:
        self.table.choose(row_id)

    def print_list(self) -> None:
        ids = self.table.model().ids  # type: ignore[attr-defined]
        rows = keeping.kept_rows(self.context.store, self.view, ids, today=self.context.today())
        columns = [("Name", "left"), ("Where they are", "left"), ("Why", "left"), ("When", "left")]
        cells = [[row.name, row.detail, row.why, row.when] for row in rows.values()]
        self.print_rows("Keep in touch", [VIEWS[self.view]], columns, cells, "person")

    # --- the list ---------------------------------------------------------------------------------------------------

    def _cells(self, ids: Sequence[str]) -> dict[str, tuple[Any, ...]]:
        rows = keeping.kept_rows(self.context.store, self.view, ids, today=self.context.today())
        self._rows |= rows
        return {row.id: (row.name, row.why, (row.when, row.kind) if row.when else "") for row in rows.values()}

    def _row(self, row_id: str) -> Kept | None:
        """Also of one whose line was not painted yet."""
        if row_id not in self._rows:
            found = keeping.kept_rows(self.context.store, self.view, [row_id], today=self.context.today())
            self._rows |= found
        return self._rows.get(row_id)

    def chosen(self) -> list[str]:
        return list(self.table.chosen_ids())

    def _show_steps(self) -> None:
        while (item := self._steps.takeAt(0)) is not None:
            if (gone := item.widget()) is not None:
                gone.hide()
                gone.deleteLater()
        ids = self.chosen()
        appear(self.steps, self._list.currentIndex() == 0)
        if not ids:
            self._steps.addWidget(label("Choose one person, or several, to do something for them.", "muted"), 1)
            return
        row = self._row(ids[0])
        count = "" if len(ids) == 1 else f" ({in_digits(len(ids))})"
        fits = row is not None and len(ids) == 1 and bool(row.fits)
        self._steps.addWidget(button(f"Write{count}", "", self._write))
        if fits:
            self._steps.addWidget(button("Invite", "", self._invite))
        self._steps.addWidget(button(f"Log a contact{count}", "", self._log, hover="Space"))
        self._steps.addWidget(menu_button("More for those who are chosen", self._more(ids)))
        self._steps.addStretch(1)

    def _more(self, ids: list[str]) -> list[Action]:
        today, one = self.context.today(), self._row(ids[0])
        actions = []
        if len(ids) > 1 or (one is not None and (one.entry_id or one.next_on)):
            for words, days in (("a week", 7), ("a month", 30)):
                until = today + timedelta(days=days)
                said = f"Put off {words}, to {text.short_day(until, today)}"
                actions.append(Action(said, self._sleeper(ids, until)))
        if len(ids) == 1:
            plan = opener(self.context, "touches", candidate_id=ids[0], planned=True)
            actions.append(Action("Plan a contact…", plan))
            if one is not None and one.entry_id:
                actions.append(Action("Why and how often…", opener(self.context, "pool_entries", one.entry_id)))
            else:
                actions.append(Action("Keep in touch…", opener(self.context, "pool_entries", candidate_id=ids[0])))
        else:
            fits = one.fits[0].project_id if one is not None and one.fits else None
            invite = opener(self.context, "bulk_invite", candidate_ids=ids, project_id=fits)
            actions.append(Action("Invite to a project…", invite))
            actions.append(Action("Tags…", opener(self.context, "bulk_tag", candidate_ids=ids)))
        actions += [Action(""), Action("How often, by reason…", opener(self.context, "touch_plans"))]
        return actions

    # --- what one does ----------------------------------------------------------------------------------------------

    def _write(self) -> None:
        """Begins with the message that the plan of the first one's reason names."""
        ids = self.chosen()
        if ids:
            key = touch_plans.message_of(self.context.store, ids[0], today=self.context.today())
            self.context.open_form("message", candidate_ids=ids, template=key)

    def _log(self) -> None:
        ids = self.chosen()
        if len(ids) == 1:
            row = self._row(ids[0])
            self.context.open_form("touches", candidate_id=ids[0], planned_id=row.touch_id if row else None)
        elif ids:
            self.context.open_form("bulk_touch", candidate_ids=ids)

    def _invite(self) -> None:
        ids = self.chosen()
        row = self._row(ids[0]) if ids else None
        if row is not None:
            projects = [(fit.project_id, fit.project) for fit in row.fits]
            self.context.open_form("invitation", candidate_id=row.id, projects=projects)

    def _sleeper(self, ids: list[str], until: date) -> Callable[[], object]:
        context, store, today = self.context, self.context.store, self.context.today()

        def told(moved: int) -> None:
            later = len(ids) - moved
            more = f" {plural(later, 'has', 'have')} a later date, or none." if later else ""
            context.say(f"Put off to {text.short_day(until, today)}: {plural(moved, 'person', 'people')}.{more}")

        def sleep() -> None:
            if len(ids) <= AT_ONCE:
                attempt(context, lambda: told(put_off_people(store, ids, until, today=today)))
                return
            context.tasks.run(
                lambda progress: put_off_people(store, ids, until, today=today, progress=progress.step),
                done=told,
                failed=lambda error: context.say(str(error)),
                cancelled=lambda: context.say("Cancelled; nothing was put off."),
                words="Putting off",
                cancellable=True,
            )

        return sleep
