"""Words from outside are never markup, however they look, and never break a paper."""

from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from core.paper import letter, listing, posting, report, sheet, summary
from core.paper.facts import FigureGroup, FigureLine, ListColumn, Promise, ReachRow, SpendRow, Term
from tests.core.paper import readback, samples

HOSTILE = [
    '<img src="/etc/passwd"/>',
    "<img src='file:///etc/hostname' width='10' height='10'>",
    "<b>bold",
    "</para></font>",
    "<para><seq/></para>",
    "a < b & <foo>x</foo>",
    "&amp; &lt; &#65; &",
    "<a href='javascript:alert(1)'>x</a>",
    "<font color=\"[[[getattr(pow, Word('__globals__'))['os'].system('x') for Word in [str]]]]\">x</font>",
    '=HYPERLINK("http://x.example","y")',
    "(paren\\) \\n ]]> %PDF-1.4 endobj",
    "x",
]

every = pytest.mark.parametrize("words", HOSTILE)


@every
def test_letter_prints_them_as_typed(words: str, tmp_path: Path) -> None:
    out = tmp_path / "letter.pdf"
    facts = samples.offer()
    texts: dict[str, Any] = {
        field.name: words for field in fields(facts) if isinstance(getattr(facts, field.name), str)
    }
    texts.pop("currency")
    paper = samples.stationery(employer=words, lines=(words,))
    letter.make(replace(facts, stationery=paper, objectives=(words,), candidate_lines=(words,), **texts), out)
    _told(out, words, 12)


@every
def test_posting_prints_them_as_typed(words: str, tmp_path: Path) -> None:
    out = tmp_path / "posting.pdf"
    facts = samples.to_apply_for()
    texts: dict[str, Any] = {
        field.name: words for field in fields(facts) if isinstance(getattr(facts, field.name), str)
    }
    texts.pop("currency")
    lists = dict.fromkeys(("objectives", "questions"), (words,))
    posting.make(replace(facts, terms=(Term(words, words),), **lists, **texts), out)
    _told(out, words, 10)


@every
def test_report_prints_them_as_typed(words: str, tmp_path: Path) -> None:
    out = tmp_path / "report.pdf"
    facts = samples.candidate(name=words, school=words, major=words, source=words, contact=(words,), links=(words,))
    skills = tuple(replace(one, name=words, evidence=words) for one in facts.skills)
    evaluations = tuple(replace(one, about=words, rater=words, comment=words) for one in facts.evaluations)
    story = tuple(replace(one, kind=words, words=words) for one in facts.story)
    report.make(replace(facts, skills=skills, evaluations=evaluations, story=story, availability=words), out)
    _told(out, words, 12)


@every
def test_summary_list_and_sheet_print_them_as_typed(words: str, tmp_path: Path) -> None:
    out = tmp_path / "paper.pdf"
    summary.make(
        samples.year(
            title=words,
            program=words,
            promises=(Promise(words, words, words, 5),),
            reach=(ReachRow(words, 1, 1, 1, 1),),
            figures=(FigureGroup(words, (FigureLine(words, words, words, words, 5),)),),
            projects=(SpendRow(words, words),),
        ),
        out,
    )
    _told(out, words, 8)
    listing.make(samples.table(title=words, filter=words, columns=(ListColumn(words),), rows=((words,),)), out)
    _told(out, words, 3)
    sheet.make(samples.recovery(store=words), out)
    _told(out, words, 1)


@pytest.mark.parametrize("name", ["W" * 300, "a" * 300, "Maximiliana " * 25, "x", "", "\n" * 20, "é\n" * 40])
def test_names_of_any_length_stay_on_the_page(name: str, tmp_path: Path) -> None:
    out = tmp_path / "paper.pdf"
    letter.make(samples.offer(candidate=name, project=name, signatory=name, reference=name), out)
    assert readback.squeezed(name) in readback.squeezed(readback.text(out))
    report.make(samples.candidate(name=name, school=name, stationery=samples.stationery(employer=name)), out)
    assert readback.squeezed(name) in readback.squeezed(readback.text(out))
    listing.make(samples.table(columns=tuple(ListColumn(name) for _ in range(8)), rows=((name,) * 8,)), out)
    assert len(PdfReader(out).pages) >= 1


@readback.needs_poppler
def test_a_long_name_without_spaces_is_not_cut(tmp_path: Path) -> None:
    out = tmp_path / "letter.pdf"
    name = "Wolfeschlegelsteinhausenbergerdorff" * 8
    letter.make(samples.offer(candidate=name), out)
    assert readback.squeezed(readback.poppler(out)).count(name) >= 2


def _told(out: Path, words: str, times: int) -> None:
    found = readback.squeezed(readback.text(out))
    assert found.count(readback.squeezed(words)) >= times, found
    for page in PdfReader(out).pages:
        assert not list(page.images)
        assert "/Annots" not in page
