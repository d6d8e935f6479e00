"""The page of one project: its next step, the brief, the applications, the work, the rubric, the history."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from core.errors import UserError
from core.insight import projects
from core.insight.projects import ProjectView
from core.work import plan
from ui.calendar_file import calendar_file
from ui.context import Context
from ui.paper_form import paper_form
from ui.places.actions import Action, FocusKeeper, Run, attempt, menu_button, opener
from ui.places.history import history_page
from ui.places.opening import open_project
from ui.places.project_brief import brief_page
from ui.places.project_people import ROWS, people_page
from ui.places.project_rubric import rubric_page
from ui.places.project_work import steps as work_steps
from ui.places.project_work import work_page
from ui.theme import current
from ui.widgets.chips import Pill
from ui.widgets.chips_field import Flow
from ui.widgets.empty import Empty
from ui.widgets.panel import Panel, Scroll
from ui.widgets.tabs import TabPages
from ui.widgets.text import Elided, button

_IN_FULL = {
    "Kick-off…": "Record the kick-off",
    "Delivery…": "Record the delivery",
    "Accept the work…": "Accept the work",
    "Record payment…": "Record the payment",
    "Evaluate the work…": "Evaluate the work",
    "Student’s view…": "Enter the student’s view",
}
BRIEF, PEOPLE, WORK, RUBRIC, HISTORY = range(5)


class ProjectPage(Panel):
    """`show_project(id)`; None shows that nothing is chosen. Built anew after each change, tab and place kept."""

    def __init__(self, context: Context) -> None:
        super().__init__(margins=(18, 16), gap=12)
        self.context = context
        self._shown: str | None = None
        self._tab, self._most = BRIEF, ROWS
        self._inside: QWidget | None = None
        self._pages: TabPages | None = None
        self._keeper = FocusKeeper(self)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_moved)
        self.show_project(None)

    def minimumSizeHint(self) -> QSize:
        return super().minimumSizeHint().expandedTo(QSize(current().px(392), 0))

    def _focus_moved(self, _old: object, _now: object) -> None:
        self._keeper.note()

    def show_project(self, row_id: str | None) -> None:
        same = row_id == self._shown
        down = self._scrolled() if same else 0
        self._keeper.hold()
        if not same:
            self._keeper.forget()
            self._most = ROWS
        if self._inside is not None:
            self.body.removeWidget(self._inside)
            self._inside.hide()
            self._inside.deleteLater()
        self._shown, self._pages = row_id, None
        view = self._find(row_id)
        self._inside = (
            self._page(view)
            if view
            else Empty("No project chosen", "Pick one in the list to see its brief, applications and work.")
        )
        self.body.addWidget(self._inside, 1)
        if same:
            self._scroll_to(down)
        self._keeper.give_back()

    def choose_tab(self, at: int) -> None:
        self._tab = at
        if self._pages is not None:
            self._pages.tabs.choose(at)

    def _find(self, row_id: str | None) -> ProjectView | None:
        if row_id is None:
            return None
        try:
            return projects.project(self.context.store, row_id, today=self.context.today())
        except UserError:
            return None

    def _page(self, view: ProjectView) -> QWidget:
        page, context = QWidget(), self.context
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        head = QVBoxLayout()
        head.setSpacing(4)
        head.addWidget(Elided(view.title, "big"))
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(Pill(view.row.phase_words, view.row.kind))  # type: ignore[arg-type]
        about = [view.row.number, view.category, f"with {view.row.supervisor}" if view.row.supervisor else ""]
        line.addWidget(Elided(" · ".join(part for part in about if part), "muted"), 1)
        head.addLayout(line)
        column.addLayout(head)
        column.addWidget(self._buttons(view))
        self._pages = TabPages(
            [
                ("Brief", _Later(lambda: brief_page(context, view))),
                (_counted("Applications", len(view.applications)), _Later(lambda: self._people(view))),
                (_counted("Work", len(view.engagements)), _Later(lambda: work_page(context, view))),
                ("Rubric", _Later(lambda: rubric_page(context, view))),
                ("History", _Later(lambda: history_page(context, "projects", view.id))),
            ],
            "Pages of this project",
        )
        self._pages.tabs.choose(self._tab)
        self._pages.changed.connect(self._tab_changed)
        self._ripen()
        column.addWidget(self._pages, 1)
        return page

    def _people(self, view: ProjectView) -> QWidget:
        return people_page(self.context, view, lambda: self.choose_tab(WORK), self._most, self._more_people)

    def _more_people(self) -> None:
        self._most += ROWS
        self.show_project(self._shown)

    def _tab_changed(self, at: int) -> None:
        self._tab = at
        self._ripen()

    def _ripen(self) -> None:
        page = self._pages.stack.currentWidget() if self._pages else None
        if isinstance(page, _Later):
            page.ripen()

    def _scrolled(self) -> int:
        page = self._scroll()
        return page.verticalScrollBar().value() if page is not None else 0

    def _scroll_to(self, down: int) -> None:
        page = self._scroll()
        if down and page is not None:
            bar = page.verticalScrollBar()
            # The page has no height before it is laid out.
            bar.rangeChanged.connect(lambda _least, most: bar.setValue(min(down, most)) if isValid(bar) else None)

    def _scroll(self) -> Scroll | None:
        page = self._pages.stack.currentWidget() if self._pages else None
        return page.findChild(Scroll) if page is not None else None

    # --- what one can do --------------------------------------------------------------------------------------------

    def _buttons(self, view: ProjectView) -> QWidget:
        buttons = QWidget()
        row = Flow(buttons, 6)
        step = self.next_step(view)
        if step is not None:
            row.addWidget(button(step.words, "primary", step.run))
        row.addWidget(button("Edit", "", opener(self.context, "projects", view.id), name="Edit the brief"))
        row.addWidget(menu_button("More for this project", self._moves(view)))
        return buttons

    def next_step(self, view: ProjectView) -> Action | None:
        """What the project waits for in its phase."""
        phase, context = view.row.phase, self.context
        if phase == "draft":
            return Action("Open for applications", lambda: open_project(context, view.id))
        if phase == "cancelled":
            if _promised(view):
                return None
            return Action("Back to draft", self._mover(view, "draft", "It is a draft again."))
        if phase in ("running", "review", "closed"):
            return self._work_step(view)
        if not view.row.applicants:
            return self._on(
                PEOPLE, Action("Record an application", opener(context, "applications", project_id=view.id))
            )
        if view.rubric_id is None:
            return self._on(RUBRIC, Action("Make the rubric", opener(context, "rubrics", project_id=view.id)))
        if view.names_hidden and all(row.overall is not None for row in view.applications if row.name is None):
            reveal = opener(context, "reveal", project_id=view.id, names=view.names_hidden)
            return self._on(PEOPLE, Action("Reveal and decide", reveal))
        if view.names_hidden:
            return Action("Score applications", lambda: context.show("evaluations", view.id))
        return Action("Decide and offer", lambda: self.choose_tab(PEOPLE))

    def _work_step(self, view: ProjectView) -> Action | None:
        order = ("delivered", "running", "agreed", "accepted", "ended_early")
        rows = sorted(
            (row for row in view.engagements if row.state in order),
            key=lambda row: (order.index(row.state), row.due_on),
        )
        for row in rows:
            if row.state in ("accepted", "ended_early") and not row.fee.open and row.rating:
                continue
            steps = work_steps(self.context, view, row)
            if steps:
                return self._on(WORK, Action(_IN_FULL.get(steps[0].words, steps[0].words), steps[0].run))
        return None

    def _on(self, tab: int, action: Action) -> Action:
        """The step, on the page where what it does will be seen."""

        def run() -> None:
            self.choose_tab(tab)
            action.run()

        return Action(action.words, run)

    def _moves(self, view: ProjectView) -> list[Action]:
        context, row_id = self.context, view.id
        add = Action("Record an application…", opener(context, "applications", project_id=row_id))
        sheet = Action("Application form…", paper_form(context, "application", row_id, f"Application, {view.title}"))
        rubric = Action("Rubric…", opener(context, "rubrics", project_id=row_id))
        score = Action("Score applications", lambda: context.show("evaluations", row_id))
        draft = Action("Back to draft", self._mover(view, "draft", "It is a draft again."))
        cancel = Action("Cancel the project…", opener(context, "project_cancelled", project_id=row_id))
        moves = {
            "draft": [cancel],
            "open": [
                Action("Close for applications", self._mover(view, "selecting", "Closed for applications.")),
                draft,
                cancel,
            ],
            "selecting": [
                Action("Open for applications again", self._mover(view, "open", "Open for applications again.")),
                cancel,
            ],
            "cancelled": [draft],
        }[view.status]
        # What the work forbids is not offered.
        if _promised(view):
            moves = [one for one in moves if one is not draft]
        if any(row.state == "accepted" for row in view.engagements):
            moves = [one for one in moves if one is not cancel]
        first = [] if view.status == "cancelled" else [add, sheet, rubric]
        if view.rubric_id is not None and view.row.applicants:
            first.append(score)
        again = [
            Action("Calendar file…", calendar_file(context, view.title, project_id=row_id)),
            Action("Duplicate…", opener(context, "projects", copy_of=row_id)),
            Action("Save as a template…", opener(context, "templates", from_project=row_id)),
        ]
        return [*first, *([Action("")] if first else []), *again, *([Action("")] if moves else []), *moves]

    def _mover(self, view: ProjectView, status: str, done: str) -> Run:
        store, today = self.context.store, self.context.today
        return lambda: attempt(self.context, lambda: plan.move_project(store, view.id, status, today=today()), done)


def _promised(view: ProjectView) -> bool:
    """Someone has agreed to it, so that it is no draft any more."""
    return any(row.state != "cancelled" for row in view.engagements)


class _Later(QWidget):
    """A page that asks for what it shows when it is first looked at."""

    def __init__(self, make: Callable[[], QWidget]) -> None:
        super().__init__()
        self._make: Callable[[], QWidget] | None = make
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)

    def ripen(self) -> None:
        if self._make is not None:
            made = self._make()
            if isinstance(made, Empty):
                # Its words stay whole where large letters leave the page little height.
                empty, made = made, Scroll()
                made.body.addWidget(empty)
            self._box.addWidget(made)
            self._make = None


def _counted(words: str, count: int) -> str:
    return f"{words} {count}" if count else words
