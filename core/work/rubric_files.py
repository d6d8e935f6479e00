"""Rubrics as files that people read: the library that ships with the program, and what goes out and comes in."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any

import resources
from core.errors import UserError
from core.model import words
from core.template import file_text, toml_value
from core.text import fold

LEVEL_FIELDS = ("level_1", "level_2", "level_3", "level_4")
GENERAL = "general"
"""The ready-made one that fits any task."""
MOST_IN_A_FILE = 50
_WHAT = "rubric"


@dataclass(frozen=True, kw_only=True)
class CriterionDraft:
    """`question_id`: the question whose answer shows it; None: the whole application. `id`: the row it stands for."""

    name: str = ""
    level_1: str = ""
    level_2: str = ""
    level_3: str = ""
    level_4: str = ""
    hint: str = ""
    competency: str = ""
    weight: int = 1
    weight_why: str = ""
    question_id: str | None = None
    id: str | None = None

    @property
    def levels(self) -> tuple[str, str, str, str]:
        return (self.level_1, self.level_2, self.level_3, self.level_4)


@dataclass(frozen=True, kw_only=True)
class RubricDraft:
    name: str = ""
    criteria: Sequence[CriterionDraft] = ()


@dataclass(frozen=True, slots=True)
class Shelved:
    """A rubric to start from. `kind`: any (task), competency, skill or own. `about` and `words` help to find it."""

    key: str
    kind: str
    draft: RubricDraft
    about: str = ""
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FoundCriterion:
    """A single criterion of the library. `key`: its own; `rubric`: the name of the one that it stands in."""

    key: str
    rubric: str
    criterion: CriterionDraft


@cache
def library() -> Mapping[str, Shelved]:
    """Key (the file's name) to what ships: for any task, then the eight competencies, then skills by name."""
    found = [_shelved(path.stem, path.read_text("utf-8")) for path in resources.path("rubrics").glob("*.toml")]
    order = ("any", "competency", "skill")
    return {one.key: one for one in sorted(found, key=lambda one: (order.index(one.kind), fold(one.draft.name)))}


def ready_made() -> dict[str, RubricDraft]:
    """Key ("general", "writing", ...) to a worded rubric that one can take as it is or change."""
    return {key: one.draft for key, one in library().items()}


def find_criteria(shelf: Iterable[Shelved], said: str) -> list[FoundCriterion]:
    """Criteria that have every word that was said, in what they or their rubric say; those named so come first.

    Without words: all, in the shelf's order.
    """
    wanted = fold(said).split()
    found: list[tuple[int, FoundCriterion]] = []
    for one in shelf:
        about = fold(" ".join((one.draft.name, one.about, *one.words)))
        for at, criterion in enumerate(one.draft.criteria):
            named = fold(f"{criterion.name} {criterion.competency} {one.draft.name}")
            beside = f"{named} {about} {fold(criterion.hint)}"
            if all(word in beside for word in wanted):
                missed = sum(word not in named for word in wanted)
                found.append((missed, FoundCriterion(f"{one.key}/{at}", one.draft.name, criterion)))
    return [one for _, one in sorted(found, key=lambda each: each[0])]


# --- files ----------------------------------------------------------------------------------------------------------


def read_file(path: Path) -> RubricDraft:
    """A rubric that someone sends; its rules are checked when it is kept. UserError: what is wrong with the file."""
    return read(file_text(path, _WHAT))


def read(text: str) -> RubricDraft:
    return _shelved("", text).draft


def write(draft: RubricDraft) -> str:
    """The rubric as a file that `read` takes back. Which question shows a criterion is the project's, and stays."""
    data = as_data(draft)
    lines = [f"name = {toml_value(data['name'])}"]
    for one in data["criteria"]:
        lines += ["", "[[criteria]]"]
        for key, value in one.items():
            if key == "levels":
                lines += ["levels = [", *(f"    {toml_value(level)}," for level in value), "]"]
            else:
                lines.append(f"{key} = {toml_value(value)}")
    return "\n".join(lines) + "\n"


def as_data(draft: RubricDraft) -> dict[str, Any]:
    """Plain values as in a file, what is not said left out; `of_data` reads them back the same."""
    return {"name": draft.name, "criteria": [_criterion_data(one) for one in draft.criteria]}


def of_data(data: Mapping[str, Any]) -> RubricDraft:
    """From a file's or the store's plain values."""
    for key in data:
        if key not in ("name", "about", "words", "criteria"):
            raise UserError(f"The rubric says “{str(key)[:60]}”, which no rubric has.")
    criteria = data.get("criteria", [])
    if not isinstance(criteria, list) or len(criteria) > MOST_IN_A_FILE:
        raise UserError(f"The rubric’s “criteria” are a list of at most {MOST_IN_A_FILE}.")
    name = _plain(data, "name", "", "The rubric")
    return RubricDraft(name=name, criteria=[_criterion(one, at) for at, one in enumerate(criteria, 1)])


def _criterion_data(one: CriterionDraft) -> dict[str, Any]:
    values: dict[str, Any] = {"name": one.name, "hint": one.hint, "competency": one.competency}
    if one.weight != 1:
        values["weight"] = one.weight
    values["weight_why"] = one.weight_why
    return {key: value for key, value in values.items() if value != ""} | {"levels": list(one.levels)}


_FILED = {one.name: one.default for one in fields(CriterionDraft) if one.name in
          ("name", "hint", "competency", "weight", "weight_why")}  # fmt: skip


def _criterion(data: Any, number: int) -> CriterionDraft:
    where = f"Criterion {number}"
    if not isinstance(data, Mapping):
        raise UserError(f"{where} is no table of names and values.")
    for key in data:
        if key != "levels" and key not in _FILED:
            raise UserError(f"{where} says “{str(key)[:60]}”, which no criterion has.")
    levels = data.get("levels", [])
    if not isinstance(levels, list) or len(levels) != len(LEVEL_FIELDS) or not all(isinstance(v, str) for v in levels):
        raise UserError(f"{where}: “levels” is a list of {len(LEVEL_FIELDS)} texts, the lowest level first.")
    values = {key: _plain(data, key, default, where) for key, default in _FILED.items()}
    return CriterionDraft(**values, **dict(zip(LEVEL_FIELDS, levels, strict=True)))


def _plain(data: Mapping[str, Any], key: str, like: Any, where: str) -> Any:
    value = data.get(key, like)
    if type(value) is not type(like):
        raise UserError(f"{where}: “{key}” is {'text' if isinstance(like, str) else 'a whole number'}.")
    return value


def _shelved(key: str, text: str) -> Shelved:
    try:
        data = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
        said = "it is nested too deeply" if isinstance(error, RecursionError) else str(error)
        raise UserError(f"This is no rubric that can be read: {said}.") from error
    draft = of_data(data)
    kind = "any" if key == GENERAL else "competency" if draft.name in words.COMPETENCIES else "skill"
    found = data.get("words", [])
    return Shelved(key, kind, draft, str(data.get("about", "")), tuple(map(str, found)) if key else ())
