"""A paper that another program holds is neither written nor lost, and nothing is left beside it."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from core.errors import SystemFault, UserError
from core.files import replace_file
from core.jobs import papers
from core.jobs.leaving import all_or_nothing
from core.store import Store
from tests.support import made
from tests.support.stores import TODAY, new_store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with new_store(tmp_path) as opened:
        yield opened


@pytest.mark.parametrize("links", [True, False])
def test_a_paper_that_another_program_holds_is_said_and_stays(
    tmp_path: Path, store: Store, monkeypatch: pytest.MonkeyPatch, links: bool
) -> None:
    """As Windows has it: nothing takes the place of a file that is open elsewhere."""
    replace = os.replace

    def held(one: str, other: str, **more: Any) -> None:
        if Path(other).name == "held.pdf":
            raise PermissionError(errno.EACCES, "held", str(other))
        replace(one, other, **more)

    def none(*_: object) -> None:
        raise OSError("no links here")

    out = tmp_path / "files" / "held.pdf"
    out.parent.mkdir()
    out.write_bytes(b"of yesterday")
    application = made.application(store, made.project(store), made.candidate(store))
    offer = made.drafted_offer(store, application, expires_on=TODAY + timedelta(days=14))
    if not links:
        monkeypatch.setattr("os.link", none)
    with monkeypatch.context() as patch:
        patch.setattr("os.replace", held)
        with pytest.raises((UserError, SystemFault), match=r"held\.pdf"):
            papers.letter(store, offer, out, today=TODAY, overwrite=True)
    assert [(one.name, one.read_bytes()) for one in out.parent.iterdir()] == [("held.pdf", b"of yesterday")]
    papers.letter(store, offer, out, today=TODAY, overwrite=True)
    assert [one.name for one in out.parent.iterdir()] == ["held.pdf"]
    if not links:

        def shut(_: Path) -> bytes:
            raise PermissionError(errno.EACCES, "held")

        monkeypatch.setattr(Path, "read_bytes", shut)
        with pytest.raises(UserError, match="another program has it open"):
            papers.letter(store, offer, out, today=TODAY, overwrite=True)


@pytest.mark.parametrize("links", [True, False])
def test_where_one_of_many_cannot_be_set_aside_none_is_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, links: bool
) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    outs = [folder / f"{number}.pdf" for number in range(3)]
    for out in outs:
        out.write_bytes(out.name.encode())
    read = Path.read_bytes

    def held(one: Path) -> bytes:
        if one == outs[1]:
            raise PermissionError(errno.EACCES, "held")
        return read(one)

    def none(*given: object) -> None:
        if not links or Path(str(given[0])) == outs[1]:
            raise OSError("no links here")
        link(*given)  # type: ignore[arg-type]

    link = os.link
    with monkeypatch.context() as patch:
        patch.setattr("os.link", none)
        patch.setattr(Path, "read_bytes", held)
        with pytest.raises(UserError, match=r"1\.pdf may not be read"):
            all_or_nothing(outs, lambda: None, lambda: None)
    assert {one.name: one.read_bytes() for one in folder.iterdir()} == {out.name: out.name.encode() for out in outs}


@pytest.mark.platform("win32")
def test_a_paper_that_is_open_elsewhere(tmp_path: Path) -> None:
    out = tmp_path / "files" / "held.pdf"
    out.parent.mkdir()
    out.write_bytes(b"of yesterday")

    def write() -> None:
        with replace_file(out) as file:
            file.write(b"%PDF")

    with out.open("rb"), pytest.raises(UserError, match="is open in another program"):
        all_or_nothing([out], write, lambda: None)
    assert [(one.name, one.read_bytes()) for one in out.parent.iterdir()] == [("held.pdf", b"of yesterday")]
    all_or_nothing([out], write, lambda: None)
    assert [(one.name, one.read_bytes()) for one in out.parent.iterdir()] == [("held.pdf", b"%PDF")]
