"""Every paper can be read aloud: tagged, in order, with its language; and the checker that says so can say no."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from pypdf import PdfReader

from core.paper import letter, listing
from core.paper.facts import PageSize
from core.paper.page import PaperCanvas
from core.paper.tags import TagError
from tests.core.paper import structure
from tests.core.paper.samples import EVERY_PAPER, offer, table


@pytest.mark.parametrize("size", ["a4", "letter"])
@pytest.mark.parametrize("paper", list(EVERY_PAPER))
def test_every_paper_can_be_read_aloud(paper: str, size: PageSize, tmp_path: Path) -> None:
    out = tmp_path / "paper.pdf"
    EVERY_PAPER[paper](out, size)
    assert structure.faults(out) == []
    roles = [role for role, _ in structure.outline(out)]
    assert roles.count("H1") == 1
    assert "P" in roles


def test_what_a_form_is_stands_in_its_metadata(tmp_path: Path) -> None:
    out = tmp_path / "form.pdf"
    EVERY_PAPER["form"](out, "a4")
    with pikepdf.open(out) as pdf, pdf.open_metadata() as meta:
        assert meta["dc:identifier"] == "ABCD-EFGH-JKMN"


def test_a_picture_says_what_it_shows(tmp_path: Path) -> None:
    out = tmp_path / "year.pdf"
    EVERY_PAPER["year"](out, "a4")
    words = [words for role, words in structure.outline(out) if role == "Figure"]
    assert len(words) == 1
    assert "A spring catalogue: 1 Mar 2026 to 6 Apr 2026" in words[0]
    assert "exams at 2 schools" in words[0]


def test_a_head_that_is_repeated_on_the_next_page_is_read_once(tmp_path: Path) -> None:
    out = tmp_path / "list.pdf"
    facts = table()
    listing.make(replace(facts, rows=facts.rows * 60), out)
    assert len(PdfReader(out).pages) > 2
    assert structure.faults(out) == []
    roles = [role for role, _ in structure.outline(out)]
    assert roles.count("Table") == 1
    assert roles.count("TH") == len(facts.columns)


def test_a_paragraph_over_two_pages_is_one(tmp_path: Path) -> None:
    short, long = tmp_path / "short.pdf", tmp_path / "long.pdf"
    for out, times in ((short, 1), (long, 400)):
        letter.make(offer(summary="Sort it and name it. " * times), out)
        assert structure.faults(out) == []
    assert len(PdfReader(long).pages) > len(PdfReader(short).pages)
    roles = [[role for role, _ in structure.outline(out)] for out in (short, long)]
    assert roles[0].count("P") == roles[1].count("P")


def test_text_that_says_not_what_it_is_stops_the_paper() -> None:
    canvas = PaperCanvas(BytesIO())
    with pytest.raises(TagError):
        canvas.drawString(10, 10, "Nowhere")


def _drop_an_element(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.StructTreeRoot.K.K[0]


def _unwrap_a_text(pdf: pikepdf.Pdf) -> None:
    page = pdf.pages[0]
    given = list(pikepdf.parse_content_stream(page))
    at = next(n for n, one in enumerate(given) if str(one.operator) == "BDC" and str(one.operands[0]) == "/P")
    end = next(n for n in range(at, len(given)) if str(given[n].operator) == "EMC")
    page.Contents = pdf.make_stream(
        pikepdf.unparse_content_stream([*given[:at], *given[at + 1 : end], *given[end + 1 :]])
    )


def _empty_a_heading(pdf: pikepdf.Pdf) -> None:
    next(kid for kid in pdf.Root.StructTreeRoot.K.K if str(kid.S) == "/H1").K = pikepdf.Array()


def _take_the_language(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.Lang


def _skip_a_level(pdf: pikepdf.Pdf) -> None:
    next(kid for kid in pdf.Root.StructTreeRoot.K.K if str(kid.S) == "/H2").S = pikepdf.Name.H3


def _orphan_a_field(pdf: pikepdf.Pdf) -> None:
    for note in pdf.pages[0].Annots:
        if "/StructParent" in note:
            del note.StructParent
            return


def _mute_a_field(pdf: pikepdf.Pdf) -> None:
    note = next(note for note in pdf.pages[0].Annots if "/TU" in note and not int(note.get("/F", 0)) & 2)
    del note.TU


def _take_the_heads(pdf: pikepdf.Pdf) -> None:
    table = next(kid for kid in pdf.Root.StructTreeRoot.K.K if str(kid.S) == "/Table")
    for row in table.K:
        for cell in row.K:
            cell.S = pikepdf.Name.TD


def _take_one_head(pdf: pikepdf.Pdf) -> None:
    table = next(kid for kid in pdf.Root.StructTreeRoot.K.K if str(kid.S) == "/Table")
    next(
        cell for row in table.K for cell in row.K if str(cell.get("/A", {}).get("/Scope", "")) == "/Column"
    ).S = pikepdf.Name.TD


def _silence_a_heading(pdf: pikepdf.Pdf) -> None:
    page, inside, kept = pdf.pages[0], False, []
    for one in pikepdf.parse_content_stream(page):
        operator = str(one.operator)
        inside = operator == "BDC" and str(one.operands[0]) == "/H1" if operator in ("BDC", "EMC") else inside
        if not (inside and operator in ("Tj", "TJ")):
            kept.append(one)
    page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(kept))


def _swap_two_texts(pdf: pikepdf.Pdf) -> None:
    kids = list(pdf.Root.StructTreeRoot.K.K)
    first, *_, last = (at for at, kid in enumerate(kids) if str(kid.S) == "/P")
    kids[first], kids[last] = kids[last], kids[first]
    pdf.Root.StructTreeRoot.K.K = pikepdf.Array(kids)


def _take_the_bookmarks(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.Outlines


def _mute_a_bookmark(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Outlines.First.Title = pikepdf.String(" ")


def _lead_nowhere(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.Outlines.First.Dest


def _misspell_the_language(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Lang = pikepdf.String("english, please")


@pytest.mark.parametrize(
    "break_it",
    [
        _take_one_head,
        _silence_a_heading,
        _swap_two_texts,
        _take_the_bookmarks,
        _mute_a_bookmark,
        _lead_nowhere,
        _misspell_the_language,
        _drop_an_element,
        _unwrap_a_text,
        _empty_a_heading,
        _take_the_language,
        _skip_a_level,
        _orphan_a_field,
        _mute_a_field,
        _take_the_heads,
    ],
)
def test_the_checker_finds_what_is_broken(break_it: Callable[[pikepdf.Pdf], None], tmp_path: Path) -> None:
    whole, broken = tmp_path / "whole.pdf", tmp_path / "broken.pdf"
    EVERY_PAPER["form"](whole, "a4")
    assert structure.faults(whole) == []
    with pikepdf.open(whole) as pdf:
        break_it(pdf)
        pdf.save(broken)
    assert structure.faults(broken) != []
