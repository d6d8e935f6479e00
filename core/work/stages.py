"""One's own stages of a project, which subdivide applied and shortlisted, and moving applications between them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.errors import UserError
from core.ids import new_id
from core.model import Application, ApplicationMove, Project, ProjectStage
from core.model.words import APPLICATION_STATES, STAGED
from core.store import Label, Store
from core.store.journal import watched
from core.text import fold, line
from core.work.checks import Problems, find, rows
from core.work.moves import began
from core.work.select import come_to, stands

MOST_STAGES = 12
NAME_LIMIT = 60
_TAKEN = {fold(one) for one in (*APPLICATION_STATES.values(), "Offered", "Accepted")}
"""What the columns of the board are called where no stage of one's own is."""


@dataclass(frozen=True, kw_only=True)
class StageDraft:
    """`id` is None for a new one. `under`: applied or shortlisted."""

    id: str | None = None
    name: str = ""
    under: str = "applied"


def stage_drafts(store: Store, project_id: str) -> list[StageDraft]:
    """In order: those of applied, then those of shortlisted."""
    with store.read() as session:
        return [StageDraft(id=one.id, name=one.name, under=one.under) for one in _stages(session, project_id)]


def set_stages(store: Store, project_id: str, drafts: Sequence[StageDraft], *, today: date) -> str:
    """The project has these stages from now on, in this order, and no others.

    Who is in one that goes, or that moves under the other status, stands in its status again. FieldErrors (stages).
    """
    with store.change(Label.STAGES_CHANGED, ("projects", project_id)) as session:
        find(session, Project, project_id, "project")
        old = {one.id: one for one in _stages(session, project_id)}
        drafts = _checked([replace(draft, name=line(draft.name)) for draft in drafts], old)
        kept = {draft.id for draft in drafts if draft.id in old}
        left = {key for key, one in old.items() if key not in kept}
        left |= {draft.id for draft in drafts if draft.id in old and old[draft.id].under != draft.under}
        _move_out(session, left, today)
        for key in old.keys() - kept:
            session.delete(old[key])
        # A new stage may have the name of one that goes.
        session.flush()
        for position, draft in enumerate(drafts):
            stage = old.get(draft.id or "")
            if stage is None:
                stage = ProjectStage(id=new_id(), project_id=project_id)
                session.add(stage)
            elif stage.name != draft.name:
                _rename_moves(session, project_id, stage.name, draft.name)
            stage.name, stage.under, stage.position = draft.name, draft.under, position
    return project_id


def copied(store: Store, drafts: Sequence[StageDraft], from_project_id: str) -> list[StageDraft]:
    """`drafts` and behind them the other project's stages that they lack, to be looked at and saved."""
    there = {fold(draft.name) for draft in drafts}
    fresh = [replace(one, id=None) for one in stage_drafts(store, from_project_id) if fold(one.name) not in there]
    return [*drafts, *fresh]


def move_stage(
    store: Store,
    application_ids: Iterable[str],
    stage_id: str | None,
    status: str,
    *,
    today: date,
    progress: Callable[[int, int], None] | None = None,
) -> int:
    """All of them into the stage, or into the bare status with None; one change. Returns how many moved.

    UserError where one of them cannot come there: then none moves. `progress(done, total)` may raise to cancel: the
    same.
    """
    if status not in STAGED:
        words = " and ".join(APPLICATION_STATES[one].lower() for one in STAGED)
        raise UserError(f"Only {words} have stages.")
    moved = 0
    with store.change(Label.STAGE_MOVED) as session:
        stage = find(session, ProjectStage, stage_id, "stage") if stage_id else None
        wanted = list(dict.fromkeys(application_ids))
        for at, application_id in enumerate(wanted):
            if progress is not None:
                progress(at, len(wanted))
            application = find(session, Application, application_id, "application")
            if application.status == "invited":
                raise UserError("Someone who is only invited has not applied yet. Record the application first.")
            stands(application)
            if application.status == status and application.stage_id == stage_id:
                continue
            come_to(session, application, status, today, stage=stage)
            store.note_ref(("applications", application_id))
            moved += 1
        if progress is not None:
            watched(session, lambda: progress(len(wanted), len(wanted)))
    return moved


def _stages(session: Session, project_id: str) -> list[ProjectStage]:
    found = rows(session, ProjectStage, ProjectStage.project_id == project_id, order=ProjectStage.position)
    return sorted(found, key=lambda one: STAGED.index(one.under))


def _checked(drafts: list[StageDraft], old: dict[str, ProjectStage]) -> list[StageDraft]:
    problems = Problems()
    drafts = [draft for draft in drafts if draft.name or draft.id]
    problems.when(len(drafts) > MOST_STAGES, "stages", f"At most {MOST_STAGES} stages fit.")
    seen: set[str] = set()
    standing = {fold(one.name): key for key, one in old.items() if key in {draft.id for draft in drafts}}
    for draft in drafts:
        name = fold(draft.name)
        problems.when(not draft.name, "stages", "Give each stage a name, or remove it.")
        problems.when(len(draft.name) > NAME_LIMIT, "stages", f"A stage’s name has at most {NAME_LIMIT} characters.")
        problems.when(draft.under not in STAGED, "stages", "A stage lies under applied or shortlisted.")
        problems.when(name in _TAKEN, "stages", f"“{draft.name}” is the name of a status. Choose another.")
        problems.when(name in seen, "stages", f"“{draft.name}” is there twice. Stages need names of their own.")
        holder = standing.get(name)
        problems.when(
            holder is not None and holder != draft.id,
            "stages",
            f"“{draft.name}” is still the name of another stage. Save that one’s new name first.",
        )
        seen.add(name)
    problems.raise_if_any()
    return drafts


def _rename_moves(session: Session, project_id: str, before: str, after: str) -> None:
    """It is the same stage: who was in it once finds it by its new name when a decision is taken back."""
    of_project = select(Application.id).where(Application.project_id == project_id)
    for one in rows(session, ApplicationMove, ApplicationMove.application_id.in_(of_project)):
        if one.stage == before:
            one.stage = after


def _move_out(session: Session, stage_ids: Iterable[str], today: date) -> None:
    ids = [one for one in stage_ids if one]
    if not ids:
        return
    for application in session.scalars(select(Application).where(Application.stage_id.in_(ids))):
        application.stage_id = None
        began(session, application, today)
