"""Colours of charts: told apart in grey print and by eyes that see few colours, and numbers upon them can be read."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.chart import Chart, ChartBar, dark_upon, every, shades

# What of linear red, green and blue is seen without one kind of cone (Machado et al. 2009, severity 1).
SEEN = {
    "all": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protan": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deutan": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritan": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}
GROUNDS = {False: "#ffffff", True: "#1e2322"}


def light(shade: str, kind: str = "all") -> float:
    """Relative luminance (WCAG 2.1) of what is seen of it."""
    parts = [int(shade[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    seen = [min(1.0, max(0.0, sum(a * b for a, b in zip(row, linear, strict=True)))) for row in SEEN[kind]]
    return 0.2126 * seen[0] + 0.7152 * seen[1] + 0.0722 * seen[2]


def contrast(one: float, other: float) -> float:
    return (max(one, other) + 0.05) / (min(one, other) + 0.05)


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("series", [2, 3, 4])
@pytest.mark.parametrize("kind", SEEN)
def test_neighbours_differ_in_lightness_for_every_eye(kind: str, series: int, dark: bool) -> None:
    found = [light(one, kind) for one in shades(series, dark=dark)]
    assert found == sorted(found, reverse=not dark)
    assert all(contrast(one, other) >= 1.5 for one, other in pairwise(found))


@pytest.mark.parametrize("dark", [False, True])
def test_numbers_upon_a_bar_and_the_bars_that_matter_most_can_be_read(dark: bool) -> None:
    for one in shades(4, dark=dark):
        letters = "#14201b" if dark_upon(one) else "#ffffff"
        assert contrast(light(one), light(letters)) >= 4.5
    # Of two, both stand out from the ground (WCAG 2.1, 1.4.11, for what is no text); the palest of four has a number.
    assert all(contrast(light(one), light(GROUNDS[dark])) >= 2 for one in shades(2, dark=dark))


@given(st.floats(1, 80), st.floats(0.5, 80), st.integers(1, 120))
def test_labels_have_room_and_stand_on_the_same_months_each_year(widest: float, step: float, count: int) -> None:
    found = every(widest, step, count)
    assert found * step >= widest or found >= count
    assert 12 % found == 0 or found % 12 == 0


def test_groups_and_words() -> None:
    bars = tuple(ChartBar(label, at, f"{label}{at}") for at, label in enumerate("AABB"))
    chart = Chart("Both", bars, ("One", "Two"))
    assert [[bar.value for bar in group] for group in chart.groups] == [[0, 1], [2, 3]]
    assert chart.told == "Both. A0; A1; B2; B3."
    assert Chart("Parts", bars, ("One", "Two"), whole=True).told == "Parts. A1; B2; B3."
    assert Chart("Nothing", (ChartBar("A", 0, "A"), ChartBar("B", None, "B"))).empty
