"""Messages: filled for each, stopped where something lacks, drafts that mail programs open, touches once they went."""

from __future__ import annotations

from collections.abc import Iterator
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from core import message
from core.errors import FieldErrors, UserError
from core.jobs import messages as jobs
from core.message import Words, ready_made
from core.model import Candidate, Disclosure, Touch
from core.store import Label, Store
from core.work import messages, warm
from core.work.touches import TouchDraft
from tests.support import made
from tests.support.stores import TODAY, new_store
from tests.support.tables import tables


@pytest.fixture
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    # Apart from the folder into which drafts are written.
    with new_store(tmp_path_factory.mktemp("store")) as opened:
        yield opened


@pytest.mark.parametrize("key", ready_made())
def test_each_of_ours_can_be_sent_unchanged(store: Store, key: str) -> None:
    words = ready_made()[key]
    project = made.project(store, summary="A list that one can trust.")
    ada = made.candidate(store)
    (letter,) = jobs.compose(store, words.subject, words.text, [ada], project, today=TODAY)
    assert letter.missing == ()
    assert "{" not in letter.subject + letter.text
    assert letter.text.startswith("Hello Ada,")
    assert words.name
    assert words.purpose
    assert jobs.ready([letter]) == [letter]
    assert jobs.mailto(letter) is not None


def test_what_lacks_is_named_and_nothing_leaves(store: Store, tmp_path: Path) -> None:
    ada = made.candidate(store, graduates_on=None)
    letters = jobs.compose(store, "Soon", "In {graduates} with {project}", [ada], today=TODAY)
    assert letters[0].missing == ("graduates", "project")
    with pytest.raises(UserError, match="Month in which they graduate"):
        jobs.save_drafts(store, letters, tmp_path)
    with pytest.raises(UserError, match="graduates"):
        jobs.log_sent(store, letters, today=TODAY)
    assert list(tmp_path.glob("*.eml")) == []
    with pytest.raises(FieldErrors) as caught:
        jobs.compose(store, "Hi {frist_name}", "x", [ada], today=TODAY)
    assert "frist_name" in caught.value.fields["subject"]


def test_who_asked_for_it_or_has_no_address_is_left_out(store: Store, tmp_path: Path) -> None:
    ada, quiet = made.candidate(store), made.candidate(store, "Bao Tran")
    nowhere = made.candidate(store, "Chidi Eze", emails=[])
    with store.change(Label.CANDIDATE_CHANGED) as session:
        session.get_one(Candidate, quiet).do_not_contact_on = TODAY
    letters = jobs.compose(store, "Hello", "Hello {first_name}", [ada, quiet, nowhere, "gone"], today=TODAY)
    assert [bool(one.stop) for one in letters] == [False, True, True]
    (out,) = jobs.save_drafts(store, letters, tmp_path)
    assert message_from_bytes(out.read_bytes(), policy=policy.default)["To"] == (
        "Ada Lovelace <ada.lovelace@northfield.example.edu>"
    )
    with pytest.raises(UserError, match="nobody to write to"):
        jobs.ready(letters[1:])


def test_drafts_are_written_all_or_none_and_on_record(store: Store, tmp_path: Path) -> None:
    people = [made.candidate(store, "Ada Lovelace"), made.candidate(store, "Ada Lovelace", emails=["b@x.example.edu"])]
    letters = jobs.compose(store, "Hé\r\nBcc: x@example.edu", "Hello {name}", people, today=TODAY)
    (tmp_path / "Ada Lovelace - Hé Bcc- x@example.edu.eml").write_text("mine")
    outs = jobs.save_drafts(store, letters, tmp_path)
    assert len(outs) == 2
    assert len(list(tmp_path.glob("*.eml"))) == 3
    for out in outs:
        mail = message_from_bytes(out.read_bytes(), policy=policy.default)
        assert mail["X-Unsent"] == "1"
        assert mail["Bcc"] is None
        assert mail["Subject"] == "Hé Bcc: x@example.edu"
        assert mail.get_content().strip() == "Hello Ada Lovelace"
    with store.read() as session:
        assert len(session.scalars(select(Disclosure)).all()) == 2


def test_that_they_went_is_a_contact_with_each_and_one_undo(store: Store) -> None:
    people = [made.candidate(store), made.candidate(store, "Bao Tran")]
    before = tables(store)
    letters = jobs.compose(store, "Hello {first_name}", "How are you, {name}?", people, today=TODAY)
    assert jobs.log_sent(store, letters, today=TODAY) == 2
    with store.read() as session:
        found = {(one.candidate_id, one.subject, one.text) for one in session.scalars(select(Touch))}
    assert found == {
        (people[0], "Hello Ada", "How are you, Ada Lovelace?"),
        (people[1], "Hello Bao", "How are you, Bao Tran?"),
    }
    store.undo()
    assert tables(store) == before


def test_a_link_that_is_too_long_is_no_link(store: Store) -> None:
    ada = made.candidate(store)
    (letter,) = jobs.compose(store, "Hello", "x" * 3_000, [ada], today=TODAY)
    assert jobs.mailto(letter) is None
    (short,) = jobs.compose(store, "A & B?", "1 + 1 = 2\nline", [ada], today=TODAY)
    link = jobs.mailto(short)
    assert link is not None
    assert "subject=A%20%26%20B%3F" in link
    assert "%0A" in link


def test_ones_own_words_stand_for_ours_and_go_again(store: Store) -> None:
    key = "message-checking-in"
    before = tables(store)
    ours = messages.message_words(store, key)
    messages.save_message(store, Words(name="Checking in", subject="Hi", text="Hello {first_name}"), key, today=TODAY)
    assert messages.message_words(store, key).text == "Hello {first_name}"
    own = messages.save_message(store, Words(name="Mine", subject="S", text="T"), today=TODAY)
    assert [one.key for one in messages.messages(store) if one.own] == [key, own]
    with pytest.raises(FieldErrors, match="already"):
        messages.save_message(store, Words(name="MINE", subject="S", text="T"), today=TODAY)
    with pytest.raises(FieldErrors, match="no field"):
        messages.save_message(store, Words(name="New", subject="{who}", text="T"), today=TODAY)
    messages.remove_message(store, key, today=TODAY)
    assert messages.message_words(store, key) == ours
    messages.remove_message(store, own, today=TODAY)
    with pytest.raises(UserError, match="no longer"):
        messages.message_words(store, own)
    for _ in range(4):
        store.undo()
    assert tables(store) == before


@given(st.text(max_size=80), st.dictionaries(st.sampled_from(sorted(message.FIELDS)), st.text(max_size=20)))
def test_filling_puts_in_what_is_known_and_leaves_the_rest_to_be_seen(text: str, values: dict[str, str]) -> None:
    filled = message.fill(text, values)
    if not any(values.get(name) for name in message.fields_in(text)):
        assert filled == text
    for name in message.fields_in("{first_name} {pay}"):
        assert message.fill(f"{{{name}}}", values) == (values.get(name) or f"{{{name}}}")


def test_a_message_that_went_is_the_contact_that_was_due(store: Store) -> None:
    ada = made.candidate(store)
    due = warm.plan_touch(store, TouchDraft(candidate_id=ada, on=TODAY, text="After midterms"), today=TODAY)
    before = tables(store)
    jobs.log_sent(store, jobs.compose(store, "Hi", "Hello {first_name}", [ada], today=TODAY), today=TODAY)
    with store.read() as session:
        assert [(one.id, one.made_on, one.text) for one in session.scalars(select(Touch))] == [
            (due, TODAY, "Hello Ada")
        ]
    store.undo()
    assert tables(store) == before


def test_one_of_many_gets_words_of_their_own(store: Store) -> None:
    ada, bao, chidi = (made.candidate(store, name) for name in ("Ada Lovelace", "Bao Tran", "Chidi Eze"))
    own = {bao: ("For you, {first_name}", "We met at the fair.\n{nothing}"), "gone": ("x", "y")}
    letters = jobs.compose(store, "Hi", "Hello {first_name}", [ada, bao, chidi], own=own, today=TODAY)
    assert [one.text for one in letters] == ["Hello Ada", "We met at the fair.\n{nothing}", "Hello Chidi"]
    assert (letters[1].subject, letters[1].missing) == ("For you, Bao", ())
    assert jobs.log_sent(store, letters, today=TODAY) == 3
    with store.read() as session:
        assert "We met at the fair.\n{nothing}" in set(session.scalars(select(Touch.text)))


def test_what_lacks_is_known_without_filling_every_letter(store: Store) -> None:
    known, unknown_ = made.candidate(store), made.candidate(store, "Bao Tran", graduates_on=None)
    nowhere = made.candidate(store, "Chidi Eze", emails=[], graduates_on=None)
    people = jobs.readers(store, [known, unknown_, nowhere], today=TODAY)
    assert [one.candidate_id for one in people.stopped] == [nowhere]
    assert people.lacking("Hi", "Hello {first_name}") == []
    assert people.lacking("Hi {graduates}", "x") == [unknown_]
    assert people.lacking("Hi", "In {project}") == [known, unknown_]
    assert people.lacking("Hi {graduates}", "x", {unknown_: ("Hi", "you")}) == []
    assert people.lacking("Hi", "x", {known: ("Hi", "{project}"), "gone": ("{project}", "")}) == [known]
    with pytest.raises(FieldErrors):
        people.letter(0, "{who}", "")
    for subject in ("Hi", "{graduates}", "{project} {me}"):
        said = [people.letter(at, subject, "x") for at in range(3)]
        assert [one.candidate_id for one in said if one.missing and not one.stop] == people.lacking(subject, "x")


def test_more_than_anyone_writes_to_are_too_many(store: Store) -> None:
    with pytest.raises(UserError, match="at most 5,000 people at once; these are 100,000"):
        jobs.readers(store, [str(at) for at in range(100_000)], today=TODAY)
