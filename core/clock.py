"""The one place that reads the clock."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime


def now() -> datetime:
    """The moment, aware, in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """The local day. FOOTHOLD_TODAY (ISO) fixes it, so that pictures and papers can be made again."""
    fixed = os.environ.get("FOOTHOLD_TODAY")
    return date.fromisoformat(fixed) if fixed else datetime.now().astimezone().date()
