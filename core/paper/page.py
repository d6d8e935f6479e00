"""The page under every paper: letterhead, rule, foot with "page x of y", bookmarks and what the file says of itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from typing import Any

from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, KeepTogether, PageTemplate, Table

from core.errors import UserError
from core.paper import fonts
from core.paper.facts import Stationery
from core.paper.finish import Out, write_out
from core.paper.flow import grid, lines, para, strong
from core.paper.logo import logo
from core.paper.style import ACCENT, FOOT, GAP, HAIR, LINE, SIDE, TOP, page, style
from core.paper.tags import TagCanvas

_LOGO = (110.0, 34.0)
_GIVE = 14.0
_MOST_HEAD = 0.4
_RULE_GAP = 9
_UNSURE = 40.0
"""What pieces that keep together may take less than they say."""

MARK = 52.0
"""Points that a mark is wide and high."""
Mark = Callable[[Canvas, float, float], None]
"""Draws itself with its lower left corner there."""
Story = Callable[[float], Sequence[Flowable]]
"""Makes the paper's pieces anew for a frame of that width: they can be laid out only once."""


class PaperCanvas(TagCanvas):
    """The one canvas that every paper is drawn on."""

    _bookmarks: int = 0
    _depth: int = -1

    def next_bookmark(self) -> int:
        self._bookmarks += 1
        return self._bookmarks

    def next_level(self, level: int) -> int:
        """A heading's level; one too deep under that before it (a paper without a title) is drawn up to it."""
        self._depth = min(level, self._depth + 1)
        return self._depth

    def count_at(self, right: float, y: float) -> None:
        """ "page x of y" ends there. How many there are is drawn at the end, so that no page is laid out twice."""
        self.saveState()
        self.translate(right, y)
        self.doForm(f"count{self.getPageNumber()}")
        self.restoreState()

    def save(self) -> None:
        look = style("foot")
        pages = self.pages
        for number in range(1, pages + 1):
            words = f"page {number} of {pages}"
            width = stringWidth(words, look.fontName, look.fontSize)
            self.beginForm(f"count{number}", -int(width) - 1, -int(look.leading), 0, int(look.leading))
            with self.part_of_a_page():
                self.setFont(look.fontName, look.fontSize)
                self.setFillColor(look.textColor)
                self.drawRightString(0, 0, words)
            self.endForm()
        super().save()


class _Document(BaseDocTemplate):
    def __init__(self, into: BytesIO, spec: _Spec) -> None:
        fonts.register()
        self.spec = spec
        stationery = spec.stationery
        super().__init__(
            into,
            pagesize=page(stationery.size, spec.wide),
            title=fonts.plain(spec.title),
            author=fonts.plain(stationery.employer),
            subject=fonts.plain(spec.subject),
            creator="Foothold",
            producer="Foothold",
            lang=stationery.lang,
            displayDocTitle=1,
            initialFontName=fonts.REGULAR,
            invariant=1,
            pageCompression=1,
        )

    def beforeDocument(self) -> None:
        canvas: Any = self.canv
        canvas.identifier = self.spec.identifier
        made_on = self.spec.stationery.made_on
        # The file's own date is the paper's: the clock would make two papers of the same facts differ.
        canvas.setDateFormatter(lambda *_: f"D:{made_on:%Y%m%d}000000Z")
        if self.spec.outline:
            canvas.showOutline()


def letterhead(stationery: Stationery, width: float) -> Table:
    """Logo and name at the left, address and contact at the right."""
    right = lines(stationery.lines, "note", "right")
    name = para(" ".join(stationery.employer.split()), "letterhead")
    room = width * (0.56 if right else 1.0)
    if stationery.logo:
        picture = logo(stationery.logo, *_LOGO, words=f"Logo of {stationery.employer}")
        mark = picture.width + 10
        left: Flowable = grid([[picture, name]], [mark, room - mark], [("VALIGN", (0, 0), (-1, -1), "MIDDLE")])
    else:
        left = name
    middle = len(right) < 2 or bool(stationery.logo)
    return grid(
        [[left, right or ""]], [room, width - room], [("VALIGN", (0, 0), (-1, -1), "MIDDLE" if middle else "BOTTOM")]
    )


def build(
    out: Out,
    stationery: Stationery,
    story: Story,
    *,
    title: str,
    subject: str,
    foot: str = "",
    wide: bool = False,
    outline: bool = False,
    one_page: bool = False,
    mark: Mark | None = None,
    identifier: str = "",
) -> int:
    """Lay the paper out, count its pages, and write it whole; how many. `foot`: words at the left of each page's foot.

    `wide`: on its side. `outline`: viewers open with the bookmarks. `one_page`: where a little space saves a second
    page, the margins give it. `mark`: what stands at the right of each page's foot, which is higher by it.
    `identifier`: by which the file's metadata tell it from others.
    """
    document = _Spec(stationery, story, title, subject, foot, wide, outline, mark, identifier)
    width, height = room(stationery, wide=wide, mark=mark is not None)
    pieces = list(story(width))
    if one_page and height - _GIVE * 1.5 < (needed := tall(pieces, width, height)) <= height:
        document = replace(document, tight=_GIVE)
    made, pages = _laid(document, pieces)
    if pages == 2 and one_page and not document.tight and needed <= height + _UNSURE:
        tighter, fewer = _laid(replace(document, tight=_GIVE), list(story(width)))
        if fewer == 1:
            made, pages = tighter, fewer
    write_out(out, made)
    return pages


def room(stationery: Stationery, *, wide: bool = False, mark: bool = False) -> tuple[float, float]:
    """Width and height for a story on one page, with the margins that `build` gives where `one_page` is asked for."""
    width, height = page(stationery.size, wide)
    width -= 2 * SIDE
    _, head = letterhead(stationery, width).wrap(width, height)
    foot = FOOT - _GIVE / 2 + (MARK - 18 if mark else 0)
    return width, height - (TOP - _GIVE) - (head + _RULE_GAP + GAP) - foot


def tall(pieces: Sequence[Flowable], width: float, height: float) -> float:
    """What the pieces take below each other; the space above the first is not drawn, that between two the larger."""
    canvas: Any = None
    needed, after = 0.0, 0.0
    for at, piece in enumerate(pieces):
        needed += max(piece.getSpaceBefore(), after) if at else 0
        # What is kept together says that it takes more than any page, so that it is asked to part.
        inside: Any = getattr(piece, "_content", None) if isinstance(piece, KeepTogether) else None
        needed += tall(inside, width, height) if inside else piece.wrapOn(canvas, width, height)[1]
        after = piece.getSpaceAfter()
    return needed


@dataclass(frozen=True, slots=True)
class _Spec:
    stationery: Stationery
    story: Story
    title: str
    subject: str
    foot: str
    wide: bool
    outline: bool
    mark: Mark | None = None
    identifier: str = ""
    tight: float = 0


def _laid(spec: _Spec, pieces: list[Flowable]) -> tuple[bytes, int]:
    into = BytesIO()
    stationery, title, foot = spec.stationery, spec.title, spec.foot
    top, bottom = TOP - spec.tight, FOOT - spec.tight / 2 + (MARK - 18 if spec.mark else 0)
    document = _Document(into, spec)
    page_width, page_height = document.pagesize
    width = page_width - 2 * SIDE
    head = letterhead(stationery, width)
    _, head_height = head.wrap(width, page_height)
    if head_height > page_height * _MOST_HEAD:
        raise UserError("The employer's name and address fill too much of the page. Shorten them in the settings.")
    small_height = style("foot").leading
    first_room = head_height + _RULE_GAP + GAP

    def first(canvas: Any, _: object) -> None:
        y = page_height - top - head_height
        head.drawOn(canvas, SIDE, y)
        _rule(canvas, SIDE, y - _RULE_GAP, width, 1.4)
        with canvas.artifact("Pagination", "Footer"):
            _foot(canvas, foot, width, spec.mark)

    def later(canvas: Any, _: object) -> None:
        y = page_height - top - small_height
        with canvas.artifact("Pagination", "Header"):
            small = _running_head(stationery, title, width)
            small.wrap(width, page_height)
            small.drawOn(canvas, SIDE, y)
        _rule(canvas, SIDE, y - 5, width, HAIR)
        with canvas.artifact("Pagination", "Footer"):
            _foot(canvas, foot, width, spec.mark)

    def frame(name: str, head_room: float) -> Frame:
        height = page_height - top - head_room - bottom
        return Frame(SIDE, bottom, width, height, 0, 0, 0, 0, id=name)

    document.addPageTemplates(
        [
            PageTemplate("first", [frame("first", first_room)], onPage=first, autoNextPageTemplate="later"),
            PageTemplate("later", [frame("later", small_height + 5 + GAP)], onPage=later),
        ]
    )
    document.build(pieces, canvasmaker=PaperCanvas)
    return into.getvalue(), document.page


def _running_head(stationery: Stationery, title: str, width: float) -> Table:
    left, right = width * 0.4, width * 0.58
    employer = para(strong(_one_line(stationery.employer, left)), "foot")
    return grid([[employer, para(_one_line(title, right), "foot", "right")]], [left, width - left])


def _one_line(text: str, width: float) -> str:
    """As much of the text as fits on one line of the foot."""
    text = " ".join(fonts.plain(text).split())
    look = style("foot")
    room = width - stringWidth("…", fonts.BOLD, look.fontSize)
    for kept, letter in enumerate(text):
        room -= stringWidth(letter, fonts.BOLD, look.fontSize)
        if room < 0:
            return text[:kept].rstrip() + "…"
    return text


def _rule(canvas: Canvas, x: float, y: float, width: float, thickness: float) -> None:
    canvas.setStrokeColor(ACCENT if thickness > 1 else LINE)
    canvas.setLineWidth(thickness)
    canvas.line(x, y, x + width, y)


def _foot(canvas: PaperCanvas, foot: str, width: float, mark: Mark | None) -> None:
    if mark is not None:
        mark(canvas, SIDE + width - MARK, FOOT - 22)
        width -= MARK + 12
    words = para(_one_line(foot, width * 0.8 - 12), "foot")
    _, height = words.wrap(width * 0.8, FOOT)
    words.drawOn(canvas, SIDE, FOOT - 16 - height)
    canvas.count_at(SIDE + width, FOOT - 16 - words.style.fontSize)
