"""The summary's first page stands for itself, however much lies behind it; and its charts keep to their page."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader

from core.chart import Chart, ChartBar
from core.paper import charts, summary
from core.paper.facts import Promise, ReachRow, SpendRow
from core.paper.flow import para
from core.paper.style import SIDE
from tests.core.paper import samples


def pages(facts: object) -> list[str]:
    into = BytesIO()
    summary.make(facts, into)  # type: ignore[arg-type]
    return [page.extract_text() for page in PdfReader(into).pages]


@pytest.mark.parametrize("schools", [0, 1, 2, 3, 4, 8, 60])
@pytest.mark.parametrize("words", [4, 40])
def test_the_wall_is_one_page_and_nothing_is_lost(schools: int, words: int) -> None:
    one = Promise("84 %", "stayed in touch", "of people " * words, 9, "up from 71 % (5 of 7)")
    reach = tuple(ReachRow(f"College {at} of the Example Lakes and Hills", 9, 1, 1, 1) for at in range(schools))
    found = pages(samples.year(promises=(one,) * 6, reach=reach))
    assert "Projects by month" in found[0]
    assert "Every figure" not in found[0]
    assert found[1].count("stayed in touch") == 0
    whole = "\n".join(found).replace("\n", " ")
    assert all(f"College {at} of" in whole for at in range(schools))
    shown = sum(f"College {at} of" in found[0].replace("\n", " ") for at in range(schools))
    # All on the first page, or as many as it holds and all of them behind it.
    behind = "\n".join(found[1:]).replace("\n", " ")
    assert shown == schools or all(f"College {at} of" in behind for at in range(schools))
    if 0 < shown < schools:
        assert "on the next page" in found[0].replace("\n", " ")


def test_of_very_many_projects_the_latest_stand_there_and_all_are_summed() -> None:
    rows = tuple(SpendRow(f"Project {at}", "closed", None, None, 10, 1_000, 100, "USD", f"P-{at}") for at in range(250))
    whole = "\n".join(pages(samples.year(projects=rows))).replace("\n", " ")
    assert "P-249" in whole
    assert "P-150" in whole
    assert "P-149" not in whole
    assert "The 100 latest of 250 projects" in whole
    assert "$2,500" in whole


@pytest.mark.parametrize("months", [1, 12, 24, 60])
def test_columns_of_any_number_lie_on_their_page(months: int) -> None:
    bars = tuple(ChartBar(f"Jan {at:02}", at * 1_000, f"{at}", shown=f"${at},000") for at in range(months))
    (page,) = PdfReader(_drawn(Chart("Paid by month", bars), 200)).pages[:1]
    places: list[float] = []

    def note(text: str, cm: list[float], tm: list[float], *_: object) -> None:
        if text.strip().startswith(("$", "Jan")):
            places.append(cm[4] + tm[4] - SIDE)

    page.extract_text(visitor_text=note)
    assert places
    assert all(-0.1 <= x <= 200 for x in places)


def test_a_legend_takes_another_line_rather_than_leave_its_column() -> None:
    chart = samples.year().sides[0]
    wide = charts.chart(replace(chart, series=("Emerging Knowledge", "Understanding", "Early", "Advanced")), 400)
    narrow = charts.chart(replace(chart, series=("Emerging Knowledge", "Understanding", "Early", "Advanced")), 120)
    assert narrow.height > wide.height


def _drawn(chart: Chart, width: float) -> BytesIO:
    from core.paper.page import build

    into = BytesIO()
    build(
        into, samples.stationery(), lambda _room: [para("A chart"), charts.chart(chart, width)], title="A", subject="A"
    )
    return into
