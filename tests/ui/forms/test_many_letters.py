"""Letters to all with an open offer: from the menu to the files, in a few clicks."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from pypdf import PdfReader

from core.insight.records import listing
from core.store import Store
from tests.journeys.hand import Hand
from tests.support import made
from tests.support.stores import TODAY


def offers(store: Store, count: int, title: str) -> str:
    project = made.project(store, openings=count, title=title)
    for number in range(count):
        person = made.candidate(store, f"Person {title}{number}", emails=[f"{title}.{number}@uic.example.edu".lower()])
        made.drafted_offer(store, made.application(store, project, person), expires_on=TODAY + timedelta(days=9))
    return project


def test_all_open_offers_get_a_letter(hand: Hand, store: Store, tmp_path: Path) -> None:
    folder = tmp_path / "letters"
    folder.mkdir()
    offers(store, 2, "Menu")
    project = offers(store, 3, "Flyer")
    hand.app.open_form("many_letters")
    hand.rest()
    hand.sees("A letter for each offer that nobody has answered yet.")
    hand.choosing(folder)
    hand.click("Choose a folder…")
    hand.app.tasks.wait_all()
    hand.rest()
    assert len(list(folder.glob("Offer *.pdf"))) == 5
    assert len(listing(store, "disclosures", all_columns=True).rows) == 5
    hand.app.open_form("many_letters", project_id=project)
    hand.rest()
    hand.fill(way="One PDF with all, to print")
    hand.choosing(folder)
    hand.click("Choose a folder…")
    hand.app.tasks.wait_all()
    (one,) = folder.glob("Offer letters*.pdf")
    assert len(PdfReader(one).pages) == 3


def test_without_an_open_offer_it_says_so(hand: Hand, store: Store) -> None:
    hand.app.open_form("many_letters")
    hand.rest()
    hand.click("Choose a folder…")
    assert "No offer waits for an answer." in hand.problems()
