"""One writer: an operating-system lock beside the store, and a note of who holds it."""

from __future__ import annotations

import getpass
import json
import os
import socket
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from core import clock
from core.errors import UserError


class WriterLock:
    """Held for as long as a store is open for writing; the system frees it when the process ends, however it ends."""

    def __init__(self, store: Path) -> None:
        from filelock import FileLock, Timeout

        # By whatever link it is opened, a store has one lock.
        store = store.resolve()
        self._note = store.with_name(store.name + ".open")
        self._lock = FileLock(store.with_name(store.name + ".lock"))
        try:
            self._lock.acquire(timeout=0)
        except Timeout:
            raise UserError(
                f"{store.name} is open for writing in another Foothold{self._holder()}. "
                "Close it there first; lists, reports and backups can be made meanwhile."
            ) from None
        except OSError:
            raise UserError(
                f"The folder of {store.name} cannot be written to, so the store cannot be opened for work. "
                "Copy the store to a folder of your own first."
            ) from None
        note = {"user": _user(), "host": socket.gethostname(), "pid": os.getpid(), "since": clock.now().isoformat()}
        # The note is a courtesy; where the disk is full the store itself says so in words.
        with suppress(OSError):
            self._note.write_text(json.dumps(note), encoding="utf-8")

    def _holder(self) -> str:
        # On Windows a locked file cannot be read, so the note is a file of its own.
        try:
            note = json.loads(self._note.read_text(encoding="utf-8"))
            since = datetime.fromisoformat(note["since"]).astimezone()
            return f" ({note['user']} on {note['host']}, since {since:%H:%M})"
        except (OSError, ValueError, KeyError, TypeError):
            return ""

    def release(self) -> None:
        # On Windows a file that someone reads just now cannot be deleted; the lock is freed all the same.
        with suppress(OSError):
            self._note.unlink(missing_ok=True)
        # While it is held: afterwards it may be another's already. On Windows filelock deletes it, and only it can.
        with suppress(OSError):
            Path(self._lock.lock_file).unlink(missing_ok=True)
        self._lock.release()


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return "someone"
