"""Installs, uses, upgrades and uninstalls the setup program as a person's computer would, and says what held.

On Debian this happens in the rig's own Windows. On Windows it happens in the account that builds, so it is refused
where Foothold is installed there already.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from core import VERSION
from installer.smoke import Failed, Program, smoke
from installer.windows import rig

NATIVE = sys.platform == "win32"
UNINSTALL = r"Software\Microsoft\Windows\CurrentVersion\Uninstall\Foothold"
TYPE = r"Software\Classes\Foothold.Store"
OPEN = TYPE + r"\shell\open\command"
RUNS, NEWER, NOWHERE, TOO_LONG, ELSEWHERE, TOO_OLD = 5, 6, 7, 8, 9, 10
PATIENCE = 120.0
VALUE = """import sys, winreg
try:
    with winreg.OpenKey(winreg.HKEY_CURRENT_USER, sys.argv[1]) as key:
        print(winreg.QueryValueEx(key, sys.argv[2])[0])
except FileNotFoundError:
    pass
"""

# As a virus scanner does: nobody else may read, write or delete it meanwhile.
HOLD = """import ctypes, sys, time
take = ctypes.windll.kernel32.CreateFileW
take.restype = ctypes.c_void_p
print(take(sys.argv[1], 0x80000000, 0, None, 3, 0, None) != ctypes.c_void_p(-1).value, flush=True)
time.sleep(float(sys.argv[2]))
"""


def program(path: str | Path, *words: str) -> list[str]:
    """The command of a Windows program on this machine."""
    return [str(path), *words] if NATIVE else rig.exe(path, *words)


def run(setup: Path, older: Path, version_of_older: str) -> list[str]:
    """What was tried, a line each. `older`: a setup program of an earlier version. Raises Failed."""
    if value(UNINSTALL, "DisplayVersion") is not None:
        raise Failed("Foothold is installed in this account, so that a trial would replace it. Uninstall it first.")
    with tempfile.TemporaryDirectory(prefix="Fuß hold 脚 ") as name:
        place = Path(name)
        folder = place / "Programs"
        trial = Trial(setup, older, version_of_older, folder, place)
        try:
            return list(trial.all())
        finally:
            trial.clear()


class Trial:
    def __init__(self, setup: Path, older: Path, version_of_older: str, folder: Path, place: Path) -> None:
        self.setup, self.older, self.before, self.folder, self.place = setup, older, version_of_older, folder, place
        self.cli = folder / "app" / "foothold-cli.exe"

    def all(self) -> Iterator[str]:
        yield self.long_path()
        yield self.no_drive()
        if not NATIVE:
            yield self.old_windows()
        self.install(self.older)
        self.holds(self.before)
        yield f"{self.before} installed in {self.folder}"
        yield self.scanned()
        yield self.cut_off()
        yield self.while_it_runs()
        (self.folder / "app" / "note.txt").write_text("mine")
        self.install(self.setup)
        self.holds(VERSION)
        if not (self.folder / "app" / "note.txt").is_file() or (self.folder / "app.old").exists():
            raise Failed("the upgrade lost what a person had put beside the program, or left the old program")
        yield f"upgraded to {VERSION}"
        yield self.turned_down("an older version", self.older, NEWER)
        yield self.turned_down("a second folder", self.setup, ELSEWHERE, self.place / "Second")
        yield self.mended()
        yield from smoke(program(self.cli), VERSION)
        yield self.keyring()
        (self.folder / "app" / "note.txt").unlink()
        if not NATIVE:
            yield self.held_to_the_end()
        yield self.uninstalled()

    def install(self, setup: Path, folder: Path | str | None = None, *, ends: int = 0) -> str:
        """Silently, into a path or into a folder as Windows names it; what it said."""
        into = folder if isinstance(folder, str) else windows(folder or self.folder)
        # NSIS takes all that follows /D= as it stands and wants no quotes, so it goes in word by word.
        words = f"/S /D={into}".split(" ")
        done = subprocess.run(
            program(setup, *words), capture_output=True, encoding="utf-8", errors="replace", timeout=600, check=False
        )
        if done.returncode != ends:
            raise Failed(f"{setup.name} ended with {done.returncode}, not {ends}: {done.stdout}{done.stderr}")
        return done.stdout + done.stderr

    def holds(self, version: str) -> None:
        """The program, its entries in the registry and the menu are of this version."""
        said = Program(program(self.cli), self.place).run("--version")
        wanted = {
            (UNINSTALL, "DisplayVersion"): version,
            (UNINSTALL, "InstallLocation"): windows(self.folder),
            (OPEN, None): f'"{windows(self.folder)}\\app\\Foothold.exe" "%1"',
        }
        found = {key: value(*key) for key in wanted}
        if VERSION not in said or found != wanted or not shortcut().is_file() or (self.folder / "app.new").exists():
            raise Failed(f"installed, {version} does not hold: {said} {found}")

    def turned_down(self, what: str, setup: Path, code: int, folder: Path | None = None) -> str:
        held = value(UNINSTALL, "DisplayVersion")
        said = self.install(setup, folder, ends=code)
        self.holds(str(held))
        if "Nothing was changed" not in said or (folder is not None and folder.exists()):
            raise Failed(f"{what} was turned down without words: {said}")
        return f"{what}: {' '.join(said.split())}"

    def long_path(self) -> str:
        deep = self.place / ("f" * (240 - len(windows(self.place)) - 1))
        said = self.install(self.setup, deep, ends=TOO_LONG)
        if "too long" not in said or deep.exists():
            raise Failed(f"a path of 240 letters was not turned down: {said}")
        return f"a path of 240 letters: {' '.join(said.split())}"

    def no_drive(self) -> str:
        free = next(letter for letter in "QRSTUVW" if not NATIVE or not Path(f"{letter}:\\").exists())
        said = self.install(self.setup, f"{free}:\\Foothold", ends=NOWHERE)
        if value(UNINSTALL, "DisplayVersion") is not None:
            raise Failed("a drive that is not there was taken for another folder")
        return f"no such drive: {' '.join(said.split())}"

    def old_windows(self) -> str:
        """Only Wine can be told to be another Windows."""
        try:
            rig.pretend("win81")
            said = self.install(self.setup, ends=TOO_OLD)
        finally:
            rig.pretend("win10")
        if self.folder.exists():
            raise Failed("something was put on a Windows that is too old")
        return f"Windows 8.1: {' '.join(said.split())}"

    def scanned(self) -> str:
        with held(self.folder / "app" / "Foothold.exe", seconds=3):
            self.install(self.older)
        self.holds(self.before)
        return "a file that is held for three seconds: waited for, and installed"

    def held_to_the_end(self) -> str:
        """On Windows the uninstaller hands over to a copy of itself and ends, so that this could not be told there."""
        library = next(self.folder.rglob("Qt6Gui.dll"))
        with held(library, seconds=PATIENCE):
            self.quietly("/S")
            entry = value(UNINSTALL, "UninstallString")
        if entry is None or not library.is_file() or not (self.folder / "Uninstall.exe").is_file():
            raise Failed("the uninstaller left a file that was held, and no way to remove it")
        return "uninstalled while a file is held: what is left can be uninstalled again"

    def cut_off(self) -> str:
        """The upgrade is ended while it unpacks; the old version still runs, and the next upgrade clears up."""
        running = subprocess.Popen(program(self.setup, *f"/S /D={windows(self.folder)}".split(" ")))
        new = self.folder / "app.new"
        until(lambda: (new / "_internal").is_dir(), "the upgrade unpacks nothing")
        running.terminate()
        running.wait()
        said = Program(program(self.cli), self.place).run("--version")
        if VERSION not in said or value(UNINSTALL, "DisplayVersion") != self.before:
            raise Failed("the upgrade that was cut off hurt the old version")
        return f"cut off while it unpacked {sum(1 for _ in new.rglob('*'))} files: the old version still runs"

    def while_it_runs(self) -> str:
        with self.desk():
            said = self.install(self.setup, ends=RUNS)
            if value(UNINSTALL, "DisplayVersion") != self.before or (self.folder / "app.old").exists():
                raise Failed("the upgrade changed a program that runs")
        return f"while it runs: {' '.join(said.split())}"

    @contextmanager
    def desk(self) -> Iterator[None]:
        store, key = self.place / "open.foothold", self.place / "key.txt"
        key.write_text("four words do well\n", "utf-8")
        key.chmod(0o600)
        Program(program(self.cli), self.place).run("new", store.name, "--sample", "--key-file", key.name)
        holder = store.with_name(store.name + ".lock")
        holder.unlink(missing_ok=True)
        running = subprocess.Popen(
            program(self.folder / "app" / "Foothold.exe", store.name, "--key-file", key.name), cwd=self.place
        )
        try:
            until(holder.exists, "the desk does not open the store")
            yield
        finally:
            running.terminate()
            running.wait()

    def mended(self) -> str:
        """As when the power failed between the two renames: what the next sign-in starts takes the first one back."""
        (self.folder / "app").rename(self.folder / "app.old")
        self.quietly("/S", "/mend")
        until(self.cli.is_file, "the upgrade that was cut off between its renames was not mended")
        return "cut off between its two renames: mended at the next sign-in"

    def keyring(self) -> str:
        """The store's key lies in the Credential Locker, and another process finds it there."""
        installed = Program(program(self.cli), self.place)
        installed.run("new", "locker.foothold", "--sample")
        installed.run("list", "locker.foothold", "offers")
        (self.place / "letters").mkdir()
        installed.run("letter", "locker.foothold", "--all", "--out", "letters")
        papers = list((self.place / "letters").glob("*.pdf"))
        if not papers or not all(paper.read_bytes().startswith(b"%PDF") for paper in papers):
            raise Failed("no letter was printed")
        return f"a store with its key in the Credential Locker, and {len(papers)} letters from it"

    def uninstalled(self) -> str:
        self.quietly("/S")
        until(lambda: not self.folder.exists(), "the uninstaller left files of the program")
        until(lambda: value(UNINSTALL, "DisplayVersion") is None, "the uninstaller left its entry")
        if value(OPEN, None) is not None or shortcut().exists():
            raise Failed("the uninstaller left the file type or the menu entry")
        if not (self.place / "locker.foothold").is_file():
            raise Failed("the uninstaller took the store")
        return "uninstalled; the store is still there"

    def quietly(self, *words: str) -> None:
        subprocess.run(program(self.folder / "Uninstall.exe", *words), capture_output=True, timeout=600, check=True)

    def clear(self) -> None:
        """After a trial that failed nothing stays behind either."""
        if (self.folder / "Uninstall.exe").is_file():
            self.quietly("/S")
            until(lambda: not (self.folder / "Uninstall.exe").exists(), "the uninstaller left itself")
        shutil.rmtree(self.folder, ignore_errors=True)


@contextmanager
def held(path: Path, *, seconds: float) -> Iterator[None]:
    """Another program has the file open, and ends by itself after that time or with this."""
    start = [sys.executable] if NATIVE else rig.python()
    holding = subprocess.Popen([*start, "-c", HOLD, windows(path), str(seconds)], stdout=subprocess.PIPE, text=True)
    try:
        assert holding.stdout is not None
        if holding.stdout.readline().strip() != "True":
            raise Failed(f"{path.name} could not be held")
        yield
    finally:
        holding.terminate()
        holding.wait()


def windows(path: Path) -> str:
    return str(path) if NATIVE else rig.inside(path)


def value(key: str, name: str | None) -> str | None:
    """A value of the person's registry, the unnamed one for None; None where there is none."""
    return asked(VALUE, key, name or "") or None


def shortcut() -> Path:
    said = asked("import os; print(os.environ['APPDATA'])")
    data = Path(said) if NATIVE else rig.PREFIX / "drive_c" / said.removeprefix("C:\\").replace("\\", "/")
    return data / "Microsoft" / "Windows" / "Start Menu" / "Programs" / "Foothold.lnk"


def asked(words: str, *arguments: str) -> str:
    """What a Python on Windows prints; reg.exe would print in a code page that lacks most letters."""
    start = [sys.executable] if NATIVE else rig.python()
    command = [*start, "-X", "utf8", "-c", words, *arguments]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=True).stdout.strip()


def until(holds: Callable[[], bool], otherwise: str) -> None:
    end = time.monotonic() + PATIENCE
    while not holds():
        if time.monotonic() > end:
            raise Failed(otherwise)
        time.sleep(0.1)
