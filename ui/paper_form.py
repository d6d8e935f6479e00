"""A form to be filled in elsewhere: made with its code, looked at, and saved where the person wants it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from ui.context import Context

if TYPE_CHECKING:
    from core.jobs.forms import Made


def paper_form(context: Context, kind: str, row_id: str, words: str) -> Callable[[], None]:
    """What a button does: `kind` and `row_id` as core.jobs.forms has them, `words` the title of the preview."""

    def make() -> Made:
        from core.jobs import forms

        return forms.make_form(context.store, kind, row_id, today=context.today())

    return lambda: _show(context, make, words)


def rater_pack(context: Context, project_id: str, colleague_id: str, words: str) -> Callable[[], None]:
    """The answers to score, blind, for a colleague at another machine."""

    def make() -> Made:
        from core.jobs import packs

        return packs.make_pack(context.store, project_id, colleague_id, today=context.today())

    return lambda: _show(context, make, words)


def _show(context: Context, make: Callable[[], Made], words: str) -> None:
    from core.jobs import forms

    made: list[Made] = []

    def draw() -> bytes:
        made[:] = [make()]
        return made[0].data

    context.preview(words, draw, lambda out: forms.save_form(context.store, made[0], out, overwrite=True))
