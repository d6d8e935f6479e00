"""Someone met at a fair is kept in touch with until they answer: Today asks, a message goes, the next date moves on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from core.insight.records import listing
from tests.journeys.hand import Hand
from tests.support import made


def next_date(hand: Hand) -> date | None:
    (entry,) = [row for _, row in listing(hand.app.store, "pool-entries", all_columns=True).rows]
    found = entry["next_touch_on"]
    assert found is None or isinstance(found, date)
    return found


def test_from_the_fair_to_the_next_message(hand: Hand, day: Callable[[date], None], tmp_path: Path) -> None:
    store, first = hand.app.store, hand.app.context.today()
    ada = made.candidate(store, "Ada Lovelace", first, emails=["ada@lake.example.edu"])
    hand.go("Candidates")
    hand.app.show("candidates", ada)
    hand.rest()
    hand.menu("More for this person", "Keep in touch…")
    hand.fill(reason="Met at a fair", note="Draws on everything")
    hand.save()
    due = first + timedelta(days=45)
    assert next_date(hand) == due

    day(due)
    hand.go("Today")
    hand.sees("Get in touch", "Ada Lovelace · Draws on everything", "due today")
    hand.click("Write")
    assert hand.form.form.rows["subject"].field.value() == "Good to meet you, {first_name}"  # type: ignore[attr-defined]
    hand.sees("Good to meet you, Ada", "ada@lake.example.edu")
    hand.choosing(tmp_path)
    hand.click("Save as a draft…")
    assert [out.suffix for out in tmp_path.glob("*.eml")] == [".eml"]
    assert listing(store, "touches").rows == []
    hand.click("It went: log it")
    assert next_date(hand) == due + timedelta(days=45)
    hand.go("Today")
    assert "Get in touch" not in hand.text()

    hand.press("Ctrl+Z", hand.desk)
    assert next_date(hand) == due
    assert listing(store, "touches").rows == []
