"""A message to one or to many: what is typed stays, one gets words of their own, templates come and go."""

from __future__ import annotations

from email import message_from_bytes, policy
from pathlib import Path
from typing import Any, cast

import pytest

from core.insight.records import listing
from core.jobs import messages as jobs
from core.message import Words
from core.store import Store
from core.work import messages
from tests.journeys.hand import Hand
from tests.support import made
from tests.support.stores import TODAY
from ui.forms.message import MessageForm


def write(hand: Hand, *people: str, template: str = "message-checking-in", **said: Any) -> MessageForm:
    hand.app.open_form("message", candidate_ids=list(people), template=template, **said)
    return cast("MessageForm", hand.form)


def said(form: MessageForm) -> str:
    return str(form.form.values()["subject"])


def test_another_template_never_takes_the_place_of_what_was_typed(hand: Hand, store: Store) -> None:
    form = write(hand, made.candidate(store))
    hand.fill(template="After a fair")
    assert said(form) == "Good to meet you, {first_name}"
    hand.fill(subject="Do you like maps, {first_name}?")
    hand.fill(template="Checking in")
    hand.sees("What you typed stands as it was.", "Do you like maps, Ada?")
    assert said(form) == "Do you like maps, {first_name}?"
    hand.click("Take the words of “Checking in” instead")
    assert said(form) == "How are things, {first_name}?"
    assert "What you typed stands" not in hand.text()


def test_what_was_kept_unsaved_counts_as_typed(hand: Hand, store: Store) -> None:
    ada = made.candidate(store)
    write(hand, ada)
    hand.fill(template="After a fair", subject="Mine")
    hand.press("Escape")
    form = write(hand, ada)
    assert said(form) == "Mine"
    hand.fill(template="Before graduation")
    assert said(form) == "Mine"


def test_one_steps_through_all_and_edits_one(hand: Hand, store: Store, tmp_path: Path) -> None:
    people = [made.candidate(store, name) for name in ("Ada Lovelace", "Bao Tran", "Chidi Eze")]
    form = write(hand, *people)
    hand.sees("1 of 3 · Ada Lovelace", "How are things, Ada?")
    hand.click("The next one")
    hand.click("Write it anew for them alone")
    assert form._each.subject.text() == "How are things, Bao?"
    hand.type(form._each.text, "We met at the fair, Bao.")
    hand.sees("2 of 3 · Bao Tran", "words of their own")
    hand.click("The next one")
    hand.sees("How are things, Chidi?")
    assert not form._each.text.isVisible()
    hand.click("The one before")
    assert form._each.text.value() == "We met at the fair, Bao."
    hand.fill(subject="Hello {first_name}")
    assert form._each.subject.text() == "How are things, Bao?"
    hand.choosing(tmp_path)
    hand.click("Save as drafts…")
    drafts = [message_from_bytes(out.read_bytes(), policy=policy.default) for out in sorted(tmp_path.glob("*.eml"))]
    assert [draft["Subject"] for draft in drafts] == ["Hello Ada", "How are things, Bao?", "Hello Chidi"]
    assert drafts[1].get_content().strip() == "We met at the fair, Bao."
    hand.click("It went: log it")
    assert {row["subject"] for _, row in listing(store, "touches", all_columns=True).rows} == {
        "Hello Ada", "How are things, Bao?", "Hello Chidi"
    }  # fmt: skip
    store.undo()
    assert listing(store, "touches").rows == []


def test_words_for_one_are_kept_when_the_sheet_is_closed_and_can_be_taken_back(hand: Hand, store: Store) -> None:
    people = [made.candidate(store, name) for name in ("Ada Lovelace", "Bao Tran")]
    form = write(hand, *people)
    hand.click("Write it anew for them alone")
    hand.type(form._each.text, "For Ada alone")
    hand.press("Escape")
    form = write(hand, *people)
    hand.sees("words of their own")
    assert form._each.text.value() == "For Ada alone"
    hand.click("Back to the common words")
    hand.sees("How are things, Ada?")
    hand.press("Escape")
    assert write(hand, people[1], made.candidate(store, "Chidi Eze"))._each.value() == {}


def test_a_key_pressed_fills_the_letter_that_is_shown_and_no_other(
    hand: Hand, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = write(hand, *(made.candidate(store, f"Person No{at}", graduates_on=None) for at in range(30)))
    filled: list[str] = []
    real = jobs._letter

    def count(one: object, *words: str) -> object:
        filled.append(words[0])
        return real(one, *words)  # type: ignore[arg-type]

    monkeypatch.setattr(jobs, "_letter", count)
    form._text.setFocus()
    hand.press("x", form._text)
    assert len(filled) == 1
    hand.fill(subject="In {graduates}")
    hand.sees("of Person No0 and 29 others")


def test_a_field_goes_where_the_cursor_was(hand: Hand, store: Store) -> None:
    form = write(hand, made.candidate(store), template="")
    hand.type(form._text, "Dear ")
    form._putter("first_name")()
    hand.type(form._subject, "For ")
    form._putter("name")()
    hand.sees("For Ada Lovelace\n\nDear Ada")
    assert form.form.values()["text"] == "Dear {first_name}"


def test_ones_own_message_is_kept_chosen_and_removed(hand: Hand, store: Store) -> None:
    ada = made.candidate(store)
    write(hand, ada)
    hand.fill(subject="Summer, {first_name}?")
    hand.click("Keep as a message of yours…")
    hand.fill(name="Asking about summer")
    hand.save()
    write(hand, made.candidate(store, "Bao Tran"))
    hand.fill(template="Asking about summer")
    hand.sees("Summer, Bao?")
    hand.click("Change the template…")
    hand.click("Remove")
    assert not [one for one in messages.messages(store) if one.own]
    assert "Undo brings it back" in hand.said()
    store.undo()
    assert [one.words.name for one in messages.messages(store) if one.own] == ["Asking about summer"]


def test_a_template_that_was_removed_leaves_a_blank_page(hand: Hand, store: Store) -> None:
    own = messages.save_message(store, Words(name="Mine", subject="S", text="T"), today=TODAY)
    messages.remove_message(store, own, today=TODAY)
    form = write(hand, made.candidate(store), template=own)
    assert (form.form.values()["template"], said(form)) == (None, "")


def test_only_who_just_missed_has_a_year_and_a_rank(hand: Hand, store: Store) -> None:
    hand.app.open_form("pool_entries", candidate_id=made.candidate(store))
    hand.sees("Just missed", "Of how many")
    hand.fill(rank="2", reason="Met at a fair")
    assert "Of how many" not in hand.text()
    hand.click("Keep in touch")
    (entry,) = [row for _, row in listing(store, "pool-entries", all_columns=True).rows]
    assert (entry["reason"], entry["year"], entry["rank"]) == ("fair", None, None)


def test_too_many_for_a_message_is_said(hand: Hand) -> None:
    hand.app.open_form("message", candidate_ids=[str(at) for at in range(5_001)])
    assert "at most 5,000 people at once" in hand.said()
    assert hand.sheet is None
