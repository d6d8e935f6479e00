"""Files as people send them: good ones, broken ones, and ones that were made to do harm."""

from __future__ import annotations

import io
import zipfile
import zlib
from xml.sax.saxutils import escape

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def pdf(*pages: str) -> bytes:
    """A page for each text, in a font that every reader has."""
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out)
    for page in pages:
        for at, words in enumerate(page.splitlines()):
            canvas.drawString(50, 750 - 16 * at, words)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def locked_pdf(words: str, password: str) -> bytes:
    """With "" it opens for everyone, as files do whose owner only forbade printing."""
    from pypdf import PdfWriter

    writer, out = PdfWriter(), io.BytesIO()
    writer.append(io.BytesIO(pdf(words)))
    writer.encrypt(password, "the owner's own", algorithm="RC4-128")
    writer.write(out)
    return out.getvalue()


def stream_pdf(stream: bytes) -> bytes:
    """One page that draws `stream`, however large it unpacks."""
    packed = zlib.compress(stream, 9)
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Resources<</Font<</F 5 0 R>>>>/Contents 4 0 R>>",
        b"<</Length %d/Filter/FlateDecode>>stream\n%b\nendstream" % (len(packed), packed),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj%b endobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    tail = b"xref\n0 6\n0000000000 65535 f \n%btrailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF"
    return out + tail % (table, len(out))


def slow_pdf() -> bytes:
    """A tenth of a megabyte that takes a parser minutes, or all the memory there is."""
    return stream_pdf(b"BT /F 12 Tf (hi) Tj ET\n" * 2_000_000)


def docx(*paragraphs: str) -> bytes:
    body = "".join(f"<w:p><w:r><w:t>{escape(words)}</w:t></w:r></w:p>" for words in paragraphs)
    return docx_of(f"<w:document {W}><w:body>{body}</w:body></w:document>")


def docx_of(xml: str, **more: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", "<Types/>")
        packed.writestr("word/document.xml", xml)
        for name, text in more.items():
            packed.writestr(f"word/{name}.xml", text)
    return out.getvalue()
