"""A signed letter that came back on paper or as a picture: kept with its offer, and the answer with it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from core.errors import FieldErrors
from core.jobs.files import read_files
from core.letter_text import ACCEPT, DECLINE
from core.work import letter_returns
from ui.context import Context
from ui.forms.fields import choices
from ui.forms.step import Item, StepForm
from ui.widgets.date_field import DateField
from ui.widgets.fields import ChoiceField
from ui.widgets.files_field import FilesField

_SAYS: dict[Any, str] = {ACCEPT: "They accept", DECLINE: "They decline", "": "Nothing yet: keep it only"}


def signed(context: Context, offer_id: str, **_: object) -> StepForm:
    store, today = context.store, context.today()

    def keep(values: dict[str, Any], _why: str) -> str:
        chosen = values["files"]
        if len(chosen) != 1:
            raise FieldErrors({"files": "Choose the one file that is the signed letter."})
        ((name, data),) = read_files(Path(one) for one in chosen)
        return letter_returns.keep_signed(
            store, offer_id, name, data, says=values["says"], on=values["on"], today=today
        )

    return StepForm(
        context,
        "Signed letter",
        ("offer-signed", offer_id),
        [
            Item("files", "The file", FilesField("Choose it…"), "As it came back: a PDF, a scan or a picture."),
            Item("says", "It says", ChoiceField(choices(_SAYS))),
            Item("on", "On", DateField(today)),
        ],
        keep,
        values={"says": ACCEPT, "on": today},
        save_words="Keep it",
    )
