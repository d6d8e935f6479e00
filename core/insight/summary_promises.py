"""The six promises in figures, each held against the period before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction

from sqlalchemy.orm import Session

from core import money
from core.insight import figures_people as people
from core.insight import figures_work as work
from core.insight.figure import NONE_YET, Figure, Period
from core.insight.parts import SMALL, add_months, month_end
from core.text import in_digits, plural


@dataclass(frozen=True, slots=True)
class PromiseView:
    """`figure`: what stands large; "none yet" where `base` is 0. `detail`: a sentence with the bases. `trend`: against
    the period before it; "" where that has nothing to compare with.
    """

    key: str
    figure: str
    label: str
    detail: str
    base: int
    trend: str = ""


def promises(by_key: dict[str, Figure], projects: int, paid: tuple[tuple[str, int], ...]) -> tuple[PromiseView, ...]:
    touch, near = by_key["in_touch"], by_key["near_misses"]
    done, free, fixed = by_key["completion"], by_key["completion_flexible"], by_key["completion_fixed"]
    more, schools, outside = by_key["extensions"], by_key["new_schools"], by_key["outside_focus"]
    young, before, busy = by_key["early"], by_key["months_before"], by_key["months_with_project"]
    handed, watched = by_key["hours_handed_over"], by_key["supervision"]
    both, close, again = by_key["both_reviews"], by_key["within_one"], by_key["work_again"]
    sums = " and ".join(money.show(cents, currency) for currency, cents in paid)
    medians = f"; we met them {before.shown} before graduation (median)" if before.base else ""
    extended = f"{plural(more.base, 'extension')} asked, {more.numerator} given" if more.base else "no extension asked"
    would = f"{again.counts} students would work here again" if again.value is not None else ""
    done_work = f"{handed.shown} of work handed over for {watched.shown} of supervision"
    if not handed.base:
        done_work = "no work accepted yet"
    details = {
        "engaged": f"of {plural(touch.base, 'person', 'people')} in the pool had a contact in the last 90 days; "
        f"{near.counts} near-miss interns came back for a project",
        "accessible": f"{done.counts}; flexible projects {free.shown}, fixed hours {fixed.shown}; {extended}",
        "reach": f"{outside.shown} of {plural(outside.base, 'applicant')} came from outside our focus schools",
        "early": f"of {plural(young.base, 'applicant')}{medians}",
        "pipeline": f"{done_work}; {sums or 'nothing'} paid",
        "skills": "; ".join(part for part in (f"raters within one level on {close.shown} of scores", would) if part),
    }
    new = schools.counts if schools.base else NONE_YET
    rows = (
        ("engaged", touch.shown, "stayed in touch", touch.base),
        ("accessible", done.shown, "finished", done.base),
        ("reach", new, "schools were new to us", schools.base),
        ("early", young.shown, "were in their first two years", young.base),
        (
            "pipeline",
            in_digits(projects),
            f"{'project' if projects == 1 else 'projects'}, {_months_words(busy)}",
            projects,
        ),
        ("skills", both.shown, "have both reviews", both.base),
    )
    return tuple(
        PromiseView(key, figure if base else NONE_YET, label, details[key] if base else "", base)
        for key, figure, label, base in rows
    )


def period_before(period: Period, end: date) -> Period:
    """As long, and as far into it: the months before where it is of whole months, else the days before."""
    if period.start.day == 1 and end == month_end(end):
        months = (end.year - period.start.year) * 12 + end.month - period.start.month + 1
        start = add_months(period.start, -months)
        last = period.start - timedelta(days=1) if period.end == end else add_months(period.end, -months)
        return Period(start, last)
    days = (end - period.start).days + 1
    return Period(period.start - timedelta(days=days), period.end - timedelta(days=days))


def with_trends(
    session: Session, views: Sequence[PromiseView], now: dict[str, Figure], projects: int, before: Period
) -> tuple[PromiseView, ...]:
    """Each with its figure against that of the period `before`."""
    ended = work.ended(session, before)
    then = {
        "engaged": people.in_touch(session, before),
        "accessible": work.completion(ended),
        "reach": people.new_schools(session, before),
        "early": people.early_of(people.applicants(session, before)),
        "skills": work.both_reviews(session, before),
    }
    found = {key: against(now[one.key], one) for key, one in then.items()}
    earlier = len({project for project, _, _ in work.running(session, before)})
    found["pipeline"] = f"{_way(projects - earlier)} {in_digits(earlier)}" if earlier and projects else ""
    return tuple(replace(one, trend=found[one.key]) for one in views)


def against(now: Figure, then: Figure) -> str:
    """Of shares: up from 71 % (5 of 7); one of fewer than five says nothing of a way, and is given as it was."""
    if now.value is None or then.value is None or now.hidden or then.hidden:
        return ""
    if min(now.base, then.base) < SMALL:
        return f"before that {then.counts}, too few to compare"
    return f"{_way(now.value - then.value)} {then.shown} ({then.counts})"


def _way(change: Fraction | int) -> str:
    return "up from" if change > 0 else "down from" if change < 0 else "as much as"


def _months_words(busy: Figure) -> str:
    return f"{plural(busy.numerator, 'month')} of {busy.base}"
