"""Candidates: the list, how far they have come, whom to keep in touch with, who may be one person, the schools."""

from __future__ import annotations

from importlib.util import find_spec
from typing import cast

from core.insight import people
from core.insight.filters import EVERYONE
from ui.places.candidate_list import CandidateList
from ui.places.candidate_page import CandidatePage
from ui.places.tabbed import Tabbed
from ui.widgets.table import Table

_PAGES = {
    "List": "candidate_list:CandidateList",
    "Pipeline": "pipeline:Pipeline",
    "Keep in touch": "pool:Pool",
    "Duplicates": "duplicates:Duplicates",
    "Schools": "schools:Schools",
}


class Candidates(Tabbed):
    key, title, icon = "candidates", "Candidates", "users"
    pages = {words: where for words, where in _PAGES.items() if find_spec(f"ui.places.{where.partition(':')[0]}")}

    @property
    def list_(self) -> CandidateList:
        return cast("CandidateList", self.page("List"))

    @property
    def table(self) -> Table:
        return self.list_.table

    @property
    def candidate_page(self) -> CandidatePage:
        return self.list_.page

    def count(self) -> int | None:
        return people.count(self.context.store, EVERYONE, today=self.context.today())

    def choose(self, row_id: str) -> None:
        """Picks a person in the list."""
        self.show_page("List")
        self.list_.choose(row_id)

    def show_list(self, key: str) -> None:
        """Shows a saved list."""
        self.show_page("List")
        self.list_.show_list(key)
