"""The views on work done: the employer's on the competencies, and the student's as it came in on paper."""

from __future__ import annotations

from datetime import date
from typing import Any

from core.errors import FieldErrors
from core.insight import reviews
from core.insight.office import colleagues
from core.model.words import COMPETENCIES, LEVELS
from core.text import short_day
from core.work.sides import (
    FitReviewDraft,
    MidCheckDraft,
    WorkEvaluationDraft,
    enter_fit_review,
    enter_mid_check,
    evaluate_work,
    fit_review_draft,
    marks_field,
    mid_check_draft,
    name_reviews_day,
    sealed_since,
    work_evaluation_draft,
)
from ui.context import Context
from ui.forms.base import NounForm
from ui.forms.step import Item, StepForm
from ui.widgets.date_field import DateField
from ui.widgets.fields import AreaField, ChoiceField, NumberField

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
    "interest": "Interest in a role here",
}
_HALF_WAY = {"clarity": "A clear brief", "support": "Support", "workload": "Hours as estimated"}
_AGREE = [(None, "Not said"), (1, "1  No"), (2, "2  Rather not"), (3, "3  Rather yes"), (4, "4  Yes")]


class WorkEvaluationForm(NounForm):
    """`competencies`: those of the project come first. `occasion`: end, or mid for the view half-way."""

    width_wanted = 760

    def __init__(
        self,
        context: Context,
        engagement_id: str = "",
        competencies: tuple[str, ...] = (),
        candidate: str = "",
        occasion: str = "end",
        **_: object,
    ) -> None:
        title = f"The work of {candidate}" if candidate else "The work"
        half = occasion == "mid"
        key = f"{engagement_id}:mid" if half else engagement_id
        super().__init__(context, f"{title}, half-way" if half else title, "evaluations", key)
        self._engagement_id, self._occasion = engagement_id, occasion
        me = context.store.me or ""
        draft = work_evaluation_draft(context.store, engagement_id, me, occasion)
        competencies = competencies or reviews.competencies(context.store, engagement_id)
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
        shared = "For your talk with the student." if half else "The student and, with consent, the campus read this."
        form.row("comment", "To share", AreaField(least=3), hint=shared)
        form.row(
            "private_comment",
            "Private",
            AreaField(least=2),
            hint="For you alone: on no paper and in no table that leaves.",
        )
        self.begin(values | {"comment": draft.comment, "private_comment": draft.private_comment})

    def save(self, values: dict[str, Any], reason: str) -> str:
        rater, me = values["rater_id"], self.context.store.me or ""
        blank = WorkEvaluationDraft(engagement_id=self._engagement_id, rater_id=rater, occasion=self._occasion)
        given = work_evaluation_draft(self.context.store, self._engagement_id, rater or "", self._occasion)
        if rater != me and given != blank:
            # Their words are not in these fields, and would be written over unseen.
            raise FieldErrors({"rater_id": "They have given their view already; only they can change it."})
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
            occasion=self._occasion,
            overall=values["overall"],
            marks=marks,
            comment=values["comment"],
            private_comment=values["private_comment"],
        )
        return evaluate_work(self.context.store, draft, today=self.context.today())


def fit_review(context: Context, engagement_id: str, candidate: str = "", **_: object) -> StepForm:
    today = context.today()
    draft = fit_review_draft(context.store, engagement_id, today=today)
    sealed = sealed_since(context.store, engagement_id, today=today)
    note = "Both reviews open together, when both are in."
    if sealed is not None:
        note = f"One came in on {short_day(sealed, today)} and is sealed. What you enter takes its place."
    keys = [*_FIT, "reflection", "wants_next"]
    return StepForm(
        context,
        f"How {candidate} saw it" if candidate else "The student’s view",
        ("fit-reviews", engagement_id),
        [
            Item("received_on", "Came in on", DateField(context.today())),
            *(Item(key, words, ChoiceField(_AGREE)) for key, words in _FIT.items()),
            Item("reflection", "In their words", AreaField(least=4)),
            Item("wants_next", "Would like to do next", AreaField(least=2)),
        ],
        lambda v, _why: enter_fit_review(
            context.store, FitReviewDraft(engagement_id=engagement_id, **v), today=context.today()
        ),
        values={"received_on": draft.received_on or context.today(), **{key: getattr(draft, key) for key in keys}},
        save_words="Enter it",
        note=note,
    )


def mid_check(context: Context, engagement_id: str, candidate: str = "", **_: object) -> StepForm:
    draft = mid_check_draft(context.store, engagement_id)
    return StepForm(
        context,
        f"Half-way, by {candidate}" if candidate else "The student’s word half-way",
        ("mid-checks", engagement_id),
        [
            Item("received_on", "Came in on", DateField(context.today())),
            *(Item(key, words, ChoiceField(_AGREE)) for key, words in _HALF_WAY.items()),
            Item("hours", "Hours so far", NumberField(0, 400), unit="hours"),
            Item("going_well", "What goes well", AreaField(least=2)),
            Item("in_the_way", "What is in the way", AreaField(least=2)),
        ],
        lambda v, _why: enter_mid_check(
            context.store, MidCheckDraft(engagement_id=engagement_id, **v), today=context.today()
        ),
        values={key: getattr(draft, key) for key in (*_HALF_WAY, "hours", "going_well", "in_the_way")}
        | {"received_on": draft.received_on or context.today()},
        save_words="Enter it",
        note="Open at once: it is there to act on.",
    )


def reviews_day(context: Context, engagement_id: str, opens_on: date | None = None, **_: object) -> StepForm:
    return StepForm(
        context,
        "When the reviews open",
        ("reviews-day", engagement_id),
        [
            Item(
                "reviews_open_on",
                "On",
                DateField(context.today()),
                "Both reviews open when both are in, and on this day even where one is missing. Name it at the start.",
            )
        ],
        lambda v, _why: _name_day(context, engagement_id, v["reviews_open_on"]),
        values={"reviews_open_on": opens_on},
    )


def _name_day(context: Context, engagement_id: str, on: date | None) -> str:
    if on is None:
        raise FieldErrors({"reviews_open_on": "Choose the day."})
    return name_reviews_day(context.store, engagement_id, on, today=context.today())
