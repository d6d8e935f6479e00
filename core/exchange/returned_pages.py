"""A printed form's pages as they were made: at their size and in their order, by the line at the foot of each.

Who prints "to fit the page" gets all of it a little smaller and elsewhere; the line with the code shows by how much.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from core.errors import UserError
from core.exchange.returned import Came, PlacedWord, lines_of
from core.form_fields import Foot, Pages

SEVERAL = "Several of its pages were printed on one, so what is written where cannot be told. Type in what it says."
OTHER_SIZE = "Its pages have another size and no foot, so what is written where cannot be told. Type in what it says."
_NUMBER = re.compile(r"page (\d+) of \d+")
_BLANK = 0.26
"""Of a space, in the size of the foot's letters."""
_SURE = 0.03
"""By how much the line's length and its letters may differ in what they say of the scale."""
_NEAR = 2.0
"""Points by which pages of one size differ."""


@dataclass(frozen=True, slots=True)
class _Sheet:
    """From a page of the file to that of the form: which, and how what stands on it is moved."""

    page: int
    scale: float = 1.0
    left: float = 0.0
    bottom: float = 0.0

    def point(self, x: float, y: float) -> tuple[float, float]:
        return (x - self.left) / self.scale, (y - self.bottom) / self.scale


def as_made(came: Came, code: str, pages: Pages) -> tuple[Came, list[int]]:
    """What stands on its pages, as on the form's own; and which of those (1 the first) are not among them.

    UserError where it cannot be told.
    """
    sheets: dict[int, _Sheet] = {}
    for at in range(len(came.sizes)):
        if pages.foot is not None and (sheet := _by_foot(came, at, code, pages.foot)) is not None:
            sheets[at] = sheet
    if not sheets:
        if any(not _same(size, pages.size) for size in came.sizes):
            raise UserError(OTHER_SIZE)
        sheets = {at: _Sheet(at) for at in range(len(came.sizes))}
    words = tuple(_word(one, sheets[one.page]) for one in came.words if one.page in sheets)
    marks = tuple(
        (sheets[at].page, (*sheets[at].point(*box[:2]), *sheets[at].point(*box[2:])))
        for at, box in came.marks
        if at in sheets
    )
    there = {sheet.page for sheet in sheets.values()}
    return replace(came, words=words, marks=marks), [at + 1 for at in range(pages.count) if at not in there]


def _by_foot(came: Came, at: int, code: str, foot: Foot) -> _Sheet | None:
    bare = code.replace("-", "")
    found: list[tuple[list[PlacedWord], int]] = []
    for line in lines_of(word for word in came.words if word.page == at):
        bears = re.sub(r"[\s\-\u2010-\u2015\u00ad]", "", "".join(word.text for word in line)).upper().count(bare)
        numbers = _NUMBER.findall(" ".join(word.text.strip() for word in line))
        if bears and numbers:
            found += [(line, int(number) - 1) for number in numbers]
    if len(found) > 1:
        raise UserError(SEVERAL)
    return _fitted(*found[0], foot) if found else None


def _fitted(line: list[PlacedWord], page: int, foot: Foot) -> _Sheet | None:
    first, last = line[0], line[-1]
    blanks = len(last.text) - len(last.text.rstrip())
    long = last.x + last.width - blanks * _BLANK * last.size - first.x
    scale, letters = long / (foot.right - foot.left), first.size / foot.size
    if scale <= 0 or abs(scale / letters - 1) > _SURE:
        return None
    return _Sheet(page, scale, first.x - foot.left * scale, first.y - foot.baseline * scale)


def _word(one: PlacedWord, sheet: _Sheet) -> PlacedWord:
    x, y = sheet.point(one.x, one.y)
    return replace(one, page=sheet.page, x=x, y=y, width=one.width / sheet.scale, size=one.size / sheet.scale)


def _same(size: tuple[float, float], other: tuple[float, float]) -> bool:
    return all(abs(one - two) < _NEAR for one, two in zip(size, other, strict=True))
