"""A brief's days: what can never be, what deserves a second look, and how all of them move with the kick-off."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from core.clock import YEARS
from core.text import plural, short_day
from core.work.checks import Caution, Problems

if TYPE_CHECKING:
    from core.work.brief import ProjectDraft

USUAL_DAYS = (7, 28)
"""From kick-off to due date."""
FAR_DAYS = 365
DAYS = ("apply_by", "kick_off_on", "due_on")


def check_days(draft: ProjectDraft, problems: Problems) -> None:
    """Days that no project can have, whatever its status."""
    for name in DAYS:
        day = getattr(draft, name)
        if day is not None and day.year not in YEARS:
            problems.add(name, f"{day.isoformat()} lies too far off. Give a day from {YEARS[0]} to {YEARS[-1]}.")
    kick_off, due, apply_by = draft.kick_off_on, draft.due_on, draft.apply_by
    if kick_off and due and due < kick_off:
        problems.add(
            "due_on",
            f"The due date ({short_day(due)}) lies before the kick-off ({short_day(kick_off)}). Choose a later one.",
        )
    elif apply_by and due and apply_by > due:
        problems.add(
            "apply_by",
            f"Applications would close on {short_day(apply_by)}, after the work is due on {short_day(due)}. "
            "Choose an earlier day.",
        )


def day_cautions(draft: ProjectDraft, today: date | None) -> list[Caution]:
    found: list[Caution] = []
    kick_off, due = draft.kick_off_on, draft.due_on
    if kick_off and due and due > kick_off and not USUAL_DAYS[0] <= (due - kick_off).days <= USUAL_DAYS[1]:
        days = (due - kick_off).days
        reason = (
            "a student needs a weekend and a free hour" if days < USUAL_DAYS[0] else "later, classes get in between"
        )
        found.append(
            Caution("due_on", f"Due {plural(days, 'day')} after the kick-off: usual are 1 to 4 weeks; {reason}.")
        )
    if kick_off and today and kick_off < today:
        found.append(Caution("kick_off_on", f"The kick-off ({short_day(kick_off)}) lies in the past."))
    elif kick_off and today and (kick_off - today).days > FAR_DAYS:
        found.append(Caution("kick_off_on", f"The kick-off ({short_day(kick_off)}) is more than a year away."))
    if kick_off and draft.apply_by and draft.apply_by > kick_off:
        found.append(Caution("apply_by", "Applications close only after the kick-off."))
    elif draft.apply_by and today and draft.apply_by < today and not (kick_off and kick_off < today):
        closed = short_day(draft.apply_by)
        found.append(Caution("apply_by", f"Applications closed on {closed}: nobody can apply. Choose a later day."))
    for milestone in draft.milestones:
        day = milestone.due_on
        if day and ((kick_off and day < kick_off) or (due and day > due)):
            said = f"A deliverable is due on {short_day(day)}, outside the project’s dates."
            found.append(Caution("milestones", said))
            break
    return found


def moved_dates(draft: ProjectDraft, kick_off_on: date, planned: date | None = None) -> ProjectDraft:
    """All days as far as the kick-off moves, so that none changes its place in the project.

    `planned`: the kick-off that the others belong to, the draft's own unless said. Without one only it is set.
    """
    planned = planned or draft.kick_off_on
    by = kick_off_on - planned if planned else timedelta()

    def move(day: date | None) -> date | None:
        try:
            return day + by if day else None
        except OverflowError:
            return day

    return replace(
        draft,
        kick_off_on=kick_off_on,
        apply_by=move(draft.apply_by),
        due_on=move(draft.due_on),
        milestones=[replace(one, due_on=move(one.due_on)) for one in draft.milestones],
    )


def exam_cautions(kick_off: date | None, exams: Iterable[tuple[str, date, date]]) -> list[Caution]:
    """`exams`: (school, first day, last day)."""
    hit = sorted({name for name, first, last in exams if kick_off and first <= kick_off <= last})
    if not hit:
        return []
    named = ", ".join(hit[:3]) + (f" and {len(hit) - 3} more" if len(hit) > 3 else "")
    return [Caution("kick_off_on", f"The kick-off falls into exams at {named}.")]
