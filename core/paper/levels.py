"""Small drawings in lines and areas: a level as dots, bars by month."""

from __future__ import annotations

from typing import Any

from reportlab.platypus import Flowable

from core.chart import Chart
from core.paper.flow import para
from core.paper.style import ACCENT, HAIR, INK, LINE


class LevelDots(Flowable):
    """`level` of `levels` filled dots. The words beside it say the same."""

    def __init__(self, level: int, levels: int) -> None:
        super().__init__()
        self.level, self.levels = level, levels
        self.width, self.height = levels * 9.5, 10.5

    def draw(self) -> None:
        for number in range(self.levels):
            filled = number < self.level
            self.canv.setFillColor(ACCENT if filled else LINE)
            self.canv.circle(3.2 + number * 9.5, 5, 3.2, stroke=0, fill=1)


class ChartBars(Flowable):
    """Bars with their number above and their name below; what lies ahead has neither bar nor number."""

    def __init__(self, chart: Chart, width: float, height: float = 120) -> None:
        super().__init__()
        self.chart = chart
        self.width, self.height = width, height

    def draw(self) -> None:
        canvas: Any = self.canv
        with canvas.figure(self.chart.told, self.width, self.height):
            self._draw()

    def _draw(self) -> None:
        floor, top = 14.0, 13.0
        step = self.width / max(1, len(self.chart.bars))
        highest = max((one.value or 0 for one in self.chart.bars), default=0) or 1
        for number, one in enumerate(self.chart.bars):
            left = number * step
            bar = step * 0.8
            if one.value is not None:
                tall = (self.height - floor - top) * one.value / highest
                self.canv.setFillColor(ACCENT)
                if one.value:
                    self.canv.rect(left + (step - bar) / 2, floor, bar, tall, stroke=0, fill=1)
                self._words(f"{one.value}", left, floor + tall + 1.5, step)
            self._words(one.label, left, 2, step)
        self.canv.setStrokeColor(INK)
        self.canv.setLineWidth(HAIR)
        self.canv.line(0, floor, self.width, floor)

    def _words(self, text: str, x: float, y: float, width: float) -> None:
        words = para(text, "tick", "center")
        words.wrap(width, 20)
        words.drawOn(self.canv, x, y)
