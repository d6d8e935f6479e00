"""How one row of each importable noun becomes what a person would have done by hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any, Protocol

from core.errors import FieldErrors, UserError
from core.exchange.people import CandidateRow
from core.exchange.records import ApplicationRow, OfferRow, PaymentRow, ProjectRow, ToDoRow
from core.insight import office, records
from core.insight.sealed import under_code
from core.store import Store
from core.text import fold, short_day
from core.work import custom_fields, pay, plan, select, todos
from core.work import offer as offers
from core.work.candidates import CandidateDraft, LanguageDraft, SkillDraft
from core.work.plan import MilestoneDraft, ProjectDraft, QuestionDraft


@dataclass(frozen=True, slots=True)
class Taken:
    """`outcome`: new, changed or same."""

    outcome: str
    row_id: str
    notes: tuple[str, ...] = ()


class Taker(Protocol):
    """Takes rows of one noun, within a running change."""

    def what(self, row: Any) -> str: ...

    def take(self, row: Any) -> Taken: ...


def as_candidate(row: CandidateRow) -> CandidateDraft:
    return CandidateDraft(
        first_name=row.first_name,
        last_name=row.last_name,
        nickname=row.nickname,
        emails=row.emails,
        phone=row.phone,
        school_name=row.school,
        student_number=row.student_number,
        major=row.major,
        degree_level=row.degree_level,
        class_year=row.class_year,
        graduates_on=row.expected_graduation,
        skills=tuple(SkillDraft(name=name) for name in row.skills),
        languages=tuple(LanguageDraft(language=name, level=level) for name, level in row.languages),
        tags=row.tags,
        custom=dict(row.own),
        source=row.source,
        links=row.links,
        notes=row.notes,
        hours_a_week=row.hours_a_week,
        first_contact_on=row.first_contact_on,
    )


class _ToDos:
    def __init__(self, store: Store, today: date) -> None:
        self.store, self.today = store, today
        there = records.listing(store, "to-dos", all_columns=True)
        self.open = {fold(str(row["text"])): row_id for row_id, row in there.rows if not row["done_on"]}
        # What was done once may well be to do again, unless the file speaks of that very one.
        self.done = {(fold(str(row["text"])), row["captured_on"]): row_id for row_id, row in there.rows}

    def what(self, row: ToDoRow) -> str:
        return row.text

    def take(self, row: ToDoRow) -> Taken:
        there = self.open.get(fold(row.text)) or self.done.get((fold(row.text), row.captured_on))
        if there is not None:
            return Taken("same", there)
        if row.captured_on is not None and row.captured_on > self.today:
            raise FieldErrors({"captured_on": f"{short_day(row.captured_on)} is still to come."})
        draft = todos.ToDoDraft(
            text=row.text,
            due_on=row.due_on,
            snoozed_until=row.repeat_from if row.repeat_from and row.repeat_from > self.today else None,
            repeat_months=row.repeat_months,
            repeat_from=row.repeat_from,
        )
        row_id = todos.add_todo(self.store, draft, today=self.today, captured_on=row.captured_on)
        self.open[fold(row.text)] = row_id
        return Taken("new", row_id)


class _Projects:
    """A project is known by its title; what a row leaves empty stays as it is."""

    def __init__(self, store: Store, today: date) -> None:
        self.store, self.today = store, today
        there = records.listing(store, "projects", all_columns=True)
        self.titles = {fold(str(row["title"])): row_id for row_id, row in there.rows}
        self.colleagues = {fold(one.name): one.id for one in office.colleagues(store)}
        self.own = custom_fields.fields(store, "projects")

    def what(self, row: ProjectRow) -> str:
        return row.title

    def take(self, row: ProjectRow) -> Taken:
        given = self._given(row)
        there = self.titles.get(fold(row.title))
        if there is None:
            row_id = plan.add_project(self.store, replace(ProjectDraft(), **given), today=self.today)
            self.titles[fold(row.title)] = row_id
            self._set_status(row_id, row.status)
            return Taken("new", row_id, self._cautions(row, row_id))
        before = plan.project_draft(self.store, there)
        after = replace(before, **self._kept(before, given))
        if after != before:
            plan.change_project(self.store, there, after, today=self.today, reason="Imported")
        moved = row.status != "draft" and self._set_status(there, row.status)
        changed = after != before or moved
        return Taken("changed", there, self._cautions(row, there)) if changed else Taken("same", there)

    def _cautions(self, row: ProjectRow, row_id: str) -> tuple[str, ...]:
        """What the form would say beside its fields."""
        draft = plan.project_draft(self.store, row_id)
        found = [*plan.project_warnings(self.store, draft, today=self.today)]
        if row.status not in ("draft", "selecting"):
            # That it began in the past is no news of a project that runs or is over.
            found = [one for one in found if one.field != "kick_off_on"]
        unpaid = ("The fee is 0. A project is paid work: it opens once it has a fee.",) if row.fee == 0 else ()
        return (*unpaid, *(one.words for one in found))

    def _given(self, row: ProjectRow) -> dict[str, Any]:
        """What the row says, by the draft's fields; blank says nothing."""
        given = {
            f.name: value
            for f in fields(ProjectRow)
            if f.name not in ("deliverables", "questions", "supervisor", "status", "own")
            and (value := getattr(row, f.name)) not in ("", (), None)
        }
        if row.deliverables:
            given["milestones"] = tuple(MilestoneDraft(text=text) for text in row.deliverables)
        if row.questions:
            given["questions"] = tuple(QuestionDraft(text=text) for text in row.questions)
        if row.supervisor:
            if (colleague := self.colleagues.get(fold(row.supervisor))) is None:
                raise FieldErrors(
                    {"supervisor": f"There is no colleague “{row.supervisor}”. Add them in Settings first."}
                )
            given["supervisor_id"] = colleague
        if row.own:
            given["custom"] = dict(row.own)
        return given

    def _own(self, written: Mapping[str, str]) -> dict[str, str]:
        """One's own fields as the store writes them, so that "12.0" is no change of "12"."""
        found: dict[str, str] = {}
        for one in self.own:
            try:
                said = custom_fields.value(one, written.get(one.id, ""))
            except ValueError as error:
                raise FieldErrors({custom_fields.problem_field(one.id): str(error)}) from None
            if said is not None:
                found[one.id] = said[0]
        return found

    def _kept(self, before: ProjectDraft, given: Mapping[str, Any]) -> dict[str, Any]:
        """Only what differs, so that texts that stand already keep their ids, days and minutes."""
        kept = {}
        for name, value in given.items():
            old = getattr(before, name)
            if name == "custom":
                kept[name] = {**old, **self._own(value)}
                continue
            if name in ("milestones", "questions"):
                known = {fold(one.text): one for one in old}
                value = [known.get(fold(one.text), one) for one in value]  # noqa: PLW2901
            if name == "skills" and {fold(one) for one in value} == {fold(one) for one in old}:
                continue
            if isinstance(value, list | tuple) and [_plain(one) for one in value] == [_plain(one) for one in old]:
                continue
            kept[name] = value
        return kept

    def _set_status(self, row_id: str, status: str) -> bool:
        now = records.rows_where(self.store, "projects", id=row_id)[0]["status"]
        if now == status:
            return False
        if now == "draft" and status == "selecting":
            plan.open_project(self.store, row_id, today=self.today)
        plan.move_project(
            self.store,
            row_id,
            status,
            today=self.today,
            reason="Imported as cancelled" if status == "cancelled" else "",
        )
        return True


def _plain(value: Any) -> Any:
    return fold(value) if isinstance(value, str) else value


class _OfPeople:
    """Rows that name a candidate by e-mail and a project by number or title."""

    def __init__(self, store: Store, today: date) -> None:
        self.store, self.today = store, today

    def what(self, row: Any) -> str:
        return f"{row.candidate_email} · {row.project}"

    def rows(self, noun: str, **values: str) -> list[dict[str, Any]]:
        """Sealed ones too: what is compared here is shown to nobody."""
        return records.rows_where(self.store, noun, sealed=False, today=None, **values)

    def candidate(self, row: Any) -> str:
        return self._find("candidates", row.candidate_email, "candidate_email", "Import the candidates first.")

    def project(self, row: Any) -> str:
        return self._find("projects", row.project, "project", "Give its number (P-014) or its title as it stands.")

    def _find(self, noun: str, ref: str, field: str, hint: str) -> str:
        try:
            return records.find(self.store, noun, ref)
        except UserError as error:
            raise FieldErrors({field: f"{error} {hint}"}) from None

    def application(self, row: Any) -> dict[str, Any] | None:
        candidate, project = self.candidate(row), self.project(row)
        return next(
            iter(self.rows("applications", candidate_id=candidate, project_id=project)),
            None,
        )


class _Applications(_OfPeople):
    _FURTHER: Mapping[str, Callable[..., str]] = {
        "shortlisted": select.shortlist,
        "not_selected": select.not_select,
        "withdrawn": select.withdraw,
    }

    def take(self, row: ApplicationRow) -> Taken:
        candidate, project = self.candidate(row), self.project(row)
        there = self.application(row)
        if row.status == "invited":
            if there is not None:
                return Taken("same", there["id"])
            made = select.invite(self.store, project, candidate, today=self.today, on=row.applied_on)
            return Taken("new", made)
        answers, notes = self._answers(row, project)
        if there is None or there["status"] == "invited":
            draft = select.ApplicationDraft(
                project_id=project,
                candidate_id=candidate,
                applied_on=row.applied_on,
                answers=answers,
                source=row.source,
            )
            made = select.record_application(self.store, draft, today=self.today)
            self._move(made, "applied", row.status)
            return Taken("new" if there is None else "changed", made, notes)
        before = select.application_draft(self.store, there["id"])
        after = replace(
            before,
            applied_on=row.applied_on or before.applied_on,
            source=row.source or before.source,
            answers={**before.answers, **answers},
        )
        if after != before:
            select.change_application(self.store, there["id"], after, today=self.today)
        if under_code(self.store, there["id"]):
            # Whether it is the same would tell a trial run which code's answers and decision these are.
            if row.status == "withdrawn" and there["status"] != "not_selected":
                self._move(there["id"], there["status"], row.status)
            left = row.status in ("shortlisted", "not_selected")
            notes += (f"{row.project} is still rated by codes, so who is chosen is left to that.",) if left else ()
            return Taken("changed", there["id"], notes)
        moved = row.status != "applied" and self._move(there["id"], there["status"], row.status)
        return Taken("changed" if after != before or moved else "same", there["id"], notes)

    def _answers(self, row: ApplicationRow, project: str) -> tuple[dict[str, str], tuple[str, ...]]:
        asked = {fold(q["text"]): q["id"] for q in self.rows("questions", project_id=project)}
        known = {asked[fold(header)]: text for header, text in row.answers if fold(header) in asked}
        # Our own export says the code; a new application gets its own.
        unknown = [header for header, _ in row.answers if fold(header) not in asked and header != "Code"]
        words = f"No question of {row.project}, so not brought in: {', '.join(unknown)}."
        return known, (words,) if unknown else ()

    def _move(self, row_id: str, before: str, status: str) -> bool:
        if before == status or status == "applied":
            return False
        if before == "not_selected":
            # They may have been told: taking it back asks why then (core.work.declining), which a file cannot answer.
            words = "They were not selected, and that is taken back by hand only. Take it back, or mend this."
            raise FieldErrors({"status": words})
        self._FURTHER[status](self.store, row_id, today=self.today)
        return True


class _Offers(_OfPeople):
    def take(self, row: OfferRow) -> Taken:
        application = self.application(row)
        if application is None:
            raise FieldErrors({"candidate_email": f"{row.candidate_email} has not applied for {row.project}."})
        terms = offers.offer_terms(self.store, application["id"])
        given = {
            name: value
            for name in ("fee", "hours", "kick_off_on", "due_on", "expires_on", "note")
            if (value := getattr(row, name)) not in (None, "")
        }
        if row.fee is not None:
            given["currency"] = row.currency
        terms = replace(terms, **given)
        for there in self.rows("offers", application_id=application["id"]):
            if offers.offer_draft(self.store, there["id"]) == terms:
                moved = self._move(there["id"], there["status"], row)
                return Taken("changed" if moved else "same", there["id"])
        made = offers.draft_offer(self.store, application["id"], terms, today=self.today)
        self._move(made, "drafted", row)
        return Taken("new", made)

    def _move(self, offer_id: str, before: str, row: OfferRow) -> bool:
        if before == row.status or row.status == "drafted":
            return False
        if row.status == "withdrawn":
            offers.withdraw_offer(self.store, offer_id, today=self.today, on=row.answered_on)
            return True
        if before == "drafted":
            offers.send_offer(self.store, offer_id, today=self.today, on=row.sent_on or row.answered_on)
        if row.status == "accepted":
            offers.accept_offer(self.store, offer_id, today=self.today, on=row.answered_on)
        elif row.status == "declined":
            offers.decline_offer(self.store, offer_id, today=self.today, on=row.answered_on)
        return True


class _Payments(_OfPeople):
    def take(self, row: PaymentRow) -> Taken:
        candidate, project = self.candidate(row), self.project(row)
        work = self.rows("engagements", candidate_id=candidate, project_id=project)
        if not work:
            raise FieldErrors({"project": f"{row.candidate_email} has no engagement in {row.project}."})
        engagement = work[-1]["id"]
        for there in self.rows("payments", engagement_id=engagement):
            if (there["amount"], there["paid_on"], there["reference"]) == (row.amount, row.paid_on, row.reference):
                return Taken("same", there["id"])
        draft = pay.PaymentDraft(
            engagement_id=engagement,
            amount=row.amount or 0,
            currency=row.currency,
            paid_on=row.paid_on,
            method=row.method,
            reference=row.reference,
            paid_from=row.paid_from,
        )
        return Taken("new", pay.record_payment(self.store, draft, today=self.today))


TAKERS: Mapping[str, Callable[[Store, date], Taker]] = {
    "projects": _Projects,
    "applications": _Applications,
    "offers": _Offers,
    "payments": _Payments,
    "to-dos": _ToDos,
}
