"""Letters of any script as glyphs with their places: which face has them, and how HarfBuzz joins and stacks them.

A text is cut into runs of one level and one face; a letter and the marks over it are never parted. Lengths are in
thousandths of the type size.
"""

from __future__ import annotations

import lzma
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from typing import Any, Final

import uharfbuzz as hb

import resources

SCRIPTS: Final = {
    "Arabic": "NotoSansArabic-Regular.ttf",
    "Hebrew": "NotoSansHebrew-Regular.ttf",
    "Bengali": "NotoSansBengali-Regular.ttf",
    "Tamil": "NotoSansTamil-Regular.ttf",
    "Thai": "NotoSansThai-Regular.ttf",
    "Georgian": "NotoSansGeorgian-Regular.ttf",
    "Armenian": "NotoSansArmenian-Regular.ttf",
    "Korean": "NotoSansKR-Regular.ttf.xz",
    "Chinese": "NotoSansSC-Regular.ttf.xz",
    "Japanese": "NotoSansJP-Regular.ttf.xz",
    "Emoji": "NotoEmoji-Regular.ttf.xz",
}
"""Faces beside the papers' own, by their order: the first that has all of a cluster draws it.

The large ones are packed, less than half as large on a disk; the Chinese one takes a quarter of a second to unpack.
"""
_HAN: Final = ("Chinese", "Japanese")
_SMALL: Final = ("Arabic", "Hebrew", "Bengali", "Tamil", "Thai", "Georgian", "Armenian", "Emoji")
_HANGUL: Final = ((0x1100, 0x11FF), (0x3131, 0x318E), (0x3200, 0x321E), (0x3260, 0x327F), (0xA960, 0xA97F),
                  (0xAC00, 0xD7FF), (0xFFA0, 0xFFDC))  # fmt: skip
_WIDE: Final = ((0x2E80, 0x9FFF), (0xF900, 0xFAFF), (0xFE30, 0xFE4F), (0xFF00, 0xFFEF), (0x20000, 0x3FFFF))
_JOINER, _EMOJI_LOOK = "\u200d", "\ufe0f"
ISOLATES: Final = frozenset("\u2066\u2067\u2068\u2069")
_AROUND = 5
_ALONE: Final = {"kern": False, "liga": False, "clig": False, "calt": False}
_VIRAMA = 9
_KANA = range(0x3040, 0x3100)


@dataclass(frozen=True, slots=True)
class Glyph:
    """`text`: what is copied for it; "" where another glyph of its cluster stands for all of it."""

    number: int
    advance: float
    x: float
    y: float
    text: str


@dataclass(frozen=True, slots=True)
class Run:
    """Glyphs from left to right."""

    face: str
    level: int
    text: str
    glyphs: tuple[Glyph, ...]

    @property
    def width(self) -> float:
        return sum(glyph.advance for glyph in self.glyphs)


class Face:
    """A font file. `units`: of its design, to the type size; `taken`: by how many papers glyphs were taken from it."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.taken = 0
        path = resources.path(f"fonts/{file}")
        packed = path.suffix == ".xz"
        self.face = hb.Face(
            hb.Blob(lzma.decompress(path.read_bytes())) if packed else hb.Blob.from_file_path(str(path))
        )
        self.font = hb.Font(self.face)
        self.units: int = self.face.upem
        self.letters: frozenset[int] = frozenset(
            code for code in self.face.unicodes if unicodedata.category(chr(code)) != "Co"
        )

    def has(self, letters: str) -> bool:
        return all(ord(letter) in self.letters or shapeless(letter) for letter in letters)


@cache
def face(file: str) -> Face:
    return Face(file)


def shapeless(letter: str) -> bool:
    """Joiners, variation selectors, tags and isolates: they change what stands beside them."""
    code = ord(letter)
    return 0x200C <= code <= 0x200D or 0xFE00 <= code <= 0xFE0F or 0x2066 <= code <= 0x2069 or code >= 0xE0000


def clusters(text: str) -> Iterator[tuple[int, int]]:
    """Letters with what belongs to them: marks, joined emoji, a flag's two letters, a conjunct's parts."""
    start, flags = 0, 0
    for at in range(1, len(text) + 1):
        if at < len(text) and _goes_on(text, at, flags):
            flags += _is_flag(text[at])
            continue
        if at > start:
            yield start, at
        start, flags = at, 0


def _is_flag(letter: str) -> bool:
    return "\U0001f1e6" <= letter <= "\U0001f1ff"


def _goes_on(text: str, at: int, flags: int) -> bool:
    letter, before = text[at], text[at - 1]
    if letter.isascii():
        return False
    if _is_flag(letter):
        return _is_flag(before) and flags == 0
    if unicodedata.category(letter)[0] == "M" or "\U0001f3fb" <= letter <= "\U0001f3ff":
        return True
    if shapeless(letter):
        return letter not in ISOLATES
    return before == _JOINER or unicodedata.combining(before) == _VIRAMA


def _likely(code: int, han: tuple[str, ...]) -> tuple[str, ...]:
    """The packed face that a letter is in, if it is in any: so that no other is unpacked to look."""
    if 0x1F000 <= code < 0x1FC00:
        return ("Emoji",)
    if any(first <= code <= last for first, last in _HANGUL):
        return ("Korean",)
    return han if any(first <= code <= last for first, last in _WIDE) else ()


@lru_cache(4096)
def face_for(cluster: str, own: tuple[str, ...], han: tuple[str, ...] = _HAN) -> str:
    """The file of the first face that has all of it; else of the first that has its letter; "" where none has."""
    order = [*own, *dict.fromkeys(SCRIPTS[one] for one in (*_likely(ord(cluster[0]), han), *_SMALL, *han, *SCRIPTS))]
    if _EMOJI_LOOK in cluster:
        order.insert(0, SCRIPTS["Emoji"])
    for wanted in (cluster, cluster[0]):
        for file in order:
            if face(file).has(wanted):
                return file
    return ""


def missing(text: str, own: tuple[str, ...]) -> Iterator[str]:
    """The letters that no face has, in the order met; marks may stand in another face than their letter."""
    han = han_order(text)
    for letter in dict.fromkeys(text):
        if not letter.isspace() and not shapeless(letter) and not face_for(letter, own, han):
            yield letter


def han_order(text: str) -> tuple[str, ...]:
    """Which face draws Chinese letters: that which has all of them, the Japanese one where kana stand beside them."""
    order = _HAN[::-1] if any(ord(letter) in _KANA for letter in text) else _HAN
    han = [ord(letter) for letter in text if unicodedata.name(letter, "").startswith("CJK ")]
    if not han:
        return order
    return next(
        ((one, *(o for o in order if o != one)) for one in order if face(SCRIPTS[one]).letters.issuperset(han)), order
    )


def itemised(
    text: str, levels: Sequence[int], own: tuple[str, ...], han: tuple[str, ...], start: int, end: int
) -> list[tuple[str, int, int, int]]:
    """Stretches of `text` from `start` to `end`, in its order: (file, level, start, end)."""
    found: list[tuple[str, int, int, int]] = []
    for begin, stop in clusters(text[start:end]):
        first, last = begin + start, stop + start
        cluster = text[first:last]
        if cluster in ISOLATES:
            continue
        level = levels[first]
        # A space is drawn by the face before it, so that words of one script are one stretch.
        if (
            found
            and found[-1][3] == first
            and found[-1][1] == level
            and cluster in (" ", "\xa0")
            and found[-1][0] != SCRIPTS["Emoji"]
            and face(found[-1][0]).has(cluster)
        ):
            file = found[-1][0]
        else:
            file = face_for(cluster, own, han) or own[0]
        for part_first, part_last, part_file in _whole(text, first, last, file, own):
            if found and found[-1][:2] == (part_file, level) and found[-1][3] == part_first:
                found[-1] = (part_file, level, found[-1][2], part_last)
            else:
                found.append((part_file, level, part_first, part_last))
    return found


def _whole(text: str, first: int, last: int, file: str, own: tuple[str, ...]) -> Iterable[tuple[int, int, str]]:
    """A cluster that no face has as a whole is drawn letter by letter."""
    if last - first == 1 or face(file).has(text[first:last]):
        return [(first, last, file)]
    return [(at, at + 1, file if face(file).has(text[at]) else face_for(text[at], own) or file)
            for at in range(first, last)]  # fmt: skip


def shaped(text: str, file: str, level: int, start: int, end: int, alone: bool = False) -> Run:
    """One stretch as glyphs; what stands around it tells how its ends join. `alone`: each letter at its own width."""
    around = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
    return _shaped(around[0], text[start:end], around[1], file, level, alone)


@lru_cache(4096)
def _shaped(before: str, text: str, after: str, file: str, level: int, alone: bool) -> Run:
    found = face(file)
    buffer: Any = hb.Buffer()
    buffer.cluster_level = hb.BufferClusterLevel.MONOTONE_CHARACTERS
    buffer.flags = hb.BufferFlags.DO_NOT_INSERT_DOTTED_CIRCLE
    buffer.add_codepoints([ord(letter) for letter in before + text + after], len(before), len(text))
    buffer.direction = "rtl" if level % 2 else "ltr"
    buffer.guess_segment_properties()
    # The system's language has no say in how a paper looks.
    buffer.language = "und"
    hb.shape(found.font, buffer, _ALONE if alone else {})
    infos, positions = buffer.glyph_infos, buffer.glyph_positions
    starts = [*sorted({info.cluster for info in infos}), len(before) + len(text)]
    follows = dict(pairwise(starts))
    scale = 1000 / found.units
    # The widest glyph of a cluster stands for its letters: a mark beside it may be drawn first.
    widest: dict[int, tuple[int, int]] = {}
    for at, (info, place) in enumerate(zip(infos, positions, strict=True)):
        if info.cluster not in widest or place.x_advance > widest[info.cluster][0]:
            widest[info.cluster] = place.x_advance, at
    glyphs = [
        Glyph(
            info.codepoint,
            place.x_advance * scale,
            place.x_offset * scale,
            place.y_offset * scale,
            text[info.cluster - len(before) : follows[info.cluster] - len(before)]
            if widest[info.cluster][1] == at
            else "",
        )
        for at, (info, place) in enumerate(zip(infos, positions, strict=True))
    ]
    return Run(file, level, text, tuple(glyphs))


@lru_cache(2048)
def outline(file: str, glyph: int) -> tuple[tuple[str, tuple[float, ...]], ...]:
    """Its shape as the operators of a path, with their points."""
    found = face(file)
    scale = 1000 / found.units
    path: list[tuple[str, tuple[float, ...]]] = []
    last = (0.0, 0.0)

    def move(x: float, y: float, _: Any) -> None:
        nonlocal last
        last = (x * scale, y * scale)
        path.append(("m", last))

    def line(x: float, y: float, _: Any) -> None:
        nonlocal last
        last = (x * scale, y * scale)
        path.append(("l", last))

    def curve(x1: float, y1: float, x: float, y: float, _: Any) -> None:
        nonlocal last
        (a, b), end, by = last, (x * scale, y * scale), (x1 * scale, y1 * scale)
        last = end
        first = (a + 2 * (by[0] - a) / 3, b + 2 * (by[1] - b) / 3)
        second = (end[0] + 2 * (by[0] - end[0]) / 3, end[1] + 2 * (by[1] - end[1]) / 3)
        path.append(("c", (*first, *second, *end)))

    def close(_: Any) -> None:
        path.append(("h", ()))

    drawn: Any = hb.DrawFuncs()
    drawn.set_move_to_func(move)
    drawn.set_line_to_func(line)
    drawn.set_quadratic_to_func(curve)
    drawn.set_close_path_func(close)
    found.font.draw_glyph(glyph, drawn)
    return tuple(path)
