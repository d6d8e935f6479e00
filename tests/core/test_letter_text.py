"""The text of a letter: fields, what stands there only where it is known, and what no letter can be made of."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import letter_text
from core.errors import SystemFault
from core.letter_text import (
    ABOUT,
    FIELDS,
    Block,
    LetterText,
    blocks,
    live,
    missing,
    wrong,
    wrong_parts,
    wrong_term,
)

WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1, max_size=40).filter(
    str.strip
)


def test_what_is_absent_takes_its_paragraph_along() -> None:
    text = "Dear {first_name},\n\n{if why}It matters: {why}{end}\n\n{if not why}Ask us why.{end}\n\nYours"
    assert blocks(text, {"first_name": "Ada", "why": "mail"})[1:] == [
        Block("text", ("It matters: mail",)),
        Block("text", ("Yours",)),
    ]
    assert blocks(text, {"first_name": "Ada"})[1:] == [Block("text", ("Ask us why.",)), Block("text", ("Yours",))]
    assert missing(text, {}) == ["first_name"]


def test_conditions_stand_in_conditions() -> None:
    text = "{if summary}A{if why}B{end}C{end}D"
    assert live(text, {"summary": "x", "why": "y"}) == "ABCD"
    assert live(text, {"summary": "x"}) == "ACD"
    assert live(text, {"why": "y"}) == "D"


def test_headings_points_and_pieces() -> None:
    text = "# What\n- one {name}\n- two\nafter\n\n{the signature}"
    assert blocks(text, {"name": "Ada"}) == [
        Block("heading", ("What",)),
        Block("list", ("one Ada", "two")),
        Block("text", ("after",)),
        Block("the signature"),
    ]


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("{frist_name}", "no field {frist_name}"),
        ("{if wy}x{end}", "no field {wy} to ask for"),
        ("{if why}x", "no {end} after it"),
        ("x{end}", "no {if …} before it"),
        ("Dear {first_name", "brace stands alone"),
        ("so {the terms} then", "line of its own"),
        (f"{{ask: {'why ' * 60}?}}", "at most 200 characters"),
    ],
)
def test_what_no_letter_can_be_made_of_is_said(text: str, part: str) -> None:
    assert part in " ".join(wrong(text, "offer"))


def test_a_heading_or_a_point_of_nothing_is_not_there() -> None:
    text = "A\n# {if why}{why}{end}\n- {if why}{why}{end}\n- two"
    assert blocks(text, {}) == [Block("text", ("A",)), Block("list", ("two",))]


def test_nothing_is_drawn_in_a_title_or_a_term() -> None:
    assert "stands in a letter’s text" in wrong_parts(LetterText(about="offer", title="{the terms}"))["title"][0]
    assert "stands in a letter’s text" in wrong_term("As said: {the conditions}")[0]
    assert "no field {frist_name}" in wrong_term("Dear {frist_name}")[0]
    assert wrong_term("{if expires}By {expires}.{end} {if accepted}{accepted}{end}") == []


def test_a_letter_about_somebody_has_no_terms() -> None:
    assert "has no {the terms}" in wrong("{the terms}", "person")[0]
    assert "no field {fee}" in wrong("{fee}", "application")[0]


@pytest.mark.parametrize("key", letter_text.ready_made())
def test_our_own_letters_are_sound(key: str) -> None:
    one = letter_text.ready_made()[key]
    assert one.about in ABOUT
    assert one.purpose
    for text in (one.kicker, one.title, one.text):
        assert wrong(text, one.about) == []


def test_there_are_seven_letters_and_the_terms() -> None:
    assert {key.removeprefix("letter-") for key in letter_text.ready_made()} == {
        "offer", "offer-campus-grant", "extension", "not-selected", "thank-you", "reference", "kick-off",
    }  # fmt: skip
    assert {"term-confidentiality", "term-ownership", "term-ai-policy", "term-contractor", "term-w2"} <= set(
        letter_text.ready_terms()
    )


@given(st.dictionaries(st.sampled_from(sorted(FIELDS["offer"])), WORDS))
def test_nothing_that_is_put_in_changes_how_a_letter_is_built(values: dict[str, str]) -> None:
    text = letter_text.ready_made()["letter-offer"].text
    plain = dict.fromkeys(values, "x")
    assert [one.kind for one in blocks(text, values)] == [one.kind for one in blocks(text, plain)]
    assert missing(text, values) == missing(text, plain)


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (b"name = ", "offer.toml cannot be read"),
        (b'nmae = "Offer"', "unexpected keyword argument 'nmae'"),
        (b"name = 3", "cannot be read"),
        (b'name = "\xff"', "cannot be read"),
    ],
)
def test_a_file_that_somebody_broke_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, file: bytes, said: str
) -> None:
    (tmp_path / "offer.toml").write_bytes(file)
    monkeypatch.setattr("resources.path", lambda _name: tmp_path)
    letter_text.ready_made.cache_clear()
    try:
        with pytest.raises(SystemFault, match=said):
            letter_text.ready_made()
    finally:
        letter_text.ready_made.cache_clear()
