"""Projects all year round: the list, the board, the inbox they come from, templates, rubrics, and what is paid."""

from __future__ import annotations

from importlib.util import find_spec
from typing import cast

from ui.places.project_list import ProjectList
from ui.places.project_page import WORK, ProjectPage
from ui.places.tabbed import Tabbed
from ui.widgets.table import Table

_PAGES = {
    "List": "project_list:ProjectList",
    "Board": "board:Board",
    "To-dos": "to_dos:ToDos",
    "Templates": "templates:Templates",
    "Rubrics": "rubric_shelf:RubricShelf",
    "Pay": "pay:Pay",
}


class Projects(Tabbed):
    key, title, icon = "projects", "Projects", "folder"
    pages = {words: where for words, where in _PAGES.items() if find_spec(f"ui.places.{where.partition(':')[0]}")}

    @property
    def list_(self) -> ProjectList:
        return cast("ProjectList", self.page("List"))

    @property
    def table(self) -> Table:
        return self.list_.table

    @property
    def project_page(self) -> ProjectPage:
        return self.list_.page

    def choose(self, row_id: str) -> None:
        """Picks a project in the list."""
        self.show_page("List")
        self.list_.choose(row_id)

    def choose_work(self, project_id: str) -> None:
        """Picks a project and shows its work."""
        self.choose(project_id)
        self.project_page.choose_tab(WORK)
