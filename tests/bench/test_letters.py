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
from functools import cache
from io import BytesIO
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from pypdf import PdfReader
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfmetrics import getFont, registerFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Paragraph, SimpleDocTemplate

from core.paper import fonts, letter
from core.paper.facts import LetterFacts, WrittenFacts
from core.paper.style import style
from tests.core.paper.samples import offer, picture, stationery, to_sign

LOGO = picture(size=(1200, 480))
NAMES = ("Nguyễn Thị Ánh", "Zoë Nwosu-Łukasik", "Maria Keller", "Ben Ortiz", "Σοφία Παπαδοπούλου")
MOST = 1.5
"""Times plain Platypus: tags, tables and measuring included."""
MOST_TO_SIGN = 2.6
"""Times plain Platypus for a letter with fields to fill in and a code of its own, of which plain text has none."""
FASTER = 3.0
"""Times LibreOffice, work against work, in one call for a thousand."""
HEADS = frozenset(
    {"A spring catalogue that customers can search", "What you hand in", "How we work together", "How to answer"}
)


def _facts(number: int) -> LetterFacts:
    """Letters of one project: what differs is who it is to."""
    name = f"{NAMES[number % len(NAMES)]} {number}"
    return replace(
        offer(stationery=stationery(logo=LOGO)), candidate=name, greeting=f"Dear {name},", reference=f"O-{number:03}"
    )


def _lines(facts: LetterFacts | WrittenFacts) -> list[str]:
    into = BytesIO()
    letter.make(facts, into)
    return "\n".join(page.extract_text() for page in PdfReader(into).pages).split("\n")


@cache
def _plain_styles() -> tuple[ParagraphStyle, ParagraphStyle]:
    """Text and heads, in the two faces that a letter has, as ReportLab itself writes them."""
    for face, plain in ((fonts.REGULAR, "Plain"), (fonts.BOLD, "Plain-Bold")):
        fonts.register()
        registerFont(TTFont(plain, getFont(face).face.filename, shapable=False))
    return style("body", fontName="Plain"), style("section", fontName="Plain-Bold")


def _plain(lines: Sequence[str]) -> None:
    text, head = _plain_styles()
    document = SimpleDocTemplate(BytesIO(), initialFontName="Plain", invariant=1, pageCompression=1)
    document.build([Paragraph(escape(line), head if line.strip() in HEADS else text) for line in lines])


def _least(*makes: Callable[[int], None], count: int = 20) -> list[float]:
    """Seconds of work for one of each, the least of goes by turns: what else runs here disturbs all alike."""
    goes: list[list[float]] = [[] for _ in makes]
    for go in range(6):
        for make, found in zip(makes, goes, strict=True):
            began = time.process_time()
            for number in range(count):
                make(go * count + number)
            found.append((time.process_time() - began) / count)
    return [min(found) for found in goes]


def test_a_letter_against_plain_platypus(capsys: pytest.CaptureFixture[str]) -> None:
    lines = _lines(_facts(0))
    floor, ours = _least(lambda _: _plain(lines), lambda number: letter.make(_facts(number), BytesIO()))
    with capsys.disabled():
        print(
            f"\nletter {ours * 1000:.1f} ms, plain Platypus {floor * 1000:.1f} ms: {ours / floor:.2f} (at most {MOST})"
        )
    assert ours <= MOST * floor


def test_a_letter_to_sign_against_plain_platypus(capsys: pytest.CaptureFixture[str]) -> None:
    facts = to_sign(stationery=stationery(logo=LOGO))
    lines = _lines(facts)
    floor, ours = _least(lambda _: _plain(lines), lambda _: letter.make(facts, BytesIO()))
    with capsys.disabled():
        print(
            f"\nletter to sign {ours * 1000:.1f} ms, plain Platypus {floor * 1000:.1f} ms: {ours / floor:.2f} "
            f"(at most {MOST_TO_SIGN})"
        )
    assert ours <= MOST_TO_SIGN * floor


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

    convert(few)
    start, whole = convert(few), convert(many)
    each = (whole - start) / (many - few)
    # As in one call for a thousand: its start is a thousandth of each.
    theirs = each + max(0.0, start - few * each) / 1_000
    (ours,) = _least(lambda number: letter.make(_facts(number), BytesIO()))
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
