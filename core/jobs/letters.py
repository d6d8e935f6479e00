"""Letters from their texts: what still lacks, the PDF, and what left, kept as it was sent."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core import letter_text
from core.errors import FieldErrors, UserError
from core.files import replace_file, safe_name
from core.insight.letters import Recipient, newest, recipient
from core.jobs.leaving import all_or_nothing, check_target, stationery_of
from core.jobs.letter_covers import cover
from core.letter_text import About, LetterText
from core.model.words import WORKER_TYPES
from core.paper.facts import Deliverable, LetterFacts, Part, Term, WrittenFacts
from core.store import Label, Ref, Store
from core.text import clean
from core.work import letter_templates
from core.work.documents import keep_file
from core.work.forms import code_for, find_form, new_form

if TYPE_CHECKING:
    from core.insight.offers import OfferView

KIND = "letter"
SENT, SIGNED = "letter", "signed"
"""What a kept file is: as it was sent, and as it came back."""
OFFER, GRANT = "letter-offer", "letter-offer-campus-grant"
NOT_SELECTED = "letter-not-selected"
WORKER_TERMS = {WORKER_TYPES["w2"]: "term-w2", WORKER_TYPES["contractor"]: "term-contractor"}
_ANSWER, _SCHOOL = "the answer", "school"


@dataclass(frozen=True)
class Wanted:
    """A letter that somebody wants to write. `said`: words for fields, typed for this letter. `terms`: keys of those
    chosen for it; None: those that it begins with.
    """

    about: About
    row_id: str
    key: str
    said: Mapping[str, str] = field(default_factory=dict)
    terms: tuple[str, ...] | None = None


def with_words(wanted: Wanted, said: Mapping[str, str]) -> Wanted:
    return replace(wanted, said={**wanted.said, **said})


@dataclass(frozen=True)
class Made:
    """A letter as it leaves. `form`: what comes back, as Form.layout keeps it; None where nothing is asked."""

    name: str
    what: str
    to: str
    data: bytes
    keep_with: Ref
    refs: tuple[Ref, ...]
    code: str = ""
    form: dict[str, Any] | None = None
    about: Mapping[str, str] = field(default_factory=dict)
    email: str = ""
    subject: str = ""
    words: str = ""
    """Of the mail that it goes along with."""


def lacking(store: Store, wanted: Wanted, *, today: date) -> list[tuple[str, str]]:
    """(field, what it is) of those that stand in the letter and have no words yet, in their order."""
    return _Letter(store, wanted, today).lacking()


def shown(store: Store, wanted: Wanted, *, today: date, text: LetterText | None = None) -> bytes:
    """How it will look; what still lacks words stands in its place. UserError: see core.paper."""
    letter = _Letter(store, wanted, today, text)
    letter.values |= {name: f"‹{words}›" for name, words in letter.lacking()}
    return letter.made().data


def example(store: Store, about: str) -> Wanted | None:
    """The newest of the store's offers, works, applications or people, to show a text by; None where there is none."""
    row_id = newest(store, about)
    return Wanted(about, row_id, "") if row_id else None  # type: ignore[arg-type]


def has_terms(text: LetterText) -> bool:
    """Whether terms can be chosen for it."""
    return "{the conditions}" in text.text


def make(store: Store, wanted: Wanted, *, today: date, on_paper: bool = False, text: LetterText | None = None) -> Made:
    """The letter. FieldErrors (by field, its words) where one has none; UserError: see core.paper. Nothing is kept.

    `on_paper`: as it is printed, to be signed by hand. `text`: that of its key, where it is at hand.
    """
    return _Letter(store, wanted, today, text).made(on_paper=on_paper)


def to_print(store: Store, wanted: Wanted, *, today: date, text: LetterText | None = None) -> WrittenFacts:
    """What it says on paper, to be bound with others; with the code by which its scan is known."""
    return _Letter(store, wanted, today, text).coded(on_paper=True)


def save(store: Store, made: Made, out: Path, *, today: date, overwrite: bool = False) -> Path:
    """Writes it to `out`, records that it left, and keeps it as it was sent: all, or nothing."""
    check_target(out, overwrite)

    def write() -> None:
        with replace_file(out, overwrite=overwrite) as file:
            file.write(made.data)

    def record() -> None:
        with store.change(Label.LETTER_MADE, *made.refs):
            keep(store, made, out.name, today=today)
            digest = hashlib.sha256(made.data).hexdigest()
            store.disclose(KIND, made.what, made.to, out.name, digest, made.refs)

    all_or_nothing([out], write, record)
    return out


def keep(store: Store, made: Made, name: str, *, today: date) -> None:
    """Within a change: the bytes, and the code by which it is known when it comes back."""
    with store.change(Label.LETTER_MADE, *made.refs) as session:
        if made.form is not None and find_form(session, made.code) is None:
            new_form(session, KIND, today=today, code=made.code, layout=made.form, **made.about)
        keep_file(store, *made.keep_with, name, made.data, today=today, purpose=SENT)


def note_printed(store: Store, made: Made, *, today: date) -> None:
    """It left on paper: put on record, and kept as it was printed."""
    with store.change(Label.LETTER_MADE, *made.refs):
        keep(store, made, made.name, today=today)
        store.disclose(KIND, made.what, made.to, "printed", hashlib.sha256(made.data).hexdigest(), made.refs)


@dataclass(frozen=True)
class Along:
    """A letter that goes along with a mail, as core.jobs.messages takes it."""

    made: Made
    today: date
    kind = KIND

    @property
    def name(self) -> str:
        return self.made.name.removesuffix(".pdf")

    @property
    def data(self) -> bytes:
        return self.made.data

    def left(self, store: Store, to: str, file_name: str) -> None:
        """Within a change."""
        keep(store, self.made, f"{self.name}.pdf", today=self.today)
        digest = hashlib.sha256(self.data).hexdigest()
        store.disclose(KIND, self.made.what, to, file_name, digest, self.made.refs)


def default_terms(one: Recipient) -> tuple[str, ...]:
    """How they are paid, where that is known."""
    key = WORKER_TERMS.get(one.terms.paid_as, "") if one.about == "offer" and one.terms is not None else ""
    return (key,) if key else ()


# --- offers -----------------------------------------------------------------------------------------------------------


def offer_wanted(view: OfferView) -> Wanted:
    """The letter of an offer, by who pays."""
    return Wanted("offer", view.id, GRANT if view.funding else OFFER)


def draw_letter(store: Store, offer_id: str, *, today: date) -> bytes:
    """The PDF of an offer's letter. UserError where it lacks what every letter says, or has letters without a font."""
    return make_offer(store, offer_id, today=today).data


def letter(store: Store, offer_id: str, out: Path, *, today: date, overwrite: bool = False) -> Path:
    """Writes an offer's letter to `out`, records it and keeps it with the offer."""
    check_target(out, overwrite)
    return save(store, make_offer(store, offer_id, today=today), out, today=today, overwrite=overwrite)


def make_offer(store: Store, offer_id: str, *, today: date) -> Made:
    from core.insight import offers

    return make(store, offer_wanted(offers.offer(store, offer_id, today=today)), today=today)


# --- one letter -------------------------------------------------------------------------------------------------------


class _Letter:
    def __init__(self, store: Store, wanted: Wanted, today: date, text: LetterText | None = None) -> None:
        """`text`: in place of the kept one of its key."""
        self.wanted, self.today = wanted, today
        self.text = text if text is not None else letter_templates.letter(store, wanted.key)
        self.one = self._recipient(store, _SCHOOL in "".join((self.text.kicker, self.text.title, self.text.text)))
        if self.text.about not in (wanted.about, "person"):
            words = letter_text.ABOUT_WORDS
            raise UserError(f"“{self.text.name}” is about {words[self.text.about]}, not {words[wanted.about]}.")
        given = {name: clean(words) for name, words in wanted.said.items() if clean(words)}
        self.values = {**self.one.values, **given}
        keys = default_terms(self.one) if wanted.terms is None else wanted.terms
        has = bool(keys) and "{the conditions}" in letter_text.live(self.text.text, self.values)
        known = {one.key: one.text for one in letter_templates.terms(store)} if has else {}
        self.terms = [known[key] for key in keys if key in known]
        if any(_SCHOOL in one.words for one in self.terms):
            self.one = self._recipient(store, school=True)
            self.values = {**self.one.values, **given}

    def _recipient(self, store: Store, school: bool) -> Recipient:
        return recipient(store, self.wanted.about, self.wanted.row_id, today=self.today, school=school)

    def _texts(self) -> list[str]:
        return [self.text.kicker, self.text.title, self.text.text, *(one.words for one in self.terms)]

    def lacking(self) -> list[tuple[str, str]]:
        found = [name for text in self._texts() for name in letter_text.missing(text, self.values)]
        return [(name, letter_text.words_for(self.text.about, name)) for name in dict.fromkeys(found)]

    def facts(self, code: str = "") -> WrittenFacts:
        if lacks := self.lacking():
            raise FieldErrors({name: f"The letter has no words for this yet: {words}" for name, words in lacks})
        text, one, values = self.text, self.one, self.values
        blocks = letter_text.blocks(text.text, values)
        if sum(block.kind == _ANSWER for block in blocks) > 1:
            raise UserError(f"“{text.name}” asks for the answer twice. Take one {{{_ANSWER}}} out of its text.")
        kicker, title = (letter_text.fill(letter_text.live(said, values), values) for said in (text.kicker, text.title))
        return WrittenFacts(
            stationery=stationery_of(one.employer, self.today),
            day=one.terms.day if one.about == "offer" and one.terms else self.today,
            candidate=one.name,
            words="Offer" if one.about == "offer" else kicker or title,
            title=title,
            blocks=tuple(Part(block.kind, block.words) for block in blocks),
            kicker=kicker,
            reference=one.reference,
            candidate_lines=(one.email,) if one.email else (),
            signatory=one.employer.signatory_name or one.employer.name,
            signatory_title=one.employer.signatory_title,
            offer=self._offer(),
            code=code,
        )

    def _offer(self) -> LetterFacts | None:
        view = self.one.terms
        if view is None:
            return None
        if self.one.about != "offer":
            # What they say is of the offer; no letter about work asks for an answer.
            view = replace(view, expires_on=view.expires_on or view.due_on)
        facts = letter_facts(view, self.today)
        values = self.values
        own = tuple(Term(one.name, letter_text.fill(letter_text.live(one.words, values), values)) for one in self.terms)
        return replace(facts, more_terms=(*facts.more_terms, *own))

    def coded(self, *, on_paper: bool = False) -> WrittenFacts:
        """One that asks for an answer has a code, made of what it says."""
        facts = replace(self.facts(), on_paper=on_paper)
        if self.one.about != "offer" or all(block.kind != _ANSWER for block in facts.blocks):
            return facts
        # The logo is no part of what it says, and long.
        said = replace(facts, stationery=replace(facts.stationery, logo=None))
        return replace(facts, code=code_for(f"{self.one.row_id}\n{said!r}".encode()))

    def made(self, *, on_paper: bool = False) -> Made:
        from core.paper import letter as paper

        facts, one = self.coded(on_paper=on_paper), self.one
        into = io.BytesIO()
        layout = paper.make(facts, into)
        subject, words = cover(one, facts.kicker, facts.title)
        about: dict[str, str] = {}
        if one.terms is not None and facts.code:
            about = {
                "candidate_id": one.candidate_id,
                "application_id": one.terms.application_id,
                "project_id": one.terms.project_id,
            }
        what = "Offer letter" if one.about == "offer" else f"Letter: {self.text.name}"
        return Made(
            name=letter_name(self.wanted.key, self.text, one.reference, one.name),
            what=f"{what}, {one.reference}" if one.reference else what,
            to=one.name,
            data=into.getvalue(),
            keep_with=one.keep_with,
            refs=one.refs,
            code=facts.code,
            form=layout | {"offer": one.row_id} if facts.code else None,
            about=about,
            email=one.email,
            subject=subject,
            words=words,
        )


def letter_name(key: str, text: LetterText, reference: str, name: str) -> str:
    said = "Offer" if key in (OFFER, GRANT) else text.name
    return safe_name(" ".join(part for part in (said, reference, name) if part) + ".pdf")


def letter_facts(view: OfferView, today: date) -> LetterFacts:
    """UserError where the offer lacks what every letter says."""
    if view.expires_on is None:
        raise UserError("This offer has no last day to answer. Give it one, so that the letter can name it.")
    more = [Term(name, words) for name, words in (("Tools", view.tools), ("A word to you", view.note)) if words]
    return LetterFacts(
        stationery=stationery_of(view.employer, today),
        day=view.day,
        candidate=view.candidate,
        project=view.project,
        fee_cents=view.fee,
        currency=view.currency,
        due=view.due_on,
        expires_on=view.expires_on,
        signatory=view.signatory or view.employer.name,
        signatory_title=view.signatory_title,
        reference=view.reference,
        candidate_lines=(view.email,) if view.email else (),
        greeting=f"Dear {view.greeting_name},",
        summary=view.summary,
        why=view.why_it_matters,
        start=view.kick_off_on,
        due_flexible=view.due_flexible,
        hours=view.hours,
        hours_any_time=view.any_hours,
        paid_when=view.paid_when,
        paid_as=view.paid_as,
        place=view.place,
        supervisor=", ".join(part for part in (view.supervisor, view.supervisor_email) if part),
        funding=view.funding,
        deliverables=tuple(Deliverable(what, due) for what, due in view.deliverables),
        objectives=view.objectives,
        ownership=view.ownership,
        confidentiality=view.confidentiality,
        ai_policy=view.ai_policy,
        more_terms=tuple(more),
        reply_to=view.reply_to,
    )
