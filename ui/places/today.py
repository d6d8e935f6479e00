"""Today: what waits, who is going cold, the inbox, the year, the reach."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from core import text
from core.chart import Chart, ChartBar
from core.errors import SystemFault, UserError
from core.insight.glance import ColdRow, TodayView, ToDoRow, Waiting
from ui.calendar_file import calendar_file
from ui.command import Command
from ui.context import Context
from ui.places.base import PlaceBase
from ui.theme import set_role
from ui.widgets.bars import Bars
from ui.widgets.empty import Empty
from ui.widgets.figure import Figure
from ui.widgets.panel import Heading, Line, Panel, Scroll, clear
from ui.widgets.rows import Row, Rows
from ui.widgets.text import IconButton, appear, button, label

_ASIDE = 340
_INBOX_MOST = 4
_WAITING_MOST = 7
_FIELDS = {"dates": "kick_off_on", "closing": "apply_by", "supervisor": "supervisor_id"}
"""Where a project's form begins for what it needs."""


class Today(PlaceBase):
    key, title, icon = "today", "Today", "sun"
    painted = Signal()
    """The store's real rows are on the screen for the first time: the moment that the start is measured by."""
    nouns = frozenset({
        "to_dos", "projects", "milestones", "applications", "evaluations", "scores", "offers", "engagements",
        "payments", "instalments", "extensions", "touches", "pool_entries", "candidates", "enrolments", "schools",
        "deliveries", "rubrics", "colleagues", "check_ins", "milestones_done", "work_authorisations",
        "fit_reviews", "outcomes", "candidate_skills", "project_skills",
    })  # fmt: skip

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._view: TodayView | None = None
        self._painted = False
        self._all_waiting = False
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        scroll = Scroll()
        outer.addWidget(scroll)
        aside = QWidget()
        aside.setFixedWidth(_ASIDE)
        self._main, self._aside = QVBoxLayout(), QVBoxLayout(aside)
        for column in (self._main, self._aside):
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(12)
        row = QHBoxLayout()
        row.setSpacing(20)
        row.addLayout(self._main, 1)
        row.addWidget(aside)
        scroll.body.addLayout(row)
        self.capture = QLineEdit()
        self.capture.setPlaceholderText("Add something you never get to…")
        self.capture.setAccessibleName("Add a to-do")
        self.capture.setMaxLength(2000)
        set_role(self.capture, "bare")
        self.capture.returnPressed.connect(self._capture)
        self._understood = label("", "note", wrap=True)
        self._understood.hide()
        self.capture.textChanged.connect(self._read)
        # It outlives each new look at the store, so that what is half typed stays.
        self.capture.setParent(self)
        self.capture.hide()

    # --- what the desk asks -----------------------------------------------------------------------------------------

    def ask(self) -> None:
        glance = self.context.glance()
        if glance is None:
            from core.insight.today import today_view

            view = today_view(self.context.store, today=self.context.today())
            if view == self._view:
                return
        else:
            view = glance.view
        self._show(view)

    def _show(self, view: TodayView) -> None:
        self._view = view
        had_focus = self.capture.hasFocus()
        self.capture.setParent(self)
        self._understood.setParent(self)
        self._fill_main(view)
        self._fill_aside(view)
        if had_focus:
            self.capture.setFocus(Qt.FocusReason.OtherFocusReason)

    def painted_rows(self) -> bool:
        return self._painted

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._view is not None and not self._painted:
            self._painted = True
            self.painted.emit()

    def subtitle(self) -> str:
        today = self.context.today()
        words = text.day(today).rsplit(" ", 1)[0]
        return f"{words} · {self._view.headline}" if self._view else words

    def primary(self) -> Command:
        return Command("new-project-today", "New project", "", lambda: self.context.open_form("projects"))

    def count(self) -> int | None:
        return len(self._view.waiting) if self._view else None

    # --- the left ---------------------------------------------------------------------------------------------------

    def _fill_main(self, view: TodayView) -> None:
        clear(self._main)
        body = self._main
        if view.waiting:
            body.addWidget(Heading("Waiting for you"))
            shown = view.waiting if self._all_waiting else view.waiting[:_WAITING_MOST]
            body.addWidget(Rows([self._waiting(one) for one in shown]))
            if len(shown) < len(view.waiting):
                rest = button(f"Show all {len(view.waiting)}", "link", self._show_all_waiting)
                body.addWidget(rest, 0, Qt.AlignmentFlag.AlignLeft)
        if view.cold:
            more = f" · {view.cold_count} in all" if view.cold_count > len(view.cold) else ""
            said = f"no contact for as long as planned, graduating within a year{more}"
            body.addWidget(Heading("Going cold", said))
            body.addWidget(Rows([self._cold(one) for one in view.cold]))
        if not view.waiting and not view.cold:
            body.addWidget(self._quiet(view.begun))
        body.addStretch(1)

    def _show_all_waiting(self) -> None:
        self._all_waiting = True
        if self._view:
            self._show(self._view)

    def _quiet(self, begun: bool) -> QWidget:
        if begun:
            return Empty("Nothing waits for you", "Take a to-do from the inbox, or leave it for today.")
        return Empty(
            "A good place to begin",
            "Write down at the right what you never get to. One of these lines becomes your first project.",
            "New project",
            lambda: self.context.open_form("projects"),
            "Add a candidate",
            lambda: self.context.open_form("candidates"),
        )

    def _waiting(self, one: Waiting) -> Row:
        return Row(one.subject, one.detail, one.chip, one.chip_kind, one.action_words, lambda: self._do(one))  # type: ignore[arg-type]

    def _do(self, one: Waiting) -> None:
        """Straight to the step where it is one form; else to the place where the thing lies."""
        noun, row_id = one.target
        steps = {
            ("pay", "engagements"): "payments",
            ("minimum", "engagements"): "instalments",
            ("approve", "engagements"): "acceptance",
            ("kick_off", "engagements"): "kick_off",
            ("evaluate", "engagements"): "evaluations",
            ("talk", "engagements"): "check_ins",
            ("window", "engagements"): "authorisations",
        }
        if step := steps.get((one.action, noun)):
            self.context.open_form(step, engagement_id=row_id)
        elif field := _FIELDS.get(one.action):
            self.context.open_form(noun, row_id, focus=field)
        elif one.action == "send" and noun == "offers":
            self.context.open_form("offer_sent", offer_id=row_id)
        elif one.action == "contact" and noun == "candidates":
            self._writer(row_id)()
        elif one.action == "tell":
            self.context.open_form("telling", project_id=row_id)
        elif one.action == "again":
            self.context.show("keeping", "near_miss")
        elif one.action == "score":
            self.context.show("evaluations", row_id)
        else:
            self.context.show(*self._place_of(noun, row_id))

    def _place_of(self, noun: str, row_id: str) -> tuple[str, str]:
        """What hangs on a project is shown on its page."""
        if noun in ("projects", "candidates", "evaluations", "to_dos", "engagements"):
            return noun, row_id
        from core.insight.records import record

        fields = record(self.context.store, noun, row_id).fields
        for key in ("project_id", "application_id", "engagement_id"):
            if value := fields.get(key):
                if key == "project_id":
                    return "projects", str(value)
                return self._place_of(
                    {"application_id": "applications", "engagement_id": "engagements"}[key], str(value)
                )
        return "candidates", str(fields.get("candidate_id", ""))

    def _cold(self, one: ColdRow) -> Row:
        if one.action == "invite":
            run = self._inviter(one)
        else:
            run = self._writer(one.candidate_id)
        return Row(one.name, one.detail, one.chip, one.chip_kind, one.action_words, run, one.why)  # type: ignore[arg-type]

    def _inviter(self, one: ColdRow) -> Callable[[], None]:
        return lambda: self.context.open_form("invitation", candidate_id=one.candidate_id, projects=list(one.projects))

    def _writer(self, candidate_id: str) -> Callable[[], None]:
        def write() -> None:
            from core.work import touch_plans

            key = touch_plans.message_of(self.context.store, candidate_id, today=self.context.today())
            self.context.open_form("message", candidate_ids=[candidate_id], template=key)

        return write

    # --- the right --------------------------------------------------------------------------------------------------

    def _fill_aside(self, view: TodayView) -> None:
        clear(self._aside)
        body = self._aside
        body.addWidget(Heading("To-do inbox"))
        inbox = Panel(margins=(16, 8), gap=2)
        shown = view.to_dos[:_INBOX_MOST]
        for place, one in enumerate(shown):
            if place:
                inbox.add(Line())
            inbox.add(self._todo(one))
        if view.to_dos:
            inbox.add(Line())
        rest = f"All {len(view.to_dos)} to-dos" if len(shown) < len(view.to_dos) else "All to-dos"
        whole = button(rest, "link-small", lambda: self.context.show("to_dos", ""))
        inbox.body.addWidget(whole, 0, Qt.AlignmentFlag.AlignLeft)
        self.capture.show()
        inbox.add(self.capture)
        inbox.add(self._understood)
        self._read(self.capture.text())
        body.addWidget(inbox)
        body.addWidget(Heading("This year"))
        year = Panel(margins=(16, 14), gap=8)
        said = tuple(
            ChartBar(one.label, one.count, f"{text.month(one.month)}: {text.plural(one.count, 'project')}", one.ahead)
            for one in view.months
        )
        bars = Bars(Chart("Projects by month", said))
        bars.opened.connect(lambda at: self._month(view.months[at].month, said[at].words))
        year.add(bars)
        if view.months_words:
            year.add(label(view.months_words, "note", wrap=True))
        days = button("Calendar file…", "link-small", calendar_file(self.context))
        year.body.addWidget(days, 0, Qt.AlignmentFlag.AlignLeft)
        body.addWidget(year)
        if view.reach.candidates:
            body.addWidget(Heading("Reach"))
            reach = Panel(margins=(16, 14))
            pair = QHBoxLayout()
            pair.setSpacing(16)
            pair.addWidget(Figure(str(view.reach.schools), view.reach.schools_words), 1)
            pair.addWidget(Figure(view.reach.early_percent, view.reach.early_words), 1)
            reach.add(pair)
            body.addWidget(reach)
        body.addStretch(1)

    def _month(self, first: date, words: str) -> None:
        from core.insight.today import projects_of
        from ui.places.behind import open_rows

        found = projects_of(self.context.store, first, today=self.context.today())
        open_rows(self.context, words, "Projects at work in that month, or planned for it.", found)

    def _todo(self, one: ToDoRow) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 4, 0, 4)
        row.setSpacing(8)
        words = label(one.text, wrap=True)
        words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        row.addWidget(words, 1)
        column = QVBoxLayout()
        column.setSpacing(0)
        make = button("Make it a project", "link-small", self._maker(one), name=f"Make it a project: {one.text}")
        column.addWidget(make, 0, Qt.AlignmentFlag.AlignRight)
        column.addStretch(1)
        row.addLayout(column)
        row.addWidget(IconButton("check", f"Done: {one.text}", self._doer(one.id)), 0, Qt.AlignmentFlag.AlignTop)
        return line

    def _maker(self, one: ToDoRow) -> Callable[[], None]:
        return lambda: self.context.open_form("projects", todo_id=one.id, title=one.text)

    def _doer(self, todo_id: str) -> Callable[[], None]:
        def done() -> None:
            from core.work import todos

            todos.done_todos(self.context.store, [todo_id], today=self.context.today())

        return done

    def _capture(self) -> None:
        words = self.capture.text()
        if not words.strip():
            return
        from core.work import todos

        try:
            todos.capture_todo(self.context.store, words, today=self.context.today())
        except (UserError, SystemFault) as error:
            self.context.say(str(error))
        else:
            self.capture.clear()

    def _read(self, words: str) -> None:
        """What the line's last words are taken for, before it is kept."""
        said = ""
        if " " in words:
            from core.work.todo_words import read_todo, told

            said = told(read_todo(words, today=self.context.today()), self.context.today())
        appear(self._understood, bool(said))
        self._understood.setText(said)
