"""One's own words: a tag, a field for candidates or projects."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from core.errors import UserError
from core.insight.own_words import field_rows, tag_rows
from core.model.words import FIELD_KINDS
from core.text import in_digits, plural
from core.work import custom_fields, tags
from core.work.custom_fields import FieldDraft
from ui.context import Context
from ui.forms.fields import LinesField, choices, typed
from ui.forms.step import Item, StepForm
from ui.widgets.fields import ChoiceField
from ui.widgets.text import button

_FOR = {"candidates": "Candidates", "projects": "Projects"}
_PAPER = {False: "Only on the screen and in exports", True: "Also on reports and postings"}


def tag(context: Context, row_id: str, **_: object) -> StepForm:
    """Another name, joined with another tag, or taken from everyone."""
    store, today = context.store, context.today()
    there = tag_rows(store)
    this = next((one for one in there if one.id == row_id), None)
    if this is None:
        raise UserError("This tag is no longer in the store. It was removed, or adding it was undone.")
    others = {one.id: f"{one.name} ({in_digits(one.people)})" for one in there if one.id != row_id}

    def save(values: dict[str, Any], _why: str) -> str:
        if values.get("into"):
            tags.join_tags(store, row_id, values["into"], today=today)
            return str(values["into"])
        return tags.rename_tag(store, row_id, values["name"], today=today)

    items = [Item("name", "Name", typed())]
    if others:
        field = ChoiceField(choices(others, "Stays apart"))
        items.append(Item("into", "Join with", field, "Everyone with this tag gets that one instead."))
    form = StepForm(
        context,
        "Tag",
        ("tags", row_id),
        items,
        save,
        values={"name": this.name},
        note=f"{plural(this.people, 'person has', 'people have')} it.",
    )

    def remove() -> str:
        return f"Taken from {plural(tags.remove_tag(store, row_id, today=today), 'person', 'people')}"

    _removal(form, context, remove)
    return form


def custom_field(context: Context, row_id: str | None = None, noun: str = "candidates", **_: object) -> StepForm:
    store, today = context.store, context.today()
    rows = [one for each in custom_fields.NOUNS for one in field_rows(store, each)]
    this = next((one for one in rows if one.id == row_id), None)
    if row_id is not None and this is None:
        raise UserError("This field is no longer in the store. It was removed, or adding it was undone.")
    draft = FieldDraft(noun=noun)
    if this is not None:
        draft = FieldDraft(noun=this.noun, name=this.name, kind=this.kind, choices=this.choices, on_paper=this.on_paper)

    def save(values: dict[str, Any], _why: str) -> str:
        wanted = FieldDraft(noun=values.get("noun") or draft.noun, **{key: values[key] for key in keys})
        return custom_fields.save_field(store, wanted, row_id, today=today)

    keys = ("name", "kind", "choices", "on_paper")
    items = [Item("name", "Name", typed("T-shirt size"))]
    if this is None:
        items.insert(0, Item("noun", "Of", ChoiceField(choices(_FOR))))
    listed = LinesField(5_000, "Small, Medium, Large")
    items += [
        Item("kind", "Holds", ChoiceField(choices(dict(FIELD_KINDS)))),
        Item("choices", "To choose from", listed, "Separated by commas."),
        Item("on_paper", "Printed", ChoiceField(choices(_PAPER))),
    ]
    form = StepForm(
        context,
        "A field of your own",
        ("custom-fields", row_id),
        items,
        save,
        values={"noun": draft.noun, **{key: getattr(draft, key) for key in keys}},
        note=f"{_FOR[this.noun]} · {this.words}" if this else "For the form, lists, filters, import and export.",
    )

    def look() -> None:
        form.form.appear("choices", form.form.values()["kind"] == "choice")

    form.form.changed.connect(lambda key: look() if key == "kind" else None)
    look()
    if row_id is not None:

        def remove() -> str:
            count = custom_fields.remove_field(store, row_id, today=today)
            return f"Removed, with {plural(count, 'value')}"

        _removal(form, context, remove)
    return form


def _removal(form: StepForm, context: Context, remove: Callable[[], str]) -> None:
    def run() -> None:
        try:
            words = remove()
        except UserError as error:
            form.say(str(error))
            return
        context.store.drop_draft(form.draft_key)
        form.closed.emit()
        context.say(f"{words}. Undo brings it back.")

    form.buttons.insertWidget(2, button("Remove", "", run))
