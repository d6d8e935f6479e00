"""Declining: all at once, held, told, taken back; and nobody who was declined is offered the place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, event, select

from core.errors import FieldErrors, HoldError, UserError
from core.insight.application_board import way
from core.insight.declining import held_words, tell_waiting
from core.model import Application, PoolEntry, ProjectStage
from core.store import Store
from core.work import declining, evaluate, stages
from core.work import pool as warm_pool
from core.work import select as choose
from core.work.stages import StageDraft
from tests.support import made
from tests.support.stores import TODAY
from tests.support.tables import tables


def applications(store: Store, project: str, count: int) -> list[str]:
    names = [(f"Person No{at}", [f"{at}-{project}@lake.example.edu"]) for at in range(count)]
    return [made.application(store, project, made.candidate(store, name, emails=mails)) for name, mails in names]


def facts(store: Store, ids: list[str]) -> list[tuple[Any, ...]]:
    with store.read() as session:
        found = {one.id: one for one in session.scalars(select(Application).where(Application.id.in_(ids)))}
        return [(found[one].status, found[one].stage_id, found[one].hold_until, found[one].told_on) for one in ids]


def test_all_who_remain_at_once_with_one_undo(store: Store) -> None:
    project = made.project(store, openings=2)
    ids = applications(store, project, 4)
    choose.shortlist(store, ids[0], today=TODAY)
    choose.withdraw(store, ids[1], today=TODAY)
    offered = made.drafted_offer(store, ids[2])
    who = declining.remaining(store, project, today=TODAY)
    assert set(who.ids) == {ids[0], ids[3]}
    assert who.left_out == {ids[2]: "has an open offer; withdraw it first"}
    before = tables(store)
    assert declining.decline(store, ids, reason=declining.REASONS[0], today=TODAY) == 2
    held = TODAY + timedelta(days=1)
    expected = [("not_selected", None, held, None), ("withdrawn", None, None, None), ("applied", None, None, None)]
    assert facts(store, ids)[:3] == expected
    store.undo()
    assert tables(store) == before
    assert offered


def test_who_was_declined_is_not_offered_the_place_until_it_is_taken_back(store: Store) -> None:
    (one,) = applications(store, made.project(store), 1)
    declining.decline(store, [one], reason="", today=TODAY)
    with pytest.raises(UserError, match="not selected"):
        made.drafted_offer(store, one)
    declining.take_back(store, [one], today=TODAY)
    assert made.drafted_offer(store, one)


def test_taken_back_after_they_were_told_it_asks_why(store: Store) -> None:
    (one,) = applications(store, made.project(store), 1)
    declining.decline(store, [one], reason="", today=TODAY, hold_days=0)
    assert declining.told(store, [one], today=TODAY) == 1
    with pytest.raises(HoldError, match="told on"):
        declining.take_back(store, [one], today=TODAY)
    declining.take_back(store, [one], today=TODAY, reason="The other one fell ill")
    assert facts(store, [one]) == [("applied", None, None, None)]
    with pytest.raises(UserError, match="taken back already"):
        declining.take_back(store, [one], today=TODAY)


def test_the_message_is_held_back_then_due_then_told(store: Store) -> None:
    project = made.project(store)
    ids = applications(store, project, 2)
    declining.decline(store, ids, reason="", today=TODAY, hold_days=2)
    tomorrow, after = TODAY + timedelta(days=1), TODAY + timedelta(days=2)
    assert declining.to_tell(store, project, today=TODAY) == {}
    assert declining.to_tell(store, project, today=tomorrow) == {}
    assert set(declining.to_tell(store, project, today=after).values()) == set(ids)
    assert set(declining.to_tell(store, project, today=TODAY, at_once=True).values()) == set(ids)
    with store.read() as session:
        assert list(tell_waiting(session, tomorrow)) == []
        (line,) = tell_waiting(session, after)
    assert (line.subject, line.target) == ("Tell 2 people that they were not chosen", ("projects", project))
    declining.told(store, ids[:1], today=after)
    assert list(declining.to_tell(store, project, today=after).values()) == ids[1:]
    words = [held_words(hold, told, after) for _, _, hold, told in facts(store, ids)]
    assert words == ["told 24 Nov", "to be told"]


def test_kept_in_touch_in_the_same_move(store: Store) -> None:
    project = made.project(store)
    ids = applications(store, project, 2)
    before = tables(store)
    declining.decline(store, ids, reason="", today=TODAY, keep_in_touch=True)
    with store.read() as session:
        entries = session.scalars(select(PoolEntry)).all()
    assert {(one.reason, one.next_touch_on) for one in entries} == {("applied", TODAY + timedelta(days=90))}
    assert len(entries) == 2
    store.undo()
    assert tables(store) == before


def test_taken_back_they_are_no_longer_kept_for_having_been_declined(store: Store) -> None:
    project, other = made.project(store), made.project(store, title="Another")
    untold, told, kept_before, reworded = ids = applications(store, project, 4)
    with store.read() as session:
        people = {one: session.get_one(Application, one).candidate_id for one in ids}
    elsewhere = made.application(store, other, people[kept_before])
    declining.decline(store, [elsewhere], reason="", today=TODAY, keep_in_touch=True)

    def pool() -> dict[str, str]:
        with store.read() as session:
            return {one.candidate_id: one.id for one in session.scalars(select(PoolEntry))}

    declining.decline(store, ids, reason="", today=TODAY, hold_days=0, keep_in_touch=True)
    declining.told(store, [told], today=TODAY)
    mine = pool()[people[reworded]]
    warm_pool.change_pool(store, mine, replace(warm_pool.pool_draft(store, mine), note="Good with tables"), today=TODAY)
    before = tables(store)
    declining.take_back(store, ids, today=TODAY, reason="So")
    assert set(pool()) == {people[one] for one in (told, kept_before, reworded)}
    store.undo()
    assert tables(store) == before
    assert people[untold] in pool()


def test_while_names_are_hidden_nothing_tells_whose_code_it_is(store: Store) -> None:
    project = made.project(store)
    made.rubric(store, project)
    ids = applications(store, project, 2)
    before = tables(store)
    with pytest.raises(UserError, match="Reveal the names"):
        declining.decline(store, ids, reason="", today=TODAY, keep_in_touch=True)
    assert tables(store) == before
    declining.decline(store, ids, reason="", today=TODAY, hold_days=0)
    assert declining.to_tell(store, project, today=TODAY) == {}
    criteria = [one.id for one in rubric_criteria(store, project)]
    assert store.me is not None
    for one in ids:
        evaluate.score(store, one, store.me, {key: (3, "x") for key in criteria if key}, today=TODAY)
        evaluate.submit(store, one, store.me, today=TODAY, recommend=False)
    evaluate.reveal_names(store, project, today=TODAY)
    assert len(declining.to_tell(store, project, today=TODAY)) == 2


def rubric_criteria(store: Store, project: str) -> Any:
    from core.work import rubrics

    draft = rubrics.rubric_draft(store, project)
    assert draft is not None
    return draft.criteria


def test_taking_back_is_the_one_way_back(store: Store) -> None:
    project = made.project(store)
    (one,) = applications(store, project, 1)
    stages.set_stages(store, project, [StageDraft(name="Called")], today=TODAY)
    (called,) = stages.stage_drafts(store, project)
    declining.decline(store, [one], reason="", today=TODAY, hold_days=0)
    declining.told(store, [one], today=TODAY)
    before = tables(store)
    ways: list[Callable[[], object]] = [
        lambda: choose.reconsider(store, one, today=TODAY),
        lambda: choose.shortlist(store, one, today=TODAY),
        lambda: stages.move_stage(store, [one], called.id, "applied", today=TODAY),
        lambda: made.drafted_offer(store, one),
    ]
    for other_way in ways:
        with pytest.raises(UserError, match="Take that decision back first"):
            other_way()
        assert tables(store) == before
    declining.take_back(store, [one], today=TODAY, reason="The other one fell ill")
    assert facts(store, [one]) == [("applied", None, None, None)]


def test_a_stage_that_was_renamed_meanwhile_is_the_same_and_one_that_went_is_not_missed(store: Store) -> None:
    project = made.project(store)
    one, two = applications(store, project, 2)
    stages.set_stages(store, project, [StageDraft(name="Called"), StageDraft(name="Asked")], today=TODAY)
    called, asked = stages.stage_drafts(store, project)
    stages.move_stage(store, [one], called.id, "applied", today=TODAY)
    stages.move_stage(store, [two], asked.id, "applied", today=TODAY)
    declining.decline(store, [one, two], reason="", today=TODAY)
    before = tables(store)
    stages.set_stages(store, project, [replace(called, name="Phoned")], today=TODAY)
    declining.take_back(store, [one, two], today=TODAY)
    assert [row[:2] for row in facts(store, [one, two])] == [("applied", called.id), ("applied", None)]
    assert [moved.words for moved in way(store, one, today=TODAY)][1] == "Applied: Phoned"
    store.undo()
    store.undo()
    assert tables(store) == before


def test_cancel_in_the_middle_leaves_no_trace(store: Store) -> None:
    ids = applications(store, made.project(store), 3)

    class Stopped(Exception):
        pass

    def stop(done: int, total: int) -> None:
        if (done, total) == (2, 3):
            raise Stopped

    before = tables(store)
    with pytest.raises(Stopped):
        declining.decline(store, ids, reason="", today=TODAY, keep_in_touch=True, progress=stop)
    assert tables(store) == before
    declining.decline(store, ids, reason="", today=TODAY)
    before = tables(store)
    with pytest.raises(Stopped):
        declining.take_back(store, ids, today=TODAY, progress=stop)
    assert tables(store) == before


def test_hundreds_take_few_questions(store: Store) -> None:
    """Each one more takes two more: when it came where it stands, and its own row."""

    def asked(run: Callable[[], object]) -> int:
        count = 0

        def counted(*_: object) -> None:
            nonlocal count
            count += 1

        event.listen(Engine, "before_cursor_execute", counted)
        try:
            run()
        finally:
            event.remove(Engine, "before_cursor_execute", counted)
        return count

    few, many = applications(store, made.project(store), 4), applications(store, made.project(store), 30)

    def decline(ids: list[str]) -> object:
        return declining.decline(store, ids, reason="", today=TODAY, keep_in_touch=True)

    def take_back(ids: list[str]) -> object:
        return declining.take_back(store, ids, today=TODAY)

    assert asked(partial(decline, many)) - asked(partial(decline, few)) <= 2 * 26
    assert asked(partial(take_back, many)) - asked(partial(take_back, few)) <= 2 * 26


def test_bad_words_are_said(store: Store) -> None:
    (one,) = applications(store, made.project(store), 1)
    before = tables(store)
    with pytest.raises(FieldErrors, match="shorten"):
        declining.decline(store, [one], reason="x" * 30_000, today=TODAY)
    with pytest.raises(FieldErrors, match="0 to 60"):
        declining.decline(store, [one], reason="", today=TODAY, hold_days=61)
    with pytest.raises(UserError, match="no longer"):
        declining.decline(store, ["gone"], reason="", today=TODAY)
    with pytest.raises(UserError, match="nobody is chosen"):
        declining.decline(store, [], reason="", today=TODAY)
    assert tables(store) == before


@settings(deadline=None, max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(["applied", "shortlisted", "read", "finalist"]), min_size=1, max_size=4), st.booleans())
def test_declined_and_taken_back_each_stands_where_it_stood(store: Store, places: list[str], keep: bool) -> None:
    project = made.project(store)
    drafts = [StageDraft(name="Read", under="applied"), StageDraft(name="Finalist", under="shortlisted")]
    stages.set_stages(store, project, drafts, today=TODAY)
    with store.read() as session:
        of = select(ProjectStage).where(ProjectStage.project_id == project)
        named = {one.name.lower(): one for one in session.scalars(of)}
    ids = []
    for at, place in enumerate(places):
        person = made.candidate(store, f"P{at} {project[:8]}", emails=[f"{at}-{project}@x.example.edu"])
        ids.append(made.application(store, project, person))
        if place in named:
            stages.move_stage(store, ids[-1:], named[place].id, named[place].under, today=TODAY)
        elif place == "shortlisted":
            choose.shortlist(store, ids[-1], today=TODAY)
    before, pool = facts(store, ids), tables(store)["pool_entries"]
    declining.decline(store, ids, reason="", today=TODAY, keep_in_touch=keep)
    assert {one[0] for one in facts(store, ids)} == {"not_selected"}
    declining.take_back(store, ids, today=TODAY)
    assert facts(store, ids) == before
    assert tables(store)["pool_entries"] == pool
