"""Which column meant which field in a file of the same layout, last time. No change, and part of no history."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from core import clock
from core.model import ImportLayout

if TYPE_CHECKING:
    from core.store.store import Store


def remember(store: Store, noun: str, headers: Sequence[str], mapping: Mapping[str, str]) -> None:
    """`mapping`: field to header, in place of what was remembered before."""
    with store.beside() as session:
        session.merge(ImportLayout(key=_key(noun, headers), at=clock.now(), mapping=dict(mapping)))


def recall(store: Store, noun: str, headers: Sequence[str]) -> dict[str, str] | None:
    """What was remembered of a file with these columns, in whatever order they stand."""
    with store.read() as session:
        found = session.get(ImportLayout, _key(noun, headers))
        return None if found is None else {str(name): str(header) for name, header in found.mapping.items()}


def _key(noun: str, headers: Sequence[str]) -> str:
    written = json.dumps(sorted(headers), ensure_ascii=False).encode()
    return f"{noun}:{hashlib.sha256(written).hexdigest()}"
