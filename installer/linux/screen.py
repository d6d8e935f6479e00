"""A screen for the program that is tried, so that a build needs no desktop and shows nothing on the one that it has."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

from installer import steps

NAMES = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


@contextmanager
def screen() -> Iterator[str]:
    """What it is, in words: the one that QT_QPA_PLATFORM names, else Xvfb, else the desktop, else none."""
    kept = {name: os.environ[name] for name in NAMES if name in os.environ}
    server = shutil.which("Xvfb")
    if "QT_QPA_PLATFORM" in kept:
        yield kept["QT_QPA_PLATFORM"]
    elif server is not None:
        serving, number = _serve(server)
        try:
            os.environ.pop("WAYLAND_DISPLAY", None)
            os.environ["DISPLAY"] = f":{number}"
            yield "a screen of its own"
        finally:
            serving.terminate()
            serving.wait()
            _back(kept)
    elif kept:
        yield "this desktop"
    else:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        try:
            yield "no screen, as neither a desktop nor Xvfb is here"
        finally:
            _back(kept)


def _serve(server: str) -> tuple[subprocess.Popen[bytes], str]:
    read, write = os.pipe()
    serving = subprocess.Popen(
        [server, "-displayfd", str(write), "-screen", "0", "1600x1000x24", "-nolisten", "tcp"],
        pass_fds=(write,),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    with os.fdopen(read) as said:
        number = said.readline().strip()
    if not number:
        serving.wait()
        raise steps.Refused(
            "Xvfb, on which the program is tried, did not start. QT_QPA_PLATFORM=offscreen does without."
        )
    return serving, number


def _back(kept: dict[str, str]) -> None:
    for name in NAMES:
        os.environ.pop(name, None)
    os.environ.update(kept)
