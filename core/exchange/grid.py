"""What every kind of file is read into before its header is looked for."""

from __future__ import annotations

from dataclasses import dataclass, field

from core.errors import UserError
from core.text import in_digits

MOST_BYTES = 50_000_000
MOST_ROWS = 200_000
MOST_COLUMNS = 1_000
MOST_CELLS = 20_000_000


@dataclass(slots=True)
class Grid:
    """`rows`: the line or row number in the file, and its cells.

    `words` says how the file was read ("UTF-8, semicolons"); `notes` what a person should know about the reading.
    `delimiter`: what stood between the cells of a text.
    """

    rows: list[tuple[int, list[str]]]
    words: str
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    delimiter: str = ""
    notes: list[str] = field(default_factory=list)
    merged_down: dict[int, int] = field(default_factory=dict)
    """Row number in which a merged cell begins, and the last row that one of them reaches."""


def too_many_rows(name: str) -> UserError:
    return UserError(
        f"{name} has more than {in_digits(MOST_ROWS)} rows. Cut it into smaller files and bring in one by one."
    )


def too_many_columns(name: str) -> UserError:
    return UserError(f"{name} has more than {in_digits(MOST_COLUMNS)} columns. Remove those that are not needed.")
