"""The form of a candidate."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCompleter

from core.errors import FieldErrors
from core.insight.office import schools
from core.model.words import CLASS_YEARS
from core.work import gather
from core.work.candidates import BlackoutDraft, CandidateDraft, SkillDraft, candidate_draft
from ui.context import Context
from ui.forms.base import NotYet, NounForm
from ui.forms.fields import LinesField, MonthField, WeekField, choices, typed
from ui.widgets.date_field import DateField, read_day, show_day
from ui.widgets.fields import AreaField, ChoiceField, NumberField
from ui.widgets.list_field import ListField

_LEVELS = {None: "Level?", 1: "Level 1", 2: "Level 2", 3: "Level 3", 4: "Level 4"}


class CandidateForm(NounForm):
    """New without `row_id`. A likely duplicate is told of before it is saved, once."""

    def __init__(self, context: Context, row_id: str | None = None, **_: object) -> None:
        super().__init__(context, "Candidate" if row_id else "New candidate", "candidates", row_id)
        today = context.today()
        self._looked_at: CandidateDraft | None = None
        form, self._school = self.form, typed("Kennedy-King College")
        names = QCompleter([school.name for school in schools(context.store)], self)
        names.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        names.setFilterMode(Qt.MatchFlag.MatchContains)
        self._school.setCompleter(names)
        form.part("Name", [("first_name", "First", typed()), ("last_name", "Last", typed())])
        form.row("nickname", "Called", typed())
        form.row("emails", "E-mail", LinesField(4000), hint="The first one is written to. Separate several by commas.")
        form.row("phone", "Phone", typed())
        form.row("school_name", "School", self._school, hint="A new name adds the school.")
        form.part("Study", [("major", "Major", typed()), ("degree_level", "Degree", typed())])
        form.part(
            "Year",
            [
                ("class_year", "Class year", ChoiceField(choices(dict(CLASS_YEARS), "From graduation"))),
                ("graduates_on", "Expected graduation", MonthField()),
                ("student_number", "Student number", typed()),
            ],
        )
        form.row("skills", "Skills", ListField("Skill", "Add a skill…", aside=_level, aside_name="Level"))
        form.row("free_grid", "Free in the week", WeekField())
        form.row("hours_a_week", "Hours a week", NumberField(0, 80))
        form.row(
            "blackouts",
            "Not free",
            ListField("Days not free", "Add days…", aside=lambda: DateField(today), aside_name="Last day"),
            hint="Type the first day, and the last at its right. A reason has no place here.",
        )
        form.part(
            "How we met",
            [
                ("source", "Source", typed("Campus office, fair, referral…")),
                ("first_contact_on", "First contact", DateField(today)),
            ],
        )
        form.row("links", "Links", LinesField(4000))
        form.row("notes", "Notes", AreaField(least=2))
        draft = candidate_draft(context.store, row_id, today=today) if row_id else CandidateDraft()
        self.begin(self._shown(draft))

    def save(self, values: dict[str, Any], reason: str) -> str:
        store, today = self.context.store, self.context.today()
        draft = self._draft(values)
        if draft != self._looked_at:
            alike = gather.duplicates_of(store, draft, own_id=self.row_id)
            if alike:
                self._looked_at = draft
                other, why = alike[0]
                raise NotYet(
                    f"This may be someone you have already: {why}. Save again if it is another person.",
                    "Look at them",
                    lambda: self.context.show("candidates", other),
                )
        if self.row_id:
            return gather.change_candidate(store, self.row_id, draft, today=today)
        return gather.add_candidate(store, draft, today=today)

    def _draft(self, values: dict[str, Any]) -> CandidateDraft:
        today = self.context.today()
        skills = [
            SkillDraft(name=name, level=level, evidence=self._evidence.get(name, ""))
            for name, level in values["skills"]
        ]
        try:
            away = [
                BlackoutDraft(starts_on=read_day(first, today), ends_on=last) for first, last in values["blackouts"]
            ]
        except ValueError:
            raise FieldErrors({"blackouts": "Type the first day that is not free, such as 7 Dec."}) from None
        away = [replace(days, ends_on=days.ends_on or days.starts_on) for days in away]
        return CandidateDraft(**{**self._untouched, **values, "skills": skills, "blackouts": away})

    def _shown(self, draft: CandidateDraft) -> dict[str, Any]:
        today = self.context.today()
        self._untouched = {"cip_code": draft.cip_code}
        self._evidence = {skill.name: skill.evidence for skill in draft.skills}
        return {
            **{name: getattr(draft, name) for name in self.form.rows},
            "skills": [(skill.name, skill.level) for skill in draft.skills],
            "blackouts": [(show_day(days.starts_on, today), days.ends_on) for days in draft.blackouts],
        }


def _level() -> ChoiceField:
    return ChoiceField(choices(_LEVELS))
