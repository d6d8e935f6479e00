"""Reads the heads of Mach-O files: for which processors, from which macOS on, and which libraries they load.

After Apple's <mach-o/loader.h> and <mach-o/fat.h>. Works on any system; nothing is run.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path

THIN = {b"\xcf\xfa\xed\xfe": "<", b"\xfe\xed\xfa\xcf": ">", b"\xce\xfa\xed\xfe": "<", b"\xfe\xed\xfa\xce": ">"}
WIDE = {b"\xcf\xfa\xed\xfe", b"\xfe\xed\xfa\xcf"}
FAT = {b"\xca\xfe\xba\xbe": ">IIIII", b"\xca\xfe\xba\xbf": ">IIQQII"}
PROCESSORS = {0x01000007: "x86_64", 0x0100000C: "arm64", 7: "i386", 12: "arm"}
MOST_SLICES = 16
"""A Java class begins like a fat file; its next number is far larger."""
ID_DYLIB, VERSION_MIN_MACOS, BUILD_VERSION = 0xD, 0x24, 0x32
LOADS = {0xC, 0x80000018, 0x8000001F, 0x80000023}
MACOS = 1
EXECUTE = 2


class Broken(ValueError):
    """It begins as a Mach-O file and does not go on as one."""


@dataclass(frozen=True)
class Slice:
    """`minimum` is (14, 0), None where the file does not say. `loads` are names as the linker wrote them."""

    processor: str
    program: bool
    minimum: tuple[int, int] | None
    loads: tuple[str, ...]


def slices(path: Path) -> list[Slice]:
    """Empty for a file of another kind."""
    with path.open("rb") as file:
        magic = file.read(4)
        if magic not in FAT and magic not in THIN:
            return []
        data = magic + file.read()
    try:
        return _fat(data) if magic in FAT else [_thin(data)]
    except (struct.error, IndexError) as error:
        raise Broken(f"{path.name} ends in the middle of its head") from error


def _fat(data: bytes) -> list[Slice]:
    form = FAT[data[:4]]
    (count,) = struct.unpack_from(">I", data, 4)
    if count > MOST_SLICES:
        return []
    found = []
    for at in range(count):
        entry = struct.unpack_from(form, data, 8 + at * struct.calcsize(form))
        start, size = entry[2], entry[3]
        if start + size > len(data):
            raise Broken("a slice reaches beyond the file")
        found.append(_thin(data[start : start + size]))
    return found


def _thin(data: bytes) -> Slice:
    if data[:4] not in THIN:
        raise Broken("a slice is no Mach-O file")
    order = THIN[data[:4]]
    processor, _, kind, count = struct.unpack_from(f"{order}IIII", data, 4)
    at = 32 if data[:4] in WIDE else 28
    minimum, loads = None, []
    for _ in range(count):
        command, size = struct.unpack_from(f"{order}II", data, at)
        if size < 8 or at + size > len(data):
            raise Broken("a command reaches beyond the file")
        if command == BUILD_VERSION:
            platform, version = struct.unpack_from(f"{order}II", data, at + 8)
            minimum = _version(version) if platform == MACOS else minimum
        elif command == VERSION_MIN_MACOS:
            minimum = _version(struct.unpack_from(f"{order}I", data, at + 8)[0])
        elif command in LOADS:
            start = struct.unpack_from(f"{order}I", data, at + 8)[0]
            loads.append(data[at + start : at + size].split(b"\0")[0].decode("utf-8", "replace"))
        at += size
    return Slice(PROCESSORS.get(processor, hex(processor)), kind == EXECUTE, minimum, tuple(loads))


def _version(packed: int) -> tuple[int, int]:
    return packed >> 16, packed >> 8 & 0xFF
