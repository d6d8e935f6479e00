"""Papers read back: by pypdf, and by poppler's tools where they are installed."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from pypdf import PdfReader

needs_poppler = pytest.mark.skipif(
    shutil.which("pdftotext") is None or shutil.which("pdffonts") is None,
    reason="poppler's pdftotext and pdffonts are not installed (Debian: poppler-utils)",
)


def text(path: Path) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(path).pages)


def squeezed(words: str) -> str:
    """Without any space: where a line broke does not matter."""
    return re.sub(r"\s+", "", words)


def poppler(path: Path) -> str:
    made = subprocess.run(["pdftotext", str(path), "-"], capture_output=True, check=True)
    return made.stdout.decode()


def fonts(path: Path) -> list[tuple[str, bool]]:
    """Each font's name, and whether it is embedded."""
    made = subprocess.run(["pdffonts", str(path)], capture_output=True, check=True, text=True)
    rows = [line for line in made.stdout.splitlines()[2:] if line.strip()]
    return [(row.split()[0], row.split()[-5] == "yes") for row in rows]
