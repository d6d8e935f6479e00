"""The steps of keeping someone warm: contacts, the pool, what followed, consent; colleagues and to-dos."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from core.model.words import OUTCOME_KINDS, POOL_REASONS, TOUCH_KINDS
from core.pacing import Plan
from core.text import plural
from core.work import office, touches, warm
from core.work import pool as pool_work
from core.work.messages import messages
from core.work.office import ColleagueDraft
from core.work.pool import PoolDraft
from core.work.touch_plans import set_plan, touch_plans
from core.work.touches import TouchDraft
from core.work.warm import ConsentDraft, OutcomeDraft
from ui.context import Context
from ui.forms.fields import choices, typed
from ui.forms.step import Item, Items, StepForm
from ui.widgets.date_field import DateField
from ui.widgets.fields import AreaField, ChoiceField, MoneyField, NumberField
from ui.widgets.text import label

_POOL_KEYS = ("reason", "year", "rank", "of_count", "every_days", "next_touch_on", "note")
NEAR_MISS, _MISSED = "near_miss_intern", ("year", "rank", "of_count")
_ROLES = {"owner": "Owner", "supervisor": "Supervisor", "rater": "Rater"}


def touch(
    context: Context,
    candidate_id: str = "",
    planned: bool = False,
    planned_id: str | None = None,
    row_id: str | None = None,
    **_: object,
) -> StepForm:
    """`planned_id`: the planned contact that is made now; `row_id`: one that is corrected."""
    store, today = context.store, context.today()
    known = row_id or planned_id
    draft = touches.touch_draft(store, known) if known else TouchDraft(candidate_id=candidate_id)
    on = draft.on if row_id else None if planned else today

    def save(values: dict[str, Any], _why: str) -> str:
        made = TouchDraft(candidate_id=draft.candidate_id, project_id=draft.project_id, subject=draft.subject, **values)
        if row_id:
            return touches.change_touch(store, row_id, made, today=today)
        if planned:
            return touches.plan_touch(store, made, today=today)
        return touches.add_touch(store, made, today=today, planned_id=planned_id)

    return StepForm(
        context,
        "Plan a contact" if planned else "A contact",
        ("touch-planned" if planned else "touches", known or candidate_id),
        [
            Item("kind", "By", ChoiceField(choices(dict(TOUCH_KINDS)))),
            Item("on", "On", DateField(today)),
            Item("text", "About", AreaField(least=3)),
        ],
        save,
        values={"kind": draft.kind, "on": on, "text": draft.text},
        save_words="Save" if row_id else "Plan it" if planned else "Log it",
    )


def pool(context: Context, candidate_id: str = "", row_id: str | None = None, **_: object) -> StepForm:
    """`row_id`: an entry that is said better."""
    store, today = context.store, context.today()
    draft = pool_work.pool_draft(store, row_id) if row_id else PoolDraft(candidate_id=candidate_id, year=today.year)
    plans = touch_plans(store)
    said = label("", "note", wrap=True)

    def save(values: dict[str, Any], _why: str) -> str:
        if values["reason"] != NEAR_MISS:
            values = values | dict.fromkeys(_MISSED)
        made = replace(draft, **values)
        if row_id:
            return pool_work.change_pool(store, row_id, made, today=today)
        return pool_work.enter_pool(store, made, today=today)

    reason = ChoiceField(choices(dict(POOL_REASONS)))
    form = StepForm(
        context,
        "Keep in touch",
        ("pool-entries", row_id or candidate_id),
        [
            Item("reason", "Because", reason),
            Items(
                "Just missed",
                [
                    Item("year", "Year", NumberField(1990, 2100)),
                    Item("rank", "Rank", NumberField(1, 10_000)),
                    Item("of_count", "Of how many", NumberField(1, 10_000)),
                ],
                "Such as 2nd of 11 for the internship of 2026.",
            ),
            Item("every_days", "Be in touch every", NumberField(0, 730), unit="days"),
            Item("next_touch_on", "Next on", DateField(today)),
            Item("note", "Note", AreaField(least=2)),
        ],
        save,
        values={key: getattr(draft, key) for key in _POOL_KEYS},
        save_words="Save" if row_id else "Keep in touch",
    )
    form.form.wide(said)

    def look() -> None:
        plan = plans[reason.value() or "other"]
        form.form.appear_part("rank", reason.value() == NEAR_MISS)
        said.setText(f"Without a number: {plan_words(plan)}. 0 is not regularly.")

    form.form.changed.connect(lambda key: look() if key == "reason" else None)
    look()
    return form


def plan_words(plan: Plan) -> str:
    """every 60 days until graduation, not in exams"""
    if not plan.every_days:
        return "not regularly"
    until = " until graduation" if plan.until_graduation else ""
    return f"every {plural(plan.every_days, 'day')}{until}" + (", not in exams" if plan.not_in_exams else "")


def plans(context: Context, reason: str = "near_miss_intern", **_: object) -> StepForm:
    """How often people of each reason are written to."""
    store, today = context.store, context.today()
    known = touch_plans(store)
    field = ChoiceField(choices(dict(POOL_REASONS)))
    yes: dict[Any, str] = {True: "Until they graduate", False: "Also after they graduate"}
    offered: dict[Any, str] = {one.key: one.words.name for one in messages(store)}
    exams: dict[Any, str] = {True: "Not in their school’s exams", False: "Exams do not matter"}

    def save(values: dict[str, Any], _why: str) -> str:
        wanted = values["reason"]
        plan = Plan(
            every_days=values["every_days"] or 0,
            until_graduation=values["until_graduation"],
            not_in_exams=values["not_in_exams"],
            message_key=values["message_key"] or "",
        )
        moved = set_plan(store, wanted, plan, today=today)
        context.say(f"Changed; {plural(moved, 'next date')} moved. Undo takes it back.")
        return str(wanted)

    form = StepForm(
        context,
        "How often to be in touch",
        ("touch-plans", None),
        [
            Item("reason", "With", field),
            Item("every_days", "Every", NumberField(0, 730), unit="days"),
            Item("until_graduation", "How long", ChoiceField(choices(yes))),
            Item("not_in_exams", "When", ChoiceField(choices(exams))),
            Item("message_key", "Write with", ChoiceField(choices(offered, "A blank page"))),
        ],
        save,
        values=_plan_values(reason, known[reason]),
        note="Whom you have given a number of their own keeps it.",
    )

    def turn(key: str) -> None:
        if key == "reason":
            form.form.set_values(_plan_values(field.value(), known[field.value()]))

    form.form.changed.connect(turn)
    return form


def _plan_values(reason: str, plan: Plan) -> dict[str, Any]:
    return {
        "reason": reason,
        "every_days": plan.every_days,
        "until_graduation": plan.until_graduation,
        "not_in_exams": plan.not_in_exams,
        "message_key": plan.message_key or None,
    }


def outcome(context: Context, candidate_id: str, kind: str = "internship", **_: object) -> StepForm:
    today = context.today()
    return StepForm(
        context,
        "What followed",
        ("outcomes", candidate_id),
        [
            Item("kind", "What", ChoiceField(choices(dict(OUTCOME_KINDS)))),
            Item("offered_on", "Offered on", DateField(today)),
            Item("accepted_on", "Accepted on", DateField(today)),
            Item("starts_on", "Starts on", DateField(today)),
            Item("place", "Place", typed()),
            Item("salary", "Salary a year", MoneyField()),
        ],
        lambda v, _why: warm.add_outcome(context.store, OutcomeDraft(candidate_id=candidate_id, **v), today=today),
        values={"kind": kind, "offered_on": today},
        save_words="Record it",
    )


def consent(context: Context, candidate_id: str, school_id: str, school: str, **_: object) -> StepForm:
    """FERPA's four elements; without a live consent nothing of the person goes to the school."""
    today = context.today()
    return StepForm(
        context,
        "Consent to share",
        ("consents", candidate_id),
        [
            Item("signed_on", "Signed on", DateField(today), "The signed paper stays with you."),
            Item("records", "Which records", AreaField(least=2)),
            Item("purpose", "What for", AreaField(least=2)),
            Item("until", "Until", DateField(today)),
        ],
        lambda v, _why: warm.add_consent(
            context.store, ConsentDraft(candidate_id=candidate_id, school_id=school_id, **v), today=today
        ),
        values={
            "signed_on": today,
            "records": "Project, hours, fee, competencies, comments meant to be shared, reflection",
            "purpose": "The campus office’s record of experiential learning",
        },
        save_words="Record the consent",
        note=f"To share with {school}.",
    )


def colleague(context: Context, row_id: str | None = None, **_: object) -> StepForm:
    store, today = context.store, context.today()
    draft = office.colleague_draft(store, row_id) if row_id else ColleagueDraft()
    keys = ("name", "email", "role", "hours_a_week", "left_on")

    def save(values: dict[str, Any], _why: str) -> str:
        changed = ColleagueDraft(**values)
        if row_id:
            return office.change_colleague(store, row_id, changed, today=today)
        return office.add_colleague(store, changed, today=today)

    return StepForm(
        context,
        "Colleague" if row_id else "New colleague",
        ("colleagues", row_id),
        [
            Item("name", "Name", typed()),
            Item("email", "E-mail", typed()),
            Item("role", "Role", ChoiceField(choices(_ROLES))),
            Item("hours_a_week", "Hours to supervise", NumberField(0, 80), unit="a week"),
            Item("left_on", "Left on", DateField(today)),
        ],
        save,
        values={key: getattr(draft, key) for key in keys},
        note="A name to sign with; Foothold has no accounts.",
    )
