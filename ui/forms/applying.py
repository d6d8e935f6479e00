"""An application that came as a mail: read, proposed field by field, looked at, and kept as one change."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from core.errors import FieldErrors, SystemFault, UserError
from core.exchange.mail_in import Mail
from core.insight import records
from core.jobs.applying import (
    Looked,
    Proposed,
    answers_for,
    names_of,
    propose,
    read_mail_file,
    read_mail_words,
    take_in,
)
from core.text import plural
from core.work.brief import project_draft
from core.work.candidates import CandidateDraft
from core.work.duplicates import sharing
from core.work.select import answer_field
from ui.context import Context
from ui.forms.base import NotYet, NounForm, frozen, thawed
from ui.forms.fields import LinesField, MonthField, typed
from ui.forms.files_of_mail import FilesOfMail
from ui.tasks import Task
from ui.widgets.date_field import DateField
from ui.widgets.fields import AreaField, ChoiceField, Unreadable
from ui.widgets.form_row import Form, FormRow
from ui.widgets.progress_line import ProgressLine
from ui.widgets.text import Elided, button, label

KINDS = "Mails (*.eml);;All files (*)"
_LOOK_MS = 400


class ApplyingForm(NounForm):
    """`path`: a mail that was dropped. `words`: one that was copied. Nothing is written until Save."""

    width_wanted = 860
    note_words = "What the mail says is proposed below. Nothing is written until you save; undo takes all of it back."

    def __init__(self, context: Context, path: Path | None = None, words: str = "", **_: object) -> None:
        super().__init__(context, "Application from a mail", "applying")
        self._path, self._task = path, None
        self._mail, self._looked_at = Mail(), None
        self._gone = False
        self._look = QTimer(self, singleShot=True, interval=_LOOK_MS)
        self._look.timeout.connect(self.read_words)
        self._build()
        if path is not None:
            self.read_file(path)
        else:
            kept = context.store.draft(self.draft_key) or {}
            self.words.set_value(words or str(kept.get("words", "")))
            if self.words.value():
                self.read_words()

    _task: Task | None
    _looked_at: CandidateDraft | None

    def _lay(self) -> None:
        self._down = QVBoxLayout()
        self._down.setSpacing(14)
        self.body.addLayout(self._down, 1)

    def _build(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(12)
        self.choose_button = button("Choose a mail…", "", self.choose)
        self.file_name = Elided("", "subject")
        top.addWidget(self.choose_button)
        top.addWidget(self.file_name, 1)
        self._down.addLayout(top)
        self.words = AreaField(1_000_000, "Paste the mail here, with the lines From and Subject above it", 5, 10)
        self.words.textChanged.connect(self._typed)
        self._down.addWidget(FormRow("The mail", self.words, caption=True))
        self.found = label("", "muted", wrap=True)
        self._down.addWidget(self.found)
        form, today = self.form, self.context.today()
        self.person = ChoiceField([(None, "Someone new")])
        form.row("person", "This is", self.person)
        form.part("Name", [("first_name", "First", typed()), ("last_name", "Last", typed())])
        form.part("Reached by", [("emails", "E-mail", LinesField(2000)), ("phone", "Phone", typed())])
        form.part("Studies", [("school_name", "School", typed()), ("graduates_on", "Graduates", MonthField())])
        form.row("links", "Links", LinesField(2000))
        self.project = ChoiceField(self._projects())
        self.project.changed.connect(self._other_project)
        form.row("project_id", "Applies for", self.project)
        form.part("Applied", [("applied_on", "On", DateField(today)), ("source", "Through", typed())])
        self.files = FilesOfMail()
        form.row("files", "Files", self.files)
        self._down.addWidget(form)
        self.answers = Form()
        self._down.addWidget(self.answers)
        self.progress = ProgressLine()
        self.progress.follow(self.context.tasks)
        self.buttons.addWidget(self.progress)
        self._show(False)

    def _projects(self) -> list[tuple[str | None, str]]:
        rows = [row for row in records.rows_where(self.context.store, "projects") if row["status"] != "cancelled"]
        rows.sort(key=lambda row: (row["status"] not in ("open", "selecting"), -row["number"]))
        known = [(row["id"], f"P-{row['number']:03} {row['title']}") for row in rows]
        return [(None, "No project: the person and the files alone"), *known]

    def _show(self, on: bool) -> None:
        self.form.setVisible(on)
        self.answers.setVisible(on)
        self.save_button.setEnabled(on)

    # --- reading ----------------------------------------------------------------------------------------------------

    def choose(self) -> None:
        path = self.context.ask_file("Choose a mail", KINDS)
        if path is not None:
            self.read_file(path)

    def read_file(self, path: Path) -> None:
        """As a task, as a mail may be made to do harm."""
        self._path = path
        self.file_name.setText(path.name)
        self.say("")
        self._stop()

        def read(progress: Any) -> Mail:
            return read_mail_file(path, lambda: progress.step(0, 0))

        self._task = self.context.tasks.run(
            read,
            done=self._while_here(self._read),
            failed=self._while_here(self._unread),
            words=f"Reading {path.name}",
            cancellable=True,
            database=False,
        )

    def _typed(self) -> None:
        if not self.words.isReadOnly():
            self._keep.start()
            self._look.start()

    def read_words(self) -> None:
        self._look.stop()
        self.say("")
        if not self.words.value().strip():
            self._show(False)
            return
        try:
            self._propose(read_mail_words(self.words.value()))
        except UserError as error:
            self.say(str(error))

    def _read(self, mail: Mail) -> None:
        self._task = None
        self.words.setReadOnly(True)
        self.words.blockSignals(True)
        head = f"From: {' '.join(filter(None, (mail.name, mail.email and f'<{mail.email}>')))}\nSubject: {mail.subject}"
        self.words.set_value(f"{head}\n\n{mail.text}")
        self.words.moveCursor(QTextCursor.MoveOperation.Start)
        self.words.blockSignals(False)
        self._propose(mail)

    def _unread(self, error: Exception) -> None:
        self._task = None
        if not isinstance(error, UserError | SystemFault):
            raise error
        self.say(str(error))

    # --- proposing --------------------------------------------------------------------------------------------------

    def _propose(self, mail: Mail) -> None:
        store, today = self.context.store, self.context.today()
        self._mail = mail
        found = propose(store, mail, today=today)
        names = names_of(store, [row_id for row_id, _ in found.people], today=today)
        known = [(row_id, f"{names[row_id]}, who {why}") for row_id, why in found.people if row_id in names]
        self.person.set_choices([(None, "Someone new"), *known])
        self.form.set_values(
            {
                "person": known[0][0] if known and found.same else None,
                "first_name": found.person.first_name,
                "last_name": found.person.last_name,
                "emails": found.person.emails,
                "phone": found.person.phone,
                "school_name": found.person.school_name,
                "graduates_on": found.person.graduates_on,
                "links": found.person.links,
                "project_id": found.project_id,
                "applied_on": found.applied_on,
                "source": "Mail",
                "files": mail.files,
            }
        )
        self.form.appear("files", bool(mail.files))
        self._lay_answers(found.answers)
        self.found.setText(self._said(found, len(known)))
        if kept := self._kept_of():
            self.form.set_values(kept)
            self._lay_answers(found.answers)
            self.answers.set_values(kept)
            self.say("What you typed last time and did not save is here again.", "Discard it", self._start_anew)
        self._show(True)
        self._keep.stop()

    @staticmethod
    def _said(found: Proposed, known: int) -> str:
        said = [found.why_project or "No project of yours is named in it: choose the one that is meant."]
        if found.answers:
            said.append(f"{plural(len(found.answers), 'answer')} found.")
        if known and not found.same:
            said.append("Somebody like this is in the store: say whether it is the same person.")
        return " ".join((*said, *found.mail.notes))

    def _other_project(self) -> None:
        project_id = self.project.value()
        self._lay_answers(answers_for(self.context.store, project_id, self._mail.text) if project_id else {})

    def _lay_answers(self, found: Any) -> None:
        self._down.removeWidget(self.answers)
        self.answers.hide()
        self.answers.deleteLater()
        self.answers = made = Form()
        project_id = self.project.value()
        questions = project_draft(self.context.store, project_id).questions if project_id else ()
        self.files.set_places([(one.id or "", one.text) for one in questions], applies=project_id is not None)
        for question in questions:
            words = question.text if question.required else f"{question.text} (optional)"
            made.tall(answer_field(question.id or ""), words, AreaField(least=3, tallest=14))
        made.changed.connect(lambda _key: self._keep.start())
        made.set_values({answer_field(key): words for key, words in found.items()})
        self._down.addWidget(made)

    # --- saving -----------------------------------------------------------------------------------------------------

    def save(self, values: dict[str, Any], reason: str) -> str:
        self.answers.set_errors({})
        written = {key.partition(".")[2]: words for key, words in self.answers.values().items()}
        person = CandidateDraft(
            **{name: values[name] for name in ("first_name", "last_name", "emails", "phone", "school_name", "links")},
            graduates_on=values["graduates_on"],
            source=values["source"],
        )
        others = sharing(self.context.store, person, values["person"])
        if others and person != self._looked_at:
            self._looked_at = person
            raise NotYet(
                f"{others[0].address} is the address of {others[0].name}. Choose them above if it is the same person; "
                "save again if they are two who share it."
            )
        given = Looked(
            person=person,
            candidate_id=values["person"],
            project_id=values["project_id"],
            answers=written,
            applied_on=values["applied_on"],
            source=values["source"],
            files=values["files"],
            answer_files=self.files.answers() if values["project_id"] else {},
            apart_from=[one.candidate_id for one in others],
        )
        try:
            candidate_id = take_in(self.context.store, given, today=self.context.today())
        except FieldErrors as error:
            self.answers.set_errors({key: words for key, words in error.fields.items() if key in self.answers.rows})
            of_files = [words for key, words in error.fields.items() if key.startswith("files.")]
            raise FieldErrors({**error.fields, **({"files": " ".join(of_files)} if of_files else {})}) from None
        self._gone = True
        self.context.say("Kept: the person, the application and the files." if given.project_id else "Kept.")
        return candidate_id

    # --- leaving ----------------------------------------------------------------------------------------------------

    def keep(self) -> None:
        """What was pasted, and what was made of it; a file is still where it was."""
        self._keep.stop()
        held: dict[str, Any] = {"of": self._digest()}
        if not self.words.isReadOnly():
            held["words"] = self.words.value()
        for key, row in {**self.form.rows, **self.answers.rows}.items():
            if key != "files":
                try:
                    held[key] = frozen(row.field.value())  # type: ignore[attr-defined]
                except Unreadable:
                    continue
        self.context.store.keep_draft(self.draft_key, held)
        self.kept.setText("Kept as you type")

    def _digest(self) -> str:
        """Which mail it is that the fields speak of."""
        mail = self._mail
        return hashlib.sha256("\n".join((mail.email, mail.subject, mail.text)).encode()).hexdigest()

    def _kept_of(self) -> dict[str, Any]:
        kept = self.context.store.draft(self.draft_key) or {}
        return {key: thawed(value) for key, value in kept.items()} if kept.get("of") == self._digest() else {}

    def _start_anew(self) -> None:
        self.context.store.drop_draft(self.draft_key)
        self.say("")
        self._propose(self._mail)

    def leave(self) -> bool:
        self._stop()
        self._gone = True
        return super().leave()

    def _stop(self) -> None:
        if self._task is not None:
            self._task.progress.cancel()
            self._task = None

    def _while_here(self, then: Callable[..., object]) -> Callable[..., object]:
        path = self._path

        def call(*answer: object) -> None:
            if not self._gone and self._path == path:
                then(*answer)

        return call
