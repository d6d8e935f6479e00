"""Several papers in one file: each begins on its own page and counts its own; nothing of one is in another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from core.paper.flow import heading, para
from core.paper.page import Paper, bind, build
from tests.core.paper import readback, structure
from tests.core.paper.samples import picture, stationery


def paper(number: int, paragraphs: int = 2) -> Paper:
    return Paper(
        stationery(logo=picture()),
        lambda _width: [
            heading(f"Letter {number}", 0),
            *(para(f"Words of {number}. " * 40) for _ in range(paragraphs)),
        ],
        title=f"Letter {number}",
        subject="A letter",
        foot=f"To person {number}",
        one_page=True,
    )


def lengths() -> Iterator[Paper]:
    for number, paragraphs in enumerate((2, 30, 1, 60, 12)):
        yield paper(number, paragraphs)


def test_each_counts_its_own_pages_and_they_can_be_read_aloud(tmp_path: Path) -> None:
    out, steps = tmp_path / "bound.pdf", list[int]()
    pages = bind(out, lengths(), steps.append)
    reader = PdfReader(out)
    assert len(reader.pages) == pages
    assert structure.faults(out) == []
    assert [role for role, _ in structure.outline(out)].count("H1") == 5
    found: list[tuple[int, int]] = []
    for sheet in reader.pages:
        words = sheet.extract_text()
        number = next(n for n in range(5) if f"To person {n}" in words)
        assert not any(f"To person {n}" in words or f"Words of {n}." in words for n in range(5) if n != number)
        found.append((number, int(words.split("page ")[1].split(" of ")[0])))
    for number in range(5):
        own = [page for whose, page in found if whose == number]
        assert own == list(range(1, len(own) + 1))
        assert f"of {len(own)}" in readback.text(out)
    assert steps == [1, 2, 3, 4, 5]
    assert [one.title for one in reader.outline] == [f"Letter {n}" for n in range(5)]  # type: ignore[union-attr]


def test_alone_or_among_others_it_has_the_same_pages(tmp_path: Path) -> None:
    out = tmp_path / "bound.pdf"
    bind(out, lengths())
    alone = []
    for one in lengths():
        into = BytesIO()
        build(into, one.stationery, one.story, title=one.title, subject=one.subject, foot=one.foot, one_page=True)
        alone += [page.extract_text() for page in PdfReader(into).pages]
    assert [page.extract_text() for page in PdfReader(out).pages] == alone


def test_the_same_papers_make_the_same_bytes(tmp_path: Path) -> None:
    first, second = BytesIO(), BytesIO()
    bind(first, lengths())
    bind(second, lengths())
    assert first.getvalue() == second.getvalue()


def test_who_stops_it_leaves_nothing(tmp_path: Path) -> None:
    class Stopped(Exception):
        pass

    def stop(done: int) -> None:
        if done == 3:
            raise Stopped

    out = tmp_path / "bound.pdf"
    with pytest.raises(Stopped):
        bind(out, lengths(), stop)
    assert list(tmp_path.glob("*.pdf*")) == []


def test_a_paper_that_ends_at_the_foot_of_its_page_does_not_begin_another(tmp_path: Path) -> None:
    one = replace(paper(0), story=lambda _width: [heading("Letter 0", 0), para("Words. " * 10)])
    into = BytesIO()
    assert bind(into, [one, one]) == 2
    with pytest.raises(ValueError, match="no paper"):
        bind(BytesIO(), [])
