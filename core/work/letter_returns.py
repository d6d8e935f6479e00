"""What a letter that came back says of its offer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from core.errors import UserError
from core.model import Application, Candidate, Form, Offer
from core.store import Label, Store
from core.work.checks import find
from core.work.documents import File, keep_file
from core.work.offer import accept_offer, decline_offer, send_offer


@dataclass(frozen=True, slots=True)
class Signed:
    """`status`: a key of words.OFFER_STATES. `made_on`: the letter."""

    offer_id: str
    status: str
    name: str
    made_on: date


def signed(session: Session, form_id: str) -> Signed:
    """UserError where the offer is gone."""
    form = session.get_one(Form, form_id)
    offer = session.get(Offer, str((form.layout or {}).get("offer", "")))
    if offer is None:
        raise UserError("The offer of this letter was removed here. Bring it back first.")
    application = find(session, Application, offer.application_id, "application")
    person = find(session, Candidate, application.candidate_id, "candidate")
    return Signed(offer.id, offer.status, person.name, form.made_on)


def answer(store: Store, one: Signed, *, accepted: bool, on: date, today: date) -> None:
    """As the letter says it. An offer that nobody marked as sent was sent: here is the letter."""
    wanted = "accepted" if accepted else "declined"
    if one.status == wanted:
        return
    with store.change(Label.LETTER_SIGNED, ("offers", one.offer_id)):
        if one.status == "drafted":
            send_offer(store, one.offer_id, today=today, on=min(one.made_on, on))
        verb = accept_offer if accepted else decline_offer
        verb(store, one.offer_id, today=today, on=on)


def say_signed(store: Store, offer_id: str, *, says: str, on: date | None = None, today: date) -> str:
    """What somebody read in a signed letter that is kept already. `says`: accept, decline, or "" for nothing yet."""
    if says:
        with store.change(Label.LETTER_SIGNED, ("offers", offer_id)) as session:
            offer = find(session, Offer, offer_id, "offer")
            day = on or today
            one = Signed(offer_id, offer.status, "", offer.sent_on or day)
            answer(store, one, accepted=says == "accept", on=day, today=today)
    return offer_id


def keep_signed(store: Store, offer_id: str, *pages: File, says: str = "", on: date | None = None, today: date) -> None:
    """A signed letter that the person has looked at, in one change. `says`: accept, decline, or "" for nothing yet."""
    with store.change(Label.LETTER_SIGNED, ("offers", offer_id)) as session:
        offer = find(session, Offer, offer_id, "offer")
        for name, data in pages:
            keep_file(store, "offers", offer.id, name, data, today=today, purpose="signed")
        say_signed(store, offer_id, says=says, on=on, today=today)
