"""A calendar file of the program, a project or a piece of work: the folder is asked for, what lay there is renewed."""

from __future__ import annotations

from core.text import plural
from ui.context import Context
from ui.places.actions import Run


def calendar_file(context: Context, title: str = "", *, project_id: str = "", engagement_id: str = "") -> Run:
    """What a button does. Of a project or an engagement, of neither: everything; `title`: the file's name."""

    def ask() -> None:
        from core.jobs import calendar

        folder = context.ask_folder("Where shall the calendar file lie?")
        if folder is None:
            return
        out, today = folder / calendar.calendar_name(title), context.today()

        def done(kept: calendar.Kept) -> None:
            days = plural(kept.days, "day")
            context.say(f"{out.name}: {days}. Open it with your calendar; the next one changes what changed.")

        context.tasks.run(
            lambda _progress: calendar.save_calendar(
                context.store,
                out,
                today=today,
                project_id=project_id or None,
                engagement_id=engagement_id or None,
                renew=True,
            ),
            done=done,
            failed=lambda error: context.say(str(error)),
            words="Writing the calendar file",
        )

    return ask
