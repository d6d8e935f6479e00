"""Not selected: one or all who remain, why, how long the message is held back; then the message, and taking it back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QTimer

from core.errors import FieldErrors
from core.insight.addressed import addressed
from core.insight.declining import Applicant, applicants, kept, standing
from core.insight.office import employer
from core.text import in_digits, plural
from core.work import declining
from ui.context import Context
from ui.forms.fields import choices
from ui.forms.message import MessageForm
from ui.forms.step import Item, StepForm
from ui.widgets.chips_field import ChipsField
from ui.widgets.fields import AreaField, ChoiceField, NumberField
from ui.widgets.text import Elided, button, label

FEW = 12
"""People who are asked for first; more stand last, as nobody looks for the reason below a page of names."""
CHIPS = 120
"""People who are shown one by one; of more it is chosen where they stand."""
AT_ONCE = 300
"""People for whom it is done while the form waits; beyond that it is a task with a way to cancel."""
_KEEP = {False: "No", True: "Yes: ask them again another time"}
_OWN = "Another reason"
Steps = Callable[[int, int], None]


class _Whom:
    """Whom it is about: one by name, several as chips, very many by where they stand."""

    def __init__(self, context: Context, people: Sequence[Applicant]) -> None:
        self.people = people
        self._ids = [one.id for one in people]
        self._field: ChipsField | ChoiceField | None = None
        if len(people) > CHIPS:
            self._groups = dict(standing(context.store, self._ids))
            if len(self._groups) > 1:
                groups = self._groups.items()
                words: dict[Any, str] = {said: f"Only {said}: {in_digits(len(ids))}" for said, ids in groups}
                self._field = ChoiceField(choices(words, f"All {in_digits(len(people))}"))
        elif len(people) != 1:
            self._field = ChipsField([(one.id, one.who) for one in people])

    def among(self, items: Sequence[Any]) -> list[Any]:
        if self._field is None:
            # A name may be longer than any line, and has no place to fold.
            who = self.people[0].who if len(self.people) == 1 else f"All {in_digits(len(self.people))} people"
            return [Elided(who, "subject"), *items]
        field = Item("who", "Who", self._field)
        return [*items, field] if FEW < len(self.people) <= CHIPS else [field, *items]

    @property
    def value(self) -> list[str] | None:
        """What the field begins with: all of them."""
        return self._ids if isinstance(self._field, ChipsField) else None

    def chosen(self, values: dict[str, Any]) -> list[str]:
        if self._field is None:
            return self._ids
        if isinstance(self._field, ChoiceField):
            return self._groups.get(values["who"], self._ids)
        return list(values["who"])


def _run(
    context: Context, ids: Sequence[str], words: str, work: Callable[[Steps | None], str], then: Callable[[], object]
) -> str:
    """`work(progress)` returns what to say when it is done; `then` follows once it is."""

    def done(said: object) -> None:
        context.say(str(said))
        then()

    if len(ids) <= AT_ONCE:
        done(work(None))
    else:
        context.tasks.run(
            lambda progress: work(progress.step),
            done=done,
            failed=lambda error: context.say(str(error)),
            cancelled=lambda: context.say("Cancelled; nothing was changed."),
            words=words,
            cancellable=True,
        )
    return str(ids[0])


def decline(context: Context, project_id: str = "", application_ids: Sequence[str] = (), **_: object) -> StepForm:
    """Without `application_ids` all who remain in the project are offered, and chosen."""
    store, today = context.store, context.today()
    ids = list(application_ids) or list(declining.remaining(store, project_id, today=today).ids)
    people = applicants(store, ids)
    hidden = any(one.hidden for one in people)
    whom = _Whom(context, people)

    def save(values: dict[str, Any], _why: str) -> str:
        chosen = whom.chosen(values)
        if not chosen:
            raise FieldErrors({"who": "Choose whom it is about." if people else "Nobody waits for a decision here."})
        words = [values["reason"] if values["reason"] != _OWN else "", values["more"]]
        reason = ". ".join(part.strip() for part in words if part and part.strip())
        days, keep = values["hold_days"] or 0, bool(values.get("keep_in_touch"))

        def work(progress: Steps | None) -> str:
            count = declining.decline(
                store, chosen, reason=reason, today=today, hold_days=days, keep_in_touch=keep, progress=progress
            )
            held = f"The message is held back for {plural(days, 'day')}." if days else "Now they are to be told."
            if hidden:
                held = "They can be told once the names are revealed."
            return f"Not selected: {plural(count, 'person', 'people')}. {held} Undo takes it back."

        def then() -> None:
            if not days and not hidden and project_id:
                key = "message-not-this-time" if keep else "message-not-selected"
                QTimer.singleShot(0, lambda: context.open_form("telling", project_id=project_id, template=key))

        return _run(context, chosen, "Deciding", work, then)

    items: list[Any] = [
        Item("reason", "Because", ChoiceField(choices([*declining.REASONS, _OWN]))),
        Item("more", "In your words", AreaField(least=2), "In terms of the rubric. It stays with you."),
        Item("hold_days", "Hold back for", NumberField(0, declining.LONGEST_HOLD), unit="days"),
    ]
    if not hidden:
        items.append(Item("keep_in_touch", "Keep in touch", ChoiceField(choices(_KEEP))))
    count = len(people)
    return StepForm(
        context,
        "Not selected" if count < 2 else f"Not selected: {in_digits(count)} people",
        ("declining", people[0].id if count == 1 else project_id or None),
        whom.among(items),
        save,
        values={
            "who": whom.value,
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
    template: str = "",
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
        wanted = set(application_ids)
        people = {person: one for person, one in people.items() if one in wanted}
    if not template:
        template = "message-not-this-time" if kept(store, list(people)) else "message-not-selected"

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
    people = applicants(store, list(application_ids) or [application_id])
    whom = _Whom(context, people)

    def save(values: dict[str, Any], why: str) -> str:
        chosen = whom.chosen(values)
        if not chosen:
            raise FieldErrors({"who": "Choose for whom it is taken back."})

        def work(progress: Steps | None) -> str:
            count = declining.take_back(store, chosen, today=today, reason=why, progress=progress)
            return f"In the running again: {plural(count, 'application')}. Undo takes it back."

        return _run(context, chosen, "Taking the decisions back", work, lambda: None)

    words = f"{'They stand' if len(people) == 1 else 'Each stands'} again where they stood before, in their stage."
    if taken := declining.filled(store, [one.id for one in people], today=today):
        words = f"{words} {taken}"
    return StepForm(
        context,
        "Take the decision back",
        ("taking-back", people[0].id if people else None),
        [label(words, "muted", wrap=True), *whom.among([])],
        save,
        values={"who": whom.value} if whom.value else None,
        save_words="Take it back",
    )
