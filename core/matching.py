"""How well someone fits a project, as points out of 100 from parts that can be told and weighed. No school counts, and
nothing of who someone is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

PARTS = {
    "skills": "Skills",
    "weeks": "Free weeks",
    "hours": "Hours a week",
    "new": "First time with you",
    "contact": "Long without contact",
}
USUAL: Mapping[str, int] = {"skills": 50, "weeks": 20, "hours": 15, "new": 5, "contact": 10}
"""What counts how much, as we would have it; editable. Skills first, as they are what was asked for."""
MOST_WEIGHT = 100
LEVEL_SHARE = {None: 0.75, 1: 0.5, 2: 0.75, 3: 1.0, 4: 1.0}
"""What a skill at a level counts for; one whose level nobody has said counts as the second."""
LONG_DAYS = 180
"""Days without contact from which on the whole of that part is given: who heard nothing for long is asked first."""


@dataclass(frozen=True, slots=True)
class Part:
    """`share` from 0 to 1, None where nothing is known or asked for: then the part does not count. `words`: why."""

    key: str
    share: float | None
    words: str


def weights(stored: Mapping[str, int] | None) -> dict[str, int]:
    """The person's own, else the usual ones; what they do not name is as usual."""
    return {key: int((stored or {}).get(key, usual)) for key, usual in USUAL.items()}


def points(parts: Sequence[Part], weighed: Mapping[str, int]) -> int:
    """Out of 100: the weighted mean of the parts that are known; 0 where none is."""
    known = [(part.share, weighed.get(part.key, 0)) for part in parts if part.share is not None]
    total = sum(weight for _, weight in known)
    if total <= 0:
        return 0
    return round(100 * sum(share * weight for share, weight in known) / total)


def skills_part(wanted: Sequence[str], levels: Mapping[str, int | None]) -> Part:
    """`wanted`: ids; `levels`: those had, with their level."""
    if not wanted:
        return Part("skills", None, "no skill asked for")
    had = [LEVEL_SHARE.get(levels[one], 0.75) for one in wanted if one in levels]
    return Part("skills", sum(had) / len(wanted), f"{len(had)} of {len(wanted)}")


def weeks_part(free: int, total: int) -> Part:
    if total < 1:
        return Part("weeks", None, "no dates yet")
    return Part("weeks", free / total, f"{free} of {total}")


def hours_part(needed: int, weeks: int, hours_a_week: int | None) -> Part:
    """Whether the free weeks hold the hours that the work takes."""
    if hours_a_week is None or weeks < 1 or needed < 1:
        return Part("hours", None, "not known")
    room = hours_a_week * weeks
    return Part("hours", min(1.0, room / needed), f"room for {room} h, {needed} needed")


def new_part(worked_before: bool) -> Part:
    return Part("new", 0.0 if worked_before else 1.0, "no, they worked with you" if worked_before else "yes")


def contact_part(days: int | None) -> Part:
    if days is None:
        return Part("contact", 1.0, "no contact yet")
    return Part("contact", min(max(days, 0), LONG_DAYS) / LONG_DAYS, f"{max(days, 0)} days")
