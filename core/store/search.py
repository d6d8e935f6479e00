"""Search everything, on SQLite's FTS5. The one place that knows how the index is kept."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, Text, bindparam, column, func, select, text
from sqlalchemy.orm import Session, aliased

from core.model import (
    Candidate,
    CandidateEmail,
    CandidateLanguage,
    CandidateSkill,
    CandidateTag,
    CustomValue,
    DocumentText,
    Enrolment,
    Milestone,
    Project,
    School,
    SchoolContact,
    Skill,
    Tag,
    ToDo,
    Touch,
)
from core.model import Document as KeptFile
from core.store.journal import stepped, table
from core.text import fold


@dataclass(frozen=True)
class Hit:
    noun: str
    row_id: str
    title: str
    detail: str


Document = tuple[str, str, str]
"""Title, detail and body of one row in the index."""
_FEW, _AT_ONCE, _MANY = 500, 5_000, 2_000

_CANDIDATE = (("candidates", "candidate_id"),)
# A change of the left is a change of the document of the row that its column names.
_PARENTS: dict[str, tuple[tuple[str, str], ...]] = {
    "candidate_emails": _CANDIDATE,
    "enrolments": _CANDIDATE,
    "candidate_skills": _CANDIDATE,
    "candidate_languages": _CANDIDATE,
    "candidate_tags": _CANDIDATE,
    "custom_values": (*_CANDIDATE, ("projects", "project_id")),
    "touches": _CANDIDATE,
    "milestones": (("projects", "project_id"),),
    "school_contacts": (("schools", "school_id"),),
}


_WORDS = "CREATE VIRTUAL TABLE search_words USING fts5(title, body, tokenize='unicode61 remove_diacritics 2')"
_SECURE = "INSERT INTO search_words(search_words, rank) VALUES ('secure-delete', 1)"


def create(execute: Callable[[str], Any]) -> None:
    """Makes the index. `secure-delete` of its own: without it deleted words stay in the file even after VACUUM."""
    execute(
        "CREATE TABLE search_rows (rowid INTEGER PRIMARY KEY, noun TEXT NOT NULL, row_id TEXT NOT NULL UNIQUE,"
        " title TEXT NOT NULL, detail TEXT NOT NULL)"
    )
    execute(_WORDS)
    execute(_SECURE)


def refresh(session: Session, touched: Mapping[str, Iterable[str]], owners: Mapping[str, Iterable[str]]) -> None:
    """Brings the index up to the rows. `touched`: ids by noun; `owners`: ids of rows whose parts were touched."""
    for noun, documents in _DOCUMENTS.items():
        wanted = set(touched.get(noun, ())) | set(owners.get(noun, ()))
        if len(wanted) > _MANY:
            _forget(session, wanted)
        for ids in _batches(session, noun, wanted):
            stepped(session)
            _replace(session, noun, ids, documents(session, ids))


def _forget(session: Session, ids: set[str]) -> None:
    """Takes most of an index out by building the rest anew: word by word it takes out some hundred rows a second."""
    known = text(
        "SELECT count(*), count(CASE WHEN row_id IN (SELECT value FROM json_each(:ids)) THEN 1 END) FROM search_rows"
    )
    given = {"ids": json.dumps(list(ids))}
    total, old = session.execute(known, given).one()
    if old < _MANY or old * 2 < total:
        return
    stepped(session)
    kept = "SELECT rowid, title, body FROM search_words_old WHERE rowid IN (SELECT rowid FROM search_rows)"
    session.execute(text("DELETE FROM search_rows WHERE row_id IN (SELECT value FROM json_each(:ids))"), given)
    for statement in (
        "ALTER TABLE search_words RENAME TO search_words_old",
        _WORDS,
        _SECURE,
        f"INSERT INTO search_words (rowid, title, body) {kept}",
        "DROP TABLE search_words_old",
    ):
        session.execute(text(statement))


def _batches(session: Session, noun: str, ids: set[str]) -> Iterator[set[str]]:
    """Whoever has files is taken a few at a time, as the words of all files may be many."""
    if noun == "candidates" and len(ids) > _FEW:
        filed = select(KeptFile.owner_id).where(KeptFile.noun == noun)
        among = ids & set(session.scalars(filed))
        yield from map(set, _chunks(among))
        ids = ids - among
    rest = sorted(ids)
    for start in range(0, len(rest), _AT_ONCE):
        yield set(rest[start : start + _AT_ONCE])


def owners_of(entries: Iterable[Mapping[str, Any]], session: Session) -> dict[str, set[str]]:
    """The rows whose document changes with these journal entries."""
    owners: dict[str, set[str]] = defaultdict(set)
    silent: dict[str, list[str]] = defaultdict(list)
    answers: set[str] = set()
    for entry in entries:
        sides = [side for side in (entry["old"], entry["new"]) if side]
        if entry["noun"] == "documents":
            files = [side for side in sides if side.get("noun") == "candidates"]
            owners["candidates"].update(side["owner_id"] for side in files if "owner_id" in side)
            answers.update(side["sha256"] for side in sides if side.get("noun") == "applications" and "sha256" in side)
            continue
        if entry["noun"] == "tags":
            silent["tags"].append(entry["row_id"])
            continue
        parents = _PARENTS.get(entry["noun"], ())
        named = [(noun, side[column]) for noun, column in parents for side in sides if side.get(column)]
        for noun, owner in named:
            owners[noun].add(owner)
        if parents and not named:
            silent[entry["noun"]].append(entry["row_id"])
    for noun, owner in _looked_up(session, silent):
        owners[noun].add(owner)
    for chunk in _chunks(answers):
        same = select(KeptFile.owner_id).where(KeptFile.noun == "candidates", KeptFile.sha256.in_(chunk))
        owners["candidates"].update(session.scalars(same))
    return owners


def _looked_up(session: Session, silent: Mapping[str, list[str]]) -> Iterator[tuple[str, str]]:
    """Owners of rows whose change does not name them, and all who have a tag that has another name."""
    for part, ids in silent.items():
        if part == "tags":
            given = table("candidate_tags").c
            questions = [("candidates", given.candidate_id, given.tag_id)]
        else:
            rows = table(part).c
            questions = [(noun, rows[column], rows.id) for noun, column in _PARENTS[part]]
        for chunk in _chunks(ids):
            for noun, owner, key in questions:
                yield from ((noun, one) for one in session.scalars(select(owner).where(key.in_(chunk))) if one)


def _chunks(ids: Iterable[str]) -> Iterator[list[str]]:
    wanted = list(ids)
    for start in range(0, len(wanted), _FEW):
        yield wanted[start : start + _FEW]


def _replace(session: Session, noun: str, ids: set[str], documents: Mapping[str, Document]) -> None:
    known = text("SELECT rowid FROM search_rows WHERE row_id IN :ids").bindparams(bindparam("ids", expanding=True))
    found = sorted(rowid for chunk in _chunks(ids) for rowid in session.scalars(known, {"ids": chunk}))
    old = [{"rowid": rowid} for rowid in found]
    if old:
        session.execute(text("DELETE FROM search_words WHERE rowid = :rowid"), old)
        session.execute(text("DELETE FROM search_rows WHERE rowid = :rowid"), old)
    free = (session.scalar(text("SELECT max(rowid) FROM search_rows")) or 0) + 1
    rows: list[dict[str, Any]] = [
        {"rowid": rowid, "noun": noun, "id": row_id, "title": title, "detail": detail, "body": body}
        for rowid, (row_id, (title, detail, body)) in enumerate(
            ((row_id, documents[row_id]) for row_id in ids if row_id in documents), free
        )
    ]
    if rows:
        into = "INSERT INTO search_rows (rowid, noun, row_id, title, detail)"
        session.execute(text(f"{into} VALUES (:rowid, :noun, :id, :title, :detail)"), rows)
        folded = [{"rowid": r["rowid"], "title": fold(r["title"]), "body": fold(r["body"])} for r in rows]
        session.execute(text("INSERT INTO search_words (rowid, title, body) VALUES (:rowid, :title, :body)"), folded)


def find(session: Session, words: str, limit: int) -> list[Hit]:
    """Rows that hold every word (or its beginning), accents and case aside; the best first."""
    query = _query(words)
    if not query:
        return []
    found = session.execute(
        text(
            "SELECT r.noun, r.row_id, r.title, r.detail FROM search_words w JOIN search_rows r ON r.rowid = w.rowid"
            " WHERE search_words MATCH :query ORDER BY bm25(search_words, 10.0, 1.0) LIMIT :limit"
        ),
        {"query": query, "limit": limit},
    )
    return [Hit(*row) for row in found]


def matching(words: str, noun: str) -> Select[tuple[str]]:
    """The ids of all rows of the noun that `find` would find, for a condition: `Candidate.id.in_(matching(...))`."""
    found = (
        text(
            "SELECT r.row_id AS row_id FROM search_words w JOIN search_rows r ON r.rowid = w.rowid"
            " WHERE search_words MATCH :search_query AND r.noun = :search_noun"
        )
        # A word without letters matches nothing, as no row has it.
        .bindparams(search_query=_query(words) or '"\x01"', search_noun=noun)
        .columns(column("row_id", Text()))
        .subquery()
    )
    return select(found.c.row_id)


def _query(words: str) -> str:
    """Each word, or its beginning, as FTS5 wants it; "" where there is none."""
    terms = ["".join(c for c in word if c != '"' and c.isprintable()) for word in fold(words).split()]
    return " ".join(f'"{term}"*' for term in terms if any(c.isalnum() for c in term))


def problems(session: Session) -> list[str]:
    """Words for what is wrong with the index; it can always be made again."""
    from sqlalchemy.exc import DBAPIError

    try:
        session.execute(text("INSERT INTO search_words(search_words) VALUES ('integrity-check')"))
    except DBAPIError as error:
        # FTS5 is asked by a command that counts as writing; where nothing can be written the rows alone are counted.
        if "readonly" not in str(error.orig):
            return ["The search index is damaged; opening the store for work once makes it again."]
    missing = 0
    for noun in _DOCUMENTS:
        rows = session.scalar(text(f"SELECT count(*) FROM {noun}"))  # noqa: S608 - a noun of our own table of nouns
        kept = session.scalar(text("SELECT count(*) FROM search_rows WHERE noun = :noun"), {"noun": noun})
        missing += abs((rows or 0) - (kept or 0))
    return [f"The search index lacks {missing} rows."] if missing else []


def _grouped(session: Session, statement: Any) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = defaultdict(list)
    for owner, *parts in session.execute(statement):
        groups[owner] += [str(part) for part in parts if part]
    return groups


def _within(column: Any, ids: set[str]) -> Any:
    if len(ids) <= _FEW:
        return column.in_(ids)
    given = func.json_each(json.dumps(sorted(ids))).table_valued("value")
    return column.in_(select(given.c.value))


def _file_words(session: Session, ids: set[str]) -> dict[str, list[str]]:
    """What was read out of their files. `_batches` gives those who have any in small numbers only."""
    if len(ids) > _FEW:
        return {}
    answers = aliased(KeptFile)
    read = (
        select(KeptFile.owner_id, DocumentText.text)
        .join(DocumentText, DocumentText.sha256 == KeptFile.sha256)
        .where(KeptFile.noun == "candidates", KeptFile.owner_id.in_(ids), DocumentText.state == "read")
        # By the words that raters read of an answer nobody finds whose they are.
        .where(KeptFile.sha256.not_in(select(answers.sha256).where(answers.noun == "applications")))
    )
    return _grouped(session, read)


def _candidates(session: Session, ids: set[str]) -> dict[str, Document]:
    emails = _grouped(
        session,
        select(CandidateEmail.candidate_id, CandidateEmail.address).where(_within(CandidateEmail.candidate_id, ids)),
    )
    studies = _grouped(
        session,
        select(Enrolment.candidate_id, School.name, School.short_name, Enrolment.major)
        .join(School, School.id == Enrolment.school_id)
        .where(_within(Enrolment.candidate_id, ids))
        .order_by(Enrolment.starts_on.desc(), Enrolment.created_at.desc()),
    )
    skills = _grouped(
        session,
        select(CandidateSkill.candidate_id, Skill.name)
        .join(Skill, Skill.id == CandidateSkill.skill_id)
        .where(_within(CandidateSkill.candidate_id, ids)),
    )
    touches = _grouped(session, select(Touch.candidate_id, Touch.text).where(_within(Touch.candidate_id, ids)))
    spoken = select(CandidateLanguage.candidate_id, CandidateLanguage.language)
    languages = _grouped(session, spoken.where(_within(CandidateLanguage.candidate_id, ids)))
    given = select(CandidateTag.candidate_id, Tag.name).join(Tag, Tag.id == CandidateTag.tag_id)
    tags = _grouped(session, given.where(_within(CandidateTag.candidate_id, ids)))
    own = select(CustomValue.candidate_id, CustomValue.text).where(CustomValue.candidate_id.is_not(None))
    values = _grouped(session, own.where(_within(CustomValue.candidate_id, ids)))
    files = _file_words(session, ids)
    documents = {}
    for person in session.scalars(select(Candidate).where(_within(Candidate.id, ids))):
        told = (emails, studies, skills, touches, languages, tags, values, files)
        parts = [groups.get(person.id, []) for groups in told]
        body = [person.nickname, person.phone, person.notes, *(word for part in parts for word in part)]
        documents[person.id] = (person.name, (parts[1] or [""])[0], "\n".join(body))
    return documents


def _projects(session: Session, ids: set[str]) -> dict[str, Document]:
    parts = _grouped(session, select(Milestone.project_id, Milestone.text).where(_within(Milestone.project_id, ids)))
    own = select(CustomValue.project_id, CustomValue.text).where(CustomValue.project_id.is_not(None))
    values = _grouped(session, own.where(_within(CustomValue.project_id, ids)))

    def body(p: Project) -> str:
        told = [f"P-{p.number:03}", p.category, p.summary, p.why_it_matters, p.tools]
        return "\n".join([*told, *parts.get(p.id, []), *values.get(p.id, [])])

    return {
        p.id: (p.title, f"P-{p.number:03} · {p.category}".rstrip(" ·"), body(p))
        for p in session.scalars(select(Project).where(_within(Project.id, ids)))
    }


def _schools(session: Session, ids: set[str]) -> dict[str, Document]:
    contacts = _grouped(
        session,
        select(SchoolContact.school_id, SchoolContact.name, SchoolContact.office).where(
            _within(SchoolContact.school_id, ids)
        ),
    )
    return {
        s.id: (
            s.name,
            ", ".join(part for part in (s.city, s.state) if part),
            "\n".join([s.short_name, s.city, *s.domains, *contacts.get(s.id, [])]),
        )
        for s in session.scalars(select(School).where(_within(School.id, ids)))
    }


def _to_dos(session: Session, ids: set[str]) -> dict[str, Document]:
    return {t.id: (t.text, "", "") for t in session.scalars(select(ToDo).where(_within(ToDo.id, ids)))}


_DOCUMENTS: dict[str, Callable[[Session, set[str]], dict[str, Document]]] = {
    "candidates": _candidates,
    "projects": _projects,
    "schools": _schools,
    "to_dos": _to_dos,
}
