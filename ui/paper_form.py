"""A form to be filled in elsewhere: made with its code, looked at, and saved where the person wants it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from core.insight import asked
from ui.context import Context

if TYPE_CHECKING:
    from core.jobs.forms import Made

_MESSAGE = "message-a-form"
_MAILED = ("application", "availability", "consent", "mid_check", "fit_review")
"""Not the one for voluntary answers: no message and no log says who got that."""


def paper_form(context: Context, kind: str, row_id: str, words: str) -> Callable[[], None]:
    """What a button does: `kind` and `row_id` as core.jobs.forms has them, `words` the title of the preview."""

    def make() -> Made:
        from core.jobs import forms

        return forms.make_form(context.store, kind, row_id, today=context.today())

    return lambda: _show(context, make, words, mailed=kind in _MAILED)


def rater_pack(context: Context, project_id: str, colleague_id: str, words: str) -> Callable[[], None]:
    """The answers to score, blind, for a colleague at another machine."""

    def make() -> Made:
        from core.jobs import packs

        return packs.make_pack(context.store, project_id, colleague_id, today=context.today())

    return lambda: _show(context, make, words)


def _show(context: Context, make: Callable[[], Made], words: str, *, mailed: bool = False) -> None:
    from core.jobs import forms

    made: list[Made] = []

    def draw() -> bytes:
        made[:] = [make()]
        return made[0].data

    def mail() -> None:
        people, project = asked.goes_to(context.store, made[0].id)
        if people:
            context.open_form("message", candidate_ids=people, template=_MESSAGE, project_id=project, form=made[0])
        else:
            context.say("Nobody is invited who has not applied. Invite someone first, or save the form.")

    def save(out: Path) -> object:
        return forms.save_form(context.store, made[0], out, overwrite=True)

    context.preview(words, draw, save, mail if mailed else None)
