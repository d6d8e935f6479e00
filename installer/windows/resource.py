"""What Windows shows of each program in its properties; foothold.spec asks here, under PyInstaller."""

from __future__ import annotations

from typing import Any

from core import VERSION

ENGLISH, UNICODE = 0x0409, 1200
COPYRIGHT = "Copyright © 2026 the Foothold authors. MIT licence."


def numbers(version: str) -> tuple[int, int, int, int]:
    """Windows knows a version as four numbers."""
    parts = [int(part) for part in version.split(".")]
    if len(parts) > 4 or any(not 0 <= part <= 0xFFFF for part in parts):
        raise ValueError(f"{version} is no version of up to four numbers")
    first, second, third, fourth = [*parts, 0, 0, 0, 0][:4]
    return first, second, third, fourth


def strings(program: str, version: str = VERSION) -> dict[str, str]:
    words = "Foothold" if program == "Foothold" else "Foothold (command line)"
    return {
        "CompanyName": "Foothold",
        "FileDescription": words,
        "FileVersion": version,
        "InternalName": program,
        "LegalCopyright": COPYRIGHT,
        "OriginalFilename": f"{program}.exe",
        "ProductName": "Foothold",
        "ProductVersion": version,
    }


def resource(program: str) -> Any:
    """PyInstaller's own type, which only PyInstaller on Windows can write."""
    from PyInstaller.utils.win32 import versioninfo as win

    table = win.StringTable(
        f"{ENGLISH:04x}{UNICODE:04x}", [win.StringStruct(name, value) for name, value in strings(program).items()]
    )
    return win.VSVersionInfo(
        ffi=win.FixedFileInfo(filevers=numbers(VERSION), prodvers=numbers(VERSION), mask=0x3F, OS=0x40004, fileType=1),
        kids=[
            win.StringFileInfo([table]),
            win.VarFileInfo([win.VarStruct("Translation", [ENGLISH, UNICODE])]),
        ],
    )
