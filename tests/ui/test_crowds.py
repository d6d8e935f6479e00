"""The year and the board with no project, a few and hundreds: named, uncut, reached by key, in both themes."""

from __future__ import annotations

from time import perf_counter

import pytest
from PySide6.QtWidgets import QApplication

from tests.support.stores import TODAY
from tests.ui import walking
from ui.theme import MODES, Theme
from ui.tour import SIZE, settle
from ui.tour_crowds import COUNTS, crowds

_SECONDS = 20
"""For a store, a desk and two places; on a busy machine."""


@pytest.mark.parametrize("mode", [mode for mode in MODES if mode != "system"])
@pytest.mark.parametrize("count", COUNTS)
def test_few_or_many_it_can_be_read(qapp: QApplication, monkeypatch: pytest.MonkeyPatch, mode: str, count: int) -> None:
    monkeypatch.setenv("FOOTHOLD_TODAY", TODAY.isoformat())
    Theme.apply(qapp, mode)  # type: ignore[arg-type]
    began, names = perf_counter(), []
    for name, app in crowds(SIZE, (count,)):
        names.append(name)
        settle(app.desk)
        assert not app.desk.grab().isNull()
        assert walking.cut(app.desk) == []
        assert walking.nameless(app.desk) == []
    Theme.apply(qapp, "light")
    assert names[0] == f"place-year-{count}"
    assert perf_counter() - began < _SECONDS
