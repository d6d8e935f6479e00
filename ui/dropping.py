"""Which form takes files that were dropped on the window, by what they are."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from core.jobs.signed_pictures import ENDINGS
from core.text import plural


def form_for(files: Sequence[Path]) -> tuple[str, dict[str, Any], str]:
    """The form, what it is given, and what is to be said of files that it does not take.

    Pictures alone are the pages of a signed letter; among PDFs they are scans of forms.
    """
    first = files[0]
    endings = [one.suffix.casefold() for one in files]
    forms = [one for one, ending in zip(files, endings, strict=True) if ending == ".pdf" or ending in ENDINGS]
    name: str
    values: dict[str, Any]
    if first in forms:
        name, values, taken = ("returned" if ".pdf" in endings else "letter_signed"), {"paths": forms}, len(forms)
    elif endings[0] == ".eml":
        name, values, taken = "applying", {"path": first}, 1
    else:
        name, values, taken = "import", {"path": first, "noun": _noun(endings[0])}, 1
    left = len(files) - taken
    return (
        name,
        values,
        f"{plural(left, 'file was', 'files were')} left out. Drop what is of one kind at a time." if left else "",
    )


def _noun(ending: str) -> str:
    return "to-dos" if ending == ".ics" else "candidates"
