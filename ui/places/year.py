"""The year: projects on a timeline with what stands against them, and the programs that they belong to."""

from __future__ import annotations

from ui.places.tabbed import Tabbed


class Year(Tabbed):
    key, title, icon = "year", "Year", "calendar-range"
    pages = {"Year": "year_line:YearLine", "Programs": "programs:Programs"}
