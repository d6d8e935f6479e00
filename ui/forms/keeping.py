"""The steps of keeping someone warm: contacts, the pool, what followed, consent; colleagues and to-dos."""

from __future__ import annotations

from typing import Any

from core.model.words import OUTCOME_KINDS, POOL_REASONS, TOUCH_KINDS
from core.work import office, warm
from core.work.office import ColleagueDraft
from core.work.warm import ConsentDraft, OutcomeDraft, PoolDraft, TouchDraft
from ui.context import Context
from ui.forms.fields import choices, typed
from ui.forms.step import Item, Items, StepForm
from ui.widgets.date_field import DateField
from ui.widgets.fields import AreaField, ChoiceField, MoneyField, NumberField

_ROLES = {"owner": "Owner", "supervisor": "Supervisor", "rater": "Rater"}


def touch(context: Context, candidate_id: str, planned: bool = False, **_: object) -> StepForm:
    today = context.today()

    def save(values: dict[str, Any], _why: str) -> str:
        draft = TouchDraft(candidate_id=candidate_id, **values)
        verb = warm.plan_touch if planned else warm.add_touch
        return verb(context.store, draft, today=today)

    return StepForm(
        context,
        "Plan a contact" if planned else "A contact",
        ("touch-planned" if planned else "touches", candidate_id),
        [
            Item("kind", "By", ChoiceField(choices(dict(TOUCH_KINDS)))),
            Item("on", "On", DateField(today)),
            Item("text", "About", AreaField(least=3)),
        ],
        save,
        values={"kind": "mail", "on": None if planned else today},
        save_words="Plan it" if planned else "Log it",
    )


def pool(context: Context, candidate_id: str, **_: object) -> StepForm:
    today = context.today()
    return StepForm(
        context,
        "Keep in touch",
        ("pool-entries", candidate_id),
        [
            Item("reason", "Because", ChoiceField(choices(dict(POOL_REASONS)))),
            Items(
                "Just missed",
                [
                    Item("year", "Year", NumberField(1990, 2100)),
                    Item("rank", "Rank", NumberField(1, 10_000)),
                    Item("of_count", "Of how many", NumberField(1, 10_000)),
                ],
                "Such as 2nd of 11 for the internship of 2026.",
            ),
            Item("every_days", "Be in touch every", NumberField(1, 730), unit="days"),
            Item("next_touch_on", "Next on", DateField(today)),
            Item("note", "Note", AreaField(least=2)),
        ],
        lambda v, _why: warm.enter_pool(context.store, PoolDraft(candidate_id=candidate_id, **v), today=today),
        values={"reason": "near_miss_intern", "year": today.year, "every_days": 60},
        save_words="Keep in touch",
    )


def outcome(context: Context, candidate_id: str, **_: object) -> StepForm:
    today = context.today()
    return StepForm(
        context,
        "What followed",
        ("outcomes", candidate_id),
        [
            Item("kind", "What", ChoiceField(choices(dict(OUTCOME_KINDS)))),
            Item("offered_on", "Offered on", DateField(today)),
            Item("accepted_on", "Accepted on", DateField(today)),
            Item("starts_on", "Starts on", DateField(today)),
            Item("place", "Place", typed()),
            Item("salary", "Salary a year", MoneyField()),
        ],
        lambda v, _why: warm.add_outcome(context.store, OutcomeDraft(candidate_id=candidate_id, **v), today=today),
        values={"kind": "internship", "offered_on": today},
        save_words="Record it",
    )


def consent(context: Context, candidate_id: str, school_id: str, school: str, **_: object) -> StepForm:
    """FERPA's four elements; without a live consent nothing of the person goes to the school."""
    today = context.today()
    return StepForm(
        context,
        "Consent to share",
        ("consents", candidate_id),
        [
            Item("signed_on", "Signed on", DateField(today), "The signed paper stays with you."),
            Item("records", "Which records", AreaField(least=2)),
            Item("purpose", "What for", AreaField(least=2)),
            Item("until", "Until", DateField(today)),
        ],
        lambda v, _why: warm.add_consent(
            context.store, ConsentDraft(candidate_id=candidate_id, school_id=school_id, **v), today=today
        ),
        values={
            "signed_on": today,
            "records": "Project, hours, fee, competencies, comments meant to be shared, reflection",
            "purpose": "The campus office’s record of experiential learning",
        },
        save_words="Record the consent",
        note=f"To share with {school}.",
    )


def colleague(context: Context, row_id: str | None = None, **_: object) -> StepForm:
    store, today = context.store, context.today()
    draft = office.colleague_draft(store, row_id) if row_id else ColleagueDraft()
    keys = ("name", "email", "role", "hours_a_week", "left_on")

    def save(values: dict[str, Any], _why: str) -> str:
        changed = ColleagueDraft(**values)
        if row_id:
            return office.change_colleague(store, row_id, changed, today=today)
        return office.add_colleague(store, changed, today=today)

    return StepForm(
        context,
        "Colleague" if row_id else "New colleague",
        ("colleagues", row_id),
        [
            Item("name", "Name", typed()),
            Item("email", "E-mail", typed()),
            Item("role", "Role", ChoiceField(choices(_ROLES))),
            Item("hours_a_week", "Hours to supervise", NumberField(0, 80), unit="a week"),
            Item("left_on", "Left on", DateField(today)),
        ],
        save,
        values={key: getattr(draft, key) for key in keys},
        note="A name to sign with; Foothold has no accounts.",
    )
