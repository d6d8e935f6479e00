"""The store: one encrypted file, opened and closed, read, changed with a label, undone."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from sqlalchemy import delete, event, select
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import Session, sessionmaker

from core import clock
from core.errors import SystemFault, UserError
from core.ids import new_id
from core.model import Change, Colleague, Draft, Employer, KeptView, Row, Threshold
from core.store import backup, bodies, migrate, search, undo
from core.store.disclosing import Left, entries
from core.store.engine import let_go, look_inside, make_engine, worded_faults
from core.store.file import companions, refuse_foreign
from core.store.journal import Journal, insert_rows, lay_back, watched
from core.store.journal import Step as Now
from core.store.keys import Key
from core.store.labels import Label, bounded
from core.store.lock import WriterLock
from core.store.undo import HistoryEntry, Step, step_of

Ref = tuple[str, str]
FIRST_THRESHOLDS = {2025: 60_000, 2026: 200_000}
"""1099-NEC: 600 USD through 2025, 2,000 USD in 2026 (sovos.com; natptax.com). Editable; later years by the user."""


@dataclass(frozen=True)
class Changes:
    """What one committed unit of work touched."""

    nouns: frozenset[str]
    ids: frozenset[str]


@dataclass
class _Work:
    session: Session
    refs: list[str]
    journal: Journal = field(default_factory=Journal)


class Store:
    """Open one with `Store.create` or `Store.open`. Threads may share it; sessions never leave their block."""

    def __init__(self, path: Path, key: Key, lock: WriterLock | None) -> None:
        self.path = path
        self.key = key
        self.me: str | None = None
        self._lock = lock
        self._engine = make_engine(path, key)
        self._sessions = sessionmaker(self._engine, expire_on_commit=False)
        self._writing = threading.RLock()
        self._local = threading.local()
        self._listeners: list[Callable[[Changes], None]] = []

    # --- the file ---------------------------------------------------------------------------------------------------

    @classmethod
    def create(cls, path: Path, key: Key, business: str, owner: str = "") -> Store:
        """Makes a new store with its employer and first colleague. Never overwrites."""
        backup.require_folder(path)
        if path.exists():
            raise UserError(f"{path.name} is there already. Choose another name, or open it.")
        lock = WriterLock(path)
        store = cls(path, key, lock)
        try:
            path.touch(0o600, exist_ok=False)
            with worded_faults(path):
                migrate.make_schema(store._engine)
            with store.change(Label.STORE_MADE, barrier=True) as session:
                me = Colleague(id=new_id(), name=owner or business, role="owner")
                session.add_all([Employer(name=business, signatory_name=owner), me])
                session.add_all(Threshold(year=year, amount=cents) for year, cents in FIRST_THRESHOLDS.items())
            store.me = me.id
        except BaseException:
            store.close()
            for leftover in (path, *companions(path)):
                leftover.unlink(missing_ok=True)
            raise
        return store

    @classmethod
    def open(cls, path: Path, key: Key, *, write: bool = True) -> Store:
        """Opens a store, upgrading an older one first. Where it raises words, nothing was touched."""
        refuse_foreign(path)
        lock = WriterLock(path) if write else None
        try:
            current = look_inside(path, key)
            if current != migrate.head():
                if current < migrate.head() and not write:
                    raise UserError(f"{path.name} is of an older Foothold. Open it once in the desk; that upgrades it.")
                migrate.upgrade(path, key, current)
            store = cls(path, key, lock)
            with store.read() as session:
                owners = select(Colleague.id).where(Colleague.left_on.is_(None))
                store.me = session.scalar(owners.order_by(Colleague.role != "owner", Colleague.created_at))
        except BaseException:
            if lock:
                lock.release()
            raise
        return store

    def close(self) -> None:
        """What was committed is safe before this: where the log cannot be folded in now, the next opening does it."""
        try:
            if self._lock is not None:
                with suppress(SystemFault, DBAPIError), worded_faults(self.path), self._sessions.begin() as session:
                    bodies.sweep(session)
                with suppress(SystemFault, DBAPIError), worded_faults(self.path), self._engine.connect() as connection:
                    connection.exec_driver_sql("COMMIT")
                    connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
                    connection.exec_driver_sql("BEGIN")
        finally:
            let_go(self._engine)
            if self._lock is not None:
                self._lock.release()
                self._lock = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def check(self) -> list[str]:
        """Words for everything wrong with the file; [] for a sound one."""
        with worded_faults(self.path), self._engine.connect() as connection:
            found = backup.file_problems(connection.connection.driver_connection)
        if found:
            return found
        with self._sessions() as session:
            return [*search.problems(session), *bodies.problems(session)]

    def backup(self, target: Path) -> None:
        """A checked copy, beside an open desk too. The same key opens it.

        Its name ends in .foothold, so that it takes the place of no log or lock that stands beside a store.
        """
        if target.suffix.lower() != ".foothold":
            raise UserError(f"{target.name} is no name for a backup. Give it the ending .foothold.")
        if target.exists() and target.samefile(self.path):
            raise UserError(f"{target.name} is the store itself. Choose another name.")
        if target.exists() and not target.is_file():
            raise UserError(f"{target.name} is no file that could be replaced. Choose another name.")
        backup.checked_copy(self.path, self.key, target)

    def rekey(self, key: Key) -> None:
        """Gives the file another key. Older backups and the old recovery sheet still need the old one."""
        self._may_write()
        if key.salt != self.key.salt:
            raise ValueError("a store keeps its salt")
        with self._writing, worded_faults(self.path), self._engine.connect() as connection:
            connection.exec_driver_sql("COMMIT")
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            connection.exec_driver_sql("PRAGMA journal_mode=DELETE")
            connection.exec_driver_sql(f'PRAGMA rekey = "{key.pragma}"')
            connection.exec_driver_sql("PRAGMA journal_mode=WAL")
            connection.exec_driver_sql("BEGIN")
        self._engine.dispose()
        self.key = key
        self._engine = make_engine(self.path, key)
        self._sessions.configure(bind=self._engine)

    # --- reading ----------------------------------------------------------------------------------------------------

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A short session for one question. What is added to it is refused."""
        if (work := self._running()) is not None:
            yield work.session
            return
        with worded_faults(self.path), self._sessions() as session:
            event.listen(session, "before_flush", _refuse_to_write)
            yield session

    def search(self, words: str, limit: int = 50) -> list[search.Hit]:
        with self.read() as session:
            return search.find(session, words, limit)

    def history(self, noun: str | None = None, row_id: str | None = None, limit: int = 200) -> list[HistoryEntry]:
        with self.read() as session:
            return undo.history(session, noun, row_id, limit)

    # --- changing ---------------------------------------------------------------------------------------------------

    @contextmanager
    def change(self, label: Label, *refs: Ref, reason: str = "", barrier: bool = False) -> Iterator[Session]:
        """One labelled unit of work: all of it is written, with its history and search index, or nothing is.

        Re-entrant: within a running change it joins that one. `barrier`: undo goes no further back.
        """
        marks = [f"{noun}:{row_id}" for noun, row_id in refs]
        if (work := self._running()) is not None:
            work.refs += [mark for mark in marks if mark not in work.refs]
            yield work.session
            return
        with self._unit("barrier" if barrier else "do", label, marks, reason=bounded(reason)) as work:
            yield work.session

    def note_ref(self, ref: Ref) -> None:
        """Adds what the running change is about, where that is known only within it."""
        work = self._running()
        if work is None:
            raise RuntimeError("no change is running")
        work.refs.append(f"{ref[0]}:{ref[1]}")

    def disclose(
        self,
        kind: str,
        what: str,
        to_whom: str = "",
        file_name: str = "",
        sha256: str = "",
        refs: Sequence[Ref] = (),
    ) -> None:
        """Records what left or was seen. It is part of no undo, and is added beside an open desk too."""
        self.disclose_all([Left(kind, what, to_whom, file_name, sha256, refs)])

    def disclose_all(self, left: Sequence[Left]) -> None:
        """All of it is recorded, or nothing is."""
        rows = entries(left, self.me)
        if (work := self._running()) is not None:
            work.session.add_all(rows)
            return
        with self._writing, worded_faults(self.path), self._sessions.begin() as session:
            session.add_all(rows)
        self._tell(Changes(frozenset({"disclosures"}), frozenset(row.id for row in rows)))

    @contextmanager
    def beside(self, *nouns: str) -> Iterator[Session]:
        """For what is no change, and has no history: no row of a noun can be written. Listeners hear of `nouns`."""
        self._may_write()
        with self._writing, worded_faults(self.path), self._sessions.begin() as session:
            event.listen(session, "before_flush", _refuse_to_write)
            yield session
        if nouns:
            self._tell(Changes(frozenset(nouns), frozenset()))

    def keep_draft(self, key: str, fields: dict[str, Any]) -> None:
        """Keeps what was typed into a form and not yet saved."""
        with self.beside() as session:
            session.merge(Draft(key=key, at=clock.now(), fields=fields))

    def draft(self, key: str) -> dict[str, Any] | None:
        with self.read() as session:
            kept = session.get(Draft, key)
            return kept.fields if kept else None

    def drop_draft(self, key: str) -> None:
        with self.beside() as session:
            session.execute(delete(Draft).where(Draft.key == key))

    def keep_views(self, views: Mapping[str, str]) -> None:
        """Keeps what was read, by name, in place of all that was kept before; each change forgets it."""
        with self.beside() as session:
            session.execute(delete(KeptView))
            session.add_all(KeptView(name=name, body=body) for name, body in views.items())

    def kept_views(self) -> set[str]:
        """The names of the views that are kept."""
        with self.read() as session:
            return set(session.scalars(select(KeptView.name)))

    def listen(self, listener: Callable[[Changes], None]) -> None:
        """Called after each commit, undo and redo, on the thread that made it."""
        self._listeners.append(listener)

    # --- undo -------------------------------------------------------------------------------------------------------

    def can_undo(self) -> Step | None:
        with self.read() as session:
            return undo.sized(session, undo.next_undo(session, self.me))

    def can_redo(self) -> Step | None:
        with self.read() as session:
            return undo.sized(session, undo.next_redo(session, self.me))

    def undo(self, change_id: str | None = None, step: Now | None = None) -> Step:
        """Takes back one's latest change, or the one named, unless a later one stands on it. `step`: of `watched`."""
        return self._lay(change_id, step, forward=False)

    def redo(self, step: Now | None = None) -> Step:
        return self._lay(None, step, forward=True)

    def _lay(self, change_id: str | None, step: Now | None, *, forward: bool) -> Step:
        self._may_write()
        with self._writing:
            with self.read() as session:
                change = self._target(session, change_id, forward=forward)
                rows = undo.rows_of(session, change)
                if not forward:
                    undo.refuse_if_stood_on(session, change, rows)
            kind = "redo" if forward else "undo"
            try:
                with self._unit(kind, Label(change.label), list(change.refs), target=change.id) as work:
                    watched(work.session, step)
                    for noun in {row.noun for row in rows}:
                        work.journal.note(work.session, noun, [row.row_id for row in rows if row.noun == noun])
                    lay_back(work.session, rows if forward else reversed(rows), forward=forward)
            except IntegrityError:
                raise UserError(
                    f"“{step_of(change).words}” cannot be {kind}ne any more: something newer stands in its place."
                ) from None
        return step_of(change)

    def _target(self, session: Session, change_id: str | None, *, forward: bool) -> Change:
        if change_id is not None:
            change = session.scalar(select(Change).where(Change.id == change_id, Change.kind == "do"))
            if change is None or change.seq < undo.barrier(session):
                raise UserError("That change cannot be undone.")
            if undo.is_undone(session, change):
                raise UserError("That change is undone already.")
            return change
        change = undo.next_redo(session, self.me) if forward else undo.next_undo(session, self.me)
        if change is None:
            raise UserError("There is nothing to redo." if forward else "There is nothing to undo.")
        return change

    # --- within -----------------------------------------------------------------------------------------------------

    def _running(self) -> _Work | None:
        return getattr(self._local, "work", None)

    def _may_write(self) -> None:
        if self._lock is None:
            raise UserError(f"{self.path.name} is open for reading only.")

    def _tell(self, changes: Changes) -> None:
        for listener in self._listeners:
            listener(changes)

    @contextmanager
    def _unit(
        self, kind: str, label: Label, refs: list[str], *, reason: str = "", target: str | None = None
    ) -> Iterator[_Work]:
        self._may_write()
        with self._writing, worded_faults(self.path), self._sessions() as session:
            work = _Work(session, refs)
            event.listen(session, "before_flush", lambda *_: work.journal.watch(session))
            self._local.work = work
            try:
                yield work
                session.flush()
                entries = work.journal.rows(session)
                touched = work.journal.touched()
                if entries:
                    self._write(session, work, entries, kind, label, reason, target)
                session.commit()
            finally:
                self._local.work = None
        if entries:
            ids = frozenset(row_id for rows in touched.values() for row_id in rows)
            self._tell(Changes(frozenset(entry["noun"] for entry in entries), ids))

    def _write(
        self,
        session: Session,
        work: _Work,
        entries: list[dict[str, Any]],
        kind: str,
        label: Label,
        reason: str,
        target: str | None,
    ) -> None:
        change = Change(
            id=new_id(),
            at=clock.now(),
            colleague_id=self.me,
            schema=migrate.head(),
            kind=kind,
            target_id=target,
            label=label.value,
            reason=reason,
            refs=work.refs,
        )
        session.add(change)
        session.execute(delete(KeptView))
        session.flush()
        if kind != "barrier":
            insert_rows(session, change.seq, entries)
        search.refresh(session, work.journal.touched(), search.owners_of(entries, session))


def _refuse_to_write(session: Session, *_: object) -> None:
    if any(isinstance(thing, Row) for thing in (*session.new, *session.dirty, *session.deleted)):
        raise RuntimeError("a reading session does not write")
