"""Every window and every form is walked through: by name, by Tab, by Alt, in words that are larger or longer."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from core.jobs.sample import fill
from core.store import Key, Store, keys
from tests.support.stores import TODAY
from tests.ui import walking
from ui import registry, tour
from ui.app import App
from ui.theme import Theme

LOOKS = {"as it is": (1.0, 100), "125 %": (1.25, 100), "150 %": (1.5, 100), "words longer by a third": (1.0, 135)}


@pytest.fixture(scope="session")
def year(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Key]:
    """The sample program; closed, to be copied."""
    path, key = tmp_path_factory.mktemp("year") / "Sample program.foothold", keys.new_key()
    store = Store.create(path, key, "Lakeside Print & Design", "Maria Keller")
    fill(store, TODAY)
    store.close()
    return path, key


@pytest.fixture
def desk(
    qapp: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, year: tuple[Path, Key]
) -> Iterator[Callable[[float, int], App]]:
    """Opens the desk on the sample program at a size of text, with words stretched by so many per cent."""
    monkeypatch.setenv("FOOTHOLD_TODAY", TODAY.isoformat())
    opened: list[App] = []

    def sit_down(text: float = 1.0, stretch: int = 100) -> App:
        Theme.apply(qapp, "light", text)
        face = QFont(qapp.font())
        face.setStretch(stretch)
        qapp.setFont(face)
        path, key = year
        app = App(Store.open(Path(shutil.copy(path, tmp_path / path.name)), key), None)
        opened.append(app)
        app.desk.resize(*tour.SIZE)
        with qtbot.waitActive(app.desk):
            app.desk.show()
        return app

    yield sit_down
    for app in opened:
        app.tasks.wait_all()
        app.desk.close()
        app.desk.deleteLater()
    Theme.apply(qapp, "light")


def laid(app: App, window: QWidget) -> QWidget:
    app.tasks.wait_all()
    for _ in range(3):
        tour.settle(window)
        QCoreApplication.sendPostedEvents()
    return walking.ground(window)


@pytest.mark.parametrize("look", LOOKS)
def test_no_words_are_cut(desk: Callable[[float, int], App], look: str) -> None:
    app = desk(*LOOKS[look])
    wrong = [f"{name}: {why}" for name, window in tour.windows(app) for why in walking.cut(laid(app, window))]
    assert not wrong, "\n".join(wrong)


def test_every_window_is_walked_by_name_and_by_key(desk: Callable[[], App], qtbot: QtBot) -> None:
    app = desk()
    wrong, walked = [], set()
    for name, window in tour.windows(app):
        under = laid(app, window)
        walked.add(name)
        assert not name.startswith("form-") or under is app.desk.layer.sheet, f"{name} did not open"
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        found = [*walking.nameless(under), *walking.doubled_letters(window)]
        if name != "search":  # Tab goes through what was found, as Down does
            found += walking.stray(under)
        wrong += [f"{name}: {why}" for why in found]
    assert not wrong, "\n".join(wrong)
    assert {name.removeprefix("form-") for name in walked if name.startswith("form-")} == set(registry.names())
    assert {f"place-{key}" for key in app.places} <= walked
