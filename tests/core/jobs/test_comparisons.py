"""A comparison on paper: under codes until the reveal, others' scores only after one's own, recorded as it leaves."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from sqlalchemy import select as choose

from core.errors import UserError
from core.insight.comparing import comparison as compare
from core.insight.records import listing
from core.jobs import comparisons
from core.jobs.words import read_waiting
from core.model import Application, Criterion, EarlierEvaluation, Evaluation, Question, Rubric, Score
from core.store import Label, Store
from core.work.answer_files import keep_answer_files
from tests.core.insight.build import Build, noon
from tests.support.stores import TODAY, new_store

NAMES = ("Ada Lovelace", "Bo Tran", "Cy Young")


class Office:
    """A project with three applicants, whose evidence names them, and two raters."""

    def __init__(self, store: Store) -> None:
        self.store, build = store, Build(store)
        self.build = build
        self.me, self.ben = store.me or "", build.colleague()
        self.project = build.project("Menu", openings=1)
        self.criteria = build.rubric(self.project, 1, 1)
        school = build.school("Northfield College")
        people = [build.person(name, school) for name in NAMES]
        self.applications = [
            build.applied(self.project, one, code=code) for one, code in zip(people, ("K2", "K7", "M4"), strict=True)
        ]

    def score(self, rater: str, level: int, evidence: str = "") -> None:
        for application, name in zip(self.applications, NAMES, strict=True):
            row = self.build.scored(application, rater, dict.fromkeys(self.criteria, level), recommend=level > 2)
            with self.store.change(Label.SCORES_GIVEN) as session:
                for score in session.query(Score).filter_by(evaluation_id=row):
                    score.evidence = evidence or f"{name} of Northfield College says why."

    def reveal(self) -> None:
        with self.store.change(Label.NAMES_REVEALED) as session:
            for one in self.applications:
                session.get_one(Application, one).revealed_at = noon(TODAY)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with new_store(tmp_path) as store:
        yield Office(store)


def said(office: Office, count: int = 3) -> str:
    data = comparisons.draw_comparison(office.store, office.applications[:count], today=TODAY)
    (page,) = PdfReader(BytesIO(data)).pages
    return page.extract_text()


def test_no_name_and_no_school_before_the_reveal_and_both_after_it(office: Office) -> None:
    office.score(office.me, 3)
    words = said(office)
    assert "Candidate K2" in words
    assert "[name] of [school] says why." in words
    for token in ("Ada", "Lovelace", "Tran", "Young", "Northfield"):
        assert token not in words
    office.reveal()
    words = said(office)
    assert "Ada Lovelace (K2)" in words
    assert "Northfield" in words


def test_anothers_scores_are_on_it_only_once_ones_own_are_in(office: Office) -> None:
    office.score(office.ben, 1, "Ben's secret reason")
    words = said(office)
    assert "your scores are not in yet" in words
    for token in ("secret", "Ben Ortiz", "would"):
        assert token not in words
    office.score(office.me, 4, "Mine")
    words = said(office)
    for token in ("Ben's secret reason", "Ben Ortiz", "apart", "2.5 of 4", "1 of 2 would"):
        assert token in words


def test_it_leaves_as_a_disclosure_under_codes(office: Office, tmp_path: Path) -> None:
    office.score(office.me, 3)
    out = tmp_path / "paper.pdf"
    comparisons.comparison(office.store, office.applications[:2], out, today=TODAY)
    ((_, row),) = listing(office.store, "disclosures", all_columns=True).rows
    assert row["kind"] == "report"
    assert str(row["what"]).endswith("K2, K7")
    assert not any(part in str(row) for name in NAMES for part in name.split())
    assert out.read_bytes() == comparisons.draw_comparison(office.store, office.applications[:2], today=TODAY)
    with pytest.raises(UserError, match="is there already"):
        comparisons.comparison(office.store, office.applications[:2], out, today=TODAY)
    with pytest.raises(UserError, match="two to four"):
        comparisons.draw_comparison(office.store, office.applications[:1], today=TODAY)


def test_raters_on_two_versions_meet_in_the_criteria_of_one_name_and_it_is_said(office: Office) -> None:
    build, store = office.build, office.store
    office.score(office.ben, 2)
    newer = build.add(Rubric(project_id=office.project, name="General", version=2))
    levels = {f"level_{n}": words for n, words in enumerate("abcd", 1)}
    ids = [
        build.add(Criterion(rubric_id=newer, position=n, name=name, weight=1, **levels))
        for n, name in enumerate(("C1", "New"))
    ]
    build.scored(office.applications[0], office.me, dict.fromkeys(ids, 4))
    build.scored(office.applications[1], office.me, dict.fromkeys(office.criteria, 4))
    found = compare(store, office.applications[:2], office.me)
    assert found.criteria == ("C1", "New", "C2")
    first = found.rows[0].score("C1")
    assert first is not None
    assert (str(first.mean), len(first.given), first.levels) == ("3.0", 2, ("a", "b", "c", "d"))
    assert found.versions_words.startswith(
        "Scored on different versions of the rubric: K2 on version 1 and 2, K7 on version 1."
    )
    assert "different versions" in said(office, 2)


def test_the_first_level_stands_beside_one_that_was_given_on_second_thoughts(office: Office) -> None:
    office.score(office.me, 1, "Says why.")
    with office.store.change(Label.SCORES_REOPENED) as session:
        given = session.scalars(choose(Evaluation).where(Evaluation.application_id == office.applications[0])).one()
        scores = {criterion: [3, "Says why."] for criterion in office.criteria}
        earlier = EarlierEvaluation(
            evaluation_id=given.id, version=1, submitted_at=noon(TODAY), reason="Read it again", scores=scores
        )
        session.add(earlier)
    first, other = compare(office.store, office.applications[:2], office.me).rows
    assert {(one.level, one.first) for score in first.scores for one in score.given} == {(1, 3)}
    assert {one.first for score in other.scores for one in score.given} == {None}
    assert "at first 3" in said(office, 2)
    assert "at first" not in repr(compare(office.store, office.applications[:2], office.ben))


def test_a_file_that_answers_is_in_it_masked_until_the_reveal(office: Office) -> None:
    store, application = office.store, office.applications[0]
    with store.read() as session:
        question = session.scalars(choose(Question.id)).first()
    kept = [("Ada Lovelace.txt", b"I, Ada Lovelace, would begin with the prices.")]
    keep_answer_files(store, application, question, kept, today=TODAY)
    read_waiting(store)
    hidden = compare(store, office.applications[:2], office.me)
    (file,) = hidden.rows[0].files_for(question)
    assert (file.name, file.words) == ("File 1, text", "I, [name], would begin with the prices.")
    assert question in {key for key, _, _ in hidden.rows[0].answers}
    assert "Lovelace" not in repr(hidden)
    office.reveal()
    (file,) = compare(store, office.applications[:2], office.me).rows[0].files_for(question)
    assert (file.name, file.words) == ("Ada Lovelace.txt", "I, Ada Lovelace, would begin with the prices.")
