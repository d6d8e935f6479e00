"""Taking out of a text what tells who wrote it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.model import Candidate, CandidateEmail, Enrolment, School

NAME, ADDRESS, SCHOOL = "[name]", "[address]", "[school]"
_ADDRESS = re.compile(r"[^\s@<>()\[\]]+@[^\s@<>()\[\]]+\.\w+|https?://\S+|www\.\S+")


class Mask:
    """Replaces the names, addresses and schools given; whole words only, and names as they are written."""

    def __init__(self, names: Iterable[str], schools: Iterable[str]) -> None:
        self._names = _words(part for name in names for part in (name, *name.split()))
        self._schools = _words(schools, re.IGNORECASE)

    def __call__(self, text: str) -> str:
        text = _ADDRESS.sub(ADDRESS, text)
        if self._schools:
            text = self._schools.sub(SCHOOL, text)
        if self._names:
            text = self._names.sub(NAME, text)
            text = re.sub(r"\[name\](?:[\s-]+\[name\])+", NAME, text)
        return text


def _words(parts: Iterable[str], flags: int = 0) -> re.Pattern[str] | None:
    kept = sorted({part.strip() for part in parts if len(part.strip()) > 1}, key=lambda part: (-len(part), part))
    if not kept:
        return None
    return re.compile(r"(?<!\w)(?:" + "|".join(re.escape(part) for part in kept) + r")(?!\w)", flags)


def masks(session: Session, candidate_ids: Iterable[str]) -> dict[str, Mask]:
    """By candidate: their name, nickname, mail names, and every school they were at."""
    ids = list(candidate_ids)
    schools: dict[str, list[str]] = defaultdict(list)
    studied = (
        select(Enrolment.candidate_id, School.name, School.short_name)
        .join(School, School.id == Enrolment.school_id)
        .where(Enrolment.candidate_id.in_(ids))
    )
    for row_id, name, short in session.execute(studied):
        schools[row_id] += [name, short]
    mails: dict[str, list[str]] = defaultdict(list)
    addresses = select(CandidateEmail.candidate_id, CandidateEmail.address).where(CandidateEmail.candidate_id.in_(ids))
    for row_id, address in session.execute(addresses):
        mails[row_id].append(address.partition("@")[0])
    people = select(Candidate.id, Candidate.first_name, Candidate.last_name, Candidate.nickname)
    return {
        row_id: Mask([first, last, nickname, *mails[row_id]], schools[row_id])
        for row_id, first, last, nickname in session.execute(people.where(Candidate.id.in_(ids)))
    }
