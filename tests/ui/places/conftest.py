"""A desk on a real encrypted store whose calendar stands still."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core.store import Store
from tests.support.stores import TODAY, new_store
from ui.app import App
from ui.theme import Theme


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    monkeypatch.setenv("FOOTHOLD_TODAY", TODAY.isoformat())
    with new_store(tmp_path) as made:
        yield made


@pytest.fixture
def app(qapp: QApplication, qtbot: QtBot, store: Store) -> Iterator[App]:
    Theme.apply(qapp, "light")
    made = App(store, None)
    with qtbot.waitActive(made.desk):
        made.desk.show()
    yield made
    made.tasks.wait_all()
    made.desk.close()
    made.desk.deleteLater()
