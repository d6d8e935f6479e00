"""A blind selection by two raters in turns at one desk: each alone, then what they differ on, then the names."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.store import Store
from core.work import office, rubrics
from core.work.office import ColleagueDraft
from core.work.plan import QuestionDraft
from core.work.select import ApplicationDraft, record_application
from tests.journeys.conftest import FIRST_DAY
from tests.journeys.hand import Hand
from tests.support import made
from ui.places.evaluations import Evaluations
from ui.places.handing_in import HandIn
from ui.places.scoring import ScoringPanel

PEOPLE = {
    "Amara Okafor": "I, Amara Okafor, would ask three customers first. Then I would try it on one page.",
    "José Núñez": "My name is Jose. I would change the prices at once. My teachers at DePaul say I am quick.",
}
EAGER, ASKING = "change the prices", "ask three customers"


@pytest.fixture
def project(store: Store) -> str:
    questions = [QuestionDraft(text="What would you change first?")]
    row_id = made.project(store, today=FIRST_DAY, questions=questions)
    rubric = rubrics.ready_made()["general"]
    criteria = [replace(one, question_id=None) for one in rubric.criteria][:3]
    rubrics.set_rubric(store, row_id, replace(rubric, criteria=criteria), today=FIRST_DAY)
    (question,) = made.questions(store, row_id)
    for name, answer in PEOPLE.items():
        person = made.candidate(store, name, school_name="DePaul University", today=FIRST_DAY)
        draft = ApplicationDraft(project_id=row_id, candidate_id=person, answers={question: answer})
        record_application(store, draft, today=FIRST_DAY)
    office.add_colleague(store, ColleagueDraft(name="Ben Ortiz", role="rater"), today=FIRST_DAY)
    return row_id


def place(hand: Hand) -> Evaluations:
    found = hand.app.places["evaluations"]
    assert isinstance(found, Evaluations)
    return found


def score(hand: Hand, levels: dict[str, str]) -> dict[str, str]:
    """By keys, each candidate as what their answer says; returns codes by words of the answer."""
    codes = {}
    while isinstance(panel := place(hand)._inside, ScoringPanel):
        read = panel.answers[0].toPlainText()
        words = next(one for one in levels if one in read)
        codes[words] = panel.accessibleName().split(":")[0].removeprefix("Candidate ")
        nobody_is_named(hand)
        panel.focus_first()
        for _ in panel.pickers:
            hand.press(levels[words])
        hand.press("E")
        hand.press("Return", panel)
    assert isinstance(place(hand)._inside, HandIn)
    hand.click("Hand in 2")
    return codes


def nobody_is_named(hand: Hand) -> None:
    said = hand.text().casefold()
    for token in ("amara", "okafor", "jose", "josé", "núñez", "nunez", "depaul"):
        assert token not in said, token


def test_two_rate_alone_then_talk_then_see_the_names(hand: Hand, project: str) -> None:
    hand.go("Evaluations")
    codes = score(hand, {EAGER: "2", ASKING: "3"})
    hand.sees("Your scores are in", "One rater so far")
    # The other sits down: nothing of the first one's scores is there, before or while scoring.
    hand.pick(place(hand).rater_field, "Ben Ortiz")
    hand.sees("The table opens once your own scores are in: 2 applications to go.")
    assert "Overall" not in hand.text()
    again = score(hand, {EAGER: "4", ASKING: "3"})
    assert again == codes
    hand.sees("Raters agree exactly on 3 of 6 scores, within one level on 3.", f"3 to talk about: {codes[EAGER]}")
    # Second thoughts: what was given first stays, and the others' close again until the new ones are in.
    hand.click("Second thoughts…")
    hand.pick(hand.form.form.rows["application_id"].field, f"Candidate {codes[EAGER]}")  # type: ignore[arg-type]
    hand.fill(reason="I had not seen that nobody is asked.")
    hand.save()
    hand.sees("The table opens once your own scores are in: 1 application to go.")
    panel = place(hand)._inside
    if isinstance(panel, HandIn):
        place(hand)._go(0)
        panel = place(hand)._inside
    assert isinstance(panel, ScoringPanel)
    for picker in panel.pickers.values():
        picker.set_value(3)
    hand.press("Return", panel)
    hand.click("Hand in 1")
    hand.sees("Before second thoughts raters agreed exactly on 3 of 6 scores, within one level on 3; now on 3 and 6.")
    nobody_is_named(hand)
    hand.click("Compare")
    nobody_is_named(hand)
    hand.press("Esc")
    hand.click("Reveal and decide")
    hand.save()
    hand.sees("Amara Okafor")
