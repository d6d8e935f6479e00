"""A paper is written whole or not at all, and what went wrong is said in words."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from core.errors import SystemFault, UserError
from core.paper import letter
from core.paper.finish import write_whole
from tests.core.paper import samples


def test_takes_the_place_of_the_paper_before(tmp_path: Path) -> None:
    out = tmp_path / "paper.pdf"
    out.write_bytes(b"before")
    write_whole(out, b"after")
    assert out.read_bytes() == b"after"
    assert [one.name for one in tmp_path.iterdir() if one.is_file()] == ["paper.pdf"]


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"no folder “.*nowhere”.*paper\.pdf"):
        letter.make(samples.offer(), tmp_path / "nowhere" / "paper.pdf")


def test_a_folder_of_that_name(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="is a folder"):
        write_whole(tmp_path, b"x")


def test_a_file_where_the_folder_should_be(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"x")
    with pytest.raises((UserError, SystemFault), match=r"paper\.pdf"):
        write_whole(tmp_path / "file" / "paper.pdf", b"x")


@pytest.mark.platform("linux")
def test_a_name_that_is_too_long(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="too long"):
        write_whole(tmp_path / f"{'x' * 300}.pdf", b"x")
    assert not [one for one in tmp_path.iterdir() if one.is_file()]


@contextmanager
def _nobody() -> Iterator[None]:
    """Folders do not keep root out: take another user's rights for a while."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.mark.platform("linux")
def test_a_read_only_folder() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        out = folder / "paper.pdf"
        out.write_bytes(b"before")
        folder.chmod(0o555)
        try:
            with _nobody(), pytest.raises(SystemFault, match=r"may not be written to.*paper\.pdf"):
                letter.make(samples.offer(), out)
            assert [one.name for one in folder.iterdir()] == ["paper.pdf"]
            assert out.read_bytes() == b"before"
        finally:
            folder.chmod(0o755)


@pytest.mark.platform("linux")
def test_a_full_disk(tmp_path: Path) -> None:
    import resource

    folder = tmp_path / "papers"
    folder.mkdir()
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, before[1]))
    try:
        with pytest.raises(SystemFault, match=r"disk is full.*paper\.pdf"):
            letter.make(samples.offer(), folder / "paper.pdf")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert list(folder.iterdir()) == []


@pytest.mark.platform("win32")
def test_a_paper_that_another_program_holds(tmp_path: Path) -> None:
    assert sys.platform == "win32"
    out = tmp_path / "paper.pdf"
    out.write_bytes(b"before")
    with out.open("rb"), pytest.raises(SystemFault, match="another program has it open"):
        write_whole(out, b"after")
    assert out.read_bytes() == b"before"
    assert [one.name for one in tmp_path.iterdir() if one.is_file()] == ["paper.pdf"]
