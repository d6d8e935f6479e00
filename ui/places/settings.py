"""Your business, the people who sign, fields and tags of your own, and the store itself."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core import money, text
from core.insight.office import colleagues, employer
from core.insight.own_words import FieldRow, TagRow, field_rows, tag_rows
from ui.calendar_file import calendar_file
from ui.command import Command
from ui.context import Context
from ui.places.base import PlaceBase
from ui.widgets.panel import Heading, Panel, Scroll
from ui.widgets.rows import Row, Rows
from ui.widgets.text import button, label


class Settings(PlaceBase):
    key, title, icon = "settings", "Settings", "settings"
    nouns = frozenset({"employers", "colleagues", "tags", "candidate_tags", "custom_fields", "custom_values"})

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        self._scroll = Scroll(gap=12)
        box.addWidget(self._scroll)

    def ask(self) -> None:
        self._scroll.clear()
        body, store = self._scroll.body, self.context.store
        body.addWidget(self._headed("Your business", "Edit", lambda: self.context.open_form("employers")))
        body.addWidget(self._business())
        people = colleagues(store, also_left=True)
        body.addWidget(self._headed("Colleagues", "Add a colleague", lambda: self.context.open_form("colleagues")))
        body.addWidget(
            Rows(
                [
                    Row(
                        one.name,
                        " · ".join(part for part in (one.role_words, one.email) if part),
                        "left" if one.left_on else "you" if one.id == store.me else "",
                        "neutral" if one.left_on else "green",
                        "Edit",
                        self._opener("colleagues", one.id),
                    )
                    for one in people
                ],
                subjects=220,
            )
        )
        self._calendar()
        self._own_words()
        body.addStretch(1)

    def _calendar(self) -> None:
        self._scroll.body.addWidget(self._headed("Your calendar", "Calendar file…", calendar_file(self.context)))
        words = (
            "Kick-offs, due days, last days to apply and planned contacts, as a file that any calendar opens. Take a "
            "new one in whenever something changed: it moves and removes what it brought before. It names people."
        )
        self._scroll.body.addWidget(label(words, "muted", wrap=True))

    def _own_words(self) -> None:
        body, store = self._scroll.body, self.context.store
        add = self._headed("Fields of your own", "Add a field", lambda: self.context.open_form("custom_fields"))
        body.addWidget(add)
        fields = [self._field(one) for noun in ("candidates", "projects") for one in field_rows(store, noun)]
        if fields:
            body.addWidget(Rows(fields, subjects=320))
        else:
            words = "What Foothold has no field for, such as a shirt size. Add it here."
            body.addWidget(label(words, "muted", wrap=True))
        body.addWidget(Heading("Tags"))
        tags = [self._tag(one) for one in tag_rows(store)]
        if tags:
            body.addWidget(Rows(tags, subjects=320))
        else:
            words = "A tag is given in a candidate’s form, or to several at once in the list of candidates."
            body.addWidget(label(words, "muted", wrap=True))

    def _tag(self, one: TagRow) -> Row:
        people = text.plural(one.people, "person", "people")
        return Row(one.name, people, action="Edit", run=self._opener("tags", one.id))

    def _field(self, one: FieldRow) -> Row:
        of = "candidates" if one.noun == "candidates" else "projects"
        return Row(one.name, one.words, of, "neutral", "Edit", self._opener("custom_fields", one.id))

    def _business(self) -> QWidget:
        one = employer(self.context.store)
        panel = Panel()
        floor, minimum = (money.show(cents, one.currency) for cents in (one.pay_floor, one.legal_minimum))
        facts = [
            one.name,
            ", ".join(part for part in (one.address.replace("\n", ", "), one.city, one.state) if part),
            " · ".join(part for part in (one.email, one.phone, one.website) if part),
            f"Signed by {one.signatory_name}" if one.signatory_name else "",
            f"Pay floor {floor} an hour, legal minimum {minimum}",
            f"The store is {self.context.store.path.name}, encrypted",
        ]
        for place, words in enumerate(part for part in facts if part):
            panel.add(label(words, "subject" if place == 0 else "muted", wrap=True, select=True))
        return panel

    def _headed(self, words: str, action: str, run: Callable[[], object]) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 8, 0, 0)
        row.addWidget(Heading(words), 1)
        row.addWidget(button(action, "link", run))
        return line

    def _opener(self, noun: str, row_id: str) -> Callable[[], None]:
        return lambda: self.context.open_form(noun, row_id)

    def subtitle(self) -> str:
        return "What stands on your papers, and whom you work with"

    def primary(self) -> Command | None:
        return None
