"""What raters may see of whoever applied. This is the one place that says so.

They see the code, the project, those of their skills that it asks for, the answers, and the scores that they may see.
They do not see what tells who it is, alone or beside a list of candidates: name, nickname, addresses, links, phone,
student number, school, major, degree, class year, graduation, other skills, the days of being met, invited and applied,
where they came from, the week they have free, other work with us. It holds for the blind report (core.insight.report,
core.paper.report), the scoring screen (core.insight.scoring), lists, exports and the history (core.insight.sealed);
free texts go through a Mask.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import fields, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.insight.everyday import HOSTS
from core.insight.former import Former, former, former_names
from core.insight.masking import ADDRESS, NAME, NUMBER, SCHOOL, Finder
from core.model import Candidate, CandidateEmail, Enrolment, School
from core.text import nfc

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

__all__ = ["ADDRESS", "NAME", "NUMBER", "SCHOOL", "TELLS_WHO", "Mask", "masks", "without_who"]

RATERS_SEE = frozenset({"code", "skills", "answers", "evaluations", "applications", "stationery"})
"""Parts of a report, by field. `applications`: the one that is rated, by its project."""
TELLS_WHO = ("candidate_id", "enrolment_id", "class_year", "source", "invited_on", "applied_on")
"""Columns of an application that raters do not see."""

_View = TypeVar("_View", bound="DataclassInstance")


def without_who(view: _View) -> _View:
    """A report's view or facts with only what raters may see; all else is empty."""
    empty = {one.name: _empty(getattr(view, one.name)) for one in fields(view) if one.name not in RATERS_SEE}
    kept: Any = view
    rated = tuple(replace(one, applied_on=None) for one in kept.applications)
    return replace(view, **empty, applications=rated)


def _empty(value: object) -> object:
    return type(value)() if isinstance(value, str | tuple) else None


class Mask:
    """Replaces what tells who wrote a text, in any spelling of it; other words stay as they are."""

    def __init__(self, finder: Finder) -> None:
        self._finder = finder
        self._key = finder.signature

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Mask) and self._key == other._key

    def __hash__(self) -> int:
        return hash(self._key)

    def __call__(self, text: str) -> str:
        return _masked(self, text)

    @property
    def finder(self) -> Finder:
        return self._finder

    def covers(self, text: str) -> bool:
        """Whether it hides safely all in the text that may be theirs; else the text as a whole is held back."""
        return _covered(self, text)


@lru_cache(512)
def _masked(mask: Mask, text: str) -> str:
    """Kept, as the same answers are read again with each step of who scores them."""
    text = nfc(text)
    parts, at = [], 0
    for start, end, what in mask.finder.spans(text):
        parts += [text[at:start], what]
        at = end
    return "".join([*parts, text[at:]])


@lru_cache(512)
def _covered(mask: Mask, text: str) -> bool:
    return mask.finder.covers(nfc(text))


@lru_cache(1024)
def _finder(
    names: tuple[tuple[str, str], ...],
    words: tuple[str, ...],
    schools: tuple[str, ...],
    domains: tuple[str, ...],
    phones: tuple[str, ...],
    numbers: tuple[str, ...],
) -> Finder:
    """Kept, as its patterns take as long to make as to read an answer by."""
    return Finder(names, words=words, schools=schools, domains=domains, phones=phones, numbers=numbers)


def masks(session: Session, candidate_ids: Iterable[str]) -> dict[str, Mask]:
    """By candidate: of names, addresses, links, phone, and every school they were at with their number there, now and
    before."""
    ids = list(candidate_ids)
    before = former(session, ids)
    schools: dict[str, set[str]] = defaultdict(set)
    numbers: dict[str, list[str]] = defaultdict(list)
    for row_id, one in before.items():
        schools[row_id] |= one.school_ids
        numbers[row_id] += one.numbers
    studied = select(Enrolment.candidate_id, Enrolment.student_number, Enrolment.school_id)
    for row_id, number, school in session.execute(studied.where(Enrolment.candidate_id.in_(ids))):
        schools[row_id].add(school)
        numbers[row_id].append(number)
    asked = {school for some in schools.values() for school in some}
    known = {one.id: one for one in session.scalars(select(School).where(School.id.in_(asked)))}
    called = former_names(session, asked)
    mails: dict[str, list[str]] = defaultdict(list)
    addresses = select(CandidateEmail.candidate_id, CandidateEmail.address).where(CandidateEmail.candidate_id.in_(ids))
    for row_id, address in session.execute(addresses):
        mails[row_id].append(address)
    found = {}
    for person in session.scalars(select(Candidate).where(Candidate.id.in_(ids))):
        was = before.get(person.id) or Former()
        named = [(person.first_name, person.last_name, person.nickname), *was.named]
        at = [known[one] for one in sorted(schools[person.id]) if one in known]
        found[person.id] = Mask(
            _finder(
                tuple(pair for first, last, nickname in named for pair in ((first, last), (nickname, last))),
                (
                    *(word for address in (*mails[person.id], *was.addresses) for word in _of_address(address)),
                    *(word for link in (*person.links, *was.links) for word in _of_link(link)),
                ),
                (
                    *(name for one in at for name in (one.name, one.short_name)),
                    *(name for one in schools[person.id] for name in called.get(one, ())),
                ),
                tuple(domain for one in at for domain in one.domains),
                (person.phone, *was.phones),
                tuple(numbers[person.id]),
            )
        )
    return found


def _of_address(address: str) -> list[str]:
    """The part before the @ and its pieces; of the host what is no provider's."""
    box, _, host = address.partition("@")
    return [box, *_pieces(box), *_own(host)]


def _of_link(link: str) -> list[str]:
    """The last piece of its path, and of the host what is no provider's."""
    host, _, path = link.partition("://")[2].partition("/") if "://" in link else link.partition("/")
    last = path.rstrip("/").rpartition("/")[2] if path else ""
    return [last, *_pieces(last), *_own(host)]


def _own(host: str) -> list[str]:
    # A school's is found by the school's name, which may be an ordinary word.
    if re.search(r"\.(edu|ac)(\.\w\w)?$", host.casefold()):
        return []
    *labels, _ = host.split(".") if "." in host else (host, "")
    return [one for one in labels if one.casefold() not in HOSTS]


def _pieces(words: str) -> list[str]:
    """zor and kel of zor.kel; digits alone tell nobody."""
    return [one for one in re.split(r"[\W\d_]+", words) if len(one) > 2 and one.casefold() not in HOSTS]
