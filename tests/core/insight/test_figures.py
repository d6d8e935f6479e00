"""Each figure worked out by hand on a small store; the period is 2026 up to 22 November."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest

from core.errors import UserError
from core.insight.figure import Figure
from core.insight.summary import program_period, program_summary
from core.model import EarlierEvaluation, Evaluation, Extension, FitReview, Outcome, Payment, Program
from core.store import Store
from tests.core.insight.build import Build, day, noon
from tests.support.stores import TODAY

START, END = date(2026, 1, 1), date(2026, 12, 31)


def figure(store: Store, key: str) -> Figure:
    return program_summary(store, START, END, today=TODAY).figure(key)


def test_with_nothing_in_the_store_every_figure_is_none_yet(store: Store) -> None:
    summary = program_summary(store, START, END, today=TODAY)
    figures = {one.key: one for group in summary.groups for one in group.figures}
    busy = figures.pop("months_with_project")
    assert (busy.numerator, busy.base) == (0, 12)
    assert {one.shown for one in figures.values()} == {"none yet"}
    assert {one.base for one in figures.values()} == {0}
    assert {one.figure for one in summary.promises} == {"none yet"}
    assert not summary.schools
    assert not summary.class_years
    assert not summary.spending


def test_in_touch_counts_pool_members_of_the_last_day_touched_in_90_days(store: Store, build: Build) -> None:
    ana, bo, cy, di = (build.person(name) for name in ("Ana A", "Bo B", "Cy C", "Di D"))
    for one in (ana, bo, cy):
        build.pooled(one)
    build.pooled(ana, reason="fair")  # two reasons, one person
    build.pooled(di, ended_on=TODAY)  # left on the last day
    build.touch(ana, TODAY - timedelta(days=89))
    build.touch(bo, TODAY - timedelta(days=90))
    build.touch(cy, TODAY + timedelta(days=1))
    build.touch(di, TODAY)
    found = figure(store, "in_touch")
    assert (found.numerator, found.base, found.shown, found.counts) == (1, 3, "33 %", "1 of 3")
    assert set(found.rows) == {("candidates", one) for one in (ana, bo, cy)}


def test_each_quarter_asks_on_its_last_day_and_quarters_to_come_do_not_count(store: Store, build: Build) -> None:
    ana, bo = build.person("Ana A"), build.person("Bo B")
    build.pooled(ana, day("01-10"))  # in the pool on 31 March, 30 June, 30 September
    build.pooled(bo, day("05-01"), ended_on=day("09-30"))  # on 30 June alone
    for on in ("01-31", "09-30", "11-01"):
        build.touch(ana, day(on))
    build.touch(bo, day("06-30"))
    found = figure(store, "each_quarter")
    assert (found.numerator, found.base) == (3, 4)


def test_a_near_miss_is_re_engaged_by_an_application_or_a_start_after_it(store: Store, build: Build) -> None:
    project = build.project()
    people = [build.person(f"P {n}") for n in range(5)]
    for one in people[:4]:
        build.pooled(one, day("03-01"))
    build.pooled(people[4], TODAY)  # began on the last day
    build.applied(project, people[0], day("03-02"))
    build.applied(project, people[1], day("03-01"))  # the same day is not after
    build.work(project, people[2], started_on=day("07-01"))
    build.pooled(people[3], day("02-01"), reason="fair")
    found = figure(store, "near_misses")
    assert (found.numerator, found.base) == (2, 4)


def test_still_engaged_at_graduation_looks_90_days_back(store: Store, build: Build) -> None:
    school, project, graduation = build.school(), build.project(), day("05-31")
    touched, worked, cold, left = (build.person(f"G {n}", school, graduation) for n in range(4))
    outside, later = build.person("O O", school, graduation), build.person("L L", school, day("2027-05-31"))
    for one in (touched, worked, cold, later):
        build.pooled(one)
    build.pooled(left, ended_on=day("05-31"))
    build.touch(touched, day("03-15"))
    build.touch(cold, day("03-02"))  # 91 days before
    build.touch(outside, day("05-01"))
    build.work(project, worked, status="accepted", started_on=day("02-01"), accepted_on=day("03-20"))
    found = figure(store, "at_graduation")
    assert (found.numerator, found.base) == (2, 3)


def test_flexible_projects_of_those_opened(store: Store, build: Build) -> None:
    build.project(any_hours=True, due_flexible=False, opened_on=day("02-01"))
    build.project(any_hours=False, due_flexible=True, opened_on=day("03-01"))
    build.project(any_hours=False, due_flexible=False, opened_on=day("04-01"))
    build.project(opened_on=day("2025-12-31"))
    build.project(opened_on=None, status="draft")
    found = figure(store, "flexible")
    assert (found.numerator, found.base, found.shown) == (2, 3, "67 %")


def test_completion_all_flexible_and_fixed(store: Store, build: Build) -> None:
    free, fixed = build.project(), build.project(any_hours=False, due_flexible=False)
    for project, fields in (
        (free, {"status": "accepted", "accepted_on": day("03-01")}),
        (free, {"status": "ended_early", "ended_on": day("04-01")}),
        (fixed, {"status": "accepted", "accepted_on": day("05-01")}),
        (fixed, {"status": "did_not_show", "ended_on": day("05-02")}),
        (fixed, {"status": "accepted", "accepted_on": day("2025-05-01")}),
        (fixed, {"status": "running"}),
    ):
        build.work(project, build.person(), **fields)
    assert (figure(store, "completion").numerator, figure(store, "completion").base) == (2, 4)
    assert figure(store, "completion_flexible").counts == "1 of 2"
    assert figure(store, "completion_fixed").counts == "1 of 2"
    assert (figure(store, "did_not_show").shown, figure(store, "did_not_show").counts) == ("1", "of 4")


def test_extensions_granted_of_those_asked(store: Store, build: Build) -> None:
    work = build.work(build.project(), build.person())
    for asked, granted in (("03-01", True), ("03-02", False), ("03-03", None), ("2025-03-03", True)):
        build.add(Extension(engagement_id=work, asked_on=day(asked), new_due_on=TODAY, granted=granted))
    assert figure(store, "extensions").counts == "1 of 3"


def test_reach_counts_schools_and_people_by_where_they_studied_then(store: Store, build: Build) -> None:
    focus, old, new = build.school("Focus U", is_focus=True), build.school("Old C"), build.school("New C")
    project, other = build.project(), build.project()
    people = {name: build.person(f"{name} X", school) for name, school in (("a", focus), ("b", old), ("c", new))}
    with store.read() as session:
        from core.model import Enrolment

        at = {one.candidate_id: one.id for one in session.query(Enrolment)}
    build.applied(project, people["a"], day("02-01"), enrolment_id=at[people["a"]], class_year=1)
    build.applied(project, people["b"], day("2025-02-01"), enrolment_id=at[people["b"]], class_year=1)
    build.applied(other, people["b"], day("03-01"), enrolment_id=at[people["b"]], class_year=2)
    build.applied(project, people["c"], day("04-01"), enrolment_id=at[people["c"]], class_year=3)
    build.applied(other, people["c"], day("05-01"), enrolment_id=at[people["c"]], class_year=3)
    build.applied(other, build.person("No School"), day("06-01"))
    assert figure(store, "new_schools").counts == "2 of 3"
    assert figure(store, "outside_focus").counts == "2 of 4"
    assert figure(store, "early").counts == "2 of 3"


def test_months_before_graduation_is_a_median_over_applicants(store: Store, build: Build) -> None:
    school, project = build.school(), build.project()
    for met, graduates in (("2025-05-31", "2026-05-31"), ("2025-05-31", "2027-05-31"), ("2026-01-15", "2028-05-14")):
        person = build.person("A B", school, day(graduates), first_contact_on=day(met))
        build.applied(project, person, day("03-01"))
    build.applied(project, build.person("N N", school, None, first_contact_on=day("01-01")), day("03-01"))
    assert (figure(store, "months_before").shown, figure(store, "months_before").base) == ("24 months", 3)
    build.applied(
        project, build.person("E E", school, day("2027-06-30"), first_contact_on=day("2025-05-30")), day("04-01")
    )
    assert figure(store, "months_before").value == Fraction(49, 2)
    assert figure(store, "months_before").shown == "24.5 months"


def test_months_with_a_project_by_what_ran(store: Store, build: Build) -> None:
    project = build.project()
    build.work(project, build.person(), status="accepted", started_on=day("2025-12-20"), accepted_on=day("01-02"))
    build.work(project, build.person(), status="accepted", started_on=day("03-31"), accepted_on=day("05-01"))
    build.work(project, build.person(), status="running", started_on=day("11-20"))
    build.work(project, build.person(), status="agreed", started_on=None)
    found = figure(store, "months_with_project")
    # Of the months of the year, also of the one that still lies ahead.
    assert (found.numerator, found.base) == (5, 12)
    assert next(
        one for one in program_summary(store, START, END, today=TODAY).promises if one.key == "pipeline"
    ).label == ("project, 5 months of 12")
    view = program_summary(store, START, END, today=TODAY)
    chart = view.by_month
    assert [bar.value for bar in chart.bars] == [1, 0, 1, 1, 1, 0, 0, 0, 0, 0, 1, None]
    assert [len(bar.rows) for bar in chart.bars] == [bar.value or 0 for bar in chart.bars]
    assert chart.bars[0].label == "Jan"
    assert chart.told.startswith("Projects by month. January ")


def test_hours_handed_over_and_supervision(store: Store, build: Build) -> None:
    project = build.project()
    for hours, minutes, on in ((12, 90, "03-01"), (18, 45, "04-01"), (99, 600, "2025-04-01")):
        build.work(
            project, build.person(), status="accepted", accepted_on=day(on), estimated_hours=hours,
            supervision_minutes=minutes,
        )  # fmt: skip
    assert (figure(store, "hours_handed_over").shown, figure(store, "hours_handed_over").base) == ("30 hours", 2)
    assert figure(store, "supervision").shown == "2.3 hours"


def test_both_reviews_need_both_sides_handed_in(store: Store, build: Build) -> None:
    project, me = build.project(), store.me or ""
    works = [build.work(project, build.person(), status="accepted", accepted_on=day("03-01")) for _ in range(4)]
    for work, submitted in zip(works, (True, True, False, None), strict=True):
        if submitted is not None:
            at = noon(day("03-05")) if submitted else None
            build.add(Evaluation(rater_id=me, engagement_id=work, occasion="end", submitted_at=at, overall=3))
    for work in (works[0], works[2], works[3]):
        build.add(FitReview(engagement_id=work, received_on=day("03-06")))
    assert figure(store, "both_reviews").counts == "1 of 4"


def test_would_work_here_again_is_hidden_under_five(store: Store, build: Build) -> None:
    project = build.project()
    opened = {"status": "accepted", "accepted_on": day("03-01"), "reviews_open_on": TODAY}
    for place, mark in enumerate((4, 3, 2, None)):
        work = build.work(project, build.person(), **opened)
        build.add(FitReview(engagement_id=work, received_on=day("03-06") + timedelta(days=place), work_again=mark))
    found = figure(store, "work_again")
    assert (found.hidden, found.value, found.numerator, found.base, found.rows) == (True, None, 0, 0, ())
    assert found.shown == "hidden, under 5"
    work = build.work(project, build.person(), **opened)
    build.add(FitReview(engagement_id=work, received_on=day("03-06"), work_again=4))
    assert figure(store, "work_again").counts == "3 of 5"
    # A sixth is sealed: by how it moved the figure one could tell what it says.
    work = build.work(project, build.person(), **(opened | {"reviews_open_on": TODAY + timedelta(days=1)}))
    build.add(FitReview(engagement_id=work, received_on=day("03-06"), work_again=4))
    assert figure(store, "work_again").counts == "3 of 5"


def test_within_one_level_over_pairs_of_raters(store: Store, build: Build) -> None:
    project, me, ben, eva = build.project(), store.me or "", build.colleague(), build.colleague("Eva Lind")
    one, two = build.rubric(project, 1, 1)
    application = build.applied(project, build.person(), day("03-01"))
    build.scored(application, me, {one: 1, two: 4}, day("03-02"))
    build.scored(application, ben, {one: 2, two: 2}, day("03-03"))
    build.scored(application, eva, {one: 4}, None)  # not handed in
    found = figure(store, "within_one")
    assert (found.numerator, found.base) == (1, 2)
    # Second thoughts after both were open make no agreement.
    (evaluation,) = _evaluations(store, application, me)
    build.add(EarlierEvaluation(
        evaluation_id=evaluation, version=1, submitted_at=noon(day("03-02")), reason="Read it again",
        scores={one: [4, ""], two: [2, ""]},
    ))  # fmt: skip
    assert figure(store, "within_one").counts == "1 of 2"
    assert figure(store, "within_one").counted != found.counted
    older = build.applied(project, build.person("Old One"), day("2025-03-01"))
    build.scored(older, me, {one: 1}, day("2025-03-02"))
    build.scored(older, ben, {one: 1}, day("2025-12-31"))
    assert figure(store, "within_one").base == 2


def _evaluations(store: Store, application: str, rater: str) -> list[str]:
    with store.read() as session:
        mine = session.query(Evaluation).filter_by(application_id=application, rater_id=rater)
        return [one.id for one in mine]


def test_follow_on_counts_stand_beside_their_base(store: Store, build: Build) -> None:
    project = build.project()
    people = [build.person() for _ in range(3)]
    for person, on in zip(people, ("2024-11-22", "2024-11-21", "11-22"), strict=True):
        build.work(project, person, status="accepted", accepted_on=day(on))
    for kind, accepted in (("internship", day("04-01")), ("project", None)):
        build.add(Outcome(candidate_id=people[0], kind=kind, offered_on=day("03-01"), accepted_on=accepted))
    build.add(Outcome(candidate_id=people[1], kind="project", offered_on=day("2025-03-01")))
    assert (figure(store, "follow_on_offered").shown, figure(store, "follow_on_offered").counts) == ("2", "of 1")
    assert figure(store, "follow_on_accepted").numerator == 1


def test_schools_under_five_applicants_are_gathered_and_can_not_be_reckoned(store: Store, build: Build) -> None:
    from core.model import Enrolment

    project = build.project()
    big, small, tiny = build.school("Big U"), build.school("Small C"), build.school("Tiny C")
    for school, count in ((big, 5), (small, 3), (tiny, 1)):
        for _ in range(count):
            person = build.person("A B", school)
            with store.read() as session:
                study = session.query(Enrolment).filter_by(candidate_id=person).one().id
            build.applied(project, person, day("03-01"), enrolment_id=study)
    rows = program_summary(store, START, END, today=TODAY).schools
    # Four together: beside the number of all applicants a row of its own for the fifth school would tell them.
    assert [(one.school, one.applied) for one in rows] == [("3 schools together", 9)]
    person = build.person("A B", tiny)
    with store.read() as session:
        study = session.query(Enrolment).filter_by(candidate_id=person).one().id
    build.applied(project, person, day("03-01"), enrolment_id=study)
    rows = program_summary(store, START, END, today=TODAY).schools
    assert [(one.school, one.applied) for one in rows] == [
        ("Big U", 5),
        ("2 more schools, each under five applicants", 5),
    ]


def test_spending_by_project_and_what_was_paid(store: Store, build: Build) -> None:
    project = build.project("Survey", openings=2)
    person = build.person()
    work = build.work(project, person, fee=30_000, status="accepted", accepted_on=day("03-01"))
    for on, amount in (("03-05", 20_000), ("2025-12-31", 5_000)):
        build.add(Payment(engagement_id=work, candidate_id=person, amount=amount, paid_on=day(on)))
    waiting = build.project("Menu", openings=3)
    build.project("Never opened", status="draft", opened_on=None)
    summary = program_summary(store, START, END, today=TODAY)
    assert summary.paid == (("USD", 20_000),)
    assert {one.project_id: (one.fee, one.paid) for one in summary.spending} == {
        project: (30_000, 20_000),
        waiting: (75_000, 0),
    }


def test_a_program_by_name_by_year_or_this_year(store: Store, build: Build) -> None:
    build.add(Program(name="Spring 2027", starts_on=day("2027-01-10"), ends_on=day("2027-05-20")))
    assert program_period(store, None, today=TODAY) == ("2026", START, END)
    assert program_period(store, "spring 2027", today=TODAY)[1] == day("2027-01-10")
    assert program_period(store, "2024", today=TODAY) == ("2024", date(2024, 1, 1), date(2024, 12, 31))
    with pytest.raises(UserError, match="Spring 2027"):
        program_period(store, "Summer", today=TODAY)
    with pytest.raises(UserError, match="before the first"):
        program_summary(store, END, START, today=TODAY)
    with pytest.raises(UserError, match="begins on 10 Jan 2027"):
        program_summary(store, day("2027-01-10"), day("2027-05-20"), today=TODAY)
