"""A form to be filled in elsewhere, as plain data: its fields, and where each stands on the pages.

Made by core.paper, kept with the form in the store, and used to read it when it comes back (core.jobs.returned).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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


@dataclass(frozen=True, slots=True)
class Foot:
    """The line at the foot of each page that bears the code: where it begins and ends, its baseline, its letters' size.

    Of a page that was printed larger or smaller it tells by how much.
    """

    left: float
    baseline: float
    right: float
    size: float


@dataclass(frozen=True, slots=True)
class Pages:
    """How many a form has and how large they are, in points. `foot`: None where it was not kept."""

    count: int = 0
    size: tuple[float, float] = (0.0, 0.0)
    foot: Foot | None = None


def layout(kind: str, pages: Pages, placed: Sequence[Placed]) -> dict[str, Any]:
    """As Form.layout keeps it."""
    told: dict[str, Any] = {
        "kind": kind,
        "pages": pages.count,
        "size": [round(side, 2) for side in pages.size],
        "fields": [_kept(one) for one in placed],
    }
    if pages.foot is not None:
        told["foot"] = {name: round(value, 2) for name, value in asdict(pages.foot).items()}
    return told


def pages_of(told: Mapping[str, Any]) -> Pages:
    """Of what `layout` made, also by earlier versions, which kept no foot."""
    width, height = told.get("size") or (0.0, 0.0)
    return Pages(int(told.get("pages") or 0), (width, height), Foot(**told["foot"]) if "foot" in told else None)


def _kept(one: Placed) -> dict[str, Any]:
    told: dict[str, Any] = asdict(one.field)
    told["options"] = [list(option) for option in one.field.options]
    told["page"] = one.page
    told["rect"] = [round(side, 2) for side in one.rect]
    if one.rects:
        told["rects"] = [[round(side, 2) for side in rect] for rect in one.rects]
    return told
