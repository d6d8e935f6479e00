"""The sample program's stages, and where each application came to, and when."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.jobs.sample_days import read, uid
from core.jobs.sample_people import Made
from core.model import Application, ApplicationMove, ProjectStage


def lay_stages(session: Session, made: Made) -> None:
    """After the applications, whose own days are the first of their moves."""
    session.flush()
    came: dict[str, tuple[date, str]] = {}
    for project, stages in read("stages")["stages"].items():
        for position, (under, name, people) in enumerate(stages):
            stage_id, project_id = uid("stage", project, name), uid("project", project)
            session.add(ProjectStage(id=stage_id, project_id=project_id, under=under, name=name, position=position))
            for who, day in people.items():
                application_id = uid("application", project, who)
                session.get_one(Application, application_id).stage_id = stage_id
                came[application_id] = (made.days.at(day), name)
    for one in session.scalars(select(Application).order_by(Application.id)):
        steps = [(one.invited_on, "invited", ""), (one.applied_on, "applied", "")]
        if one.id in came:
            steps.append((came[one.id][0], one.status, came[one.id][1]))
        elif one.status not in ("invited", "applied"):
            steps.append((one.decided_on, one.status, ""))
        for number, (day, status, stage) in enumerate(steps):
            if day is not None:
                session.add(
                    ApplicationMove(
                        id=uid("move", one.id, number),
                        application_id=one.id,
                        moved_on=day,
                        status=status,
                        stage=stage,
                        created_at=datetime.combine(day, time(8), UTC) + timedelta(seconds=number),
                    )
                )
