"""The path's end: the work from kick-off to payment, the person's page, papers, the campus office's file."""

from __future__ import annotations

import csv
from pathlib import Path

from tests.journeys.hand import Hand
from tests.journeys.papers import words_of


def kick_off(hand: Hand) -> None:
    hand.go("Projects")
    hand.click("Record the kick-off")
    hand.save()
    hand.sees("Running")


def deliver(hand: Hand) -> None:
    hand.go("Projects")
    hand.click("Work")
    hand.click("Log hours…")
    hand.fill(minutes="930", note="In all")
    hand.save()
    hand.click("Record the delivery")
    hand.fill(note="A table and a page", link="shared folder, December")
    hand.save()
    hand.sees("Delivered", "15.5 of 16 h logged")


def accept_the_work(hand: Hand) -> None:
    hand.go("Projects")
    hand.click("Accept the work")
    hand.fill(supervision="90")
    hand.save()
    hand.sees("$400 to pay now")


def pay(hand: Hand) -> None:
    hand.go("Today")
    hand.sees("Waiting for you")
    hand.go("Projects")
    hand.click("Record the payment")
    assert hand.form.form.rows["amount"].field.text() == "$400"
    hand.fill(reference="Check 1041")
    hand.save()
    hand.sees("$400 paid", "Check 1041")


def evaluate_the_work(hand: Hand) -> None:
    hand.go("Projects")
    hand.click("Evaluate the work")
    rows = hand.form.form.rows
    hand.pick(rows["overall"].field, "4")
    level = next(key for key in rows if "Critical Thinking" in key and not key.startswith("evidence"))
    hand.pick(rows[level].field, "4")
    hand.fill(**{"evidence.Critical Thinking": "Asked which orders count before counting."})
    hand.fill(comment="Clear work, on time.", private_comment="Ask her for spring.")
    hand.save()
    hand.sees("rated 4.0 of 4")


def look_at_the_person(hand: Hand, name: str) -> None:
    """Everything that happened stands in the story."""
    hand.go("Candidates")
    place = hand.app.places["candidates"].list_
    hand.until(lambda: place.table.current_id() is not None)
    for _ in range(len(place._ids)):
        if name in hand.text(place.page):
            break
        hand.press("Down", place.table)
    hand.click("Story", place.page)
    story = hand.text(place.page).casefold()
    for words in ("applied", "offer", "accepted", "delivered", "paid", "400"):
        assert words in story, f"“{words}” is not in the story:\n{story}"


def print_the_report(hand: Hand, name: str, folder: Path) -> None:
    hand.click("Report…")
    assert name in hand.paper.text()
    out = folder / "report.pdf"
    hand.save_paper(out)
    hand.press("Esc")
    said = words_of(out)
    for words in (name, "Northfield College", "Which customers fell silent", "$400"):
        assert words in said
    assert "Ask her for spring." not in said


def print_the_summary(hand: Hand, folder: Path) -> None:
    hand.go("Insights")
    hand.click("Program summary…")
    assert "Lakeside Print & Design" in hand.paper.text()
    out = folder / "summary.pdf"
    hand.save_paper(out)
    hand.press("Esc")
    said = words_of(out)
    for words in ("Which customers fell silent", "$400"):
        assert words in said
    assert "Okafor" not in said


def consent(hand: Hand, name: str) -> None:
    hand.go("Candidates")
    assert name in hand.text()
    hand.menu("More for this person", "Consent to share…")
    hand.save()


def share(hand: Hand, folder: Path) -> None:
    from openpyxl import load_workbook

    hand.go("Sharing")
    hand.choosing(folder)
    hand.click("Share…: Northfield College")
    hand.until(lambda: "1 student shared" in hand.said())
    written = sorted(folder.iterdir())
    assert [one.suffix for one in written] == [".csv", ".xlsx"]
    with written[0].open(encoding="utf-8-sig", newline="") as file:
        header, *rows = csv.reader(file)
    assert len(rows) == 1
    row = dict(zip(header, rows[0], strict=True))
    assert "Amara" in " ".join(row.values())
    assert not any(one in " ".join(row.values()) for one in ("Ruiz", "spring", "$"))
    sheet = load_workbook(written[1]).active
    assert sheet is not None
    cells = [[str(cell.value) for cell in line] for line in sheet.iter_rows()]
    assert any("Okafor" in cell for line in cells for cell in line)
    hand.sees("1 student for a campus office")
