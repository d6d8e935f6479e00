"""Offer letters to many at once: whose, and as what; then the folder is asked for. They are made beside the desk."""

from __future__ import annotations

from typing import Any

from core.insight.offers import open_offers
from core.jobs.many_letters import WAYS, Written, wanted_of_offers, write_many
from core.text import in_digits, plural
from ui.context import Context
from ui.forms.base import NotYet, NounForm
from ui.widgets.fields import ChoiceField

_ALL = ""


class ManyLettersForm(NounForm):
    width_wanted = 600

    def __init__(self, context: Context, project_id: str = _ALL, **_: object) -> None:
        super().__init__(context, "Offer letters", "many_letters", None, "Choose a folder…")
        self._open = open_offers(context.store)
        self._ids = {one.project_id: one.offer_ids for one in self._open}
        self._ids[_ALL] = tuple(offer_id for one in self._open for offer_id in one.offer_ids)
        self.note_words = "A letter for each offer that nobody has answered yet."
        choices = [(_ALL, f"All open offers ({in_digits(len(self._ids[_ALL]))})")]
        choices += [(one.project_id, f"{one.words} ({in_digits(len(one.offer_ids))})") for one in self._open]
        self.form.row("whose", "Whose", ChoiceField(choices))
        ways: list[tuple[str, str]] = [*WAYS.items()]
        hint = (
            "Each is put on record and kept as it was sent. Mark an offer as sent once its letter went. "
            "Print one PDF on one side of the paper."
        )
        self.form.row("way", "As", ChoiceField(ways), hint=hint)
        self.begin({"whose": project_id if project_id in self._ids else _ALL, "way": ways[0][0]})

    def save(self, values: dict[str, Any], reason: str) -> str:
        ids, way = self._ids[values["whose"] or _ALL], values["way"]
        if not ids:
            raise NotYet("No offer waits for an answer. Make one on a project’s page, at whom you choose.")
        folder = self.context.ask_folder("Where shall the letters lie?")
        if folder is None:
            raise NotYet("No folder was chosen, so nothing was written.")
        context, today = self.context, self.context.today()

        def done(written: Written) -> None:
            context.say(written.words)

        context.tasks.run(
            lambda progress: write_many(
                context.store, wanted_of_offers(context.store, ids), folder, way, today=today,
                beside=True, progress=progress.step,
            ),
            done=done,
            failed=lambda error: context.say(str(error)),
            cancelled=lambda: context.say("Cancelled; no letter was written."),
            words=f"Writing {plural(len(ids), 'letter')}",
            cancellable=True,
        )  # fmt: skip
        return ""
