"""Offer letters to many at once: as files, as one file to print, or as drafts of mails with the letter in each.

One that cannot be made stops no other, and is said. All that is made is put on record together; where it is cancelled
or the disk does not take it, nothing of it is left.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from core.errors import UserError
from core.exchange import mail
from core.files import replace_file, safe_name
from core.insight import offers, office
from core.jobs import letters
from core.jobs.leaving import all_or_nothing, check_folder, check_target, drawn
from core.jobs.letters import Made, letter_name
from core.store import Label, Left, Store
from core.text import plural, short_day

if TYPE_CHECKING:
    from core.insight.offers import OfferView
    from core.paper.page import Paper

Way = Literal["files", "one", "drafts"]
WAYS: dict[Way, str] = {
    "files": "A PDF for each",
    "one": "One PDF with all, to print",
    "drafts": "A draft of a mail for each, with the letter in it",
}
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Written:
    """`refused`: of which offer no letter was made, and why. `unaddressed`: drafts that have no address yet."""

    files: tuple[Path, ...]
    letters: int
    refused: tuple[tuple[str, str], ...]
    unaddressed: int = 0

    @property
    def words(self) -> str:
        told = f"{plural(self.letters, 'letter')} written."
        if self.unaddressed:
            told += f" {plural(self.unaddressed, 'draft')} without an address: none is known."
        if self.refused:
            who, why = self.refused[0]
            more = f", and {len(self.refused) - 1} more" if len(self.refused) > 1 else ""
            told += f" {len(self.refused)} not written. {who}: {why}{more}"
        return told


def write_letters(
    store: Store,
    offer_ids: Sequence[str],
    folder: Path,
    way: Way = "files",
    *,
    today: date,
    overwrite: bool = False,
    progress: Progress = lambda _done, _total: None,
) -> Written:
    """UserError where not one can be made, or something of that name is in the folder already."""
    check_folder(folder)
    run = _Run(store, folder, way, today, overwrite)
    going = run.free([offers.offer(store, offer_id, today=today) for offer_id in offer_ids])

    def write() -> None:
        if way == "one" and going:
            run.bind([view for view, _ in going], going[0][1], progress)
        else:
            run.each(going, progress)
        if not run.left and run.refused:
            who, why = run.refused[0]
            raise UserError(f"No letter was written. The first, {who}: {why}")

    all_or_nothing(list(dict.fromkeys(out for _, out in going)), write, run.record)
    files = tuple(dict.fromkeys(run.files))
    return Written(files, len(run.left), tuple(run.refused), run.unaddressed)


class _Run:
    def __init__(self, store: Store, folder: Path, way: Way, today: date, overwrite: bool) -> None:
        self.store, self.folder, self.way, self.today, self.overwrite = store, folder, way, today, overwrite
        self.left: list[Left] = []
        self.files: list[Path] = []
        self.refused: list[tuple[str, str]] = []
        self.unaddressed = 0
        self.kept: list[tuple[Made, Path]] = []

    def record(self) -> None:
        """That they left, and each as it was sent: read back, as the letters of a thousand are too much to hold."""
        with self.store.change(Label.LETTER_MADE):
            self.store.disclose_all(self.left)
            for made, out in self.kept:
                data = out.read_bytes()
                whole = mail.attached(data) if self.way == "drafts" else data
                letters.keep(self.store, replace(made, data=whole), out.with_suffix(".pdf").name, today=self.today)

    def free(self, views: Sequence[OfferView]) -> list[tuple[OfferView, Path]]:
        """Those whose name may be written to."""
        found = []
        for view, out in zip(views, self.names(views), strict=True):
            try:
                check_target(out, self.overwrite, (".pdf", ".eml"))
            except UserError as error:
                self.refused.append((f"{view.reference} {view.candidate}", str(error)))
            else:
                found.append((view, out))
        return found

    def names(self, views: Sequence[OfferView]) -> list[Path]:
        """One for each, no two alike where capitals do not count."""
        if self.way == "one":
            return [self.folder / safe_name(f"Offer letters {self.today.isoformat()}.pdf")] * len(views)
        ending = ".eml" if self.way == "drafts" else ".pdf"
        taken: set[str] = set()
        found = []
        for view in views:
            stem, count = Path(letter_name(view)).stem, 1
            name = f"{stem}{ending}"
            while name.casefold() in taken:
                count += 1
                name = safe_name(f"{stem} {count}{ending}")
            taken.add(name.casefold())
            found.append(self.folder / name)
        return found

    def each(self, going: Sequence[tuple[OfferView, Path]], progress: Progress) -> None:
        sender = office.employer(self.store).email
        for done, (view, out) in enumerate(going):
            progress(done, len(going))
            try:
                made = letters.make(self.store, letters.offer_wanted(view), today=self.today)
            except UserError as error:
                self.refused.append((f"{view.reference} {view.candidate}", str(error)))
                continue
            data = made.data
            kept = self._draft(view, data, sender) if self.way == "drafts" else data
            with replace_file(out, overwrite=self.overwrite) as file:
                file.write(kept)
            self._keep(view, out, hashlib.sha256(data).hexdigest())
            self.kept.append((replace(made, data=b""), out))

    def bind(self, views: Sequence[OfferView], out: Path, progress: Progress) -> None:
        from core.paper import page

        going: list[OfferView] = []

        def papers() -> Iterator[Paper]:
            for view in views:
                paper = self._paper(view)
                if paper is not None:
                    going.append(view)
                    yield paper

        try:
            data = drawn(lambda into: page.bind(into, papers(), lambda done: progress(done, len(views))))
        except ValueError:
            # Not one could be made: each has said why.
            if going:
                raise
            return
        with replace_file(out, overwrite=self.overwrite) as file:
            file.write(data)
        digest = hashlib.sha256(data).hexdigest()
        for view in going:
            self._keep(view, out, digest)

    def _paper(self, view: OfferView) -> Paper | None:
        from core.paper import letter

        try:
            return letter.paper(letters.written_offer(self.store, view, self.today))
        except UserError as error:
            self.refused.append((f"{view.reference} {view.candidate}", str(error)))
            return None

    def _draft(self, view: OfferView, data: bytes, sender: str) -> bytes:
        self.unaddressed += not view.email
        until = f" by {short_day(view.expires_on)}" if view.expires_on else ""
        words = (
            f"Hello {view.greeting_name},\n\nWe would be glad to have you on “{view.project}”. The letter with this "
            f"mail says what it is, what it pays and how to say yes; please answer{until}.\n\n"
            f"Kind regards\n{view.signatory or view.employer.name}"
        )
        subject = f"Your offer: {view.project}"
        paper = (letter_name(view), data)
        return mail.draft(subject, words, view.email, sender, name=view.candidate, paper=paper)

    def _keep(self, view: OfferView, out: Path, digest: str) -> None:
        refs = [("offers", view.id), ("candidates", view.candidate_id), ("projects", view.project_id)]
        self.left.append(Left("letter", f"Offer letter, {view.reference}", view.candidate, out.name, digest, refs))
        self.files.append(out)
