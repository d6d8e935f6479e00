"""The one place that reads the clock."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime

from core.errors import UserError

YEARS = range(1970, 2201)
"""Years that days are counted in; beyond them a day is a slip."""


def now() -> datetime:
    """The moment, aware, in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """The local day. FOOTHOLD_TODAY (ISO) fixes it, so that pictures and papers can be made again."""
    fixed = os.environ.get("FOOTHOLD_TODAY")
    if not fixed:
        return datetime.now().astimezone().date()
    try:
        day = date.fromisoformat(fixed)
    except ValueError:
        day = date.min
    if day.year not in YEARS:
        raise UserError(f"FOOTHOLD_TODAY should be a day such as 2026-11-22, not “{fixed[:40]}”. Mend or unset it.")
    return day
