"""Rubrics: the library that ships, files that go out and come in, one's own, versions that stay as they were scored."""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import resources
from core.errors import FieldErrors, UserError
from core.insight.rubrics import other_rubrics, rubric_versions
from core.model import EarlierEvaluation, Evaluation, Score, words
from core.store import Label, Store
from core.work import evaluate, rubric_files, rubrics
from core.work import own_rubrics as own
from core.work import own_templates as templates
from core.work.brief import ProjectDraft, QuestionDraft
from core.work.plan import add_project
from core.work.rubric_files import CriterionDraft, RubricDraft, Shelved, library
from core.work.templates import template_project
from tests.support import made
from tests.support.stores import TODAY, new_store

GENERAL = rubrics.ready_made()["general"]
OPINIONS = re.compile(
    r"\b(very|good|better|best|bad|worse|worst|poor(ly)?|great(ly)?|excellent(ly)?|outstanding(ly)?|superb|nice(ly)?"
    r"|adequate(ly)?|appropriate(ly)?|satisfactor(y|ily)|sufficient(ly)?|insufficient(ly)?|effective(ly)?"
    r"|proper(ly)?|strong(ly)?|weak(ly)?|somewhat|extreme(ly)?|high quality|low quality|average|acceptable|solid"
    r"|fair(ly)?|really|quite|rather|always|never|impressive|remarkable|professional(ly)?)\b",
    re.IGNORECASE,
)
"""Words that judge and cannot be observed."""


# --- what ships -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("one", library().values(), ids=list(library()))
def test_each_of_the_library_is_a_rubric_as_it_stands(one: Shelved) -> None:
    draft = one.draft
    assert rubrics.checked(draft) == draft
    assert rubrics.FEWEST <= len(draft.criteria) <= rubrics.MOST
    assert one.about
    assert one.words
    for criterion in draft.criteria:
        assert criterion.hint
        assert criterion.competency in words.COMPETENCIES
        assert (criterion.weight, criterion.question_id) == (1, None)
        assert len(set(criterion.levels)) == 4
        for level in criterion.levels:
            assert 25 <= len(level) <= 160, level
            assert not OPINIONS.search(level), f"{level}: {OPINIONS.search(level)}"
            assert level.endswith(".")


def test_the_library_has_each_competency_and_the_common_skills() -> None:
    kinds = {kind: {one.draft.name for one in library().values() if one.kind == kind} for kind in ("competency", "any")}
    assert kinds == {"competency": set(words.COMPETENCIES), "any": {"Work sample"}}
    for one in library().values():
        if one.kind == "competency":
            assert {criterion.competency for criterion in one.draft.criteria} == {one.draft.name}
    skills = {one.draft.name for one in library().values() if one.kind == "skill"}
    assert skills >= {
        "Writing", "Data", "Design", "Research", "Spreadsheets", "Social media", "Web and coding", "Customer care",
        "Event planning", "Bookkeeping", "Presentation", "Structured interview",
    }  # fmt: skip


def test_no_level_of_the_library_is_worded_twice_and_no_two_criteria_of_it_share_a_name() -> None:
    criteria = [criterion for one in library().values() for criterion in one.draft.criteria]
    levels = [level for criterion in criteria for level in criterion.levels]
    assert len(set(levels)) == len(levels)
    assert len({criterion.name for criterion in criteria}) == len(criteria)


def levels_in(data: Any) -> list[list[str]]:
    if isinstance(data, dict):
        own = [data["levels"]] if "levels" in data else []
        return own + [levels for value in data.values() for levels in levels_in(value)]
    return [levels for one in data for levels in levels_in(one)] if isinstance(data, list) else []


@pytest.mark.parametrize("name", ["sample/projects_past.toml", "sample/projects_now.toml"])
def test_the_sample_program_words_its_levels_in_the_same_way(name: str) -> None:
    found = levels_in(tomllib.loads(resources.path(name).read_text("utf-8")))
    assert len(found) > 10
    for levels in found:
        assert len(set(levels)) == 4
        for level in levels:
            assert 25 <= len(level) <= 160, level
            assert not OPINIONS.search(level.replace("“never answer insults”", "")), level


@pytest.mark.parametrize(
    ("said", "rubric"),
    [("teamwork", "Teamwork"), ("Excel", "Spreadsheets"), ("instagram", "Social media"), ("RECEIPTS", "Bookkeeping"),
     ("complaints", "Customer care"), ("equity inclusion", "Equity & Inclusion")],
)  # fmt: skip
def test_single_criteria_are_found_by_competency_and_by_skill(said: str, rubric: str) -> None:
    found = rubric_files.find_criteria(library().values(), said)
    assert rubric in {one.rubric for one in found[:4]}
    assert len(found) < sum(len(one.draft.criteria) for one in library().values())


def test_without_words_all_criteria_are_found_and_nonsense_finds_none() -> None:
    shelf = library().values()
    assert len(rubric_files.find_criteria(shelf, "  ")) == sum(len(one.draft.criteria) for one in shelf)
    assert rubric_files.find_criteria(shelf, "zeppelin") == []
    keys = [one.key for one in rubric_files.find_criteria(shelf, "")]
    assert len(set(keys)) == len(keys)


# --- files ------------------------------------------------------------------------------------------------------------

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
criteria = st.builds(
    CriterionDraft,
    name=texts, hint=texts, competency=st.sampled_from(["", *words.COMPETENCIES]), weight=st.integers(1, 10),
    weight_why=texts, level_1=texts, level_2=texts, level_3=texts, level_4=texts,
)  # fmt: skip
drafts = st.builds(RubricDraft, name=texts, criteria=st.lists(criteria, max_size=6))


@given(drafts)
def test_a_rubric_goes_out_and_comes_in_unchanged(draft: RubricDraft) -> None:
    assert rubric_files.read(rubric_files.write(draft)) == draft
    assert rubric_files.of_data(rubric_files.as_data(draft)) == draft


@pytest.mark.parametrize("one", library().values(), ids=list(library()))
def test_what_ships_goes_out_and_comes_in_unchanged(one: Shelved, tmp_path: Path) -> None:
    out = own.save_rubric(one.draft, tmp_path / f"{one.key}.toml")
    assert rubric_files.read_file(out) == one.draft


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("name = ", "no rubric that can be read"),
        ("name = 3", "“name” is text"),
        ('colour = "red"', "which no rubric has"),
        ("criteria = 3", "a list of at most"),
        ("criteria = [3]", "Criterion 1 is no table"),
        ('[[criteria]]\nlevels = ["a", "b"]', "a list of 4 texts"),
        ('[[criteria]]\nlevels = ["a", "b", "c", 4]', "a list of 4 texts"),
        ('[[criteria]]\nweight = "2"\nlevels = ["a", "b", "c", "d"]', "“weight” is a whole number"),
        ('[[criteria]]\nweight = true\nlevels = ["a", "b", "c", "d"]', "“weight” is a whole number"),
        ('[[criteria]]\nscript = "x"', "which no criterion has"),
        ("a = " + "[" * 5000, "no rubric that can be read"),
        ("[[criteria]]\nlevels = ['a', 'b', 'c', 'd']\n" * 51, "a list of at most"),
    ],
)
def test_a_file_that_is_no_rubric_says_why(said: str, told: str, tmp_path: Path) -> None:
    file = tmp_path / "sent.toml"
    file.write_text(said, "utf-8")
    with pytest.raises(UserError, match=told):
        rubric_files.read_file(file)


def test_a_file_that_cannot_be_read_says_why(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"(?i)no such file"):
        rubric_files.read_file(tmp_path / "none.toml")
    (tmp_path / "picture.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(UserError, match=r"A rubric is a \.toml file"):
        rubric_files.read_file(tmp_path / "picture.toml")
    (tmp_path / "large.toml").write_bytes(b"#" * 300_000)
    with pytest.raises(UserError, match="too large for a rubric"):
        rubric_files.read_file(tmp_path / "large.toml")


# --- one's own --------------------------------------------------------------------------------------------------------


def test_a_rubric_of_ones_own_is_kept_changed_removed_and_each_is_one_step_to_undo(store: Store) -> None:
    mine = replace(GENERAL, name="How we look at letters")
    key = own.keep_rubric(store, mine, today=TODAY)
    assert own.shelf(store)[key] == Shelved(key, "own", mine)
    assert next(iter(own.shelf(store))) == key
    own.keep_rubric(store, replace(mine, name="Letters"), key, today=TODAY)
    assert own.shelved(store, key).draft.name == "Letters"
    step = store.can_undo()
    assert step is not None
    assert step.words == "Changed a rubric of one’s own"
    store.undo()
    assert own.shelved(store, key).draft == mine
    own.remove_rubric(store, key, today=TODAY)
    with pytest.raises(UserError, match="no longer there"):
        own.shelved(store, key)
    store.undo()
    assert own.shelved(store, key).draft == mine


def test_names_are_told_apart_and_what_ships_stays(store: Store) -> None:
    for name in ("work SAMPLE", "Teamwork"):
        with pytest.raises(FieldErrors) as caught:
            own.keep_rubric(store, replace(GENERAL, name=name), today=TODAY)
        assert set(caught.value.fields) == {"name"}
    own.keep_rubric(store, replace(GENERAL, name="Ours"), today=TODAY)
    with pytest.raises(FieldErrors):
        own.keep_rubric(store, replace(GENERAL, name="OURS"), today=TODAY)
    with pytest.raises(UserError, match="ready-made"):
        own.remove_rubric(store, "general", today=TODAY)
    with pytest.raises(UserError, match="no longer there"):
        own.remove_rubric(store, "rubric-own-nothing", today=TODAY)
    with pytest.raises(UserError, match="no longer there"):
        own.keep_rubric(store, replace(GENERAL, name="New"), "rubric-own-nothing", today=TODAY)
    # Changing a ready-made one makes one's own of it.
    key = own.keep_rubric(store, replace(GENERAL, name="Mine now"), "general", today=TODAY)
    assert key != "general"
    assert own.shelved(store, "general").draft == GENERAL


def test_ones_own_keeps_nothing_of_the_project_that_it_was_made_for(store: Store) -> None:
    project = made.project(store)
    made.rubric(store, project)
    draft = rubrics.rubric_draft(store, project)
    assert draft is not None
    weighted = [replace(draft.criteria[0], weight=3, weight_why="It is what we need"), *draft.criteria[1:]]
    asked = [replace(one, question_id=made.questions(store, project)[0]) for one in weighted]
    key = own.keep_rubric(store, RubricDraft(name="Kept", criteria=weighted), today=TODAY)
    kept = own.shelved(store, key).draft
    assert kept.criteria[0].weight_why == "It is what we need"
    assert all(one.id is None and one.question_id is None for one in kept.criteria)
    assert rubrics.same(kept, own.plain(RubricDraft(name="Kept", criteria=asked)))
    # It is no template that a project begins with.
    assert "Kept" not in {one.name for one in templates_shown(store)}


def templates_shown(store: Store) -> list[Any]:
    from core.insight.templates import templates as shown

    return list(shown(store, hidden=True))


# --- versions ---------------------------------------------------------------------------------------------------------


def shown(store: Store, rubric_id: str) -> RubricDraft:
    return rubrics.version_draft(store, rubric_id)


def test_each_version_can_be_read_and_says_who_was_scored_on_it(store: Store) -> None:
    me, project = store.me or "", made.project(store)
    first = made.rubric(store, project)
    one, two = (made.application(store, project, made.candidate(store, name)) for name in ("Ada Ames", "Bo Berg"))
    evaluate.score(store, one, me, {first[0]: (2, "Says so")}, today=TODAY)
    before = rubric_versions(store, project)[0]
    assert (before.version, before.in_force, before.raters, len(before.codes)) == (1, True, 1, 1)
    newer = rubrics.set_rubric(store, project, replace(GENERAL, criteria=GENERAL.criteria[:3]), today=TODAY)
    evaluate.score(store, two, me, {made.criteria(store, newer)[0]: (3, "Says so")}, today=TODAY)
    now, old = rubric_versions(store, project)
    assert (now.version, now.in_force, len(now.criteria)) == (2, True, 3)
    assert (old.version, old.in_force, len(old.criteria)) == (1, False, 4)
    assert set(now.codes).isdisjoint(old.codes)
    assert "1 rater" in old.words
    assert rubrics.same(shown(store, old.id), GENERAL)


def test_scores_that_were_second_thoughts_first_hold_their_words_too(store: Store) -> None:
    me, project = store.me or "", made.project(store)
    first = made.rubric(store, project)
    application = made.application(store, project, made.candidate(store))
    evaluation = evaluate.score(store, application, me, {first[0]: (2, "Says so")}, today=TODAY)
    rubric_id = rubric_versions(store, project)[0].id
    with store.change(Label.SCORES_REOPENED) as session:
        row = session.get_one(Evaluation, evaluation)
        session.add(
            EarlierEvaluation(
                evaluation_id=evaluation, version=1, submitted_at=row.created_at, reason="Read it again",
                scores={first[0]: [2, "Says so"]},
            )
        )  # fmt: skip
        for score in session.query(Score):
            session.delete(score)
    with store.read() as session:
        assert rubrics.is_scored(session, rubric_id)
    assert rubrics.set_rubric(store, project, replace(GENERAL, name="Newer"), today=TODAY) != rubric_id


edits = st.lists(
    st.one_of(
        st.tuples(st.just("name"), st.sampled_from(["One", "Two", "Three"])),
        st.tuples(st.just("levels"), st.integers(0, 3)),
        st.tuples(st.just("fewer"), st.integers(0, 3)),
        st.tuples(st.just("swap"), st.integers(0, 2)),
        st.tuples(st.just("weigh"), st.integers(2, 10)),
        st.tuples(st.just("score"), st.integers(0, 2)),
        st.tuples(st.just("library"), st.sampled_from(sorted(library()))),
    ),
    min_size=1,
    max_size=8,
)


def edited(draft: RubricDraft, kind: str, value: Any) -> RubricDraft:
    found = list(draft.criteria)
    at = min(value, len(found) - 1) if isinstance(value, int) else 0
    if kind == "name":
        return replace(draft, name=value)
    if kind == "library":
        return library()[value].draft
    if kind == "levels":
        found[at] = replace(found[at], level_1=f"{found[at].level_1} Again.")
    elif kind == "fewer" and len(found) > rubrics.FEWEST:
        found.pop(at)
    elif kind == "swap":
        found.insert(0, found.pop(at))
    elif kind == "weigh":
        found[0] = replace(found[0], weight=value, weight_why="It decides")
    return replace(draft, criteria=found)


@pytest.fixture(scope="module")
def kept_store(tmp_path_factory: pytest.TempPathFactory) -> Any:
    with new_store(tmp_path_factory.mktemp("rubrics")) as store:
        yield store


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(steps=edits)
def test_a_scored_rubric_never_changes_whatever_is_edited(kept_store: Store, steps: list[tuple[str, Any]]) -> None:
    store = kept_store
    me, project = store.me or "", made.project(store)
    made.rubric(store, project)
    frozen: dict[str, RubricDraft] = {}
    for number, (kind, value) in enumerate(steps):
        current = rubric_versions(store, project)[0]
        if kind == "score":
            applicant = made.candidate(store, f"Person {project[:6]} {number}")
            wanted = made.criteria(store, current.id)[value]
            application = made.application(store, project, applicant)
            evaluate.score(store, application, me, {wanted: (value + 1, "Says so")}, today=TODAY)
            frozen[current.id] = shown(store, current.id)
        else:
            draft = rubrics.rubric_draft(store, project)
            assert draft is not None
            changed = edited(draft, kind, value)
            row_id = rubrics.set_rubric(store, project, changed, today=TODAY)
            if current.id in frozen and not rubrics.same(changed, draft):
                assert row_id != current.id
                assert rubric_versions(store, project)[0].version == current.version + 1
        for row_id, as_scored in frozen.items():
            assert shown(store, row_id) == as_scored
    versions = [one.version for one in rubric_versions(store, project)]
    assert versions == list(range(len(versions), 0, -1))


# --- from another project, and with a template ------------------------------------------------------------------------


def test_another_projects_rubric_is_copied_with_the_questions_that_both_ask(store: Store) -> None:
    asked = [QuestionDraft(text="How would you sort it?"), QuestionDraft(text="What is missing?")]
    one = add_project(store, ProjectDraft(title="First", questions=asked), today=TODAY)
    two = add_project(store, ProjectDraft(title="Second", questions=asked[1:]), today=TODAY)
    first, second = made.questions(store, one)
    by = [first, second, None, None]
    criteria = [replace(c, question_id=q) for c, q in zip(GENERAL.criteria, by, strict=True)]
    rubrics.set_rubric(store, one, replace(GENERAL, criteria=criteria), today=TODAY)
    assert [(row.project_id, row.title, row.name) for row in other_rubrics(store, two)] == [
        (one, "First", "Work sample")
    ]
    assert other_rubrics(store, one) == []
    copied = rubrics.copied_draft(store, one, two)
    assert [c.question_id for c in copied.criteria] == [None, made.questions(store, two)[0], None, None]
    rubrics.set_rubric(store, two, copied, today=TODAY)
    with pytest.raises(UserError, match="has no rubric any longer"):
        rubrics.copied_draft(store, add_project(store, ProjectDraft(title="Third"), today=TODAY), two)


def test_a_project_template_carries_weights_with_their_reasons(store: Store) -> None:
    project = made.project(store)
    heavy = replace(GENERAL.criteria[0], weight=3, weight_why="It decides")
    rubrics.set_rubric(store, project, replace(GENERAL, criteria=[heavy, *GENERAL.criteria[1:]]), today=TODAY)
    body = replace(templates.body_of_project(store, project), name="With weights")
    key = templates.add_template(store, body, today=TODAY)
    sent = templates.template_text(store, key)
    assert (sent.count("weight = 3"), sent.count("weight_why")) == (1, 1)
    again = add_project(store, template_project(store, key, today=TODAY), today=TODAY)
    begun = rubrics.rubric_draft(store, again)
    assert begun is not None
    assert [(c.weight, c.weight_why) for c in begun.criteria] == [(3, "It decides"), (1, ""), (1, ""), (1, "")]
