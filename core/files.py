"""Files that leave: written whole or not at all, under names that every system takes."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import secrets
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from core.errors import SystemFault, UserError
from core.text import line

_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]+')
# Windows keeps these for devices, with any ending.
_DEVICES = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])", re.IGNORECASE)
_MOST_BYTES = 180
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_IN_THE_WRITING = _FULL | {errno.EIO, errno.EROFS, errno.ENODEV, errno.ENXIO, errno.ESTALE}


def safe_name(text: str) -> str:
    """One file name, without a folder, that Windows, macOS and Linux all take; "Untitled" where nothing is left."""
    name = _FORBIDDEN.sub("-", line(text)).strip(" .-")
    stem, dot, ending = name.rpartition(".")
    if not dot or not re.fullmatch(r"[A-Za-z0-9]{1,5}", ending):
        stem, ending = name, ""
    tail = f".{ending}" if ending else ""
    while len((stem + tail).encode()) > _MOST_BYTES:
        stem = stem[:-1]
    stem = stem.rstrip(" .")
    if not stem:
        return f"Untitled{tail}"
    if _DEVICES.fullmatch(stem.split(".")[0].strip()):
        stem = f"{stem.split('.')[0].strip()}_{stem[len(stem.split('.')[0]) :]}"
    return stem + tail


def check_name(path: Path) -> None:
    """UserError where Windows would make a device, a hidden stream or another name out of the file name of `path`."""
    name = path.name
    device = _DEVICES.fullmatch(name.split(".")[0].strip())
    if os.name == "nt" and (device or _FORBIDDEN.search(name) or name != name.rstrip(" .")):
        raise UserError(
            f"“{name}” is no name for a file on Windows. "
            'Leave out < > : " / \\ | ? *, a dot or blank at the end, and words such as CON and NUL.'
        )


@contextlib.contextmanager
def replace_file(path: Path, *, overwrite: bool = True) -> Iterator[IO[bytes]]:
    """`with replace_file(path) as out:` write bytes to `out` (can seek; leave it open).

    At the end of the block they take the place of `path` in one step, safe on disk. If the block raises, or the disk
    does, whatever stood at `path` stands there still and nothing half is left. Raises UserError (no such folder,
    something is there and `overwrite` is False, open in another program) and SystemFault (disk full, read-only).
    """
    check_name(path)
    target = Path(os.path.realpath(path))
    try:
        _check_target(target, path, overwrite)
    except OSError as fault:
        raise _in_words(fault, path) from fault
    part = target.parent / f".foothold-{secrets.token_hex(8)}.part"
    try:
        descriptor = os.open(part, os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    except OSError as fault:
        raise _in_words(fault, path) from fault
    out = os.fdopen(descriptor, "w+b")
    try:
        yield out
        _finish(out, part, target, overwrite, path)
    except OSError as fault:
        if fault.errno in _IN_THE_WRITING:
            raise _in_words(fault, path) from fault
        raise
    finally:
        # A full disk fails again when the buffer is dropped, and the half file must go all the same.
        with contextlib.suppress(OSError, ValueError):
            out.close()
        with contextlib.suppress(OSError):
            part.unlink()


def _check_target(target: Path, path: Path, overwrite: bool) -> None:
    if not path.name:
        raise UserError("The file has no name. Give it one.")
    if target.is_dir():
        raise UserError(f"{path} is a folder. Name a file in it.")
    if target.exists() and not target.is_file():
        raise UserError(f"{path} is a device of this computer, not a file. Choose another name.")
    if not target.parent.exists():
        raise UserError(f"There is no folder {path.parent}. Make it first or choose another.")
    if not target.parent.is_dir():
        raise UserError(f"{path.parent} is a file, not a folder. Choose a folder.")
    if target.exists():
        if not overwrite:
            raise UserError(f"{path} is there already. Choose another name, or say that it may be replaced.")
        if not os.access(target, os.W_OK):
            raise SystemFault(f"{path} is protected against writing. Choose another name or lift the protection.")


def _finish(out: IO[bytes], part: Path, target: Path, overwrite: bool, path: Path) -> None:
    try:
        out.flush()
        os.fsync(out.fileno())
        out.close()
        if target.exists():
            if not overwrite:
                raise UserError(f"{path} appeared meanwhile. Choose another name.")
            with contextlib.suppress(OSError):
                part.chmod(stat.S_IMODE(target.stat().st_mode))
        os.replace(part, target)
    except OSError as fault:
        raise _in_words(fault, path) from fault
    _settle_folder(target.parent)


def _settle_folder(folder: Path) -> None:
    """The new name is on disk too; Windows has no such call, some network disks refuse it."""
    if os.name == "nt":
        return
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _in_words(fault: OSError, path: Path) -> UserError | SystemFault:
    if fault.errno in _FULL:
        return SystemFault(f"The disk is full: {path.name} was not written. Make room or choose another disk.")
    if fault.errno == errno.EROFS:
        return SystemFault(f"{path.parent} is read-only: {path.name} was not written. Choose another folder.")
    if fault.errno == errno.ENAMETOOLONG:
        return UserError(f"The name {path.name[:40]}... is too long. Choose a shorter one.")
    if fault.errno in (errno.EACCES, errno.EPERM, errno.EBUSY, errno.ETXTBSY):
        if os.name == "nt" and path.exists():
            return UserError(f"{path.name} is open in another program. Close it there and try again.")
        return SystemFault(f"{path.name} may not be written to {path.parent}. Choose another folder.")
    return SystemFault(f"{path.name} could not be written to {path.parent}: {fault.strerror or 'the disk failed'}.")
