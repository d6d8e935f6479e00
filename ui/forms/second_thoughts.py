"""Second thoughts: one's own scores of a candidate are taken up again, with the reason."""

from __future__ import annotations

from collections.abc import Sequence

from core.work.second_thoughts import take_up_again
from ui.context import Context
from ui.forms.step import Item, StepForm
from ui.widgets.fields import AreaField, ChoiceField


def second_thoughts(context: Context, applications: Sequence[tuple[str, str]] = (), **_: object) -> StepForm:
    """`applications`: (id, code) of those whose scores of mine are in."""
    store, me = context.store, context.store.me or ""
    codes = [(row_id, f"Candidate {code}") for row_id, code in applications]
    return StepForm(
        context,
        "Second thoughts",
        ("second-thoughts", me),
        [
            Item("application_id", "Candidate", ChoiceField(codes)),
            Item("reason", "Why", AreaField(least=3), "It stays beside your first scores."),
        ],
        lambda v, _why: take_up_again(store, v["application_id"] or "", me, v["reason"], today=context.today()),
        values={"application_id": applications[0][0] if applications else None},
        save_words="Take them up again",
        note="What you handed in first stays. Others’ scores close until yours are in again.",
    )
