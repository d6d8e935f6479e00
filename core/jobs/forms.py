"""Forms to be filled in elsewhere: made, noted with their code, and put into the folder that the person chose."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core import money
from core.errors import UserError
from core.exchange.returned_apart import MOST_PAGES
from core.insight import asked, office
from core.jobs.leaving import check_target, leave, stationery_of
from core.model.words import FORM_KINDS, LOCATION_MODES
from core.store import Label, Ref, Store
from core.text import plural, short_day
from core.work.brief import project_draft
from core.work.forms import new_code, new_form
from core.work.self_identification import collects

if TYPE_CHECKING:
    from core.paper.form_paper import FormFacts, FormPart

OF_PROJECT, OF_WORK, OF_PERSON = "project_id", "engagement_id", "candidate_id"
ABOUT = {
    "application": OF_PROJECT,
    "mid_check": OF_WORK,
    "fit_review": OF_WORK,
    "availability": OF_PERSON,
    "consent": OF_PERSON,
    "self_identification": OF_PERSON,
}
"""What each kind is about, by the column of Form that says so."""
INTRO = {
    "application": "Fill it in on your computer or on paper, and mail it back. Nothing else is needed to apply.",
    "mid_check": "Half of the time is over. A few lines help us both; there are no wrong answers.",
    "fit_review": "You have seen us at work. Neither review is opened before both are in{day}.",
    "availability": "So that work can be planned around your classes, and not the other way round.",
    "consent": "Nothing of you goes to your college unless you agree here.",
    "self_identification": "We are asked to look at whom we reach. You need not answer, and it changes nothing if you "
                           "do not.",
}  # fmt: skip


class TooLongError(UserError):
    """More pages than are read when it comes back."""


@dataclass(frozen=True)
class Made:
    """A form that was noted in the store. `name`: for its file."""

    id: str
    code: str
    kind: str
    data: bytes
    name: str
    what: str
    refs: tuple[Ref, ...]


def make_form(store: Store, kind: str, row_id: str, *, today: date) -> Made:
    """One that went out before and asks the same keeps its code, until it came back.

    UserError where there is nothing to ask about, words with letters that papers cannot print, or too many pages.
    """
    facts, what, refs = _facts(store, kind, row_id, today)
    return made_of(store, kind, facts, {ABOUT[kind]: row_id}, what, refs, today)


def made_of(
    store: Store, kind: str, facts: FormFacts, about: dict[str, str], what: str, refs: tuple[Ref, ...], today: date
) -> Made:
    """`about`: columns of Form that say what it is about."""
    before = asked.out(store, kind, about)
    code = before[1] if before else new_code()
    layout, data = _drawn(facts, code)
    if before is not None and before[2] == layout:
        return Made(before[0], code, kind, data, what, what, refs)
    if before is not None:
        code = new_code()
        layout, data = _drawn(facts, code)
    with store.change(Label.FORMS_MADE, *refs) as session:
        row = new_form(session, kind, today=today, code=code, layout=layout, **about)
        return Made(row.id, code, kind, data, what, what, refs)


def save_form(store: Store, made: Made, out: Path, *, overwrite: bool = False) -> Path:
    """Writes it to `out` and records that it left."""
    leave(store, out, made.data, kind="form", what=made.what, refs=made.refs, overwrite=overwrite)
    return out


def form(store: Store, kind: str, row_id: str, out: Path, *, today: date, overwrite: bool = False) -> Path:
    """Both in one."""
    check_target(out, overwrite)
    return save_form(store, make_form(store, kind, row_id, today=today), out, overwrite=overwrite)


def _drawn(facts: FormFacts, code: str) -> tuple[dict[str, Any], bytes]:
    from dataclasses import replace

    from core.paper import form_paper

    into = io.BytesIO()
    layout = form_paper.make(replace(facts, code=code), into)
    if (pages := layout["pages"]) > MOST_PAGES:
        words = f"It would have {pages} pages, and a form that comes back has at most {MOST_PAGES}."
        raise TooLongError(f"{words} Ask fewer questions, or shorter ones.")
    return layout, into.getvalue()


# --- what it says -----------------------------------------------------------------------------------------------------


def _facts(store: Store, kind: str, row_id: str, today: date) -> tuple[FormFacts, str, tuple[Ref, ...]]:
    from core.jobs import form_parts
    from core.paper.form_paper import FormFacts

    if kind not in ABOUT:
        raise UserError(f"There is no form “{kind}”. There are: {', '.join(sorted(ABOUT))}.")
    if kind == "self_identification" and not collects(store):
        raise UserError("Voluntary self-identification is not collected here. Turn it on in Insights, Fairness.")
    employer = office.employer(store)
    parts: list[FormPart]
    if kind == "application":
        title, parts = _application(store, row_id)
        whose, refs = title, [("projects", row_id)]
    elif ABOUT[kind] == OF_WORK:
        title, name = asked.work(store, row_id, kind)
        whose, refs = f"{name}, {title}", [("engagements", row_id)]
        parts = form_parts.PARTS[kind]()
    else:
        name, school = asked.person(store, row_id)
        title = whose = name
        refs = [] if kind == "self_identification" else [("candidates", row_id)]
        parts = form_parts.consent(school) if kind == "consent" else form_parts.PARTS[kind]()
        if kind == "consent" and not school:
            raise UserError(f"{name} has no school yet. Enter it first: the consent names it.")
    intro = INTRO[kind]
    if kind == "fit_review":
        day = asked.reviews_open_on(store, row_id)
        intro = intro.format(day=f", or {short_day(day)} has come" if day is not None else "")
    back = f"Save it and mail it to {employer.email}." if employer.email else "Save it and mail it back to us."
    facts = FormFacts(
        stationery_of(employer, today),
        kind,
        FORM_KINDS[kind],
        title,
        "",
        (intro,),
        tuple(parts),
        back,
    )
    # What left names nobody where the answers are voluntary.
    what = FORM_KINDS[kind] if kind == "self_identification" else f"{FORM_KINDS[kind]}, {whose}"
    return facts, what, tuple(refs)


def _application(store: Store, project_id: str) -> tuple[str, list[FormPart]]:
    from core.jobs import form_parts

    brief = project_draft(store, project_id)
    questions = asked.questions(store, project_id)
    where = LOCATION_MODES.get(brief.location_mode, "")
    fee = money.show(brief.fee, brief.currency or office.employer(store).currency)
    about = [
        f"{fee} for about {plural(brief.estimated_hours, 'hour')} of work" + (f", {where.lower()}" if where else ""),
        f"Apply by {short_day(brief.apply_by)}" if brief.apply_by else "",
        f"From {short_day(brief.kick_off_on)} to {short_day(brief.due_on)}"
        + (", which may move for classwork" if brief.due_flexible else "")
        if brief.kick_off_on and brief.due_on
        else "",
        f"Who may apply: {brief.eligibility.strip()}" if brief.eligibility.strip() else "",
    ]
    handed_in = [one.text + (f" · {short_day(one.due_on)}" if one.due_on else "") for one in brief.milestones]
    return brief.title, form_parts.application(questions, [brief.summary, brief.why_it_matters], about, handed_in)
