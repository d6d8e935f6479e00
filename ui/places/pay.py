"""Pay: what is to pay, the money that went, and what each payee got in a year."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from core import money, text
from core.errors import UserError
from core.insight import payees, payments
from core.insight.payees import PayeeYear, limit_words, payee_years
from core.insight.payments import PaymentFilter, ToPay
from core.model.words import PAID_FROM, PAY_METHODS, WORKER_TYPES
from ui.command import Command
from ui.context import Context
from ui.models.paged_table import Column, PagedTable
from ui.places.base import PlaceBase
from ui.places.pay_side import PaySide, payee_chip
from ui.places.two_sides import TwoSides
from ui.widgets.chips import FilterBar
from ui.widgets.empty import Empty
from ui.widgets.fields import ChoiceField, LineField
from ui.widgets.panel import Line, Panel
from ui.widgets.table import Table
from ui.widgets.tabs import Tabs
from ui.widgets.text import button, label

DUE, WENT, PAYEES = range(3)
_NOT_SAID = "W-2 or contractor?"
_TO_PAY = (
    Column("candidate", "Payee", width=0, least=130, sorts=False),
    Column("project", "Project", width=150, folds=1, sorts=False),
    Column("state", "Stands", kind="chip", width=120, sorts=False, widest="12 days late, part-paid"),
    Column("amount", "To pay", width=74, right=True, sorts=False, widest="$1,250.50"),
)
_PAYMENTS = (
    Column("paid_on", "Paid", width=64, widest="28 Nov 2025"),
    Column("candidate", "Payee", width=0, least=120),
    Column("project", "Project", width=66, widest="P-0000", folds=3),
    Column("method", "By", width=84, folds=2, widest=max(PAY_METHODS.values(), key=len)),
    Column("reference", "Reference", width=84, sorts=False, folds=1),
    Column("paid_from", "From", width=84, folds=4, widest=max(PAID_FROM.values(), key=len)),
    Column("amount", "Amount", width=70, right=True, widest="$1,250.50"),
)
_PAYEES = (
    Column("name", "Payee", width=0, least=120, sorts=False),
    Column("worker", "Paid as", width=96, folds=2, sorts=False, widest=max(WORKER_TYPES.values(), key=len)),
    Column("papers", "Papers", kind="warn", width=100, folds=1, sorts=False, folded="papers: {}", widest=_NOT_SAID),
    Column("threshold", "Threshold", kind="chip", width=120, sorts=False, widest="100 % of threshold"),
    Column("total", "In the year", width=74, right=True, sorts=False, widest="$12,250.50"),
)


class Pay(PlaceBase):
    key, title = "pay", "Pay"
    nouns = frozenset({
        "payments", "instalments", "engagements", "offers", "payees", "thresholds", "candidates", "projects",
        "hour_entries", "employers",
    })  # fmt: skip

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._filter = PaymentFilter(year=context.today().year)
        self._year = context.today().year
        self._sort, self._down = "paid_on", True
        self._rows: list[ToPay] = []
        self._payees: dict[str, PayeeYear] = {}
        self.tabs = Tabs(["To pay", "Payments", "Payees"], "What of pay")
        self.side = PaySide(context)
        self.tables = [self._table(_TO_PAY, self._due_cells, "To pay"), self._payment_table(), self._payee_table()]
        self._asking = False
        for table in self.tables:
            table.picked.connect(lambda _id: self._show_side())
        self.tables[DUE].opened.connect(lambda row_id: context.open_form("payments", engagement_id=row_id))
        self.tables[WENT].opened.connect(lambda row_id: context.open_form("payments", row_id))
        self.tables[PAYEES].opened.connect(self._open_payee)
        self._words = {at: label("", "muted", wrap=True) for at in (WENT, PAYEES)}
        self._none = [self._nothing_due(), self._no_payment(), self._no_payee()]
        self._stacks = [self._stack(at) for at in range(len(self.tables))]
        self._pages = QStackedWidget()
        for page in (self._due_page(), self._payments_page(), self._payees_page()):
            self._pages.addWidget(page)
        left = Panel(margins=(0, 0), gap=0)
        bar = QHBoxLayout()
        bar.setContentsMargins(16, 4, 12, 0)
        bar.addWidget(self.tabs, 1)
        left.add(bar)
        left.add(self._pages, 1)
        nothing = Empty(
            "Nothing to pay yet",
            "Once a student accepts an offer, the fee stands here with the day it is due, and each payment after it.",
        )
        self._whole = QStackedWidget()
        self._whole.addWidget(TwoSides(left, self.side, (616, 392)))
        self._whole.addWidget(nothing)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._whole)
        self.tabs.changed.connect(self._turn)

    # --- what the desk asks -----------------------------------------------------------------------------------------

    def ask(self) -> None:
        store, today = self.context.store, self.context.today()
        self._rows = payments.to_pay(store, today=today)
        years = payees.years(store, today=today)
        went = payments.sums(store, PaymentFilter())
        self._whole.setCurrentIndex(0 if self._rows or went else 1)
        self.tabs.set_words([f"To pay {len(self._rows)}" if self._rows else "To pay", "Payments", "Payees"])
        at = self.tabs.current()
        self._pages.setCurrentIndex(at)
        self._asking = True
        if at == DUE:
            self._show([row.engagement_id for row in self._rows], "")
        elif at == WENT:
            self._offer_years(self.year_filter, years, also_all=True)
            ids = payments.payment_ids(store, self._filter, self._sort, self._down)
            self.filters.set_filters(self._chips())
            self._show(ids, payments.sums_words(payments.sums(store, self._filter)))
        else:
            self._offer_years(self.year, years, also_all=False)
            self._payees = {one.row_id: one for one in payee_years(store, self._year)}
            self._show(list(self._payees), limit_words(payees.limit(store, self._year), self._year))
        self._asking = False
        self._show_side()

    def subtitle(self) -> str:
        return payments.to_pay_words(self._rows)

    def primary(self) -> Command:
        return Command("record-payment", "Record payment", "", self._record)

    def choose(self, row_id: str) -> None:
        """Picks an engagement among what is to pay."""
        self.tabs.choose(DUE)
        self.tables[DUE].choose(row_id)

    # --- the pages --------------------------------------------------------------------------------------------------

    def _table(self, columns: tuple[Column, ...], cells: Any, name: str) -> Table:
        return Table(PagedTable(columns, cells, self), name)

    def _payment_table(self) -> Table:
        table = self._table(_PAYMENTS, self._payment_cells, "Payments")
        model = table.model()
        if isinstance(model, PagedTable):
            model.sort_wanted.connect(self._sort_by)
        return table

    def _payee_table(self) -> Table:
        return self._table(_PAYEES, self._payee_cells, "Payees")

    def _stack(self, at: int) -> QStackedWidget:
        stack = QStackedWidget()
        stack.addWidget(self.tables[at])
        stack.addWidget(self._none[at])
        return stack

    def _page(self, at: int, *bars: QWidget | QHBoxLayout) -> QWidget:
        page = QWidget()
        down = QVBoxLayout(page)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(0)
        for bar in bars:
            if isinstance(bar, QWidget):
                down.addWidget(bar)
            else:
                bar.setContentsMargins(16, 8, 16, 8)
                bar.setSpacing(8)
                down.addLayout(bar)
        down.addWidget(Line())
        down.addWidget(self._stacks[at], 1)
        return page

    def _due_page(self) -> QWidget:
        return self._page(DUE)

    def _payments_page(self) -> QWidget:
        self.search = LineField(200, "Find")
        self.search.setAccessibleName("Find payments by name, project or reference")
        self.search.setMinimumWidth(120)
        self.search.textChanged.connect(lambda words: self._set(words=words))
        self.year_filter = ChoiceField()
        self.year_filter.setAccessibleName("Year of the payments")
        self.year_filter.changed.connect(lambda: self._set(year=self.year_filter.value()))
        self.filters = FilterBar()
        self.filters.removed.connect(lambda key: self._set(**{key: ""}))
        self.filters.add_wanted.connect(self._offer_filters)
        above, below = QHBoxLayout(), QHBoxLayout()
        above.addWidget(self.search, 1)
        above.addWidget(self.year_filter)
        above.addWidget(button("For the bookkeeper…", "", self._bookkeeping))
        below.addWidget(self.filters)
        below.addWidget(self._words[WENT], 1)
        page = self._page(WENT, above, below)
        below.setContentsMargins(16, 0, 16, 8)
        return page

    def _payees_page(self) -> QWidget:
        self.year = ChoiceField()
        self.year.setAccessibleName("Year of the payees")
        self.year.changed.connect(self._turn_year)
        bar = QHBoxLayout()
        bar.addWidget(self.year)
        bar.addWidget(self._words[PAYEES], 1)
        bar.addWidget(button("Change…", "link", self._change_threshold, name="Change the yearly threshold…"))
        return self._page(PAYEES, bar)

    def _nothing_due(self) -> Empty:
        return Empty("All is paid", "Nothing is due, and nothing is still to come.")

    def _no_payment(self) -> Empty:
        return Empty("No payment here", "Record one once the money went, or take a filter off.")

    def _no_payee(self) -> Empty:
        return Empty("Nobody was paid in this year", "A payment counts in the year of its day.")

    def _show(self, ids: list[str], words: str) -> None:
        at = self.tabs.current()
        self.tables[at].show_ids(ids)
        if at in self._words:
            self._words[at].setText(words)
        self._stacks[at].setCurrentIndex(0 if ids else 1)

    def _show_side(self) -> None:
        if self._asking:
            # A new answer is on its way in; the row that stays chosen is known once it is.
            return
        at = self.tabs.current()
        row_id = self.tables[at].current_id()
        store, today = self.context.store, self.context.today()
        try:
            if row_id is None:
                self.side.show_nothing("Nothing chosen", "Pick a line to see the money behind it.")
            elif at == DUE:
                self.side.show_engagement(payments.one_to_pay(store, row_id, today=today))
            elif at == WENT:
                line = payments.payment_lines(store, [row_id])[row_id]
                self.side.show_payment(line, payments.one_to_pay(store, line.engagement_id, today=today))
            else:
                self.side.show_payee(self._payees[row_id])
        except (UserError, KeyError):
            self.side.show_nothing("No longer here", "It was removed, or adding it was undone.")

    # --- cells ------------------------------------------------------------------------------------------------------

    def _due_cells(self, ids: Any) -> dict[str, tuple[Any, ...]]:
        wanted = set(ids)
        return {
            row.engagement_id: (
                row.candidate,
                f"{row.number} {row.project}",
                (row.chip.words, row.chip.tone),
                money.show(-row.fee.over if row.fee.over else row.now, row.fee.currency),
            )
            for row in self._rows
            if row.engagement_id in wanted
        }

    def _payment_cells(self, ids: Any) -> dict[str, tuple[Any, ...]]:
        today = self.context.today()
        return {
            row.id: (
                text.short_day(row.paid_on, today),
                row.candidate,
                row.number,
                row.method_words,
                row.reference,
                row.paid_from_words,
                money.show(row.amount, row.currency),
            )
            for row in payments.payment_lines(self.context.store, ids).values()
        }

    def _payee_cells(self, ids: Any) -> dict[str, tuple[Any, ...]]:
        cells = {}
        for row_id in ids:
            one = self._payees[row_id]
            papers = one.papers
            missing = f"{' and '.join(papers.missing)} missing" if papers.missing else "received"
            said = (missing, bool(papers.missing)) if papers.worker_type else (_NOT_SAID, True)
            total = money.show(one.total, one.currency)
            cells[row_id] = (one.name, papers.worker_words, said, payee_chip(one), total)
        return cells

    # --- within -----------------------------------------------------------------------------------------------------

    def _turn(self, _at: int) -> None:
        self.refresh()

    def _record(self) -> None:
        at, chosen = self.tabs.current(), ""
        row_id = self.tables[at].current_id()
        if at == DUE and row_id:
            chosen = row_id
        self.context.open_form("payments", chosen=chosen)

    def _open_payee(self, row_id: str) -> None:
        self.context.open_form("payees", candidate_id=row_id.partition(":")[0])

    def _change_threshold(self) -> None:
        self.context.open_form("thresholds", year=self._year)

    def _bookkeeping(self) -> None:
        self.context.open_form("bookkeeping", year=self._filter.year or self.context.today().year)

    def _turn_year(self) -> None:
        self._year = self.year.value()
        self.refresh()

    def _offer_years(self, field: ChoiceField, years: list[int], *, also_all: bool) -> None:
        known = sorted({*years, self._year}, reverse=True)
        field.set_choices([*([(None, "All years")] if also_all else []), *((year, str(year)) for year in known)])
        field.set_value(self._filter.year if also_all else self._year)

    def _sort_by(self, key: str, down: bool) -> None:
        self._sort, self._down = key, down
        self.refresh()

    def _set(self, **values: Any) -> None:
        self._filter = replace(self._filter, **values)
        self.refresh()

    def _chips(self) -> list[tuple[str, str]]:
        chips = []
        if self._filter.paid_from:
            chips.append(("paid_from", f"From: {PAID_FROM[self._filter.paid_from].lower()}"))
        if self._filter.method:
            chips.append(("method", f"By: {PAY_METHODS[self._filter.method].lower()}"))
        return chips

    def _offer_filters(self) -> None:
        menu = QMenu(self)
        for title, key, words in (("Paid from", "paid_from", PAID_FROM), ("By", "method", PAY_METHODS)):
            under = menu.addMenu(title)
            for value, said in words.items():
                on = getattr(self._filter, key) == value
                action = QAction(said, under, checkable=True, checked=on)
                action.triggered.connect(self._setter(key, "" if on else value))
                under.addAction(action)
        menu.popup(self.filters.add.mapToGlobal(self.filters.add.rect().bottomLeft()))

    def _setter(self, key: str, value: str) -> Any:
        return lambda: self._set(**{key: value})
