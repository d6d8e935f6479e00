"""A brief that tells the truth: plain rules over a draft, each point with the field that mends it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from core import money
from core.text import plural
from core.work.brief import USUAL_HOURS, ProjectDraft

MOST_QUESTION_MINUTES = 30
_COUNTABLE = re.compile(
    r"\d|\b(a|an|one|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|every|each|all)\b", re.IGNORECASE
)


@dataclass(frozen=True)
class Check:
    """`field` is the draft's; `note` says more where there is more to say."""

    field: str
    words: str
    done: bool
    note: str = ""


def quality(draft: ProjectDraft, floor: int) -> list[Check]:
    """The ten points, in the order of the form. `floor`: cents an hour."""
    parts = [part.text for part in draft.milestones if part.text]
    countable = bool(parts) and all(_COUNTABLE.search(part) for part in parts)
    rate = money.per_hour(draft.fee, draft.estimated_hours)
    low, high = USUAL_HOURS
    hours, minutes = draft.estimated_hours, sum(question.minutes for question in draft.questions)
    believable = bool(parts) and low <= hours <= high and 2 * len(parts) <= hours <= 20 * len(parts)
    return [
        Check("summary", *_said(len(draft.summary) >= 20, "Outcome is stated", "Say what will exist at the end")),
        Check("milestones", *_said(countable, "Deliverables can be counted", "Make each deliverable countable")),
        Check(
            "estimated_hours",
            f"{plural(hours, 'hour')} fits {plural(len(parts), 'deliverable')}" if believable else "Hours and deliverables",
            believable,
            "" if believable else f"{low} to {high} hours in all, 2 to 20 for each deliverable",
        ),
        Check("fee", *_said(rate is not None and rate >= floor, "Pay is at or above your floor", "Raise the pay to your floor")),
        Check(
            "questions",
            *_said(
                bool(draft.questions) and minutes <= MOST_QUESTION_MINUTES,
                f"Questions take {minutes} minutes",
                f"Ask at most {MOST_QUESTION_MINUTES} minutes of questions" if draft.questions else "Ask a short question",
            ),
        ),
        Check("any_hours", *_said(draft.any_hours or draft.due_flexible, "Hours are flexible", "Let hours or due date move")),
        Check("supervisor_id", *_said(draft.supervisor_id is not None, "Supervisor named", "Name a supervisor")),
        Check("learning_objectives", *_said(bool(draft.learning_objectives), "Learning objectives", "Say what one learns")),
        Check("ai_policy", *_said(bool(draft.ai_policy), "AI tools are settled", "Say whether AI tools may be used")),
        Check("tools", *_said(bool(draft.tools), "Tools are named", "Name the tools that you provide")),
    ]


def _said(done: bool, yes: str, no: str) -> tuple[str, bool]:
    return (yes if done else no, done)
