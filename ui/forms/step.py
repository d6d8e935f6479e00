"""A form of one step: a few fields and one verb of core.work."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QWidget

from ui.context import Context
from ui.forms.base import NounForm

Verb = Callable[[dict[str, Any], str], Any]
"""Takes the fields' values and the reason given for a hold; returns the row's id."""


@dataclass(frozen=True)
class Item:
    key: str
    words: str
    field: QWidget
    hint: str = ""
    unit: str = ""


@dataclass(frozen=True)
class Items:
    """Several short fields on one line."""

    words: str
    items: Sequence[Item]
    hint: str = ""


class StepForm(NounForm):
    """`key` names the unsaved draft, so that two people's steps do not share one. A plain widget among the items stands
    over the whole width.
    """

    width_wanted = 560

    def __init__(
        self,
        context: Context,
        title: str,
        key: tuple[str, str | None],
        items: Sequence[Item | Items | QWidget],
        verb: Verb,
        *,
        values: Mapping[str, Any] | None = None,
        save_words: str = "Save",
        note: str = "",
    ) -> None:
        super().__init__(context, title, *key, save_words)
        self._verb, self.note_words = verb, note
        for item in items:
            if isinstance(item, QWidget):
                self.form.across(item)
                continue
            if isinstance(item, Items):
                self.form.part(item.words, [(one.key, one.words, one.field) for one in item.items], hint=item.hint)
                continue
            self.form.row(item.key, item.words, item.field, hint=item.hint, unit=item.unit)
        self.begin(dict(values or {}))

    def save(self, values: dict[str, Any], reason: str) -> str:
        return str(self._verb(values, reason) or "")
