"""A list for one's own purpose: narrowed by conditions, named, found at the left, opened again, removed, and back."""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QMenu

from core.store import Store
from core.work.tags import set_tags
from tests.journeys.hand import Hand
from tests.support import made
from tests.support.stores import TODAY


def take(hand: Hand, button: str, words: str) -> None:
    """A line of the menu that a button opens."""
    hand.click(button)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    line = next(one for one in menu.actions() if one.text() == words)
    menu.close()
    line.trigger()
    hand.rest()


def lists(hand: Hand) -> list[str]:
    return [one.text() for one in hand.seen(QAbstractButton, hand.desk.side)]


def test_a_list_is_made_named_opened_and_removed(hand: Hand, store: Store) -> None:
    people = [made.candidate(store, name) for name in ("Ann Abt", "Bo Tran", "Cy Eze")]
    set_tags(store, people[:2], ["Fair"], today=TODAY)
    hand.go("Candidates")
    take(hand, "Add a filter", "All conditions…")
    hand.click("Add a condition")
    about, how = hand.seen(QComboBox, hand.sheet)[1:3]
    hand.pick(about, "Tag")
    hand.pick(how, "Any tag")
    hand.until(lambda: "2 of 3 people" in hand.text(hand.sheet))
    hand.save()
    hand.sees("3 → 2")
    take(hand, "Columns, groups, saved lists", "Save as a list…")
    hand.type(hand.seen(QLineEdit, hand.sheet)[0], "From the fair")
    hand.save()
    hand.click("Filter: Any tag. Press to remove")
    hand.go("From the fair")
    hand.sees("3 → 2")
    take(hand, "Columns, groups, saved lists", "Remove “From the fair”")
    assert "From the fair" not in lists(hand)
    hand.press("Ctrl+Z", hand.desk)
    assert "From the fair" in lists(hand)
