"""The order of letters on a line where some are read from right to left: UAX #9, the Unicode bidirectional algorithm.

Implicit levels (W1-W7, N0-N2, I1-I2), isolates (X5a-X6a) and reordering (L1-L2). Embeddings and overrides (X2-X5) are
not obeyed: no text of a paper has them, and one from outside may not turn what stands around it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Final

LRI: Final = "\u2066"
FSI: Final = "\u2068"
PDI: Final = "\u2069"
_ISOLATES: Final = frozenset({"LRI", "RLI", "FSI"})
_GONE: Final = frozenset({"BN", "LRE", "RLE", "LRO", "RLO", "PDF"})
_NEUTRAL: Final = frozenset({"B", "S", "WS", "ON", "LRI", "RLI", "FSI", "PDI"})
_STRONG: Final = {"L": 0, "R": 1, "EN": 1, "AN": 1}
_DEEPEST: Final = 125

# BidiBrackets.txt: each opening one before its closing one.
_PAIRS: Final = (
    "()[]{}༺༻༼༽᚛᚜⁅⁆⁽⁾₍₎⌈⌉⌊⌋〈〉❨❩❪❫❬❭❮❯❰❱❲❳❴❵⟅⟆⟦⟧⟨⟩⟪⟫⟬⟭⟮⟯⦃⦄⦅⦆⦇⦈⦉⦊⦋⦌⦍⦐⦏⦎⦑⦒⦓⦔⦕⦖⦗⦘⧘⧙⧚⧛⧼⧽"
    "⸢⸣⸤⸥⸦⸧⸨⸩⹕⹖⹗⹘⹙⹚⹛⹜〈〉《》「」『』【】〔〕〖〗〘〙〚〛﹙﹚﹛﹜﹝﹞（）［］｛｝｟｠｢｣"
)
_CLOSING: Final = {_PAIRS[at]: _PAIRS[at + 1] for at in range(0, len(_PAIRS), 2)} | {"\u2329": "\u3009"}
_CLOSES: Final = frozenset(_CLOSING.values()) | {"\u232a"}
# The two that are canonically the same as 〈 〉 (BD16).
_SAME: Final = {"\u232a": "\u3009"}
_MOST_OPEN: Final = 63


def has_rtl(text: str) -> bool:
    """Whether any letter is read from right to left."""
    return not text.isascii() and any(unicodedata.bidirectional(c) in ("R", "AL", "AN") for c in text)


def base_level(text: str) -> int:
    """The paragraph's level: 1 where letters are read from right to left and none from left to right, else 0.

    What is isolated does not count.
    UAX #9 takes the first letter's direction (P2, P3) unless told better (HL1): papers are in a left-to-right tongue,
    and a person's name at a sentence's start does not turn it.
    """
    depth, classes = 0, set()
    for letter in text:
        kind = unicodedata.bidirectional(letter)
        depth = depth + 1 if kind in _ISOLATES else max(0, depth - 1) if kind == "PDI" else depth
        if not depth:
            classes.add(kind)
    return 1 if "L" not in classes and not classes.isdisjoint(("R", "AL")) else 0


def levels(text: str, base: int) -> list[int]:
    """Each letter's level in a paragraph of that level: even ones are read from left to right."""
    classes = [unicodedata.bidirectional(c) or "L" for c in text]
    found = [base] * len(text)
    _resolve(text, classes, _matches(classes), range(len(text)), base, found)
    return found


def turned(line: Sequence[int]) -> list[int]:
    """L2: from the highest level to the lowest odd one, each stretch of that level or more is reversed."""
    order = list(range(len(line)))
    for level in range(max(line, default=0), 0, -1):
        at = 0
        while at < len(order):
            if line[order[at]] < level:
                at += 1
                continue
            end = at
            while end < len(order) and line[order[end]] >= level:
                end += 1
            order[at:end] = reversed(order[at:end])
            at = end
    return order


def _matches(classes: Sequence[str]) -> dict[int, int]:
    """BD9: each isolate's beginning with the place of its end; one without an end lasts to the paragraph's."""
    found: dict[int, int] = {}
    open_ones: list[int] = []
    for at, kind in enumerate(classes):
        if kind in _ISOLATES:
            open_ones.append(at)
        elif kind == "PDI" and open_ones:
            found[open_ones.pop()] = at
    return found | dict.fromkeys(open_ones, len(classes))


def _resolve(text: str, classes: list[str], ends: dict[int, int], span: range, level: int, found: list[int]) -> None:
    """X5a-X6a, X9, X10 for one stretch outside of its inner isolates, which are resolved on their own."""
    places: list[int] = []
    inner: list[range] = []
    at = span.start
    while at < span.stop:
        if classes[at] not in _GONE:
            places.append(at)
        if classes[at] in _ISOLATES:
            end = min(ends[at], span.stop)
            inner.append(range(at, end))
            at = end
        else:
            at += 1
    kinds = [classes[at] for at in places]
    for part in _paragraphs(kinds):
        _weak_and_neutral(text, kinds, places, part, level)
    for at, kind in zip(places, kinds, strict=True):
        found[at] = level if kind == "B" else _implicit(kind, level)
    last = level
    for at in _outside(span, inner):
        if classes[at] in _GONE:
            found[at] = last
        last = found[at]
    for one in inner:
        within = range(one.start + 1, one.stop)
        _resolve(text, classes, ends, within, _inner_level(classes, ends, one.start, within, level), found)


def _outside(span: range, inner: Sequence[range]) -> list[int]:
    left = list(span)
    for one in reversed(inner):
        del left[one.start + 1 - span.start : one.stop - span.start]
    return left


def _paragraphs(kinds: Sequence[str]) -> list[range]:
    parts, start = [], 0
    for at, kind in enumerate(kinds):
        if kind == "B":
            parts.append(range(start, at))
            start = at + 1
    return [*parts, range(start, len(kinds))]


def _inner_level(classes: Sequence[str], ends: dict[int, int], opening: int, within: range, level: int) -> int:
    right = classes[opening] == "RLI"
    if classes[opening] == "FSI":
        at = within.start
        while at < within.stop and classes[at] not in ("L", "R", "AL"):
            at = ends[at] if classes[at] in _ISOLATES else at + 1
        right = at < within.stop and classes[at] != "L"
    deeper = (level + 1) | 1 if right else (level + 2) & ~1
    return deeper if deeper <= _DEEPEST else level


def _implicit(kind: str, level: int) -> int:
    """I1, I2."""
    if level % 2:
        return level if kind == "R" else level + 1
    return level + {"L": 0, "R": 1}.get(kind, 2)


def _weak_and_neutral(text: str, kinds: list[str], places: Sequence[int], part: range, level: int) -> None:
    side = "R" if level % 2 else "L"
    original = kinds[:]
    _weak(kinds, part, side)
    _brackets(text, kinds, original, places, part, side)
    _neutral(kinds, part, side)


def _weak(kinds: list[str], part: range, side: str) -> None:
    """W1, W2; both ends of the stretch count as letters of `side`."""
    before, strong = side, side
    for at in part:
        kind = kinds[at]
        if kind == "NSM":  # W1
            kind = "ON" if before in _ISOLATES or before == "PDI" else before
        before = kind
        if kind in ("L", "R", "AL"):
            strong = kind
        elif kind == "EN" and strong == "AL":  # W2
            kind = "AN"
        kinds[at] = kind
    _numbers(kinds, part, side)


def _numbers(kinds: list[str], part: range, side: str) -> None:
    """W3 to W7."""
    for at in part:  # W3
        if kinds[at] == "AL":
            kinds[at] = "R"
    for at in range(part.start + 1, part.stop - 1):  # W4
        one, two = kinds[at - 1], kinds[at + 1]
        if one == two and ((kinds[at] == "ES" and one == "EN") or (kinds[at] == "CS" and one in ("EN", "AN"))):
            kinds[at] = one
    _terminators(kinds, part)
    strong = side
    for at in part:  # W7
        if kinds[at] in ("L", "R"):
            strong = kinds[at]
        elif kinds[at] == "EN" and strong == "L":
            kinds[at] = "L"


def _terminators(kinds: list[str], part: range) -> None:
    """W5, W6."""
    at = part.start
    while at < part.stop:
        if kinds[at] != "ET":
            if kinds[at] in ("ES", "CS"):
                kinds[at] = "ON"
            at += 1
            continue
        end = at
        while end < part.stop and kinds[end] == "ET":
            end += 1
        beside = (at > part.start and kinds[at - 1] == "EN") or (end < part.stop and kinds[end] == "EN")
        kinds[at:end] = ["EN" if beside else "ON"] * (end - at)
        at = end


def _brackets(
    text: str, kinds: list[str], original: Sequence[str], places: Sequence[int], part: range, side: str
) -> None:
    """N0: a pair of brackets goes with what it holds, else with what stands before it."""
    for opening, closing in _pairs(text, kinds, places, part):
        held = {_side(kinds[at]) for at in range(opening + 1, closing)} - {""}
        if not held:
            continue
        made = side
        if side not in held:
            before = next((_side(kinds[at]) for at in range(opening - 1, part.start - 1, -1) if _side(kinds[at])), side)
            made = before if before != side else side
        for at in (opening, closing):
            kinds[at] = made
            # Marks over a bracket go with it.
            for mark in range(at + 1, part.stop):
                if original[mark] != "NSM":
                    break
                kinds[mark] = made


def _side(kind: str) -> str:
    return "" if kind not in _STRONG else "R" if _STRONG[kind] else "L"


def _pairs(text: str, kinds: Sequence[str], places: Sequence[int], part: range) -> list[tuple[int, int]]:
    """BD16."""
    open_ones: list[tuple[str, int]] = []
    found: list[tuple[int, int]] = []
    for at in part:
        letter = text[places[at]]
        if kinds[at] != "ON":
            continue
        if letter in _CLOSING:
            if len(open_ones) == _MOST_OPEN:
                return []
            open_ones.append((_CLOSING[letter], at))
        elif letter in _CLOSES:
            wanted = _SAME.get(letter, letter)
            for number in range(len(open_ones) - 1, -1, -1):
                if open_ones[number][0] == wanted:
                    found.append((open_ones[number][1], at))
                    del open_ones[number:]
                    break
    return sorted(found)


def _neutral(kinds: list[str], part: range, side: str) -> None:
    """N1, N2."""
    at = part.start
    while at < part.stop:
        if kinds[at] not in _NEUTRAL:
            at += 1
            continue
        end = at
        while end < part.stop and kinds[end] in _NEUTRAL:
            end += 1
        before = _side(kinds[at - 1]) if at > part.start else side
        after = _side(kinds[end]) if end < part.stop else side
        kinds[at:end] = [before if before == after else side] * (end - at)
        at = end
