"""The text of a letter, with its fields offered as one types and the letter beside it; and a term to choose for one."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QTimer

from core import letter_text
from core.errors import UserError
from core.jobs import letters
from core.letter_text import ABOUT, FIELDS, TERM_FIELDS, LetterText, TermText, wrong_term
from core.work import letter_templates
from ui.context import Context
from ui.forms.base import NounForm
from ui.forms.fields import choices, typed
from ui.forms.step import Item, StepForm
from ui.widgets.fields import ChoiceField
from ui.widgets.merge_field import MergeField
from ui.widgets.panel import Panel, Scroll
from ui.widgets.paper_view import PaperView
from ui.widgets.text import button

LATER_MS = 350
HOW = (
    "Type { for a field. # begins a heading, - a point. {if why} … {end} stands only where the field has words, "
    "{if not why} … {end} only where it has none. {ask: What went well?} is asked for each letter."
)


class LetterTextForm(NounForm):
    """`row_id`: the key of the letter to change. `copy_of`: the key of one whose words a new one begins with."""

    width_wanted = 1_100
    scroll_wanted = False

    def __init__(self, context: Context, row_id: str | None = None, copy_of: str = "", **_: object) -> None:
        super().__init__(context, "Letter’s text" if row_id else "New letter", "letter_text", row_id)
        store, form = context.store, self.form
        self.draft_key += f" {copy_of}" if copy_of else ""
        there = {one.key: one for one in letter_templates.letters(store)}
        begin = there.get(row_id or copy_of)
        if begin is None and (row_id or copy_of):
            raise UserError(letter_templates.GONE)
        text = (
            begin.text if begin is not None else LetterText(about="work", text="Dear {first_name},\n\n{the signature}")
        )
        self._about, self._text = ChoiceField(choices(dict(ABOUT))), MergeField(least=14, tallest=24)
        self._lines = [MergeField(200, least=1, tallest=3) for _ in range(2)]
        form.row("name", "Name", typed("How it stands in the list"))
        form.row("about", "About", self._about)
        form.row("purpose", "When", typed("To whom, and when"))
        form.row("kicker", "Above the title", self._lines[0])
        form.row("title", "Title", self._lines[1])
        form.tall("text", "Text", self._text, hint=HOW)
        self.paper = PaperView("The letter as it will look")
        self.body.addWidget(self.paper, 1)
        if row_id in letter_text.ready_made():
            self.note_words = "What you save here are your words for ours. Letters that were sent stay as they are."
        self._buttons(begin.own if begin is not None else False)
        self._later = QTimer(self, singleShot=True, interval=LATER_MS)
        self._later.timeout.connect(self._draw)
        name = f"{text.name}, my way" if copy_of else text.name
        self.begin({"name": name, "about": text.about, "purpose": text.purpose, "kicker": text.kicker,
                    "title": text.title, "text": text.text})  # fmt: skip
        self.form.changed.connect(self._changed)
        self._offer()
        self._draw()

    def _lay(self) -> None:
        card, fields = Panel(), Scroll(margins=(0, 0, 8, 0))
        card.add(self.form)
        fields.body.addWidget(card)
        fields.body.addStretch(1)
        self.body.addWidget(fields, 1)

    def _buttons(self, own: bool) -> None:
        if self.row_id and own:
            ours = self.row_id in letter_text.ready_made()
            self.buttons.insertWidget(2, button("Back to our words" if ours else "Remove", "", self._remove))
        if self.row_id:
            self.buttons.insertWidget(2, button("Copy into one of your own", "", self._copy))

    def _remove(self) -> None:
        store, key = self.context.store, self.row_id or ""
        letter_templates.remove(store, key, today=self.context.today())
        store.drop_draft(self.draft_key)
        self.closed.emit()
        ours = key in letter_text.ready_made()
        self.context.say("Our words are back. Undo brings yours." if ours else "Removed. Undo brings it back.")

    def _copy(self) -> None:
        key = self.row_id
        self.closed.emit()
        QTimer.singleShot(0, lambda: self.context.open_form("letter_text", copy_of=key))

    def _changed(self, key: str) -> None:
        if key == "about":
            self._offer()
        self._later.start()

    def _offer(self) -> None:
        about = self._about.value()
        end = {"end": "Ends an {if …}"}
        self._text.set_offered({**FIELDS[about], **letter_text.pieces(about), **end})
        for one in self._lines:
            one.set_offered({**FIELDS[about], **end})

    def _draw(self) -> None:
        """Of the newest that the store has; a text that cannot be one yet says why, and what was drawn stays."""
        text = LetterText(**self.form.values())
        wrong = [said for part in letter_text.wrong_parts(text).values() for said in part]
        example = letters.example(self.context.store, text.about)
        if wrong:
            self.paper.say(" ".join(wrong))
        elif example is None:
            self.paper.say("Nobody is here yet whom it could be written to; then you see it here.")
        else:
            try:
                self.paper.show_paper(letters.shown(self.context.store, example, today=self.context.today(), text=text))
            except UserError as error:
                self.paper.say(str(error))
            else:
                self.paper.say("As it would be for the newest that you have. ‹…› has no words there.")

    def save(self, values: dict[str, Any], reason: str) -> str:
        return letter_templates.save_letter(
            self.context.store, LetterText(**values), self.row_id, today=self.context.today()
        )


def term(context: Context, row_id: str | None = None, **_: object) -> StepForm:
    """A term of one's own, or one's own words for one of ours. `row_id`: its key."""
    store, today = context.store, context.today()
    there = next((one for one in letter_templates.terms(store) if one.key == row_id), None)
    if row_id and there is None:
        raise UserError(letter_templates.GONE)
    begin = there.text if there is not None else TermText()
    said = MergeField(4_000, least=5, tallest=14)
    said.set_offered({**TERM_FIELDS, "end": "Ends an {if …}"})
    form = StepForm(
        context,
        "Term" if row_id else "New term",
        ("letter-term", row_id),
        [
            Item("name", "Name", typed("What stays between us")),
            Item("words", "What it says", said, "Type { for a field. {if why} … {end} as in a letter’s text."),
        ],
        lambda values, _why: letter_templates.save_term(store, TermText(**values), row_id, today=today),
        values={"name": begin.name, "words": begin.words},
    )
    later = QTimer(form, singleShot=True, interval=LATER_MS)
    later.timeout.connect(lambda: form.form.rows["words"].set_error(" ".join(wrong_term(said.value()))))
    said.changed.connect(later.start)
    if there is not None and there.own:
        ours = there.key in letter_text.ready_terms()

        def remove() -> None:
            letter_templates.remove(store, there.key, today=today)
            store.drop_draft(form.draft_key)
            form.closed.emit()
            context.say("Our words are back. Undo brings yours." if ours else "Removed. Undo brings it back.")

        form.buttons.insertWidget(2, button("Back to our words" if ours else "Remove", "", remove))
    return form


def shelf(context: Context, **_: object) -> StepForm:
    """All letters and terms, to open one or to begin one."""
    store = context.store
    texts = [("letter_text", "", one.key, one.text.name, one.own) for one in letter_templates.letters(store)]
    texts += [("letter_term", "Term: ", one.key, one.text.name, one.own) for one in letter_templates.terms(store)]
    found: list[tuple[Any, str]] = [
        (f"{form} {key}", f"{before}{name}{' · in your words' if own else ''}")
        for form, before, key, name, own in texts
    ]
    found += [("letter_text ", "A new letter"), ("letter_term ", "A new term")]

    def open_one(values: dict[str, Any], _why: str) -> str:
        form, _, key = str(values["which"]).partition(" ")
        QTimer.singleShot(0, lambda: context.open_form(form, key or None))
        return ""

    return StepForm(
        context,
        "Letters’ texts",
        ("letter-texts", None),
        [Item("which", "Open", ChoiceField(found), "What offers, references and thanks say, and the terms to choose.")],
        open_one,
        values={"which": found[0][0]},
        save_words="Open",
    )
