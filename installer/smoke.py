"""Tries a frozen or installed program as a person would use it, and says what it did: python installer/smoke.py PROGRAM

A store is made, filled from a file, read, printed and backed up; the desk is started on it and painted; a picture of
every window is drawn.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

CSV = """First name,Last name,E-mail,School
Zoë,Łęcka,zoe@harbor.example.edu,Harbor College
Борис,Орлов,b@x.example.edu,
"""
TO_DOS = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Harbor//Tasks//EN
BEGIN:VTODO
UID:1
SUMMARY:Prüfen: who has not ordered
DUE;TZID=Europe/Warsaw:20270312T090000
END:VTODO
END:VCALENDAR
"""
KEY_FILE = "four words do well\n"


class Failed(Exception):
    pass


class Program:
    """`command`: the program, behind whatever starts it (wine)."""

    def __init__(self, command: Sequence[str], folder: Path) -> None:
        self.command, self.folder = list(command), folder

    def run(self, *words: str, ends: int = 0, **environment: str) -> str:
        """`ends`: the exit code that is expected."""
        done = subprocess.run(
            [*self.command, *words],
            cwd=self.folder,
            env=os.environ | environment,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=600,
            check=False,
        )
        if done.returncode != ends:
            raise Failed(f"{' '.join(words[:2])} ended with {done.returncode}: {done.stdout}{done.stderr}")
        return done.stdout


def smoke(command: Sequence[str], version: str, *, pictures: bool = True) -> list[str]:
    """What was done, a line each. Raises Failed."""
    with tempfile.TemporaryDirectory(prefix="foothold-smoke-") as name:
        folder = Path(name)
        program = Program(command, folder)
        (folder / "in.csv").write_text(CSV, "utf-8")
        (folder / "tasks.ics").write_text(TO_DOS, "utf-8")
        (folder / "key.txt").write_text(KEY_FILE, "utf-8")
        (folder / "key.txt").chmod(0o600)
        key = ("--key-file", "key.txt")
        done = [
            _expect("--version", program.run("--version"), version),
            _expect("new", program.run("new", "shop.foothold", "--sample", "--sheet", "sheet.pdf", *key), "sheet.pdf"),
            _expect("import", program.run("import", "shop.foothold", "in.csv", *key), "2 new"),
            _expect("calendar", program.run("import", "shop.foothold", "tasks.ics", "--as", "to-dos", *key), "1 new"),
            _expect("list", program.run("list", "shop.foothold", "candidates", *key), "Łęcka"),
            _expect("export", program.run("export", "shop.foothold", "out.xlsx", *key), "out.xlsx"),
            _expect("summary", program.run("summary", "shop.foothold", "--out", "year.pdf", *key), "year.pdf"),
            _expect(
                "posting",
                program.run("posting", "shop.foothold", "--project", "P-009", "--out", "posting.pdf", *key),
                "posting.pdf",
            ),
            _expect(
                "form",
                program.run("form", "shop.foothold", "--application", "P-009", "--out", "form.pdf", *key),
                "form.pdf",
            ),
            # As it starts itself to read a file from outside.
            _expect(
                "take-in", program.run("take-in", "shop.foothold", "form.pdf", *key, ends=1), "Nothing is filled in"
            ),
            _expect("undo", program.run("undo", "shop.foothold", *key), "Undid"),
            _expect("check", program.run("check", "shop.foothold", *key), "sound"),
            _expect("backup", program.run("backup", "shop.foothold", "copy.foothold", *key), "copy.foothold"),
        ]
        for paper in ("sheet.pdf", "year.pdf", "posting.pdf", "form.pdf"):
            if not (folder / paper).read_bytes().startswith(b"%PDF"):
                raise Failed(f"{paper} is no PDF")
        said = program.run("shop.foothold", *key, FOOTHOLD_MOMENTS="1")
        done.append(_expect("desk", said, "B "))
        if pictures:
            program.run("tour", "pictures", "--theme", "dark")
            drawn = len(list((folder / "pictures").glob("*.png")))
            if drawn < 20:
                raise Failed(f"the tour drew {drawn} pictures only")
            done.append(f"tour: {drawn} pictures")
        return done


def _expect(verb: str, said: str, words: str) -> str:
    if words.casefold() not in said.casefold():
        raise Failed(f"{verb} did not say “{words}” but: {said[:400]}")
    return f"{verb}: ok"


def main() -> int:
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    from core import VERSION

    try:
        print(*smoke(sys.argv[1:], VERSION), sep="\n")
    except Failed as failed:
        print(f"smoke: {failed}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
