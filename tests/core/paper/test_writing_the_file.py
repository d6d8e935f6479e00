"""A paper is written whole or not at all, and what went wrong is said in words."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

import pytest

from core.errors import SystemFault, UserError
from core.paper import letter
from tests.core.paper import samples


def test_takes_the_place_of_the_paper_before(tmp_path: Path) -> None:
    out = tmp_path / "paper.pdf"
    out.write_bytes(b"before")
    letter.make(samples.offer(), out)
    assert out.read_bytes().startswith(b"%PDF-")


def test_memory_takes_the_same_bytes(tmp_path: Path) -> None:
    out, memory = tmp_path / "paper.pdf", BytesIO()
    letter.make(samples.offer(), out)
    letter.make(samples.offer(), memory)
    assert memory.getvalue() == out.read_bytes()


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"no folder .*nowhere"):
        letter.make(samples.offer(), tmp_path / "nowhere" / "paper.pdf")


def test_a_folder_of_that_name(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="is a folder"):
        letter.make(samples.offer(), tmp_path)


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
            with _nobody(), pytest.raises(SystemFault, match=r"paper\.pdf.*(may not be written to|protected)"):
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
    with out.open("rb"), pytest.raises(UserError, match="open in another program"):
        letter.make(samples.offer(), out)
    assert out.read_bytes() == b"before"
    assert [one.name for one in tmp_path.iterdir() if one.is_file()] == ["paper.pdf"]
