"""Taking a file in: which column is what, what each row would do, and nothing written until one says so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from core import text
from core.errors import SystemFault, UserError
from core.exchange.fields import FIELDS
from core.exchange.table import Pasted
from core.jobs.intake import ImportPlan, ImportReport, plan_import, run_import, tried
from core.jobs.intake_alike import Beside, beside
from core.jobs.intake_wrong import save_wrong, wrong_name
from core.text import in_digits
from core.work.overlay import ANOTHER_ROW
from ui.context import Context
from ui.folders import documents
from ui.forms.base import NounForm
from ui.forms.importing_columns import ColumnsChooser
from ui.forms.importing_rows import RowsPreview, decided_locally
from ui.tasks import Progress, Task
from ui.widgets.empty import Empty
from ui.widgets.fields import ChoiceField
from ui.widgets.form_row import FormRow
from ui.widgets.notice import Notice
from ui.widgets.panel import Heading
from ui.widgets.progress_line import ProgressLine
from ui.widgets.text import Elided, button, label

KINDS = "Tables, calendars and mails (*.csv *.tsv *.txt *.xlsx *.ods *.xls *.ics *.eml);;All files (*)"
NOUNS = {
    "candidates": "Candidates",
    "projects": "Projects",
    "applications": "Applications",
    "offers": "Offers",
    "payments": "Payments",
    "to-dos": "To-dos",
}
_TRIED_ANEW = 3_000
"""Rows that are all tried again after a decision about one; with more, that one row is shown as it will be."""
_REPLAN_MS = 250


class ImportForm(NounForm):
    """`path`: a file that was dropped on the desk. `noun`: what its rows are taken for at first."""

    width_wanted = 1040

    def __init__(
        self, context: Context, path: Path | Pasted | None = None, noun: str = "candidates", **_: object
    ) -> None:
        super().__init__(context, "Import a file", "imports", None, "Import")
        self.note_words = "Nothing is written until you press Import; undo takes all of it back."
        self._source, self._plan, self._task = path, None, None
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
        self.paste_button = button("Paste cells", "", self.paste)
        self.paste_button.setToolTip("Takes what you copied in a spreadsheet or a list (Ctrl+Shift+V)")
        QShortcut(QKeySequence("Ctrl+Shift+V"), self, self.paste)
        self.noun_field = ChoiceField([(key, NOUNS.get(key, key)) for key in FIELDS])
        self.noun_field.set_value(noun)
        self.noun_field.changed.connect(self._begin_anew)
        self.sheet_field = ChoiceField()
        self.sheet_field.changed.connect(self._other_sheet)
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(self.choose_button)
        top.addWidget(self.paste_button)
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
            "CSV, XLSX, ODS or XLS, from a campus office, a fair, a form or another program; or paste copied cells. "
            "Columns are recognised by their names, in five languages; you can say otherwise.",
        )
        down.addWidget(self.nothing)
        self.found = QWidget()
        found = QVBoxLayout(self.found)
        found.setContentsMargins(0, 0, 0, 0)
        found.setSpacing(8)
        self.counts = Heading("What would happen")
        found.addWidget(self.counts)
        self.rows = RowsPreview()
        self.why_words = self.rows.why_words
        self.rows.picked.connect(self._looked_at)
        self.rows.wrong_wanted.connect(self.save_wrong_rows)
        self.rows.all_same_wanted.connect(self._all_same)
        found.addWidget(self.rows)
        self.alike = self.rows.alike
        self.alike.decided.connect(self.decide)
        down.addWidget(self.found)
        self.columns = ColumnsChooser()
        self.columns.changed.connect(self._again.start)
        down.addWidget(self.columns)
        self.progress = ProgressLine()
        self.progress.follow(self.context.tasks)
        self.buttons.addWidget(self.progress)

    # --- reading ----------------------------------------------------------------------------------------------------

    def choose(self) -> None:
        path = self.context.ask_file("Choose a file to import", KINDS)
        if path is not None and path.suffix.casefold() == ".eml":
            self.context.open_form("applying", path=path)
        elif path is not None:
            self._source = path
            self._begin_anew()

    def paste(self) -> None:
        """Cells that were copied elsewhere, as if they came in a file."""
        if self._writing:
            return
        words = QGuiApplication.clipboard().text()
        if not words.strip():
            self.say("Nothing is there to paste. Copy the cells in the spreadsheet first.")
            return
        self._source = Pasted(words)
        self._begin_anew()

    def read(self) -> None:
        """Tries the file as a task; the words and rows come when it is done."""
        source = self._source
        if source is None:
            return
        self._stop()
        store, today = self.context.store, self.context.today()
        noun, mapping, sheet = self.noun_field.value(), self._mapping, self._sheet

        def work(progress: Progress) -> ImportPlan:
            return plan_import(store, source, noun, mapping, today=today, sheet=sheet, progress=progress.step)

        self.save_button.setEnabled(False)
        self.say("")
        self._task = self.context.tasks.run(
            work,
            done=self._while_here(self._read),
            failed=self._while_here(self._unread),
            words=f"Reading {source.name}",
            cancellable=True,
        )

    def _read(self, plan: ImportPlan) -> None:
        new_columns = self._plan is None or self._plan.headers != plan.headers or self._plan.noun != plan.noun
        self._plan = plan
        if new_columns:
            self.columns.show_plan(plan)
        self._show_plan()

    def _unread(self, error: Exception) -> None:
        """A mapping that does not fit leaves the columns standing, so that they can be mended."""
        if not isinstance(error, UserError | SystemFault):
            raise error
        if self._mapping is None:
            self._plan = None
        else:
            self._plan = replace(self._plan, rows=(), parsed=()) if self._plan is not None else None
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
        self._mapping = self.columns.mapping()
        self.read()

    # --- showing ----------------------------------------------------------------------------------------------------

    def _show_plan(self) -> None:
        plan = self._plan
        self.file_name.setText(self._source.name if self._source else "")
        self.nothing.setVisible(self._source is None)
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
        self.save_button.say(f"Import {in_digits(good)}" if good else "Import")
        self.save_button.setEnabled(bool(good))
        self.counts.say("What would happen", plan.summary if plan.rows else plan.words)
        self._show_rows(plan)

    def _show_rows(self, plan: ImportPlan) -> None:
        self.found.setVisible(bool(plan.rows))
        self.rows.show_plan(plan)
        QWidget.setTabOrder(self.sheet_field, self.rows.first())

    def _say_notes(self, lacking: str, notes: str) -> None:
        self.lacking.say(lacking)
        self.notes.setText(notes)
        self.notes.setVisible(bool(notes))

    # --- who may be known -------------------------------------------------------------------------------------------

    def _looked_at(self, place: int) -> None:
        plan, found = self._plan, None
        row = plan.rows[place] if plan is not None and 0 <= place < len(plan.rows) else None
        if plan is not None and row is not None and row.likely and not self._writing:
            found = self._beside(plan, place)
        chosen: str | None = ""
        if plan is not None and row is not None:
            chosen = plan.decided.get(place, None if row.outcome == "wrong" else row.person_id)
        self.alike.say(place, found, chosen)

    def _beside(self, plan: ImportPlan, place: int) -> Beside | None:
        return beside(self.context.store, plan, place, today=self.context.today())

    def decide(self, place: int, said: str) -> None:
        """The row is about this candidate, or "" about someone else. Nothing is written by it."""
        if self._plan is not None:
            self._decide({**self._plan.decided, place: said}, place)

    def _all_same(self) -> None:
        """Each row that resembles somebody is about the one whom it resembles most, in the store before in the file."""
        plan = self._plan
        if plan is not None:
            sure = {}
            for place, row in enumerate(plan.rows):
                # Of two rows the later is put into the earlier, and only where nobody in the store is meant.
                ids = sorted((one.candidate_id for one in row.likely), key=lambda one: one.startswith(ANOTHER_ROW))
                if ids:
                    sure[place] = ids[0]
            self._decide({**sure, **plan.decided})

    def _decide(self, decided: dict[int, str], place: int | None = None) -> None:
        plan = self._plan
        if plan is None:
            return
        if place is not None and len(plan.rows) > _TRIED_ANEW:
            self._plan = decided_locally(plan, place, decided[place])
            self._show_plan()
            return
        self._stop()
        store, today = self.context.store, self.context.today()
        self.save_button.setEnabled(False)
        self._task = self.context.tasks.run(
            lambda progress: tried(store, plan, today=today, decided=decided, progress=progress.step),
            done=self._while_here(self._read),
            failed=self._while_here(self._unread),
            words="Trying the rows again",
            cancellable=True,
        )

    def save_wrong_rows(self) -> None:
        """Asks where, and writes what is left out there, to be mended and brought back."""
        plan = self._plan
        if plan is None:
            return
        start = str(documents() / wrong_name(plan))
        kinds = "Workbook (*.xlsx);;CSV (*.csv)" if plan.sheet else "CSV (*.csv);;Workbook (*.xlsx)"
        name, _ = QFileDialog.getSaveFileName(self, "Save the rows left out", start, kinds)
        if not name:
            return
        store, out = self.context.store, Path(name)
        self.context.tasks.run(
            lambda _progress: save_wrong(store, plan, out),
            done=self._while_here(
                lambda count: self.say(
                    f"{text.plural(count, 'row')} saved in {out.name}. Mend them and import it.{_other(plan, out)}"
                )
            ),
            failed=self._while_here(self._failed),
            words=f"Saving {out.name}",
        )

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
        parts = (self.save_button, self.choose_button, self.paste_button, self.noun_field, self.sheet_field)
        for part in (*parts, self.columns, self.alike):
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


def _other(plan: ImportPlan, out: Path) -> str:
    """Where the file that was read is of a kind that is not written."""
    read = plan.source.suffix.lower() if isinstance(plan.source, Path) else ""
    kind = out.suffix[1:].upper()
    return f" It is {kind}, as {read[1:].upper()} is read but not written." if read in (".ods", ".xls") else ""
