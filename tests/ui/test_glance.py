"""A start with a kept glance: Today's rows stand before the store is opened, and are the store's own after it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from core.errors import UserError
from core.insight import glance
from core.jobs.sample import fill
from core.store import Key, Store
from core.work import todos
from tests.support.stores import TODAY, new_store
from ui.app import App
from ui.start import Opened
from ui.theme import Theme

Start = Callable[..., App]


@pytest.fixture(scope="session")
def closed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Key]:
    store = new_store(tmp_path_factory.mktemp("kept"))
    fill(store, TODAY)
    glance.keep(store, today=TODAY)
    store.close()
    return store.path, store.key


@pytest.fixture
def start(
    qapp: QApplication, tmp_path: Path, closed: tuple[Path, Key], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Start]:
    monkeypatch.setenv("FOOTHOLD_TODAY", TODAY.isoformat())
    Theme.apply(qapp, "light")
    path, key = closed
    copy = shutil.copy(path, tmp_path / path.name)
    made: list[App] = []

    def begin(open_store: Callable[[], Store] | None = None, ask: Callable[[], Opened | None] = lambda: None) -> App:
        first = glance.kept(copy, key, today=TODAY)
        assert first is not None
        app = App(open_store or (lambda: Store.open(copy, key)), None, begin=False, glance=first)
        made.append(app)
        app.begin_with(first, ask)
        return app

    yield begin
    for app in made:
        app.desk.close()
        app.close()
        app.desk.deleteLater()


def words(app: App) -> list[str]:
    return [one.text() for one in app.places["today"].findChildren(QLabel) if one.isVisible()]


def test_its_rows_stand_before_the_store_is_opened_and_stay(qtbot: QtBot, start: Start) -> None:
    app = start()
    assert app._store is None
    before = words(app)
    assert any("Going cold" in one for one in before)
    counts = dict(app._counts)
    qtbot.waitUntil(lambda: app._store is not None, timeout=20_000)
    assert app.places["today"].painted_rows()
    assert words(app) == before
    assert app.store.check() == []
    assert app._counts == counts


def test_a_click_before_the_store_is_open_opens_it(qtbot: QtBot, start: Start) -> None:
    app = start()
    today = app.places["today"]
    today.capture.setText("Paint the door")
    today.capture.returnPressed.emit()
    assert app._store is not None
    assert today.capture.text() == ""
    assert "Paint the door" in [one.text for one in today._view.to_dos]
    qtbot.waitUntil(lambda: any("Waiting for you" in one for one in words(app)))


def test_closing_at_once_leaves_the_store_alone(start: Start) -> None:
    app = start()
    app.desk.close()
    assert app._store is None


def test_closing_keeps_the_next_glance(qtbot: QtBot, start: Start) -> None:
    app = start()
    todos.capture_todo(app.store, "Paint the door", today=TODAY)
    path, key = app.store.path, app.store.key
    app.desk.close()
    after = glance.kept(path, key, today=TODAY)
    assert after is not None
    assert "Paint the door" in [one.text for one in after.view.to_dos]


def test_where_the_store_cannot_be_opened_the_person_is_asked(qtbot: QtBot, start: Start, tmp_path: Path) -> None:
    def refused() -> Store:
        raise UserError("It is open elsewhere.")

    (tmp_path / "other").mkdir()
    other = new_store(tmp_path / "other")
    asked: list[bool] = []

    def ask() -> Opened:
        asked.append(app.desk.isVisible())
        return Opened(other)

    app = start(refused, ask)
    qtbot.waitUntil(lambda: app._store is other, timeout=20_000)
    assert asked == [False]  # what the other store holds is out of sight meanwhile
    qtbot.waitUntil(app.desk.isVisible)
    assert any("A good place to begin" in one for one in words(app))
