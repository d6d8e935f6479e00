"""Answers that someone gave of themselves, voluntarily: typed in, never shown again."""

from __future__ import annotations

from typing import Any

from core.errors import FieldErrors, UserError
from core.insight.records import find
from core.model.words import SELF_IDENTIFICATION
from core.work import self_identification
from ui.context import Context
from ui.forms.step import Item, StepForm
from ui.paper_form import paper_form
from ui.widgets.fields import ChoiceField, LineField
from ui.widgets.text import button

NOTE = "Kept apart and never shown again; only groups are counted."


class AnswersForm(StepForm):
    """Nothing typed here is kept unsaved, as it would lie beside the other drafts."""

    def __init__(self, context: Context, *_: object, **__: object) -> None:
        questions = [
            Item(key, words, ChoiceField([(None, "Leave as it is"), *((a, a) for a in answers), ("", "Take it out")]))
            for key, (words, answers) in SELF_IDENTIFICATION.items()
        ]
        who = Item("candidate_id", "Who answered", LineField(hint="E-mail or number"))
        super().__init__(
            context, "Voluntary answers", ("self_identifications", None), [who, *questions], self._enter, note=NOTE,
            save_words="Enter them",
        )  # fmt: skip
        self.buttons.insertWidget(2, button("Form for them…", "", self._paper))

    def _paper(self) -> None:
        """The paper on which they answer, for whoever is named."""
        try:
            person = find(self.context.store, "candidates", self.form.values()["candidate_id"])
        except UserError as error:
            self.form.set_errors({"candidate_id": str(error)})
            return
        paper_form(self.context, "self_identification", person, "Voluntary self-identification")()

    def keep(self) -> None:
        self._keep.stop()

    def _enter(self, values: dict[str, Any], _why: str) -> str:
        store, today = self.context.store, self.context.today()
        try:
            person = find(store, "candidates", values.pop("candidate_id")) if values["candidate_id"] else None
        except UserError as error:
            raise FieldErrors({"candidate_id": str(error)}) from None
        answers = {key: said for key, said in values.items() if said is not None}
        self_identification.enter(store, person, answers, today=today)
        return ""
