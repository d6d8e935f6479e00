"""The views on work done: the employer's on the competencies, and the student's as it came in on paper."""

from __future__ import annotations

from typing import Any

from core.errors import FieldErrors
from core.insight.office import colleagues
from core.model.words import COMPETENCIES, LEVELS
from core.work.evaluate import (
    FitReviewDraft,
    WorkEvaluationDraft,
    enter_fit_review,
    evaluate_work,
    fit_review_draft,
    marks_field,
    work_evaluation_draft,
)
from ui.context import Context
from ui.forms.base import NounForm
from ui.forms.step import Item, StepForm
from ui.widgets.date_field import DateField
from ui.widgets.fields import AreaField, ChoiceField

_OVERALL = [(None, "Not said"), (1, "1  Far from agreed"), (2, "2  Partly"), (3, "3  As agreed"), (4, "4  Beyond")]
_MARKS = [(None, "Not seen"), *((level, f"{level}  {words}") for level, words in enumerate(LEVELS, 1))]
_FIT = {
    "overall": "Overall",
    "communication": "Communication",
    "preparedness": "Preparedness",
    "professionalism": "Professionalism",
    "responsiveness": "Responsiveness",
    "clarity": "A clear brief",
    "support": "Support",
    "workload": "Hours as estimated",
    "work_again": "Would work here again",
}
_AGREE = [(None, "Not said"), (1, "1  No"), (2, "2  Rather not"), (3, "3  Rather yes"), (4, "4  Yes")]


class WorkEvaluationForm(NounForm):
    """`competencies`: those of the project come first."""

    width_wanted = 760

    def __init__(
        self,
        context: Context,
        engagement_id: str = "",
        competencies: tuple[str, ...] = (),
        candidate: str = "",
        **_: object,
    ) -> None:
        super().__init__(context, f"The work of {candidate}" if candidate else "The work", "evaluations", engagement_id)
        self._engagement_id = engagement_id
        me = context.store.me or ""
        draft = work_evaluation_draft(context.store, engagement_id, me)
        form = self.form
        people = [(one.id, one.name) for one in colleagues(context.store)]
        form.row("rater_id", "I am", ChoiceField(people))
        form.row("overall", "As a whole", ChoiceField(_OVERALL))
        self._order = [*competencies, *(name for name in COMPETENCIES if name not in competencies)]
        values: dict[str, Any] = {"rater_id": me, "overall": draft.overall}
        for name in self._order:
            level, evidence = draft.marks.get(name, (None, ""))
            form.part(
                name,
                [
                    (marks_field(name), "Level", ChoiceField(_MARKS), 2),
                    (f"evidence.{name}", "What you saw", AreaField(least=1), 3),
                ],
            )
            values |= {marks_field(name): level, f"evidence.{name}": evidence}
        form.row("comment", "To share", AreaField(least=3), hint="The student and, with consent, the campus read this.")
        form.row("private_comment", "Private", AreaField(least=2), hint="This never leaves Foothold.")
        self.begin(values | {"comment": draft.comment, "private_comment": draft.private_comment})

    def save(self, values: dict[str, Any], reason: str) -> str:
        loose = [n for n in self._order if values[f"evidence.{n}"] and values[marks_field(n)] is None]
        if loose:
            # Without a level the words would be kept nowhere.
            raise FieldErrors({marks_field(name): "Choose the level that this shows." for name in loose})
        marks = {
            name: (values[marks_field(name)], values[f"evidence.{name}"])
            for name in self._order
            if values[marks_field(name)] is not None
        }
        draft = WorkEvaluationDraft(
            engagement_id=self._engagement_id,
            rater_id=values["rater_id"],
            overall=values["overall"],
            marks=marks,
            comment=values["comment"],
            private_comment=values["private_comment"],
        )
        return evaluate_work(self.context.store, draft, today=self.context.today())


def fit_review(context: Context, engagement_id: str, candidate: str = "", **_: object) -> StepForm:
    draft = fit_review_draft(context.store, engagement_id)
    keys = [*_FIT, "reflection"]
    return StepForm(
        context,
        f"How {candidate} saw it" if candidate else "The student’s view",
        ("fit-reviews", engagement_id),
        [
            Item("received_on", "Came in on", DateField(context.today())),
            *(Item(key, words, ChoiceField(_AGREE)) for key, words in _FIT.items()),
            Item("reflection", "In their words", AreaField(least=4)),
        ],
        lambda v, _why: enter_fit_review(
            context.store, FitReviewDraft(engagement_id=engagement_id, **v), today=context.today()
        ),
        values={"received_on": draft.received_on or context.today(), **{key: getattr(draft, key) for key in keys}},
        save_words="Enter it",
        note="Both reviews open together, when both are in.",
    )
