"""What a returned form says of a person: who applies, when somebody is free, what they agree to share."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from core import text
from core.errors import UserError
from core.exchange.days import Unreadable, read_day, read_month
from core.exchange.people import split_name
from core.insight import availability
from core.insight.returned import school_of
from core.jobs.returned_said import About, Case, Said, Taken, Values, named, number, shown
from core.store import Store
from core.work import gather, select, warm
from core.work.candidates import GRID_MARKS, BlackoutDraft, CandidateDraft
from core.work.duplicates import Likeness, likely
from core.work.overlay import filled
from core.work.rubrics import current_rubric
from core.work.select import ApplicationDraft

ANSWER = "answer_"
SOURCE = "Form"
"""Of who does not say how they heard of the project."""
MOST_HOURS = 80
MOST_AWAY = 4
"""Spans of days off that a form has room for."""
_LINES = ("first_name", "last_name", "nickname", "phone", "school_name", "student_number", "major")


# --- who applies ------------------------------------------------------------------------------------------------------


def person(values: Values) -> tuple[CandidateDraft, list[str]]:
    """What it says of whoever applies, and sentences about what could not be read."""
    wrong: list[str] = []
    said = {name: text.line(values.get(name, "")) for name in _LINES}
    first, last = said["first_name"], said["last_name"]
    if not last:
        first, last = split_name(text.line(values.get("name", "")) or first)
    draft = CandidateDraft(
        first_name=first,
        last_name=last,
        nickname=said["nickname"],
        emails=[text.line(values["email"])] if values.get("email") else [],
        phone=said["phone"],
        school_name=said["school_name"],
        student_number=said["student_number"],
        major=said["major"],
        graduates_on=_month(values.get("graduates_on", ""), wrong),
        links=[link for link in values.get("links", "").split() if link],
        hours_a_week=_hours(values, wrong),
        source=text.line(values.get("source", "")) or SOURCE,
    )
    return draft, wrong


def _hours(values: Values, wrong: list[str]) -> int | None:
    """It is no reason to turn somebody's application away."""
    try:
        found = number(values, "hours_a_week", "Hours a week")
    except UserError:
        found = MOST_HOURS + 1
    if found is not None and found > MOST_HOURS:
        said = text.line(values["hours_a_week"])[:40]
        wrong.append(f"Hours a week are left out: “{said}” is no number from 0 to {MOST_HOURS}.")
        return None
    return found


def _month(words: str, wrong: list[str]) -> date | None:
    if not words:
        return None
    try:
        found, note = read_month(text.line(words), "unknown")
    except Unreadable as error:
        wrong.append(f"Graduation is left out: {error}")
        return None
    if note:
        wrong.append(note)
    return found


def _whom(store: Store, draft: CandidateDraft, today: date) -> tuple[Likeness | None, list[Likeness]]:
    """Who has this very address (of several who share it, the one of this name), else those who may be the same."""
    alike = likely(store, draft)
    wanted = {address.casefold() for address in draft.emails}
    same = []
    for one in alike:
        if "e-mail" in one.why:
            theirs = gather.candidate_draft(store, one.candidate_id, today=today).emails
            same += [one] if wanted & {address.casefold() for address in theirs} else []
    if same:
        name = _ordered(f"{draft.first_name} {draft.last_name}")
        return next((one for one in same if _ordered(one.name) == name), same[0]), []
    return None, alike


def about_applicant(case: Case) -> About:
    """What would be new of them. Their answers are scored under a code, and so are not shown beside the name, but where
    they were read off a page and somebody has to look."""
    draft, wrong = person(case.values)
    name = f"{draft.first_name} {draft.last_name}".strip() or (draft.emails[0] if draft.emails else "")
    known, alike = _whom(case.store, draft, case.today)
    looks = [
        f"{one.name}, who is in the store, {one.why}. It is taken in as somebody new, who can be merged later."
        for one in alike[:1]
    ]
    if known is not None and _ordered(known.name) != _ordered(name):
        looks.append(f"{draft.emails[0]} belongs to {known.name}, who is in the store: it is taken in as theirs.")
    own = [key for key in case.values if key.startswith(ANSWER)]
    given = case.values if case.printed else {key: said for key, said in case.values.items() if key not in own}
    held: dict[str, str] = {}
    if known is not None:
        before = gather.candidate_draft(case.store, known.candidate_id, today=case.today)
        # Their name stays as it is; where it is another one, that is said above.
        held = {key: str(was) for key in _LINES[2:] if (was := getattr(before, key))}
    notes = list(wrong)
    if own and not case.printed:
        answered = sum(bool(case.values[key]) for key in own)
        notes.append(f"{answered} of {text.plural(len(own), 'question')} answered, to be read under a code.")
    said = shown(case, _others(held, given), given)
    return About(said, f"{name}, {'new' if known is None else 'in the store'}", tuple(notes), tuple(looks))


def _ordered(name: str) -> list[str]:
    return sorted(text.fold(name).split())


def _others(held: Values, given: Values) -> dict[str, str]:
    return {key: was for key, was in held.items() if text.fold(was) != text.fold(given.get(key, ""))}


def apply(case: Case) -> Taken:
    """Candidate and application. UserError, FieldErrors in the words of core.work."""
    store, today = case.store, case.today
    draft, _ = person(case.values)
    known, _ = _whom(store, draft, today)
    if known is None:
        candidate_id = gather.add_candidate(store, draft, today=today)
    else:
        candidate_id = known.candidate_id
        before = gather.candidate_draft(store, candidate_id, today=today)
        after = filled(before, replace(draft, first_name="", last_name="", source=""))
        if after != before:
            gather.change_candidate(store, candidate_id, after, today=today)
    answers = {key.removeprefix(ANSWER): said for key, said in case.values.items() if key.startswith(ANSWER) and said}
    application = ApplicationDraft(
        project_id=case.form.project_id, candidate_id=candidate_id, applied_on=today, answers=answers,
        source=draft.source,
    )  # fmt: skip
    select.record_application(store, application, today=today)
    # The file joins name and answers: where those are scored blind it is not kept, as all that it says now is.
    blind = current_rubric(case.session, case.form.project_id or "") is not None
    return Taken(candidate_id, None if blind else ("candidates", candidate_id))


# --- when somebody is free --------------------------------------------------------------------------------------------


def about_time(case: Case) -> About:
    before, after = _times(case)
    now, was = _time(after, case.today), _time(before, case.today)
    return About((Said("When they are free", now or "nothing", was if was != now else ""),))


def take_time(case: Case) -> Taken:
    before, after = _times(case)
    candidate_id = case.form.candidate_id or ""
    if after != before:
        gather.change_candidate(case.store, candidate_id, after, today=case.today)
    return Taken(candidate_id, owner=("candidates", candidate_id))


def _times(case: Case) -> tuple[CandidateDraft, CandidateDraft]:
    """Their draft, and with what the form says of their time; what it leaves empty stays."""
    before = gather.candidate_draft(case.store, case.form.candidate_id or "", today=case.today)
    values = case.values
    ticks = [values.get(f"free_{at}", "") for at in range(GRID_MARKS)]
    grid = "".join("1" if tick else "0" for tick in ticks) if any(ticks) else before.free_grid
    hours = number(values, "hours_a_week", "Hours a week")
    away = list(before.blackouts)
    for at in range(1, MOST_AWAY + 1):
        first, last = values.get(f"off_{at}_from", ""), values.get(f"off_{at}_to", "")
        if first or last:
            span = BlackoutDraft(starts_on=day(first or last), ends_on=day(last or first))
            away += [span] if span not in away else []
    after = replace(
        before,
        free_grid=grid,
        hours_a_week=before.hours_a_week if hours is None else hours,
        blackouts=away,
    )
    return before, after


def _time(draft: CandidateDraft, today: date) -> str:
    spans = [(one.starts_on, one.ends_on) for one in draft.blackouts if one.starts_on and one.ends_on]
    return availability.availability(draft.free_grid, draft.hours_a_week, spans, today).words


def day(words: str) -> date:
    try:
        return read_day(text.line(words), "unknown")[0]
    except Unreadable as error:
        raise UserError(f"{error} Type it in by hand.") from None


# --- what somebody agrees to share ------------------------------------------------------------------------------------


def about_consent(case: Case) -> About:
    return About(shown(case))


def take_consent(case: Case) -> Taken:
    """Signed is what bears a name typed as the signature; to the school where they study."""
    words, values = named(case.form), case.values
    if not values.get("signed"):
        raise UserError(f"“{words.get('signed', 'Signature')}” is empty: without it they have agreed to nothing.")
    if not values.get("signed_on"):
        # FERPA asks for one that is signed and dated (34 CFR 99.30); the day on which it came is not that day.
        raise UserError(f"“{words.get('signed_on', 'Signed on')}” is empty: a consent bears the day it was signed.")
    candidate_id = case.form.candidate_id or ""
    draft = warm.ConsentDraft(
        candidate_id=candidate_id,
        school_id=school_of(case.session, candidate_id),
        signed_on=day(values["signed_on"]),
        records=values.get("records", ""),
        purpose=values.get("purpose", ""),
        until=day(values["until"]) if values.get("until") else None,
    )
    warm.add_consent(case.store, draft, today=case.today)
    return Taken(candidate_id, owner=("candidates", candidate_id))
