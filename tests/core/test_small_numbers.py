"""Small numbers: worked cases, and what holds for any."""

from __future__ import annotations

from fractions import Fraction
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.small_numbers import against, fisher


@pytest.mark.parametrize(
    ("group", "best", "ratio", "p"),
    [((1, 5), (3, 5), "0.33", "0.52"), ((2, 10), (5, 10), "0.40", "0.35"), ((1, 10), (6, 10), "0.17", "0.057"),
     ((6, 40), (16, 40), "0.375", "0.023")],
)  # fmt: skip
def test_worked_cases(group: tuple[int, int], best: tuple[int, int], ratio: str, p: str) -> None:
    found = against(*group, *best)
    assert f"{float(found.ratio):.{len(ratio) - 2}f}" == ratio
    assert f"{float(found.p):.{len(p) - 2}f}" == p
    assert found.under


def test_fishers_own_tea() -> None:
    # Fisher (1935): all four cups told right, of eight; one-sided 1/70, two-sided 2/70.
    assert fisher(4, 4, 0, 4) == Fraction(2, 70)
    assert fisher(3, 4, 1, 4) == Fraction(34, 70)


@pytest.mark.parametrize(
    ("group", "best", "reverses"),
    [
        # One place given to the other group instead: 2/5 against 2/5.
        ((1, 5), (3, 5), True),
        # 3/10 against 4/10 is 75 %, still under four fifths.
        ((2, 10), (5, 10), False),
        ((7, 40), (16, 40), False),
        # Not under four fifths: there is nothing to reverse.
        ((4, 10), (5, 10), False),
        ((0, 5), (1, 5), True),
    ],
)
def test_one_different_decision(group: tuple[int, int], best: tuple[int, int], reverses: bool) -> None:
    assert against(*group, *best).reverses is reverses


def test_another_group_may_be_the_highest_once_the_best_lost_a_place() -> None:
    assert against(10, 40, 2, 5).reverses
    assert not against(10, 40, 2, 5, others=[(39, 100)]).reverses
    assert against(10, 40, 2, 5, others=[(30, 100)]).reverses


def test_large_groups_take_no_time() -> None:
    # Of a hundred thousand: by binomials one by one it would take minutes.
    assert fisher(2_000, 50_000, 2_000, 50_000) == 1
    assert 0 < fisher(2_000, 50_000, 2_300, 50_000) < Fraction(1, 100_000)


def test_no_ratio_without_anyone_selected() -> None:
    for case in ((0, 5, 0, 5), (0, 0, 1, 5), (1, 5, 0, 0)):
        with pytest.raises(ValueError, match="no rate"):
            against(*case)


groups = st.integers(1, 30).flatmap(lambda base: st.tuples(st.integers(0, base), st.just(base)))


@given(groups, groups)
def test_it_is_a_probability_the_same_from_both_sides(one: tuple[int, int], other: tuple[int, int]) -> None:
    p = fisher(*one, *other)
    assert 0 < p <= 1
    assert p == fisher(*other, *one)
    # Whether one counts those selected or those not is all the same.
    assert p == fisher(one[1] - one[0], one[1], other[1] - other[0], other[1])
    seen = Fraction(comb(one[1], one[0]) * comb(other[1], other[0]), comb(one[1] + other[1], one[0] + other[0]))
    assert p >= seen
