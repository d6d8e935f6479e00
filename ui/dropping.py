"""Which form takes files that were dropped on the window, by what they are."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from core.jobs.signed_pictures import ENDINGS


def form_for(files: Sequence[Path]) -> tuple[str, dict[str, Any]]:
    """The form and what it is given. A picture is a signed letter that somebody photographed."""
    first = files[0]
    ending = first.suffix.casefold()
    if ending == ".eml":
        return "applying", {"path": first}
    if ending == ".pdf":
        return "returned", {"paths": files}
    if ending in ENDINGS:
        return "letter_signed", {"paths": files}
    return "import", {"path": first, "noun": "to-dos" if ending == ".ics" else "candidates"}
