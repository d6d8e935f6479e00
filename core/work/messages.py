"""Message templates: ours, and one's own words for them or beside them."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import message
from core.errors import FieldErrors, UserError
from core.ids import new_id
from core.message import Words, ready_made
from core.model import Template
from core.store import Label, Store
from core.text import fold
from core.work.checks import Problems, tidy

KIND = "message"


@dataclass(frozen=True, slots=True)
class MessageTemplate:
    """`own`: one's own, or ours with one's own words."""

    key: str
    words: Words
    own: bool


def messages(store: Store) -> list[MessageTemplate]:
    """Ours first, in the order of their names; then one's own."""
    with store.read() as session:
        return list(_all(session).values())


def message_words(store: Store, key: str) -> Words:
    """UserError where there is none of this key."""
    with store.read() as session:
        found = _all(session).get(key)
    if found is None:
        raise UserError("This message is no longer there. It was removed, or adding it was undone.")
    return found.words


def _all(session: Session) -> dict[str, MessageTemplate]:
    own = {row.key: Words(**row.body) for row in session.scalars(select(Template).where(Template.kind == KIND))}
    ours = sorted(ready_made(), key=lambda key: fold(ready_made()[key].name))
    found = {key: MessageTemplate(key, own.get(key, ready_made()[key]), key in own) for key in ours}
    beside = sorted((key for key in own if key not in found), key=lambda key: fold(own[key].name))
    return found | {key: MessageTemplate(key, own[key], True) for key in beside}


def checked(words: Words) -> Words:
    """The tidied words. FieldErrors: empty, too long, or a field that there is not."""
    problems = Problems()
    needed = {"name": "Give the message a name.", "subject": "Give it a subject.", "text": "Write what it says."}
    words = tidy(words, problems, long=("text",), required=needed)
    for field in ("subject", "text"):
        wrong = message.unknown(getattr(words, field))
        if wrong:
            names = message.field_words(wrong)
            problems.add(field, f"There is no field {names}. Take it out, or choose one from Fields.")
    problems.raise_if_any()
    return words


def save_message(store: Store, words: Words, key: str | None = None, *, today: date) -> str:
    """A new template, or new words for one; its key. FieldErrors name the fields of Words."""
    words = checked(words)
    row_id = new_id()
    key = key or f"message-own-{row_id}"
    with store.change(Label.MESSAGE_CHANGED) as session:
        known = _all(session)
        if any(fold(one.words.name) == fold(words.name) and one.key != key for one in known.values()):
            raise FieldErrors({"name": f"There is a message “{words.name}” already."})
        row = session.scalars(select(Template).where(Template.kind == KIND, Template.key == key)).first()
        row = row or Template(id=row_id, kind=KIND, key=key)
        row.name, row.body = words.name, asdict(words)
        session.add(row)
    return key


def remove_message(store: Store, key: str, *, today: date) -> None:
    """One's own goes; of ours one's own words go, and our words are back."""
    with store.change(Label.MESSAGE_REMOVED) as session:
        row = session.scalars(select(Template).where(Template.kind == KIND, Template.key == key)).first()
        if row is None:
            raise UserError("These are our words; there is nothing of yours to remove. Write your own to change them.")
        session.delete(row)
