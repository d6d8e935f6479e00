"""A chart as plain data: the one definition that the screen draws, the paper prints and a screen reader hears."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ChartBar:
    """`value` None: it lies ahead. `words`: what a tip and a screen reader say ("October 2026: 6 projects").

    `soon`: begun to be filled, and drawn paler. `rows`: (noun, id) of all that it counts.
    """

    label: str
    value: int | None
    words: str
    soon: bool = False
    rows: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Chart:
    title: str
    bars: tuple[ChartBar, ...]

    @property
    def empty(self) -> bool:
        return not any(bar.value for bar in self.bars)

    @property
    def told(self) -> str:
        """The chart in words, for who cannot see it; what lies ahead is left out."""
        said = "; ".join(bar.words for bar in self.bars if bar.value is not None)
        return f"{self.title}. {said}."
