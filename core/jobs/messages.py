"""A message to one or to many: its words for each, as drafts for one's own mail program, and on record once it went."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING
from urllib.parse import quote

from core import message
from core.errors import FieldErrors, UserError
from core.exchange import mail
from core.files import replace_file, safe_name
from core.insight.addressed import Addressed, addressed
from core.insight.office import employer
from core.jobs.leaving import all_or_nothing, check_folder
from core.jobs.letters import Along
from core.store import Label, Store
from core.text import in_digits, line, plural
from core.work import touches
from core.work.touches import TouchDraft

if TYPE_CHECKING:
    from core.jobs.forms import Made

LONGEST_LINK = 1_900
"""Letters that every mail program takes in a mailto: link; Windows hands over some 2,000."""
MOST = 5_000
"""People of one message; more are no letters but a newsletter."""
Progress = Callable[[int, int], None]
Own = Mapping[str, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Letter:
    """A message for one person. `missing`: fields in it that have no words; `stop`: why it goes to nobody, else ""."""

    candidate_id: str
    name: str
    to: str
    subject: str
    text: str
    missing: tuple[str, ...]
    stop: str


class Readers:
    """Those to whom a message goes, read once: a key that is pressed then fills one letter, and not all.

    `own`: by candidate the subject and text that are for them alone, in place of the common ones; they may hold fields.
    """

    def __init__(self, people: Sequence[Addressed]) -> None:
        self.people = list(people)
        self.at = {one.candidate_id: place for place, one in enumerate(self.people)}
        self.stopped = [one for one in self.people if one.stop]
        self._lacks = {
            field: {one.candidate_id for one in self.people if not one.stop and not one.values.get(field, "").strip()}
            for field in message.FIELDS
        }

    def letter(self, place: int, subject: str, text: str, own: Own = MappingProxyType({})) -> Letter:
        """FieldErrors: a field that there is not."""
        _check(subject, text)
        one = self.people[place]
        return _letter(one, *own.get(one.candidate_id, (subject, text)))

    def lacking(self, subject: str, text: str, own: Own = MappingProxyType({})) -> list[str]:
        """Ids, in order, of those who would be written to and of whom something that is asked for is not known."""
        found = set[str]().union(*(self._lacks.get(field, ()) for field in message.fields_in(subject, text)))
        found -= set(own)
        for candidate_id, said in own.items():
            if candidate_id in self.at and any(candidate_id in self._lacks[f] for f in _fields(*said)):
                found.add(candidate_id)
        return sorted(found, key=self.at.__getitem__)


def readers(store: Store, candidate_ids: Sequence[str], project_id: str | None = None, *, today: date) -> Readers:
    """UserError: more than anyone could write to in one go."""
    if len(candidate_ids) > MOST:
        raise UserError(
            f"A message goes to at most {in_digits(MOST)} people at once; these are {in_digits(len(candidate_ids))}."
        )
    return Readers(addressed(store, candidate_ids, project_id, today=today))


def compose(
    store: Store,
    subject: str,
    text: str,
    candidate_ids: Sequence[str],
    project_id: str | None = None,
    own: Own = MappingProxyType({}),
    *,
    today: date,
) -> list[Letter]:
    """The words for each of these. FieldErrors: a field that there is not."""
    _check(subject, text)
    people = readers(store, candidate_ids, project_id, today=today)
    return [people.letter(place, subject, text, own) for place in range(len(people.people))]


def _check(subject: str, text: str) -> None:
    wrong = {field: _unknown(said) for field, said in (("subject", subject), ("text", text)) if message.unknown(said)}
    if wrong:
        raise FieldErrors(wrong)


def _fields(*texts: str) -> list[str]:
    return [field for field in message.fields_in(*texts) if field in message.FIELDS]


def _unknown(said: str) -> str:
    return f"There is no field {message.field_words(message.unknown(said))}. Take it out, or choose one from Fields."


def _letter(one: Addressed, subject: str, text: str) -> Letter:
    # A person's own name may hold braces: what is asked for is read from the template, not from what came out.
    asked = _fields(subject, text)
    missing = tuple(name for name in asked if not one.values.get(name, "").strip())
    filled = (line(message.fill(subject, one.values)), message.fill(text, one.values))
    return Letter(one.candidate_id, one.name, one.to, *filled, missing, one.stop)


def ready(letters: Sequence[Letter]) -> list[Letter]:
    """Those that may leave. UserError names the first thing that is in the way of all."""
    going = [one for one in letters if not one.stop]
    if not going:
        why = f": {letters[0].name}, {letters[0].stop}" if letters else ""
        raise UserError(f"There is nobody to write to{why}.")
    for one in going:
        if not one.subject or not one.text.strip():
            whom = f" for {one.name}" if len(going) > 1 else ""
            raise UserError(f"Write a subject and a text{whom} first.")
        if one.missing:
            names = message.field_words(one.missing)
            more = sum(bool(other.missing) for other in going) - 1
            others = f" (and for {plural(more, 'other')})" if more else ""
            raise UserError(f"Nothing is known for {names} of {one.name}{others}. Fill it in, or take the field out.")
    return going


def mailto(letter: Letter) -> str | None:
    """A link that opens the message in the mail program, or None where it is longer than programs take."""
    body = quote(letter.text.replace("\n", "\r\n"))
    link = f"mailto:{quote(letter.to, safe='@')}?subject={quote(letter.subject)}&body={body}"
    return link if len(link) <= LONGEST_LINK else None


def copied(letters: Sequence[Letter]) -> str:
    """As text: one message as it is, several one after the other with whom each is for."""
    if len(letters) == 1:
        return letters[0].text
    return "\n\n".join(f"To: {one.to}\nSubject: {one.subject}\n\n{one.text}" for one in letters)


def save_drafts(
    store: Store,
    letters: Sequence[Letter],
    folder: Path,
    *,
    form: Made | Along | None = None,
    progress: Progress | None = None,
) -> list[Path]:
    """Writes a draft (.eml) for each into the folder, all or none, and records that they left; `form` goes along."""
    check_folder(folder)
    going, sender = ready(letters), employer(store).email
    paper = (form_name(form), form.data) if form is not None else None
    names: dict[Path, Letter] = {}
    for one in going:
        stem, count = safe_name(f"{one.name} - {one.subject}"[:80]), 1
        out = folder / f"{stem}.eml"
        while out in names or out.exists():
            count += 1
            out = folder / f"{stem} {count}.eml"
        names[out] = one

    def write() -> None:
        for at, (out, one) in enumerate(names.items()):
            if progress is not None:
                progress(at, len(names))
            with replace_file(out, overwrite=False) as file:
                file.write(mail.draft(one.subject, one.text, one.to, sender, name=one.name, paper=paper))

    def record() -> None:
        for out, one in names.items():
            refs = [("candidates", one.candidate_id)]
            store.disclose("letter", "Message draft", one.to, out.name, "", refs)
            if isinstance(form, Along):
                form.left(store, one.to, out.name)
            elif form is not None:
                store.disclose("form", form.what, one.to, out.name, hashlib.sha256(form.data).hexdigest(), form.refs)

    all_or_nothing(list(names), write, record)
    return list(names)


def form_name(form: Made | Along) -> str:
    """Of the file as it hangs on a mail."""
    return f"{safe_name(form.name[:80])}.pdf"


def log_sent(
    store: Store,
    letters: Sequence[Letter],
    project_id: str | None = None,
    *,
    today: date,
    on: date | None = None,
    also: Callable[[list[str]], object] | None = None,
    progress: Progress | None = None,
) -> int:
    """The person says that they went: a contact made with each, with its words, as one change.

    `also`: what else follows for these candidates, within the same change.
    """
    going = ready(letters)
    with store.change(Label.TOUCHES_ADDED if len(going) > 1 else Label.TOUCH_ADDED):
        for at, one in enumerate(going):
            if progress is not None:
                progress(at, len(going))
            draft = TouchDraft(
                candidate_id=one.candidate_id, kind="mail", on=on, subject=one.subject[:200], text=one.text,
                project_id=project_id,
            )  # fmt: skip
            touches.add_touch(store, draft, today=today, fulfils_due=True)
        if also is not None:
            also([one.candidate_id for one in going])
    return len(going)
