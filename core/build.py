"""What this Foothold says of itself: its version, the day it was made, and where to look for a newer one."""

from __future__ import annotations

import json
import re
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import resources
from core import VERSION
from core.text import day

RELEASES = "https://foothold.example/releases"
"""Where newer versions are to be found; nothing ever asks there but the person, with a browser."""
_NEWEST = re.compile(r"^## \[\d[^]]*\] - (\d{4}-\d{2}-\d{2})\s*$", re.MULTILINE)


@dataclass(frozen=True)
class Build:
    """`made_on` is None where nothing says so; `commit` is "" for a program that is run from source."""

    version: str
    made_on: date | None
    commit: str

    @property
    def from_source(self) -> bool:
        return not self.commit

    def words(self, today: date) -> str:
        """ "Made on 22 November 2026, 3 months ago"."""
        if self.made_on is None:
            return "Run from source" if self.from_source else "Nothing says when it was made"
        said = "Run from source, of the version of" if self.from_source else "Made on"
        return ", ".join(filter(None, (f"{said} {day(self.made_on)}", age(self.made_on, today))))


def folder() -> Path:
    """Where the program keeps what it reads: the checkout, or the inner folder of a frozen program."""
    return resources.path("icons").parent.parent


def program() -> Path:
    """Where a person finds the program: the checkout, or the folder of what was started."""
    return Path(sys.executable).resolve().parent if getattr(sys, "frozen", False) else folder()


def read(root: Path | None = None) -> Build:
    """From build.json, which the build writes; run from source, the newest version in CHANGELOG.md."""
    root = root or folder()
    try:
        facts = json.loads((root / "build.json").read_text("utf-8"))
        return Build(str(facts["version"]), date.fromisoformat(facts["made_on"]), str(facts["commit"]))
    except (OSError, ValueError, KeyError, TypeError):
        pass
    try:
        newest = _NEWEST.search((root / "CHANGELOG.md").read_text("utf-8"))
        made_on = date.fromisoformat(newest[1]) if newest else None
    except (OSError, ValueError):
        made_on = None
    return Build(VERSION, made_on, "unknown" if getattr(sys, "frozen", False) else "")


def notices(root: Path | None = None) -> Path | None:
    """The shipped third-party notices; None where the program is run from source."""
    path = (root or folder()) / "THIRD-PARTY.txt"
    return path if path.is_file() else None


def age(made_on: date, today: date) -> str:
    """ "today", "12 days ago", "3 months ago", "2 years ago"; "" for a day that lies ahead."""
    days = (today - made_on).days
    months = (today.year - made_on.year) * 12 + today.month - made_on.month - (today.day < made_on.day)
    if days < 0:
        return ""
    if days < 2:
        return ("today", "yesterday")[days]
    if days < 14:
        return f"{days} days ago"
    if months < 2:
        return f"{days // 7} weeks ago"
    return f"{months} months ago" if months < 24 else f"{months // 12} years ago"
