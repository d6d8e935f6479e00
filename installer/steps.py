"""What the three builds share: a clean environment, freezing, the one time that a package knows, sums."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from core import VERSION
from installer.started import Compared

ROOT = Path(__file__).resolve().parent.parent
FOLDER = "Foothold"
MOST_WINDOWS = 3


class Refused(Exception):
    """What stands in the way of a build, in one sentence."""


def run(*command: str | Path, cwd: Path = ROOT, **environment: str) -> None:
    """CalledProcessError where it fails."""
    subprocess.run([str(word) for word in command], cwd=cwd, env=os.environ | environment, check=True)


def commit_time() -> int:
    """Seconds since 1970 of the commit that is built: the one time that a package knows."""
    if given := os.environ.get("SOURCE_DATE_EPOCH"):
        return int(given)
    asked = ["git", "log", "-1", "--format=%ct"]
    done = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Refused("no commit was found to take the time from. Build in a clone, or set SOURCE_DATE_EPOCH.")
    return int(done.stdout)


def commit() -> str:
    # As long in a clone of any size.
    asked = ["git", "describe", "--always", "--dirty", "--exclude=*", "--abbrev=12"]
    return subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=False).stdout.strip() or "unknown"


def environment(work: Path) -> Path:
    """A Python with what the program needs and PyInstaller, and nothing else that could be swept in."""
    place = work / "env"
    uv = os.environ.get("UV") or shutil.which("uv")
    if uv is None:
        raise Refused("uv runs this build: ./uvw run installer/build.py linux")
    # The same Python as ours, as the build may have none of its own on the path.
    run(
        uv, "sync", "--quiet", "--no-default-groups", "--group", "build", "--python", sys.executable,
        UV_PROJECT_ENVIRONMENT=str(place), VIRTUAL_ENV="",
    )  # fmt: skip
    return place / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")


def freeze(python: Sequence[str | Path], work: Path, spec: str = "foothold.spec") -> Path:
    """The frozen folder, with its notices and the day it was made."""
    epoch = commit_time()
    run(
        *python, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN",
        "--distpath", work / "frozen", "--workpath", work / "pyinstaller", ROOT / "installer" / spec,
        SOURCE_DATE_EPOCH=str(epoch), PYTHONHASHSEED="0", PYTHONDONTWRITEBYTECODE="1",
    )  # fmt: skip
    for library in sorted((work / "frozen").rglob("base_library.zip")):
        if not library.is_symlink():
            sort_library(library)
    return work / "frozen" / (FOLDER if spec == "foothold.spec" else Path(spec).stem)


def sort_library(path: Path) -> None:
    """The standard library's modules lie in it in the order in which the disk told them; all else is the same."""
    with zipfile.ZipFile(path) as library:
        entries = sorted(
            ((entry, library.read(entry)) for entry in library.infolist()), key=lambda both: both[0].filename
        )
    with zipfile.ZipFile(path, "w") as library:
        for entry, held in entries:
            library.writestr(entry, held)


def add_facts(python: Sequence[str | Path], inside: Path) -> None:
    """What the program says about itself: the day it was made, the notices, the bill of materials."""
    made_on = datetime.fromtimestamp(commit_time(), UTC).date().isoformat()
    facts = {"version": VERSION, "made_on": made_on, "commit": commit()}
    (inside / "build.json").write_text(json.dumps(facts, indent=1) + "\n", "utf-8", newline="\n")
    run(*python, ROOT / "installer" / "notices.py", "--out", inside, SOURCE_DATE_EPOCH=str(commit_time()))


def check_start(found: Compared) -> None:
    """Refused where the program takes longer to show Today's rows than it may."""
    print(found.words(MOST_WINDOWS), flush=True)
    if found.ratio > MOST_WINDOWS:
        raise Refused(f"the frozen program's start takes {found.ratio:.1f} bare windows, and {MOST_WINDOWS} at most.")


def set_times(folder: Path) -> None:
    """Every file and folder bears the commit's time."""
    epoch = commit_time()
    for path in [folder, *folder.rglob("*")]:
        if not path.is_symlink():
            os.utime(path, (epoch, epoch))


def megabytes(path: Path) -> float:
    files = [path] if path.is_file() else [one for one in path.rglob("*") if one.is_file() and not one.is_symlink()]
    return sum(one.stat().st_size for one in files) / 1_000_000


def write_sums(out: Path, made: Sequence[Path]) -> None:
    """Sums of another system's packages stay, as long as those lie there."""
    sums = out / "SHA256SUMS"
    said = [line.partition("  ") for line in sums.read_text("utf-8").splitlines()] if sums.is_file() else []
    lines = {name: digest for digest, _, name in said if name and (out / name).is_file()}
    lines |= {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in made}
    words = "".join(f"{lines[name]}  {name}\n" for name in sorted(lines))
    if words:
        sums.write_text(words, "utf-8", newline="\n")
    else:
        sums.unlink(missing_ok=True)
    for path in made:
        print(f"{path.name}: {megabytes(path):.1f} MB")
