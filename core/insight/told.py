"""The history as it may be read now: no change ties a name to a code, or tells others' scores before one's own.

A change in which a name and a code meet (someone was invited, applied, their application was mended) is told on the
name's side alone; all others on the code's. So no change, nor its moment, stands on both.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from core.insight.blind import TELLS_WHO
from core.insight.parts import chunks
from core.insight.progress import visible_sql
from core.insight.records import APART
from core.insight.sealed import FREE_TEXTS, NAMED, OF_REVIEW, TELLS_VIEW, VOLUNTARY, Seals
from core.model import (
    NOUNS,
    Answer,
    Application,
    ApplicationMove,
    Change,
    ChangeRow,
    CompetencyMark,
    Document,
    EarlierEvaluation,
    Evaluation,
    FitReview,
    FormReturn,
    Row,
    Score,
    SelfIdentification,
)
from core.store import FieldChange, HistoryEntry, Store

_WITH_NAME = frozenset({*TELLS_WHO, "project_id"})
_CODED = frozenset({"applications", "application_moves", "answers", "evaluations", "scores", "earlier_evaluations"})
_READ = _CODED | {"competency_marks", "fit_reviews", "documents"}


def _refers(kind: type[Row], noun: str) -> bool:
    return any(key.column.table.name == noun for key in kind.__table__.foreign_keys)


_OF_FILE = ("noun", "owner_id", "question_id")
"""Columns of a file under a code that are told."""
_OF_A_PERSON = frozenset(
    noun for noun, kind in NOUNS.items() if noun == "candidates" or (noun not in _CODED and _refers(kind, "candidates"))
)
"""Nouns that say something of a person by name."""


def told(
    store: Store,
    entries: Sequence[HistoryEntry],
    noun: str | None = None,
    row_id: str | None = None,
    *,
    today: date | None = None,
) -> list[HistoryEntry]:
    """`noun`, `row_id`: whose history it is, as it was asked of Store.history. `today` as Seals has it."""
    with store.read() as session:
        reader = _Reader(session, store.me, entries, today)
        shown = (reader.entry(one, noun or "", row_id) for one in entries)
        return [one for one in shown if one is not None]


@dataclass
class _Touched:
    """What a change did to applications that are under a code. `met`: those in which it let name and code meet."""

    coded: set[str] = field(default_factory=set)
    met: set[str] = field(default_factory=set)


class _Reader:
    def __init__(self, session: Session, me: str | None, entries: Sequence[HistoryEntry], today: date | None) -> None:
        self.seals, self.me = Seals(session, me, today), me
        ids = [one.change_id for one in entries]
        self._rows = [
            (change_id, row)
            for part in chunks(ids)
            for change_id, row in session.execute(
                select(Change.id, ChangeRow)
                .join(ChangeRow, ChangeRow.change_seq == Change.seq)
                .where(Change.id.in_(part), ChangeRow.noun.in_(_READ))
            )
        ]
        self._evaluation = {
            Score.__tablename__: self._owners(session, Score, Score.evaluation_id),
            CompetencyMark.__tablename__: self._owners(session, CompetencyMark, CompetencyMark.evaluation_id),
            EarlierEvaluation.__tablename__: self._owners(session, EarlierEvaluation, EarlierEvaluation.evaluation_id),
        }
        rated = {owner for of in self._evaluation.values() for owner in of.values() if owner}
        self._rater = self._owners(session, Evaluation, Evaluation.rater_id, rated)
        self._there = {one for part in chunks(list(self._rater)) for one in session.scalars(_present(part))}
        self._application = {
            Answer.__tablename__: self._owners(session, Answer, Answer.application_id),
            ApplicationMove.__tablename__: self._owners(session, ApplicationMove, ApplicationMove.application_id),
            Evaluation.__tablename__: self._owners(session, Evaluation, Evaluation.application_id, rated),
        }
        answers = self._owners(session, Document, Document.noun)
        self._application[Document.__tablename__] = {
            row_id: of
            for row_id, of in self._owners(session, Document, Document.owner_id).items()
            if answers.get(row_id) == Application.__tablename__
        }
        # Of forms that are gone by now their own changes say what they were.
        fields = [one for entry in entries for one in entry.fields]
        asked = self.seals.voluntary | {f.row_id for f in fields if f.column == "kind" and VOLUNTARY in (f.old, f.new)}
        returns = set(session.scalars(select(FormReturn.id).where(FormReturn.form_id.in_(asked))))
        gone = {f.row_id for f in fields if f.column == "form_id" and asked & {f.old, f.new}}
        self._voluntary = asked | returns | gone
        self._reviews = set(session.scalars(select(FitReview.id))) - self.seals.reviews
        about = {row.row_id for _, row in self._rows if row.noun == Application.__tablename__}
        about |= {owner for of in self._application.values() for owner in of.values() if owner}
        about |= {ref.partition(":")[2] for one in entries for ref in one.refs if ref.startswith("applications:")}
        self.open = {
            one
            for part in chunks(sorted(about))
            for one in session.scalars(select(Application.id).where(Application.id.in_(part), visible_sql()))
        }
        self._touched: dict[str, _Touched] = defaultdict(_Touched)
        for change_id, row in self._rows:
            self._note(self._touched[change_id], row)
        # A form that came back mends the person and their answers at once.
        coded = [change_id for change_id, touched in self._touched.items() if touched.coded]
        of_a_person = select(Change.id).join(ChangeRow, ChangeRow.change_seq == Change.seq)
        for part in chunks(coded):
            named = of_a_person.where(Change.id.in_(part), ChangeRow.noun.in_(_OF_A_PERSON)).distinct()
            for change_id in session.scalars(named):
                self._touched[change_id].met |= self._touched[change_id].coded
        self.seals.need(one for touched in self._touched.values() for one in touched.coded)

    def _owners(
        self, session: Session, kind: type[Row], column: Any, more: Iterable[str] = ()
    ) -> dict[str, str | None]:
        """By row of a noun what it belongs to, also where the row is gone by now."""
        noun = kind.__tablename__
        ids = {row.row_id for _, row in self._rows if row.noun == noun} | set(more)
        known: dict[str, str | None] = {}
        for part in chunks(sorted(ids)):
            known |= dict(session.execute(select(kind.id, column).where(kind.id.in_(part))).all())
        for part in chunks(sorted(ids - known.keys())):
            gone = select(ChangeRow).where(ChangeRow.noun == noun, ChangeRow.row_id.in_(part))
            for row in session.scalars(gone.order_by(ChangeRow.id)):
                for side in (row.old, row.new):
                    if side and column.key in side:
                        known[row.row_id] = side[column.key]
        return known

    def _note(self, touched: _Touched, row: ChangeRow) -> None:
        application = self._application_of(row.noun, row.row_id)
        if application is None or application in self.open:
            return
        touched.coded.add(application)
        columns = {c for c in (row.new or row.old or {}) if (row.old or {}).get(c) != (row.new or {}).get(c)}
        if row.noun == "applications" and (row.old is None or row.new is None or columns & set(TELLS_WHO)):
            touched.met.add(application)

    def _application_of(self, noun: str, row_id: str) -> str | None:
        """None where it is about no application; "" where nobody can say any more about which."""
        if noun == Application.__tablename__:
            return row_id
        if noun == Document.__tablename__:
            return self._application[noun].get(row_id)
        if noun in self._evaluation:
            return self._application_of(Evaluation.__tablename__, self._evaluation[noun].get(row_id) or "")
        return self._application[noun].get(row_id, "") if noun in self._application else None

    def entry(self, entry: HistoryEntry, noun: str, row_id: str | None) -> HistoryEntry | None:
        touched = self._touched.get(entry.change_id, _Touched())
        by_name = noun in NAMED
        if touched.met and not by_name and row_id is not None and self._is_coded(noun, row_id):
            return None
        fields = [shown for one in entry.fields if (shown := self._field(one, touched, by_name=by_name)) is not None]
        if touched.coded and not touched.met and by_name and not fields:
            return None
        if row_id is not None and not fields and self._only_voluntary(entry, f"{noun}:{row_id}"):
            return None
        refs = tuple(ref for ref in entry.refs if self._may_refer(ref, touched, by_name=by_name))
        reason = entry.reason
        for application in sorted(touched.coded):
            reason = self.seals.masked(application, reason)
        if by_name and touched.coded and not touched.met:
            reason = ""
        return replace(entry, fields=tuple(fields), refs=refs, reason=reason)

    def _only_voluntary(self, entry: HistoryEntry, mark: str) -> bool:
        """Whether nothing but voluntary answers, or their form, lets the change stand in this row's history."""
        return mark not in entry.refs and any(self._is_voluntary(one) for one in entry.fields)

    def _is_voluntary(self, one: FieldChange) -> bool:
        return one.noun == SelfIdentification.__tablename__ or one.row_id in self._voluntary

    def _is_coded(self, noun: str, row_id: str) -> bool:
        return noun in _CODED or (noun == Document.__tablename__ and self._application_of(noun, row_id) is not None)

    def _may_refer(self, ref: str, touched: _Touched, *, by_name: bool) -> bool:
        noun, _, row_id = ref.partition(":")
        if noun == "applications" and row_id not in self.open:
            return not by_name and not touched.met
        if noun == Document.__tablename__ and (of := self._application_of(noun, row_id)) and of not in self.open:
            return not by_name and not touched.met
        return not (touched.coded and not touched.met and noun in NAMED)

    def _field(self, one: FieldChange, touched: _Touched, *, by_name: bool) -> FieldChange | None:
        if one.noun in APART or one.row_id in self._voluntary or not self._is_open(one):
            return None
        application = self._application_of(one.noun, one.row_id)
        if application is None or application in self.open:
            return one
        if by_name:
            with_name = one.noun == "applications" and application in touched.met and one.column in _WITH_NAME
            return replace(one, row_id="") if with_name else None
        if touched.met or (one.noun == "applications" and one.column in TELLS_WHO):
            return None
        if one.noun == Document.__tablename__ and one.column not in _OF_FILE:
            return None
        if one.column in FREE_TEXTS.get(one.noun, ()):
            if application not in self.seals.applications:
                return None
            old, new = (self.seals.masked(application, side) for side in (one.old, one.new))
            return replace(one, old=old, new=new)
        return one

    def _is_open(self, one: FieldChange) -> bool:
        """Whether what raters and students said may be read; of what is gone by now only one's own."""
        if one.noun == "evaluations":
            return one.column not in TELLS_VIEW or self._may_read(one.row_id)
        if one.noun in self._evaluation:
            return self._may_read(self._evaluation[one.noun].get(one.row_id) or "")
        return one.noun != "fit_reviews" or one.column in OF_REVIEW or one.row_id in self._reviews

    def _may_read(self, evaluation: str) -> bool:
        if evaluation in self._there:
            return evaluation not in self.seals.evaluations
        return self.me is not None and self._rater.get(evaluation) == self.me


def _present(ids: Sequence[str]) -> Select[str]:
    return select(Evaluation.id).where(Evaluation.id.in_(ids))
