"""Whom to keep in touch with, against hand-worked cases."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sql

from core.insight import keeping, people
from core.insight.figure import Period
from core.insight.figures_people import in_touch, near_misses
from core.insight.people import CandidateFilter
from core.insight.today import today_view
from core.insight.touch_waiting import near_misses_waiting, touches_waiting
from core.model import Candidate, Enrolment, PoolEntry, SchoolPeriod
from core.pacing import Plan
from core.store import Label, Store
from core.work import select, warm
from core.work.gather import SkillDraft
from core.work.pool import PoolDraft, put_off
from core.work.touch_plans import set_plan
from core.work.touches import TouchDraft
from core.work.warm import OutcomeDraft
from tests.support import made
from tests.support.stores import TODAY


def kept(store: Store, name: str, last: int | None = None, **said: Any) -> tuple[str, str]:
    """A person last met `last` days ago, and their pool entry."""
    met = TODAY - timedelta(days=last if last is not None else 0)
    person = made.candidate(store, name, first_contact_on=met, graduates_on=said.pop("leaves", date(2027, 5, 31)),
                            skills=said.pop("skills", []))  # fmt: skip
    return person, warm.enter_pool(store, PoolDraft(candidate_id=person, **said), today=TODAY)


def rows(store: Store, view: str) -> dict[str, keeping.Kept]:
    ids = keeping.kept_ids(store, view, today=TODAY)
    found = keeping.kept_rows(store, view, ids, today=TODAY)
    assert list(found) == ids
    return {row.name: row for row in found.values()}


def test_by_the_next_date_the_latest_first(store: Store) -> None:
    _, late = kept(store, "Late One", 80)
    _, soon = kept(store, "Soon Two", 10)
    _, _far = kept(store, "Far Three", 10)
    planned = made.candidate(store, "Planned Four")
    put_off(store, [soon], TODAY + timedelta(days=3), today=TODAY)
    with store.change(Label.TOUCH_PLANNED) as session:
        from core.model import PoolEntry

        session.get_one(PoolEntry, late).next_touch_on = TODAY - timedelta(days=9)
    warm.plan_touch(store, TouchDraft(candidate_id=planned, on=TODAY, text="After midterms"), today=TODAY)
    found = rows(store, "next")
    assert list(found) == ["Late One", "Planned Four", "Soon Two", "Far Three"]
    assert (found["Late One"].when, found["Late One"].kind) == ("9 days late", "red")
    assert found["Planned Four"].when == "today"
    assert "After midterms" in found["Planned Four"].why
    assert found["Soon Two"].when == "in 3 days"
    assert found["Late One"].why.startswith("80 days without contact")


def test_hired_and_silent_people_are_not_asked_for(store: Store) -> None:
    hired, _ = kept(store, "Hired One")
    silent, _ = kept(store, "Silent Two", 100)
    kept(store, "Open Three")
    offered = OutcomeDraft(candidate_id=hired, kind="part_time", offered_on=TODAY, accepted_on=TODAY)
    warm.add_outcome(store, offered, today=TODAY)
    with store.change(Label.CANDIDATE_CHANGED) as session:
        session.get_one(Candidate, silent).do_not_contact_on = TODAY
    for view in ("next", "near_miss", "graduating"):
        assert list(rows(store, view)) == ["Open Three"], view
    assert "Silent Two" not in rows(store, "cold")


@pytest.mark.parametrize(
    ("days", "leaves", "cold"),
    [
        (66, date(2027, 5, 31), True),
        (60, date(2027, 5, 31), True),
        (59, date(2027, 5, 31), False),
        (66, date(2028, 5, 31), False),
        (66, TODAY - timedelta(days=1), False),
    ],
)
def test_going_cold(store: Store, days: int, leaves: date, cold: bool) -> None:
    kept(store, "Ada Lovelace", days, leaves=leaves)
    found = rows(store, "cold")
    assert bool(found) == cold
    if cold:
        words = found["Ada Lovelace"].why
        assert f"{days} days without contact" in words
        assert "graduates in 6 months" in words


def test_near_misses_not_asked_again_come_first_and_say_what_fits(store: Store) -> None:
    project = made.project(store, skills=["Excel"])
    asked, _ = kept(store, "Asked One", 30, rank=2, of_count=11, year=2026, began_on=TODAY - timedelta(days=20))
    kept(store, "Fits Two", 30, rank=5, year=2026, skills=[SkillDraft(name="Excel")])
    kept(store, "Other Three", 30, rank=3, year=2026)
    select.invite(store, project, asked, today=TODAY)
    found = rows(store, "near_miss")
    assert list(found) == ["Other Three", "Fits Two", "Asked One"]
    assert (found["Fits Two"].when, [fit.project_id for fit in found["Fits Two"].fits]) == ("a project fits", [project])
    assert found["Other Three"].when == "no project fits"
    assert found["Asked One"].when == "asked again"
    with store.read() as session:
        assert [fit.name for fit in keeping.near_misses_to_ask(session, TODAY)] == ["Fits Two"]
        (line,) = near_misses_waiting(session, TODAY)
    assert (line.subject, line.detail) == ("Ask 1 near-miss again", "Fits Two")


def test_the_countdown_to_graduation(store: Store) -> None:
    kept(store, "May One", leaves=date(2027, 5, 31))
    kept(store, "Soon Two", leaves=TODAY + timedelta(days=10))
    kept(store, "Later Three", leaves=date(2028, 5, 31))
    made.candidate(store, "Stranger Four", graduates_on=date(2027, 1, 31))
    found = rows(store, "graduating")
    assert {name: row.when for name, row in found.items()} == {"Soon Two": "in 10 days", "May One": "in 6 months"}
    assert found["Soon Two"].kind == "red"


def test_an_empty_store_has_nobody(store: Store) -> None:
    assert keeping.counts(store, today=TODAY) == dict.fromkeys(keeping.VIEWS, 0)


def test_who_goes_cold_has_a_plan_where_a_contact_is_planned(store: Store) -> None:
    ada = made.candidate(store, first_contact_on=TODAY - timedelta(days=70), graduates_on=date(2027, 5, 31))
    (row,) = rows(store, "cold").values()
    assert row.why.endswith("no plan to be in touch")
    warm.plan_touch(store, TouchDraft(candidate_id=ada, on=TODAY + timedelta(days=2)), today=TODAY)
    (row,) = rows(store, "cold").values()
    assert row.why.endswith("next planned for 24 Nov")


def test_a_near_miss_who_has_graduated_is_not_asked_again(store: Store) -> None:
    made.project(store, skills=["Excel"])
    kept(store, "Gone One", 30, year=2026, leaves=TODAY - timedelta(days=1), skills=[SkillDraft(name="Excel")])
    kept(store, "Here Two", 30, year=2026, leaves=TODAY, skills=[SkillDraft(name="Excel")])
    with store.read() as session:
        assert [fit.name for fit in keeping.near_misses_to_ask(session, TODAY)] == ["Here Two"]


def test_the_views_have_the_people_of_the_figures(store: Store) -> None:
    people = [kept(store, f"Person No{at}", 70, began_on=TODAY - timedelta(days=70))[0] for at in range(3)]
    kept(store, "Fair Four", 70, reason="fair", began_on=TODAY - timedelta(days=70))
    warm.leave_pool(store, kept(store, "Left Five", 70)[1], today=TODAY)
    project = made.project(store)
    made.application(store, project, people[0])
    with store.read() as session:
        period = Period(TODAY - timedelta(days=90), TODAY)
        members = {row_id for _, row_id in in_touch(session, period).rows}
        again = near_misses(session, period)
    assert members == set(keeping.kept_ids(store, "next", today=TODAY))
    asked = [row for row in rows(store, "near_miss").values() if row.when == "asked again"]
    assert (again.numerator, again.base) == (len(asked), len(rows(store, "near_miss"))) == (1, 3)


def cold_on_today(store: Store) -> list[str]:
    with store.read() as session:
        ids, count = people.cold_ids(session, TODAY, 50)
    assert len(ids) == count == people.count(store, CandidateFilter(going_cold=True), today=TODAY)
    assert set(ids) == set(keeping.kept_ids(store, "cold", today=TODAY))
    return ids


@pytest.mark.parametrize(
    ("days", "plans", "cold"),
    [
        (59, [], False),
        (60, [], True),
        (29, [30], False),
        (30, [30], True),
        (66, [120], False),
        (120, [120], True),
        (500, [0], False),
        (30, [0, 30], True),
        (45, [90, 45], True),
        (45, [None], True),
        (44, [None], False),
    ],
)
def test_going_cold_goes_by_the_plan_of_the_entry(store: Store, days: int, plans: list[int | None], cold: bool) -> None:
    person = made.candidate(
        store, first_contact_on=TODAY - timedelta(days=days), graduates_on=date(2027, 5, 31)
    )  # fmt: skip
    for at, every in enumerate(plans):
        draft = PoolDraft(candidate_id=person, reason="fair", year=2020 + at, every_days=every)
        warm.enter_pool(store, draft, today=TODAY)
    assert cold_on_today(store) == ([person] if cold else [])
    if cold and plans:
        (row,) = rows(store, "cold").values()
        shortest = min(every if every is not None else 45 for every in plans if every != 0)
        assert f"the plan says every {shortest} days" in row.why
        (shown,) = today_view(store, today=TODAY).cold
        assert f"the plan says every {shortest} days" in shown.why


def test_going_cold_follows_a_plan_that_is_changed_and_an_entry_that_ended(store: Store) -> None:
    person, entry = kept(store, "Ada Lovelace", 25, reason="fair")
    assert cold_on_today(store) == []
    set_plan(store, "fair", Plan(every_days=25), today=TODAY)
    assert cold_on_today(store) == [person]
    warm.leave_pool(store, entry, today=TODAY)
    assert cold_on_today(store) == []
    store.undo()
    warm.add_touch(store, TouchDraft(candidate_id=person), today=TODAY)
    assert cold_on_today(store) == []


def test_each_view_counts_whom_it_lists(store: Store) -> None:
    near, _ = kept(store, "Ada One", 70, year=2025)
    warm.enter_pool(store, PoolDraft(candidate_id=near, year=2026), today=TODAY)
    warm.plan_touch(store, TouchDraft(candidate_id=near, on=TODAY), today=TODAY)
    kept(store, "Bao Two", 50, reason="fair", every_days=0)
    kept(store, "Chidi Three", 50, reason="fair")
    expected = {view: len(keeping.kept_ids(store, view, today=TODAY)) for view in keeping.VIEWS}
    assert expected == {"next": 2, "cold": 2, "near_miss": 1, "graduating": 3}
    assert keeping.counts(store, today=TODAY) == expected
    assert keeping.counts(store, {"cold": 9}, today=TODAY) == expected | {"cold": 9}


def test_a_near_miss_stands_there_with_the_place_they_missed_by(store: Store) -> None:
    person, _ = kept(store, "Ada One", 30, year=2026, rank=2, of_count=11)
    warm.enter_pool(store, PoolDraft(candidate_id=person, reason="fair", every_days=3), today=TODAY)
    assert "2nd of 11" in rows(store, "near_miss")["Ada One"].why
    assert "fair" in rows(store, "next")["Ada One"].why


def due_on_today(store: Store) -> list[str]:
    with store.read() as session:
        return sorted(one.detail for one in touches_waiting(session, TODAY))


def test_nobody_is_asked_for_in_the_exams_of_their_school(store: Store) -> None:
    person, _ = kept(store, "Ada One", 70, next_touch_on=TODAY)
    kept(store, "Bao Two", 70, next_touch_on=TODAY, every_days=30, not_in_exams=False)
    kept(store, "Chidi Three", 70, next_touch_on=TODAY, reason="fair")
    assert len(due_on_today(store)) == 3
    with store.change(Label.SCHOOL_CHANGED) as session:
        school_id = session.scalars(sql.select(Enrolment.school_id).limit(1)).one()
        end = TODAY + timedelta(days=3)
        session.add(SchoolPeriod(school_id=school_id, kind="exams", starts_on=TODAY, ends_on=end))
    assert due_on_today(store) == ["Bao Two"]
    assert rows(store, "next")["Ada One"].why.startswith("in exams now")
    assert not rows(store, "next")["Bao Two"].why.startswith("in exams now")
    set_plan(store, "fair", Plan(every_days=45, not_in_exams=False), today=TODAY)
    put_off(store, [entry_of(store, "fair")], TODAY, today=TODAY)
    assert due_on_today(store) == ["Bao Two", "Chidi Three"]
    warm.plan_touch(store, TouchDraft(candidate_id=person, on=TODAY, text="Wish them luck"), today=TODAY)
    assert "Ada One · Wish them luck" in due_on_today(store)


def entry_of(store: Store, reason: str) -> str:
    with store.read() as session:
        return session.scalars(sql.select(PoolEntry.id).where(PoolEntry.reason == reason)).one()
