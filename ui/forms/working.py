"""The steps of an engagement, from kick-off to acceptance."""

from __future__ import annotations

from typing import Any

from core.model.words import VERDICTS
from core.work import extensions, pay, run
from core.work import hours as hour_log
from ui.context import Context
from ui.forms.fields import choices, typed
from ui.forms.step import Item, StepForm
from ui.widgets.date_field import DateField
from ui.widgets.fields import AreaField, ChoiceField, MoneyField, NumberField


def kick_off(context: Context, engagement_id: str, **_: object) -> StepForm:
    today = context.today()
    return StepForm(
        context,
        "Kick-off",
        ("engagement-start", engagement_id),
        [Item("on", "Started on", DateField(today))],
        lambda v, _why: run.start(context.store, engagement_id, today=today, on=v["on"]),
        values={"on": today},
        save_words="Record the kick-off",
    )


def delivery(context: Context, engagement_id: str, **_: object) -> StepForm:
    today = context.today()
    return StepForm(
        context,
        "Delivery",
        ("deliveries", engagement_id),
        [
            Item("on", "Delivered on", DateField(today)),
            Item("note", "What came", AreaField(least=2)),
            Item("link", "Where it lies", typed(), "A folder or a link; the files stay where they are."),
        ],
        lambda v, _why: run.deliver(context.store, engagement_id, today=today, **v),
        values={"on": today},
        save_words="Record the delivery",
    )


def acceptance(context: Context, engagement_id: str, **_: object) -> StepForm:
    today = context.today()

    def save(values: dict[str, Any], _why: str) -> str:
        minutes = values["supervision"] or 0
        return run.accept_work(
            context.store, engagement_id, values["verdict"], today=today, on=values["on"], supervision_minutes=minutes
        )

    return StepForm(
        context,
        "Accept the work",
        ("engagement-accept", engagement_id),
        [
            Item("on", "Accepted on", DateField(today)),
            Item("verdict", "The work is", ChoiceField(choices(dict(VERDICTS)))),
            Item("supervision", "Your time on it", NumberField(0, 6_000), unit="minutes"),
        ],
        save,
        values={"on": today, "verdict": "met"},
        save_words="Accept the work",
        note="The fee is due from today on.",
    )


def give_back(context: Context, engagement_id: str, **_: object) -> StepForm:
    today = context.today()
    return StepForm(
        context,
        "Send the work back",
        ("engagement-return", engagement_id),
        [Item("why", "What is missing", AreaField(least=3))],
        lambda v, _why: run.return_work(context.store, engagement_id, v["why"], today=today),
        save_words="Send back",
    )


def end_early(context: Context, engagement_id: str, **_: object) -> StepForm:
    today = context.today()
    owed = pay.engagement_balance(context.store, engagement_id)
    return StepForm(
        context,
        "End early",
        ("engagement-end", engagement_id),
        [
            Item("on", "Ended on", DateField(today)),
            Item("why", "Why", AreaField(least=2)),
            Item(
                "fee_due", "Owed for it", MoneyField(owed.currency), "What was agreed, unless you both agree on less."
            ),
        ],
        lambda v, _why: run.end_early(
            context.store, engagement_id, v["why"], today=today, on=v["on"], fee_due=v["fee_due"]
        ),
        values={"on": today, "fee_due": owed.due},
        save_words="End the engagement",
    )


def no_show(context: Context, engagement_id: str, **_: object) -> StepForm:
    today = context.today()
    return StepForm(
        context,
        "Did not show up",
        ("engagement-no-show", engagement_id),
        [Item("on", "Since", DateField(today)), Item("why", "What happened", AreaField(least=2))],
        lambda v, _why: run.did_not_show(context.store, engagement_id, today=today, why=v["why"], on=v["on"]),
        values={"on": today},
        save_words="Record it",
        note="It is counted, nothing more; no fee is due.",
    )


def hours(context: Context, engagement_id: str, **_: object) -> StepForm:
    today = context.today()
    return StepForm(
        context,
        "Hours worked",
        ("hour-entries", engagement_id),
        [
            Item("on", "Day", DateField(today)),
            Item("minutes", "Time", NumberField(1, 100_000), unit="minutes"),
            Item("note", "Note", typed()),
        ],
        lambda v, _why: hour_log.log_hours(
            context.store, engagement_id, v["minutes"] or 0, today=today, on=v["on"], note=v["note"]
        ),
        values={"on": today},
        save_words="Log the hours",
    )


def extension(context: Context, engagement_id: str, **_: object) -> StepForm:
    """Asked and answered in one step where the answer is known; it leaves no mark against anyone."""
    today = context.today()

    def save(values: dict[str, Any], _why: str) -> str:
        return extensions.ask_extension(
            context.store, engagement_id, values["new_due_on"], today=today, granted=values["answer"]
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
    )
