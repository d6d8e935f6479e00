"""Programs: the goals of a year or a season with what there is so far, and the way into the next."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from core import text
from core.errors import SystemFault, UserError
from core.insight.programs import Goal, ProgramView, programs
from core.text import in_digits
from core.work import programs as work
from ui.command import Command
from ui.context import Context
from ui.places.base import PlaceBase
from ui.widgets.chips import Tone
from ui.widgets.chips_field import Flow
from ui.widgets.meter import Meter
from ui.widgets.panel import Panel, Scroll
from ui.widgets.rows import Row, Rows
from ui.widgets.text import button, label, tip

_FEW = 5
_TONES: dict[str, Tone] = {
    "draft": "neutral", "closed": "neutral", "cancelled": "neutral", "open": "green", "running": "green",
}  # fmt: skip


class Programs(PlaceBase):
    key, title, icon = "programs", "Programs", "target"
    nouns = frozenset({
        "programs", "projects", "engagements", "instalments", "payments", "applications", "enrolments", "employers",
    })  # fmt: skip

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._views: list[ProgramView] = []
        self._whole: set[str] = set()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        self._scroll = Scroll(gap=12)
        box.addWidget(self._scroll)

    def ask(self) -> None:
        self._views = programs(self.context.store, today=self.context.today())
        self._scroll.clear()
        for view in self._views:
            self._scroll.body.addWidget(self._card(view))
        self._scroll.body.addStretch(1)

    def subtitle(self) -> str:
        stored = sum(one.id is not None for one in self._views)
        if not stored:
            return "A project without a program belongs to the calendar year of its kick-off"
        return f"{text.plural(stored, 'program')} · a project without one belongs to its calendar year"

    def primary(self) -> Command:
        return Command("add-program", "New program", "", lambda: self.context.open_form("programs"))

    # --- one program ------------------------------------------------------------------------------------------------

    def _card(self, view: ProgramView) -> QWidget:
        panel = Panel(view.name, self._days(view), margins=(18, 14), gap=10)
        steps = QWidget()
        line = Flow(steps, 12)
        for words, run in self._steps(view):
            step = button(words, "link", run, name=f"{words} {view.name}")
            step.setProperty("side", "flush")
            line.addWidget(step)
        panel.add(steps)
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(10)
        for column, stretch in enumerate((2, 1, 5)):
            grid.setColumnStretch(column, stretch)
        for place, goal in enumerate(view.goals):
            self._goal(grid, place, goal)
        panel.add(grid)
        if view.projects:
            panel.add(self._projects(view))
        else:
            panel.add(label("No project belongs to it yet.", "muted", wrap=True))
        return panel

    def _days(self, view: ProgramView) -> str:
        said = f"{text.short_day(view.starts_on)} to {text.short_day(view.ends_on)}"
        if view.previous_name:
            said += f" · follows {view.previous_name}"
        if view.next_name:
            said += f" · rolled over into {view.next_name}"
        return said

    def _steps(self, view: ProgramView) -> list[tuple[str, Callable[[], None]]]:
        form = self.context.open_form
        steps: list[tuple[str, Callable[[], None]]] = []
        if view.id is None:
            year = view.starts_on.year
            steps.append(("Set goals…", lambda: form("programs", year=year)))
            steps.append(("Roll over…", lambda: form("roll_over", year=year)))
            return steps
        steps.append(("Edit…", lambda: form("programs", view.id)))
        if not view.next_name:
            steps.append(("Roll over…", lambda: form("roll_over", program_id=view.id)))
        steps.append(("Remove", lambda: self._remove(view)))
        return steps

    def _goal(self, grid: QGridLayout, place: int, goal: Goal) -> None:
        words, figure = label(goal.words, "muted", wrap=True), label(goal.figure, "subject", wrap=True)
        detail = label(goal.detail, "muted", wrap=True)
        for one in (words, figure, detail):
            one.setToolTip(tip(goal.definition))
        column = QVBoxLayout()
        column.setSpacing(2)
        if goal.part is not None:
            # Of a budget, going beyond it is what one must see; of all else, it is good news.
            over = goal.key == "budget" and goal.part > 1
            said = f"{goal.words}: {goal.figure} {goal.detail}"
            column.addWidget(Meter(int(goal.part * 100), "red" if over else "green", said))
        column.addWidget(detail)
        grid.addWidget(words, place, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(figure, place, 1, Qt.AlignmentFlag.AlignTop)
        grid.addLayout(column, place, 2)

    def _projects(self, view: ProgramView) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        shown = view.projects if view.key in self._whole else view.projects[:_FEW]
        rows = [
            Row(
                one.title,
                self._when(one.number, one.kick_off_on),
                one.phase_words,
                _TONES.get(one.phase, "amber"),
                "Open",
                self._goer(one.id),
            )
            for one in shown
        ]
        column.addWidget(Rows(rows, subjects=240, actions=60))
        if len(shown) < len(view.projects):
            line = QHBoxLayout()
            words = f"All {in_digits(len(view.projects))} projects"
            line.addWidget(button(words, "link", self._unfolder(view.key), name=f"{words} of {view.name}"))
            line.addStretch(1)
            column.addLayout(line)
        return box

    def _when(self, number: str, kick_off: date | None) -> str:
        return f"{number} · kick-off {text.short_day(kick_off)}" if kick_off else f"{number} · no kick-off yet"

    def _unfolder(self, key: str) -> Callable[[], None]:
        def unfold() -> None:
            self._whole.add(key)
            self.ask()

        return unfold

    def _goer(self, project_id: str) -> Callable[[], None]:
        return lambda: self.context.show("projects", project_id)

    def _remove(self, view: ProgramView) -> None:
        try:
            work.remove_program(self.context.store, view.id or "", today=self.context.today())
        except (UserError, SystemFault) as error:
            self.context.say(str(error))
            return
        let_go = (
            f" {text.plural(len(view.projects), 'project')} went back to the calendar year." if view.projects else ""
        )
        self.context.say(f"{view.name} is removed.{let_go}")
