"""The command line on a store that a desk made and closed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from tests.journeys.beginning import AMARA
from tests.journeys.papers import words_of

MAIN = Path(__file__).parents[2] / "main.py"


class Console:
    """Runs main.py in a process of its own, with a key file and a day."""

    def __init__(self, store: Path, key_file: Path, today: date) -> None:
        self.store, self._key_file = store, key_file
        self._environment = os.environ | {"FOOTHOLD_TODAY": today.isoformat()}

    def run(self, verb: str, *arguments: str | Path) -> str:
        """What is printed; nothing may go wrong."""
        done = self.try_to(verb, *arguments)
        assert done.returncode == 0, done.stderr
        assert done.stderr == ""
        return done.stdout

    def json(self, verb: str, *arguments: str | Path) -> Any:
        return json.loads(self.run(verb, *arguments, "--json"))

    def try_to(self, verb: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, MAIN, verb, self.store, *arguments, "--key-file", self._key_file]
        return subprocess.run(
            [str(part) for part in command], capture_output=True, text=True, encoding="utf-8", env=self._environment
        )


def look(console: Console) -> None:
    names = [f"{row['first_name']} {row['last_name']}" for row in console.json("list", "candidates")]
    assert sorted(names) == sorted([AMARA, "Zoë Müller-Łukasik", "Mateo Ruiz", "Σοφία Παππά"])
    assert "Which customers fell silent" in console.run("list", "projects")
    assert "Okafor" in console.run("show", "candidates", "amara.okafor@northfield.example.edu")
    history = console.run("history")
    for words in ("Recorded", "400"):
        assert words in history
    assert "is sound" in console.run("check")


def put_on_paper(console: Console, folder: Path) -> None:
    folder.mkdir()
    (offer,) = console.json("list", "offers")
    console.run("letter", "--offer", offer["id"], "--out", folder)
    (letter,) = folder.glob("Offer *.pdf")
    assert AMARA in words_of(letter)
    report, summary = folder / "report.pdf", folder / "summary.pdf"
    console.run("report", "--candidate", "amara.okafor@northfield.example.edu", "--out", report)
    assert AMARA in words_of(report)
    console.run("summary", "--out", summary)
    assert "Which customers fell silent" in words_of(summary)
    again = console.try_to("summary", "--out", summary)
    assert again.returncode == 1
    assert again.stderr.startswith("foothold: ")
    assert "is there already" in again.stderr


def hand_out(console: Console, folder: Path) -> None:
    folder.mkdir()
    assert "1 student" in console.run("share", "--school", "Northfield College", "--out", folder)
    assert {one.suffix for one in folder.iterdir()} == {".csv", ".xlsx"}
    table, everything = folder / "people.xlsx", folder / "all.json"
    console.run("export", table)
    sheet = load_workbook(table).active
    assert sheet is not None
    assert sheet.max_row == 1 + 4
    console.run("export", everything)
    assert "Okafor" in everything.read_text("utf-8")
    kinds = [row["kind"] for row in console.json("list", "disclosures")]
    assert {"letter", "report", "share", "export", "reveal"} <= set(kinds)


def back_and_forth(console: Console) -> None:
    """What was done last, here and at the desk before, can be taken back from here, and done again."""
    before = console.json("list", "consents")
    assert len(before) == 1
    (written,) = console.json("undo")
    assert written["words"] == "Wrote a letter"
    (undone,) = console.json("undo")
    assert console.json("list", "consents") == []
    redone, again = console.json("redo", "--count", "2")
    assert (undone["words"], written["words"]) == (redone["words"], again["words"])
    assert len(console.json("list", "consents")) == 1
    nothing = console.try_to("redo")
    assert (nothing.returncode, nothing.stdout) == (1, "")
