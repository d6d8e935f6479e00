"""The steps of an engagement, from delivery to its end."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from core.jobs.files import read_files
from core.model.words import VERDICTS
from core.work import pay, run
from core.work.documents import keep_files
from ui.context import Context
from ui.forms.fields import choices, typed
from ui.forms.step import Item, StepForm
from ui.widgets.date_field import DateField
from ui.widgets.fields import AreaField, ChoiceField, MoneyField, NumberField
from ui.widgets.files_field import FilesField


def delivery(context: Context, engagement_id: str, **_: object) -> StepForm:
    today = context.today()

    def save(values: dict[str, Any], _why: str) -> str:
        files = read_files(Path(path) for path in values.pop("files"))
        return run.deliver(context.store, engagement_id, today=today, files=files, **values)

    return StepForm(
        context,
        "Delivery",
        ("deliveries", engagement_id),
        [
            Item("on", "Delivered on", DateField(today)),
            Item("note", "What came", AreaField(least=2)),
            Item("files", "Files", FilesField(), "Kept inside the store, encrypted; at most 25 MB each."),
            Item("link", "Where it lies", typed(), "A folder or a link, for what is kept elsewhere."),
        ],
        save,
        values={"on": today},
        save_words="Record the delivery",
    )


def files(context: Context, owner_id: str, noun: str = "deliveries", **_: object) -> StepForm:
    """Adds files to what is there already."""
    today = context.today()

    def save(values: dict[str, Any], _why: str) -> str:
        kept = keep_files(context.store, noun, owner_id, read_files(Path(p) for p in values["files"]), today=today)
        return kept[0]

    return StepForm(
        context,
        "Keep files",
        ("documents", owner_id),
        [Item("files", "Files", FilesField(), "Kept inside the store, encrypted; at most 25 MB each.")],
        save,
        save_words="Keep them",
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
