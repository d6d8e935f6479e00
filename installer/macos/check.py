"""Checks an application, or a folder of unpacked wheels, for what can be seen of it on any system.

    python installer/macos/check.py Foothold.app --processor arm64
    python installer/macos/check.py FOLDER_OF_WHEELS --processor x86_64 --list

Each Mach-O file has the processor's code, runs on the oldest macOS that Foothold promises and loads nothing of the
machine it was made on; no two names differ in case or accents only; links lead to something inside; Info.plist and the
entitlements are as macOS wants them. Exit 1 with a line for each fault.

Qt's libraries are a case of their own: their wheels are for macOS 14, but the heads of some ask for more. macOS holds a
program to what its head asks, and loads a library all the same; so that is said, and no fault.
"""

from __future__ import annotations

import argparse
import os
import plistlib
import sys
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from xml.parsers.expat import ExpatError

ROOT = Path(__file__).resolve().parents[2]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from installer.macos import bundle, macho  # noqa: E402 - the checkout is put on the path first

QT = {"PySide6", "shiboken6"}
OWN = ("@rpath/", "@loader_path/", "@executable_path/", "/usr/lib/", "/System/Library/")
"""Where a library may be loaded from: beside, or of the system."""
Version = tuple[int, int]


def version(words: str) -> Version:
    major, _, minor = words.partition(".")
    return int(major), int(minor or 0)


def binary_faults(path: Path, name: str, processor: str, most: Version) -> list[str]:
    try:
        slices = macho.slices(path)
    except macho.Broken as error:
        return [f"{name}: {error}"]
    if not slices:
        return []
    mine = [one for one in slices if one.processor == processor]
    if not mine:
        return [f"{name} has code for {', '.join(one.processor for one in slices)} only"]
    found = []
    for one in mine:
        if one.minimum is not None and one.minimum > most and not _qts_own(name, one):
            found.append(f"{name} needs macOS {_dotted(one.minimum)}")
        found += [f"{name} loads {load}, which another Mac does not have" for load in one.loads if not _own(load)]
    return found


def _qts_own(name: str, one: macho.Slice) -> bool:
    return not one.program and not QT.isdisjoint(name.split("/"))


def notes(folder: Path, processor: str, most: Version) -> list[str]:
    """What Qt's libraries ask for beyond `most`, and how many of them."""
    asked: dict[Version, int] = {}
    for path in _files(folder):
        for one in _readable(path):
            beyond = one.processor == processor and one.minimum is not None and one.minimum > most
            if beyond and one.minimum and _qts_own(path.relative_to(folder).as_posix(), one):
                asked[one.minimum] = asked.get(one.minimum, 0) + 1
    return [f"{asked[one]} libraries of Qt ask for macOS {_dotted(one)} in their heads" for one in sorted(asked)]


def _own(load: str) -> bool:
    # A bare name is what a library calls itself; the loader finds it as one that is there already.
    return load.startswith(OWN) or "/" not in load


def name_faults(folder: Path) -> list[str]:
    """Names that are one name to macOS, and links that lead nowhere or out of the folder."""
    found, root = [], folder.resolve()
    for place, folders, files in os.walk(folder):
        seen: dict[str, str] = {}
        for name in sorted([*folders, *files]):
            path = Path(place, name)
            short = path.relative_to(folder).as_posix()
            plain = unicodedata.normalize("NFD", name).casefold()
            if plain in seen:
                found.append(f"{short} and {seen[plain]} are one name on a Mac")
            seen.setdefault(plain, name)
            if path.is_symlink():
                target = path.resolve()
                if not target.exists():
                    found.append(f"{short} is a link to nothing")
                elif not target.is_relative_to(root):
                    found.append(f"{short} is a link out of the program")
    return found


def application_faults(app: Path) -> list[str]:
    """Info.plist, and the files that it names."""
    contents = app / "Contents"
    try:
        info = plistlib.loads((contents / "Info.plist").read_bytes())
    except (OSError, ValueError, ExpatError, plistlib.InvalidFileException):
        return ["Contents/Info.plist cannot be read"]
    found = bundle.info_faults(info) + bundle.entitlement_faults()
    if info.get("LSMinimumSystemVersion") != bundle.MINIMUM:
        found.append(f"Info.plist does not ask for macOS {bundle.MINIMUM}")
    for key, folder in (("CFBundleExecutable", "MacOS"), ("CFBundleIconFile", "Resources")):
        if not (contents / folder / str(info.get(key, "-"))).is_file():
            found.append(f"Info.plist: {key} names no file in {folder}")
    for name in ("build.json", "THIRD-PARTY.txt"):
        if not (contents / "Resources" / name).is_file():
            found.append(f"Contents/Resources has no {name}")
    return found


def faults(folder: Path, processor: str, most: Version) -> list[str]:
    found = name_faults(folder)
    if folder.suffix == ".app":
        found += application_faults(folder)
    for path in _files(folder):
        found += binary_faults(path, path.relative_to(folder).as_posix(), processor, most)
    return found


def table(folder: Path) -> list[str]:
    """A line for each folder right below: what its Mach-O files are for, and the newest macOS that one of them asks."""
    lines = []
    for below in sorted(path for path in folder.iterdir() if path.is_dir()):
        # By processor, as a file for both may ask for more on one of them.
        newest: dict[str, Version] = {}
        count, without = 0, set()
        for path in _files(below):
            slices = _readable(path)
            count += bool(slices)
            for one in slices:
                newest[one.processor] = max(newest.get(one.processor, (0, 0)), one.minimum or (0, 0))
            without |= {"arm64", "x86_64"} - {one.processor for one in slices} if slices else set()
        if count:
            asks = ", ".join(f"{name} from macOS {_dotted(newest[name])}" for name in sorted(newest))
            lacks = f"; not all for {', '.join(sorted(without))}" if without else ""
            lines.append(f"{below.name}: {count} files, {asks}{lacks}")
    return lines


def _readable(path: Path) -> list[macho.Slice]:
    """Empty for a broken file, which `faults` names."""
    try:
        return macho.slices(path)
    except macho.Broken:
        return []


def _files(folder: Path) -> list[Path]:
    return [path for path in sorted(folder.rglob("*")) if path.is_file() and not path.is_symlink()]


def _dotted(found: Version) -> str:
    return f"{found[0]}.{found[1]}"


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Checks a Mac application for what can be seen on any system.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--processor", choices=("arm64", "x86_64"), required=True)
    parser.add_argument("--macos", type=version, default=version(bundle.MINIMUM), help="the oldest that it must run on")
    parser.add_argument("--list", action="store_true", help="say what each folder inside is for")
    given = parser.parse_args(arguments)
    if not given.folder.is_dir():
        print(f"check: {given.folder} is no folder", file=sys.stderr)
        return 1
    if given.list:
        print(*table(given.folder), sep="\n")
    found = faults(given.folder, given.processor, given.macos)
    for note in notes(given.folder, given.processor, given.macos):
        print(f"note: {note}")
    print(*found, sep="\n", end="\n" if found else "")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
