"""What people said of themselves, as counts of groups that no one's answer can be told from.

29 CFR 1607.4B asks for such counts. Four things are seen to: a group under SMALL people is hidden, and so is an answer
that nobody gave; where the hidden ones together are fewer than SMALL, the next smallest is hidden with them; a question
is left out where fewer than SMALL were selected (or not) and all of those, whose names are known, gave one answer; and
counts move by SMALL people and more at a time, so that they do not tell the answer of whoever was decided on last.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from core.insight.parts import SMALL


@dataclass(frozen=True, slots=True)
class Answered:
    """One application of someone who answered. `settled_on`: since when it is decided, in the open and answered."""

    person: str
    answer: str
    selected: bool
    applied_on: date
    settled_on: date


@dataclass(frozen=True, slots=True)
class Count:
    """`selected` of `base` applications; both 0 where `hidden`."""

    answer: str
    selected: int
    base: int
    hidden: bool


def counts(rows: Iterable[Answered], answers: Sequence[str], start: date, *, today: date) -> list[Count]:
    """One for each answer there is, or none at all where all would be hidden. `start`: the first day of applying."""
    kept = steady(rows, start, today=today)
    if _tells(kept):
        return []
    people: dict[str, set[str]] = defaultdict(set)
    for one in kept:
        people[one.answer].add(one.person)
    # Of people, not of applications: one who applied five times is no group of five.
    sizes = {answer: len(people[answer]) for answer in answers}
    hidden = {answer for answer in answers if sizes[answer] < SMALL}
    rest = [answer for answer in answers if answer not in hidden]
    if rest and 0 < sum(sizes[answer] for answer in hidden) < SMALL:
        # They could be worked out from the others and all there are.
        hidden.add(min(rest, key=lambda answer: sizes[answer]))
    if hidden.issuperset(answers):
        return []
    return [_count(answer, [one for one in kept if one.answer == answer], answer in hidden) for answer in answers]


def steady(rows: Iterable[Answered], start: date, *, today: date) -> list[Answered]:
    """By days, in parts of SMALL people and more; what is not yet enough for a part waits, and a part goes as one.

    A day that is not over waits too, as there may be more of it.
    """
    kept: list[Answered] = []
    part: list[Answered] = []
    over = sorted((one for one in rows if one.settled_on < today), key=lambda one: one.settled_on)
    for _, day in groupby(over, key=lambda one: one.settled_on):
        part += day
        if len({one.person for one in part}) >= SMALL:
            if any(one.applied_on >= start for one in part):
                kept += part
            part = []
    return kept


def _tells(rows: Sequence[Answered]) -> bool:
    """Whether a few, of whom it is known that they were selected or were not, all gave one answer."""
    for selected in (True, False):
        few = {(one.person, one.answer) for one in rows if one.selected is selected}
        if 0 < len(few) < SMALL and len({answer for _, answer in few}) == 1:
            return True
    return False


def _count(answer: str, rows: Sequence[Answered], hidden: bool) -> Count:
    if hidden:
        return Count(answer, 0, 0, True)
    return Count(answer, sum(one.selected for one in rows), len(rows), False)
