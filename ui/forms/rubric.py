"""The rubric of a project: three to six criteria, each level worded as something one can observe."""

from __future__ import annotations

from typing import Any

from core.model.words import COMPETENCIES
from core.work.brief import project_draft
from core.work.rubrics import CriterionDraft, RubricDraft, criterion_field, ready_made, rubric_draft, set_rubric
from ui.context import Context
from ui.forms.base import NounForm
from ui.forms.fields import typed
from ui.widgets.fields import AreaField, ChoiceField, NumberField

_MOST = 6
_PARTS = (
    "name",
    "hint",
    "competency",
    "question_id",
    "weight",
    "weight_why",
    "level_1",
    "level_2",
    "level_3",
    "level_4",
)


class RubricForm(NounForm):
    """A criterion left without a name is left out. A rubric that has been scored gets a next version on saving."""

    width_wanted = 940

    def __init__(self, context: Context, project_id: str = "", **_: object) -> None:
        super().__init__(context, "Rubric", "rubrics", project_id)
        self._project_id = project_id
        self.note_words = "Once a score stands on it, a change makes its next version."
        form, brief = self.form, project_draft(context.store, project_id)
        self._ready = ready_made()
        begin_with = ChoiceField(
            [(None, "Keep what stands below"), *((key, one.name) for key, one in self._ready.items())]
        )
        form.row("begin_with", "Begin with", begin_with)
        begin_with.changed.connect(lambda: self._take(begin_with.value()))
        form.row("name", "Name", typed())
        questions = [
            (None, "The whole application"),
            *((q.id, f"{n}. {q.text}"[:60]) for n, q in enumerate(brief.questions, 1)),
        ]
        competencies = [("", "None"), *((name, name) for name in COMPETENCIES)]
        for at in range(_MOST):
            form.part(
                f"Criterion {at + 1}",
                [
                    (criterion_field(at, "name"), "Name", typed()),
                    (criterion_field(at, "hint"), "What it looks at", typed()),
                ],
            )
            form.part(
                "",
                [
                    (criterion_field(at, "question_id"), "Shown by", ChoiceField(questions), 4),
                    (criterion_field(at, "competency"), "Competency", ChoiceField(competencies), 3),
                    (criterion_field(at, "weight"), "Weight", NumberField(1, 10), 1),
                    (criterion_field(at, "weight_why"), "Why another weight", typed(), 3),
                ],
            )
            form.part(
                "",
                [
                    (criterion_field(at, f"level_{n}"), f"Level {n}", AreaField(least=3, tallest=6))
                    for n in (1, 2, 3, 4)
                ],
            )
        draft = rubric_draft(context.store, project_id)
        self._ids = [criterion.id for criterion in draft.criteria] if draft else []
        self.begin(self._shown(draft or self._ready["general"]))

    def _take(self, key: str | None) -> None:
        if key is not None:
            self._ids = []
            self.form.set_values({**self._shown(self._ready[key]), "begin_with": key})

    def _shown(self, draft: RubricDraft) -> dict[str, Any]:
        values: dict[str, Any] = {"name": draft.name}
        blank = CriterionDraft()
        for at in range(_MOST):
            one = draft.criteria[at] if at < len(draft.criteria) else blank
            values |= {criterion_field(at, part): getattr(one, part) for part in _PARTS}
        return values

    def save(self, values: dict[str, Any], reason: str) -> str:
        criteria = []
        for at in range(_MOST):
            parts = {part: values[criterion_field(at, part)] for part in _PARTS}
            if parts["name"] or any(parts[f"level_{n}"] for n in (1, 2, 3, 4)):
                parts["weight"] = parts["weight"] or 1
                criteria.append(CriterionDraft(**parts, id=self._ids[at] if at < len(self._ids) else None))
        draft = RubricDraft(name=values["name"], criteria=criteria)
        return set_rubric(self.context.store, self._project_id, draft, today=self.context.today())
