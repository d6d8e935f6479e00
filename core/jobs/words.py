"""The words of candidates' files into the search index, a file at a time, each read in a process apart."""

from __future__ import annotations

from collections.abc import Callable

from core.errors import UserError
from core.insight import files
from core.insight.records import record
from core.store import Store, texts
from core.work.documents import document_bytes


def read_waiting(store: Store, step: Callable[[int, int], object] = lambda _done, _total: None) -> int:
    """Looks into every file that nobody has looked into; returns how many. What `step` raises stops it between two.

    One that cannot be read is noted with why, and is not tried again.
    """
    total = texts.unread_count(store)
    done = 0
    step(done, total)
    while (file := texts.next_unread(store)) is not None:
        at = done
        state, text, why = _look(file, lambda: step(at, total))  # noqa: B023 - it is called before the next turn
        texts.keep(store, file.sha256, state, text, why)
        done += 1
        step(done, max(total, done))
    return done


def _look(file: texts.Unread, step: Callable[[], object]) -> tuple[str, str, str]:
    from core.exchange import resume_text

    if file.name.rpartition(".")[2].lower() not in resume_text.READ:
        return "none", "", ""
    try:
        text, why = resume_text.words(file.name, file.body, step=step)
    except UserError as error:
        return "refused", "", str(error)
    return ("read" if text else "none"), text, why


def words_now(store: Store, document_id: str, step: Callable[[], object]) -> tuple[str, str]:
    """The words of one file, and what is to be said about them; UserError where it cannot be read."""
    from core.exchange import resume_text

    if (known := files.words_of(store, document_id)) is not None:
        return known, ""
    name = str(record(store, "documents", document_id).fields["name"])
    return resume_text.words(name, document_bytes(store, document_id), step=step)
