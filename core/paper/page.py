"""The page under every paper: letterhead, rule, foot with "page x of y", bookmarks and what the file says of itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, lru_cache
from io import BytesIO
from typing import TYPE_CHECKING, Any

from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    ActionFlowable,
    BaseDocTemplate,
    Flowable,
    Frame,
    KeepTogether,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Table,
)

from core.errors import UserError
from core.paper import fonts
from core.paper.attach import Attached, attach
from core.paper.facts import Stationery
from core.paper.finish import Out, write_out
from core.paper.flow import grid, lines, para, strong
from core.paper.logo import logo
from core.paper.shaped import cut
from core.paper.style import ACCENT, FOOT, GAP, HAIR, LINE, SIDE, TOP, page, style
from core.paper.tags import TagCanvas

if TYPE_CHECKING:
    from core.paper.glyph_font import GlyphFonts

_LOGO = (110.0, 34.0)
_WIDE = 1.9
"""Times as wide as high from which a logo is held to be a name as it is drawn."""
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

    @cached_property
    def glyphs(self) -> GlyphFonts:
        """The typefaces of text that is drawn by glyphs."""
        from core.paper.glyph_font import GlyphFonts

        return GlyphFonts()

    def __init__(self, *given: Any, **more: Any) -> None:
        self._parts: list[int] = []
        super().__init__(*given, **more)

    attached: tuple[Attached, ...] = ()
    made_on: date | None = None

    def begin_paper(self) -> None:
        """On its first page: of several in one file each counts its own pages and has a title of its own."""
        self._parts.append(self.getPageNumber())
        self._depth = -1

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
        ends = [*(begun - 1 for begun in self._parts[1:]), self.pages]
        for begun, end in zip(self._parts, ends, strict=True):
            for number in range(begun, end + 1):
                words = f"page {number - begun + 1} of {end - begun + 1}"
                width = stringWidth(words, look.fontName, look.fontSize)
                self.beginForm(f"count{number}", -int(width) - 1, -int(look.leading), 0, int(look.leading))
                with self.part_of_a_page():
                    self.setFont(look.fontName, look.fontSize)
                    self.setFillColor(look.textColor)
                    self.drawRightString(0, 0, words)
                self.endForm()
        if "glyphs" in self.__dict__:
            self.glyphs.write(self._doc)
        if self.attached and self.made_on:
            attach(self._doc, self.attached, self.made_on)
        super().save()


@dataclass(frozen=True, slots=True)
class Paper:
    """`foot`: words at the left of each page's foot. `wide`: on its side. `outline`: viewers open with the bookmarks.

    `one_page`: where a little space saves a second page, the margins give it. `mark`: what stands at the right of each
    page's foot, which is higher by it. `identifier`: by which the file's metadata tell it from others.
    `attached`: files inside it.
    """

    stationery: Stationery
    story: Story
    title: str
    subject: str
    foot: str = ""
    wide: bool = False
    outline: bool = False
    one_page: bool = False
    mark: Mark | None = None
    identifier: str = ""
    attached: tuple[Attached, ...] = ()
    tight: bool = False


class _Document(BaseDocTemplate):
    """One paper after another; `now` is the one that is laid out."""

    def __init__(self, into: BytesIO, first: Paper) -> None:
        fonts.register()
        self.now = self.cover = first
        self.waiting: list[Flowable] = []
        stationery = first.stationery
        super().__init__(
            into,
            pagesize=page(stationery.size, first.wide),
            title=fonts.plain(first.title),
            author=fonts.plain(stationery.employer),
            subject=fonts.plain(first.subject),
            creator="Foothold",
            producer="Foothold",
            lang=stationery.lang,
            displayDocTitle=1,
            initialFontName=fonts.REGULAR,
            invariant=1,
            pageCompression=1,
        )
        self.frame_width = self.pagesize[0] - 2 * SIDE
        for tight in (first.tight, not first.tight):
            self.addPageTemplates(self._templates(tight))

    def beforeDocument(self) -> None:
        canvas: Any = self.canv
        canvas.identifier, canvas.attached = self.cover.identifier, self.cover.attached
        canvas.made_on = made_on = self.cover.stationery.made_on
        # The file's own date is the paper's: the clock would make two papers of the same facts differ.
        canvas.setDateFormatter(lambda *_: f"D:{made_on:%Y%m%d}000000Z")
        if self.cover.outline:
            canvas.showOutline()

    def _templates(self, tight: bool) -> list[PageTemplate]:
        give = _GIVE if tight else 0.0
        top, bottom = TOP - give, FOOT - give / 2 + (MARK - 18 if self.now.mark else 0)
        page_height, width = self.pagesize[1], self.frame_width
        small_height = style("foot").leading

        def first(canvas: Any, _: object) -> None:
            canvas.begin_paper()
            # Made anew, as each is read once.
            head = letterhead(self.now.stationery, width)
            _, high = head.wrap(width, page_height)
            y = page_height - top - high
            head.drawOn(canvas, SIDE, y)
            _rule(canvas, SIDE, y - _RULE_GAP, width, 1.4)
            with canvas.artifact("Pagination", "Footer"):
                _foot(canvas, self.now.foot, width, self.now.mark)

        def later(canvas: Any, _: object) -> None:
            y = page_height - top - small_height
            with canvas.artifact("Pagination", "Header"):
                small = _running_head(self.now.stationery, self.now.title, width)
                small.wrap(width, page_height)
                small.drawOn(canvas, SIDE, y)
            _rule(canvas, SIDE, y - 5, width, HAIR)
            with canvas.artifact("Pagination", "Footer"):
                _foot(canvas, self.now.foot, width, self.now.mark)

        def frame(name: str, head_room: float) -> Frame:
            height = page_height - top - head_room - bottom
            return Frame(SIDE, bottom, width, height, 0, 0, 0, 0, id=name)

        begins, goes_on = _names(tight)
        first_room = _head_high(self.now.stationery, width, page_height) + _RULE_GAP + GAP
        return [
            PageTemplate(begins, [frame(begins, first_room)], onPage=first, autoNextPageTemplate=goes_on),
            PageTemplate(goes_on, [frame(goes_on, small_height + 5 + GAP)], onPage=later),
        ]

    def turn_to(self, paper: Paper, pieces: Sequence[Flowable], after: Flowable) -> None:
        self.now = paper
        self.waiting[:0] = [NextPageTemplate(_names(paper.tight)[0]), PageBreak(), *pieces, after]


def _names(tight: bool) -> tuple[str, str]:
    """Of the templates for a paper's first page and its others."""
    return ("first, tight", "later, tight") if tight else ("first", "later")


class _Next(ActionFlowable):
    """Where a paper ends: the next one begins, and is only now asked for."""

    def __init__(self, papers: Iterator[Paper], step: Callable[[int], None]) -> None:
        super().__init__()
        self.papers, self.step, self.done = papers, step, 1

    def apply(self, doc: Any) -> None:
        self.step(self.done)
        paper = next(self.papers, None)
        if paper is not None:
            self.done += 1
            doc.turn_to(*_fitted(paper), self)


def letterhead(stationery: Stationery, width: float) -> Table:
    """Logo and name at the left, address and contact at the right. Beside a wide logo the name would be read twice."""
    right = lines(stationery.lines, "note", "right")
    words = " ".join(stationery.employer.split())
    name = para(words, "letterhead")
    picture = logo(stationery.logo, *_LOGO, words=f"Logo of {stationery.employer}") if stationery.logo else None
    if wide := picture is not None and picture.width > _WIDE * picture.height:
        right = [para(words, "sub", "right"), *right]
    room = width * (0.56 if right else 1.0)
    left: Flowable = picture if picture is not None and wide else name
    if picture is not None and not wide:
        mark = picture.width + 10
        left = grid([[picture, name]], [mark, room - mark], [("VALIGN", (0, 0), (-1, -1), "MIDDLE")])
    middle = len(right) < 2 or bool(stationery.logo)
    return grid(
        [[left, right or ""]], [room, width - room], [("VALIGN", (0, 0), (-1, -1), "MIDDLE" if middle else "BOTTOM")]
    )


@lru_cache(8)
def _head_high(stationery: Stationery, width: float, page_height: float) -> float:
    high: float = letterhead(stationery, width).wrap(width, page_height)[1]
    if high > page_height * _MOST_HEAD:
        raise UserError("The employer's name and address fill too much of the page. Shorten them in the settings.")
    return high


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
    """As `lay`; what is given: see Paper."""
    return lay(out, Paper(stationery, story, title, subject, foot, wide, outline, one_page, mark, identifier))


def lay(out: Out, given: Paper) -> int:
    """Lay the paper out, count its pages, and write it whole; how many."""
    paper, pieces = _fitted(given)
    made, pages = _laid(paper, pieces)
    if pages == 2 and given.one_page and not paper.tight:
        made, pages = _tighter(given) or (made, pages)
    write_out(out, made)
    return pages


def _tighter(paper: Paper) -> tuple[bytes, int] | None:
    """On one page, where it said that it takes a little more than it does."""
    width, height = _room(paper)
    pieces = list(paper.story(width))
    if tall(pieces, width, height) > height + _UNSURE:
        return None
    made, pages = _laid(replace(paper, tight=True), pieces)
    return (made, pages) if pages == 1 else None


def bind(out: Out, papers: Iterable[Paper], step: Callable[[int], None] = lambda _done: None) -> int:
    """Papers on the same stationery as one file, one after another, and how many pages; `step`: how many are laid out.

    Each begins on a page of its own and counts its own pages. ValueError where there is none.
    """
    rest = iter(papers)
    first = next(rest, None)
    if first is None:
        raise ValueError("no paper to bind")
    paper, pieces = _fitted(first)
    made, pages = _laid(paper, [*pieces, _Next(rest, step)])
    write_out(out, made)
    return pages


def _fitted(paper: Paper) -> tuple[Paper, list[Flowable]]:
    """Its pieces, and with the margins that it needs."""
    width, height = _room(paper)
    pieces = list(paper.story(width))
    if paper.one_page and height - _GIVE * 1.5 < tall(pieces, width, height) <= height:
        paper = replace(paper, tight=True)
    return paper, pieces


def _room(paper: Paper) -> tuple[float, float]:
    return room(paper.stationery, wide=paper.wide, mark=paper.mark is not None)


def room(stationery: Stationery, *, wide: bool = False, mark: bool = False, tight: bool = True) -> tuple[float, float]:
    """Width and height for a story on one page; `tight`: with the margins where `one_page` is asked for."""
    width, height = page(stationery.size, wide)
    width -= 2 * SIDE
    head = _head_high(stationery, width, height)
    foot = FOOT - _GIVE / 2 + (MARK - 18 if mark else 0)
    return width, height - (TOP - _GIVE) - (head + _RULE_GAP + GAP) - foot - (0 if tight else _GIVE * 1.5)


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


def _laid(paper: Paper, pieces: list[Flowable]) -> tuple[bytes, int]:
    into = BytesIO()
    document = _Document(into, paper)
    document.waiting = pieces
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
    if fonts.needs_shaping(text):
        return cut(text, width, fonts.BOLD, look.fontSize)
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
