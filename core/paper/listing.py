"""Any list as it stands on the screen: title, filter, columns, rows, count. Wide lists lie on their side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Flowable, LongTable, Table

from core.errors import UserError
from core.paper import fonts
from core.paper.cells import Cells
from core.paper.facts import ListColumn, ListFacts
from core.paper.finish import Out
from core.paper.flow import heading, para, space
from core.paper.page import build
from core.paper.shaped import wide
from core.paper.style import HAIR, LINE, SIDE, page, style
from core.text import in_digits, plural, short_day

MAX_ROWS = 5_000
_PAD = 4.0
_SLACK = 0.5
_ABOVE, _BELOW = 2.6, 3.4
_MAY_BE_CUT = 200.0
_TITLE_LETTERS = 80
_NARROWEST = 20.0
_WIDEST = 260.0


def make(facts: ListFacts, out: Out) -> None:
    """Write the list to `out`. UserError: too many rows, or a letter of the alphabet that papers cannot print."""
    if len(facts.rows) > MAX_ROWS:
        raise UserError(
            f"This list has {in_digits(len(facts.rows))} rows, and a paper takes {in_digits(MAX_ROWS)}. "
            "Narrow it with a filter and print again, or export it as a table."
        )
    fonts.check([("the list's title", facts.title), ("the filter", facts.filter)])
    fonts.check((f"a column's title in “{facts.title}”", column.title) for column in facts.columns)
    for number, row in enumerate(facts.rows, 1):
        if len(row) != len(facts.columns):
            raise ValueError(f"row {number} has {len(row)} cells for {len(facts.columns)} columns")
        fonts.check(
            (f"the list's row {number}, column “{c.title}”:", t) for c, t in zip(facts.columns, row, strict=True)
        )
    fonts.check_facts(facts.stationery)
    wants = _wishes(facts)
    wide = sum(wants) > page(facts.stationery.size)[0] - 2 * SIDE
    build(
        out,
        facts.stationery,
        lambda width: _story(facts, _widths(wants, width)),
        title=facts.title,
        subject=facts.filter or "List",
        foot=f"{_count(facts)} · as of {short_day(facts.stationery.made_on)}",
        wide=wide,
    )


def _count(facts: ListFacts) -> str:
    return plural(len(facts.rows), facts.unit)


def _story(facts: ListFacts, widths: Sequence[float]) -> list[Flowable]:
    none = [] if facts.rows else [para("There is nothing to list.", "note", spaceBefore=8)]
    told = " · ".join(part for part in (facts.filter, _count(facts)) if part.strip())
    return [heading(facts.title, 0, spaceAfter=1), para(told, "kicker"), space(8), _table(facts, widths), *none]


def _wishes(facts: ListFacts) -> list[float]:
    """The width that each column asks for: its title's words, and all but its longest twentieth of cells on a line."""
    return [_wish(column, [row[i] for row in facts.rows]) for i, column in enumerate(facts.columns)]


def _wish(column: ListColumn, cells: Sequence[str]) -> float:
    body, head = style("small"), style("head")
    title = max((wide(word, head.fontName, head.fontSize) for word in _title(column).split()), default=0.0)
    lengths = sorted(_length(text, body) for text in cells)
    usual = lengths[min(len(lengths) - 1, len(lengths) * 19 // 20)] if lengths else 0.0
    return min(max(title, usual, _NARROWEST) + 2 * _PAD + 2 * _SLACK, _WIDEST)


def _length(text: str, look: ParagraphStyle) -> float:
    return wide(text[:80], look.fontName, look.fontSize)


def _title(column: ListColumn) -> str:
    """The head stands on each page: it may not fill it."""
    title = " ".join(fonts.plain(column.title).split())
    return title if len(title) <= _TITLE_LETTERS else title[: _TITLE_LETTERS - 1].rstrip() + "…"


def _widths(wants: Sequence[float], width: float) -> list[float]:
    """The frame's width shared out. Where the wishes do not fit, all are cut at one level, so the widest give."""
    total = sum(wants)
    if total <= width:
        return [want * width / total for want in wants]
    room, level = width, 0.0
    for place, want in enumerate(sorted(wants)):
        level = room / (len(wants) - place)
        if want > level:
            break
        room -= want
    return [min(want, level) for want in wants]


def _table(facts: ListFacts, widths: Sequence[float]) -> Table:
    look = style("small")
    heads = [para(_title(column), "head", column.align) for column in facts.columns]
    rows = [
        [_cell(text, width, column, look) for text, width, column in zip(row, widths, facts.columns, strict=True)]
        for row in facts.rows
    ]
    heights: list[float | None] = [None, *(_height(row, widths) for row in rows)]
    said: Any = Cells(rows=1)
    table = LongTable([heads, *rows], list(widths), heights, repeatRows=1, hAlign="LEFT", splitInRow=1, renderCB=said)
    table.setStyle(
        [
            ("FONT", (0, 0), (-1, -1), look.fontName, look.fontSize, look.leading),
            ("TEXTCOLOR", (0, 0), (-1, -1), look.textColor),
            ("VALIGN", (0, 0), (-1, 0), "BOTTOM"),
            ("VALIGN", (0, 1), (-1, -1), "TOP"),
            ("LINEBELOW", (0, 0), (-1, -1), HAIR, LINE),
            ("LEFTPADDING", (0, 0), (-1, -1), _PAD),
            ("RIGHTPADDING", (0, 0), (-1, -1), _PAD),
            ("LEFTPADDING", (0, 0), (0, -1), 0),
            ("TOPPADDING", (0, 0), (-1, -1), _ABOVE),
            ("BOTTOMPADDING", (0, 0), (-1, -1), _BELOW),
            *(("ALIGN", (i, 0), (i, -1), column.align.upper()) for i, column in enumerate(facts.columns)),
        ]
    )
    return table


def _height(row: Sequence[str | Flowable], widths: Sequence[float]) -> float | None:
    """Heights told beforehand spare the table measuring all that follows on each page; None where a row may be cut."""
    high: float = style("small").leading
    for cell, width in zip(row, widths, strict=True):
        if not isinstance(cell, str):
            high = max(high, cell.wrap(width - 2 * _PAD, _MAY_BE_CUT)[1])
    return high + _ABOVE + _BELOW if high < _MAY_BE_CUT else None


def _cell(text: str, width: float, column: ListColumn, look: ParagraphStyle) -> str | Flowable:
    """Words that fit on a line are set as they are, which is several times faster; the rest is a paragraph."""
    text = fonts.plain(text)
    fits = (
        len(text) < 60
        and "\n" not in text
        and stringWidth(text, look.fontName, look.fontSize) + _SLACK < width - 2 * _PAD
    )
    if fits and not fonts.needs_shaping(text) and len(fonts.runs(text)) == 1 and not fonts.runs(text)[0][0]:
        return text
    return para(text, "small", column.align)
