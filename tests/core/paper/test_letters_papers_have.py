"""Papers have letters of most scripts; any other stops the paper before a file is made, and is named."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from core.errors import UserError
from core.paper import fonts, letter, listing, report
from tests.core.paper import readback, samples

PRINTED = [
    "Zoë Nwosu-Łukasik",
    "Nguyễn Thị Ánh Đặng Ưỡn",
    "Ελένη Παπαδοπούλου ᾧ",
    "Наталія Шевченко-Ґалаґан",
    "Ђорђе Њ. Ћирић",
    "Şükrü Ağaoğlu İnci",
    "Þórdís Guðmundsdóttir",
    "Ọláṣubọ́mi Adébáyọ̀",
    "Māhealani Kaʻōpūiki",
    "Žydrūnas Č. Ŗ",
    "o’Neill “Bo” – … € £ № ½ ≥ → ✓",
]


@pytest.mark.parametrize("name", PRINTED)
def test_names_come_back_as_typed(name: str, tmp_path: Path) -> None:
    out = tmp_path / "report.pdf"
    report.make(samples.candidate(name=name), out)
    assert unicodedata.normalize("NFC", name) in unicodedata.normalize("NFC", readback.text(out))


@pytest.mark.parametrize("name", PRINTED)
@readback.needs_poppler
def test_poppler_reads_the_same(name: str, tmp_path: Path) -> None:
    out = tmp_path / "report.pdf"
    report.make(samples.candidate(name=unicodedata.normalize("NFD", name)), out)
    told = unicodedata.normalize("NFC", readback.poppler(out))
    assert readback.squeezed(unicodedata.normalize("NFC", name)) in readback.squeezed(told)


@pytest.mark.parametrize(
    ("name", "letter_named"),
    [
        ("ሀይሉ", "ሀ (ETHIOPIC SYLLABLE HA)"),
        ("محمد ᚠ", "ᚠ (RUNIC LETTER FEHU FEOH FE F)"),
        ("李\U0003fffd", "U+3FFFD"),
        ("A \ue000", "U+E000"),
        ("A \ud800", "U+D800"),
    ],
)
def test_a_letter_that_papers_lack_is_named_and_nothing_is_written(
    name: str, letter_named: str, tmp_path: Path
) -> None:
    folder = tmp_path / "papers"
    folder.mkdir()
    with pytest.raises(UserError) as caught:
        letter.make(samples.offer(candidate=name), folder / "letter.pdf")
    words = str(caught.value)
    assert words.startswith("The candidate's name “")
    assert letter_named in words
    words.encode()
    assert list(folder.iterdir()) == []


def test_the_sentence_names_the_field_and_shows_where() -> None:
    long = "word " * 40 + "ሀ" + " word" * 40
    with pytest.raises(UserError) as caught:
        fonts.check_facts(samples.offer(summary=long))
    words = str(caught.value)
    assert words.startswith("The project's summary “…")
    assert len(words) < 380
    with pytest.raises(UserError, match="row 2, column “School”: “ሀለ”"):
        listing.make(samples.table(rows=(("Bo", "", ""), ("Li", "ሀለ", ""))), Path("never.pdf"))


def test_direction_marks_and_other_invisible_letters_are_left_out(tmp_path: Path) -> None:
    out = tmp_path / "report.pdf"
    report.make(samples.candidate(name="\u202eAda\u202c \u2066Love\u200b\u00adlace\u2069\ufeff\x00"), out)
    assert "Ada Lovelace" in readback.text(out)


def test_the_fonts_are_the_shipped_files() -> None:
    from reportlab.pdfbase.pdfmetrics import getFont

    fonts.register()
    for name, file in (("Foothold", "NotoSans-Regular.ttf"), ("Foothold-SemiBold", "NotoSans-SemiBold.ttf")):
        assert Path(str(getFont(name).face.filename)).name == file  # type: ignore[attr-defined]


anything = st.text(st.characters(codec="utf-8"), max_size=60)
mostly_printed = st.text(
    st.one_of(st.characters(min_codepoint=32, max_codepoint=0x24F), st.sampled_from("<>&;\"'/=\n\t Ωжễ→✓\u202e")),
    max_size=120,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.one_of(anything, mostly_printed))
def test_any_name_is_printed_as_typed_or_stops_the_paper(name: str, tmp_path: Path) -> None:
    out = tmp_path / "name.pdf"
    out.unlink(missing_ok=True)
    lacking = fonts.missing(name)
    facts = samples.offer(candidate=name, summary=name)
    if lacking:
        with pytest.raises(UserError, match=re.escape(unicodedata.name(lacking[0], f"U+{ord(lacking[0]):04X}"))):
            letter.make(facts, out)
        assert not out.exists()
    else:
        letter.make(facts, out)
        assert readback.squeezed(fonts.plain(name)) in readback.squeezed(readback.text(out))
        assert len(PdfReader(out).pages) >= 1
