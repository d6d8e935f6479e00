"""A message to one or to many: words with fields, what each person gets, and the ways by which it leaves."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QLineEdit, QMenu, QVBoxLayout, QWidget

from core import message
from core.errors import FieldErrors, SystemFault, UserError
from core.insight.projects import projects
from core.jobs import messages as jobs
from core.jobs.messages import Letter
from core.message import Words
from core.text import in_digits, plural
from core.work import messages
from ui.context import Context
from ui.forms.base import NounForm
from ui.forms.fields import choices, typed
from ui.forms.message_each import Each
from ui.forms.step import Item, StepForm
from ui.theme import set_role
from ui.widgets.chips_field import Flow
from ui.widgets.fields import AreaField, ChoiceField
from ui.widgets.text import button, label

if TYPE_CHECKING:
    from core.jobs.forms import Made
    from core.jobs.letters import Along

MANY = 50
"""People from whom on what takes long is a task."""


class MessageForm(NounForm):
    """`template`: the key of what it begins with; `project_id`: the project it is about.

    `form`: a form or a letter that goes along with its draft.
    `also`: what follows for these candidates once the person says that it went, in the change that logs the contact.
    """

    width_wanted = 760

    def __init__(
        self,
        context: Context,
        candidate_ids: Sequence[str] = (),
        template: str = "",
        project_id: str | None = None,
        also: Callable[[list[str]], object] | None = None,
        form: Made | Along | None = None,
        **_: object,
    ) -> None:
        super().__init__(context, "Write", "messages", None, "It went: log it")
        self._ids, self._also = list(dict.fromkeys(candidate_ids)), also
        whom = sha256("\n".join(sorted(self._ids)).encode()).hexdigest()[:16]
        self.draft_key = f"messages:{whom}-{project_id or ''}" + (f"-{form.kind}" if form is not None else "")
        self._paper = form
        store, today = context.store, context.today()
        self._readers = jobs.readers(store, self._ids, project_id, today=today)
        known = messages.messages(store)
        offered: dict[Any, str] = {one.key: one.words.name for one in known}
        open_ones: dict[Any, str] = {
            one.id: f"{one.number} {one.title}"
            for one in projects(store, today=today)
            if one.phase != "cancelled" or one.id == project_id
        }
        self._begin_with = ChoiceField(choices(offered, "A blank page"))
        self._project = ChoiceField(choices(open_ones, "No project"))
        self._subject, self._text = typed(), AreaField(20_000, least=10, tallest=16)
        self._into: QLineEdit | AreaField = self._text
        self.form.row("template", "Begin with", self._begin_with)
        self.form.row("project_id", "About", self._project)
        self.form.row("subject", "Subject", self._subject)
        self.form.row("text", "Text", self._text)
        self.form.wide(self._fields())
        if form is not None:
            self.form.wide(label(f"With it goes: {jobs.form_name(form)}", wrap=True))
        self._each = Each(self._many)
        self._lacks = label("", "note", wrap=True)
        set_role(self._lacks, "warning")
        self._at = 0
        self.form.row("own", "What each gets" if self._many else "What they get", self._each)
        self.form.wide(self._lacks)
        self._ways_out()
        self.note_words = "Your own mail program sends it; you say when it went."
        template = template if template in offered else ""
        self.begin({"template": template or None, "project_id": project_id, "own": {}, **_said(self._words(template))})
        # What was kept unsaved may have begun with another one.
        self._from = self._words(self._begin_with.value())
        self._read()
        self._subject.cursorPositionChanged.connect(lambda *_: self._goes_into(self._subject))
        self._text.cursorPositionChanged.connect(lambda: self._goes_into(self._text))
        self._each.turned.connect(self._turn)
        self.form.changed.connect(self._typed)
        self._look()

    @property
    def _many(self) -> bool:
        return len(self._ids) > 1

    def _fields(self) -> QWidget:
        holder = QWidget()
        row = Flow(holder)
        insert = button("Put in a field", "link")
        menu = QMenu(insert)
        for name, words in message.FIELDS.items():
            menu.addAction(words).triggered.connect(self._putter(name))
        insert.setMenu(menu)
        row.addWidget(insert)
        row.addWidget(button("Keep as a message of yours…", "link", self._keep_words))
        row.addWidget(button("Change the template…", "link", self._change_template))
        return holder

    def _ways_out(self) -> None:
        """Over the buttons that close the form: they stay whole where letters are wide."""
        holder = QWidget()
        row = Flow(holder)
        if self._paper is None:
            # A link takes no file along.
            row.addWidget(button("Open in the mail program", "", self._mailto))
        row.addWidget(button("Save as drafts…" if self._many else "Save as a draft…", "", self._drafts))
        row.addWidget(button("Copy text", "", self._copy, icon="copy"))
        down = cast(QVBoxLayout, self.foot.layout())
        down.insertWidget(down.count() - 1, holder)

    def _turn(self, step: int) -> None:
        self._at += step
        self._look()

    def _goes_into(self, field: QLineEdit | AreaField) -> None:
        if field.hasFocus():
            self._into = field

    def _putter(self, name: str) -> Callable[[], None]:
        """Where the cursor was last, in the subject or in the text."""

        def put() -> None:
            if isinstance(self._into, QLineEdit):
                self._into.insert(f"{{{name}}}")
                self.form.changed.emit("subject")
            else:
                self._into.insertPlainText(f"{{{name}}}")
            self._into.setFocus()

        return put

    def _typed(self, key: str) -> None:
        if key == "project_id":
            self._read()
        if key == "template":
            self._take(self._begin_with.value())
        self._look()

    def _words(self, key: str | None) -> Words:
        return messages.message_words(self.context.store, key) if key else Words()

    def _take(self, key: str | None) -> None:
        """The words of another template, unless that would be over what the person typed."""
        self.say("")
        words = self._words(key)
        said = (self._subject.value(), self._text.value())

        def put() -> None:
            self._from = words
            self.form.set_values(_said(words))
            self.say("")
            self._keep.start()
            self._look()

        if said in (("", ""), (words.subject, words.text), (self._from.subject, self._from.text)):
            put()
        elif key:
            self.say("What you typed stands as it was.", f"Take the words of “{words.name}” instead", put)

    def _read(self) -> None:
        """Who they are, and what is known of them; once, not with each key."""
        store, today = self.context.store, self.context.today()
        self._readers = jobs.readers(store, self._ids, self._project.value(), today=today)

    def _own(self) -> dict[str, tuple[str, str]]:
        return {key: (said[0], said[1]) for key, said in self._each.value().items()}

    def _letters(self, values: dict[str, Any] | None = None) -> list[Letter]:
        """All of them, from what is known now. FieldErrors, UserError."""
        values = values or self.form.values()
        return jobs.compose(
            self.context.store, values["subject"], values["text"], self._ids, values["project_id"], self._own(),
            today=self.context.today(),
        )  # fmt: skip

    def _look(self) -> None:
        """What the person who is shown gets, and what still lacks."""
        people, subject, text = self._readers.people, self._subject.value(), self._text.value()
        if not people:
            self._each.say("Nobody is chosen.")
            return
        self._at %= len(people)
        try:
            letter = self._readers.letter(self._at, subject, text, self._own())
        except FieldErrors as error:
            self._lacks.setText(" ".join(error.fields.values()))
            return
        place = f"{in_digits(self._at + 1)} of {in_digits(len(people))} · " if len(people) > 1 else ""
        self._each.show_letter(letter, place)
        self._lacks.setText(self._in_the_way(subject, text))

    def _in_the_way(self, subject: str, text: str) -> str:
        stopped, words = self._readers.stopped, []
        if stopped:
            more = f" and {plural(len(stopped) - 1, 'other')}" if len(stopped) > 1 else ""
            words.append(f"Left out: {stopped[0].name}{more} ({stopped[0].stop}).")
        lacking = self._readers.lacking(subject, text, self._own())
        if lacking:
            first = self._readers.letter(self._readers.at[lacking[0]], subject, text, self._own())
            who = first.name + (f" and {plural(len(lacking) - 1, 'other')}" if len(lacking) > 1 else "")
            words.append(f"Nothing is known for {message.field_words(first.missing)} of {who}.")
        return " ".join(words)

    # --- the ways out -----------------------------------------------------------------------------------------------

    def _going(self) -> list[Letter] | None:
        self.form.set_errors({})
        try:
            return jobs.ready(self._letters())
        except FieldErrors as error:
            self.say(" ".join(self.form.set_errors(error.fields)))
        except UserError as error:
            self.say(str(error))
        return None

    def _mailto(self) -> None:
        going = self._going()
        if going is None:
            return
        one = next((letter for letter in going if letter.candidate_id == self._shown_id()), going[0])
        link = jobs.mailto(one)
        if link is None:
            self.say("It is too long for a link to the mail program. Save it as a draft, or copy the text.")
        elif not QDesktopServices.openUrl(QUrl(link)):
            self.say(f"No mail program answered. Copy the text; the address is {one.to}.")
        elif self._many:
            self.say(f"Opened for {one.name}; the others follow with the arrows.")

    def _shown_id(self) -> str:
        people = self._readers.people
        return people[self._at % len(people)].candidate_id if people else ""

    def _copy(self) -> None:
        going = self._going()
        if going is not None:
            QGuiApplication.clipboard().setText(jobs.copied(going))
            self.say("Copied." if len(going) == 1 else f"Copied: {plural(len(going), 'message')}, one after the other.")

    def _drafts(self) -> None:
        going = self._going()
        if going is None:
            return
        folder = self.context.ask_folder("Where shall the drafts lie?" if self._many else "Where shall the draft lie?")
        if folder is not None:
            self.save_into(folder, going)

    def save_into(self, folder: Path, going: Sequence[Letter]) -> None:
        store = self.context.store

        def done(outs: list[Path]) -> None:
            words = f"Saved as {outs[0].name}." if len(outs) == 1 else f"{plural(len(outs), 'draft')} saved."
            self.context.say(f"{words} Open {'it' if len(outs) == 1 else 'each'} to send it.")

        if len(going) > MANY:
            self.context.tasks.run(
                lambda progress: jobs.save_drafts(store, going, folder, form=self._paper, progress=progress.step),
                done=done,
                failed=lambda error: self.context.say(str(error)),
                cancelled=lambda: self.context.say("Cancelled; no draft was written."),
                words="Writing the drafts",
                cancellable=True,
            )
            return
        try:
            done(jobs.save_drafts(store, going, folder, form=self._paper))
        except (UserError, SystemFault) as error:
            self.say(str(error))

    def _keep_words(self) -> None:
        values = self.form.values()
        self.keep()
        self.context.open_form("message_template", subject=values["subject"], text=values["text"])

    def _change_template(self) -> None:
        key = self._begin_with.value()
        if not key:
            self.say("A blank page has no template. Keep these words as a message of yours instead.")
            return
        self.keep()
        self.context.open_form("message_template", key)

    # --- once it went -----------------------------------------------------------------------------------------------

    def save(self, values: dict[str, Any], reason: str) -> str:
        going = jobs.ready(self._letters(values))
        store, today, project = self.context.store, self.context.today(), values["project_id"]
        also = self._also

        def done(count: int) -> None:
            self.context.say(f"Logged with {plural(count, 'person', 'people')}. Undo takes it back.")

        if len(going) > MANY:
            self.context.tasks.run(
                lambda progress: jobs.log_sent(store, going, project, today=today, also=also, progress=progress.step),
                done=done,
                failed=lambda error: self.context.say(str(error)),
                cancelled=lambda: self.context.say("Cancelled; nothing was logged."),
                words="Logging the messages",
                cancellable=True,
            )
        else:
            done(jobs.log_sent(store, going, project, today=today, also=also))
        return going[0].candidate_id


def _said(words: Words) -> dict[str, str]:
    return {"subject": words.subject, "text": words.text}


def template(context: Context, row_id: str | None = None, subject: str = "", text: str = "", **_: object) -> StepForm:
    """A message of one's own, or one's own words for one of ours. `row_id`: its key."""
    store, today = context.store, context.today()
    words = messages.message_words(store, row_id) if row_id else Words(subject=subject, text=text)
    there = next((one for one in messages.messages(store) if one.key == row_id), None)

    def save(values: dict[str, Any], _why: str) -> str:
        return messages.save_message(store, Words(**values), row_id, today=today)

    form = StepForm(
        context,
        "Message" if row_id else "New message",
        ("message-template", row_id),
        [
            Item("name", "Name", typed("Asking about summer")),
            Item("purpose", "When", typed("To someone you know")),
            Item("subject", "Subject", typed()),
            Item("text", "Text", AreaField(20_000, least=12, tallest=20), _fields_hint()),
        ],
        save,
        values={"name": words.name, "purpose": words.purpose, "subject": words.subject, "text": words.text},
    )
    form.width_wanted = 720
    if there is not None and there.own:

        def remove() -> None:
            messages.remove_message(store, there.key, today=today)
            store.drop_draft(form.draft_key)
            form.closed.emit()
            ours = there.key in message.ready_made()
            context.say("Our words are back. Undo brings yours." if ours else "Removed. Undo brings it back.")

        ours = there.key in message.ready_made()
        form.buttons.insertWidget(2, button("Back to our words" if ours else "Remove", "", remove))
    return form


def _fields_hint() -> str:
    return "Fields: " + ", ".join(f"{{{name}}}" for name in message.FIELDS)
