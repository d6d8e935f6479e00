"""Light and dark while the desk is open, and the banner of the sample program."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QAbstractButton, QMessageBox
from pytestqt.qtbot import QtBot

from core.store import Store
from core.work import todos
from tests.journeys.conftest import FIRST_DAY
from tests.journeys.hand import Hand
from tests.support import made
from ui.app import App
from ui.theme import current, tokens

PLACES = ("Today", "Candidates", "Evaluations", "Insights")


def ground(hand: Hand) -> float:
    """How light the page is, 0 to 1, as it is painted."""
    picture = hand.desk.grab().toImage()
    points = [(0.3, 0.02), (0.6, 0.99), (0.01, 0.5), (0.22, 0.9)]
    seen = [picture.pixelColor(int(picture.width() * x), int(picture.height() * y) - 1) for x, y in points]
    return sum(one.lightnessF() for one in seen) / len(seen)


def choose(hand: Hand, theme: str) -> None:
    """From the View menu."""
    (action,) = [
        one for menu in hand.desk.menuBar().actions() if menu.menu() for one in menu.menu().actions()
        if one.text().replace("&", "") == theme
    ]  # fmt: skip
    action.trigger()
    hand.rest()


def test_the_theme_turns_while_one_works(store: Store, hand: Hand) -> None:
    made.candidate(store, today=FIRST_DAY)
    made.project(store, FIRST_DAY)
    for place in PLACES:
        hand.go(place)
        choose(hand, "Light")
        assert ground(hand) > 0.85, place
        choose(hand, "Dark")
        assert ground(hand) < 0.25, place
    ink, panel = QColor(tokens().ink), QColor(tokens().panel)
    assert ink.lightnessF() > 0.8
    assert panel.lightnessF() < 0.25


def test_an_open_form_keeps_what_is_typed(hand: Hand) -> None:
    hand.press("Ctrl+N", hand.desk)
    hand.fill(title="A new catalogue", estimated_hours="12")
    choose(hand, "Dark")
    assert hand.form.form.rows["title"].field.value() == "A new catalogue"
    choose(hand, "Light")
    hand.save()
    hand.sees("A new catalogue")


def test_the_theme_is_remembered(store: Store, desks: Callable[..., Hand], tmp_path: Path, qtbot: QtBot) -> None:
    settings = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    app = App(store, settings)
    qtbot.addWidget(app.desk)
    next(one for one in app.desk.offered() if one.key == "theme-dark").run()
    app.desk.close()
    assert settings.value("theme") == "dark"
    assert current().mode == "dark"


@pytest.fixture
def sample(tmp_path: Path, desks: Callable[..., Hand]) -> Hand:
    """As the sample program is: a store that goes when its desk is closed."""
    from core.store import keys

    folder = tmp_path / "sample"
    folder.mkdir()
    store = Store.create(folder / "Sample program.foothold", keys.new_key(), "Lakeside Print & Design", "Maria Keller")
    return desks(store, sample=True)


def answering(monkeypatch: pytest.MonkeyPatch, words: str) -> list[str]:
    """Presses this button of the next question; returns the questions asked."""
    asked: list[str] = []

    def press(box: QMessageBox) -> int:
        asked.append(box.text())
        button: QAbstractButton = next(one for one in box.buttons() if one.text() == words)
        button.click()
        return 0

    monkeypatch.setattr(QMessageBox, "exec", press)
    return asked


def test_the_banner_says_that_it_is_a_sample(sample: Hand, hand: Hand) -> None:
    assert "This is a sample program" in sample.text(sample.desk.banner)
    assert not hand.desk.banner.isVisible()


def test_an_untouched_sample_goes_without_a_word(sample: Hand, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = answering(monkeypatch, "Go on working")
    path = sample.app.store.path
    sample.desk.close()
    assert asked == []
    assert not path.exists()


def test_what_was_entered_in_a_sample_is_asked_about(
    sample: Hand, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, desks: Callable[..., Hand]
) -> None:
    from core.jobs.opening import open_store

    todos.capture_todo(sample.app.store, "Something of mine", today=FIRST_DAY)
    path = sample.app.store.path
    asked = answering(monkeypatch, "Go on working")
    sample.desk.close()
    assert asked == ["Keep what you entered?"]
    assert sample.desk.isVisible()
    kept = tmp_path / "mine.foothold"
    sample.choosing(kept)
    answering(monkeypatch, "Keep…")
    sample.desk.close()
    assert not path.exists()
    desks(open_store(kept)).sees("Something of mine")


def test_a_sample_let_go_is_gone(sample: Hand, monkeypatch: pytest.MonkeyPatch) -> None:
    todos.capture_todo(sample.app.store, "Not worth keeping", today=FIRST_DAY)
    path = sample.app.store.path
    answering(monkeypatch, "Let it go")
    sample.desk.close()
    assert not path.exists()
