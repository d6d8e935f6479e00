"""Whom something is about to touch, also of very many; and in what order names stand."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.ids import new_id
from core.insight import people
from core.insight.filters import EVERYONE
from core.insight.whom import SHOWN, staged, staged_projects, tags_among, whom
from core.model import Candidate
from core.store import Label, Store
from core.text import fold
from core.work.tags import set_tags
from tests.core.insight.build import Build
from tests.support import made
from tests.support.stores import TODAY

_names = st.lists(st.text(st.sampled_from("aAbZzÄäéß中ع 🙂-'"), max_size=6), min_size=1, max_size=8)


def crowd(store: Store, names: list[str]) -> list[str]:
    with store.change(Label.CANDIDATES_IMPORTED) as session:
        at = people.count(store, EVERYONE, today=TODAY)
        rows = [Candidate(id=new_id(), number=at + n + 1, first_name=name) for n, name in enumerate(names)]
        session.add_all(rows)
        return [row.id for row in rows]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_names)
def test_names_stand_in_order_with_case_and_accents_aside(store: Store, names: list[str]) -> None:
    crowd(store, names)
    with store.read() as session:
        named = {row.id: row.name for row in session.query(Candidate)}
    for down in (False, True):
        found = people.candidate_ids(store, EVERYONE, "name", down, today=TODAY)
        keys = [fold(named[one]) if not named[one].isascii() else named[one].strip().lower() for one in found]
        assert keys == sorted(keys, reverse=down)
        assert len(found) == len(named)


def test_a_few_names_and_how_many_there_are(store: Store) -> None:
    ids = crowd(store, [f"No{at:05}" for at in range(12_000)])
    found = whom(store, [*reversed(ids), "gone", ids[0]])
    assert found.count == 12_000
    assert found.names == tuple(f"No{at:05}" for at in range(SHOWN))
    assert whom(store, ids[:2]).words == "2 people: No00000 and No00001"
    assert whom(store, ["gone"]).words.startswith("Nobody")
    assert whom(store, []).count == 0


def test_the_tags_that_one_of_them_has(store: Store) -> None:
    ids = crowd(store, ["Ann", "Bo", "Cy"])
    set_tags(store, ids[:2], ["Évening", "Fair"], today=TODAY)
    set_tags(store, ids[2:], ["Other"], today=TODAY)
    assert tags_among(store, ids[:2]) == ["Évening", "Fair"]
    assert tags_among(store, ids[2:]) == ["Other"]
    assert tags_among(store, []) == []


def test_the_projects_for_which_some_of_them_wait(store: Store) -> None:
    project = made.project(store)
    ada, bao = made.candidate(store), made.candidate(store, "Bao Tran")
    waits = made.application(store, project, ada)
    assert [(row[0], row[2]) for row in staged_projects(store, [ada, bao, ada])] == [(project, 1)]
    assert staged(store, project, [ada, bao, ada]) == [waits]
    assert staged_projects(store, [bao]) == []


def test_going_cold_is_counted_as_it_is_listed(build: Build) -> None:
    school = build.school()
    for days in (70, 60, 59, 10):
        build.person("Ann", school, date(2027, 5, 31), first_contact_on=TODAY - timedelta(days=days))
    for tree in ({"field": "cold", "is": "yes"}, {"all": [{"field": "cold", "is": "yes"}]}):
        assert people.count(build.store, tree, today=TODAY) == 2
        assert len(people.candidate_ids(build.store, tree, today=TODAY)) == 2
