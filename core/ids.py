"""Identifiers that a row keeps for life, also across undo, merge and a move to another store."""

from __future__ import annotations

import uuid


def new_id() -> str:
    return str(uuid.uuid4())
