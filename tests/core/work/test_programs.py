"""Programs: their goals' progress, what belongs to which, and the roll-over into the next year."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from core.errors import FieldErrors, UserError
from core.insight.programs import Goal, ProgramView, programs
from core.model import Colleague, Enrolment, Payment
from core.store import Store
from core.work import programs as work
from core.work.brief import project_draft
from core.work.programs import ProgramDraft
from tests.core.insight.build import Build
from tests.support import made
from tests.support.stores import TODAY, new_store
from tests.support.tables import tables

SPRING = ProgramDraft(
    name="Spring 2027",
    starts_on=date(2027, 1, 11),
    ends_on=date(2027, 5, 28),
    goal_budget=200_000,
    goal_projects=4,
    goal_schools=2,
    goal_early_percent=60,
)


def views(store: Store) -> dict[str, ProgramView]:
    return {one.name: one for one in programs(store, today=TODAY)}


def goals(view: ProgramView) -> dict[str, Goal]:
    return {one.key: one for one in view.goals}


def test_without_any_program_there_is_this_calendar_year(store: Store) -> None:
    found = views(store)
    assert list(found) == ["2026"]
    assert found["2026"].id is None
    assert [goal.figure for goal in found["2026"].goals] == ["none yet"] * 4
    assert all(goal.part is None and not goal.met for goal in found["2026"].goals)


def test_a_project_belongs_to_its_program_else_to_the_year_of_its_kick_off(store: Store) -> None:
    spring = work.add_program(store, SPRING, today=TODAY)
    made.project(store, title="In it", opened=False, program_id=spring)
    made.project(store, title="This year", opened=False)
    over = {"kick_off_on": date(2027, 1, 4), "due_on": date(2027, 1, 20)}
    made.project(store, title="Over New Year", opened=False, **over)
    made.project(store, title="Some day", opened=False, kick_off_on=None, due_on=None, apply_by=None)
    belongs = {name: [one.title for one in view.projects] for name, view in views(store).items()}
    assert belongs == {
        "Spring 2027": ["In it"],
        "2027": ["Over New Year"],
        "2026": ["Some day", "This year"],
    }
    whole = ProgramDraft(name="Our year", starts_on=date(2026, 1, 1), ends_on=date(2026, 12, 31))
    work.add_program(store, whole, today=TODAY)
    assert "2026" not in views(store)
    assert len(views(store)["Our year"].projects) == 2


def test_goals_are_counted_from_what_is_recorded(store: Store) -> None:
    build = Build(store)
    spring = work.add_program(store, SPRING, today=TODAY)
    north, south = build.school("North"), build.school("South")
    first, second = (build.project(title, program_id=spring) for title in ("Labels", "Menus"))
    build.project("Written", program_id=spring, status="draft")
    build.project("Off", program_id=spring, status="cancelled")
    build.project("Elsewhere")
    ada, bo, cy = (build.person(name, school) for name, school in (("A", north), ("B", south), ("C", None)))
    with store.read() as session:
        of = {row[0]: row[1] for row in session.execute(select(Enrolment.candidate_id, Enrolment.id))}
    build.applied(first, ada, class_year=1, enrolment_id=of[ada])
    build.applied(second, ada, class_year=3, enrolment_id=of[ada])
    build.applied(first, bo, class_year=3, enrolment_id=of[bo])
    build.applied(second, cy, class_year=2)
    engagement = build.work(first, ada, application=build.applied(first, cy, class_year=None), fee=30_000)
    build.work(second, bo, application=build.applied(second, bo), fee=20_000, status="cancelled")
    build.add(Payment(engagement_id=engagement, candidate_id=ada, amount=10_000, paid_on=TODAY))
    found = goals(views(store)["Spring 2027"])
    assert (found["budget"].figure, found["budget"].detail) == ("$300", "agreed of $2,000 · $100 paid")
    assert found["budget"].part == Fraction(3, 20)
    assert (found["projects"].figure, found["projects"].detail) == ("2", "of 4 · 1 draft beside")
    assert (found["schools"].figure, found["schools"].part, found["schools"].met) == ("2", 1, True)
    # Ada counts once, as what she was first: first year; Bo is a third year, Cy a second year.
    assert (found["early"].figure, found["early"].detail) == ("67 %", "2 of 3 applicants · goal 60 %")
    assert found["early"].met


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "spring 2027"}, "name"),
        ({"starts_on": None}, "starts_on"),
        ({"ends_on": date(2027, 1, 1)}, "ends_on"),
        ({"ends_on": date(2300, 1, 1)}, "ends_on"),
        ({"goal_budget": 0}, "goal_budget"),
        ({"goal_projects": -1}, "goal_projects"),
        ({"goal_early_percent": 101}, "goal_early_percent"),
    ],
)
def test_what_no_program_can_be(store: Store, changed: dict[str, object], field: str) -> None:
    work.add_program(store, SPRING, today=TODAY)
    before = tables(store)
    with pytest.raises(FieldErrors) as caught:
        work.add_program(store, replace(SPRING, **({"name": "Other"} | changed)), today=TODAY)  # type: ignore[arg-type]
    assert set(caught.value.fields) == {field}
    assert tables(store) == before


def test_programs_may_overlap_change_and_go_and_their_projects_stay(store: Store) -> None:
    spring = work.add_program(store, SPRING, today=TODAY)
    other = work.add_program(store, replace(SPRING, name="Everything"), today=TODAY)
    project = made.project(store, opened=False)
    work.assign(store, [project], other, today=TODAY)
    work.change_program(store, spring, replace(SPRING, goal_projects=None), today=TODAY)
    assert work.program_draft(store, spring).goal_projects is None
    before = tables(store)
    work.remove_program(store, other, today=TODAY)
    assert project_draft(store, project).program_id is None
    assert [one.title for one in views(store)["2026"].projects] == [made.BRIEF.title]
    store.undo()
    assert tables(store) == before


# --- the next year --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "start", "end", "after"),
    [
        ("2026", date(2026, 1, 1), date(2026, 12, 31), ("2027", date(2027, 1, 1), date(2027, 12, 31))),
        ("Leap", date(2024, 2, 29), date(2024, 3, 1), ("Leap 2025", date(2025, 2, 28), date(2025, 3, 1))),
        ("To leap", date(2023, 1, 1), date(2023, 2, 28), ("To leap 2024", date(2024, 1, 1), date(2024, 2, 29))),
        ("From leap", date(2024, 1, 1), date(2024, 2, 29), ("From leap 2025", date(2025, 1, 1), date(2025, 2, 28))),
        ("Year 2026/27", date(2026, 8, 1), date(2027, 7, 31), ("Year 2027/28", date(2027, 8, 1), date(2028, 7, 31))),
    ],
)
def test_a_year_later(name: str, start: date, end: date, after: tuple[str, date, date]) -> None:
    found = work.next_draft(ProgramDraft(name=name, starts_on=start, ends_on=end))
    assert (found.name, found.starts_on, found.ends_on) == after


def test_a_roll_over_is_one_change_with_copies_and_unfinished_drafts(store: Store) -> None:
    build = Build(store)
    left = build.add(Colleague(name="Ben Ortiz", role="supervisor", left_on=date(2026, 11, 1)))
    spring = work.add_program(store, SPRING, today=TODAY)
    done = made.project(store, program_id=spring, title="Done")
    old = made.project(store, program_id=spring, title="Ben's", opened=False, supervisor_id=left)
    draft = made.project(store, program_id=spring, title="Draft", opened=False)
    before = tables(store)
    following = work.next_draft(work.program_draft(store, spring))
    next_id = work.roll_over(store, spring, following, copies=[done, old], carried=[draft], today=TODAY)
    view = views(store)["Spring 2028"]
    assert (view.previous_name, views(store)["Spring 2027"].next_name) == ("Spring 2027", "Spring 2028")
    assert goals(view)["projects"].detail == "of 4 · 3 drafts beside"
    copies = {one.title: project_draft(store, one.id) for one in view.projects}
    source = project_draft(store, done)
    assert set(copies) == {"Done", "Ben's", "Draft"}
    year = timedelta(weeks=52)
    copied = copies["Done"]
    assert source.kick_off_on is not None
    assert copied.kick_off_on == source.kick_off_on + year
    assert copied.kick_off_on.weekday() == source.kick_off_on.weekday()
    assert [one.text for one in copied.milestones] == [one.text for one in source.milestones]
    assert [one.text for one in copied.questions] == [one.text for one in source.questions]
    assert copied.skills == source.skills
    assert copies["Ben's"].supervisor_id is None
    assert copies["Draft"].kick_off_on == made.BRIEF.kick_off_on
    assert made.status(store, done) == "open"
    with pytest.raises(UserError, match="rolled over already, into “Spring 2028”"):
        work.roll_over(store, spring, replace(following, name="Again"), today=TODAY)
    store.undo()
    assert tables(store) == before
    store.redo()
    work.remove_program(store, next_id, today=TODAY)
    work.roll_over(store, spring, following, today=TODAY)


def test_a_calendar_year_rolls_over_once_too(store: Store) -> None:
    project = made.project(store, opened=False)
    following = work.next_draft(work.calendar_year(2026))
    work.roll_over(store, None, following, carried=[project], year=2026, today=TODAY)
    found = views(store)
    assert found["2026"].id is not None
    assert found["2026"].next_name == "2027"
    assert [one.title for one in found["2027"].projects] == [made.BRIEF.title]
    with pytest.raises(UserError, match="rolled over already"):
        work.roll_over(store, None, replace(following, name="Again"), year=2026, today=TODAY)


def test_a_calendar_year_rolls_over_beside_a_program_that_has_its_name(store: Store) -> None:
    taken = ("2026", "Calendar year 2026")
    for name in taken:
        work.add_program(
            store,
            work.ProgramDraft(name=name, starts_on=date(2026, 3, 1), ends_on=date(2026, 10, 1)),
            today=TODAY,
        )
    work.roll_over(store, None, work.next_draft(work.calendar_year(2026)), year=2026, today=TODAY)
    assert views(store)["Calendar year 2026 (2)"].next_name == "2027"


def test_a_copy_at_the_end_of_all_years_keeps_its_days(store: Store) -> None:
    last = made.project(
        store, opened=False, kick_off_on=date(2199, 12, 20), due_on=date(2200, 1, 10), apply_by=None, milestones=[]
    )
    following = work.ProgramDraft(name="2200", starts_on=date(2200, 1, 1), ends_on=date(2200, 12, 31))
    work.roll_over(store, None, following, copies=[last], year=2199, today=TODAY)
    assert views(store)["2200"].projects[0].kick_off_on == date(2199, 12, 20)


def test_a_copy_has_the_rubric_of_its_project(store: Store) -> None:
    project = made.project(store)
    made.rubric(store, project)
    work.roll_over(store, None, work.next_draft(work.calendar_year(2026)), copies=[project], year=2026, today=TODAY)
    copy = views(store)["2027"].projects[0].id
    assert made.version(store, copy) is not None


def test_what_is_no_draft_is_not_carried_over_and_then_nothing_is(store: Store) -> None:
    project = made.project(store)
    before = tables(store)
    with pytest.raises(UserError, match="no draft any more"):
        work.roll_over(store, None, work.calendar_year(2027), carried=[project], year=2026, today=TODAY)
    assert tables(store) == before


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, str, list[str]]]:
    with new_store(tmp_path_factory.mktemp("programs")) as store:
        spring = work.add_program(store, SPRING, today=TODAY)
        ids = [made.project(store, program_id=spring, opened=False, title=f"No. {n}") for n in range(4)]
        yield store, spring, ids


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(copies=st.sets(st.integers(0, 3)), carried=st.sets(st.integers(0, 3)))
def test_undo_takes_any_roll_over_back(
    shared: tuple[Store, str, list[str]], copies: set[int], carried: set[int]
) -> None:
    store, spring, ids = shared
    before = tables(store)
    draft = work.next_draft(work.program_draft(store, spring))
    chosen, taken = [ids[n] for n in copies], [ids[n] for n in carried]
    work.roll_over(store, spring, draft, copies=chosen, carried=taken, today=TODAY)
    assert len(views(store)["Spring 2028"].projects) == len(copies) + len(carried)
    store.undo()
    assert tables(store) == before
