"""A form to be filled in elsewhere and mailed back: in a PDF viewer, or printed. On every page stands its code."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from reportlab.graphics.barcode.qr import QrCodeWidget
from reportlab.platypus import CondPageBreak, Flowable, KeepTogether

from core.form_fields import FormField, layout
from core.paper import fonts
from core.paper.facts import Stationery
from core.paper.finish import Out
from core.paper.flow import Cell, bullets, grid, heading, para, section, space
from core.paper.form_pieces import Sheet, asked, fields_of, marks, week
from core.paper.page import MARK, build
from core.paper.style import GROUND, INK, page

CODE = "code"
"""The field that says which form it is; nobody sees it."""
_GUTTER = 18.0
_WEEK = 170.0
"""A week with its heading stands on one page."""


@dataclass(frozen=True, slots=True)
class FormPart:
    """`rows`: fields side by side. `marks`: statements with the same options as columns. `week`: (days, parts, fields).

    `points`: short lines, and `note` under its title. `words`: what is read before it is filled in.
    """

    title: str
    note: str = ""
    points: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    rows: tuple[tuple[FormField, ...], ...] = ()
    marks: tuple[FormField, ...] = ()
    week: tuple[tuple[str, ...], tuple[str, ...], tuple[FormField, ...]] | None = None


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
    sheet = Sheet()

    def story(width: float) -> Sequence[Flowable]:
        sheet.placed.clear()
        return _story(facts, sheet, width)

    pages = build(
        out,
        facts.stationery,
        story,
        title=f"{facts.kind_words}: {facts.title}",
        subject=f"Form {facts.code}",
        foot=f"Form {facts.code}",
        mark=_square(facts.code),
        identifier=facts.code,
        one_page=True,
    )
    order = {name: at for at, name in enumerate(names)}
    placed = sorted(sheet.placed, key=lambda one: order[one.field.name])
    return layout(facts.kind, pages, page(facts.stationery.size), placed)


def _fields(part: FormPart) -> list[FormField]:
    return [*(field for row in part.rows for field in row), *part.marks, *(part.week[2] if part.week else ())]


def _story(facts: FormFacts, sheet: Sheet, width: float) -> list[Flowable]:
    story: list[Flowable] = [
        _Hidden(facts.code),
        para(facts.kind_words, "kicker"),
        heading(facts.title, 0, spaceBefore=1, spaceAfter=6),
        *(para(text, spaceAfter=4) for text in (*facts.intro, facts.back) if text.strip()),
    ]
    for part in facts.parts:
        if part.week:
            story.append(CondPageBreak(_WEEK))
        head = [*section(part.title)[1:], *([para(part.note, "note", spaceAfter=4)] if part.note else [])]
        rows = [[space(5), *_row(row, sheet, width)] for row in part.rows]
        if part.words:
            story += [KeepTogether(head), *(_said(text) for text in part.words)]
        elif rows and not part.marks and not part.week:
            # A heading stands with the first field under it.
            story.append(KeepTogether([*head, *bullets(part.points), *rows.pop(0)]))
        else:
            story += [*head, *bullets(part.points)]
        if part.marks:
            story += marks(part.marks, sheet, width)
        if part.week:
            days, parts, fields = part.week
            story += week(fields, days, parts, sheet, width)
        for pieces in rows:
            story.append(KeepTogether(pieces))
    return story


def _said(text: str) -> Flowable:
    """Somebody's words, set off from what is asked."""
    return para(text, leftIndent=10, rightIndent=10, spaceBefore=3, spaceAfter=5, backColor=GROUND, borderPadding=6)


def _row(row: Sequence[FormField], sheet: Sheet, width: float) -> list[Flowable]:
    if len(row) == 1:
        return asked(row[0], sheet, width)
    column = (width - _GUTTER * (len(row) - 1)) / len(row)
    cells: list[Cell] = []
    widths: list[float] = []
    for field in row:
        if cells:
            cells.append("")
            widths.append(_GUTTER)
        cells.append(asked(field, sheet, column))
        widths.append(column)
    return [grid([cells], widths, [("VALIGN", (0, 0), (-1, -1), "BOTTOM")], splitInRow=0)]


class _Hidden(Flowable):
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


def _square(code: str) -> Callable[[Any, float, float], None]:
    """The code as a QR code, for a form that comes back as a picture."""
    widget: Any = QrCodeWidget(code, barLevel="M")
    made = widget.qr
    made.make()
    count = made.getModuleCount()
    size = MARK / (count + 4)

    def draw(canvas: Any, x: float, y: float) -> None:
        canvas.setFillColor(INK)
        for row in range(count):
            for at, dark in enumerate(made.isDark(row, column) for column in range(count)):
                if dark:
                    top = y + MARK - (row + 3) * size
                    canvas.rect(x + (at + 2) * size, top, size, size, stroke=0, fill=1)

    return draw
