"""Points of a match: hand-worked cases, and the laws that weights keep."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.matching import (
    PARTS,
    USUAL,
    Part,
    contact_part,
    hours_part,
    new_part,
    points,
    skills_part,
    weeks_part,
    weights,
)


@pytest.mark.parametrize(
    ("part", "share"),
    [
        (skills_part(["a", "b", "c", "d"], {"a": 4, "b": 1, "c": None, "x": 4}), (1 + 0.5 + 0.75) / 4),
        (skills_part(["a"], {}), 0),
        (skills_part([], {"a": 4}), None),
        (weeks_part(2, 3), 2 / 3),
        (weeks_part(0, 0), None),
        (hours_part(20, 2, 5), 0.5),
        (hours_part(20, 4, 10), 1),
        (hours_part(20, 4, None), None),
        (new_part(False), 1),
        (new_part(True), 0),
        (contact_part(90), 0.5),
        (contact_part(900), 1),
        (contact_part(None), 1),
        (contact_part(-3), 0),
    ],
)
def test_a_part_by_hand(part: Part, share: float | None) -> None:
    assert part.share == (None if share is None else pytest.approx(share))


def test_points_by_hand() -> None:
    known = [skills_part(["a", "b"], {"a": 4}), weeks_part(3, 3), hours_part(20, 3, None)]
    parts = [*known, new_part(False), contact_part(90)]
    # (0.5*50 + 1*20 + 1*5 + 0.5*10) / (50 + 20 + 5 + 10); the hours are not known and do not count.
    assert points(parts, USUAL) == round(100 * 55 / 85)
    assert points(parts, {"skills": 100}) == 50
    assert points(parts, {}) == 0
    assert weights({"skills": 10}) == {**USUAL, "skills": 10}


SHARES = st.none() | st.floats(0, 1)
FIVE = {"min_size": 5, "max_size": 5}


@given(st.lists(SHARES, **FIVE), st.lists(st.integers(0, 100), **FIVE), st.integers(0, 4))
def test_more_of_a_part_never_gives_fewer_points(shares: list[float | None], weighs: list[int], at: int) -> None:
    keys = list(PARTS)
    parts = [Part(key, share, "") for key, share in zip(keys, shares, strict=True)]
    weighed = dict(zip(keys, weighs, strict=True))
    before = points(parts, weighed)
    assert 0 <= before <= 100
    if parts[at].share is not None:
        more = [Part(one.key, 1.0, "") if n == at else one for n, one in enumerate(parts)]
        assert points(more, weighed) >= before
