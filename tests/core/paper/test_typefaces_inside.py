"""The typefaces inside a paper: all embedded, and every letter given back as one (PDF/UA-1, 7.21)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from core.paper import letter
from tests.core.paper.odd_names import NAMES
from tests.core.paper.samples import EVERY_PAPER, offer

_PAIR = re.compile(rb"^<([0-9A-F]{2,4})> <([0-9A-F]{4,})>$", re.MULTILINE)
_NO_LETTERS = ("\0", "\ufeff", "\ufffe")


def faults(pdf: pikepdf.Pdf) -> Iterator[str]:
    fonts = [one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/Font"]
    for font in fonts:
        name = str(font.BaseFont)
        whole: Any = font.DescendantFonts[0] if "/DescendantFonts" in font else font
        if "/FontFile2" not in whole.FontDescriptor:
            yield f"{name} is not embedded"
        if font.Subtype == "/TrueType" and ("/Encoding" in font or not int(whole.FontDescriptor.Flags) & 4):
            yield f"{name} has codes of its own and says that they are an encoding's"
        if font.Subtype == "/CIDFontType2":
            continue
        pairs = _PAIR.findall(font.ToUnicode.read_bytes())
        if not pairs:
            yield f"{name} gives no letter back"
        for code, letters in pairs:
            text = bytes.fromhex(letters.decode("ascii")).decode("utf-16-be")
            if not text or any(one in text for one in _NO_LETTERS):
                yield f"{name}: {code!r} is given back as {text!r}"


@pytest.mark.parametrize("paper", list(EVERY_PAPER))
def test_every_paper_embeds_its_typefaces_and_gives_letters_back(paper: str, tmp_path: Path) -> None:
    out = tmp_path / "paper.pdf"
    EVERY_PAPER[paper](out, "a4")
    with pikepdf.open(out) as pdf:
        assert list(faults(pdf)) == []


@pytest.mark.parametrize("name", NAMES[::7])
def test_so_do_odd_names(name: str) -> None:
    into = BytesIO()
    letter.make(offer(candidate=name, greeting=f"Dear {name},"), into)
    with pikepdf.open(into) as pdf:
        assert list(faults(pdf)) == []


def test_the_check_fails_where_a_code_stands_for_no_letter_or_a_face_is_not_inside(tmp_path: Path) -> None:
    out = tmp_path / "paper.pdf"
    EVERY_PAPER["letter"](out, "a4")
    with pikepdf.open(out) as pdf:
        fonts = [one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/Font"]
        (font, other) = [one for one in fonts if one.Subtype == "/TrueType"][:2]
        font.ToUnicode.write(b"1 beginbfchar\n<00> <0000>\nendbfchar")
        del other.FontDescriptor.FontFile2
        assert len(list(faults(pdf))) == 2


def test_letters_to_many_share_their_typefaces_and_differ_in_nothing_else() -> None:
    made = [BytesIO(), BytesIO(), BytesIO()]
    for name, into in zip(("Ana Ruiz", "Nguyễn Thị Ánh", "Ana Ruiz"), made, strict=True):
        letter.make(offer(candidate=name), into)
    assert made[0].getvalue() == made[2].getvalue()
    assert made[0].getvalue() != made[1].getvalue()
