"""Selection by group: counts first, small groups hidden, nothing that a code still hides, and no one's own answer."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.errors import FieldErrors, UserError
from core.ids import new_id
from core.insight import records
from core.insight.fairness import NOT_KNOWN, Fairness, Group, behind, fairness
from core.insight.merged import whole_history
from core.insight.told import told
from core.jobs import forms
from core.model import NOUNS, FormReturn, SelfIdentification
from core.model.words import SELF_IDENTIFICATION
from core.store import Label, Store
from core.work import merging, self_identification
from tests.core.insight.build import Build, noon
from tests.support.stores import TODAY


def decided(build: Build, project: str, chosen: int, others: int, **fields: object) -> list[str]:
    """People who applied for it, of whom `chosen` got an offer."""
    people = []
    for at in range(chosen + others):
        person = build.person(f"Person {at}")
        status = "applied" if at < chosen else "not_selected"
        application = build.applied(project, person, TODAY - timedelta(days=30), status=status, **fields)
        if at < chosen:
            build.offer(application)
        people.append(person)
    return people


def groups(found: Fairness, key: str) -> dict[str, Group]:
    return {one.words: one for split in found.splits if split.key == key for one in split.groups}


def test_the_worked_case_counts_first(store: Store, build: Build) -> None:
    project = build.project()
    decided(build, project, 6, 34, class_year=1)
    decided(build, project, 16, 24, class_year=3)
    found = fairness(store, today=TODAY)
    assert (found.selected, found.base) == (22, 80)
    first, third = groups(found, "class_year")["1st year"], groups(found, "class_year")["3rd year"]
    assert first.said == "6 of 40 selected · 38 % of the highest rate · Fisher’s exact p .023"
    assert third.said == "16 of 40 selected · the highest rate"
    split = next(one for one in found.splits if one.key == "class_year")
    assert split.words == "Under four fifths of the highest rate, to look into: 1st year."


def test_small_numbers_say_that_one_decision_turns_them(store: Store, build: Build) -> None:
    project = build.project()
    decided(build, project, 1, 4, source="Fair")
    decided(build, project, 3, 2, source="fair by a friend")
    found = fairness(store, today=TODAY)
    said = groups(found, "source")["Fair"].said
    assert said.split(" · ") == [
        "1 of 5 selected",
        "33 % of the highest rate",
        "Fisher’s exact p .52",
        "one different decision would reverse this",
    ]
    split = next(one for one in found.splits if one.key == "source")
    assert split.words == "A rate is under four fifths of the highest, and one different decision would reverse that."


def test_a_group_under_five_says_nothing_but_that(store: Store, build: Build) -> None:
    project = build.project()
    decided(build, project, 2, 2, class_year=1)
    decided(build, project, 3, 3, class_year=2)
    found = groups(fairness(store, today=TODAY), "class_year")
    assert found["1st year"].shown == "hidden, under 5"
    assert (found["1st year"].selected, found["1st year"].base, found["1st year"].ids) == (0, 0, ())
    assert found["2nd year"].said == "3 of 6 selected"


def test_many_small_groups_stand_on_one_line(store: Store, build: Build) -> None:
    project = build.project()
    decided(build, project, 2, 4, source="Fair")
    for at in range(10):
        build.applied(project, build.person(), status="not_selected", source=f"Friend {at}")
    found = groups(fairness(store, today=TODAY), "source")
    assert {words: one.shown for words, one in found.items()} == {
        "Fair": "2 of 6", "10 smaller groups": "hidden, under 5",
    }  # fmt: skip


def test_a_project_with_a_name_under_a_code_waits(store: Store, build: Build) -> None:
    blind, told_ = build.project("Blind"), build.project("Told")
    build.rubric(blind, 1, 1, 1)
    decided(build, blind, 3, 4, class_year=2)
    decided(build, told_, 2, 4, class_year=2)
    found = fairness(store, today=TODAY)
    assert (found.base, found.waiting) == (6, 7)


def test_whoever_was_not_decided_on_or_withdrew_does_not_count(store: Store, build: Build) -> None:
    project = build.project()
    decided(build, project, 1, 5)
    for status in ("applied", "shortlisted", "withdrawn", "invited"):
        build.applied(project, build.person(), status=status)
    drafted = build.applied(project, build.person())
    build.offer(drafted, status="drafted")
    old = build.applied(project, build.person(), TODAY - timedelta(days=400), status="not_selected")
    assert fairness(store, today=TODAY).base == 6
    assert old


def test_whoever_still_waits_when_the_work_runs_was_passed_over(store: Store, build: Build) -> None:
    project = build.project(openings=1)
    chosen = build.applied(project, build.person(), TODAY - timedelta(days=30))
    for status in ("applied", "shortlisted", "withdrawn", "invited"):
        build.applied(project, build.person(), TODAY - timedelta(days=30), status=status)
    assert fairness(store, today=TODAY).base == 0
    build.work(project, build.person(), application=chosen)
    found = fairness(store, today=TODAY)
    assert (found.selected, found.base) == (1, 3)


def test_a_group_is_of_people_and_not_of_applications(store: Store, build: Build) -> None:
    person = build.person()
    for _ in range(6):
        build.applied(build.project(), person, status="not_selected", class_year=1)
    decided(build, build.project(), 1, 4, class_year=2)
    found = groups(fairness(store, today=TODAY), "class_year")
    assert (found["1st year"].hidden, found["2nd year"].hidden) == (True, False)


@pytest.mark.parametrize(
    ("chosen", "words"),
    [
        (0, "Nobody of these groups was selected, so there is no rate to compare."),
        (5, "No group’s rate is under four fifths of the highest."),
    ],
)
def test_all_or_nobody_selected(store: Store, build: Build, chosen: int, words: str) -> None:
    project = build.project()
    for year in (1, 2):
        decided(build, project, chosen, 5 - chosen, class_year=year)
    split = next(one for one in fairness(store, today=TODAY).splits if one.key == "class_year")
    assert split.words == words
    if chosen:
        assert split.groups[1].said == "5 of 5 selected · 100 % of the highest rate · Fisher’s exact p 1.00"


def test_a_third_group_may_keep_the_rate_low(store: Store, build: Build) -> None:
    """11 of 40 against 1 of 5 would reverse it, but not against the 39 of 100 that are the highest then."""
    project = build.project()
    decided(build, project, 10, 30, class_year=1)
    decided(build, project, 2, 3, class_year=2)
    assert "reverse" in groups(fairness(store, today=TODAY), "class_year")["1st year"].said
    decided(build, project, 39, 61, class_year=3)
    found = fairness(store, today=TODAY)
    assert "reverse" not in groups(found, "class_year")["1st year"].said
    split = next(one for one in found.splits if one.key == "class_year")
    assert split.words == "Under four fifths of the highest rate, to look into: 1st year."


def test_a_ratio_is_not_rounded_to_what_it_falls_short_of(store: Store, build: Build) -> None:
    project = build.project()
    decided(build, project, 43, 0, class_year=1)
    decided(build, project, 43, 11, class_year=2)
    decided(build, project, 199, 1, class_year=3)
    found = groups(fairness(store, today=TODAY), "class_year")
    assert "79 % of the highest rate" in found["2nd year"].said
    assert "99 % of the highest rate" in found["3rd year"].said


def test_schools_and_hours(store: Store, build: Build) -> None:
    project, focus = build.project(), build.school("Focus", is_focus=True)
    for at in range(5):
        person = build.person(f"In {at}", hours_a_week=10)
        enrolment = build.add(NOUNS["enrolments"](candidate_id=person, school_id=focus))  # type: ignore[call-arg]
        build.applied(project, person, status="not_selected", enrolment_id=enrolment)
    found = fairness(store, today=TODAY)
    assert {key: one.shown for key, one in groups(found, "school").items()} == {"Focus schools": "0 of 5"}
    assert {key: one.shown for key, one in groups(found, "hours").items()} == {"6 to 10 hours": "0 of 5"}
    assert next(one for one in found.splits if one.key == "hours").words.startswith("There are not two groups")


def test_the_people_behind_a_group(store: Store, build: Build) -> None:
    project = build.project("Labels")
    decided(build, project, 2, 3)
    group = groups(fairness(store, today=TODAY), "class_year")[NOT_KNOWN]
    assert [one.detail for one in behind(store, group)] == ["Labels · selected"] * 2 + ["Labels · not"] * 3


# --- what people say of themselves ------------------------------------------------------------------------------------


def answer(store: Store, people: list[str], said: str, question: str = "gender") -> None:
    """Answered the day before, as what came in today waits until the day is over."""
    for person in people:
        self_identification.enter(store, person, {question: said}, today=TODAY)
    with store.change(Label.SELF_IDENTIFICATION_CHANGED) as session:
        for row in session.query(SelfIdentification).where(SelfIdentification.question == question):
            row.created_at = noon(TODAY - timedelta(days=1))


def test_it_is_taken_in_only_where_it_is_collected(store: Store, build: Build) -> None:
    person = build.person()
    with pytest.raises(UserError, match="not collected here"):
        answer(store, [person], "Woman")
    self_identification.set_collects(store, True, today=TODAY)
    with pytest.raises(FieldErrors) as wrong:
        self_identification.enter(store, person, {"gender": "Robot", "age": "12"}, today=TODAY)
    assert set(wrong.value.fields) == {"gender", "age"}
    self_identification.enter(store, person, {"gender": "Woman"}, today=TODAY)
    store.undo()
    with store.read() as session:
        assert session.query(SelfIdentification).count() == 0


def test_only_groups_of_five_and_more_are_counted_and_none_can_be_worked_out(store: Store, build: Build) -> None:
    self_identification.set_collects(store, True, today=TODAY)
    project = build.project()
    people = decided(build, project, 6, 14)
    answer(store, people[:5], "Woman")
    answer(store, people[5:7], "Non-binary or another")
    # Two of a second group: together under five, so that the next smallest is hidden too, and nothing is left.
    assert "own:gender" not in {one.key for one in fairness(store, today=TODAY).splits}
    answer(store, people[7:20], "Man")
    found = groups(fairness(store, today=TODAY), "own:gender")
    assert {words: one.shown for words, one in found.items()} == {
        "Woman": "hidden", "Man": "0 of 13", "Non-binary or another": "hidden",
    }  # fmt: skip
    assert all(not one.ids for one in found.values())


def test_no_answer_stands_anywhere_else(store: Store, build: Build) -> None:
    self_identification.set_collects(store, True, today=TODAY)
    person = build.person("Ada Lovelace")
    answer(store, [person], "Black or African American", "ethnicity")
    kept = repr(records.record(store, "candidates", person)) + repr(records.everything(store))
    kept += repr(told(store, store.history()))
    kept += repr(store.search("African")) + repr(store.search("Black"))
    assert "African American" not in kept
    assert "ethnicity" not in kept
    with pytest.raises(UserError, match="on no list"):
        records.listing(store, "self-identifications")


def test_a_persons_history_does_not_say_that_they_answered(store: Store, build: Build) -> None:
    self_identification.set_collects(store, True, today=TODAY)
    person = build.person("Ada Lovelace")
    before = whole_history(store, "candidates", person, 60, today=TODAY)
    made = forms.make_form(store, "self_identification", person, today=TODAY)
    assert "Ada" not in made.what
    answer(store, [person], "Woman")
    answer(store, [person], "Man")
    with store.change(Label.FORMS_TAKEN_IN) as session:
        session.add(FormReturn(id=new_id(), form_id=made.id, received_on=TODAY, sha256="0" * 64))
        self_identification.take(session, person, {"disability": "Yes"})
    store.undo()
    store.undo()
    assert whole_history(store, "candidates", person, 60, today=TODAY) == before
    of_forms = [line for entry in told(store, store.history()) for line in entry.fields if line.noun.startswith("form")]
    assert of_forms == []
    for noun in ("forms", "form-returns"):
        assert records.listing(store, noun, all_columns=True).rows == []
        assert records.everything(store)[noun.replace("-", "_")] == []


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.sampled_from(sorted(SELF_IDENTIFICATION)), st.booleans())
def test_a_merge_keeps_one_answer_and_undo_both(store: Store, build: Build, question: str, same: bool) -> None:
    self_identification.set_collects(store, True, today=TODAY)
    one, other = build.person("Ada Lovelace"), build.person("Ada Lovelace")
    answers = SELF_IDENTIFICATION[question][1]
    answer(store, [one], answers[0], question)
    answer(store, [other], answers[0 if same else 1], question)
    merging.merge(store, one, other, {}, today=TODAY)
    with store.read() as session:
        left = session.query(SelfIdentification).where(SelfIdentification.candidate_id.in_([one, other])).all()
    assert [(row.candidate_id, row.answer) for row in left] == [(one, answers[0])]
    store.undo()
    with store.read() as session:
        assert session.query(SelfIdentification).where(SelfIdentification.candidate_id == other).count() == 1
