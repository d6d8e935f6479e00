"""Blind scoring, agreement and comparison, worked out by hand."""

from __future__ import annotations

from decimal import Decimal
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import UserError
from core.insight.agreement import Pairs, agreement
from core.insight.comparing import comparison
from core.insight.projects import project
from core.insight.report import application_by_code, blind_report, report
from core.insight.scoring import scoring_projects, scoring_queue, shuffled
from core.model import (
    Answer,
    Application,
    Candidate,
    CandidateEmail,
    CandidateSkill,
    Enrolment,
    ProjectSkill,
    Question,
    Rubric,
    Skill,
)
from core.store import Label, Store
from tests.core.insight.build import Build, noon
from tests.support.stores import TODAY


class Three:
    """A project with three applicants, two raters and a rubric of two criteria, the second of double weight."""

    def __init__(self, store: Store, build: Build) -> None:
        self.me, self.ben = store.me or "", build.colleague()
        self.project = build.project("Menu", openings=1)
        self.c1, self.c2 = build.rubric(self.project, 1, 2)
        school = build.school("Northfield College", short_name="NFC")
        self.people = [build.person(name, school) for name in ("Ada Lovelace", "Bo Tran", "Cy Young")]
        build.add(CandidateEmail(candidate_id=self.people[0], position=0, address="ada.l@example.edu"))
        self.applications = [
            build.applied(self.project, one, code=code)
            for one, code in zip(self.people, ("K2", "K7", "M4"), strict=True)
        ]


@pytest.fixture
def three(store: Store, build: Build) -> Three:
    return Three(store, build)


def reveal(store: Store, application: str) -> None:
    with store.change(Label.NAMES_REVEALED) as session:
        session.get_one(Application, application).revealed_at = noon(TODAY)


def test_answers_come_without_names_until_the_reveal(store: Store, build: Build, three: Three) -> None:
    with store.read() as session:
        question = session.query(Question).one().id
    said = "I, Ada Lovelace of Northfield College (ada.l@example.edu), would start with the prices. Adaptable!"
    build.add(Answer(application_id=three.applications[0], question_id=question, text=said))
    queue = scoring_queue(store, three.project, three.me)
    first = next(one for one in queue.applications if one.code == "K2")
    assert first.name is None
    assert first.answers[question] == "I, [name] of [school] ([address]), would start with the prices. Adaptable!"
    reveal(store, three.applications[0])
    first = next(one for one in scoring_queue(store, three.project, three.me).applications if one.code == "K2")
    assert (first.name, first.answers[question]) == ("Ada Lovelace", said)


def test_the_order_is_a_raters_own_and_stays(store: Store, three: Three) -> None:
    mine = [one.code for one in scoring_queue(store, three.project, three.me).applications]
    assert mine == [one.code for one in scoring_queue(store, three.project, three.me).applications]
    assert sorted(mine) == ["K2", "K7", "M4"]


@given(st.lists(st.text(min_size=1), unique=True), st.text(), st.randoms())
def test_shuffling_loses_nobody_and_does_not_hang_on_the_order_before(
    ids: list[str], seed: str, random: object
) -> None:
    found = shuffled(ids, seed)
    assert sorted(found) == sorted(ids)
    assert shuffled(reversed(ids), seed) == found


def test_a_queue_knows_what_is_left(store: Store, build: Build, three: Three) -> None:
    build.scored(three.applications[0], three.me, {three.c1: 3, three.c2: 4})
    build.scored(three.applications[1], three.me, {three.c1: 2}, None)
    queue = scoring_queue(store, three.project, three.me)
    by_code = {one.code: one for one in queue.applications}
    assert (queue.left, by_code["K2"].submitted, by_code["K7"].submitted) == (2, True, False)
    assert [queue.missing(by_code[code]) for code in ("K2", "K7", "M4")] == [0, 1, 2]
    assert [(one.text, len(one.criteria)) for one in queue.questions] == [("What would you do first?", 2)]
    row = scoring_projects(store, three.me)[0]
    assert (row.id, row.applications, row.left, row.raters) == (three.project, 3, 2, 1)


def test_scores_stay_on_the_rubric_they_were_begun_on(store: Store, build: Build, three: Three) -> None:
    with store.read() as session:
        old = session.query(Rubric).one().id
    build.scored(three.applications[0], three.me, {three.c1: 3}, None, rubric_id=old)
    newer = build.rubric(three.project, 1, 1, 1)
    with store.change(Label.RUBRIC_CHANGED) as session:
        for one in session.query(Rubric):
            one.version = 1 if one.id == old else 2
    queue = scoring_queue(store, three.project, three.me)
    wanted = {
        one.code: [c.id for question in queue.questions for c in queue.criteria(question, one)]
        for one in queue.applications
    }
    assert wanted["K2"] == [three.c1, three.c2]
    assert wanted["K7"] == newer


def test_a_project_without_a_rubric_says_so(store: Store, build: Build) -> None:
    with pytest.raises(UserError, match="no rubric"):
        scoring_queue(store, build.project(), store.me or "")


def test_agreement_opens_only_when_ones_own_are_all_in(store: Store, build: Build, three: Three) -> None:
    for one, levels in zip(three.applications, ((3, 4), (2, 2), (1, 4)), strict=True):
        build.scored(one, three.ben, dict(zip((three.c1, three.c2), levels, strict=True)))
    assert agreement(store, three.project, three.me) == (
        None,
        "The table opens once your own scores are in: 3 applications to go.",
    )
    for one, levels in zip(three.applications, ((3, 3), (4, 2), (1, 1)), strict=True):
        build.scored(one, three.me, dict(zip((three.c1, three.c2), levels, strict=True)))
    table, words = agreement(store, three.project, three.me)
    assert table is not None
    # Differences: K2 0 and 1, K7 2 and 0, M4 0 and 3.
    assert (table.pairs, table.exact, table.within_one, table.mean_difference) == (6, 3, 4, Decimal("1.0"))
    assert table.codes == ("K2", "K7", "M4")
    assert table.criteria[0].means == (Decimal("3.0"), Decimal("3.0"), Decimal("1.0"))
    assert table.criteria[1].means == (Decimal("3.5"), Decimal("2.0"), Decimal("2.5"))
    # K2: (3 + 2 x 3.5) / 3; K7: (3 + 2 x 2) / 3; M4: (1 + 2 x 2.5) / 3.
    assert table.overall == (Decimal("3.3"), Decimal("2.3"), Decimal("2.0"))
    assert [(gap.code, gap.criterion, gap.low, gap.high) for gap in table.gaps] == [
        ("M4", "C2", 1, 4),
        ("K7", "C1", 2, 4),
    ]
    assert words.startswith("Raters agree exactly on 3 of 6 scores, within one level on 4. 2 to talk about: M4, C2")


def test_one_rater_alone_agrees_with_nobody(store: Store, build: Build, three: Three) -> None:
    assert agreement(store, three.project, three.me) == (None, "No scores are in yet.")
    for one in three.applications:
        build.scored(one, three.me, {three.c1: 2, three.c2: 2})
    table, words = agreement(store, three.project, three.me)
    assert table is not None
    assert (table.pairs, table.mean_difference) == (0, None)
    assert words == "One rater so far. A second one makes the scores firmer."


@given(st.lists(st.lists(st.integers(1, 4), max_size=4), max_size=6))
def test_counts_of_pairs_hold_together(levels: list[list[int]]) -> None:
    found = Pairs.of(levels)
    assert 0 <= found.exact <= found.within_one <= found.count == sum(len(list(combinations(one, 2))) for one in levels)
    assert found.count - found.exact <= found.difference <= 3 * (found.count - found.exact)


def test_comparison_shows_others_only_after_ones_own(store: Store, build: Build, three: Three) -> None:
    build.scored(three.applications[0], three.ben, {three.c1: 4, three.c2: 1}, recommend=True)
    build.scored(three.applications[0], three.me, {three.c1: 3, three.c2: 1}, recommend=False)
    build.scored(three.applications[1], three.ben, {three.c1: 4, three.c2: 4})
    first, second = comparison(store, three.applications[:2], three.me).rows
    assert (first.who, first.revealed, first.overall, first.recommend) == (
        "Candidate K2",
        False,
        Decimal("1.8"),
        (1, 1),
    )
    assert [(one.criterion, one.mean, len(one.given)) for one in first.scores] == [
        ("C1", Decimal("3.5"), 2),
        ("C2", Decimal("1.0"), 2),
    ]
    assert (second.scores, second.overall, second.waits_for_mine) == ((), None, True)
    with pytest.raises(UserError, match="two to four"):
        comparison(store, three.applications[:1], three.me)
    other = build.applied(build.project("Other"), three.people[0])
    with pytest.raises(UserError, match="one project"):
        comparison(store, [three.applications[0], other], three.me)


def test_a_projects_page_keeps_names_from_codes_until_the_reveal(store: Store, build: Build, three: Three) -> None:
    invited = build.person("Di Vited")
    build.applied(three.project, invited, None, status="invited")
    view = project(store, three.project, today=TODAY)
    assert [one.who for one in view.applications] == ["Candidate K2", "Candidate K7", "Candidate M4", "Di Vited"]
    assert [one.code for one in view.applications][3] == ""
    assert [one.candidate_id for one in view.applications] == [None, None, None, invited]
    assert view.names_hidden == 3
    reveal(store, three.applications[0])
    build.offer(three.applications[1])
    view = project(store, three.project, today=TODAY)
    assert [one.who for one in view.applications][:3] == ["Ada Lovelace", "Bo Tran", "Candidate M4"]


def test_a_persons_page_says_no_more_than_applied_while_blind(store: Store, build: Build, three: Three) -> None:
    with store.change(Label.APPLICATION_MOVED) as session:
        session.get_one(Application, three.applications[0]).status = "not_selected"
        session.get_one(Application, three.applications[0]).decided_on = TODAY
    build.scored(three.applications[0], three.me, {three.c1: 4, three.c2: 4})
    view = report(store, three.people[0], today=TODAY)
    assert [(one.words, one.can_open) for one in view.applications] == [("Applied", False)]
    assert view.evaluations == ()
    assert not any("Not selected" in one.words for one in view.story)
    reveal(store, three.applications[0])
    view = report(store, three.people[0], today=TODAY)
    assert [one.words for one in view.applications] == ["Not selected"]
    assert view.evaluations[0].overall == Decimal("4.0")
    assert any("Not selected for Menu" in one.words for one in view.story)


def test_a_blind_report_holds_nothing_that_tells_who_it_is(store: Store, build: Build, three: Three) -> None:
    build.add(ProjectSkill(project_id=three.project, skill_id=build.skill("Excel", of=three.people[0])))
    with store.change(Label.CANDIDATE_CHANGED) as session:
        someone = session.get_one(Candidate, three.people[0])
        someone.free_grid, someone.hours_a_week = "1" * 28, 6
        study = session.query(Enrolment).filter_by(candidate_id=someone.id).one()
        study.major, study.degree_level, study.graduates_on = "Geology", "Bachelor", TODAY
    build.touch(three.people[0], TODAY, text="Talked to Ada")
    build.scored(three.applications[0], three.me, {three.c1: 4, three.c2: 4}, comment="Ada Lovelace writes well")
    view = blind_report(store, three.applications[0], today=TODAY)
    said = repr(view)
    for telling in ("Ada", "Lovelace", "Northfield", "ada.l", "Geology", "Bachelor", "hours a week", repr(TODAY)):
        assert telling not in said.replace(f"on={TODAY!r}", "")
    assert (view.class_year, view.graduates_on, view.availability, view.grid) == (None, None, "", ())
    assert [(one.project, one.applied_on) for one in view.applications] == [("Menu", None)]
    assert view.code == "K2"
    assert view.evaluations[0].comment == "[name] writes well"
    assert [one.name for one in view.skills] == ["Excel"]


def test_a_code_is_found_by_itself_or_with_its_project(store: Store, build: Build, three: Three) -> None:
    assert application_by_code(store, "k7") == three.applications[1]
    other = build.project("Other")
    again = build.applied(other, three.people[0], code="K7")
    number = project(store, other, today=TODAY).row.number
    assert application_by_code(store, f"{number} K7") == again
    with pytest.raises(UserError, match="Several projects have a K7"):
        application_by_code(store, "K7")
    for wrong in ("Z9", "hello", ""):
        with pytest.raises(UserError):
            application_by_code(store, wrong)


def test_a_blind_report_names_no_skill_but_those_that_the_project_asks_for(
    store: Store, build: Build, three: Three
) -> None:
    """A rare skill beside the list of candidates, which can be narrowed by skills, would say who it is."""
    asked, rare = (build.add(Skill(name=name)) for name in ("Writing", "Glockenspiel"))
    build.add(ProjectSkill(project_id=three.project, skill_id=asked))
    for skill in (asked, rare):
        build.add(
            CandidateSkill(candidate_id=three.people[0], skill_id=skill, level=3, evidence="Won the county prize")
        )
    view = blind_report(store, three.applications[0], today=TODAY)
    assert [one.name for one in view.skills] == ["Writing"]
    assert "Glockenspiel" not in repr(view)
    assert "county prize" not in repr(view)
