"""A desk on a real encrypted store, and a hand at it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core.store import Key, Store, keys
from tests.journeys.hand import Hand
from ui.app import App
from ui.theme import Theme

SECRET = "four words do well"
FIRST_DAY = date(2026, 11, 23)


@pytest.fixture
def day(monkeypatch: pytest.MonkeyPatch) -> Callable[[date], None]:
    """Sets the calendar; it begins on a Monday."""

    def turn(to: date) -> None:
        monkeypatch.setenv("FOOTHOLD_TODAY", to.isoformat())

    turn(FIRST_DAY)
    return turn


@pytest.fixture
def desks(
    qapp: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, day: Callable[[date], None]
) -> Iterator[Callable[..., Hand]]:
    """Opens a desk on a store; each is closed at the end."""
    theme = qapp.findChild(Theme)
    if theme is None or theme.mode != "light" or theme.px(100) != 100:
        Theme.apply(qapp, "light")
    opened: list[App] = []

    def sit_down(store: Store, settings: QSettings | None = None, **options: bool) -> Hand:
        app = App(store, settings, **options)
        opened.append(app)
        with qtbot.waitActive(app.desk):
            app.desk.show()
        hand = Hand(app, qtbot, monkeypatch)
        hand.rest()
        return hand

    yield sit_down
    for app in opened:
        if app.desk.isVisible():
            app.desk.may_close = lambda: True
            app.desk.close()
        app.desk.deleteLater()


@pytest.fixture(scope="session")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Key]:
    """A new store under a passphrase, so that the command line opens it by a key file; closed, to be copied."""
    key = keys.from_passphrase(SECRET)
    path = tmp_path_factory.mktemp("fresh") / "Lakeside.foothold"
    Store.create(path, key, "Lakeside Print & Design", "Maria Keller").close()
    return path, key


@pytest.fixture
def store(tmp_path: Path, fresh: tuple[Path, Key]) -> Iterator[Store]:
    path, key = fresh
    with Store.open(shutil.copy(path, tmp_path / path.name), key) as opened:
        yield opened


@pytest.fixture
def hand(store: Store, desks: Callable[..., Hand]) -> Hand:
    return desks(store)
