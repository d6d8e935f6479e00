"""A program's summary on paper. It tells of groups and of nobody, so it is no disclosure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from core import clock
from core.errors import UserError
from core.exchange.write import Cell, csv_bytes
from core.files import replace_file
from core.insight.figure import Figure, Period
from core.insight.summary import ProgramSummary, program_period, program_summary
from core.insight.summary_reach import YearReach
from core.jobs.leaving import check_target, drawn, stationery
from core.paper.facts import FigureGroup, FigureLine, Promise, ReachRow, SpendRow, SummaryFacts
from core.store import Store
from core.text import short_day

if TYPE_CHECKING:
    from core.paper.attach import Attached


def period_of(
    store: Store, program: str | None, start: date | None, end: date | None, *, today: date
) -> tuple[str, date, date]:
    """(name, first, last day): of the program, of the days given, or else of this calendar year. UserError."""
    if start is None and end is None:
        return program_period(store, program, today=today)
    if program is not None:
        raise UserError("Name a program or days, not both.")
    if start is None or end is None:
        raise UserError("Give the first and the last day.")
    for day in (start, end):
        if day.year not in clock.YEARS:
            raise UserError(f"{day} lies too far off. Give days from {clock.YEARS[0]} to {clock.YEARS[-1]}.")
    return "", start, end


def draw_summary(store: Store, start: date, end: date, *, today: date, program: str = "") -> bytes:
    """The PDF for a period. UserError where it is turned round, or names have letters without a font."""
    from core.paper import summary as pages

    view = program_summary(store, start, end, today=today)
    facts = _facts(view, store, program, today)
    return drawn(lambda into: pages.make(facts, into, _attached(view)))


def summary(
    store: Store, start: date, end: date, out: Path, *, today: date, program: str = "", overwrite: bool = False
) -> Path:
    """Writes the summary to `out`."""
    check_target(out, overwrite)
    data = draw_summary(store, start, end, today=today, program=program)
    with replace_file(out, overwrite=overwrite) as file:
        file.write(data)
    return out


def _facts(view: ProgramSummary, store: Store, program: str, today: date) -> SummaryFacts:
    paper = stationery(store, today)
    return SummaryFacts(
        stationery=paper,
        start=view.start,
        end=view.until,
        title=_title(view),
        promises=tuple(Promise(one.figure, one.label, one.detail, one.base, one.trend) for one in view.promises),
        program=program,
        compared=view.compared,
        months=view.by_month.bare(),
        class_years=view.by_class_year.bare(),
        reach=tuple(
            ReachRow(one.school, one.applied, one.selected, one.finished, one.went_on, one.focus)
            for one in view.schools
        ),
        reach_years=tuple(ReachRow(*_year(one)) for one in view.class_years),
        sides=(view.students_said.bare(), view.we_saw.bare()),
        followed=view.followed.bare(),
        figures=tuple(
            FigureGroup(group.title, tuple(_line(one) for one in group.figures if not one.hidden))
            for group in view.groups
            if any(not one.hidden for one in group.figures)
        ),
        projects=tuple(
            SpendRow(
                project=one.project,
                state=one.state,
                start=one.start,
                end=one.end,
                hours=one.hours,
                fee_cents=one.fee,
                paid_cents=one.paid,
                currency=one.currency,
                number=one.number,
            )
            for one in view.spending
        ),
        paid=view.paid_by_month.bare(),
        footer=f"Made on {short_day(today)}",
    )


def _title(view: ProgramSummary) -> str:
    """A calendar year by its number."""
    year = view.start.year
    whole = (view.start, view.end) == (date(year, 1, 1), date(year, 12, 31))
    return f"What our micro-internships did in {year}" if whole else "What our micro-internships did"


def _year(one: YearReach) -> tuple[str, int, int, int, int]:
    return one.words, len(one.applied), len(one.selected), len(one.finished), len(one.went_on)


def _attached(view: ProgramSummary) -> tuple[Attached, ...]:
    """The data behind it, as spreadsheets read them; what is hidden on paper is blank."""
    from core.paper.attach import Attached

    figures = [
        (group.title, one.words, one.shown, None if one.hidden else one.numerator, None if one.hidden else one.base,
         one.definition)
        for group in view.groups
        for one in group.figures
    ]  # fmt: skip
    reach = [(one.school, one.focus, one.applied, one.selected, one.finished, one.went_on) for one in view.schools]
    years = [_year(one) for one in view.class_years]
    sides = [
        (chart.title, bar.label, level, bar.value)
        for chart in (view.students_said, view.we_saw)
        for group in chart.groups
        for level, bar in zip(chart.series, group, strict=True)
    ]
    after = [(group[0].label, group[0].value, group[1].value) for group in view.followed.groups]
    paid = [
        (first, Decimal(bar.value or 0) / 100, view.paid[0][0])
        for first, bar in zip(_months(view), view.paid_by_month.bars, strict=True)
        if bar.value is not None and view.paid
    ]
    projects = [
        (one.number, one.project, one.state, one.start, one.end, one.hours, Decimal(one.fee) / 100,
         Decimal(one.paid) / 100, one.currency)
        for one in view.spending
    ]  # fmt: skip
    months = [(first, bar.value) for first, bar in zip(_months(view), view.by_month.bars, strict=True)]
    tables: list[tuple[str, str, list[str], Sequence[Sequence[Cell]]]] = [
        ("figures", "Every figure with what it counts",
         ["Promise", "Figure", "Shown", "Counted", "Of", "What it counts"], figures),
        ("months", "Projects by month", ["Month", "Projects"], months),
        ("projects", "Projects and what they cost",
         ["Number", "Project", "State", "From", "To", "Hours", "Fees agreed", "Paid", "Currency"], projects),
        ("reach", "Reach by school", ["School", "Focus", "Applied", "Selected", "Finished", "Went on with us"], reach),
        ("class-years", "Reach by class year",
         ["When they applied", "Applied", "Selected", "Finished", "Went on with us"], years),
        ("both-sides", "What both sides said", ["Chart", "About", "Level", "Counted"], sides),
        ("what-followed", "What followed", ["Kind", "Offered", "Accepted"], [] if view.followed.empty else after),
        ("paid", "Paid by month", ["Month", "Paid", "Currency"], paid),
    ]  # fmt: skip
    return tuple(
        Attached(f"{name}.csv", "text/csv", words, csv_bytes(heads, rows))
        for name, words, heads, rows in tables
        if rows
    )


def _months(view: ProgramSummary) -> list[date]:
    return Period(view.start, view.end).months()


def _line(one: Figure) -> FigureLine:
    return FigureLine(one.words, one.shown, one.counts, one.definition, one.base)
