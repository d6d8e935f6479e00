"""A file that leaves is whole or is not there; its name is one that every system takes."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from core.errors import UserError
from core.files import replace_file, safe_name

_DEVICE = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)


@given(st.text())
@example("CON")
@example("nul.txt")
@example("a/b\\c:d")
@example("../../etc/passwd")
@example("x" * 500 + ".pdf")
@example("Ä" * 300)
@example("trailing. . ")
@example("\u202egnp.exe")
def test_a_safe_name_is_one_that_every_system_takes(text: str) -> None:
    name = safe_name(text)
    assert name
    assert len(name.encode()) <= 200
    assert not re.search(r'[<>:"/\\|?*\x00-\x1f\u202e]', name)
    assert name == name.strip(" .")
    assert not _DEVICE.fullmatch(name)
    assert safe_name(name) == name


def test_a_safe_name_keeps_what_can_be_kept() -> None:
    assert safe_name("Offer letter – Zoë Müller.pdf") == "Offer letter – Zoë Müller.pdf"
    assert safe_name("x" * 500 + ".pdf").endswith("x.pdf")
    assert safe_name("???") == "Untitled"


def test_the_file_appears_when_the_block_ends(tmp_path: Path) -> None:
    target = tmp_path / "out.bin"
    with replace_file(target) as out:
        out.write(b"one")
        assert not target.exists()
    assert target.read_bytes() == b"one"
    assert not list(tmp_path.glob(".*"))


def test_what_stood_there_stays_when_the_block_fails(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    target = folder / "out.bin"
    target.write_bytes(b"before")
    with pytest.raises(TypeError), replace_file(target) as out:
        out.writelines([b"half", "no bytes"])  # type: ignore[list-item]
    assert target.read_bytes() == b"before"
    assert os.listdir(folder) == ["out.bin"]


def test_nothing_is_replaced_that_may_not_be(tmp_path: Path) -> None:
    target = tmp_path / "out.bin"
    target.write_bytes(b"before")
    with pytest.raises(UserError, match="is there already"), replace_file(target, overwrite=False) as out:
        out.write(b"x")
    late = tmp_path / "late.bin"
    with pytest.raises(UserError, match="appeared meanwhile"), replace_file(late, overwrite=False) as out:
        late.write_bytes(b"of another")
    assert late.read_bytes() == b"of another"


def test_a_missing_folder_a_folder_and_a_file_for_a_folder_are_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    for path, words in (
        (tmp_path / "no" / "x.csv", "no folder"),
        (tmp_path, "is a folder"),
        (tmp_path / "file" / "x.csv", "not a folder"),
    ):
        with pytest.raises(UserError, match=words), replace_file(path):
            pass


def test_a_name_too_long_for_the_disk_is_named(tmp_path: Path) -> None:
    with pytest.raises(Exception, match=r"too long|could not be written"), replace_file(tmp_path / ("x" * 300)):
        pass


def _child(code: str, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=False, timeout=60
    )
    return done.stdout + done.stderr


@pytest.mark.platform("linux")
def test_a_full_disk_leaves_what_stood_there(tmp_path: Path) -> None:
    """The limit on a process's files fails in the middle of a write, as a full disk does."""
    folder = tmp_path / "out"
    folder.mkdir()
    target = folder / "out.csv"
    target.write_bytes(b"before")
    code = (
        "import resource, sys; from pathlib import Path\n"
        "from core.exchange.write import write_csv, write_xlsx, Sheet\n"
        "from core.errors import SystemFault\n"
        "rows = [[str(i) * 50] for i in range(3000)]\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))\n"
        "for write in (lambda p: write_csv(p, ['a'], rows), lambda p: write_xlsx(p, [Sheet('a', ['a'], rows)])):\n"
        "    try: write(Path(sys.argv[1]))\n"
        "    except SystemFault as fault: print(fault)\n"
    )
    told = _child(code, str(target))
    assert told.count("The disk is full: out.csv was not written.") == 2
    assert "Traceback" not in told
    assert target.read_bytes() == b"before"
    assert os.listdir(folder) == ["out.csv"]


@pytest.mark.platform("linux")
def test_a_folder_that_may_not_be_written_is_named(tmp_path: Path) -> None:
    code = (
        "import os, sys; from pathlib import Path\n"
        "from core.files import replace_file\n"
        "from core.errors import SystemFault\n"
        "if os.geteuid() == 0: os.seteuid(65534)\n"
        "try:\n"
        "    with replace_file(Path(sys.argv[1])): pass\n"
        "except SystemFault as fault: print(fault)\n"
    )
    folder = tmp_path / "locked"
    folder.mkdir(mode=0o555)
    told = _child(code, str(folder / "out.csv"))
    assert "out.csv may not be written" in told
    assert "Traceback" not in told


@pytest.mark.platform("linux")
def test_a_link_keeps_pointing_where_it_points(tmp_path: Path) -> None:
    real, link = tmp_path / "real.csv", tmp_path / "link.csv"
    real.write_bytes(b"before")
    link.symlink_to(real)
    with replace_file(link) as out:
        out.write(b"after")
    assert link.is_symlink()
    assert real.read_bytes() == b"after"
