"""Pipeline: how far everyone has come, or the applications of one project, each as a board and as a list."""

from __future__ import annotations

from typing import cast

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout

from core.insight.projects import projects
from ui.command import Command
from ui.context import Context
from ui.places.base import PlaceBase
from ui.places.pipeline_people import PeopleWay
from ui.places.pipeline_project import ProjectWay
from ui.widgets.fields import ChoiceField
from ui.widgets.tabs import Tabs
from ui.widgets.text import appear, button, label

EVERYONE = ""
_OVER = frozenset({"draft", "closed", "cancelled"})


class Pipeline(PlaceBase):
    """`choose(project_id)` shows that project's applications."""

    key, title = "pipeline", "Pipeline"
    nouns = frozenset({
        "candidates", "enrolments", "applications", "application_moves", "project_stages", "offers", "engagements",
        "outcomes", "pool_entries", "projects", "schools", "rubrics", "evaluations",
    })  # fmt: skip

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.whose = ChoiceField([(EVERYONE, "Everyone")])
        self.whose.setAccessibleName("Whose way is shown")
        self.whose.setMinimumContentsLength(22)
        self.whose.changed.connect(self._other)
        self.how = Tabs(["Board", "List"], "How it is shown")
        self.how.changed.connect(lambda _at: self.ask())
        self.stages = button("Stages…", "", self._stages)
        self.note = label("", "note", wrap=True)
        bar = QHBoxLayout()
        bar.setSpacing(12)
        bar.addWidget(self.whose)
        bar.addWidget(self.stages)
        bar.addStretch(1)
        bar.addWidget(self.how)
        self.people, self.project = PeopleWay(context), ProjectWay(context)
        for way in (self.people, self.project):
            way.shown_anew.connect(self._said)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.people)
        self._stack.addWidget(self.project)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(12)
        box.addLayout(bar)
        box.addWidget(self.note)
        box.addWidget(self._stack, 1)

    def choose(self, row_id: str) -> None:
        self._fill(row_id)
        self.whose.set_value(row_id)
        self._other()

    @property
    def _project_id(self) -> str:
        return cast("str", self.whose.value() or EVERYONE)

    def _fill(self, also: str = "") -> None:
        rows = projects(self.context.store, today=self.context.today())
        shown = [row for row in rows if row.phase not in _OVER or row.id in (also, self._project_id)]
        self.whose.set_choices([(EVERYONE, "Everyone"), *((row.id, f"{row.number} {row.title}") for row in shown)])

    def ask(self) -> None:
        self._fill()
        project_id, board = self._project_id, self.how.current() == 0
        appear(self.stages, bool(project_id))
        if project_id:
            self._stack.setCurrentWidget(self.project)
            self.project.show_project(project_id, board=board)
        else:
            self._stack.setCurrentWidget(self.people)
            self.people.show_all(board=board)

    def _other(self) -> None:
        self.ask()
        self.head_changed.emit()

    def _said(self) -> None:
        note = self.project.note if self._project_id else self.people.note
        self.note.setText(note)
        appear(self.note, bool(note))
        self.head_changed.emit()

    def _stages(self) -> None:
        self.context.open_form("project_stages", project_id=self._project_id)

    def subtitle(self) -> str:
        return self.project.subtitle if self._project_id else self.people.subtitle

    def primary(self) -> Command:
        project_id, context = self._project_id, self.context
        if project_id:
            return Command(
                "pipeline-application",
                "Record an application",
                "",
                lambda: context.open_form("applications", project_id=project_id),
            )
        return Command("add-candidate", "Add candidate", "", lambda: context.open_form("candidates"))
