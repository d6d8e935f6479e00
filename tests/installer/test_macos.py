"""The macOS application, as far as it can be seen on any system: property lists, heads of libraries, names, signing."""

from __future__ import annotations

import contextlib
import plistlib
import struct
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import VERSION
from installer.macos import bundle, check, macho, sign

ROOT = Path(__file__).resolve().parents[2]
ARM, INTEL = 0x0100000C, 0x01000007
SYSTEM = "/usr/lib/libSystem.B.dylib"


def thin(
    processor: int = ARM, minimum: tuple[int, int] = (11, 0), loads: tuple[str, ...] = (SYSTEM,), kind: int = 6
) -> bytes:
    """A library's head, after <mach-o/loader.h>."""
    commands = [struct.pack("<IIIIII", macho.BUILD_VERSION, 24, macho.MACOS, minimum[0] << 16 | minimum[1] << 8, 0, 0)]
    for load in loads:
        name = load.encode() + b"\0"
        name += b"\0" * (-len(name) % 8)
        commands.append(struct.pack("<IIIIII", 0xC, 24 + len(name), 24, 0, 0, 0) + name)
    body = b"".join(commands)
    return struct.pack("<4sIIIIIII", b"\xcf\xfa\xed\xfe", processor, 0, kind, len(commands), len(body), 0, 0) + body


def fat(*slices: tuple[int, bytes]) -> bytes:
    start = 8 + 20 * len(slices)
    head, body = struct.pack(">4sI", b"\xca\xfe\xba\xbe", len(slices)), b""
    for processor, data in slices:
        head += struct.pack(">IIIII", processor, 0, start + len(body), len(data), 0)
        body += data
    return head + body


@pytest.fixture
def app(tmp_path: Path) -> Path:
    """An application as PyInstaller lays it out, with heads for bodies."""
    contents = tmp_path / "Foothold.app" / "Contents"
    for name in ("MacOS", "Resources/resources", "Frameworks/PySide6/Qt/lib/QtCore.framework/Versions/A"):
        (contents / name).mkdir(parents=True)
    info = bundle.INFO_PLIST | {
        "CFBundleExecutable": "foothold", "CFBundleIconFile": "foothold.icns", "CFBundlePackageType": "APPL",
    }  # fmt: skip
    (contents / "Info.plist").write_bytes(plistlib.dumps(info))
    (contents / "MacOS" / "foothold").write_bytes(thin(kind=2))
    for name in ("foothold.icns", "build.json", "THIRD-PARTY.txt"):
        (contents / "Resources" / name).write_bytes(b"x")
    (contents / "Frameworks" / "libz.dylib").write_bytes(fat((INTEL, thin(INTEL)), (ARM, thin())))
    framework = contents / "Frameworks/PySide6/Qt/lib/QtCore.framework"
    (framework / "Versions/A/QtCore").write_bytes(thin(loads=("@rpath/QtDBus", SYSTEM)))
    (framework / "QtCore").symlink_to("Versions/A/QtCore")
    (contents / "Frameworks" / "resources").symlink_to("../Resources/resources")
    return contents.parent


def faults(app: Path, processor: str = "arm64") -> list[str]:
    return check.faults(app, processor, (14, 0))


# --- property lists -------------------------------------------------------------------------------------------------


def test_info_plist_is_whole_and_typed_right() -> None:
    read = plistlib.loads(plistlib.dumps(bundle.INFO_PLIST))
    assert read == bundle.INFO_PLIST
    assert bundle.info_faults(read, whole=False) == []
    assert read["CFBundleShortVersionString"] == VERSION
    assert read["LSMinimumSystemVersion"] == "14.0"
    assert read["NSRequiresAquaSystemAppearance"] is False
    assert read["NSHighResolutionCapable"] is True
    [kind], [exported] = read["CFBundleDocumentTypes"], read["UTExportedTypeDeclarations"]
    assert kind["LSItemContentTypes"] == [exported["UTTypeIdentifier"]]
    assert exported["UTTypeTagSpecification"]["public.filename-extension"] == ["foothold"]
    assert (bundle.HERE / kind["CFBundleTypeIconFile"]).read_bytes()[:4] == b"icns"


@pytest.mark.parametrize(
    ("key", "value", "why"),
    [
        ("LSMinimumSystemVersion", 14.0, "is float"),
        ("CFBundleVersion", 1, "is int"),
        ("NSHighResolutionCapable", "YES", "is str"),
        ("NSRequiresAquaSystemAppearance", True, "keeps the program light"),
        ("NSAppTransportSecurity", {}, "network"),
        ("LSBackgroundOnly", True, "out of sight"),
        ("CFBundleDocumentTypes", [{"LSItemContentTypes": ["com.other"]}], "nobody declares"),
    ],
)
def test_a_wrong_info_plist_is_found(key: str, value: object, why: str) -> None:
    assert any(why in fault for fault in bundle.info_faults(bundle.INFO_PLIST | {key: value}, whole=False))


def test_entitlements_grant_the_least() -> None:
    assert bundle.entitlement_faults() == []
    granted = plistlib.loads(bundle.ENTITLEMENTS.read_bytes())
    assert granted == {"com.apple.security.cs.allow-unsigned-executable-memory": True}


@pytest.mark.parametrize(
    "more",
    [{"com.apple.security.network.client": True}, {"com.apple.security.cs.allow-unsigned-executable-memory": "yes"}],
)
def test_more_entitlements_are_found(tmp_path: Path, more: dict[str, object]) -> None:
    path = tmp_path / "entitlements.plist"
    path.write_bytes(plistlib.dumps(more))
    assert len(bundle.entitlement_faults(path)) == 1


# --- the application ------------------------------------------------------------------------------------------------


def test_a_sound_application_has_no_fault(app: Path) -> None:
    assert faults(app) == []


def test_a_library_without_the_processor_is_found(app: Path) -> None:
    assert "Contents/MacOS/foothold has code for arm64 only" in faults(app, "x86_64")
    assert not any("libz" in fault for fault in faults(app, "x86_64"))


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("Frameworks/new.dylib", thin(minimum=(15, 2)), "needs macOS 15.2"),
        ("MacOS/foothold", thin(minimum=(26, 0), kind=2), "needs macOS 26.0"),
        ("Frameworks/brew.dylib", thin(loads=("/opt/homebrew/lib/libx.dylib",)), "another Mac does not have"),
        ("Frameworks/cut.dylib", thin()[:20], "ends in the middle"),
        ("Frameworks/LIBZ.dylib", b"", "one name on a Mac"),
        ("Info.plist", b"<plist>", "cannot be read"),
    ],
)
def test_each_fault_is_found(app: Path, name: str, data: bytes, why: str) -> None:
    (app / "Contents" / name).write_bytes(data)
    found = faults(app)
    assert len(found) == 1, found
    assert why in found[0]


def test_what_qts_own_libraries_ask_is_said_and_no_fault(app: Path) -> None:
    core = app / "Contents/Frameworks/PySide6/Qt/lib/QtCore.framework/Versions/A/QtCore"
    core.write_bytes(thin(minimum=(14, 4)))
    assert faults(app) == []
    assert check.notes(app, "arm64", (14, 0)) == ["1 libraries of Qt ask for macOS 14.4 in their heads"]
    # A program among them would not start.
    core.write_bytes(thin(minimum=(14, 4), kind=2))
    assert len(faults(app)) == 1


def test_accents_written_in_two_ways_are_one_name(app: Path) -> None:
    for name in ("Zo\u00eb.txt", "Zoe\u0308.txt"):
        (app / "Contents" / "Resources" / name).touch()
    assert len(faults(app)) == 1


def test_links_stay_inside(app: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").touch()
    (app / "Contents" / "out").symlink_to(tmp_path / "elsewhere")
    (app / "Contents" / "nowhere").symlink_to("no such file")
    assert sorted(faults(app)) == ["Contents/nowhere is a link to nothing", "Contents/out is a link out of the program"]


def test_missing_notices_are_found(app: Path) -> None:
    (app / "Contents/Resources/THIRD-PARTY.txt").unlink()
    assert faults(app) == ["Contents/Resources has no THIRD-PARTY.txt"]


def test_the_command_says_each_fault_and_ends_with_1(app: Path) -> None:
    command = [sys.executable, str(ROOT / "installer" / "macos" / "check.py"), str(app), "--processor"]
    assert subprocess.run([*command, "arm64"], capture_output=True).returncode == 0
    done = subprocess.run([*command, "x86_64"], capture_output=True, text=True)
    assert done.returncode == 1
    assert len(done.stdout.splitlines()) == 2


def test_the_command_names_a_broken_library_and_goes_on(app: Path) -> None:
    (app / "Contents/Frameworks/cut.dylib").write_bytes(thin()[:20])
    command = [sys.executable, str(ROOT / "installer" / "macos" / "check.py"), str(app), "--list", "--processor"]
    done = subprocess.run([*command, "arm64"], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.splitlines()[-1] == "Contents/Frameworks/cut.dylib: cut.dylib ends in the middle of its head"


def test_a_head_is_read(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(fat((INTEL, thin(INTEL, (10, 13))), (ARM, thin(loads=("@rpath/a", SYSTEM)))))
    assert macho.slices(tmp_path / "a") == [
        macho.Slice("x86_64", False, (10, 13), (SYSTEM,)),
        macho.Slice("arm64", False, (11, 0), ("@rpath/a", SYSTEM)),
    ]
    # A Java class begins with the same four bytes.
    (tmp_path / "b").write_bytes(b"\xca\xfe\xba\xbe\x00\x00\x00\x34" + b"\0" * 40)
    assert macho.slices(tmp_path / "b") == []


@given(data=st.binary(max_size=200), whole=st.booleans(), at=st.integers(0, 150))
def test_any_bytes_are_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, whole: bool, at: int
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.dylib"
    good = fat((ARM, thin()))
    path.write_bytes(good[:at] + data + (good[at + len(data) :] if whole else b""))
    with contextlib.suppress(macho.Broken):
        assert all(one.processor for one in macho.slices(path))


# --- signing --------------------------------------------------------------------------------------------------------

WHO = {sign.IDENTITY: "Developer ID Application: Some One (TEAM)", sign.PROFILE: "foothold"}


def test_the_deepest_is_signed_first_and_programs_alone_are_granted_anything(app: Path) -> None:
    commands, words = sign.plan(app, WHO, "darwin")
    signed = [Path(one[-1]) for one in commands if one[:3] == ["codesign", "--force", "--sign"]]
    assert words == ""
    assert signed[-1] == app
    assert signed[-2] == app / "Contents" / "MacOS" / "foothold"
    for at, path in enumerate(signed):
        assert not any(path in later.parents for later in signed[at + 1 :])
    assert [Path(one[-1]).name for one in commands if "--entitlements" in one] == ["foothold", "Foothold.app"]
    assert all("runtime" in one and "--timestamp" in one for one in commands if "--sign" in one)
    # A link is signed with what it leads to.
    assert not any(path.is_symlink() for path in signed)


def test_notarising_ends_with_the_answer_fastened(app: Path) -> None:
    commands, _ = sign.plan(app, WHO, "darwin")
    assert [one[:3] for one in commands if one[0] == "xcrun"] == [
        ["xcrun", "notarytool", "submit"], ["xcrun", "stapler", "staple"],
    ]  # fmt: skip
    image = app.with_suffix(".dmg")
    commands, _ = sign.plan(image, WHO, "darwin")
    assert [one[0] for one in commands] == ["codesign", "xcrun", "xcrun"]
    assert commands[0][-1] == str(image)


@pytest.mark.parametrize(
    ("environment", "system", "said"),
    [
        ({}, "darwin", "FOOTHOLD_SIGN_IDENTITY is not set"),
        ({sign.IDENTITY: "me"}, "darwin", "FOOTHOLD_NOTARY_PROFILE is not set"),
        (WHO, "linux", "only a Mac can sign"),
    ],
)
def test_what_is_left_out_is_said(app: Path, environment: dict[str, str], system: str, said: str) -> None:
    commands, words = sign.plan(app, environment, system)
    assert said in words
    assert "\n" not in words
    assert not any("notarytool" in one for one in commands)


def test_without_an_identity_the_signature_names_nobody(app: Path) -> None:
    commands, _ = sign.plan(app, {}, "darwin")
    assert all(one[3] == "-" for one in commands if "--sign" in one)
    assert not any("--options" in one for one in commands)


@pytest.mark.platform("linux")
def test_signing_goes_on_where_it_cannot_be_done(app: Path) -> None:
    command = [sys.executable, str(ROOT / "installer" / "macos" / "sign.py"), str(app)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0
    assert len(done.stdout.splitlines()) == 1


def test_the_disk_image_has_the_application_and_where_to_drag_it(app: Path) -> None:
    settings: dict[str, object] = {"defines": {"app": str(app), "icon": str(bundle.ICON)}}
    exec(compile((bundle.HERE / "dmg_settings.py").read_text("utf-8"), "dmg_settings.py", "exec"), settings)  # noqa: S102
    assert settings["files"] == [str(app)]
    assert settings["symlinks"] == {"Applications": "/Applications"}
    assert set(settings["icon_locations"]) == {"Foothold.app", "Applications"}  # type: ignore[call-overload]
