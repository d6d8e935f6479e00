"""What people were called and could be reached at before: a text that was written then still says it.

It is read in the record of changes: what was changed, taken out, or came in with somebody who was merged.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.insight.parts import chunks
from core.model import Candidate, CandidateEmail, Change, ChangeRow, Enrolment, School
from core.store import Label

_PARTS = (CandidateEmail.__tablename__, Enrolment.__tablename__)
_PERSON = Candidate.__tablename__


@dataclass
class Former:
    """`named`: first, last and nickname as they stood together. `schools`: names, long and short."""

    named: list[tuple[str, str, str]] = field(default_factory=list)
    phones: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    numbers: list[str] = field(default_factory=list)
    school_ids: set[str] = field(default_factory=set)


def former(session: Session, candidate_ids: Iterable[str]) -> dict[str, Former]:
    """By candidate, where there is anything."""
    found: dict[str, Former] = defaultdict(Former)
    for ids in chunks(sorted(set(candidate_ids))):
        people = {one.id: one for one in session.scalars(select(Candidate).where(Candidate.id.in_(ids)))}
        whose = {row_id: row_id for row_id in people}
        seqs = _about(session, whose)
        parts: dict[str, str] = {}
        for kind in (CandidateEmail, Enrolment):
            owned = select(kind.id, kind.candidate_id).where(kind.candidate_id.in_(ids))
            parts |= dict(session.execute(owned).all())
        for row in _rows(session, sorted(whose.keys() | parts.keys()), seqs):
            old = row.old or {}
            owner = row.row_id if row.noun == _PERSON else parts.get(row.row_id) or old.get("candidate_id", "")
            if (of := whose.get(owner)) is not None:
                _note(found[of], row.noun, old, people[of])
    return dict(found)


def former_names(session: Session, school_ids: Iterable[str]) -> dict[str, list[str]]:
    """By school: what it was called, long and short."""
    found: dict[str, list[str]] = defaultdict(list)
    for ids in chunks(sorted(set(school_ids))):
        changed = select(ChangeRow.row_id, ChangeRow.old).where(ChangeRow.row_id.in_(ids), ChangeRow.old.is_not(None))
        for row_id, old in session.execute(changed.where(ChangeRow.noun == School.__tablename__)):
            found[row_id] += [str(old[key]) for key in ("name", "short_name") if old.get(key)]
    return dict(found)


def _about(session: Session, whose: dict[str, str]) -> list[int]:
    """The changes that are about one of these. `whose` comes to know who was merged into them, and into those."""
    seqs: set[int] = set()
    ahead = list(whose)
    while ahead:
        one = func.json_each(Change.refs).table_valued("value")
        marks = [f"{_PERSON}:{row_id}" for row_id in ahead]
        about = select(Change.seq, Change.label, Change.refs)
        ahead = []
        for seq, label, refs in session.execute(about.where(select(1).where(one.c.value.in_(marks)).exists())):
            seqs.add(seq)
            if label != Label.CANDIDATES_MERGED.value:
                continue
            keep, other = (ref.partition(":")[2] for ref in refs[:2])
            if keep in whose and other not in whose and session.get(Candidate, other) is None:
                whose[other] = whose[keep]
                ahead.append(other)
    return sorted(seqs)


def _rows(session: Session, ids: Sequence[str], seqs: Sequence[int]) -> Iterator[ChangeRow]:
    there = select(ChangeRow).where(ChangeRow.old.is_not(None), ChangeRow.noun.in_((_PERSON, *_PARTS)))
    for part in chunks(ids):
        yield from session.scalars(there.where(ChangeRow.row_id.in_(part)))
    for at in range(0, len(seqs), 5000):
        # Rows that are gone by now; the change says whose they were.
        yield from session.scalars(there.where(ChangeRow.change_seq.in_(seqs[at : at + 5000]), ChangeRow.new.is_(None)))


def _note(one: Former, noun: str, old: dict[str, Any], now: Candidate) -> None:
    def said(key: str) -> str:
        return str(old.get(key) or "")

    if noun == CandidateEmail.__tablename__:
        one.addresses += [said("address")] if said("address") else []
    elif noun == Enrolment.__tablename__:
        one.numbers += [said("student_number")] if said("student_number") else []
        one.school_ids |= {said("school_id")} - {""}
    else:
        if any(said(key) for key in ("first_name", "last_name", "nickname")):
            # Of a change it holds what was changed alone: Ada King was Ada Lovelace.
            one.named.append(
                (said("first_name") or now.first_name, said("last_name") or now.last_name, said("nickname"))
            )
        one.phones += [said("phone")] if said("phone") else []
        one.links += [str(link) for link in old.get("links") or ()]
