"""Words of one's own on candidates: given and taken, one by one or to many in one change."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.errors import FieldErrors, UserError
from core.ids import new_id
from core.model import Candidate, CandidateTag, Tag
from core.store import Label, Store
from core.store.journal import watched
from core.text import fold, line
from core.work.checks import Problems, distinct, find, rows

LONGEST = 60
_CHUNK = 500


class TagIndex:
    """Finds a tag by its name, case and accents aside, and adds the ones that are new."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.names = {tag.id: tag.name for tag in rows(session, Tag)}
        self._ids = {fold(name): tag_id for tag_id, name in self.names.items()}

    def known(self, name: str) -> str | None:
        return self._ids.get(fold(name))

    def id_of(self, name: str) -> str:
        key = fold(name)
        if key not in self._ids:
            tag = Tag(id=new_id(), name=name)
            self._session.add(tag)
            self._ids[key] = tag.id
            self.names[tag.id] = name
        return self._ids[key]


def tidy_tags(names: Iterable[str], problems: Problems, field: str = "tags") -> list[str]:
    """Without repeats and empty ones; too long a one is a problem of the field."""
    found = distinct(name for name in map(line, names) if name)
    for name in found:
        problems.when(len(name) > LONGEST, field, f"A tag has at most {LONGEST} characters: “{name[:LONGEST]}…”.")
    return found


def write_tags(
    session: Session, candidate_id: str, wanted: Sequence[str], before: Sequence[CandidateTag], index: TagIndex
) -> None:
    """Lay a draft's tags over those that stand; asks the store nothing."""
    old = {row.tag_id: row for row in before}
    for name in wanted:
        tag_id = index.id_of(name)
        if old.pop(tag_id, None) is None:
            session.add(CandidateTag(candidate_id=candidate_id, tag_id=tag_id))
    for gone in old.values():
        session.delete(gone)


def set_tags(
    store: Store,
    candidate_ids: Sequence[str],
    add: Sequence[str] = (),
    remove: Sequence[str] = (),
    *,
    today: date,
    progress: Callable[[int, int], None] | None = None,
) -> int:
    """Give and take tags, to and from all of these, as one change; how many people it changed.

    `progress(done, total)` may raise to cancel; then nothing is written. FieldErrors on `add`.
    """
    problems = Problems()
    adding, removing = tidy_tags(add, problems, "add"), tidy_tags(remove, problems, "remove")
    problems.when(not (adding or removing), "add", "Name a tag to give or to take.")
    both = {fold(name) for name in adding} & {fold(name) for name in removing}
    problems.when(bool(both), "remove", "A tag cannot be given and taken at once.")
    problems.raise_if_any()
    changed: set[str] = set()
    with store.change(Label.TAGS_CHANGED) as session:
        if progress is not None:
            watched(session, lambda: progress(len(candidate_ids), len(candidate_ids)))
        index = TagIndex(session)
        taken = [tag_id for name in removing if (tag_id := index.known(name)) is not None]
        for start in range(0, len(candidate_ids), _CHUNK):
            if progress is not None:
                progress(start, len(candidate_ids))
            some = candidate_ids[start : start + _CHUNK]
            there = set(session.scalars(select(Candidate.id).where(Candidate.id.in_(some))))
            standing = rows(session, CandidateTag, CandidateTag.candidate_id.in_(some))
            given = {(row.candidate_id, row.tag_id) for row in standing}
            for row in standing:
                if row.tag_id in taken:
                    session.delete(row)
                    changed.add(row.candidate_id)
            for tag_id in map(index.id_of, adding):
                fresh = [one for one in some if one in there and (one, tag_id) not in given]
                session.add_all(CandidateTag(candidate_id=one, tag_id=tag_id) for one in fresh)
                changed.update(fresh)
        if len(changed) <= 50:
            for candidate_id in sorted(changed):
                store.note_ref(("candidates", candidate_id))
    return len(changed)


def rename_tag(store: Store, tag_id: str, name: str, *, today: date) -> str:
    """Another name for a tag; the name of another tag is refused."""
    problems = Problems()
    names = tidy_tags([name], problems, "name")
    problems.when(not names, "name", "Give the tag a name.")
    problems.raise_if_any()
    with store.change(Label.TAGS_CHANGED) as session:
        tag = find(session, Tag, tag_id, "tag")
        other = TagIndex(session).known(names[0])
        if other not in (None, tag_id):
            raise FieldErrors({"name": f"There is a tag “{names[0]}” already. Give it to these people instead."})
        tag.name = names[0]
    return tag_id


def remove_tag(store: Store, tag_id: str, *, today: date) -> int:
    """Take a tag away from everyone; undo gives it back. How many had it."""
    with store.change(Label.TAGS_CHANGED) as session:
        tag = find(session, Tag, tag_id, "tag")
        given = rows(session, CandidateTag, CandidateTag.tag_id == tag_id)
        for row in given:
            session.delete(row)
        session.delete(tag)
        return len(given)


def join_tags(store: Store, tag_id: str, into_id: str, *, today: date) -> int:
    """Everyone with the one gets the other; the one goes. How many people that changed."""
    if tag_id == into_id:
        raise UserError("Choose another tag to join it with.")
    with store.change(Label.TAGS_CHANGED) as session:
        tag, into = find(session, Tag, tag_id, "tag"), find(session, Tag, into_id, "tag")
        had = set(session.scalars(select(CandidateTag.candidate_id).where(CandidateTag.tag_id == into.id)))
        moved = rows(session, CandidateTag, CandidateTag.tag_id == tag.id)
        for row in moved:
            session.delete(row)
            if row.candidate_id not in had:
                session.add(CandidateTag(candidate_id=row.candidate_id, tag_id=into.id))
        session.delete(tag)
        return len(moved)
