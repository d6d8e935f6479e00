"""Insights: a bar of the chart opens what it counts, and a promise says how it stood the period before."""

from __future__ import annotations

from PySide6.QtCore import Qt

from core.insight.summary import program_summary
from core.store import Store
from core.work import run
from tests.journeys.hand import Hand
from tests.support import made
from tests.support.stores import TODAY
from ui.widgets.bars import Bars


def test_a_bar_opens_the_projects_that_it_counts(hand: Hand, store: Store) -> None:
    project = made.project(store, title="A spring catalogue")
    work = made.engagement(store, made.application(store, project, made.candidate(store)))
    run.start(store, work, today=TODAY, on=TODAY)
    hand.go("Insights")
    (bars,) = [one for one in hand.seen(Bars) if one.isVisible() and one.chart.title == "Projects by month"]
    chart = program_summary(store, *hand.app.places["insights"].page("Promises").span(), today=TODAY).by_month
    at = next(at for at, bar in enumerate(chart.bars) if bar.value)
    assert chart.bars[at].rows == (("projects", project),)
    assert chart.bars[at].words in bars.accessibleDescription()
    bars.setFocus()
    for _ in range(at):
        hand.qtbot.keyClick(bars, Qt.Key.Key_Right)
    hand.qtbot.keyClick(bars, Qt.Key.Key_Return)
    hand.rest()
    hand.sees(chart.bars[at].words, "A spring catalogue")
    hand.click("Open")
    hand.sees("A spring catalogue")


def test_a_bar_on_today_opens_the_projects_of_its_month(hand: Hand, store: Store) -> None:
    project = made.project(store, title="A spring catalogue")
    work = made.engagement(store, made.application(store, project, made.candidate(store)))
    run.start(store, work, today=TODAY, on=TODAY)
    hand.go("Today")
    (bars,) = [one for one in hand.seen(Bars) if one.isVisible()]
    bars.opened.emit(TODAY.month - 1)
    hand.rest()
    hand.sees("Projects at work in that month", "A spring catalogue")
    hand.click("Open")
    hand.sees("A spring catalogue")
