"""Real encrypted stores for tests, opened by a key and without any keyring."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from core.store import Store, keys

TODAY = date(2026, 11, 22)


def new_store(folder: Path, name: str = "test.foothold") -> Store:
    """A new store of "Lakeside Print & Design" with its owner; close it, or let the test's end do so."""
    return Store.create(folder / name, keys.new_key(), "Lakeside Print & Design", "Maria Keller")
