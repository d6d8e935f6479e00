"""Many candidates at once, as from a file: whom each row is about, what it changes, who else it may be."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from core.errors import FieldErrors
from core.ids import new_id
from core.model import (
    Blackout,
    Candidate,
    CandidateEmail,
    CandidateLanguage,
    CandidateSkill,
    CandidateTag,
    CustomValue,
    DifferentPeople,
    Enrolment,
    School,
)
from core.store import Label, Store
from core.text import fold
from core.work import candidates
from core.work.candidates import CandidateDraft, Known, Parts
from core.work.checks import next_number, rows
from core.work.enrolments import latest
from core.work.look_alike import Alike, LookAlikes, pair_key, told_apart
from core.work.overlay import ANOTHER_ROW, LEFT_OUT, changes_of, differs, filled, meant, put_together
from core.work.schools import SchoolIndex

SOMEONE_ELSE = ""
"""The decision that a row is about nobody whom it resembles; with those an address may be shared."""
_AT_ONCE = 500
Changes = Mapping[str, tuple[Any, Any]]
"""Draft field to what stood there and what stands there now."""


@dataclass(frozen=True, kw_only=True)
class Imported:
    """What an import did. `failed`: position in the list to the words by field; those were left out.

    By position of each other row: `outcomes` ("added", "changed" or "same"), `people` (the candidate's id), `changes`
    (of a changed one), `likely` (who else it may be, in the store or as ANOTHER_ROW), `doubles` (an earlier position
    that looks like the same person), `joined` (the earlier position with which it was put together), `notes`.
    """

    added: int = 0
    changed: int = 0
    same: int = 0
    failed: dict[int, dict[str, str]]
    ids: list[str]
    outcomes: dict[int, str] = field(default_factory=dict)
    people: dict[int, str] = field(default_factory=dict)
    changes: dict[int, Changes] = field(default_factory=dict)
    likely: dict[int, tuple[Alike, ...]] = field(default_factory=dict)
    doubles: dict[int, tuple[int, str]] = field(default_factory=dict)
    joined: dict[int, int] = field(default_factory=dict)
    notes: dict[int, str] = field(default_factory=dict)


def add_candidates(
    store: Store,
    drafts: Sequence[CandidateDraft],
    *,
    today: date,
    skip_faulty: bool = False,
    decided: Mapping[int, str] | None = None,
    trial: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> Imported:
    """Many at once, in ONE change. A known e-mail address changes its person, and without any address the name
    at the school; what a draft leaves empty stays. `decided`: position to the candidate whom a person said it is, a
    ANOTHER_ROW, or SOMEONE_ELSE. A `trial` is taken back by its caller, so that nothing need go to the disk.

    `progress(done, total)` is told now and then; what it raises stops it all, nothing written. Faulty drafts stop it
    all with FieldErrors (`row 3: ...`), nothing written, unless `skip_faulty` leaves them out.
    """
    good: dict[int, CandidateDraft] = {}
    failed: dict[int, dict[str, str]] = {}
    for position, draft in enumerate(drafts):
        if progress is not None and position % _AT_ONCE == 0:
            progress(0, len(drafts))
        try:
            good[position] = candidates.checked(draft, today=today)
        except FieldErrors as error:
            failed[position] = error.fields
    joined = put_together(good, failed, decided or {})
    _stop_on(failed, skip_faulty)
    if not good:
        return Imported(failed=failed, ids=[])
    with store.change(Label.CANDIDATES_IMPORTED) as session, session.no_autoflush:
        intake = _Intake(session, today, decided or {}, trial=trial)
        for at, position in enumerate(list(good)):
            draft = good.pop(position)
            if progress is not None and at % 50 == 0:
                progress(position, len(drafts))
            intake.take(position, draft)
            if not trial and at % _AT_ONCE == _AT_ONCE - 1:
                # Written bit by bit, so that there is no long silence at the end in which nothing can be stopped.
                session.flush()
        for position, root in joined.items():
            if root in intake.late:
                intake.late[position] = {"last_name": LEFT_OUT}
            else:
                intake.people[position] = intake.people[root]
        _stop_on(intake.late, skip_faulty)
        # More than a page of names is no help in the history: an import names those it is about only while few.
        for candidate_id in intake.ids[:50]:
            store.note_ref(("candidates", candidate_id))
    said = list(intake.outcomes.values())
    return Imported(
        added=said.count("added"),
        changed=said.count("changed"),
        same=said.count("same"),
        failed=failed | intake.late,
        ids=intake.ids,
        outcomes=intake.outcomes,
        people=intake.people,
        changes=intake.changes,
        likely=intake.likely,
        doubles=intake.doubles,
        joined={position: root for position, root in joined.items() if root not in intake.late},
        notes=intake.notes,
    )


def _stop_on(failed: dict[int, dict[str, str]], skip_faulty: bool) -> None:
    if failed and not skip_faulty:
        raise FieldErrors({f"row {p + 1}": " ".join(words.values()) for p, words in sorted(failed.items())})


@dataclass(frozen=True, slots=True)
class _Named:
    first_name: str
    last_name: str

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()


def name_key(person: CandidateDraft | Candidate | _Named) -> str:
    return fold(f"{person.first_name} {person.last_name}")


def known_school(index: SchoolIndex, draft: CandidateDraft) -> School | None:
    if draft.school_name:
        return index.by_name(draft.school_name)
    if draft.school_id:
        return index.by_id.get(draft.school_id)
    return next((s for s in map(index.by_email, draft.emails) if s is not None), None)


class _Intake:
    """Looks everything up in memory, once, so that ten thousand rows take seconds."""

    def __init__(self, session: Session, today: date, decided: Mapping[int, str], *, trial: bool) -> None:
        self.session, self.today, self.decided, self.trial = session, today, decided, trial
        self.schools, self.known = SchoolIndex(session), Known(session)
        self.ids: list[str] = []
        self.late: dict[int, dict[str, str]] = {}
        self.outcomes: dict[int, str] = {}
        self.people: dict[int, str] = {}
        self.changes: dict[int, Changes] = {}
        self.likely: dict[int, tuple[Alike, ...]] = {}
        self.doubles: dict[int, tuple[int, str]] = {}
        self.notes: dict[int, str] = {}
        self._number = next_number(session, Candidate)
        self._people: dict[str, Candidate | _Named] = {row.id: row for row in rows(session, Candidate)}
        self._emails: dict[str, list[CandidateEmail]] = _by_person(rows(session, CandidateEmail))
        self._enrolments: dict[str, list[Enrolment]] = _by_person(rows(session, Enrolment))
        self._skills: dict[str, list[CandidateSkill]] = _by_person(rows(session, CandidateSkill))
        self._languages: dict[str, list[CandidateLanguage]] = _by_person(rows(session, CandidateLanguage))
        self._blackouts: dict[str, list[Blackout]] = _by_person(rows(session, Blackout))
        self._tags: dict[str, list[CandidateTag]] = _by_person(rows(session, CandidateTag))
        written = rows(session, CustomValue, CustomValue.candidate_id.is_not(None))
        self._custom: dict[str, list[CustomValue]] = _by_person(written)
        self._owners: dict[str, list[str]] = defaultdict(list)
        for mails in self._emails.values():
            for mail in mails:
                self._owners[mail.address.casefold()].append(mail.candidate_id)
        self._apart = told_apart(session)
        self._names = {**self.known.skills.names, **self.known.tags.names}
        self._drafts: set[str] = set()
        self._new: dict[str, int] = {}
        self._rows: dict[str, int] = {}
        self._named: dict[tuple[str, str | None], list[str]] = defaultdict(list)
        self._alike = LookAlikes()
        for person in list(rows(session, Candidate)):
            study = self._parts(person.id).enrolment
            school_id = study.school_id if study else None
            self._named[name_key(person), school_id].append(person.id)
            emails = [mail.address for mail in self._emails.get(person.id, [])]
            self._alike.add(person.id, person.name, person.phone, emails, school_id)

    def take(self, position: int, draft: CandidateDraft) -> None:
        try:
            draft = replace(draft, custom=self.known.as_stored(draft.custom))
            self.outcomes[position] = self._take(position, draft)
        except FieldErrors as error:
            self.late[position] = error.fields

    def _take(self, position: int, draft: CandidateDraft) -> str:
        said = self.decided.get(position)
        owners = {one for address in draft.emails for one in self._owners.get(address.casefold(), ())}
        if said == SOMEONE_ELSE:
            self._note_likely(position, draft, owners=owners)
            return self._add(position, draft, apart_from=owners)
        if said:
            return self._change(position, said, self._without_others(position, draft, said, owners))
        known = self._meant(position, draft, owners)
        return self._add(position, draft) if known is None else self._change(position, known, draft)

    def _without_others(self, position: int, draft: CandidateDraft, said: str, owners: set[str]) -> CandidateDraft:
        """What the row says of the one it was said to be about: addresses of others stay with them."""
        if said not in self._people:
            raise FieldErrors({"last_name": "The person chosen for this row is no longer in the store."})
        self._note_likely(position, draft, said, owners=owners - {said})
        left = {}
        for address in draft.emails:
            held = self._owners.get(address.casefold(), ())
            if said not in held and (other := next((o for o in held if pair_key(said, o) not in self._apart), None)):
                left[address] = self._people[other].name
        if left:
            self.notes[position] = " ".join(f"{one} belongs to {name} and stays theirs." for one, name in left.items())
        return replace(draft, emails=[one for one in draft.emails if one not in left])

    def _meant(self, position: int, draft: CandidateDraft, owners: set[str]) -> str | None:
        """The candidate whom a row is about where nobody has said so, or None where it brings somebody new."""
        if not owners:
            known = None if draft.emails else self._namesake(draft)
            if known is None:
                self._note_likely(position, draft)
            return known
        held = [self._owners[e.casefold()] for e in draft.emails if e.casefold() in self._owners]
        fitting = [one for one in sorted(owners) if all(one in some for some in held)]
        if len(owners) > 1:
            # Two share an address: the name says who is meant.
            fitting = [one for one in fitting if name_key(self._people[one]) == name_key(draft)]
        if len(fitting) != 1:
            self.likely[position] = tuple(self._sharer(one) for one in sorted(owners))
            names = " and ".join(sorted(self._people[one].name for one in owners))
            words = f"What stands here belongs to different people in the store: {names}. Say whom the row is about."
            raise FieldErrors({"emails": words})
        owner = fitting[0]
        if owner in self._drafts:
            self.likely[position] = (self._sharer(owner),)
            words = "This address stands in the file twice. Keep one of the rows, or say whether they are one person."
            raise FieldErrors({"emails": words})
        person = self._people[owner]
        if draft.last_name and name_key(draft) != name_key(person):
            self.likely[position] = (Alike(owner, person.name, "has the same e-mail address, under another name"),)
        return owner

    def _sharer(self, candidate_id: str) -> Alike:
        row = self._rows.get(candidate_id)
        known = candidate_id if row is None else f"{ANOTHER_ROW}{row}"
        return Alike(known, self._people[candidate_id].name, "has the same e-mail address")

    def _note_likely(self, position: int, draft: CandidateDraft, said: str = "", owners: Collection[str] = ()) -> None:
        school = known_school(self.schools, draft)
        school_id = school.id if school else None
        name = f"{draft.first_name} {draft.last_name}"
        found = self._alike.find(name, draft.phone, draft.emails, school_id, new_school=bool(draft.school_name))
        sure = {one: self._sharer(one) for one in sorted(owners)}
        more = [*sure.values(), *(self._as_row(one) for one in found if one.candidate_id not in sure)]
        if said and said not in {one.candidate_id for one in more}:
            more.append(Alike(said, self._people[said].name, "as you said"))
        if more:
            self.likely[position] = tuple(more)
        earlier = [(self._new[one.candidate_id], one.why) for one in found if one.candidate_id in self._new]
        if earlier:
            self.doubles[position] = min(earlier)

    def _as_row(self, one: Alike) -> Alike:
        """One whom this file brings has no id that lasts, but a row."""
        row = self._new.get(one.candidate_id)
        return one if row is None else replace(one, candidate_id=f"{ANOTHER_ROW}{row}")

    def _namesake(self, draft: CandidateDraft) -> str | None:
        """Whom a row without an address is about: the one of that name at that school, whom no other row named."""
        school = known_school(self.schools, draft)
        if draft.school_name and school is None:
            return None
        named = self._named[name_key(draft), school.id if school else None]
        return meant(
            {i: self._before(self.session.get_one(Candidate, i)) for i in named if i not in self._drafts}, draft
        )

    def _add(self, position: int, draft: CandidateDraft, apart_from: Collection[str] = ()) -> str:
        if draft.first_contact_on is None:
            draft = replace(draft, first_contact_on=self.today)
        school = candidates.settle_school(draft, self.schools)
        candidate = Candidate(id=new_id(), number=self._number)
        self._number += 1
        self._write(candidate, draft, school.id if school else None, Parts())
        if not self.trial:
            self.session.add(candidate)
        # The row itself is let go of once it is written.
        self._people[candidate.id] = named = _Named(draft.first_name, draft.last_name)
        self._new[candidate.id] = position
        self._alike.add(candidate.id, named.name, draft.phone, draft.emails, school.id if school else None)
        for other in apart_from:
            first, second = pair_key(candidate.id, other)
            self._apart.add((first, second))
            if not self.trial:
                self.session.add(DifferentPeople(id=new_id(), candidate_id=first, other_id=second))
        self._about(position, candidate.id)
        return "added"

    def _change(self, position: int, candidate_id: str, draft: CandidateDraft) -> str:
        if candidate_id in self._drafts:
            self.likely[position] = (self._sharer(candidate_id), *self.likely.get(position, ()))
            words = "Another row of this file is about the same person. Put the two rows together."
            raise FieldErrors({"last_name": words})
        candidate = self.session.get_one(Candidate, candidate_id)
        before = self._before(candidate)
        after = filled(before, draft)
        changed = differs(before, after)
        if changed:
            school = candidates.settle_school(after, self.schools)
            self._write(candidate, after, school.id if school else None, self._parts(candidate_id))
            self.changes[position] = changes_of(before, after)
        else:
            self._drafts.add(candidate_id)
        self._about(position, candidate_id)
        return "changed" if changed else "same"

    def _about(self, position: int, candidate_id: str) -> None:
        self.ids.append(candidate_id)
        self.people[position] = candidate_id
        self._rows[candidate_id] = position

    def _write(self, candidate: Candidate, draft: CandidateDraft, school_id: str | None, parts: Parts) -> None:
        school = self.schools.by_id[school_id] if school_id else None
        if self.trial:
            # The same check, without the rows, which would all be taken back.
            self.known.custom(draft.custom)
        else:
            candidates.write(self.session, candidate, draft, school, parts, self.known, today=self.today)
        self._drafts.add(candidate.id)
        for address in draft.emails:
            if candidate.id not in (held := self._owners[address.casefold()]):
                held.append(candidate.id)

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
