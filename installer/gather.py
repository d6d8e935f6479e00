"""Finds what lies inside the program: Python, the distributions it needs, and what those carry within themselves."""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from fnmatch import fnmatchcase
from importlib import metadata
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from installer import spdx
from installer.part import Part, parted

ROOT = Path(__file__).resolve().parent.parent
TEXTS = Path(__file__).parent / "licences"
CLASSIFIERS = {
    "License :: OSI Approved :: MIT License": "MIT",
    "License :: OSI Approved :: BSD License": "BSD-3-Clause",
    "License :: OSI Approved :: Apache Software License": "Apache-2.0",
    "License :: OSI Approved :: Python Software Foundation License": "PSF-2.0",
    "License :: OSI Approved :: ISC License (ISCL)": "ISC",
}
QT = frozenset({"pyside6-essentials", "pyside6-pdf", "shiboken6"})


class Missing(Exception):
    """One sentence: what has no licence, no text, or one that may not go in."""


def gather(folder: Path | None = None) -> list[Part]:
    """All parts, sorted by name. A frozen `folder` adds PyInstaller's loader and the system's libraries in it."""
    table = tomllib.loads((TEXTS / "inside.toml").read_text("utf-8"))
    parts = [_python(), *_distributions(table), _qt()]
    frozen = folder is not None and any(folder.glob("base_library.zip"))
    if folder is not None and frozen:
        parts += [_loader(), *_shared(folder, table["shared"])]
    there = {part.key for part in parts} | {"Foothold"}
    parts += [
        _inside(row, parts)
        for row in table["inside"]
        if row["within"] in there and sys.platform in row.get("systems", [sys.platform])
    ]
    return sorted(parts, key=lambda part: (part.within.casefold(), part.name.casefold()))


def _text(licence: str) -> str:
    path = TEXTS / f"{licence.removeprefix('LicenseRef-')}.txt"
    if not path.is_file():
        raise Missing(f"The text of the licence {licence} is not in installer/licences.")
    return path.read_text("utf-8")


def _taken(name: str, licence: str, *, lesser: bool = False) -> tuple[str, ...]:
    try:
        return spdx.chosen(licence, lesser=lesser)
    except spdx.NotAllowed:
        raise Missing(f"{name} is under {licence}, which is on no list of installer/spdx.py.") from None


# --- Python and its distributions -----------------------------------------------------------------------------------


def _python() -> Part:
    places = [Path(os.__file__).parent, Path(sys.base_prefix), Path(sys.base_prefix) / "Lib"]
    if sys.platform == "linux":
        places.append(Path(f"/usr/share/doc/python{sys.version_info.major}.{sys.version_info.minor}"))
    for place in places:
        for name in ("LICENSE.txt", "LICENSE", "copyright"):
            if (place / name).is_file():
                text = (place / name).read_text("utf-8")
                return Part("Python", platform.python_version(), "PSF-2.0", (text,), url="https://www.python.org/")
    raise Missing("Python's own licence text was not found beside its library.")


def _distributions(table: dict[str, Any]) -> Iterator[Part]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    waiting = [Requirement(words) for words in project["dependencies"]]
    seen: set[str] = set()
    while waiting:
        wanted = waiting.pop()
        name = canonicalize_name(wanted.name)
        if name in seen or (wanted.marker is not None and not wanted.marker.evaluate({"extra": ""})):
            continue
        seen.add(name)
        try:
            found = metadata.distribution(wanted.name)
        except metadata.PackageNotFoundError:
            raise Missing(f"{wanted.name} goes into the program, but is not installed here.") from None
        needs = [Requirement(words) for words in found.requires or ()]
        needs = [one for one in needs if one.marker is None or one.marker.evaluate({"extra": ""})]
        waiting += needs
        yield distribution(found, table, tuple(sorted(canonicalize_name(one.name) for one in needs)))
        yield from _crates(name, found)


def distribution(found: metadata.Distribution, table: dict[str, Any], needs: tuple[str, ...] = ()) -> Part:
    """Missing where it names no licence, one that may not go in, or brings no text."""
    name = canonicalize_name(found.metadata["Name"])
    licence = table["said"].get(name) or _said(found)
    if not licence:
        raise Missing(f"{name} {found.version} does not say under which licence it is.")
    _taken(f"{name} {found.version}", licence, lesser=name in QT)
    own = table["texts"].get(name)
    texts = (_text(own),) if own else tuple(_texts(found))
    if not texts:
        raise Missing(f"{name} {found.version} brings no licence text along.")
    holders = tuple(dict.fromkeys(who for text in texts for who in parted(text)[0])) if not own else ()
    return Part(
        name, found.version, own or licence, texts, holders, url=_home(found),
        purl=f"pkg:pypi/{name}@{found.version}", needs=needs,
    )  # fmt: skip


def _said(found: metadata.Distribution) -> str:
    for field in ("License-Expression", "License"):
        words = str(found.metadata.get(field) or "")
        try:
            spdx.chosen(words, lesser=True)
        except spdx.NotAllowed:
            if field == "License-Expression" and words:
                return words
        else:
            return words
    said = [CLASSIFIERS[one] for one in found.metadata.get_all("Classifier") or () if one in CLASSIFIERS]
    return " AND ".join(sorted(set(said)))


def _texts(found: metadata.Distribution) -> Iterator[str]:
    seen = set()
    for file in sorted(found.files or (), key=str):
        inside = next((part for part in file.parts if part.endswith(".dist-info")), None)
        words = file.name.casefold()
        named = words.startswith(("licen", "copying", "notice"))
        if inside is None or not (named or "licenses" in file.parts):
            continue
        path = Path(str(found.locate_file(file)))
        text = path.read_text("utf-8", errors="replace") if path.is_file() else ""
        if text.strip() and text not in seen:
            seen.add(text)
            yield text


def _home(found: metadata.Distribution) -> str:
    said = [one for one in found.metadata.get_all("Project-URL") or () if "," in one]
    urls = dict([part.strip() for part in one.split(",", 1)] for one in said)
    wanted = ("homepage", "home", "source", "source code", "repository", "github", "documentation")
    by_name = {name.casefold(): url for name, url in urls.items()}
    return next((by_name[one] for one in wanted if one in by_name), str(found.metadata.get("Home-page") or ""))


def _crates(name: str, found: metadata.Distribution) -> Iterator[Part]:
    """The Rust libraries that a compiled distribution says it was built with."""
    seen: set[tuple[str, str]] = set()
    for file in sorted(found.files or (), key=str):
        if "sboms" not in file.parts or not file.name.endswith(".json"):
            continue
        listed = json.loads(Path(str(found.locate_file(file))).read_text("utf-8")).get("components", [])
        for one in listed:
            crate, version, purl = str(one["name"]), str(one.get("version", "")), str(one.get("purl", ""))
            # With an address in it, it is a piece of the distribution itself.
            if not purl.startswith("pkg:cargo/") or "?" in purl or (crate, version) in seen:
                continue
            seen.add((crate, version))
            licence = next((entry["expression"] for entry in one.get("licenses") or () if "expression" in entry), "")
            taken = _taken(f"{crate} {version} in {name}", licence)
            texts = tuple(_text(one.split(" WITH ")[0]) for one in taken)
            yield Part(crate, version, licence, texts, (f"Copyright (c) the authors of {crate}",), name, purl=purl)


# --- what lies within others ----------------------------------------------------------------------------------------


def _qt() -> Part:
    version = ".".join(metadata.version("PySide6-Essentials").split(".")[:3])
    holders = ("Copyright (C) The Qt Company Ltd. and other contributors",)
    return Part("Qt", version, "LGPL-3.0-only", (_text("LGPL-3.0-only"),), holders, url="https://www.qt.io/")


def _loader() -> Part:
    """PyInstaller's small program that starts Foothold; its licence lets what it starts be under any other."""
    try:
        found = metadata.distribution("pyinstaller")
    except metadata.PackageNotFoundError:
        words = "This is a frozen program, but PyInstaller, whose loader starts it, is not installed here."
        raise Missing(words) from None
    licence = "GPL-2.0-or-later WITH Bootloader-exception"
    holders = ("Copyright (c) 2010-2026, PyInstaller Development Team", "Copyright (c) 2005-2009, Giovanni Bajo")
    return Part(
        "PyInstaller bootloader", found.version, licence, tuple(_texts(found)), holders,
        url="https://pyinstaller.org/", purl=f"pkg:pypi/pyinstaller@{found.version}",
    )  # fmt: skip


def _inside(row: dict[str, Any], parts: list[Part]) -> Part:
    within = "" if row["within"] == "Foothold" else row["within"]
    holders = tuple(row.get("copyright", ()))
    if "file" in row:
        texts: tuple[str, ...] = ((ROOT / "resources" / row["file"]).read_text("utf-8"),)
        holders = parted(texts[0])[0]
        _taken(row["name"], row["licence"])
    elif "text_of" in row:
        texts = next(part.texts for part in parts if part.key == row["text_of"])
    else:
        texts = tuple(_text(one) for one in _taken(row["name"], row["licence"]))
    return Part(row["name"], "", row["licence"], texts, holders, within, row["url"])


def _shared(folder: Path, known: dict[str, str]) -> Iterator[Part]:
    """Libraries of the machine that the Linux package was made on, with the texts of its packages."""
    if sys.platform != "linux":
        return
    own = {path.name for path in folder.glob("*/**/*.so*")}
    files = sorted(path.name for path in folder.glob("lib*.so*") if not path.is_symlink() and path.name not in own)
    licences: dict[str, set[str]] = {}
    for file, package in _packages([one for one in files if not one.startswith("libpython")]).items():
        licence = next((known[pattern] for pattern in known if fnmatchcase(file, pattern)), "")
        if not licence:
            raise Missing(f"{file} lies in the program, and installer/licences/inside.toml does not know its licence.")
        _taken(file, licence, lesser=True)
        licences.setdefault(package, set()).add(f"({licence})" if " OR " in licence else licence)
    origin = platform.freedesktop_os_release()["ID"]
    for package, versions in _versions(list(licences)).items():
        version, source, source_version = versions
        name = package.split(":")[0]
        notice = Path("/usr/share/doc", name, "copyright")
        if not notice.is_file():
            raise Missing(f"{notice} is missing here, and a library of that package lies in the program.")
        text = notice.read_text("utf-8", errors="replace")
        note = f"From {origin.capitalize()}; its source is the package {source} {source_version} there"
        licence = " AND ".join(sorted(licences[package]))
        within = f"{origin.capitalize()}'s libraries"
        yield Part(name, version, licence, (text,), (note,), within, purl=f"pkg:deb/{origin}/{name}@{version}")


def _packages(files: list[str]) -> dict[str, str]:
    """Which of the system's packages each file came from."""
    if not files:
        return {}
    asked = ["dpkg", "-S", *(f"*/{file}" for file in files)]
    done = subprocess.run(asked, capture_output=True, text=True, check=False)
    owners: dict[str, str] = {}
    for line in sorted(done.stdout.splitlines()):
        package, _, path = line.rpartition(": ")
        owners.setdefault(path.rpartition("/")[2], package.split(",")[0])
    for file in files:
        if file not in owners:
            raise Missing(f"{file} lies in the program, and no package of this system owns it: its notice is unknown.")
    return {file: owners[file] for file in files}


def _versions(packages: list[str]) -> dict[str, tuple[str, str, str]]:
    """By package: its version, its source package and that one's version."""
    if not packages:
        return {}
    asked = ["dpkg-query", "-W", "-f", "${binary:Package} ${Version} ${source:Package} ${source:Version}\n", *packages]
    lines = subprocess.run(asked, capture_output=True, text=True, check=True).stdout.splitlines()
    found = {words[0]: (words[1], words[2], words[3]) for words in map(str.split, lines)}
    return {one: found.get(one) or found[one.split(":")[0]] for one in packages}
