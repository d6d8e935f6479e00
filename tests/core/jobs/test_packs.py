"""A rater's pack: blind, for one colleague, and its scores come back as if they had been given here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from core.errors import UserError
from core.insight.agreement import agreement
from core.insight.scoring import scoring_queue
from core.jobs import packs, returned
from core.jobs.forms import Made, save_form
from core.model import Document, Evaluation
from core.store import Store
from core.work import evaluate, office, rubrics
from core.work.office import ColleagueDraft
from core.work.plan import QuestionDraft
from core.work.select import ApplicationDraft, record_application
from tests.core.jobs.test_forms import back, fields_of
from tests.core.jobs.test_returned import printed
from tests.core.paper import readback
from tests.support import made, returned_forms
from tests.support.stores import TODAY, new_store

PEOPLE = {
    "Amara Okafor": "I, Amara, ask three customers first ሀ.",
    "José Núñez": "Jose from DePaul would begin.",
}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with new_store(tmp_path) as opened:
        yield opened


@pytest.fixture
def project(store: Store) -> str:
    row_id = made.project(store, questions=[QuestionDraft(text="What would you do first?")])
    rubric = rubrics.ready_made()["general"]
    (question,) = made.questions(store, row_id)
    criteria = [replace(rubric.criteria[0], question_id=question), *rubric.criteria[1:3]]
    rubrics.set_rubric(store, row_id, replace(rubric, criteria=criteria), today=TODAY)
    for name, answer in PEOPLE.items():
        person = made.candidate(store, name, school_name="DePaul University")
        draft = ApplicationDraft(project_id=row_id, candidate_id=person, answers={question: answer})
        record_application(store, draft, today=TODAY)
    return row_id


@pytest.fixture
def ben(store: Store) -> str:
    return office.add_colleague(store, ColleagueDraft(name="Ben Ortiz", role="rater"), today=TODAY)


def scored(pack: Made, level: str, *, left_out: str = "") -> dict[str, str]:
    """Every level and its evidence, but of one candidate."""
    values = {}
    for name in fields_of(pack.data):
        if left_out and name.endswith(f"_{left_out}"):
            continue
        if name.startswith(packs.LEVEL):
            values[name] = level
        elif name.startswith(packs.EVIDENCE):
            values[name] = "asks three customers"
        elif name.startswith(packs.VOTE):
            values[name] = packs.YES
    return values


def test_it_holds_nothing_that_tells_who_it_is(store: Store, project: str, ben: str, tmp_path: Path) -> None:
    pack = packs.make_pack(store, project, ben, today=TODAY)
    out = save_form(store, pack, tmp_path / "pack.pdf")
    said = readback.text(out).casefold()
    assert "ask three customers first [?]" in " ".join(said.split())
    for token in ("amara", "okafor", "jose", "josé", "núñez", "nunez", "depaul", "northfield"):
        assert token not in said
        assert token.encode() not in pack.data.lower()
    for row in scoring_queue(store, project, ben).applications:
        assert row.id.encode() not in pack.data


def test_it_is_blind_where_names_are_revealed_here(store: Store, project: str, ben: str, tmp_path: Path) -> None:
    evaluate.reveal_names(store, project, today=TODAY, reason="Time")
    assert "Amara" in repr(scoring_queue(store, project, ben))
    said = readback.text(save_form(store, packs.make_pack(store, project, ben, today=TODAY), tmp_path / "pack.pdf"))
    assert "ask three customers first" in " ".join(said.split())
    assert not [one for one in ("amara", "okafor", "jose", "josé", "depaul") if one in said.casefold()]


def test_scores_come_back_closed_to_whoever_has_not_scored(
    store: Store, project: str, ben: str, tmp_path: Path
) -> None:
    pack = packs.make_pack(store, project, ben, today=TODAY)
    path = back(tmp_path, pack.data, scored(pack, "3"))
    found = returned.look(store, [path], today=TODAY)
    assert (found[0].problems, found[0].said, found[0].whose) == ((), (), "Ben Ortiz")
    assert found[0].notes[0] == "Scores for 2 applicants. They open once your own are in."
    returned.take_in(store, found, [], today=TODAY)
    with store.read() as session:
        given = session.query(Evaluation).all()
        assert [(one.rater_id, one.recommend, one.submitted_at is not None) for one in given] == [(ben, True, True)] * 2
        assert session.query(Document).count() == 0
    table, words = agreement(store, project, store.me)
    assert (table, words) == (None, "The table opens once your own scores are in: 2 applications to go.")
    assert agreement(store, project, ben)[0] is not None
    store.undo()
    with store.read() as session:
        assert session.query(Evaluation).count() == 0


@pytest.mark.allow_log  # pypdf warns of letters that it cannot draw
def test_a_printed_one_is_looked_at_by_whoever_has_scored_themselves(
    store: Store, project: str, ben: str, tmp_path: Path
) -> None:
    pack = packs.make_pack(store, project, ben, today=TODAY)
    values = scored(pack, "3")
    written = {name: words for name, words in values.items() if name.startswith(packs.EVIDENCE)}
    path = back(tmp_path, returned_forms.filled(pack.data, written), values)
    path.write_bytes(printed(path.read_bytes()))
    (closed,) = returned.look(store, [path], today=TODAY)
    assert (closed.takes, closed.said, closed.look) == (False, (), "")
    assert "your own scores" in " ".join(closed.problems)
    queue = scoring_queue(store, project, store.me or "")
    marks = {one.id: (2, "asks three") for question in queue.questions for one in question.criteria}
    for one in queue.applications:
        evaluate.score(store, one.id, store.me or "", marks, today=TODAY)
        evaluate.submit(store, one.id, store.me or "", today=TODAY)
    (seen,) = returned.look(store, [path], today=TODAY)
    assert seen.problems == ()
    assert {line.value for line in seen.said if line.words.startswith("What shows it")} == {"asks three customers"}
    assert any(line.value.startswith("3") and line.words.endswith(queue.applications[0].code) for line in seen.said)


def test_a_level_that_is_none_of_the_levels_is_not_told(store: Store, project: str, ben: str, tmp_path: Path) -> None:
    pack = packs.make_pack(store, project, ben, today=TODAY)
    values = scored(pack, "3")
    level = next(name for name in values if name.startswith(packs.LEVEL))
    (one,) = returned.read_files([back(tmp_path, pack.data, values)])
    assert one.came is not None
    odd = replace(one, came=replace(one.came, values={**one.came.values, level: "nearly a four"}))
    (found,) = returned.look_at(store, [odd], today=TODAY)
    assert "is none of its choices" in " ".join(found.notes)
    assert "nearly a four" not in " ".join((*found.notes, *found.problems, found.look))


def test_what_is_not_complete_stays_open(store: Store, project: str, ben: str, tmp_path: Path) -> None:
    pack = packs.make_pack(store, project, ben, today=TODAY)
    codes = [one.code for one in scoring_queue(store, project, ben).applications]
    values = scored(pack, "2", left_out=codes[0])
    half = next(name for name in fields_of(pack.data) if name.startswith(packs.LEVEL) and name.endswith(codes[0]))
    found = returned.look(store, [back(tmp_path, pack.data, values | {half: "4"})], today=TODAY)
    assert "1 level without a word of what shows it" in " ".join(found[0].notes)
    returned.take_in(store, found, [], today=TODAY)
    queue = scoring_queue(store, project, ben)
    assert {one.code: one.submitted for one in queue.applications} == {codes[0]: False, codes[1]: True}
    again = packs.make_pack(store, project, ben, today=TODAY)
    assert again.code != pack.code
    assert f"_{codes[1]}" not in "".join(fields_of(again.data))


def test_words_without_a_level_are_asked_about(store: Store, project: str, ben: str, tmp_path: Path) -> None:
    pack = packs.make_pack(store, project, ben, today=TODAY)
    written = next(name for name in fields_of(pack.data) if name.startswith(packs.EVIDENCE))
    found = returned.look(store, [back(tmp_path, pack.data, {written: "clear"})], today=TODAY)
    assert "words without a level" in " ".join(found[0].problems)


def test_who_gets_none(store: Store, project: str, ben: str) -> None:
    with pytest.raises(UserError, match="Score your own here"):
        packs.make_pack(store, project, store.me or "", today=TODAY)
    with pytest.raises(UserError, match="no longer here"):
        packs.make_pack(store, project, "gone", today=TODAY)
    empty = made.project(store, title="Empty")
    made.rubric(store, empty)
    with pytest.raises(UserError, match="nothing to score"):
        packs.make_pack(store, empty, ben, today=TODAY)


def test_a_pack_holds_as_many_as_come_back_and_the_next_one_the_others(store: Store, ben: str, tmp_path: Path) -> None:
    project = made.project(store, questions=[QuestionDraft(text="What would you do first?")])
    (question,) = made.questions(store, project)
    rubric = rubrics.ready_made()["general"]
    criteria = [replace(one, question_id=question) for one in rubric.criteria[:3]]
    rubrics.set_rubric(store, project, replace(rubric, criteria=criteria), today=TODAY)
    answer = "I would sort them by hand first. " * 590
    for at in range(64):
        draft = ApplicationDraft(
            project_id=project, candidate_id=made.candidate(store, f"Person{at} Example"), answers={question: answer}
        )
        record_application(store, draft, today=TODAY)
    pack = packs.make_pack(store, project, ben, today=TODAY)
    assert "For Ben Ortiz: 32 of 64 applicants" in readback.text(save_form(store, pack, tmp_path / "pack.pdf"))
    found = returned.look(store, [back(tmp_path, pack.data, scored(pack, "3"))], today=TODAY)
    assert found[0].problems == ()
    returned.take_in(store, found, [], today=TODAY)
    left = [one for one in scoring_queue(store, project, ben).applications if not one.submitted]
    assert len(left) == 32
    following = packs.make_pack(store, project, ben, today=TODAY)
    assert {name.rpartition("_")[2] for name in fields_of(following.data)} - {"code"} == {one.code for one in left}
