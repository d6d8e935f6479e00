"""The first minute: the name of the business, done; then empty places that offer the first step."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QFileDialog
from pytestqt.qtbot import QtBot

from core.jobs.opening import open_store
from core.store import keys
from tests.journeys.hand import Hand, keys_of
from tests.support.keyring_backend import VARIABLE
from ui.last import remembered
from ui.start import StartWindow, open_or_ask
from ui.widgets.empty import Empty

Start = Callable[[], StartWindow]
ASKS = "only the recovery sheet opens your store again"


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> QSettings:
    """Of somebody who never started it, and whose documents lie in this test's folder."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    return QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)


@pytest.fixture
def start(settings: QSettings, desks: Callable[..., Hand], qtbot: QtBot) -> Start:
    def make() -> StartWindow:
        window = StartWindow(settings)
        qtbot.addWidget(window)
        with qtbot.waitActive(window):
            window.show()
        return window

    return make


def click(window: StartWindow, words: str) -> None:
    found = [one for one in window.findChildren(QAbstractButton) if one.text().strip() == words]
    QTest.mouseClick(found[0], Qt.MouseButton.LeftButton)


def begin(start: Start, desks: Callable[..., Hand], business: str = "Käthe’s Café & Söhne") -> Hand:
    window = start()
    keys_of(window.business, business)
    keys_of(window.owner, "Käthe Brandt")
    click(window, "Start")
    assert window.opened is not None, window.problem.words.text()
    return desks(window.opened.store)


def test_a_name_is_all_it_takes(start: Start, desks: Callable[..., Hand], settings: QSettings, tmp_path: Path) -> None:
    hand = begin(start, desks)
    path = hand.app.store.path
    assert path.is_relative_to(tmp_path)
    assert path.suffix == ".foothold"
    assert not path.read_bytes().startswith(b"SQLite format 3")
    assert remembered(settings) == path
    hand.sees("Käthe’s Café & Söhne", "A good place to begin")
    hand.desk.close()
    again = open_or_ask(None, False, None, settings)
    assert again is not None
    assert again.store.path == path
    again.store.close()


def test_without_a_name_it_asks_for_one(start: Start) -> None:
    window = start()
    click(window, "Start")
    assert window.opened is None
    assert window.problem.words.text() == "Type the name of your business first."
    assert window.focusWidget() is window.business


def test_two_businesses_of_one_name_lie_side_by_side(start: Start, desks: Callable[..., Hand]) -> None:
    first = begin(start, desks, "Lakeside").app.store.path
    second = begin(start, desks, "Lakeside").app.store.path
    assert first != second
    assert first.exists()
    assert second.exists()


def test_without_a_keyring_it_asks_for_a_passphrase(
    start: Start, desks: Callable[..., Hand], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, "none")
    window = start()
    keys_of(window.business, "Lakeside")
    click(window, "Start")
    assert window.opened is None
    assert keys.no_keyring_words() in window.problem.words.text()
    assert window.passphrase.isVisible()
    keys_of(window.passphrase, "short")
    click(window, "Start")
    assert "at least 8 characters" in window.problem.words.text()
    keys_of(window.passphrase, " but now long enough")
    click(window, "Start")
    assert window.opened is not None
    desks(window.opened.store).sees("Lakeside")


def test_a_file_that_is_no_store_is_said_to_be_none(
    start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is changed in it, and the way out stays open."""
    foreign = tmp_path / "holiday.foothold"
    foreign.write_text("Dear all, the sea is warm." * 400, "utf-8")
    window = start()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", staticmethod(lambda *_: (str(foreign), "")))
    click(window, "Open a store…")
    assert window.opened is None
    assert "holiday.foothold" in window.problem.words.text()
    assert foreign.read_text("utf-8").startswith("Dear all")


def test_the_sample_program_is_one_click_away(start: Start, desks: Callable[..., Hand]) -> None:
    window = start()
    click(window, "Look at the sample program")
    assert window.opened is not None
    assert window.opened.sample
    hand = desks(window.opened.store, sample=True)
    hand.sees("Waiting for you")
    path = hand.app.store.path
    hand.desk.close()
    assert not path.exists()


STEPS = [
    ("Today", "New project", "form-projects"),
    ("Today", "Add a candidate", "form-candidates"),
    ("Projects", "New project", "form-projects"),
    ("Projects", "Write down to-dos first", "form-to-dos"),
    ("Candidates", "Add a candidate", "form-candidates"),
    ("Evaluations", "New project", "form-projects"),
]


def test_an_empty_place_offers_the_first_step(hand: Hand) -> None:
    for place, step, form in STEPS:
        hand.go(place)
        (empty,) = [one for one in hand.seen(Empty) if one.findChildren(QAbstractButton)]
        hand.click(step, empty)
        assert hand.form.objectName() == form
        hand.press("Esc")
        assert hand.sheet is None


def test_no_empty_place_is_silent(hand: Hand) -> None:
    """Each says what belongs there, in words of its own."""
    for place in ("Today", "Projects", "Candidates", "Evaluations", "Sharing"):
        hand.go(place)
        (empty, *_) = hand.seen(Empty)
        assert len(hand.text(empty)) > 60


def test_the_recovery_sheet_is_asked_for_until_it_is_saved(
    start: Start, desks: Callable[..., Hand], settings: QSettings, tmp_path: Path
) -> None:
    window = start()
    keys_of(window.business, "Lakeside")
    click(window, "Start")
    assert window.opened is not None
    store = window.opened.store
    hand = desks(store, settings=settings)
    hand.sees(ASKS)
    hand.click("Later")
    assert ASKS not in hand.text(hand.desk.banner)
    hand.desk.close()

    hand = desks(open_store(store.path), settings=settings)
    hand.sees(ASKS)
    hand.click("Recovery sheet…")
    hand.save_paper(tmp_path / "sheet.pdf")
    assert ASKS not in hand.text(hand.desk.banner)
    assert (tmp_path / "sheet.pdf").read_bytes().startswith(b"%PDF")
    hand.desk.close()

    assert ASKS not in desks(open_store(store.path), settings=settings).text()
