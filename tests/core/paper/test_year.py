"""The year on one page, read back: on its side, whole, for no project, a few and hundreds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader

from core.errors import UserError
from core.jobs.crowd import crowd
from core.jobs.year import draw_year, year
from core.model import Employer
from core.store import Label, Store
from tests.core.paper import readback
from tests.support import made
from tests.support.stores import TODAY, new_store

START, END = date(2026, 10, 1), date(2027, 9, 30)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with new_store(tmp_path) as made:
        yield made


def paper(store: Store, size: str) -> None:
    with store.change(Label.EMPLOYER_CHANGED) as session:
        session.query(Employer).one().paper_size = size


@pytest.mark.parametrize(("size", "points"), [("a4", (842, 595)), ("letter", (792, 612))])
@pytest.mark.parametrize("count", [0, 12, 300])
def test_is_one_page_on_its_side(tmp_path: Path, store: Store, size: str, points: tuple[int, int], count: int) -> None:
    paper(store, size)
    crowd(store, count, TODAY)
    out = year(store, START, END, tmp_path / "year.pdf", today=TODAY)
    (page,) = PdfReader(out).pages
    assert (round(page.mediabox.width), round(page.mediabox.height)) == points
    said = page.extract_text()
    assert "1 Oct 2026 to 30 Sep 2027" in said
    assert "page 1 of 1" in said
    assert ("more project" in said) is (count == 300)
    assert ("No project in these days" in said) is (count == 0)
    with pytest.raises(UserError, match="is there already"):
        year(store, START, END, out, today=TODAY)


def test_says_projects_exams_supervisors_and_gaps_as_typed(tmp_path: Path, store: Store) -> None:
    made.project(store, title="A & <b>B</b> für Łódź", opened=False, supervisor_id=store.me)
    out = tmp_path / "year.pdf"
    out.write_bytes(draw_year(store, START, END, today=TODAY))
    said = readback.text(out)
    assert "A & <b>B</b> für Łódź" in said
    assert "draft" in said
    assert "Maria Keller" in said
    assert "Nothing is planned from 28 Dec 2026" in said
    assert "an assumption" in said
    assert out.read_bytes() == draw_year(store, START, END, today=TODAY)


def test_a_letter_that_papers_lack_is_named(store: Store) -> None:
    made.project(store, title="ሀለ", opened=False)
    with pytest.raises(UserError, match="A project's title"):
        draw_year(store, START, END, today=TODAY)


def test_one_project_over_new_year_on_a_page_of_days(store: Store) -> None:
    made.project(store, opened=False, kick_off_on=date(2026, 12, 28), due_on=date(2027, 1, 15))
    assert draw_year(store, date(2026, 12, 31), date(2026, 12, 31), today=TODAY).startswith(b"%PDF")


def test_a_page_says_no_gap_that_lies_outside_it(tmp_path: Path, store: Store) -> None:
    out = tmp_path / "year.pdf"
    out.write_bytes(draw_year(store, date(2030, 1, 1), date(2030, 12, 31), today=TODAY))
    assert "Nothing is planned" not in readback.text(out)
