"""The student's view of the work is closed wherever it could stand, and open there from one moment on."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from pypdf import PdfReader

from core.errors import UserError
from core.insight import records, reviews
from core.insight.at_work import engagement as at_work
from core.insight.fit_summary import fit_summary
from core.insight.merged import whole_history
from core.insight.person import candidate
from core.insight.sharing import share_view
from core.insight.summary import program_summary
from core.jobs import papers
from core.jobs.export import export
from core.jobs.records import draw_record
from core.model import Consent, Engagement, Enrolment, Evaluation, FitReview
from core.store import Label, Store
from core.text import short_day
from core.work import sides
from core.work.sides import FitReviewDraft, WorkEvaluationDraft
from tests.core.insight.build import Build, noon
from tests.support.stores import TODAY

SECRET = "nobody answered for nine days"
DAY = TODAY + timedelta(days=10)


@pytest.fixture
def reviewed(store: Store, build: Build) -> str:
    person, school = build.person("Ada Lovelace"), build.school()
    study = build.add(Enrolment(candidate_id=person, school_id=school, graduates_on=TODAY))
    build.add(
        Consent(
            candidate_id=person, school_id=school, signed_on=TODAY - timedelta(days=9), records="work", purpose="file"
        )
    )
    project = build.project()
    application = build.applied(project, person, enrolment_id=study)
    row_id = build.work(project, person, application=application, status="delivered", reviews_open_on=DAY)
    said = FitReviewDraft(engagement_id=row_id, overall=1, work_again=1, reflection=SECRET, wants_next=SECRET)
    sides.enter_fit_review(store, said, today=TODAY)
    return row_id


def outlets(store: Store, work: str, today: date, folder: Path) -> Iterator[tuple[str, bool]]:
    """Each way to what the student said, and whether it gives it away."""
    with store.read() as session:
        one = session.get_one(Engagement, work)
        person, school = one.candidate_id, session.query(Enrolment).one().school_id
        review = session.query(FitReview).one().id
    yield "both sides", SECRET in repr(reviews.both_sides(store, work, today=today))
    yield "fit summary", SECRET in repr(fit_summary(store, person, today=today))
    yield "story", "would rather not work here" in repr(candidate(store, person, today=today))
    yield "form", SECRET in repr(sides.fit_review_draft(store, work, today=today))
    yield "list", SECRET in repr(records.listing(store, "fit-reviews", all_columns=True, today=today))
    yield "show", SECRET in repr(records.record(store, "fit-reviews", review, today=today))
    yield "show of the work", SECRET in repr(records.record(store, "engagements", work, today=today))
    yield "history", SECRET in repr(whole_history(store, "engagements", work, 60, today=today))
    yield "whole copy", SECRET in repr(records.everything(store, today=today))
    for ending in ("csv", "json"):
        out = folder / f"{today}-{len(list(folder.iterdir()))}.{ending}"
        export(store, out, "fit-reviews", today=today)
        yield ending, SECRET in out.read_text("utf-8-sig")
    yield "campus", SECRET in repr(share_view(store, school, today=today))
    yield "row", at_work(store, work, today=today).row.readable
    figure = program_summary(store, date(TODAY.year, 1, 1), today, today=today).figure("work_again")
    yield "figure", bool(figure.base or figure.hidden)


def test_it_is_closed_until_the_day_and_open_from_it_everywhere(store: Store, reviewed: str, tmp_path: Path) -> None:
    before = dict(outlets(store, reviewed, DAY - timedelta(days=1), tmp_path))
    assert [name for name, told in before.items() if told] == []
    after = dict(outlets(store, reviewed, DAY, tmp_path))
    assert [name for name, told in after.items() if not told] == []


def test_it_opens_everywhere_once_ours_is_in(store: Store, reviewed: str, tmp_path: Path) -> None:
    half_way = Evaluation(
        rater_id=store.me, engagement_id=reviewed, occasion="mid", submitted_at=noon(TODAY), overall=2
    )
    Build(store).add(half_way)
    assert not any(told for _, told in outlets(store, reviewed, TODAY, tmp_path))
    mine = WorkEvaluationDraft(engagement_id=reviewed, rater_id=store.me, overall=3)
    sides.evaluate_work(store, mine, today=TODAY)
    assert [name for name, told in outlets(store, reviewed, TODAY, tmp_path) if not told] == []


def test_ours_does_not_leave_for_the_campus_before_theirs_is_in(store: Store, build: Build, reviewed: str) -> None:
    store.undo()
    mine = WorkEvaluationDraft(
        engagement_id=reviewed, rater_id=store.me, overall=2, marks={"Teamwork": (2, "late")}, comment="Often late"
    )
    sides.evaluate_work(store, mine, today=TODAY)
    with store.read() as session:
        school = session.query(Enrolment).one().school_id
    waiting = share_view(store, school, today=TODAY).rows[0].columns
    assert (waiting["supervisor_comment"], waiting["teamwork"]) == ("", None)
    due = share_view(store, school, today=DAY).rows[0].columns
    assert (due["supervisor_comment"], due["teamwork"]) == ("Often late", 2)
    sides.enter_fit_review(store, FitReviewDraft(engagement_id=reviewed, overall=4), today=TODAY)
    assert share_view(store, school, today=TODAY).rows[0].columns["supervisor_comment"] == "Often late"


def test_a_report_holds_nothing_of_ours_before_theirs_is_in(store: Store, reviewed: str) -> None:
    store.undo()
    mine = WorkEvaluationDraft(
        engagement_id=reviewed, rater_id=store.me, overall=2, marks={"Teamwork": (2, "late")}, comment="Often late"
    )
    sides.evaluate_work(store, mine, today=TODAY)
    with store.change(Label.SAMPLE_MADE) as session:
        work = session.get_one(Engagement, reviewed)
        work.delivered_on, person = TODAY, work.candidate_id

    def told(today: date) -> str:
        return paper_words(papers.draw_report(store, person, today=today))

    waiting = told(TODAY)
    assert not any(words in waiting for words in ("Often late", "Teamwork", "late", "rated 2", "of 4"))
    assert f"opens once the student’s view of the work is in too, or on {short_day(DAY)}" in waiting
    assert all(words in told(DAY) for words in ("Often late", "Teamwork", "rated 2.0 of 4"))
    assert "rated 2.0 of 4" in repr(candidate(store, person, today=TODAY))
    sides.enter_fit_review(store, FitReviewDraft(engagement_id=reviewed, overall=4), today=TODAY)
    assert all(words in told(TODAY) for words in ("Often late", "rated 2.0 of 4"))
    assert "opens once" not in told(TODAY)


def test_a_record_says_from_when_on_it_holds_our_view(store: Store, reviewed: str) -> None:
    store.undo()
    sides.evaluate_work(
        store, WorkEvaluationDraft(engagement_id=reviewed, rater_id=store.me, overall=2, comment="Late"), today=TODAY
    )
    with store.change(Label.SAMPLE_MADE) as session:
        work = session.get_one(Engagement, reviewed)
        work.status, work.accepted_on = "accepted", TODAY
    words = f"once both sides have handed in theirs, or on {short_day(DAY)}."
    waiting, due = (paper_words(draw_record(store, reviewed, today=day)) for day in (TODAY, DAY))
    assert (words in waiting, "Late" in waiting) == (True, False)
    assert (words in due, "Late" in due) == (False, True)


def paper_words(data: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages).split())


def test_a_private_comment_is_in_no_table_that_leaves(store: Store, reviewed: str, tmp_path: Path) -> None:
    mine = {"overall": 3, "comment": "Careful", "private_comment": "Not for the till"}
    sides.evaluate_work(store, WorkEvaluationDraft(engagement_id=reviewed, rater_id=store.me, **mine), today=TODAY)
    for ending in ("csv", "json"):
        out = tmp_path / f"out.{ending}"
        export(store, out, "evaluations", today=TODAY)
        assert "Careful" in out.read_text("utf-8-sig")
        assert "till" not in out.read_text("utf-8-sig")


def test_what_is_sealed_is_not_given_back_to_be_mended_but_replaced(store: Store, reviewed: str) -> None:
    assert sides.sealed_since(store, reviewed, today=TODAY) == TODAY
    assert sides.fit_review_draft(store, reviewed, today=TODAY) == FitReviewDraft(engagement_id=reviewed)
    sides.enter_fit_review(store, FitReviewDraft(engagement_id=reviewed, overall=3), today=TODAY)
    assert sides.sealed_since(store, reviewed, today=DAY) is None
    assert sides.fit_review_draft(store, reviewed, today=DAY).overall == 3


def test_once_it_can_be_read_it_stays(store: Store, build: Build, reviewed: str) -> None:
    again = FitReviewDraft(engagement_id=reviewed, overall=4, work_again=4)
    with pytest.raises(UserError, match="so the student’s view stays as it is"):
        sides.enter_fit_review(store, again, today=DAY)
    sides.evaluate_work(store, WorkEvaluationDraft(engagement_id=reviewed, rater_id=store.me, overall=3), today=TODAY)
    with pytest.raises(UserError, match="Both sides are in and can be read, so the student’s view stays"):
        sides.enter_fit_review(store, again, today=TODAY)
    other = WorkEvaluationDraft(engagement_id=reviewed, rater_id=build.colleague(), overall=1)
    with pytest.raises(UserError, match="no further view"):
        sides.evaluate_work(store, other, today=TODAY)
