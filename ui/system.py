"""What this computer lacks for a window, in one sentence each, asked before Qt is started: Qt itself would abort.

Qt is imported inside functions only, so that these sentences can still be said where it cannot be loaded.
"""

from __future__ import annotations

import ctypes
import os
import platform
import re
import sys
from collections.abc import Callable, Iterable, Mapping

OLDEST_MACOS = 14

# Library: its package on Debian and Ubuntu, on Fedora. The first table is what the Qt wheels load on any screen.
ALWAYS = {
    "libEGL.so.1": ("libegl1", "libglvnd-egl"),
    "libGL.so.1": ("libgl1", "libglvnd-glx"),
    "libX11.so.6": ("libx11-6", "libX11"),
    "libxkbcommon.so.0": ("libxkbcommon0", "libxkbcommon"),
    "libfontconfig.so.1": ("libfontconfig1", "fontconfig"),
    "libfreetype.so.6": ("libfreetype6", "freetype"),
    "libdbus-1.so.3": ("libdbus-1-3", "dbus-libs"),
    "libglib-2.0.so.0": ("libglib2.0-0", "glib2"),
    "libgthread-2.0.so.0": ("libglib2.0-0", "glib2"),
    "libzstd.so.1": ("libzstd1", "libzstd"),
    "libbrotlidec.so.1": ("libbrotli1", "libbrotli"),
    "libgssapi_krb5.so.2": ("libgssapi-krb5-2", "krb5-libs"),
    "libstdc++.so.6": ("libstdc++6", "libstdc++"),
}
X11 = {
    "libxcb-cursor.so.0": ("libxcb-cursor0", "xcb-util-cursor"),
    "libxcb-icccm.so.4": ("libxcb-icccm4", "xcb-util-wm"),
    "libxcb-image.so.0": ("libxcb-image0", "xcb-util-image"),
    "libxcb-keysyms.so.1": ("libxcb-keysyms1", "xcb-util-keysyms"),
    "libxcb-render-util.so.0": ("libxcb-render-util0", "xcb-util-renderutil"),
    "libxcb-util.so.1": ("libxcb-util1", "xcb-util"),
    "libxkbcommon-x11.so.0": ("libxkbcommon-x11-0", "libxkbcommon-x11"),
    "libX11-xcb.so.1": ("libx11-xcb1", "libX11-xcb"),
    "libxcb.so.1": ("libxcb1", "libxcb"),
    "libxcb-randr.so.0": ("libxcb-randr0", "libxcb"),
    "libxcb-render.so.0": ("libxcb-render0", "libxcb"),
    "libxcb-shape.so.0": ("libxcb-shape0", "libxcb"),
    "libxcb-shm.so.0": ("libxcb-shm0", "libxcb"),
    "libxcb-sync.so.1": ("libxcb-sync1", "libxcb"),
    "libxcb-xfixes.so.0": ("libxcb-xfixes0", "libxcb"),
    "libxcb-xkb.so.1": ("libxcb-xkb1", "libxcb"),
}
WAYLAND = {
    "libwayland-client.so.0": ("libwayland-client0", "libwayland-client"),
    "libwayland-cursor.so.0": ("libwayland-cursor0", "libwayland-cursor"),
}
PACKAGES = {**ALWAYS, **X11, **WAYLAND}

# Platforms of Qt that ask for no desktop session.
WITHOUT_SESSION = {"offscreen", "minimal", "minimalegl", "vnc", "linuxfb", "eglfs", "vkkhrdisplay"}


def loads(library: str) -> bool:
    """Whether the system's loader finds the library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def lacking(libraries: Iterable[str]) -> str:
    """One line that names the libraries and the packages that hold them."""
    names = list(dict.fromkeys(libraries))
    known = [PACKAGES[name] for name in names if name in PACKAGES]
    subject = "the system library" if len(names) == 1 else "the system libraries"
    words = f"Foothold needs {subject} {', '.join(names)}."
    if not known:
        return f"{words} Install the package of your system that holds it."
    debian = " ".join(dict.fromkeys(pair[0] for pair in known))
    fedora = " ".join(dict.fromkeys(pair[1] for pair in known))
    return f"{words} On Debian or Ubuntu: sudo apt install {debian}. On Fedora: sudo dnf install {fedora}."


def missing_library(found: Callable[[str], bool] = loads) -> str | None:
    """What Qt cannot be loaded without on this Linux, with the packages that bring it; None where it loads."""
    if not sys.platform.startswith("linux"):
        return None
    try:
        import PySide6.QtGui
        import PySide6.QtWidgets  # noqa: F401
    except ImportError as error:
        return words_for(str(error), [name for name in ALWAYS if not found(name)])
    # Loaded only later, by the preview of a paper.
    later = [name for name in ("libgssapi_krb5.so.2",) if not found(name)]
    return lacking(later) if later else None


def words_for(error: str, also: Iterable[str] = ()) -> str:
    """The sentence for the text of an ImportError of Qt; `also` are libraries known to be missing besides."""
    named = re.match(r"(\S+\.so[.\d]*): cannot open shared object file", error)
    libraries = [*([named[1]] if named else []), *also]
    if libraries:
        return lacking(libraries)
    if "No module named" in error:
        return "Foothold's Qt packages are not installed here. Start it with: ./uvw run main.py"
    return f"Foothold cannot load Qt on this system: {error}"


def no_screen(environment: Mapping[str, str] = os.environ, found: Callable[[str], bool] = loads) -> str | None:
    """Why no window can be opened on this Linux, and what to do; None where one can."""
    if not sys.platform.startswith("linux"):
        return None
    wanted = environment.get("QT_QPA_PLATFORM", "").split(";")[0].split(":")[0]
    if wanted in WITHOUT_SESSION:
        return None
    x11, wayland = bool(environment.get("DISPLAY")), bool(environment.get("WAYLAND_DISPLAY"))
    if not x11 and not wayland:
        return (
            "There is no screen here to open a window on. Start Foothold from a desktop session, "
            "or use a command that needs no window: foothold --help lists them."
        )
    if wayland and wanted in ("", "wayland") and all(map(found, WAYLAND)):
        return None
    if x11 and wanted in ("", "xcb"):
        missing = [name for name in X11 if not found(name)]
        if missing:
            return lacking(missing)
        if not answers():
            return (
                f"The screen {environment['DISPLAY']} does not answer. Start Foothold from a desktop session, "
                "or use a command that needs no window: foothold --help lists them."
            )
        return None
    if wayland:
        return lacking(name for name in WAYLAND if not found(name))
    return None


def answers() -> bool:
    """Whether the X server that DISPLAY names takes a connection."""
    xcb = ctypes.CDLL("libxcb.so.1")
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connection_has_error.argtypes = xcb.xcb_disconnect.argtypes = [ctypes.c_void_p]
    connection = xcb.xcb_connect(None, None)
    failed: int = xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    return not failed


def old_system(version: str | None = None) -> str | None:
    """A sentence where macOS is older than Qt's wheels allow. `version` is as in "13.6"; None asks the system."""
    if version is None:
        version = platform.mac_ver()[0] if sys.platform == "darwin" else ""
    first = version.split(".")[0]
    if not first.isdigit() or int(first) >= OLDEST_MACOS:
        return None
    return f"Foothold needs macOS {OLDEST_MACOS} or later; this is macOS {version}. Update the system, please."


def no_window() -> str | None:
    """The first reason why no window can be opened on this computer, or None."""
    return old_system() or missing_library() or no_screen()
