"""A rater's pack: the answers to score, blind, with the rubric, as a form for a colleague at another machine.

It holds what the colleague would see at this desk and nothing more: codes, masked answers, the levels in words, in the
order of that rater. What comes back is their scores (core.jobs.returned_pack).
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from core.errors import UserError
from core.form_fields import FormField
from core.insight import office
from core.insight.scoring import CriterionView, QuestionToScore, ScoringQueue, ToScore, scoring_queue
from core.jobs.forms import Made, TooLongError, made_of
from core.jobs.leaving import stationery_of
from core.model.words import FORM_KINDS
from core.store import Store
from core.text import plural

if TYPE_CHECKING:
    from core.paper.form_paper import FormFacts, FormPart

KIND = "rater_pack"
LEVEL, EVIDENCE, VOTE = "level", "evidence", "recommend"
YES, NO = "yes", "no"
_UNPRINTED = "[?]"


def level_name(criterion_id: str, code: str) -> str:
    """How the field of a level is called; that of its evidence, with EVIDENCE in place of LEVEL."""
    return f"{LEVEL}_{criterion_id}_{code}"


def make_pack(store: Store, project_id: str, colleague_id: str, *, today: date) -> Made:
    """With as many applicants as there is room for.

    UserError where the colleague has nothing to score, or is oneself.
    """
    if colleague_id == store.me:
        raise UserError("A pack is for a colleague elsewhere. Score your own here.")
    people = {one.id: one.name for one in office.colleagues(store)}
    if colleague_id not in people:
        raise UserError("This colleague is no longer here.")
    queue = scoring_queue(store, project_id, colleague_id, blind=True)
    pending = [one for one in queue.applications if not one.submitted]
    if not pending:
        raise UserError(f"{people[colleague_id]} has nothing to score in {queue.title}.")
    about = {"project_id": project_id, "colleague_id": colleague_id}
    what = f"{FORM_KINDS[KIND]}, {queue.title}, {people[colleague_id]}"
    some = pending
    while True:
        facts = _facts(store, queue, some, len(pending), people[colleague_id], today)
        refs = (("projects", project_id), *(("applications", one.id) for one in some))
        try:
            return made_of(store, KIND, facts, about, what, refs, today)
        except TooLongError:
            if len(some) == 1:
                raise
            some = some[: len(some) // 2]


def _facts(store: Store, queue: ScoringQueue, some: list[ToScore], of: int, who: str, today: date) -> FormFacts:
    """`some`: those who are in this pack, of so many whom the rater has still to score."""
    from core.paper.form_paper import FormFacts

    employer = office.employer(store)
    count = plural(len(some), "applicant") if len(some) == of else f"{len(some)} of {plural(of, 'applicant')}"
    intro = (
        f"For {who}: {count}, one question at a time. Choose a level and write what in the "
        "answer shows it. Who they are is left out; please do not guess, and talk to nobody before you have sent this."
    )
    back = f"Save it and mail it to {employer.email}." if employer.email else "Save it and send it back."
    if len(some) < of:
        back += " The others come in a next pack, once this one is back."
    parts = [
        *(_part(queue, number, question, one) for number, question in enumerate(queue.questions, 1) for one in some
          if queue.criteria(question, one)),
        *(_vote(one) for one in some),
    ]  # fmt: skip
    return FormFacts(
        stationery_of(employer, today), KIND, FORM_KINDS[KIND], queue.title, "", (intro,), tuple(parts), back
    )


def _part(queue: ScoringQueue, number: int, question: QuestionToScore, one: ToScore) -> FormPart:
    from core.paper.form_paper import FormPart

    rows = [_row(criterion, one.code) for criterion in queue.criteria(question, one)]
    title = f"Question {number} of {len(queue.questions)}, candidate {one.code}"
    return FormPart(
        title,
        question.text,
        words=_answers(queue, question, one),
        rows=tuple(r for two in rows for r in two),
        at_once=2,
    )


def _answers(queue: ScoringQueue, question: QuestionToScore, one: ToScore) -> tuple[str, ...]:
    if question.id is not None:
        said = [one.answers.get(question.id, "")]
    else:
        asked = {q.id: q.text for q in queue.questions if q.id is not None}
        said = [f"{asked[key]}\n{text}" if key in asked else text for key, text in one.answers.items()]
    for file in one.files:
        if question.id is None or file.question_id == question.id:
            said += [f"{file.name}:\n{file.words}" if file.words else f"{file.name}: {file.note}"]
    return tuple(printable(text) for text in said if text.strip()) or ("No answer to this question.",)


def _row(criterion: CriterionView, code: str) -> tuple[tuple[FormField, ...], ...]:
    levels = tuple((str(n), printable(f"{n}  {words}")) for n, words in enumerate(criterion.levels, 1))
    hint = printable(criterion.hint)
    level = FormField(level_name(criterion.id, code), "choice", printable(criterion.name), levels, hint=hint)
    shown = f"What shows it ({criterion.name}, {code})"
    return (
        (level,),
        (FormField(f"{EVIDENCE}_{criterion.id}_{code}", "long", printable(shown), most=2000, required=True),),
    )


def _vote(one: ToScore) -> FormPart:
    from core.paper.form_paper import FormPart

    words = f"Would you recommend {one.code}? Your gut alone; it counts for nothing."
    vote = FormField(f"{VOTE}_{one.code}", "choice", words, ((YES, "Yes"), (NO, "No")))
    return FormPart(f"Candidate {one.code}, at last", rows=((vote,),))


def printable(text: str) -> str:
    """The text with a mark where a sign stands that papers have no letter for: one emoji must not stop a pack."""
    from core.paper import fonts

    lacking = fonts.missing(text)
    return re.sub(f"[{re.escape(lacking)}]+", _UNPRINTED, text) if lacking else text
