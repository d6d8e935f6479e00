"""Files into the store, and out of it by the person's own act."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from core.errors import FieldErrors, SystemFault
from core.files import check_name, replace_file
from core.insight.records import record
from core.insight.sealed import refuse_hidden
from core.jobs.leaving import all_or_nothing
from core.store import Store
from core.work.documents import MOST_BYTES, File, document_bytes


def read_files(paths: Iterable[Path]) -> list[File]:
    """The names and bytes. FieldErrors (files) for a folder, one that is gone, or one over 25 MB, which is not read."""
    found: list[File] = []
    for path in paths:
        if path.is_dir():
            raise FieldErrors({"files": f"{path.name} is a folder. Choose the files in it."})
        if not path.is_file():
            raise FieldErrors({"files": f"{path.name} is not there any more. Choose it again."})
        try:
            with path.open("rb") as file:
                data = file.read(MOST_BYTES + 1)
        except OSError as error:
            raise SystemFault(f"{path.name} cannot be read. It may be open elsewhere, or not yours to read.") from error
        if len(data) > MOST_BYTES:
            raise FieldErrors({"files": f"{path.name} is over 25 MB. Keep it elsewhere and note where it lies."})
        found.append((path.name, data))
    return found


def save_file(store: Store, document_id: str, out: Path, *, overwrite: bool = False) -> Path:
    """Writes a kept file to `out` and records that it left. UserError for one that may tell who is behind a code."""
    check_name(out)
    refuse_hidden(store, document_id)
    data = document_bytes(store, document_id)
    row = record(store, "documents", document_id).fields

    def write() -> None:
        with replace_file(out, overwrite=overwrite) as file:
            file.write(data)

    refs = [("documents", document_id), (str(row["noun"]), str(row["owner_id"]))]
    digest = str(row["sha256"])
    all_or_nothing([out], write, lambda: store.disclose("file", "A kept file", "", out.name, digest, refs))
    return out
