"""Several texts in one cell, with semicolons between; one that holds a sign which would cut it stands in quotes."""

from __future__ import annotations

import re
from collections.abc import Iterable

from core.text import line

_QUOTED = re.compile(r'"((?:[^"]|"")*)"')
_NEEDS_QUOTES = re.compile(r'[;,"\n]|^[•*–\-\s]|\s$')


def join_several(parts: Iterable[str]) -> str:
    """All of them in quotes where one needs it, so that whoever reads it knows how it was written."""
    known = [part for part in parts if part]
    if any(_NEEDS_QUOTES.search(part) for part in known):
        known = ['"' + part.replace('"', '""') + '"' for part in known]
    return "; ".join(known)


def split_quoted(text: str) -> list[str]:
    """The parts of a cell in which each stands in quotes; [] of any other."""
    found: list[str] = []
    at, text = 0, line(text)
    while at < len(text):
        match = _QUOTED.match(text, at)
        if match is None:
            return []
        found.append(match[1].replace('""', '"'))
        at = match.end()
        if text[at : at + 2] == "; ":
            at += 2
        elif at < len(text):
            return []
    return found
