"""Days that may stand in a calendar and are no more: of what was removed, and of what has no day any longer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from core.model import NOUNS, Application, ChangeRow, Engagement


@dataclass(frozen=True, slots=True)
class GoneDay:
    """`project_id`, `engagement_id`: what it was of, "" where that is not known or it was of neither."""

    kind: str
    row_id: str
    title: str
    on: date
    project_id: str = ""
    engagement_id: str = ""


_DAYS = (
    ("kick-off", "engagements", "kick_off_on", "Kick-off"),
    ("due", "engagements", "due_on", "Due"),
    ("apply-by", "projects", "apply_by", "Last day to apply"),
    ("milestone", "milestones", "due_on", "Milestone"),
    ("answer-by", "offers", "expires_on", "Last day to answer the offer"),
    ("talk", "check_ins", "planned_on", "Talk"),
    ("touch", "touches", "planned_on", "Get in touch"),
    ("pool", "pool_entries", "next_touch_on", "Get in touch"),
)
"""Kind of event, noun, its day, and what it was. No name: the person may be gone as well."""


def gone_days(session: Session) -> Iterator[GoneDay]:
    """Each with the last day that it had."""
    lost = [
        and_(
            ChangeRow.noun == noun,
            ChangeRow.old[day].as_string().is_not(None),
            ChangeRow.new[day].as_string().is_(None),
        )
        for _, noun, day, _ in _DAYS
    ]
    # In one pass: the history has no index by noun.
    found = list(session.scalars(select(ChangeRow).where(or_(*lost)).order_by(ChangeRow.id.desc())))
    for kind, noun, day, what in _DAYS:
        seen: set[str] = set()
        for row in found:
            old, new = row.old or {}, row.new or {}
            if row.noun != noun or row.row_id in seen or not old.get(day) or new.get(day):
                continue
            seen.add(row.row_id)
            now = session.get(NOUNS[noun], row.row_id)
            if now is not None and getattr(now, day) is not None:
                continue
            project, work = _of(session, noun, row.row_id, old, now)
            text = str(old.get("text") or "") if noun == "milestones" else ""
            title = f"{what}: {text}" if text else what
            yield GoneDay(kind, row.row_id, title, date.fromisoformat(old[day]), project, work)


def _of(session: Session, noun: str, row_id: str, old: dict[str, Any], now: object | None) -> tuple[str, str]:
    """The project and the work that it was of."""

    def said(column: str) -> str:
        return str((old.get(column) if now is None else getattr(now, column, "")) or "")

    project, work = said("project_id"), said("engagement_id")
    if noun == "projects":
        return row_id, ""
    if noun == "engagements":
        return project, row_id
    if noun == "offers":
        applied = session.get(Application, said("application_id"))
        return applied.project_id if applied else "", ""
    if noun == "check_ins":
        at_work = session.get(Engagement, work)
        return at_work.project_id if at_work else "", work
    return project, work
