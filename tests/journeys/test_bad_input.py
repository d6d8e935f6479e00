"""What cannot be is said at its field, in words; what is merely strange is taken as it is, and shown and printed so."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from core.insight.records import listing
from core.jobs.export import export
from core.store import Store
from tests.journeys.conftest import FIRST_DAY
from tests.journeys.hand import Hand
from tests.journeys.papers import words_of
from tests.support import made
from tests.support.tables import tables
from ui.widgets.preview import Preview

LINK = '=HYPERLINK("http://example.org","x")'
HOSTILE = {
    "bold": "<b>Bold</b><img src=x>",
    "formula": LINK,
    "turned": "\u202eTurned\u200f",
    "short": "Q",
    "long": "Wolfeschlegelsteinhausenbergerdorff" * 5,
}


def candidate(hand: Hand, **values: str) -> None:
    hand.press("Ctrl+Shift+N", hand.desk)
    hand.fill(**values)


@pytest.mark.parametrize("first", HOSTILE.values(), ids=list(HOSTILE))
def test_a_strange_name_is_a_name(hand: Hand, tmp_path: Path, first: str) -> None:
    candidate(hand, first_name=first, last_name="Okafor", emails="a@example.edu")
    hand.save()
    ((_, row),) = listing(hand.app.store, "candidates").rows
    kept = str(row["first_name"])
    assert kept == first.strip("\u202e\u200f")
    hand.sees(f"{kept} Okafor")
    for one in hand.seen(QLabel):
        assert kept not in one.text() or one.textFormat() == Qt.TextFormat.PlainText
    assert kept not in hand.desk.windowTitle()
    hand.click("Report…")
    # A long name may be cut by the end of a line.
    assert kept[:30] in "".join(hand.paper.text().replace("\n", " "))
    hand.press("Esc")
    book = tmp_path / "people.xlsx"
    export(hand.app.store, book, "candidates", today=FIRST_DAY)
    sheet = load_workbook(book).active
    assert sheet is not None
    cells = [cell for line in sheet.iter_rows() for cell in line]
    assert any(kept in str(cell.value) for cell in cells)
    assert not any(cell.data_type == "f" for cell in cells)


def test_a_name_of_300_characters_is_too_long(hand: Hand) -> None:
    candidate(hand, first_name="x" * 300, emails="a@example.edu")
    words = hand.refused()
    assert "characters" in words
    assert hand.form.form.rows["first_name"].error.text()
    hand.fill(first_name="Xaver")
    hand.save()
    hand.sees("Xaver")


def test_an_address_that_is_none(hand: Hand) -> None:
    candidate(hand, first_name="Ana", emails="ana at example")
    assert "ana at example" in hand.refused()
    assert hand.form.form.rows["emails"].error.text()
    assert hand.form.form.rows["first_name"].field.value() == "Ana"


def test_nothing_at_all(hand: Hand) -> None:
    for keys in ("Ctrl+N", "Ctrl+Shift+N"):
        hand.press(keys, hand.desk)
        assert hand.refused()
        hand.click("Cancel")
    assert hand.app.store.can_undo() is None


def brief(hand: Hand, **changed: object) -> None:
    hand.press("Ctrl+N", hand.desk)
    values: dict[str, object] = {
        "title": "Which customers fell silent",
        "milestones": ["A table"],
        "estimated_hours": "16",
        "fee": "400",
        "kick_off_on": "7 Dec",
        "due_on": "18 Dec",
    }
    hand.fill(**values | changed)


def test_due_before_the_kick_off(hand: Hand) -> None:
    brief(hand, due_on="4 Dec")
    words = hand.refused()
    assert "The due date (4 Dec 2026) lies before the kick-off (7 Dec 2026). Choose a later one." in words
    assert hand.form.form.rows["due_on"].error.isVisible()
    hand.fill(due_on="18 Dec")
    hand.save()


def test_a_fee_of_nothing(hand: Hand) -> None:
    """It may be drafted, never opened."""
    brief(hand, fee="0")
    hand.click("Open for applications")
    assert "A project is paid work: give a fee above 0." in hand.problems()
    assert hand.form.form.rows["fee"].error.isVisible()
    hand.fill(fee="400")
    hand.click("Open for applications")
    hand.sees("Open")
    ((_, row),) = listing(hand.app.store, "projects").rows
    assert row["status"] == "open"


def test_four_hundred_hours(hand: Hand) -> None:
    brief(hand, estimated_hours="400")
    assert "400 hours are more than one project may hold: 1 to 200." in hand.refused()
    assert hand.form.form.rows["estimated_hours"].error.isVisible()


UNREADABLE = [
    ("estimated_hours", "a few", "Type a whole number"),
    ("estimated_hours", "1e5", "Type a whole number"),
    ("fee", "four hundred", "Type an amount"),
    ("fee", "-400", "Type an amount"),
    ("fee", "9999999999999", "Type an amount up to"),
    ("kick_off_on", "31 Feb", "There is no such day"),
    ("kick_off_on", "soon", "Type a day"),
    ("due_on", "2026-13-40", "There is no such day"),
]


def test_what_is_no_number_and_no_day(hand: Hand) -> None:
    brief(hand)
    for field, typed, words in UNREADABLE:
        row = hand.form.form.rows[field]
        was = row.field.text()
        hand.fill(**{field: typed})
        assert words in hand.refused()
        assert row.error.text().startswith(words)
        assert row.field.text() == typed
        hand.fill(**{field: was})
        assert not row.error.text()
    assert hand.app.store.can_undo() is None


# --- papers and files that cannot be written --------------------------------------------------------------------------


@contextmanager
def full_disk(room: int = 4096) -> Iterator[None]:
    """No file may grow past `room` bytes; the system says so as it does of a full disk, also to root."""
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


READ_ONLY = Path("/sys/kernel")
"""A folder in which nobody, not even root, may make a file."""


@pytest.fixture
def report(store: Store, hand: Hand) -> Preview:
    """A candidate's report on the screen."""
    made.candidate(store, "Amara Okafor", FIRST_DAY)
    hand.go("Candidates")
    hand.sees("Amara Okafor")
    hand.click("Report…")
    return hand.paper


def left(hand: Hand) -> int:
    return len(listing(hand.app.store, "disclosures").rows)


@pytest.mark.platform("linux")
def test_a_disk_that_fills_while_a_paper_is_written(hand: Hand, report: Preview, tmp_path: Path) -> None:
    folder = tmp_path / "papers"
    folder.mkdir()
    hand.choosing(folder / "report.pdf")
    with full_disk():
        hand.click("Save as…", report)
    hand.sees("The disk is full: report.pdf was not written. Make room or choose another disk.")
    assert list(folder.iterdir()) == []
    assert left(hand) == 0
    hand.save_paper(folder / "report.pdf")
    assert not report.problem.isVisible()
    assert "Amara Okafor" in words_of(folder / "report.pdf")
    assert left(hand) == 1


@pytest.mark.platform("linux")
def test_a_full_disk_leaves_the_paper_that_was_there(hand: Hand, report: Preview, tmp_path: Path) -> None:
    out = tmp_path / "report.pdf"
    out.write_bytes(b"an older report")
    hand.choosing(out)
    with full_disk():
        hand.click("Save as…", report)
    hand.sees("The disk is full: report.pdf was not written.")
    assert out.read_bytes() == b"an older report"


@pytest.mark.platform("linux")
def test_a_folder_that_may_not_be_written(hand: Hand, report: Preview, tmp_path: Path) -> None:
    hand.choosing(READ_ONLY / "report.pdf")
    hand.click("Save as…", report)
    assert report.problem.isVisible()
    words = report.problem.words.text()
    assert "report.pdf" in words
    assert "Choose another folder." in words
    assert left(hand) == 0


def test_a_folder_that_is_gone(hand: Hand, report: Preview, tmp_path: Path) -> None:
    hand.choosing(tmp_path / "gone" / "report.pdf")
    hand.click("Save as…", report)
    hand.sees(f"There is no folder {tmp_path / 'gone'}. Make it first or choose another.")
    assert left(hand) == 0


@pytest.mark.platform("linux")
def test_a_backup_onto_a_disk_that_fails(store: Store, hand: Hand, tmp_path: Path) -> None:
    before = tables(store)
    hand.choosing(tmp_path / "backup.foothold")
    with full_disk():
        next(one for one in hand.desk.offered() if one.key == "backup").run()
        hand.rest()
    assert hand.said() == "The disk that holds backup.foothold does not answer. Nothing was changed."
    assert [one.name for one in tmp_path.iterdir() if "backup" in one.name] == []
    assert tables(store) == before


@pytest.mark.platform("linux")
def test_a_store_on_a_disk_that_fails_loses_no_word(store: Store, hand: Hand) -> None:
    """What cannot be written is said; what was typed stays, and is saved once there is room."""
    candidate(hand, first_name="Amara", last_name="Okafor", emails="amara@example.edu")
    before = tables(store)
    with full_disk():
        words = hand.refused()
    assert words == "The disk that holds Lakeside.foothold does not answer. Nothing was changed."
    assert hand.form.form.rows["last_name"].field.value() == "Okafor"
    assert tables(store) == before
    hand.save()
    hand.sees("Amara Okafor")
    assert store.check() == []
