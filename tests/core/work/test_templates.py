"""Projects begun from a template or from a past project, and templates of one's own."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import FieldErrors, UserError
from core.insight import templates as asked
from core.model import Criterion, Rubric
from core.store import Store
from core.template import Ask, Body, Measure, Step, as_data, body_of, read, ready_made, write
from core.work import own_templates as own
from core.work import plan, rubrics, todos
from core.work.brief import MilestoneDraft, project_draft
from core.work.office import change_employer, employer_draft
from core.work.templates import OPEN_DAYS, copy_of_project, monday, template_project
from tests.support import made
from tests.support.stores import TODAY

KEY = "list-clean-up"
MINE = Body(
    name="Window display",
    title="A window for the holidays",
    category="Design",
    words=("shop window",),
    outcome="One window that people stop at.",
    hours=10,
    fee=22_050,
    days=11,
    milestones=(Step(text="Two sketches", day=4), Step(text="One finished window", day=11)),
    questions=(Ask(text="What would you put in the middle?", minutes=8),),
)


def laid(store: Store, project_id: str) -> list[Criterion]:
    with store.read() as session:
        rubric = rubrics.current_rubric(session, project_id)
        return [] if rubric is None else list(rubrics.rows(session, Criterion, order=Criterion.position))


def test_days_are_counted_from_a_monday_that_leaves_time_to_apply(store: Store) -> None:
    draft = template_project(store, KEY, today=TODAY)
    # From Sun 22 November: 10 days to apply and a week to choose end on 9 December; work begins the Monday after.
    assert draft.kick_off_on == date(2026, 12, 14)
    assert draft.apply_by == date(2026, 12, 7)
    assert draft.due_on == date(2027, 1, 1)
    assert [one.due_on for one in draft.milestones] == [date(2026, 12, 18), date(2026, 12, 25), date(2027, 1, 1)]
    assert (draft.template_key, draft.template_name) == (KEY, "List clean-up")
    assert (draft.fee, draft.estimated_hours, draft.currency) == (35_200, 16, "USD")
    assert draft.supervisor_id == store.me


def test_a_kick_off_on_the_29th_of_february_keeps_its_days(store: Store) -> None:
    draft = template_project(store, KEY, today=date(2028, 2, 1), kick_off_on=date(2028, 2, 29), title="  Ours ")
    assert draft.title == "Ours"
    assert (draft.apply_by, draft.due_on) == (date(2028, 2, 22), date(2028, 3, 18))


@given(today=st.dates(date(2000, 1, 1), date(2090, 1, 1)))
def test_every_day_of_the_calendar_gives_a_brief_that_can_stand(today: date) -> None:
    kick_off = monday(today + timedelta(days=OPEN_DAYS + 7))
    assert kick_off.weekday() == 0
    assert 17 <= (kick_off - today).days <= 23


def test_a_fee_is_raised_to_the_floor_and_another_currency_leaves_it_out(store: Store) -> None:
    change_employer(store, replace(employer_draft(store), pay_floor=3000), today=TODAY)
    assert template_project(store, KEY, today=TODAY).fee == 16 * 3000
    change_employer(store, replace(employer_draft(store), currency="EUR"), today=TODAY)
    draft = template_project(store, KEY, today=TODAY)
    assert (draft.fee, draft.currency) == (0, "EUR")


def test_a_project_made_of_it_has_its_rubric_and_one_undo_takes_both(store: Store) -> None:
    project_id = plan.add_project(store, template_project(store, KEY, today=TODAY), today=TODAY)
    found = laid(store, project_id)
    assert [one.name for one in found] == ["Tells one from two", "Knows when to stop", "Leaves a trail"]
    asked_for = made.questions(store, project_id)
    assert [one.question_id for one in found] == [asked_for[0], asked_for[1], None]
    plan.open_project(store, project_id, today=TODAY)
    store.undo()
    store.undo()
    with store.read() as session:
        assert rubrics.rows(session, Rubric) == rubrics.rows(session, Criterion) == []
    store.redo()
    assert len(laid(store, project_id)) == 3


def test_a_question_worded_anew_leaves_its_criterion_to_the_whole_application(store: Store) -> None:
    draft = template_project(store, KEY, today=TODAY)
    draft = replace(draft, questions=[replace(draft.questions[0], text="Which rows are one?"), draft.questions[1]])
    project_id = plan.add_project(store, draft, today=TODAY)
    asked_for = made.questions(store, project_id)
    assert [one.question_id for one in laid(store, project_id)] == [None, asked_for[1], None]


def test_a_to_do_made_a_project_of_a_template_has_the_rubric_too(store: Store) -> None:
    todo = todos.capture_todo(store, "Clean up the supplier list", today=TODAY)
    draft = template_project(store, KEY, today=TODAY, title="Clean up the supplier list")
    project_id = plan.make_project_of_todo(store, todo, draft, today=TODAY)
    assert len(laid(store, project_id)) == 3


def test_a_past_project_begins_again_with_moved_days_and_its_own_rubric(store: Store) -> None:
    project_id = made.project(store)
    made.rubric(store, project_id)
    later = TODAY + timedelta(days=300)
    draft = copy_of_project(store, project_id, today=later)
    old = project_draft(store, project_id)
    assert draft.kick_off_on
    assert draft.due_on
    assert old.kick_off_on
    assert old.due_on
    assert draft.kick_off_on.weekday() == 0
    assert draft.kick_off_on > later
    assert draft.due_on - draft.kick_off_on == old.due_on - old.kick_off_on
    copy_id = plan.add_project(store, draft, today=later)
    assert copy_id != project_id
    again = rubrics.rubric_draft(store, copy_id)
    first = rubrics.rubric_draft(store, project_id)
    assert again
    assert first
    assert rubrics.same(again, first)
    assert {one.id for one in again.criteria}.isdisjoint(one.id for one in first.criteria)
    assert project_draft(store, project_id) == old


def test_a_past_project_without_a_kick_off_leaves_its_old_days_behind(store: Store) -> None:
    past = made.project(
        store,
        opened=False,
        kick_off_on=None,
        apply_by=TODAY - timedelta(days=420),
        due_on=TODAY - timedelta(days=400),
        milestones=[MilestoneDraft(text="A list", due_on=TODAY - timedelta(days=400))],
    )
    draft = copy_of_project(store, past, today=TODAY)
    assert draft.kick_off_on is not None
    assert (draft.apply_by, draft.due_on, draft.milestones[0].due_on) == (None, None, None)
    plan.add_project(store, draft, today=TODAY)


def test_one_of_ones_own_is_added_worded_anew_and_removed(store: Store) -> None:
    key = own.add_template(store, MINE, today=TODAY)
    draft = template_project(store, key, today=TODAY)
    assert (draft.title, draft.fee, len(draft.milestones)) == (MINE.title, 22_050, 2)
    project_id = plan.add_project(store, draft, today=TODAY)
    own.change_template(store, key, replace(MINE, name="Shop window"), today=TODAY)
    assert template_project(store, key, today=TODAY).template_name == "Shop window"
    own.remove_template(store, key, today=TODAY)
    with pytest.raises(UserError, match="no longer there"):
        template_project(store, key, today=TODAY)
    kept = project_draft(store, project_id)
    assert kept.template_name == "Window display"
    # What it left behind can still be changed and saved.
    plan.change_project(store, project_id, replace(kept, title="The window"), today=TODAY)
    # A project whose template goes while its form is open is made without a rubric.
    plan.add_project(store, draft, today=TODAY)
    for _ in range(3):
        store.undo()
    assert template_project(store, key, today=TODAY).template_name == "Shop window"


def test_own_words_for_a_ready_made_one_and_back_to_ours(store: Store) -> None:
    ours = ready_made()[KEY]
    own.change_template(store, KEY, replace(ours, title="Tidy our list of suppliers"), today=TODAY)
    assert template_project(store, KEY, today=TODAY).title == "Tidy our list of suppliers"
    with pytest.raises(UserError, match="Hide it instead"):
        own.remove_template(store, KEY, today=TODAY)
    own.restore_template(store, KEY, today=TODAY)
    assert template_project(store, KEY, today=TODAY).title == ours.title
    store.undo()
    assert template_project(store, KEY, today=TODAY).title == "Tidy our list of suppliers"


def test_a_hidden_one_is_out_of_the_list_and_comes_back(store: Store) -> None:
    own.hide_template(store, KEY, True, today=TODAY)
    assert KEY not in [one.key for one in asked.templates(store)]
    assert KEY in [one.key for one in asked.templates(store, hidden=True)]
    assert asked.suggest(store, "clean up the supplier list") == []
    own.hide_template(store, KEY, False, today=TODAY)
    assert KEY in [one.key for one in asked.templates(store)]
    store.undo()
    store.undo()
    assert KEY in [one.key for one in asked.templates(store)]


@pytest.mark.parametrize(
    ("changed", "field", "said"),
    [
        ({"title": " "}, "title", "Give the project a title"),
        ({"name": "list CLEAN-up"}, "name", "There is a template"),
        ({"category": "Cooking"}, "category", "is not one of"),
        ({"days": 0}, "days", "at least 1 day"),
        ({"milestones": (Step(text="One thing", day=12),)}, "milestones", "day 11"),
        ({"hours": 201}, "hours", "201 hours"),
        ({"currency": "dollars"}, "currency", "three letters"),
        ({"competencies": ("Charm",)}, "competencies", "is not one of"),
        ({"criteria": (Measure(name="One", levels=("a", "b", "c", "d")),)}, "criteria", "3 to 6"),
        ({"criteria": (Measure(name="One", levels=("a", "b", "c", "c")),) * 3}, "criteria", "same"),
        ({"criteria": (Measure(name="One", levels=("a", "b", "c", "d"), question=2),)}, "criteria", "does not ask"),
    ],
)
def test_what_no_template_may_say(store: Store, changed: dict[str, object], field: str, said: str) -> None:
    with pytest.raises(FieldErrors) as error:
        own.add_template(store, replace(MINE, **changed), today=TODAY)  # type: ignore[arg-type]
    assert said in error.value.fields[field]


def test_a_project_kept_as_a_template_gives_the_same_project_again(store: Store) -> None:
    first = plan.add_project(store, template_project(store, KEY, today=TODAY), today=TODAY)
    body = own.body_of_project(store, first)
    ours = ready_made()[KEY]
    assert body == replace(ours, name=ours.title, words=(), skills=body.skills, criteria=body.criteria)
    assert sorted(body.skills) == sorted(ours.skills)
    assert body.criteria == ours.criteria
    key = own.add_template(store, body, today=TODAY)
    again, before = template_project(store, key, today=TODAY), project_draft(store, first)
    assert (again.kick_off_on, again.due_on) == (before.kick_off_on, before.due_on)
    assert [one.text for one in again.milestones] == [one.text for one in before.milestones]


def test_a_template_given_away_and_taken_in_is_the_same(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(own.template_text(store, KEY), "utf-8")
    assert own.read_template(path) == ready_made()[KEY]


WORDS = st.text(st.characters(exclude_categories=("Cs",)), max_size=40)


@given(
    title=WORDS.filter(lambda said: said.strip() != ""),
    words=st.lists(WORDS, max_size=4).map(tuple),
    outcome=WORDS,
    fee=st.integers(0, 100_000_000),
    steps=st.lists(st.builds(Step, text=WORDS, day=st.integers(0, 730)), max_size=3).map(tuple),
    measures=st.lists(st.builds(Measure, name=WORDS, levels=st.lists(WORDS, max_size=4).map(tuple)), max_size=3).map(
        tuple
    ),
)
def test_what_is_written_is_read_back_the_same(
    title: str, words: tuple[str, ...], outcome: str, fee: int, steps: tuple[Step, ...], measures: tuple[Measure, ...]
) -> None:
    body = Body(name=title, title=title, words=words, outcome=outcome, fee=fee, milestones=steps, criteria=measures)
    assert read(write(body)) == body
    assert body_of(as_data(body)) == body


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("title = ", "no template that can be read"),
        ("a = " + "[" * 3000, "no template that can be read"),
        ('hours = "many"', "“hours” is a whole number"),
        ('title = "A"\nhours = true', "“hours” is a whole number"),
        ('title = "A"\nhours = 10_000', "from 0 to 200"),
        ('title = "A"\nfee = -1', "“fee” is an amount"),
        ('title = "A"\nfee = nan', "“fee” is an amount"),
        ('title = "A"\nfee = 1e400', "“fee” is an amount"),
        ('title = "A"\nfee = 1e999999999', "“fee” is an amount"),
        ('title = "A"\nfee = "1e999999"', "“fee” is an amount"),
        ('title = "A"\nfee = 1.005', "“fee” is an amount"),
        ('title = "A"\nshell = "rm"', "says “shell”"),
        ('title = "A"\nwords = "list"', "is a list"),
        ('title = "A"\nmilestones = ["One"]', "Milestones, number 1 is no table"),
        ('title = "A"\n[[milestones]]\nday = 99999999', "from 0 to 730"),
        ('name = "A"', "no title"),
        ("title = 2026-11-22", "is text"),
    ],
)
def test_a_file_that_is_no_template_says_why(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "theirs.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(UserError, match=said):
        own.read_template(path)


def test_files_that_are_no_text_or_too_large_or_gone(tmp_path: Path) -> None:
    path = tmp_path / "theirs.toml"
    with pytest.raises(UserError, match="cannot be read"):
        own.read_template(path)
    path.write_bytes(b"\xff\xfe\x00\x01")
    with pytest.raises(UserError, match="no text in UTF-8"):
        own.read_template(path)
    path.write_bytes(b"#" * 200_001)
    with pytest.raises(UserError, match="too large"):
        own.read_template(path)


def test_back_to_ours_leaves_a_hidden_one_hidden(store: Store) -> None:
    ours = ready_made()[KEY]
    own.change_template(store, KEY, replace(ours, name="Our lists"), today=TODAY)
    own.hide_template(store, KEY, True, today=TODAY)
    own.restore_template(store, KEY, today=TODAY)
    view = asked.template(store, KEY)
    assert (view.body, view.row.own, view.row.hidden) == (ours, False, True)
    own.hide_template(store, KEY, False, today=TODAY)
    view = asked.template(store, KEY)
    assert (view.row.own, view.row.hidden) == (False, False)
    with pytest.raises(UserError, match="no other wording"):
        own.restore_template(store, own.add_template(store, MINE, today=TODAY), today=TODAY)


def test_a_file_is_not_written_over_unless_asked(store: Store, tmp_path: Path) -> None:
    out = tmp_path / "mine.toml"
    own.save_template(store, KEY, out)
    with pytest.raises(UserError):
        own.save_template(store, KEY, out)
    own.save_template(store, KEY, out, overwrite=True)
    assert own.read_template(out) == ready_made()[KEY]
