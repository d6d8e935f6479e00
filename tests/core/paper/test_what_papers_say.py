"""The words on each paper, with full facts, with hardly any, and with far too many."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from pypdf import PdfReader

from core.chart import Chart, ChartBar
from core.errors import UserError
from core.paper import letter, listing, report, sheet, summary
from core.paper.facts import (
    Deliverable,
    LetterFacts,
    ListColumn,
    ListFacts,
    ReportFacts,
    ScoreLine,
    SkillLine,
    SummaryFacts,
)
from tests.core.paper import readback, samples


@readback.needs_poppler
def test_letter_says_the_terms_on_one_page(tmp_path: Path) -> None:
    for size in ("a4", "letter"):
        out = tmp_path / f"{size}.pdf"
        letter.make(samples.offer(stationery=samples.stationery(size=size, logo=samples.picture())), out)
        words = " ".join(readback.poppler(out).split())
        assert len(PdfReader(out).pages) == 1
        for said in (
            f"Dear {samples.NAME},",
            "$480 fixed · $24 an estimated hour",
            "Owed in full whatever the hours took.",
            "Mon 30 November 2026",
            "Mon 14 December 2026",
            "May move where it collides with classes or exams.",
            "about 20 hours, at hours that suit you",
            "The sorted catalogue as a spreadsheet",
            "7 Dec 2026",
            "return it to marta@lakeside.example by Sun 29 November 2026",
            "for Lakeside Print & Design",
            "I accept this offer",
        ):
            assert said in words, said


def test_letter_with_the_least_leaves_the_rest_out(tmp_path: Path) -> None:
    out = tmp_path / "letter.pdf"
    day = date(2026, 11, 22)
    least = LetterFacts(samples.stationery(lines=()), day, "Bo", "Lead list", 0, "CHF", day, day, "M. K.")
    letter.make(least, out)
    words = readback.text(out)
    assert "0 CHF fixed" in words
    for absent in (
        "Where",
        "Your supervisor",
        "What you hand in",
        "What you can learn",
        "How we work together",
        "Start",
    ):
        assert absent not in words


def test_letter_breaks_onto_more_pages_and_keeps_the_signatures_together(tmp_path: Path) -> None:
    out = tmp_path / "letter.pdf"
    many = tuple(Deliverable(f"Part number {i}", date(2026, 12, 1)) for i in range(90))
    letter.make(samples.offer(deliverables=many, place="everywhere " * 900), out)
    pages = [page.extract_text() for page in PdfReader(out).pages]
    assert len(pages) > 2
    assert all(f"Part number {i}" in "".join(pages) for i in range(90))
    (last,) = [page for page in pages if "How to answer" in page]
    assert "I accept this offer" in last


def test_report_tells_what_is_known(tmp_path: Path) -> None:
    out = tmp_path / "report.pdf"
    report.make(samples.candidate(), out)
    words = readback.text(out)
    for said in (
        "Zoë Nwosu-Łukasik",
        "2nd year",
        "graduates in May 2028",
        "Early application",
        "About 8 hours a week. Evenings and Fridays.",
        "3.3 of 4",
        "Asks early, reports what changed",
        "not scored",
        "21.5 of 20",
        "$480",
        "Second of 14",
        "since 2 May 2026, next touch 1 Dec 2026",
        "at the career fair",
    ):
        assert said in words, said


def test_blind_report_holds_nothing_that_tells_who_it_is(tmp_path: Path) -> None:
    out = tmp_path / "blind.pdf"
    report.make(samples.candidate(code="K7Q-4MX"), out)
    reader = PdfReader(out)
    words = readback.text(out) + str(reader.metadata) + str(reader.outline)
    assert "K7Q-4MX" in words
    assert "Early application" in words
    for hidden in (
        *("Zoë", "Nwosu", "zoe", "Kennedy-King", "C-031", "career fair", "Just missed"),
        *("Graphic Communications", "2028", "12 Sep", "Availability", "Evening"),
    ):
        assert hidden not in words, hidden


def test_blind_report_may_have_a_name_that_papers_cannot_print(tmp_path: Path) -> None:
    report.make(samples.candidate(name="ሀሁ", code="K7Q-4MX"), tmp_path / "blind.pdf")


def test_report_with_a_name_alone_says_so(tmp_path: Path) -> None:
    out = tmp_path / "report.pdf"
    report.make(ReportFacts(samples.stationery(), name="Bo"), out)
    assert "Nothing more is recorded yet." in readback.text(out)
    assert "Skills" not in readback.text(out)


def test_report_prints_a_text_longer_than_a_page(tmp_path: Path) -> None:
    out = tmp_path / "report.pdf"
    block = replace(
        samples.candidate().evaluations[0], scores=(ScoreLine("Writing", 2, "Clear", "evidence " * 3000 + "THE-END"),)
    )
    skills = (SkillLine("Typing", 1, "", "often " * 4000 + "ALSO-THE-END"),)
    report.make(samples.candidate(evaluations=(block,), skills=skills), out)
    words = readback.text(out)
    assert words.count("evidence") == 3000
    assert "ALSO-THE-END" in words


def test_summary_shows_each_promise_with_its_base(tmp_path: Path) -> None:
    out = tmp_path / "summary.pdf"
    summary.make(samples.year(), out)
    words = readback.text(out).replace("\xa0", " ")
    for said in (
        "1 January to 22 November 2026",
        "84 %",
        "102 of 121 people in the pool",
        "none yet",
        "Kennedy-King College (focus)",
        "8 more schools, each under five",
        "–",
        "Pool members with a touch in the 90 days",
        "2 projects",
        "€300.50",
        "$480",
    ):
        assert said in words, said
    assert "0 %" not in words


def test_summary_of_a_period_without_anything(tmp_path: Path) -> None:
    out = tmp_path / "summary.pdf"
    day = date(2026, 1, 1)
    summary.make(
        SummaryFacts(
            samples.stationery(), day, day, (), months=Chart("Projects by month", (ChartBar("Jan", 0, "none"),))
        ),
        out,
    )
    assert "Projects by month" not in readback.text(out)
    assert len(PdfReader(out).pages) == 1


def test_overall_is_rounded_half_up(tmp_path: Path) -> None:
    out = tmp_path / "report.pdf"
    block = replace(samples.candidate().evaluations[0], overall=Decimal("2.45"))
    report.make(samples.candidate(evaluations=(block,)), out)
    assert "2.5 of 4" in readback.text(out)


@pytest.mark.parametrize("lines", [1, 14, 30, 200])
@pytest.mark.parametrize("skills", [1, 6, 9, 11])
def test_the_heading_of_evaluations_stands_over_the_first_of_them(tmp_path: Path, skills: int, lines: int) -> None:
    out = tmp_path / "report.pdf"
    known = tuple(SkillLine(f"Skill {n}", 2, "Early") for n in range(skills))
    said = "\n".join(f"line {n}" for n in range(lines))
    score = ScoreLine("Reasons given", 3, "Says why", said)
    block = replace(samples.candidate().evaluations[0], about="Of the catalogue", scores=(score,) * 4, comment="Done")
    report.make(samples.candidate(skills=known, evaluations=(block, block)), out)
    pages = [page.extract_text() for page in PdfReader(out).pages]
    (page,) = [text for text in pages if "Evaluations" in text]
    assert page.index("Evaluations") < page.index("Of the catalogue") < page.index("Reasons given")


def test_list_prints_each_row_and_repeats_its_head(tmp_path: Path) -> None:
    out = tmp_path / "list.pdf"
    rows = tuple((f"Person {i}", "School " * (i % 30), str(i)) for i in range(400))
    listing.make(samples.table(rows=rows), out)
    reader = PdfReader(out)
    words = [page.extract_text() for page in reader.pages]
    assert len(words) > 5
    assert all("Hours" in page for page in words)
    assert "400 candidates" in words[0]
    assert "in the pool" in words[0]
    joined = "\n".join(words)
    assert all(f"Person {i}" in joined for i in range(400))


def test_list_of_many_columns_lies_on_its_side(tmp_path: Path) -> None:
    out = tmp_path / "list.pdf"
    columns = tuple(ListColumn(f"Column number {i}") for i in range(14))
    listing.make(
        ListFacts(samples.stationery(), "Wide", columns, (tuple("some words in it" for _ in columns),) * 3), out
    )
    box = PdfReader(out).pages[0].mediabox
    assert box.width > box.height


def test_list_with_a_cell_longer_than_a_page(tmp_path: Path) -> None:
    out = tmp_path / "list.pdf"
    rows = (("Bo", "word " * 8000, "1"), ("Li", "", "2"), ("x" * 3000, "line\n" * 200, ""))
    listing.make(samples.table(rows=rows), out)
    assert readback.text(out).count("word") == 8000


def test_empty_list_says_so(tmp_path: Path) -> None:
    out = tmp_path / "list.pdf"
    listing.make(samples.table(rows=()), out)
    assert "There is nothing to list." in readback.text(out)


def test_list_beyond_what_paper_takes_says_what_to_do(tmp_path: Path) -> None:
    row = ("Bo", "", "")
    with pytest.raises(UserError, match=r"5,001 rows.*filter"):
        listing.make(samples.table(rows=(row,) * (listing.MAX_ROWS + 1)), tmp_path / "list.pdf")
    assert not (tmp_path / "list.pdf").exists()


def test_the_longest_list_takes_seconds(tmp_path: Path) -> None:
    rows = tuple((f"Person {i}", "Kennedy-King College", str(i)) for i in range(listing.MAX_ROWS))
    began = time.monotonic()
    listing.make(samples.table(rows=rows), tmp_path / "list.pdf")
    assert time.monotonic() - began < 60


def test_sheet_numbers_the_words_down_the_columns(tmp_path: Path) -> None:
    out = tmp_path / "sheet.pdf"
    facts = samples.recovery()
    sheet.make(facts, out)
    words = readback.text(out)
    assert len(PdfReader(out).pages) == 1
    assert all(word in words for word in facts.words)
    assert "Keep it like a key." in words
