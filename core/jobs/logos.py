"""A logo as it is chosen: any file, and only what papers can print goes into the store."""

from __future__ import annotations

from pathlib import Path

from core.errors import UserError


def logo_from(path: Path) -> bytes:
    """The picture as papers keep it. UserError: none, damaged, too large, or not to be read."""
    from core.paper.logo import MAX_BYTES, check_logo

    try:
        with path.open("rb") as file:
            return check_logo(file.read(MAX_BYTES + 1))
    except FileNotFoundError:
        raise UserError(f"{path.name} is not there any more. Choose it again.") from None
    except PermissionError:
        words = "may not be read, or another program has it open. Close it there, or save a copy of it elsewhere."
        raise UserError(f"{path.name} {words}") from None
    except OSError as fault:
        raise UserError(f"{path.name} could not be read: {fault.strerror or 'the disk failed'}.") from None
