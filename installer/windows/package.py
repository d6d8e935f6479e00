"""The setup program for Windows, made with NSIS from the frozen folder and tried before it counts.

On Windows the Python of the build freezes it; on Debian a Windows Python under Wine does (rig.py).
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

from core import VERSION
from installer import started, steps
from installer.windows import resource, rig, trial

HERE = Path(__file__).parent
NATIVE = sys.platform == "win32"
MOST_INSTALLED, MOST_TO_LOAD = 130, 50
OLDER = "0.0.1"
SPARE_KILOBYTES = 20_000


def make(out: Path, *, folder_only: bool = False) -> list[Path]:
    work = steps.ROOT / "build" / "windows"
    if NATIVE:
        return _make([str(steps.environment(work))], work, out, folder_only)
    rig.ready()
    with rig.screen():
        return _make(rig.python(), work, out, folder_only)


def _make(python: list[str], work: Path, out: Path, folder_only: bool) -> list[Path]:
    folder = steps.freeze(python, work)
    steps.add_facts(python, folder / "_internal")
    # For Windows a text without an ending is no text.
    shutil.copyfile(steps.ROOT / "LICENSE", folder / "LICENSE.txt")
    _sort_library(folder / "_internal" / "base_library.zip")
    steps.set_times(folder)
    size = steps.megabytes(folder)
    print(*biggest(folder), f"{folder.name}: {size:.1f} MB installed", sep="\n", flush=True)
    if size > MOST_INSTALLED:
        raise steps.Refused(f"the program takes {size:.1f} MB installed, and {MOST_INSTALLED} at most.")
    bare = steps.freeze(python, work, "bare.spec")
    programs = trial.program(bare / "bare.exe"), trial.program(folder / "foothold-cli.exe")
    steps.check_start(started.frozen(*programs))
    if folder_only:
        return []
    made = setup(folder, out / f"Foothold-{VERSION}-setup.exe", work)
    size = steps.megabytes(made)
    if size > MOST_TO_LOAD:
        raise steps.Refused(f"{made.name} takes {size:.1f} MB, and {MOST_TO_LOAD} at most.")
    older = setup(folder, work / f"Foothold-{OLDER}-setup.exe", work, OLDER)
    print(*trial.run(made, older, OLDER), f"{made.name}: installed and tried", sep="\n", flush=True)
    return [made, *_beside(folder, out)]


def _sort_library(path: Path) -> None:
    """The standard library's modules lie in it in the order in which the disk told them; all else is the same."""
    with zipfile.ZipFile(path) as library:
        entries = sorted(
            ((entry, library.read(entry)) for entry in library.infolist()), key=lambda both: both[0].filename
        )
    with zipfile.ZipFile(path, "w") as library:
        for entry, held in entries:
            library.writestr(entry, held)


def setup(folder: Path, target: Path, work: Path, version: str = VERSION) -> Path:
    """One setup program of this frozen folder; of another version only for a trial, and then packed quickly."""
    makensis = _makensis()
    files = work / "files.nsh"
    files.write_text(unpacking(folder), "utf-8-sig", newline="\n")
    kilobytes = round(steps.megabytes(folder) * 1000)
    defines = {
        "VERSION": version,
        "VERSION4": ".".join(str(number) for number in resource.numbers(version)),
        "COPYRIGHT": resource.COPYRIGHT,
        "TARGET": _target(makensis),
        "FILES": files,
        "OUT": target,
        "ICON": HERE / "foothold.ico",
        "SIDEBAR": HERE / "sidebar.bmp",
        "KILOBYTES": kilobytes,
        "ROOM": kilobytes + SPARE_KILOBYTES,
        "LONGEST": longest(folder),
    } | ({} if version == VERSION else {"QUICK": 1})
    steps.run(
        makensis, "-V2", "-WX", "-INPUTCHARSET", "UTF8", *(f"-D{name}={value}" for name, value in defines.items()),
        HERE / "foothold.nsi", SOURCE_DATE_EPOCH=str(steps.commit_time()),
    )  # fmt: skip
    return target


def unpacking(folder: Path) -> str:
    """NSIS's words that unpack every file, in one order on every machine; NSIS itself takes them as the disk does."""
    lines = []
    for place in [folder, *sorted(path for path in folder.rglob("*") if path.is_dir())]:
        below = "".join(f"\\{part}" for part in place.relative_to(folder).parts)
        lines.append(f'SetOutPath "$INSTDIR\\app.new{below}"')
        lines.extend(f'File "{path}"' for path in sorted(place.iterdir()) if path.is_file())
    return "\n".join(lines) + "\n"


def longest(folder: Path) -> int:
    """Letters of the longest path below the folder that is chosen; Windows asks 12 more of a folder's."""
    top = len("\\app.new\\")
    return max(top + len(str(path.relative_to(folder))) + (12 if path.is_dir() else 0) for path in folder.rglob("*"))


def biggest(folder: Path, many: int = 25) -> list[str]:
    files = sorted((path for path in folder.rglob("*") if path.is_file()), key=lambda path: -path.stat().st_size)
    return [f"{steps.megabytes(path):6.1f} MB  {path.relative_to(folder).as_posix()}" for path in files[:many]]


def _makensis() -> str:
    places = [os.environ.get(name, "") + "\\NSIS\\makensis.exe" for name in ("ProgramFiles", "ProgramFiles(x86)")]
    found = shutil.which("makensis") or next((place for place in places if Path(place).is_file()), None)
    if found is None:
        raise steps.Refused("makensis makes the setup program and is not here. Install NSIS, or use --folder-only.")
    return found


def _target(makensis: str) -> str:
    """64-bit as in Debian; NSIS's own packages have the 32-bit kind alone, which installs the same."""
    said = subprocess.run([makensis, "-HDRINFO"], capture_output=True, text=True, check=False).stdout
    share = Path("/usr/share/nsis") if not NATIVE else Path(makensis).parent
    there = (share / "Stubs" / "lzma_solid-amd64-unicode").is_file() or "amd64" in said
    return "amd64-unicode" if there else "x86-unicode"


def _beside(folder: Path, out: Path) -> list[Path]:
    names = {"sbom.cdx.json": f"foothold-{VERSION}-windows.cdx.json", "THIRD-PARTY.txt": "THIRD-PARTY-windows.txt"}
    return [
        Path(shutil.copyfile(folder / "_internal" / source, out / target))
        for source, target in names.items()
        if (folder / "_internal" / source).is_file()
    ]
