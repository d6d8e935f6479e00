"""Files that answer a question, as raters may read them: their words alone, masked, under a name that tells nothing.

What a mask cannot make safe is held back as a whole, with the reason: what has no words (a picture, a scan), what could
not be read, what is still being read, and a text in which the name may stand as a word of any text
(core.insight.masking.Finder.covers). What stands on every page as its head or foot is left out.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from core.insight.blind import Mask
from core.insight.files import shown_as
from core.insight.parts import chunks
from core.insight.spelling import joined_lines
from core.model import Document, DocumentText
from core.text import ASIDE

NOT_YET = "Held back: its words are still being read. They come here by themselves."
PICTURE = "Held back: a picture may show who made it. It is shown once the names are revealed."
NO_WORDS = "Held back: it has no words that could be read, as a scan or a picture of its pages has none."
REFUSED = "Held back: it could not be read, as it has a password, is damaged or is of another kind than its name says."
OTHER = "Held back: only the words of PDF, DOCX and plain text files are read."
UNSAFE = "Held back: what tells who wrote it may be short or an everyday word, and cannot be masked safely."
PART = "This is its beginning; the rest is shown once the names are revealed."
MOST = 20_000
"""Characters that are shown of a file."""
_BEYOND = 300
_KINDS = {
    "pdf": "PDF", "docx": "DOCX", "txt": "text", "text": "text", "md": "text", "png": "picture", "jpg": "picture",
    "jpeg": "picture", "gif": "picture", "webp": "picture", "heic": "picture", "tif": "picture", "tiff": "picture",
    "bmp": "picture", "svg": "picture",
}  # fmt: skip
_READ = frozenset({"PDF", "DOCX", "text"})
_NOTHING = re.compile(r"[\W_]*")


@dataclass(frozen=True, slots=True)
class AnswerFile:
    """`name`: "File 1, PDF" until the names are revealed. `words` is "" where it is held back; `note` says why, or that
    only a part was read. `document_id` and `shown` (as of KeptFile) once revealed.
    """

    question_id: str | None
    name: str
    words: str
    note: str
    document_id: str | None = None
    shown: str = ""


def neutral_names(session: Session, application_ids: Iterable[str]) -> dict[str, str]:
    """By document of these applications: File 1, PDF. Each has numbers of its own, in the order in which they came."""
    names: dict[str, str] = {}
    for ids in chunks(sorted(set(application_ids))):
        numbers: dict[str, int] = defaultdict(int)
        for row in session.scalars(_documents(ids)):
            numbers[row.owner_id] += 1
            names[row.id] = _neutral(row, numbers[row.owner_id])
    return names


def answer_files(session: Session, hide: Mapping[str, Mask | None]) -> dict[str, tuple[AnswerFile, ...]]:
    """By application. `hide`: the mask of each that is under a code, None for one whose name is revealed."""
    found: dict[str, list[AnswerFile]] = defaultdict(list)
    for ids in chunks(sorted(hide)):
        for row in session.scalars(_documents(ids)):
            text = session.get(DocumentText, row.sha256)
            mask = hide[row.owner_id]
            name = _neutral(row, len(found[row.owner_id]) + 1)
            if mask is None:
                words, note = _all(text)
                found[row.owner_id].append(AnswerFile(row.question_id, row.name, words, note, row.id, shown_as(row)))
            else:
                found[row.owner_id].append(AnswerFile(row.question_id, name, *masked(_kind(row.name), text, mask)))
    return {of: tuple(files) for of, files in found.items()}


def masked(kind: str, text: DocumentText | None, mask: Mask) -> tuple[str, str]:
    """(words, note): the words that raters may read, or "" and why they may not."""
    if kind == "picture":
        return "", PICTURE
    if kind not in _READ:
        return "", OTHER
    if text is None:
        return "", NOT_YET
    if text.state == "refused":
        return "", REFUSED
    words = text.text.partition(ASIDE)[0].strip()
    if text.state != "read" or _NOTHING.fullmatch(words):
        return "", NO_WORDS
    part = bool(text.why) or len(words) > MOST
    safe = _safe(words[: MOST + _BEYOND], mask)
    return ("", UNSAFE) if safe is None else (safe, PART if part else "")


# The queue is read anew after each score.
@lru_cache(maxsize=128)
def _safe(words: str, mask: Mask) -> str | None:
    # Masked before it is cut, so that half a name is none; a word that a line cuts is one again.
    return joined_lines(mask(words))[:MOST] if mask.covers(words) else None


def _all(text: DocumentText | None) -> tuple[str, str]:
    if text is None:
        return "", "Its words are still being read."
    return (text.text.replace(ASIDE, "\n")[:MOST], text.why) if text.state == "read" else ("", text.why)


def _documents(application_ids: Sequence[str]) -> Select[Document]:
    mine = select(Document).where(Document.noun == "applications", Document.owner_id.in_(application_ids))
    return mine.order_by(Document.owner_id, Document.created_at, Document.id)


def _neutral(row: Document, number: int) -> str:
    kind = _kind(row.name)
    return f"File {number}, {kind}" if kind else f"File {number}"


def _kind(name: str) -> str:
    return _KINDS.get(name.rpartition(".")[2].lower(), "") if "." in name else ""
