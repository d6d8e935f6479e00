"""Who among many may be the same person, looked up without a query for each: for files of many rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz
from sqlalchemy.orm import Session

from core.model import DifferentPeople
from core.text import fold
from core.work.checks import rows

_SHORTEST_PHONE = 7
_SAME_DIGITS = 9
_DOTS_ASIDE = frozenset({"gmail.com", "googlemail.com"})
MOST = 3
_MOST_NAMESAKES = 50
ALIKE = 90
"""Of 100, by rapidfuzz's ratio: about one letter otherwise in a name of some length."""


@dataclass(frozen=True, slots=True)
class Alike:
    """A candidate who may be meant, and why: words that go on from the name."""

    candidate_id: str
    name: str
    why: str


@dataclass(slots=True)
class LookAlikes:
    """By other forms of an address, by phone, by a name in any order, and by a like name at one school."""

    _names: dict[str, str] = field(default_factory=dict)
    _schools: dict[str, str | None] = field(default_factory=dict)
    _by_mail: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    _by_phone: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    _by_name: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    _by_beginning: dict[tuple[str, str], list[tuple[str, str]]] = field(default_factory=lambda: defaultdict(list))

    def add(self, candidate_id: str, name: str, phone: str, emails: Iterable[str], school_id: str | None) -> None:
        self._names[candidate_id], self._schools[candidate_id] = name, school_id
        for address in emails:
            self._by_mail[mail_key(address)].append(candidate_id)
        if key := phone_key(phone):
            self._by_phone[key].append(candidate_id)
        if key := name_parts(name):
            self._by_name[key].append(candidate_id)
            for beginning in _beginnings(key) if school_id else ():
                self._by_beginning[school_id or "", beginning].append((key, candidate_id))

    def find(
        self, name: str, phone: str, emails: Sequence[str], school_id: str | None, *, new_school: bool = False
    ) -> tuple[Alike, ...]:
        """At most MOST, the surest first. `new_school`: one is named, which nobody of these went to."""
        why: dict[str, str] = {}
        for address in emails:
            for one in self._by_mail.get(mail_key(address), ()):
                why.setdefault(one, "has the same e-mail address, written otherwise")
        if key := phone_key(phone):
            for one in self._by_phone.get(key, ()):
                why.setdefault(one, "has the same phone number")
        if key := name_parts(name):
            elsewhere = school_id is None and new_school
            for one in self._by_name.get(key, ())[:_MOST_NAMESAKES]:
                theirs = self._schools[one]
                if theirs is not None and theirs == school_id:
                    why.setdefault(one, "has the same name at the same school")
                elif theirs is None or (school_id is None and not elsewhere):
                    why.setdefault(one, "has the same name, and of one of the two no school is known")
            for beginning in _beginnings(key) if school_id else ():
                for theirs_key, one in self._by_beginning.get((school_id or "", beginning), ())[:_MOST_NAMESAKES]:
                    if one not in why and fuzz.ratio(key, theirs_key, score_cutoff=ALIKE):
                        why[one] = "has a like name at the same school"
        return tuple(Alike(one, self._names[one], words) for one, words in why.items())[:MOST]


def told_apart(session: Session) -> set[tuple[str, str]]:
    """Pairs of whom someone said that they are two people."""
    return {pair_key(row.candidate_id, row.other_id) for row in rows(session, DifferentPeople)}


def pair_key(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one < other else (other, one)


def mail_key(address: str) -> str:
    """The mailbox behind an address: without case, what follows a plus, and dots where the provider ignores them."""
    local, _, domain = address.strip().casefold().rpartition("@")
    local = local.partition("+")[0] or local
    if domain in _DOTS_ASIDE:
        local, domain = local.replace(".", ""), "gmail.com"
    return f"{local}@{domain}"


def phone_key(phone: str) -> str:
    """The last digits, which country and trunk prefixes leave alone; "" where there are too few to tell."""
    digits = "".join(c for c in phone.casefold().partition("ext")[0].partition("x")[0] if c.isdigit())
    return digits[-_SAME_DIGITS:] if len(digits) >= _SHORTEST_PHONE else ""


def name_parts(name: str) -> str:
    """The name's words in one order, so that Ruiz Ana is Ana Ruiz; "" of a single word, which too many share."""
    parts = sorted(fold(name.replace("-", " ")).split())
    return " ".join(parts) if len(parts) > 1 else ""


def _beginnings(key: str) -> set[str]:
    """A slip of the hand spares at least one word's beginning."""
    return {word[:3] for word in key.split()}
