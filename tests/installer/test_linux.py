"""The Linux packages: what goes in, the same bytes twice, and a menu entry from whatever folder the program lies in."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from installer import parts, started, steps
from installer.linux import package, screen

pytestmark = pytest.mark.platform("linux")


@pytest.mark.parametrize(
    ("name", "goes_in"),
    [
        ("PySide6/opengl32sw.dll", False),
        ("PySide6\\opengl32sw.dll", False),
        ("PySide6/Qt/translations/qtbase_de.qm", False),
        ("PySide6/Qt/plugins/platforms/libqeglfs.so", False),
        ("PySide6/Qt/plugins/platforms/libqxcb.so", True),
        ("PySide6/plugins/platforms/qwindows.dll", True),
        ("PySide6/Qt/plugins/platforms/libqoffscreen.so", True),
        ("PySide6/Qt/lib/libQt6Pdf.so.6", True),
        ("keyring-25.7.0.dist-info/RECORD", False),
        ("keyring-25.7.0.dist-info/entry_points.txt", True),
        ("core/store/migrations/versions/0001_first.py", True),
        ("resources/fonts/Inter-Regular.ttf", True),
    ],
)
def test_what_goes_in(name: str, goes_in: bool) -> None:
    assert parts.kept(name) is goes_in


def test_the_parts_stand_in_one_order() -> None:
    entries = [("b", "/x", "DATA"), ("a", "/y", "DATA"), ("PySide6/opengl32sw.dll", "/z", "BINARY")]
    assert parts.trimmed(entries) == parts.trimmed(reversed(entries)) == [("a", "/y", "DATA"), ("b", "/x", "DATA")]


def test_what_only_a_part_outside_loads_stays_out() -> None:
    """As GTK's libraries, where the machine that builds has them: the plugin that loads them is not inside."""
    inside = ["libglib.so.0", "libgtkhelper.so.0", "libpcre.so.8", "libpython3.11.so.1.0", "Qt/lib/libQt6Core.so.6"]
    loads = {"/libQt6Core.so.6": ["libglib.so.0", "libc.so.6"], "/libglib.so.0": ["libpcre.so.8", "libglib.so.0"]}
    entries = [(name, f"/{name.rpartition('/')[2]}", "BINARY") for name in inside]
    found = parts.loaded(entries, lambda source: loads.get(source, []))
    assert [name for name, _, _ in found] == [name for name in inside if name != "libgtkhelper.so.0"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A frozen folder in small, where a shell and a desktop file would stumble."""
    made = tmp_path / 'Fuß "hold" $HOME 100% `x` \\脚' / "Foothold"
    made.mkdir(parents=True)
    program = made / "foothold"
    program.write_text("#!/bin/sh\necho started\n", "utf-8")
    program.chmod(0o755)
    for source, target in package.SHARE.items():
        (made / "share" / target).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(package.HERE / source, made / "share" / target)
    shutil.copy(package.HERE / "install.sh", made / "install.sh")
    return made


def test_the_standard_library_stands_in_one_order(tmp_path: Path) -> None:
    made = []
    for order in (["os.pyc", "abc.pyc"], ["abc.pyc", "os.pyc"]):
        path = tmp_path / f"{order[0]}.zip"
        with zipfile.ZipFile(path, "w") as library:
            for name in order:
                library.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), name)
        steps.sort_library(path)
        made.append(path.read_bytes())
        with zipfile.ZipFile(path) as library:
            assert [(name, library.read(name)) for name in library.namelist()] == [
                ("abc.pyc", b"abc.pyc"), ("os.pyc", b"os.pyc"),
            ]  # fmt: skip
    assert made[0] == made[1]


def test_the_package_asks_for_the_c_library_that_its_parts_need(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(steps.Refused, match="no program"):
        package.oldest_glibc(folder)
    shutil.copyfile(sys.executable, folder / "python")
    here = tuple(int(part) for part in platform.libc_ver()[1].split("."))
    needed = tuple(int(part) for part in package.oldest_glibc(folder).split("."))
    assert (2, 0) < needed <= here
    control = subprocess.run(
        ["dpkg-deb", "--field", str(package._deb(folder, tmp_path)), "Depends"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert control.startswith(f"libc6 (>= {package.oldest_glibc(folder)}), ")


def test_the_same_folder_gives_the_same_bytes(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    first = package._tar(folder, tmp_path).read_bytes()
    for path in folder.rglob("*"):
        os.utime(path, (5, 5))
    packed = package._tar(folder, tmp_path)
    assert packed.read_bytes() == first
    with tarfile.open(packed) as tar:
        modes = {one.name.split("/", 1)[1]: (one.mode, one.mtime, one.uid) for one in tar}
    assert modes["foothold"] == (0o755, 1700000000, 0)
    assert modes["share/applications/foothold.desktop"] == (0o644, 1700000000, 0)


def test_the_menu_entry_starts_it_and_goes_without_a_trace(folder: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / "Lakeside.foothold").write_text("a store", "utf-8")
    env = {"HOME": str(home), "PATH": os.environ["PATH"]}
    subprocess.run(["sh", str(folder / "install.sh")], env=env, check=True, capture_output=True)
    entry = (home / ".local/share/applications/foothold.desktop").read_text("utf-8")
    (line,) = [one for one in entry.splitlines() if one.startswith("Exec=")]
    # A value's own escapes come off first, then those of the quoted argument.
    quoted = line.removeprefix("Exec=").removesuffix(" %f").replace("\\\\", "\\")
    assert quoted[0] == quoted[-1] == '"'
    plain, at = "", 1
    while at < len(quoted) - 1:
        at += quoted[at] == "\\"
        plain += quoted[at]
        at += 1
    assert plain.replace("%%", "%") == str(folder / "foothold")
    done = subprocess.run([str(home / ".local/bin/foothold")], capture_output=True, text=True, check=True)
    assert done.stdout == "started\n"
    subprocess.run(["sh", str(folder / "install.sh"), "--remove"], env=env, check=True, capture_output=True)
    assert [path.name for path in home.rglob("*") if path.name.startswith("foothold")] == []
    assert (home / "Lakeside.foothold").read_text("utf-8") == "a store"


def test_an_older_folder_leaves_the_newer_ones_menu_entry(folder: Path, tmp_path: Path) -> None:
    newer = tmp_path / "newer"
    shutil.copytree(folder, newer)
    (tmp_path / "home").mkdir()
    env = {"HOME": str(tmp_path / "home"), "PATH": os.environ["PATH"]}
    for place in (folder, newer):
        subprocess.run(["sh", str(place / "install.sh")], env=env, check=True, capture_output=True)
    link = tmp_path / "home/.local/bin/foothold"
    done = subprocess.run(["sh", str(folder / "install.sh"), "--remove"], env=env, check=True, capture_output=True)
    assert b"another Foothold" in done.stdout
    assert link.readlink() == newer / "foothold"
    shutil.rmtree(newer)
    subprocess.run(["sh", str(folder / "install.sh"), "--remove"], env=env, check=True, capture_output=True)
    assert not link.is_symlink()


def test_a_home_that_cannot_be_written_is_said_in_one_line(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "home").write_text("a file, as a folder without rights is none to an administrator", "utf-8")
    env = {"HOME": str(tmp_path / "home"), "PATH": os.environ["PATH"]}
    done = subprocess.run(["sh", str(folder / "install.sh")], env=env, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.count("\n") == 1
    assert done.stderr.startswith("install.sh: ")


def test_the_sums_of_another_systems_packages_stay(tmp_path: Path) -> None:
    for name in ("b.exe", "a.deb"):
        (tmp_path / name).write_text(name, "utf-8")
    steps.write_sums(tmp_path, [tmp_path / "b.exe"])
    steps.write_sums(tmp_path, [tmp_path / "a.deb"])
    command = ["sha256sum", "--check", "--strict", "SHA256SUMS"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert done.stdout.splitlines() == ["a.deb: OK", "b.exe: OK"]
    # A package that is there no more has none; trying a folder alone leaves the others theirs.
    (tmp_path / "b.exe").unlink()
    steps.write_sums(tmp_path, [])
    assert (tmp_path / "SHA256SUMS").read_text("utf-8").split()[1:] == ["a.deb"]
    (tmp_path / "a.deb").unlink()
    steps.write_sums(tmp_path, [])
    assert not (tmp_path / "SHA256SUMS").exists()


@pytest.mark.skipif(shutil.which("Xvfb") is None, reason="Xvfb is not here")
def test_what_is_tried_shows_on_a_screen_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)
    monkeypatch.setenv("DISPLAY", ":the-desktop")
    monkeypatch.setenv("WAYLAND_DISPLAY", "the-desktop")
    with screen.screen():
        number = os.environ["DISPLAY"].removeprefix(":")
        assert Path(f"/tmp/.X11-unix/X{number}").is_socket()  # noqa: S108 - where X puts it
        assert "WAYLAND_DISPLAY" not in os.environ
    assert not Path(f"/tmp/.X11-unix/X{number}").exists()  # noqa: S108
    assert (os.environ["DISPLAY"], os.environ["WAYLAND_DISPLAY"]) == (":the-desktop", "the-desktop")
    with monkeypatch.context() as asked:
        asked.setenv("QT_QPA_PLATFORM", "offscreen")
        with screen.screen() as words:
            assert (words, os.environ["DISPLAY"]) == ("offscreen", ":the-desktop")


def test_a_build_needs_no_screen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in screen.NAMES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    with screen.screen():
        assert os.environ["QT_QPA_PLATFORM"] == "offscreen"
    assert "QT_QPA_PLATFORM" not in os.environ
    # What is called Xvfb here does not serve.
    (tmp_path / "Xvfb").write_text("#!/bin/sh\nexit 1\n", "utf-8")
    (tmp_path / "Xvfb").chmod(0o755)
    with pytest.raises(steps.Refused, match="did not start"), screen.screen():
        pass


def test_a_build_without_a_commit_says_what_it_needs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    monkeypatch.setattr(steps, "ROOT", tmp_path)
    with pytest.raises(steps.Refused, match="SOURCE_DATE_EPOCH"):
        steps.commit_time()


def test_a_start_that_takes_too_long_stops_the_build(capsys: pytest.CaptureFixture[str]) -> None:
    steps.check_start(started.Compared((0.1, 0.1), (0.2, 0.2), (0.3, 0.3)))
    with pytest.raises(steps.Refused, match=r"3\.5 bare windows"):
        steps.check_start(started.Compared((0.1, 0.1), (0.2, 0.2), (0.3, 0.35)))
    assert "B 3.5 bare windows (at most 3)" in capsys.readouterr().out
