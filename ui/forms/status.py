"""The steps of a project as a whole: open it, cancel it, reveal who is behind the codes."""

from __future__ import annotations

from typing import Any

from core import text
from core.insight.cancelling import cancelling as effects
from core.work import evaluate, plan, run
from core.work.cancelling import cancel_project
from ui.context import Context
from ui.forms.step import Item, StepForm
from ui.widgets.date_field import DateField
from ui.widgets.fields import AreaField, ChoiceField
from ui.widgets.rows import Row, Rows
from ui.widgets.text import label


def opening(context: Context, project_id: str = "", words: str = "", **_: object) -> StepForm:
    """Asked where pay holds the opening; the reason stays in the history."""
    return StepForm(
        context,
        "Open for applications",
        ("project-open", project_id),
        [Item("why", "Why anyway", AreaField(500, least=2), "This stays in the history.")],
        lambda v, why: plan.open_project(context.store, project_id, today=context.today(), reason=v["why"] or why),
        save_words="Open for applications",
        note=words,
    )


def cancelling(context: Context, project_id: str = "", **_: object) -> StepForm:
    """What it does to each applicant stands above what one may type."""
    today = context.today()
    shown = effects(context.store, project_id, today=today)
    items = [Item("reason", "Why", AreaField(500, least=3), "Students may ask; it stays in the history.")]
    if shown.told:
        plan_it = f"Plan a message to {text.plural(shown.told, 'person', 'people')} for today"
        items.append(Item("tell", "Telling them", ChoiceField([(True, plan_it), (False, "They know already")])))

    def save(values: dict[str, Any], _why: str) -> str:
        tell = bool(values.get("tell"))
        return cancel_project(context.store, project_id, values["reason"], today=today, tell=tell)

    form = StepForm(
        context,
        "Cancel the project",
        ("project-cancel", project_id),
        items,
        save,
        values={"tell": True} if shown.told else {},
        save_words="Cancel the project",
        note="It can be brought back to draft.",
    )
    form.width_wanted = 760
    # "Cancel" beside "Cancel the project" would make one think twice which is which.
    form.cancel_button.setText("Keep the project")
    if shown.rows:
        lines = [
            Row(one.who, one.words, one.now, "red" if one.effect == "end_first" else "neutral") for one in shown.rows
        ]
        form.form.wide(Rows(lines), "What happens")
    else:
        nobody = "Nobody has applied or been invited, so nobody needs to be told."
        form.form.wide(label(nobody, wrap=True), "What happens")
    if shown.hidden:
        codes = text.plural(shown.hidden, "name is", "names are")
        words = f"{codes} behind a code. Reveal them first if they are to be told through this program."
        form.form.wide(label(words, "muted", wrap=True))
    return form


def reveal(context: Context, project_id: str = "", names: int = 0, **_: object) -> StepForm:
    """A hold where a rater is still writing asks for a reason."""
    many = text.plural(names, "name") if names else "the names"
    form = StepForm(
        context,
        "Reveal the names",
        ("project-reveal", project_id),
        [],
        lambda _v, why: evaluate.reveal_names(context.store, project_id, today=context.today(), reason=why) and "",
        save_words=f"Reveal {many}",
    )
    for name, words in (
        ("What happens", "Everyone sees who is behind each code, and scores are no longer blind."),
        ("On record", "That the names were seen, by whom and when. This cannot be undone."),
    ):
        form.form.wide(label(words, wrap=True), name)
    return form


def call_off(context: Context, engagement_id: str = "", **_: object) -> StepForm:
    today = context.today()
    return StepForm(
        context,
        "Call it off",
        ("engagement-cancel", engagement_id),
        [Item("on", "On", DateField(today)), Item("why", "Why", AreaField(least=2))],
        lambda v, _why: run.cancel(context.store, engagement_id, v["why"], today=today, on=v["on"]),
        values={"on": today},
        save_words="Call it off",
        note="Before the kick-off; no fee is due.",
    )
