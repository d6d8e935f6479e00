"""What hangs on a candidate: addresses, skills, languages, days off, tags, fields of one's own. Written as lists."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy.orm import Session

from core.model import (
    Blackout,
    CandidateEmail,
    CandidateLanguage,
    CandidateSkill,
    CandidateTag,
    CustomValue,
    Enrolment,
    words,
)
from core.text import fold
from core.work.checks import Problems, tidy
from core.work.custom_fields import FieldIndex, Value, write_values
from core.work.skills import SkillIndex
from core.work.tags import TagIndex, write_tags


@dataclass(frozen=True, kw_only=True)
class SkillDraft:
    """`level` 1 to 4; None where nobody has said."""

    name: str = ""
    level: int | None = None
    evidence: str = ""


@dataclass(frozen=True, kw_only=True)
class LanguageDraft:
    """`level`: core.model.words.LANGUAGE_LEVELS; empty where nobody has said."""

    language: str = ""
    level: str = ""


@dataclass(frozen=True, kw_only=True)
class BlackoutDraft:
    """First and last day not free; a reason has no place here."""

    starts_on: date | None = None
    ends_on: date | None = None


@dataclass
class Parts:
    """The rows that hang on a candidate, as they stand before a draft is written over them."""

    emails: list[CandidateEmail] = field(default_factory=list)
    enrolment: Enrolment | None = None
    skills: list[CandidateSkill] = field(default_factory=list)
    languages: list[CandidateLanguage] = field(default_factory=list)
    blackouts: list[Blackout] = field(default_factory=list)
    tags: list[CandidateTag] = field(default_factory=list)
    custom: list[CustomValue] = field(default_factory=list)


class Known:
    """What drafts name by words, read once: skills, tags, fields of one's own."""

    def __init__(self, session: Session) -> None:
        self.skills, self.tags = SkillIndex(session), TagIndex(session)
        self.fields = FieldIndex(session, "candidates")

    def custom(self, wanted: Mapping[str, str]) -> dict[str, Value | None]:
        """What is to stand in fields of one's own; FieldErrors name `custom.<id>`."""
        problems = Problems()
        found = self.fields.check(wanted, problems)
        problems.raise_if_any()
        return found

    def as_stored(self, wanted: Mapping[str, str]) -> dict[str, str]:
        """The same written as the store writes it, so that "12.0" is no change of "12"."""
        return {field_id: said[0] if said else "" for field_id, said in self.custom(wanted).items()}


def checked_skills(drafts: Iterable[SkillDraft], problems: Problems) -> list[SkillDraft]:
    skills = [tidy(skill, problems, long=("evidence",)) for skill in drafts]
    skills = list({fold(s.name): s for s in skills if s.name}.values())
    wrong_level = any(s.level is not None and not 1 <= s.level <= 4 for s in skills)
    problems.when(wrong_level, "skills", "A skill’s level is from 1 to 4.")
    return skills


def checked_languages(drafts: Iterable[LanguageDraft], problems: Problems) -> list[LanguageDraft]:
    own = Problems()
    languages = [tidy(one, own) for one in drafts]
    problems.when(bool(own.fields), "languages", "A language’s name is too long.")
    languages = list({fold(one.language): one for one in languages if one.language}.values())
    wrong = any(one.level not in ("", *words.LANGUAGE_LEVELS) for one in languages)
    known = ", ".join(words.LANGUAGE_LEVELS.values()).lower()
    problems.when(wrong, "languages", f"How well someone speaks a language is one of: {known}.")
    return languages


def write_emails(session: Session, candidate_id: str, wanted: Sequence[str], before: Sequence[CandidateEmail]) -> None:
    old = {row.address.casefold(): row for row in before}
    for position, address in enumerate(wanted):
        row = old.pop(address.casefold(), None) or CandidateEmail(candidate_id=candidate_id)
        row.position, row.address = position, address
        session.add(row)
    for gone in old.values():
        session.delete(gone)


def write_skills(
    session: Session,
    candidate_id: str,
    wanted: Sequence[SkillDraft],
    before: Sequence[CandidateSkill],
    index: SkillIndex,
) -> None:
    old = {row.skill_id: row for row in before}
    for skill in wanted:
        skill_id = index.id_of(skill.name)
        row = old.pop(skill_id, None) or CandidateSkill(candidate_id=candidate_id, skill_id=skill_id)
        row.level, row.evidence = skill.level, skill.evidence
        session.add(row)
    for gone in old.values():
        session.delete(gone)


def write_languages(
    session: Session, candidate_id: str, wanted: Sequence[LanguageDraft], before: Sequence[CandidateLanguage]
) -> None:
    old = {fold(row.language): row for row in before}
    for said in wanted:
        row = old.pop(fold(said.language), None) or CandidateLanguage(candidate_id=candidate_id)
        row.language, row.level = said.language, said.level
        session.add(row)
    for gone in old.values():
        session.delete(gone)


def write_blackouts(
    session: Session, candidate_id: str, wanted: Sequence[BlackoutDraft], before: Sequence[Blackout]
) -> None:
    kept = {(row.starts_on, row.ends_on): row for row in before}
    for days in dict.fromkeys(wanted):
        if days.starts_on and days.ends_on and kept.pop((days.starts_on, days.ends_on), None) is None:
            session.add(Blackout(candidate_id=candidate_id, starts_on=days.starts_on, ends_on=days.ends_on))
    for gone in kept.values():
        session.delete(gone)


def write_words(
    session: Session,
    candidate_id: str,
    tags: Sequence[str],
    custom: Mapping[str, Value | None],
    parts: Parts,
    known: Known,
) -> None:
    """Tags and fields of one's own."""
    write_tags(session, candidate_id, tags, parts.tags, known.tags)
    write_values(session, "candidates", candidate_id, custom, parts.custom)
