"""Where the words and the small black marks of a PDF's page stand; used only in the process apart.

pypdf gives text in reading order and joins what stands beside each other; a form that was printed needs what stands in
each of its boxes. Points, from the lower left of the page as it is shown.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from pypdf import PageObject
from pypdf.generic import ArrayObject, ContentStream, DictionaryObject, NameObject, NullObject
from pypdf.generic._font import Font

from core.exchange.returned import UNREADABLE

Matrix = tuple[float, float, float, float, float, float]
Box = tuple[float, float, float, float]
SAME: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
MOST_RUNS = 20_000
MOST_MARKS = 4_000
MOST_OPERATIONS = 200_000
_DEEPEST = 12
_LARGEST_MARK = 30.0
_COLOURS = frozenset({b"g", b"rg", b"k", b"sc", b"scn"})
_SHOWS = frozenset({b"Tj", b"TJ", b"'", b'"'})


class TooMuch(Exception):
    """The page draws more than any form does."""


@dataclass(frozen=True, slots=True)
class Word:
    """Text shown in one go. `x`, `y`: where it begins on its baseline; `size`: of the letters on the page."""

    x: float
    y: float
    width: float
    size: float
    text: str


@dataclass
class Found:
    """`marks`: boxes of dark filled shapes no larger than the tick in a box."""

    words: list[Word] = field(default_factory=list)
    marks: list[Box] = field(default_factory=list)
    operations: int = 0


@dataclass
class _State:
    """What q keeps and Q brings back, as far as text and filled shapes go."""

    to_page: Matrix = SAME
    font: Font | None = None
    size: float = 12.0
    leading: float = 0.0
    wide: float = 1.0
    between: float = 0.0
    blank: float = 0.0
    dark: bool = True


def held(thing: Any, key: str) -> Any:
    """What stands under the key, wherever in the file it lies; None for nothing."""
    found = thing.get(key) if hasattr(thing, "get") else None
    found = found.get_object() if found is not None else None
    return None if isinstance(found, NullObject) else found


def words_of(page: PageObject) -> Found:
    """Raises TooMuch, and whatever pypdf raises over a broken page."""
    found = Found()
    contents = held(page, "/Contents")
    if contents is not None:
        _Walk(found, page.pdf).walk(contents, _resources(page), _shown(page), 0)
    return found


def size_of(page: PageObject) -> tuple[float, float]:
    """Width and height as it is shown."""
    box = page.cropbox
    width, height = float(box.width), float(box.height)
    return (height, width) if _turned(page) in (90, 270) else (width, height)


def _turned(page: PageObject) -> int:
    return int(held(page, "/Rotate") or 0) % 360


def _shown(page: PageObject) -> Matrix:
    """From the page's own points to those of the page as it is shown."""
    left, bottom = float(page.cropbox.left), float(page.cropbox.bottom)
    width, height = float(page.cropbox.width), float(page.cropbox.height)
    moved: Matrix = (1, 0, 0, 1, -left, -bottom)
    turn: dict[int, Matrix] = {
        90: (0, -1, 1, 0, 0, width),
        180: (-1, 0, 0, -1, width, height),
        270: (0, 1, -1, 0, height, 0),
    }
    return _times(moved, turn.get(_turned(page), SAME))


def _resources(thing: DictionaryObject) -> DictionaryObject:
    """Its own or, of a page, those it inherits."""
    here: Any = thing
    for _ in range(_DEEPEST):
        found = held(here, "/Resources")
        if isinstance(found, DictionaryObject):
            return found
        here = held(here, "/Parent")
    return DictionaryObject()


class _Walk:
    def __init__(self, found: Found, pdf: Any) -> None:
        self.found, self.pdf = found, pdf
        self.fonts: dict[int, Font | None] = {}

    def walk(self, stream: Any, resources: DictionaryObject, to_page: Matrix, deep: int) -> None:
        state, kept = _State(to_page), list[_State]()
        line = text = SAME
        path = _Path()
        for operands, operator in self._operations(stream):
            if operator == b"q":
                kept.append(replace(state))
            elif operator == b"Q":
                state = kept.pop() if kept else _State(to_page)
            elif operator == b"cm":
                state.to_page = _times(_matrix(operands), state.to_page)
            elif operator == b"Do" and operands:
                self._inside(resources, operands[0], state.to_page, deep)
            elif operator == b"BT":
                line = text = SAME
            elif operator == b"Tm":
                line = text = _matrix(operands)
            elif operator in (b"Td", b"TD", b"T*"):
                line = text = self._next_line(operator, operands, state, line)
            elif operator in _SHOWS:
                if operator in (b"'", b'"'):
                    line = text = _times((1, 0, 0, 1, 0, -state.leading), line)
                text = self._show(operands[-1] if operands else b"", state, text)
            elif not self._sets(operator, operands, resources, state):
                self._draws(path, operator, operands, state)

    def _operations(self, stream: Any) -> Iterator[tuple[list[Any], bytes]]:
        for operands, operator in ContentStream(stream, self.pdf, "bytes").operations:
            self.found.operations += 1
            if self.found.operations > MOST_OPERATIONS:
                raise TooMuch
            yield operands, operator

    def _inside(self, resources: DictionaryObject, name: Any, to_page: Matrix, deep: int) -> None:
        """A drawing within the page, as flattening makes one of each field."""
        drawn = held(held(resources, "/XObject"), name)
        if held(drawn, "/Subtype") != "/Form" or deep >= _DEEPEST:
            return
        own = held(drawn, "/Resources") or resources
        self.walk(drawn, own, _times(_matrix(held(drawn, "/Matrix") or ()), to_page), deep + 1)

    @staticmethod
    def _next_line(operator: bytes, operands: list[Any], state: _State, line: Matrix) -> Matrix:
        x, y = (0.0, -state.leading) if operator == b"T*" else (_number(operands, 0), _number(operands, 1))
        if operator == b"TD":
            state.leading = -y
        return _times((1, 0, 0, 1, x, y), line)

    def _sets(self, operator: bytes, operands: list[Any], resources: DictionaryObject, state: _State) -> bool:
        """Whether it sets how text is shown or what colour fills."""
        number = _number(operands, 0)
        if operator == b"Tf" and operands:
            state.font, state.size = self._font(resources, operands[0]), _number(operands, 1, 12.0)
        elif operator == b"TL":
            state.leading = number
        elif operator == b"Tz":
            state.wide = number / 100
        elif operator == b"Tc":
            state.between = number
        elif operator == b"Tw":
            state.blank = number
        elif operator in _COLOURS:
            state.dark = _dark([float(one) for one in operands if isinstance(one, int | float)])
        else:
            return False
        return True

    def _font(self, resources: DictionaryObject, name: Any) -> Font | None:
        one = held(held(resources, "/Font"), name)
        if one is None:
            return None
        if id(one) not in self.fonts:
            self.fonts[id(one)] = Font.from_font_resource(one)
        return self.fonts[id(one)]

    def _show(self, shown: Any, state: _State, text: Matrix) -> Matrix:
        """Where the next text begins."""
        parts = shown if isinstance(shown, ArrayObject) else [shown]
        said, begun, along = "", 0.0, 0.0
        for part in parts:
            if isinstance(part, int | float):
                step = -float(part) / 1000 * state.size * state.wide
                if abs(step) > 1.5 * state.size and said:
                    self._keep(said, begun, along, state, text)
                    said, begun = "", along + step
                elif step > 0.2 * state.size and said and not said.endswith(" "):
                    said += " "
                along += step
                if not said:
                    begun = along
            elif isinstance(part, bytes | str) and not isinstance(part, NameObject):
                for letter, width in _letters(part, state.font):
                    said += letter
                    step = width / 1000 * state.size + state.between + (state.blank if letter == " " else 0.0)
                    along += step * state.wide
        if said:
            self._keep(said, begun, along, state, text)
        return _times((1, 0, 0, 1, along, 0), text)

    def _keep(self, said: str, begun: float, along: float, state: _State, text: Matrix) -> None:
        if len(self.found.words) >= MOST_RUNS:
            raise TooMuch
        place = _times(text, state.to_page)
        x, y = _at(place, begun, 0)
        end, _ = _at(place, along, 0)
        size = state.size * (place[2] ** 2 + place[3] ** 2) ** 0.5
        self.found.words.append(Word(x, y, end - x, abs(size), said))

    def _draws(self, path: _Path, operator: bytes, operands: list[Any], state: _State) -> None:
        if operator in (b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*"):
            box = path.box(state.to_page)
            if box is not None and state.dark and _small(box) and len(self.found.marks) < MOST_MARKS:
                self.found.marks.append(box)
            path.points.clear()
        elif operator in (b"n", b"S", b"s"):
            path.points.clear()
        else:
            path.add(operator, [float(one) for one in operands if isinstance(one, int | float)])


class _Path:
    def __init__(self) -> None:
        self.points: list[tuple[float, float]] = []

    def add(self, operator: bytes, numbers: list[float]) -> None:
        if operator == b"re" and len(numbers) >= 4:
            x, y, width, height = numbers[:4]
            self.points += [(x, y), (x + width, y + height)]
        elif operator in (b"m", b"l", b"c", b"v", b"y"):
            self.points += list(zip(numbers[::2], numbers[1::2], strict=False))

    def box(self, to_page: Matrix) -> Box | None:
        placed = [_at(to_page, x, y) for x, y in self.points]
        if not placed:
            return None
        across, up = [x for x, _ in placed], [y for _, y in placed]
        return min(across), min(up), max(across), max(up)


def _letters(shown: bytes | str, font: Font | None) -> Iterator[tuple[str, float]]:
    """Each letter and its width in thousandths of the size."""
    raw = shown if isinstance(shown, bytes) else shown.encode("latin-1", "replace")
    if font is None:
        for byte in raw:
            yield chr(byte), 500.0
    elif isinstance(font.encoding, str):
        for letter in raw.decode(font.encoding, "replace"):
            # Codes are no letters by themselves: one that the font's own map does not have cannot be read.
            unknown = UNREADABLE if font.character_map else letter
            yield font.character_map.get(letter, unknown), font.get_text_width(letter)
    else:
        for byte in raw:
            letter = font.encoding.get(byte, chr(byte))
            yield font.character_map.get(letter, letter), font.get_text_width(chr(byte))


def _small(box: Box) -> bool:
    return box[2] - box[0] <= _LARGEST_MARK and box[3] - box[1] <= _LARGEST_MARK


def _dark(colour: list[float]) -> bool:
    """Of grey, red-green-blue, or the four inks; what a pattern or another space looks like is not known here."""
    if len(colour) == 1:
        return colour[0] < 0.6
    if len(colour) == 3:
        return 0.3 * colour[0] + 0.59 * colour[1] + 0.11 * colour[2] < 0.6
    return len(colour) != 4 or colour[3] + sum(colour[:3]) / 3 > 0.4


def _number(operands: Any, at: int, otherwise: float = 0.0) -> float:
    value = operands[at] if at < len(operands) else None
    return float(value) if isinstance(value, int | float) else otherwise


def _matrix(numbers: Any) -> Matrix:
    found = [float(one) for one in numbers if isinstance(one, int | float)]
    return (found[0], found[1], found[2], found[3], found[4], found[5]) if len(found) == 6 else SAME


def _times(first: Matrix, then: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def _at(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    return matrix[0] * x + matrix[2] * y + matrix[4], matrix[1] * x + matrix[3] * y + matrix[5]
