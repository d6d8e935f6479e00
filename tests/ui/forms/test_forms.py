"""What every form does: keeps what one types, as one change; says what is wrong at its field; loses no words."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPlainTextEdit

from core.store import Store
from tests.journeys.hand import Hand
from tests.support.tables import tables
from tests.ui.forms.cases import CASES, Case, newest
from ui import registry
from ui.widgets.form_row import entry

each = pytest.mark.parametrize("case", CASES.values(), ids=CASES)
wordy = pytest.mark.parametrize("case", [one for one in CASES.values() if one.words],
                                ids=[name for name, one in CASES.items() if one.words])  # fmt: skip
HOSTILE = "<b>Bold</b> & \u202eturned\u200f =1+1"
ELSEWHERE = {
    "project_opening", "reveal", "import", "bookkeeping", "bulk_export", "who_fits", "what_fits", "list_filter",
    "list_columns", "many_letters", "letter", "letter_texts", "bulk_letters",
}  # fmt: skip
"""Asked only where pay or a rater holds something, fed by a file, making one, or keeping nothing: their own tests are
in tests/ui."""


def open_(hand: Hand, store: Store, case: Case) -> Callable[[], None]:
    """Opens the form; what is returned opens it once more."""
    values = case.opening.values(store)

    def again() -> None:
        hand.app.open_form(case.opening.form, **values)
        hand.rest()
        assert hand.sheet is not None, hand.said()

    again()
    return again


def changes(store: Store) -> list[str]:
    return [one.change_id for one in store.history()]


def test_every_form_is_here() -> None:
    assert {case.opening.form for case in CASES.values()} | ELSEWHERE == set(registry.names())


@each
def test_what_is_typed_is_kept_as_one_change(hand: Hand, store: Store, case: Case) -> None:
    open_(hand, store, case)
    before = changes(store)
    assert hand.form.save_button.text() == case.save
    assert hand.form.save_button.isEnabled()
    hand.fill(**case.fill)
    hand.click(case.save)
    assert hand.sheet is None, hand.problems()
    assert newest(store, case.noun, case.kept) is not None, newest(store, case.noun, {})
    made = [one for one in store.history() if one.change_id not in before]
    assert len(made) == 1
    step = store.can_undo()
    assert step is not None
    assert step.words == made[0].words != ""
    hand.press("Ctrl+Z", hand.desk)
    assert hand.said() == f"Undone: {step.words}"


@each
@pytest.mark.parametrize("keys", ["Ctrl+S", "Ctrl+Return"])
def test_its_keys_save(hand: Hand, store: Store, case: Case, keys: str) -> None:
    open_(hand, store, case)
    hand.fill(**case.fill)
    hand.press(keys)
    assert hand.sheet is None, hand.problems()
    assert newest(store, case.noun, case.kept) is not None


@pytest.mark.parametrize("case", [one for one in CASES.values() if one.wrong],
                         ids=[name for name, one in CASES.items() if one.wrong])  # fmt: skip
def test_what_is_wrong_is_said_at_its_field(hand: Hand, store: Store, case: Case) -> None:
    assert case.wrong is not None
    typed, at, words = case.wrong
    open_(hand, store, case)
    before = changes(store)
    for key, value in typed.items():
        field = hand.form.form.rows[key].field
        if len(str(value)) > 3000:
            field.set_value(value)  # type: ignore[attr-defined]
        else:
            hand.fill(**{key: value})
    hand.refused()
    row = hand.form.form.rows[at]
    assert row.error.isVisible()
    assert words in row.error.text() != ""
    assert QApplication.focusWidget() is entry(row.field)
    assert row.error.text() in entry(row.field).accessibleDescription()
    assert changes(store) == before
    others = [key for key, one in hand.form.form.rows.items() if one.error.isVisible() and key != at]
    assert others == []


@wordy
def test_esc_keeps_the_words_for_the_next_time(hand: Hand, store: Store, case: Case) -> None:
    again = open_(hand, store, case)
    before = changes(store)
    hand.fill(**{case.words: "Half a thought"})
    hand.press("Esc")
    assert hand.sheet is None
    assert changes(store) == before
    again()
    assert hand.form.form.rows[case.words].field.value() == "Half a thought"  # type: ignore[attr-defined]
    assert "did not save is here again" in hand.problems()
    hand.click("Discard it")
    assert hand.form.form.rows[case.words].field.value() != "Half a thought"  # type: ignore[attr-defined]


@wordy
def test_cancel_lets_the_words_go(hand: Hand, store: Store, case: Case) -> None:
    again = open_(hand, store, case)
    hand.fill(**{case.words: "Half a thought"})
    hand.click("Cancel")
    assert hand.sheet is None
    again()
    assert hand.form.form.rows[case.words].field.value() != "Half a thought"  # type: ignore[attr-defined]
    assert hand.problems() == ""


@wordy
def test_strange_words_are_plain_words(hand: Hand, store: Store, case: Case) -> None:
    open_(hand, store, case)
    hand.fill(**{**case.fill, case.words: HOSTILE})
    field = hand.form.form.rows[case.words].field
    assert isinstance(field, QLineEdit | QPlainTextEdit)
    assert "<b>Bold</b> &" in field.value()  # type: ignore[union-attr]
    hand.save()
    found = [one for one in hand.seen(QLabel) if "Bold" in one.text()]
    assert all(one.textFormat() == Qt.TextFormat.PlainText or "&lt;b&gt;" in one.text() for one in found)
    assert "Bold" not in hand.desk.windowTitle()


@wordy
def test_300_letters_are_kept_or_refused_with_words(hand: Hand, store: Store, case: Case) -> None:
    open_(hand, store, case)
    hand.fill(**{**case.fill, case.words: "w" * 300})
    hand.press("Ctrl+S")
    if hand.sheet is None:
        # Why something was decided stands in the history of the change.
        kept = [str(tables(store)), *(one.reason for one in store.history())]
        assert any("w" * 300 in words for words in kept)
    else:
        row = hand.form.form.rows[case.words]
        assert "characters" in row.error.text()
        assert row.field.value() == "w" * 300  # type: ignore[attr-defined]
