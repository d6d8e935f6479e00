"""A letter to somebody: about what, in which words, what still lacks words; beside it, how it will look."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from core.errors import FieldErrors, UserError
from core.insight.letters import may_be_told, recipient, subjects
from core.jobs import letters
from core.jobs.letters import Wanted
from core.letter_text import About
from core.work import letter_templates
from ui.context import Context
from ui.forms.base import NounForm
from ui.forms.letter_fields import AskedField, TermsField
from ui.letters import show_letter
from ui.widgets.chips_field import Flow
from ui.widgets.fields import ChoiceField
from ui.widgets.panel import Panel, Scroll
from ui.widgets.paper_view import PaperView
from ui.widgets.text import button

LATER_MS = 350


class LetterForm(NounForm):
    """`about` and `about_id`: what it begins with; else the latest that there is of this candidate. `key`: its text."""

    width_wanted = 1_060
    scroll_wanted = False

    def __init__(
        self,
        context: Context,
        candidate_id: str,
        about: str = "",
        about_id: str = "",
        key: str = "",
        **_: object,
    ) -> None:
        super().__init__(context, "Letter", "letters", None, "Look at it")
        self._subjects = {
            f"{of}:{row_id}": (of, row_id, words) for of, row_id, words in subjects(context.store, candidate_id)
        }
        begin = f"{about}:{about_id}"
        self.draft_key = f"letters:{candidate_id}-{begin if about else 'any'}-{key}"
        store, form = context.store, self.form
        self._texts = {one.key: one.text for one in letter_templates.letters(store)}
        self._subject = ChoiceField([(name, words) for name, (_, _, words) in self._subjects.items()])
        self._subject.set_value(begin)
        self._key, self._asked = ChoiceField(), AskedField()
        known = letter_templates.terms(store)
        form.row("subject", "About", self._subject)
        form.row("key", "Letter", self._key)
        form.wide(self._links())
        form.row("said", "To fill in", self._asked)
        self._terms = TermsField([(one.key, one.text.name, one.text.words) for one in known])
        form.row("terms", "Terms", self._terms, hint="Beside what the project says. Point at one to read it.")
        self.paper = PaperView("The letter as it will look")
        self.body.addWidget(self.paper, 1)
        self.note_words = "It leaves when you save, print or mail it, and is kept as it was sent."
        self._offer_texts()
        self._key.set_value(key)
        self._later = QTimer(self, singleShot=True, interval=LATER_MS)
        self._later.timeout.connect(self._draw)
        self.begin({"subject": self._subject.value(), "key": self._key.value(), "said": {}, "terms": self._usual()})
        self.form.changed.connect(self._changed)
        self._look()

    def _lay(self) -> None:
        """The fields scroll; the letter stays in sight beside them."""
        card, fields = Panel(), Scroll(margins=(0, 0, 8, 0))
        card.add(self.form)
        fields.body.addWidget(card)
        fields.body.addStretch(1)
        self.body.addWidget(fields, 1)

    def _links(self) -> QWidget:
        holder = QWidget()
        row = Flow(holder)
        row.addWidget(button("Change its words…", "link", self._change))
        row.addWidget(button("A term of your own…", "link", lambda: self._go("letter_term")))
        return holder

    # --- what is asked ----------------------------------------------------------------------------------------------

    def _about(self) -> tuple[About, str]:
        about, row_id, _ = self._subjects[self._subject.value()]
        return about, row_id

    def _usual(self) -> list[str]:
        about, row_id = self._about()
        return list(letters.default_terms(recipient(self.context.store, about, row_id, today=self.context.today())))

    def _offer_texts(self) -> None:
        about, _ = self._about()
        fitting = [(key, one.name) for key, one in self._texts.items() if one.about in (about, "person")]
        self._key.set_choices(fitting)

    def _changed(self, key: str) -> None:
        if key == "subject":
            self._offer_texts()
            self._terms.set_value(self._usual())
        self._look()

    def _wanted(self, values: dict[str, Any]) -> Wanted:
        about, row_id = self._about()
        said = {name: words for name, words in values["said"].items() if words}
        return Wanted(about, row_id, values["key"] or "", said, tuple(values["terms"]))

    def _look(self) -> None:
        """What lacks words in this letter, and when to draw it."""
        self.say("")
        store, today, values = self.context.store, self.context.today(), self.form.values()
        text = self._texts.get(values["key"] or "")
        self.form.appear("terms", text is not None and letters.has_terms(text))
        if text is None:
            return
        try:
            lacks = letters.lacking(store, self._wanted({**values, "said": {}}), today=today)
            about, row_id = self._about()
            if values["key"] == letters.NOT_SELECTED and not may_be_told(store, row_id, today=today):
                self.say("They were not declined, or it is still held back; this letter says that they were.")
            if stop := recipient(store, about, row_id, today=today).stop:
                self.say(stop)
        except UserError as error:
            self.say(str(error))
            lacks = []
        self._asked.ask(lacks)
        self.form.appear("said", bool(lacks))
        self._later.start()

    def _draw(self) -> None:
        try:
            wanted = self._wanted(self.form.values())
            self.paper.show_paper(letters.shown(self.context.store, wanted, today=self.context.today()))
        except UserError as error:
            self.paper.say(str(error))
        else:
            self.paper.say("")

    # --- the ways out -----------------------------------------------------------------------------------------------

    def _change(self) -> None:
        if key := self._key.value():
            self._go("letter_text", key)

    def _go(self, form: str, row_id: str | None = None) -> None:
        self.keep()
        self.context.open_form(form, row_id)

    def save(self, values: dict[str, Any], reason: str) -> str:
        try:
            made = letters.make(self.context.store, self._wanted(values), today=self.context.today())
        except FieldErrors as error:
            raise FieldErrors({f"said.{name}": words for name, words in error.fields.items()}) from None
        # The sheet of this form closes first.
        QTimer.singleShot(0, lambda: show_letter(self.context, made.name.removesuffix(".pdf"), lambda: made))
        return ""
