"""A project's posting: shown as a paper, copied as text. The form and the project's page offer the same."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QGuiApplication

from core.errors import SystemFault, UserError
from core.work.brief import ProjectDraft
from ui.context import Context


def show(context: Context, project_id: str) -> None:
    from core.jobs import postings

    store, today = context.store, context.today()

    def save(path: Path) -> None:
        postings.posting(store, project_id, path, today=today, overwrite=True)

    context.preview("Posting", lambda: postings.draw_posting(store, project_id, today=today), save)


def copy(context: Context, draft: ProjectDraft) -> None:
    """UserError where the brief has no title yet."""
    from core.jobs.postings import draft_text

    QGuiApplication.clipboard().setText(draft_text(context.store, draft, today=context.today()))


def copy_saved(context: Context, project_id: str) -> None:
    from core.work.brief import project_draft

    try:
        copy(context, project_draft(context.store, project_id))
    except (UserError, SystemFault) as error:
        context.say(str(error))
    else:
        context.say("The posting is copied: paste it into the campus board’s form.")
