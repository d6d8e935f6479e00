"""What a project can start from: templates, ready-made and one's own, and the projects that were."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout

from core import money, text
from core.errors import SystemFault, UserError
from core.files import safe_name
from core.insight import templates
from core.insight.templates import PastProject, TemplateRow
from core.work import own_templates as own
from ui.command import Command
from ui.context import Context
from ui.models.paged_table import Column, PagedTable
from ui.places.actions import Action, attempt, menu_button, opener
from ui.places.base import PlaceBase
from ui.places.template_page import Shown, TemplatePage
from ui.places.two_sides import TwoSides
from ui.widgets.fields import LineField
from ui.widgets.panel import Line, Panel, clear
from ui.widgets.table import Table
from ui.widgets.tabs import Tabs
from ui.widgets.text import button

TEMPLATES, PAST = range(2)
_COLUMNS = (
    Column("name", "Name", width=0, least=220, sorts=False),
    Column("category", "Kind", kind="muted", width=112, widest="Customer care", folds=1, sorts=False),
    Column("hours", "Hours", width=60, right=True, folds=2, folded="{} h", sorts=False),
    Column("fee", "Fee", width=70, right=True, widest="$1,250", folds=3, sorts=False),
)


class Templates(PlaceBase):
    key, title = "templates", "Templates"
    nouns = frozenset({"templates", "projects", "milestones", "questions", "rubrics", "criteria", "engagements",
                       "hour_entries", "employers"})  # fmt: skip

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._rows: dict[str, TemplateRow | PastProject] = {}
        self._hidden = False
        self._asked: tuple[str, bool, bool] | None = None
        self._model = PagedTable(_COLUMNS, self._cells_of, self)
        self.table = Table(self._model, "What a project can start from")
        self.page = TemplatePage()
        self.tabs = Tabs(["Templates", "Past projects"], "What to start from")
        self.search = LineField(200, "Search")
        self.search.setAccessibleName("Search what to start from")
        self.search.setClearButtonEnabled(True)
        self._tools = QHBoxLayout()
        left = Panel(margins=(0, 0), gap=0)
        bar = QVBoxLayout()
        bar.setContentsMargins(16, 8, 16, 10)
        bar.setSpacing(8)
        bar.addWidget(self.tabs)
        line = QHBoxLayout()
        line.addWidget(self.search, 1)
        line.addLayout(self._tools)
        bar.addLayout(line)
        left.add(bar)
        left.add(Line())
        left.add(self.table, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(TwoSides(left, self.page, (506, 502)))
        self.table.picked.connect(self._picked)
        self.table.opened.connect(self._start)
        self.search.changed.connect(self._searched)
        self.search.textChanged.connect(lambda words: None if words else self._searched())
        self.tabs.changed.connect(lambda _at: self._searched())

    # --- what the desk asks -----------------------------------------------------------------------------------------

    def ask(self) -> None:
        store, words = self.context.store, self.search.value()
        if self._past:
            rows: Sequence[TemplateRow | PastProject] = templates.past_projects(store, words)
        else:
            rows = templates.templates(store, words, hidden=self._hidden)
        asked = (words, self._hidden, self._past)
        fresh = [row.key for row in rows if row.key not in self._rows] if asked == self._asked else []
        self._asked, self._rows = asked, {row.key: row for row in rows}
        self._lay_tools()
        self.table.picked.disconnect(self._picked)
        self.table.show_ids(list(self._rows))
        if len(fresh) == 1:  # made just now
            self.table.choose(fresh[0])
        self.table.picked.connect(self._picked)
        self._picked(self.table.current_id())

    def subtitle(self) -> str:
        rows = templates.templates(self.context.store, hidden=True)
        mine = sum(not row.ready_made for row in rows)
        changed = sum(row.ready_made and row.own for row in rows)
        hidden = sum(row.hidden for row in rows)
        parts = [
            text.plural(len(rows), "template"),
            f"{mine} of your own" if mine else "",
            f"{changed} in your words" if changed else "",
            f"{hidden} hidden" if hidden else "",
        ]
        return " · ".join(part for part in parts if part)

    def primary(self) -> Command:
        return Command("start-project", "Start a project", "", lambda: self._start(self.table.current_id()))

    def choose(self, key: str) -> None:
        """Picks a template; a search that hides it is taken off."""
        self.tabs.choose(TEMPLATES)
        if key not in self._rows:
            self.search.set_value("")
            self._hidden = True
            self.refresh()
        self.table.choose(key)

    @property
    def _past(self) -> bool:
        return self.tabs.current() == PAST

    # --- within -----------------------------------------------------------------------------------------------------

    def _searched(self) -> None:
        self.refresh()
        self.head_changed.emit()

    def _cells_of(self, keys: Sequence[str]) -> dict[str, tuple[Any, ...]]:
        return {key: _cells(self._rows[key]) for key in keys if key in self._rows}

    def _lay_tools(self) -> None:
        clear(self._tools)
        if self._past:
            return
        hidden = any(row.hidden for row in templates.templates(self.context.store, hidden=True))
        words = "Leave out hidden ones" if self._hidden else "Show hidden ones"
        more = [Action("Take in a file…", self.take_in)]
        more.append(Action("Letters’ texts…", opener(self.context, "letter_texts")))
        more += [Action(""), Action(words, self._toggle_hidden)] if hidden or self._hidden else []
        self._tools.addWidget(button("New template", "", opener(self.context, "templates")))
        self._tools.addWidget(menu_button("More for templates", more))

    def _toggle_hidden(self) -> None:
        self._hidden = not self._hidden
        self.refresh()

    def _start(self, key: str | None) -> None:
        if key is None:
            self.context.open_form("projects")
        elif self._past:
            self.context.open_form("projects", copy_of=key)
        else:
            self.context.open_form("projects", template=key)

    def _picked(self, key: str | None) -> None:
        row = self._rows.get(key or "")
        if row is None:
            found = self.search.value()
            self.page.show_one(None, "Nothing here says that. Search by another word." if found else "")
        elif isinstance(row, PastProject):
            self.page.show_one(self._of_project(row))
        else:
            self.page.show_one(self._of_template(row))

    def _of_project(self, row: PastProject) -> Shown:
        context = self.context
        return Shown(
            own.body_of_project(context.store, row.key),
            row.about,
            None,
            Action("Save as a template…", opener(context, "templates", from_project=row.key)),
            [Action("Show the project", lambda: context.show("projects", row.key))],
        )

    def _of_template(self, row: TemplateRow) -> Shown:
        context, store, key = self.context, self.context.store, row.key
        view = templates.template(store, key)
        kind = ("ready-made, in your words" if row.own else "ready-made") if row.ready_made else "your own"
        used = f"{text.plural(row.used, 'project')} begun from it" if row.used else "not used yet"
        about = " · ".join([kind, used, *(["hidden"] if row.hidden else [])])
        more = [Action("Save as a file…", lambda: self.give_away(key))]
        if row.hidden:
            more.append(Action("Show it again", self._doer(own.hide_template, key, "It is in the list again.", False)))
        else:
            more.append(Action("Hide", self._doer(own.hide_template, key, "Hidden: it is suggested no more.", True)))
        if row.ready_made and row.own:
            more.append(Action("Back to our words", self._doer(own.restore_template, key, "It says what it said.")))
        if not row.ready_made:
            words = "Removed. Projects begun from it keep its name."
            more += [Action(""), Action("Remove", self._doer(own.remove_template, key, words))]
        return Shown(view.body, about, view.lesson, Action("Edit", opener(context, "templates", key)), more)

    def _doer(self, verb: Callable[..., object], key: str, done: str, *more: object) -> Callable[[], None]:
        context = self.context

        def do() -> None:
            attempt(context, lambda: verb(context.store, key, *more, today=context.today()), done)

        return do

    # --- files ------------------------------------------------------------------------------------------------------

    def take_in(self) -> None:
        """A template from a file, shown in its form before it is added."""
        path = self.context.ask_file("Choose a template", "Templates (*.toml)")
        if path is None:
            return
        try:
            body = own.read_template(path)
        except UserError as error:
            self.context.say(str(error))
            return
        self.context.open_form("templates", body=body)

    def give_away(self, key: str) -> None:
        name = safe_name(f"{templates.template(self.context.store, key).body.name}.toml")
        chosen, _ = QFileDialog.getSaveFileName(
            self, "Save the template", str(Path.home() / name), "Templates (*.toml)"
        )
        if not chosen:
            return
        out = Path(chosen)
        try:
            own.save_template(self.context.store, key, out, overwrite=True)
        except (UserError, SystemFault) as error:
            self.context.say(str(error))
        else:
            self.context.say(f"Saved as {out.name}.")


def _cells(row: TemplateRow | PastProject) -> tuple[Any, ...]:
    fee = money.show(row.fee, row.currency) if row.fee else ""
    return (row.name, row.category, row.hours or "", fee)
