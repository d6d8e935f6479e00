"""Opening a project for applications: done, or the way to what is in the way."""

from __future__ import annotations

from core.errors import FieldErrors, HoldError, SystemFault, UserError
from core.work import plan
from ui.context import Context


def open_project(context: Context, project_id: str) -> None:
    """The form where the brief is not whole, a reason where the pay is low."""
    try:
        plan.open_project(context.store, project_id, today=context.today())
    except FieldErrors as error:
        context.open_form("projects", project_id, errors=error.fields)
    except HoldError as error:
        context.open_form("project_opening", project_id=project_id, words=str(error))
    except (UserError, SystemFault) as error:
        context.say(str(error))
    else:
        context.say("Open for applications.")
