"""A hundred of the oddest names go through letter and report, and come back as they were typed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from core.paper import (
    comparison,
    fonts,
    form_paper,
    interview,
    letter,
    listing,
    posting,
    record,
    report,
    sheet,
    summary,
    year,
)
from core.paper.shaped import cut, wide
from tests.core.paper import readback, samples, structure
from tests.core.paper.odd_names import NAMES

READERS_TURN_NUMBERS = {"محمد ١٢٣", "محمد (أحمد)"}
"""Readers guess where a line from right to left has digits or ends in a bracket; the page itself is right."""


def alike(words: str) -> str:
    """Without spaces and the direction marks that readers add."""
    return re.sub("[\u202a-\u202e\u2066-\u2069\\s]", "", unicodedata.normalize("NFC", words))


def letters(words: str) -> str:
    return "".join(sorted(alike(words)))


@pytest.mark.parametrize("name", NAMES)
@readback.needs_poppler
def test_comes_back_as_typed(name: str, tmp_path: Path) -> None:
    out, again = tmp_path / "a.pdf", tmp_path / "b.pdf"
    for path in (out, again):
        report.make(samples.candidate(name=name), path)
    assert out.read_bytes() == again.read_bytes()
    assert all(embedded for _, embedded in readback.fonts(out))
    letter.make(samples.offer(candidate=name, summary=f"{name}, {name}"), again)
    for path in (out, again):
        for told in (readback.text(path), readback.poppler(path)):
            if name in READERS_TURN_NUMBERS:
                line = next(line for line in told.splitlines() if fonts.plain(name)[0] in line)
                assert set(letters(name)) <= set(letters(line))
            else:
                assert alike(fonts.plain(name)) in alike(told)


@pytest.mark.parametrize("name", ["محمد الأمين 李明", "क्षत्रिय 👩🏽‍💻", "יִצְחָק " * 60, "Z̴̧͑a̵l̶go"])
def test_papers_stay_tagged(name: str, tmp_path: Path) -> None:
    out = tmp_path / "a.pdf"
    letter.make(samples.offer(candidate=name, summary=name), out)
    assert structure.faults(out) == []
    report.make(samples.candidate(name=name), out)
    assert structure.faults(out) == []
    listing.make(samples.table(rows=((name, "", ""),)), out)
    assert structure.faults(out) == []


ALL_AT_ONCE = "محمد 李明 (क्षत्रिय) 👩🏽‍💻 12"
TOLD_APART = {"currency", "size", "lang", "kind", "logo", "code", "align", "name", "key", "identifier"}
"""What is no text of people, or has to be told apart."""
MAKERS: dict[str, tuple[Callable[[Any, Path], object], Callable[[], Any]]] = {
    "letter": (letter.make, samples.offer),
    "report": (report.make, samples.candidate),
    "posting": (posting.make, samples.to_apply_for),
    "summary": (summary.make, samples.year),
    "list": (listing.make, samples.table),
    "recovery sheet": (sheet.make, samples.recovery),
    "form": (form_paper.make, samples.to_fill_in),
    "comparison": (comparison.make, samples.compared),
    "year": (year.make, samples.whole_year),
    "experience record": (record.make, samples.done),
    "interview sheet": (interview.make, samples.talk),
}


def oddly(value: Any, name: str = "") -> Any:
    if isinstance(value, str):
        return ALL_AT_ONCE if value and name not in TOLD_APART else value
    if isinstance(value, tuple):
        return tuple(oddly(one, name) for one in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{one.name: oddly(getattr(value, one.name), one.name) for one in fields(value)})
    return value


@pytest.mark.parametrize("paper", MAKERS)
@readback.needs_poppler
def test_every_paper_takes_them_wherever_there_is_text(paper: str, tmp_path: Path) -> None:
    out = tmp_path / "a.pdf"
    make, facts = MAKERS[paper]
    make(oddly(facts()), out)
    assert structure.faults(out) == []
    assert all(embedded for _, embedded in readback.fonts(out))
    assert alike("李明 (क्षत्रिय) 👩🏽‍💻 12") in alike(readback.text(out))
    assert alike("محمد") in alike(readback.poppler(out))


def test_a_long_text_goes_on_on_the_next_page(tmp_path: Path) -> None:
    out = tmp_path / "a.pdf"
    words = " ".join(f"李明{number} คำ" for number in range(1400))
    letter.make(samples.offer(summary=words), out)
    told = alike(readback.text(out))
    assert "page1of" in told
    assert "page3of" in told
    # Those that a page's end parts have its foot between them.
    assert sum(f"李明{number}คำ" in told for number in range(1400)) > 1395
    assert structure.faults(out) == []


def test_no_line_is_wider_than_its_room() -> None:
    from reportlab.lib.styles import ParagraphStyle

    from core.paper.flow import para
    from core.paper.shaped import Line

    assert isinstance(para("x").style, ParagraphStyle)
    for name in NAMES:
        for room in (40.0, 90.0, 400.0):
            made = para(f"{name}, {name} of {name}")
            made.wrap(room, 10_000)
            for line in made.blPara.lines:
                if isinstance(line, Line):
                    # One cluster stays whole where it is wider than its room.
                    assert line.width <= room + 0.1 or len(line.pieces) == 1


def test_names_of_the_papers_own_letters_are_left_to_reportlab() -> None:
    from core.paper.flow import para
    from core.paper.shaped import Line

    for name in ("Ada", "Zoë Łukasik", "Ελένη", "Наталія", "→ ✓", "Mỹ-Linh"):
        made = para(name)
        made.wrap(400, 400)
        assert not isinstance(made.blPara.lines[0], Line)


def test_what_joins_letters_is_kept_where_it_means_something() -> None:
    assert fonts.plain("می\u200cخواهم") == "می\u200cخواهم"
    assert fonts.plain("👨\u200d👩") == "👨\u200d👩"
    assert fonts.plain("A\u200dd\u200ca\ufe0f \u200d") == "Ada "
    assert fonts.plain("\u2068Ada\u2069") == "Ada"
    for name in NAMES:
        assert fonts.plain(fonts.plain(name)) == fonts.plain(name)


def test_a_name_from_right_to_left_turns_nothing_around_it(tmp_path: Path) -> None:
    from core.paper import bidi

    assert fonts.isolated("Ada") == "Ada"
    assert fonts.isolated("محمد. ") == "\u2068محمد\u2069. "
    assert fonts.isolated("Ada محمد") == "\u2066Ada محمد\u2069"
    assert bidi.base_level(f"1. {fonts.isolated('محمد')}") == 0
    said = f"Given to {fonts.isolated('محمد')}, 15 March"
    levels = bidi.levels(said, 0)
    assert {levels[at] for at, letter in enumerate(said) if letter in "15March,"} == {0}


def test_cut_to_a_line_ends_between_clusters() -> None:
    for name in NAMES:
        shown = cut(name, 60.0, fonts.REGULAR, 8)
        assert wide(shown, fonts.REGULAR, 8) <= 60.5
        assert shown == name or shown.endswith("…")
