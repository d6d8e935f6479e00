"""A finished paper goes to its file whole or not at all."""

from __future__ import annotations

import errno
import os
import secrets
from contextlib import suppress
from pathlib import Path
from typing import IO

from core.errors import SystemFault, UserError

_FULL = {errno.ENOSPC, errno.EFBIG, errno.EDQUOT} if hasattr(errno, "EDQUOT") else {errno.ENOSPC, errno.EFBIG}
_LOCKED = {errno.EACCES, errno.EPERM, errno.EBUSY, errno.ETXTBSY} if hasattr(errno, "ETXTBSY") else {errno.EACCES}

Out = Path | IO[bytes]
"""Where a paper goes: a file of the person's choosing, or memory for a preview, so that none lies about on disk."""


def write_out(out: Out, data: bytes) -> None:
    """`write_whole` for a file; into memory as it is."""
    if isinstance(out, Path):
        write_whole(out, data)
    else:
        out.write(data)


def write_whole(out: Path, data: bytes) -> None:
    """Write beside `out` under another name, then put it in its place. UserError: no such folder, a folder of that
    name; SystemFault: full, read-only or held by another program. What stood there before stays until the last step.
    """
    part = out.parent / f".foothold-{secrets.token_hex(6)}.part"
    try:
        if out.is_dir():
            raise UserError(f"“{out}” is a folder. Give the paper a file name of its own.")
        with part.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except OSError as fault:
        with suppress(OSError):
            part.unlink()
        raise _words(fault, out) from fault
    try:
        part.replace(out)
    except OSError as fault:
        with suppress(OSError):
            part.unlink()
        if fault.errno in _LOCKED and out.exists():
            raise SystemFault(
                f"“{out.name}” could not be replaced: another program has it open, or it may not be changed. "
                "Close it there, or save the paper under another name."
            ) from fault
        raise _words(fault, out) from fault


def _words(fault: OSError, out: Path) -> UserError | SystemFault:
    folder = out.parent
    if fault.errno in (errno.ENOENT, errno.ENOTDIR):
        return UserError(f"There is no folder “{folder}”. Make it, or choose another one for “{out.name}”.")
    if fault.errno == errno.ENAMETOOLONG:
        return UserError(f"The file name “{out.name}” is too long. Choose a shorter one.")
    if fault.errno in _FULL:
        return SystemFault(
            f"The disk is full: “{out.name}” was not saved in “{folder}”. Make room there or use another."
        )
    if fault.errno == errno.EROFS or fault.errno in _LOCKED:
        return SystemFault(f"The folder “{folder}” may not be written to. Choose another folder for “{out.name}”.")
    why = fault.strerror or "the disk reports a fault"
    return SystemFault(f"“{out.name}” could not be saved in “{folder}”: {why}. Choose another folder.")
