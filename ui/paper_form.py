"""A form to be filled in elsewhere: made with its code, looked at, and saved where the person wants it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from ui.context import Context

if TYPE_CHECKING:
    from core.jobs.forms import Made


def paper_form(context: Context, kind: str, row_id: str, words: str) -> Callable[[], None]:
    """What a button does: `kind` and `row_id` as core.jobs.forms has them, `words` the title of the preview."""

    def show() -> None:
        from core.jobs import forms

        store = context.store
        made: list[Made] = []

        def draw() -> bytes:
            made[:] = [forms.make_form(store, kind, row_id, today=context.today())]
            return made[0].data

        context.preview(words, draw, lambda out: forms.save_form(store, made[0], out, overwrite=True))

    return show
