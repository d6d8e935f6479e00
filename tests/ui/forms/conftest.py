"""A desk on a real encrypted store whose calendar stands still, and a hand at it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core.store import Store
from tests.journeys.hand import Hand
from tests.support.stores import TODAY, new_store
from ui.app import App
from ui.theme import Theme


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    monkeypatch.setenv("FOOTHOLD_TODAY", TODAY.isoformat())
    with new_store(tmp_path) as made:
        yield made


@pytest.fixture
def hand(qapp: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, store: Store) -> Iterator[Hand]:
    theme = qapp.findChild(Theme)
    if theme is None or theme.mode != "light" or theme.px(100) != 100:
        Theme.apply(qapp, "light")
    app = App(store, None)
    with qtbot.waitActive(app.desk):
        app.desk.show()
    yield Hand(app, qtbot, monkeypatch)
    app.tasks.wait_all()
    app.desk.close()
    app.desk.deleteLater()
