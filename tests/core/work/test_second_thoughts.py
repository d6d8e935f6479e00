"""Second thoughts: the first scores stay, the next have a reason, and nobody looks at others' in between."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from core.errors import FieldErrors, UserError
from core.insight.agreement import agreement
from core.model import EarlierEvaluation, Evaluation, Score
from core.store import Store
from core.work import evaluate, second_thoughts
from tests.core.insight.build import Build
from tests.support.stores import TODAY, new_store


class Rated:
    """One application, scored by two raters."""

    def __init__(self, store: Store) -> None:
        build = Build(store)
        self.store, self.me, self.ben = store, store.me or "", build.colleague()
        self.project = build.project()
        self.criteria = build.rubric(self.project, 1, 1, 1)
        self.application = build.applied(self.project, build.person())
        for rater, level in ((self.me, 2), (self.ben, 4)):
            self.give(rater, level)

    def give(self, rater: str, level: int) -> None:
        marks = dict.fromkeys(self.criteria, (level, f"Level {level}"))
        evaluate.score(self.store, self.application, rater, marks, today=TODAY)
        evaluate.submit(self.store, self.application, rater, today=TODAY)

    def again(self, reason: str = "I had missed the second page") -> None:
        second_thoughts.take_up_again(self.store, self.application, self.me, reason, today=TODAY)

    def levels(self, rater: str) -> list[int]:
        query = select(Score.level).join(Evaluation, Evaluation.id == Score.evaluation_id)
        with self.store.read() as session:
            return list(session.scalars(query.where(Evaluation.rater_id == rater)))


@pytest.fixture
def rated(store: Store) -> Rated:
    return Rated(store)


def test_the_first_stay_and_the_next_count(rated: Rated) -> None:
    rated.again()
    rated.give(rated.me, 3)
    with rated.store.read() as session:
        (kept,) = session.scalars(select(EarlierEvaluation)).all()
    assert (kept.version, kept.reason) == (1, "I had missed the second page")
    assert list((kept.scores or {}).values()) == [[2, "Level 2"]] * 3
    assert rated.levels(rated.me) == [3, 3, 3]
    rated.again("And the third")
    with rated.store.read() as session:
        assert sorted(session.scalars(select(EarlierEvaluation.version))) == [1, 2]


def test_agreement_is_of_what_each_gave_alone(rated: Rated) -> None:
    before, _ = agreement(rated.store, rated.project, rated.me)
    rated.again()
    rated.give(rated.me, 4)
    after, words = agreement(rated.store, rated.project, rated.me)
    assert before is not None
    assert after is not None
    counted = (before.pairs, before.exact, before.within_one, before.mean_difference)
    assert (after.pairs, after.exact, after.within_one, after.mean_difference) == counted
    assert (len(before.gaps), after.gaps) == (3, ())
    assert {mean for one in after.criteria for mean in one.means} == {4}
    assert (
        words == "Before second thoughts raters agreed exactly on 0 of 3 scores, within one level on 0; now on 3 and 3."
    )


def test_others_are_closed_until_mine_are_in_again(rated: Rated) -> None:
    assert agreement(rated.store, rated.project, rated.me)[0] is not None
    rated.again()
    assert agreement(rated.store, rated.project, rated.me) == (
        None, "The table opens once your own scores are in: 1 application to go."
    )  # fmt: skip


def test_it_needs_a_reason_and_scores_that_are_in(rated: Rated) -> None:
    with pytest.raises(FieldErrors):
        rated.again("  ")
    with pytest.raises(FieldErrors):
        rated.again("x" * 30_000)
    rated.again()
    with pytest.raises(UserError, match="not handed in"):
        rated.again()
    rated.give(rated.me, 1)
    evaluate.reveal_names(rated.store, rated.project, today=TODAY)
    with pytest.raises(UserError, match="as they were given blind"):
        rated.again()


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.integers(1, 4), min_size=1, max_size=4))
def test_law_every_version_stays_and_undo_takes_back_each(
    tmp_path_factory: pytest.TempPathFactory, levels: list[int]
) -> None:
    with new_store(tmp_path_factory.mktemp("law")) as store:
        rated = Rated(store)
        for level in levels:
            rated.again()
            rated.give(rated.me, level)
        with store.read() as session:
            kept = session.scalars(select(EarlierEvaluation).order_by(EarlierEvaluation.version)).all()
        assert [next(iter((one.scores or {}).values()))[0] for one in kept] == [2, *levels[:-1]]
        for _ in range(3 * len(levels)):
            store.undo()
        assert rated.levels(rated.me) == [2, 2, 2]
        with store.read() as session:
            assert session.scalars(select(EarlierEvaluation)).all() == []
