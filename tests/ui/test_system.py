from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable

import pytest

from ui import system

linux = pytest.mark.platform("linux")


def no(*missing: str) -> Callable[[str], bool]:
    return lambda library: library not in missing


def test_an_import_error_becomes_one_line_with_the_package() -> None:
    words = system.words_for("libEGL.so.1: cannot open shared object file: No such file or directory")
    assert words == (
        "Foothold needs the system library libEGL.so.1. "
        "On Debian or Ubuntu: sudo apt install libegl1. On Fedora: sudo dnf install libglvnd-egl."
    )


def test_all_missing_libraries_are_named_at_once_and_each_package_once() -> None:
    error = "libglib-2.0.so.0: cannot open shared object file: No such file or directory"
    words = system.words_for(error, ["libglib-2.0.so.0", "libgthread-2.0.so.0", "libEGL.so.1"])
    assert words.count("libglib-2.0.so.0") == 1
    assert "apt install libglib2.0-0 libegl1." in words
    assert "\n" not in words


def test_a_library_without_a_known_package_is_still_named() -> None:
    words = system.words_for("libodd.so.7: cannot open shared object file: No such file or directory")
    assert "libodd.so.7" in words
    assert "apt" not in words


def test_without_the_qt_packages_the_way_to_start_is_told() -> None:
    assert "./uvw run main.py" in system.words_for("No module named 'PySide6'")


@linux
def test_here_qt_loads() -> None:
    assert system.missing_library() is None


@linux
def test_a_library_that_only_the_preview_loads_is_missed_too() -> None:
    words = system.missing_library(no("libgssapi_krb5.so.2"))
    assert words is not None
    assert "libgssapi-krb5-2" in words


@linux
def test_without_a_screen_it_says_what_to_do() -> None:
    words = system.no_screen({})
    assert words is not None
    assert words.startswith("There is no screen")
    assert "foothold --help" in words


@linux
@pytest.mark.parametrize("platform", ["offscreen", "minimal", "vnc:port=5901", "offscreen;xcb"])
def test_a_platform_without_a_session_needs_no_screen(platform: str) -> None:
    assert system.no_screen({"QT_QPA_PLATFORM": platform}) is None


@linux
def test_a_missing_x11_library_is_named_before_qt_would_abort() -> None:
    words = system.no_screen({"DISPLAY": ":0"}, no("libxcb-cursor.so.0"))
    assert words is not None
    assert "libxcb-cursor0" in words


@linux
def test_wayland_alone_needs_no_x11_library() -> None:
    assert system.no_screen({"WAYLAND_DISPLAY": "wayland-0"}, no(*system.X11)) is None


@linux
def test_wayland_without_its_libraries_names_them() -> None:
    words = system.no_screen({"WAYLAND_DISPLAY": "wayland-0"}, no("libwayland-cursor.so.0"))
    assert words is not None
    assert "libwayland-cursor0" in words


@linux
def test_a_screen_that_does_not_answer_is_said() -> None:
    ask = "from ui import system; print(system.no_screen(found=lambda library: True))"
    environment = {**os.environ, "DISPLAY": ":987", "QT_QPA_PLATFORM": "xcb"}
    done = subprocess.run([sys.executable, "-c", ask], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.startswith("The screen :987 does not answer.")


@pytest.mark.parametrize(
    ("version", "told"), [("13.6.1", True), ("12", True), ("14.0", False), ("26.1", False), ("", False)]
)
def test_macos_before_14_is_told(version: str, told: bool) -> None:
    assert (system.old_system(version) is not None) is told


def test_asking_loads_no_qt() -> None:
    ask = "import sys; from ui import system; system.no_screen({}); sys.exit('PySide6' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", ask]).returncode == 0


@linux
def test_a_screen_that_answers_is_enough() -> None:
    program = shutil.which("Xvfb")
    if program is None:
        pytest.skip("Xvfb is not installed")
    read, write = os.pipe()
    server = subprocess.Popen(
        [program, "-displayfd", str(write), "-nolisten", "tcp"], pass_fds=[write], stderr=subprocess.DEVNULL
    )
    try:
        os.close(write)
        with os.fdopen(read) as number:
            display = f":{number.readline().strip()}"
        ask = "from ui import system; print(system.no_screen())"
        environment = {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
        done = subprocess.run([sys.executable, "-c", ask], env=environment, capture_output=True, text=True, check=True)
        assert done.stdout.strip() == "None"
    finally:
        server.terminate()
        server.wait(10)
