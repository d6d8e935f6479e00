"""A chart as plain data: the one definition that the screen draws, the paper prints and a screen reader hears."""

from __future__ import annotations

from dataclasses import dataclass, replace

Rows = tuple[tuple[str, str], ...]
_STEPS = {
    False: ("#dcebe4", "#8cc0ad", "#37786a", "#0f4a3a"),
    True: ("#2c443d", "#427264", "#74b8a2", "#d2f2e7"),
}
"""Of one hue, by lightness, so that grey print and eyes that see few colours tell them apart; the last is strongest."""
_TAKEN = {1: (3,), 2: (1, 3), 3: (0, 2, 3), 4: (0, 1, 2, 3)}


@dataclass(frozen=True, slots=True)
class ChartBar:
    """`value` None: it lies ahead. `words`: what a tip and a screen reader say ("October 2026: 6 projects").

    `shown`: what stands at it, where that is not the bare number. `soon`: begun to be filled, and drawn paler.
    `rows`: (noun, id) of all that it counts.
    """

    label: str
    value: int | None
    words: str
    soon: bool = False
    rows: Rows = ()
    shown: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """`series`: with names, the bars come in groups of as many, one of each, and a group is one label's.

    `whole`: the bars of a group are parts of it; it is drawn as one line that they fill. `unit`: what a whole counts.
    """

    title: str
    bars: tuple[ChartBar, ...]
    series: tuple[str, ...] = ()
    whole: bool = False
    unit: str = ""

    @property
    def empty(self) -> bool:
        return not any(bar.value for bar in self.bars)

    def bare(self) -> Chart:
        """Without the rows, which only a screen opens."""
        return replace(self, bars=tuple(replace(bar, rows=()) for bar in self.bars))

    @property
    def groups(self) -> tuple[tuple[ChartBar, ...], ...]:
        size = max(1, len(self.series))
        return tuple(self.bars[at : at + size] for at in range(0, len(self.bars), size))

    @property
    def told(self) -> str:
        """The chart in words, for who cannot see it; what lies ahead is left out, and of a whole what nobody chose."""
        said = "; ".join(bar.words for bar in self.bars if bar.value or (bar.value is not None and not self.whole))
        return f"{self.title}. {said}."


def total(group: tuple[ChartBar, ...]) -> int:
    return sum(bar.value or 0 for bar in group)


def every(widest: float, step: float, count: int) -> int:
    """Of `count` labels a `step` apart as many as have room: each, each second, third, sixth ... as months go."""
    steps = (1, 2, 3, 6, 12, 24, 60, 120)
    return next((one for one in steps if one * step >= widest or one >= count), steps[-1])


def shades(series: int, *, dark: bool = False) -> tuple[str, ...]:
    """As #rrggbb, for up to four series, on a light ground or a dark one."""
    return tuple(_STEPS[dark][step] for step in _TAKEN[series])


def dark_upon(shade: str) -> bool:
    """Whether dark letters are read better upon it than light ones (WCAG 2.1, relative luminance)."""
    red, green, blue = (_linear(int(shade[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.179


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4
