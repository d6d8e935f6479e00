"""The right side of Pay: the money of an engagement, a payment, or a payee's year, with what can be done about it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from core import money, text
from core.insight.payees import MEANS, Papers, PayeeYear, limit_words
from core.insight.payments import PaymentLine, ToPay, payments_of
from ui.context import Context
from ui.places.actions import Action, FocusKeeper, Run, link_to, menu_button, opener
from ui.theme import current
from ui.widgets.chips import Pill
from ui.widgets.chips_field import Flow
from ui.widgets.empty import Empty
from ui.widgets.meter import Meter
from ui.widgets.notice import Notice
from ui.widgets.panel import Heading, Line, Panel, Scroll
from ui.widgets.text import button, label

_LONGEST = 40
TONES = {"over": "red", "near": "amber", "under": "green"}


class PaySide(Panel):
    """`show_...` build it anew, the keyboard's place kept."""

    def __init__(self, context: Context) -> None:
        super().__init__(margins=(18, 16), gap=12)
        self.context = context
        self._inside: QWidget | None = None
        self._keeper = FocusKeeper(self)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_moved)
        self.show_nothing("Nothing chosen", "Pick a line to see the money behind it.")

    def minimumSizeHint(self) -> QSize:
        return super().minimumSizeHint().expandedTo(QSize(current().px(300), 0))

    def _focus_moved(self, _old: object, _now: object) -> None:
        self._keeper.note()

    def show_nothing(self, heading: str, words: str) -> None:
        self._put(Empty(heading, words))

    def show_engagement(self, row: ToPay) -> None:
        scroll = _scroll()
        _engagement(self.context, scroll.body, row)
        self._put(scroll)

    def show_payment(self, line: PaymentLine, row: ToPay) -> None:
        scroll = _scroll()
        _payment(self.context, scroll.body, line)
        scroll.body.addWidget(Line())
        _engagement(self.context, scroll.body, row)
        self._put(scroll)

    def show_payee(self, one: PayeeYear) -> None:
        scroll = _scroll()
        _payee(self.context, scroll.body, one)
        self._put(scroll)

    def _put(self, inside: QWidget) -> None:
        self._keeper.hold()
        if self._inside is not None:
            self.body.removeWidget(self._inside)
            self._inside.hide()
            self._inside.deleteLater()
        self._inside = inside
        if isinstance(inside, Scroll):
            inside.body.addStretch(1)
        self.body.addWidget(inside, 1)
        self._keeper.give_back()


def _scroll() -> Scroll:
    return Scroll(gap=8, margins=(0, 0, 8, 0))


def _engagement(context: Context, body: QVBoxLayout, row: ToPay) -> None:
    fee, today = row.fee, context.today()
    body.addWidget(_head(context, row.candidate_id, row.candidate, row.chip.words, row.chip.tone))
    body.addWidget(_work_link(context, row), 0, Qt.AlignmentFlag.AlignLeft)
    body.addWidget(label(f"Work: {row.work_words.lower()}", "muted", wrap=True))
    body.addWidget(label(fee_words(row), "subject", wrap=True))
    if row.gap is not None:
        change = opener(context, "instalments", None, engagement_id=row.engagement_id)
        body.addWidget(Notice(row.gap.words, "Change the fee", change))
    _papers(context, body, row.candidate_id, row.papers)
    steps = QWidget()
    flow = Flow(steps, 6)
    for words, form in (("Record payment…", "payments"), ("Fee and instalments…", "instalments")):
        run = opener(context, form, None, engagement_id=row.engagement_id, candidate=row.candidate)
        flow.addWidget(button(words, "", run, name=f"{words} {row.candidate}"))
    body.addWidget(steps)
    if len(fee.parts) > 1 or any(part.due_on for part in fee.parts):
        body.addSpacing(6)
        body.addWidget(Heading("Due in parts"))
        for part in fee.parts:
            when = text.short_day(part.due_on, today) if part.due_on else "on acceptance"
            left = "paid" if not part.open else f"{money.show(part.open, fee.currency)} open"
            body.addWidget(label(f"{money.show(part.amount, fee.currency)} · {when} · {left}", "muted", wrap=True))
    _payments(context, body, "Payments", payments_of(context.store, engagement_id=row.engagement_id))


def _work_link(context: Context, row: ToPay) -> QWidget:
    whole = f"{row.number} {row.project}"
    shown = whole if len(whole) <= _LONGEST else whole[: _LONGEST - 1].rstrip() + "…"
    run = _shower(context, row.project_id)
    made = button(shown, "link-small", run, name=whole, hover=whole if shown != whole else "")
    made.setProperty("side", "flush")
    return made


def _shower(context: Context, project_id: str) -> Run:
    return lambda: context.show("projects", project_id)


def fee_words(row: ToPay) -> str:
    """ "$360 agreed · $100 paid · $260 open" """
    fee = row.fee
    parts = [f"{money.show(fee.due, fee.currency)} agreed"]
    if fee.paid:
        parts.append(f"{money.show(fee.paid, fee.currency)} paid")
    if fee.over:
        parts.append(f"{money.show(fee.over, fee.currency)} too much")
    elif fee.open:
        parts.append(f"{money.show(fee.open, fee.currency)} open")
    return " · ".join(parts)


def _payment(context: Context, body: QVBoxLayout, line: PaymentLine) -> None:
    today = context.today()
    head = QHBoxLayout()
    head.addWidget(label(money.show(line.amount, line.currency), "big"), 1)
    head.addWidget(_more(context, line), 0, Qt.AlignmentFlag.AlignTop)
    holder = QWidget()
    holder.setLayout(head)
    head.setContentsMargins(0, 0, 0, 0)
    body.addWidget(holder)
    facts = [f"Paid {text.short_day(line.paid_on, today)}", line.method_words.lower(), line.reference]
    body.addWidget(label(" · ".join(fact for fact in facts if fact), "muted", wrap=True, select=True))
    body.addWidget(label(f"From: {line.paid_from_words.lower()}", "muted", wrap=True))
    if line.hold_reason:
        body.addWidget(label(f"Held and answered: {line.hold_reason}", "note", wrap=True))


def _payee(context: Context, body: QVBoxLayout, one: PayeeYear) -> None:
    words, tone = payee_chip(one)
    body.addWidget(_head(context, one.candidate_id, one.name, words, tone))
    paid_as = one.papers.worker_words or "not said yet"
    why = f". {one.papers.why}" if one.papers.why else ""
    body.addWidget(label(f"Paid as: {paid_as}{why}", "muted", wrap=True))
    total = f"{money.show(one.total, one.currency)} in {one.year}, in {text.plural(one.payments, 'payment')}"
    body.addWidget(label(total, "subject", wrap=True))
    if one.total != one.counts:
        grant = money.show(one.total - one.counts, one.currency)
        body.addWidget(label(f"{grant} of it from a campus grant, which the campus reports", "muted", wrap=True))
    if one.state and one.limit is not None:
        sums = f"{money.show(one.counts, one.currency)} of {money.show(one.limit.amount, one.currency)}"
        body.addWidget(Meter(one.percent, TONES[one.state], f"{sums}, {one.percent} %"))
        other = f" {limit_words(one.limit, one.year)}." if one.limit.year != one.year else ""
        body.addWidget(label(f"{sums} ({one.percent} %).{other}", "note", wrap=True))
        if one.state in MEANS:
            body.addWidget(Notice(MEANS[one.state]))
    elif one.papers.worker_type == "w2":
        body.addWidget(label("W-2 wages: they stand on a W-2, whatever the sum.", "note", wrap=True))
    elif one.limit is None:
        body.addWidget(label(f"No threshold in {one.currency}.", "note", wrap=True))
    _papers(context, body, one.candidate_id, one.papers)
    for name, day in one.papers.received:
        body.addWidget(label(f"{name} received on {text.short_day(day, context.today())}", "muted", wrap=True))
    steps = QWidget()
    flow = Flow(steps, 6)
    how = opener(context, "payees", candidate_id=one.candidate_id)
    flow.addWidget(button("How they are paid…", "", how, name=f"How they are paid… {one.name}"))
    body.addWidget(steps)
    found = payments_of(context.store, candidate_id=one.candidate_id, year=one.year)
    _payments(context, body, f"Payments of {one.year}", [line for line in found if line.currency == one.currency])


def payee_chip(one: PayeeYear) -> tuple[str, str]:
    """What the threshold says of them, and its tone."""
    if one.state == "over":
        return "1099-NEC is due", "red"
    if one.state == "near":
        return f"{one.percent} % of threshold", "amber"
    if one.papers.worker_type == "w2":
        return "W-2", "neutral"
    return (f"{one.percent} %", "neutral") if one.state else ("no threshold", "neutral")


def _head(context: Context, candidate_id: str, name: str, chip: str, tone: str) -> QWidget:
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    row.addWidget(link_to(context, candidate_id, name), 1)
    row.addWidget(Pill(chip, tone), 0, Qt.AlignmentFlag.AlignVCenter)  # type: ignore[arg-type]
    return made


def _papers(context: Context, body: QVBoxLayout, candidate_id: str, papers: Papers) -> None:
    if papers.words:
        body.addWidget(Notice(f"{papers.words}.", "Note it", opener(context, "payees", candidate_id=candidate_id)))


def _payments(context: Context, body: QVBoxLayout, heading: str, lines: Sequence[PaymentLine]) -> None:
    body.addSpacing(6)
    body.addWidget(Heading(heading))
    if not lines:
        body.addWidget(label("None yet", "muted"))
    for line in lines:
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        grant = "campus grant" if line.paid_from == "campus_grant" else ""
        day, amount = text.short_day(line.paid_on, context.today()), money.show(line.amount, line.currency)
        said = [day, amount, line.method_words.lower(), line.reference, grant]
        row.addWidget(label(" · ".join(part for part in said if part), "muted", wrap=True, select=True), 1)
        row.addWidget(_more(context, line), 0, Qt.AlignmentFlag.AlignTop)
        body.addWidget(made)


def _more(context: Context, line: PaymentLine) -> QWidget:
    said = f"{money.show(line.amount, line.currency)} of {text.short_day(line.paid_on, context.today())}"
    actions = [
        Action("Correct…", opener(context, "payments", line.id)),
        Action("Remove…", opener(context, "payment_removal", payment_id=line.id)),
    ]
    return menu_button(f"More for the payment: {said} {line.reference}".strip(), actions)
