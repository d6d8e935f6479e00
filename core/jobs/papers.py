"""Papers from what the store says: letters, reports, summaries, lists."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from core.errors import UserError
from core.paper.facts import Stationery
from core.store import Store


def check_target(out: Path, overwrite: bool) -> None:
    """UserError where something is at `out` already that may not be replaced, or `out` can be no file."""
    if out.is_dir():
        raise UserError(f"{out} is a folder. Name a file in it.")
    if not out.parent.is_dir():
        raise UserError(f"There is no folder {out.parent}. Make it first or choose another.")
    if out.exists() and not overwrite:
        raise UserError(f"{out} is there already. Choose another name, or say that it may be replaced (--force).")


def stationery(store: Store, today: date) -> Stationery:
    from core.insight.records import listing

    _, mine = listing(store, "employers", all_columns=True).rows[0]
    return Stationery(
        employer=str(mine["name"]),
        made_on=today,
        lines=tuple(
            line
            for line in (
                str(mine["address"]),
                " ".join(part for part in (str(mine["city"]), str(mine["state"])) if part),
                str(mine["email"]),
                str(mine["phone"]),
                str(mine["website"]),
            )
            if line
        ),
        logo=mine["logo"] if isinstance(mine["logo"], bytes) else None,
        size="a4" if mine["paper_size"] == "a4" else "letter",
    )
