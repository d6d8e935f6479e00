"""A .tar.gz that is unpacked anywhere, and a .deb; both hold the same frozen folder."""

from __future__ import annotations

import gzip
import platform
import re
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path

from core import VERSION
from installer import smoke, started, steps
from installer.linux import screen

HERE = Path(__file__).parent
ARCHITECTURES = {"x86_64": "amd64", "aarch64": "arm64"}
SHARE = {
    "foothold.desktop": "applications/foothold.desktop",
    "foothold.xml": "mime/packages/foothold.xml",
    "com.foothold.Foothold.metainfo.xml": "metainfo/com.foothold.Foothold.metainfo.xml",
    "foothold.png": "icons/hicolor/256x256/apps/foothold.png",
}
CONTROL = """Package: foothold
Version: {version}
Architecture: {architecture}
Maintainer: Foothold <hello@foothold.example>
Section: misc
Priority: optional
Installed-Size: {kilobytes}
Depends: libc6 (>= {glibc}), fontconfig-config, libegl1, libgl1, libxkbcommon0, libxkbcommon-x11-0, libxcb-cursor0,
 libxcb-icccm4, libxcb-image0, libxcb-keysyms1, libxcb-render-util0, libxcb-shape0, libxcb-xinerama0 | libxcb-xkb1
Description: Run short paid projects for students, offline
 With Foothold a small employer runs a micro-internship program on its own
 computer. What is kept about people stays in one encrypted file.
"""


def make(out: Path, *, folder_only: bool = False) -> list[Path]:
    work = steps.ROOT / "build" / "linux"
    python = steps.environment(work)
    folder = steps.freeze([python], work)
    steps.add_facts([python], folder / "_internal")
    share = folder / "share"
    for source, target in SHARE.items():
        (share / target).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(HERE / source, share / target)
    for name in ("LICENSE", "CHANGELOG.md"):
        shutil.copyfile(steps.ROOT / name, folder / name)
    shutil.copyfile(HERE / "install.sh", folder / "install.sh")
    (folder / "install.sh").chmod(0o755)
    bare = steps.freeze([python], work, "bare.spec")
    print(
        f"{folder.name}: {steps.megabytes(folder):.1f} MB installed, glibc {oldest_glibc(folder)} or later", flush=True
    )
    with screen.screen() as words:
        print(f"tried on: {words}", flush=True)
        print(*smoke.smoke([str(folder / "foothold")], VERSION), sep="\n", flush=True)
        steps.check_start(started.frozen([str(bare / "bare")], [str(folder / "foothold")]))
        if folder_only:
            return []
        made = [_tar(folder, out), _deb(folder, out), *_beside(folder, out)]
        _try(made[0])
    return made


def _tar(folder: Path, out: Path) -> Path:
    target = out / f"foothold-{VERSION}-linux-{platform.machine()}.tar.gz"
    top = f"foothold-{VERSION}"

    def plain(entry: tarfile.TarInfo) -> tarfile.TarInfo:
        entry.mtime, entry.uid, entry.gid, entry.uname, entry.gname = steps.commit_time(), 0, 0, "", ""
        entry.mode = 0o755 if entry.isdir() or entry.mode & 0o100 else 0o644
        return entry

    with (
        target.open("wb") as file,
        gzip.GzipFile("", "wb", 9, file, mtime=0) as packed,
        tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as tar,
    ):
        for path in sorted(folder.rglob("*")):
            tar.add(path, f"{top}/{path.relative_to(folder).as_posix()}", recursive=False, filter=plain)
    return target


def _deb(folder: Path, out: Path) -> Path:
    """Under /opt, with the menu entry and the file type where desktops look for them."""
    architecture = ARCHITECTURES.get(platform.machine(), platform.machine())
    target = out / f"foothold_{VERSION}_{architecture}.deb"
    if shutil.which("dpkg-deb") is None:
        raise steps.Refused("dpkg-deb makes the .deb and is not here. Install the package dpkg, or use --folder-only.")
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        shutil.copytree(folder, root / "opt" / "foothold", symlinks=True)
        shutil.move(root / "opt" / "foothold" / "share", root / "usr" / "share")
        (root / "opt" / "foothold" / "install.sh").unlink()
        (root / "usr" / "bin").mkdir(parents=True)
        (root / "usr" / "bin" / "foothold").symlink_to("/opt/foothold/foothold")
        (root / "DEBIAN").mkdir()
        words = CONTROL.format(
            version=VERSION,
            architecture=architecture,
            kilobytes=round(steps.megabytes(folder) * 1000),
            glibc=oldest_glibc(folder),
        )
        (root / "DEBIAN" / "control").write_text(words, "utf-8")
        for path in [root, *root.rglob("*")]:
            if not path.is_symlink():
                path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
        steps.set_times(root)
        steps.run(
            "dpkg-deb", "--root-owner-group", "-Zxz", "--build", root, target,
            SOURCE_DATE_EPOCH=str(steps.commit_time()),
        )  # fmt: skip
    return target


def oldest_glibc(folder: Path) -> str:
    """The oldest C library that all in the folder can run with, as "2.36". It is no newer than the one here."""
    # objdump is of binutils, which PyInstaller needs as well.
    files = [path for path in folder.rglob("*") if path.is_file() and not path.is_symlink() and _is_elf(path)]
    said = subprocess.run(["objdump", "-p", *files], capture_output=True, text=True, check=True).stdout if files else ""
    asked = {(int(one[1]), int(one[2])) for one in re.finditer(r"\bGLIBC_(\d+)\.(\d+)", said)}
    if not asked:
        raise steps.Refused(f"no program that asks for a C library lies in {folder}.")
    return "{}.{}".format(*max(asked))


def _is_elf(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) == b"\x7fELF"


def _beside(folder: Path, out: Path) -> list[Path]:
    names = {"sbom.cdx.json": f"foothold-{VERSION}-linux.cdx.json", "THIRD-PARTY.txt": "THIRD-PARTY-linux.txt"}
    return [
        Path(shutil.copyfile(folder / "_internal" / source, out / target))
        for source, target in names.items()
        if (folder / "_internal" / source).is_file()
    ]


def _try(packed: Path) -> None:
    """From the packed file, in a folder whose name has all that trips programs up."""
    with tempfile.TemporaryDirectory(prefix="Fuß hold 脚 ") as name:
        with tarfile.open(packed) as tar:
            tar.extractall(name, filter="data")
        smoke.smoke([str(Path(name) / f"foothold-{VERSION}" / "foothold")], VERSION, pictures=False)
    print(f"{packed.name}: unpacked and tried", flush=True)
