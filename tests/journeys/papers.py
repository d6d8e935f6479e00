"""Papers read back as words."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest


def words_of(pdf: Path) -> str:
    """All words of a paper with single spaces between them, as pdftotext finds them."""
    program = shutil.which("pdftotext")
    if program is None:
        pytest.skip("pdftotext is not installed (package poppler-utils)")
    done = subprocess.run([program, "-enc", "UTF-8", str(pdf), "-"], capture_output=True, text=True, check=True)
    return " ".join(done.stdout.split())
