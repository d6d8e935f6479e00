"""What `uvw` and `uvw.cmd` do once they have found a Python: fetch the pinned uv into the checkout, then run it.

uv makes `.venv` from pyproject.toml by itself. It does not read pip's settings, so a mirror, a folder of wheels or a
certificate that the user gave to pip is handed on, unless the user has told uv something of his own.
"""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path

UV_VERSION = "0.13.8"
ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / ".uv"

# pip's option -> uv's variable, for those that mean the same and take one plain value.
PLAIN = {"timeout": "UV_HTTP_TIMEOUT", "default-timeout": "UV_HTTP_TIMEOUT", "no-index": "UV_NO_INDEX"}
INDEX_VARIABLES = ("UV_DEFAULT_INDEX", "UV_INDEX", "UV_INDEX_URL", "UV_EXTRA_INDEX_URL", "UV_FIND_LINKS", "UV_NO_INDEX")


def fail(words: str) -> int:
    print(f"foothold: {words}", file=sys.stderr)
    return 1


def executable() -> Path | None:
    """uv of the pinned version in the checkout, or None."""
    if not (FOLDER / f"uv-{UV_VERSION}.dist-info").is_dir():
        return None
    name = "uv.exe" if os.name == "nt" else "uv"
    found = (FOLDER / folder / name for folder in ("bin", "Scripts"))
    return next((path for path in found if path.is_file()), None)


def fetch() -> int:
    """Installs uv into the checkout: into a folder beside first, so that a fetch cut short leaves nothing half done."""
    if subprocess.run([sys.executable, "-m", "pip", "--version"], capture_output=True, check=False).returncode:
        return fail(
            f"{sys.executable} has no pip, which is needed once to fetch uv. "
            "On Debian or Ubuntu: sudo apt install python3-pip. Elsewhere: python3 -m ensurepip --user"
        )
    beside = FOLDER.with_name(f".uv.{os.getpid()}")
    print(f"foothold: fetching uv {UV_VERSION} (once) ...", file=sys.stderr, flush=True)
    # No --user: a pip that has it as a setting refuses it together with --target.
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-user"]
    try:
        done = subprocess.run(
            [*pip, "--no-warn-script-location", "--target", str(beside), f"uv=={UV_VERSION}"],
            env={**os.environ, "PIP_ROOT_USER_ACTION": "ignore"},
            check=False,
        )
        if done.returncode:
            return fail("uv could not be fetched; pip says why above. Is this computer on the network?")
        shutil.rmtree(FOLDER, ignore_errors=True)
        beside.rename(FOLDER)
    except OSError as error:
        # A second wrapper that was quicker has put the same thing there.
        return 0 if executable() else fail(f"uv could not be put into {FOLDER}: {error.strerror}")
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return 0 if executable() else fail(f"pip did not put a uv program into {FOLDER}. Delete that folder and try again.")


def pip_settings(python: str = sys.executable) -> dict[str, str]:
    """pip's own settings by option; what stands in [install] or the environment wins over [global], as with pip."""
    done = subprocess.run(
        [python, "-m", "pip", "--disable-pip-version-check", "config", "list"],
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        # Into a pipe Windows writes its old code page, and pip stops at the first letter that has none.
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        check=False,
    )
    ranked: dict[str, tuple[int, str]] = {}
    for line in done.stdout.splitlines():
        key, _, literal = line.partition("=")
        section, _, option = key.rpartition(".")
        rank = {"global": 0, "install": 1, ":env:": 2}.get(section)
        if rank is None or rank < ranked.get(option, (0, ""))[0]:
            continue
        try:
            value = ast.literal_eval(literal)
        except (SyntaxError, ValueError):
            continue
        ranked[option] = (rank, str(value))
    return {option: value for option, (_, value) in ranked.items()}


def handed_on(settings: dict[str, str], environment: dict[str, str]) -> dict[str, str]:
    """The variables that give pip's settings to uv. A variable that is set already stays as it is."""
    new: dict[str, str] = {}
    if not any(name in environment for name in INDEX_VARIABLES):
        if url := settings.get("index-url"):
            new["UV_DEFAULT_INDEX"] = url
        if extra := settings.get("extra-index-url"):
            new["UV_INDEX"] = " ".join(extra.split())
            # pip takes the best version of all indexes; uv by itself stops at the first that knows the name.
            new["UV_INDEX_STRATEGY"] = "unsafe-best-match"
        if links := settings.get("find-links"):
            new["UV_FIND_LINKS"] = ",".join(links.split())
    if hosts := settings.get("trusted-host"):
        new["UV_INSECURE_HOST"] = " ".join(hosts.split())
    if certificate := settings.get("cert"):
        new["SSL_CERT_FILE"] = certificate
    if proxy := settings.get("proxy"):
        new["ALL_PROXY"] = proxy
    for option, variable in PLAIN.items():
        if value := settings.get(option):
            new[variable] = value
    # Wheels only from where the settings say; Python only from what is here.
    new["UV_PYTHON_DOWNLOADS"] = "never"
    return {name: value for name, value in new.items() if name not in environment}


def main(arguments: list[str]) -> int:
    if executable() is None and (code := fetch()):
        return code
    uv = executable()
    assert uv is not None
    environment = {**os.environ, **handed_on(pip_settings(), dict(os.environ))}
    command = [str(uv), *(arguments or ["--help"])]
    if os.name != "nt":
        os.execve(uv, command, environment)
    try:
        return subprocess.call(command, env=environment)
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
