"""The encrypted file: create, open, key, lock, migrate, change (history and undo), search, backup."""

from __future__ import annotations

from core.store.keys import Key
from core.store.labels import Label
from core.store.search import Hit
from core.store.store import Changes, Ref, Store
from core.store.undo import FieldChange, HistoryEntry, Step

__all__ = ["Changes", "FieldChange", "HistoryEntry", "Hit", "Key", "Label", "Ref", "Step", "Store"]
