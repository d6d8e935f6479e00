"""The path's first steps: the business, a to-do that becomes a project, the people, their applications."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.journeys.hand import Hand

TODO = "Find out which customers have not ordered for a year"
AMARA = "Amara Okafor"
ZOE = "Zoë Müller-Łukasik"
IDLE = "Mateo Ruiz"
ANSWERS = {
    AMARA: (
        "I would sort the list by the day of the last order. Then I would count by month who stopped.",
        "I kept the accounts of our choir. I found 40 € that nobody had missed.",
    ),
    ZOE: (
        "I would ask the owner which orders count. After that a pivot table tells who is silent.",
        "In my job at the library I merged two card files by hand.",
    ),
    IDLE: ("I would look at it.", "Nothing yet, but I learn fast."),
}
QUESTIONS = ("How would you find customers who fell silent?", "What have you once put in order?")


def tell_of_the_business(hand: Hand) -> None:
    hand.go("Settings")
    hand.click("Edit")
    hand.fill(
        address="12 Harbor Road",
        city="Chicago",
        state="IL",
        email="maria@lakeside.example.com",
        signatory_title="Owner",
    )
    hand.save()
    hand.sees("12 Harbor Road, Chicago, IL")


def capture_a_todo(hand: Hand) -> None:
    hand.go("Today")
    capture = hand.app.places["today"].capture
    QTest.mouseClick(capture, Qt.MouseButton.LeftButton)
    QTest.keyClicks(capture, TODO)
    hand.press("Return", capture)
    assert capture.text() == ""
    hand.sees(TODO)
    assert hand.desk.foot.undo.isVisible()


def make_it_a_project(hand: Hand) -> None:
    hand.click("Make it a project")
    assert hand.form.form.rows["title"].field.value() == TODO
    hand.fill(
        title="Which customers fell silent",
        category="Data",
        summary="A table of customers by the month of their last order, and a page on what it shows.",
        why_it_matters="We lose people without noticing.",
        learning_objectives=["Read a business from its own numbers"],
        milestones=[("A clean table of orders", "12 Dec"), ("A page on what it shows", "18 Dec")],
        estimated_hours="16",
        fee="$400",
        apply_by="1 Dec",
        kick_off_on="7 Dec",
        due_on="18 Dec",
        questions=[(QUESTIONS[0], "15"), (QUESTIONS[1], "10")],
        skills="Excel, Writing",
        competencies=["Critical Thinking"],
    )
    hand.pick(hand.form.form.rows["supervisor_id"].field, "Maria Keller")
    hand.save()
    hand.sees("Which customers fell silent", "A brief that tells the truth")
    assert hand.desk.place() == "projects"


def open_it(hand: Hand) -> None:
    hand.click("Open for applications")
    assert hand.said() == "Open for applications."
    assert hand.button("Record an application").isVisible()


def add_a_candidate(hand: Hand) -> None:
    hand.go("Candidates")
    hand.click("Add a candidate")
    hand.fill(
        first_name="Amara",
        last_name="Okafor",
        emails="amara.okafor@northfield.example.edu",
        school_name="Northfield College",
        major="Economics",
        graduates_on="May 2028",
        skills=[("Excel", "Level 3")],
        source="Career fair",
    )
    hand.save()
    hand.sees(AMARA)


def take_in(hand: Hand, folder: Path) -> None:
    """Two from a campus office's list, one from a workbook of a fair."""
    table, workbook = files(folder)
    for file, count in ((table, 2), (workbook, 1)):
        hand.press("Ctrl+I", hand.desk)
        hand.choosing(file)
        hand.click("Choose a file…")
        hand.sees(file.name, f"{count} new")
        hand.click(f"Import {count}")
        assert hand.sheet is None
        assert hand.said() == f"Imported: {count} new."
    hand.go("Candidates")
    hand.sees("4 people · 3 schools")


def apply(hand: Hand) -> None:
    for at, (name, answers) in enumerate(ANSWERS.items()):
        hand.go("Projects")
        hand.click("Record an application")
        hand.pick_person("candidate_id", name[:4])
        assert hand.form.form.rows["candidate_id"].field.value()
        keys = [key for key in hand.form.form.rows if key.startswith("answer")]
        assert len(keys) == len(QUESTIONS)
        hand.fill(source="Mail", **dict(zip(keys, answers, strict=True)))
        hand.save()
        hand.until(lambda count=at + 1: f"Applications {count}" in _tabs(hand))  # type: ignore[misc]


def _tabs(hand: Hand) -> list[str]:
    return [one.text() for one in hand.app.places["projects"].project_page._pages.tabs._tabs]


def files(folder: Path) -> tuple[Path, Path]:
    """Two people in a CSV as a campus office may send it, one in a workbook."""
    from openpyxl import Workbook

    table = folder / "students.csv"
    table.write_bytes(
        "﻿Last name;First name;Mail;School;Graduation\r\n"
        "Müller-Łukasik;Zoë;zoe@lakeshore.example.edu;Lakeshore University;05/2027\r\n"
        "Ruiz;Mateo;mateo.ruiz@northfield.example.edu;Northfield College;2029-05-31\r\n".encode()
    )
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Name", "E-mail", "School", "Major"])
    sheet.append(["Σοφία Παππά", "sofia@westgate.example.edu", "Westgate Community College", "Design"])
    workbook = folder / "fair.xlsx"
    book.save(workbook)
    return table, workbook
