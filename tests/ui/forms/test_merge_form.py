"""The page of those who may be one person twice: why, merged by hand, told apart, and both taken back."""

from __future__ import annotations

from core.store import Store
from tests.journeys.hand import Hand
from tests.support import made
from tests.support.tables import tables
from ui.forms.candidate import CandidateForm
from ui.places.duplicates import Duplicates


def _page(hand: Hand) -> Duplicates:
    hand.desk.go("candidates")
    page = hand.app.places["candidates"].show_page("Duplicates")  # type: ignore[attr-defined]
    hand.rest()
    assert isinstance(page, Duplicates)
    return page


def test_a_pair_is_merged_by_hand_and_parted_by_undo(hand: Hand, store: Store) -> None:
    made.candidate(store, phone="312 555 0184")
    made.candidate(store, emails=["ada@home.example.com"], phone="+1 312-555-0184")
    before = tables(store)
    page = _page(hand)
    assert page.subtitle() == "1 pair who may be one person"
    hand.click("Compare and merge")
    hand.rest()
    hand.click("Merge")
    hand.rest()
    assert len(tables(store)["candidates"]) == 1
    assert page.subtitle() == "Who may be one person twice"
    store.undo()
    assert tables(store) == before


def test_different_people_are_not_shown_together_again(hand: Hand, store: Store) -> None:
    made.candidate(store)
    made.candidate(store, emails=["ada@home.example.com"])
    page = _page(hand)
    hand.click("Different people")
    hand.rest()
    assert page.subtitle() == "Who may be one person twice"
    assert len(tables(store)["different_people"]) == 1


def test_who_it_may_be_is_said_while_typing(hand: Hand, store: Store) -> None:
    made.candidate(store)
    hand.app.open_form("candidates")
    hand.rest()
    form = hand.form
    assert isinstance(form, CandidateForm)
    hand.fill(first_name="Lovelace", last_name="Ada", school_name="Northfield College")
    form.compare()
    hand.rest()
    assert form.alike.isVisible()
    assert form.alike.words.text() == "This may be Ada Lovelace, who has the same name at the same school."
    hand.fill(last_name="Tran")
    form.compare()
    hand.rest()
    assert not form.alike.isVisible()


def test_an_address_of_another_is_shared_once_it_is_saved_again(hand: Hand, store: Store) -> None:
    made.candidate(store, emails=["family@home.example.com"])
    hand.app.open_form("candidates")
    hand.rest()
    form = hand.form
    assert isinstance(form, CandidateForm)
    hand.fill(first_name="Ruth", last_name="Lovelace", emails="family@home.example.com", school_name="Elsewhere")
    assert not form.try_save()
    said = "family@home.example.com is the address of Ada Lovelace. If it is the same person, add what is new to them"
    assert form.problem.words.text().startswith(said)
    assert len(tables(store)["candidates"]) == 1
    assert form.try_save()
    assert len(tables(store)["candidates"]) == 2
    assert len(tables(store)["different_people"]) == 1
