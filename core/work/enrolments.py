"""Which of a person's studies counts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from core.model import Enrolment


def latest(enrolments: Sequence[Enrolment]) -> Enrolment | None:
    """The one that counts: the latest by its beginning, then by when it was entered."""

    def rank(row: Enrolment) -> tuple[date, datetime]:
        return (row.starts_on or date.min, row.created_at)

    return max(enrolments, key=rank, default=None)
