"""What a new project's draft begins as: blank, from a template, or as a copy of a past one."""

from __future__ import annotations

from datetime import date

from core import money
from core.errors import UserError
from core.insight.office import employer
from core.store import Store
from core.work.brief import ProjectDraft
from core.work.brief_dates import moved_dates
from core.work.templates import copy_of_project, template_body, template_project


class Beginning:
    """`title`: what the project is called already; `kick_off_on`: a day that was chosen before.

    `missing`: words that what it should begin from is gone, so that it begins blank, or that its fee is left out.
    """

    def __init__(self, store: Store, today: date, title: str, kick_off_on: date | None) -> None:
        self.title, self.missing = title, ""
        self._store, self._today, self._kick_off_on = store, today, kick_off_on

    def draft(self, template: str = "", copy_of: str = "") -> ProjectDraft:
        self.missing = ""
        try:
            if template:
                made = template_project(
                    self._store, template, today=self._today, title=self.title, kick_off_on=self._kick_off_on
                )
                theirs = template_body(self._store, template)
                if theirs.fee and theirs.currency != made.currency:
                    fee = money.show(theirs.fee, theirs.currency)
                    self.missing = f"The template’s fee is {fee}. Give yours in {made.currency}."
                return made
            if copy_of:
                made = copy_of_project(self._store, copy_of, today=self._today)
                return moved_dates(made, self._kick_off_on) if self._kick_off_on else made
        except UserError as gone:
            self.missing = f"{gone} The project begins blank."
        return ProjectDraft(
            title=self.title,
            currency=employer(self._store).currency,
            supervisor_id=self._store.me,
            kick_off_on=self._kick_off_on,
        )
