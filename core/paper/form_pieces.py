"""The fields of a form as pieces of a paper: boxes to type in, circles and squares to tick, each with its words.

Where each lies on the page is written down as it is drawn, so that a form that comes back printed can be read.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.platypus import Flowable

from core.form_fields import FormField, Placed
from core.paper.cells import Cells
from core.paper.flow import Cell, grid, para, space, strong
from core.paper.form_font import Fields
from core.paper.style import HAIR, INK, LINE

_LINE_HEIGHT = 19.0
_LONG_LINES = 5
_CIRCLE = 12.0
_DOWN = 0.8
"""From a circle's middle to that of the small letters beside it."""
_TEXT_SIZE = 10
EDGE = HexColor("#7d8783")
"""Dark enough to be seen as an edge: 3 : 1 on white (WCAG 1.4.11)."""
_MOST_LINES = 9
_INSET = 3.0
"""Between a box and what is typed in it: some viewers leave nothing."""
_HINT_GAP = 2.0


class Sheet:
    """What was drawn so far in one pass over the paper."""

    def __init__(self) -> None:
        self.placed: list[Placed] = []

    def put(self, field: FormField, canvas: Any, rects: Sequence[tuple[float, float, float, float]]) -> None:
        corners = list(zip(*rects, strict=True))
        rect = (min(corners[0]), min(corners[1]), max(corners[2]), max(corners[3]))
        several = tuple(rects) if len(rects) > 1 else ()
        self.placed.append(Placed(field, canvas.getPageNumber() - 1, rect, several))


class _Field(Flowable):
    """What can be filled in; an element of its own for who hears the form."""

    def alt(self) -> str:
        """What it is, where its field's words do not say it."""
        return ""

    def draw(self) -> None:
        words = self.alt()
        canvas: Any = self.canv
        with canvas.element("Form", **({"Alt": words} if words else {})):
            self.put()

    def put(self) -> None:
        raise NotImplementedError


def fields_of(canvas: Any) -> Any:
    """The form of the paper that is drawn."""
    if not hasattr(canvas, "AcroForm"):
        canvas.AcroForm = Fields(canvas)
        canvas._doc._catalog.AcroForm = canvas.AcroForm  # noqa: SLF001 - as Canvas.acroForm does it
    return canvas.AcroForm


def _corner(canvas: Any, width: float, height: float) -> tuple[float, float, float, float]:
    x, y = canvas.absolutePosition(0, 0)
    return (x, y, x + width, y + height)


class Box(_Field):
    """Room to type in; over several lines where the field is long."""

    def __init__(self, field: FormField, sheet: Sheet, width: float) -> None:
        super().__init__()
        self.field, self.sheet = field, sheet
        long = field.kind == "long"
        lines = min(max(_LONG_LINES, field.most // 400), _MOST_LINES)
        self.width, self.height = width, lines * 14.0 if long else _LINE_HEIGHT

    def wrap(self, *_: float) -> tuple[float, float]:
        return self.width, self.height

    def draw(self) -> None:
        """The edge is the page's own: a viewer that draws the field anew leaves it alone."""
        canvas: Any = self.canv
        canvas.setStrokeColor(EDGE)
        canvas.setLineWidth(1)
        canvas.rect(0.5, 0.5, self.width - 1, self.height - 1)
        super().draw()

    def put(self) -> None:
        field = self.field
        left, bottom, right, top = _corner(self.canv, self.width, self.height)
        rect = (left + _INSET, bottom + 1, right - _INSET, top - 1)
        flags = [flag for flag in (_must(field), "multiline" if field.kind == "long" else "") if flag]
        fields_of(self.canv).textfield(
            name=field.name, tooltip=field.words, x=rect[0], y=rect[1], width=rect[2] - rect[0],
            height=rect[3] - rect[1], maxlen=field.most or 200, fontSize=_TEXT_SIZE, textColor=INK, borderColor=None,
            fillColor=None, borderWidth=0, fieldFlags=" ".join(flags),
        )  # fmt: skip
        self.sheet.put(field, self.canv, [rect])


def _must(field: FormField) -> str:
    """Said each time: ReportLab takes a square or circle as one that must be ticked where nothing is said."""
    return "required" if field.required else ""


class Square(_Field):
    """A square to tick."""

    def __init__(self, field: FormField, sheet: Sheet) -> None:
        super().__init__()
        self.field, self.sheet = field, sheet

    def wrap(self, *_: float) -> tuple[float, float]:
        return _CIRCLE, _CIRCLE

    def put(self) -> None:
        rect = _corner(self.canv, _CIRCLE, _CIRCLE)
        fields_of(self.canv).checkbox(
            name=self.field.name, tooltip=self.field.words, x=rect[0], y=rect[1], size=_CIRCLE, buttonStyle="cross",
            borderColor=EDGE, fillColor=None, textColor=INK, borderWidth=1, fieldFlags=_must(self.field),
        )  # fmt: skip
        self.sheet.put(self.field, self.canv, [rect])


class Circle(_Field):
    """One of a choice's circles; the last one drawn writes down all of them."""

    def __init__(self, field: FormField, at: int, sheet: Sheet, drawn: list[tuple[float, float, float, float]]) -> None:
        super().__init__()
        self.field, self.at, self.sheet, self.drawn = field, at, sheet, drawn

    def alt(self) -> str:
        return f"{self.field.words}: {self.field.options[self.at][1]}"

    def wrap(self, *_: float) -> tuple[float, float]:
        return _CIRCLE, _CIRCLE

    def put(self) -> None:
        rect = _corner(self.canv, _CIRCLE, _CIRCLE)
        fields_of(self.canv).radio(
            name=self.field.name, value=self.field.options[self.at][0], tooltip=self.field.words, selected=False,
            x=rect[0], y=rect[1], size=_CIRCLE, buttonStyle="circle", shape="circle", borderColor=EDGE, fillColor=None,
            textColor=INK, borderWidth=1, fieldFlags=f"radio {_must(self.field)}".strip(),
        )  # fmt: skip
        self.drawn.append(rect)
        if len(self.drawn) == len(self.field.options):
            self.sheet.put(self.field, self.canv, self.drawn)


def hint_height(fields: Sequence[FormField], width: float) -> float:
    """What the tallest of their hints takes; 0 where none has one."""
    canvas: Any = None
    hints = [_hint(field).wrapOn(canvas, width, 1000)[1] + _HINT_GAP for field in fields if field.hint]
    return max(hints, default=0)


def _hint(field: FormField) -> Flowable:
    return para(field.hint, "note", spaceAfter=_HINT_GAP, keepWithNext=1)


def words_of(field: FormField, room: float = 0) -> list[Flowable]:
    """What stands above a field. `room`: for a hint, where it has none and the one beside it has."""
    words = field.words if field.required else f"{field.words} (if you like)" if field.kind == "long" else field.words
    found: list[Flowable] = [para(strong(words), spaceAfter=2, keepWithNext=1)]
    if field.hint:
        found.append(_hint(field))
    elif room:
        found.append(space(room))
    return found


def asked(field: FormField, sheet: Sheet, width: float, room: float = 0) -> list[Flowable]:
    """A field with its words; `room` as of `words_of`."""
    if field.kind == "choice":
        return [*words_of(field), *_choice(field, sheet, width)]
    if field.kind == "check":
        row: list[list[Cell]] = [[Square(field, sheet), para(field.words)]]
        return [grid(row, [_CIRCLE + 7, width - _CIRCLE - 7], [("TOPPADDING", (0, 0), (0, -1), _DOWN)])]
    return [*words_of(field, room), Box(field, sheet, width)]


def _choice(field: FormField, sheet: Sheet, width: float) -> list[Flowable]:
    """Side by side in two columns, as their words are short."""
    drawn: list[tuple[float, float, float, float]] = []
    cells: list[list[Cell]] = [[Circle(field, at, sheet, drawn), para(words)] for at, (_, words) in
                               enumerate(field.options)]  # fmt: skip
    across = 2 if all(len(words) < 44 for _, words in field.options) else 1
    rows = [[cell for one in cells[at : at + across] for cell in one] for at in range(0, len(cells), across)]
    if len(rows[-1]) < 2 * across:
        rows[-1] += ["", ""]
    wide = width / across - _CIRCLE - 7
    return [
        grid(
            rows,
            [_CIRCLE + 7, wide] * across,
            [
                ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
                ("TOPPADDING", (0, 0), (-1, -1), 1),
                *(("TOPPADDING", (2 * at, 0), (2 * at, -1), 1 + _DOWN) for at in range(across)),
            ],
        )
    ]


def marks(fields: Sequence[FormField], sheet: Sheet, width: float) -> list[Flowable]:
    """Statements below each other, with the same options as columns."""
    options = [words for _, words in fields[0].options]
    column = 56.0
    head: list[Cell] = ["", *(para(words, "head", "center") for words in options)]
    rows: list[list[Cell]] = [head]
    for field in fields:
        drawn: list[tuple[float, float, float, float]] = []
        rows.append([para(field.words), *(Circle(field, at, sheet, drawn) for at in range(len(options)))])
    look = [
        ("LINEBELOW", (0, 0), (-1, -1), HAIR, LINE),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ("ALIGN", (1, 0), (-1, -1), "CENTER"),
        ("TOPPADDING", (0, 0), (-1, -1), 4),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 4),
    ]
    widths = [width - column * len(options), *([column] * len(options))]
    return [grid(rows, widths, look, Cells(rows=1, columns=1), repeatRows=1, splitInRow=0)]


def week(
    fields: Sequence[FormField], days: Sequence[str], parts: Sequence[str], sheet: Sheet, width: float
) -> list[Flowable]:
    """A square for each part of each day; `fields` go through the parts of the first day first."""
    first = 90.0
    column = (width - first) / len(days)
    rows: list[list[Cell]] = [["", *(para(day, "head", "center") for day in days)]]
    for part_at, part in enumerate(parts):
        squares = [Square(fields[day_at * len(parts) + part_at], sheet) for day_at in range(len(days))]
        rows.append([para(part), *squares])
    look = [
        ("LINEBELOW", (0, 0), (-1, -1), HAIR, LINE),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ("ALIGN", (1, 0), (-1, -1), "CENTER"),
        ("TOPPADDING", (0, 0), (-1, -1), 4),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 4),
    ]
    return [grid(rows, [first, *([column] * len(days))], look, Cells(rows=1, columns=1), splitInRow=0)]
