"""A file's draft laid over a candidate who is known: whom it means, and what it changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from core.errors import FieldErrors
from core.text import fold
from core.work import candidates
from core.work.candidates import CandidateDraft, SkillDraft

_SAID = (
    "nickname", "phone", "student_number", "major", "degree_level", "class_year", "graduates_on", "source", "notes",
    "hours_a_week", "first_contact_on", "skills", "links",
)  # fmt: skip


def meant(known: Mapping[str, CandidateDraft], draft: CandidateDraft) -> str | None:
    """Which of `known`, all of one name and school, a draft without an address is about; None: somebody new.

    Those with an address only where nobody is without. Of several the one who is most like it; FieldErrors where each
    would be changed by it, as then only a person can tell.
    """
    number = draft.student_number
    fitting = {i: one for i, one in known.items() if not number or one.student_number in ("", number)}
    fitting = {i: one for i, one in fitting.items() if not one.emails} or fitting
    if len(fitting) < 2:
        return next(iter(fitting), None)
    same = [i for i, one in fitting.items() if not differs(one, filled(one, draft))]
    if not same:
        words = "Several people of this name at this school are in the store. Give this one’s e-mail address."
        raise FieldErrors({"last_name": words})
    return min(same, key=lambda i: _left_unsaid(fitting[i], draft))


def _left_unsaid(known: CandidateDraft, draft: CandidateDraft) -> int:
    """How much is known that the draft does not say."""
    pairs = [(getattr(known, name), getattr(draft, name)) for name in _SAID]
    empty: tuple[object, ...] = ("", None, (), [])
    return sum(
        len(old) - len(new) if isinstance(old, list | tuple) else old not in empty and new in empty
        for old, new in pairs
    )


def filled(before: CandidateDraft, draft: CandidateDraft) -> CandidateDraft:
    """What the draft says, and where it says nothing what stood before. Lists grow, nothing falls out of them."""
    values = {name: getattr(draft, name) for name in candidates.DRAFT_FIELDS}
    said = {name: value for name, value in values.items() if value not in ("", None, (), [])}
    if "school_name" in said and "school_id" not in said:
        said["school_id"] = None
    elif "school_id" in said and "school_name" not in said:
        said["school_name"] = ""
    known = {e.casefold() for e in before.emails}
    said["emails"] = [*before.emails, *(e for e in draft.emails if e.casefold() not in known)]
    skills = {fold(s.name): s for s in before.skills}
    for skill in draft.skills:
        old = skills.get(fold(skill.name), skill)
        skills[fold(skill.name)] = SkillDraft(
            name=old.name, level=skill.level or old.level, evidence=skill.evidence or old.evidence
        )
    said["skills"] = list(skills.values())
    said["links"] = list(dict.fromkeys([*before.links, *draft.links]))
    said["blackouts"] = list(dict.fromkeys([*before.blackouts, *draft.blackouts]))
    if before.first_contact_on is not None:
        said["first_contact_on"] = before.first_contact_on
    return replace(before, **said)


def differs(before: CandidateDraft, after: CandidateDraft) -> bool:
    """Apart from the school's id, which stands for its name."""
    bare = [
        replace(d, school_id=None, school_name=fold(d.school_name) or (d.school_id or ""), links=list(d.links))
        for d in (before, after)
    ]
    return bare[0] != bare[1]
