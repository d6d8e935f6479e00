"""What a program summary costs over what its questions to the store cost alone, in the same run.

Seconds are only printed.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from core.jobs.summaries import draw_summary
from core.store import Store
from tests.bench.busy_years import YEARS, busy_years
from tests.support.stores import new_store

TODAY = date(2026, 11, 23)
PEOPLE, PROJECTS = 100_000, 10_000
MOST = 3.0
ALL = date(TODAY.year - YEARS, 1, 1), date(TODAY.year, 12, 31)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with new_store(tmp_path_factory.mktemp("years")) as made:
        busy_years(made, PEOPLE, PROJECTS, TODAY)
        yield made


def _asked(work: Callable[[], object]) -> list[tuple[str, Any]]:
    """Each question with its values once, as the driver of the file had it."""
    asked: list[tuple[str, Any]] = []

    def note(_conn: Any, _cursor: Any, statement: str, values: Any, *_: Any) -> None:
        if statement.lstrip().startswith(("SELECT", "WITH")) and (statement, values) not in asked:
            asked.append((statement, values))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        work()
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    return asked


def _least(work: Callable[[], object], goes: int = 3) -> float:
    """Seconds of work, the least of some goes."""
    found = []
    for _ in range(goes):
        gc.collect()
        began = time.process_time()
        work()
        found.append(time.process_time() - began)
    return min(found)


def test_a_summary_of_all_years_against_its_bare_queries(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    def whole() -> bytes:
        return draw_summary(store, *ALL, today=TODAY)

    asked = _asked(whole)

    def bare() -> None:
        with store.read() as session:
            driver: Any = session.connection().connection.driver_connection
            for statement, values in asked:
                driver.execute(statement, values).fetchall()

    floor, ours = _least(bare), _least(whole)
    with capsys.disabled():
        print(
            f"\nsummary {ours:.2f} s, its {len(asked)} queries alone {floor:.2f} s: {ours / floor:.1f} (at most {MOST})"
        )
    assert ours <= MOST * floor
