"""What a returned form says, in words: a question, its answer, and what the store holds instead."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from core import text
from core.errors import UserError
from core.insight.returned import FormView
from core.store import Store

Values = Mapping[str, str]
_NAMED = 4
"""Fields or things that a sentence names before it says "and more"."""


@dataclass(frozen=True)
class Said:
    """A question and its answer in words. `was`: what the store holds, where that is something else."""

    words: str
    value: str
    was: str = ""


@dataclass(frozen=True)
class About:
    """`look`: what a person has to confirm before it is taken in."""

    said: tuple[Said, ...] = ()
    whose: str = ""
    notes: tuple[str, ...] = ()
    look: tuple[str, ...] = ()


@dataclass(frozen=True)
class Taken:
    """`owner`: noun and row that the file is kept with; None where it is not kept. `purpose`: as Document has it."""

    candidate_id: str | None = None
    owner: tuple[str, str] | None = None
    purpose: str = ""


@dataclass(frozen=True)
class Case:
    """One form that came back. `printed`: its values were read off a page."""

    store: Store
    session: Session
    form: FormView
    values: Values
    today: date
    printed: bool = False


def named(form: FormView) -> dict[str, str]:
    """Each field's name and its question."""
    return {str(one["name"]): str(one.get("words") or one["name"]) for one in form.fields}


def shown(case: Case, was: Values | None = None, values: Values | None = None) -> tuple[Said, ...]:
    """What was filled in, in the order of the form, its choices in words."""
    found = []
    given = case.values if values is None else values
    for one in case.form.fields:
        name = str(one["name"])
        value = given.get(name, "")
        if value:
            before = (was or {}).get(name, "")
            words = str(one.get("words") or name)
            found.append(Said(words, _words(one, value), _words(one, before) if before != value else ""))
    return tuple(found)


def _words(one: Mapping[str, Any], value: str) -> str:
    options = {str(option[0]): str(option[1]) for option in one.get("options") or ()}
    return options.get(value, value)


def number(values: Values, name: str, words: str) -> int | None:
    """UserError where something else than a number stands there."""
    value = values.get(name, "").strip()
    if not value:
        return None
    if not value.isdecimal() or len(value) > 6:
        raise UserError(f"“{words}” says “{text.line(value)[:40]}”, which is no whole number. Type it in by hand.")
    return int(value)


def listed(things: Sequence[str]) -> str:
    first, more = list(things[:_NAMED]), len(things) - _NAMED
    if more > 0:
        return f"{', '.join(first)} and {more} more"
    return f"{', '.join(first[:-1])} and {first[-1]}" if len(first) > 1 else first[0]


def cut(words: str) -> str:
    """As much of somebody's words as a sentence has room for."""
    words = text.line(words)
    return words if len(words) <= 60 else f"{words[:59]}…"
