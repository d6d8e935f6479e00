"""Charts on the screen: what is drawn is where a click finds it, and keys reach every bar that there is to see."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core.chart import Chart, ChartBar
from ui.theme import Theme
from ui.widgets.bars import Bars
from ui.widgets.chart import ChartWidget
from ui.widgets.chart_lines import ChartLines

LEVELS = ("Emerging Knowledge", "Understanding", "Early Application", "Advanced Application")
COUNTS = ((0, 2, 3, 0), (1, 0, 0, 4))


@pytest.fixture(autouse=True)
def look(qapp: QApplication) -> None:
    Theme.apply(qapp, "light")


def lines() -> ChartLines:
    bars = tuple(
        ChartBar(name, count, f"{name}: {level}, {count}")
        for name, counts in zip(("Teamwork", "Technology"), COUNTS, strict=True)
        for level, count in zip(LEVELS, counts, strict=True)
    )
    return ChartLines(Chart("What we saw", bars, LEVELS, whole=True))


def columns() -> Bars:
    bars = tuple(
        ChartBar(label, at * 3, f"{label} {at}") for at, label in enumerate(("1st year", "1st year", "2nd", "2nd"))
    )
    return Bars(Chart("Class year", bars, ("Applied", "Selected")), 132, numbered=True)


@pytest.mark.parametrize("make", [lines, columns])
@pytest.mark.parametrize("width", [180, 420, 900])
def test_a_click_opens_the_bar_that_is_drawn_there(make: type[ChartWidget], width: int, qtbot: QtBot) -> None:
    chart = make()  # type: ignore[call-arg]
    qtbot.addWidget(chart)
    chart.resize(width, 10)
    chart.show()
    # As high as it needs to be, its legend on as many lines as it takes.
    assert chart.height() == chart.high(width)
    got: list[int] = []
    chart.opened.connect(got.append)
    seen = [at for at, bar in enumerate(chart.chart.bars) if bar.value or not chart.chart.whole]
    for at in seen:
        assert chart.slot(at).bottom() <= chart.height() + 0.5
        QTest.mouseClick(chart, Qt.MouseButton.LeftButton, pos=chart.slot(at).center().toPoint())
    assert got == seen
    chart.grab()


def test_keys_go_past_what_nobody_chose(qtbot: QtBot) -> None:
    chart = lines()
    qtbot.addWidget(chart)
    chart.resize(400, 100)
    chart.show()
    got: list[int] = []
    chart.opened.connect(got.append)
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Return, Qt.Key.Key_Left):
        QTest.keyClick(chart, key)
    QTest.keyClick(chart, Qt.Key.Key_Space)
    assert got == [1, 4, 2]
    assert chart.accessibleName() == "What we saw, Teamwork: Early Application, 3"
    for _ in range(9):
        QTest.keyClick(chart, Qt.Key.Key_Right)
    QTest.keyClick(chart, Qt.Key.Key_Return)
    assert got[-1] == 7
