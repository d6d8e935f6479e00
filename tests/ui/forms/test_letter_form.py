"""A letter is written: what lacks words is asked for, fields are offered as one types, and what left is kept."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from core.exchange.form_filling import filled
from core.insight.records import rows_where
from core.store import Store
from core.work import letter_templates, offer
from tests.journeys.hand import Hand
from tests.support import made
from tests.support.stores import TODAY
from ui.forms.letter import LetterForm
from ui.forms.letter_text import LetterTextForm
from ui.widgets.merge_field import MergeField
from ui.widgets.preview import Preview

ASK = "ask: What did they do that helped you most?"


def offered(store: Store) -> tuple[str, str]:
    person = made.candidate(store)
    application = made.application(store, made.project(store), person)
    return person, made.drafted_offer(store, application, expires_on=TODAY + timedelta(days=14))


def shown(hand: Hand) -> Preview:
    hand.rest()
    hand.app.tasks.wait_all()
    hand.rest()
    return next(one for one in hand.seen(Preview))


def test_what_lacks_words_is_asked_for_and_then_it_leaves(hand: Hand, store: Store, tmp_path: Path) -> None:
    person, row = offered(store)
    offer.send_offer(store, row, today=TODAY, reason="agreed")
    work = offer.accept_offer(store, row, today=TODAY)
    hand.app.open_form("letter", candidate_id=person, about="work", about_id=work, key="letter-thank-you")
    hand.rest()
    form = hand.form
    assert isinstance(form, LetterForm)
    hand.click("Look at it")
    assert hand.sheet is not None
    assert list(form._asked._rows) == [ASK, "reply_to"]
    assert all("no words for this yet" in row.error.text() for row in form._asked._rows.values())
    form._asked.set_value({ASK: "They found 40 lost customers.", "reply_to": "hello@example.com"})
    hand.click("Look at it")
    paper = shown(hand)
    assert "They found 40 lost customers." in paper.text()
    paper._save(tmp_path / "thanks.pdf")
    (kept,) = rows_where(store, "documents")
    assert (kept["noun"], kept["owner_id"], kept["purpose"]) == ("engagements", work, "letter")


def test_the_letter_stands_beside_its_fields(hand: Hand, store: Store) -> None:
    person, row = offered(store)
    hand.app.open_form("letter", candidate_id=person, about="offer", about_id=row, key="letter-offer")
    hand.rest()
    form = hand.form
    assert isinstance(form, LetterForm)
    form._terms.set_value(["term-w2"])
    form._draw()
    assert "temporary employee" in " ".join(form.paper.view.document().getAllText(0).text().split())
    assert form._later.isActive() or form.paper.view.document().pageCount() >= 1


def test_fields_are_offered_as_one_types(hand: Hand, store: Store) -> None:
    hand.app.open_form("letter_text")
    hand.rest()
    form = hand.form
    assert isinstance(form, LetterTextForm)
    field = form._text
    assert isinstance(field, MergeField)
    field.set_value("")
    QTest.keyClicks(field, "Dear {fir")
    assert field.completer.popup().isVisible()
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert field.toPlainText() == "Dear {first_name}"
    QTest.keyClicks(field, " {if not acc")
    QTest.keyClick(field, Qt.Key.Key_Enter)
    assert field.toPlainText() == "Dear {first_name} {if not accepted}"
    QTest.keyClicks(field, " {zzz")
    assert not field.completer.popup().isVisible()
    QTest.keyClicks(field, "}{")
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert not field.completer.popup().isVisible()
    assert hand.sheet is not None
    assert field.toPlainText().endswith("{zzz}{")


def test_a_misspelt_field_is_said_at_once_and_not_kept(hand: Hand, store: Store) -> None:
    offered(store)
    hand.app.open_form("letter_text", "letter-offer")
    hand.rest()
    form = hand.form
    assert isinstance(form, LetterTextForm)
    form._text.set_value("Dear {frist_name}")
    form._draw()
    assert "no field {frist_name}" in form.paper._words.text()
    hand.click("Save")
    assert "no field {frist_name}" in form.form.rows["text"].error.text()
    assert rows_where(store, "templates") == []


def test_fields_are_offered_in_a_title_and_ours_stays_what_it_is_about(hand: Hand, store: Store) -> None:
    offered(store)
    hand.app.open_form("letter_text", "letter-offer")
    hand.rest()
    title = hand.form.form.rows["title"].field
    assert isinstance(title, MergeField)
    title.set_value("")
    QTest.keyClicks(title, "For {fir")
    assert title.completer.popup().isVisible()
    QTest.keyClick(title, Qt.Key.Key_Return)
    assert title.value() == "For {first_name}"
    QTest.keyClicks(title, " {the terms")
    assert not title.completer.popup().isVisible()
    hand.type(title, "For {first_name}")
    hand.fill(about="Somebody")
    hand.click("Save")
    assert "Copy it into one of your own to write about somebody." in hand.problems()
    hand.fill(about="An offer")
    hand.save()
    assert letter_templates.letter(store, "letter-offer").title == "For {first_name}"


def test_a_misspelt_field_in_a_term_is_said_while_it_is_typed(hand: Hand, store: Store) -> None:
    hand.app.open_form("letter_term")
    hand.rest()
    row = hand.form.form.rows["words"]
    field = row.field
    assert isinstance(field, MergeField)
    QTest.keyClicks(field, "We lend you a bike, {fir")
    assert field.completer.popup().isVisible()
    QTest.keyClick(field, Qt.Key.Key_Return)
    QTest.keyClicks(field, " or {frist_name}.")
    hand.until(lambda: "no field {frist_name}" in row.error.text())
    hand.fill(name="Bikes")
    hand.click("Save")
    assert "no field {frist_name}" in hand.problems()
    assert rows_where(store, "templates") == []
    hand.type(field, "We lend you a bike.")
    hand.until(lambda: not row.error.text())
    hand.save()
    assert [one["name"] for one in rows_where(store, "templates")] == ["Bikes"]


def test_ones_own_words_for_ours_can_be_copied_and_taken_back(hand: Hand, store: Store) -> None:
    ours = letter_templates.letter(store, "letter-offer")
    hand.app.open_form("letter_texts")
    hand.rest()
    hand.fill(which="Offer")
    hand.click("Open")
    hand.rest()
    hand.fill(kicker="An offer of ours")
    hand.click("Save")
    assert letter_templates.letter(store, "letter-offer").kicker == "An offer of ours"
    hand.app.open_form("letter_text", "letter-offer")
    hand.rest()
    hand.click("Back to our words")
    assert letter_templates.letter(store, "letter-offer") == ours
    hand.app.open_form("letter_text", "letter-offer")
    hand.rest()
    hand.click("Copy into one of your own")
    hand.rest()
    hand.click("Save")
    assert any(one.text.name == "Offer, my way" and one.own for one in letter_templates.letters(store))


def test_a_signed_letter_that_is_dropped_settles_its_offer(hand: Hand, store: Store, tmp_path: Path) -> None:
    from core.jobs import letters

    _, row = offered(store)
    offer.send_offer(store, row, today=TODAY, reason="agreed")
    out = letters.letter(store, row, tmp_path / "offer.pdf", today=TODAY)
    back = tmp_path / "signed.pdf"
    back.write_bytes(filled(out.read_bytes(), {"answer": "accept", "name": "Ada Lovelace"}))
    hand.app.desk.files_dropped.emit([back])
    hand.rest()
    hand.app.tasks.wait_all()
    hand.rest()
    hand.click("Take in 1 form")
    hand.rest()
    assert [one["status"] for one in rows_where(store, "offers")] == ["accepted"]
    assert {one["purpose"] for one in rows_where(store, "documents")} == {"letter", "signed"}
