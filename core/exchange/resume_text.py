"""The words in a PDF, a DOCX or a plain text, to search in; it runs apart (core.exchange.apart)."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable
from itertools import islice
from xml.parsers import expat

from core.errors import UserError
from core.exchange import apart
from core.exchange.encoding import decode
from core.text import ASIDE, clean, in_digits, plural

MOST_PAGES = 100
MOST_CHARACTERS = 200_000
MOST_UNPACKED = 40 * 1024 * 1024
"""Bytes of XML that a DOCX may unpack to."""
READ = frozenset({"pdf", "docx", "txt", "md", "text"})
"""Endings of names whose files have words."""
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PARTS = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml")
_ASIDE = re.compile(r"word/(header|footer)")
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_FALLBACK = "http://schemas.openxmlformats.org/markup-compatibility/2006 Fallback"
PASSWORD = "It is protected by a password, so its words cannot be searched. Ask for a copy without one."  # noqa: S105
DAMAGED = "It is damaged: its words could not be read."


def words(
    name: str,
    data: bytes,
    *,
    seconds: float = apart.SECONDS,
    megabytes: int = apart.MEGABYTES,
    step: Callable[[], object] | None = None,
) -> tuple[str, str]:
    """The text and what is to be said about it ("" for nothing): read in part, or nothing to read.

    UserError where it cannot be read: protected, damaged, not what its name says, too much.
    """
    ending = name.rpartition(".")[2].lower()
    request = ending.encode() + b"\n" + data
    said = json.loads(apart.run("words", request, seconds=seconds, megabytes=megabytes, step=step))
    return str(said["text"]), str(said["why"])


def answer(request: bytes) -> bytes:
    """What `words` asks of the process apart: the name's ending, a line end, the bytes."""
    ending, _, data = request.partition(b"\n")
    text, why = _read(ending.decode(), data)
    text = re.sub(r"\n\s*\n", "\n\n", clean(text))
    if len(text) > MOST_CHARACTERS:
        text, why = text[:MOST_CHARACTERS], f"Only its first {in_digits(MOST_CHARACTERS)} characters are searched."
    return json.dumps({"text": text, "why": why}).encode()


def _read(ending: str, data: bytes) -> tuple[str, str]:
    if data[:1024].lstrip().startswith(b"%PDF-"):
        return _pdf(data)
    if data.startswith(b"PK") and ending == "docx":
        return _docx(data), ""
    if data.startswith(_OLE):
        raise UserError("It is an old Word file, or one with a password. Save it as PDF or DOCX to have it searched.")
    if ending in ("pdf", "docx"):
        raise UserError(f"Its name ends in .{ending}, but it is something else. Look where it comes from.")
    return decode(data, "The file")[0], ""


def _pdf(data: bytes) -> tuple[str, str]:
    from pypdf import PasswordType, PdfReader
    from pypdf.errors import DependencyError

    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and reader.decrypt("") == PasswordType.NOT_DECRYPTED:
            raise UserError(PASSWORD)
        pages = len(reader.pages)
        found = "\n\n".join(page.extract_text() for page in islice(reader.pages, MOST_PAGES))
    except DependencyError:
        raise UserError(PASSWORD) from None
    except (UserError, MemoryError):
        raise
    except Exception:  # noqa: BLE001 - a PDF may hold anything where anything else belongs, and the reader stumbles
        raise UserError(DAMAGED) from None
    if not found.strip():
        return "", "It is a picture of its pages: there are no words to search in it."
    return found, "" if pages <= MOST_PAGES else f"Of its {plural(pages, 'page')} the first {MOST_PAGES} are searched."


def _docx(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            parts = sorted(name for name in packed.namelist() if _PARTS.fullmatch(name))
            if "word/document.xml" not in parts:
                raise UserError(DAMAGED)
            room = MOST_UNPACKED
            found: dict[bool, list[str]] = {False: [], True: []}
            for name in parts:
                words, used = _part(packed, name, room)
                room -= used
                found[_ASIDE.match(name) is not None].append(words)
            text, aside = ("\n".join(found[side]) for side in (False, True))
            return text + ASIDE + aside if aside.strip() else text
    except (UserError, MemoryError):
        raise
    except Exception:  # noqa: BLE001 - as above: bytes of anyone's making
        raise UserError(DAMAGED) from None


def _part(packed: zipfile.ZipFile, name: str, room: int) -> tuple[str, int]:
    """Its text and how many bytes it unpacked to; never more than `room` are unpacked, whatever the head says."""
    reader = _Words()
    used = 0
    with packed.open(name) as part:
        while piece := part.read(64 * 1024):
            used += len(piece)
            if used > room:
                raise UserError("It unpacks to far more than any résumé holds, so it was left.")
            reader.parser.Parse(piece, False)
        reader.parser.Parse(b"", True)
    return "".join(reader.found), used


class _Words:
    """Text, tabs and line ends of WordprocessingML. A file with a DOCTYPE, and so with entities, is refused."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self._text = False
        self._aside = 0
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartDoctypeDeclHandler = _refuse
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._data

    def _start(self, name: str, _: object) -> None:
        # What is said twice, for programs that do not know the first way, is read once.
        self._aside += name == _FALLBACK
        if name == f"{_W} t":
            self._text = True
        elif name in (f"{_W} tab", f"{_W} br", f"{_W} cr"):
            self._put("\t" if name.endswith("tab") else "\n")

    def _end(self, name: str) -> None:
        self._aside -= name == _FALLBACK
        if name == f"{_W} t":
            self._text = False
        elif name == f"{_W} p":
            self._put("\n")

    def _data(self, data: str) -> None:
        if self._text:
            self._put(data)

    def _put(self, data: str) -> None:
        if not self._aside:
            self.found.append(data)


def _refuse(*_: object) -> None:
    raise UserError("It holds what no Word file holds (a document type), so it was left.")
