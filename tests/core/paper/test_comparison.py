"""Applicants side by side: one page whatever is in it, evidence cut before all else and that said, the gut apart."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from core.errors import UserError
from core.paper import comparison
from core.paper.comparison import ComparedCell, ComparedCriterion, ComparedPerson, ComparisonFacts, GivenLine
from tests.core.paper import readback
from tests.core.paper.samples import stationery

LEVELS = ("No reason is given.", "One reason is given.", "Each point has its reason.", "Another way is weighed.")
SIGNS = st.characters(codec="latin-1", exclude_categories=["Cc"])


def facts(people: int = 2, evidence: str = "Names both suppliers.", **more: object) -> ComparisonFacts:
    cell = ComparedCell(Decimal("2.5"), True, (GivenLine("Maria Keller", 1, evidence), GivenLine("Ben Ortiz", 4)))
    made = ComparisonFacts(
        stationery(),
        "Menu redesign for the spring card",
        "P-010",
        tuple(ComparedPerson(f"Candidate K{n}", f"K{n}", Decimal("2.5"), 1, 2) for n in range(1, people + 1)),
        tuple(ComparedCriterion(f"Reasons given {n}", LEVELS, (cell,) * people) for n in range(1, 5)),
    )
    return replace(made, **more)  # type: ignore[arg-type]


def read(made: ComparisonFacts) -> tuple[str, PdfReader]:
    into = BytesIO()
    comparison.make(made, into)
    reader = PdfReader(BytesIO(into.getvalue()))
    assert len(reader.pages) == 1
    return reader.pages[0].extract_text(), reader


def test_it_says_scores_with_evidence_the_overall_and_the_gut_apart() -> None:
    said, _ = read(facts())
    for words in ("Menu redesign", "P-010", "Candidate K1", "Candidate K2", "2.5 of 4", "Names both suppliers.",
                  "Maria Keller", "Ben Ortiz", "Reasons given 4", "apart", "1 of 2 would", "Recommend?",
                  "names are not revealed", "computed from the scores"):  # fmt: skip
        assert words in said, words
    # Levels that were given, in the rubric's words; no others.
    assert LEVELS[0] in said
    assert LEVELS[3] in said
    assert LEVELS[1] not in said
    assert "to fit one page" not in said
    assert said.index("Reasons given 4") < said.index("Recommend?")


@pytest.mark.parametrize(("people", "wide"), [(2, False), (3, True), (4, True)])
@pytest.mark.parametrize("size", ["a4", "letter"])
def test_three_and_four_lie_on_its_side(people: int, wide: bool, size: str) -> None:
    _, reader = read(facts(people, stationery=stationery(size=size)))
    box = reader.pages[0].mediabox
    assert (box.width > box.height) == wide


def test_long_evidence_is_cut_and_that_is_said() -> None:
    said, _ = read(facts(4, evidence="They compare the two offers line by line and say why. " * 30))
    assert "Evidence is cut with “…” to fit one page; it stands whole in Foothold." in said
    assert "They compare the two offers" in said
    assert "…" in said
    assert "1 of 2 would" in said


def test_names_weights_and_what_is_not_scored_are_shown() -> None:
    people = (ComparedPerson("Zoë Ångström", "K1", None, note="your scores are not in yet"), ComparedPerson("Bo", "K2"))
    made = facts(people=2)
    criteria = (replace(made.criteria[0], weight=3, cells=(ComparedCell(), made.criteria[0].cells[1])),)
    notes = ("Scored on different versions.",)
    said, _ = read(replace(made, people=people, criteria=criteria, hidden=False, notes=notes))
    for words in ("Zoë Ångström (K1)", "no scores", "your scores are not in yet", "×3", "nobody said", notes[0]):
        assert words in said, words
    assert "not revealed" not in said


def test_markup_in_evidence_is_words(tmp_path: Path) -> None:
    hostile = '<b>Bold</b> & <img src="/etc/passwd"/> =1+1'
    out = tmp_path / "paper.pdf"
    comparison.make(facts(evidence=hostile), out)
    assert readback.squeezed(hostile) in readback.squeezed(readback.text(out))


def test_the_same_facts_make_the_same_bytes_and_a_strange_letter_is_named() -> None:
    first, second = BytesIO(), BytesIO()
    comparison.make(facts(3), first)
    comparison.make(facts(3), second)
    assert first.getvalue() == second.getvalue()
    with pytest.raises(UserError, match="evidence for a score"):
        comparison.make(facts(evidence="ሀ"), BytesIO())


def test_twelve_criteria_with_long_names_lie_on_one_page_as_well() -> None:
    made = facts(4, project="Nachvollziehbarkeit " * 12)
    cell = ComparedCell(Decimal("2.5"), True, (GivenLine("Maria Keller-Überschallgeschwindigkeit", 1, "So. " * 9),) * 3)
    long = tuple(ComparedCriterion(f"{n} {'of one thing ' * 5}", LEVELS, (cell,) * 4, 2) for n in range(12))
    said, _ = read(replace(made, criteria=long))
    assert "11 of one thing" in said


def test_a_letterhead_that_leaves_no_room_is_said() -> None:
    tall = stationery(lines=tuple(f"Line {n}" for n in range(24)))
    made = facts(4, stationery=tall)
    long = tuple(replace(made.criteria[0], name=f"{n} {'Nachvollziehbarkeit ' * 5}") for n in range(12))
    with pytest.raises(UserError, match="Shorten them in the settings"):
        comparison.make(replace(made, criteria=long), BytesIO())


names = st.text(SIGNS, min_size=1, max_size=200)
lines = st.builds(GivenLine, rater=names, level=st.integers(1, 4), evidence=st.text(SIGNS, max_size=3000))


@st.composite
def any_facts(draw: st.DrawFn) -> ComparisonFacts:
    people = draw(st.integers(2, 4))
    cells = st.builds(
        ComparedCell, mean=st.sampled_from([None, Decimal("1.0"), Decimal("3.3")]), apart=st.booleans(),
        given=st.lists(lines, max_size=4).map(tuple),
    )  # fmt: skip
    criteria = st.builds(
        ComparedCriterion, name=names, levels=st.tuples(*[st.text(SIGNS, max_size=300)] * 4),
        cells=st.lists(cells, min_size=people, max_size=people).map(tuple),
        weight=st.one_of(st.none(), st.integers(1, 10)),
    )  # fmt: skip
    persons = st.builds(ComparedPerson, who=names, code=st.sampled_from(["K1", "K2"]))
    return ComparisonFacts(
        stationery(size=draw(st.sampled_from(["a4", "letter"]))),
        draw(names),
        "P-010",
        tuple(draw(st.lists(persons, min_size=people, max_size=people))),
        tuple(draw(st.lists(criteria, max_size=6))),
        draw(st.booleans()),
    )


@settings(max_examples=15, deadline=None)
@given(made=any_facts())
def test_it_is_one_page_whatever_is_in_it(made: ComparisonFacts) -> None:
    read(made)
