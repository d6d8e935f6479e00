"""The one way by which a paper leaves: into the folder that the person chose, and onto the record."""

from __future__ import annotations

import hashlib
import io
import os
import secrets
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from core.errors import UserError
from core.files import check_name, replace_file
from core.insight import office
from core.paper.facts import Stationery
from core.store import Ref, Store

if TYPE_CHECKING:
    from core.insight.office import EmployerView


def check_target(out: Path, overwrite: bool, endings: Sequence[str] = (".pdf",)) -> None:
    """UserError where something is at `out` already that may not be replaced, or `out` can be no paper.

    A paper is a .pdf: so no slip of the hand can put one in the place of a store, a key file or anything else.
    """
    check_name(out)
    if out.suffix.lower() not in endings:
        raise UserError(f"{out.name} is no name for a paper. Give it the ending {' or '.join(endings)}.")
    if out.is_dir():
        raise UserError(f"{out} is a folder. Name a file in it.")
    if not out.parent.is_dir():
        raise UserError(f"There is no folder {out.parent}. Make it first or choose another.")
    if out.exists() and not overwrite:
        raise UserError(f"{out} is there already. Choose another name, or say that it may be replaced (--force).")


def check_folder(folder: Path) -> None:
    if not folder.is_dir():
        raise UserError(f"There is no folder {folder}. Make it first or choose another.")


def stationery(store: Store, today: date) -> Stationery:
    """The employer's paper."""
    return stationery_of(office.employer(store), today)


def stationery_of(employer: EmployerView, today: date) -> Stationery:
    return Stationery(
        employer=employer.name,
        made_on=today,
        lines=employer.lines,
        logo=employer.logo,
        size="a4" if employer.paper_size == "a4" else "letter",
    )


def drawn(make: Callable[[io.BytesIO], object]) -> bytes:
    """A paper as bytes; it lies in no file."""
    into = io.BytesIO()
    make(into)
    return into.getvalue()


def leave(
    store: Store,
    out: Path,
    data: bytes,
    *,
    kind: str,
    what: str,
    to_whom: str = "",
    refs: Sequence[Ref] = (),
    overwrite: bool = False,
    endings: Sequence[str] = (".pdf",),
) -> None:
    """Puts a paper where the person wants it and records that it left. What cannot be recorded does not leave."""
    check_target(out, overwrite, endings)

    def write() -> None:
        with replace_file(out, overwrite=overwrite) as file:
            file.write(data)

    digest = hashlib.sha256(data).hexdigest()
    all_or_nothing([out], write, lambda: store.disclose(kind, what, to_whom, out.name, digest, refs))


def all_or_nothing(outs: Sequence[Path], write: Callable[[], object], record: Callable[[], None]) -> None:
    """Writes `outs`, then records that they left. Where either raises, what stood there before stands there again."""
    before: dict[Path, Path] = {}
    there = [out for out in outs if out.is_file()]
    try:
        for out in there:
            before[out] = _set_aside(out)
        write()
        record()
    except BaseException:
        for out in outs:
            # One that could not be set aside was not written to either.
            if out not in there:
                with suppress(OSError):
                    out.unlink(missing_ok=True)
        for out, aside in before.items():
            _put_back(aside, Path(os.path.realpath(out)))
        raise
    for aside in before.values():
        with suppress(OSError):
            aside.unlink()


def _put_back(aside: Path, target: Path) -> None:
    """Windows lets nothing take the place of a file that another program holds; then it was not written to either."""
    with suppress(OSError):
        aside.replace(target)
        # Of two names of one file none takes the other's place: both are still there.
        aside.unlink(missing_ok=True)
    with suppress(OSError):
        if aside.exists() and (aside.samefile(target) or aside.read_bytes() == target.read_bytes()):
            aside.unlink()


def _set_aside(out: Path) -> Path:
    """A second name for the same bytes, so that a full disk cannot come between; else a copy."""
    target = Path(os.path.realpath(out))
    aside = target.parent / f".foothold-{secrets.token_hex(8)}.old"
    if os.name == "nt":
        # A second name of a file that is held could not be taken away again.
        try:
            target.replace(target)
        except PermissionError:
            raise UserError(f"{out.name} is open in another program. Close it there and try again.") from None
    try:
        os.link(target, aside)
    except OSError:
        try:
            held = target.read_bytes()
        except PermissionError:
            words = "may not be read, or another program has it open. Close it there, or choose another name."
            raise UserError(f"{out.name} {words}") from None
        with replace_file(aside) as file:
            file.write(held)
    return aside
