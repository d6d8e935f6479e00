"""The steps of choosing: invite, record an application with its answers, decide, offer."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer

from core.insight.people import candidate_rows
from core.jobs.answering import Files, Kept, keep_application, kept_files
from core.work import offer, select, touch_plans
from core.work.answer_files import files_field
from core.work.brief import project_draft
from core.work.offer import OfferDraft
from core.work.select import ApplicationDraft, answer_field
from ui.context import Context
from ui.forms.base import NounForm
from ui.forms.fields import PickField, choices, typed
from ui.forms.step import Item, StepForm
from ui.widgets.date_field import DateField
from ui.widgets.fields import AreaField, ChoiceField, MoneyField, NumberField
from ui.widgets.kept_files_field import KeptFilesField, parted
from ui.widgets.notice import Notice

THEN: dict[Any, str] = {True: "Write to them", False: "Nothing: they know already"}


class ApplicationForm(NounForm):
    """`project_id` is given; the candidate is given or found by name; one field for each question."""

    def __init__(
        self,
        context: Context,
        row_id: str | None = None,
        project_id: str = "",
        candidate_id: str | None = None,
        candidate: str = "",
        **_: object,
    ) -> None:
        super().__init__(context, "Application", "applications", row_id)
        store, form = context.store, self.form
        draft = select.application_draft(store, row_id) if row_id else None
        self._project_id = draft.project_id if draft else project_id
        self._candidate_id = draft.candidate_id if draft else candidate_id
        self.draft_key = f"applications:{row_id or project_id}"
        brief = project_draft(store, self._project_id or "")
        self.note_words = brief.title if row_id is None else ""
        if self._candidate_id is None:
            form.row("candidate_id", "Candidate", PickField(self._people, self._name, "Type a name"))
        elif candidate:
            self.title_words = f"Application of {candidate}"
        form.part("Applied", [("applied_on", "On", DateField(context.today())), ("source", "Through", typed())])
        kept = kept_files(store, row_id) if row_id else []
        self._questions = [question.id or "" for question in brief.questions]
        for question in brief.questions:
            words = question.text if question.required else f"{question.text} (optional)"
            form.tall(answer_field(question.id or ""), words, AreaField(least=4, tallest=20))
            self._files(question.id, "Or as a file", f"Files that answer: {question.text}", kept)
        self._files(None, "Files with the whole application" if brief.questions else "Files", "", kept)
        values: dict[str, Any] = {"applied_on": draft.applied_on if draft else context.today()}
        if draft:
            values |= {"source": draft.source}
            values |= {answer_field(key): text for key, text in draft.answers.items()}
        self.begin(values)

    def _files(self, question_id: str | None, words: str, name: str, kept: Sequence[Kept]) -> None:
        mine = [(one.id, one.name, one.size) for one in kept if one.question_id == question_id]
        field = KeptFilesField(mine)
        if name:
            field.add_button.setAccessibleName(name)
        self.form.tall(files_field(question_id), words, field)

    def _people(self, words: str) -> list[tuple[str, str, str]]:
        hits = self.context.store.search(words, 60)
        return [(hit.row_id, hit.title, hit.detail) for hit in hits if hit.noun == "candidates"][:20]

    def _name(self, row_id: str) -> str:
        found = candidate_rows(self.context.store, [row_id], today=self.context.today())
        return found[row_id].name if row_id in found else ""

    def save(self, values: dict[str, Any], reason: str) -> str:
        answers = {key: values[answer_field(key)] for key in self._questions if values[answer_field(key)]}
        draft = ApplicationDraft(
            project_id=self._project_id,
            candidate_id=self._candidate_id or values.get("candidate_id"),
            applied_on=values["applied_on"],
            source=values["source"],
            answers=answers,
        )
        given: dict[str | None, Files] = {}
        for question in (*self._questions, None):
            paths, gone = parted(values[files_field(question)])
            given[question] = Files([Path(path) for path in paths], gone)
        return keep_application(self.context.store, self.row_id, draft, given, today=self.context.today())


class OfferForm(NounForm):
    """Terms to put to an applicant, begun with the project's own; cautions as one types."""

    width_wanted = 640

    def __init__(
        self, context: Context, row_id: str | None = None, application_id: str = "", candidate: str = "", **_: object
    ) -> None:
        super().__init__(context, f"Offer to {candidate}" if candidate else "Offer", "offers", row_id)
        self.draft_key = f"offers:{row_id or application_id}"
        store, today, form = context.store, context.today(), self.form
        self._application_id = application_id
        draft = offer.offer_draft(store, row_id) if row_id else offer.offer_terms(store, application_id)
        self._currency = draft.currency
        form.part("Work", [("hours", "Hours", NumberField(1, 1000)), ("fee", "Fixed fee", MoneyField(draft.currency))])
        form.part("Dates", [("kick_off_on", "Kick-off", DateField(today)), ("due_on", "Due", DateField(today))])
        self._caution = Notice()
        form.wide(self._caution)
        may_move = ChoiceField([(True, "May move for classwork"), (False, "Fixed")])
        form.row("due_flexible", "Due date", may_move)
        form.row("expires_on", "Answer by", DateField(today))
        form.row("note", "A personal word", AreaField(least=3), hint="It stands in the letter.")
        self.form.changed.connect(lambda _key: self.look())
        self.begin({name: getattr(draft, name) for name in form.rows})
        self.look()

    def look(self) -> None:
        if not self._application_id:
            return
        try:
            draft = self._collect(self.form.values())
        except ValueError:
            return
        cautions = offer.offer_warnings(self.context.store, self._application_id, draft, today=self.context.today())
        self._caution.say("\n".join(caution.words for caution in cautions))

    def save(self, values: dict[str, Any], reason: str) -> str:
        store, today, draft = self.context.store, self.context.today(), self._collect(values)
        if self.row_id:
            return offer.change_offer(store, self.row_id, draft, today=today)
        return offer.draft_offer(store, self._application_id, draft, today=today)

    def _collect(self, values: dict[str, Any]) -> OfferDraft:
        return OfferDraft(
            **{**values, "hours": values["hours"] or 0, "fee": values["fee"] or 0, "currency": self._currency}
        )


def invitation(context: Context, candidate_id: str, projects: list[tuple[str, str]], **_: object) -> StepForm:
    """`projects`: (id, title) of those that take applications."""
    today = context.today()

    def save(values: dict[str, Any], _why: str) -> str:
        project = values["project_id"] or ""
        row_id = select.invite(context.store, project, candidate_id, today=today, on=values["on"])
        if values["then"]:
            write_invitation(context, [candidate_id], project)
        return row_id

    return StepForm(
        context,
        "Invite to a project",
        ("invitations", candidate_id),
        [
            Item("project_id", "Project", ChoiceField(projects)),
            Item("on", "Invited on", DateField(today)),
            Item("then", "And then", ChoiceField(choices(THEN))),
        ],
        save,
        values={"on": today, "then": True},
        save_words="Record the invitation",
    )


def write_invitation(context: Context, candidate_ids: Sequence[str], project_id: str) -> None:
    """Once the form is closed: the words to send, for the person to look at."""
    key = touch_plans.invitation_of(context.store, candidate_ids, today=context.today())
    values = {"candidate_ids": list(candidate_ids), "template": key, "project_id": project_id}
    QTimer.singleShot(0, lambda: context.open_form("message", **values))


def sent(context: Context, offer_id: str, **_: object) -> StepForm:
    """The hold on low pay asks for a reason here."""
    today = context.today()
    return StepForm(
        context,
        "Offer sent",
        ("offer-sent", offer_id),
        [Item("on", "Sent on", DateField(today))],
        lambda v, why: offer.send_offer(context.store, offer_id, today=today, on=v["on"], reason=why),
        values={"on": today},
        save_words="Mark as sent",
    )


def answered(context: Context, offer_id: str, verb: str, **_: object) -> StepForm:
    """`verb`: accept, decline, withdraw."""
    today = context.today()
    title, verbs = {
        "accept": ("Offer accepted", offer.accept_offer),
        "decline": ("Offer declined", offer.decline_offer),
        "withdraw": ("Withdraw the offer", offer.withdraw_offer),
    }[verb]
    items = [Item("on", "On", DateField(today))]
    if verb != "accept":
        items.append(Item("reason", "Why", AreaField(least=2)))
    return StepForm(
        context,
        title,
        (f"offer-{verb}", offer_id),
        items,
        lambda v, _why: verbs(context.store, offer_id, today=today, **v),
        values={"on": today},
        save_words="Record it" if verb != "withdraw" else "Withdraw it",
    )
