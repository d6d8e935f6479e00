"""Makes what people install, by one command: uv run installer/build.py linux|windows|macos --out DIR

The same commit and the same versions give the same bytes: times come from the commit, names are sorted. Beside the
packages lie SHA256SUMS, the bill of materials and the notices. What was made is tried before it counts.
"""

from __future__ import annotations

import argparse
import importlib
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from installer import smoke, steps  # noqa: E402 - the checkout is put on the path first


def main() -> int:
    parser = argparse.ArgumentParser(description="Makes what people install.")
    parser.add_argument("system", choices=("linux", "windows", "macos"))
    parser.add_argument("--out", type=Path, default=ROOT / "dist", help="where the packages go; dist without it")
    parser.add_argument("--folder-only", action="store_true", help="freeze it and try it, but make no package")
    given = parser.parse_args()
    out = given.out.resolve()
    out.mkdir(parents=True, exist_ok=True)
    package = importlib.import_module(f"installer.{given.system}.package")
    try:
        made = package.make(out, folder_only=given.folder_only)
    except (subprocess.CalledProcessError, OSError, steps.Refused, smoke.Failed) as error:
        print(f"build: {error}", file=sys.stderr)
        return 1
    steps.write_sums(out, made)
    return 0


if __name__ == "__main__":
    sys.exit(main())
