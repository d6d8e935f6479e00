"""The kick-off message: what it says, by which clock, and the draft for a mail program."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from core.errors import UserError
from core.exchange.mail import draft
from core.jobs.kick_off import kick_off_message, save_message
from core.model import Disclosure
from core.store import Store
from core.work import sides
from core.work.kick_off import KickOffDraft, prepare_kick_off
from tests.support import made
from tests.support.stores import TODAY, new_store

DAY = timedelta(days=1)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with new_store(tmp_path) as made_:
        yield made_


def agreed(store: Store, day: date, at: str = "2:00 pm") -> str:
    project = made.project(
        store, kick_off_on=day, due_on=day + 14 * DAY, learning_objectives=["See how a small shop keeps its data"]
    )
    work = made.engagement(store, made.application(store, project, made.candidate(store)))
    how = KickOffDraft(kick_off_on=day, kick_off_time=at, how_to_join="Room 4, ring twice")
    prepare_kick_off(store, work, how, today=TODAY)
    return work


def test_it_names_all_that_a_student_needs(store: Store) -> None:
    work = agreed(store, date(2026, 12, 14))
    made_ = kick_off_message(store, work, today=TODAY)
    for words in (
        "Dear Ada", "Clean the mailing list", "Lakeside Print & Design", "Monday, December 14, 2026 at 2:00 PM CST",
        "Chicago time, UTC-06:00", "Room 4, ring twice", "due on Monday, December 28, 2026", "A list without doubles",
        "See how a small shop keeps its data", "The due date may move", "classwork", "about 12 hours",
    ):  # fmt: skip
        assert words in made_.text, words
    assert made_.subject == "Kick-off: Clean the mailing list at Lakeside Print & Design"
    assert made_.to == "ada.lovelace@northfield.example.edu"


@pytest.mark.parametrize(
    ("day", "at", "words"),
    [
        (date(2027, 3, 13), "2:30", "2:30 AM CST"),
        (date(2027, 3, 14), "3:00", "3:00 AM CDT"),
        (date(2027, 3, 14), "1:59", "1:59 AM CST"),
        (date(2027, 11, 7), "1:30", "1:30 AM CDT (Chicago time, UTC-05:00, the first of the two"),
        (date(2027, 11, 7), "2:00", "2:00 AM CST"),
        (date(2028, 2, 29), "12 pm", "Tuesday, February 29, 2028 at 12:00 PM CST"),
    ],
)
def test_the_clocks_go_forward_in_march_and_back_in_november(store: Store, day: date, at: str, words: str) -> None:
    work = agreed(store, day, at)
    assert words in kick_off_message(store, work, today=TODAY).text


def test_the_draft_is_opened_for_writing_and_its_leaving_recorded(store: Store, tmp_path: Path) -> None:
    work, out = agreed(store, date(2026, 12, 14)), tmp_path / "Kick-off.eml"
    save_message(store, work, out, today=TODAY)
    mail = message_from_bytes(out.read_bytes(), policy=policy.default)
    assert mail["X-Unsent"] == "1"
    assert mail["To"] == "ada.lovelace@northfield.example.edu"
    assert mail["Date"] is None
    text = mail.get_content().replace("\r\n", "\n")
    assert text == kick_off_message(store, work, today=TODAY).text + "\n"
    assert all(byte < 128 for byte in out.read_bytes())
    with store.read() as session:
        (left,) = session.scalars(select(Disclosure))
    assert (left.kind, left.what, left.file_name) == ("letter", "Kick-off message", "Kick-off.eml")
    again = tmp_path / "Again.eml"
    save_message(store, work, again, today=TODAY)
    assert again.read_bytes() == out.read_bytes()
    with pytest.raises(UserError, match=r"ending \.eml"):
        save_message(store, work, tmp_path / "Kick-off.pdf", today=TODAY)
    with pytest.raises(UserError):
        save_message(store, work, out, today=TODAY)


@given(st.text(), st.text(), st.text(max_size=60) | st.emails(), st.text(max_size=60) | st.emails())
@settings(max_examples=150, deadline=None)
def test_no_words_become_a_header_or_a_part(subject: str, body: str, to: str, sender: str) -> None:
    made_ = draft(subject, body, to, sender)
    mail = message_from_bytes(made_, policy=policy.default)
    assert set(mail.keys()) <= {"X-Unsent", "To", "From", "Subject", "MIME-Version", "Content-Type",
                                "Content-Transfer-Encoding"}  # fmt: skip
    assert mail.get_content_type() == "text/plain"
    assert all(byte < 128 for byte in made_)


def test_a_subject_cannot_add_a_recipient() -> None:
    mail = message_from_bytes(draft("Hello\r\nBcc: all@x.example", "One", "a@b.example"), policy=policy.default)
    assert mail["Bcc"] is None
    assert mail["Subject"] == "Hello Bcc: all@x.example"


def test_it_names_the_day_on_which_the_reviews_open(store: Store) -> None:
    work = agreed(store, date(2026, 12, 14))
    # Three weeks after the due date, unless another is named.
    assert "once both are in, and on Monday, January 18, 2027 at the latest." in said(store, work)
    sides.name_reviews_day(store, work, date(2027, 2, 1), today=TODAY)
    assert "on Monday, February 1, 2027 at the latest." in said(store, work)


def said(store: Store, work: str) -> str:
    return kick_off_message(store, work, today=TODAY).text
