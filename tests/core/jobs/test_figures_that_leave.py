"""Figures for a campus office give nobody away: not by a name, nor by what is left when shown ones are taken."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from hypothesis import example, given, settings
from hypothesis import strategies as st

from core.exchange.aggregate import FEWEST, HIDDEN, TOGETHER, By, aggregate_table
from core.insight.sharing import Counted
from core.jobs.sharing import _aggregates

KINDS: dict[By, Callable[[Counted], str]] = {
    "school": lambda row: row.school,
    "class_year": lambda row: row.class_year,
    "category": lambda row: row.category,
}
COLUMNS: dict[str, Callable[[Counted], bool]] = {
    "students": lambda _: True,
    "engagements": lambda _: True,
    "ended": lambda row: row.ended,
    "accepted": lambda row: row.accepted,
    "fees": lambda row: row.paid,
    "mean_fee": lambda row: row.paid,
    "follow_on": lambda row: row.follow_on,
    "communication": lambda row: "Communication" in row.marks,
}


def one(person: int, year: str = "1st", category: str = "Data", *, paid: bool = True, ended: bool = True) -> Counted:
    return Counted(f"p{person}", "North", year, category, ended, ended, 30_000, paid, False, {})


ROW = st.builds(
    Counted,
    st.integers(0, 14).map(lambda at: f"p{at}"),
    st.just("North"),
    st.sampled_from(["1st", "2nd", "3rd", "4th"]),
    st.sampled_from(["Data", "Writing", "Research"]),
    st.booleans(),
    st.booleans(),
    st.integers(10_000, 90_000),
    st.booleans(),
    st.booleans(),
    st.sampled_from([{}, {"Communication": 3}]),
)


def people(rows: list[Counted]) -> set[str]:
    return {row.candidate_id for row in rows}


def telling(rows: list[Counted]) -> bool:
    return 0 < len(people(rows)) < FEWEST


@settings(deadline=None)
@given(st.lists(ROW, min_size=1, max_size=40))
@example([one(at) for at in range(6)] + [one(6, "2nd")])
@example([one(at) for at in range(6)] + [one(0, paid=True)] * 3)
@example([one(at, paid=at == 0) for at in range(6)] + [one(0)] * 5)
def test_nobody_is_told_from_figures(rows: list[Counted]) -> None:
    head, table = aggregate_table(_aggregates(rows, "USD"))
    lines = [dict(zip(head, line, strict=True)) for line in table]
    total = next(line for line in lines if line["grouped_by"] == "total")
    for by, key in KINDS.items():
        members: dict[str, list[Counted]] = {}
        for row in rows:
            small = telling([other for other in rows if key(other) == key(row)])
            members.setdefault(TOGETHER if small else key(row), []).append(row)
        shown = {str(line["group"]): line for line in lines if line["grouped_by"] == by}
        assert set(shown) == set(members)
        for column, counts in COLUMNS.items():
            hidden = [name for name, line in shown.items() if line[column] == HIDDEN]
            for name, line in shown.items():
                behind = [row for row in members[name] if counts(row)]
                if telling(behind) or telling(members[name]):
                    assert line[column] == HIDDEN, (by, name, column)
            if hidden and total[column] != HIDDEN:
                left = [row for name in hidden for row in members[name] if counts(row)]
                assert not telling(left), (by, column)
                assert len([name for name in hidden if any(counts(row) for row in members[name])]) != 1


def test_one_persons_pay_is_not_told() -> None:
    """Six students, five times paid, each time the same one."""
    rows = [one(at, paid=False) for at in range(6)] + [one(0)] * 5
    head, table = aggregate_table(_aggregates(rows, "USD"))
    for line in table:
        cells = dict(zip(head, line, strict=True))
        assert (cells["students"], cells["fees"], cells["mean_fee"]) == (6, HIDDEN, HIDDEN)


def test_groups_of_a_few_stand_together_under_no_name_of_theirs() -> None:
    rows = [one(at) for at in range(8)] + [
        one(at, year) for at, year in enumerate(["2nd", "2nd", "3rd", "4th", "4th"], 8)
    ]
    head, table = aggregate_table(_aggregates(rows, "USD"))
    years = {
        line[head.index("group")]: line[head.index("fees")]
        for line in table
        if line[head.index("grouped_by")] == "class_year"
    }
    assert years == {"1st": Decimal("2400.00"), TOGETHER: Decimal("1500.00")}
