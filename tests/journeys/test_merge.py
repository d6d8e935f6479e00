"""One student who came in twice, by a fair and by an application, becomes one by hand; a key parts the two again."""

from __future__ import annotations

from core.work import documents
from tests.journeys.hand import Hand
from tests.journeys.test_path import rows
from tests.support import made


def test_twice_in_the_store_and_merged_by_hand(hand: Hand) -> None:
    store, today = hand.app.store, hand.app.context.today()
    fair = {"emails": ["ada@lake.example.edu"], "phone": "312 555 0101", "source": "Fair"}
    met = made.candidate(store, "Ada Lovelace", today, **fair)
    applied = made.candidate(store, "Ada Lovelase", today, emails=["ada@post.example.com"], phone="312 555 0199")
    made.application(store, made.project(store, today), applied, today)
    documents.keep_file(store, "candidates", applied, "resume.txt", b"Wrote the first program", today=today)
    before = rows(hand)

    hand.go("Candidates")
    hand.click("Duplicates")
    hand.rest()
    hand.sees("1 pair who may be one person")
    hand.click("Compare and merge")
    hand.sees("Lovelace", "Lovelase", "312 555 0101", "312 555 0199", "Comes along from the right: 1 application")
    hand.fill(phone="the right")
    hand.click("Merge")
    hand.rest()
    hand.sees("Who may be one person twice")

    hand.click("List")
    hand.app.show("candidates", met)
    hand.rest()
    hand.sees("Ada Lovelace", "Applied to")
    hand.click("Files 1")
    hand.sees("resume.txt")
    hand.click("Details")
    hand.sees("ada@lake.example.edu, ada@post.example.com", "312 555 0199", "Fair")
    hand.click("History")
    hand.sees("Merged two candidates")

    hand.press("Ctrl+Z", hand.desk)
    hand.rest()
    assert rows(hand) == before
    hand.click("Duplicates")
    hand.rest()
    hand.click("Different people")
    hand.rest()
    hand.sees("Who may be one person twice")
