"""Applicants side by side on one page, as the rater who asks may see them; put into a folder, it is a disclosure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from core.insight import comparing
from core.jobs.leaving import check_target, drawn, leave, stationery
from core.store import Ref, Store

if TYPE_CHECKING:
    from core.insight.comparing import Compared, ComparedScore, Comparison
    from core.paper.comparison import ComparedCell, ComparedPerson


def draw_comparison(store: Store, application_ids: Sequence[str], *, today: date) -> bytes:
    """The PDF. UserError: not two to four of one project, or words with letters without a font."""
    return _draw(store, comparing.comparison(store, application_ids, store.me), today)


def comparison(
    store: Store, application_ids: Sequence[str], out: Path, *, today: date, overwrite: bool = False
) -> Path:
    """Writes the page to `out` and records it, under codes where names are not revealed."""
    check_target(out, overwrite)
    view = comparing.comparison(store, application_ids, store.me)
    codes = ", ".join(one.code for one in view.rows)
    refs: list[Ref] = [("projects", view.project_id), *(("applications", one.id) for one in view.rows)]
    what = f"Comparison, {view.number}: {codes}"
    leave(store, out, _draw(store, view, today), kind="report", what=what, refs=refs, overwrite=overwrite)
    return out


def _draw(store: Store, view: Comparison, today: date) -> bytes:
    from core.paper import comparison as page

    facts = page.ComparisonFacts(
        stationery=stationery(store, today),
        project=view.project,
        number=view.number,
        people=tuple(_person(one) for one in view.rows),
        criteria=tuple(
            page.ComparedCriterion(
                name,
                next(score.levels for one in view.rows if (score := one.score(name)) is not None),
                tuple(_cell(one.score(name)) for one in view.rows),
                _weight(view, name),
            )
            for name in view.criteria
        ),
        hidden=view.hidden,
        notes=(view.versions_words,) if view.versions_words else (),
    )
    return drawn(lambda into: page.make(facts, into))


def _person(one: Compared) -> ComparedPerson:
    from core.paper.comparison import ComparedPerson

    yes, no = one.recommend
    note = "your scores are not in yet" if one.waits_for_mine else ""
    return ComparedPerson(one.who, one.code, one.overall, yes, yes + no, note)


def _cell(score: ComparedScore | None) -> ComparedCell:
    from core.paper.comparison import ComparedCell, GivenLine

    if score is None:
        return ComparedCell()
    given = tuple(GivenLine(one.rater, one.level, one.evidence, one.first) for one in score.given)
    return ComparedCell(score.mean, score.apart, given)


def _weight(view: Comparison, name: str) -> int | None:
    if not view.weighted:
        return None
    return next(score.weight for one in view.rows if (score := one.score(name)) is not None)
