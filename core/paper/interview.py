"""The interview sheet: the same questions for everybody, with the rubric's levels to tick and room to write on.

Evidence first: what was said is written down before a level is ticked; the gut's answer stands apart, at the end.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Annotated, Any

from reportlab.platypus import Flowable, KeepTogether

from core.paper import fonts
from core.paper.cells import Cells, Facts
from core.paper.facts import Stationery
from core.paper.finish import Out, write_out
from core.paper.flow import Cell, coloured, fact, grid, heading, para, space, strong
from core.paper.page import build
from core.paper.style import HAIR, INK, LINE
from core.text import cut, short_day

_LINE = 19.0
_SQUARE = 9.0
_WHO = 40
_LINES = (7, 6, 5, 4, 3)
"""To write on, for each criterion: as many as fit."""


@dataclass(frozen=True, slots=True)
class AskedCriterion:
    """`weight` None where all count the same."""

    name: Annotated[str, "a criterion's name"]
    hint: Annotated[str, "a criterion's hint"]
    levels: Annotated[tuple[str, ...], "the words of a level"]
    weight: int | None = None


@dataclass(frozen=True, slots=True)
class InterviewFacts:
    """`who`: the name, or "Candidate K7" while names are hidden; empty: to be written in."""

    stationery: Stationery
    project: Annotated[str, "the project's title"]
    reference: str
    who: Annotated[str, "the candidate's name"]
    rater: Annotated[str, "a rater's name"]
    rubric: Annotated[str, "the rubric's name"]
    criteria: tuple[AskedCriterion, ...]


def make(facts: InterviewFacts, out: Out) -> None:
    """Write the sheet to `out`. UserError: a letter of the alphabet or a logo that papers cannot print."""
    fonts.check_facts(facts)
    fewest = _build(facts, _LINES[-1], BytesIO())
    for lines in _LINES:
        into = BytesIO()
        # As much to write on as the pages have room for that it takes anyway.
        if _build(facts, lines, into) == fewest:
            write_out(out, into.getvalue())
            return


def _build(facts: InterviewFacts, lines: int, out: Out) -> int:
    # Sheets of several candidates lie on one table: each page says whose it is.
    told = (facts.reference, cut(facts.who, _WHO), short_day(facts.stationery.made_on), "confidential")
    return build(
        out,
        facts.stationery,
        lambda width: _story(facts, lines, width),
        title=f"Interview sheet: {facts.project}",
        subject=f"{facts.rubric}, for {facts.who or 'a candidate'}",
        foot=" · ".join(("Interview sheet", *(words for words in told if words))),
        one_page=True,
    )


def _story(facts: InterviewFacts, lines: int, width: float) -> list[Flowable]:
    return [
        para(f"Interview sheet · {facts.rubric}", "kicker"),
        heading(facts.project, 0, spaceBefore=1, spaceAfter=6),
        _head(facts, width),
        para(
            "Ask everybody the same, in the same order. Write down what they said and did; then tick the level whose "
            "words fit it best, and score before you speak with anyone else.",
            spaceBefore=6,
            spaceAfter=2,
        ),
        *(piece for number, one in enumerate(facts.criteria, 1) for piece in _criterion(one, number, lines, width)),
        *_end(width),
    ]


def _head(facts: InterviewFacts, width: float) -> Flowable:
    gutter = 18.0
    column = (width - 2 * gutter) / 3
    cells: list[Cell] = []
    for name, words in (("Candidate", facts.who), ("Interviewer", facts.rater), ("Day and time", "")):
        cells += [fact(name, para(words or "\xa0", "cell")), ""]
    lines = [("LINEBELOW", (x, 0), (x, 0), HAIR, INK) for x in (0, 2, 4)]
    return grid(
        [cells[:-1]],
        [column, gutter, column, gutter, column],
        [*lines, ("BOTTOMPADDING", (0, 0), (-1, -1), 4)],
        Facts(),
    )


def _criterion(one: AskedCriterion, number: int, lines: int, width: float) -> list[Flowable]:
    weight = coloured(f"  counts ×{one.weight}") if one.weight is not None else ""
    head: list[Flowable] = [heading(f"{number}. {fonts.isolated(one.name)}", spaceBefore=11, spaceAfter=2)]
    if one.weight is not None:
        head.append(para(weight, "note"))
    if one.hint.strip():
        head.append(para(one.hint, spaceAfter=3))
    return [KeepTogether([*head, _Ruled(lines, width), space(6), _levels(one.levels, width)])]


def _levels(levels: Sequence[str], width: float) -> Flowable:
    """Side by side, each under its square."""
    column = width / max(len(levels), 1)
    heads: list[Cell] = [_Ticked(f"Level {level}") for level in range(1, len(levels) + 1)]
    words: list[Cell] = [para(text, "small") for text in levels]
    commands: list[tuple[Any, ...]] = [
        ("LINEBELOW", (0, -1), (-1, -1), HAIR, LINE),
        ("RIGHTPADDING", (0, 0), (-1, -1), 8),
        ("TOPPADDING", (0, 0), (-1, -1), 3),
        ("BOTTOMPADDING", (0, 1), (-1, 1), 4),
    ]
    return grid([heads, words], [column] * len(levels), commands, Cells(rows=1), splitInRow=0)


def _end(width: float) -> list[Flowable]:
    row: list[Cell] = [para(strong("Recommend them?"), "cell"), _Ticked("Yes"), _Ticked("No"), _Ticked("Not sure")]
    pads = [("TOPPADDING", (0, 0), (-1, -1), 3)]
    return [
        KeepTogether(
            [
                heading("After all levels are ticked", spaceBefore=12, spaceAfter=3),
                para("What the gut says is kept apart from the scores and changes none.", "note", spaceAfter=2),
                grid([row], [width * part for part in (0.28, 0.16, 0.16, 0.4)], pads),
                space(6),
                para("What they asked us, and what we said", "label"),
                _Ruled(2, width),
            ]
        )
    ]


class _Ruled(Flowable):
    """Lines to write on."""

    def __init__(self, count: int, width: float) -> None:
        super().__init__()
        self.count, self.width, self.height = count, width, count * _LINE

    def wrap(self, *_: float) -> tuple[float, float]:
        return self.width, self.height

    def draw(self) -> None:
        self.canv.setStrokeColor(LINE)
        self.canv.setLineWidth(HAIR)
        for number in range(self.count):
            self.canv.line(0, number * _LINE + 1, self.width, number * _LINE + 1)


class _Ticked(Flowable):
    """A square to tick with a pen, and its words."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self.words = para(strong(words), "small", leftIndent=_SQUARE + 5)

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.width, self.height = self.words.wrap(width, height)
        return self.width, self.height

    def draw(self) -> None:
        self.canv.setStrokeColor(INK)
        self.canv.setLineWidth(HAIR)
        self.canv.rect(0, (self.height - _SQUARE) / 2, _SQUARE, _SQUARE, stroke=1, fill=0)
        self.words.drawOn(self.canv, 0, 0)
