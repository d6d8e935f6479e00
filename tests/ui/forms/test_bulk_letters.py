"""One letter to those who are ticked in a list: whom it leaves out is said, what lacks is asked for once."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from core.insight.records import rows_where
from core.letter_text import LetterText
from core.model import Candidate
from core.store import Label, Store
from core.work import letter_templates
from core.work.office import change_employer, employer_draft
from tests.journeys.hand import Hand
from tests.support import made
from tests.support.stores import TODAY
from ui.forms.bulk_letters import BulkLettersForm

ASK = "ask: What did they do that helped you most?"


@pytest.fixture
def people(store: Store) -> list[str]:
    project = made.project(store, openings=3)
    names = ("Ada Lovelace", "Bao Tran", "Zoë Nowak")
    found = [made.candidate(store, name, emails=[f"p{at}@x.example.edu"]) for at, name in enumerate(names)]
    for one in found[:2]:
        made.engagement(store, made.application(store, project, one))
    return found


def opened(hand: Hand, people: list[str], **more: object) -> BulkLettersForm:
    hand.app.open_form("bulk_letters", candidate_ids=people, **more)
    hand.rest()
    form = hand.form
    assert isinstance(form, BulkLettersForm)
    return form


def quiet(store: Store, person: str) -> None:
    with store.change(Label.CANDIDATE_CHANGED) as session:
        session.get_one(Candidate, person).do_not_contact_on = TODAY


def test_from_the_list_to_the_files(hand: Hand, store: Store, people: list[str], tmp_path: Path) -> None:
    folder = tmp_path / "letters"
    folder.mkdir()
    hand.go("Candidates")
    hand.sees("Ada Lovelace")
    hand.app.places["candidates"].shown.table.selectAll()
    hand.rest()
    hand.click("Letters: the chosen people")
    form = hand.form
    assert isinstance(form, BulkLettersForm)
    hand.fill(key="Thank you")
    hand.sees("2 letters. Left out: Zoë Nowak. No work of theirs is there to write about.")
    hand.choosing(folder)
    hand.click("Choose a folder…")
    assert "no words for this yet" in form._asked._rows[ASK].error.text()
    form._asked.set_value({ASK: "They found 40 lost customers.", "reply_to": "hello@example.com"})
    form._draw()
    assert "40 lost customers" in form.paper.view.document().getAllText(0).text()
    hand.click("Choose a folder…")
    hand.app.tasks.wait_all()
    hand.rest()
    assert sorted(one.name for one in folder.iterdir()) == [
        "Thank you P-001 Ada Lovelace.pdf",
        "Thank you P-001 Bao Tran.pdf",
    ]
    assert "2 letters written. 1 not written. Zoë Nowak" in hand.said()
    assert {row["noun"] for row in rows_where(store, "documents")} == {"engagements"}


def test_who_wished_no_contact_is_said(hand: Hand, store: Store, people: list[str]) -> None:
    quiet(store, people[0])
    opened(hand, people[:2], key="letter-thank-you")
    hand.sees("1 letter. Left out: Ada Lovelace. They asked on")


def test_nobody_left_is_said(hand: Hand, store: Store, people: list[str]) -> None:
    opened(hand, people[2:], key="letter-thank-you")
    hand.click("Choose a folder…")
    assert "Nobody would get this letter." in hand.problems()


def test_a_folder_that_is_gone_loses_no_word(hand: Hand, store: Store, people: list[str], tmp_path: Path) -> None:
    change_employer(store, employer_draft(store).__class__(name="Lakeside", email="a@example.com"), today=TODAY)
    form = opened(hand, people[:2], key="letter-thank-you")
    form._asked.set_value({ASK: "They found 40 lost customers."})
    hand.choosing(tmp_path / "gone")
    hand.click("Choose a folder…")
    hand.app.tasks.wait_all()
    hand.rest()
    assert "There is no folder" in hand.said()
    form = opened(hand, people[:2], key="letter-thank-you")
    assert form._asked.value()[ASK] == "They found 40 lost customers."
    assert rows_where(store, "documents") == []


@pytest.mark.parametrize("way", ["A PDF for each", "One PDF with all, to print", "A draft of a mail for each"])
def test_who_cancels_leaves_no_trace(hand: Hand, store: Store, tmp_path: Path, way: str) -> None:
    folder = tmp_path / "letters"
    folder.mkdir()
    people = [made.candidate(store, f"Person N{at}", emails=[f"n{at}@x.example.edu"]) for at in range(30)]
    key = letter_templates.save_letter(
        store, LetterText(name="Hello", about="person", title="Hello", text="Dear {first_name},\n\nhello."), today=TODAY
    )
    opened(hand, people, key=key)
    hand.sees("30 letters.")
    hand.fill(way=way)
    hand.choosing(folder)
    QTest.mouseClick(hand.button("Choose a folder…"), Qt.MouseButton.LeftButton)
    hand.app.tasks.cancel_all()
    hand.rest()
    assert hand.said() == "Cancelled; no letter was written. What you typed is kept."
    assert list(folder.iterdir()) == []
    assert rows_where(store, "documents") == []


def test_a_letter_about_somebody_needs_no_project(hand: Hand, store: Store, people: list[str]) -> None:
    key = letter_templates.save_letter(
        store, LetterText(name="Hello", about="person", title="Hello", text="Dear {first_name},\n\nhello."), today=TODAY
    )
    form = opened(hand, people, key=key)
    hand.sees("3 letters.")
    assert not form.form.rows["project_id"].isVisible()
    assert not form.form.rows["terms"].isVisible()
