"""Files that come back in place of a form, made to do harm, broken, or something else altogether."""

from __future__ import annotations

import io
import zlib

from tests.support.files import locked_pdf, pdf, stream_pdf

_PAGE = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]>>"

_ONE_PAGE: dict[int, bytes | str] = {1: "<</Type/Catalog/Pages 2 0 R>>", 2: "<</Type/Pages/Kids[3 0 R]/Count 1>>"}


def raw(objects: dict[int, bytes | str], trailer: str = "") -> bytes:
    """A PDF of these objects, with a true table of where they lie."""
    out, places = bytearray(b"%PDF-1.7\n"), dict[int, int]()
    for number, body in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n" % number + (body.encode() if isinstance(body, str) else body) + b"\nendobj\n"
    start, size = len(out), max(places) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n" % size
    for number in range(1, size):
        out += b"%010d 00000 %b \n" % (places.get(number, 0), b"n" if number in places else b"f")
    out += f"trailer<</Size {size}/Root 1 0 R{trailer}>>\nstartxref\n{start}\n%%EOF".encode()
    return bytes(out)


def with_fields(fields: str, more: dict[int, bytes | str] | None = None, root: str = "") -> bytes:
    form = f"/AcroForm<</Fields[{fields}]>>"
    catalog = f"<</Type/Catalog/Pages 2 0 R{form}{root}>>"
    return raw(_ONE_PAGE | {1: catalog, 3: _PAGE} | (more or {}))


def bomb() -> bytes:
    """A megabyte of instructions that unpacks to a gibibyte."""
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(b"\0" * (1 << 24)) for _ in range(64)) + packer.flush()
    return _packed(packed, "/FlateDecode")


def bomb_in_a_bomb() -> bytes:
    """Some kilobytes, packed twice."""
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(b"\0" * (1 << 24)) for _ in range(64)) + packer.flush()
    return _packed(zlib.compress(packed, 9), "[/FlateDecode/FlateDecode]")


def _packed(data: bytes, filters: str) -> bytes:
    head = f"<</Length {len(data)}/Filter {filters}>>stream\n".encode()
    page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<<>>>>"
    return raw(_ONE_PAGE | {3: page, 4: head + data + b"\nendstream"})


def page_loop() -> bytes:
    return raw({1: "<</Type/Catalog/Pages 2 0 R>>", 2: "<</Type/Pages/Kids[2 0 R]/Count 9>>"})


def field_loop() -> bytes:
    return with_fields("4 0 R", {4: "<</T(a)/FT/Tx/V(x)/Kids[5 0 R]>>", 5: "<</T(b)/Kids[4 0 R]/Parent 4 0 R>>"})


def deep_fields() -> bytes:
    more: dict[int, bytes | str] = {n: f"<</T(a)/FT/Tx/Kids[{n + 1} 0 R]>>" for n in range(4, 19_000)}
    return with_fields("4 0 R", {**more, 19_000: "<</T(a)/V(x)>>"})


def many_fields() -> bytes:
    return with_fields(" ".join(f"<</T(f{n})/FT/Tx/V(x)>>" for n in range(9_000)))


def many_objects() -> bytes:
    return with_fields("", dict.fromkeys(range(4, 45_000), "<<>>"))


def table_loop() -> bytes:
    made = raw(_ONE_PAGE | {3: _PAGE}, "/Prev 9999999")
    return made.replace(b"/Prev 9999999", b"/Prev %07d" % made.index(b"xref"))


def nested() -> bytes:
    return with_fields("4 0 R", {4: "<</T(a)/FT/Tx/V " + "[" * 200_000 + "]" * 200_000 + ">>"})


def huge_size() -> bytes:
    made = raw(_ONE_PAGE | {3: _PAGE})
    return made.replace(b"/Size 4", b"/Size 2000000000")


def drawing_loop() -> bytes:
    """A drawing that draws itself twice, and so on."""
    stream = b"/X Do /X Do /X Do"
    page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</XObject<</X 5 0 R>>>>>>"
    head = b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 5 0 R>>>>/Length %d>>" % len(stream)
    body = b"stream\n%b\nendstream" % stream
    return raw(_ONE_PAGE | {3: page, 4: b"<</Length %d>>%b" % (len(stream), body), 5: head + body})


def many_pages() -> bytes:
    return pdf(*("page" for _ in range(310)))


def acting(form: bytes) -> bytes:
    """The form with a script, an order to send, one to start a program, and a file inside."""
    import pikepdf
    from pikepdf import Dictionary, Name, String

    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(form)) as opened:
        opened.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))
        opened.pages[0].obj.AA = Dictionary(O=Dictionary(S=Name.Launch, F=String("calc.exe")))
        field = opened.Root.AcroForm.Fields[0]
        field.A = Dictionary(S=Name.SubmitForm, F=Dictionary(FS=Name.URL, F=String("https://example.com")))
        opened.attachments["a.txt"] = b"hello"
        opened.save(out)
    return out.getvalue()


HOSTILE: dict[str, tuple[bytes, str]] = {
    "html": (b"<!DOCTYPE html><html><body>Sign in to see the file</body></html>", "no PDF"),
    "empty": (b"", "no PDF"),
    "word": (b"PK\3\4" + b"\0" * 400, "no PDF"),
    "truncated": (pdf("Some words of a form")[:400], "damaged"),
    "head alone": (b"%PDF-1.7\nand no more", "damaged"),
    "password": (locked_pdf("secret", "open sesame"), "protected by a password"),
    "too big": (b"%PDF-1.7\n" + b" " * (11 * 1024 * 1024), "more than 10 MB"),
    "many pages": (many_pages(), "310 pages"),
    "page loop": (page_loop(), "damaged"),
    "deep fields": (deep_fields(), "damaged"),
    "many fields": (many_fields(), "damaged"),
    "many objects": (many_objects(), "far more"),
    "nested": (nested(), "damaged"),
    "drawing loop": (drawing_loop(), "far more"),
    "much text": (stream_pdf(b"BT /F 12 Tf (hi) Tj ET\n" * 300_000), "far more|damaged|memory|seconds"),
    "bomb": (bomb(), "damaged|memory"),
    "bomb in a bomb": (bomb_in_a_bomb(), "damaged|memory"),
}
"""Name to the file and to what is said of it."""
BROKEN_BUT_READ = {"field loop": field_loop(), "table loop": table_loop(), "huge size": huge_size()}
"""Either read without a form in them, or refused in words; never waited for."""
