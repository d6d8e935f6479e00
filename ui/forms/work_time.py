"""Time in an engagement: hours worked, talks, more time."""

from __future__ import annotations

from datetime import date
from typing import Any

from core.insight.at_work import EngagementView, engagement
from core.text import as_written, short_day
from core.work import check_ins, extensions
from core.work import hours as hour_log
from ui.context import Context
from ui.forms.fields import typed
from ui.forms.step import Item, StepForm
from ui.widgets.date_field import DateField
from ui.widgets.fields import AreaField, ChoiceField, NumberField


def hours(context: Context, engagement_id: str, entry_id: str = "", **_: object) -> StepForm:
    """`entry_id`: mends one that is there."""
    today = context.today()
    view = engagement(context.store, engagement_id, today=today)
    old = next((one for one in view.hours if one.id == entry_id), None)

    def save(values: dict[str, Any], _why: str) -> str:
        minutes, on, note = values["minutes"] or 0, values["on"], values["note"]
        if old is not None:
            return hour_log.change_hours(context.store, old.id, minutes, today=today, on=on, note=note)
        return hour_log.log_hours(context.store, engagement_id, minutes, today=today, on=on, note=note)

    values: dict[str, Any] = {"on": today}
    if old is not None:
        values = {"on": old.worked_on, "minutes": old.minutes, "note": old.note}
    return StepForm(
        context,
        "Hours worked",
        ("hour-entries", entry_id or engagement_id),
        [
            Item("on", "Day", DateField(today)),
            Item("minutes", "Time", NumberField(1, 100_000), unit="minutes"),
            Item("note", "Note", typed()),
        ],
        save,
        values=values,
        save_words="Save" if old else "Log the hours",
        note=_so_far(view),
    )


def _so_far(view: EngagementView) -> str:
    row = view.row
    left = row.estimated_hours * 60 - row.minutes_logged
    if left <= 0:
        return f"The estimate of {row.estimated_hours} h is used up. Log what it took: the fee stays as agreed."
    return f"{hours_words(row.minutes_logged)} of {row.estimated_hours} h so far."


def hours_words(minutes: int) -> str:
    return as_written(f"{minutes / 60:.1f}".removesuffix(".0"))


def check_in_plan(
    context: Context, engagement_id: str, check_in_id: str = "", on: date | None = None, **_: object
) -> StepForm:
    """The day suggested is the next milestone's."""
    today = context.today()
    view = engagement(context.store, engagement_id, today=today)
    old = next((one for one in view.check_ins if one.id == check_in_id), None)
    day = old.planned_on if old is not None else on or (view.suggestion.on if view.suggestion else None)
    why = view.suggestion.why if view.suggestion and day == view.suggestion.on else ""

    def save(values: dict[str, Any], _why: str) -> str:
        return check_ins.plan_check_in(
            context.store,
            engagement_id,
            values["on"],
            today=today,
            note=values["note"],
            check_in_id=check_in_id or None,
        )

    return StepForm(
        context,
        "Plan a check-in",
        ("check-in-plan", check_in_id or engagement_id),
        [
            Item("on", "Day", DateField(today), f"{why[0].upper()}{why[1:]}." if why else ""),
            Item("note", "What about", AreaField(2000, least=2)),
        ],
        save,
        values={"on": day, "note": old.note if old is not None else ""},
        save_words="Plan it",
    )


def check_in(context: Context, engagement_id: str, check_in_id: str = "", **_: object) -> StepForm:
    """Without `check_in_id` the earliest that is planned and due is meant, else it is one that nobody planned."""
    today = context.today()
    view = engagement(context.store, engagement_id, today=today)
    due = [x for x in view.check_ins if x.held_on is None and x.planned_on is not None and x.planned_on <= today]
    old = next((one for one in view.check_ins if one.id == check_in_id), due[0] if due and not check_in_id else None)

    def save(values: dict[str, Any], _why: str) -> str:
        return check_ins.hold_check_in(
            context.store,
            engagement_id,
            values["minutes"] or 0,
            today=today,
            on=values["on"],
            note=values["note"],
            check_in_id=old.id if old is not None else None,
        )

    held = old.held_on if old is not None and old.held_on is not None else today
    return StepForm(
        context,
        "Check-in",
        ("check-ins", old.id if old is not None else engagement_id),
        [
            Item("on", "Held on", DateField(today)),
            Item("minutes", "Your time", NumberField(0, 1_440), "Counts as supervision.", unit="minutes"),
            Item("note", "What was said", AreaField(least=3)),
        ],
        save,
        values={
            "on": held,
            "minutes": old.minutes if old is not None and old.held_on is not None else None,
            "note": old.note if old is not None else "",
        },
        save_words="Record it",
        note=f"Planned for {short_day(old.planned_on, today)}." if old is not None and old.planned_on else "",
    )


def extension(context: Context, engagement_id: str, **_: object) -> StepForm:
    """Asked and answered in one step where the answer is known; it leaves no mark against anyone."""
    today = context.today()

    def save(values: dict[str, Any], why: str) -> str:
        return extensions.ask_extension(
            context.store, engagement_id, values["new_due_on"], today=today, granted=values["answer"], reason=why
        )

    return StepForm(
        context,
        "More time",
        ("extensions", engagement_id),
        [
            Item("new_due_on", "New due date", DateField(today)),
            Item("answer", "Your answer", ChoiceField([(True, "Yes"), (None, "Not yet"), (False, "No")])),
        ],
        save,
        values={"answer": True},
        save_words="Record it",
        note="It is no mark against anyone.",
    )


def answer(context: Context, extension_id: str, words: str = "", **_: object) -> StepForm:
    """Asked where the new due date lies beyond the window of the work authorisation."""
    today = context.today()
    return StepForm(
        context,
        "Give more time",
        ("extension-answer", extension_id),
        [Item("why", "Why anyway", AreaField(500, least=2), "This stays in the history.")],
        lambda v, _why: extensions.answer_extension(
            context.store, extension_id, granted=True, today=today, reason=v["why"]
        ),
        save_words="Give more time",
        note=words,
    )
