"""From a to-do to an open posting, every click and key counted: twelve are enough with a template."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from core.insight.projects import project, projects
from core.insight.templates import suggest
from core.store import Store
from core.work import todos
from tests.journeys.conftest import FIRST_DAY
from tests.journeys.hand import Hand

MOST = 12
TO_DOS = [
    "Tidy the supplier list before January",
    "See what the other printers charge for business cards",
    "Get the receipts of the last quarter in order",
]


class Counting(Hand):
    """A hand that counts: a click is one, and so is a key, with those that are held beside it."""

    done = 0

    def click(self, name: str, under: QWidget | None = None) -> None:
        self.done += 1
        super().click(name, under)

    def press(self, keys: str, on: QWidget | None = None) -> None:
        self.done += 1
        super().press(keys, on)

    def type(self, field: QWidget, words: str) -> None:
        self.done += len(words) + 3
        super().type(field, words)


@pytest.fixture
def sat(desks: Callable[..., Hand], store: Store, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Counting]:
    def sit(todo: str) -> Counting:
        todos.capture_todo(store, todo, today=FIRST_DAY)
        hand = desks(store)
        return Counting(hand.app, hand.qtbot, monkeypatch)

    return sit


@pytest.mark.parametrize("todo", TO_DOS)
def test_a_to_do_becomes_an_open_posting_by_a_template(
    sat: Callable[[str], Counting], store: Store, todo: str, tmp_path: Path
) -> None:
    hand = sat(todo)
    template = suggest(store, todo)[0]
    hand.click(f"Make it a project: {todo}")
    hand.click(f"Start from {template.name}")
    hand.click("Open for applications")
    to_open = hand.done
    [row] = projects(store, today=FIRST_DAY)
    assert (row.title, row.phase) == (todo, "open")
    view = project(store, row.id, today=FIRST_DAY)
    assert [one.words for one in view.check if not one.done] == []
    hand.sees("To put it up")
    hand.click("Copy as text")
    assert QGuiApplication.clipboard().text().startswith(f"{todo}\n")
    hand.click("Posting as PDF")
    assert todo in hand.paper.text()
    hand.save_paper(tmp_path / "posting.pdf")
    assert (to_open, hand.done) == (3, 6)
    assert hand.done <= MOST


def test_the_same_by_the_keys_alone(sat: Callable[[str], Counting], store: Store) -> None:
    """From the title, which has the keyboard when the form opens: past the list to the first that fits, and on."""
    hand = sat(TO_DOS[0])
    hand.button(f"Make it a project: {TO_DOS[0]}").setFocus()
    for keys in ("Space", "Tab", "Tab", "Space", "Ctrl+Shift+Return"):
        hand.press(keys)
    [row] = projects(store, today=FIRST_DAY)
    assert (row.title, row.phase) == (TO_DOS[0], "open")
    assert project(store, row.id, today=FIRST_DAY).template_key == suggest(store, TO_DOS[0])[0].key
    assert hand.done == 5
