"""Taking a file in: which column is what, what each row would do, and nothing written until one says so."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from core import text
from core.errors import SystemFault, UserError
from core.exchange.columns import fields
from core.exchange.fields import FIELDS
from core.jobs.intake import ImportPlan, ImportReport, plan_import, run_import
from ui.context import Context
from ui.forms.base import NounForm
from ui.models.paged_table import Column, PagedTable
from ui.tasks import Progress, Task
from ui.theme import current
from ui.widgets.empty import Empty
from ui.widgets.fields import ChoiceField
from ui.widgets.form_row import Form, FormRow
from ui.widgets.notice import Notice
from ui.widgets.panel import Heading, Panel
from ui.widgets.progress_line import ProgressLine
from ui.widgets.table import ROW, Table
from ui.widgets.text import Elided, button, label

KINDS = "Tables and calendars (*.csv *.tsv *.txt *.xlsx *.ods *.xls *.ics);;All files (*)"
NOUNS = {
    "candidates": "Candidates",
    "projects": "Projects",
    "applications": "Applications",
    "offers": "Offers",
    "payments": "Payments",
    "to-dos": "To-dos",
}
OUTCOMES = {"new": ("new", "green"), "changed": ("changed", "amber"), "same": ("same", "neutral"),
            "wrong": ("left out", "red")}  # fmt: skip
_COLUMNS = (
    Column("line", "Row", kind="muted", width=64, sorts=False),
    Column("what", "What", width=0, sorts=False),
    Column("outcome", "Outcome", kind="chip", width=96, sorts=False),
    Column("why", "Why", kind="muted", width=330, sorts=False),
)
_BESIDE = 3
_REPLAN_MS = 250


class ImportForm(NounForm):
    """`path`: a file that was dropped on the desk. `noun`: what its rows are taken for at first."""

    width_wanted = 920

    def __init__(self, context: Context, path: Path | None = None, noun: str = "candidates", **_: object) -> None:
        super().__init__(context, "Import a file", "imports", None, "Import")
        self.note_words = "Nothing is written until you press Import; undo takes all of it back."
        self._path, self._plan, self._task = path, None, None
        self._mapping: dict[str, str] | None = None
        self._sheet: str | None = None
        self._gone = self._writing = False
        self._turn = 0
        self._again = QTimer(self, singleShot=True, interval=_REPLAN_MS)
        self._again.timeout.connect(self._remapped)
        self._build(noun if noun in FIELDS else "candidates")
        self._show_plan()
        if path is not None:
            self.read()

    _plan: ImportPlan | None
    _task: Task | None

    def _build(self, noun: str) -> None:
        self.body.removeWidget(self.form)
        self.form.hide()
        down = QVBoxLayout()
        down.setSpacing(14)
        self.body.addLayout(down, 1)
        self.file_name = Elided("", "subject")
        self.choose_button = button("Choose a file…", "", self.choose)
        self.noun_field = ChoiceField([(key, NOUNS.get(key, key)) for key in FIELDS])
        self.noun_field.set_value(noun)
        self.noun_field.changed.connect(self._begin_anew)
        self.sheet_field = ChoiceField()
        self.sheet_field.changed.connect(self._other_sheet)
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(self.choose_button)
        top.addWidget(self.file_name, 1)
        down.addLayout(top)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(FormRow("The rows are", self.noun_field, caption=True), 1)
        self.sheet_row = FormRow("Sheet", self.sheet_field, caption=True)
        row.addWidget(self.sheet_row, 1)
        row.addStretch(1)
        down.addLayout(row)
        self.lacking, self.notes = Notice(), label("", "muted", wrap=True)
        down.addWidget(self.lacking)
        down.addWidget(self.notes)
        self.nothing = Empty(
            "Choose a file",
            "CSV, XLSX, ODS or XLS, from a campus office, a fair, a form or another program. "
            "Columns are recognised by their names, in five languages; you can say otherwise.",
        )
        down.addWidget(self.nothing)
        self.found = QWidget()
        found = QVBoxLayout(self.found)
        found.setContentsMargins(0, 0, 0, 0)
        found.setSpacing(8)
        self.counts = Heading("What would happen")
        found.addWidget(self.counts)
        self._rows: dict[str, tuple[Any, ...]] = {}
        self._model = PagedTable(_COLUMNS, self._cells, self)
        self.table = Table(self._model, "Rows of the file")
        self.table.picked.connect(self._say_why)
        self.why_words = label("", "muted", wrap=True)
        panel = Panel(margins=(0, 0), gap=0)
        panel.add(self.table)
        found.addWidget(panel)
        found.addWidget(self.why_words)
        down.addWidget(self.found)
        self.columns = QWidget()
        self._columns_box = QVBoxLayout(self.columns)
        self._columns_box.setContentsMargins(0, 0, 0, 0)
        self._columns_box.setSpacing(8)
        self._columns_box.addWidget(Heading("Columns", "which column of the file is which field"))
        self._column_form: Form | None = None
        down.addWidget(self.columns)
        self.progress = ProgressLine()
        self.progress.follow(self.context.tasks)
        self.buttons.addWidget(self.progress)

    # --- reading ----------------------------------------------------------------------------------------------------

    def choose(self) -> None:
        path = self.context.ask_file("Choose a file to import", KINDS)
        if path is not None:
            self._path = path
            self._begin_anew()

    def read(self) -> None:
        """Tries the file as a task; the words and rows come when it is done."""
        path = self._path
        if path is None:
            return
        self._stop()
        store, today = self.context.store, self.context.today()
        noun, mapping, sheet = self.noun_field.value(), self._mapping, self._sheet

        def work(progress: Progress) -> ImportPlan:
            return plan_import(store, path, noun, mapping, today=today, sheet=sheet, progress=progress.step)

        self.save_button.setEnabled(False)
        self.say("")
        self._task = self.context.tasks.run(
            work,
            done=self._while_here(self._read),
            failed=self._while_here(self._unread),
            words=f"Reading {path.name}",
            cancellable=True,
        )

    def _read(self, plan: ImportPlan) -> None:
        new_columns = self._plan is None or self._plan.headers != plan.headers or self._plan.noun != plan.noun
        self._plan = plan
        if new_columns:
            self._show_columns(plan)
        self._show_plan()

    def _unread(self, error: Exception) -> None:
        """A mapping that does not fit leaves the columns standing, so that they can be mended."""
        if not isinstance(error, UserError | SystemFault):
            raise error
        if self._mapping is None:
            self._plan = None
        else:
            self._rows = {}
            self._model.reset([])
        self._show_plan()
        self.save_button.setEnabled(False)
        self.say(str(error))

    def _begin_anew(self) -> None:
        """Another file, or its rows taken for something else: the columns are guessed anew."""
        self._plan = self._mapping = self._sheet = None
        self._show_plan()
        self.read()

    def _other_sheet(self) -> None:
        self._sheet, self._mapping = self.sheet_field.value(), None
        self.read()

    def _remapped(self) -> None:
        if self._column_form is not None:
            values = self._column_form.values()
            self._mapping = {name: header for name, header in values.items() if header is not None}
            self.read()

    # --- showing ----------------------------------------------------------------------------------------------------

    def _show_plan(self) -> None:
        plan = self._plan
        self.file_name.setText(self._path.name if self._path else "")
        self.nothing.setVisible(self._path is None)
        for part in (self.found, self.columns):
            part.setVisible(plan is not None)
        self.sheet_row.setVisible(plan is not None and len(plan.sheets) > 1)
        self.save_button.setEnabled(False)
        if plan is None:
            self._say_notes("", "")
            self.save_button.say("Import")
            return
        if len(plan.sheets) > 1:
            self.sheet_field.set_choices([(name, name) for name in plan.sheets])
            self.sheet_field.set_value(plan.sheet)
        self._say_notes(plan.missing or "", "\n".join(plan.notes))
        good = plan.count("new") + plan.count("changed")
        self.save_button.say(f"Import {good:,}" if good else "Import")
        self.save_button.setEnabled(bool(good))
        self.counts.say("What would happen", plan.summary if plan.rows else plan.words)
        self._show_rows(plan)

    def _show_rows(self, plan: ImportPlan) -> None:
        """What is left out comes first: it may want mending before the import."""
        ordered = sorted(plan.rows, key=lambda row: (row.outcome != "wrong", row.line))
        self._rows = {
            str(at): (row.line, row.what or "–", OUTCOMES[row.outcome], "; ".join((*row.problems, *row.notes)))
            for at, row in enumerate(ordered)
        }
        self._model.reset(list(self._rows))
        self.table.setFixedHeight(current().px(34 + ROW * min(max(len(self._rows), 2), 7)))
        self.found.setVisible(bool(self._rows))
        self.table.choose("0")
        self._say_why("0")

    def _say_notes(self, lacking: str, notes: str) -> None:
        self.lacking.say(lacking)
        self.notes.setText(notes)
        self.notes.setVisible(bool(notes))

    def _say_why(self, row_id: object) -> None:
        """The row that is looked at, in full: its column cuts long words."""
        row = self._rows.get(str(row_id))
        words = str(row[3]) if row else ""
        self.why_words.setText(f"Row {row[0]}: {words}" if row and words else "")
        self.why_words.setVisible(bool(words))

    def _cells(self, ids: Sequence[str]) -> dict[str, tuple[Any, ...]]:
        return {row_id: self._rows[row_id] for row_id in ids if row_id in self._rows}

    def _show_columns(self, plan: ImportPlan) -> None:
        if self._column_form is not None:
            self._columns_box.removeWidget(self._column_form)
            self._column_form.hide()
            self._column_form.deleteLater()
        made = self._column_form = Form(labels=0)
        grid = made.layout()
        if isinstance(grid, QGridLayout):
            grid.setHorizontalSpacing(0)
        headers = [(None, "Not in the file"), *((header, header[:60]) for header in plan.headers)]
        specs = fields(plan.noun)
        for at in range(0, len(specs), _BESIDE):
            group = specs[at : at + _BESIDE]
            parts: list[Any] = [(one.name, one.label, ChoiceField(headers)) for one in group]
            made.part("", [*parts, *(QWidget() for _ in range(_BESIDE - len(group)))])
        made.set_values(plan.mapping)
        made.changed.connect(lambda _key: self._again.start())
        self._columns_box.addWidget(made)

    # --- importing --------------------------------------------------------------------------------------------------

    def try_save(self) -> bool:
        """Starts the import; the sheet closes when it is done. False, as nothing is saved yet."""
        plan = self._plan
        if plan is None or not self.save_button.isEnabled() or self._again.isActive():
            return False
        store, today = self.context.store, self.context.today()
        self._writing = True
        self._enable(False)
        self.say("")
        self._task = self.context.tasks.run(
            lambda progress: run_import(store, plan, today=today, progress=progress.step),
            done=self._while_here(self._done),
            failed=self._while_here(self._failed),
            cancelled=self._while_here(self._stopped),
            words=f"Importing {text.plural(len(plan.rows), 'row')}",
            cancellable=True,
        )
        return False

    def _done(self, report: ImportReport) -> None:
        self._writing, self._gone = False, True
        self.context.say(f"Imported: {report.summary}.")
        self.saved.emit("")
        self.closed.emit()

    def _failed(self, error: Exception) -> None:
        self._writing = False
        self._enable(True)
        if not isinstance(error, UserError | SystemFault):
            raise error
        self.say(str(error))

    def _stopped(self) -> None:
        self._writing = False
        self._enable(True)
        self.say("Stopped. Nothing was written.")

    def _enable(self, on: bool) -> None:
        for part in (self.save_button, self.choose_button, self.noun_field, self.sheet_field, self.columns):
            part.setEnabled(on)

    # --- leaving ----------------------------------------------------------------------------------------------------

    def keep(self) -> None:
        """A file is no draft: it is still where it was."""

    def cancel(self) -> None:
        if self.leave():
            self.closed.emit()

    def leave(self) -> bool:
        if self._writing:
            self.say("The import is running. Cancel it first; then nothing of it is written.")
            return False
        self._stop()
        self._gone = True
        return True

    def _stop(self) -> None:
        self._turn += 1
        if self._task is not None:
            self._task.progress.cancel()
            self._task = None

    def _while_here(self, then: Callable[..., object]) -> Callable[..., object]:
        """A task may end after the sheet was closed, or after a newer one was begun."""
        turn = self._turn

        def call(*answer: object) -> None:
            if not self._gone and turn == self._turn:
                then(*answer)

        return call
