"""A file's draft laid over a candidate who is known: whom it means, and what it changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from core.errors import FieldErrors
from core.text import fold
from core.work import candidates
from core.work.candidates import CandidateDraft, LanguageDraft, SkillDraft
from core.work.checks import distinct

_SAID = (
    "nickname", "phone", "student_number", "major", "degree_level", "class_year", "graduates_on", "source", "notes",
    "hours_a_week", "first_contact_on", "skills", "links", "languages", "may_work", "needs_sponsorship",
    "do_not_contact_on", "tags", "custom",
)  # fmt: skip

ANOTHER_ROW = "row:"
"""With an earlier position behind it, the decision that a row is about the same person as that row."""


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
    empty: tuple[object, ...] = ("", None, (), [], {})
    return sum(
        len(old) - len(new) if isinstance(old, list | tuple | dict) else old not in empty and new in empty
        for old, new in pairs
    )


def filled(before: CandidateDraft, draft: CandidateDraft) -> CandidateDraft:
    """What the draft says, and where it says nothing what stood before. Lists grow, nothing falls out of them."""
    values = {name: getattr(draft, name) for name in candidates.DRAFT_FIELDS}
    said = {name: value for name, value in values.items() if value not in ("", None, (), [], {})}
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
    languages = {fold(one.language): one for one in before.languages}
    for one in draft.languages:
        had = languages.get(fold(one.language), one)
        languages[fold(one.language)] = LanguageDraft(language=had.language, level=one.level or had.level)
    said["languages"] = list(languages.values())
    said["tags"] = distinct([*before.tags, *draft.tags])
    said["custom"] = {**before.custom, **{key: value for key, value in draft.custom.items() if value}}
    for name in ("first_contact_on", "do_not_contact_on"):
        # The first day counts: a file that says a later one has only heard of it later.
        if getattr(before, name) is not None:
            said[name] = getattr(before, name)
    return replace(before, **said)


def differs(before: CandidateDraft, after: CandidateDraft) -> bool:
    """Apart from the school's id, which stands for its name."""
    listed = ("emails", "links", "skills", "languages", "blackouts", "tags")
    bare = []
    for draft in (before, after):
        lists: dict[str, Any] = {name: list(getattr(draft, name)) for name in listed}
        school = fold(draft.school_name) or (draft.school_id or "")
        bare.append(replace(draft, school_id=None, school_name=school, **lists))
    return bare[0] != bare[1]


def changes_of(before: CandidateDraft, after: CandidateDraft) -> dict[str, tuple[Any, Any]]:
    """Draft field to what stood there and what is to stand there; a school by its name."""
    found: dict[str, tuple[Any, Any]] = {}
    for name in candidates.DRAFT_FIELDS:
        old, new = getattr(before, name), getattr(after, name)
        if isinstance(old, list | tuple):
            old, new = list(old), list(new)
        if name != "school_id" and old != new:
            found[name] = (old, new)
    return found


LEFT_OUT = "The row with which this one was put together is left out."


def put_together(
    drafts: dict[int, CandidateDraft], failed: dict[int, dict[str, str]], decided: Mapping[int, str]
) -> dict[int, int]:
    """Lays rows that are said to be about one person into the first of them, whose own words hold; position to first.

    They go out of `drafts`; one whose first row is faulty goes to `failed`.
    """
    into: dict[int, int] = {}
    for position in sorted(drafts):
        said = decided.get(position, "")
        if not said.startswith(ANOTHER_ROW):
            continue
        target = int(said.removeprefix(ANOTHER_ROW))
        root = into.get(target, target)
        if root not in drafts or root >= position:
            failed[position] = {"last_name": LEFT_OUT}
            del drafts[position]
            continue
        into[position] = root
        first, second = drafts[root], drafts.pop(position)
        known = {address.casefold() for address in first.emails}
        drafts[root] = replace(
            filled(second, first),
            emails=[*first.emails, *(one for one in second.emails if one.casefold() not in known)],
            notes="\n\n".join(dict.fromkeys(filter(None, (first.notes, second.notes)))),
        )
    return into
