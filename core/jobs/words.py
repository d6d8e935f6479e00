"""The words of candidates' and applicants' files into the store, a file at a time, each read in a process apart."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from core.errors import UserError
from core.insight import files
from core.insight.records import record
from core.insight.sealed import refuse_hidden
from core.store import Store, texts
from core.work.documents import document_bytes


def read_waiting(store: Store, step: Callable[[int, int], object] = lambda _done, _total: None) -> int:
    """Looks into every file that nobody has looked into; returns how many. What `step` raises stops it between two.

    One that cannot be read is noted with why, and is not tried again.
    """
    total = texts.unread_count(store)
    done = 0
    step(done, total)
    while waiting := texts.unread(store):
        for file in waiting:
            at = done
            state, text, why = _look(store, file, lambda: step(at, total))  # noqa: B023 - called before the next turn
            texts.keep(store, file.sha256, state, text, why)
            done += 1
            step(done, max(total, done))
    return done


def _look(store: Store, file: texts.Unread, step: Callable[[], object]) -> tuple[str, str, str]:
    from core.exchange import resume_text

    if file.name.rpartition(".")[2].lower() not in resume_text.READ:
        return "none", "", ""
    try:
        text, why = resume_text.words(file.name, texts.body(store, file.sha256), step=step)
    except UserError as error:
        return "refused", "", str(error)
    return ("read" if text else "none"), text, why


@dataclass(frozen=True, slots=True)
class Looked:
    """`why`: what is to be said about the words. `harm`: reading it had to be broken off, so nothing here opens it."""

    data: bytes
    words: str
    why: str
    harm: bool


def looked_at(store: Store, document_id: str, step: Callable[[], object]) -> Looked:
    """A file from outside, before it is shown: its bytes, and its words as they are read apart."""
    from core.exchange import apart, resume_text

    refuse_hidden(store, document_id)
    data = document_bytes(store, document_id)
    if (known := files.words_of(store, document_id)) is not None:
        return Looked(data, known, "", harm=False)
    name = str(record(store, "documents", document_id).fields["name"])
    try:
        words, why = resume_text.words(name, data, step=step)
    except apart.NotRead as error:
        return Looked(data, "", str(error), harm=True)
    except UserError as error:
        return Looked(data, "", str(error), harm=False)
    return Looked(data, words, why, harm=False)
