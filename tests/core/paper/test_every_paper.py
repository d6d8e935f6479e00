"""What holds for each paper: its size, its pages counted, its fonts inside, the same bytes from the same facts."""

from __future__ import annotations

from pathlib import Path

import pytest
from pypdf import PdfReader

from core.paper.facts import PageSize
from tests.core.paper import readback
from tests.core.paper.samples import EVERY_PAPER

SIZES: dict[PageSize, tuple[int, int]] = {"a4": (595, 842), "letter": (612, 792)}

every = pytest.mark.parametrize("paper", list(EVERY_PAPER))


@every
@pytest.mark.parametrize("size", list(SIZES))
def test_lies_on_the_asked_size(paper: str, size: PageSize, tmp_path: Path) -> None:
    out = tmp_path / "paper.pdf"
    EVERY_PAPER[paper](out, size)
    for page in PdfReader(out).pages:
        lies = round(page.mediabox.width), round(page.mediabox.height)
        assert lies == (SIZES[size][::-1] if paper == "year" else SIZES[size])


@every
def test_counts_its_pages(paper: str, tmp_path: Path) -> None:
    out = tmp_path / "paper.pdf"
    EVERY_PAPER[paper](out, "a4")
    pages = PdfReader(out).pages
    for number, page in enumerate(pages, 1):
        assert f"page {number} of {len(pages)}" in page.extract_text()


@every
def test_same_facts_make_the_same_bytes(paper: str, tmp_path: Path) -> None:
    first, second = tmp_path / "first.pdf", tmp_path / "second.pdf"
    EVERY_PAPER[paper](first, "letter")
    EVERY_PAPER[paper](second, "letter")
    assert first.read_bytes() == second.read_bytes()


@every
@readback.needs_poppler
def test_every_font_is_embedded(paper: str, tmp_path: Path) -> None:
    out = tmp_path / "paper.pdf"
    EVERY_PAPER[paper](out, "a4")
    found = readback.fonts(out)
    assert found
    assert all(embedded for _, embedded in found), found
    assert all("NotoSans" in name or "Inter" in name for name, _ in found), found


@every
def test_says_what_it_is(paper: str, tmp_path: Path) -> None:
    out = tmp_path / "paper.pdf"
    EVERY_PAPER[paper](out, "a4")
    reader = PdfReader(out)
    told = reader.metadata
    assert told is not None
    assert told.title
    assert told.author == "Lakeside Print & Design"
    assert told.creation_date is not None
    assert told.creation_date.date().isoformat() == "2026-11-22"
    assert reader.trailer["/Root"]["/Lang"] == "en-US"
    assert reader.outline
    assert "Lakeside Print & Design" in reader.pages[0].extract_text()


@every
def test_leaves_nothing_else_in_the_folder(paper: str, tmp_path: Path) -> None:
    folder = tmp_path / "papers"
    folder.mkdir()
    EVERY_PAPER[paper](folder / "paper.pdf", "a4")
    assert [one.name for one in folder.iterdir()] == ["paper.pdf"]
