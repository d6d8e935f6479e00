"""A column that scrolls is as high as what stands in it."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui.theme import Theme
from ui.widgets.panel import Panel, Scroll
from ui.widgets.text import label

WORDS = "A rate under four fifths of the highest is worth a look, not a verdict. " * 2


@pytest.mark.parametrize("width", [320, 700, 1400])
def test_no_gap_stands_after_words_that_wrap(qapp: QApplication, qtbot: QtBot, width: int) -> None:
    Theme.apply(qapp, "light")
    scroll = Scroll()
    for _ in range(12):
        panel = Panel()
        panel.add(label(WORDS, wrap=True))
        scroll.body.addWidget(panel)
    end = label("The end")
    scroll.body.addWidget(end)
    scroll.body.addStretch(1)
    qtbot.addWidget(scroll)
    scroll.resize(width, 300)
    with qtbot.waitExposed(scroll):
        scroll.show()
    inner = scroll.widget()
    assert inner is not None
    assert scroll.verticalScrollBar().maximum() > 0
    assert inner.height() - end.geometry().bottom() <= end.height()
    scroll.verticalScrollBar().setValue(scroll.verticalScrollBar().maximum())
    assert not end.visibleRegion().isEmpty()
