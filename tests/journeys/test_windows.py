"""One window: nothing else is ever shown as one, not even for a moment while a page is built."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget

from core.store import Store
from tests.journeys.hand import Hand

PLACES = ("Projects", "Candidates", "Evaluations", "Insights", "Sharing", "Settings", "Today")
FORMS = ("projects", "candidates", "schools", "employers", "to_dos", "colleagues", "import")


class Watch(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.seen.append(f"{type(watched).__name__} “{watched.accessibleName()}”")
        return False


@pytest.fixture
def watch(qapp: QApplication) -> Watch:
    made = Watch()
    qapp.installEventFilter(made)
    return made


def test_nothing_flashes(watch: Watch, store: Store, desks: Callable[..., Hand]) -> None:
    hand = desks(store)
    assert watch.seen == ["Desk “”"]
    watch.seen.clear()
    for place in PLACES:
        hand.go(place)
        assert not watch.seen, f"on the way to {place}"
    for form in FORMS:
        hand.app.open_form(form)
        hand.rest()
        assert not watch.seen, f"as the form of {form} opens"
