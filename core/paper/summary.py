"""The program summary: six promises with their figures, projects by month, reach by school; then every figure with
its base and definition, and the projects with what they cost.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from reportlab.platypus import Flowable, KeepTogether, PageBreak, Table

from core import money
from core.chart import Chart
from core.paper import fonts
from core.paper.attach import Attached
from core.paper.cells import Cells
from core.paper.facts import FigureGroup, FigureLine, Promise, ReachRow, SpendRow, SummaryFacts
from core.paper.finish import Out
from core.paper.flow import Cell, coloured, data_table, grid, heading, join, para, section, sized, space, strong
from core.paper.levels import ChartBars
from core.paper.page import Paper, lay
from core.paper.style import ACCENT, HAIR, INK, LINE, MUTED
from core.text import full_day, in_digits, near_day, short_day

NONE_YET = "none yet"


def make(facts: SummaryFacts, out: Out, attached: tuple[Attached, ...] = ()) -> None:
    """Write the summary to `out`. UserError: a letter of the alphabet or a logo that papers cannot print.

    `attached`: the data behind it, inside the file.
    """
    fonts.check_facts(facts)
    paper = Paper(
        facts.stationery,
        lambda width: _story(facts, bool(attached), width),
        title=facts.title,
        subject=_kicker(facts),
        foot=facts.footer or f"Made on {short_day(facts.stationery.made_on)}",
        outline=True,
        attached=attached,
    )
    lay(out, paper)


def _story(facts: SummaryFacts, data_inside: bool, width: float) -> list[Flowable]:
    story: list[Flowable] = [
        para(_kicker(facts), "kicker"),
        heading(facts.title, 0, spaceBefore=1, spaceAfter=9),
        *([_promises(facts.promises, width)] if facts.promises else []),
        *_months(facts.months, width),
        *_reach(facts.reach, width),
    ]
    more = [*_figures(facts.figures, width), *_projects(facts.projects, width)]
    if more and data_inside:
        words = "The data behind every figure lies inside this PDF as CSV files: open its attachments."
        more.append(para(words, "note", spaceBefore=8))
    return [*story, PageBreak(), *more] if more else story


def _kicker(facts: SummaryFacts) -> str:
    return " · ".join(part for part in ("Program summary", facts.program, _period(facts.start, facts.end)) if part)


def _period(start: date, end: date) -> str:
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


def _months(months: Chart | None, width: float) -> list[Flowable]:
    if months is None or months.empty:
        return []
    return [KeepTogether([heading(months.title, spaceBefore=6, spaceAfter=4), ChartBars(months, width)])]


def _tied(text: str) -> str:
    """A percent sign stays on the line of its number."""
    return text.replace(" %", "\xa0%")


def _count(number: int | None) -> str:
    return "–" if number is None else in_digits(number)


def _reach(reach: Sequence[ReachRow], width: float) -> list[Flowable]:
    if not reach:
        return []
    rows = [
        [
            join(one.school, coloured(" (focus)") if one.focus else ""),
            _count(one.applied),
            _count(one.selected),
            _count(one.finished),
            _count(one.went_on),
        ]
        for one in reach
    ]
    table = data_table(
        ["School", "Applied", "Selected", "Finished", "Went on with us"],
        rows,
        [width * part for part in (0.46, 0.12, 0.12, 0.12, 0.18)],
        ["left", "right", "right", "right", "right"],
    )
    return [*section("Reach by school", 16, 2), table]


def _figures(groups: Sequence[FigureGroup], width: float) -> list[Flowable]:
    given = [group for group in groups if group.figures]
    if not given:
        return []
    story: list[Flowable] = [
        heading("Every figure, with what it counts", spaceAfter=2),
        para("A figure that has nothing to count yet says so; groups under five are not shown.", "note", spaceAfter=4),
    ]
    for group in given:
        table = _figure_table(group.figures, width)
        story.append(KeepTogether([heading(group.title, 2, spaceBefore=9, spaceAfter=3), table]))
    return story


def _figure_table(figures: Sequence[FigureLine], width: float) -> Table:
    rows: list[list[Cell]] = [
        [
            para(one.name, "cell"),
            para(coloured(NONE_YET) if one.base == 0 else strong(one.value), "cell", "right"),
            para(_tied(one.counts), "cell"),
            para(one.definition, "note"),
        ]
        for one in figures
    ]
    return grid(
        rows,
        [width * part for part in (0.25, 0.11, 0.2, 0.44)],
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
    rows = [_project(one) for one in projects]
    totals = _totals(projects)
    rows += totals
    table = data_table(
        ["Project", "From, to", "State", "Hours", "Fees agreed", "Paid"],
        rows,
        [width * part for part in (0.32, 0.23, 0.16, 0.07, 0.12, 0.1)],
        ["left", "left", "left", "right", "right", "right"],
        total=bool(totals),
    )
    return [*section("Projects and what they cost", 18, 2), table, space(2)]


def _project(one: SpendRow) -> list[str]:
    days = " – ".join(short_day(day).replace(" ", "\xa0") for day in (one.start, one.end) if day)
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
    return [[f"{len(projects)} projects", "", "", in_digits(hours) if hours else "", *shown]]
