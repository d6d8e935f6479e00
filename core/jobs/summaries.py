"""A program's summary on paper. It tells of groups and of nobody, so it is no disclosure."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from core import clock
from core.errors import UserError
from core.files import replace_file
from core.insight.figure import Figure
from core.insight.summary import ProgramSummary, program_period, program_summary
from core.jobs.leaving import check_target, drawn, stationery
from core.paper.facts import FigureGroup, FigureLine, MonthBar, Promise, ReachRow, SpendRow, SummaryFacts
from core.store import Store
from core.text import short_day


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

    facts = _facts(program_summary(store, start, end, today=today), store, program, today)
    return drawn(lambda into: pages.make(facts, into))


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
    until = f", with all that had happened by {short_day(view.until)}" if view.until < view.end else ""
    return SummaryFacts(
        stationery=paper,
        start=view.start,
        end=view.end,
        promises=tuple(Promise(one.figure, one.label, one.detail, one.base) for one in view.promises),
        program=program,
        months=tuple(MonthBar(one.label, one.count) for one in view.months),
        reach=tuple(
            ReachRow(one.school, one.applied, one.selected, one.finished, one.went_on, one.focus) for one in view.reach
        ),
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
        footer=f"Made on {short_day(today)}{until}",
    )


def _line(one: Figure) -> FigureLine:
    return FigureLine(one.words, one.shown, one.counts, one.definition, one.base)
