"""From process start to the desk's two moments, against a bare window with an empty table in the same run.

A: the frame is painted. B: Today's real rows are painted; the sample store is made before.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

Moment = tuple[float, float]
"""Seconds on the clock since the process was started, and seconds of work that it had done."""


@dataclass(frozen=True)
class Compared:
    """The least of several runs each: whatever else the machine does only adds."""

    bare: Moment
    frame: Moment
    rows: Moment

    @property
    def ratio(self) -> float:
        """B by work, not by the clock: what else the machine does stretches a long start more than a short one."""
        return self.rows[1] / self.bare[1]

    def words(self, most: float) -> str:
        return "\n".join(
            f"bare window {self.bare[which]:.2f} s {words}; A {self.frame[which] / self.bare[which]:.1f}, "
            f"B {self.rows[which] / self.bare[which]:.1f} bare windows (at most {most:.0f})"
            for which, words in enumerate(("on the clock", "of work"))
        )


def moments(command: Sequence[str], folder: Path) -> dict[str, Moment]:
    """By their letters. RuntimeError where the program fails."""
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    began = time.time()
    done = subprocess.run(
        command,
        cwd=folder,
        env=env | {"FOOTHOLD_MOMENTS": "1"},
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        timeout=120,
        check=False,
    )
    lines = [line.split() for line in done.stdout.splitlines() if line[:2] in ("A ", "B ")]
    if done.returncode or not lines:
        raise RuntimeError(f"{command[0]} did not start: {done.stdout}{done.stderr}")
    return {name: (float(at) - began, float(work)) for name, at, work in lines}


def compared(bare: Sequence[str], desk: Sequence[str], folder: Path, runs: int = 7) -> Compared:
    """Both are started once before, so that their files are in memory and the glance is kept on closing."""
    moments(bare, folder), moments(desk, folder)
    found = [(moments(bare, folder)["B"], moments(desk, folder)) for _ in range(runs)]
    columns = ([one for one, _ in found], [both["A"] for _, both in found], [both["B"] for _, both in found])
    return Compared(*((min(at for at, _ in one), min(work for _, work in one)) for one in columns))


def frozen(bare: Sequence[str], program: Sequence[str]) -> Compared:
    """`program`: the frozen program behind whatever starts it, on a sample store.

    Its key file holds the recovery words: stretching a passphrase takes a bare window's time on purpose.
    """
    from core import clock
    from core.jobs.opening import make_store
    from core.store import keys

    with tempfile.TemporaryDirectory(prefix="foothold-start-") as name:
        folder = Path(name)
        path = folder / "shop.foothold"
        store, _ = make_store(path, "Lakeside Print", secret="four words do well", sample=True, today=clock.today())  # noqa: S106
        store.close()
        (folder / "key.txt").write_text(" ".join(keys.to_words(store.key)) + "\n", "utf-8")
        (folder / "key.txt").chmod(0o600)
        return compared(bare, [*program, path.name, "--key-file", "key.txt"], folder)
