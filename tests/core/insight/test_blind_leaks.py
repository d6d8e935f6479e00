"""By property: whatever is written and however it is spelled, nothing that raters see says who stands behind a code.

And in whatever order raters score, nobody sees another's scores, or a mean of them, before their own are in.
"""

from __future__ import annotations

import json
import random
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from core.insight import records
from core.insight.agreement import agreement
from core.insight.blind import masks
from core.insight.comparing import comparison
from core.insight.people import candidate_rows
from core.insight.person import candidate
from core.insight.pipeline import person_cards
from core.insight.projects import application_rows, projects
from core.insight.report import blind_report, report
from core.insight.scoring import scoring_queue
from core.insight.today import today_view
from core.insight.told import told
from core.jobs import shown
from core.jobs.export import export
from core.model import NOUNS, Application
from core.store import Store
from core.text import fold
from core.work import evaluate, second_thoughts
from tests.core.insight import blind_world
from tests.core.insight.blind_world import Person, World, leaked, text
from tests.core.insight.build import Build
from tests.support.stores import TODAY, new_store

# A store is made anew each time, so that shrinking would take minutes; the seed says it all.
FEW = settings(max_examples=6, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate),
               suppress_health_check=list(HealthCheck))  # fmt: skip


@contextmanager
def a_store() -> Iterator[tuple[Store, Path]]:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        store = new_store(Path(name))
        try:
            yield store, Path(name)
        finally:
            store.close()


@pytest.fixture(scope="module", autouse=True)
def words_of_the_program() -> None:
    """Words that screens and papers have anyway: nobody in these tests is called by one."""
    with a_store() as (store, folder):
        world = World(store, random.Random(1))
        said = " ".join(page for _, page in world.pages(folder))
        blind_world.KNOWN |= set(re.findall(r"[^\W\d_]+", fold(said))) - world.tokens


@FEW
@given(seed=st.integers(0, 2**32))
def test_nothing_that_raters_see_tells_who_it_is(seed: int) -> None:
    with a_store() as (store, folder):
        world = World(store, random.Random(seed))
        for what, page in world.pages(folder):
            assert not (found := leaked(page, world.tokens)), (what, found)


def test_any_text_of_anyone_comes_masked(store: Store, build: Build) -> None:
    rng = random.Random(7)
    people = {}
    for at in range(60):
        person = Person(rng, at)
        people[person.enter(build, at)] = person
    with store.read() as session:
        made = masks(session, people)

    @settings(deadline=None, max_examples=300)
    @given(seed=st.integers(0, 2**32))
    def check(seed: int) -> None:
        rng = random.Random(seed)
        row_id, person = rng.choice(list(people.items()))
        words = text(rng, person)
        assert not leaked(made[row_id](words), person.tokens), words

    check()


def test_a_mask_left_out_would_be_found(store: Store, tmp_path: Path) -> None:
    """The test above sees a leak where there is one: after the reveal."""
    world = World(store, random.Random(3))
    evaluate.reveal_names(store, world.project, today=TODAY, reason="Time")
    seen = {what for what, page in world.pages(tmp_path) if leaked(page, world.tokens)}
    assert {"the scoring screen", "a comparison", "list answers", "list documents", "export all"} <= seen


class Raters:
    """Three raters, three applications; each score bears the words of its rater."""

    def __init__(self, store: Store) -> None:
        self.store, build = store, Build(store)
        self.raters = [store.me or "", build.colleague("Ben Ortiz"), build.colleague("Cleo Park")]
        self.project = build.project("Menu", openings=1)
        self.criteria = build.rubric(self.project, 1, 2)
        self.people = [build.person(name) for name in ("Ada Lovelace", "Zoë Ångström", "Cyd Younger")]
        self.applications = [build.applied(self.project, one) for one in self.people]
        self.given: dict[tuple[int, int], int] = {}
        self.entered: set[tuple[int, int]] = set()

    def score(self, rater: int, at: int, level: int) -> None:
        words = f"said{rater}of{at}times{self.given.get((rater, at), 0)}"
        self.given[rater, at] = self.given.get((rater, at), 0) + 1
        marks = dict.fromkeys(self.criteria, (level, words))
        evaluate.score(self.store, self.applications[at], self.raters[rater], marks, today=TODAY, comment=words)

    def hand_in(self, rater: int, at: int) -> None:
        evaluate.submit(self.store, self.applications[at], self.raters[rater], today=TODAY)
        self.entered.add((rater, at))

    def again(self, rater: int, at: int) -> None:
        why = f"said{rater}of{at}again"
        second_thoughts.take_up_again(self.store, self.applications[at], self.raters[rater], why, today=TODAY)
        self.entered.discard((rater, at))

    def looked_at_by(self, rater: int, folder: Path) -> Iterator[tuple[str, str]]:
        store = self.store
        store.me = me = self.raters[rater]
        yield "the scoring screen", repr(scoring_queue(store, self.project, me))
        yield "a comparison", repr(comparison(store, self.applications, me))
        yield "agreement", repr(agreement(store, self.project, me))
        yield "today", repr(today_view(store, today=TODAY))
        yield "projects", repr(projects(store, today=TODAY))
        yield "people", repr(candidate_rows(store, self.people, today=TODAY))
        yield "pipeline", repr(person_cards(store, self.people, today=TODAY))
        for person in self.people:
            yield "a person", repr(candidate(store, person, today=TODAY)) + repr(report(store, person, today=TODAY))
        for one in self.applications:
            yield "a blind report", repr(blind_report(store, one, today=TODAY))
            yield "a record", shown.record_json(records.record(store, "applications", one))
        for noun in ("evaluations", "scores", "earlier_evaluations"):
            yield noun, shown.listing_json(records.listing(store, noun, all_columns=True))
        yield "history", shown.history_json(told(store, store.history(None, None, limit=500)))
        out = folder / "all.json"
        export(store, out, today=TODAY, overwrite=True)
        yield "export", out.read_text("utf-8")

    def check(self, folder: Path) -> None:
        for rater in range(3):
            mine = {at for who, at in self.entered if who == rater}
            others = {(who, at) for who in range(3) for at in range(3) if who != rater}
            closed = {(who, at) for who, at in others if at not in mine or (who, at) not in self.entered}
            for what, page in self.looked_at_by(rater, folder):
                heard = {(int(who), int(at)) for who, at in re.findall(r"said(\d)of(\d)", page)}
                assert not heard & closed, (rater, what, heard & closed)
            rows = application_rows(self.store, self.project, today=TODAY)
            codes = {row.code: self.applications.index(row.id) for row in rows}
            for row in rows:
                assert row.overall is None or codes[row.code] in mine
            for one in comparison(self.store, self.applications, self.raters[rater]).rows:
                assert (one.overall, one.scores, one.recommend) == (None, (), (0, 0)) or codes[one.code] in mine
            table, _ = agreement(self.store, self.project, self.raters[rater])
            assert table is None or {codes[code] for code in table.codes} <= mine
            kept = json.loads((folder / "all.json").read_text("utf-8"))["nouns"]["evaluations"]
            for row in kept:
                who, at = self.raters.index(row["rater_id"]), self.applications.index(row["application_id"])
                assert (who, at) not in closed or (row["overall"], row["recommend"], row["comment"]) == (None,) * 3


@FEW
@given(seed=st.integers(0, 2**32))
def test_nobody_sees_anothers_scores_before_their_own_are_in(seed: int) -> None:
    rng = random.Random(seed)
    with a_store() as (store, folder):
        office = Raters(store)
        turns = [(rater, at) for rater in range(3) for at in range(3)]
        rng.shuffle(turns)
        for place, (rater, at) in enumerate(turns):
            office.score(rater, at, rng.randint(1, 4))
            if rng.random() < 0.8:
                office.hand_in(rater, at)
                if rng.random() < 0.3:
                    office.again(rater, at)
                    office.score(rater, at, rng.randint(1, 4))
            if place % 3 == 2:
                office.check(folder)


def test_every_noun_of_the_codes_side_is_looked_at() -> None:
    """A new noun that hangs on an application is on one of the two sides."""
    by_name = {"offers", "engagements", "fit_reviews", "competency_marks", "forms", "form_returns"}
    hanging = {
        noun
        for noun, kind in NOUNS.items()
        if any(key.column.table.name == Application.__tablename__ for key in kind.__table__.foreign_keys)
    }
    assert {one.replace("_", "-") for one in hanging - by_name} <= set(blind_world.CODED)
