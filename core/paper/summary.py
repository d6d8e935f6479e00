"""The program summary. One page for the wall: six promises, projects by month, whom it reached. Behind it all the
reach, what both sides said, what followed, every figure with its base and definition, and what the projects cost.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from reportlab.platypus import Flowable, KeepTogether, PageBreak, Table

from core import money
from core.chart import Chart
from core.paper import charts, fonts
from core.paper.attach import Attached
from core.paper.cells import Cells
from core.paper.facts import FigureGroup, FigureLine, Promise, ReachRow, SpendRow, SummaryFacts
from core.paper.finish import Out
from core.paper.flow import Cell, coloured, data_table, grid, heading, join, para, section, sized, space, strong
from core.paper.page import Paper, lay, room, tall
from core.paper.style import ACCENT, HAIR, INK, LINE, MUTED
from core.text import full_day, in_digits, near_day, plural, short_day

NONE_YET = "none yet"
_MOST_PROJECTS = 100
"""More are no reading; all of them are in the data that is attached."""


def make(facts: SummaryFacts, out: Out, attached: tuple[Attached, ...] = ()) -> None:
    """Write the summary to `out`. UserError: a letter of the alphabet or a logo that papers cannot print.

    `attached`: the data behind it, inside the file.
    """
    fonts.check_facts(facts)
    inside = "the rows behind these figures are attached to this file" if attached else ""
    made = facts.footer or f"Made on {short_day(facts.stationery.made_on)}"
    paper = Paper(
        facts.stationery,
        lambda width: _story(facts, bool(attached), width),
        title=facts.title,
        subject=_kicker(facts),
        foot="; ".join(part for part in (made, inside) if part),
        outline=True,
        attached=attached,
    )
    lay(out, paper)


def _story(facts: SummaryFacts, data_inside: bool, width: float) -> list[Flowable]:
    wall: list[Flowable] = [
        para(_kicker(facts), "kicker"),
        heading(facts.title, 0, spaceBefore=1, spaceAfter=9),
        *([_promises(facts.promises, width)] if facts.promises else []),
        *([para(facts.compared, "note", spaceBefore=2)] if facts.compared else []),
        *_by_side(facts.months, facts.class_years, width),
    ]
    shown, whole = _fitting(facts, wall, width)
    behind = [
        *([] if whole else _reach("Reach by school", "School", facts.reach, width)),
        *_reach("Reach by class year", "When they applied", facts.reach_years, width),
        *_sides(facts.sides, width),
        *_chart(facts.followed, width, 92),
        *_figures(facts.figures, data_inside, width),
        *_chart(facts.paid, width, 92),
        *_projects(facts.projects, width),
    ]
    return [*wall, *shown, PageBreak(), *behind] if behind else [*wall, *shown]


def _fitting(facts: SummaryFacts, wall: Sequence[Flowable], width: float) -> tuple[list[Flowable], bool]:
    """As many schools as the first page has room for, and whether that is all of them."""
    _, height = room(facts.stationery, tight=False)
    used = tall(wall, width, height)
    for count in range(len(facts.reach), 0, -1):
        rows, left = facts.reach[:count], len(facts.reach) - count
        shown = _reach("Reach by school", "School", rows, width)
        if left:
            more = "1 more row stands" if left == 1 else f"{in_digits(left)} more rows stand"
            shown.append(para(f"{more} on the next page.", "note", spaceBefore=3))
        if used + tall(shown, width, height) + 16 <= height:
            return shown, not left
    return [], not facts.reach


def _kicker(facts: SummaryFacts) -> str:
    return " · ".join(part for part in ("Program summary", facts.program, _period(facts.start, facts.end)) if part)


def _period(start: date, end: date) -> str:
    if start == end:
        return full_day(end)
    first = near_day(start) if start.year == end.year else full_day(start)
    return f"{first} to {full_day(end)}"


def _promises(promises: Sequence[Promise], width: float) -> Table:
    gutter = 24.0
    column = (width - gutter) / 2
    cells: list[Cell] = [_promise(one) for one in promises]
    cells += [""] * (len(cells) % 2)
    rows: list[list[Cell]] = [[cells[i], "", cells[i + 1]] for i in range(0, len(cells), 2)]
    return grid(
        rows,
        [column, gutter, column],
        [
            ("LINEABOVE", (0, 0), (0, -1), HAIR, LINE),
            ("LINEABOVE", (2, 0), (2, -1), HAIR, LINE),
            ("TOPPADDING", (0, 0), (-1, -1), 6),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 11),
        ],
    )


def _promise(one: Promise) -> list[Flowable]:
    if one.base == 0:
        figure = coloured(sized(strong(NONE_YET), 15), MUTED)
    else:
        figure = coloured(sized(strong(one.figure.replace(" ", "\xa0")), 19), ACCENT)
    head = para(join(figure, "\xa0\xa0", strong(one.label)), "figure", fontSize=9.8, textColor=INK)
    said = [text for text in (one.detail, one.trend) if text.strip()]
    return [head, *(para(_tied(text), "note", spaceBefore=3 if at == 0 else 1) for at, text in enumerate(said))]


def _shown(*given: Chart | None) -> list[Chart]:
    return [one for one in given if one is not None and not one.empty]


def _by_side(left: Chart | None, right: Chart | None, width: float) -> list[Flowable]:
    """The first chart with more room than the second, or one alone across the page."""
    found = _shown(left, right)
    if len(found) < 2:
        return [piece for one in found for piece in _chart(one, width, 120)]
    gutter = 24.0
    widths = [(width - gutter) * 0.6, gutter, (width - gutter) * 0.4]
    heads = [heading(one.title, spaceBefore=0, spaceAfter=4) for one in found]
    drawn = [charts.chart(one, wide, 116) for one, wide in zip(found, (widths[0], widths[2]), strict=True)]
    return [space(9), grid([[[heads[0], drawn[0]], "", [heads[1], drawn[1]]]], widths)]


def _chart(given: Chart | None, width: float, height: float = 108) -> list[Flowable]:
    return [
        KeepTogether([heading(one.title, spaceBefore=14, spaceAfter=4), charts.chart(one, width, height)])
        for one in _shown(given)
    ]


def _sides(given: Sequence[Chart], width: float) -> list[Flowable]:
    """Side by side: what students said, what we saw."""
    found = _shown(*given)
    if len(found) < 2:
        return [piece for one in found for piece in _chart(one, width)]
    gutter = 24.0
    column = (width - gutter) / 2
    cells: list[Cell] = [
        [heading(one.title, spaceBefore=0, spaceAfter=4), charts.chart(one, column)] for one in found[:2]
    ]
    return [space(14), grid([[cells[0], "", cells[1]]], [column, gutter, column])]


def _tied(text: str) -> str:
    """A percent sign stays on the line of its number."""
    return text.replace(" %", "\xa0%")


def _count(number: int | None) -> str:
    return "–" if number is None else in_digits(number)


def _reach(title: str, first: str, reach: Sequence[ReachRow], width: float) -> list[Flowable]:
    if not reach:
        return []
    rows = [
        [
            join(one.name, coloured(" (focus)") if one.focus else ""),
            _count(one.applied),
            _count(one.selected),
            _count(one.finished),
            _count(one.went_on),
        ]
        for one in reach
    ]
    table = data_table(
        [first, "Applied", "Selected", "Finished", "Went on with us"],
        rows,
        [width * part for part in (0.46, 0.12, 0.12, 0.12, 0.18)],
        ["left", "right", "right", "right", "right"],
    )
    return [*section(title, 14, 2), table]


def _figures(groups: Sequence[FigureGroup], data_inside: bool, width: float) -> list[Flowable]:
    given = [group for group in groups if group.figures]
    if not given:
        return []
    words = "A figure that has nothing to count yet says so; groups under five are not shown."
    if data_inside:
        words += " The data behind the figures is attached to this file as CSV."
    story: list[Flowable] = [
        *section("Every figure, with what it counts", 18, 2),
        para(words, "note", spaceAfter=4),
    ]
    for group in given:
        table = _figure_table(group.figures, width)
        story.append(KeepTogether([heading(group.title, 2, spaceBefore=9, spaceAfter=3), table]))
    return story


def _figure_table(figures: Sequence[FigureLine], width: float) -> Table:
    rows: list[list[Cell]] = [
        [
            para(one.name[:1].upper() + one.name[1:], "cell"),
            para(coloured(NONE_YET) if one.base == 0 else strong(one.value), "cell", "right"),
            para(_tied(one.counts), "cell"),
            para(one.definition, "note"),
        ]
        for one in figures
    ]
    return grid(
        rows,
        [width * part for part in (0.25, 0.1, 0.13, 0.52)],
        [
            ("LINEABOVE", (0, 0), (-1, 0), HAIR, LINE),
            ("LINEBELOW", (0, 0), (-1, -1), HAIR, LINE),
            ("TOPPADDING", (0, 0), (-1, -1), 3.4),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 4),
            ("LEFTPADDING", (2, 0), (-1, -1), 12),
        ],
        Cells(columns=1),
    )


def _projects(projects: Sequence[SpendRow], width: float) -> list[Flowable]:
    if not projects:
        return []
    rows = [_project(one) for one in projects[-_MOST_PROJECTS:]]
    totals = _totals(projects)
    rows += totals
    table = data_table(
        ["Project", "From, to", "State", "Hours", "Fees agreed", "Paid"],
        rows,
        [width * part for part in (0.32, 0.23, 0.16, 0.07, 0.12, 0.1)],
        ["left", "left", "left", "right", "right", "right"],
        total=bool(totals),
    )
    left = len(projects) - _MOST_PROJECTS
    words = f"The {_MOST_PROJECTS} latest of {in_digits(len(projects))} projects; the sums are of all of them."
    said = [para(words, "note", spaceAfter=4)] if left > 0 else []
    return [*section("Projects and what they cost", 18, 2), *said, table, space(2)]


def _project(one: SpendRow) -> list[str]:
    first = "" if one.start is None else short_day(one.start, one.end)
    last = "" if one.end is None else short_day(one.end)
    days = " – ".join(day.replace(" ", "\xa0") for day in (first, last) if day)
    title = join(one.project, coloured(f" {one.number}") if one.number else "")
    fee, paid = (
        ("" if cents is None else money.show(cents, one.currency)) for cents in (one.fee_cents, one.paid_cents)
    )
    return [title, days, one.state, "" if one.hours is None else in_digits(one.hours), fee, paid]


def _totals(projects: Sequence[SpendRow]) -> list[list[str]]:
    """One line, each currency summed by itself."""
    if len(projects) < 2:
        return []
    fees: Counter[str] = Counter()
    paid: Counter[str] = Counter()
    for one in projects:
        fees[one.currency] += one.fee_cents or 0
        paid[one.currency] += one.paid_cents or 0
    hours = sum(one.hours or 0 for one in projects)
    shown = ["\n".join(money.show(cents, code) for code, cents in sorted(sums.items())) for sums in (fees, paid)]
    return [[plural(len(projects), "project"), "", "", in_digits(hours) if hours else "", *shown]]
