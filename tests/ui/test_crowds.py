"""Places with nothing in them, with a little and with far more than anyone has: named, uncut, in both themes."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from tests.support.stores import TODAY
from tests.ui import walking
from ui.theme import MODES, Theme
from ui.tour import SIZE, settle
from ui.tour_crowds import CROWDS, crowds

CASES = [(name, count) for name, kind in CROWDS.items() for count in kind.counts]
MOST_IN_BOTH = 1_000
"""What is larger is looked at in the light theme alone."""


@pytest.mark.parametrize("mode", [mode for mode in MODES if mode != "system"])
@pytest.mark.parametrize(("kind", "count"), CASES)
def test_few_or_many_it_can_be_read(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch, mode: str, kind: str, count: int
) -> None:
    if mode == "dark":
        count = min(count, MOST_IN_BOTH)
    monkeypatch.setenv("FOOTHOLD_TODAY", TODAY.isoformat())
    Theme.apply(qapp, mode)  # type: ignore[arg-type]
    names = []
    for name, app in crowds(SIZE, kind, (count,)):
        names.append(name)
        settle(app.desk)
        assert not app.desk.grab().isNull()
        assert walking.cut(app.desk) == []
        assert walking.nameless(app.desk) == []
    Theme.apply(qapp, "light")
    assert len(names) == len(set(names)) >= 1
