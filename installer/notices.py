"""What others have a right to have said: THIRD-PARTY.txt to read, sbom.cdx.json for machines.

    python installer/notices.py --out DIR

With the frozen program's inner folder as DIR, what only lies there is named too. Exit 1 with one sentence where
something in the program has no licence text, or a licence that may not go in.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from core import VERSION  # noqa: E402 - the checkout is put on the path first
from installer.gather import Missing, gather  # noqa: E402
from installer.part import Part, parted, same  # noqa: E402
from installer.sbom import sbom  # noqa: E402

RULE = "=" * 78
PLACES = {
    "win32": r"_internal\PySide6 (Qt6Core.dll, Qt6Gui.dll and so on, and the folder plugins)",
    "darwin": "Foothold.app/Contents/Frameworks/PySide6/Qt (lib/QtCore.framework and so on, and plugins)",
    "linux": "_internal/PySide6/Qt (lib/libQt6Core.so.6 and so on, and the folder plugins)",
}
HEAD = """Foothold {version} - third-party notices

Foothold is free software under the MIT licence (Copyright (c) 2026 The Foothold authors). It holds
the work of many others. This file names each of them, its licence and who holds its copyright, and
gives every licence's words once, at the end. A number in [brackets] says which words are meant.
"""
LGPL = """Qt and Qt for Python
{rule}

Foothold uses Qt {qt} and Qt for Python (PySide6 and shiboken6 {pyside}) under the GNU Lesser
General Public License, version 3 (LGPL-3.0). Its words, and those of the GNU General Public License
that it builds upon, are below under {text}. Foothold uses both unchanged. Qt is Copyright (C) The
Qt Company Ltd. and other contributors.

Their source
    Qt {qt}
        https://download.qt.io/official_releases/qt/
        or https://code.qt.io/cgit/qt/ (qtbase, qtsvg, qtwayland, and qtwebengine for its PDF part)
    Qt for Python {pyside}
        https://download.qt.io/official_releases/QtForPython/pyside6/
        or https://code.qt.io/cgit/pyside/pyside-setup.git

How to replace Qt in Foothold
    Qt's libraries are files of their own in the program's folder, loaded when Foothold starts:
    {place}
    1. Close Foothold, and keep a copy of that folder.
    2. Build or take another Qt 6 of version {minor} or later for the same system and processor: Qt 6
       keeps what was built against an older 6 working.
    3. Lay its libraries and plugins over those of the same names. Replace all of Qt, not one library
       alone. PySide6 and shiboken6 can be replaced the same way, by files of the same names that
       were built against the same Python.
    4. Start Foothold. Nothing in it looks whether Qt was changed.{signed}
    You may change these libraries for your own use, and take apart how Foothold uses them in order
    to mend your changes.
"""
SIGNED = """ On macOS, sign the changed
       program for your own Mac first:
       codesign --force --deep --sign - Foothold.app"""


class Texts:
    """Numbers each licence text once, whatever its line breaks."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self.bodies: list[str] = []
        self.users: list[list[str]] = []

    def number(self, text: str, user: str) -> int:
        body = parted(text)[1]
        at = self._numbers.setdefault(same(body), len(self.bodies))
        if at == len(self.bodies):
            self.bodies.append(body)
            self.users.append([])
        if user not in self.users[at]:
            self.users[at].append(user)
        return at + 1


def words(parts: Sequence[Part], version: str = VERSION, system: str = sys.platform) -> str:
    """THIRD-PARTY.txt's content; the same parts give the same words."""
    texts = Texts()
    by_key = {part.key: part for part in parts}
    numbered = {part.key: [texts.number(text, part.name) for text in part.texts] for part in parts}
    blocks = [HEAD.format(version=version)]
    if "Qt" in by_key:
        qt, pyside = by_key["Qt"], by_key["pyside6-essentials"].version
        blocks.append(LGPL.format(
            rule=RULE, qt=qt.version, pyside=pyside, minor=".".join(qt.version.split(".")[:2]),
            text=f"[{numbered['Qt'][0]}]", place=PLACES.get(system, PLACES["linux"]),
            signed=SIGNED if system == "darwin" else "",
        ))  # fmt: skip
    blocks.append(f"What lies inside Foothold\n{RULE}\n")
    blocks += [_entry(part, numbered[part.key]) for part in parts if not part.within]
    for above in sorted({part.within for part in parts if part.within}, key=str.casefold):
        title = above if above.endswith("libraries") else f"Within {above}"
        blocks.append(f"{title}\n{'-' * len(title)}\n")
        blocks += [_entry(part, numbered[part.key]) for part in parts if part.within == above]
    blocks.append(f"The licences\n{RULE}\n")
    for at, body in enumerate(texts.bodies):
        blocks.append(f"[{at + 1}] used by {', '.join(texts.users[at])}\n{'-' * 78}\n\n{body}\n")
    return "\n".join(blocks)


def _entry(part: Part, numbers: Sequence[int]) -> str:
    marks = " ".join(f"[{number}]" for number in dict.fromkeys(numbers))
    lines = [f"{part.name} {part.version}".strip() + f" - {part.licence} {marks}"]
    lines += [f"    {who}" for who in part.holders]
    if part.url:
        lines.append(f"    {part.url}")
    return "\n".join(lines) + "\n"


def text_now() -> str:
    """The notices of what is installed here, for Foothold run from source."""
    return words(gather())


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Writes the third-party notices and the bill of materials.")
    parser.add_argument("--out", type=Path, required=True, help="the folder they go to")
    out: Path = parser.parse_args(arguments).out
    try:
        parts = gather(out)
    except Missing as error:
        print(f"notices: {error}", file=sys.stderr)
        return 1
    out.mkdir(parents=True, exist_ok=True)
    (out / "THIRD-PARTY.txt").write_text(words(parts), "utf-8", newline="\n")
    (out / "sbom.cdx.json").write_text(sbom(parts, VERSION), "utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
