"""A letter to several people at once: which, about what, and as what; beside it, how the first one looks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QTimer

from core.errors import FieldErrors, UserError
from core.insight.projects import projects
from core.jobs import letters
from core.jobs.many_letters import WAYS, Outlook, Written, outlook, wanted_for, write_many
from core.text import plural
from core.work import letter_templates
from ui.asking import AT_ONCE, Asking
from ui.context import Context
from ui.forms.base import NotYet, NounForm, frozen
from ui.forms.fields import choices
from ui.forms.letter import LATER_MS
from ui.forms.letter_fields import AskedField, TermsField
from ui.widgets.fields import ChoiceField
from ui.widgets.panel import Panel, Scroll
from ui.widgets.paper_view import PaperView
from ui.widgets.text import label

_NONE = Outlook((), (), ())


class BulkLettersForm(NounForm):
    """`key`: the letter that it begins with; `project_id`: what it is about, else the latest of each."""

    width_wanted = 1_060
    scroll_wanted = False

    def __init__(
        self,
        context: Context,
        candidate_ids: Sequence[str] = (),
        project_id: str | None = None,
        key: str = "",
        **_: object,
    ) -> None:
        super().__init__(context, "Letters", "bulk_letters", None, "Choose a folder…")
        self._ids = list(dict.fromkeys(candidate_ids))
        self.draft_key = f"bulk_letters:{self._ids[0] if self._ids else ''}-{len(self._ids)}-{project_id}-{key}"
        store, form = context.store, self.form
        self._texts = {one.key: one.text for one in letter_templates.letters(store)}
        self._key = ChoiceField([(one, text.name) for one, text in self._texts.items()])
        about: dict[Any, str] = {one.id: f"{one.number} {one.title}" for one in projects(store, today=context.today())}
        self._project = ChoiceField(choices(about, "The latest of each"))
        self._asked, self._terms = (
            AskedField(),
            TermsField([(one.key, one.text.name, one.text.words) for one in letter_templates.terms(store)]),
        )
        self._told = label("", "muted", wrap=True)
        form.across(self._told)
        form.row("key", "Letter", self._key)
        form.row("project_id", "About", self._project)
        form.row("said", "To fill in", self._asked, hint="The same in each letter.")
        form.row("terms", "Terms", self._terms, hint="Beside what the project says. Point at one to read it.")
        ways: list[tuple[str, str]] = [*WAYS.items()]
        hint = "Each is put on record and kept as it was sent. Print one PDF on one side of the paper."
        form.row("way", "As", ChoiceField(ways), hint=hint)
        self.paper = PaperView("The first letter as it will look")
        self.body.addWidget(self.paper, 1)
        self.note_words = "Nobody who asked not to be written to gets one."
        self._outlook, self._asking = _NONE, Asking(context, self)
        self._later = QTimer(self, singleShot=True, interval=LATER_MS)
        self._later.timeout.connect(self._draw)
        begin = key if key in self._texts else "letter-thank-you"
        project = project_id if project_id in about else None
        self.begin({"key": begin, "project_id": project, "said": {}, "terms": [], "way": ways[0][0]})
        form.changed.connect(self._changed)
        self._look()

    def _lay(self) -> None:
        """The fields scroll; the letter stays in sight beside them."""
        card, fields = Panel(), Scroll(margins=(0, 0, 8, 0))
        card.add(self.form)
        fields.body.addWidget(card)
        fields.body.addStretch(1)
        self.body.addWidget(fields, 1)

    def _changed(self, key: str) -> None:
        if key in ("key", "project_id", "terms"):
            self._look()
        elif key == "said":
            self._later.start()

    def _look(self) -> None:
        """Who gets one, and what is asked for."""
        self.say("")
        store, today, ids = self.context.store, self.context.today(), self._ids
        key, project = self._key.value() or "", self._project.value()
        text = self._texts[key]
        has_terms = letters.has_terms(text)
        self.form.appear("terms", has_terms)
        self.form.appear("project_id", text.about != "person")
        terms = tuple(self._terms.value()) if has_terms else None
        project = project if text.about != "person" else None

        def question() -> Outlook:
            wanted, lacks = wanted_for(store, key, ids, project, terms=terms, today=today)
            return outlook(store, wanted, lacks, today=today)

        many = len(ids) > AT_ONCE
        if many:
            self._told.setText("Looking who gets one…")
        self.save_button.setEnabled(not many)
        self._asking.ask(question, self._answered, beside=many)

    def _answered(self, found: Outlook) -> None:
        self._outlook = found
        self._told.setText(found.words)
        self._asked.ask(found.asks)
        self.form.appear("said", bool(found.asks))
        self.save_button.setEnabled(True)
        self._later.start()

    def _said(self) -> dict[str, str]:
        return {name: words for name, words in self._asked.value().items() if words}

    def _draw(self) -> None:
        going = self._outlook.going
        if not going:
            self.paper.say("None of them gets this letter.")
            return
        try:
            one = letters.with_words(going[0], self._said())
            self.paper.show_paper(letters.shown(self.context.store, one, today=self.context.today()))
        except UserError as error:
            self.paper.say(str(error))
        else:
            self.paper.say(f"The first of {plural(len(going), 'letter')}." if len(going) > 1 else "")

    def try_save(self) -> bool:
        return self.save_button.isEnabled() and super().try_save()

    def save(self, values: dict[str, Any], reason: str) -> str:
        found, said, way = self._outlook, self._said(), values["way"]
        if not found.going:
            raise NotYet("Nobody would get this letter. Choose another, or what it is about.")
        if lacks := [name for name, _ in found.asks if name not in said]:
            raise FieldErrors({f"said.{name}": "The letter has no words for this yet." for name in lacks})
        folder = self.context.ask_folder("Where shall the letters lie?")
        if folder is None:
            raise NotYet("No folder was chosen, so nothing was written.")
        context, today = self.context, self.context.today()
        wanted = [letters.with_words(one, said) for one in found.going]

        key, kept = self.draft_key, {name: frozen(value) for name, value in values.items()}

        def done(written: Written) -> None:
            context.say(written.words)

        def back(words: str) -> None:
            """What was typed is there again when the form is opened for the same people."""
            context.store.keep_draft(key, kept)
            context.say(f"{words} What you typed is kept.")

        context.tasks.run(
            lambda progress: write_many(
                context.store, wanted, folder, way, today=today, beside=True, refused=found.left_out,
                progress=progress.step,
            ),
            done=done,
            failed=lambda error: back(str(error)),
            cancelled=lambda: back("Cancelled; no letter was written."),
            words=f"Writing {plural(len(wanted), 'letter')}",
            cancellable=True,
        )  # fmt: skip
        return ""
