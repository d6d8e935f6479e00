"""Which licences may lie in the program: SPDX expressions, taken apart and held against a list."""

from __future__ import annotations

import re

PERMISSIVE = frozenset({
    "0BSD", "AFL-2.1", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "blessing", "bzip2-1.0.6", "CC0-1.0", "FTL",
    "HPND", "HPND-sell-variant", "IJG", "ISC", "libpng-2.0", "libtiff", "MIT", "MIT-0", "MIT-CMU", "OFL-1.1",
    "PSF-2.0", "Unicode-3.0", "Unlicense", "X11", "Zlib", "MPL-2.0", "LicenseRef-AGG-2.3",
    "LicenseRef-Microsoft-VC-Runtime", "LicenseRef-Public-Domain",
})  # fmt: skip
"""MPL-2.0 asks for the source of its own files only."""
LESSER = frozenset({"LGPL-2.1-only", "LGPL-2.1-or-later", "LGPL-3.0-only", "LGPL-3.0-or-later"})
"""For libraries that lie as files of their own in the program's folder, where people can replace them."""
EXCEPTED = frozenset({
    "GPL-3.0-or-later WITH GCC-exception-3.1", "GPL-2.0-or-later WITH Bootloader-exception",
})  # fmt: skip
"""The exception lets the result be under any licence."""


class NotAllowed(Exception):
    """An expression that cannot be read, or no choice of which is on the list."""


def chosen(expression: str, *, lesser: bool = False) -> tuple[str, ...]:
    """The licences taken of "MIT OR Apache-2.0" (the first that may be) and of "MIT AND Zlib" (both)."""
    tokens = re.findall(r"[()]|[^\s()]+", expression)
    allowed = PERMISSIVE | EXCEPTED | (LESSER if lesser else frozenset())
    taken = _any(tokens, allowed)
    if tokens or taken is None:
        raise NotAllowed(expression)
    return taken


def _any(tokens: list[str], allowed: frozenset[str]) -> tuple[str, ...] | None:
    found = _all(tokens, allowed)
    while tokens and tokens[0].upper() == "OR":
        tokens.pop(0)
        other = _all(tokens, allowed)
        found = other if found is None else found
    return found


def _all(tokens: list[str], allowed: frozenset[str]) -> tuple[str, ...] | None:
    found = _one(tokens, allowed)
    while tokens and tokens[0].upper() == "AND":
        tokens.pop(0)
        other = _one(tokens, allowed)
        found = None if found is None or other is None else tuple(dict.fromkeys((*found, *other)))
    return found


def _one(tokens: list[str], allowed: frozenset[str]) -> tuple[str, ...] | None:
    if not tokens or tokens[0] == ")":
        raise NotAllowed("an expression that ends too early")
    word = tokens.pop(0)
    if word == "(":
        inside = _any(tokens, allowed)
        if not tokens or tokens.pop(0) != ")":
            raise NotAllowed("an expression whose brackets do not match")
        return inside
    if len(tokens) > 1 and tokens[0].upper() == "WITH":
        tokens.pop(0)
        both = f"{word} WITH {tokens.pop(0)}"
        # An exception only ever allows more than its licence does.
        return (both,) if both in allowed else (word,) if word in allowed else None
    return (word,) if word in allowed else None
