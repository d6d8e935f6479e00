"""The rows that were left out, as a file to mend: the same columns, and one more that says what is wrong."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from core.errors import UserError
from core.exchange.fields import WRONG
from core.exchange.table import Pasted
from core.exchange.write import Sheet, write_csv, write_xlsx
from core.jobs.intake_plan import ImportPlan, PlanRow
from core.jobs.leaving import all_or_nothing
from core.store import Store
from core.text import plural

ENDINGS = (".csv", ".xlsx")


def wrong_name(plan: ImportPlan) -> str:
    """A name for the file: of a workbook a workbook, of a text a CSV."""
    if isinstance(plan.source, Pasted):
        return "Rows to mend.csv"
    stem = plan.source.stem.removesuffix(" - to mend")
    return f"{stem} - to mend{'.xlsx' if plan.sheet else '.csv'}"


def save_wrong(store: Store, plan: ImportPlan, out: Path, rows: Sequence[PlanRow] | None = None) -> int:
    """Writes the rows that are left out, with delimiter and columns of the file they came from; how many.

    Taken in again, the last column is passed over. It is on the record that they left. UserError, SystemFault.
    """
    ending = out.suffix.lower()
    if ending not in ENDINGS:
        raise UserError(f"{out.name} should end in {' or '.join(ENDINGS)}.")
    if isinstance(plan.source, Path) and out.exists() and plan.source.exists() and out.samefile(plan.source):
        raise UserError(f"{out.name} is the file that they came from. Choose another name.")
    found = [
        [*row.cells, " ".join(said.problems)]
        for row, said in zip(plan.table.rows, rows if rows is not None else plan.rows, strict=True)
        if said.outcome == "wrong"
    ]
    if not found:
        raise UserError("No row was left out.")
    headers = [*plan.headers, WRONG]

    def write() -> None:
        if ending == ".xlsx":
            write_xlsx(out, [Sheet(plan.sheet or "Rows to mend", headers, found)])
        else:
            write_csv(out, headers, found, delimiter=plan.table.delimiter or ",")

    def record() -> None:
        digest = hashlib.sha256(out.read_bytes()).hexdigest()
        words = f"{plan.noun.capitalize()} that were not taken in, {plural(len(found), 'row')}"
        store.disclose("export", words, "", out.name, digest)

    all_or_nothing([out], write, record)
    return len(found)
