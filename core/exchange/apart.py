"""A file from outside is read in a process of its own, so that one which hangs or eats the memory takes nothing along.

The process is this same program. The bytes go in through its standard input and the answer comes back through its
standard output: nothing about anyone lies in a file. What it says on standard error is dropped, as it may quote them.
"""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import cast

from core.build import folder
from core.errors import SystemFault, UserError

FLAG = "--apart"
TASKS = {"words": "core.exchange.resume_text:answer", "mail": "core.exchange.mail_in:answer",
         "form": "core.exchange.returned_apart:answer", "picture": "core.exchange.picture_code:answer"}  # fmt: skip
"""Name to the function of bytes to bytes that runs apart. What it raises as UserError is raised here again."""
SECONDS = 20.0
MEGABYTES = 400
"""More than any file of 25 MB needs that people write."""
_OK, _NO = b"=", b"!"
_TOO_MUCH, _TOO_LONG = 7, 8


class NotRead(UserError):
    """`cause`: time, memory, or broken (the process ended without an answer)."""

    def __init__(self, cause: str, words: str) -> None:
        self.cause = cause
        super().__init__(words)


def run(
    task: str,
    data: bytes,
    *,
    seconds: float = SECONDS,
    megabytes: int = MEGABYTES,
    step: Callable[[], object] | None = None,
) -> bytes:
    """What the function of TASKS makes of the bytes. UserError in its words, NotRead, SystemFault.

    `step` is called a few times a second; what it raises ends the process and goes on.
    """
    until = time.monotonic() + seconds
    with _process([*_program(), FLAG, task, str(seconds), str(megabytes)]) as process:
        # On a thread: called again after a time-out, Python 3.11's communicate feeds no more of what is left.
        said: list[bytes] = []
        talk = threading.Thread(target=lambda: said.append(process.communicate(data)[0]), daemon=True)
        talk.start()
        while talk.is_alive():
            talk.join(0.2)
            if talk.is_alive():
                if step is not None:
                    step()
                if time.monotonic() > until:
                    raise _too_long(seconds)
    return _taken(said[0] if said else b"", process.returncode, seconds)


def _taken(said: bytes, code: int, seconds: float) -> bytes:
    if code == 0 and said[:1] == _OK:
        return said[1:]
    if code == 0 and said[:1] == _NO:
        raise UserError(said[1:].decode("utf-8", "replace"))
    if code == _TOO_LONG:
        raise _too_long(seconds)
    if code == _TOO_MUCH:
        raise NotRead("memory", "Reading it takes more memory than any file of this kind needs.")
    raise NotRead("broken", "It could not be read; it is damaged, or made to do harm.")


def _too_long(seconds: float) -> NotRead:
    return NotRead("time", f"Reading it took more than {seconds:.0f} seconds, so it was left.")


@contextmanager
def _process(command: list[str]) -> Iterator[subprocess.Popen[bytes]]:
    """It has ended when the block has, one way or the other."""
    try:
        process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            # Windows would show a console for a moment.
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except OSError as error:
        raise SystemFault("Foothold could not start a part of itself. Close other programs and try again.") from error
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()


def _program() -> list[str]:
    if not getattr(sys, "frozen", False):
        return [sys.executable, str(folder() / "main.py")]
    # A window's program on Windows has no streams; the one for the command line lies beside it.
    beside = Path(sys.executable).with_name("foothold-cli.exe")
    return [str(beside if sys.platform == "win32" and beside.is_file() else sys.executable)]


# --- the other side -------------------------------------------------------------------------------------------------


def answer(task: str, seconds: str, megabytes: str) -> int:
    """What the process does; returns its exit code."""
    module, _, name = TASKS[task].partition(":")
    work = cast("Callable[[bytes], bytes]", getattr(import_module(module), name))
    gc.enable()
    _limit(float(seconds), int(megabytes))
    try:
        with open(0, "rb", closefd=False) as given:
            data = given.read()
        try:
            said = _OK + work(data)
        except UserError as error:
            said = _NO + str(error).encode()
        with open(1, "wb", closefd=False) as out:
            out.write(said)
    except MemoryError:
        return _TOO_MUCH
    return 0


def _limit(seconds: float, megabytes: int) -> None:
    """From here on the process has this much time and memory, writes no file and leaves no core.

    Should the desk die meanwhile, the clock ends this one too.
    """
    sys.dont_write_bytecode = True
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
        if sys.platform == "linux":
            # For what is asked for in one piece, between two looks of the watch. It is address space, of which the
            # interpreter and its threads take a part without using it.
            most = (megabytes + 300) * 1024 * 1024
            resource.setrlimit(resource.RLIMIT_AS, (most, most))
    threading.Thread(target=_watch, args=(seconds, megabytes * 1024 * 1024), daemon=True).start()


def _watch(seconds: float, most: int) -> None:
    """Ends this process from within: os._exit, as the work holds all else."""
    until = time.monotonic() + seconds + 1
    while time.monotonic() < until:
        if _memory() > most:
            os._exit(_TOO_MUCH)
        time.sleep(0.02)
    os._exit(_TOO_LONG)


def _memory() -> int:
    """Bytes in use by this process."""
    if sys.platform == "win32":
        return _committed()
    import resource

    if sys.platform == "darwin":
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    # Linux would count what the process was before it became this program.
    try:
        return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()
    except OSError:
        return 0


def _committed() -> int:
    """Windows: the private bytes, by K32GetProcessMemoryInfo (PROCESS_MEMORY_COUNTERS)."""
    import ctypes
    from ctypes import wintypes

    class Counters(ctypes.Structure):
        _fields_ = [
            ("cb", wintypes.DWORD),
            ("PageFaultCount", wintypes.DWORD),
            *((name, ctypes.c_size_t) for name in (
                "PeakWorkingSetSize", "WorkingSetSize", "QuotaPeakPagedPoolUsage", "QuotaPagedPoolUsage",
                "QuotaPeakNonPagedPoolUsage", "QuotaNonPagedPoolUsage", "PagefileUsage", "PeakPagefileUsage",
            )),
        ]  # fmt: skip

    kernel = ctypes.WinDLL("kernel32")  # type: ignore[attr-defined,unused-ignore]
    kernel.GetCurrentProcess.restype = wintypes.HANDLE
    kernel.K32GetProcessMemoryInfo.argtypes = [wintypes.HANDLE, ctypes.POINTER(Counters), wintypes.DWORD]
    counters = Counters(cb=ctypes.sizeof(Counters))
    kernel.K32GetProcessMemoryInfo(kernel.GetCurrentProcess(), ctypes.byref(counters), counters.cb)
    return int(counters.PagefileUsage)
