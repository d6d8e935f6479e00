"""What of the libraries goes into the frozen program and what stays out, and why; foothold.spec asks here.

Names are paths inside the program's folder with / between the parts, and fnmatch patterns.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fnmatch import fnmatchcase

MODULES_OUT = (
    # Foothold has no network, so nothing needs TLS; hashlib has its own sums, and SQLCipher and argon2 theirs.
    "ssl", "_ssl", "_hashlib",
    # For people at a Python prompt.
    "tkinter", "_tkinter", "curses", "_curses", "readline", "pydoc", "doctest", "pdb", "lib2to3", "idlelib", "turtle",
    # Foothold works in threads; with it, each start would load pickles and sockets.
    "multiprocessing", "concurrent.futures.process",
    # Tests and installers of other packages.
    "unittest", "test", "_testcapi", "_testinternalcapi", "setuptools", "pip", "ensurepip", "distutils", "wheel",
    # Qt's other rooms, and what Qt's hooks would take along for them.
    "PySide6.QtNetwork", "PySide6.QtQml", "PySide6.QtQuick", "PySide6.QtOpenGL", "PySide6.QtTest",
    # What libraries could use if it were there.
    "numpy", "lxml", "pandas", "IPython", "pygments", "rlPyCairo", "rl_renderPM", "greenlet", "mako.ext",
    # Pictures: a logo is PNG or JPEG, drawn by ReportLab; these formats weigh 10 MB.
    "PIL.AvifImagePlugin", "PIL._avif", "PIL.WebPImagePlugin", "PIL._webp", "PIL._imagingtk", "PIL.ImageTk",
    "PIL._imagingcms", "PIL.ImageQt",
    # Databases and servers that SQLAlchemy and Alembic could speak with.
    "sqlalchemy.dialects.mysql", "sqlalchemy.dialects.oracle", "sqlalchemy.dialects.mssql",
    "sqlalchemy.dialects.postgresql", "sqlite3", "_sqlite3", "pysqlite2", "MySQLdb", "psycopg2",
)  # fmt: skip

FILES_OUT = (
    # Foothold speaks English, as Qt does without a translation.
    "PySide6/*translations/*",
    # Software OpenGL and what draws with it: widgets are painted without.
    "*opengl32sw.dll", "*d3dcompiler_*.dll", "*libQt6OpenGL.so*", "*Qt6OpenGL.dll",
    "*Qt6Quick*", "*Qt6Qml*", "*Qt6VirtualKeyboard*", "*QtVirtualKeyboard*",
    # Screens of machines without a desktop.
    "*platforms/*eglfs*", "*platforms/*linuxfb*", "*platforms/*minimalegl*", "*platforms/*vkkhr*", "*platforms/*vnc*",
    "*platforms/*direct2d*", "*egldeviceintegrations/*", "*libQt6EglFS*", "*libQt6EglFs*", "*plugins/generic/*",
    "*libQt6WlShellIntegration*", "*wayland-shell-integration/libwl-*", "*wayland-shell-integration/libivi-*",
    "*wayland-shell-integration/libfullscreen*", "*wayland-graphics-integration-client/*", "*xcbglintegrations/*",
    # GTK's look, and with it half of GNOME; the portal theme gives its file windows.
    "*platformthemes/libqgtk3.so", "libgtk-3*", "libgdk*", "libcairo*", "libpango*", "libatk*", "libpixman*",
    "libharfbuzz*", "libgraphite2*", "libthai*", "libdatrie*", "libfribidi*", "libepoxy*", "libxkbfile*",
    # Pictures that no logo is: Qt reads PNG itself, and JPEG, SVG and ICO by plugin.
    "*imageformats/*qpdf*", "*imageformats/*qtiff*", "*imageformats/*qwebp*", "*imageformats/*qtga*",
    "*imageformats/*qwbmp*", "*imageformats/*qicns*", "*imageformats/*qgif*",
    "*libavif*", "*libwebp*", "*libsharpyuv*",
    # How 27 countries write in English, and what that stands on: 1 of 32 MB.
    "babel/locale-data/[!er]*.dat", "babel/locale-data/e[!n]*.dat", "babel/locale-data/r[!o]*.dat",
    "babel/locale-data/ro[!o]*.dat",
    # The same again for newer processors, which two names a time do not need: without it rapidfuzz takes the other.
    "rapidfuzz/*_avx2*", "rapidfuzz/*/*_avx2*",
    # Network of Qt.
    "*plugins/tls/*", "*plugins/networkinformation/*",
    # How a package was installed on the machine that builds: it bears that machine's paths.
    "*.dist-info/RECORD", "*.dist-info/INSTALLER", "*.dist-info/REQUESTED", "*.dist-info/direct_url.json",
    "*.dist-info/uv_*.json",
    # ReportLab's own fonts and barcodes' files; papers use the program's fonts.
    "reportlab/fonts/*",
)  # fmt: skip


def kept(name: str) -> bool:
    """Whether the file of this name goes in."""
    name = name.replace("\\", "/")
    return not any(fnmatchcase(name, pattern) for pattern in FILES_OUT)


def trimmed(entries: Iterable[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    """PyInstaller's (name inside, source, kind) without what stays out, in one order on every machine."""
    return sorted(entry for entry in entries if kept(entry[0]))


def loaded(
    entries: Iterable[tuple[str, str, str]], loads: Callable[[str], Iterable[str]]
) -> list[tuple[str, str, str]]:
    """Without the system's libraries that nothing kept asks for.

    PyInstaller brings along what any part loads, also one that stays out: with GTK on the machine that builds, dozens
    of its libraries. `loads` gives the names that the file of a source asks for.
    """
    entries = list(entries)
    # The loader opens Python's own library by its name.
    waiting = [entry for entry in entries if not _shared(entry[0]) or entry[0].startswith("libpython")]
    system = {entry[0]: entry for entry in entries if entry not in waiting}
    stays = set(waiting)
    while waiting:
        found = {system[name] for name in loads(waiting.pop()[1]) if name in system} - stays
        stays |= found
        waiting += found
    return [entry for entry in entries if entry in stays]


def _shared(name: str) -> bool:
    """A library of the system lies right in the folder; what came with a package lies in that package's."""
    return name.startswith("lib") and "/" not in name
