"""A letter as it leaves: looked at, then saved, printed or mailed. Each way it is put on record and kept as it is."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.errors import HoldError, UserError
from ui.context import Context

if TYPE_CHECKING:
    from core.jobs.letters import Made

_COVERS = {"offers": "message-with-an-offer"}
_COVER = "message-with-a-letter"


def show_letter(context: Context, title: str, make: Callable[[], Made]) -> None:
    """`make` is called as a task."""
    from core.jobs import letters

    store = context.store
    made: list[Made] = []

    def draw() -> bytes:
        made[:] = [make()]
        return made[0].data

    def save(out: Path) -> object:
        return letters.save(store, made[0], out, today=context.today(), overwrite=True)

    def printed() -> None:
        letters.note_printed(store, made[0], today=context.today())

    def mail() -> None:
        _mail(context, made[0])

    def then() -> tuple[str, Callable[[], object]] | None:
        offer_id = _unsent(context, made[0])
        return ("Mark as sent…", lambda: context.open_form("offer_sent", offer_id=offer_id)) if offer_id else None

    context.preview(title, draw, save, mail, file=lambda: made[0].name, printed=printed, then=then)


def offer_letter(context: Context, offer_id: str, candidate_id: str) -> Callable[[], None]:
    """What a button does. What lacks words is asked for first, and whether one who wished no contact gets a letter."""

    def show() -> None:
        from core.insight.letters import recipient
        from core.insight.offers import offer
        from core.jobs import letters

        store, today = context.store, context.today()
        try:
            wanted = letters.offer_wanted(offer(store, offer_id, today=today))
            asks = letters.lacking(store, wanted, today=today)
            stop = recipient(store, "offer", offer_id, today=today).stop
        except UserError as error:
            context.say(str(error))
            return
        if asks or stop:
            about = {"about": "offer", "about_id": offer_id, "key": wanted.key}
            context.open_form("letter", candidate_id=candidate_id, **about)
        else:
            show_letter(context, "Offer letter", lambda: letters.make(store, wanted, today=today))

    return show


def _unsent(context: Context, made: Made) -> str:
    """The offer that it is about, where nobody said yet that it went."""
    from core.insight.offers import offer

    noun, row_id = made.keep_with
    if noun != "offers":
        return ""
    return row_id if offer(context.store, row_id, today=context.today()).state == "drafted" else ""


def _mail(context: Context, made: Made) -> None:
    from core.jobs.letters import Along
    from core.work.offer import send_offer

    store, today = context.store, context.today()
    refs: dict[str, str] = dict(made.refs)
    values: dict[str, Any] = {"candidate_ids": [refs["candidates"]], "project_id": refs.get("projects")}
    if offer_id := _unsent(context, made):

        def sent(_people: list[str]) -> None:
            # Low pay asks for a reason, at the offer itself.
            with suppress(HoldError):
                send_offer(store, offer_id, today=today)

        values["also"] = sent
    cover = _COVERS.get(made.keep_with[0], _COVER)
    context.open_form("message", template=cover, form=Along(made, today), **values)
