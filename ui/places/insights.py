"""Insights: what the program does, and whether those who are selected are selected fairly."""

from __future__ import annotations

from ui.places.tabbed import Tabbed


class Insights(Tabbed):
    key, title, icon = "insights", "Insights", "chart-column"
    pages = {"Promises": "promises:Promises", "Fairness": "fairness:FairnessPage"}
