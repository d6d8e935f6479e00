"""Letters that were signed by hand: whose offer a picture answers, and whose answer a person has to read."""

from __future__ import annotations

from collections.abc import Callable

from core.errors import UserError
from core.exchange.picture_code import codes_on
from core.insight.letters import offer_by_code
from core.insight.offers import unanswered
from core.jobs.returned import Returned
from core.store import Store
from core.work.forms import code_of

ENDINGS = frozenset({".jpg", ".jpeg", ".png", ".heic", ".heif", ".webp", ".tif", ".tiff", ".bmp", ".gif"})


def signed_by_hand(store: Store, one: Returned) -> str:
    """The offer whose answer nobody could read off this letter and that still waits for one, else ""."""
    form = one.form
    if form is None or form.kind != "letter" or any(one.values.values()):
        return ""
    offer_id = offer_by_code(store, [form.code])
    return offer_id if offer_id in unanswered(store) else ""


def offer_on(store: Store, data: bytes, *, step: Callable[[], object] | None = None) -> str:
    """The offer whose letter is on the picture; "" where no code of one of this store's can be read. SystemFault."""
    try:
        codes = [code for one in codes_on(data, step=step) if (code := code_of(one))]
    except UserError:
        # Looking for the code took too long, or too much: a person says whose it is.
        return ""
    return offer_by_code(store, codes) if codes else ""
