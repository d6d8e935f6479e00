"""An application that came as a mail: proposed as candidate, answers and files, and kept once a person has looked."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from core.errors import FieldErrors, SystemFault, UserError
from core.exchange import apart, mail_hints
from core.exchange.mail_in import MOST_BYTES, Mail, read_words, unpacked
from core.exchange.people import split_name
from core.insight import records
from core.store import Label, Store
from core.text import fold
from core.work import gather, select
from core.work.answer_files import keep_answer_files
from core.work.brief import project_draft
from core.work.candidates import CandidateDraft
from core.work.documents import File, keep_file
from core.work.overlay import filled
from core.work.schools import proposed_school
from core.work.select import ApplicationDraft

ENDINGS = (".eml",)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_NUMBER = re.compile(r"\bP-0*(\d{1,6})\b", re.IGNORECASE)
_SHORTEST_TITLE = 6


@dataclass(frozen=True)
class Proposed:
    """What a mail seems to say. `people`: id and why of those in the store whom it may be from, the surest first.

    `same`: the first of them has the very address. `answers`: question id to words. `why_project` in words.
    """

    mail: Mail
    person: CandidateDraft
    people: tuple[tuple[str, str], ...] = ()
    same: bool = False
    project_id: str | None = None
    why_project: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)
    applied_on: date | None = None


@dataclass(frozen=True)
class Looked:
    """What a person made of it. `candidate_id`: who it is, None for somebody new. Without a project no application.

    `files` are kept with the person; `answer_files` with the application, by the question that they answer, or None.
    `apart_from`: candidates of whom the person said that they are others who share an address.
    """

    person: CandidateDraft
    candidate_id: str | None = None
    project_id: str | None = None
    answers: Mapping[str, str] = field(default_factory=dict)
    applied_on: date | None = None
    source: str = ""
    files: Sequence[File] = ()
    answer_files: Mapping[str | None, Sequence[File]] = field(default_factory=dict)
    apart_from: Sequence[str] = ()


def read_mail_file(path: Path, step: Callable[[], object] | None = None) -> Mail:
    """The mail in a file, read in a process apart. UserError, SystemFault; `step` may raise to stop it."""
    try:
        if path.is_dir():
            raise UserError(f"{path.name} is a folder. Choose the mail itself.")
        if path.stat().st_size > MOST_BYTES:
            raise UserError(f"{path.name} is larger than {MOST_BYTES // 1024 // 1024} MB. Add its files by hand.")
        data = path.read_bytes()
    except FileNotFoundError:
        raise UserError(f"There is no file {path}.") from None
    except OSError as fault:
        raise SystemFault(f"{path} could not be read: {fault.strerror or 'the disk failed'}.") from fault
    if data.startswith(_OLE):
        raise UserError(
            f"{path.name} is in Outlook’s own form. Save the mail as .eml, or copy its words and paste them."
        )
    if not data.strip():
        raise UserError(f"{path.name} is empty.")
    return unpacked(apart.run("mail", data, step=step))


def read_mail_words(words: str) -> Mail:
    """What was copied out of a mail program. UserError where there is nothing in it."""
    if not words.strip():
        raise UserError("Nothing is there. Copy the mail with the lines From and Subject above it.")
    return read_words(words)


def propose(store: Store, mail: Mail, *, today: date) -> Proposed:
    """Nothing is written by it."""
    name = mail.name or mail_hints.signed(mail.text, mail.email)
    first, last = split_name(name) if name else ("", "")
    emails = [mail.email] if mail.email else []
    school = proposed_school(store, emails) if emails else None
    person = CandidateDraft(
        first_name=first,
        last_name=last,
        emails=emails,
        phone=mail_hints.phone(mail.text),
        school_name=school.name if school else "",
        graduates_on=_believed(mail_hints.graduation(mail.text), today) if school else None,
        links=mail_hints.links(mail.text),
    )
    people = tuple(gather.duplicates_of(store, person)) if name or emails else ()
    project_id, why = _project(store, mail)
    applied_on = mail.sent_on if mail.sent_on and mail.sent_on <= today else today
    return Proposed(
        mail=mail,
        person=person,
        people=people,
        same=bool(people) and "e-mail" in people[0][1],
        project_id=project_id,
        why_project=why,
        answers=answers_for(store, project_id, mail.text) if project_id else {},
        applied_on=applied_on,
    )


def _believed(day: date | None, today: date) -> date | None:
    return day if day is not None and today.year - 5 <= day.year <= today.year + 8 else None


def _project(store: Store, mail: Mail) -> tuple[str | None, str]:
    """By its number, else by its title; what the subject says counts first."""
    there = [row for row in records.rows_where(store, "projects") if row["status"] != "cancelled"]
    numbers = {row["number"]: row["id"] for row in there}
    for words, where in ((mail.subject, "subject"), (mail.text, "mail")):
        for match in _NUMBER.finditer(words):
            if (found := numbers.get(int(match[1]))) is not None:
                return found, f"The {where} names P-{int(match[1]):03}."
    titles = sorted(((fold(row["title"]), row) for row in there), key=lambda one: -len(one[0]))
    for words, where in ((fold(mail.subject), "subject"), (fold(mail.text), "mail")):
        for title, row in titles:
            if len(title) >= _SHORTEST_TITLE and title in words:
                return row["id"], f"The {where} names “{row['title']}”."
    return None, ""


def answers_for(store: Store, project_id: str, text: str) -> dict[str, str]:
    """Question id to what the mail says under it."""
    questions = project_draft(store, project_id).questions
    found = mail_hints.answers(text, [one.text for one in questions])
    return {questions[at].id or "": words for at, words in found.items()}


def take_in(store: Store, given: Looked, *, today: date) -> str:
    """Candidate, application and files as ONE change; the candidate's id. FieldErrors name the candidate's fields,
    `answers.<id>`, `files.<id>` and `files`; then nothing is written."""
    label = Label.APPLICATION_ADDED if given.project_id else Label.CANDIDATE_ADDED
    with store.change(label):
        if given.candidate_id is None:
            candidate_id = gather.add_candidate(store, given.person, today=today, apart_from=given.apart_from)
        else:
            candidate_id = given.candidate_id
            before = gather.candidate_draft(store, candidate_id, today=today)
            after = filled(before, given.person)
            if after != before:
                gather.change_candidate(store, candidate_id, after, today=today, apart_from=given.apart_from)
        store.note_ref(("candidates", candidate_id))
        if given.project_id:
            draft = ApplicationDraft(
                project_id=given.project_id,
                candidate_id=candidate_id,
                applied_on=given.applied_on,
                answers={key: words for key, words in given.answers.items() if words.strip()},
                source=given.source,
            )
            try:
                application_id = select.record_application(store, draft, today=today)
            except FieldErrors as error:
                # The form names the person by its own field.
                words = {"person" if name == "candidate_id" else name: said for name, said in error.fields.items()}
                raise FieldErrors(words) from None
            for question_id, files in given.answer_files.items():
                if files:
                    keep_answer_files(store, application_id, question_id, files, today=today)
        for name, data in given.files:
            keep_file(store, "candidates", candidate_id, name, data, today=today)
    return candidate_id


def names_of(store: Store, ids: Sequence[str], *, today: date) -> dict[str, str]:
    """First and last name of those who are still in the store."""
    found: dict[str, str] = {}
    for one in ids:
        try:
            draft = gather.candidate_draft(store, one, today=today)
        except UserError:
            continue
        found[one] = f"{draft.first_name} {draft.last_name}".strip()
    return found
