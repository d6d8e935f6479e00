"""A level as dots."""

from __future__ import annotations

from reportlab.platypus import Flowable

from core.paper.style import ACCENT, LINE


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
