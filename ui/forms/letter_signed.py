"""A signed letter that came back on paper or as a picture: kept with its offer, and the answer with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject

from core.errors import FieldErrors, UserError
from core.insight.offers import may_come_back
from core.jobs.files import read_files
from core.jobs.signed_pictures import offer_on
from core.letter_text import ACCEPT, DECLINE
from core.work import letter_returns
from ui.context import Context
from ui.forms.fields import choices
from ui.forms.step import Item, StepForm
from ui.tasks import Progress
from ui.widgets.date_field import DateField
from ui.widgets.fields import ChoiceField
from ui.widgets.files_field import FilesField

_SAYS: dict[Any, str] = {ACCEPT: "They accept", DECLINE: "They decline", "": "Nothing yet: keep it only"}


def signed(context: Context, offer_id: str = "", paths: Sequence[Path] = (), kept: str = "", **_: object) -> StepForm:
    """`offer_id`: whose it is; else it is asked for, and read off the picture among `paths` where that can be.

    `kept`: the name of the file, where it is kept already and only its answer is asked for.
    """
    store, today = context.store, context.today()
    whose = {} if offer_id else dict(may_come_back(store))
    if not offer_id and not whose:
        raise UserError("No offer waits for a signed letter. Other pictures are kept with a person: drop them there.")

    def keep(values: dict[str, Any], _why: str) -> str:
        if kept:
            return letter_returns.say_signed(store, offer_id, says=values["says"], on=values["on"], today=today)
        chosen = values["files"]
        if not chosen:
            raise FieldErrors({"files": "Choose the signed letter, or drop it here."})
        if not (offer_id or values["offer"]):
            raise FieldErrors({"offer": "Say whose letter it is."})
        found = read_files(Path(one) for one in chosen)
        whom = offer_id or values["offer"]
        letter_returns.keep_signed(store, whom, *found, says=values["says"], on=values["on"], today=today)
        return str(whom)

    file = FilesField("Choose it…")
    asked = ChoiceField(choices(whose, "Choose…"))
    form = StepForm(
        context,
        "Signed letter",
        ("offer-signed", offer_id or " ".join(map(str, paths))),
        [
            *([] if kept else [Item("files", "The file", file, "As it came back: a PDF, or a picture of each page.")]),
            *([] if offer_id else [Item("offer", "Whose", asked)]),
            Item("says", "It says", ChoiceField(choices(_SAYS))),
            Item("on", "On", DateField(today)),
        ],
        keep,
        values={"says": ACCEPT, "on": today} | ({"files": [str(one) for one in paths]} if paths else {}),
        save_words="Record it" if kept else "Keep it",
        note=f"{kept} is kept with the offer. Only a person can read what it says." if kept else "",
    )
    if not offer_id:
        _Looking(form, asked, whose)
    return form


class _Looking(QObject):
    """Looks for the code on the file that was chosen; what a person chose stands."""

    def __init__(self, form: StepForm, asked: ChoiceField, whose: Mapping[str, str]) -> None:
        super().__init__(form)
        self._form, self._asked, self._whose = form, asked, whose
        self._seen: list[str] = []
        form.form.changed.connect(lambda key: self._look() if key == "files" else None)
        self._look()

    def _look(self) -> None:
        files: list[str] = self._form.form.rows["files"].field.value()  # type: ignore[attr-defined]
        if not files or files == self._seen or self._asked.value():
            return
        self._seen, store, alive = files, self._form.context.store, [True]
        self._form.destroyed.connect(lambda: alive.clear())

        def read(progress: Progress) -> str:
            found = (offer_on(store, data, step=lambda: progress.step(0)) for _, data in read_files(map(Path, files)))
            return next(filter(None, found), "")

        self._form.context.tasks.run(
            read,
            done=lambda offer: self._found(offer) if alive else None,
            failed=lambda error: self._form.say(str(error)) if alive else None,
            words="Looking for the code on it",
        )

    def _found(self, offer: str) -> None:
        row = self._form.form.rows["offer"]
        if self._asked.value():
            return
        if offer in self._whose:
            self._asked.set_value(offer)
            row.set_help("By the code on it.")
        elif offer:
            row.set_help("It is the letter of an offer that is settled. Choose another only if you are sure.")
        else:
            row.set_help("No code could be read on it. Look at it, and say whose it is.")
