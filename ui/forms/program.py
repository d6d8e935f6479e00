"""Programs: a named span with goals, and its roll-over into the next year."""

from __future__ import annotations

from datetime import date
from typing import Any

from core.insight.office import employer
from core.insight.programs import ProgramView, programs
from core.text import plural
from core.work import programs as work
from core.work.programs import ProgramDraft
from ui.context import Context
from ui.forms.fields import typed
from ui.forms.step import Item, Items, StepForm
from ui.widgets.chips_field import ChipsField
from ui.widgets.date_field import DateField
from ui.widgets.fields import MoneyField, NumberField

_LONGEST = 44


def program(context: Context, row_id: str | None = None, year: int | None = None, **_: object) -> StepForm:
    """`year`: a calendar year without a program, to be given goals."""
    store, today = context.store, context.today()
    if row_id:
        draft = work.program_draft(store, row_id)
    else:
        draft = work.calendar_year(year) if year else ProgramDraft()

    def save(values: dict[str, Any], _why: str) -> str:
        changed = ProgramDraft(**values)
        if row_id:
            return work.change_program(store, row_id, changed, today=today)
        return work.add_program(store, changed, today=today)

    return StepForm(
        context,
        "Program" if row_id else "New program",
        ("programs", row_id or (f"year-{year}" if year else None)),
        _items(context, today),
        save,
        values=_shown(draft),
        note="A span with goals, such as a year or a season. Programs may overlap; a project belongs to one.",
    )


def roll_over(context: Context, program_id: str | None = None, year: int | None = None, **_: object) -> StepForm:
    """The next program, with copies of what went well; `year` where the calendar year itself is rolled over."""
    store, today = context.store, context.today()
    view = _found(programs(store, today=today), program_id, year or today.year)
    ends = work.program_draft(store, program_id) if program_id else work.calendar_year(year or today.year)
    drafts = [(one.id, _short(one.title)) for one in view.projects if one.unfinished] if view else []
    others = [
        (one.id, _short(one.title))
        for one in (view.projects if view else ())
        if not one.unfinished and one.phase != "cancelled"
    ]
    items = _items(context, today)
    if others:
        words = "Each becomes a draft with its days 52 weeks later; the old project stays as it is."
        items.append(Item("copies", "Copy as drafts", ChipsField(others), words))
    if drafts:
        items.append(Item("carried", "Take over", ChipsField(drafts), "Drafts that are not finished yet."))

    def save(values: dict[str, Any], _why: str) -> str:
        copies, carried = values.pop("copies", []), values.pop("carried", [])
        return work.roll_over(
            store, program_id, ProgramDraft(**values), copies=copies, carried=carried, year=year, today=today
        )

    note = f"What follows {ends.name}: {plural(len(others), 'project')} to choose from, one step, one undo."
    return StepForm(
        context,
        f"Roll {ends.name} over",
        ("roll-over", program_id or f"year-{year or today.year}"),
        items,
        save,
        values={**_shown(work.next_draft(ends)), "copies": [], "carried": [row_id for row_id, _ in drafts]},
        save_words="Roll over",
        note=note,
    )


def _items(context: Context, today: date) -> list[Item | Items]:
    currency = employer(context.store).currency
    return [
        Item("name", "Name", typed("Spring 2027")),
        Items(
            "Days",
            [Item("starts_on", "First day", DateField(today)), Item("ends_on", "Last day", DateField(today))],
        ),
        Items(
            "Goals",
            [
                Item("goal_budget", "Budget", MoneyField(currency)),
                Item("goal_projects", "Projects", NumberField(0, 100_000)),
                Item("goal_schools", "Schools", NumberField(0, 100_000)),
                Item("goal_early_percent", "Early years, %", NumberField(0, 1_000)),
            ],
            "Early years: the share of applicants in their first two years. Leave empty what is no goal.",
        ),
    ]


def _shown(draft: ProgramDraft) -> dict[str, Any]:
    return {name: getattr(draft, name) for name in work.COLUMNS}


def _found(views: list[ProgramView], program_id: str | None, year: int) -> ProgramView | None:
    if program_id is not None:
        return next((one for one in views if one.id == program_id), None)
    return next((one for one in views if one.id is None and one.name == str(year)), None)


def _short(words: str) -> str:
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1].rstrip()}…"
