"""What makes a folder an application: Info.plist and the words for PyInstaller's BUNDLE."""

from __future__ import annotations

import plistlib
from pathlib import Path
from typing import Any

from core import VERSION

HERE = Path(__file__).parent
NAME = "Foothold.app"
IDENTIFIER = "com.foothold.Foothold"
STORE = "com.foothold.store"
MINIMUM = "14.0"
"""Of macOS, as Qt's libraries ask for."""
ENTITLEMENTS = HERE / "entitlements.plist"
ICON = HERE / "foothold.icns"

INFO_PLIST: dict[str, Any] = {
    "CFBundleName": "Foothold",
    "CFBundleDisplayName": "Foothold",
    "CFBundleIdentifier": IDENTIFIER,
    "CFBundleShortVersionString": VERSION,
    "CFBundleVersion": VERSION,
    "CFBundleDevelopmentRegion": "en",
    "LSMinimumSystemVersion": MINIMUM,
    "LSApplicationCategoryType": "public.app-category.business",
    "NSHighResolutionCapable": True,
    # The window follows the system into the dark.
    "NSRequiresAquaSystemAppearance": False,
    "NSHumanReadableCopyright": "Copyright © 2026 The Foothold authors. MIT licence.",
    "CFBundleDocumentTypes": [
        {
            "CFBundleTypeName": "Foothold store",
            "CFBundleTypeRole": "Editor",
            "CFBundleTypeIconFile": ICON.name,
            "LSHandlerRank": "Owner",
            "LSItemContentTypes": [STORE],
        },
    ],
    "UTExportedTypeDeclarations": [
        {
            "UTTypeIdentifier": STORE,
            "UTTypeDescription": "Foothold store",
            "UTTypeConformsTo": ["public.data"],
            "UTTypeIconFile": ICON.name,
            "UTTypeTagSpecification": {
                "public.filename-extension": ["foothold"],
                "public.mime-type": ["application/x-foothold"],
            },
        },
    ],
}

KINDS: dict[str, type] = {
    "CFBundleDocumentTypes": list,
    "UTExportedTypeDeclarations": list,
    "NSHighResolutionCapable": bool,
    "NSRequiresAquaSystemAppearance": bool,
    "LSBackgroundOnly": bool,
}
"""What a key of Info.plist holds where that is no text; a wrong kind makes macOS refuse to start the program."""
WANTED = (
    "CFBundleExecutable", "CFBundleIdentifier", "CFBundleName", "CFBundlePackageType", "CFBundleShortVersionString",
    "CFBundleVersion", "LSMinimumSystemVersion",
)  # fmt: skip
ALLOWED = {"com.apple.security.cs.allow-unsigned-executable-memory"}


def arguments() -> dict[str, Any]:
    """For the spec: BUNDLE(folder, **arguments())."""
    return {
        "name": NAME,
        "icon": str(ICON),
        "bundle_identifier": IDENTIFIER,
        "version": VERSION,
        "info_plist": INFO_PLIST,
    }


def info_faults(info: dict[str, Any], *, whole: bool = True) -> list[str]:
    """What is wrong with an Info.plist; `whole` asks also for the keys that PyInstaller adds."""
    found = [f"Info.plist lacks {key}" for key in WANTED if whole and key not in info]
    for key, value in info.items():
        kind = KINDS.get(key, str)
        if type(value) is not kind:
            found.append(f"Info.plist: {key} is {type(value).__name__}, not {kind.__name__}")
    if info.get("LSBackgroundOnly"):
        found.append("Info.plist: LSBackgroundOnly keeps the program out of sight")
    if "NSAppTransportSecurity" in info:
        found.append("Info.plist speaks of the network, which Foothold has no use for")
    if info.get("NSRequiresAquaSystemAppearance") is not False:
        found.append("Info.plist keeps the program light where the system is dark")
    exported = {one.get("UTTypeIdentifier") for one in info.get("UTExportedTypeDeclarations", [])}
    for kind_of in info.get("CFBundleDocumentTypes", []):
        strange = set(kind_of.get("LSItemContentTypes", ())) - exported
        found += [f"Info.plist opens {one}, which nobody declares" for one in sorted(strange)]
    return found


def entitlement_faults(path: Path = ENTITLEMENTS) -> list[str]:
    """Only what is on the list, each granted outright."""
    granted = plistlib.loads(path.read_bytes())
    found = [f"{path.name} grants {key}, which Foothold does not need" for key in sorted(set(granted) - ALLOWED)]
    return found + [f"{path.name}: {key} is {value!r}, not true" for key, value in granted.items() if value is not True]
