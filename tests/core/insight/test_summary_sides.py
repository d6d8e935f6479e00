"""What both sides said, in counts: nothing that is sealed, and no question that under five answered."""

from __future__ import annotations

from datetime import timedelta

from core.insight.summary import ProgramSummary, program_summary
from core.model import CompetencyMark, Evaluation, FitReview, Outcome, Payment
from core.store import Store
from tests.core.insight.build import Build, day, noon
from tests.core.insight.test_figures import END, START
from tests.support.stores import TODAY


def view(store: Store) -> ProgramSummary:
    return program_summary(store, START, END, today=TODAY)


def done(build: Build, project: str, *, opens: int = 0) -> str:
    """Work that was accepted; its reviews open so many days from today."""
    return build.work(
        project, build.person(), status="accepted", accepted_on=day("03-01"), reviews_open_on=TODAY + timedelta(opens)
    )


def test_students_are_counted_once_five_open_reviews_answer_a_question(store: Store, build: Build) -> None:
    project = build.project()
    for mark in (4, 4, 3, 1):
        build.add(FitReview(engagement_id=done(build, project), received_on=day("03-06"), support=mark, clarity=2))
    assert view(store).students_said.empty
    sealed = done(build, project, opens=1)
    build.add(FitReview(engagement_id=sealed, received_on=day("03-06"), support=1))
    assert view(store).students_said.empty
    fifth = done(build, project)
    build.add(FitReview(engagement_id=fifth, received_on=day("03-06"), support=4))
    chart = view(store).students_said
    (support,) = chart.groups
    assert {bar.label for bar in support} == {"Support"}
    assert [bar.value for bar in support] == [1, 0, 1, 3]
    assert ("engagements", fifth) in support[3].rows
    assert sealed not in {row_id for bar in chart.bars for _, row_id in bar.rows}
    assert chart.told == (
        "What students said. Support: No, 1 of 5 students; Support: Rather yes, 1 of 5 students; "
        "Support: Yes, 3 of 5 students."
    )


def test_what_we_saw_waits_for_the_student_and_for_five_of_them(store: Store, build: Build) -> None:
    project, me, ben = build.project(), store.me or "", build.colleague()

    def seen(work: str, rater: str, level: int, *, handed_in: bool = True) -> None:
        at = noon(day("03-05")) if handed_in else None
        row = build.add(Evaluation(rater_id=rater, engagement_id=work, occasion="end", submitted_at=at, overall=3))
        build.add(CompetencyMark(evaluation_id=row, competency="Teamwork", level=level))

    works = [done(build, project) for _ in range(4)]
    for work in works:
        seen(work, me, 3)
        # Marks of two raters are no fifth student.
        seen(work, ben, 4)
    seen(done(build, project), me, 1, handed_in=False)
    seen(done(build, project, opens=1), me, 1)
    assert view(store).we_saw.empty
    seen(done(build, project), me, 2)
    (teamwork,) = view(store).we_saw.groups
    assert [bar.value for bar in teamwork] == [0, 1, 4, 4]


def test_what_followed_and_what_was_paid_by_month(store: Store, build: Build) -> None:
    project, person = build.project("Survey"), build.person()
    work = build.work(project, person, status="accepted", accepted_on=day("03-01"))
    for kind, offered, accepted in (("internship", "03-10", "03-20"), ("internship", "2025-12-31", "01-02")):
        build.add(Outcome(candidate_id=person, kind=kind, offered_on=day(offered), accepted_on=day(accepted)))
    for on, cents, code in (("03-05", 20_000, "USD"), ("03-31", 1_000, "USD"), ("04-01", 9_000, "EUR")):
        build.add(Payment(engagement_id=work, candidate_id=person, amount=cents, currency=code, paid_on=day(on)))
    found = view(store)
    internship = found.followed.groups[1]
    assert [(bar.words, bar.value) for bar in internship] == [
        ("Internship: 1 offered", 1),
        ("Internship: 2 accepted", 2),
    ]
    paid = found.paid_by_month
    assert [bar.value for bar in paid.bars] == [0, 0, 21_000, *[0] * 8, None]
    assert (paid.bars[2].shown, paid.bars[2].rows) == ("$210", (("projects", project),))
