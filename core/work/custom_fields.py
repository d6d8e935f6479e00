"""Fields of one's own on candidates and projects: what they are, and what stands in them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

from core.errors import FieldErrors
from core.ids import new_id
from core.model import CustomField, CustomValue, words
from core.store import Label, Store
from core.text import clean, fold, in_digits, line, plural
from core.work.checks import TEXT_LIMIT, Problems, distinct, find, rows, tidy

NOUNS = ("candidates", "projects")
MOST_FIELDS = 40
LONGEST_NAME = 60
_NUMBER = re.compile(r"[-−]?([0-9]{1,15}|[0-9]{1,3}(,[0-9]{3}){1,4})(\.[0-9]{1,6})?")
_YES = {"yes", "y", "true", "1", "x", "ja", "si", "oui", "tak"}
_NO = {"no", "n", "false", "0", "nein", "non", "nie"}


@dataclass(frozen=True, kw_only=True)
class FieldDraft:
    """`noun`: candidates, projects. `kind`: core.model.words.FIELD_KINDS. `choices`: of one of a list."""

    noun: str = "candidates"
    name: str = ""
    kind: str = "text"
    choices: Sequence[str] = ()
    on_paper: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """As it stands in the store."""

    id: str
    noun: str
    name: str
    kind: str
    choices: tuple[str, ...]
    on_paper: bool


Value = tuple[str, float | None, date | None]
"""Text, amount and day, as in the row."""


def problem_field(field_id: str) -> str:
    """How FieldErrors names one's own field: `custom.<id>`."""
    return f"custom.{field_id}"


def value(field: Field, written: str) -> Value | None:
    """What was written, read as the field's kind; None where it is empty. ValueError says what is wrong."""
    text = clean(written)
    if not text:
        return None
    if len(text) > TEXT_LIMIT:
        raise ValueError(f"“{field.name}” has {in_digits(len(text))} characters; at most {in_digits(TEXT_LIMIT)} fit.")
    return _READERS[field.kind](field, text)


def _text(_field: Field, text: str) -> Value:
    return text, None, None


def _number(field: Field, text: str) -> Value:
    bare = text.replace("\u00a0", "").replace("\u202f", "").replace(" ", "")
    if not _NUMBER.fullmatch(bare):
        raise ValueError(f"“{field.name}” is a number, such as 12 or 3.5; “{text[:40]}” is none.")
    amount = Decimal(bare.replace(",", "").replace("−", "-"))
    plain = format(amount, "f")
    plain = plain.rstrip("0").rstrip(".") if "." in plain else plain
    return ("0" if plain == "-0" else plain), float(amount), None


def _day(field: Field, text: str) -> Value:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"“{field.name}” is a day, such as 2027-05-31; “{text[:40]}” is none.") from None
    if not 1900 <= found.year <= 2200:
        raise ValueError(f"“{field.name}”: the year {found.year}? Check the day.")
    return found.isoformat(), None, found


def _yes_no(field: Field, text: str) -> Value:
    said = fold(text)
    if said not in _YES | _NO:
        raise ValueError(f"“{field.name}” is yes or no; “{text[:40]}” is neither.")
    return ("yes" if said in _YES else "no"), None, None


def _choice(field: Field, text: str) -> Value:
    for choice in field.choices:
        if fold(choice) == fold(text):
            return choice, None, None
    raise ValueError(f"“{field.name}” is one of: {', '.join(field.choices)}; “{text[:40]}” is none of them.")


_READERS = {"text": _text, "number": _number, "day": _day, "yes_no": _yes_no, "choice": _choice}


class FieldIndex:
    """The fields of a noun, read once; `by_id` in the order of one's own."""

    def __init__(self, session: Session, noun: str) -> None:
        found = rows(session, CustomField, CustomField.noun == noun, order=CustomField.position)
        self.by_id = {row.id: _field(row) for row in found}

    def check(self, wanted: Mapping[str, str], problems: Problems) -> dict[str, Value | None]:
        """What is to stand in each field; what cannot be read is a problem of `custom.<id>`."""
        found: dict[str, Value | None] = {}
        for field_id, written in wanted.items():
            if (field := self.by_id.get(field_id)) is None:
                continue  # A field that was removed while the form was open takes its value along.
            try:
                found[field_id] = value(field, written)
            except ValueError as error:
                problems.add(problem_field(field_id), str(error))
        return found


def _field(row: CustomField) -> Field:
    return Field(row.id, row.noun, row.name, row.kind, tuple(row.choices), row.on_paper)


def owner_column(noun: str) -> str:
    return {"candidates": "candidate_id", "projects": "project_id"}[noun]


def write_values(
    session: Session,
    noun: str,
    owner_id: str,
    wanted: Mapping[str, Value | None],
    before: Iterable[CustomValue],
) -> None:
    """Lay checked values over those that stand; a field not named stays. Asks the store nothing."""
    old = {row.field_id: row for row in before}
    for field_id, said in wanted.items():
        row = old.get(field_id)
        if said is None:
            if row is not None:
                session.delete(row)
            continue
        if row is None:
            row = CustomValue(field_id=field_id, **{owner_column(noun): owner_id})
        row.text, row.amount, row.day = said
        session.add(row)


def values_of(session: Session, noun: str, owner_id: str) -> list[CustomValue]:
    return rows(session, CustomValue, getattr(CustomValue, owner_column(noun)) == owner_id)


def set_values(session: Session, noun: str, owner_id: str, wanted: Mapping[str, str]) -> None:
    """Within a change: check and write. FieldErrors name `custom.<id>`."""
    problems = Problems()
    checked = FieldIndex(session, noun).check(wanted, problems)
    problems.raise_if_any()
    write_values(session, noun, owner_id, checked, values_of(session, noun, owner_id))


def fields(store: Store, noun: str) -> list[Field]:
    """In the order of one's own."""
    with store.read() as session:
        return list(FieldIndex(session, noun).by_id.values())


def value_text(field: Field, text: str) -> str:
    """A stored value as people read it."""
    if field.kind == "yes_no":
        return words.YES_NO.get(text, text)
    return text


def save_field(store: Store, draft: FieldDraft, field_id: str | None = None, *, today: date) -> str:
    """A new field, or one changed. FieldErrors name the draft's fields.

    Another kind, or fewer choices, is refused while a value stands that would not fit.
    """
    draft = _checked(draft)
    with store.change(Label.CUSTOM_FIELDS_CHANGED) as session:
        there = rows(session, CustomField, CustomField.noun == draft.noun, order=CustomField.position)
        if any(fold(row.name) == fold(draft.name) and row.id != field_id for row in there):
            raise FieldErrors({"name": f"There is a field “{draft.name}” already."})
        if field_id is None:
            if len(there) >= MOST_FIELDS:
                raise FieldErrors({"name": f"There are {MOST_FIELDS} fields already; a form with more is not filled."})
            position = max((row.position for row in there), default=-1) + 1
            row = CustomField(id=new_id(), noun=draft.noun, position=position)
            session.add(row)
        else:
            row = find(session, CustomField, field_id, "field")
            _carry_over(session, row, draft)
        row.name, row.kind, row.on_paper = draft.name, draft.kind, draft.on_paper
        row.choices = list(draft.choices)
        return row.id


def _checked(draft: FieldDraft) -> FieldDraft:
    problems = Problems()
    draft = tidy(draft, problems, required={"name": "Give the field a name."})
    problems.when(len(draft.name) > LONGEST_NAME, "name", f"A field’s name has at most {LONGEST_NAME} characters.")
    problems.one_of("noun", draft.noun, NOUNS)
    problems.one_of("kind", draft.kind, words.FIELD_KINDS)
    choices = distinct(line(choice) for choice in draft.choices) if draft.kind == "choice" else []
    if draft.kind == "choice":
        problems.when(len(choices) < 2, "choices", "A list to choose from has at least two entries.")
        problems.when(any(len(one) > LONGEST_NAME for one in choices), "choices", "One of the entries is too long.")
    problems.raise_if_any()
    return FieldDraft(noun=draft.noun, name=draft.name, kind=draft.kind, choices=choices, on_paper=draft.on_paper)


def _carry_over(session: Session, row: CustomField, draft: FieldDraft) -> None:
    """Values written before are read anew as the new kind."""
    if row.noun != draft.noun:
        raise FieldErrors({"noun": "A field stays with what it was made for. Make a new one."})
    if row.kind == draft.kind and list(row.choices) == list(draft.choices):
        return
    field = Field(row.id, row.noun, draft.name, draft.kind, tuple(draft.choices), draft.on_paper)
    misfits: list[str] = []
    for standing in rows(session, CustomValue, CustomValue.field_id == row.id):
        try:
            said = value(field, standing.text)
        except ValueError:
            misfits.append(standing.text)
            continue
        if said is not None:
            standing.text, standing.amount, standing.day = said
    if misfits:
        where = "choices" if draft.kind == "choice" else "kind"
        count = plural(len(misfits), "value") + (" does" if len(misfits) == 1 else " do")
        raise FieldErrors({where: f"{count} not fit, such as “{line(misfits[0])[:40]}”. Change those first."})


def remove_field(store: Store, field_id: str, *, today: date) -> int:
    """The field with all that stands in it; undo brings both back. How many values went."""
    with store.change(Label.CUSTOM_FIELDS_CHANGED) as session:
        row = find(session, CustomField, field_id, "field")
        standing = rows(session, CustomValue, CustomValue.field_id == field_id)
        for one in standing:
            session.delete(one)
        session.delete(row)
        return len(standing)


def order_fields(store: Store, field_ids: Sequence[str], *, today: date) -> None:
    """The order in which forms, lists and papers show them."""
    with store.change(Label.CUSTOM_FIELDS_CHANGED) as session:
        for position, field_id in enumerate(field_ids):
            find(session, CustomField, field_id, "field").position = position
