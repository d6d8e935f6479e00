"""Who fits a project and which projects fit someone, with points and where they come from; what counts how much."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QCheckBox, QRadioButton, QVBoxLayout, QWidget

from core.errors import UserError
from core.insight.match import Fit, weights_now, what_fits, who_fits_project
from core.insight.parts import words_list
from core.matching import MOST_WEIGHT, PARTS, USUAL, Part
from core.text import in_digits, plural
from core.work.match_weights import set_weights
from ui.context import Context
from ui.forms.base import NounForm
from ui.forms.step import Item, StepForm
from ui.widgets.fields import NumberField
from ui.widgets.panel import Line
from ui.widgets.text import amp, button, label, tip

MOST = 30
_LONGEST = 40
_HINTS = {
    "skills": "Of those wanted, those had; a higher level counts more.",
    "weeks": "Weeks without days off, exams or other work of yours.",
    "hours": "Whether their hours a week hold the work.",
    "new": "Who has not worked with you yet comes first.",
    "contact": "Who has heard nothing for long comes first.",
}


class _Fits(NounForm):
    """A list of fits to choose from, each with its points and where they come from."""

    width_wanted = 640

    def __init__(self, context: Context, title: str, noun: str, row_id: str) -> None:
        super().__init__(context, title, noun, row_id, "Invite…")
        self._boxes: dict[str, QAbstractButton] = {}
        self._weighed = weights_now(context.store)
        weigh = button("What counts…", "link", lambda: context.open_form("match_weights"))
        self.buttons.insertWidget(self.buttons.count() - 1, weigh)

    def _show(self, key: str, name: str, fit: Fit, box: QAbstractButton) -> None:
        if self._boxes:
            self.form.across(Line())
        holder = QWidget()
        down = QVBoxLayout(holder)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(2)
        box.setText(amp(f"{cut(name)} · {fit.points} of 100"))
        box.setToolTip(tip(name) if cut(name) != name else "")
        box.setAccessibleName(f"{name}, {fit.points} of 100 points")
        self._boxes[key] = box
        down.addWidget(box)
        words = fit.words.split(" · ")
        if fit.had:
            words.insert(2 if fit.no else 1, f"has {words_list(fit.had)}")
        down.addWidget(label(" · ".join(words), "muted", wrap=True))
        down.addWidget(label(" · ".join(self._told(part) for part in fit.parts), "note", wrap=True))
        self.form.across(holder)

    def _told(self, part: Part) -> str:
        """Skills: 4 of 5 (32 of 40)"""
        of = self._weighed.get(part.key, 0)
        given = "does not count" if part.share is None or not of else f"{round(part.share * of)} of {of}"
        return f"{PARTS[part.key]}: {part.words} ({given})"

    def _chosen(self) -> list[str]:
        return [key for key, box in self._boxes.items() if box.isChecked()]


class WhoFitsForm(_Fits):
    """Tick several and invite them. A school’s name counts for nothing, nor does anything of who someone is."""

    def __init__(self, context: Context, project_id: str = "", **_: object) -> None:
        super().__init__(context, "Who fits", "who-fits", project_id)
        self._project_id = project_id
        found = who_fits_project(context.store, project_id, today=context.today(), most=MOST)
        count = plural(found.count, "person fits", "people fit")
        self.note_words = f"{count}; {in_digits(found.new)} {'has' if found.new == 1 else 'have'} never applied to you."
        if found.count > len(found.best):
            self.note_words += f" The best {len(found.best)} stand here."
        for fit in found.best:
            self._show(fit.candidate_id, fit.name, fit, QCheckBox())
        if found.words or not found.best:
            self.form.across(label(found.words or "Nobody fits today.", "muted", wrap=True))
        if found.left_out:
            self.form.across(label(f"{found.left_out}.", "note", wrap=True))
        self.save_button.setEnabled(bool(self._boxes))

    def save(self, values: dict[str, Any], reason: str) -> str:
        ids = self._chosen()
        if not ids:
            raise UserError("Tick those whom you want to invite.")
        context, project = self.context, self._project_id
        QTimer.singleShot(0, lambda: context.open_form("bulk_invite", candidate_ids=ids, project_id=project))
        return ""


class WhatFitsForm(_Fits):
    """The other way: the projects that are still to fill for one person; choose one and invite them."""

    def __init__(self, context: Context, candidate_id: str = "", **_: object) -> None:
        super().__init__(context, "Which projects fit", "what-fits", candidate_id)
        self._candidate_id = candidate_id
        found = what_fits(context.store, candidate_id, today=context.today())
        count = sum(fit.fits for fit in found)
        verb = "fits" if count == 1 else "fit"
        self.note_words = f"{in_digits(count)} of {plural(len(found), 'project')} still to fill {verb}."
        self._titles = {fit.project_id: fit.project for fit in found}
        for fit in found:
            self._show(fit.project_id, f"{fit.number} {fit.project}", fit, QRadioButton())
        if not found:
            words = "No project is still to fill that they are not part of already."
            self.form.across(label(words, "muted", wrap=True))
        self._choice = QButtonGroup(self)
        for box in self._boxes.values():
            self._choice.addButton(box)
        no = next((fit.no for fit in found if fit.no), "")
        if no:
            self.form.across(label(f"They cannot be invited: {no}.", "note", wrap=True))
        self.save_button.setEnabled(bool(found) and not no)

    def save(self, values: dict[str, Any], reason: str) -> str:
        chosen = self._chosen()
        if not chosen:
            raise UserError("Choose the project.")
        context, person, projects = self.context, self._candidate_id, [(one, self._titles[one]) for one in chosen]
        QTimer.singleShot(0, lambda: context.open_form("invitation", candidate_id=person, projects=projects))
        return ""


def cut(name: str) -> str:
    return name if len(name) <= _LONGEST else name[: _LONGEST - 1].rstrip() + "…"


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
