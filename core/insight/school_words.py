"""How a school is written: its name in another spacing, a part of it, its letters. Patterns for folded text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from core.insight.everyday import PLACES
from core.insight.spelling import GAP, edged, folded, parts

_KIND = "university|college|institute|institution|school|academy|polytechnic|univ|inst"
BEFORE_IT = re.compile(rf"(?<!\w)(?:the\s+)?(?:(?:{_KIND}|u)\.?\s+(?:of|at|for)\s+(?:the\s+)?|u\.?\s)$", re.IGNORECASE)
AFTER_IT = re.compile(
    rf"(?:[\s,]{{1,2}}(?:{_KIND.title()}|{_KIND.upper()}|university|college|State|Community|Campus|System|Tech)\b\.?"
    r"(?:\s(?:of|for)\s(?:Technology|Tech|Art|Arts|Design|Science|Sciences|Music))?)+"
)
"""What belongs to a school's name where it touches it: University of [school], [school] State College."""
_GENERIC = frozenset(
    {
        "a", "academy", "and", "art", "arts", "at", "campus", "central", "city", "college", "community", "for",
        "graduate", "high", "in", "institute", "institution", "main", "national", "of", "polytechnic", "public",
        "school", "science", "sciences", "state", "system", "tech", "technical", "technology", "the", "univ",
        "universidad", "universita", "universitat", "universite", "university",
    }
)  # fmt: skip
_SUBJECTS = frozenset(
    {
        "agricultural", "agriculture", "area", "baptist", "bible", "business", "career", "catholic", "christian",
        "colleges", "commerce", "culinary", "dance", "design", "drama", "economics", "education", "engineering",
        "fashion", "film", "governors", "health", "international", "island", "junior", "law", "liberal", "lutheran",
        "management", "maritime", "mechanical", "media", "medical", "medicine", "methodist", "military", "mines",
        "music", "naval", "online", "performing", "professional", "schools", "social", "studies", "teachers",
        "theological", "theology", "universities", "vocational", "women",
    }
)  # fmt: skip
"""What is taught and for whom: words of any text."""
_SMALL = frozenset({"and", "at", "de", "del", "di", "for", "in", "la", "of", "the"})


def school(name: str) -> str:
    """In another spacing too: De Paul, DePaul; U.I.C."""
    split = _camel(name)
    word = "".join(split)
    if len(word) < 2:
        return ""
    if len(word) < 6:
        # With spaces MIT would be found in "I'm it".
        if len(split) > 1:
            return edged(GAP.join(map(re.escape, split)))
        return _letters(word)
    if len(split) == 1:
        return edged(r"[\s.’'-]?".join(map(re.escape, word)))
    inner = (r"[\s.’'-]?" if len(part) > 5 else r"\.?" for part in split)
    return edged(GAP.join(gap.join(map(re.escape, part)) for gap, part in zip(inner, split, strict=True)))


def core(name: str) -> str:
    """The name without the words that many schools have: Northfield of Northfield College."""
    words = [
        word
        for word in re.split(r"[\s,]+", name)
        if folded(word) not in _GENERIC and not (word.islower() and folded(word) in _SMALL)
    ]
    rest = " ".join(words)
    return rest if len("".join(parts(rest))) > 3 else ""


def is_ordinary(name: str) -> bool:
    """Whether a school's name, or what is left of it, may be a word of any text, as Rice and Lake are."""
    word = "".join(parts(name))
    return len(_camel(name)) == 1 and (len(word) < 3 or (word in PLACES and not name.isupper()))


def of_name(name: str) -> Iterator[str]:
    """What of a name of several words is its own: Ohio; Rhode Island, Rhode; UChicago."""
    if len(parts(name)) < 2:
        return
    common = _GENERIC | _SUBJECTS | PLACES
    run: list[str] = []
    for word in [*re.split(r"(,)|[\s-]+", name), ""]:
        said = parts(word or "")
        if said and not set(said) <= _GENERIC | _SMALL:
            run += said
            continue
        if len(run) > 1 and not set(run) <= common:
            yield edged(GAP.join(map(re.escape, run)))
        run = run if word is None else []
    own = [one for one in parts(name) if len(one) > 2 and one not in common]
    yield from (edged(re.escape(one)) for one in own)
    if own:
        yield edged("u" + re.escape(own[0]))


def of_letters(name: str) -> Iterator[str]:
    """Its initials, where it has some: MIT, UCLA; U of C. They are looked for in capitals alone."""
    words = [one for one in parts(name) if one not in _SMALL]
    initials = "".join(one[0] for one in words)
    if 3 <= len(initials) <= 6:
        yield _letters(initials)
    if len(words) > 1 and words[0] == "university":
        yield edged(rf"u\.?\s?of\s?{re.escape(words[1][0])}")


def _letters(word: str) -> str:
    return edged(r"\.?".join(map(re.escape, word))) + rf"(?:(?<=\.{re.escape(word[-1])})\.)?"


def _camel(name: str) -> list[str]:
    """DePaul is De Paul."""
    return parts(re.sub(r"(?<=[^\W\d_A-Z])(?=[A-Z])", " ", name))
