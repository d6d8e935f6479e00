"""The sample program's letters: a text and a term of the shop's own, and the letters of offers that wait for an answer,
as they were sent."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.jobs import letters
from core.jobs.sample_days import read, uid
from core.letter_text import LetterText, TermText
from core.model import Document, Form, Offer, Template
from core.store import Store
from core.store.bodies import put
from core.work.documents import media_type


def lay_letters(session: Session) -> None:
    data = read("letters")
    found: list[tuple[str, LetterText | TermText]] = [("letter", LetterText(**one)) for one in data["letters"]]
    found += [("term", TermText(**one)) for one in data["terms"]]
    for kind, text in found:
        row_id = uid(kind, text.name)
        said = {name: words.strip() for name, words in asdict(text).items()}
        session.add(Template(id=row_id, kind=kind, key=f"{kind}-own-{row_id}", name=text.name, body=said))
    session.flush()


def lay_sent(store: Store, session: Session) -> None:
    """The forms' codes are of what the letters say: the same letter is the same file each time."""
    sent = select(Offer.id, Offer.sent_on).where(Offer.status == "sent")
    for offer_id, day in session.execute(sent.order_by(Offer.id)).all():
        if day is not None:
            _lay_sent(store, session, offer_id, day)


def _lay_sent(store: Store, session: Session, offer_id: str, day: date) -> None:
    made = letters.make_offer(store, offer_id, today=day)
    form = {"id": uid("form", offer_id), "code": made.code, "kind": letters.KIND, "made_on": day, "layout": made.form}
    session.add(Form(**form, **made.about))
    session.add(
        Document(
            id=uid("letter", offer_id),
            noun="offers",
            owner_id=offer_id,
            name=made.name,
            media_type=media_type(made.name, made.data),
            size=len(made.data),
            sha256=put(session, made.data),
            added_on=day,
            purpose=letters.SENT,
        )
    )
