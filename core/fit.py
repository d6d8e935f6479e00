"""A project or an ongoing job? Six plain questions, and words for what the answers mean. It forbids nothing.

Where the limits come from: micro-internships are for work with an end, and not for ongoing work that an employee
would do, dangerous workplaces, patient care or tutoring (parkerdewey.com/help, project eligibility); an internship's
work is not simply to advance operations (NACE's criteria for internships).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

JOB, NOT_FOR, LOOK = "job", "not_for", "look"


@dataclass(frozen=True, slots=True)
class FitAnswer:
    """`means`: "" for a project, else LOOK, JOB or NOT_FOR; `words` then say why."""

    key: str
    said: str
    means: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class FitQuestion:
    key: str
    asks: str
    answers: tuple[FitAnswer, ...]


@dataclass(frozen=True, slots=True)
class Fit:
    """`key`: none, part, project, look, job or not_for. `cautions`: a sentence for each answer that speaks against it.

    `answers`: question and answer in words; `on`: the day they were given.
    """

    key: str
    words: str
    cautions: tuple[str, ...]
    answers: tuple[tuple[str, str], ...]
    on: date | None


QUESTIONS: tuple[FitQuestion, ...] = (
    FitQuestion(
        "end",
        "Does the work have an end?",
        (
            FitAnswer("yes", "Yes: one day it is done"),
            FitAnswer("no", "No: it goes on", JOB, "Work without an end is a job. Cut a piece out of it that ends."),
        ),
    ),
    FitQuestion(
        "rhythm",
        "Once, or again and again?",
        (
            FitAnswer("once", "Once, or once a year"),
            FitAnswer(
                "weekly", "Every week or every day", JOB, "What comes back every week is ongoing work, not a project."
            ),
        ),
    ),
    FitQuestion(
        "instead",
        "Who would do it otherwise?",
        (
            FitAnswer("nobody", "Nobody: it would stay undone"),
            FitAnswer("us", "One of us, when there is time"),
            FitAnswer(
                "staff",
                "Someone we would hire, or staff as a part of their job",
                JOB,
                "A project may not take the place of an employee. If you would hire for it, hire for it.",
            ),
        ),
    ),
    FitQuestion(
        "kind",
        "Is it one of these?",
        (
            FitAnswer("none", "None of these"),
            FitAnswer(
                "danger",
                "A dangerous workplace",
                NOT_FOR,
                "A dangerous workplace needs training that a few weeks cannot give. Micro-internships are not for it.",
            ),
            FitAnswer(
                "patients",
                "Patient care",
                NOT_FOR,
                "Patient care is for trained staff. Micro-internships are not for it.",
            ),
            FitAnswer(
                "tutoring", "Tutoring", NOT_FOR, "Tutoring is paid by the hour. Micro-internships are not for it."
            ),
        ),
    ),
    FitQuestion(
        "judged",
        "Can it be judged by what is delivered?",
        (
            FitAnswer("yes", "Yes: one can look at it and say"),
            FitAnswer("partly", "Partly", LOOK, "Say for each deliverable how one sees that it is done."),
            FitAnswer(
                "no",
                "No: only by the hours or by being there",
                JOB,
                "A fixed fee is for deliverables. What only time can measure is paid by the hour, as a job.",
            ),
        ),
    ),
    FitQuestion(
        "learns",
        "What does the student take away?",
        (
            FitAnswer("skill", "Something learned, and work to show"),
            FitAnswer(
                "little",
                "Not much: it has to be done",
                LOOK,
                "Name what the student learns: the work may not serve the business alone.",
            ),
        ),
    ),
)
_VERDICTS = {
    "": ("project", "A project: it ends, can be judged by what is delivered, and takes nobody’s place."),
    LOOK: ("look", "A project, with something to look at first."),
    JOB: ("job", "This reads like an ongoing job."),
    NOT_FOR: ("not_for", "This is work that micro-internships are not for."),
}


def judge(stored: Mapping[str, Any] | None) -> Fit:
    """What the kept answers mean. Questions and answers that are not known any more say nothing."""
    chosen = picked(stored)
    given = [(one, answer) for one in QUESTIONS for answer in one.answers if chosen.get(one.key) == answer.key]
    cautions = tuple(answer.words for _, answer in given if answer.words)
    answers = tuple((one.asks, answer.said) for one, answer in given)
    if not given:
        return Fit("none", "Not asked yet.", (), (), None)
    weighs = ("", LOOK, JOB, NOT_FOR)
    worst = max((answer.means for _, answer in given), key=weighs.index)
    key, words = _VERDICTS[worst]
    if len(given) < len(QUESTIONS) and worst in ("", LOOK):
        key, words = "part", f"{len(given)} of {len(QUESTIONS)} questions answered."
    return Fit(key, words, cautions, answers, _day((stored or {}).get("on")))


def picked(stored: Mapping[str, Any] | None) -> dict[str, str]:
    """Question to answer, of what is kept with a project."""
    answers = (stored or {}).get("answers")
    if not isinstance(answers, Mapping):
        return {}
    return {key: said for key, said in answers.items() if isinstance(key, str) and isinstance(said, str)}


def kept(answers: Mapping[str, str | None], on: date) -> dict[str, Any] | None:
    """As answers are kept with a project; None without any."""
    given = {one.key: said for one in QUESTIONS if (said := answers.get(one.key))}
    return {"on": on.isoformat(), "answers": given} if given else None


def unknown(answers: Mapping[str, str | None]) -> list[str]:
    """Keys of questions or answers that do not exist."""
    known = {one.key: {answer.key for answer in one.answers} for one in QUESTIONS}
    return [key for key, said in answers.items() if said and said not in known.get(key, ())]


def _day(raw: object) -> date | None:
    try:
        return date.fromisoformat(str(raw))
    except ValueError:
        return None
