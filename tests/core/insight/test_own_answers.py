"""Counts of voluntary answers: what holds for any answers, decisions and days."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from core.insight.own_answers import Answered, Count, counts, steady

DAY = date(2026, 3, 1)
LATER = DAY + timedelta(days=200)
ANSWERS = ("a", "b", "c")


@st.composite
def some(draw: st.DrawFn) -> list[Answered]:
    """Up to forty applications of up to thirty people, each of whom gave one answer."""
    said = draw(st.lists(st.sampled_from(ANSWERS), min_size=30, max_size=30))
    rows = draw(
        st.lists(st.tuples(st.integers(0, 29), st.booleans(), st.integers(0, 60), st.integers(0, 30)), max_size=40)
    )
    return [
        Answered(f"p{who}", said[who], chosen, DAY + timedelta(days=on), DAY + timedelta(days=on + later))
        for who, chosen, on, later in rows
    ]


def people(rows: list[Answered]) -> set[str]:
    return {one.person for one in rows}


@given(some())
def test_law_no_hidden_answer_can_be_reckoned(rows: list[Answered]) -> None:
    """What is shown leaves either nobody or five and more unaccounted for among those who answered."""
    found, kept = counts(rows, ANSWERS, DAY, today=LATER), steady(rows, DAY, today=LATER)
    size = {answer: len({one.person for one in kept if one.answer == answer}) for answer in ANSWERS}
    assert [one.answer for one in found] in ([], list(ANSWERS))
    assert all(one.hidden or size[one.answer] >= 5 for one in found)
    hidden = sum(size[one.answer] for one in found if one.hidden)
    assert hidden == 0 or hidden >= 5
    assert all((one.selected, one.base) == (0, 0) for one in found if one.hidden)


@given(some())
def test_law_no_few_of_known_outcome_have_all_given_one_answer(rows: list[Answered]) -> None:
    if not counts(rows, ANSWERS, DAY, today=LATER):
        return
    for selected in (True, False):
        of = [one for one in steady(rows, DAY, today=LATER) if one.selected is selected]
        assert not of or len(people(of)) >= 5 or len({one.answer for one in of}) > 1


@given(some(), st.sampled_from(ANSWERS), st.booleans(), st.integers(0, 95))
def test_law_one_decision_more_moves_nothing_or_five_people(
    rows: list[Answered], answer: str, selected: bool, at: int
) -> None:
    """Decided on any day, on which others were or were not, and looked at on that day and on the next."""
    day = DAY + timedelta(days=at)
    rows = [one for one in rows if one.settled_on <= day]
    shown = [steady(rows, DAY, today=day)]
    rows = [*rows, Answered("new", answer, selected, day, day)]
    shown.append(steady(rows, DAY, today=day))
    shown.append(steady(rows, DAY, today=day + timedelta(days=1)))
    for before, after in pairwise(shown):
        assert after[: len(before)] == before
        assert len(after) == len(before) or len(people(after[len(before) :])) >= 5


@given(some(), st.integers(0, 60))
def test_law_a_day_passed_moves_nothing_or_five_people(rows: list[Answered], at: int) -> None:
    start = DAY + timedelta(days=at)
    before, after = (steady(rows, day, today=LATER) for day in (start, start + timedelta(days=1)))
    gone = [one for one in before if one not in after]
    assert not gone or len(people(gone)) >= 5


def test_an_answer_that_nobody_gave_looks_like_one_that_few_gave() -> None:
    rows = [Answered(f"p{at}", "a" if at < 6 else "b", at % 2 == 0, DAY, DAY) for at in range(12)]
    shown = [Count("a", 3, 6, False), Count("b", 3, 6, False), Count("c", 0, 0, True)]
    assert counts(rows, ANSWERS, DAY, today=LATER) == shown


def test_three_selected_who_all_gave_one_answer_are_not_told() -> None:
    rows = [Answered(f"p{at}", "a" if at < 6 else "b", at < 3, DAY, DAY) for at in range(12)]
    assert counts(rows, ANSWERS, DAY, today=LATER) == []
    # The fourth selected gave another one: nobody can say which of the four.
    rows[6] = Answered("p6", "b", True, DAY, DAY)
    assert [one.selected for one in counts(rows, ANSWERS, DAY, today=LATER)] == [3, 1, 0]
