"""Foothold.app and its disk image, for the processor of the Mac that it is made on."""

from __future__ import annotations

import platform
import shutil
import sys
from pathlib import Path

from core import VERSION
from installer import smoke, started, steps
from installer.macos import bundle, check, sign

HERE = Path(__file__).parent
FACTS = ("build.json", "THIRD-PARTY.txt", "sbom.cdx.json")


def make(out: Path, *, folder_only: bool = False) -> list[Path]:
    if sys.platform != "darwin":
        raise steps.Refused("the macOS application can only be made on a Mac. installer/macos/README.md says how.")
    processor = platform.machine()
    work = steps.ROOT / "build" / "macos"
    python = steps.environment(work)
    app = steps.freeze([python], work).parent / bundle.NAME
    add_facts(python, app)
    sign.sign(app)
    most = check.version(bundle.MINIMUM)
    print(*check.notes(app, processor, most), sep="\n", flush=True)
    if found := check.faults(app, processor, most):
        raise steps.Refused("the application is not fit for another Mac:\n" + "\n".join(found))
    program = [str(app / "Contents" / "MacOS" / "foothold")]
    print(*smoke.smoke(program, VERSION), sep="\n", flush=True)
    print(f"{app.name}: {steps.megabytes(app):.1f} MB installed", flush=True)
    bare = steps.freeze([python], work, "bare.spec")
    steps.check_start(started.frozen([str(bare / "bare")], program))
    if folder_only:
        return []
    image = out / f"foothold-{VERSION}-macos-{processor}.dmg"
    image.unlink(missing_ok=True)
    steps.run(
        python, "-m", "dmgbuild", "-s", HERE / "dmg_settings.py", "-D", f"app={app}", "-D", f"icon={bundle.ICON}",
        f"Foothold {VERSION}", image,
    )  # fmt: skip
    sign.sign(image)
    stem = f"macos-{processor}"
    beside = {"THIRD-PARTY.txt": f"THIRD-PARTY-{stem}.txt", "sbom.cdx.json": f"foothold-{VERSION}-{stem}.cdx.json"}
    inside = app / "Contents" / "Resources"
    return [image, *(Path(shutil.copyfile(inside / name, out / target)) for name, target in beside.items())]


def add_facts(python: Path, app: Path) -> None:
    """Into Resources, as a signature wants; the program looks for them among its Frameworks."""
    resources, frameworks = app / "Contents" / "Resources", app / "Contents" / "Frameworks"
    steps.add_facts([python], resources)
    for name in FACTS:
        link = frameworks / name
        link.unlink(missing_ok=True)
        link.symlink_to(Path("..", "Resources", name))
