"""Who may be one person twice: same mailbox, same phone, or a like name at the same school. Never decided by itself.

A phone is compared by its last nine digits, without a table of the world's numbering plans: numbers of two countries
that share nine digits are shown as a pair, and a person who looks at both sees it at once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from rapidfuzz import fuzz
from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from core.errors import UserError
from core.ids import new_id
from core.model import Candidate, CandidateEmail, DifferentPeople, Enrolment
from core.store import Label, Store
from core.text import fold
from core.work.candidates import CandidateDraft
from core.work.checks import find
from core.work.look_alike import mail_key, pair_key, phone_key, told_apart
from core.work.schools import SchoolIndex
from core.work.taking_in import known_school

ALIKE = 90
"""Of 100: one letter otherwise in a name of some length (rapidfuzz's ratio of the words in one order)."""
_NEIGHBOURS = 12
"""Within a crowd of like beginnings each name is compared with so many that follow it in order."""
_SEPARATORS = " -.()/+\u00a0\u2010\u2011\u2013"
_STEP = 1000


@dataclass(frozen=True, slots=True)
class Likeness:
    """Someone who may be meant. `why` goes on from the name; `score` of 100."""

    candidate_id: str
    name: str
    why: str
    score: int


@dataclass(frozen=True, slots=True)
class Sharing:
    """Someone who has the very address of another."""

    candidate_id: str
    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Two who may be one. `why`: every ground, the surest first."""

    first_id: str
    second_id: str
    why: tuple[str, ...]
    score: int


_MAIL = ("has the same e-mail address", 100)
_ALIAS = ("has the same e-mail address, written otherwise", 98)
_PHONE = ("has the same phone number", 92)
_NAME = ("has the same name at the same school", 90)
_LIKE_NAME = "has a like name at the same school"


def ordered(first: str, last: str) -> str:
    """A name's words in one order, case, accents and hyphens aside; a nickname counts for nothing."""
    return " ".join(sorted(fold(f"{first} {last}".replace("-", " ").replace(",", " ")).split()))


def likeness(mine: str, theirs: str) -> int:
    """Of two names from `ordered`: 0 to 100. One word alone must be the same: too many share a beginning."""
    if not mine or not theirs:
        return 0
    if mine == theirs:
        return 100
    if " " not in mine or " " not in theirs:
        return 0
    return int(fuzz.ratio(mine, theirs, score_cutoff=ALIKE))


def likely(store: Store, draft: CandidateDraft, own_id: str | None = None) -> list[Likeness]:
    """Who else this may be, the surest first; without those of whom it was said that they are someone else."""
    found: dict[str, tuple[str, int]] = {}
    with store.read() as session:
        for candidate_id, why, score in _grounds(session, draft):
            if candidate_id not in found or found[candidate_id][1] < score:
                found[candidate_id] = (why, score)
        apart = told_apart(session)
        names = {}
        if found:
            query = select(Candidate).where(Candidate.id.in_(list(found)[:500]))
            names = {row.id: row.name for row in session.scalars(query)}
    alike = [
        Likeness(one, names[one], why, score)
        for one, (why, score) in found.items()
        if one in names and one != own_id and (own_id is None or pair_key(own_id, one) not in apart)
    ]
    return sorted(alike, key=lambda one: (-one.score, one.name, one.candidate_id))


def duplicates_of(store: Store, draft: CandidateDraft, *, own_id: str | None = None) -> list[tuple[str, str]]:
    """(candidate id, why) of those who may be the same person."""
    return [(one.candidate_id, one.why) for one in likely(store, draft, own_id)]


def _grounds(session: Session, draft: CandidateDraft) -> Iterator[tuple[str, str, int]]:
    for address in draft.emails:
        key = mail_key(address)
        local, _, domain = key.rpartition("@")
        if not local or not domain:
            continue
        at = [f"%@{domain}", *(["%@googlemail.com"] if domain == "gmail.com" else [])]
        lower = func.lower(CandidateEmail.address)
        query = select(CandidateEmail).where(lower.like(f"{_plain(local[0])}%", escape="\\"))
        for row in session.scalars(query.where(or_(*(lower.like(one) for one in at)))):
            if mail_key(row.address) == key:
                same = row.address.casefold() == address.strip().casefold()
                yield (row.candidate_id, *(_MAIL if same else _ALIAS))
    if key := phone_key(draft.phone):
        digits = Candidate.phone
        for mark in _SEPARATORS:
            digits = func.replace(digits, mark, "")  # type: ignore[assignment]
        for candidate_id, phone in session.execute(
            select(Candidate.id, Candidate.phone).where(digits.like(f"%{key}%"))
        ):
            if phone_key(phone) == key:
                yield (candidate_id, *_PHONE)
    school = known_school(SchoolIndex(session), draft)
    name = ordered(draft.first_name, draft.last_name)
    if school is not None and name:
        here = select(Enrolment.candidate_id).where(Enrolment.school_id == school.id)
        people = select(Candidate.id, Candidate.first_name, Candidate.last_name).where(Candidate.id.in_(here))
        for candidate_id, first, last in session.execute(people):
            alike = likeness(name, ordered(first, last))
            if alike >= ALIKE:
                yield (candidate_id, *_named(alike))


def _plain(letter: str) -> str:
    return f"\\{letter}" if letter in "%_\\" else letter


def _named(alike: int) -> tuple[str, int]:
    return _NAME if alike == 100 else (_LIKE_NAME, alike - 10)


def pairs(store: Store, progress: Callable[[int, int], None] | None = None) -> list[Pair]:
    """All pairs in the store who may be one person, the surest first. `progress` may raise, to stop."""
    told = progress or (lambda _done, _total: None)
    with store.read() as session:
        query = select(Candidate.id, Candidate.first_name, Candidate.last_name, Candidate.phone)
        people = session.execute(query.order_by(Candidate.number)).all()
        mails = session.execute(select(CandidateEmail.candidate_id, CandidateEmail.address)).all()
        schools = _schools(session)
        found = _Found(told_apart(session))
    boxes: dict[str, _Crowd] = defaultdict(list)
    for candidate_id, address in mails:
        boxes[mail_key(address)].append((address.casefold(), candidate_id))
    phones: dict[str, _Crowd] = defaultdict(list)
    blocks: dict[tuple[str, str, str], _Crowd] = defaultdict(list)
    for at, (candidate_id, first, last, phone) in enumerate(people):
        if at % _STEP == 0:
            told(at, 2 * len(people))
        if key := phone_key(phone):
            phones[key].append((key, candidate_id))
        if name := ordered(first, last):
            for school_id in schools[candidate_id]:
                for block in _beginnings(name):
                    blocks[school_id, *block].append((name, candidate_id))
    for box in boxes.values():
        found.compare(box, lambda mine, theirs: _MAIL if mine == theirs else _ALIAS)
    for same in phones.values():
        found.compare(same, lambda _mine, _theirs: _PHONE)
    for at, crowd in enumerate(blocks.values()):
        if at % _STEP == 0:
            told(len(people) + len(people) * at // len(blocks), 2 * len(people))
        found.compare(crowd, _by_name)
    return found.pairs({row.id: at for at, row in enumerate(people)})


def _schools(session: Session) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for candidate_id, school_id in session.execute(select(Enrolment.candidate_id, Enrolment.school_id)):
        found[candidate_id].add(school_id)
    return found


_Crowd = list[tuple[str, str]]


def _by_name(mine: str, theirs: str) -> tuple[str, int] | None:
    alike = likeness(mine, theirs)
    return _named(alike) if alike >= ALIKE else None


class _Found:
    """Grounds by pair. Within a crowd each is compared with a few that follow, so that no crowd costs its square."""

    def __init__(self, apart: set[tuple[str, str]]) -> None:
        self._apart = apart
        self._why: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)

    def compare(self, crowd: _Crowd, ground: Callable[[str, str], tuple[str, int] | None]) -> None:
        crowd.sort()
        for place, (mine, one) in enumerate(crowd):
            for theirs, other in crowd[place + 1 : place + 1 + _NEIGHBOURS]:
                key = pair_key(one, other)
                if one != other and key not in self._apart and (said := ground(mine, theirs)) is not None:
                    self._why[key][said[0]] = max(said[1], self._why[key].get(said[0], 0))

    def pairs(self, order: dict[str, int]) -> list[Pair]:
        """The one who came in first stands first."""
        made = []
        for (one, other), why in self._why.items():
            if _MAIL[0] in why:
                why.pop(_ALIAS[0], None)
            if _NAME[0] in why:
                why.pop(_LIKE_NAME, None)
            # Two grounds are surer than one.
            score = min(100, max(why.values()) + 3 * (len(why) - 1))
            first, second = sorted((one, other), key=lambda row_id: order.get(row_id, 0))
            made.append(Pair(first, second, tuple(sorted(why, key=lambda words: -why[words])), score))
        return sorted(made, key=lambda pair: (-pair.score, order.get(pair.first_id, 0), order.get(pair.second_id, 0)))


def _beginnings(name: str) -> set[tuple[str, str]]:
    """Blocks to compare within: a word's first letters beside the first letters of the others."""
    words = name.split()
    firsts = [word[0] for word in words]
    return {(word[:3], "".join(sorted(firsts[:at] + firsts[at + 1 :]))) for at, word in enumerate(words)}


def tell_apart(store: Store, one_id: str, other_id: str) -> None:
    """They are two people, as someone says: no list proposes them again. Said twice it changes nothing."""
    if one_id == other_id:
        raise UserError("This is one and the same person. Choose two.")
    with store.change(Label.TOLD_APART, ("candidates", one_id), ("candidates", other_id)) as session:
        for row_id in (one_id, other_id):
            find(session, Candidate, row_id, "candidate")
        set_apart(session, one_id, [other_id])


def set_apart(session: Session, one_id: str, others: Iterable[str]) -> None:
    """Within a change: they are none of these."""
    there = told_apart(session)
    for other_id in others:
        if other_id != one_id and pair_key(one_id, other_id) not in there:
            first, second = pair_key(one_id, other_id)
            there.add((first, second))
            session.add(DifferentPeople(id=new_id(), candidate_id=first, other_id=second))


def sharing(store: Store, draft: CandidateDraft, own_id: str | None = None) -> list[Sharing]:
    """Who else has one of these very addresses, without those of whom it was said that they are someone else."""
    with store.read() as session:
        return sharers(session, draft.emails, own_id)


def sharers(session: Session, emails: Iterable[str], own_id: str | None) -> list[Sharing]:
    found: dict[str, Sharing] = {}
    apart: set[tuple[str, str]] | None = None
    for address in emails:
        same = func.lower(CandidateEmail.address) == address.strip().lower()
        query = select(Candidate).where(Candidate.id.in_(select(CandidateEmail.candidate_id).where(same)))
        for other in session.scalars(query.order_by(Candidate.number)):
            apart = told_apart(session) if apart is None else apart
            if other.id != own_id and (own_id is None or pair_key(own_id, other.id) not in apart):
                found.setdefault(other.id, Sharing(other.id, other.name, address))
    return list(found.values())
