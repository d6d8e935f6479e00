"""Finding in a text what tells who wrote it, however it is spelled. What of it raters may see: core.insight.blind.

Names are looked for in a folded copy of the text (case, accents and marks aside) in which each letter knows its place
in the original, so that what is put in their stead covers exactly what was written.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import groupby

from core.insight import school_words
from core.insight.diminutives import called
from core.insight.everyday import BOXES, EVERYDAY
from core.insight.spelling import BEFORE, GAP, edged, folded, mapped, parts, plain, readings

Span = tuple[int, int, str]
"""From, to, and what is put there."""

NAME, ADDRESS, SCHOOL, NUMBER = "[name]", "[address]", "[school]", "[number]"
_ORDER = (ADDRESS, NUMBER, SCHOOL, NAME)

# Words of many names that are as well ordinary words; alone they tell nobody.
_PARTICLES = frozenset(
    {
        "af", "al", "an", "and", "av", "da", "das", "de", "del", "della", "den", "der", "des", "di", "do", "dos", "du",
        "el", "la", "las", "le", "les", "los", "st", "te", "ten", "ter", "van", "ver", "von", "vom", "zu", "zum", "zur",
    }
)  # fmt: skip
# Scripts that put no space between words: no edge of a word can be asked for.
_UNSPACED = ("CJK", "HIRAGANA", "KATAKANA", "HANGUL", "THAI", "LAO", "KHMER", "MYANMAR", "TIBETAN")
_SET_APART = re.compile(r"(?<![^\W\d_])(?:[^\W\d_][\s._*-]{1,3}){2,40}[^\W\d_](?![^\W\d_])")
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe", "æ": "ae"})
_ADDRESSES = re.compile(
    r"[^\s@<>()\[\]\"“”,;:]{1,64}@[^\s@<>()\[\]\"“”,;:]{1,190}\.\w+"
    r"|[\w.+-]{1,64}\s?[(\[{]\s?at\s?[)\]}]\s?[\w-]+(?:(?:\.|\s?[(\[{]\s?dot\s?[)\]}]\s?|\sdot\s)[\w-]+)+"
    r"|(?:https?|ftp)://[^\s<>\"“”]+"
    r"|(?<![\w.])www\.[^\s<>\"“”]+"
    # linkedin.com/in/x; "and/or", "etc./usw." and 1.5/h are none: a word of letters stands before the slash.
    r"|(?<![\w.@/-])(?:[^\W_](?:[\w-]*[^\W_])?\.)+[a-zA-Z]{2,18}/[^\s<>\"“”]+"
    r"|(?<![\w.@/-])(?:[^\W_](?:[\w-]*[^\W_])?\.)+(?:com|org|edu|gov|info|dev|app|page|site|me|io|ai|xyz|blog|design"
    r"|ac\.uk|co\.uk|edu\.\w\w|com\.\w\w)(?![\w-]|\.\w)"
    r"|(?<![\w@.])@[^\W\d](?:[\w.-]*\w)+"
)
_SEPARATOR = r"[ \u00a0.\-\u2010-\u2013/]?"
_PHONES = re.compile(
    rf"(?<![\w+])(?:\+|00[ -]?)[1-9](?:[ \u00a0.\-\u2010-\u2013/()]{{0,3}}\d){{8,14}}(?!\w)"
    rf"|(?<![\w.])(?:1{_SEPARATOR})?\(\d{{2,5}}\)[ -]?\d{{2,4}}(?:{_SEPARATOR}\d{{2,4}}){{1,3}}(?!\w)"
    rf"|(?<![\w.\-/])(?:1[ .-])?\d{{3}}([ .-])\d{{3}}\1\d{{4}}(?!\w)"
    rf"|(?<![\w.\-/,])0[1-9]\d{{0,4}}(?:[ /-]\d{{2,8}}){{1,4}}(?![\w-])"
    rf"|(?<![\w.,])(?:0?[1-9]\d{{9}})(?![\w.,]\d|\w)"
)

_HOST, _LONGEST_HOST = re.compile(r"(?:[\w-]+\.)*\Z"), 253


class Finder:
    """Looks for one person: names, further words that are theirs (of addresses and links), schools, numbers."""

    def __init__(
        self,
        names: Iterable[tuple[str, str]],
        *,
        words: Iterable[str] = (),
        schools: Iterable[str] = (),
        domains: Iterable[str] = (),
        phones: Iterable[str] = (),
        numbers: Iterable[str] = (),
    ) -> None:
        """`names`: (first, last), either may be empty; `words` count only where they cannot be ordinary ones."""
        named = [one for one in names if any(one)]
        theirs = (form for word in words if _is_theirs(word) for form in _of_word(word))
        people = [*(form for pair in named for form in _names(*pair)), *theirs]
        people += [edged(re.escape(one)) for first, _ in named for one in _called(first)]
        self._names = _compiled(people)
        # What stands there besides the name it may be tells by its place: "I [name] start" is Will.
        alone = [part for pair in named for side in pair for part in _bare(side)]
        self._bare = _compiled(edged(re.escape(part)) for part in alone if not _in_unspaced(part))
        self._left = _compiled(re.escape(part) for part in alone if _in_unspaced(part))
        # Short ones only where they are written as names are: Bo, not "bo".
        self._short = _compiled(edged(re.escape(p)) for pair in named for p in _short(*pair))
        at = set(schools) - {""}
        places = {form for name in at for form in (name, school_words.core(name)) if form}
        own = [form for name in at for form in school_words.of_name(name)]
        found = [school_words.school(one) for one in places if not school_words.is_ordinary(one)]
        self._schools = _compiled([*found, *own])
        self._places = _compiled(school_words.school(one) for one in places if school_words.is_ordinary(one))
        self._letters = _compiled(form for name in at for form in school_words.of_letters(name))
        self._domains = _compiled(rf"(?<!\w){re.escape(one)}(?!\w)" for d in domains if (one := folded(d)))
        numbered = [rf"(?<!\w){digits}(?!\w)" for one in numbers if (digits := _number(one))]
        self._numbers = _compiled([*numbered, *(form for one in phones if (form := _phone(one)))])

    @property
    def signature(self) -> tuple[str, ...]:
        """The same for two that find the same."""
        looked_for = (self._names, self._short, self._schools, self._places, self._letters, self._domains)
        return tuple(one.pattern if one else "" for one in (*looked_for, self._numbers, self._bare, self._left))

    def covers(self, text: str) -> bool:
        """Whether nothing in it may be theirs that is too short, too common or too oddly set to be told from the rest.

        A school's name that is an ordinary word is covered where it is written as a name is.
        """
        if self._bare is not None and any(self._bare.search(said) for said, _ in readings(text)):
            return False
        for rest, _ in readings(_without(text, self.spans(text))):
            if any(one is not None and one.search(rest) for one in (self._left, self._places)):
                return False
        # A d a: letters set apart are read together by a person.
        return not any(
            one is not None and one.search(joined)
            for joined in map(_together, _SET_APART.findall(mapped(text)[0]))
            for one in (self._names, self._bare, self._schools)
        )

    def spans(self, text: str) -> list[Span]:
        """In order, none within another."""
        found: list[Span] = [(m.start(), m.end(), ADDRESS) for m in _ADDRESSES.finditer(text)]
        found = [(start, start + len(text[start:end].rstrip(".,;:!?)]}'’")), what) for start, end, what in found]
        found += [(m.start(), m.end(), NUMBER) for m in _PHONES.finditer(text)]
        for said, places in readings(text):
            found += self._theirs(text, said, places)
        return _merged(text, found)

    def _theirs(self, text: str, said: str, places: list[int]) -> Iterator[Span]:
        for pattern, what, written in (
            (self._domains, ADDRESS, _anyhow),
            (self._numbers, NUMBER, _anyhow),
            (self._schools, SCHOOL, _anyhow),
            (self._places, SCHOOL, _as_a_name),
            (self._letters, SCHOOL, _in_capitals),
            (self._names, NAME, _anyhow),
            (self._short, NAME, _as_a_name),
        ):
            for match in pattern.finditer(said) if pattern else ():
                first = match.start()
                if what == ADDRESS:
                    # Looked for from its end on: a pattern that begins with any word takes the square of the text.
                    before_it = _HOST.search(said, max(0, first - _LONGEST_HOST), first)
                    first = before_it.start() if before_it else first
                start, end = places[first], places[match.end() - 1] + 1
                while end < len(text) and not plain(text[end]):
                    end += 1
                if not written(text[start:end]):
                    continue
                if what == SCHOOL:
                    before = school_words.BEFORE_IT.search(text[max(0, start - 40) : start])
                    after = school_words.AFTER_IT.match(text, end)
                    start, end = start - len(before[0]) if before else start, after.end() if after else end
                yield start, end, what


def _anyhow(_: str) -> bool:
    return True


def _as_a_name(written: str) -> bool:
    return not written[0].islower()


def _in_capitals(written: str) -> bool:
    return "".join(c for c in written if c.isalpha()).replace("of", "").isupper()


def _without(text: str, spans: list[Span]) -> str:
    parts, at = [], 0
    for start, end, _ in spans:
        parts.append(text[at:start])
        at = end
    return "\n".join([*parts, text[at:]])


def _together(letters: str) -> str:
    return "".join(re.findall(r"[^\W\d_]", letters))


def _merged(text: str, found: list[Span]) -> list[Span]:
    """Those that touch become one, and so do names beside each other."""
    merged: list[Span] = []
    for start, end, what in sorted(found, key=lambda one: (one[0], -one[1])):
        if merged:
            before, until, said = merged[-1]
            first = min(said, what, key=_ORDER.index)
            if start < until:
                merged[-1] = (before, max(until, end), first)
                continue
            between = text[until:start]
            if (
                said == what
                and what in (NAME, SCHOOL)
                and len(between) <= 3
                and "\n" not in between
                and re.fullmatch(r"[\s.,_-]*", between)
            ):
                merged[-1] = (before, end, what)
                continue
        merged.append((start, end, what))
    return merged


def _compiled(forms: Iterable[str]) -> re.Pattern[str] | None:
    kept = sorted({form for form in forms if form}, key=lambda form: (-len(form), form))
    # The edge before them is asked for once: most letters of a text stand within a word.
    found = []
    for at_edge, group in groupby(kept, key=_opens_with_edge):
        forms_of = [form.removeprefix(BEFORE) if at_edge else form for form in group]
        found.append(f"{BEFORE}(?:{'|'.join(forms_of)})" if at_edge else "|".join(forms_of))
    return re.compile("|".join(found)) if kept else None


def _opens_with_edge(form: str) -> bool:
    return form.startswith(BEFORE) and "|" not in form


def _joined(said: list[str]) -> str:
    if not said:
        return ""
    if all("\u0621" <= one[0] <= "\u064a" for one in said):
        return _arabic(said)
    form = GAP.join(map(re.escape, said))
    return form if _unspaced("".join(said)) else edged(form)


def _arabic(said: list[str]) -> str:
    """With the small words that are written at it, "and", "for", "the", and without its own "the"."""
    first = said[0].removeprefix("ال") if len(said[0]) > 4 else said[0]
    return edged("(?:[وفبلك]{0,2}(?:ال)?|[وف]?لل)" + GAP.join(map(re.escape, [first, *said[1:]])))


def _unspaced(word: str) -> bool:
    return len(word) > 1 and all(unicodedata.name(c, "").startswith(_UNSPACED) for c in word)


def _spellings(name: str) -> Iterator[list[str]]:
    """As it is, and as it is typed where a keyboard lacks the letter: Müller, Muller, Mueller."""
    yield parts(name)
    if (written := name.casefold().translate(_UMLAUTS)) != name.casefold():
        yield parts(written)
    for pair, letter in (("ae", "a"), ("oe", "o"), ("ue", "u")):
        if pair in (plain := folded(name)):
            yield parts(plain.replace(pair, letter))


def _names(first: str, last: str) -> Iterator[str]:
    firsts, lasts = list(_spellings(first)), list(_spellings(last))
    for side in (*firsts, *lasts):
        whole = "".join(side)
        if len(whole) > 2 or _unspaced(whole):
            yield _joined(side)
        for part in side:
            if (len(part) > 2 or _unspaced(part)) and (len(side) == 1 or part not in _PARTICLES):
                yield _joined([part])
                yield _kerned(part)
    for one in firsts:
        for other in lasts:
            if one and other:
                yield _joined([*one, *other])
                yield _joined([*other, *one])
                if len("".join(other)) > 2:
                    # A. Lovelace, Ada L., A.L.
                    last = re.escape(other[0][0]) + re.escape(other[-1][0])
                    yield edged(rf"{re.escape(one[0][0])}(?:\.\s?|[\s_])" + GAP.join(map(re.escape, other)))
                    yield BEFORE + GAP.join(map(re.escape, one)) + rf"[\s_]{{1,2}}[{last}]\.(?!\w)"
                    yield BEFORE + rf"{re.escape(one[0][0])}\.\s?[{last}]\.(?!\w)"


def _kerned(part: str) -> str:
    """T uring, V an: what is read out of a PDF where its letters stand closer. "A very" stays, as two words."""
    if len(part) < 4 or part[0] in "aio" or _unspaced(part):
        return ""
    return edged(rf"{re.escape(part[0])} {re.escape(part[1:])}")


def _short(first: str, last: str) -> Iterator[str]:
    for side in (parts(first), parts(last)):
        for part in side:
            if len(part) == 2 and (len(side) == 1 or part not in _PARTICLES):
                yield part


def _bare(side: str) -> Iterator[str]:
    """Parts of a name that a mask cannot cover: fewer than three letters, or a word of any text."""
    said = parts(side)
    for part in said:
        alone = len(said) == 1 or part not in _PARTICLES
        short = len(part) < 3 and not _unspaced(part)
        if alone and (part in EVERYDAY or (short and (len(said) == 1 or len(part) == 2))):
            yield part


def _in_unspaced(part: str) -> bool:
    return all(unicodedata.name(c, "").startswith(_UNSPACED) for c in part)


def _of_word(word: str) -> Iterator[str]:
    """wangwei is Wang Wei too."""
    signs = _signs(word)
    yield _joined(signs)
    if len(signs) == 1 and signs[0].isalpha() and len(signs[0]) > 5 and not _unspaced(signs[0]):
        one = signs[0]
        yield from (edged(one[:at] + r"[\s.’'_-]" + one[at:]) for at in range(2, len(one) - 1))


def _called(first: str) -> Iterator[str]:
    for one in {other for part in parts(first) for other in called(part)}:
        if len(one) > 2 and one not in EVERYDAY:
            yield one


def _signs(word: str) -> list[str]:
    """Folded, letters and digits: adal99."""
    return re.findall(r"[^\W_]+", folded(word))


def _is_theirs(word: str) -> bool:
    """Of an address: "hello" and "design" are words of any text, ada.l, s1234, zorkel and lovelacea are not."""
    signs = "".join(_signs(word))
    if signs in BOXES or len(re.findall(r"[^\W\d_]", signs)) < 1:
        return False
    return len(signs) > 3 or (len(signs) == 3 and signs.isalpha() and signs not in _PARTICLES)


def _number(number: str) -> str:
    signs = re.findall(r"[^\W_]", folded(number))
    return r"[\s./_-]?".join(map(re.escape, signs)) if len(signs) > 3 else ""


def _phone(number: str) -> str:
    """The last seven digits say whose it is; what stands before them goes with them."""
    digits = re.findall(r"\d", folded(number))
    if len(digits) < 6:
        return ""
    last = r"[\s().\u2010-\u2013/-]{0,2}".join(map(re.escape, digits[-7:]))
    return rf"(?<!\d)(?:[+(]{{0,2}}\d[\d\s().\u2010-\u2013/-]{{0,14}})?{last}(?!\d)"
