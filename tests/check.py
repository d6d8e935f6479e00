"""Every check of Foothold, one after the other: ./uvw run tests/check.py

Prints one line a step; ends with pytest's own last line. Exit code 1 if any step failed, after all have run.
"""

from __future__ import annotations

import subprocess
import sys
import sysconfig
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SCRIPTS = Path(sysconfig.get_path("scripts"))
LONGEST = 400
COUNTED = ("core", "ui", "installer", "tests")


def too_long(root: Path = ROOT) -> list[str]:
    """A line for each Python file of more than LONGEST lines."""
    files = [root / "main.py", *(path for folder in COUNTED for path in sorted((root / folder).rglob("*.py")))]
    lengths = {path: len(path.read_text("utf-8").splitlines()) for path in files if path.is_file()}
    return [f"{path.relative_to(root)}: {lines} lines" for path, lines in lengths.items() if lines > LONGEST]


def lengths() -> int:
    """Exit code of the check of lengths."""
    found = too_long()
    if found:
        print(*found, f"A file has at most {LONGEST} lines: one subject a file.", sep="\n")
    return bool(found)


def run(*command: str, show: bool = False) -> int:
    """Runs a tool of this environment from the checkout's root; its output is shown if it failed, or as it comes."""
    if show:
        return subprocess.run(command, cwd=ROOT, check=False).returncode
    done = subprocess.run(
        command,
        cwd=ROOT,
        check=False,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    )
    if done.returncode:
        print(done.stdout, flush=True)
    return done.returncode


def module(name: str, *arguments: str, show: bool = False) -> int:
    return run(sys.executable, "-m", name, *arguments, show=show)


def main() -> int:
    linter = str(SCRIPTS / ("lint-imports.exe" if sys.platform == "win32" else "lint-imports"))
    steps = {
        "ruff": lambda: module("ruff", "check", "."),
        "mypy": lambda: module("mypy", "core", "ui"),
        "imports": lambda: run(linter),
        "lengths": lengths,
        # Alone on the machine: what is measured would otherwise share it with the other tests.
        "bench": lambda: module("pytest", "tests/bench", "-q", "--color=no", show=True),
        "pytest": lambda: module("pytest", "-n", "2", "-q", "-rs", "--color=no", "--ignore=tests/bench", show=True),
    }
    failed = []
    for name, step in steps.items():
        if name == "pytest":
            print("pytest ...", flush=True)
        start = time.monotonic()
        bad = step()
        if bad:
            failed.append(name)
        if name != "pytest" or bad:
            print(f"{name:<8} {'FAILED' if bad else 'ok':<7} {time.monotonic() - start:6.1f} s", flush=True)
    if failed and failed != ["pytest"]:
        print(f"Failed: {', '.join(failed)}", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
