"""Two to four applicants side by side on one page: scores with their evidence, the overall computed, the gut apart.

Where the page is short of room, evidence is cut before anything else is, and the page says so.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO
from typing import Annotated, Any

from reportlab.platypus import Flowable, Table

from core.errors import UserError
from core.paper import fonts
from core.paper.cells import Cells
from core.paper.facts import Stationery
from core.paper.finish import Out, write_out
from core.paper.flow import Cell, coloured, grid, heading, join, para, space, strong
from core.paper.page import build, room
from core.paper.style import ACCENT, GROUND, HAIR, INK, LINE, MUTED, WARN, style
from core.text import as_written, cut, plural, short_day

_NAME, _TITLE, _RATER = 70, 120, 28
"""Letters before a cut: of a criterion's or person's name, of the project's title, of a rater where room is short."""


@dataclass(frozen=True, slots=True)
class GivenLine:
    """`first`: the level before second thoughts, where it was another one."""

    rater: Annotated[str, "a rater's name"]
    level: int
    evidence: Annotated[str, "the evidence for a score"] = ""
    first: int | None = None


@dataclass(frozen=True, slots=True)
class ComparedCell:
    """`mean` None: not scored, or not to be seen yet. `apart`: two levels or more between raters."""

    mean: Decimal | None = None
    apart: bool = False
    given: tuple[GivenLine, ...] = ()


@dataclass(frozen=True, slots=True)
class ComparedCriterion:
    """`cells`: one an applicant. `weight` None where all count the same."""

    name: Annotated[str, "a criterion's name"]
    levels: Annotated[tuple[str, ...], "the words of a level"]
    cells: tuple[ComparedCell, ...]
    weight: int | None = None


@dataclass(frozen=True, slots=True)
class ComparedPerson:
    """`who`: the name once revealed, else "Candidate K7". `yes` of `asked` raters would recommend them."""

    who: Annotated[str, "a candidate's name"]
    code: str
    overall: Decimal | None = None
    yes: int = 0
    asked: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True)
class ComparisonFacts:
    """`notes`: sentences below the table."""

    stationery: Stationery
    project: Annotated[str, "a project's title"]
    number: str
    people: tuple[ComparedPerson, ...]
    criteria: tuple[ComparedCriterion, ...]
    hidden: bool = True
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Fit:
    """How much is said, and how large. `letters` of each piece of evidence, None: all; `levels`: what they mean."""

    letters: int | None
    text: str = "tick"
    levels: bool = True
    raters: bool = True
    name: int = _NAME


_FITS = (
    *(_Fit(None, text) for text in ("cell", "small", "tick")),
    *(_Fit(letters) for letters in (400, 280, 200, 150)),
    *(_Fit(letters, levels=False) for letters in (200, 150, 110, 80, 60, 40, 25)),
    _Fit(0, levels=False),
    _Fit(0, levels=False, raters=False),
    _Fit(0, levels=False, raters=False, name=26),
)
"""From whole to barest."""


def make(facts: ComparisonFacts, out: Out) -> None:
    """Write the page to `out`. UserError: a letter that papers cannot print, or a letterhead that leaves no room."""
    fonts.check_facts(facts)
    # Each says less than the one before it, so the first that fits is found by halves.
    first = bisect_left(range(len(_FITS)), True, key=lambda at: _fits(facts, _FITS[at]))
    for fit in _FITS[first:]:
        into = BytesIO()
        if _build(facts, fit, into) == 1:
            write_out(out, into.getvalue())
            return
    raise UserError("The employer's name and address leave too little of the page. Shorten them in the settings.")


def _fits(facts: ComparisonFacts, fit: _Fit) -> bool:
    """Whether it lies on one page. What is far too long is told by its letters, which is quicker than to lay it."""
    width, height = room(facts.stationery, wide=_wide(facts))
    if _least_height(facts, fit, width) > height:
        return False
    needed = 0.0
    for piece in _story(facts, fit, width):
        needed += piece.getSpaceBefore() + piece.wrap(width, height)[1] + piece.getSpaceAfter()
    return needed <= height


def _least_height(facts: ComparisonFacts, fit: _Fit, width: float) -> float:
    """Of the table, were every letter as narrow as an i."""
    look = style(fit.text)
    across = max(width * 0.75 / len(facts.people) / (look.fontSize * 0.24), 1)

    def lines(one: GivenLine) -> float:
        letters = len(one.evidence) if fit.letters is None else min(len(one.evidence), fit.letters)
        return letters // across + 1

    rows = (max(sum(map(lines, cell.given)) for cell in one.cells) for one in facts.criteria if one.cells)
    return sum(rows) * look.leading if fit.raters else 0.0


def _wide(facts: ComparisonFacts) -> bool:
    return len(facts.people) > 2


def _build(facts: ComparisonFacts, fit: _Fit, out: Out) -> int:
    return build(
        out,
        facts.stationery,
        lambda width: _story(facts, fit, width),
        title=f"Comparison: {cut(facts.project, _TITLE)}",
        subject=f"{plural(len(facts.people), 'candidate')} for {facts.number}",
        foot=f"Comparison · {facts.number} · {short_day(facts.stationery.made_on)} · confidential",
        wide=_wide(facts),
        one_page=True,
    )


def _story(facts: ComparisonFacts, fit: _Fit, width: float) -> list[Flowable]:
    told = f"{facts.number} · {plural(len(facts.people), 'candidate')} side by side"
    notes = [*facts.notes]
    if facts.hidden:
        notes.insert(0, "Candidates stand under their codes: names are not revealed.")
    if fit.letters is not None and _iscut(facts, fit.letters):
        what = "left out" if fit.letters == 0 else "cut with “…”"
        notes.append(f"Evidence is {what} to fit one page; it stands whole in Foothold.")
    if any(cell.apart for one in facts.criteria for cell in one.cells):
        notes.append("“apart”: raters two levels or more apart.")
    notes.append("Levels are from 1 to 4. The overall is computed from the scores; the gut’s answer is no part of it.")
    return [
        heading(cut(facts.project, min(_TITLE, 2 * fit.name)), 0, spaceAfter=1),
        para(told, "kicker"),
        space(6),
        _table(facts, fit, width),
        para(" ".join(notes), "note", spaceBefore=6),
    ]


def _iscut(facts: ComparisonFacts, letters: int) -> bool:
    cells = (cell for one in facts.criteria for cell in one.cells)
    return any(len(given.evidence) > letters for cell in cells for given in cell.given)


def _table(facts: ComparisonFacts, fit: _Fit, width: float) -> Table:
    count = len(facts.people)
    first = width * (0.2 if count > 2 else 0.25)
    widths = [first, *[(width - first) / count] * count]
    rows: list[Sequence[Cell]] = [["", *(_head(one, fit) for one in facts.people)]]
    rows += [[_criterion(one, fit), *(_cell(cell, fit) for cell in one.cells)] for one in facts.criteria]
    name = _name_style(fit)
    gut = [para(_gut(one), name) for one in facts.people]
    rows.append([[para(strong("Recommend?"), name), para("the gut’s answer, apart", "tick")], *gut])
    commands: list[tuple[Any, ...]] = [
        ("LINEBELOW", (0, 0), (-1, -2), HAIR, LINE),
        ("LINEBELOW", (0, 0), (-1, 0), 1, ACCENT),
        ("LINEABOVE", (0, -1), (-1, -1), 1, MUTED),
        ("BACKGROUND", (0, -1), (-1, -1), GROUND),
        ("LEFTPADDING", (0, 0), (-1, -1), 5),
        ("RIGHTPADDING", (0, 0), (-1, -1), 5),
        ("TOPPADDING", (0, 0), (-1, -1), 3),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 4),
        ("VALIGN", (0, 0), (-1, 0), "BOTTOM"),
    ]
    return grid(rows, widths, commands, Cells(rows=1, columns=1))


def _head(one: ComparedPerson, fit: _Fit) -> list[Flowable]:
    code = f" ({one.code})" if one.code and one.code not in one.who else ""
    overall = (
        join(strong(as_written(f"{one.overall}")), coloured(" of 4"))
        if one.overall is not None
        else coloured("no scores")
    )
    made: list[Flowable] = [para(strong(cut(one.who, fit.name) + code), "cell"), para(overall, "sub")]
    if one.note:
        made.append(para(one.note, "tick"))
    return made


def _criterion(one: ComparedCriterion, fit: _Fit) -> list[Flowable]:
    weight = coloured(f"  ×{one.weight}") if one.weight is not None else ""
    made: list[Flowable] = [para(join(strong(cut(one.name, fit.name)), weight), _name_style(fit))]
    given = {line.level for cell in one.cells for line in cell.given}
    if fit.levels:
        # What nobody was given says nothing about anyone on the page.
        worded = [(level, words) for level, words in enumerate(one.levels, 1) if level in given]
        made += [para(join(strong(f"{level} "), words), fit.text, textColor=MUTED) for level, words in worded]
    return made


def _cell(cell: ComparedCell, fit: _Fit) -> list[Flowable]:
    if cell.mean is None:
        return [para(coloured("–"), "small")]
    apart = coloured("  apart", WARN) if cell.apart else ""
    if not fit.raters:
        levels = ", ".join(str(one.level) for one in cell.given)
        return [para(join(strong(as_written(str(cell.mean))), apart, coloured(f"  {levels}")), "small")]
    made: list[Flowable] = [para(join(strong(as_written(str(cell.mean))), apart), _name_style(fit))]
    for one in cell.given:
        evidence = " ".join(one.evidence.split())
        evidence = evidence if fit.letters is None else cut(evidence, fit.letters)
        name = cut(one.rater, _NAME if fit.letters is None else _RATER)
        first = f" (at first {one.first})" if one.first is not None else ""
        rater = coloured(f"{'  ' if evidence else ''}{name}{first}")
        made.append(para(join(strong(f"{one.level} "), evidence, rater), fit.text, textColor=INK, spaceBefore=1.5))
    return made


def _name_style(fit: _Fit) -> str:
    return "cell" if fit.text == "cell" else "small"


def _gut(one: ComparedPerson) -> str:
    return f"{one.yes} of {one.asked} would" if one.asked else "nobody said"
