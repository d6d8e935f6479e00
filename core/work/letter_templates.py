"""Letters' texts and the terms to choose for them: ours, and one's own words for them or beside them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import letter_text
from core.errors import FieldErrors, UserError
from core.ids import new_id
from core.letter_text import ABOUT, LetterText, TermText
from core.model import Template
from core.store import Label, Store
from core.text import clean, fold, line
from core.work.checks import Problems, tidy

Kind = Literal["letter", "term"]
LETTER: Kind = "letter"
TERM: Kind = "term"
GONE = "This text is no longer there. It was removed, or adding it was undone."


@dataclass(frozen=True, slots=True)
class LetterTemplate:
    """`own`: one's own, or ours with one's own words."""

    key: str
    text: LetterText
    own: bool


@dataclass(frozen=True, slots=True)
class TermTemplate:
    key: str
    text: TermText
    own: bool


def letters(store: Store) -> list[LetterTemplate]:
    """Ours first, in the order of their names; then one's own."""
    with store.read() as session:
        found = _all(session, LETTER, letter_text.ready_made())
    return [LetterTemplate(key, text, own) for key, (text, own) in found.items()]


def terms(store: Store) -> list[TermTemplate]:
    with store.read() as session:
        found = _all(session, TERM, letter_text.ready_terms())
    return [TermTemplate(key, text, own) for key, (text, own) in found.items()]


def letter(store: Store, key: str) -> LetterText:
    """UserError where there is none of this key."""
    found = {one.key: one.text for one in letters(store)}.get(key)
    if found is None:
        raise UserError(GONE)
    return found


def term(store: Store, key: str) -> TermText:
    found = {one.key: one.text for one in terms(store)}.get(key)
    if found is None:
        raise UserError(GONE)
    return found


def _all(session: Session, kind: Kind, ours: Mapping[str, Any]) -> dict[str, tuple[Any, bool]]:
    make: Any = LetterText if kind == LETTER else TermText
    own = {row.key: make(**row.body) for row in session.scalars(select(Template).where(Template.kind == kind))}
    found = {key: (own.get(key, ours[key]), key in own) for key in sorted(ours, key=lambda key: fold(ours[key].name))}
    beside = sorted((key for key in own if key not in ours), key=lambda key: fold(own[key].name))
    return found | {key: (own[key], True) for key in beside}


def checked(text: LetterText) -> LetterText:
    """The tidied text. FieldErrors: empty, too long, or something in braces that no letter can be made of."""
    problems = Problems()
    needed = {"name": "Give the letter a name.", "title": "Give it a title.", "text": "Write what it says."}
    text = tidy(text, problems, long=("text",), required=needed)
    problems.one_of("about", text.about, tuple(ABOUT))
    if text.about in ABOUT:
        for field, said in letter_text.wrong_parts(text).items():
            problems.add(field, " ".join(said))
    problems.raise_if_any()
    return text


def save_letter(store: Store, text: LetterText, key: str | None = None, *, today: date) -> str:
    """A new letter, or new words for one; its key. FieldErrors name the fields of LetterText."""
    ours = letter_text.ready_made().get(key or "")
    if ours is not None and text.about in ABOUT and ours.about != text.about:
        words = letter_text.ABOUT_WORDS
        said = (
            f"This is the letter about {words[ours.about]} that Foothold takes by itself. Copy it into one of your own"
        )
        raise FieldErrors({"about": f"{said} to write about {words[text.about]}."})
    return _save(store, LETTER, checked(text), key, letter_text.ready_made())


def save_term(store: Store, text: TermText, key: str | None = None, *, today: date) -> str:
    problems = Problems()
    needed = {"name": "Give the term a name.", "words": "Write what it says."}
    text = tidy(TermText(name=line(text.name), words=clean(text.words)), problems, long=("words",), required=needed)
    if said := letter_text.wrong_term(text.words):
        problems.add("words", " ".join(said))
    problems.raise_if_any()
    return _save(store, TERM, text, key, letter_text.ready_terms())


def _save(store: Store, kind: Kind, text: LetterText | TermText, key: str | None, ours: Mapping[str, Any]) -> str:
    row_id = new_id()
    key = key or f"{kind}-own-{row_id}"
    with store.change(Label.LETTER_TEXT_CHANGED) as session:
        known = _all(session, kind, ours)
        if any(fold(one.name) == fold(text.name) and other != key for other, (one, _) in known.items()):
            raise FieldErrors({"name": f"There is a {kind} “{text.name}” already."})
        row = session.scalars(select(Template).where(Template.kind == kind, Template.key == key)).first()
        row = row or Template(id=row_id, kind=kind, key=key)
        row.name, row.body = text.name, asdict(text)
        session.add(row)
    return key


def remove(store: Store, key: str, *, today: date) -> None:
    """One's own goes; of ours one's own words go, and our words are back. Letters that were sent stay as they are."""
    with store.change(Label.LETTER_TEXT_REMOVED) as session:
        row = session.scalars(select(Template).where(Template.kind.in_((LETTER, TERM)), Template.key == key)).first()
        if row is None:
            raise UserError("These are our words; there is nothing of yours to remove. Write your own to change them.")
        session.delete(row)
