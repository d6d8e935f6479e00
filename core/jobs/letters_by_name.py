"""One letter as the command line asks for it: its text, its terms and its fields by the names that people read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from core.errors import FieldErrors, UserError
from core.insight.letters import people_of
from core.insight.records import find
from core.jobs import letters
from core.jobs.leaving import check_folder, check_target
from core.jobs.letters import Wanted
from core.jobs.many_letters import Way, Written, outlook, wanted_for, wanted_of_offers, write_many
from core.letter_text import ABOUT_WORDS, FIELDS, About
from core.store import Store
from core.text import fold
from core.work import letter_templates

_ABOUT: dict[str, tuple[About, str]] = {
    "offer": ("offer", "offers"),
    "work": ("work", "engagements"),
    "application": ("application", "applications"),
    "person": ("person", "candidates"),
}
"""Of each what a letter can be about, and its noun."""


def write_letter(
    store: Store,
    about: str,
    ref: str,
    text: str | None,
    say: Sequence[str],
    terms: Sequence[str] | None,
    folder: Path,
    *,
    today: date,
    overwrite: bool = False,
) -> Path:
    """`about`: a key of core.letter_text.ABOUT. `text`: the letter's name; else an offer's own. `say`: FIELD=WORDS, by
    a field's name or its question.
    """
    check_folder(folder)
    of, noun = _ABOUT[about]
    row_id = find(store, noun, ref)
    wanted = Wanted(of, row_id, _key(store, of, row_id, text, today), {}, _terms(store, terms))
    lacks = letters.lacking(store, wanted, today=today)
    said = dict(_said(one, lacks, of) for one in say)
    wanted = replace(wanted, said=said)
    try:
        made = letters.make(store, wanted, today=today)
    except FieldErrors as error:
        raise UserError(f"The letter was not written: it lacks words. {_add(error.fields)}") from None
    out = folder / made.name
    check_target(out, overwrite)
    return letters.save(store, made, out, today=today, overwrite=overwrite)


@dataclass(frozen=True, slots=True)
class Many:
    """What the command line asks for. `offer`: one alone. `project`: to all of it, with `text`."""

    offer: str | None
    text: str | None
    project: str | None
    say: Sequence[str]
    terms: Sequence[str] | None
    way: Way


def write_to_all(store: Store, many: Many, folder: Path, *, today: date, overwrite: bool = False) -> Written:
    """Offer letters, or the letter of this name to all of a project that it can be about."""
    from core.insight.offers import unanswered

    check_folder(folder)
    if many.project is None:
        if many.text is not None:
            raise UserError("Say to whom: --project P-007, or one person’s --offer, --engagement or --application.")
        ids = unanswered(store) if many.offer is None else [find(store, "offers", many.offer)]
        wanted = wanted_of_offers(store, ids)
    else:
        project_id = find(store, "projects", many.project)
        key = _key_of(store, many.text)
        # To all whom it can be about: of the others nothing is said.
        wanted, _ = wanted_for(store, key, people_of(store, project_id), project_id, today=today)
        if not wanted:
            raise UserError(f"There is nobody in {many.project} for whom this letter is.")
    terms = _terms(store, many.terms)
    wanted = [replace(one, terms=terms) for one in wanted]
    asks = outlook(store, wanted, today=today).asks
    said = dict(_said(one, asks, wanted[0].about if wanted else "offer") for one in many.say)
    if lacks := [name for name, _ in asks if name not in said]:
        raise UserError(f"No letter was written: they lack words. {_add(lacks)}")
    return write_many(
        store, [replace(one, said=said) for one in wanted], folder, many.way, today=today, overwrite=overwrite,
        even_so=many.offer is not None,
    )  # fmt: skip


def _key_of(store: Store, text: str | None) -> str:
    """Of a letter that is about something of a project."""
    known = [one for one in letter_templates.letters(store) if one.text.about != "person"]
    for one in known:
        if text is not None and fold(text) in (fold(one.text.name), fold(one.key)):
            return one.key
    names = ", ".join(one.text.name for one in known)
    raise UserError(f"Say which letter goes to all of the project, with --text: {names}.")


def _key(store: Store, about: About, row_id: str, text: str | None, today: date) -> str:
    from core.insight import offers

    if text is None:
        if about != "offer":
            raise UserError("Say which letter: --text NAME, such as --text Reference.")
        return letters.offer_wanted(offers.offer(store, row_id, today=today)).key
    fitting = {one.text.name: one.key for one in letter_templates.letters(store) if one.text.about in (about, "person")}
    for name, key in fitting.items():
        if fold(text) in (fold(name), fold(key)):
            return key
    raise UserError(f"There is no letter “{text}” about {ABOUT_WORDS[about]}. There are: {', '.join(fitting)}.")


def _terms(store: Store, names: Sequence[str] | None) -> tuple[str, ...] | None:
    if names is None:
        return None
    known = {fold(one.text.name): one for one in letter_templates.terms(store)}
    for name in names:
        if fold(name) not in known:
            raise UserError(f"There is no term “{name}”. There are: {', '.join(t.text.name for t in known.values())}.")
    return tuple(known[fold(name)].key for name in names)


def _add(names: Iterable[str]) -> str:
    return "Add " + ", ".join(f'--say "{name}=…"' for name in names) + "."


def _said(one: str, lacks: Sequence[tuple[str, str]], about: About) -> tuple[str, str]:
    name, sign, words = one.partition("=")
    if not sign or not words.strip():
        raise UserError(f'“{one}” says no words for a field. Write --say "FIELD=WORDS".')
    asked = {fold(question): field for field, question in lacks}
    found = asked.get(fold(name), name.strip())
    if found not in FIELDS[about] and found not in asked.values():
        questions = "; ".join(question for _, question in lacks)
        raise UserError(
            f"No letter asks for “{name.strip()}”. {f'This one asks for: {questions}' if lacks else ''}".strip()
        )
    return found, words
