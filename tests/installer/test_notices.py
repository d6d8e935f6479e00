"""The notices and the bill of materials: everything inside is named, once, and nothing goes in that may not."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tomllib
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from installer import gather, notices, sbom, spdx
from installer.part import Part, parted, same

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def parts() -> list[Part]:
    return gather.gather()


def test_all_that_foothold_asks_for_is_named(parts: list[Part]) -> None:
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    named = {part.name for part in parts}
    assert {gather.canonicalize_name(gather.Requirement(one).name) for one in wanted} <= named
    # What is inside others, and what those need in turn.
    assert {"Python", "Qt", "shiboken6", "SQLCipher", "SQLite", "OpenSSL", "FreeType", "Inter", "Noto Sans"} <= named
    assert {"Lucide icons", "argon2-cffi-bindings", "calamine", "mako"} <= named
    assert all(part.texts and all(text.strip() for text in part.texts) for part in parts)


def test_each_text_stands_once_and_every_mark_leads_to_one(parts: list[Part]) -> None:
    said = notices.words(parts)
    above, _, licences = said.partition("The licences\n")
    numbers = [int(one) for one in re.findall(r"^\[(\d+)\] used by ", licences, re.MULTILINE)]
    bodies = [same(one.split("\n\n", 1)[1]) for one in re.split(r"^\[\d+\] used by ", licences, flags=re.MULTILINE)[1:]]
    assert len(bodies) == len(set(bodies)) == len(numbers)
    assert {int(one) for one in re.findall(r"\[(\d+)\]", above)} == set(numbers)
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in licences
    assert "TERMS AND CONDITIONS" in licences
    assert f"Foothold uses Qt {metadata.version('PySide6-Essentials')} " in said


@pytest.mark.parametrize(
    ("system", "place"), [("win32", "Qt6Core.dll"), ("darwin", "codesign"), ("linux", "libQt6Core")]
)
def test_how_to_replace_qt_names_the_systems_own_files(parts: list[Part], system: str, place: str) -> None:
    said = notices.words(parts, "1.0", system)
    assert place in said.partition("What lies inside")[0]


def test_the_same_parts_give_the_same_bytes(tmp_path: Path) -> None:
    made = []
    for name, seed in (("a", "1"), ("b", "2")):
        command = [sys.executable, str(ROOT / "installer" / "notices.py"), "--out", str(tmp_path / name)]
        subprocess.run(command, check=True, env=_environment(PYTHONHASHSEED=seed), cwd=tmp_path)
        made.append({path.name: path.read_bytes() for path in (tmp_path / name).iterdir()})
    assert set(made[0]) == {"THIRD-PARTY.txt", "sbom.cdx.json"}
    assert made[0] == made[1]


def test_the_bill_has_no_time_but_the_one_given(parts: list[Part], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    assert "timestamp" not in json.loads(sbom.sbom(parts, "1.0"))["metadata"]
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert json.loads(sbom.sbom(parts, "1.0"))["metadata"]["timestamp"] == "2023-11-14T22:13:20Z"


def test_the_bill_hangs_together(parts: list[Part]) -> None:
    bom = json.loads(sbom.sbom(parts, "1.0"))
    refs = [one["bom-ref"] for one in bom["components"]]
    assert len(refs) == len(set(refs)) == len(parts)
    known = {*refs, bom["metadata"]["component"]["bom-ref"]}
    assert {one["ref"] for one in bom["dependencies"]} == known
    assert {ref for one in bom["dependencies"] for ref in one["dependsOn"]} == set(refs)
    assert all(len(one["licenses"]) == 1 for one in bom["components"])
    other = json.loads(sbom.sbom(parts[1:], "1.0"))
    assert other["serialNumber"] != bom["serialNumber"]


def _environment(**more: str) -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name != "SOURCE_DATE_EPOCH"} | more


# --- what may not go in ---------------------------------------------------------------------------------------------


def installed(folder: Path, licence: str, *, text: bool = True, name: str = "some-lib") -> metadata.Distribution:
    """A real installed distribution, as an installer lays it."""
    info = folder / f"{name}-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(f"Metadata-Version: 2.4\nName: {name}\nVersion: 1.0\n{licence}", "utf-8")
    files = [f"{info.name}/METADATA,,"]
    if text:
        (info / "licenses").mkdir()
        (info / "licenses" / "LICENSE").write_text("MIT License\n\nCopyright (c) 2020 Some One\n\nWords.\n", "utf-8")
        files.append(f"{info.name}/licenses/LICENSE,,")
    (info / "RECORD").write_text("\n".join(files) + "\n", "utf-8")
    return metadata.Distribution.at(info)


TABLE: dict[str, Any] = {"said": {}, "texts": {}}


def test_a_distribution_is_named_with_its_holders(tmp_path: Path) -> None:
    part = gather.distribution(installed(tmp_path, "License-Expression: MIT\n"), TABLE)
    assert (part.name, part.version, part.licence) == ("some-lib", "1.0", "MIT")
    assert part.holders == ("Copyright (c) 2020 Some One",)


@pytest.mark.parametrize(
    ("licence", "name", "why"),
    [
        ("License-Expression: GPL-3.0-only\n", "some-lib", "GPL-3.0-only"),
        ("License-Expression: MIT AND AGPL-3.0-only\n", "some-lib", "AGPL"),
        ("License-Expression: LGPL-3.0-only\n", "some-lib", "LGPL-3.0-only"),
        ("License: See the website\n", "some-lib", "does not say"),
        ("", "some-lib", "does not say"),
    ],
)
def test_what_may_not_go_in_is_named(tmp_path: Path, licence: str, name: str, why: str) -> None:
    with pytest.raises(gather.Missing, match=why):
        gather.distribution(installed(tmp_path, licence, name=name), TABLE)


def test_qt_may_be_under_the_lgpl(tmp_path: Path) -> None:
    found = installed(tmp_path, "License: LGPL-3.0-only OR GPL-2.0-only\n", name="shiboken6")
    assert gather.distribution(found, TABLE).name == "shiboken6"


def test_a_missing_text_is_named(tmp_path: Path) -> None:
    with pytest.raises(gather.Missing, match=r"some-lib 1\.0 brings no licence text"):
        gather.distribution(installed(tmp_path, "License-Expression: MIT\n", text=False), TABLE)


@pytest.mark.platform("linux")
def test_a_library_that_nobody_knows_stops_the_build(tmp_path: Path) -> None:
    (tmp_path / "base_library.zip").touch()
    (tmp_path / "libunheardof.so.1").touch()
    with pytest.raises(gather.Missing, match=r"libunheardof\.so\.1"):
        list(gather._shared(tmp_path, {"lib*": "MIT"}))
    command = [sys.executable, str(ROOT / "installer" / "notices.py"), "--out", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stderr.startswith("notices: ")
    assert done.stderr.count("\n") == 1
    assert not (tmp_path / "THIRD-PARTY.txt").exists()


# --- licences as expressions ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("expression", "taken"),
    [
        ("MIT", ("MIT",)),
        ("GPL-2.0-only OR MIT", ("MIT",)),
        ("MIT AND Zlib", ("MIT", "Zlib")),
        ("(MIT OR GPL-3.0-only) AND Unicode-3.0", ("MIT", "Unicode-3.0")),
        ("Apache-2.0 WITH LLVM-exception", ("Apache-2.0",)),
        ("GPL-3.0-or-later WITH GCC-exception-3.1", ("GPL-3.0-or-later WITH GCC-exception-3.1",)),
    ],
)
def test_a_choice_is_made(expression: str, taken: tuple[str, ...]) -> None:
    assert spdx.chosen(expression) == taken


@pytest.mark.parametrize(
    "expression",
    ["", "GPL-3.0-only", "MIT AND GPL-3.0-only", "LGPL-3.0-only", "(MIT", "MIT)", "MIT OR", "MIT MIT", "OR",
     "GPL-3.0-or-later WITH Classpath-exception-2.0"],
)  # fmt: skip
def test_no_choice_is_no_choice(expression: str) -> None:
    with pytest.raises(spdx.NotAllowed):
        spdx.chosen(expression)


@given(st.text(max_size=60))
def test_any_words_are_taken_or_refused(words: str) -> None:
    try:
        taken = spdx.chosen(words)
    except spdx.NotAllowed:
        return
    assert taken
    assert set(taken) <= spdx.PERMISSIVE | spdx.EXCEPTED


def test_two_copies_of_a_licence_are_one() -> None:
    one = "MIT License\n\nCopyright (c) 2020 A\n\nPermission is hereby\ngranted \"AS IS\".\n"
    two = "Copyright 2021 B\r\n\r\nPermission  is hereby granted\r\n``AS IS''.\r\n"
    assert parted(one)[0] == ("Copyright (c) 2020 A",)
    assert same(parted(one)[1]) == same(parted(two)[1])
