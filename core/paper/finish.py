"""Where a finished paper goes: whole into a file, or into memory."""

from __future__ import annotations

from pathlib import Path
from typing import IO

from core.files import replace_file

Out = Path | IO[bytes]
"""A file of the person's choosing, or memory for a preview, so that none lies about on disk."""


def write_out(out: Out, data: bytes) -> None:
    """Put the paper at `out`. A file is written whole or not at all: UserError and SystemFault as `replace_file`."""
    if not isinstance(out, Path):
        out.write(data)
        return
    with replace_file(out) as file:
        file.write(data)
