"""Undo and redo: at once where little was changed, as a task with a way to cancel where it was much."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.errors import SystemFault, UserError
from ui.context import Context

if TYPE_CHECKING:
    from core.store import Step

AT_ONCE = 1_000
"""Rows up to which it is done while the window waits."""


def lay(context: Context, *, forward: bool) -> None:
    """`forward`: what was undone is done again."""
    store = context.store
    done, doing = ("Redone", "Doing again") if forward else ("Undone", "Undoing")
    work = store.redo if forward else store.undo

    def say(step: Step) -> None:
        context.say(f"{done}: {step.words}")

    ahead = store.can_redo() if forward else store.can_undo()
    if ahead is not None and ahead.rows > AT_ONCE:
        context.tasks.run(
            lambda progress: work(step=lambda: progress.step(0)),
            done=say,
            failed=lambda error: context.say(str(error)),
            cancelled=lambda: context.say("Cancelled; nothing was changed."),
            words=f"{doing}: {ahead.words}",
            cancellable=True,
        )
        return
    try:
        say(work())
    except (UserError, SystemFault) as error:
        context.say(str(error))
