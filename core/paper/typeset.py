"""Text of any script as lines of glyphs: lines are broken first, then each is put in order and its letters joined.

What reads the page gets the text back as it was typed: letters are drawn as text, each on the line's own height; marks
above and below as areas, with their letter as text of no width; letters from right to left as they stand, said to be so
(ISO 32000-1, 14.8.2.3.3); and clusters of several glyphs with their words (14.9.4).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from core.paper import bidi, fonts, shaping
from core.paper.breaking import atoms
from core.paper.glyph_font import BLANK, GlyphFont
from core.paper.shaped import Line, Piece

if TYPE_CHECKING:
    from reportlab.lib.colors import Color

_BOLDER: Final = 0.022
"""How much thicker the strokes are drawn where a face has no bold, to the type size."""
_LEAST: Final = 0.5
_HIGHEST: Final = 1200.0
"""Marks that are stacked higher are copied, but not drawn over the lines above."""


class Text:
    """A paragraph's text with the look of each part of it."""

    def __init__(self, frags: Sequence[Any]) -> None:
        parts: list[str] = []
        self.looks: list[tuple[int, int, Any]] = []
        at = 0
        for frag in frags:
            text = "\n" if getattr(frag, "lineBreak", False) else " ".join(f"|{frag.text}|".split())[1:-1]
            if text[:1] == " " and (not parts or parts[-1][-1:] in (" ", "\n", "")):
                text = text[1:]
            if text:
                parts.append(text)
                self.looks.append((at, at + len(text), frag))
                at += len(text)
        self.text = "".join(parts)
        self.base = bidi.base_level(self.text)
        self.levels = bidi.levels(self.text, self.base)
        self.han = shaping.han_order(self.text)

    @property
    def width(self) -> float:
        return self._width(0, len(self.text))

    def before(self, end: int) -> int:
        """Where the last cluster before `end` begins."""
        return max((start for start, _ in shaping.clusters(self.text) if start < end), default=0)

    def lines(self, widths: Sequence[float]) -> list[Line]:
        found: list[Line] = []
        start = 0
        for paragraph in self.text.split("\n"):
            end = start + len(paragraph)
            self._broken(start, end, widths, found)
            start = end + 1
        return found

    def _broken(self, start: int, end: int, widths: Sequence[float], found: list[Line]) -> None:
        first, used, width = start, start, 0.0
        for begin, shown, stop in self._fitting(start, end, widths[-1]):
            more = self._width(begin, shown)
            room = widths[min(len(found), len(widths) - 1)]
            if width and width + more > room + _LEAST / 100:
                found.append(self._line(first, used))
                first, width = begin, 0.0
            width += self._width(begin, stop)
            used = stop
        found.append(self._line(first, used, end < len(self.text)))

    def _fitting(self, start: int, end: int, room: float) -> Iterator[tuple[int, int, int]]:
        """What may not be parted, but for what is wider than a line: (start, end, end with spaces)."""
        for begin, shown, stop in atoms(self.text, start, end):
            if self._width(begin, shown) <= room:
                yield begin, shown, stop
                continue
            cut, wide = begin, 0.0
            for first, last in shaping.clusters(self.text[begin:shown]):
                more = self._width(begin + first, begin + last)
                if wide and wide + more > room:
                    yield cut, begin + first, begin + first
                    cut, wide = begin + first, 0.0
                wide += more
            yield cut, shown, stop

    def _width(self, start: int, end: int) -> float:
        return sum(piece.width for piece in self._pieces(start, end))

    def _pieces(self, start: int, end: int) -> list[Piece]:
        made: list[Piece] = []
        for first, last, look in self.looks:
            begin, stop = max(first, start), min(last, end)
            if begin < stop and look is not None:
                own = fonts.own_files(look.fontName)
                for file, level, one, other in shaping.itemised(self.text, self.levels, own, self.han, begin, stop):
                    plain = fonts.stands_alone(self.text[one:other], file)
                    made.append(Piece(shaping.shaped(self.text, file, level, one, other, plain), look))
        return made

    def _line(self, start: int, stop: int, hard: bool = False) -> Line:
        end = start + len(self.text[start:stop].rstrip(" "))
        # Spaces at a line's end are the paragraph's, wherever they stand.
        self.levels[end:stop] = [self.base] * (stop - end)
        pieces = self._pieces(start, stop)
        frags = []
        for first, last, look in self.looks:
            begin, until = max(first, start), min(last, stop + hard)
            if begin < until:
                frags.append(look if getattr(look, "lineBreak", False) else look.clone(text=self.text[begin:until]))
        return Line(self.base, tuple(pieces), self._width(start, end), tuple(frags))


class Pen:
    """Draws lines into one text of the page, and the marks over them beside it."""

    def __init__(self, canvas: Any, into: Any) -> None:
        self.canvas, self.into = canvas, into
        self.code: list[str] = into._code  # noqa: SLF001 - ReportLab's texts are written letter by letter
        self.marks: list[str] = []

    def line(self, line: Line, x: float, y: float) -> None:
        order = bidi.turned([piece.run.level for piece in line.pieces])
        places: dict[int, float] = {}
        if line.base and order:
            # Spaces at the end of a line from right to left stand before its beginning.
            x -= sum(piece.width for piece in line.pieces) - line.width
        for number in order:
            places[number] = x
            x += line.pieces[number].width
        for number, piece in enumerate(line.pieces):
            self._piece(piece, places[number], y)

    def finish(self) -> None:
        self.canvas.drawText(self.into)
        for mark in self.marks:
            self.canvas.addLiteral(mark)

    def _piece(self, piece: Piece, x: float, y: float) -> None:
        run, look = piece.run, piece.look
        if not run.level % 2 and fonts.stands_alone(run.text, run.face):
            self._plain(run, look, x, y)
            return
        size = float(look.fontSize)
        scale = size / 1000
        font: GlyphFont = self.canvas.glyphs.of(run.face)
        bolder = look.fontName == fonts.BOLD and run.face not in (
            *fonts.own_files(fonts.BOLD),
            shaping.SCRIPTS["Emoji"],
        )
        self.into.setFillColor(look.textColor)
        self.code.append(f"/{font.name} {size:g} Tf 1 0 0 1 {x:.3f} {y:.3f} Tm")
        if bolder:
            self.into.setStrokeColor(look.textColor)
            self.code.append(f"2 Tr {size * _BOLDER:.3f} w")
        told = any(not glyph.text and glyph.advance for glyph in run.glyphs)
        if run.level % 2:
            self.code.append("/ReversedChars BMC")
        elif told:
            self.code.append(f"/Span <</ActualText <FEFF{_hex(run.text)}>>> BDC")
        self._glyphs(
            font, run, lambda dx, dy, glyph: self._mark(run.face, glyph, look, bolder, x + dx * scale, y + dy * scale)
        )
        if run.level % 2 or told:
            self.code.append("EMC")
        if bolder:
            self.code.append("0 Tr")

    def _plain(self, run: shaping.Run, look: Any, x: float, y: float) -> None:
        """As ReportLab draws it elsewhere on the page, so that no typeface is in the file twice."""
        self.into.setFillColor(look.textColor)
        self.into.setTextOrigin(x, y)
        self.into.setFont(fonts.of_file(run.face), look.fontSize)
        self.into.textOut(run.text)

    def _glyphs(self, font: GlyphFont, run: shaping.Run, mark: Any) -> None:
        shown: list[str] = []
        at, pen = 0.0, 0.0
        for glyph, text in _told(run):
            # Who reads the page turns letters round one by one: none but marks, whose order is no matter, are together.
            alone = text[1:] if run.level % 2 else ""
            if _is_mark(glyph):
                if abs(glyph.y) < _HIGHEST:
                    mark(at + glyph.x, glyph.y, glyph.number)
                codes = [font.code(BLANK, text)] if text else []
            else:
                codes = [font.code(BLANK, letter) for letter in reversed(alone)]
            for code in codes:
                shown.append(f"<{code}>")
                pen += font.width(BLANK)
            if not _is_mark(glyph):
                if abs(off := at + glyph.x - pen) >= _LEAST:
                    shown.append(f"{-off:.0f}")
                    pen += round(off)
                shown.append(f"<{font.code(glyph.number, text.removesuffix(alone))}>")
                pen += font.width(glyph.number)
            at += glyph.advance
        self.code.append(f"[{''.join(shown)}] TJ")

    def _mark(self, file: str, glyph: int, look: Any, bolder: bool, x: float, y: float) -> None:
        path = shaping.outline(file, glyph)
        if not path:
            return
        scale = float(look.fontSize) / 1000
        drawn = [_painted(look.textColor)]
        if bolder:
            drawn.append(f"{look.fontSize * _BOLDER:.3f} w")
        for what, points in path:
            placed = (f"{value * scale + (y if odd % 2 else x):.3f}" for odd, value in enumerate(points))
            drawn.append(" ".join((*placed, what)))
        drawn.append("B" if bolder else "f")
        self.marks.append(" ".join(drawn))


def _is_mark(glyph: shaping.Glyph) -> bool:
    return not glyph.advance or bool(glyph.y)


def _told(run: shaping.Run) -> list[tuple[shaping.Glyph, str]]:
    """Each glyph with its text. From left to right, a letter has that of its marks too; else what reads the page would
    part them, or turn them round."""
    if run.level % 2:
        return [(glyph, glyph.text) for glyph in run.glyphs]
    told: list[tuple[shaping.Glyph, str]] = []
    base = -1
    for glyph in run.glyphs:
        text = glyph.text
        if not _is_mark(glyph):
            base = len(told)
        elif base >= 0:
            told[base] = (told[base][0], told[base][1] + text)
            text = ""
        told.append((glyph, text))
    return told


def _hex(text: str) -> str:
    return text.encode("utf-16-be").hex().upper()


@lru_cache(64)
def _painted(colour: Color) -> str:
    red, green, blue = (f"{part:.4g}" for part in (colour.red, colour.green, colour.blue))
    return f"{red} {green} {blue} rg {red} {green} {blue} RG"
