"""Charts on paper: columns side by side, and lines whose parts make up a whole. What they are is core.chart's.

Every bar has its number, so that no scale has to be read, and no colour alone says what it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Flowable

from core.chart import Chart, ChartBar, dark_upon, shades, total
from core.chart import every as labels_every
from core.paper.flow import Markup, coloured, para
from core.paper.style import ACCENT, HAIR, INK, style
from core.text import in_digits

_LEGEND_LINE = 11.0
_WIDEST = 60.0
_NARROW = 0.8
"""Of a label's place, what a group of bars fills."""


def chart(given: Chart, width: float, height: float = 108) -> Flowable:
    """`height`: of columns; lines take what they need."""
    return Lines(given, width) if given.whole else Columns(given, width, height)


class _Drawn(Flowable):
    """A figure with the chart in words; nothing in it is text of its own."""

    def __init__(self, given: Chart, width: float, height: float) -> None:
        super().__init__()
        self.chart = given
        self.width, self.height = width, height
        count = max(1, len(given.series))
        self.shades = [HexColor(one) for one in shades(count)] if given.series else [ACCENT]

    def draw(self) -> None:
        canvas: Any = self.canv
        with canvas.figure(self.chart.told, self.width, self.height):
            self._draw()

    def _draw(self) -> None:
        raise NotImplementedError

    def _words(self, text: str, x: float, y: float, width: float, align: str = "center", name: str = "tick") -> None:
        words = para(text, name, align)
        words.wrap(width, self.height)
        words.drawOn(self.canv, x, y)

    def _legend(self) -> None:
        """At the top, on as many lines as it takes."""
        x, y = 0.0, self.height - _LEGEND_LINE + 1
        for shade, name in zip(self.shades, self.chart.series, strict=True):
            if x and x + 9 + _wide(name) > self.width:
                x, y = 0.0, y - _LEGEND_LINE
            self.canv.setFillColor(shade)
            self.canv.rect(x, y + 1.6, 6, 6, stroke=0, fill=1)
            self._words(name, x + 9, y, self.width, "left")
            x += 9 + _wide(name) + 12


def _legend_high(series: Sequence[str], width: float) -> float:
    lines, x = min(1, len(series)), 0.0
    for name in series:
        if x and x + 9 + _wide(name) > width:
            lines, x = lines + 1, 0.0
        x += 9 + _wide(name) + 12
    return lines * _LEGEND_LINE + (6 if lines else 0)


class Columns(_Drawn):
    """Bars with their number above and their label below; what lies ahead has neither bar nor number."""

    def _draw(self) -> None:
        chart, canvas = self.chart, self.canv
        groups = chart.groups
        step = self.width / max(1, len(groups))
        below = [para(group[0].label, "tick", "center") for group in groups]
        widest = max((_wide(group[0].label) for group in groups), default=0) + 3
        # In two lines where that lets each group have its name.
        two = step > 24 and all(one.wrap(step, 99)[1] <= 20 for one in below)
        every = 1 if two else labels_every(widest, step, len(groups))
        floor = 4 + max((one.wrap(step * every, 99)[1] for one in below[::every]), default=0)
        top = 12.0 + _legend_high(chart.series, self.width)
        if chart.series:
            self._legend()
        highest = max((bar.value or 0 for bar in chart.bars), default=0) or 1
        bar = min(step * _NARROW / max(1, len(chart.series)), _WIDEST)
        numbered = all(_wide(_number(one)) <= max(bar, step - 2) for one in chart.bars if one.value is not None)
        for at, group in enumerate(groups):
            left = at * step + (step - bar * len(group)) / 2
            for number, one in enumerate(group):
                if one.value is None:
                    continue
                tall = (self.height - floor - top) * one.value / highest
                canvas.setFillColor(self.shades[number])
                if one.value:
                    canvas.rect(left + number * bar, floor, bar - (0.8 if chart.series else 0), tall, stroke=0, fill=1)
                if numbered or one.value == highest:
                    self._number_at(_number(one), left + (number + 0.5) * bar, floor + tall + 1.5)
            if at % every == 0:
                words = below[at]
                _, high = words.wrap(step * every, 99)
                middle, half = (at + 0.5) * step, min(_wide(group[0].label), step * every) / 2
                inside = max(0.0, half - middle) - max(0.0, middle + half - self.width)
                words.drawOn(canvas, middle + inside - step * every / 2, floor - 3 - high)
        canvas.setStrokeColor(INK)
        canvas.setLineWidth(HAIR)
        canvas.line(0, floor, self.width, floor)

    def _number_at(self, text: str, middle: float, y: float) -> None:
        """In the middle over its bar, and within the chart."""
        half = _wide(text) / 2 + 0.5
        middle = min(max(middle, half), self.width - half)
        self._words(text, middle - half, y, 2 * half)


class Lines(_Drawn):
    """A line for each group, filled by its parts from the first of the series to the last."""

    _GAP, _HIGH = 5.0, 12.5

    def __init__(self, given: Chart, width: float) -> None:
        self.names = [para(group[0].label, "small") for group in given.groups]
        self.side = min(width * 0.45, max((_wide(one[0].label, "small") for one in given.groups), default=0) + 8)
        self.highs = [max(self._HIGH, name.wrap(self.side - 6, 99)[1]) for name in self.names]
        self.top = _legend_high(given.series, width)
        super().__init__(given, width, self.top + sum(self.highs) + self._GAP * len(self.highs))
        self.base = max((_wide(f"of {in_digits(total(group))}") for group in given.groups), default=0) + 6

    def _draw(self) -> None:
        canvas = self.canv
        self._legend()
        room = self.width - self.side - self.base
        y = self.height - self.top
        for name, high, group in zip(self.names, self.highs, self.chart.groups, strict=True):
            y -= high
            _, tall = name.wrap(self.side - 6, 99)
            name.drawOn(canvas, 0, y + (high - tall) / 2)
            base, x, low = total(group), self.side, y + (high - self._HIGH) / 2
            for number, one in enumerate(group):
                if not one.value:
                    continue
                wide = room * one.value / base
                canvas.setFillColor(self.shades[number])
                canvas.rect(x, low, wide - 0.8, self._HIGH, stroke=0, fill=1)
                if _wide(_number(one)) <= wide - 3:
                    self._words(self._upon(number, _number(one)), x, low + 1.9, wide - 0.8)
                x += wide
            self._words(f"of {in_digits(base)}", self.width - self.base, low + 1.9, self.base, "right")
            y -= self._GAP

    def _upon(self, number: int, text: str) -> Markup:
        shade = shades(len(self.chart.series))[number]
        return coloured(text, INK if dark_upon(shade) else HexColor("#ffffff"))


def _number(one: ChartBar) -> str:
    return one.shown or in_digits(one.value or 0)


def _wide(text: str, name: str = "tick") -> float:
    look = style(name)
    return float(stringWidth(text, look.fontName, look.fontSize))
