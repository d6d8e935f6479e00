"""The order of letters where some are read from right to left, worked by hand and against another implementation."""

from __future__ import annotations

import unicodedata

import pytest
from bidi import get_display
from hypothesis import given, settings
from hypothesis import strategies as st

from core.paper import bidi

# As in UAX #9's own examples: capitals are letters from right to left.
HEBREW = {chr(ord("A") + at): chr(0x5D0 + at) for at in range(26)}
SHOWN = {mirror: other for pair in ("()", "[]", "{}") for mirror, other in (pair, pair[::-1])}


def seen(text: str, base: int) -> str:
    """The text as it stands on the line, from left to right."""
    levels = bidi.levels(text, base)
    # L1: what is blank at the line's end is the paragraph's.
    blank = len(text.rstrip(" \u2066\u2067\u2068\u2069"))
    levels[blank:] = [base] * (len(text) - blank)
    return "".join(SHOWN.get(text[at], text[at]) if levels[at] % 2 else text[at] for at in bidi.turned(levels))


def by_hand(text: str) -> str:
    return text.translate(str.maketrans(HEBREW))


@pytest.mark.parametrize(
    ("typed", "base", "shown"),
    [
        ("car is THE CAR in arabic", 0, "car is RAC EHT in arabic"),
        ("THE CAR is car", 1, "is car RAC EHT"),
        ("ABC (DE) f", 0, "(ED) CBA f"),
        ("ABC (de), FG", 1, "GF ,(de) CBA"),
        ("ABC 123, 4.5", 1, "4.5 ,123 CBA"),
        ("a ABC 22 b", 0, "a 22 CBA b"),
        ("to \u2068ABC\u2069, 15 may", 0, "to \u2068CBA\u2069, 15 may"),
        ("to ABC, 15 may", 0, "to 15 ,CBA may"),
        ("\u2068ABC (22)\u2069 (x)", 0, "\u2068(22) CBA\u2069 (x)"),
        ("ABC  ", 0, "CBA  "),
        ("", 0, ""),
    ],
)
def test_worked_by_hand(typed: str, base: int, shown: str) -> None:
    assert seen(by_hand(typed), base) == by_hand(shown)


@pytest.mark.parametrize(
    ("text", "level"), [("محمد", 1), ("محمد (22)", 1), ("محمد Ada", 0), ("22", 0), ("", 0), ("שרה", 1), ("Ada", 0)]
)
def test_a_paragraph_is_from_right_to_left_where_all_its_letters_are(text: str, level: int) -> None:
    assert bidi.base_level(text) == level


LETTERS = st.sampled_from("ab אבجد12٣٤+-,.:/$%()[]{}<>«»\u0301\u064b\xa0 \u2067\u2066\u2068\u2069〈〉\u2329\u232a!é中")


def unmirrored(text: str) -> str:
    """Which way a bracket looks is the font's matter."""
    return "".join("(" if unicodedata.mirrored(letter) else letter for letter in text)


@settings(max_examples=1500, deadline=None)
@given(st.text(LETTERS, max_size=24), st.integers(0, 1))
def test_as_another_implementation_has_it(text: str, base: int) -> None:
    assert unmirrored(seen(text, base)) == unmirrored(get_display(text, base_dir="LR"[base]))
