"""Text as it is compared: letters folded, each with its place in the original, and the edges of words in it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from core.text import fold

# Between the parts of a name: O'Brien, O Brien, OBrien; Ada_Lovelace; Lovelace, Ada.
GAP = r"[\W_]{0,3}"
BEFORE, AFTER = r"(?<![^\W\d_])", r"(?![^\W\d_])"
# One letter in the many ways of Arabic and Persian keyboards, and the stroke that only stretches a word.
_ARABIC = {"ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه", "ـ": ""}
_CUT = re.compile(r"(?<=[^\W\d_])[-\u2010\u00ad][ \t]*\r?\n[ \t]*(?=[^\W\d_])")
_RUNS = re.compile(r"([\x00-\x7f]+)|[^\x00-\x7f]+")

Places = list[int]


@lru_cache(maxsize=20_000)
def plain(char: str) -> str:
    """A letter as it is compared: "" for marks and for what cannot be seen."""
    if "가" <= char <= "힣" or char.isspace():
        return char
    if char in _ARABIC:
        return _ARABIC[char]
    return "".join(c for c in fold(fold(char)) if unicodedata.category(c)[0] != "M" and unicodedata.category(c) != "Cf")


def folded(text: str) -> str:
    return "".join(map(plain, text))


def parts(name: str) -> list[str]:
    """Folded, without what is no letter: o, brien."""
    return re.findall(r"[^\W\d_]+", folded(name))


def edged(form: str) -> str:
    return BEFORE + form + AFTER


def mapped(text: str) -> tuple[str, Places]:
    """Folded, and of each letter its place in the text."""
    return _mapped(text, frozenset())


def readings(text: str) -> Iterator[tuple[str, Places]]:
    """As it stands, and with each word that the end of a line cuts as one: "Love-/lace", which may be two as well."""
    yield mapped(text)
    cut = {at for found in _CUT.finditer(text) for at in range(*found.span())}
    if cut:
        yield _mapped(text, frozenset(cut))


def _mapped(text: str, without: frozenset[int]) -> tuple[str, Places]:
    letters: list[str] = []
    places: Places = []
    for run in _RUNS.finditer(text):
        first, end = run.span()
        # ASCII stays as long as it is: a text of the West is one step for each run of it, not for each letter.
        if run[1] is not None and (not without or without.isdisjoint(range(first, end))):
            letters.append(run[0].lower())
            places += range(first, end)
            continue
        for place in range(first, end):
            if place not in without:
                said = plain(text[place])
                letters.append(said)
                places += [place] * len(said)
    return "".join(letters), places


def joined_lines(text: str) -> str:
    """With words that the end of a line cuts as one."""
    return _CUT.sub("", text)
