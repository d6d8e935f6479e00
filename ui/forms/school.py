"""The form of a school: what it is called, whom to write to there, its calendar."""

from __future__ import annotations

from typing import Any

from core.errors import FieldErrors
from core.text import MONTHS
from core.work.schools import (
    SchoolContactDraft,
    SchoolDraft,
    SchoolPeriodDraft,
    add_school,
    change_school,
    school_draft,
)
from ui.context import Context
from ui.forms.base import NounForm
from ui.forms.fields import LinesField, choices, typed
from ui.widgets.contacts_field import ContactsField
from ui.widgets.date_field import DateField, read_day, show_day
from ui.widgets.fields import ChoiceField, NumberField
from ui.widgets.list_field import ListField

_KINDS = {"exams": "Exams", "break": "Break", "term": "Term"}
_FOCUS = {False: "Any school", True: "A focus school"}
_MONTHS = dict(enumerate(MONTHS, 1))


class SchoolForm(NounForm):
    def __init__(self, context: Context, row_id: str | None = None, **_: object) -> None:
        super().__init__(context, "School" if row_id else "New school", "schools", row_id)
        form, today = self.form, context.today()
        form.row("name", "Name", typed())
        form.row("short_name", "Short name", typed("UIC"), hint="Shown in lists.")
        form.part("Place", [("city", "City", typed()), ("state", "State", typed())])
        form.row(
            "domains", "E-mail domains", LinesField(4000, "uic.edu"), hint="A candidate’s e-mail finds the school."
        )
        form.row("is_focus", "Reach", ChoiceField(choices(_FOCUS)))
        form.part(
            "Campus office",
            [("office", "Office", typed("Career services")), ("contact", "Person", typed())],
        )
        form.part("", [("email", "E-mail", typed(), 3), ("phone", "Phone", typed(), 2)])
        form.row("more_contacts", "More contacts", ContactsField("Add a contact…", first=2))
        for kind, words in _KINDS.items():
            field = ListField(words, f"Add {words.lower()}…", aside=lambda: DateField(today), aside_name="Last day")
            form.row(
                kind, words, field, hint="Type the first day, and the last at its right." if kind == "exams" else ""
            )
        form.part(
            "Class years",
            [
                ("rollover_month", "Roll over in", ChoiceField(choices(_MONTHS))),
                ("rollover_day", "on day", NumberField(1, 31)),
            ],
            hint="On that day every student of this school comes a year further, also where the year was set by hand.",
        )
        self._draft = school_draft(context.store, row_id) if row_id else SchoolDraft()
        self.begin(self._shown())

    def save(self, values: dict[str, Any], reason: str) -> str:
        today = self.context.today()
        periods = [*self._periods(values)]
        first = self._draft.contacts[0] if self._draft.contacts else SchoolContactDraft()
        office = {name: values.pop(name) for name in ("office", "contact", "email", "phone")}
        more = [
            SchoolContactDraft(name=name, office=where, email=email, phone=phone, id=row_id)
            for name, where, email, phone, row_id in values.pop("more_contacts")
        ]
        contacts = list(more)
        if any(office.values()):
            contacts.insert(
                0,
                SchoolContactDraft(
                    office=office["office"],
                    name=office["contact"],
                    email=office["email"],
                    phone=office["phone"],
                    id=first.id,
                ),
            )
        named = {key: value for key, value in values.items() if key not in _KINDS}
        named["rollover_day"] = named["rollover_day"] or 15
        draft = SchoolDraft(**named, contacts=contacts, periods=periods)
        try:
            if self.row_id:
                return change_school(self.context.store, self.row_id, draft, today=today)
            return add_school(self.context.store, draft, today=today)
        except FieldErrors as error:
            # The first contact stands in four fields, the others in one.
            first_wrong = office["email"] and office["email"] in error.fields.get("contacts", "")
            at = {"contacts": "email" if first_wrong else "more_contacts" if more else "office"}
            raise FieldErrors({at.get(key, key): words for key, words in error.fields.items()}) from None

    def _periods(self, values: dict[str, Any]) -> list[SchoolPeriodDraft]:
        today, found = self.context.today(), []
        ids = {(p.kind, p.starts_on, p.ends_on): p.id for p in self._draft.periods}
        for kind, words in _KINDS.items():
            for first_words, last in values[kind]:
                try:
                    first = read_day(first_words, today)
                except ValueError:
                    raise FieldErrors(
                        {kind: f"Type the first day of the {words.lower()}, such as 14 Dec 2026."}
                    ) from None
                if first is None or (last is not None and last < first):
                    raise FieldErrors({kind: "Each needs a first day and, at its right, no earlier a last one."})
                known = ids.get((kind, first, last or first))
                found.append(SchoolPeriodDraft(kind=kind, starts_on=first, ends_on=last or first, id=known))
        return found

    def _shown(self) -> dict[str, Any]:
        draft, today = self._draft, self.context.today()
        office = draft.contacts[0] if draft.contacts else SchoolContactDraft()
        values = {name: getattr(draft, name) for name in self.form.rows if hasattr(draft, name)}
        values |= {"office": office.office, "contact": office.name, "email": office.email, "phone": office.phone}
        values["more_contacts"] = [(c.name, c.office, c.email, c.phone, c.id) for c in draft.contacts[1:]]
        for kind in _KINDS:
            values[kind] = [(show_day(p.starts_on, today), p.ends_on) for p in draft.periods if p.kind == kind]
        return values
