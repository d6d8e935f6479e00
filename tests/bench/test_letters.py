"""What a letter costs: against plain Platypus that sets the same text, and against LibreOffice, in the same run.

Seconds are only printed.
"""

from __future__ import annotations

import gc
import os
import shutil
import subprocess
import time
import tracemalloc
from collections.abc import Callable, Sequence
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from pypdf import PdfReader
from reportlab.platypus import Paragraph, SimpleDocTemplate

from core.paper import fonts, letter
from core.paper.facts import LetterFacts
from core.paper.style import style
from tests.core.paper.samples import offer, picture, stationery

LOGO = picture(size=(1200, 480))
NAMES = ("Nguyễn Thị Ánh", "Zoë Nwosu-Łukasik", "Maria Keller", "Ben Ortiz", "Σοφία Παπαδοπούλου")
MOST = 1.5
"""Times plain Platypus: tags, tables and measuring included."""
FASTER = 2.0
"""Times LibreOffice, work against work and without its start."""
HEADS = frozenset(
    {"A spring catalogue that customers can search", "What you hand in", "How we work together", "How to answer"}
)


def _facts(number: int) -> LetterFacts:
    """Letters of one project: what differs is who it is to."""
    name = f"{NAMES[number % len(NAMES)]} {number}"
    return replace(
        offer(stationery=stationery(logo=LOGO)), candidate=name, greeting=f"Dear {name},", reference=f"O-{number:03}"
    )


def _lines(facts: LetterFacts) -> list[str]:
    into = BytesIO()
    letter.make(facts, into)
    return "\n".join(page.extract_text() for page in PdfReader(into).pages).split("\n")


def _plain(lines: Sequence[str]) -> None:
    """In the two faces that a letter has: its heads are bold."""
    document = SimpleDocTemplate(BytesIO(), initialFontName=fonts.REGULAR, invariant=1, pageCompression=1)
    document.build([Paragraph(escape(line), style("section" if line.strip() in HEADS else "body")) for line in lines])


def _least(make: Callable[[int], None], count: int = 40) -> float:
    """Seconds of work for one, the least of three goes."""
    goes = []
    for go in range(3):
        began = time.process_time()
        for number in range(count):
            make(go * count + number)
        goes.append((time.process_time() - began) / count)
    return min(goes)


def test_a_letter_against_plain_platypus(capsys: pytest.CaptureFixture[str]) -> None:
    lines = _lines(_facts(0))
    floor = _least(lambda _: _plain(lines))
    ours = _least(lambda number: letter.make(_facts(number), BytesIO()))
    with capsys.disabled():
        print(
            f"\nletter {ours * 1000:.1f} ms, plain Platypus {floor * 1000:.1f} ms: {ours / floor:.2f} (at most {MOST})"
        )
    assert ours <= MOST * floor


def test_letters_against_libreoffice(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    office = shutil.which("soffice")
    if office is None or not any(Path(office).resolve().parent.glob("libswlo.*")):
        pytest.skip("LibreOffice Writer is not installed (Debian: libreoffice-writer-nogui)")
    few, many = 5, 65
    for number in range(many):
        body = "".join(f"<text:p>{escape(line)}</text:p>" for line in _lines(_facts(number)))
        (tmp_path / f"{number:02}.fodt").write_text(
            '<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
            'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.3" '
            'office:mimetype="application/vnd.oasis.opendocument.text">'
            f"<office:body><office:text>{body}</office:text></office:body></office:document>",
            encoding="utf-8",
        )
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"

    def convert(count: int) -> float:
        files = [str(tmp_path / f"{number:02}.fodt") for number in range(count)]
        before = os.times()
        subprocess.run(
            [office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path / "out"), *files],
            capture_output=True,
            check=True,
        )
        after = os.times()
        return after.children_user + after.children_system - before.children_user - before.children_system

    # Its start is left out, which is in its favour.
    convert(few)
    theirs = (convert(many) - convert(few)) / (many - few)
    ours = _least(lambda number: letter.make(_facts(number), BytesIO()))
    assert len(list((tmp_path / "out").glob("*.pdf"))) == many
    with capsys.disabled():
        print(f"\nletter {ours * 1000:.1f} ms, LibreOffice {theirs * 1000:.1f} ms: {theirs / ours:.1f} times as fast")
    assert theirs >= FASTER * ours


def test_memory_does_not_grow_with_the_number_of_letters() -> None:
    kept = []
    tracemalloc.start()
    for first in (0, 60, 120, 180):
        for number in range(first, first + 60):
            letter.make(_facts(number), BytesIO())
        gc.collect()
        kept.append(tracemalloc.get_traced_memory()[0])
    tracemalloc.stop()
    assert kept[3] - kept[2] <= 0.1 * kept[2]
