"""The encrypted file: create, open, key, lock, migrate, change (history and undo), search, backup.

Its names are loaded when they are first used: SQLAlchemy takes longer to load than the desk takes to be painted.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from core.store.disclosing import Left
    from core.store.keys import Key
    from core.store.labels import Label
    from core.store.search import Hit
    from core.store.store import Changes, Ref, Store
    from core.store.undo import FieldChange, HistoryEntry, Step

_HOMES = {
    "Key": "keys",
    "Label": "labels",
    "Left": "disclosing",
    "Hit": "search",
    "Changes": "store",
    "Ref": "store",
    "Store": "store",
    "FieldChange": "undo",
    "HistoryEntry": "undo",
    "Step": "undo",
}

__all__ = ["Changes", "FieldChange", "HistoryEntry", "Hit", "Key", "Label", "Left", "Ref", "Step", "Store"]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(name)
    return getattr(import_module(f"core.store.{_HOMES[name]}"), name)
