"""The pieces that papers are laid out from. People's text is never markup: only `Markup` passes unescaped.

Every piece of text is drawn by these, and says what it is, so that a new paper is tagged without a thought.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any, TypeVar
from xml.sax.saxutils import escape

from reportlab.lib.colors import Color
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import CondPageBreak, Flowable, Spacer, Table

from core.paper import fonts
from core.paper.cells import Cells, Facts, Rows
from core.paper.shaped import Shaped
from core.paper.style import ACCENT, HAIR, LINE, MUTED, style
from core.paper.tree import Node

_FOLLOWING = 56.0
_MOST_BROKEN = 500
_BROKEN: OrderedDict[tuple[str, ParagraphStyle, float], tuple[Any, tuple[float, float]]] = OrderedDict()
"""The lines of paragraphs that were set: letters to many say mostly the same."""

Cell = str | Flowable | Sequence[Flowable]
Kept = TypeVar("Kept", bound="P")
Kind = Cells | Facts | Rows | None
"""What a grid is to who hears it: a table, a list whose rows are its items, or nothing but places on the page."""


class Markup(str):
    """Text that is safe as ReportLab markup. Made only by the functions below."""

    __slots__ = ()


def esc(text: str) -> Markup:
    """People's text as markup that prints it as typed; line breaks are kept."""
    return text if isinstance(text, Markup) else _escaped(text)


@lru_cache(_MOST_BROKEN)
def _escaped(text: str) -> Markup:
    # Facts are checked before, with the name of the field; this holds for words from anywhere else.
    fonts.check([("a text", text)])
    text = fonts.plain(text)
    pieces = []
    for font, piece in fonts.runs(text):
        safe = escape(piece).replace("\n", "<br/>")
        pieces.append(f'<font name="{font}">{safe}</font>' if font else safe)
    return Markup("".join(pieces))


def strong(text: str) -> Markup:
    return Markup(f'<font name="{fonts.BOLD}">{_apart(text)}</font>')


def coloured(text: str, colour: Color = MUTED) -> Markup:
    return Markup(f'<font color="{_hex(colour)}">{_apart(text)}</font>')


def sized(text: str, size: float) -> Markup:
    return Markup(f'<font size="{size:g}">{_apart(text)}</font>')


def join(*pieces: str) -> Markup:
    """Pieces set side by side; plain ones are escaped, and turn nothing around them."""
    return Markup("".join(_apart(piece) for piece in pieces))


def _apart(text: str) -> Markup:
    return text if isinstance(text, Markup) else _escaped(fonts.isolated(text))


def _hex(colour: Color) -> str:
    return f"#{colour.hexval()[2:]}"


class P(Shaped):
    """A paragraph. Its parts on two pages are one to who hears it."""

    path: tuple[Node, ...] = ()
    """The elements that its words are in, the outermost first."""
    same: str = ""
    """Its text, where any other paragraph of that text and style has the same lines."""
    _wrapped: tuple[float, tuple[float, float]] | None = None

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """As ReportLab's, which breaks the lines anew each time that a table or a page asks, and for each letter."""
        if self._wrapped is None or self._wrapped[0] != width or not hasattr(self, "blPara"):
            self._wrapped = width, self._broken(width, height)
        return self._wrapped[1]

    def _broken(self, width: float, height: float) -> tuple[float, float]:
        if not self.same:
            return super().wrap(width, height)
        key = self.same, self.style, width
        known = _BROKEN.get(key)
        if known is None:
            size = super().wrap(width, height)
            _BROKEN[key] = self.blPara, size
            if len(_BROKEN) > _MOST_BROKEN:
                _BROKEN.popitem(last=False)
            return size
        _BROKEN.move_to_end(key)
        self.width, self.height = width, known[1][1]
        self.blPara: Any = known[0]
        return known[1]

    def split(self, width: float, height: float) -> list[Flowable]:
        parts: list[Flowable] = super().split(width, height)
        self.path = self.path or self._path()
        for part in parts:
            if isinstance(part, P):
                part.path = self.path
        return parts

    def draw(self) -> None:
        canvas: Any = self.canv
        if canvas.sealed:
            super().draw()
            return
        self.path = self.path or self._path()
        for node in self.path:
            canvas.push(node)
        self._begin(canvas)
        super().draw()
        for _ in self.path:
            canvas.pop()

    def _path(self) -> tuple[Node, ...]:
        return (Node("P"),)

    def _begin(self, canvas: Any) -> None:
        pass


class Item(P):
    """One of a list's items, with its mark as its label."""

    def _begin(self, canvas: Any) -> None:
        if self.bulletText:
            canvas.label(Node("Lbl"))


def para(text: str, name: str = "body", align: str = "left", **more: Any) -> P:
    return _made(P, esc(text), style(name, align, **more))


def _made(kind: type[Kept], made: Markup, look: ParagraphStyle, **more: Any) -> Kept:
    nothing: Any = None
    paragraph = kind(nothing, look, frags=_parsed(made, look), **more)
    paragraph.same = made
    return paragraph


@lru_cache(_MOST_BROKEN)
def _parsed(made: Markup, look: ParagraphStyle) -> list[Any]:
    """What ReportLab's parser makes of it, which is a good part of a paragraph's cost."""
    parsed: list[Any] = P(made, look).frags
    return parsed


def fact(name: str, *values: Flowable) -> list[Flowable]:
    """A name with what is said of it below; for a cell of a grid of `Facts`."""
    label, body = para(name, "label"), Node("LBody")
    label.path = (Node("Lbl"),)
    for value in values:
        if isinstance(value, P):
            value.path = (body, Node("P"))
    return [label, *values]


def lines(texts: Iterable[str], name: str = "body", align: str = "left") -> list[Flowable]:
    return [para(text, name, align) for text in texts if text.strip()]


def space(points: float) -> Spacer:
    return Spacer(1, points)


class Heading(P):
    """A heading; it is a bookmark too. Made by `heading`; ReportLab makes the parts of one that a page's end cuts."""

    level = 1
    words = ""

    def split(self, width: float, height: float) -> list[Flowable]:
        parts: list[Flowable] = super().split(width, height)
        if parts and isinstance(parts[0], Heading):
            parts[0].level, parts[0].words = self.level, self.words
        return parts

    def _path(self) -> tuple[Node, ...]:
        return (Node(f"H{self.level + 1}"),)

    def draw(self) -> None:
        canvas: Any = self.canv
        if self.words and not canvas.sealed:
            self.path = self.path or self._path()
            self.level = canvas.next_level(self.level)
            self.path[0].role = f"H{self.level + 1}"
            self._bookmark(canvas)
        super().draw()

    def _bookmark(self, canvas: Any) -> None:
        key = f"h{canvas.next_bookmark()}"
        x, y = canvas.absolutePosition(0, self.height)
        canvas.bookmarkPage(key, fit="XYZ", left=x, top=y + 6)
        canvas.addOutlineEntry(self.words, key, self.level)


def heading(text: str, level: int = 1, **more: Any) -> Heading:
    """`level`: 0 the paper's title, 1 its sections, 2 what stands under them."""
    made = _made(Heading, esc(text), style(("title", "section", "sub")[level], **more))
    made.level, made.words = level, " ".join(fonts.plain(text).split())
    return made


def section(title: str, before: float = 10, after: float = 3) -> list[Flowable]:
    """A section's heading, on the next page where less than a few lines would follow it on this one."""
    return [CondPageBreak(before + 15.5 + _FOLLOWING), heading(title, spaceBefore=before, spaceAfter=after)]


class Rule(Flowable):
    """A line across the frame."""

    def __init__(self, colour: Color = LINE, thickness: float = HAIR, after: float = 0) -> None:
        super().__init__()
        self.colour, self.thickness, self.after = colour, thickness, after

    def wrap(self, width: float, height: float) -> tuple[float, float]:  # noqa: ARG002
        self.width = width
        return width, self.thickness + self.after

    def draw(self) -> None:
        self.canv.setStrokeColor(self.colour)
        self.canv.setLineWidth(self.thickness)
        self.canv.line(0, self.after, self.width, self.after)


def bullets(texts: Iterable[str], name: str = "body") -> list[Flowable]:
    """A list of short lines, each with a mark of the accent's colour."""
    look = style(name, leftIndent=11, bulletIndent=1, spaceAfter=1.5, bulletColor=ACCENT)
    whole = Node("L")
    made: list[Flowable] = []
    for text in texts:
        if text.strip():
            item = _made(Item, esc(text), look, bulletText="•")
            item.path = (whole, Node("LI"), Node("LBody"))
            made.append(item)
    return made


class Grid(Table):
    """A table that is not measured again for the same room."""

    _wrapped: tuple[float, tuple[float, float]] | None = None

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        if self._wrapped is None or self._wrapped[0] != width:
            needed: tuple[float, float] = super().wrap(width, height)
            # Rows that have no room are not measured.
            self._wrapped = (width, needed) if needed[1] <= height else None
            return needed
        return self._wrapped[1]


def grid(
    rows: Sequence[Sequence[Cell]],
    widths: Sequence[float],
    commands: Sequence[tuple[Any, ...]] = (),
    kind: Kind = None,
    **more: Any,
) -> Table:
    """Places side by side, without lines or padding but those in `commands`; its own text is in the papers' typeface.

    `kind`: what it is to who hears it; without one, its cells are read one by one in their order.
    """
    fonts.register()
    # A row taller than a page is cut; without this ReportLab gives up the whole paper.
    more.setdefault("splitInRow", 1)
    # An empty text would be drawn, and be a text of nothing.
    filled = [[[] if isinstance(cell, str) and not cell else cell for cell in row] for row in rows]
    said: Any = kind
    table = Grid(filled, colWidths=list(widths), hAlign="LEFT", renderCB=said, **more)
    table.setStyle(
        [
            ("FONT", (0, 0), (-1, -1), fonts.REGULAR, 8.8, 12.2),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LEFTPADDING", (0, 0), (-1, -1), 0),
            ("RIGHTPADDING", (0, 0), (-1, -1), 0),
            ("TOPPADDING", (0, 0), (-1, -1), 0),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 0),
            *commands,
        ]
    )
    return table


def data_table(
    heads: Sequence[str],
    rows: Sequence[Sequence[str]],
    widths: Sequence[float],
    aligns: Sequence[str] | None = None,
    name: str = "cell",
    total: bool = False,
) -> Table:
    """Rows between hairlines under a repeated head; `total` sets the last row in bold."""
    aligns = aligns or ["left"] * len(heads)
    body: list[list[Cell]] = [[para(head, "head", align) for head, align in zip(heads, aligns, strict=True)]]
    for number, row in enumerate(rows):
        last = total and number == len(rows) - 1
        body.append(
            [para(strong(text) if last and text else text, name, a) for text, a in zip(row, aligns, strict=True)]
        )
    return grid(
        body,
        widths,
        [
            ("LINEBELOW", (0, 0), (-1, -1), HAIR, LINE),
            ("VALIGN", (0, 0), (-1, 0), "BOTTOM"),
            ("LEFTPADDING", (0, 0), (-1, -1), 4),
            ("RIGHTPADDING", (0, 0), (-1, -1), 4),
            ("LEFTPADDING", (0, 0), (0, -1), 0),
            ("RIGHTPADDING", (-1, 0), (-1, -1), 0),
            ("TOPPADDING", (0, 0), (-1, -1), 4.2),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 4.6),
        ],
        Cells(rows=1),
        repeatRows=1,
    )
