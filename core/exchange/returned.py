"""A form that came back, as plain data: which code it bears, what was filled in, what is inside it that it should not
hold. The file is read in a process apart; see core.exchange.returned_apart.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from core.errors import UserError
from core.exchange import apart
from core.exchange.picture_code import codes_on, is_picture
from core.text import fold

MOST_BYTES = 10 * 1024 * 1024
NO_PDF = "It is no PDF. Ask for the form itself, saved as a PDF."
ZIPPED = "It is no PDF but an archive (ZIP) or another program's document. Take in the PDF files that are in it."
TOO_BIG = f"It has more than {MOST_BYTES // 1024 // 1024} MB, as no form has. Ask for the form alone."
SECONDS = 12.0
UNREADABLE = "\ufffd"
"""In place of a letter whose font does not say which one it is."""
Box = tuple[float, float, float, float]
"""Left, bottom, right, top in points, from the lower left of the page."""


@dataclass(frozen=True, slots=True)
class PlacedWord:
    """Text shown in one go, where it begins on its baseline."""

    page: int
    x: float
    y: float
    width: float
    size: float
    text: str


@dataclass(frozen=True)
class Came:
    """`way`: "fields" (values as they were filled in), "printed" (only words on pages) or "picture" (a scan).

    `codes`: what looks like a code, the surest first. `inside`: in words, what the file brings along and is ignored.
    """

    way: str
    codes: tuple[str, ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)
    inside: tuple[str, ...] = ()
    pages: int = 0
    words: tuple[PlacedWord, ...] = ()
    marks: tuple[tuple[int, Box], ...] = ()
    sizes: tuple[tuple[float, float], ...] = ()


def read_form(data: bytes, *, seconds: float = SECONDS, step: Callable[[], object] | None = None) -> Came:
    """UserError in a sentence where it is no PDF, too big, protected, damaged or made to do harm; SystemFault.

    `step` is called a few times a second and may raise to stop it.
    """
    if data.startswith(b"PK\x03\x04"):
        raise UserError(ZIPPED)
    if b"%PDF-" not in data[:1024] and not is_picture(data):
        raise UserError(NO_PDF)
    if len(data) > MOST_BYTES:
        raise UserError(TOO_BIG)
    if is_picture(data):
        return Came("picture", tuple(codes_on(data, step=step)), pages=1)
    told = json.loads(apart.run("form", data, seconds=seconds, step=step))
    codes = dict.fromkeys(code for place in ("field", "file", "text", "picture") for code in told["codes"][place])
    return Came(
        way="fields" if any(told["fields"].values()) else "printed" if told["wordy"] else "picture",
        codes=tuple(codes),
        values=told["fields"],
        inside=tuple(told["inside"]),
        pages=told["pages"],
        words=tuple(PlacedWord(*word) for word in told["words"]),
        marks=tuple((mark[0], (mark[1], mark[2], mark[3], mark[4])) for mark in told["marks"]),
        sizes=tuple((width, height) for width, height in told["sizes"]),
    )


# --- what stands in a box of a printed form ---------------------------------------------------------------------------


def printed_values(came: Came, fields: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """By the names of these fields what stands at their places. `fields`: see core.model.Form.layout."""
    found: dict[str, str] = {}
    for one in fields:
        name, page = str(one["name"]), int(one.get("page") or 0)
        options = [(str(value), str(words)) for value, words in one.get("options") or ()]
        circles = [_box(place) for place in one.get("rects") or ()]
        if circles:
            ticked = [value for (value, _), place in zip(options, circles, strict=False) if marked(came, page, place)]
            # Two circles filled in say nothing.
            found[name] = ticked[0] if len(ticked) == 1 else ""
        elif one.get("kind") == "check":
            found[name] = "Yes" if marked(came, page, _box(one["rect"])) else ""
        else:
            said = within(came, page, _box(one["rect"]))
            found[name] = next((value for value, words in options if fold(words) == fold(said)), said)
    return found


def may_be_cut(came: Came, one: Mapping[str, Any]) -> bool:
    """Whether words run to the right edge of a printed field, as where what was typed did not fit."""
    page, (left, bottom, right, top) = int(one.get("page") or 0), _box(one["rect"])
    return one.get("kind") in ("text", "long") and any(
        word.x + word.width > right - 2
        for word in came.words
        if word.page == page and left - 2 <= word.x < right and bottom - 1 <= word.y + word.size / 4 <= top + 1
    )


def _box(sides: Any) -> Box:
    left, bottom, right, top = (float(side) for side in sides)
    return left, bottom, right, top


def within(came: Came, page: int, box: Box) -> str:
    """The words that stand in a box, line by line. A line that was full goes on in the next."""
    left, bottom, right, top = box
    inside = [
        word
        for word in came.words
        if word.page == page and left - 2 <= word.x < right and bottom - 1 <= word.y + word.size / 4 <= top + 1
    ]
    said, room = "", 0.0
    for line in lines_of(inside):
        words = _joined(line)
        first = words.split(" ")[0]
        wide = line[-1].x + line[-1].width - line[0].x
        # Would its first word have stood in the line before, or did that stick out? Then the break was typed.
        broken = bool(words) and (wide / max(len(words), 1) * (len(first) + 1) < room or room < -2)
        said += ("\n" if broken else " ") + words if said else words
        room = right - (line[-1].x + line[-1].width)
    return said.strip()


def marked(came: Came, page: int, box: Box) -> bool:
    """Whether something dark stands in a box that is ticked or left empty."""
    left, bottom, right, top = box
    area = (right - left) * (top - bottom)
    for at, (l, b, r, t) in came.marks:  # noqa: E741 - the four sides
        middle = left <= (l + r) / 2 <= right and bottom <= (b + t) / 2 <= top
        if at == page and middle and 0.03 * area < (r - l) * (t - b) < 1.2 * area:
            return True
    return any(
        word.page == page
        and left <= word.x + word.width / 2 <= right
        and bottom - 1 <= word.y + word.size / 3 <= top
        and word.text.strip()
        for word in came.words
    )


def lines_of(words: Iterable[PlacedWord]) -> list[list[PlacedWord]]:
    lines: list[list[PlacedWord]] = []
    for word in sorted(words, key=lambda one: (-one.y, one.x)):
        if lines and abs(lines[-1][0].y - word.y) < 0.5 * max(word.size, 4):
            lines[-1].append(word)
        else:
            lines.append([word])
    return [sorted(line, key=lambda one: one.x) for line in lines]


def _joined(line: list[PlacedWord]) -> str:
    said, end = "", line[0].x
    for word in line:
        said += f" {word.text}" if said and word.x - end > 0.15 * word.size else word.text
        end = word.x + word.width
    return " ".join(said.split())
