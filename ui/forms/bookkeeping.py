"""The file for whoever keeps the books: a period and a kind of file; then the folder is asked for."""

from __future__ import annotations

from datetime import date
from typing import Any

from core.jobs import bookkeeping
from core.text import in_digits
from ui.context import Context
from ui.forms.base import NotYet, NounForm
from ui.widgets.date_field import DateField
from ui.widgets.fields import ChoiceField


class BookForm(NounForm):
    width_wanted = 560

    def __init__(self, context: Context, year: int = 0, **_: object) -> None:
        super().__init__(context, "For the bookkeeper", "bookkeeping", None, "Choose a folder…")
        today = context.today()
        year = year or today.year
        self.note_words = "Every payment of the period, with who was paid, for what and how."
        self.form.part("Period", [("first", "First day", DateField(today)), ("last", "Last day", DateField(today))])
        kinds = list(bookkeeping.ENDINGS.items())
        self.form.row("kind", "File", ChoiceField(kinds), hint="That it left is put on record, under Sharing.")
        self.begin({"first": date(year, 1, 1), "last": date(year, 12, 31), "kind": kinds[0][0]})

    def save(self, values: dict[str, Any], reason: str) -> str:
        first, last = values["first"], values["last"]
        bookkeeping.check_period(self.context.store, first, last)
        folder = self.context.ask_folder("Where shall the file for the bookkeeper lie?")
        if folder is None:
            raise NotYet("No folder was chosen, so nothing was written.")
        out = folder / bookkeeping.book_name(first, last, values["kind"])
        book = bookkeeping.keep_book(self.context.store, out, first, last)
        self.context.say(f"{book.file.name}: {in_digits(book.payments)} in it.")
        return ""
