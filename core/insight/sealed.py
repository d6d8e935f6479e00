"""What may not be read yet: names behind codes, others' scores before one's own are in, one side of a review alone.

Wherever rows are shown as they are stored (list, show, export), they pass through here; histories do in
core.insight.told. An application that is still rated by its code has two sides. With the name stands that someone
applied, where and when; with the code stand the answers, the scores and what was decided. What would lead from one side
to the other (the id, the moments of entry and change, the order of entry) stands on neither.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from core.errors import UserError
from core.insight.blind import TELLS_WHO, Mask, masks
from core.insight.blind_files import neutral_names
from core.insight.open_reviews import theirs_may_be_read
from core.insight.progress import by_name_sql, visible_sql
from core.model import Application, Document, Engagement, Evaluation, FitReview, Form
from core.store import Store

TELLS_CODE = (
    "code", "status", "stage_id", "decided_on", "decision_reason", "hold_until", "told_on", "revealed_at",
    "revealed_by_id",
)  # fmt: skip
TELLS_FILE = ("media_type", "size", "sha256", "added_on")
"""Columns of a file that lead to the same file elsewhere, or to the day of applying."""
TELLS_VIEW = ("recommend", "overall", "comment", "private_comment")
OF_REVIEW = ("id", "engagement_id", "received_on", "row_version", "created_at", "changed_at")
FREE_TEXTS = {
    "applications": ("decision_reason",),
    "answers": ("text",),
    "evaluations": ("comment", "private_comment"),
    "scores": ("evidence",),
    "earlier_evaluations": ("reason", "comment", "scores"),
}
"""Columns in which someone may have written a name."""
VOLUNTARY = "self_identification"
"""The kind of form on which people answer voluntarily."""
NAMED = ("candidates", "enrolments")
"""Nouns whose page says who it is."""
FILE_HIDDEN = (
    "This file answers a question of an application under a code. It may say who wrote it, so it is opened and saved "
    "once the names are revealed; until then its words are read where it is scored."
)
_MOMENTS = ("row_version", "created_at", "changed_at")
_OF_EVALUATION = ("scores", "competency_marks", "earlier_evaluations")


class Seals:
    """What is closed to a colleague at this moment. `invited` are behind a name, and their code not yet in use.

    `today` opens the reviews whose day has come; without it they stay closed until both sides are in.
    """

    def __init__(self, session: Session, me: str | None, today: date | None = None) -> None:
        self._session = session
        hidden = select(Application.id, Application.candidate_id, by_name_sql()).where(~visible_sql())
        found = session.execute(hidden).all()
        self._people = {row_id: candidate for row_id, candidate, _ in found}
        self.invited = frozenset(row_id for row_id, _, by_name in found if by_name)
        self.applications = frozenset(self._people) - self.invited
        self.evaluations = frozenset(_closed_evaluations(session, me))
        self._rated: dict[str, str] | None = None
        self._voluntary: frozenset[str] | None = None
        self._masks: dict[str, Mask] = {}
        reviewed = select(FitReview.id).join(Engagement, Engagement.id == FitReview.engagement_id)
        self.reviews = frozenset(session.scalars(reviewed.where(~theirs_may_be_read(today))))

    @property
    def voluntary(self) -> frozenset[str]:
        """Forms of voluntary answers: that somebody got one or sent it back is told as little as what it says."""
        if self._voluntary is None:
            asked = select(Form.id).where(Form.kind == VOLUNTARY)
            self._voluntary = frozenset(self._session.scalars(asked))
        return self._voluntary

    @property
    def rated(self) -> dict[str, str]:
        """By evaluation the application that it is of, of those still under a code."""
        if self._rated is None:
            query = select(Evaluation.id, Evaluation.application_id).where(Evaluation.application_id.is_not(None))
            pairs = self._session.execute(query).all() if self._people else []
            self._rated = {row_id: of for row_id, of in pairs if of is not None and of in self._people}
        return self._rated

    def open(self, noun: str, rows: list[dict[str, Any]], beside: str = "") -> list[dict[str, Any]]:
        """The rows as they may be shown. `beside`: the noun on whose page they stand, so that a name meets no code."""
        if noun in _OF_EVALUATION:
            rows = [row for row in rows if row["evaluation_id"] not in self.evaluations]
        if noun == "applications":
            return self._applications(rows, beside)
        if noun == "application_moves":
            return self._moves(rows, beside)
        if noun == "documents":
            return self._files(rows)
        if noun in ("forms", "form_returns"):
            key = "id" if noun == "forms" else "form_id"
            return [row for row in rows if row[key] not in self.voluntary]
        if noun in FREE_TEXTS:
            rows = self._without_names(noun, rows)
        if noun == "evaluations":
            return [row | dict.fromkeys(TELLS_VIEW) if row["id"] in self.evaluations else row for row in rows]
        if noun == "fit_reviews":
            return [self._review(row) if row["id"] in self.reviews else row for row in rows]
        return rows

    def _applications(self, rows: list[dict[str, Any]], beside: str) -> list[dict[str, Any]]:
        shown, coded = [], []
        for row in rows:
            if row["id"] in self.invited or (row["id"] in self.applications and beside in NAMED):
                status = row["status"] if row["id"] in self.invited else "applied"
                shown.append(row | dict.fromkeys((*TELLS_CODE, *_MOMENTS)) | {"id": "", "code": "", "status": status})
            elif row["id"] in self.applications:
                coded.append(row | dict.fromkeys((*TELLS_WHO, *_MOMENTS)))
            else:
                shown.append(row)
        # By code: in the order of entry they would stand as the names do.
        coded.sort(key=lambda row: (row["project_id"], row["code"]))
        return [*shown, *self._without_names("applications", coded)]

    def _moves(self, rows: list[dict[str, Any]], beside: str) -> list[dict[str, Any]]:
        """Under a code without the days of being invited and of applying, which stand with the name."""
        shown, coded = [], []
        for row in rows:
            if row["application_id"] not in self._people:
                shown.append(row)
            elif beside not in NAMED and row["status"] not in ("invited", "applied"):
                coded.append(row | dict.fromkeys(_MOMENTS))
        coded.sort(key=lambda row: (row["application_id"], row["moved_on"]))
        return [*shown, *coded]

    def _files(self, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Of an application under a code: that there is one, and which question it answers."""
        coded = [row for row in rows if self.hides_file(row)]
        names = neutral_names(self._session, {row["owner_id"] for row in coded})
        told = [row | dict.fromkeys((*TELLS_FILE, *_MOMENTS)) | {"name": names.get(row["id"], "")} for row in coded]
        told.sort(key=lambda row: (row["owner_id"], row["name"]))
        return [*(row for row in rows if not self.hides_file(row)), *told]

    def hides_file(self, row: Mapping[str, Any]) -> bool:
        """Whether a row of documents is of an application under a code."""
        return row["noun"] == Application.__tablename__ and row["owner_id"] in self._people

    def _without_names(self, noun: str, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        of = [self.application_of(noun, row) for row in rows]
        self.need(one for one in of if one)
        told = [
            row | {column: self.masked(one, row[column]) for column in FREE_TEXTS[noun]}
            for row, one in zip(rows, of, strict=True)
        ]
        if noun != "answers":
            return told
        coded = [row | dict.fromkeys(_MOMENTS) for row in told if row["application_id"] in self._people]
        coded.sort(key=lambda row: (row["application_id"], row["question_id"]))
        return [*(row for row in told if row["application_id"] not in self._people), *coded]

    def application_of(self, noun: str, row: dict[str, Any]) -> str:
        """The application that a row is about, "" where it is about none under a code."""
        if noun == "applications":
            return str(row["id"])
        if noun in ("scores", "earlier_evaluations"):
            return self.rated.get(row["evaluation_id"], "")
        return row["application_id"] or ""

    def need(self, applications: Iterable[str]) -> None:
        """Makes the masks of these, all at once."""
        people = {self._people[one] for one in applications if one in self._people} - self._masks.keys()
        if people:
            self._masks |= masks(self._session, people)

    def masked(self, application: str, text: Any) -> Any:
        """The text without what tells who it is, where the application is still rated by its code."""
        if application not in self._people:
            return text
        self.need([application])
        return _each(self._masks[self._people[application]], text)

    @staticmethod
    def _review(row: dict[str, Any]) -> dict[str, Any]:
        return {column: value if column in OF_REVIEW else None for column, value in row.items()}


def under_code(store: Store, application_id: str) -> bool:
    """Whether it is rated by its code now, so that what is done by name may neither change nor tell a decision."""
    query = select(Application.id).where(
        Application.id == application_id, Application.status != "invited", ~visible_sql()
    )
    with store.read() as session:
        return session.scalar(query) is not None


def refuse_hidden(store: Store, document_id: str) -> None:
    """UserError for a file of an application that is rated by its code: it is read masked, where it is scored."""
    with store.read() as session:
        if session.scalar(hidden_files().where(Document.id == document_id)) is not None:
            raise UserError(FILE_HIDDEN)


def hidden_files() -> Select[str]:
    """The ids of files of applications that are rated by their code."""
    of = select(Document.id).join(Application, Application.id == Document.owner_id)
    return of.where(Document.noun == Application.__tablename__, ~visible_sql())


def _closed_evaluations(session: Session, me: str | None) -> list[str]:
    """Others' that are not handed in, and others' of an application that one has not handed in one's own for."""
    mine = select(Evaluation.application_id).where(
        Evaluation.rater_id == (me or ""), Evaluation.submitted_at.is_not(None), Evaluation.application_id.is_not(None)
    )
    revealed = select(Application.id).where(Application.revealed_at.is_not(None))
    may = set(session.scalars(mine)) | set(session.scalars(revealed))
    return [
        one.id
        for one in session.scalars(select(Evaluation).where(Evaluation.rater_id != (me or "")))
        if one.submitted_at is None or (one.application_id is not None and one.application_id not in may)
    ]


def _each(mask: Mask, value: Any) -> Any:
    """The mask on every text in it."""
    if isinstance(value, dict):
        return {key: _each(mask, one) for key, one in value.items()}
    if isinstance(value, list):
        return [_each(mask, one) for one in value]
    return mask(value) if isinstance(value, str) else value
