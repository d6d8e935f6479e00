"""Money that went, how someone is paid, and the parts in which a fee is due."""

from __future__ import annotations

from datetime import date
from typing import Any

from core import money
from core.errors import FieldErrors
from core.insight import payees as known
from core.insight.payments import one_to_pay, payable
from core.model.words import PAID_FROM, PAY_METHODS, WORKER_TYPES
from core.work import instalments, pay, payees
from core.work.instalments import FeeDraft, PartDraft
from core.work.pay import PaymentDraft
from core.work.payees import PayeeDraft
from ui.context import Context
from ui.forms.base import NounForm
from ui.forms.fields import choices, typed
from ui.forms.parts_field import PartsField
from ui.forms.step import Item, StepForm
from ui.widgets.date_field import DateField
from ui.widgets.fields import AreaField, ChoiceField, MoneyField, NumberField, Unreadable
from ui.widgets.notice import Notice

WHOLE, HALVES, OWN = "whole", "halves", "own"


class FeeField(MoneyField):
    """Money of a currency that is known only once it is chosen whose it is."""

    def set_currency(self, currency: str) -> None:
        self._currency = currency


class PaymentForm(NounForm):
    """Records a payment, or corrects the one of `row_id`.

    Without `engagement_id` one chooses whose it is, begun with `chosen`.
    """

    width_wanted = 600

    def __init__(
        self, context: Context, row_id: str | None = None, engagement_id: str = "", chosen: str = "", **_: object
    ) -> None:
        title, save = ("Correct the payment", "Save") if row_id else ("Payment", "Record the payment")
        super().__init__(context, title, "payments", row_id, save)
        store, today, form = context.store, context.today(), self.form
        self._fixed, self._terms = engagement_id, PaymentDraft()
        if row_id:
            self._terms = pay.payment_draft(store, row_id)
            self._fixed = self._terms.engagement_id or ""
        elif engagement_id or chosen:
            self._terms = pay.payment_terms(store, engagement_id or chosen, today=today)
        self.draft_key, self.note_words = f"payments:{row_id or engagement_id or 'any'}", ""
        if self._fixed:
            whose = one_to_pay(store, self._fixed, today=today)
            self.note_words = f"{whose.candidate} · {whose.number} {whose.project}"
        else:
            form.row(
                "engagement_id", "For", ChoiceField([("", "Choose whose work it pays"), *payable(store, today=today)])
            )
        self._amount = FeeField(self._terms.currency or "USD")
        form.row("amount", "Amount", self._amount)
        form.row("paid_on", "Paid on", DateField(today))
        form.row("method", "By", ChoiceField(choices(dict(PAY_METHODS))))
        form.row("reference", "Reference", typed("Check number, transfer id"))
        form.row("paid_from", "Paid by", ChoiceField(choices(dict(PAID_FROM))))
        self._caution = Notice()
        form.wide(self._caution)
        self.form.changed.connect(self._typed)
        first = self._terms
        shown = {
            "engagement_id": chosen,
            "amount": first.amount or None,
            "paid_on": first.paid_on or today,
            "method": first.method,
            "reference": first.reference,
            "paid_from": first.paid_from,
        }
        if self._fixed:
            del shown["engagement_id"]
        self.begin(shown)
        self.look()

    def _engagement(self) -> str:
        return self._fixed or str(self.form.rows["engagement_id"].field.value() or "")  # type: ignore[attr-defined]

    def _typed(self, key: str) -> None:
        if key == "engagement_id":
            self._choose()
        self.look()

    def _choose(self) -> None:
        """Whose it is was chosen: what is open stands there, unless another amount was typed."""
        chosen, before = self._engagement(), self._terms.amount or None
        self._terms = PaymentDraft()
        if chosen:
            self._terms = pay.payment_terms(self.context.store, chosen, today=self.context.today())
            self._amount.set_currency(self._terms.currency)
        try:
            typed_ = self._amount.value()
        except Unreadable:
            return
        self._amount.set_value(typed_ if typed_ not in (None, before) else self._terms.amount or None)

    def _sync(self, chosen: str) -> None:
        """Words kept from last time may be about another's work than the one the form was opened for."""
        if chosen and chosen != self._terms.engagement_id:
            self._terms = pay.payment_terms(self.context.store, chosen, today=self.context.today())
            self._amount.set_currency(self._terms.currency)

    def look(self) -> None:
        """What is worth knowing before it is recorded."""
        chosen = self._engagement()
        self._sync(chosen)
        try:
            values = self.form.values()
        except Unreadable:
            return
        today = self.context.today()
        said: list[str] = []
        if chosen:
            said = known.before_payment(
                self.context.store,
                chosen,
                values["amount"] or 0,
                values["paid_on"] or today,
                values["paid_from"],
                today=today,
                but=self.row_id or "",
            )
            gap = one_to_pay(self.context.store, chosen, today=today).gap
            said += [gap.words] if gap else []
        self._caution.say("\n".join(said))

    def save(self, values: dict[str, Any], reason: str) -> str:
        store, today = self.context.store, self.context.today()
        chosen = values.pop("engagement_id", None) or self._fixed or None
        if chosen is None:
            raise FieldErrors({"engagement_id": "Choose whose work it pays."})
        self._sync(chosen)
        draft = PaymentDraft(
            engagement_id=chosen, currency=self._terms.currency, **{**values, "amount": values["amount"] or 0}
        )
        if self.row_id:
            return pay.change_payment(store, self.row_id, draft, today=today, reason=reason)
        return pay.record_payment(store, draft, today=today, reason=reason)


def removal(context: Context, payment_id: str, **_: object) -> StepForm:
    today, draft = context.today(), pay.payment_draft(context.store, payment_id)
    whose = one_to_pay(context.store, draft.engagement_id or "", today=today)
    return StepForm(
        context,
        "Remove the payment",
        ("payment-removal", payment_id),
        [Item("reason", "Why", AreaField(least=2), "Such as: recorded twice. It stays in the history.")],
        lambda v, _why: pay.remove_payment(context.store, payment_id, today=today, reason=v["reason"]),
        save_words="Remove it",
        note=f"{money.show(draft.amount, draft.currency)} · {whose.candidate} · {whose.project}",
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
            Item("worker_type_why", "Why", AreaField(least=2), "Whose tools and hours, who decides how it is done."),
            Item("w9_received_on", "W-9 received on", DateField(today), "From a contractor."),
            Item("i9_received_on", "I-9 received on", DateField(today)),
            Item("w4_received_on", "W-4 received on", DateField(today), "I-9 and W-4 from a W-2 employee."),
        ],
        lambda v, _why: payees.set_payee(context.store, PayeeDraft(candidate_id=candidate_id, **v), today=today),
        values={key: getattr(draft, key) for key in keys},
        note="The tax number itself has no place in Foothold.",
    )


class FeeForm(NounForm):
    """The fee of an engagement and its parts. Another fee than the one agreed asks why."""

    width_wanted = 600

    def __init__(self, context: Context, engagement_id: str = "", **_: object) -> None:
        super().__init__(context, "Fee and instalments", "instalments", engagement_id)
        store, today, form = context.store, context.today(), self.form
        self._id, self._draft = engagement_id, instalments.fee_draft(store, engagement_id)
        whose = one_to_pay(store, engagement_id, today=today)
        self.note_words = f"{whose.candidate} · {whose.number} {whose.project}"
        currency = self._draft.currency
        self._fee = MoneyField(currency)
        self._parts = PartsField(currency, today, self._rest, instalments.MOST_PARTS)
        ways = [
            (WHOLE, "All of it when the work is accepted"),
            (HALVES, "Half at the kick-off, half on acceptance"),
            (OWN, "In parts of your own"),
        ]
        self._how = ChoiceField(ways)
        form.row("fee", "Fee", self._fee)
        form.row("how", "Due", self._how)
        form.row("parts", "Parts", self._parts, hint="A part without a day is due when the work is accepted.")
        self._sums = Notice()
        form.wide(self._sums)
        if whose.gap:
            form.wide(Notice(whose.gap.words))
        self.form.changed.connect(self._typed)
        parts = [(part.amount, part.due_on) for part in self._draft.parts]
        self.begin({"fee": self._draft.fee, "how": self._way(parts), "parts": parts})
        self.look()

    def _way(self, parts: list[tuple[int, date | None]]) -> str:
        fee = sum(amount for amount, _ in parts)
        for way in (WHOLE, HALVES):
            if parts == self._laid(way, fee):
                return way
        return OWN

    def _laid(self, way: str, fee: int) -> list[tuple[int, date | None]]:
        made = instalments.halves(fee, self._draft.kick_off_on) if way == HALVES else (PartDraft(fee),)
        return [(part.amount, part.due_on) for part in made]

    def _typed(self, key: str) -> None:
        try:
            fee = self._fee.value() or 0
            way = self._how.value()
            if key in ("fee", "how") and way != OWN and fee:
                self._parts.set_value(self._laid(way, fee))
            elif key == "parts":
                self._how.set_value(OWN if self._parts.value() != self._laid(way, fee) else way)
        except Unreadable:
            pass
        self.look()

    def _rest(self) -> int:
        try:
            return max(0, (self._fee.value() or 0) - sum(amount for amount, _ in self._parts.value()))
        except Unreadable:
            return 0

    def look(self) -> None:
        try:
            fee, made = self._fee.value() or 0, sum(amount for amount, _ in self._parts.value())
        except Unreadable:
            return
        shown = [money.show(cents, self._draft.currency) for cents in (made, fee, abs(fee - made))]
        side = "are not in a part yet" if made < fee else "are too much"
        self._sums.say(f"The parts make {shown[0]} of {shown[1]}: {shown[2]} {side}." if made != fee else "")

    def save(self, values: dict[str, Any], reason: str) -> str:
        parts = tuple(PartDraft(amount, due) for amount, due in values["parts"])
        draft = FeeDraft(values["fee"] or 0, parts)
        today = self.context.today()
        return instalments.set_instalments(self.context.store, self._id, draft, today=today, reason=reason)


def threshold(context: Context, year: int = 0, **_: object) -> StepForm:
    """The sum of a calendar year from which a 1099-NEC is due."""
    today = context.today()
    chosen = year or today.year
    found = known.limit(context.store, chosen)
    currency = found.currency if found else "USD"
    return StepForm(
        context,
        "Yearly threshold",
        ("thresholds", str(chosen)),
        [
            Item("year", "Year", NumberField(2000, 2100)),
            Item(
                "amount",
                "Threshold",
                MoneyField(currency),
                "From this sum to one contractor in a calendar year, by the day of payment, a 1099-NEC is due. "
                "$600 through 2025, $2,000 in 2026; it follows prices from 2027 on, so look it up each January.",
            ),
        ],
        lambda v, _why: payees.set_threshold(
            context.store, v["year"] or 0, v["amount"] or 0, today=today, currency=currency
        ),
        values={"year": chosen, "amount": found.amount if found else None},
    )
