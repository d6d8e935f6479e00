"""Signs an application from the inside out, and has Apple notarise it and its disk image.

    FOOTHOLD_SIGN_IDENTITY="Developer ID Application: Name (TEAM)" FOOTHOLD_NOTARY_PROFILE=foothold \\
        python installer/macos/sign.py dist/Foothold.app

The profile holds the account's secret in the Keychain of whoever signs; it is made once by
`xcrun notarytool store-credentials foothold`. Without an identity, one line says so and all goes on.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from installer.macos import bundle, macho  # noqa: E402 - the checkout is put on the path first

IDENTITY, PROFILE = "FOOTHOLD_SIGN_IDENTITY", "FOOTHOLD_NOTARY_PROFILE"
AD_HOC = "-"
Command = list[str]


def signing(target: Path, identity: str) -> list[Command]:
    """The commands that sign `target`, an application or a disk image, in their order.

    A signature covers what lies below it, so the deepest come first. Only programs are granted anything.
    """
    if target.suffix != ".app":
        return [_sign(target, identity, runtime=False)]
    inside = [path for path in target.rglob("*") if path.is_file() and not path.is_symlink() and macho.slices(path)]
    programs = [path for path in inside if path.parent == target / "Contents" / "MacOS"]
    frameworks = [path for path in target.rglob("*.framework") if path.is_dir() and not path.is_symlink()]
    rest = [path for path in inside if path not in programs] + frameworks
    rest.sort(key=lambda path: (-len(path.parts), path.as_posix()))
    commands = [_sign(path, identity) for path in rest]
    commands += [_sign(path, identity, grant=True) for path in sorted(programs)]
    commands.append(_sign(target, identity, grant=True))
    return [*commands, ["codesign", "--verify", "--strict", "--deep", str(target)]]


def _sign(path: Path, identity: str, *, grant: bool = False, runtime: bool = True) -> Command:
    command = ["codesign", "--force", "--sign", identity]
    if identity != AD_HOC:
        command.append("--timestamp")
        command += ["--options", "runtime"] if runtime else []
        command += ["--entitlements", str(bundle.ENTITLEMENTS)] if grant else []
    return [*command, str(path)]


def notarising(target: Path, profile: str) -> list[Command]:
    """Sends it to Apple, waits, and fastens the answer to it, so that a Mac without a network believes it too."""
    sent, commands = target, []
    if target.suffix == ".app":
        sent = target.with_suffix(".zip")
        commands.append(["ditto", "-c", "-k", "--keepParent", str(target), str(sent)])
    commands += [
        ["xcrun", "notarytool", "submit", str(sent), "--keychain-profile", profile, "--wait"],
        ["xcrun", "stapler", "staple", str(target)],
    ]
    return [*commands, ["rm", str(sent)]] if sent != target else commands


def plan(target: Path, environment: Mapping[str, str], system: str = sys.platform) -> tuple[list[Command], str]:
    """What is to be run, and what is left out, in a line ("" for nothing)."""
    identity, profile = environment.get(IDENTITY, ""), environment.get(PROFILE, "")
    if system != "darwin":
        return [], f"sign: {target.name} stays unsigned: only a Mac can sign it."
    if not identity:
        # Apple's processors run nothing that bears no signature at all.
        commands = signing(target, AD_HOC) if target.suffix == ".app" else []
        return commands, f"sign: {IDENTITY} is not set: {target.name} names nobody, and other Macs will ask first."
    if not profile:
        return signing(target, identity), f"sign: {PROFILE} is not set: {target.name} is signed, but not notarised."
    return signing(target, identity) + notarising(target, profile), ""


def sign(target: Path) -> None:
    """CalledProcessError where a step fails."""
    commands, words = plan(target, os.environ)
    if words:
        print(words, flush=True)
    for command in commands:
        subprocess.run(command, check=True)


def main(arguments: Sequence[str]) -> int:
    if len(arguments) != 1 or not Path(arguments[0]).exists():
        print("sign: name the application or the disk image to sign", file=sys.stderr)
        return 2
    try:
        sign(Path(arguments[0]))
    except (subprocess.CalledProcessError, OSError, macho.Broken) as error:
        print(f"sign: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
