"""Both sides of work: half-way and at the end, sealed until both are in or the day has come."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.errors import FieldErrors, UserError
from core.insight import reviews
from core.model import Engagement
from core.store import Store
from core.work import extensions, run, sides
from core.work.sides import FitReviewDraft, MidCheckDraft, WorkEvaluationDraft
from tests.support import made
from tests.support.stores import TODAY, new_store


@pytest.fixture
def me(store: Store) -> str:
    assert store.me is not None
    return store.me


@pytest.fixture
def engagement(store: Store) -> str:
    engagement = made.engagement(store, made.application(store, made.project(store), made.candidate(store)))
    return run.start(store, engagement, today=TODAY)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"overall": None}, "overall"),
        ({"overall": 5}, "overall"),
        ({"rater_id": None}, "rater_id"),
        ({"marks": {"Magic": (1, "")}}, "marks.Magic"),
        ({"marks": {"Teamwork": (0, "")}}, "marks.Teamwork"),
    ],
)
def test_evaluations_of_work_that_cannot_be(
    store: Store, me: str, engagement: str, changed: dict[str, Any], field: str
) -> None:
    run.deliver(store, engagement, today=TODAY)
    draft = WorkEvaluationDraft(engagement_id=engagement, rater_id=me, overall=3)
    with pytest.raises(FieldErrors) as caught:
        sides.evaluate_work(store, replace(draft, **changed), today=TODAY)
    assert set(caught.value.fields) == {field}


def test_both_sides_are_in_and_then_stay(store: Store, me: str, engagement: str) -> None:
    draft = WorkEvaluationDraft(
        engagement_id=engagement, rater_id=me, overall=3, marks={"Teamwork": (3, "asked early")}
    )
    with pytest.raises(UserError, match="no work to evaluate"):
        sides.evaluate_work(store, draft, today=TODAY)
    run.deliver(store, engagement, today=TODAY)
    first = sides.evaluate_work(store, draft, today=TODAY)
    changed = replace(draft, marks={"Communication": (4, "daily notes")}, private_comment="Call again")
    assert sides.evaluate_work(store, changed, today=TODAY) == first
    assert sides.work_evaluation_draft(store, engagement, me) == changed
    with pytest.raises(FieldErrors):
        sides.enter_fit_review(store, FitReviewDraft(engagement_id=engagement), today=TODAY)
    with pytest.raises(FieldErrors):
        sides.enter_fit_review(store, FitReviewDraft(engagement_id=engagement, clarity=0), today=TODAY)
    review = FitReviewDraft(engagement_id=engagement, overall=4, reflection="I learned much", received_on=TODAY)
    sides.enter_fit_review(store, review, today=TODAY)
    assert sides.fit_review_draft(store, engagement, today=TODAY) == review
    with pytest.raises(UserError, match="stays as it is"):
        sides.evaluate_work(store, draft, today=TODAY)


def opens_on(store: Store, engagement: str) -> Any:
    with store.read() as session:
        return session.get_one(Engagement, engagement).reviews_open_on


def test_a_day_is_named_at_the_start_and_moves_with_the_due_date(store: Store, engagement: str) -> None:
    with store.read() as session:
        due = session.get_one(Engagement, engagement).due_on
    assert opens_on(store, engagement) == due + timedelta(days=21)
    extensions.ask_extension(store, engagement, due + timedelta(days=30), today=TODAY, granted=True)
    assert opens_on(store, engagement) == due + timedelta(days=51)
    for wrong in (due, TODAY):
        with pytest.raises(FieldErrors):
            sides.name_reviews_day(store, engagement, wrong, today=TODAY)
    named = due + timedelta(days=40)
    sides.name_reviews_day(store, engagement, named, today=TODAY)
    assert opens_on(store, engagement) == named
    run.deliver(store, engagement, today=TODAY)
    sides.enter_fit_review(store, FitReviewDraft(engagement_id=engagement, overall=2), today=TODAY)
    with pytest.raises(UserError, match="in already"):
        sides.name_reviews_day(store, engagement, named + timedelta(days=1), today=TODAY)


def test_their_side_opens_on_its_day_even_without_ours(store: Store, me: str, engagement: str) -> None:
    run.deliver(store, engagement, today=TODAY)
    said = FitReviewDraft(engagement_id=engagement, overall=2, interest=4, wants_next="More of the press room")
    sides.enter_fit_review(store, said, today=TODAY)
    day = opens_on(store, engagement)
    before = reviews.both_sides(store, engagement, today=day - timedelta(days=1))
    assert (before.theirs, before.theirs_in) == (None, True)
    assert before.words.startswith("Their side is in; it opens once yours is, or on ")
    after = reviews.both_sides(store, engagement, today=day)
    assert after.theirs is not None
    assert after.theirs.marks == (("Overall", 2), ("Interest in a role here", 4))
    assert after.theirs.wants_next == "More of the press room"
    assert after.words == "Their side is open, as its day has come; yours is missing."
    # Ours may still be given, once; from then on it stays, as it was written with theirs in view.
    mine = WorkEvaluationDraft(engagement_id=engagement, rater_id=me, overall=3)
    sides.evaluate_work(store, mine, today=day)
    with pytest.raises(UserError, match="stays as it is"):
        sides.evaluate_work(store, replace(mine, overall=1), today=day)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.permutations(["ours", "theirs"]), st.integers(0, 2), st.integers(-3, 3))
def test_law_nobody_reads_the_other_side_before_both_are_in_or_the_day(
    tmp_path_factory: pytest.TempPathFactory, order: list[str], given_: int, days: int
) -> None:
    with new_store(tmp_path_factory.mktemp("law")) as store:
        work = made.engagement(store, made.application(store, made.project(store), made.candidate(store)))
        run.start(store, work, today=TODAY)
        run.deliver(store, work, today=TODAY)
        for side in order[:given_]:
            if side == "ours":
                ours = WorkEvaluationDraft(engagement_id=work, rater_id=store.me, overall=3)
                sides.evaluate_work(store, ours, today=TODAY)
            else:
                sides.enter_fit_review(store, FitReviewDraft(engagement_id=work, overall=1), today=TODAY)
        found = reviews.both_sides(store, work, today=opens_on(store, work) + timedelta(days=days))
        may = "theirs" in order[:given_] and (given_ == 2 or days >= 0)
        assert (found.theirs is not None) is may


def test_half_way_is_open_and_beside_the_end(store: Store, me: str, engagement: str) -> None:
    mid = WorkEvaluationDraft(engagement_id=engagement, rater_id=me, occasion="mid", overall=2, comment="Ask sooner")
    first = sides.evaluate_work(store, mid, today=TODAY)
    said = MidCheckDraft(engagement_id=engagement, clarity=2, hours=6, in_the_way="No access to the old lists")
    sides.enter_mid_check(store, said, today=TODAY)
    assert sides.mid_check_draft(store, engagement) == replace(said, received_on=TODAY)
    found = reviews.running(store, today=TODAY)[0]
    assert [one.comment for one in found.mid] == ["Ask sooner"]
    assert found.half_way is not None
    assert (found.half_way.marks, found.half_way.hours) == ((("Clear brief", 2),), 6)
    run.deliver(store, engagement, today=TODAY)
    end = WorkEvaluationDraft(engagement_id=engagement, rater_id=me, overall=4)
    assert sides.evaluate_work(store, end, today=TODAY) != first
    both = reviews.both_sides(store, engagement, today=TODAY)
    assert ([one.overall for one in both.mid], [one.overall for one in both.ours]) == ([2], [4])
    with pytest.raises(UserError, match="half-way is while the work runs"):
        sides.evaluate_work(store, mid, today=TODAY)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"clarity": 5}, "clarity"),
        ({"hours": 401, "clarity": 3}, "hours"),
        ({"received_on": TODAY + timedelta(days=1), "clarity": 3}, "received_on"),
        ({}, "clarity"),
        ({"going_well": "x" * 30_000}, "going_well"),
    ],
)
def test_half_way_checks_that_cannot_be(store: Store, engagement: str, changed: dict[str, Any], field: str) -> None:
    with pytest.raises(FieldErrors) as caught:
        sides.enter_mid_check(store, MidCheckDraft(engagement_id=engagement, **changed), today=TODAY)
    assert field in caught.value.fields
