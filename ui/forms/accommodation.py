"""The private log of what someone asked for so that they can take part: a window of its own, from their page."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core.errors import SystemFault, UserError
from core.text import short_day
from core.work import accommodations
from core.work.accommodations import AccommodationDraft, Noted
from ui.context import Context
from ui.forms.step import Item, Items, StepForm
from ui.widgets.date_field import DateField
from ui.widgets.fields import AreaField
from ui.widgets.panel import Line
from ui.widgets.text import button, label

NOTE = "Private: on no list, print or export."


def accommodation(
    context: Context, row_id: str | None = None, candidate_id: str | None = None, **_: object
) -> StepForm:
    """New, below what is noted already, unless `row_id` says which to change."""
    store, today = context.store, context.today()
    draft = accommodations.accommodation_draft(store, row_id) if row_id else AccommodationDraft()
    owner = draft.candidate_id or candidate_id or ""

    def save(values: dict[str, Any], _why: str) -> str:
        changed = AccommodationDraft(candidate_id=owner, **values)
        if row_id:
            return accommodations.change_accommodation(store, row_id, changed, today=today)
        return accommodations.add_accommodation(store, changed, today=today)

    noted = [] if row_id else accommodations.accommodations(store, owner)
    return StepForm(
        context,
        "What they need to take part" if not row_id else "Change a private note",
        ("accommodations", row_id or owner),
        [
            *([_Log(context, owner, noted)] if noted else []),
            Item(
                "request",
                "They ask for",
                AreaField(least=2),
                "What is asked for, such as more time to answer. The reason, or a diagnosis, has no place here.",
            ),
            Item("asked_on", "Asked on", DateField(today)),
            Item("agreed", "We agreed", AreaField(least=2)),
            Items(
                "Days",
                [
                    Item("agreed_on", "Agreed on", DateField(today)),
                    Item("ended_on", "No longer since", DateField(today)),
                ],
            ),
        ],
        save,
        values={
            **{name: getattr(draft, name) for name in accommodations.COLUMNS},
            "asked_on": draft.asked_on or today,
        },
        note=NOTE,
        save_words="Save the note",
    )


class _Log(QWidget):
    """What is noted already, the latest first."""

    def __init__(self, context: Context, candidate_id: str, noted: list[Noted]) -> None:
        super().__init__()
        self._context, self._owner = context, candidate_id
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 8)
        box.setSpacing(8)
        for one in noted:
            box.addWidget(self._row(one))
            box.addWidget(Line())

    def _row(self, one: Noted) -> QWidget:
        made, today = QWidget(), self._context.today()
        down = QVBoxLayout(made)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(2)
        days = [f"Asked on {short_day(one.asked_on, today)}"]
        days += [f"agreed on {short_day(one.agreed_on, today)}"] if one.agreed_on else []
        days += [f"no longer since {short_day(one.ended_on, today)}"] if one.ended_on else []
        head = QHBoxLayout()
        head.setSpacing(8)
        words = " · ".join(days)
        head.addWidget(label(words, "note", wrap=True), 1)
        head.addWidget(button("Change", "link-small", lambda: self._change(one.id), name=f"Change: {words}"))
        head.addWidget(button("Remove", "link-small", lambda: self._remove(one.id), name=f"Remove: {words}"))
        down.addLayout(head)
        down.addWidget(label(one.request, wrap=True))
        if one.agreed:
            down.addWidget(label(one.agreed, "muted", wrap=True))
        return made

    def _change(self, row_id: str) -> None:
        self._context.open_form("accommodations", row_id)

    def _remove(self, row_id: str) -> None:
        context = self._context
        try:
            accommodations.remove_accommodation(context.store, row_id, today=context.today())
        except (UserError, SystemFault) as error:
            context.say(str(error))
            return
        context.say("The note is removed. Undo brings it back.")
        context.open_form("accommodations", candidate_id=self._owner)
