"""A form that came back is read apart: filled in by any program, printed, scanned, or made to do harm."""

from __future__ import annotations

import io
import subprocess
import time
from pathlib import Path

import pikepdf
import pikepdf.form
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter

from core.errors import UserError
from core.exchange import returned
from core.exchange.returned import Came, PlacedWord, marked, read_form, within
from tests.support import hostile_forms
from tests.support.hostile_forms import BROKEN_BUT_READ, HOSTILE

CODE = "0123-4567-89AB-CDEF-GHJK-M"
BOXES = {"name": (120, 790, 320, 810), "long": (50, 600, 350, 700)}
LONG = "A first line, typed to its end\nSecond"


def blank(code: str = CODE) -> bytes:
    """A page with two fields for text, four circles, two boxes and its code in its foot."""
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842))
    form = canvas.acroForm
    canvas.drawString(50, 797, "Name")
    form.textfield(name="name", x=120, y=790, width=200, height=20, maxlen=100)
    form.textfield(name="long", x=50, y=600, width=300, height=100, fieldFlags="multiline", maxlen=2000)
    for at, level in enumerate("1234"):
        form.radio(name="level", value=level, x=50 + 60 * at, y=560, size=14, selected=False)
        canvas.drawString(70 + 60 * at, 562, level)
    form.checkbox(name="first", x=50, y=520, size=14)
    form.checkbox(name="second", x=150, y=520, size=14)
    canvas.drawString(50, 30, f"Foothold {code}")
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def by_pypdf(form: bytes, values: dict[str, str]) -> bytes:
    writer, out = PdfWriter(clone_from=io.BytesIO(form)), io.BytesIO()
    writer.update_page_form_field_values(writer.pages[0], values, auto_regenerate=False)
    writer.write(out)
    return out.getvalue()


def by_pikepdf(form: bytes, values: dict[str, str]) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(form)) as opened:
        for name, field in pikepdf.form.Form(opened).items():
            if (value := values.get(name)) is None:
                continue
            if isinstance(field, pikepdf.form.RadioButtonGroup):
                field.value = pikepdf.Name(value)
            elif isinstance(field, pikepdf.form.CheckboxField):
                field.checked = bool(value)
            else:
                field.value = value
        opened.save(out)
    return out.getvalue()


def flattened(form: bytes) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(form)) as opened:
        opened.flatten_annotations()
        opened.save(out)
    return out.getvalue()


def printed(form: bytes, folder: Path) -> bytes:
    given, made = folder / "given.pdf", folder / "printed.pdf"
    given.write_bytes(form)
    subprocess.run(["pdftocairo", "-pdf", given, made], check=True, capture_output=True)
    return made.read_bytes()


FILLED = {"name": "Zoe Angstrom", "long": LONG, "level": "/3", "first": "/Yes"}


@pytest.mark.allow_log  # pypdf warns that it cannot draw what it stores
@pytest.mark.parametrize("fill", [by_pypdf, by_pikepdf])
def test_what_was_filled_in_is_read_from_the_fields(fill: object) -> None:
    name = "Nguyễn Łukasz 李 \u0645\u062d\u0645\u062f"
    came = read_form(fill(blank(), FILLED | {"name": name, "long": "one\ntwo"}))  # type: ignore[operator]
    assert came.way == "fields"
    assert came.values == {"name": name, "long": "one\ntwo", "level": "3", "first": "Yes", "second": ""}
    assert came.codes == (CODE,)
    assert came.inside == ()


@pytest.mark.parametrize("how", ["flattened", "printed"])
def test_a_printed_form_says_what_stands_in_each_box(how: str, tmp_path: Path) -> None:
    filled = by_pypdf(blank(), FILLED)
    came = read_form(flattened(filled) if how == "flattened" else printed(filled, tmp_path))
    assert came.way == "printed"
    assert came.codes == (CODE,)
    assert within(came, 0, BOXES["name"]) == "Zoe Angstrom"
    assert within(came, 0, BOXES["long"]) == LONG
    assert [marked(came, 0, (50 + 60 * at, 560, 64 + 60 * at, 574)) for at in range(4)] == [False, False, True, False]
    assert marked(came, 0, (50, 520, 64, 534))
    assert not marked(came, 0, (150, 520, 164, 534))


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_boxes_are_counted_on_the_page_as_it_is_seen(turn: int) -> None:
    """Laid on its side and turned back, as some programs print."""
    writer, out = PdfWriter(clone_from=io.BytesIO(flattened(by_pypdf(blank(), FILLED)))), io.BytesIO()
    page = writer.pages[0]
    page.rotate(turn)
    page.transfer_rotation_to_content()
    page.rotate(360 - turn)
    writer.write(out)
    came = read_form(out.getvalue())
    assert came.codes == (CODE,)
    assert [round(side) for side in came.sizes[0]] == [595, 842]
    assert within(came, 0, BOXES["name"]) == "Zoe Angstrom"
    assert marked(came, 0, (170, 560, 184, 574))


def test_a_line_that_was_full_goes_on_in_the_next() -> None:
    lines = ((70, 280, "Clear from the first day what was wanted and by"), (56, 20, "when."), (42, 60, "I liked it"))
    words = tuple(PlacedWord(0, 10, y, wide, 10, said) for y, wide, said in lines)
    came = Came("printed", words=words)
    said = "Clear from the first day what was wanted and by when.\nI liked it"
    assert within(came, 0, (8, 30, 300, 90)) == said
    assert within(came, 1, (8, 30, 300, 90)) == ""


def test_a_scan_is_known_by_the_square_code_on_it() -> None:
    came = read_form(scan(f"{CODE}"))
    assert came.way == "picture"
    assert came.codes == (CODE,)
    assert read_form(scan("https://example.com")).codes == ()


def scan(words: str) -> bytes:
    """A page that is one picture, with a square code on it."""
    import zxingcpp
    from PIL import Image
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    code = zxingcpp.create_barcode(words, zxingcpp.BarcodeFormat.QRCode)
    drawn = code.to_image(scale=5)
    square = Image.frombytes("L", (drawn.shape[1], drawn.shape[0]), bytes(drawn))
    page = Image.new("L", (1240, 1754), 240)
    page.paste(square, (1000, 1500))
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842))
    canvas.drawImage(ImageReader(page.convert("RGB")), 0, 0, 595, 842)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_form_is_refused_in_a_sentence_in_time(name: str) -> None:
    data, said = HOSTILE[name]
    began = time.monotonic()
    with pytest.raises(UserError, match=said):
        read_form(data)
    assert time.monotonic() - began < returned.SECONDS + 5


@pytest.mark.parametrize("name", BROKEN_BUT_READ)
def test_what_is_broken_is_read_as_far_as_it_goes(name: str) -> None:
    assert read_form(BROKEN_BUT_READ[name]).codes == ()


def test_what_would_act_is_named_and_nothing_of_it_is_done() -> None:
    came = read_form(hostile_forms.acting(by_pypdf(blank(), FILLED)))
    assert set(came.inside) >= {
        "a script", "an order to start a program", "an order to send what is filled in", "a file inside",
        "an order for when it is opened",
    }  # fmt: skip
    assert came.values["name"] == "Zoe Angstrom"


def test_values_may_stand_in_any_kind_of_text() -> None:
    form = hostile_forms.with_fields(
        "<</T(a)/FT/Tx/V<FEFF0041026B>>> <</T(b)/FT/Tx/V 4 0 R>> <</T(c)/FT/Ch/V[(x)(y)]>> <</T(d)/FT/Btn/V/Off>> null",
        {4: b"<</Length 5>>stream\nhello\nendstream"},
    )
    assert read_form(form).values == {"a": "Aɫ", "b": "hello", "c": "x\ny", "d": ""}


_LETTERS = st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufeff\ufffe\uffff")


@pytest.mark.allow_log
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(name=st.text(_LETTERS, min_size=1, max_size=60), many=st.lists(st.text(_LETTERS, max_size=40), max_size=4))
def test_what_goes_in_comes_out(name: str, many: list[str]) -> None:
    long = "\n".join(many)
    for fill in (by_pypdf, set_values):
        came = read_form(fill(_BLANK, {"name": name, "long": long}))
        assert (came.values["name"], came.values["long"]) == (name, long)


_BLANK = blank()


def set_values(form: bytes, values: dict[str, str]) -> bytes:
    """The values alone, as a program does that leaves drawing them to the reader."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(form)) as opened:
        for field in opened.Root.AcroForm.Fields:
            if str(field.T) in values:
                field.V = pikepdf.String(values[str(field.T)])
        opened.save(out)
    return out.getvalue()


def test_the_pages_read_the_same_to_the_other_program() -> None:
    """Nothing here rests on one reader's view: pypdf reads what pikepdf wrote, and the other way round."""
    filled = by_pikepdf(blank(), FILLED)
    fields = PdfReader(io.BytesIO(filled)).get_form_text_fields()
    assert fields["name"] == read_form(filled).values["name"] == "Zoe Angstrom"


def test_an_empty_page_is_no_scan_of_a_form() -> None:
    came = read_form(hostile_forms.with_fields(""))
    assert came == Came("picture", sizes=((600.0, 800.0),), pages=1)
