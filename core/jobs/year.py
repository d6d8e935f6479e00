"""The year as a page. It tells of projects and of no candidate, so it is no disclosure."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from core.files import replace_file
from core.insight.year import YearView, year_view
from core.jobs.leaving import check_target, drawn, stationery
from core.store import Store
from core.text import as_written, plural, short_day

_KINDS = {"running": "running", "draft": "draft", "closed": "closed"}


def draw_year(store: Store, start: date, end: date, *, today: date) -> bytes:
    """The PDF for these days. UserError where names have letters without a font."""
    from core.paper import year as page

    view = year_view(store, start, end, today=today)
    facts = page.YearFacts(
        stationery=stationery(store, today),
        start=view.start,
        end=view.end,
        today=today,
        projects=tuple(
            page.YearProject(bar.title, bar.phase_words.lower(), _KINDS.get(bar.phase, "open"), bar.start, bar.end)
            for bar in view.bars
        ),
        seasons=tuple(page.YearSeason(one.kind, one.start, one.end, len(one.schools)) for one in view.seasons),
        loads=tuple(
            page.YearLoad(
                one.name, one.hours_a_week, tuple((week.monday, week.minutes, week.over) for week in one.weeks)
            )
            for one in view.loads
        ),
        notes=tuple(_notes(view)),
    )
    return drawn(lambda into: page.make(facts, into))


def year(store: Store, start: date, end: date, out: Path, *, today: date, overwrite: bool = False) -> Path:
    """Writes the page to `out`."""
    check_target(out, overwrite)
    data = draw_year(store, start, end, today=today)
    with replace_file(out, overwrite=overwrite) as file:
        file.write(data)
    return out


def _notes(view: YearView) -> list[str]:
    ahead = [gap for gap in view.gaps if gap.start <= view.end and gap.end >= view.start]
    said = [
        f"Nothing is planned from {short_day(gap.start)} to {short_day(gap.end)} "
        f"({plural(len(gap.free), 'candidate')} of the pool free)."
        for gap in ahead[:3]
    ]
    done = view.balance
    if done.done:
        supervised = as_written(f"{done.done_minutes / 60:.1f}")
        said.append(
            f"{plural(done.done_hours, 'hour')} of work handed over for {supervised} hours of supervision entered."
        )
    return [*said, view.estimate.words] if view.loads else said
