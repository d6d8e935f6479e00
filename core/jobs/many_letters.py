"""Letters to many at once: as files, as one file to print, or as drafts of mails with the letter in each.

One that cannot be made stops no other, and is said. All that is made is put on record together, each kept as it was
sent; where it is cancelled or the disk does not take it, nothing of it is left.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from core.errors import FieldErrors, UserError
from core.exchange import mail
from core.files import replace_file, safe_name
from core.insight import offers, office
from core.insight.letters import addressees, names_of, rows_of
from core.jobs import letters
from core.jobs.leaving import all_or_nothing, check_folder, check_target, drawn
from core.jobs.letters import GRANT, NOT_SELECTED, OFFER, Made, Wanted
from core.letter_text import ABOUT_WORDS, About, asked
from core.store import Label, Left, Store
from core.text import plural
from core.work import letter_templates

if TYPE_CHECKING:
    from core.paper.page import Paper

Way = Literal["files", "one", "drafts"]
WAYS: dict[Way, str] = {
    "files": "A PDF for each",
    "one": "One PDF with all, to print",
    "drafts": "A draft of a mail for each, with the letter in it",
}
_LOOKED_AT = 12
_A_WHILE = 50
OF_EVERYBODY = frozenset({"employer", "me", "my_title", "reply_to"})
"""Fields that are the same in each letter."""
Progress = Callable[[int, int], None]
Refused = tuple[str, str]
"""Who, and why."""


@dataclass(frozen=True, slots=True)
class Written:
    """`refused`: for whom no letter was made, and why. `unaddressed`: drafts that have no address yet."""

    files: tuple[Path, ...]
    letters: int
    refused: tuple[Refused, ...]
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


def wanted_of_offers(store: Store, offer_ids: Sequence[str]) -> list[Wanted]:
    granted = offers.by_grant(store, offer_ids)
    return [Wanted("offer", one, GRANT if one in granted else OFFER) for one in offer_ids]


def wanted_for(
    store: Store,
    key: str,
    candidate_ids: Sequence[str],
    project_id: str | None = None,
    *,
    said: Mapping[str, str] | None = None,
    terms: tuple[str, ...] | None = None,
    today: date,
) -> tuple[list[Wanted], list[Refused]]:
    """The letter of this key to each of these, about the latest that it can be about (of this project)."""
    about: About = letter_templates.letter(store, key).about  # type: ignore[assignment]
    declined = key == NOT_SELECTED
    rows = rows_of(store, about, candidate_ids, project_id, declined_by=today if declined else None)
    theirs = ABOUT_WORDS[about].removeprefix("an ")
    why = "was declined, or it is still held back" if declined else "is there to write about"
    found, lacks = [], []
    for candidate_id, name in names_of(store, candidate_ids).items():
        if row_id := rows.get(candidate_id):
            found.append(Wanted(about, row_id, key, said or {}, terms))
        else:
            lacks.append((name, f"No {theirs} of theirs {why}."))
    return found, lacks


@dataclass(frozen=True, slots=True)
class Outlook:
    """What would be written. `left_out`: who gets none, and why. `asks`: (field, question), said once for all."""

    going: tuple[Wanted, ...]
    left_out: tuple[Refused, ...]
    asks: tuple[tuple[str, str], ...]

    @property
    def words(self) -> str:
        told = plural(len(self.going), "letter") + "."
        if self.left_out:
            who, why = self.left_out[0]
            more = f" So {len(self.left_out) - 1} more." if len(self.left_out) > 1 else ""
            told += f" Left out: {who}. {why}{more}"
        return told


def outlook(store: Store, wanted: Sequence[Wanted], refused: Sequence[Refused] = (), *, today: date) -> Outlook:
    """Without making any. What is asked for is read off the first of them; what lacks of one alone is said later."""
    going, left_out = [], list(refused)
    people = {about: addressees(store, about, rows, today=today) for about, rows in _by_about(wanted).items()}
    for one in wanted:
        to = people[one.about].get(one.row_id)
        if to is not None and to.stop:
            left_out.append((to.name, to.stop))
        elif to is not None:
            going.append(one)
    asks: dict[str, str] = {}
    for one in going[:_LOOKED_AT]:
        lacks = letters.lacking(store, replace(one, said={}), today=today)
        asks |= {name: words for name, words in lacks if asked(name) or name in OF_EVERYBODY}
    return Outlook(tuple(going), tuple(left_out), tuple(asks.items()))


def _by_about(wanted: Sequence[Wanted]) -> dict[About, list[str]]:
    found: dict[About, list[str]] = {}
    for one in wanted:
        found.setdefault(one.about, []).append(one.row_id)
    return found


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
    """The letters of these offers; else as `write_many`."""
    check_folder(folder)
    wanted = wanted_of_offers(store, offer_ids)
    return write_many(store, wanted, folder, way, today=today, overwrite=overwrite, progress=progress)


def write_many(
    store: Store,
    wanted: Sequence[Wanted],
    folder: Path,
    way: Way = "files",
    *,
    today: date,
    overwrite: bool = False,
    beside: bool = False,
    even_so: bool = False,
    refused: Sequence[Refused] = (),
    progress: Progress = lambda _done, _total: None,
) -> Written:
    """UserError where not one can be made, or something of that name is in the folder already.

    `beside`: then it gets a number instead. `even_so`: also to those who wished no contact. `refused`: who was left out
    before.
    """
    check_folder(folder)
    run = _Run(store, folder, way, today, overwrite, beside)
    going = run.free(run.known(wanted, even_so))

    def write() -> None:
        if way == "one" and going:
            run.bind(going, progress)
        else:
            run.each(going, progress)
        if not (run.left or run.bound) and (none := [*run.refused, *refused]):
            who, why = none[0]
            raise UserError(f"No letter was written. The first, {who}: {why}")

    all_or_nothing(list(dict.fromkeys(one.out for one in going)), write, lambda: run.record(progress))
    return Written(tuple(dict.fromkeys(run.files)), len(run.left), (*run.refused, *refused), run.unaddressed)


@dataclass(frozen=True, slots=True)
class _One:
    """One who may get a letter. `name`: of the letter's own file."""

    wanted: Wanted
    who: str
    name: str
    out: Path = Path()


class _Run:
    def __init__(self, store: Store, folder: Path, way: Way, today: date, overwrite: bool, beside: bool) -> None:
        self.store, self.folder, self.way, self.today = store, folder, way, today
        self.overwrite, self.beside = overwrite, beside
        self.left: list[Left] = []
        self.files: list[Path] = []
        self.refused: list[Refused] = []
        self.unaddressed = 0
        self.kept: list[tuple[Made, _One]] = []
        self.bound: list[_One] = []
        self.digest = ""
        self.texts = {one.key: one.text for one in letter_templates.letters(store)}

    # --- who, and under which name ----------------------------------------------------------------------------------

    def known(self, wanted: Sequence[Wanted], even_so: bool) -> list[_One]:
        texts = self.texts
        rows = _by_about(wanted)
        people = {about: addressees(self.store, about, rows[about], today=self.today) for about in rows}
        found = []
        for want in wanted:
            one = people[want.about].get(want.row_id)
            if one is None or want.key not in texts:
                self.refused.append(("One", letter_templates.GONE if one else "They are no longer in the store."))
                continue
            who = " ".join(part for part in (one.reference, one.name) if part)
            if one.stop and not even_so:
                self.refused.append((who, one.stop))
            else:
                name = letters.letter_name(want.key, texts[want.key], one.reference, one.name)
                found.append(_One(want, who, name))
        return found

    def free(self, going: Sequence[_One]) -> list[_One]:
        """Those whose name may be written to."""
        found = []
        for one in self.named(going):
            try:
                check_target(one.out, self.overwrite, (".pdf", ".eml"))
            except UserError as error:
                self.refused.append((one.who, str(error)))
            else:
                found.append(one)
        return found

    def named(self, going: Sequence[_One]) -> list[_One]:
        """One for each, no two alike where capitals do not count."""
        taken: set[str] = set()
        if self.way == "one":
            out = self.folder / self._free_name(self._bound_name(going), ".pdf", taken)
            return [replace(one, out=out) for one in going]
        ending = ".eml" if self.way == "drafts" else ".pdf"
        return [replace(one, out=self.folder / self._free_name(Path(one.name).stem, ending, taken)) for one in going]

    def _bound_name(self, going: Sequence[_One]) -> str:
        keys = {one.wanted.key for one in going}
        words = "Offer letters"
        if not keys <= {OFFER, GRANT}:
            words = self.texts[keys.pop()].name if len(keys) == 1 else "Letters"
        return Path(safe_name(f"{words} {self.today.isoformat()}.pdf")).stem

    def _free_name(self, stem: str, ending: str, taken: set[str]) -> str:
        name, count = f"{stem}{ending}", 1
        while name.casefold() in taken or (self.beside and (self.folder / name).exists()):
            count += 1
            name = safe_name(f"{stem} {count}{ending}")
        taken.add(name.casefold())
        return name

    # --- made -------------------------------------------------------------------------------------------------------

    def each(self, going: Sequence[_One], progress: Progress) -> None:
        sender = office.employer(self.store).email
        for done, one in enumerate(going):
            progress(done, len(going))
            if (made := self._made(one)) is None:
                continue
            with replace_file(one.out, overwrite=self.overwrite) as file:
                file.write(self._draft(made, sender) if self.way == "drafts" else made.data)
            self._left(made, one, hashlib.sha256(made.data).hexdigest())

    def _made(self, one: _One) -> Made | None:
        try:
            return letters.make(self.store, one.wanted, today=self.today, text=self.texts[one.wanted.key])
        except UserError as error:
            self.refused.append((one.who, _why(error)))
            return None

    def _draft(self, made: Made, sender: str) -> bytes:
        self.unaddressed += not made.email
        return mail.draft(made.subject, made.words, made.email, sender, name=made.to, paper=(made.name, made.data))

    def _left(self, made: Made, one: _One, digest: str) -> None:
        self.left.append(Left("letter", made.what, made.to, one.out.name, digest, list(made.refs)))
        self.files.append(one.out)
        self.kept.append((replace(made, data=b""), one))

    def bind(self, going: Sequence[_One], progress: Progress) -> None:
        """As one file. What each is kept as is drawn when it is put on record, as so many are too much to hold."""
        from core.paper import page

        def papers() -> Iterator[Paper]:
            marked = any(self._asks(one) for one in going)
            for one in going:
                if (paper := self._paper(one)) is not None:
                    self.bound.append(one)
                    # All pages of one file have their foot at one height.
                    yield replace(paper, mark=paper.mark or _nothing) if marked else paper

        try:
            # The other half is the record's.
            step = lambda done: progress(done, 2 * len(going))  # noqa: E731
            data = drawn(lambda into: page.bind(into, papers(), step))
        except ValueError:
            # Not one could be made: each has said why.
            if self.bound:
                raise
            return
        with replace_file(going[0].out, overwrite=self.overwrite) as file:
            file.write(data)
        self.digest = hashlib.sha256(data).hexdigest()
        self.files.append(going[0].out)

    def _asks(self, one: _One) -> bool:
        return "{the answer}" in self.texts[one.wanted.key].text

    def _paper(self, one: _One) -> Paper | None:
        from core.paper import letter

        try:
            return letter.paper(
                letters.to_print(self.store, one.wanted, today=self.today, text=self.texts[one.wanted.key])
            )
        except UserError as error:
            self.refused.append((one.who, _why(error)))
            return None

    # --- on record --------------------------------------------------------------------------------------------------

    def record(self, progress: Progress) -> None:
        """That they left, and each as it was sent: read back, as the letters of a thousand are too much to hold."""
        store, today = self.store, self.today
        with store.change(Label.LETTER_MADE):
            for done, one in enumerate(self.bound):
                progress(len(self.bound) + done, 2 * len(self.bound))
                text = self.texts[one.wanted.key]
                made = letters.make(store, one.wanted, today=today, on_paper=True, text=text)
                letters.keep(store, made, one.name, today=today)
                self.left.append(Left("letter", made.what, made.to, one.out.name, self.digest, list(made.refs)))
            for done, (made, one) in enumerate(self.kept):
                if done % _A_WHILE == _A_WHILE - 1:
                    # It has no steps of its own, but may be stopped.
                    progress(len(self.kept), len(self.kept))
                data = one.out.read_bytes()
                whole = mail.attached(data) if self.way == "drafts" else data
                letters.keep(store, replace(made, data=whole), one.out.with_suffix(".pdf").name, today=today)
            store.disclose_all(self.left)


def _why(error: UserError) -> str:
    """Of fields without words, which these are."""
    return " ".join(dict.fromkeys(error.fields.values())) if isinstance(error, FieldErrors) else str(error)


def _nothing(_canvas: object, _left: float, _bottom: float) -> None:
    """In place of a square."""
