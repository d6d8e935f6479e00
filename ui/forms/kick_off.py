"""Before the work starts: day, hour and how to join; the message; the authorisation to work; the start itself."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from core.errors import SystemFault, UserError
from core.insight.at_work import engagement
from core.jobs.kick_off import kick_off_message, save_message
from core.model.words import AUTHORISATION_KINDS
from core.work import run
from core.work.authorisation import AuthorisationDraft, authorisation_draft, set_authorisation
from core.work.kick_off import KickOffDraft, clock_words, kick_off_draft, prepare_kick_off, set_check
from ui.context import Context
from ui.forms.fields import choices, typed
from ui.forms.step import Item, StepForm
from ui.widgets.date_field import DateField
from ui.widgets.fields import AreaField, ChoiceField
from ui.widgets.text import button


def kick_off(context: Context, engagement_id: str, **_: object) -> StepForm:
    """Outside the window of the work authorisation it asks why."""
    today = context.today()
    return StepForm(
        context,
        "Kick-off",
        ("engagement-start", engagement_id),
        [Item("on", "Started on", DateField(today))],
        lambda v, why: run.start(context.store, engagement_id, today=today, on=v["on"], reason=why),
        values={"on": today},
        save_words="Record the kick-off",
    )


def plan(context: Context, engagement_id: str, **_: object) -> StepForm:
    today = context.today()
    draft = kick_off_draft(context.store, engagement_id)
    return StepForm(
        context,
        "Prepare the kick-off",
        ("kick-off", engagement_id),
        [
            Item("kick_off_on", "Day", DateField(today)),
            Item("kick_off_time", "Time", typed("9:30 AM"), "By your own clocks; the message names the time zone."),
            Item("how_to_join", "How to join", AreaField(least=2), "A room, a call, who opens the door."),
        ],
        lambda v, _why: prepare_kick_off(context.store, engagement_id, KickOffDraft(**v), today=today),
        values={
            "kick_off_on": draft.kick_off_on,
            "kick_off_time": clock_words(draft.kick_off_time),
            "how_to_join": draft.how_to_join,
        },
    )


def message(context: Context, engagement_id: str, **_: object) -> StepForm:
    """Words to copy or to take along as a mail draft; saving only ticks that it was sent."""
    today = context.today()
    made = kick_off_message(context.store, engagement_id, today=today)
    form = StepForm(
        context,
        "Kick-off message",
        ("kick-off-message", engagement_id),
        [
            Item(
                "text", "Message", AreaField(least=14, tallest=22), f"To {made.to}." if made.to else "No address known."
            )
        ],
        lambda _v, _why: set_check(context.store, engagement_id, "message", done=True, today=today),
        values={"text": made.text},
        save_words="Mark as sent",
        note="Nothing is sent from here: copy it, or open the draft in your own mail program.",
    )
    form.width_wanted = 720

    def copy() -> None:
        QGuiApplication.clipboard().setText(form.form.values()["text"])
        form.say("Copied.")

    def save_draft() -> None:
        start = str(Path.home() / "Kick-off.eml")
        chosen, _ = QFileDialog.getSaveFileName(form, "Save the draft", start, "Mail draft (*.eml)")
        if chosen:
            take_along(Path(chosen if chosen.casefold().endswith(".eml") else f"{chosen}.eml"))

    def take_along(out: Path) -> None:
        words = form.form.values()["text"]
        try:
            save_message(context.store, engagement_id, out, today=today, text=words, overwrite=True)
        except (UserError, SystemFault) as error:
            form.say(str(error))
        else:
            form.say(f"Saved as {out.name}. Open it to send it.")

    form.take_along = take_along  # type: ignore[attr-defined]
    form.buttons.insertWidget(1, button("Copy", "", copy, icon="copy", name="Copy the message"))
    form.buttons.insertWidget(2, button("Save as a mail draft…", "", save_draft, icon="download"))
    return form


def authorisation(context: Context, engagement_id: str = "", candidate_id: str = "", **_: object) -> StepForm:
    """Opened from an engagement only, so after an offer."""
    today = context.today()
    person = candidate_id or engagement(context.store, engagement_id, today=today).row.candidate_id
    draft = authorisation_draft(context.store, person)

    def save(values: dict[str, Any], _why: str) -> str:
        wanted = AuthorisationDraft(candidate_id=person, **{**values, "kind": values["kind"] or ""})
        return set_authorisation(context.store, wanted, today=today)

    return StepForm(
        context,
        "Work authorisation",
        ("work-authorisations", person),
        [
            Item("kind", "Kind", ChoiceField(choices(dict(AUTHORISATION_KINDS), none="Not said yet"))),
            Item("starts_on", "First day", DateField(today)),
            Item("ends_on", "Last day", DateField(today)),
            Item("seen_on", "Paper seen on", DateField(today)),
        ],
        save,
        values={
            "kind": draft.kind or None,
            "starts_on": draft.starts_on,
            "ends_on": draft.ends_on,
            "seen_on": draft.seen_on,
        },
        note="Kept for this purpose alone: it stands on no paper and leaves in no table.",
    )
