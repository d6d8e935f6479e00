"""The way through a project's scoring: question by question over all candidates, to where it is complete."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.insight.blind_files import AnswerFile
from core.insight.scoring import CriterionView, QuestionToScore, ScoringQueue, ToScore


@dataclass(frozen=True)
class Step:
    """One question for one application, with what is scored on it."""

    question: QuestionToScore
    application: ToScore
    criteria: tuple[CriterionView, ...]

    @property
    def key(self) -> tuple[str, str]:
        return (self.question.id or "", self.application.id)

    @property
    def complete(self) -> bool:
        scores = self.application.scores
        return all(one.id in scores and scores[one.id].evidence for one in self.criteria)

    @property
    def evidence(self) -> str:
        """What was written for these criteria, each wording once."""
        found = [self.application.scores[one.id].evidence for one in self.criteria if one.id in self.application.scores]
        return "\n".join(dict.fromkeys(words for words in found if words))


@dataclass(frozen=True)
class Read:
    """A card to read: an answer, or with `file` the words of one that answers too."""

    heading: str
    words: str
    file: AnswerFile | None = None


class Way:
    """The steps in order. A place on it is kept by question and application, as the queue is read anew."""

    def __init__(self, queue: ScoringQueue) -> None:
        self.queue = queue
        self.pending = [one for one in queue.applications if not one.submitted]
        self.steps = [
            Step(question, one, criteria)
            for question in queue.questions
            for one in self.pending
            if (criteria := queue.criteria(question, one))
        ]

    def resume(self) -> int:
        """The first step that lacks something; past the last where none does."""
        return next((at for at, step in enumerate(self.steps) if not step.complete), len(self.steps))

    def find(self, key: tuple[str, str] | None) -> int | None:
        return next((at for at, step in enumerate(self.steps) if step.key == key), None)

    def first_of(self, application_id: str) -> int:
        """Where this application lacks something first."""
        own = [at for at, step in enumerate(self.steps) if step.application.id == application_id]
        return next((at for at in own if not self.steps[at].complete), own[0] if own else 0)

    def words(self, at: int) -> dict[str, str]:
        step, queue = self.steps[at], self.queue
        number = queue.questions.index(step.question) + 1
        place = queue.applications.index(step.application) + 1
        last_of_all = at + 1 == len(self.steps)
        order = f"{step.application.code} is {place} of {len(queue.applications)}, in random order"
        spent = [f"{step.application.minutes} min so far"] if step.application.minutes else []
        turn = not last_of_all and self.steps[at + 1].question is not step.question
        return {
            "above": f"Question {number} of {len(queue.questions)}",
            "next": "Save, to hand in" if last_of_all else "Save, next question" if turn else "Save, next candidate",
            "place": " · ".join([order, *spent]),
        }

    def answers(self, at: int) -> list[Read]:
        """What is read for a step: one answer with its files, or all of them for the whole application."""
        step = self.steps[at]
        one, whole = step.application, step.question.id is None
        who = one.name or f"Candidate {one.code}"
        texts = {each.id: each.text for each in self.queue.questions if each.id is not None}
        found = []
        if not whole:
            found = [Read(who, one.answers.get(step.question.id or "", ""))]
        else:
            found = [Read(f"{who} on “{texts[key]}”" if key in texts else who, words)
                     for key, words in one.answers.items()]  # fmt: skip
        files = [each for each in one.files if whole or each.question_id == step.question.id]
        if files and not whole and not found[0].words.strip():
            found = []
        on = {key: f" on “{words}”" for key, words in texts.items()} if whole else {}
        found += [Read(f"{who}: {each.name}{on.get(each.question_id or '', '')}", each.words, each) for each in files]
        return found or [Read(who, "")]


def changed_marks(step: Step, levels: Mapping[str, int | None], evidence: str) -> dict[str, tuple[int | None, str]]:
    """What is new against the store, by criterion id; {} where nothing is.

    Evidence stands once for all criteria of a question; where each has words of its own, they stay until edited.
    """
    edited = evidence != step.evidence
    marks: dict[str, tuple[int | None, str]] = {}
    for one in step.criteria:
        level, old = levels.get(one.id), step.application.scores.get(one.id)
        if level is None:
            if old is not None:
                marks[one.id] = (None, "")
            continue
        words = evidence if edited or old is None or not old.evidence else old.evidence
        if old is None or (old.level, old.evidence) != (level, words):
            marks[one.id] = (level, words)
    return marks


def hidden_names(applications: Sequence[ToScore]) -> int:
    return sum(one.name is None for one in applications)
