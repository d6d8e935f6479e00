"""A calendar file of the program, a project or a piece of work: the folder is asked for, what lay there is renewed."""

from __future__ import annotations

from core.errors import SystemFault, UserError
from core.text import plural
from ui.context import Context
from ui.places.actions import Run


def calendar_file(context: Context, title: str = "", **of: str) -> Run:
    """What a button does. `of`: project_id or engagement_id, neither: everything; `title`: the file's name."""

    def ask() -> None:
        from core.jobs import calendar

        folder = context.ask_folder("Where shall the calendar file lie?")
        if folder is None:
            return
        out = folder / calendar.calendar_name(title)
        try:
            kept = calendar.save_calendar(context.store, out, today=context.today(), overwrite=True, **of)
        except (UserError, SystemFault) as error:
            context.say(str(error))
            return
        days = plural(kept.days, "day")
        context.say(f"{out.name}: {days}. Open it with your calendar; the next one changes what changed.")

    return ask
