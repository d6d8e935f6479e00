"""What each kind of form means: what of it is shown beside what the store holds, and which function of core.work takes
it in. `values` are those of the form's own fields, "" for what was left empty.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Any

from core import text
from core.jobs import returned_letter, returned_pack, returned_person
from core.jobs.form_parts import RATHER_NOT
from core.jobs.returned_said import About, Case, Taken, Values, named, number, shown
from core.work import self_identification, sides
from core.work.sides import FitReviewDraft, MidCheckDraft


@dataclass(frozen=True)
class Kind:
    """`many`: one form comes back from several people; `once` then says from whom."""

    about: Callable[[Case], About]
    take: Callable[[Case], Taken]
    many: bool = False
    once: Callable[[Values], str] = lambda _values: ""


def _drafted(kind: type[FitReviewDraft | MidCheckDraft], case: Case) -> Any:
    """The draft's fields are the form's."""
    words = named(case.form)
    given: dict[str, Any] = {"engagement_id": case.form.engagement_id, "received_on": case.today}
    for one in fields(kind):
        if one.name in given or one.name not in words:
            continue
        written = case.values.get(one.name, "")
        given[one.name] = written if one.default == "" else number(case.values, one.name, words[one.name])
    return kind(**given)


def _held(draft: Any) -> dict[str, str]:
    return {one.name: str(value) for one in fields(draft) if (value := getattr(draft, one.name)) not in (None, "")}


# --- both sides of work -----------------------------------------------------------------------------------------------


def _about_fit(case: Case) -> About:
    if case.form.sealed:
        return About(notes=("What they say opens once your own view of the work is in; it is not shown before.",))
    held = sides.fit_review_draft(case.store, case.form.engagement_id or "", today=case.today)
    return About(shown(case, _held(held)))


def _take_fit(case: Case) -> Taken:
    sides.enter_fit_review(case.store, _drafted(FitReviewDraft, case), today=case.today)
    # The file says what is sealed, and whoever looks at the work could open it: it is kept only where it is open.
    owner = None if case.form.sealed else ("engagements", case.form.engagement_id or "")
    return Taken(case.form.candidate_id, owner=owner)


def _about_mid(case: Case) -> About:
    return About(shown(case, _held(sides.mid_check_draft(case.store, case.form.engagement_id or ""))))


def _take_mid(case: Case) -> Taken:
    sides.enter_mid_check(case.store, _drafted(MidCheckDraft, case), today=case.today)
    return Taken(case.form.candidate_id, owner=("engagements", case.form.engagement_id or ""))


# --- what is kept apart -----------------------------------------------------------------------------------------------


def _about_apart(_case: Case) -> About:
    return About(notes=("Voluntary answers, kept apart: they are shown nowhere, only counted.",))


def _take_apart(case: Case) -> Taken:
    """Neither the file nor whose it was is kept."""
    answers = {
        question: self_identification.WITHDRAWN if answer == RATHER_NOT[0] else answer
        for question, answer in case.values.items()
        if answer
    }
    self_identification.take(case.session, case.form.candidate_id or "", answers)
    return Taken()


# --- people -----------------------------------------------------------------------------------------------------------


def _same_person(values: Values) -> str:
    name = f"{values.get('first_name', '')} {values.get('last_name', '')}"
    return text.fold(values.get("email", "")) or text.fold(name)


KINDS: dict[str, Kind] = {
    "application": Kind(returned_person.about_applicant, returned_person.apply, many=True, once=_same_person),
    "availability": Kind(returned_person.about_time, returned_person.take_time),
    "mid_check": Kind(_about_mid, _take_mid),
    "fit_review": Kind(_about_fit, _take_fit),
    "consent": Kind(returned_person.about_consent, returned_person.take_consent),
    "self_identification": Kind(_about_apart, _take_apart),
    "letter": Kind(returned_letter.about, returned_letter.take),
    "rater_pack": Kind(returned_pack.about, returned_pack.take),
}
