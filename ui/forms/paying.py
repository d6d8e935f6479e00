"""Money that went, and how someone is paid."""

from __future__ import annotations

from core.model.words import PAID_FROM, PAY_METHODS, WORKER_TYPES
from core.work import pay, payees
from core.work.pay import PaymentDraft
from core.work.payees import PayeeDraft
from ui.context import Context
from ui.forms.fields import choices, typed
from ui.forms.step import Item, StepForm
from ui.widgets.date_field import DateField
from ui.widgets.fields import AreaField, ChoiceField, MoneyField


def payment(context: Context, engagement_id: str, **_: object) -> StepForm:
    today = context.today()
    terms = pay.payment_terms(context.store, engagement_id, today=today)
    return StepForm(
        context,
        "Payment",
        ("payments", engagement_id),
        [
            Item("amount", "Amount", MoneyField(terms.currency)),
            Item("paid_on", "Paid on", DateField(today)),
            Item("method", "By", ChoiceField(choices(dict(PAY_METHODS)))),
            Item("reference", "Reference", typed("Check number, transfer id")),
            Item("paid_from", "Paid by", ChoiceField(choices(dict(PAID_FROM)))),
        ],
        lambda v, why: pay.record_payment(
            context.store,
            PaymentDraft(engagement_id=engagement_id, currency=terms.currency, **{**v, "amount": v["amount"] or 0}),
            today=today,
            reason=why,
        ),
        values={"amount": terms.amount, "paid_on": today, "method": terms.method, "paid_from": terms.paid_from},
        save_words="Record the payment",
    )


def payee(context: Context, candidate_id: str, **_: object) -> StepForm:
    today, draft = context.today(), payees.payee_draft(context.store, candidate_id)
    keys = ("worker_type", "worker_type_why", "w9_received_on", "i9_received_on", "w4_received_on")
    return StepForm(
        context,
        "How they are paid",
        ("payees", candidate_id),
        [
            Item("worker_type", "Paid as", ChoiceField(choices(dict(WORKER_TYPES)))),
            Item("worker_type_why", "Why", AreaField(least=2)),
            Item("w9_received_on", "W-9 received on", DateField(today)),
            Item("i9_received_on", "I-9 received on", DateField(today)),
            Item("w4_received_on", "W-4 received on", DateField(today)),
        ],
        lambda v, _why: payees.set_payee(context.store, PayeeDraft(candidate_id=candidate_id, **v), today=today),
        values={key: getattr(draft, key) for key in keys},
        note="The tax number itself has no place in Foothold.",
    )
