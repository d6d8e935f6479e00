"""The setup program's recipe; that it installs is tried by the build itself."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PIL import Image

from core import VERSION
from installer import steps
from installer.windows import package, pictures, resource

SCRIPT = (Path(package.__file__).parent / "foothold.nsi").read_text("utf-8")


def test_the_registry_is_written_below_the_person_s_own_keys_only() -> None:
    touching = re.findall(r"^\s*(?:Write|Delete)Reg\w+ (?:/ifempty )?(\S+)", SCRIPT, re.MULTILINE)
    assert touching
    assert set(touching) == {"HKCU"}
    assert re.findall(r"RequestExecutionLevel (\S+)", SCRIPT) == ["user"]


def test_nothing_but_what_setup_unpacked_is_removed_with_all_it_holds() -> None:
    removed = re.findall(r'RMDir /r "([^"]+)"', SCRIPT)
    assert set(removed) == {r"$INSTDIR\app.new", r"${folder}\_internal"}


def test_each_key_that_is_written_is_taken_back_by_the_uninstaller() -> None:
    setup, _, uninstall = SCRIPT.partition('Section "Uninstall"')
    for key in set(re.findall(r'WriteReg\w+ HKCU "([^"\\]+(?:\\\.?[^"\\]+)?(?:\\[^"\\]+)?)', setup)):
        assert f'HKCU "{key}"' in uninstall


def test_each_way_in_which_a_silent_run_ends_is_told_where_people_read_and_in_the_recipe() -> None:
    ends = {int(code) for code in re.findall(r"StrCpy \$code (\d+)", SCRIPT)}
    page = (steps.ROOT / "docs" / "installing.md").read_text("utf-8").partition("## macOS")[0]
    assert {int(code) for code in re.findall(r"^\| (\d+) \|", page, re.MULTILINE)} == ends
    words = re.search(r"How it ends when silent(.*?)nothing was changed", SCRIPT, re.DOTALL)
    assert words is not None
    assert {int(code) for code in re.findall(r"\b(\d+) [a-zW]", words[1])} - {1} == ends


def test_where_nothing_was_changed_the_words_say_so() -> None:
    section = SCRIPT.partition('Section "Uninstall"')[0]
    said = re.findall(r'StrCpy \$code (\d+)\s+StrCpy \$stop "([^"]*)"', section)
    assert len(said) > 6
    assert {("Nothing was changed" in words) for code, words in said if int(code) >= 5} == {True}


def test_the_picture_of_the_first_page_is_what_nsis_shows_without_stretching() -> None:
    with Image.open(Path(package.__file__).parent / "sidebar.bmp") as picture:
        assert picture.size == (pictures.WIDE, pictures.TALL) == (164, 314)
        assert picture.convert("RGB").tobytes() == pictures.sidebar().convert("RGB").tobytes()


def test_a_version_is_four_numbers_for_windows() -> None:
    assert resource.numbers("1.2.3") == (1, 2, 3, 0)
    assert resource.numbers(VERSION)
    for wrong in ("1.2.3.4.5", "1.70000", "1.x"):
        with pytest.raises(ValueError, match=r"version|invalid literal"):
            resource.numbers(wrong)


def test_each_program_bears_its_own_name_and_the_version() -> None:
    for name in ("Foothold", "foothold-cli"):
        found = resource.strings(name)
        assert (found["OriginalFilename"], found["FileVersion"]) == (f"{name}.exe", VERSION)
    assert resource.strings("Foothold")["FileDescription"] == "Foothold"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("Foothold.exe", "_internal/b/deep.dll", "_internal/a.pyd", "_internal/Zoë.txt"):
        path = tmp_path / "frozen" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")
    return tmp_path / "frozen"


def test_every_file_is_unpacked_once_and_in_one_order(folder: Path) -> None:
    lines = package.unpacking(folder).splitlines()
    files = [line for line in lines if line.startswith("File ")]
    assert sorted(files) == sorted(f'File "{path}"' for path in folder.rglob("*") if path.is_file())
    assert lines == package.unpacking(folder).splitlines()
    assert lines[0] == r'SetOutPath "$INSTDIR\app.new"'
    assert lines[lines.index(f'File "{folder / "_internal/b/deep.dll"}"') - 1].endswith(r'app.new\_internal\b"')


def test_the_longest_path_counts_what_windows_asks_of_a_folder(folder: Path) -> None:
    assert package.longest(folder) == max(len(r"\app.new\_internal\b\deep.dll"), len(r"\app.new\_internal\b") + 12)
