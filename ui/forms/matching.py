"""Who fits a project, with the points and where they come from; and what counts how much."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from core.errors import UserError
from core.insight.match import Fit, weights_now, who_fits_project
from core.matching import MOST_WEIGHT, PARTS, USUAL, Part
from core.text import plural
from core.work.match_weights import set_weights
from ui.context import Context
from ui.forms.base import NounForm
from ui.forms.step import Item, StepForm
from ui.widgets.fields import NumberField
from ui.widgets.panel import Line
from ui.widgets.text import amp, button, label

MOST = 30
_HINTS = {
    "skills": "Of those wanted, those had; a higher level counts more.",
    "weeks": "Weeks without days off, exams or other work of yours.",
    "hours": "Whether their hours a week hold the work.",
    "new": "Who has not worked with you yet comes first.",
    "contact": "Who has heard nothing for long comes first.",
}


class WhoFitsForm(NounForm):
    """Tick several and invite them. A school’s name counts for nothing, nor does anything of who someone is."""

    width_wanted = 640

    def __init__(self, context: Context, project_id: str = "", **_: object) -> None:
        super().__init__(context, "Who fits", "who-fits", project_id, "Invite…")
        self._project_id = project_id
        found = who_fits_project(context.store, project_id, today=context.today(), most=MOST)
        count = plural(found.count, "person fits", "people fit")
        self.note_words = f"{count}; {found.new:,} {'has' if found.new == 1 else 'have'} never applied to you."
        if found.count > len(found.best):
            self.note_words += f" The best {len(found.best)} stand here."
        self._boxes: dict[str, QCheckBox] = {}
        self._weighed = weights_now(context.store)
        for at, fit in enumerate(found.best):
            if at:
                self.form.across(Line())
            self.form.across(self._person(fit))
        if found.words or not found.best:
            self.form.across(label(found.words or "Nobody fits today.", "muted", wrap=True))
        if found.left_out:
            self.form.across(label(f"{found.left_out}.", "note", wrap=True))
        self.save_button.setEnabled(bool(self._boxes))
        weigh = button("What counts…", "link", lambda: context.open_form("match_weights"))
        self.buttons.insertWidget(self.buttons.count() - 1, weigh)

    def _person(self, fit: Fit) -> QWidget:
        holder = QWidget()
        down = QVBoxLayout(holder)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(2)
        box = QCheckBox(amp(f"{fit.name} · {fit.points} of 100"))
        box.setAccessibleName(f"{fit.name}, {fit.points} of 100 points")
        self._boxes[fit.candidate_id] = box
        down.addWidget(box)
        down.addWidget(label(fit.words, "muted", wrap=True))
        down.addWidget(label(" · ".join(self._told(part) for part in fit.parts), "note", wrap=True))
        return holder

    def _told(self, part: Part) -> str:
        """Skills 4 of 5: 32 of 40"""
        of = self._weighed.get(part.key, 0)
        given = "does not count" if part.share is None or not of else f"{round(part.share * of)} of {of}"
        return f"{PARTS[part.key]} {part.words}: {given}"

    def save(self, values: dict[str, Any], reason: str) -> str:
        ids = [row_id for row_id, box in self._boxes.items() if box.isChecked()]
        if not ids:
            raise UserError("Tick those whom you want to invite.")
        context, project = self.context, self._project_id
        QTimer.singleShot(0, lambda: context.open_form("bulk_invite", candidate_ids=ids, project_id=project))
        return ""


def weigh(context: Context, **_: object) -> StepForm:
    """From 0 to 100 each; they count in proportion to one another."""
    store, today = context.store, context.today()

    def save(values: dict[str, Any], _why: str) -> str:
        set_weights(store, values, today=today)
        context.say("Changed; who fits is worked out anew. Undo takes it back.")
        return ""

    form = StepForm(
        context,
        "What counts how much",
        ("match-weights", None),
        [Item(key, words, NumberField(0, MOST_WEIGHT), _HINTS[key]) for key, words in PARTS.items()],
        save,
        values=dict(weights_now(store)),
        note="A school’s name and who someone is never count.",
    )
    form.buttons.insertWidget(2, button("As usual", "", lambda: form.form.set_values(dict(USUAL))))
    return form
