"""The one way in which an application comes to a status or a stage; each coming is written down with its day."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core import clock, states
from core.errors import UserError
from core.model import Application, ApplicationMove, ProjectStage, words
from core.work.checks import move


def arrive(
    session: Session, application: Application, status: str, on: date, stage: ProjectStage | None = None
) -> bool:
    """Status and stage at once, so that a stage always lies under its status. False where it stands there already.

    UserError where the machine forbids the status, or the stage is another project's or lies under another status.
    """
    if stage is not None and (stage.project_id != application.project_id or stage.under != status):
        raise UserError(f"“{stage.name}” is no stage of this application’s project there. Choose another.")
    stage_id = stage.id if stage is not None else None
    if application.status == status and application.stage_id == stage_id:
        return False
    if application.status != status:
        move(application, states.APPLICATION, status, words.APPLICATION_STATES, "application")
    application.stage_id = stage_id
    began(session, application, on)
    return True


def began(session: Session, application: Application, on: date) -> None:
    """Writes down where the application stands now, as of a day; it is the last of its moves from then on."""
    now = clock.now()
    if application not in session.new:
        query = select(func.max(ApplicationMove.created_at)).where(ApplicationMove.application_id == application.id)
        last = session.scalar(query)
        if last is not None and last >= now:
            # A coarse clock says one moment for two moves, and one that was set back an earlier one.
            now = last + timedelta(microseconds=1)
    stage = session.get(ProjectStage, application.stage_id) if application.stage_id else None
    name = stage.name if stage is not None else ""
    session.add(
        ApplicationMove(
            application_id=application.id, moved_on=on, status=application.status, stage=name, created_at=now
        )
    )


def applied_on_changed(session: Session, application: Application, before: date | None, now: date) -> None:
    """The day of applying was mended: what was written down on the old day says the new one."""
    query = select(ApplicationMove).where(
        ApplicationMove.application_id == application.id,
        ApplicationMove.status == "applied",
        ApplicationMove.stage == "",
        ApplicationMove.moved_on == before,
    )
    first = session.scalars(query.order_by(ApplicationMove.created_at, ApplicationMove.id)).first()
    if first is not None:
        first.moved_on = now
