"""What a returned form holds, read in the process apart: bytes to plain data. Nothing in the file is run or followed.

Of a form with fields their values are read (/V), never how they look. Of one that was printed to PDF it is told where
its words and marks stand, and of a scan which code its picture bears.
"""

from __future__ import annotations

import io
import json
import re
from typing import Any

from core.errors import UserError
from core.text import plural

MOST_PAGES = 300
"""A rater's pack has two or three for each applicant."""
MOST_FIELDS = 2_000
MOST_VALUE = 100_000
"""Characters of one value; no form has a field for as many."""
PASSWORD = "It is protected by a password. Ask for a copy without one."  # noqa: S105
DAMAGED = "It is damaged, or made to do harm: nothing of it could be read. Ask for it once more."
MUCH = "It holds far more than any form does, so it was left."
_DEEPEST = 12
_MOST_OBJECTS = 40_000
_MOST_PIXELS = 40_000_000
_PICTURED = 3
"""Pages of a scan that are looked at for a code."""
_CODE = re.compile(r"(?<![0-9A-Za-z])[0-9A-Za-z]{4}(?:[ \-\u2010-\u2015\u00ad]{0,2}[0-9A-Za-z]{4}){4}"
                   r"[ \-\u2010-\u2015\u00ad]{0,2}[0-9A-Za-z*~$=](?![0-9A-Za-z])")  # fmt: skip
_HARM = {
    "/JavaScript": "a script", "/JS": "a script", "/Launch": "an order to start a program",
    "/SubmitForm": "an order to send what is filled in", "/ImportData": "an order to bring in data",
    "/EmbeddedFiles": "a file inside", "/EmbeddedFile": "a file inside", "/RichMedia": "a film or a sound",
    "/Movie": "a film or a sound", "/Sound": "a film or a sound", "/XFA": "a second form inside",
    "/GoToR": "a link to a file", "/GoToE": "a link to a file", "/AA": "an order for when it is opened",
}  # fmt: skip


def answer(data: bytes) -> bytes:
    """JSON: `pages`, `codes` (place to codes), `fields` (name to value), `wordy`, `inside` (what is ignored, in words),
    `words` ([page, x, y, width, size, text], ...), `marks` ([page, left, bottom, right, top], ...), `sizes`.
    """
    from pypdf import PasswordType, PdfReader
    from pypdf.errors import DependencyError

    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and reader.decrypt("") == PasswordType.NOT_DECRYPTED:
            raise UserError(PASSWORD)
        return json.dumps(_told(reader)).encode()
    except DependencyError:
        raise UserError(PASSWORD) from None
    except (UserError, MemoryError):
        raise
    except Exception:  # noqa: BLE001 - a PDF may hold anything where anything else belongs, and the reader stumbles
        raise UserError(DAMAGED) from None


def _told(reader: Any) -> dict[str, Any]:
    from core.exchange.pdf_words import TooMuch

    pages = len(reader.pages)
    if pages > MOST_PAGES:
        raise UserError(f"It has {plural(pages, 'page')}; a form has at most {MOST_PAGES}.")
    inside = _inside(reader)
    fields = _fields(reader)
    told: dict[str, Any] = {"pages": pages, "fields": fields, "inside": inside, "words": [], "marks": [], "sizes": []}
    codes = {"field": codes_in(fields.get("code", "")), "file": codes_in(_about(reader)), "text": [], "picture": []}
    told["wordy"] = bool(fields)
    if not any(fields.values()):
        try:
            _places(reader, told)
        except TooMuch:
            raise UserError(MUCH) from None
        written = _lines(told["words"])
        codes["text"] = codes_in(written)
        told["wordy"] = bool(fields) or bool(written.strip())
        if not told["wordy"]:
            codes["picture"] = _pictured(reader)
    elif not codes["field"] and not codes["file"]:
        codes["text"] = codes_in("\n".join(page.extract_text() for page in reader.pages))
    told["codes"] = codes
    return told


def codes_in(text: str) -> list[str]:
    return [match[0] for match in _CODE.finditer(text[:1_000_000])][:20]


def _about(reader: Any) -> str:
    """Everything that the file says of itself."""
    from core.exchange.pdf_words import held

    said = [str(value) for value in dict(reader.metadata or {}).values()]
    stream = held(reader.root_object, "/Metadata")
    if hasattr(stream, "get_data"):
        said.append(re.sub(r"<[^>]*>", "\n", stream.get_data()[:200_000].decode("utf-8", "replace")))
    return "\n".join(said)


# --- fields -----------------------------------------------------------------------------------------------------------


def _fields(reader: Any) -> dict[str, str]:
    """Full name to value; "" for none, and for a box that is not ticked."""
    from core.exchange.pdf_words import held

    found: dict[str, str] = {}
    seen: set[int] = set()
    roots = held(held(reader.root_object, "/AcroForm"), "/Fields")
    waiting = [(one, "", "", 0) for one in reversed(list(roots or ()))]
    while waiting:
        one, above, kind, deep = waiting.pop()
        number = getattr(one, "idnum", 0)
        field = one.get_object()
        if not hasattr(field, "get") or (number and number in seen):
            continue
        seen.add(number)
        if deep > _DEEPEST or len(found) > MOST_FIELDS or len(seen) > 4 * MOST_FIELDS:
            raise UserError(DAMAGED)
        name = ".".join(part for part in (above, str(held(field, "/T") or "")) if part)
        kind = str(held(field, "/FT") or kind)
        if "/V" in field or (kind and "/T" in field):
            found[name] = _value(held(field, "/V"), kind) or found.get(name, "")
        waiting += [(kid, name, kind, deep + 1) for kid in reversed(list(held(field, "/Kids") or ()))]
    return found


def _value(value: Any, kind: str) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return "\n".join(_value(one.get_object(), kind) for one in value[:100])
    if hasattr(value, "get_data"):
        value = value.get_data().decode("utf-8", "replace")
    elif isinstance(value, bytes):
        value = value.decode("utf-16" if value[:2] in (b"\xfe\xff", b"\xff\xfe") else "latin-1", "replace")
    said = str(value)[: MOST_VALUE + 1]
    if kind == "/Btn" or type(value).__name__ == "NameObject":
        said = said.removeprefix("/")
        return "" if said == "Off" else said
    return said


# --- what a form has no use for ---------------------------------------------------------------------------------------


def _inside(reader: Any) -> list[str]:
    """In words what the file brings that would act by itself or leads elsewhere."""
    found: dict[str, None] = {}
    numbers = {(number, generation) for generation, table in reader.xref.items() for number in table}
    numbers |= {(number, 0) for number in reader.xref_objStm}
    if len(numbers) > _MOST_OBJECTS:
        raise UserError(MUCH)
    for number, generation in sorted(numbers):
        try:
            one = reader.get_object(_reference(reader, number, generation))
        except (RecursionError, MemoryError):
            raise
        except Exception:  # noqa: BLE001, S112 - a broken object that nothing asks for does no harm
            continue
        _look(one, found, 0)
    _look(reader.trailer, found, 0)
    return list(found)


def _reference(reader: Any, number: int, generation: int) -> Any:
    from pypdf.generic import IndirectObject

    return IndirectObject(number, generation, reader)


def _look(one: Any, found: dict[str, None], deep: int) -> None:
    if deep > _DEEPEST:
        return
    if isinstance(one, dict):
        for key, value in one.items():
            word = _HARM.get(key)
            if key in ("/S", "/Subtype", "/Type") and isinstance(value, str):
                word = _HARM.get(value)
            if word:
                found.setdefault(word)
            if key == "/OpenAction" and isinstance(value, dict) and value.get("/S") != "/GoTo":
                found.setdefault(_HARM["/AA"])
            _look(value, found, deep + 1)
    elif isinstance(one, list):
        for value in one:
            _look(value, found, deep + 1)


# --- a form that was printed, and a scan ------------------------------------------------------------------------------


def _places(reader: Any, told: dict[str, Any]) -> None:
    from core.exchange.pdf_words import size_of, words_of

    for at, page in enumerate(reader.pages):
        found = words_of(page)
        told["sizes"].append([round(side, 2) for side in size_of(page)])
        told["words"] += [
            [at, round(w.x, 2), round(w.y, 2), round(w.width, 2), round(w.size, 2), w.text] for w in found.words
        ]
        told["marks"] += [[at, *(round(side, 2) for side in mark)] for mark in found.marks]


def _lines(words: list[list[Any]]) -> str:
    """The words in lines, as a code may be shown in several pieces."""
    lines: dict[tuple[int, int], list[tuple[float, float, str]]] = {}
    for page, x, y, width, _, text in words:
        lines.setdefault((page, round(y)), []).append((x, x + width, text))
    said = []
    for pieces in lines.values():
        line, end = "", 0.0
        for begin, until, text in sorted(pieces):
            line += text if begin - end < 1 else f" {text}"
            end = until
        said.append(line)
    return "\n".join(said)


def _pictured(reader: Any) -> list[str]:
    """The codes in the pictures of the first pages."""
    import zxingcpp
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = _MOST_PIXELS
    kinds = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
    found: list[str] = []
    for page in list(reader.pages)[:_PICTURED]:
        for at, name in enumerate(page.images.keys()):
            if at >= _PICTURED:
                break
            try:
                picture = page.images[name].image
            except (MemoryError, RecursionError):
                raise
            except Exception:  # noqa: BLE001, S112 - a picture that cannot be drawn bears no code
                continue
            if picture is not None and picture.width * picture.height <= _MOST_PIXELS:
                codes = zxingcpp.read_barcodes(picture.convert("L"), formats=kinds)
                found += [code for one in codes for code in codes_in(one.text)]
    return found
