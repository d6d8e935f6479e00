"""Search everything: one key, a few letters, there; and whatever can be done can be done from it."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtWidgets import QApplication

from core.store import Store
from tests.journeys.hand import Hand, keys_of
from tests.support import made
from ui.theme import current

NAMES = ("Zoë Müller-Łukasik", "Ștefan Țepeș", "Ngọc Trần", "Σοφία Παππά", "Amara Okafor")
DAY = date(2026, 11, 23)


@pytest.fixture
def people(store: Store) -> dict[str, str]:
    found = {
        name: made.candidate(store, name, DAY, emails=[f"person{at}@northfield.example.edu"])
        for at, name in enumerate(NAMES)
    }
    made.project(store, DAY)
    return found


def look_for(hand: Hand, words: str) -> list[str]:
    """Opens the search by its key, types, and reads what is offered."""
    hand.press("Ctrl+K", hand.desk)
    box = hand.desk.palette_.text
    assert QApplication.focusWidget() is box
    box.clear()
    keys_of(box, words)
    hand.until(lambda: not hand.desk.palette_._wait.isActive())
    return [row if isinstance(row, str) else row.title for row in hand.desk.palette_.model.rows]


BEGINNINGS = {
    "mull": "Zoë Müller-Łukasik",
    "zoe": "Zoë Müller-Łukasik",
    "luka": "Zoë Müller-Łukasik",
    "tepe": "Ștefan Țepeș",
    "ngoc tra": "Ngọc Trần",
    "παππ": "Σοφία Παππά",
    "person4@north": "Amara Okafor",
}


def test_a_beginning_without_accents_leads_there(people: dict[str, str], hand: Hand) -> None:
    for typed, name in BEGINNINGS.items():
        found = look_for(hand, typed)
        assert found[:2] == ["Candidates", name], typed
        hand.press("Return")
        assert hand.desk.palette_.isHidden()
        assert hand.desk.place() == "candidates"
        assert hand.app.places["candidates"].table.current_id() == people[name]
        hand.sees(name)


def test_a_project_is_found_by_its_words(people: dict[str, str], hand: Hand) -> None:
    assert look_for(hand, "mailing li")[:2] == ["Projects", "Clean the mailing list"]
    hand.press("Return")
    assert hand.desk.place() == "projects"
    hand.sees("Clean the mailing list")


def test_what_is_typed_is_words_and_nothing_else(people: dict[str, str], hand: Hand) -> None:
    for typed in ('"', "a OR", "NEAR(", "*", "-", "';--", "name:", "<b>", "=1+1", "\\"):
        look_for(hand, typed)
        hand.press("Esc")
    assert hand.desk.palette_.isHidden()


def test_someone_new_is_found_and_someone_gone_is_not(people: dict[str, str], hand: Hand) -> None:
    assert look_for(hand, "amara")[1] == "Amara Okafor"
    hand.press("Return")
    hand.menu("More for this person", "Remove from the store")
    assert "Amara Okafor" not in look_for(hand, "amara")
    hand.press("Esc")
    hand.press("Ctrl+Z", hand.desk)
    assert look_for(hand, "amara")[1] == "Amara Okafor"


def test_commands_run_from_it(people: dict[str, str], hand: Hand) -> None:
    assert "New candidate" in look_for(hand, "new cand")
    hand.press("Return")
    assert hand.form.objectName() == "form-candidates"
    hand.press("Esc")
    look_for(hand, "settings")
    hand.press("Return")
    assert hand.desk.place() == "settings"
    look_for(hand, "theme dark")
    hand.press("Return")
    assert current().mode == "dark"


def test_nothing_found_is_said(hand: Hand) -> None:
    assert look_for(hand, "qqqq") == []
    assert hand.desk.palette_.none.isVisible()
    hand.press("Esc")
    assert hand.desk.palette_.isHidden()
