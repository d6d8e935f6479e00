"""What a parser hands over for each row of a table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a row cannot be taken in as it stands. `field` and `header` are empty where the whole row is meant."""

    field: str
    header: str
    words: str


@dataclass(frozen=True, slots=True)
class ParsedRow(Generic[T]):
    """`row` holds what could be read, also where there are problems. `notes` say how something was understood."""

    line: int
    row: T
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()
