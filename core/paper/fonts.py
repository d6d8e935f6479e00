"""The typefaces of papers, and which letters they have. Nothing is drawn that all lack: the paper stops and says so.

ReportLab draws a box for a letter that a font lacks, and says nothing; so every text is checked before. Letters that
stand one after another are drawn by ReportLab; those that join, stack or turn, and those of further typefaces, by
`core.paper.shaped`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Annotated, Any, get_args, get_origin, get_type_hints

from reportlab.pdfbase.pdfmetrics import registerFont, registerFontFamily

import resources
from core import text as words
from core.errors import UserError
from core.paper.bidi import FSI, LRI, PDI, base_level, has_rtl
from core.paper.typeface import Typeface

REGULAR = "Foothold"
BOLD = "Foothold-SemiBold"
SYMBOLS = "Foothold-Symbols"
_FILES = {REGULAR: "NotoSans-Regular.ttf", BOLD: "NotoSans-SemiBold.ttf", SYMBOLS: "Inter-Regular.ttf"}

_DEVANAGARI = frozenset(map(chr, (*range(0x0900, 0x0980), *range(0xA8E0, 0xA900))))

# Letters without a shape: soft hyphen, direction and joining marks, variation selectors, tags, byte order mark.
_SHAPELESS = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
    "|[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]"
)
_JOINING = re.compile("[\u200c\u200d\ufe00-\ufe0f\U000e0020-\U000e007f\U000e0100-\U000e01ef]+")
_ISOLATES = (FSI, LRI, PDI)
_BREAK = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_SPACE = re.compile("[\t\u1680\u2000-\u2006\u2008-\u200a\u205f\u3000]")
_FIXED_SPACE = re.compile("[\u2007\u202f]")


def plain(text: str) -> str:
    """NFC without letters that have no shape; any line break is a newline, any space a plain or a fixed one.

    What joins or parts letters is kept where it can: after a letter that the papers' own typeface has not.
    """
    if text.isascii() and text.isprintable():
        return text
    text = _FIXED_SPACE.sub("\xa0", _SPACE.sub(" ", _BREAK.sub("\n", text)))
    if _SHAPELESS.search(text):
        text = _SHAPELESS.sub(_kept, text)
        text = _JOINING.sub(_joining, text)
    return words.nfc(text)


def _kept(found: re.Match[str]) -> str:
    letter = found[0]
    if letter in _ISOLATES:
        return letter if has_rtl(found.string) else ""
    return letter if _JOINING.fullmatch(letter) else ""


def _joining(found: re.Match[str]) -> str:
    before = found.string[found.start() - 1 : found.start()]
    return found[0] if before and not before.isspace() and before not in register()[0] else ""


def _load(name: str) -> frozenset[str]:
    font = Typeface(name, str(resources.path(f"fonts/{_FILES[name]}")), shapable=False)
    registerFont(font)
    glyphs: dict[int, int] = font.face.charToGlyph
    return frozenset(chr(code) for code, glyph in glyphs.items() if glyph and _stands_alone(chr(code)))


def _stands_alone(letter: str) -> bool:
    """Not a mark, a joiner, a letter of private use (which is another in each font), nor one that joins others."""
    return unicodedata.category(letter) not in ("Mn", "Mc", "Me", "Cf", "Co") and letter not in _DEVANAGARI


@cache
def register() -> tuple[frozenset[str], frozenset[str]]:
    """Load the fonts once; the letters that ReportLab draws in the typeface, and in the symbol font alone."""
    letters = _load(REGULAR) & _load(BOLD)
    symbols = _load(SYMBOLS) - letters
    registerFontFamily(REGULAR, normal=REGULAR, bold=BOLD, italic=REGULAR, boldItalic=BOLD)
    registerFontFamily(BOLD, normal=BOLD, bold=BOLD, italic=BOLD, boldItalic=BOLD)
    return letters | {"\n"}, symbols


def missing(text: str) -> str:
    """The letters of `text` that papers cannot print, each once, in the order met."""
    text = plain(text)
    if text.isascii():
        return ""
    letters, symbols = register()
    others = "".join(dict.fromkeys(c for c in text if c not in letters and c not in symbols))
    if not others:
        return ""
    from core.paper import shaping

    return "".join(shaping.missing(others, own_files(REGULAR)))


def needs_shaping(text: str) -> bool:
    """Whether any letter of `text` is of another typeface, or joins, stacks or turns."""
    if text.isascii():
        return False
    letters, symbols = register()
    return not letters.issuperset(text) and any(c not in letters and c not in symbols for c in text)


def own_files(font: str) -> tuple[str, str]:
    """The files that a text in that typeface is drawn from, before those of other scripts."""
    return (_FILES[SYMBOLS], _FILES[REGULAR]) if font == SYMBOLS else (_FILES[font], _FILES[SYMBOLS])


def of_file(file: str) -> str:
    """The typeface that ReportLab draws from that file."""
    return next(name for name, own in _FILES.items() if own == file)


def stands_alone(text: str, file: str) -> bool:
    """Whether ReportLab draws the text rightly from that file, one letter after another."""
    return file in _FILES.values() and not needs_shaping(text)


def isolated(text: str) -> str:
    """A person's text as it goes into a sentence of ours: letters from right to left turn nothing around it."""
    if text.isascii() or not has_rtl(text):
        return text
    inner = text.strip(" .,:;·\xa0")
    before, _, after = text.partition(inner)
    return f"{before}{FSI if base_level(inner) else LRI}{inner}{PDI}{after}"


def runs(text: str) -> list[tuple[str, str]]:
    """`text` (already `plain`) cut into pieces of (font, piece); the font is "" where the paragraph's own will do."""
    letters, symbols = register()
    if text.isascii() or letters.issuperset(text) or needs_shaping(text):
        return [("", text)]
    pieces: list[tuple[str, str]] = []
    for letter in text:
        font = SYMBOLS if letter in symbols else ""
        if pieces and pieces[-1][0] == font:
            pieces[-1] = (font, pieces[-1][1] + letter)
        else:
            pieces.append((font, letter))
    return pieces


def check(texts: Iterable[tuple[str, str]]) -> None:
    """`texts`: (what it is, text). UserError names the first letter that papers cannot print, and where it stands."""
    for what, text in texts:
        if lacking := missing(text):
            raise UserError(_sentence(what, plain(text), lacking[0]))


def check_facts(facts: Any) -> None:
    """`check` over every text in a dataclass of facts, however deep."""
    check(_texts(facts, "a text"))


def _sentence(what: str, text: str, letter: str) -> str:
    code = f"U+{ord(letter):04X}"
    name = unicodedata.name(letter, "")
    shown = f"{letter} ({name})" if name else code
    start = max(0, text.index(letter) - 30)
    part = text[start : start + 60]
    excerpt = ("…" if start else "") + part.replace("\n", " ") + ("…" if start + 60 < len(text) else "")
    if not name:
        excerpt = excerpt.replace(letter, "?")
    return (
        f"{what[:1].upper()}{what[1:]} “{excerpt}” has the letter {shown}, which Foothold's papers cannot print yet. "
        "Papers print Latin, Greek, Cyrillic, Georgian, Armenian, Hebrew, Arabic, Devanagari, Bengali, Tamil, Thai, "
        "Chinese, Japanese and Korean letters: write it in those and make the paper again."
    )


def _texts(value: Any, what: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield what, value
    elif isinstance(value, tuple):
        for item in value:
            yield from _texts(item, what)
    elif is_dataclass(value):
        said = _said(value.__class__)
        for one in fields(value):
            yield from _texts(getattr(value, one.name), said[one.name])


@cache
def _said(kind: type[Any]) -> dict[str, str]:
    hints = get_type_hints(kind, include_extras=True)
    plainly = {one.name: "the " + one.name.replace("_", " ") for one in fields(kind)}
    return {
        name: get_args(hints[name])[1] if get_origin(hints[name]) is Annotated else said
        for name, said in plainly.items()
    }
