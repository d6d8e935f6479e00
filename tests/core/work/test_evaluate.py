"""Rubrics with worded levels, scores with evidence, and the names behind the codes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select

from core.errors import FieldErrors, HoldError, UserError
from core.insight.scoring import scoring_queue
from core.model import Application, Disclosure, Evaluation, Score
from core.store import Store
from core.work import evaluate, office, rubrics
from core.work import select as choose
from tests.support import made
from tests.support.stores import TODAY

GENERAL = rubrics.ready_made()["general"]


@pytest.fixture
def me(store: Store) -> str:
    assert store.me is not None
    return store.me


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"name": ""}, "name"),
        ({"criteria": GENERAL.criteria[:2]}, "criteria"),
        ({"criteria": [*GENERAL.criteria, *GENERAL.criteria]}, "criteria"),
        ({"criteria": [GENERAL.criteria[0], *GENERAL.criteria[:3]]}, "criteria"),
        ({"criteria": [replace(GENERAL.criteria[0], level_2=" "), *GENERAL.criteria[1:]]}, "criteria.0.level_2"),
        ({"criteria": [replace(GENERAL.criteria[0], name=""), *GENERAL.criteria[1:]]}, "criteria.0.name"),
        ({"criteria": [*GENERAL.criteria[:3], replace(GENERAL.criteria[3], weight=2)]}, "criteria.3.weight_why"),
        (
            {"criteria": [*GENERAL.criteria[:3], replace(GENERAL.criteria[3], level_1="Same", level_2="same")]},
            "criteria.3.level_4",
        ),
        (
            {"criteria": [*GENERAL.criteria[:3], replace(GENERAL.criteria[3], question_id="q")]},
            "criteria.3.question_id",
        ),
    ],
)
def test_rubrics_that_cannot_be(store: Store, changed: dict[str, Any], field: str) -> None:
    project_id = made.project(store)
    with pytest.raises(FieldErrors) as caught:
        rubrics.set_rubric(store, project_id, replace(GENERAL, **changed), today=TODAY)
    assert set(caught.value.fields) == {field}


def test_a_rubric_is_edited_until_it_is_scored_and_then_gets_a_version(store: Store, me: str) -> None:
    project_id = made.project(store)
    criteria = made.rubric(store, project_id)
    draft = rubrics.rubric_draft(store, project_id)
    assert draft is not None
    rubric_id = rubrics.set_rubric(store, project_id, replace(draft, name="Ours"), today=TODAY)
    assert made.criteria(store, rubric_id) == criteria
    application = made.application(store, project_id, made.candidate(store))
    evaluation = evaluate.score(store, application, me, {criteria[0]: (2, "")}, today=TODAY)
    assert rubrics.set_rubric(store, project_id, replace(draft, name="Ours"), today=TODAY) == rubric_id
    newer = rubrics.set_rubric(store, project_id, replace(draft, name="Newer"), today=TODAY)
    assert (newer != rubric_id, made.version(store, project_id)) == (True, 2)
    assert not set(made.criteria(store, newer)) & set(criteria)
    # What was begun on the old version is ended on it.
    assert evaluate.score(store, application, me, {criteria[1]: (2, "x")}, today=TODAY) == evaluation
    with pytest.raises(FieldErrors):
        evaluate.score(store, application, me, {made.criteria(store, newer)[0]: (2, "x")}, today=TODAY)


def test_scores_are_kept_as_they_come_and_handed_in_whole(store: Store, me: str) -> None:
    project_id = made.project(store)
    criteria = made.rubric(store, project_id)
    application = made.application(store, project_id, made.candidate(store))
    evaluate.score(store, application, me, {criteria[0]: (3, "names gaps"), criteria[1]: (1, "")}, today=TODAY)
    evaluate.score(store, application, me, {criteria[2]: (2, "one reason"), criteria[0]: (None, "")}, today=TODAY)
    with pytest.raises(FieldErrors) as caught:
        evaluate.submit(store, application, me, today=TODAY)
    assert set(caught.value.fields) == {criteria[0], criteria[1], criteria[3]}
    with pytest.raises(FieldErrors):
        evaluate.score(store, application, me, {criteria[0]: (5, "x")}, today=TODAY)
    evaluate.score(store, application, me, dict.fromkeys(criteria, (4, "seen")), today=TODAY)
    evaluation = evaluate.submit(store, application, me, today=TODAY, recommend=True, comment="Good")
    with pytest.raises(UserError, match="handed in"):
        evaluate.score(store, application, me, {criteria[0]: (1, "x")}, today=TODAY)
    with store.read() as session:
        row = session.get_one(Evaluation, evaluation)
        assert (row.recommend, row.comment, row.submitted_at is not None) == (True, "Good", True)
        assert [s.level for s in session.scalars(select(Score))] == [4, 4, 4, 4]


def test_there_is_something_and_someone_to_score(store: Store, me: str) -> None:
    project_id = made.project(store)
    application = made.application(store, project_id, made.candidate(store))
    with pytest.raises(UserError, match="no rubric"):
        evaluate.score(store, application, me, {}, today=TODAY)
    made.rubric(store, project_id)
    gone = office.add_colleague(store, office.ColleagueDraft(name="Jo", role="rater"), today=TODAY)
    office.change_colleague(store, gone, office.ColleagueDraft(name="Jo", left_on=TODAY.replace(day=1)), today=TODAY)
    with pytest.raises(UserError, match="left"):
        evaluate.score(store, application, gone, {}, today=TODAY)
    choose.withdraw(store, application, today=TODAY)
    with pytest.raises(UserError, match="nothing to score"):
        evaluate.score(store, application, me, {}, today=TODAY)


def test_names_are_revealed_once_and_on_record(store: Store, me: str) -> None:
    project_id = made.project(store)
    criteria = made.rubric(store, project_id)
    application = made.application(store, project_id, made.candidate(store))
    evaluate.score(store, application, me, {criteria[0]: (3, "x")}, today=TODAY)
    with pytest.raises(HoldError) as caught:
        evaluate.reveal_names(store, project_id, today=TODAY)
    assert caught.value.rule == "scores_open"
    assert evaluate.reveal_names(store, project_id, today=TODAY, reason="She called") == 1
    with pytest.raises(UserError, match="already"):
        evaluate.reveal_names(store, project_id, today=TODAY)
    with store.read() as session:
        assert session.get_one(Application, application).revealed_by_id == me
        [disclosure] = session.scalars(select(Disclosure))
        assert (disclosure.kind, "Ada" in disclosure.what) == ("reveal", False)
    store.undo()
    with store.read() as session:
        assert session.get_one(Application, application).revealed_at is None
        assert len(list(session.scalars(select(Disclosure)))) == 1


def test_the_time_that_it_took_adds_up_and_an_absence_does_not(store: Store, me: str) -> None:
    project_id = made.project(store)
    criteria = made.rubric(store, project_id)
    application = made.application(store, project_id, made.candidate(store))
    for seconds in (70, 60, 5 * 3600, -3):
        evaluate.score(store, application, me, {criteria[0]: (2, "x")}, today=TODAY, seconds=seconds)
    (one,) = scoring_queue(store, project_id, me).applications
    assert one.minutes == (70 + 60 + 900) // 60
