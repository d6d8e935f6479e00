"""A template: a project to start from, as the readable files in resources/templates have it, and a person's own."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from decimal import Decimal, DecimalException, InvalidOperation
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import resources
from core.errors import UserError

FILE_LIMIT = 200_000
"""Bytes of a template's file; ours have four thousand."""
MOST_PARTS = 50
MOST_DAYS = 730
P = TypeVar("P")


@dataclass(frozen=True, kw_only=True)
class Step:
    """A deliverable; `day`: days after the kick-off."""

    text: str = ""
    day: int = 0


@dataclass(frozen=True, kw_only=True)
class Ask:
    """A work-sample question; `minutes`: what an answer takes."""

    text: str = ""
    minutes: int = 10


@dataclass(frozen=True, kw_only=True)
class Measure:
    """A criterion of the rubric with four worded levels. `question`: which one shows it, 1 the first; 0: all of it.

    Equal weights unless `weight_why`.
    """

    name: str = ""
    levels: tuple[str, ...] = ()
    hint: str = ""
    competency: str = ""
    question: int = 0
    weight: int = 1
    weight_why: str = ""


@dataclass(frozen=True, kw_only=True)
class Body:
    """What a template says. `fee` in cents; `days`: from kick-off to due; `apply_lead`: days between the last day to
    apply and the kick-off; `words`: what a to-do says that it fits.
    """

    name: str = ""
    title: str = ""
    category: str = ""
    words: tuple[str, ...] = ()
    outcome: str = ""
    why_it_matters: str = ""
    learning_objectives: tuple[str, ...] = ()
    hours: int = 0
    fee: int = 0
    currency: str = "USD"
    days: int = 18
    apply_lead: int = 7
    due_flexible: bool = True
    any_hours: bool = True
    location_mode: str = "remote"
    place: str = ""
    skills: tuple[str, ...] = ()
    competencies: tuple[str, ...] = ()
    tools: str = ""
    ai_policy: str = ""
    confidentiality: str = ""
    ownership: str = ""
    eligibility: str = ""
    milestones: tuple[Step, ...] = ()
    questions: tuple[Ask, ...] = ()
    rubric: str = ""
    criteria: tuple[Measure, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """`ready_made`: it ships with the program; `own`: the words are the person's; `hidden`: not wanted."""

    key: str
    body: Body
    ready_made: bool
    own: bool
    hidden: bool = False


_PARTS: dict[str, type] = {"milestones": Step, "questions": Ask, "criteria": Measure}
_RANGES = {
    "hours": (0, 200), "days": (0, MOST_DAYS), "day": (0, MOST_DAYS), "apply_lead": (0, 365), "minutes": (1, 240),
    "question": (0, MOST_PARTS), "weight": (1, 10),
}  # fmt: skip


@cache
def ready_made() -> Mapping[str, Body]:
    """Key (the file's name) to body, by category and name."""
    folder = resources.path("templates")
    found = {path.stem: read(path.read_text("utf-8")) for path in sorted(folder.glob("*.toml"))}
    return dict(sorted(found.items(), key=lambda one: (one[1].category, one[1].name.casefold())))


def merged(stored: Iterable[tuple[str, str, Mapping[str, Any], bool]]) -> dict[str, Entry]:
    """Ours and the person's own. `stored`: (key, name, body, hidden); an empty body stands for our wording."""
    found = {key: Entry(key, body, True, False) for key, body in ready_made().items()}
    for key, name, body, hidden in stored:
        ours = found.get(key)
        if body:
            found[key] = Entry(key, replace(body_of(body), name=name), ours is not None, True, hidden)
        elif ours is not None:
            found[key] = replace(ours, hidden=hidden)
    return found


def read_file(path: Path) -> Body:
    """A template that someone sends. UserError says what is wrong with the file."""
    return read(file_text(path, "template"))


def file_text(path: Path, what: str) -> str:
    """The text of a small file from outside. `what`: what it is to be ("template"), for the words of a UserError."""
    try:
        if path.stat().st_size > FILE_LIMIT:
            raise UserError(f"“{path.name}” is too large for a {what}: at most {FILE_LIMIT // 1000} KB.")
        raw = path.read_bytes()
    except OSError as error:
        raise UserError(f"“{path.name}” cannot be read: {error.strerror or 'no such file'}.") from error
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UserError(f"“{path.name}” is no text in UTF-8. A {what} is a .toml file that can be read.") from error


def read(text: str) -> Body:
    try:
        data = tomllib.loads(text, parse_float=Decimal)
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
        said = "it is nested too deeply" if isinstance(error, RecursionError) else str(error)
        raise UserError(f"This is no template that can be read: {said}.") from error
    return body_of(data)


def body_of(data: Mapping[str, Any]) -> Body:
    """From a file's or the store's plain values."""
    body = _made(Body, data, "The template")
    if not body.title.strip():
        raise UserError('The template has no title. Give it a line: title = "…".')
    return body if body.name.strip() else replace(body, name=body.title)


def _made(kind: type[P], data: Any, where: str) -> P:
    if not isinstance(data, Mapping):
        raise UserError(f"{where} is no table of names and values.")
    wanted = {one.name: one.default for one in fields(kind)}  # type: ignore[arg-type]
    for key in data:
        if key not in wanted:
            raise UserError(f"{where} says “{str(key)[:60]}”, which no template has.")
    return kind(**{key: _value(key, wanted[key], value, where) for key, value in data.items()})


def _value(key: str, like: Any, value: Any, where: str) -> Any:
    if key == "fee":
        return _cents(value, where)
    if isinstance(like, tuple):
        if not isinstance(value, list | tuple) or len(value) > MOST_PARTS:
            raise UserError(f"{where}: “{key}” is a list of at most {MOST_PARTS}.")
        if key in _PARTS:
            return tuple(_made(_PARTS[key], one, f"{key.capitalize()}, number {n}") for n, one in enumerate(value, 1))
        return tuple(_plain(key, "", one, where) for one in value)
    return _plain(key, like, value, where)


def _plain(key: str, like: Any, value: Any, where: str) -> Any:
    if type(value) is not type(like):
        wanted = {str: "text", int: "a whole number", bool: "true or false"}[type(like)]
        raise UserError(f"{where}: “{key}” is {wanted}.")
    if key in _RANGES and not _RANGES[key][0] <= value <= _RANGES[key][1]:
        least, most = _RANGES[key]
        raise UserError(f"{where}: “{key}” is from {least} to {most}.")
    return value


def _cents(value: Any, where: str) -> int:
    try:
        if isinstance(value, bool):
            raise InvalidOperation
        cents = Decimal(str(value)) * 100
        if not cents.is_finite() or cents != cents.to_integral_value() or not 0 <= cents <= 100_000_000:
            raise InvalidOperation
    except DecimalException:
        raise UserError(f"{where}: “fee” is an amount such as 320 or 320.50.") from None
    return int(cents)


def as_data(body: Body) -> dict[str, Any]:
    """Plain values as in a file, what is not said left out; `body_of` reads them back the same."""
    found: dict[str, Any] = {}
    for one in fields(body):
        value = getattr(body, one.name)
        if one.name in _PARTS:
            value = [_bare(part) for part in value]
        elif one.name == "fee":
            value = value // 100 if value % 100 == 0 else f"{value // 100}.{value % 100:02}"
        elif isinstance(value, tuple):
            value = list(value)
        if value != ([] if isinstance(one.default, tuple) else one.default):
            found[one.name] = value
    return found


def _bare(part: Any) -> dict[str, Any]:
    values = {one.name: getattr(part, one.name) for one in fields(part)}
    shown = {key: value for key, value in values.items() if _UNSAID.get(key, ...) != value}
    return {key: list(value) if isinstance(value, tuple) else value for key, value in shown.items()}


_UNSAID = {"weight": 1, "weight_why": ""}
"""Said only of a criterion that counts otherwise than the rest."""


def write(body: Body) -> str:
    """The template as a file that people read and `read` takes back."""
    lines: list[str] = []
    parts: list[str] = []
    for key, value in as_data(body).items():
        if key in _PARTS:
            for part in value:
                parts += ["", f"[[{key}]]", *(f"{name} = {toml_value(said)}" for name, said in part.items())]
        else:
            lines.append(f"{key} = {toml_value(value)}")
    return "\n".join([*lines, *parts]) + "\n"


def toml_value(value: Any) -> str:
    """How a text, a number, yes or no, or a list of them stands in a .toml file."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, list):
        inside = ", ".join(toml_value(one) for one in value)
        if len(inside) < 90:
            return f"[{inside}]"
        return "[\n" + "".join(f"    {toml_value(one)},\n" for one in value) + "]"
    escaped = str(value).replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(c if c >= " " and c != "\x7f" else f"\\u{ord(c):04x}" for c in escaped) + '"'
