"""A desk with believable content that shows every piece, for looking at and for walking through.

python -m tests.ui.gallery DIR [light|dark] [text size]
"""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget

from tests.ui.gallery_rooms import PEOPLE, Words, candidates, evaluations, nothing, project_form, projects, same, today
from ui.command import Command
from ui.desk import Desk
from ui.theme import Theme
from ui.widgets.palette import Hit
from ui.widgets.text import Elided, button


def find(text: str) -> list[Hit]:
    hits = [Hit(name, f"{school} · {year} year", nothing, "Candidates") for name, school, year, _, _ in PEOPLE]
    return [hit for hit in hits if text.casefold() in hit.title.casefold()]


def build(words: Words = same) -> Desk:
    """The desk with four places, saved lists, an undo and a message."""
    w = words
    desk = Desk("Foothold", find)
    for place in (today(w), projects(w), candidates(w), evaluations(w)):
        desk.add_place(place)
    desk.set_commands([
        Command("new", w("New project"), "Ctrl+N", nothing, menu="File"),
        Command("", "", "", nothing, menu="File"),
        Command("quit", w("Quit"), "Ctrl+Q", desk.close, menu="File"),
        Command("keys", w("Keys"), "F1", nothing, menu="Help"),
    ])  # fmt: skip
    desk.set_saved_lists([("cold", w("Going cold"), 9), ("near", w("Near-miss interns"), 14),
                          ("years", w("First & second years"), 121), ("grad", w("Graduating this spring"),
                           32)])  # fmt: skip
    desk.set_foot("Lakeside Print & Design", w("Encrypted · backed up 9:02"))
    desk.set_undo(w("Marked offer as sent"))
    desk.go("today")
    return desk


def pictures(folder: Path, name: str) -> list[Path]:
    """Every place, a form as a sheet, the palette, errors in a form: one PNG each."""
    made = []
    desk = build()
    desk.resize(QSize(1280, 800))
    desk.show()

    def take(what: str) -> None:
        for _ in range(3):
            QApplication.sendPostedEvents()  # layouts that wait for the next turn of the loop
        path = folder / f"{name}-{what}.png"
        desk.grab().save(str(path))
        made.append(path)

    for key in ("today", "projects", "candidates", "evaluations"):
        desk.go(key)
        take(key)
    desk.go("candidates")
    form = project_form(same)
    form.set_errors({"title": "Say in one line what the student will have done.", "due": "Due is before the kick-off."})
    foot = QWidget()
    row = QHBoxLayout(foot)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(Elided("Draft saved as you type", "note"), 1)
    row.addWidget(button("Delete draft", "danger", nothing))
    row.addWidget(button("Save project", "primary", nothing))
    desk.set_banner("This is a sample program: everything in it is invented.", [
        Command("own", "Start my own", "", nothing), Command("keep", "Keep what I entered", "", nothing),
    ])  # fmt: skip
    desk.say("Imported 40 candidates from students.csv")
    desk.open_sheet(form, "New project", note="from the to-do “Tidy the supplier list”", foot=foot)
    take("sheet")
    desk.close_sheet()
    desk.search("an")
    take("palette")
    desk.palette_.close_palette()
    desk.close()
    return made


if __name__ == "__main__":
    app = QApplication(sys.argv[:1])
    Theme.apply(app, "dark" if "dark" in sys.argv else "light", float(sys.argv[3]) if len(sys.argv) > 3 else 1.0)
    target = Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    for picture in pictures(target, "dark" if "dark" in sys.argv else "light"):
        print(picture)  # noqa: T201
