"""What is done to several people at once: whom it touches is said first, it is one change, and one key undoes it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from core.errors import FieldErrors, UserError
from core.files import safe_name
from core.insight.own_words import tag_rows
from core.insight.projects import projects
from core.insight.whom import Whom, staged, staged_projects, tags_among, whom
from core.model.words import APPLICATION_STATES, STAGED, TOUCH_KINDS
from core.text import in_digits, plural
from core.work import bulk, tags, touches
from core.work.bulk import Invitable
from core.work.checks import past_day
from core.work.stages import move_stage, stage_drafts
from core.work.touches import TouchDraft
from ui.asking import AT_ONCE, Asking
from ui.context import Context
from ui.forms.base import NotYet
from ui.forms.fields import choices
from ui.forms.selecting import THEN, write_invitation
from ui.forms.step import Item, StepForm, Verb
from ui.widgets.chips_field import ChipsField
from ui.widgets.date_field import DateField
from ui.widgets.fields import AreaField, ChoiceField
from ui.widgets.text import label

_WAITED_FOR = 200
"""People up to whom it is done while the form waits; beyond that it is a task with a way to cancel."""
Steps = Callable[[int, int], None]


def _key(ids: Sequence[str]) -> str:
    return f"{ids[0] if ids else ''}-{len(ids)}"


class _Several(StepForm):
    """Whom it touches is said first; of very many it is asked beside the window, and Save waits for it."""

    def __init__(
        self,
        context: Context,
        title: str,
        key: str,
        ids: Sequence[str],
        items: Sequence[Item | QWidget],
        verb: Verb,
        **more: Any,
    ) -> None:
        told = label("", "muted", wrap=True)
        super().__init__(context, title, (key, _key(ids)), [told, *items], verb, **more)
        asking, store = Asking(context, self), context.store

        def say(found: Whom) -> None:
            told.setText(found.words)
            self.save_button.setEnabled(True)

        told.setText(f"Looking whom of {in_digits(len(ids))} people it touches…")
        self.save_button.setEnabled(False)
        asking.ask(lambda: whom(store, ids), say, beside=len(ids) > AT_ONCE)

    def try_save(self) -> bool:
        return self.save_button.isEnabled() and super().try_save()


def _run(
    context: Context,
    ids: Sequence[str],
    words: str,
    work: Callable[[Steps | None], str],
    then: Callable[[], object] = lambda: None,
) -> str:
    """`work(progress)` returns what to say when it is done; `then` follows once it is."""

    def done(said: object) -> None:
        context.say(str(said))
        then()

    if len(ids) <= _WAITED_FOR:
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
    return ids[0] if ids else ""


def tag(context: Context, candidate_ids: Sequence[str] = (), **_: object) -> StepForm:
    """Give tags to all of these, or take some away."""
    store, today, ids = context.store, context.today(), list(candidate_ids)
    known = tag_rows(store)
    taken = ChipsField()

    def save(values: dict[str, Any], _why: str) -> str:
        add, remove = values["add"], values.get("remove", [])
        if not add and not remove:
            raise FieldErrors({"add": "Choose a tag to give or to take, or type one and press Return."})

        def work(progress: Steps | None) -> str:
            count = tags.set_tags(store, ids, add, remove, today=today, progress=progress)
            return f"Tags changed for {plural(count, 'person', 'people')}. Undo takes it back."

        return _run(context, ids, "Changing tags", work)

    offered = sorted(known, key=lambda one: -one.people)[:40]
    items = [
        Item("add", "Give", ChipsField([(one.name, one.name) for one in offered], "Another tag")),
    ]
    many = len(ids) > AT_ONCE
    given = [] if many else tags_among(store, ids)
    taken.set_choices([(name, name) for name in given[:40]])
    if given or (many and known):
        items.append(Item("remove", "Take away", taken))
    form = _Several(context, "Tags", "bulk-tag", ids, items, save, save_words="Change the tags")
    if many:
        Asking(context, form).ask(
            lambda: tags_among(store, ids),
            lambda found: taken.set_choices([(name, name) for name in found[:40]]),
            beside=True,
        )
    return form


def invite(context: Context, candidate_ids: Sequence[str] = (), project_id: str | None = None, **_: object) -> StepForm:
    """Note that all of these were invited to one project; the words to send come next."""
    store, today, ids = context.store, context.today(), list(candidate_ids)
    taking = [one for one in projects(store, today=today) if one.phase in ("draft", "open")]
    offered: dict[Any, str] = {one.id: f"{one.number} {one.title}" for one in taking}
    invited: list[str] = []
    field, told = ChoiceField(choices(offered, "Choose a project")), label("", "note", wrap=True)
    asking = Asking(context, told)

    def look() -> None:
        chosen, many = field.value(), len(ids) > AT_ONCE
        if chosen and many:
            told.setText("Looking who can be invited…")
        asking.ask(
            lambda: bulk.invitable(store, chosen, ids) if chosen else None,
            lambda who: told.setText(_who(who)),
            beside=bool(chosen) and many,
        )

    def save(values: dict[str, Any], _why: str) -> str:
        chosen = values["project_id"]
        if not chosen:
            words = "Choose the project first." if offered else "No project takes applications now."
            raise FieldErrors({"project_id": words})
        past_day(values["on"], today, "Invited")

        def work(progress: Steps | None) -> str:
            done = bulk.invite_many(store, chosen, ids, today=today, on=values["on"], progress=progress)
            invited.extend(done.ids)
            return f"Invited: {plural(len(done.ids), 'person', 'people')}. Undo takes it back."

        def then() -> None:
            if values["then"] and invited:
                write_invitation(context, invited, chosen)

        return _run(context, ids, "Inviting", work, then)

    form = _Several(
        context,
        "Invite to a project",
        "bulk-invite",
        ids,
        [
            Item("project_id", "Project", field),
            Item("on", "Invited on", DateField(today)),
            Item("then", "And then", ChoiceField(choices(THEN))),
        ],
        save,
        values={"project_id": project_id if project_id in offered else None, "on": today, "then": True},
        save_words="Record the invitations",
    )
    form.form.wide(told)
    form.form.changed.connect(lambda _key: look())
    look()
    return form


def _who(who: Invitable | None) -> str:
    if who is None:
        return ""
    count = plural(len(who.ids), "person is", "people are") + " invited."
    return f"{count} Left out: {who.words}." if who.words else count


def touch(context: Context, candidate_ids: Sequence[str] = (), **_: object) -> StepForm:
    """The same contact with all of these: a fair, a call round, a mail that went to everyone."""
    store, today, ids = context.store, context.today(), list(candidate_ids)

    def save(values: dict[str, Any], _why: str) -> str:
        past_day(values["on"], today, "Made")
        draft = TouchDraft(kind=values["kind"] or "note", on=values["on"], text=values["text"])

        def work(progress: Steps | None) -> str:
            count = touches.add_touches(store, ids, draft, today=today, progress=progress)
            return f"Logged with {plural(count, 'person', 'people')}. Undo takes it back."

        return _run(context, ids, "Logging the contact", work)

    return _Several(
        context,
        "A contact with several",
        "bulk-touch",
        ids,
        [
            Item("kind", "By", ChoiceField(choices(dict(TOUCH_KINDS)))),
            Item("on", "On", DateField(today)),
            Item("text", "About", AreaField(least=3)),
        ],
        save,
        values={"kind": "mail", "on": today},
        save_words="Log it with all",
    )


def stage(context: Context, candidate_ids: Sequence[str] = (), **_: object) -> StepForm:
    """To another stage of one project; those who wait for no decision there, or are scored blind, are left out."""
    store, today, ids = context.store, context.today(), list(candidate_ids)
    there = {project_id: (words, count) for project_id, words, count in staged_projects(store, ids)}
    projects_ = ChoiceField(choices({key: words for key, (words, _count) in there.items()}, "Choose a project"))
    stages_, told = ChoiceField(), label("", "note", wrap=True)

    def look() -> None:
        chosen = projects_.value()
        own = stage_drafts(store, chosen) if chosen else []
        kinds: list[tuple[str | None, str]] = [(None, "Choose a stage")]
        for status in STAGED:
            words = APPLICATION_STATES[status]
            kinds.append((f"{status}:", words))
            kinds += [(f"{status}:{one.id}", f"{words}: {one.name}") for one in own if one.under == status]
        stages_.set_choices(kinds)
        count = there[chosen][1] if chosen else 0
        words = f"{plural(count, 'application')} of {plural(len(ids), 'person', 'people')} can be moved there."
        told.setText(words if chosen else "" if there else "None of these waits for a decision under their own name.")

    def save(values: dict[str, Any], _why: str) -> str:
        if not values["project_id"]:
            raise FieldErrors({"project_id": "Choose the project first."})
        if not values["stage"]:
            raise FieldErrors({"stage": "Choose where they come."})
        status, _, stage_id = values["stage"].partition(":")

        def work(progress: Steps | None) -> str:
            those = staged(store, values["project_id"], ids)
            moved = move_stage(store, those, stage_id or None, status, today=today, progress=progress)
            return f"Moved: {plural(moved, 'application')}. Undo takes it back."

        _run(context, ids, "Moving to the stage", work)
        return str(values["project_id"])

    form = _Several(
        context,
        "To another stage",
        "bulk-stage",
        ids,
        [Item("project_id", "Project", projects_), Item("stage", "Stage", stages_)],
        save,
        values={"project_id": next(iter(there)) if len(there) == 1 else None, "stage": None},
        save_words="Move them",
    )
    form.form.wide(told)
    form.form.changed.connect(lambda key: look() if key == "project_id" else None)
    look()
    return form


def export(context: Context, candidate_ids: Sequence[str] = (), name: str = "Candidates", **_: object) -> StepForm:
    """A file of these people alone; that it left is put on record."""
    store, today, ids = context.store, context.today(), list(candidate_ids)
    kinds: dict[Any, str] = {".xlsx": "Excel workbook (.xlsx)", ".csv": "Table (.csv)"}

    def save(values: dict[str, Any], _why: str) -> str:
        from core.jobs.export import export as write

        folder = context.ask_folder("Where shall the file lie?")
        if folder is None:
            raise NotYet("No folder was chosen, so nothing was written.")
        out = folder / safe_name(f"{name} {today.isoformat()}{values['kind']}")
        if out.exists():
            raise UserError(f"{out.name} is in that folder already. Move it away, or choose another folder.")

        def work(progress: Steps | None) -> str:
            made = write(store, out, "candidates", today=today, only=frozenset(ids), progress=progress)
            return f"{out.name}: {plural(made.rows, 'row')}. It is on record, under Sharing."

        return _run(context, ids, "Writing the file", work)

    return _Several(
        context,
        "Export",
        "bulk-export",
        ids,
        [
            Item("kind", "File", ChoiceField(choices(kinds)), "Private notes on taking part are never in it."),
        ],
        save,
        values={"kind": ".xlsx"},
        save_words="Choose a folder…",
    )
