"""Candidates come in: one by one, or many from a file in one change."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.errors import FieldErrors, UserError
from core.ids import new_id
from core.model import (
    Blackout,
    Candidate,
    CandidateEmail,
    CandidateLanguage,
    CandidateSkill,
    CandidateTag,
    CustomValue,
    Enrolment,
    Payment,
    School,
)
from core.store import Label, Store
from core.text import fold, plural
from core.work import candidates
from core.work.candidates import (
    BlackoutDraft,
    CandidateDraft,
    Known,
    LanguageDraft,
    Parts,
    SkillDraft,
    candidate_draft,
    latest,
)
from core.work.checks import find, next_number, rows
from core.work.hanging import hanging
from core.work.overlay import differs, filled, meant
from core.work.schools import (
    SchoolContactDraft,
    SchoolDraft,
    SchoolIndex,
    SchoolPeriodDraft,
    add_school,
    change_school,
    find_school,
    school_draft,
)

__all__ = [
    "BlackoutDraft",
    "CandidateDraft",
    "Imported",
    "LanguageDraft",
    "SchoolContactDraft",
    "SchoolDraft",
    "SchoolPeriodDraft",
    "SkillDraft",
    "add_candidate",
    "add_candidates",
    "add_school",
    "candidate_draft",
    "change_candidate",
    "change_school",
    "duplicates_of",
    "find_school",
    "remove_candidate",
    "school_draft",
]


def add_candidate(store: Store, draft: CandidateDraft, *, today: date) -> str:
    """FieldErrors name the draft's fields. Without a day of first contact, today is it."""
    draft = candidates.checked(draft, today=today)
    if draft.first_contact_on is None:
        draft = replace(draft, first_contact_on=today)
    candidate_id = new_id()
    with store.change(Label.CANDIDATE_ADDED, ("candidates", candidate_id)) as session:
        _refuse_shared_email(session, draft.emails, None)
        school = candidates.settle_school(draft, SchoolIndex(session))
        candidate = Candidate(id=candidate_id, number=next_number(session, Candidate))
        candidates.write(session, candidate, draft, school, Parts(), Known(session), today=today)
        session.add(candidate)
    return candidate_id


def change_candidate(store: Store, candidate_id: str, draft: CandidateDraft, *, today: date) -> str:
    draft = candidates.checked(draft, today=today)
    with store.change(Label.CANDIDATE_CHANGED, ("candidates", candidate_id)) as session:
        candidate = find(session, Candidate, candidate_id, "candidate")
        _refuse_shared_email(session, draft.emails, candidate_id)
        school = candidates.settle_school(draft, SchoolIndex(session))
        parts = candidates.parts_of(session, candidate_id)
        candidates.write(session, candidate, draft, school, parts, Known(session), today=today)
    return candidate_id


def _refuse_shared_email(session: Session, emails: Sequence[str], own_id: str | None) -> None:
    """An address belongs to one person: an import finds people by it, and a letter goes to it."""
    for address in emails:
        query = select(CandidateEmail.candidate_id).where(func.lower(CandidateEmail.address) == address.lower())
        for other_id in session.scalars(query):
            if other_id != own_id:
                other = find(session, Candidate, other_id, "candidate")
                raise FieldErrors({"emails": f"{address} belongs to {other.name}, who is in the store already."})


def duplicates_of(store: Store, draft: CandidateDraft, *, own_id: str | None = None) -> list[tuple[str, str]]:
    """(candidate id, why) of those who may be the same person: same e-mail, or same name at the same school."""
    found: dict[str, str] = {}
    emails = {address.strip().casefold() for address in draft.emails if address.strip()}
    with store.read() as session:
        if emails:
            query = select(CandidateEmail).where(func.lower(CandidateEmail.address).in_(emails))
            for row in session.scalars(query):
                found.setdefault(row.candidate_id, f"has the same e-mail address, {row.address}")
        name = _name_key(draft)
        school = _known_school(SchoolIndex(session), draft)
        if name.strip() and school is not None:
            for candidate_id in _same_name(session, name, school.id):
                found.setdefault(candidate_id, "has the same name at the same school")
    found.pop(own_id or "", None)
    return list(found.items())


def _name_key(person: CandidateDraft | Candidate) -> str:
    return fold(f"{person.first_name} {person.last_name}")


def _known_school(index: SchoolIndex, draft: CandidateDraft) -> School | None:
    if draft.school_name:
        return index.by_name(draft.school_name)
    if draft.school_id:
        return index.by_id.get(draft.school_id)
    return next((s for s in map(index.by_email, draft.emails) if s is not None), None)


def _same_name(session: Session, name: str, school_id: str) -> list[str]:
    query = (
        select(Candidate.id, Candidate.first_name, Candidate.last_name)
        .join(Enrolment, Enrolment.candidate_id == Candidate.id)
        .where(Enrolment.school_id == school_id)
    )
    return [row.id for row in session.execute(query) if fold(f"{row.first_name} {row.last_name}") == name]


@dataclass(frozen=True, kw_only=True)
class Imported:
    """What an import did. `failed`: position in the list to the words by field; those were left out.

    `outcomes`: position of each other to "added", "changed" or "same".
    """

    added: int = 0
    changed: int = 0
    same: int = 0
    failed: dict[int, dict[str, str]]
    ids: list[str]
    outcomes: dict[int, str] = field(default_factory=dict)


def add_candidates(
    store: Store,
    drafts: Sequence[CandidateDraft],
    *,
    today: date,
    skip_faulty: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> Imported:
    """Many at once, in ONE change. A known e-mail address changes its person, and without any address the name
    at the school; what a draft leaves empty stays.

    `progress(done, total)` is told now and then; what it raises stops it all, nothing written. Faulty drafts stop it
    all with FieldErrors (`row 3: ...`), nothing written, unless `skip_faulty` leaves them out.
    """
    good: list[CandidateDraft] = []
    failed: dict[int, dict[str, str]] = {}
    for position, draft in enumerate(drafts):
        try:
            good.append(candidates.checked(draft, today=today))
        except FieldErrors as error:
            failed[position] = error.fields
    _stop_on(failed, skip_faulty)
    if not good:
        return Imported(failed=failed, ids=[])
    with store.change(Label.CANDIDATES_IMPORTED) as session, session.no_autoflush:
        intake = _Intake(session, today)
        late: dict[int, dict[str, str]] = {}
        outcomes: dict[int, str] = {}
        places = [p for p in range(len(drafts)) if p not in failed]
        for position, draft in zip(places, good, strict=True):
            if progress is not None and position % 50 == 0:
                progress(position, len(drafts))
            try:
                outcomes[position] = intake.take(draft)
            except FieldErrors as error:
                late[position] = error.fields
        _stop_on(late, skip_faulty)
        # More than a page of names is no help in the history: an import names those it is about only while few.
        for candidate_id in intake.ids[:50]:
            store.note_ref(("candidates", candidate_id))
    counts = intake.counts
    return Imported(
        added=counts["added"],
        changed=counts["changed"],
        same=counts["same"],
        failed=failed | late,
        ids=intake.ids,
        outcomes=outcomes,
    )


def _stop_on(failed: dict[int, dict[str, str]], skip_faulty: bool) -> None:
    if failed and not skip_faulty:
        raise FieldErrors({f"row {p + 1}": " ".join(words.values()) for p, words in sorted(failed.items())})


class _Intake:
    """Looks everything up in memory, once, so that ten thousand rows take seconds."""

    def __init__(self, session: Session, today: date) -> None:
        self.session, self.today = session, today
        self.schools, self.known = SchoolIndex(session), Known(session)
        self.counts = {"added": 0, "changed": 0, "same": 0}
        self.ids: list[str] = []
        self._number = next_number(session, Candidate)
        self._people = {row.id: row for row in rows(session, Candidate)}
        self._emails: dict[str, list[CandidateEmail]] = _by_person(rows(session, CandidateEmail))
        self._enrolments: dict[str, list[Enrolment]] = _by_person(rows(session, Enrolment))
        self._skills: dict[str, list[CandidateSkill]] = _by_person(rows(session, CandidateSkill))
        self._languages: dict[str, list[CandidateLanguage]] = _by_person(rows(session, CandidateLanguage))
        self._blackouts: dict[str, list[Blackout]] = _by_person(rows(session, Blackout))
        self._tags: dict[str, list[CandidateTag]] = _by_person(rows(session, CandidateTag))
        written = rows(session, CustomValue, CustomValue.candidate_id.is_not(None))
        self._custom: dict[str, list[CustomValue]] = _by_person(written)
        self._owner = {e.address.casefold(): e.candidate_id for e in rows(session, CandidateEmail)}
        self._names = {**self.known.skills.names, **self.known.tags.names}
        self._drafts: dict[str, CandidateDraft] = {}
        self._named: dict[tuple[str, str | None], list[str]] = defaultdict(list)
        for person in self._people.values():
            study = self._parts(person.id).enrolment
            self._named[_name_key(person), study.school_id if study else None].append(person.id)

    def take(self, draft: CandidateDraft) -> str:
        """ "added", "changed" or "same"."""
        draft = replace(draft, custom=self.known.as_stored(draft.custom))
        owners = {self._owner[e.casefold()] for e in draft.emails if e.casefold() in self._owner}
        if len(owners) > 1:
            raise FieldErrors({"emails": "These addresses belong to different people in the store. Split them."})
        known = owners.pop() if owners else None if draft.emails else self._namesake(draft)
        outcome = self._change(known, draft) if known else self._add(draft)
        self.counts[outcome] += 1
        return outcome

    def _namesake(self, draft: CandidateDraft) -> str | None:
        """Whom a row without an address is about: the one of that name at that school, whom no other row named."""
        school = _known_school(self.schools, draft)
        if draft.school_name and school is None:
            return None
        named = self._named[_name_key(draft), school.id if school else None]
        return meant({i: self._before(self._people[i]) for i in named if i not in self._drafts}, draft)

    def _add(self, draft: CandidateDraft) -> str:
        if draft.first_contact_on is None:
            draft = replace(draft, first_contact_on=self.today)
        school = candidates.settle_school(draft, self.schools)
        candidate = Candidate(id=new_id(), number=self._number)
        self._number += 1
        self._write(candidate, draft, school.id if school else None, Parts())
        self.session.add(candidate)
        self._people[candidate.id] = candidate
        self.ids.append(candidate.id)
        return "added"

    def _change(self, candidate_id: str, draft: CandidateDraft) -> str:
        if candidate_id in self._drafts:
            raise FieldErrors({"emails": "This address stands in the file twice. Keep one of the rows."})
        candidate = self._people[candidate_id]
        before = self._before(candidate)
        after = filled(before, draft)
        changed = differs(before, after)
        if changed:
            school = candidates.settle_school(after, self.schools)
            self._write(candidate, after, school.id if school else None, self._parts(candidate_id))
        else:
            self._drafts[candidate_id] = after
        self.ids.append(candidate_id)
        return "changed" if changed else "same"

    def _write(self, candidate: Candidate, draft: CandidateDraft, school_id: str | None, parts: Parts) -> None:
        school = self.schools.by_id[school_id] if school_id else None
        candidates.write(self.session, candidate, draft, school, parts, self.known, today=self.today)
        self._drafts[candidate.id] = draft
        for address in draft.emails:
            self._owner[address.casefold()] = candidate.id

    def _parts(self, candidate_id: str) -> Parts:
        return Parts(
            emails=self._emails.get(candidate_id, []),
            enrolment=latest(self._enrolments.get(candidate_id, [])),
            skills=self._skills.get(candidate_id, []),
            languages=self._languages.get(candidate_id, []),
            blackouts=self._blackouts.get(candidate_id, []),
            tags=self._tags.get(candidate_id, []),
            custom=self._custom.get(candidate_id, []),
        )

    def _before(self, candidate: Candidate) -> CandidateDraft:
        parts = self._parts(candidate.id)
        school = self.schools.by_id.get(parts.enrolment.school_id) if parts.enrolment else None
        return candidates.draft_of(candidate, parts, school, self._names, today=self.today)


def _by_person(found: Iterable[Any]) -> dict[str, list[Any]]:
    grouped: dict[str, list[Any]] = defaultdict(list)
    for row in found:
        grouped[row.candidate_id].append(row)
    return grouped


def remove_candidate(store: Store, candidate_id: str, *, today: date) -> None:
    """Take someone out with all that hangs on them; undo brings it all back. Refused where money went to them."""
    with store.change(Label.CANDIDATE_REMOVED, ("candidates", candidate_id)) as session:
        candidate = find(session, Candidate, candidate_id, "candidate")
        paid = session.scalar(select(func.count()).select_from(Payment).where(Payment.candidate_id == candidate_id))
        if paid:
            raise UserError(
                f"{candidate.name} has {plural(paid, 'payment')} on record. Payments are kept for tax and hiring "
                "records, and the person they went to with them, so this candidate stays."
            )
        for row in hanging(session, "candidates", [candidate_id]).values():
            session.delete(row)
        session.delete(candidate)
