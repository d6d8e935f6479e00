"""The words of a résumé, whatever the file is: read in a process apart, in limits of time and memory."""

from __future__ import annotations

import random
import time

import pytest

from core.errors import UserError
from core.exchange import apart, resume_text
from core.exchange.apart import NotRead
from core.exchange.resume_text import words
from core.text import ASIDE
from tests.support import files


def test_pdf_docx_and_plain_text_give_their_words() -> None:
    assert words("a.pdf", files.pdf("Zoë knows Kubernetes", "and German")) == ("Zoë knows Kubernetes\n\nand German", "")
    assert words("a.DOCX", files.docx("Łęcka & Søn", "李雷", "مرحبا")) == ("Łęcka & Søn\n李雷\nمرحبا", "")
    assert words("a.txt", "Zoë".encode("cp1252")) == ("Zoë", "")
    assert words("a.pdf", files.locked_pdf("Only printing is forbidden", ""))[0] == "Only printing is forbidden"


def test_a_word_file_is_read_as_it_is_seen() -> None:
    again = f'<mc:F xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" {files.W}>'
    box = f"{again}<w:t>box</w:t><mc:Fallback><w:t>box</w:t></mc:Fallback></mc:F>"
    gone = "<w:del><w:delText>taken out</w:delText></w:del>"
    xml = f"<w:document {files.W}><w:p><w:t>one</w:t><w:tab/>{box}{gone}</w:p></w:document>"
    head = f"<w:hdr {files.W}><w:p><w:t>head</w:t></w:p></w:hdr>"
    assert words("a.docx", files.docx_of(xml, header1=head)) == (f"one\tbox\n{ASIDE}head", "")


def test_a_long_file_is_read_in_part_and_says_so() -> None:
    text, why = words("a.pdf", files.pdf(*(f"page {number}" for number in range(5_000))))
    assert "page 99" in text
    assert "page 100" not in text
    assert why == "Of its 5,000 pages the first 100 are searched."
    text, why = words("a.txt", b"word " * 100_000)
    assert len(text) == resume_text.MOST_CHARACTERS
    assert "first 200,000 characters" in why


def test_a_scan_has_no_words() -> None:
    assert words("a.pdf", files.stream_pdf(b"0 0 99 99 re f")) == (
        "",
        "It is a picture of its pages: there are no words to search in it.",
    )


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.pdf", files.locked_pdf("secret", "open sesame"), "protected by a password"),
        ("a.pdf", b"MZ\x90\0" + b"\0" * 400, "ends in .pdf, but it is something else"),
        ("a.docx", b"\x7fELF" + b"\0" * 400, "ends in .docx, but it is something else"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 400, "old Word file, or one with a password"),
        ("a.docx", b"PK\3\4 and no more", "damaged"),
        ("a.docx", files.docx_of("<w:document"), "damaged"),
        ("a.pdf", b"%PDF-1.7\nand no more", "damaged"),
        ("a.pdf", files.stream_pdf(b"x" * 400_000_000), "damaged"),
        ("a.docx", files.docx_of(f"<w:document {files.W}><w:t>{'a' * 60_000_000}</w:t></w:document>"), "far more than"),
        ("a.docx", files.docx_of('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'), "a document type"),
        ("a.docx", files.docx_of('<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>'), "a document type"),
    ],
    ids=lambda value: value[:20] if isinstance(value, str) else "",
)
def test_what_cannot_be_read_is_refused_in_words(name: str, data: bytes, said: str) -> None:
    with pytest.raises(UserError, match=said):
        words(name, data)


def test_a_parser_that_hangs_is_ended() -> None:
    began = time.monotonic()
    with pytest.raises(NotRead) as refused:
        words("a.pdf", files.slow_pdf(), seconds=1.5)
    assert refused.value.cause == "time"
    assert time.monotonic() - began < 6


def test_a_parser_that_eats_the_memory_is_ended() -> None:
    with pytest.raises(NotRead) as refused:
        words("a.pdf", files.slow_pdf(), megabytes=100)
    assert refused.value.cause == "memory"


def test_who_waits_can_stop_it() -> None:
    class Enough(Exception):
        pass

    def step() -> None:
        raise Enough

    with pytest.raises(Enough):
        words("a.pdf", files.slow_pdf(), step=step)


def outcome(name: str, data: bytes) -> str:
    try:
        words(name, data)
    except NotRead as error:
        return error.cause
    except UserError:
        return "refused"
    return "read"


def test_nothing_of_a_broken_file_brings_the_program_down() -> None:
    chance = random.Random(7)
    whole = [("a.pdf", files.pdf("One", "Two")), ("a.docx", files.docx("One", "Two"))]
    for turn in range(24):
        name, data = whole[turn % 2]
        spoilt = bytearray(data)
        for _ in range(chance.choice([1, 8, 60])):
            spoilt[chance.randrange(len(spoilt))] = chance.randrange(256)
        assert outcome(name, bytes(spoilt)) != "broken", spoilt


def test_what_ends_without_an_answer_is_said_so() -> None:
    with pytest.raises(NotRead) as refused:
        apart.run("no such task", b"")
    assert refused.value.cause == "broken"
