"""Not selected: one or all who remain, why, how long the message is held back; then the message, and taking it back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QTimer

from core.errors import FieldErrors
from core.insight.addressed import addressed
from core.insight.declining import applicants
from core.insight.office import employer
from core.text import plural
from core.work import declining
from ui.context import Context
from ui.forms.fields import choices
from ui.forms.message import MessageForm
from ui.forms.step import Item, StepForm
from ui.widgets.chips_field import ChipsField
from ui.widgets.fields import AreaField, ChoiceField, NumberField
from ui.widgets.text import button, label

_KEEP = {False: "No", True: "Yes: ask them again another time"}
_OWN = "Another reason"


def decline(
    context: Context, project_id: str = "", application_ids: Sequence[str] = (), **_: object
) -> StepForm:
    """Without `application_ids` all who remain in the project are offered, and chosen."""
    store, today = context.store, context.today()
    ids = list(application_ids) or list(declining.remaining(store, project_id, today=today).ids)
    people = applicants(store, ids)
    hidden = any(one.hidden for one in people)
    one_alone = len(people) == 1
    who = ChipsField([(one.id, one.who) for one in people])

    def save(values: dict[str, Any], _why: str) -> str:
        chosen = ids if one_alone else values["who"]
        if not chosen:
            raise FieldErrors({"who": "Choose whom it is about." if people else "Nobody waits for a decision here."})
        words = [values["reason"] if values["reason"] != _OWN else "", values["more"]]
        reason = ". ".join(part.strip() for part in words if part and part.strip())
        days, keep = values["hold_days"] or 0, bool(values.get("keep_in_touch"))
        count = declining.decline(store, chosen, reason=reason, today=today, hold_days=days, keep_in_touch=keep)
        held = f"The message is held back for {plural(days, 'day')}." if days else "Now they are to be told."
        context.say(f"Not selected: {plural(count, 'person', 'people')}. {held} Undo takes it back.")
        if not days and not hidden and project_id:
            key = "message-not-this-time" if keep else "message-not-selected"
            QTimer.singleShot(0, lambda: context.open_form("telling", project_id=project_id, template=key))
        return str(chosen[0])

    items: list[Any] = []
    if one_alone:
        items.append(label(people[0].who, "subject"))
    else:
        items.append(Item("who", "Who", who))
    items += [
        Item("reason", "Because", ChoiceField(choices([*declining.REASONS, _OWN]))),
        Item("more", "In your words", AreaField(least=2), "In terms of the rubric. It stays with you."),
        Item("hold_days", "Hold back for", NumberField(0, declining.LONGEST_HOLD), unit="days"),
    ]
    if not hidden:
        items.append(Item("keep_in_touch", "Keep in touch", ChoiceField(choices(_KEEP))))
    return StepForm(
        context,
        "Not selected",
        ("declining", ids[0] if one_alone and ids else project_id or None),
        items,
        save,
        values={
            "who": [one.id for one in people],
            "reason": declining.REASONS[0],
            "hold_days": employer(store).decline_hold_days,
            "keep_in_touch": False,
        },
        save_words="Not selected",
        note="The message waits that long; Today reminds you.",
    )


def telling(
    context: Context,
    project_id: str,
    template: str = "message-not-selected",
    application_ids: Sequence[str] = (),
    **_: object,
) -> MessageForm:
    """The message to all who were not chosen, are held back no longer and have not been told; with `application_ids`
    to these at once. Once it went, that is noted.

    Who cannot be written to is told in another way, and that is noted by a button of its own.
    """
    store, today = context.store, context.today()
    people = declining.to_tell(store, project_id, today=today, at_once=bool(application_ids))
    if application_ids:
        people = {person: one for person, one in people.items() if one in application_ids}

    def noted(candidate_ids: list[str]) -> None:
        declining.told(store, [people[one] for one in candidate_ids if one in people], today=today)

    form = MessageForm(context, list(people), template, project_id, noted)
    form.title_words = "Tell those who were not chosen"
    apart = [people[one.candidate_id] for one in addressed(store, list(people), project_id, today=today) if one.stop]

    def otherwise() -> None:
        count = declining.told(store, apart, today=today)
        store.drop_draft(form.draft_key)
        form.closed.emit()
        context.say(f"Noted as told: {plural(count, 'person', 'people')} without a mail. Undo takes it back.")

    if apart:
        words = plural(len(apart), "person", "people")
        form.form.wide(button(f"{words} without a mail: told otherwise", "link", otherwise))
    return form


def taking_back(
    context: Context, application_id: str = "", application_ids: Sequence[str] = (), **_: object
) -> StepForm:
    """Back to where each application stood, one or several in one change; after they were told it asks why."""
    store, today = context.store, context.today()
    ids = list(application_ids) or [application_id]
    people = applicants(store, ids)
    several = len(people) > 1

    def save(values: dict[str, Any], why: str) -> str:
        chosen = values["who"] if several else ids
        if not chosen:
            raise FieldErrors({"who": "Choose for whom it is taken back."})
        count = declining.take_back(store, chosen, today=today, reason=why)
        context.say(f"In the running again: {plural(count, 'application')}. Undo takes it back.")
        return str(chosen[0])

    who = "Each" if several else people[0].who if people else "The application"
    items: list[Any] = [label(f"{who} stands again where it stood before, in its stage.", "muted", wrap=True)]
    if several:
        items.append(Item("who", "Who", ChipsField([(one.id, one.who) for one in people])))
    return StepForm(
        context,
        "Take the decision back",
        ("taking-back", ids[0]),
        items,
        save,
        values={"who": [one.id for one in people]} if several else None,
        save_words="Take it back",
    )
