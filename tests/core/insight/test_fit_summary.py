"""Both views over several projects: what is open, in order, and what could follow."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from core.errors import UserError
from core.insight.fit_summary import fit_summary
from core.model import CompetencyMark, Evaluation, FitReview, MidCheck
from core.store import Store
from tests.core.insight.build import Build, noon
from tests.support.stores import TODAY


def ago(days: int) -> object:
    return TODAY - timedelta(days=days)


def view(build: Build, work: str, levels: dict[str, int], days: int, occasion: str = "end") -> None:
    rater, on = build.store.me or "", noon(TODAY - timedelta(days=days))
    row = build.add(
        Evaluation(rater_id=rater, engagement_id=work, occasion=occasion, submitted_at=on, overall=levels.pop("all"))
    )
    for name, level in levels.items():
        build.add(CompetencyMark(evaluation_id=row, competency=name, level=level))


def test_it_says_what_is_open_over_all_projects(store: Store, build: Build) -> None:
    ada = build.person()
    first = build.work(build.project("Lists"), ada, status="accepted", kick_off_on=ago(90))
    view(build, first, {"all": 2, "Communication": 2}, 80, "mid")
    view(build, first, {"all": 3, "Communication": 3, "Technology": 4}, 60)
    build.add(
        FitReview(engagement_id=first, received_on=ago(58), overall=3, work_again=3, interest=2, wants_next="Numbers")
    )
    second = build.work(build.project("Labels"), ada, status="accepted", kick_off_on=ago(30))
    view(build, second, {"all": 4, "Communication": 4}, 5)
    third = build.work(build.project("Prices"), ada, status="delivered", kick_off_on=ago(20))
    build.add(FitReview(engagement_id=third, received_on=ago(1), overall=1, work_again=1, wants_next="Nothing"))
    found = fit_summary(store, ada, today=TODAY)
    shown = [(one.sides.engagement.project, one.ours, one.theirs) for one in found.works]
    assert shown == [("Lists", Decimal("3.0"), 3), ("Labels", Decimal("4.0"), None), ("Prices", None, None)]
    assert found.works[2].words.startswith("Their side is in; it opens once yours is")
    courses = {one.name: [str(level) for _, _, level in one.points] for one in found.courses}
    assert courses == {"Communication": ["2.0", "3.0", "4.0"], "Technology": ["4.0"]}
    # The third is sealed: what they said in it does not count yet.
    assert (found.wants_next, found.again, found.interest) == ("Numbers", 3, 2)


def test_what_could_follow(store: Store, build: Build) -> None:
    ada = build.person()
    build.work(build.project("Lists"), ada)
    open_ = build.applied(build.project("Labels"), ada)
    blind = build.project("Blind")
    build.rubric(blind, 1, 1, 1)
    build.applied(blind, ada)
    offered = build.applied(build.project("Offered"), ada)
    build.offer(offered)
    build.applied(build.project("Closed", status="cancelled"), ada)
    assert fit_summary(store, ada, today=TODAY).offers == ((open_, "Labels"),)


def test_half_way_stands_while_it_runs(store: Store, build: Build) -> None:
    ada = build.person()
    work = build.work(build.project("Lists"), ada)
    build.add(MidCheck(engagement_id=work, received_on=TODAY, clarity=2))
    found = fit_summary(store, ada, today=TODAY).works[0]
    assert found.words == "The work runs."
    assert found.sides.half_way is not None


def test_someone_who_is_gone(store: Store) -> None:
    with pytest.raises(UserError, match="no longer"):
        fit_summary(store, "gone", today=TODAY)
