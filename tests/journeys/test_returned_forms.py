"""Ten forms come back by mail, one of them printed: dropped on the desk, looked at, taken in, taken back."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QCheckBox

from core.jobs.form_parts import PURPOSES, RECORDS
from core.jobs.forms import make_form
from core.store import Store
from core.work import run, self_identification
from tests.journeys.conftest import FIRST_DAY
from tests.journeys.hand import Hand
from tests.support import made
from tests.support.returned_forms import filled, kept
from tests.support.tables import tables

ANSWER = "I would sort by address first"


@pytest.fixture
def mailed(store: Store, tmp_path: Path, day: Callable[..., None]) -> list[Path]:
    """Three apply, two say how it goes half-way, two when they are free, two agree to share, one answers of herself."""
    folder = tmp_path / "mailed back"
    folder.mkdir()
    project = made.project(store, today=FIRST_DAY)
    (question,) = made.questions(store, project)
    self_identification.set_collects(store, True, today=FIRST_DAY)
    people, works = [], []
    for name in ("Amara Okafor", "Mateo Ruiz"):
        person = made.candidate(store, name, today=FIRST_DAY)
        own = made.project(store, today=FIRST_DAY, title=f"Menu for {name}")
        work = made.engagement(store, made.application(store, own, person, today=FIRST_DAY), today=FIRST_DAY)
        run.start(store, work, today=FIRST_DAY, on=FIRST_DAY)
        people.append(person)
        works.append(work)

    def back(name: str, kind: str, row_id: str, values: dict[str, str]) -> Path:
        return kept(folder, name, filled(make_form(store, kind, row_id, today=FIRST_DAY).data, values))

    paths = [
        back(f"apply {at}.pdf", "application", project, {
            "first_name": f"Student{at}", "last_name": "Example", "email": f"s{at}@uic.example.edu",
            "school_name": "UIC", f"answer_{question}": ANSWER,
        })
        for at in range(3)
    ]  # fmt: skip
    for at, (person, work) in enumerate(zip(people, works, strict=True)):
        paths.append(back(f"half-way {at}.pdf", "mid_check", work, {"clarity": "/4", "going_well": "It goes well"}))
        paths.append(back(f"time {at}.pdf", "availability", person, {"free_2": "/Yes", "hours_a_week": "8"}))
        agreed = {"records": f"/{RECORDS[0]}", "purpose": f"/{PURPOSES[0]}"}
        signed = agreed | {"signed": "Yes, me", "signed_on": "20 Nov 2026"}
        paths.append(back(f"consent {at}.pdf", "consent", person, signed))
    paths.append(back("of myself.pdf", "self_identification", people[0], {"gender": "/Woman"}))
    out = io.BytesIO()
    with pikepdf.open(paths[-2]) as opened:
        opened.flatten_annotations()
        opened.save(out)
    paths[-2].write_bytes(out.getvalue())
    return paths


@pytest.mark.allow_log  # pypdf warns of letters that it cannot draw
def test_ten_forms_are_taken_in_at_once_and_taken_back_at_once(hand: Hand, store: Store, mailed: list[Path]) -> None:
    before, steps = tables(store), len(store.history())
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in mailed])
    held = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    hand.desk.dropEvent(QDropEvent(QPointF(5, 5), *held))
    hand.rest()
    hand.sees(
        "10 files: 9 can be taken in as they are, 1 once you have looked at it.",
        "Application · Student0 Example, new",
        "Half-way check · Mateo Ruiz",
        "Voluntary self-identification · Amara Okafor",
        "Voluntary answers, kept apart: they are shown nowhere, only counted.",
        "It was printed to PDF, so this is what was read off the page.",
    )
    for secret in (ANSWER, "Woman"):
        assert secret not in hand.text()
    assert tables(store) == before
    assert hand.button("Take in 9 forms").isEnabled()
    (tick,) = hand.seen(QCheckBox)
    tick.click()
    hand.click("Take in 10 forms")
    assert hand.sheet is None
    assert hand.said().startswith("Took in 10 forms: ")
    after = tables(store)
    assert len(after["form_returns"]) == 10
    for noun, count in {"applications": 3, "mid_checks": 2, "consents": 2, "self_identifications": 1}.items():
        assert len(after[noun]) - len(before[noun]) == count
    assert len(store.history()) == steps + 1
    hand.press("Ctrl+Z", hand.desk)
    assert hand.said() == "Undone: Took in returned forms"
    assert tables(store) == before
