"""Returned forms on the screen: dropped anywhere, listed with what they say, confirmed by a tick, taken in at once."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QWidget

from core.store import Store
from core.work import self_identification, sides
from tests.journeys.hand import Hand
from tests.support import hostile_forms, made
from tests.support.returned_forms import APART, MID, applying, filled, form, kept
from tests.support.stores import TODAY
from tests.support.tables import tables
from tests.ui.forms.case import running
from ui.forms.returned import ReturnedForm
from ui.forms.returned_file import ReturnedFile
from ui.widgets.drop_button import DropButton


def drop(on: QWidget, paths: Sequence[Path]) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    held = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    on.dropEvent(QDropEvent(QPointF(5, 5), *held))


def came(store: Store, folder: Path, *values: dict[str, str]) -> list[Path]:
    data, _ = form(store, "mid_check", MID, engagement_id=running(store))
    return [kept(folder, f"mid {at}.pdf", filled(data, one)) for at, one in enumerate(values)]


def files(hand: Hand) -> list[ReturnedFile]:
    assert isinstance(hand.form, ReturnedForm)
    return hand.form.parts


def test_forms_dropped_anywhere_on_the_desk_lead_here(hand: Hand, store: Store, tmp_path: Path) -> None:
    paths = came(store, tmp_path, {"clarity": "/3", "going_well": "A <b>clear</b> brief"})
    hand.go("Projects")
    drop(hand.desk, paths)
    hand.rest()
    hand.sees("Half-way check · Ada Lovelace", "Clear brief", "3 of 4", "A <b>clear</b> brief")
    hand.click("Take in 1 form")
    assert hand.sheet is None
    assert hand.said() == "Took in 1 form: Half-way check."
    assert len(tables(store)["mid_checks"]) == 1
    hand.press("Ctrl+Z", hand.desk)
    assert tables(store)["mid_checks"] == {}


def test_the_field_beside_the_scores_takes_them_by_drop_and_by_press(
    hand: Hand, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (path,) = came(store, tmp_path, {"clarity": "/3"})
    hand.go("Evaluations")
    (field,) = hand.seen(DropButton)
    drop(field, [path])
    hand.rest()
    hand.sees("Half-way check · Ada Lovelace")
    hand.click("Cancel")
    monkeypatch.setattr(
        "PySide6.QtWidgets.QFileDialog.getOpenFileNames", staticmethod(lambda *_, **__: ([str(path)], ""))
    )
    hand.click("Drop returned forms")
    hand.sees("Half-way check · Ada Lovelace")


def test_what_has_to_be_looked_at_waits_for_its_tick(hand: Hand, store: Store, tmp_path: Path) -> None:
    first, second = came(store, tmp_path, {"clarity": "/3"}, {"clarity": "/1"})
    hand.app.open_form("returned", paths=[first])
    hand.rest()
    hand.save()
    hand.rest()
    hand.app.open_form("returned", paths=[second])
    hand.rest()
    assert not hand.form.save_button.isEnabled()
    hand.sees("One came back 22 Nov already; this one takes its place.", "now in the store: 3 of 4", "look at it")
    (tick,) = hand.seen(QCheckBox)
    assert QApplication.focusWidget() is tick
    QTest.keyClick(tick, Qt.Key.Key_Space)
    hand.click("Take in 1 form")
    engagement = next(iter(tables(store)["mid_checks"].values()))["engagement_id"]
    assert sides.mid_check_draft(store, engagement).clarity == 1


def test_what_cannot_be_taken_in_says_why_and_more_files_can_be_added(hand: Hand, store: Store, tmp_path: Path) -> None:
    bad = kept(tmp_path, "letter.pdf", hostile_forms.HOSTILE["html"][0])
    hand.app.open_form("returned", paths=[bad])
    hand.rest()
    hand.sees("letter.pdf", "It is no PDF.", "not taken in", "1 file: 1 cannot be taken in.")
    assert not hand.form.save_button.isEnabled()
    drop(hand.form, came(store, tmp_path, {"clarity": "/3"}))
    hand.rest()
    hand.sees("2 files: 1 can be taken in as it is, 1 cannot be taken in.")
    assert [part.one.takes for part in files(hand)] == [True, False]
    hand.click("Take in 1 form")


def test_voluntary_answers_are_not_on_the_screen(hand: Hand, store: Store, tmp_path: Path) -> None:
    self_identification.set_collects(store, True, today=TODAY)
    data, _ = form(store, "self_identification", APART, candidate_id=made.candidate(store))
    path = kept(tmp_path, "own.pdf", filled(data, {"gender": "/Woman"}))
    hand.app.open_form("returned", paths=[path])
    hand.rest()
    hand.sees("Voluntary answers, kept apart")
    assert "Woman" not in hand.text()
    hand.click("Take in 1 form")
    assert [row["answer"] for row in tables(store)["self_identifications"].values()] == ["Woman"]


def test_many_are_folded_and_one_is_opened(hand: Hand, store: Store, tmp_path: Path) -> None:
    data, _ = form(store, "application", applying(()), project_id=made.project(store))
    paths = [
        kept(tmp_path, f"{at}.pdf", filled(data, {"first_name": f"Student {at}", "email": f"s{at}@uic.example.edu"}))
        for at in range(6)
    ]
    hand.app.open_form("returned", paths=paths)
    hand.rest()
    hand.sees("6 files: 6 can be taken in as they are.", "Application · Student 3, new")
    assert "s3@uic.example.edu" not in hand.text()
    hand.click("Show 2 answers of Student 3, new")
    hand.sees("s3@uic.example.edu")
    hand.click("Hide 2 answers of Student 3, new")
    assert "s3@uic.example.edu" not in hand.text()
    hand.click("Take in 6 forms")
    assert len(tables(store)["applications"]) == 6


def test_more_than_fifty_are_refused(hand: Hand, store: Store, tmp_path: Path) -> None:
    hand.app.open_form("returned", paths=[tmp_path / f"{at}.pdf" for at in range(51)])
    hand.rest()
    assert "51 files are more than the 50 taken in at once" in hand.problems()


def test_closing_while_it_reads_stops_it(hand: Hand, store: Store, tmp_path: Path) -> None:
    slow = kept(tmp_path, "slow.pdf", hostile_forms.HOSTILE["much text"][0])
    hand.app.open_form("returned", paths=[slow])
    hand.press("Escape", hand.form)
    assert hand.sheet is None
