"""People whose names, addresses, schools and numbers are made of unusual words, and all that raters can see of them."""

from __future__ import annotations

import itertools
import json
import random
import re
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path

from sqlalchemy import select as choose

from core.insight import records
from core.insight.agreement import agreement
from core.insight.comparing import comparison
from core.insight.projects import application_rows
from core.insight.report import blind_report
from core.insight.scoring import scoring_queue
from core.insight.told import told
from core.jobs import shown
from core.jobs.comparisons import draw_comparison
from core.jobs.export import export
from core.jobs.papers import draw_blind_report
from core.jobs.words import read_waiting
from core.model import Candidate, CandidateEmail, CandidateSkill, Enrolment, Question, School, Skill
from core.store import Label, Store
from core.text import fold
from core.work import evaluate, second_thoughts, select
from core.work.answer_files import keep_answer_files
from tests.core.insight.build import Build
from tests.support.stores import TODAY

CODED = ("applications", "answers", "evaluations", "scores", "earlier-evaluations", "application-moves", "documents")
"""Nouns on which the code's side stands."""
SCRIPTS = {
    "latin": "bdfgjklmnprstvwzqxhaeiouy",
    "accents": "bdřšťľñžçðþłøåäöüéíóúâêîôûãõaeiou",
    "cyrillic": "бвгджзклмнпрстфхцчшщабеиоуыэюяй",
    "greek": "βγδζθκλμνξπρστφχψαεηιουω",
    "arabic": "بتثجحخدذرزسشصضطظعغفقكلمنهوي",
    "devanagari": "कखगघचछजझटठडतथदधनपफबमयरलवसह",
    "hangul": "가나다라마바사아자차카타파하민준서윤",
    "han": "赵钱孙李周吴郑冯陈褚卫蒋沈韩杨朱秦尤许",
}
# What a text is made of besides; none of it is anyone's.
PLAIN = (
    "I", "would", "count", "the", "prices", "first", "and", "then", "set", "two", "menus", "beside", "each", "other",
    "to", "see", "which", "one", "reads", "well",
)  # fmt: skip


class Person:
    """`tokens`: folded, of three letters or more; whoever reads one knows more than the code says."""

    def __init__(self, rng: random.Random, at: int) -> None:
        script = rng.choice(list(SCRIPTS))
        self.first, self.last, self.nickname = (word(rng, script).title() for _ in range(3))
        school, self.short = word(rng, "latin", 5).title(), word(rng, "latin", 4)[:5].upper()
        second = word(random.Random(school), "latin", 5).title()
        schools = (f"{school} College", f"University of {school}, {second}", f"{school} State at {second}")
        self.school = schools[at % len(schools)]
        self.domain = f"{school.lower()}.edu"
        self.school_words = [one for one in (school, second) if one in self.school]
        one, other = word(rng, "latin"), word(rng, "latin")
        self.box = rng.choice([word(rng, "latin", 5), f"{one}.{other}", f"x{one}{at}7"])
        self.page = word(rng, "latin", 5)
        self.phone = "312555" + "".join(rng.choice("123456789") for _ in range(4))
        self.number = "88" + "".join(rng.choice("0123456789") for _ in range(6))
        boxes = re.split(r"[.\d]+", self.box)
        said = (self.first, self.last, self.nickname, self.short, self.page, *self.school_words, *boxes)
        self.tokens = {t for one in said if len(t := fold(one)) > 2} | {self.phone[-7:], self.number}

    def enter(self, build: Build, number: int) -> str:
        """Writes them into the store, as the page of a candidate has them; their id."""
        school = build.school(self.school, short_name=self.short)
        with build.store.change(Label.SCHOOL_CHANGED) as session:
            session.get_one(School, school).domains = [self.domain]
        row = build.add(
            Candidate(number=500 + number, first_name=self.first, last_name=self.last, nickname=self.nickname,
                      phone=self.phone, links=[f"https://linkedin.com/in/{self.page}"])
        )  # fmt: skip
        build.add(Enrolment(candidate_id=row, school_id=school, student_number=self.number))
        build.add(CandidateEmail(candidate_id=row, position=0, address=f"{self.box}@mail.{self.domain}"))
        return row

    def spellings(self, rng: random.Random) -> str:
        """One way to write one thing that is theirs."""
        name = rng.choice([self.first, self.last, self.nickname])
        first, last = self.first, self.last
        both = rng.choice([f"{first} {last}", f"{last}, {first}", f"{first}{last}", f"{first}_{last}",
                           f"{first[0]}. {last}", f"{self.nickname}-{last}"])  # fmt: skip
        email = f"{self.box}@mail.{self.domain}"
        school = rng.choice([self.school, *self.school_words, self.short, ".".join(self.short) + "."])
        area, middle, last = self.phone[:3], self.phone[3:6], self.phone[6:]
        phone = rng.choice([self.phone, f"({area}) {middle}-{last}", f"+1 {area}.{middle}.{last}"])
        page = f"linkedin.com/in/{self.page}"
        link = rng.choice([f"https://{page}", page, self.page, f"@{self.page}"])
        words = rng.choice([name, name, both, both, email, self.box, school, phone, link, self.number])
        return rng.choice(WAYS)(words)


def _without_marks(words: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", words) if not unicodedata.combining(c))


WAYS: tuple[Callable[[str], str], ...] = (
    str, str, str.upper, str.lower, str.title, _without_marks, lambda w: unicodedata.normalize("NFD", w),
    lambda w: f"({w})", lambda w: f"“{w}”", lambda w: f"{w},", lambda w: f"{w}’s", lambda w: f"*{w}*",
)  # fmt: skip


def word(rng: random.Random, script: str, least: int = 3) -> str:
    """No word that the screens and papers have anyway."""
    while True:
        made = "".join(rng.choice(SCRIPTS[script]) for _ in range(rng.randint(least, 8)))
        if fold(made) not in KNOWN and len(fold(made)) >= least:
            return made


def text(rng: random.Random, person: Person) -> str:
    said = [rng.choice(PLAIN) if rng.random() < 0.7 else person.spellings(rng) for _ in range(rng.randint(4, 14))]
    return rng.choice([" ", " ", "\n"]).join(said) + "."


class World:
    """A project with one rubric and the applications of some people; a rater has handed in, another only begun."""

    def __init__(self, store: Store, rng: random.Random, people: int = 3) -> None:
        self.store, self.build, self.rng = store, Build(store), rng
        self.me, self.ben = store.me or "", self.build.colleague("Ben Ortiz")
        self.project = self.build.project("Menu", openings=1)
        self.criteria = self.build.rubric(self.project, 1, 2)
        with store.read() as session:
            self.question = session.scalars(choose(Question.id)).one()
        self.people = [Person(rng, at) for at in range(people)]
        self.ids: list[str] = []
        self.applications: list[str] = []
        for one in self.people:
            self._enter(one)
        read_waiting(store)
        for one, application in zip(self.people, self.applications, strict=True):
            self._rate(one, application)

    @property
    def tokens(self) -> set[str]:
        return set().union(*(one.tokens for one in self.people))

    def _enter(self, one: Person) -> None:
        build, store, rng = self.build, self.store, self.rng
        row = one.enter(build, len(self.ids))
        skill = build.add(Skill(name=f"Skill {len(self.ids)}"))
        build.add(CandidateSkill(candidate_id=row, skill_id=skill, level=3, evidence=text(rng, one)))
        answers = {self.question: text(rng, one)}
        draft = select.ApplicationDraft(project_id=self.project, candidate_id=row, answers=answers)
        application = select.record_application(store, draft, today=TODAY)
        named = f"{one.first} {one.last}"
        kept = [(f"{named}.txt", text(rng, one).encode()), (f"{one.short}.png", b"\x89PNG\r\n\x1a\n" + named.encode())]
        keep_answer_files(store, application, rng.choice([self.question, None]), kept, today=TODAY)
        self.ids.append(row)
        self.applications.append(application)

    def _rate(self, one: Person, application: str) -> None:
        store, rng = self.store, self.rng

        def marks() -> dict[str, tuple[int | None, str]]:
            return {each: (rng.randint(1, 4), text(rng, one)) for each in self.criteria}

        for rater in (self.ben, self.me):
            evaluate.score(store, application, rater, marks(), today=TODAY, comment=text(rng, one))
            evaluate.submit(store, application, rater, today=TODAY)
        second_thoughts.take_up_again(store, application, self.ben, text(rng, one), today=TODAY)
        evaluate.score(store, application, self.ben, marks(), today=TODAY)
        evaluate.submit(store, application, self.ben, today=TODAY)
        if rng.random() < 0.5:
            select.not_select(store, application, today=TODAY, reason=text(rng, one))

    def pages(self, folder: Path) -> Iterator[tuple[str, str]]:
        """(what it is, its text) of all that a rater can see, print, export, search, undo and read in the history."""
        store = self.store
        queue = scoring_queue(store, self.project, self.me)
        yield "the scoring screen", repr(queue)
        yield "a comparison", repr(comparison(store, self.applications[:3], self.me))
        yield "agreement", repr(agreement(store, self.project, self.me))
        yield "the project's page", repr(application_rows(store, self.project, today=TODAY))
        yield "a comparison, printed", _pdf(draw_comparison(store, self.applications[:3], today=TODAY))
        for one in self.applications:
            yield "a blind report", repr(blind_report(store, one, today=TODAY))
            yield "a blind report, printed", _pdf(draw_blind_report(store, one, today=TODAY))
            yield "shown by code", shown.record_text(record := records.record(store, "applications", one))
            yield "shown by code", shown.record_json(record)
            yield "history by code", self._history("applications", one)
        for noun in CODED:
            yield f"list {noun}", shown.listing_json(records.listing(store, noun, all_columns=True))
            table = noun.replace("-", "_")
            yield f"history of {noun}", self._coded_history(table)
            for ending in ("csv", "json"):
                out = folder / f"{noun}.{ending}"
                export(store, out, noun, today=TODAY, overwrite=True)
                yield f"export {noun}", out.read_text("utf-8-sig")
        out = folder / "all.json"
        export(store, out, today=TODAY, overwrite=True)
        nouns = json.loads(out.read_text("utf-8"))["nouns"]
        yield "export all", json.dumps({noun: nouns[noun] for noun in CODED}, ensure_ascii=False)
        yield "disclosures", shown.listing_json(records.listing(store, "disclosures"))
        yield from (("what undo says", step.words) for step in (store.can_undo(), store.can_redo()) if step)
        codes = [one.code for one in queue.applications]
        hits = list(itertools.chain.from_iterable(store.search(code, 20) for code in codes))
        yield "search for a code", " ".join(f"{hit.title} {hit.detail}" for hit in hits if hit.noun == "candidates")

    def _history(self, noun: str | None, row_id: str | None) -> str:
        entries = told(self.store, self.store.history(noun, row_id, limit=500), noun, row_id)
        names = records.names_of(self.store, [(f.noun, f.row_id) for e in entries for f in e.fields])
        return shown.history_json(entries) + shown.history_text(entries, names)

    def _coded_history(self, noun: str) -> str:
        """Of a noun's entries what speaks of a row under a code: an entry on the name's side has no such row."""
        entries = told(self.store, self.store.history(noun, limit=500), noun)
        coded = [one for one in entries if any(r.startswith("applications:") for r in one.refs)]
        names = records.names_of(self.store, [(f.noun, f.row_id) for e in coded for f in e.fields])
        return shown.history_json(coded) + shown.history_text(coded, names)


def leaked(page: str, tokens: set[str]) -> set[str]:
    """Which tokens stand in the page as words of their own, whatever the case and accents."""
    plain = fold(page.encode().decode("unicode_escape") if "\\u" in page and page.isascii() else page)
    return {one for one in tokens if re.search(rf"(?<![^\W\d_]){re.escape(one)}(?![^\W\d_])", plain)}


def _pdf(data: bytes) -> str:
    import io

    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(data))
    head = " ".join(str(value) for value in (reader.metadata or {}).values())
    return head + "\n".join(page.extract_text() for page in reader.pages)


KNOWN: set[str] = set(PLAIN)
