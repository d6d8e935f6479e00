"""Where a line may end: after a space, and between Chinese and Japanese letters but for what may not begin or end one.

After UAX #14, as far as names and short texts need it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from core.paper.shaping import clusters

_NOT_FIRST: Final = frozenset(
    ",.;:!?)]}%’”»›…‥、。，．・：；！？）］｝」』】〕〉》〙〗｠ー〜～‐–—々〻ゝゞヽヾ"
    "ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿ\xa0\u2060\u2069"
)
_NOT_LAST: Final = frozenset("([{‘“«‹（［｛「『【〔〈《〘〖｟\xa0\u2060\u2066\u2067\u2068")


def atoms(text: str, start: int, end: int) -> Iterator[tuple[int, int, int]]:
    """What stays together on a line: (start, end, end with the spaces after it)."""
    begin, shown = start, start
    before = ""
    for first, last in clusters(text[start:end]):
        cluster = text[start + first : start + last]
        if cluster == " ":
            before = cluster
            continue
        if (before == " " or _parts(before, cluster)) and shown > begin:
            yield begin, shown, start + first
            begin = start + first
        shown, before = start + last, cluster
    if begin < end:
        yield begin, shown, end


def _parts(before: str, after: str) -> bool:
    if not before or before[-1] in _NOT_LAST or after[0] in _NOT_FIRST:
        return False
    return _ideographic(before[0]) or _ideographic(after[0])


def _ideographic(letter: str) -> bool:
    """Han, kana and the wide signs beside them; Korean words stay whole."""
    code = ord(letter)
    return (
        0x2E80 <= code <= 0x312F
        or 0x31A0 <= code <= 0x9FFF
        or 0xF900 <= code <= 0xFAFF
        or (0xFF01 <= code <= 0xFF9F or 0x20000 <= code <= 0x3FFFF)
    )
