"""From bytes to text: which encoding a file of unknown origin was written in."""

from __future__ import annotations

import codecs
import re
import unicodedata

from core.errors import UserError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8"),
    (codecs.BOM_UTF32_LE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
# In the order in which one is believed when several fit equally well.
_ONE_BYTE = (
    ("cp1252", "Windows-1252"),
    ("cp1250", "Windows-1250"),
    ("mac_roman", "Mac Roman"),
    ("cp850", "DOS 850"),
)
_OTHER_ALPHABETS = [
    "cp1251", "koi8_r", "cp1253", "cp1255", "cp1256", "shift_jis", "gb18030", "big5", "euc_kr", "euc_jp",
]  # fmt: skip
_NON_ASCII_WORD = re.compile(r"[^\W\d_]+")
# Signs that do stand inside words: O’Brien, Mª, 2º, Kirk–Smith, l·l.
_AT_HOME_IN_WORDS = frozenset("’‘–ªº·´`")


def decode(data: bytes, name: str) -> tuple[str, str]:
    """The text without BOM, and the encoding's name in words. `name` is the file's, for the sentence of an error."""
    for mark, codec, words in _BOMS:
        if data.startswith(mark):
            try:
                return data.decode(codec), words
            except UnicodeDecodeError:
                raise _damaged(name, words, data[: len(mark)]) from None
    if b"\0" in data:
        return _wide(data, name)
    try:
        return data.decode("utf-8"), "UTF-8"
    except UnicodeDecodeError as fault:
        _refuse_damaged_utf8(data, fault, name)
    return _one_byte(data, name)


def _wide(data: bytes, name: str) -> tuple[str, str]:
    """UTF-16 without a BOM shows in its NUL bytes: of an ASCII sign the second is NUL in little endian."""
    even, odd = data[0::2].count(0), data[1::2].count(0)
    if max(even, odd) > 4 * min(even, odd):
        codec = "utf-16-le" if odd > even else "utf-16-be"
        # A last byte lost in copying costs one sign, not the file.
        text = data[: len(data) // 2 * 2].decode(codec, errors="replace")
        if "\ufffd" not in text and not _strange(text):
            return text, "UTF-16"
    text = data.replace(b"\0", b"").decode("utf-8", errors="replace")
    if data.count(0) * 20 < len(data) and "\ufffd" not in text and not _strange(text):
        return text, "UTF-8"
    raise UserError(f"{name} is not a table: it holds no readable text. Choose a CSV, XLSX, ODS or XLS file.")


def _strange(text: str) -> bool:
    """Control signs that no table has, or mostly unassigned ones."""
    sample = text[:20_000]
    bad = sum(1 for c in sample if unicodedata.category(c) in ("Cc", "Cn", "Co", "Cs") and c not in "\t\r\n\f\v\x1a")
    return bad * 50 > len(sample)


def _refuse_damaged_utf8(data: bytes, fault: UnicodeDecodeError, name: str) -> None:
    """UTF-8 with a few broken bytes must not be read as Windows-1252: every accent in it would turn into two signs."""
    sound = len(re.findall(rb"[\xc3-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}", data))
    broken = data.decode("utf-8", errors="replace").count("\ufffd")
    if sound > 2 * broken:
        raise _damaged(name, "UTF-8", data[: fault.start])


def _damaged(name: str, words: str, before: bytes) -> UserError:
    line = before.count(b"\n") + 1
    where = f" from line {line} on" if line > 1 else ""
    return UserError(f"{name} is {words} text, but damaged{where}. Save it again as “CSV UTF-8” and try once more.")


def _one_byte(data: bytes, name: str) -> tuple[str, str]:
    found: list[tuple[int, str, str]] = []
    for codec, words in _ONE_BYTE:
        try:
            text = data.decode(codec)
        except UnicodeDecodeError:
            continue
        found.append((_oddities(text), text, words))
    _, text, words = min(found, key=lambda one: one[0])  # mac_roman and cp850 know every byte
    if _strange(text):
        raise UserError(f"{name} is not a table: it holds no readable text. Choose a CSV, XLSX, ODS or XLS file.")
    if _another_alphabet(text):
        return _by_statistics(data) or (text, words)
    return text, words


def _oddities(text: str) -> int:
    """How often a sign stands where no language puts it: inside a word, or a capital after a small letter."""
    odd = 0
    for at, sign in enumerate(text):
        if sign < "\x80":
            continue
        before = text[at - 1] if at else " "
        after = text[at + 1] if at + 1 < len(text) else " "
        if unicodedata.category(sign)[0] != "L":
            odd += sign not in _AT_HOME_IN_WORDS and (before.isalpha() or after.isalpha())
            odd += unicodedata.category(sign) == "Cc"
        elif (sign.isupper() and before.islower()) or (sign in "ºª" and after.isalpha()):
            odd += 1
    return odd


def _another_alphabet(text: str) -> bool:
    """Whole words without one ASCII letter: Cyrillic, Greek or the like, seen through Western glasses."""
    words = [w for w in _NON_ASCII_WORD.findall(text) if len(w) >= 3 and any(c >= "\x80" for c in w)]
    whole = sum(1 for w in words if all(c >= "\x80" for c in w))
    return whole * 2 > len(words)


def _by_statistics(data: bytes) -> tuple[str, str] | None:
    import charset_normalizer

    best = charset_normalizer.from_bytes(data, cp_isolation=_OTHER_ALPHABETS).best()
    if best is None:
        return None
    return str(best), best.encoding.replace("_", "-")
