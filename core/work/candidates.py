"""A candidate as a draft: what may stand in it, how it is written, how it is read back for editing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date

from sqlalchemy.orm import Session

from core import academic
from core.ids import new_id
from core.model import (
    Blackout,
    Candidate,
    CandidateEmail,
    CandidateLanguage,
    CandidateSkill,
    CandidateTag,
    Enrolment,
    School,
    Skill,
    Tag,
    words,
)
from core.store import Label, Store
from core.text import fold, is_email
from core.work.checks import Problems, find, rows, tidy
from core.work.custom_fields import values_of
from core.work.enrolments import latest
from core.work.person_parts import (
    BlackoutDraft,
    Known,
    LanguageDraft,
    Parts,
    SkillDraft,
    checked_languages,
    checked_skills,
    write_blackouts,
    write_emails,
    write_languages,
    write_skills,
    write_words,
)
from core.work.schools import SchoolIndex
from core.work.tags import tidy_tags

__all__ = ["BlackoutDraft", "CandidateDraft", "Known", "LanguageDraft", "Parts", "SkillDraft"]

GRID_MARKS = 7 * len(words.DAY_PARTS)
LONGEST_YEAR = 8
LONGEST_PAST = 25
LONGEST_AHEAD = 12
"""Years around today in which a graduation is believed; further off it is a slip of the hand."""


@dataclass(frozen=True, kw_only=True)
class CandidateDraft:
    """A student. `emails`: the first is written to. A `school_name` that is not the name of `school_id` wins, as it was
    typed; with neither, the mail domain says.

    `class_year` is what was said by hand (it rolls on from today); None: graduation says it. `free_grid`: 28 marks 0/1,
    Monday to Sunday, each morning, afternoon, evening, night. `may_work`, `needs_sponsorship`: yes, no, or empty while
    nobody has asked. `custom`: fields of one's own, id to what is written; one that is not named stays.
    """

    first_name: str = ""
    last_name: str = ""
    nickname: str = ""
    emails: Sequence[str] = ()
    phone: str = ""
    school_id: str | None = None
    school_name: str = ""
    student_number: str = ""
    major: str = ""
    cip_code: str = ""
    degree_level: str = ""
    class_year: int | None = None
    graduates_on: date | None = None
    skills: Sequence[SkillDraft] = ()
    source: str = ""
    links: Sequence[str] = ()
    notes: str = ""
    hours_a_week: int | None = None
    free_grid: str = ""
    blackouts: Sequence[BlackoutDraft] = ()
    first_contact_on: date | None = None
    languages: Sequence[LanguageDraft] = ()
    may_work: str = ""
    needs_sponsorship: str = ""
    do_not_contact_on: date | None = None
    tags: Sequence[str] = ()
    custom: Mapping[str, str] = field(default_factory=dict)


DRAFT_FIELDS = tuple(f.name for f in fields(CandidateDraft))
PERSON_COLUMNS = ("first_name", "last_name", "nickname", "phone", "source", "notes", "hours_a_week", "free_grid",
                  "first_contact_on", "may_work", "needs_sponsorship", "do_not_contact_on")  # fmt: skip
ASKED = ("may_work", "needs_sponsorship")
STUDY_COLUMNS = ("student_number", "major", "cip_code", "degree_level", "graduates_on")


def checked(draft: CandidateDraft, *, today: date) -> CandidateDraft:
    """The tidied draft, or FieldErrors by its fields' names. Pure: asks no store."""
    problems = Problems()
    draft = tidy(draft, problems, long=("notes", "links"))
    problems.when(not (draft.first_name or draft.last_name), "first_name", "Give at least a first or a last name.")
    emails = {address.casefold(): address for address in reversed([e.removeprefix("mailto:") for e in draft.emails])}
    addresses = list(emails.values())[::-1]
    for address in addresses:
        if not is_email(address):
            problems.add("emails", f"“{address}” is no e-mail address. One looks like name@school.edu.")
    skills = checked_skills(draft.skills, problems)
    languages = checked_languages(draft.languages, problems)
    tags = tidy_tags(draft.tags, problems)
    _check_time(draft, problems)
    _check_study(draft, problems, today)
    for name in ("may_work", "needs_sponsorship"):
        problems.when(getattr(draft, name) not in ("", *words.YES_NO), name, "The answer is yes, no, or not asked yet.")
    if draft.do_not_contact_on is not None and draft.do_not_contact_on > today:
        problems.add("do_not_contact_on", "That day is still to come. Give the day on which they said so.")
    problems.raise_if_any()
    return replace(draft, emails=addresses, skills=skills, languages=languages, tags=tags)


def _check_time(draft: CandidateDraft, problems: Problems) -> None:
    if draft.hours_a_week is not None and not 0 <= draft.hours_a_week <= 80:
        problems.add("hours_a_week", "Hours a week are from 0 to 80.")
    grid = draft.free_grid
    if grid and (len(grid) != GRID_MARKS or set(grid) - {"0", "1"}):
        problems.add("free_grid", f"The week has {GRID_MARKS} marks, each 0 or 1.")
    for blackout in draft.blackouts:
        if blackout.starts_on is None or blackout.ends_on is None:
            problems.add("blackouts", "Days off need a first and a last day.")
        elif blackout.ends_on < blackout.starts_on:
            problems.add("blackouts", "The days off end before they begin. Swap the days.")


def _check_study(draft: CandidateDraft, problems: Problems, today: date) -> None:
    if draft.class_year is not None and not 1 <= draft.class_year <= LONGEST_YEAR:
        problems.add("class_year", f"A class year is from 1 to {LONGEST_YEAR}.")
    if draft.first_contact_on is not None and draft.first_contact_on > today:
        problems.add("first_contact_on", "The first contact cannot lie in the future.")
    if draft.graduates_on is not None:
        first, last = today.year - LONGEST_PAST, today.year + LONGEST_AHEAD
        if not first <= draft.graduates_on.year <= last:
            said = f"Graduation in {draft.graduates_on.year}? Give a year from {first} to {last}, or leave it empty."
            problems.add("graduates_on", said)


def settle_school(draft: CandidateDraft, index: SchoolIndex) -> School | None:
    """The school meant; FieldErrors where studies are told of and no school can be found for them."""
    problems = Problems()
    if draft.school_id is not None and draft.school_id not in index.by_id and not draft.school_name:
        problems.add("school_id", "This school is no longer in the store. Choose another.")
    school = None if problems.fields else index.settle(draft.school_id, draft.school_name, draft.emails)
    if school is None and any(getattr(draft, name) for name in STUDY_COLUMNS):
        problems.add("school_name", "Say at which school; the studies belong to it.")
    problems.raise_if_any()
    return school


def rollover(school: School | None) -> tuple[int, int]:
    return academic.DEFAULT_ROLLOVER if school is None else (school.rollover_month or 8, school.rollover_day or 15)


def year_on(candidate: Candidate, enrolment: Enrolment | None, school: School | None, day: date) -> int | None:
    return academic.class_year(
        day,
        None if enrolment is None else enrolment.graduates_on,
        candidate.class_year_set,
        candidate.class_year_set_on,
        rollover=rollover(school),
    )


def enrolment_of(session: Session, candidate_id: str) -> tuple[Enrolment | None, School | None]:
    enrolment = latest(rows(session, Enrolment, Enrolment.candidate_id == candidate_id))
    return enrolment, None if enrolment is None else session.get(School, enrolment.school_id)


def parts_of(session: Session, candidate_id: str) -> Parts:
    return Parts(
        emails=rows(session, CandidateEmail, CandidateEmail.candidate_id == candidate_id),
        enrolment=enrolment_of(session, candidate_id)[0],
        skills=rows(session, CandidateSkill, CandidateSkill.candidate_id == candidate_id),
        languages=rows(session, CandidateLanguage, CandidateLanguage.candidate_id == candidate_id),
        blackouts=rows(session, Blackout, Blackout.candidate_id == candidate_id),
        tags=rows(session, CandidateTag, CandidateTag.candidate_id == candidate_id),
        custom=values_of(session, "candidates", candidate_id),
    )


def write(
    session: Session,
    candidate: Candidate,
    draft: CandidateDraft,
    school: School | None,
    parts: Parts,
    known: Known,
    *,
    today: date,
) -> None:
    """Lay a checked draft over a candidate (new or known) and its parts; asks the store nothing.

    FieldErrors name `custom.<id>`, before anything is written.
    """
    custom = known.custom(draft.custom)
    asked_moved = any(getattr(candidate, name) != getattr(draft, name) for name in ASKED)
    first_contact_moved = candidate.first_contact_on != draft.first_contact_on
    for name in PERSON_COLUMNS:
        setattr(candidate, name, getattr(draft, name))
    candidate.links = list(draft.links)
    if not any(getattr(draft, name) for name in ASKED):
        candidate.work_asked_on = None
    elif asked_moved:
        candidate.work_asked_on = today
    enrolment = _write_enrolment(session, candidate.id, draft, school, parts)
    _set_class_year(candidate, draft, school, today)
    if candidate.first_contact_on is None:
        candidate.class_year_at_first_contact = None
    elif first_contact_moved or candidate.class_year_at_first_contact is None:
        candidate.class_year_at_first_contact = year_on(candidate, enrolment, school, candidate.first_contact_on)
    write_emails(session, candidate.id, draft.emails, parts.emails)
    write_skills(session, candidate.id, draft.skills, parts.skills, known.skills)
    write_languages(session, candidate.id, draft.languages, parts.languages)
    write_blackouts(session, candidate.id, draft.blackouts, parts.blackouts)
    write_words(session, candidate.id, draft.tags, custom, parts, known)


def _set_class_year(candidate: Candidate, draft: CandidateDraft, school: School | None, today: date) -> None:
    """A year said by hand keeps the day on which it was said, as long as it still says the same."""
    rolled = academic.class_year(
        today, None, candidate.class_year_set, candidate.class_year_set_on, rollover=rollover(school)
    )
    if draft.class_year is None:
        candidate.class_year_set = candidate.class_year_set_on = None
    elif draft.class_year != rolled:
        candidate.class_year_set, candidate.class_year_set_on = draft.class_year, today


def _write_enrolment(
    session: Session, candidate_id: str, draft: CandidateDraft, school: School | None, parts: Parts
) -> Enrolment | None:
    """Another school is a transfer: the old enrolment stays and a new one counts from today on."""
    enrolment = parts.enrolment
    if school is None:
        return enrolment
    if enrolment is None or enrolment.school_id != school.id:
        earlier = enrolment
        enrolment = Enrolment(id=new_id(), candidate_id=candidate_id, school_id=school.id)
        # With the same day as the old one it counts, as it was entered later.
        enrolment.starts_on = earlier.starts_on if earlier is not None else None
    for name in STUDY_COLUMNS:
        setattr(enrolment, name, getattr(draft, name))
    session.add(enrolment)
    return enrolment


def candidate_draft(store: Store, candidate_id: str, *, today: date) -> CandidateDraft:
    """As it stands, to edit; `class_year` is the one set by hand, rolled on to today."""
    with store.read() as session:
        return load(session, find(session, Candidate, candidate_id, "candidate"), today=today)


def wish_no_contact(store: Store, candidate_id: str, wished: bool, *, today: date) -> None:
    """Note from today on that they wish not to be written to, or that they may be again."""
    with store.change(Label.CANDIDATE_CHANGED, ("candidates", candidate_id)) as session:
        candidate = find(session, Candidate, candidate_id, "candidate")
        if wished != (candidate.do_not_contact_on is not None):
            candidate.do_not_contact_on = today if wished else None


def load(session: Session, candidate: Candidate, *, today: date) -> CandidateDraft:
    parts = parts_of(session, candidate.id)
    skills = rows(session, Skill, Skill.id.in_([row.skill_id for row in parts.skills]))
    tags = rows(session, Tag, Tag.id.in_([row.tag_id for row in parts.tags]))
    names = {row.id: row.name for row in skills} | {row.id: row.name for row in tags}
    school = session.get(School, parts.enrolment.school_id) if parts.enrolment is not None else None
    return draft_of(candidate, parts, school, names, today=today)


def draft_of(
    candidate: Candidate, parts: Parts, school: School | None, names: Mapping[str, str], *, today: date
) -> CandidateDraft:
    """The draft that says what these rows say; asks the store nothing. `names` of skills and tags, by id."""
    year = academic.class_year(
        today, None, candidate.class_year_set, candidate.class_year_set_on, rollover=rollover(school)
    )
    study = {name: getattr(parts.enrolment, name) for name in STUDY_COLUMNS} if parts.enrolment is not None else {}
    return CandidateDraft(
        **{name: getattr(candidate, name) for name in PERSON_COLUMNS},
        **study,
        links=list(candidate.links),
        emails=[row.address for row in sorted(parts.emails, key=lambda row: row.position)],
        school_id=None if school is None else school.id,
        school_name="" if school is None else school.name,
        class_year=year,
        skills=sorted(
            (SkillDraft(name=names[s.skill_id], level=s.level, evidence=s.evidence) for s in parts.skills),
            key=lambda s: s.name.casefold(),
        ),
        blackouts=sorted(
            (BlackoutDraft(starts_on=b.starts_on, ends_on=b.ends_on) for b in parts.blackouts),
            key=lambda b: b.starts_on or date.min,
        ),
        languages=sorted(
            (LanguageDraft(language=row.language, level=row.level) for row in parts.languages),
            key=lambda one: fold(one.language),
        ),
        tags=sorted((names[row.tag_id] for row in parts.tags), key=fold),
        custom={row.field_id: row.text for row in parts.custom},
    )
