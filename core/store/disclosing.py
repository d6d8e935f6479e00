"""What left or was seen, as it is put on record."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from core import clock
from core.ids import new_id
from core.model import Disclosure


@dataclass(frozen=True, slots=True)
class Left:
    """`kind`: share, letter, report, export, reveal. `refs`: (noun, id) of those it is about."""

    kind: str
    what: str
    to_whom: str = ""
    file_name: str = ""
    sha256: str = ""
    refs: Sequence[tuple[str, str]] = ()


def entries(left: Iterable[Left], colleague_id: str | None) -> list[Disclosure]:
    """As rows of the record, of this moment and in this order."""
    at = clock.now()
    return [
        Disclosure(
            id=new_id(),
            at=at + timedelta(microseconds=place),
            colleague_id=colleague_id,
            kind=one.kind,
            what=one.what,
            to_whom=one.to_whom,
            file_name=one.file_name,
            sha256=one.sha256,
            refs=[f"{noun}:{row_id}" for noun, row_id in one.refs],
        )
        for place, one in enumerate(left)
    ]
