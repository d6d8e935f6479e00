"""Two candidates side by side; for each field in which they differ one says which side holds, or both of a list."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from core.work import merging
from core.work.side_by_side import Fact, side_by_side
from ui.context import Context
from ui.forms.base import NounForm
from ui.theme import current
from ui.widgets.fields import ChoiceField
from ui.widgets.text import Elided, label

_LONGEST = 400
_CAPTION = 25
_ONE_LINE = 40
_SIDES = ((merging.KEEP, "the left"), (merging.OTHER, "the right"))
_BOTH = (merging.BOTH, "both")


class MergeForm(NounForm):
    """The left one stays, with its history; what hangs on the right one comes along."""

    width_wanted = 960

    def __init__(self, context: Context, keep_id: str, other_id: str, **_: object) -> None:
        super().__init__(context, "Compare and merge", "merge", f"{keep_id}:{other_id}", "Merge")
        self._keep_id, self._other_id = keep_id, other_id
        two = side_by_side(context.store, keep_id, other_id, today=context.today())
        self.note_words = "One person stays, on the left. Undo parts them again."
        parts: list[QWidget] = [label(two.keep, "subject", wrap=True), label(two.other, "subject", wrap=True)]
        self.form.part("", [*parts, label("Take", "note")])
        for fact in two.facts:
            self._lay_fact(fact)
        if not two.facts:
            self.form.across(label("They say the same in every field.", "muted"))
        along = f"Comes along from the right: {two.along}." if two.along else "Nothing else hangs on the right one."
        self.form.across(label(along, "muted", wrap=True))
        if two.shared:
            self.form.across(label(two.shared, "muted", wrap=True))
        self.begin({fact.key: _proposed(fact) for fact in two.facts})

    def _lay_fact(self, fact: Fact) -> None:
        field = ChoiceField([*_SIDES, *([_BOTH] if fact.both else [])])
        sides: list[QWidget] = []
        for one in (fact.keep, fact.other):
            # One word that is too wide is cut, with all of it in its tip; several go on over lines.
            alone = len(one) < _ONE_LINE and len(one.split()) == 1
            words = Elided(one) if alone else label(_short(one), wrap=True)
            # In line with the field beside it, which has room for its caption above.
            words.setContentsMargins(0, current().px(_CAPTION), 0, 0)
            sides.append(words)
        self.form.part(fact.words, [*sides, (fact.key, "", field)])

    def save(self, values: dict[str, Any], reason: str) -> str:
        return merging.merge(self.context.store, self._keep_id, self._other_id, values, today=self.context.today())


def _proposed(fact: Fact) -> str:
    if fact.both:
        return merging.BOTH
    return merging.KEEP if fact.keep else merging.OTHER


def _short(words: str) -> str:
    return (words if len(words) <= _LONGEST else words[: _LONGEST - 1].rstrip() + "…") or "–"
