"""A program summary with something in each of its parts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from core.chart import Chart, ChartBar
from core.paper.facts import FigureGroup, FigureLine, Promise, ReachRow, SpendRow, Stationery, SummaryFacts

DAY = date(2026, 11, 22)


def _chart(title: str, labels: Sequence[str], series: tuple[str, ...], whole: bool = False) -> Chart:
    """Each bar counts its place."""
    pairs = [(label, name) for label in labels for name in series]
    bars = tuple(ChartBar(label, at, f"{label}: {at} {name}") for at, (label, name) in enumerate(pairs))
    return Chart(title, bars, series, whole)


def summary_of_a_year(stationery: Stationery, **more: Any) -> SummaryFacts:
    facts = SummaryFacts(
        stationery=stationery,
        start=date(2026, 1, 1),
        end=DAY,
        title="What our micro-internships did this year",
        promises=(
            Promise("84 %", "stayed in touch", "102 of 121 people in the pool", 121),
            Promise("92 %", "finished", "24 of 26", 26),
            Promise("7 of 11", "schools were new to us", "58 % from outside our focus schools", 11),
            Promise("46 %", "were in their first two years", "of 312 applicants", 312),
            Promise("26", "projects", "412 hours handed over", 26),
            Promise("0 %", "have both reviews", "", 0),
        ),
        months=Chart(
            "Projects by month",
            (*(ChartBar(f"M{i}", i, f"Month {i}: {i} projects") for i in range(1, 12)), ChartBar("M12", None, "")),
        ),
        compared="Up and down are against 1 Jan to 22 Nov 2025.",
        class_years=_chart("Class year when they applied", ("1st year", "2nd year"), ("Applied", "Selected")),
        reach_years=(ReachRow("1st year", 12, 3, 2, 1), ReachRow("2nd year", 9, 2, 2, 0)),
        sides=(
            _chart("What students said", ("Support", "Clear brief"), ("No", "Rather not", "Rather yes", "Yes"), True),
            _chart("What we saw", ("Teamwork", "Technology"), ("Emerging Knowledge", "Understanding"), True),
        ),
        followed=_chart("What followed", ("Internship", "Full-time job"), ("Offered", "Accepted")),
        paid=Chart("Paid by month", (ChartBar("Mar", 48_000, "March: $480 paid", shown="$480"),)),
        reach=(
            ReachRow("Kennedy-King College", 64, 7, 7, 3, focus=True),
            ReachRow("8 more schools, each under five", 109, 7, 6, None),
        ),
        figures=(
            FigureGroup(
                "Keep candidates engaged",
                (
                    FigureLine("In touch", "84 %", "102 of 121", "Pool members with a touch in the 90 days", 121),
                    FigureLine("Still engaged at graduation", "0 %", "0 of 0", "People who graduated in the period", 0),
                ),
            ),
        ),
        projects=(
            SpendRow(
                "A spring catalogue", "closed", date(2026, 3, 16), date(2026, 4, 6), 20, 48000, 48000, "USD", "P-001"
            ),
            SpendRow("Eine Liste", "running", None, None, None, 30050, 0, "EUR", "P-002"),
        ),
    )
    return replace(facts, **more)
