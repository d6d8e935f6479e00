"""The experience record and the interview sheet: what is in them, what is not, and that their leaving is recorded."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from core.errors import UserError
from core.insight.records import listing
from core.jobs import records
from core.paper import interview, record
from core.store import Store
from core.work import run, sides
from core.work.sides import FitReviewDraft, WorkEvaluationDraft
from tests.core.paper.samples import done, talk
from tests.support import made
from tests.support.stores import TODAY, new_store

COMMENT, PRIVATE = "Asked early and wrote down why.", "Late twice."


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with new_store(tmp_path) as opened:
        yield opened


def accepted(store: Store, *, theirs: bool = True) -> str:
    project, person = made.project(store), made.candidate(store)
    work = made.engagement(store, made.application(store, project, person))
    run.start(store, work, today=TODAY, on=TODAY)
    run.deliver(store, work, today=TODAY)
    ours = WorkEvaluationDraft(
        engagement_id=work,
        rater_id=store.me,
        overall=3,
        marks={"Communication": (4, "")},
        comment=COMMENT,
        private_comment=PRIVATE,
    )
    sides.evaluate_work(store, ours, today=TODAY)
    if theirs:
        sides.enter_fit_review(store, FitReviewDraft(engagement_id=work, overall=4), today=TODAY)
    run.accept_work(store, work, today=TODAY)
    return work


def said(data: bytes) -> str:
    (page,) = PdfReader(BytesIO(data)).pages
    return page.extract_text()


def test_a_record_says_what_was_done_and_what_was_written_to_be_shared(store: Store) -> None:
    words = said(records.draw_record(store, accepted(store), today=TODAY))
    for part in ("Experience record", "Ada Lovelace", "Communication", "4 of 4", "Advanced Application", COMMENT,
                 "a fixed fee", "Supervisor", "Campus office", "Date:"):  # fmt: skip
        assert part in words, part
    assert PRIVATE not in words


def test_the_supervisors_view_stays_out_while_it_is_sealed(store: Store) -> None:
    work = accepted(store, theirs=False)
    words = said(records.draw_record(store, work, today=TODAY))
    assert COMMENT not in words
    assert "once both sides" in words
    later = said(records.draw_record(store, work, today=TODAY + timedelta(days=400)))
    assert COMMENT in later


def test_work_that_is_not_accepted_has_no_record(store: Store) -> None:
    project, person = made.project(store), made.candidate(store)
    work = made.engagement(store, made.application(store, project, person))
    with pytest.raises(UserError, match="not accepted yet"):
        records.draw_record(store, work, today=TODAY)


def test_that_a_record_left_is_on_record(store: Store, tmp_path: Path) -> None:
    work = accepted(store)
    records.record(store, work, tmp_path / "record.pdf", today=TODAY)
    assert (tmp_path / "record.pdf").read_bytes() == records.draw_record(store, work, today=TODAY)
    left = [row for row in listing(store, "disclosures", today=TODAY).rows if "Experience record" in str(row)]
    assert len(left) == 1
    with pytest.raises(UserError, match="there already"):
        records.record(store, work, tmp_path / "record.pdf", today=TODAY)


def test_an_interview_goes_by_the_projects_rubric_under_the_code(store: Store, tmp_path: Path) -> None:
    project, person = made.project(store), made.candidate(store)
    application = made.application(store, project, person)
    with pytest.raises(UserError, match="no rubric yet"):
        records.draw_interview(store, application, today=TODAY)
    made.rubric(store, project)
    data = records.draw_interview(store, application, today=TODAY)
    reader = PdfReader(BytesIO(data))
    words = "\n".join(page.extract_text() for page in reader.pages)
    assert "Level 4" in words
    assert "Recommend them?" in words
    assert "Lovelace" not in words + str(reader.metadata)
    assert "Candidate " in words
    records.interview(store, application, tmp_path / "talk.pdf", today=TODAY)
    assert "Lovelace" not in "".join(
        str(row) for row in listing(store, "disclosures", today=TODAY).rows if "Interview" in str(row)
    )


LONG = st.text(st.characters(codec="latin-1", exclude_categories=["Cc"]), max_size=3_000)


@settings(max_examples=25, deadline=None)
@given(summary=LONG, comment=LONG, points=st.lists(LONG, max_size=30), title=LONG)
def test_a_record_is_one_page_whatever_is_in_it(summary: str, comment: str, points: list[str], title: str) -> None:
    into = BytesIO()
    facts = done(summary=summary, comment=comment, deliverables=tuple(points), objectives=tuple(points), project=title)
    record.make(facts, into)
    assert len(PdfReader(into).pages) == 1


@pytest.mark.parametrize("count", [1, 3, 4, 6])
def test_an_interview_sheet_has_room_to_write_on_its_pages(count: int) -> None:
    into = BytesIO()
    facts = talk()
    interview.make(talk(criteria=(facts.criteria * 2)[:count]), into)
    assert len(PdfReader(into).pages) == -(-count // 3)
