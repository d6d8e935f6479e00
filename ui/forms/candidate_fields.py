"""The fields of a candidate's form, and how its draft stands in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget

from core.errors import FieldErrors
from core.insight.own_words import tag_rows
from core.insight.schools import school_names
from core.model.words import CLASS_YEARS, LANGUAGE_LEVELS, YES_NO
from core.store import Store
from core.text import line, ordinal
from core.work.candidates import BlackoutDraft, CandidateDraft, LanguageDraft, SkillDraft
from core.work.custom_fields import Field
from ui.forms.fields import LinesField, MonthField, WeekField, choices, typed
from ui.forms.own_fields import own_rows, own_shown, own_written
from ui.widgets.chips_field import ChipsField
from ui.widgets.date_field import DateField, read_day, show_day
from ui.widgets.fields import AreaField, ChoiceField, LineField, NumberField
from ui.widgets.form_row import Form
from ui.widgets.list_field import ListField

_LEVELS = {None: "Level?", 1: "Level 1", 2: "Level 2", 3: "Level 3", 4: "Level 4"}
_SPOKEN = {"": "How well?", **LANGUAGE_LEVELS}
_MOST_TAGS = 24


class TagsField(ChipsField):
    """A word that was typed and not yet taken with Return counts: nothing typed is lost on saving."""

    def value(self) -> list[str]:
        more = self.findChild(QLineEdit)
        written = line(more.text()) if more is not None else ""
        chosen = super().value()
        return [*chosen, written] if written and written not in chosen else chosen


def school_field(store: Store, form: Form) -> LineField:
    """Offers the names that are in the store as one types."""
    field = typed("Kennedy-King College")
    names = QCompleter(school_names(store), form)
    names.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    names.setFilterMode(Qt.MatchFlag.MatchContains)
    field.setCompleter(names)
    return field


def lay(
    form: Form, store: Store, draft: CandidateDraft, own: Sequence[Field], of_school: Sequence[QWidget], today: date
) -> None:
    """`of_school`: what stands under the school and tells where it comes from."""
    form.part("Name", [("first_name", "First", typed()), ("last_name", "Last", typed())])
    form.row("nickname", "Called", typed())
    form.row("emails", "E-mail", LinesField(4000), hint="The first one is written to. Separate several by commas.")
    form.row("phone", "Phone", typed())
    hint = "A new name adds the school. Left empty, the e-mail’s domain says it."
    form.row("school_name", "School", school_field(store, form), hint=hint)
    for told in of_school:
        form.wide(told)
    form.part("Study", [("major", "Major", typed()), ("degree_level", "Degree", typed())])
    years = dict(CLASS_YEARS)
    if draft.class_year is not None:
        years.setdefault(draft.class_year, ordinal(draft.class_year))
    form.part(
        "Year",
        [
            ("class_year", "Class year", ChoiceField(choices(years, "From graduation"))),
            ("graduates_on", "Expected graduation", MonthField()),
            ("student_number", "Student number", typed()),
        ],
        hint="A class year said here rolls on each year, on the day that the school’s form says.",
    )
    skills = ListField(
        "Skill", "Add a skill…", aside=_level, aside_name="Level", under=("Evidence", "Known by: a course, a project…")
    )
    form.row("skills", "Skills", skills)
    form.row("languages", "Languages", ListField("Language", "Add a language…", aside=_spoken, aside_name="How well"))
    _availability(form, today)
    form.part(
        "Before an offer",
        [
            ("may_work", "Authorised to work?", ChoiceField(choices(dict(YES_NO), "Still to ask"))),
            ("needs_sponsorship", "Sponsorship, now or later?", ChoiceField(choices(dict(YES_NO), "Still to ask"))),
        ],
        hint="Only these two may be asked before an offer. Status, visa or origin is never asked here.",
    )
    form.part(
        "How we met",
        [
            ("source", "Source", typed("Campus office, fair, referral…")),
            ("first_contact_on", "First contact", DateField(today)),
        ],
    )
    form.row(
        "do_not_contact_on",
        "No contact since",
        DateField(today),
        hint="The day on which they asked not to be written to.",
    )
    offered = sorted(tag_rows(store), key=lambda one: -one.people)[:_MOST_TAGS]
    form.row("tags", "Tags", TagsField([(one.name, one.name) for one in offered], "Another tag"))
    own_rows(form, own, today)
    form.row("links", "Links", LinesField(4000))
    form.row("notes", "Notes", AreaField(least=2))


def _availability(form: Form, today: date) -> None:
    hint = "Click or drag; by keys, arrows move and Space marks."
    form.row("free_grid", "Free in the week", WeekField(), hint=hint)
    form.row("hours_a_week", "Hours a week", NumberField(0, 80))
    form.row(
        "blackouts",
        "Not free",
        ListField("Days not free", "Add days…", aside=lambda: DateField(today), aside_name="Last day"),
        hint="Type the first day, and the last at its right. A reason has no place here.",
    )


def _level() -> ChoiceField:
    return ChoiceField(choices(_LEVELS))


def _spoken() -> ChoiceField:
    return ChoiceField(choices(_SPOKEN))


def shown(form: Form, draft: CandidateDraft, own: Sequence[Field], today: date) -> dict[str, Any]:
    """The draft as the rows take it."""
    values = {name: getattr(draft, name) for name in form.rows if hasattr(draft, name)}
    return {
        **values,
        **own_shown(own, draft.custom),
        "may_work": draft.may_work or None,
        "needs_sponsorship": draft.needs_sponsorship or None,
        "skills": [(one.name, one.level, one.evidence) for one in draft.skills],
        "languages": [(one.language, one.level) for one in draft.languages],
        "blackouts": [(show_day(days.starts_on, today), days.ends_on) for days in draft.blackouts],
    }


def collected(draft: CandidateDraft, values: Mapping[str, Any], own: Sequence[Field], today: date) -> CandidateDraft:
    """What stands in the rows, laid over the draft that the form began with. FieldErrors for lines half filled."""
    for name, words in (("skills", "Name the skill, or remove its line."), ("languages", "Name the language.")):
        if any(not one[0] and any(one[1:]) for one in values[name]):
            raise FieldErrors({name: words})
    return replace(
        draft,
        **{
            **{name: value for name, value in values.items() if not name.startswith("custom.")},
            "school_id": None if values["school_name"] != draft.school_name else draft.school_id,
            "may_work": values["may_work"] or "",
            "needs_sponsorship": values["needs_sponsorship"] or "",
            "skills": [SkillDraft(name=name, level=level, evidence=how) for name, level, how in values["skills"]],
            "languages": [LanguageDraft(language=name, level=level or "") for name, level in values["languages"]],
            "blackouts": _away(values["blackouts"], today),
            "custom": {**draft.custom, **own_written(own, values)},
        },
    )


def _away(lines: Sequence[tuple[str, date | None]], today: date) -> list[BlackoutDraft]:
    try:
        read = [(read_day(first, today), last) for first, last in lines]
    except ValueError:
        raise FieldErrors({"blackouts": "Type the first day that is not free, such as 7 Dec."}) from None
    return [BlackoutDraft(starts_on=first, ends_on=last or first) for first, last in read]
