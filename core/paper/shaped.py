"""Paragraphs with letters of any script, where ReportLab's own way would draw them wrong; others are left to it.

Lines are broken first, then each is put in order and its letters joined: `core.paper.typeset`, which is loaded with the
first letter that needs it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from reportlab.lib.abag import ABag
from reportlab.lib.enums import TA_CENTER, TA_RIGHT
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Paragraph
from reportlab.platypus.paragraph import ParaLines, _drawBullet  # type: ignore[attr-defined]

from core.paper import fonts

if TYPE_CHECKING:
    from core.paper.shaping import Run


@dataclass(frozen=True, slots=True)
class Piece:
    """A run with the look of ReportLab's fragment that it is of."""

    run: Run
    look: Any

    @property
    def width(self) -> float:
        return self.run.width * float(self.look.fontSize) / 1000


@dataclass(frozen=True, slots=True)
class Line:
    """`pieces`: in the text's order. `width`: without spaces at its end. `frags`: what it is made from."""

    base: int
    pieces: tuple[Piece, ...]
    width: float
    frags: tuple[Any, ...]


class Shaped(Paragraph):
    """A ReportLab paragraph that is drawn by glyphs where its own way would draw its letters wrong."""

    def breakLines(self, width: Any) -> Any:
        if not any(fonts.needs_shaping(one.text) for one in self.frags if getattr(one, "text", "")):
            return super().breakLines(width)
        widths = list(width) if isinstance(width, (list, tuple)) else [width]
        from core.paper.typeset import Text

        return ParaLines(kind=1, lines=Text(self.frags).lines(widths))

    def _get_split_blParaFunc(self) -> Any:
        lines = self.blPara.lines
        if lines and isinstance(lines[0], Line):
            return lambda para, start, stop: [frag for line in para.lines[start:stop] for frag in line.frags]
        return super()._get_split_blParaFunc()  # type: ignore[misc]

    def drawPara(self, debug: Any = 0) -> None:
        lines: list[Any] = self.blPara.lines
        if not lines or not isinstance(lines[0], Line):
            super().drawPara(debug)
            return
        drawn = self.blPara
        try:
            # Without lines, ReportLab draws the paragraph's ground alone.
            self.blPara: Any = ParaLines(kind=1, lines=[])
            super().drawPara(debug)
        finally:
            self.blPara = drawn
        self._draw(lines)

    def _draw(self, lines: Sequence[Line]) -> None:
        from core.paper.typeset import Pen

        canvas: Any = self.canv
        look: Any = self.style
        height: float = self.height
        y = height - max((float(one.look.fontSize) for one in lines[0].pieces), default=float(look.fontSize))
        canvas.saveState()
        offset = look.firstLineIndent
        if self.bulletText:
            offset = _drawBullet(canvas, offset, y, self.bulletText, look, rtl=False)
        pen = Pen(canvas, self.beginText(look.leftIndent, y))
        room = self.width - look.leftIndent - look.rightIndent
        for number, line in enumerate(lines):
            x = look.leftIndent + (offset if not number else 0)
            spare = room - (offset if not number else 0) - line.width
            if look.alignment == TA_RIGHT:
                x += spare
            elif look.alignment == TA_CENTER:
                x += spare / 2
            pen.line(line, x, y)
            y -= look.leading
        pen.finish()
        canvas.restoreState()


@lru_cache(4096)
def wide(text: str, font: str, size: float) -> float:
    """How long the text is on one line, whatever its letters; all of it in ReportLab's own way where that will do."""
    text = fonts.plain(text)
    if not fonts.needs_shaping(text):
        return float(sum(stringWidth(piece, own or font, size) for own, piece in fonts.runs(text)))
    from core.paper.typeset import Text

    return Text([ABag(text=text, fontName=font, fontSize=size)]).width


def cut(text: str, room: float, font: str, size: float) -> str:
    """As much of the text as fits on one line, with an ellipsis where that is not all."""
    if wide(text, font, size) <= room:
        return text
    from core.paper.typeset import Text

    kept = text
    while kept and wide(kept.rstrip() + "…", font, size) > room:
        kept = text[: Text([ABag(text=text, fontName=font, fontSize=size)]).before(len(kept))]
    return kept.rstrip() + "…"
