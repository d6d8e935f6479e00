"""Figures by school, class year and category, with every cell hidden from which a few people could be told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from core.exchange.write import Cell, Kind, Sheet
from core.model.words import COMPETENCIES

FEWEST = 5
HIDDEN = "hidden"
TOGETHER = f"fewer than {FEWEST}"
"""The group into which all go that have fewer students: the very name of one of them could tell who it is."""
By = Literal["school", "class_year", "category"]
_BY_WORDS: dict[By, str] = {"school": "School", "class_year": "Class year", "category": "Category"}


@dataclass(frozen=True, slots=True)
class Group:
    """One school, class year or category; or all of them. Open figures: what may be shown is decided here.

    `fees` in cents over the `paid` engagements of one currency. `competencies`: for each of the eight, in NACE's
    order, the sum of the marks and how many there are. `accepted` are those of `ended` that were accepted.
    `people`: by measure, and by NOT with a measure, who stands behind it; they never leave. A measure without them
    counts as many people as it counts.
    """

    name: str
    students: int
    engagements: int
    ended: int
    accepted: int
    paid: int
    fees: int
    follow_on: int
    competencies: tuple[tuple[int, int], ...]
    people: Mapping[str, frozenset[str]] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class Aggregates:
    """`total` over everything; `groups` of each kind. `currency` is the one of the fees."""

    total: Group
    groups: dict[By, list[Group]]
    currency: str = "USD"


NOT = "not "
_MEASURES = ("students", "engagements", "ended", "accepted", "paid", "follow_on", *COMPETENCIES)


def _count(group: Group, measure: str) -> int:
    """How many stand behind a figure."""
    if measure in COMPETENCIES:
        return group.competencies[COMPETENCIES.index(measure)][1]
    found: int = getattr(group, measure)
    return found


def _rest(group: Group, measure: str) -> int:
    """How many the figure leaves out of its base: from "8 ended, 7 accepted" one tells who the eighth is."""
    if measure == "accepted":
        return group.ended - group.accepted
    if measure == "follow_on":
        return group.engagements - group.follow_on
    return 0


def _people(groups: Iterable[Group], measure: str, *, rest: bool = False) -> int:
    """How many different people stand behind a figure of these groups, or are left out of it."""
    key, found, unnamed = f"{NOT}{measure}" if rest else measure, set[str](), 0
    for group in groups:
        if key in group.people:
            found |= group.people[key]
        else:
            unnamed += _rest(group, measure) if rest else _count(group, measure)
    return len(found) + unnamed


def _few(group: Group, measure: str) -> bool:
    behind, left_out = _people([group], measure), _people([group], measure, rest=True)
    return any(0 < count < FEWEST for count in (group.students, behind, left_out))


def hidden(aggregates: Aggregates) -> set[tuple[str, str, str]]:
    """(kind or "total", group's name, measure) of each cell that must not be shown.

    The one place that decides. A small cell is hidden; so that it cannot be had back by taking the shown ones from
    the total, the next smallest of its kind is hidden with it, until at least two are and five people stand behind
    them; where none is left to hide, the total goes too.
    """
    out: set[tuple[str, str, str]] = set()
    for measure in _MEASURES:
        gone: dict[By, list[Group]] = {}
        total_hidden = _few(aggregates.total, measure)
        for by, groups in aggregates.groups.items():
            gone[by], enough = _with_company(groups, measure)
            total_hidden = total_hidden or not enough
        if total_hidden:
            out.add(("total", aggregates.total.name, measure))
            # A kind whose cells were all shown would add up to the total.
            for by, groups in aggregates.groups.items():
                gone[by] = gone[by] or _smallest(groups, measure)[:1]
        out |= {(by, group.name, measure) for by, groups in gone.items() for group in groups}
    return out


def _with_company(groups: Sequence[Group], measure: str) -> tuple[list[Group], bool]:
    """The groups whose cell is hidden, and whether the total may still be shown."""
    gone = [group for group in groups if _few(group, measure)]
    if not gone:
        return [], True
    left = _smallest([group for group in groups if group not in gone], measure)

    def enough() -> bool:
        # That there is nothing to hide in a group may well be known, so it is no company.
        filled = sum(1 for group in gone if _count(group, measure))
        without = _people(gone, measure, rest=True)
        return filled > 1 and _people(gone, measure) >= FEWEST and not 0 < without < FEWEST

    while left and not enough():
        gone.append(left.pop(0))
    return gone, enough()


def _smallest(groups: Sequence[Group], measure: str) -> list[Group]:
    """Those with anything to hide, the smallest first."""
    filled = [group for group in groups if _count(group, measure)]
    return sorted(filled, key=lambda group: (_count(group, measure), group.name))


_HEADERS = (
    "grouped_by", "group", "students", "engagements", "ended", "accepted", "completion", "fees", "mean_fee",
    "currency", "follow_on",
)  # fmt: skip
_MARKS = (
    "career_self_development", "communication", "critical_thinking", "equity_inclusion", "leadership",
    "professionalism", "teamwork", "technology",
)  # fmt: skip
_WORDS = {
    "grouped_by": "What the rows are grouped by; “total” is everything.",
    "group": "Name of the group.",
    "students": "Students.",
    "engagements": "Micro-internships begun.",
    "ended": "Micro-internships that have ended, in whatever way.",
    "accepted": "Micro-internships that ended with the work accepted.",
    "completion": "accepted / ended.",
    "fees": "Sum of the fees.",
    "mean_fee": "Fees / micro-internships with a fee.",
    "currency": "Currency of the fees, ISO 4217.",
    "follow_on": "Micro-internships after which something followed with the same employer.",
}
_KINDS: dict[str, Kind] = {
    "completion": "percent", "fees": "money", "mean_fee": "money", **dict.fromkeys(_MARKS, "money"),
}  # fmt: skip


def aggregate_table(aggregates: Aggregates) -> tuple[list[str], list[list[Cell]]]:
    """Headers and rows; a hidden cell says so, a figure without a base is blank."""
    gone = hidden(aggregates)
    rows = [_row("total", "total", aggregates.total, aggregates.currency, gone)]
    for by, groups in aggregates.groups.items():
        rows += [_row(by, by, group, aggregates.currency, gone) for group in groups]
    return [*_HEADERS, *_MARKS], rows


def _row(by: str, shown_by: str, group: Group, currency: str, gone: set[tuple[str, str, str]]) -> list[Cell]:
    def cell(value: Cell, *measures: str) -> Cell:
        return HIDDEN if any((by, group.name, measure) in gone for measure in measures) else value

    fees = (Decimal(group.fees) / 100).quantize(Decimal("0.01")) if group.paid else None
    row: list[Cell] = [
        shown_by,
        group.name,
        cell(group.students, "students"),
        cell(group.engagements, "engagements"),
        cell(group.ended, "ended"),
        cell(group.accepted, "accepted"),
        cell(_mean(group.accepted, group.ended, "0.001"), "accepted", "ended"),
        cell(fees, "paid"),
        cell(_mean(group.fees, group.paid * 100, "0.01"), "paid"),
        currency if group.paid else None,
        cell(group.follow_on, "follow_on"),
    ]
    for name, (total, count) in zip(COMPETENCIES, group.competencies, strict=True):
        row.append(cell(_mean(total, count, "0.01"), name))
    return row


def _mean(total: int, count: int, places: str) -> Decimal | None:
    return (Decimal(total) / count).quantize(Decimal(places), ROUND_HALF_UP) if count else None


def aggregate_sheets(aggregates: Aggregates, school: str, made_on: date) -> list[Sheet]:
    headers, rows = aggregate_table(aggregates)
    words = [[name, _WORDS[name]] for name in _HEADERS]
    words += [
        [mark, f"Mean of the supervisors' marks for {name}, 1 to 4."]
        for mark, name in zip(_MARKS, COMPETENCIES, strict=True)
    ]
    rule = (
        f"Groups of fewer than {FEWEST} students are put together. A figure behind which fewer than {FEWEST} people "
        "stand is hidden, and with it what it could be worked out from."
    )
    about: list[list[Cell]] = [
        ["School", school],
        ["Made on", made_on],
        ["Grouped by", ", ".join(_BY_WORDS[by] for by in aggregates.groups)],
        ["Hidden", rule],
    ]
    return [
        Sheet("Data", headers, rows, _KINDS),
        Sheet("Data dictionary", ["Column", "What it holds"], words),
        Sheet("Summary", ["Figure", "Value"], about),
    ]
