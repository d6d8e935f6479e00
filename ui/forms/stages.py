"""The stages of a project, and the application that makes a prospect an applicant."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from PySide6.QtWidgets import QWidget

from core.insight.application_board import standing
from core.insight.projects import projects
from core.model.words import APPLICATION_STATES, STAGED
from core.work import select, stages
from core.work.stages import StageDraft
from ui.context import Context
from ui.forms.base import NounForm
from ui.forms.step import Item, StepForm
from ui.widgets.date_field import DateField
from ui.widgets.fields import ChoiceField
from ui.widgets.list_field import ListField
from ui.widgets.notice import Notice

_TAKING = frozenset({"open", "closed_for_applications", "selecting"})


class StagesField(ListField):
    """value() -> list of (name, (under, id or None)): a line that is renamed or moved stays the same stage."""

    def __init__(self) -> None:
        self._keys: dict[QWidget, str | None] = {}
        super().__init__(
            "Stage",
            "Another stage",
            aside=lambda: ChoiceField([(one, f"within {APPLICATION_STATES[one]}") for one in STAGED]),
            aside_name="Where it lies",
            most=stages.MOST_STAGES,
        )

    def value(self) -> list[tuple[str, Any]]:
        return [
            (entry.words.value(), (entry.aside.value(), self._keys.get(entry)))
            for entry in self._entries
            if entry.aside is not None and entry.words.value()
        ]

    def set_value(self, value: Iterable[tuple[str, Any]] | None) -> None:
        lines = list(value or ())
        super().set_value([(name, under) for name, (under, _) in lines])
        self._keys = {entry: key for entry, (_, (_, key)) in zip(self._entries, lines, strict=True)}


class StagesForm(NounForm):
    """What is removed is said before it is saved, with who stands in it."""

    width_wanted = 620

    def __init__(self, context: Context, project_id: str = "", **_: object) -> None:
        super().__init__(context, "Stages", "project-stages", project_id)
        self._project_id = project_id
        store, form = context.store, self.form
        self.note_words = "Steps of your own within Applied and Shortlisted, in the order of the board."
        rows = projects(store, today=context.today())
        with_stages = [row for row in rows if row.id != project_id and stages.stage_drafts(store, row.id)]
        self._field = StagesField()
        form.tall("stages", "Stages", self._field)
        if with_stages:
            others = [("", "Choose a project"), *((row.id, f"{row.number} {row.title}") for row in with_stages)]
            self._from = ChoiceField(others)
            form.row("copy_from", "Take over from", self._from, hint="Its stages are added below yours.")
            self._from.changed.connect(self._copy)
        self._gone = Notice()
        form.wide(self._gone)
        self._before = stages.stage_drafts(store, project_id)
        self._standing = standing(store, project_id)
        form.changed.connect(lambda _key: self._look())
        self.begin({"stages": _lines(self._before)})
        self._look()

    def _drafts(self) -> list[StageDraft]:
        return [StageDraft(id=key, name=name, under=under) for name, (under, key) in self._field.value()]

    def _copy(self) -> None:
        if chosen := self._from.value():
            drafts = stages.copied(self.context.store, self._drafts(), chosen)
            self._field.set_value(_lines(drafts))
            self._field.changed.emit()

    def _look(self) -> None:
        now = {one.id: one.under for one in self._drafts()}
        said = []
        for one in self._before:
            count = self._standing.get(one.id or "", 0)
            if count and now.get(one.id) != one.under:
                people = "1 application goes" if count == 1 else f"{count} applications go"
                said.append(f"{people} from {one.name} back to {APPLICATION_STATES[one.under]}.")
        self._gone.say(" ".join(said))

    def save(self, values: dict[str, Any], reason: str) -> str:
        return stages.set_stages(self.context.store, self._project_id, self._drafts(), today=self.context.today())


def _lines(drafts: Iterable[StageDraft]) -> list[tuple[str, Any]]:
    return [(one.name, (one.under, one.id)) for one in drafts]


def application_for(context: Context, candidate_id: str, **_: object) -> StepForm:
    """Someone applied for a project that is still to be named; their answers can be added on its page."""
    store, today = context.store, context.today()
    taking = [row for row in projects(store, today=today) if row.phase in _TAKING]
    return StepForm(
        context,
        "They applied",
        ("application-for", candidate_id),
        [
            Item("project_id", "For", ChoiceField([(row.id, f"{row.number} {row.title}") for row in taking])),
            Item("applied_on", "On", DateField(today)),
        ],
        lambda v, _why: select.record_application(
            store,
            select.ApplicationDraft(
                project_id=v["project_id"], candidate_id=candidate_id, applied_on=v["applied_on"], source=""
            ),
            today=today,
        ),
        values={"applied_on": today},
        save_words="Record the application",
        note="" if taking else "No project takes applications now. Open one first.",
    )
