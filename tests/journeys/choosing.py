"""The path's middle: a rubric, two people scored by keyboard, the names, the comparison, the offer and its letter."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QApplication

from tests.journeys.beginning import AMARA, ANSWERS, IDLE, ZOE
from tests.journeys.hand import Hand
from tests.journeys.papers import words_of
from ui.places.handing_in import HandIn
from ui.places.scoring import ScoringPanel


def make_the_rubric(hand: Hand) -> None:
    """The ready-made one; every criterion of it has four worded levels."""
    hand.go("Projects")
    hand.click("Make the rubric")
    criteria = hand.form.form.rows["criteria"].field.value()  # type: ignore[attr-defined]
    worded = [one[f"level_{n}"] for one in criteria for n in (1, 2, 3, 4)]
    assert all(worded)
    assert len(worded) >= 12
    assert len(set(worded)) == len(worded)
    hand.save()
    hand.click("Score applications")
    assert hand.desk.place() == "evaluations"


def score_two(hand: Hand) -> str:
    """By keys alone: a digit a criterion, E for evidence, Return for the next. Who wrote next to nothing is passed by.

    Returns the code of that one.
    """
    place = hand.app.places["evaluations"]
    passed = ""
    for _ in range(30):
        panel = place._inside
        if not isinstance(panel, ScoringPanel):
            break
        who = whose(panel)
        assert not any(name in hand.text() for name in ANSWERS), "a name is seen while it is scored blind"
        panel.focus_first()
        if who == IDLE:
            passed = panel.accessibleName().split(":")[0].removeprefix("Candidate ")
        else:
            for _criterion in panel.pickers:
                hand.press("4" if who == AMARA else "2")
            hand.press("E")
            assert panel.evidence()
        hand.press("Return", panel)
    assert isinstance(place._inside, HandIn)
    assert len(place._inside.votes) == 2
    hand.sees("1 not complete")
    return passed


def whose(panel: ScoringPanel) -> str:
    read = panel.answers[0].toPlainText()
    return next(name for name, answers in ANSWERS.items() if any(one in read for one in answers))


def hand_in(hand: Hand) -> None:
    hand.click("Hand in 2")
    assert hand.said() == "Handed in: 2 applications."


def let_one_go(hand: Hand, code: str) -> None:
    """Still under the code: who it is plays no part in it."""
    hand.go("Projects")
    hand.click("Applications")
    hand.menu(f"More for Candidate {code}", "Not selected…")
    hand.fill(more="Names no way to find them.")
    hand.save()
    hand.sees("Not selected")


def compare(hand: Hand) -> None:
    hand.go("Evaluations")
    hand.click("Compare")
    hand.sees("Names stay hidden until they are revealed.", "4.0 of 4", "2.0 of 4")
    assert not any(name in hand.text() for name in ANSWERS)
    hand.press("Esc")
    assert hand.sheet is None


def reveal(hand: Hand) -> None:
    hand.click("Reveal and decide")
    hand.save()
    hand.sees("names are revealed")
    hand.click("Compare")
    hand.sees(AMARA, ZOE)
    hand.press("Esc")
    hand.click("Decide and offer")
    assert hand.desk.place() == "projects"


def offer(hand: Hand, name: str) -> None:
    hand.click("Applications")
    hand.menu(f"More for {name}", "Offer…")
    assert (hand.form.form.rows["hours"].field.text(), hand.form.form.rows["fee"].field.text()) == ("16", "$400")
    hand.fill(expires_on="5 Dec", note="We liked how you count.")
    hand.save()
    hand.sees("Offer drafted")


def print_the_letter(hand: Hand, name: str, folder: Path, today: date) -> None:
    hand.click(f"Offer letter {name}")
    on_screen = hand.paper.text()
    out = folder / "letter.pdf"
    hand.save_paper(out)
    hand.press("Esc")
    for words in (name, "Which customers fell silent", "$400", "Lakeside Print & Design", "We liked how you count."):
        assert words in " ".join(on_screen.split())
    said = words_of(out)
    for words in (name, "$400", "A clean table of orders", "Maria Keller", "12 Harbor Road"):
        assert words in said


def send(hand: Hand, name: str) -> None:
    hand.menu(f"More for {name}", "Mark as sent…")
    hand.save()
    hand.sees("Offered")


def accept(hand: Hand, name: str) -> None:
    hand.go("Projects")
    hand.click(f"Accepted… {name}")
    hand.save()
    hand.sees("Agreed")
    assert QApplication.activeWindow() is hand.desk
