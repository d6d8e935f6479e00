"""A form to be filled in elsewhere, as plain data: its fields, and where each stands on the pages.

Made by core.paper, kept with the form in the store, and used to read it when it comes back (core.jobs.returned).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

Kind = Literal["text", "long", "choice", "check"]


@dataclass(frozen=True, slots=True)
class FormField:
    """`name`: unique in its form. `words`: what stands above it. `options`: of a choice, (value, words). `most`: the
    letters that it takes, 0 where it takes none. `hint`: under its words.
    """

    name: str
    kind: Kind
    words: str
    options: tuple[tuple[str, str], ...] = ()
    most: int = 0
    required: bool = False
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Placed:
    """A field on a page (0 the first). `rect`: left, bottom, right, top in points from the page's lower left; of a
    choice that is shown as circles, one for each of its options.
    """

    field: FormField
    page: int
    rect: tuple[float, float, float, float]
    rects: tuple[tuple[float, float, float, float], ...] = ()


def layout(kind: str, pages: int, size: tuple[float, float], placed: Sequence[Placed]) -> dict[str, Any]:
    """As Form.layout keeps it."""
    return {
        "kind": kind,
        "pages": pages,
        "size": [round(side, 2) for side in size],
        "fields": [_kept(one) for one in placed],
    }


def _kept(one: Placed) -> dict[str, Any]:
    told: dict[str, Any] = asdict(one.field)
    told["options"] = [list(option) for option in one.field.options]
    told["page"] = one.page
    told["rect"] = [round(side, 2) for side in one.rect]
    if one.rects:
        told["rects"] = [[round(side, 2) for side in rect] for rect in one.rects]
    return told
