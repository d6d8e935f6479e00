"""Any list on paper, as it stands on the screen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from core.jobs.papers import drawn, leave, stationery
from core.store import Store
from core.text import plural


def draw_list(
    store: Store,
    title: str,
    filters: Sequence[str],
    columns: Sequence[tuple[str, str]],
    rows: Sequence[Sequence[str]],
    *,
    unit: str = "row",
    today: date,
) -> bytes:
    """The PDF of a list. `columns`: (title, "left" or "right"); `filters`: what narrows it, in words."""
    from core.paper import listing
    from core.paper.facts import ListColumn, ListFacts

    facts = ListFacts(
        stationery(store, today),
        title,
        tuple(ListColumn(words, "right" if align == "right" else "left") for words, align in columns),
        tuple(tuple(row) for row in rows),
        " · ".join(filters),
        unit,
    )
    return drawn(lambda out: listing.make(facts, out))


def save_list(store: Store, out: Path, data: bytes, title: str, count: int) -> None:
    """Puts a drawn list where the person wants it and records that it left."""
    leave(store, out, data, kind="export", what=f"{title}: a list of {plural(count, 'row')}", overwrite=True)
