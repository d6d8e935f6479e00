"""A form to be filled in elsewhere and mailed back: in a PDF viewer, or printed. On every page stands its code."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from reportlab.graphics.barcode.qr import QrCodeWidget
from reportlab.platypus import CondPageBreak, Flowable, KeepTogether

from core.form_fields import Foot, FormField, Pages, layout
from core.paper import fonts
from core.paper.facts import Stationery
from core.paper.finish import Out
from core.paper.flow import Cell, bullets, grid, heading, para, section, space
from core.paper.form_pieces import Sheet, asked, fields_of, hint_height, marks, week
from core.paper.page import MARK, build, tall
from core.paper.style import FOOT, GROUND, INK, SIDE, page, style

CODE = "code"
"""The field that says which form it is; nobody sees it."""
_GUTTER = 18.0
_SHORT, _NUMBER = 4, 110.0
"""Letters of what is a number, and how wide its box and words are."""
_WEEK = 170.0
"""A week with its heading stands on one page."""
_WHOLE = 600.0
"""What there is on a page of the smaller paper, about."""


@dataclass(frozen=True, slots=True)
class FormPart:
    """`rows`: fields side by side. `marks`: statements with the same options as columns. `week`: (days, parts, fields).

    `at_once`: so many rows stand on one page. `text`: paragraphs, `points`: short lines, and `note` under its title.
    `words`: somebody's words, read before it is filled in. `together`: on the next page where it fits that one and not
    what is left of this.
    """

    title: str
    note: str = ""
    text: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    rows: tuple[tuple[FormField, ...], ...] = ()
    at_once: int = 1
    marks: tuple[FormField, ...] = ()
    week: tuple[tuple[str, ...], tuple[str, ...], tuple[FormField, ...]] | None = None
    together: bool = False


@dataclass(frozen=True, slots=True)
class FormFacts:
    """`kind`: a key of words.FORM_KINDS, `kind_words` above the title. `back`: how it comes back, in a sentence."""

    stationery: Stationery
    kind: str
    kind_words: str
    title: str
    code: str
    intro: tuple[str, ...]
    parts: tuple[FormPart, ...]
    back: str


def make(facts: FormFacts, out: Out) -> dict[str, Any]:
    """Writes the form and returns where its fields stand, as Form.layout keeps it.

    UserError: a letter of the alphabet that papers cannot print. ValueError: two fields of one name.
    """
    names = [field.name for part in facts.parts for field in _fields(part)]
    if len(names) != len(set(names)):
        raise ValueError("two fields of one name")
    fonts.check_facts(facts)
    sheets: list[Sheet] = []

    def story(width: float) -> Sequence[Flowable]:
        sheets.append(Sheet())
        return _story(facts, sheets[-1], width)

    pages = build(
        out,
        facts.stationery,
        story,
        title=f"{facts.kind_words}: {facts.title}",
        subject=f"Form {facts.code}",
        foot=f"Form {facts.code}",
        mark=square(facts.code),
        identifier=facts.code,
        one_page=True,
    )
    # A paper may be laid out once more to come on one page, and where it does not, stays as it was at first.
    drawn = [sheet for sheet in sheets if len(sheet.placed) == len(names)]
    sheet = drawn[-1 if pages == 1 else 0]
    order = {name: at for at, name in enumerate(names)}
    placed = sorted(sheet.placed, key=lambda one: order[one.field.name])
    size = page(facts.stationery.size)
    return layout(facts.kind, Pages(pages, size, foot_of(size[0])), placed)


def foot_of(width: float) -> Foot:
    """Where core.paper.page draws the line with the code, up to "page x of y"."""
    letters = style("foot").fontSize
    return Foot(SIDE, FOOT - 16 - letters, width - SIDE - MARK - 12, letters)


def _fields(part: FormPart) -> list[FormField]:
    return [*(field for row in part.rows for field in row), *part.marks, *(part.week[2] if part.week else ())]


def _story(facts: FormFacts, sheet: Sheet, width: float) -> list[Flowable]:
    story: list[Flowable] = [
        Hidden(facts.code),
        para(facts.kind_words, "kicker"),
        heading(facts.title, 0, spaceBefore=1, spaceAfter=6),
        *(para(text, spaceAfter=4) for text in (*facts.intro, facts.back) if text.strip()),
    ]
    for part in facts.parts:
        pieces = _part(part, sheet, width)
        if part.together and (needed := tall(pieces, width, _WHOLE)) < _WHOLE:
            story.append(CondPageBreak(needed))
        story += pieces
    return story


def _part(part: FormPart, sheet: Sheet, width: float) -> list[Flowable]:
    story: list[Flowable] = [CondPageBreak(_WEEK)] if part.week else []
    read = [*(para(text, spaceAfter=4) for text in part.text), *bullets(part.points)]
    head = [*section(part.title)[1:], *([para(part.note, "note", spaceAfter=4)] if part.note else [])]
    drawn = [[space(5), *_row(row, sheet, width)] for row in part.rows]
    rows = [[piece for row in drawn[at : at + part.at_once] for piece in row]
            for at in range(0, len(drawn), part.at_once)]  # fmt: skip
    if part.words:
        story += [KeepTogether(head), *(_said(text) for text in part.words)]
    elif rows and not part.marks and not part.week:
        # A heading stands with the first field under it.
        story.append(KeepTogether([*head, *read, *rows.pop(0)]))
    elif read and not part.marks and not part.week:
        story += [KeepTogether([*head, read[0]]), *read[1:]]
    else:
        story += [*head, *read]
    if part.marks:
        story += marks(part.marks, sheet, width)
    if part.week:
        days, parts, fields = part.week
        story += week(fields, days, parts, sheet, width)
    return [*story, *(KeepTogether(pieces) for pieces in rows)]


def _said(text: str) -> Flowable:
    """Somebody's words, set off from what is asked."""
    return para(text, leftIndent=10, rightIndent=10, spaceBefore=3, spaceAfter=5, backColor=GROUND, borderPadding=6)


def _row(row: Sequence[FormField], sheet: Sheet, width: float) -> list[Flowable]:
    if len(row) == 1:
        short = row[0].kind == "text" and 0 < row[0].most <= _SHORT
        return asked(row[0], sheet, _NUMBER if short else width)
    column = (width - _GUTTER * (len(row) - 1)) / len(row)
    room = hint_height(row, column)
    cells: list[Cell] = []
    widths: list[float] = []
    for field in row:
        if cells:
            cells.append("")
            widths.append(_GUTTER)
        cells.append(asked(field, sheet, column, room))
        widths.append(column)
    return [grid([cells], widths, [("VALIGN", (0, 0), (-1, -1), "BOTTOM")], splitInRow=0)]


class Hidden(Flowable):
    """The code as a field of its own, which survives filling in but not printing; there the foot has it."""

    def __init__(self, code: str) -> None:
        super().__init__()
        self.code = code

    def wrap(self, *_: float) -> tuple[float, float]:
        return 0, 0

    def draw(self) -> None:
        x, y = self.canv.absolutePosition(0, 0)
        fields_of(self.canv).textfield(
            name=CODE, value=self.code, tooltip="Which form this is", x=x, y=y, width=1, height=1, maxlen=40,
            fontSize=4, borderWidth=0, annotationFlags="hidden", fieldFlags="readOnly",
        )  # fmt: skip


_MASK = 2


def square(code: str) -> Callable[[Any, float, float], None]:
    """The code as a QR code, for a form that comes back as a picture."""
    widget: Any = QrCodeWidget(code, barLevel="M")
    made = widget.qr
    made.version = made.version or made.calculate_version()
    # Any mask can be read; to look for the prettiest of the eight costs half as much as the letter that it stands on.
    made.makeImpl(False, _MASK)
    count = made.getModuleCount()
    size = MARK / (count + 4)

    def draw(canvas: Any, x: float, y: float) -> None:
        canvas.setFillColor(INK)
        for row in range(count):
            at, top = 0, y + MARK - (row + 3) * size
            for dark, same in groupby(made.isDark(row, column) for column in range(count)):
                wide = len(list(same))
                if dark:
                    canvas.rect(x + (at + 2) * size, top, wide * size, size, stroke=0, fill=1)
                at += wide

    return draw
