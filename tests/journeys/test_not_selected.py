"""Three applicants are declined at once, one comes back, one is told by mail, one without; a key takes each back."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QToolButton

from core import clock
from core.work import declining
from tests.journeys.hand import Hand
from tests.journeys.test_path import rows
from tests.support import made

ADA, GRACE, MARY = "Ada Lovelace", "Grace Hopper", "Mary Jackson"


def test_declined_at_once_taken_back_and_told(hand: Hand, tmp_path: Path) -> None:
    store, today = hand.app.store, clock.today()
    project_id = made.project(store, today)
    for name, mails in ((ADA, ["ada@lake.example.edu"]), (GRACE, ["grace@lake.example.edu"]), (MARY, [])):
        made.application(store, project_id, made.candidate(store, name, today, emails=mails), today)
    before = rows(hand)

    hand.go("Projects")
    hand.click("Applications")
    hand.click("Not selected: several of 3…")
    assert (hand.form.form.rows["reason"].field.currentText(), hand.form.form.rows["hold_days"].field.text()) == (
        "Others showed more of what the project needs",
        "2",
    )
    hand.fill(keep_in_touch="Yes")
    hand.save()
    assert hand.said().startswith("Not selected: 3 people. The message is held back for 2 days.")
    hand.sees("3 not selected", "message held for 2 days")
    menu = hand.button(f"More for {ADA}")
    assert isinstance(menu, QToolButton)
    assert "Offer…" not in [one.text() for one in menu.menu().actions()]
    declined = rows(hand)

    hand.click("Take back: several of 3…")
    hand.save()
    hand.sees("3 applied")
    hand.press("Ctrl+Z", hand.desk)
    assert rows(hand) == declined
    hand.press("Ctrl+Z", hand.desk)
    assert rows(hand) == before

    hand.press("Ctrl+Shift+Z", hand.desk)
    assert rows(hand) == declined
    hand.click(f"Take it back… {ADA}")
    hand.save()
    hand.sees("1 applied", "2 not selected")
    hand.click(f"Shortlist {ADA}")
    hand.sees("1 shortlisted")

    # Now Grace gets her message; Mary, who has no address, was told on the phone.
    hand.click("Tell all 2 now…")
    hand.sees("1 of 2", f"Left out: {MARY} (no e-mail address is known).")
    hand.choosing(tmp_path)
    hand.click("Save as drafts…")
    (draft,) = tmp_path.glob("*.eml")
    assert b"X-Unsent: 1" in draft.read_bytes()
    assert b"grace@lake.example.edu" in draft.read_bytes()
    hand.save()
    hand.sees("told ")
    hand.menu(f"More for {MARY}", "Tell them…")
    hand.click("1 person without a mail")
    assert hand.said().startswith("Noted as told: 1 person")

    # After she was told, the way back asks why.
    hand.click(f"Take it back… {GRACE}")
    assert "They were told on" in hand.refused()
    hand.press("Esc")


def test_today_asks_once_the_hold_is_over(hand: Hand) -> None:
    store, today = hand.app.store, clock.today()
    project_id = made.project(store, today)
    ids = [made.application(store, project_id, made.candidate(store, name, today), today) for name in (ADA, GRACE)]
    declining.decline(store, ids[:1], reason="", today=today, hold_days=1)
    hand.go("Today")
    assert "not chosen" not in hand.text()
    declining.decline(store, ids[1:], reason="", today=today, hold_days=0)
    hand.go("Projects")
    hand.go("Today")
    hand.sees("Tell 1 person that they were not chosen")
    hand.click("Write")
    hand.sees("Tell those who were not chosen", GRACE)
    assert ADA not in hand.text()
    hand.save()
    hand.go("Today")
    assert "not chosen" not in hand.text()
