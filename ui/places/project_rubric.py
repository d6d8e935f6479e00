"""A project's rubric as its raters read it, what each level looks like; also the versions before, as they were."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core.insight.projects import ProjectView
from core.insight.rubrics import RubricVersion, VersionCriterion, rubric_versions
from core.work.rubrics import version_draft
from ui.context import Context
from ui.places.actions import Action, menu_button, opener
from ui.places.rubric_in_out import draft_from_file, save_as_file
from ui.widgets.brief_parts import WordedCriterion
from ui.widgets.empty import Empty
from ui.widgets.fields import ChoiceField
from ui.widgets.panel import Scroll
from ui.widgets.text import Elided, appear, button, label


def rubric_page(context: Context, view: ProjectView) -> QWidget:
    versions = rubric_versions(context.store, view.id)
    if versions:
        return _Versions(context, view.id, versions)
    page = Scroll()
    nothing = Empty(
        "No rubric yet",
        "Three to six criteria, each with four levels worded as something one can observe. "
        "With it, applications are scored blind, question by question.",
        "Make the rubric",
        opener(context, "rubrics", project_id=view.id),
        "Take in a file…",
        _file_taker(context, view.id),
    )
    page.body.addWidget(nothing)
    return page


class _Versions(QWidget):
    def __init__(self, context: Context, project_id: str, versions: Sequence[RubricVersion]) -> None:
        super().__init__()
        self._versions = {one.id: one for one in versions}
        self._context = context
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(8)
        head = QHBoxLayout()
        head.setSpacing(8)
        self.name = Elided("", "subject")
        head.addWidget(self.name, 1)
        self.chosen = ChoiceField([(one.id, _title(one)) for one in versions])
        self.chosen.setAccessibleName("Version of the rubric")
        appear(self.chosen, len(versions) > 1)
        self.chosen.changed.connect(self._show)
        head.addWidget(button("Edit", "", opener(context, "rubrics", project_id=project_id), name="Edit the rubric"))
        more = [
            Action("Keep as a rubric of your own…", opener(context, "own_rubrics", from_project=project_id)),
            Action(""),
            Action("Save as a file…", lambda: save_as_file(self, context, version_draft(context.store, self._id()))),
            Action("Take in a file…", _file_taker(context, project_id)),
        ]
        head.addWidget(menu_button("More for the rubric", more))
        down.addLayout(head)
        down.addWidget(self.chosen)
        self.about = label("", "note", wrap=True)
        down.addWidget(self.about)
        self._scroll = Scroll(gap=12, margins=(0, 0, 8, 0))
        down.addWidget(self._scroll, 1)
        self._show()

    def _id(self) -> str:
        return str(self.chosen.value())

    def _show(self) -> None:
        self._scroll.clear()
        one = self._versions[self._id()]
        self.name.setText(one.name)
        frozen = f"{one.words}, so it is frozen" if one.codes else one.words
        self.about.setText(f"Version {one.version}: {frozen}.")
        weighted = len({criterion.view.weight for criterion in one.criteria}) > 1
        for criterion in one.criteria:
            self._scroll.body.addWidget(_criterion(criterion, weighted))
        self._scroll.body.addStretch(1)


def _title(one: RubricVersion) -> str:
    return f"Version {one.version}, in force" if one.in_force else f"Version {one.version}"


def _criterion(one: VersionCriterion, weighted: bool) -> QWidget:
    aside = [f"question {one.question}" if one.question else "the whole application"]
    if weighted:
        aside.append(f"weight {one.view.weight}")
    return WordedCriterion(one.view.name, " · ".join(aside), (one.view.hint, one.weight_why), one.view.levels)


def _file_taker(context: Context, project_id: str) -> Callable[[], None]:
    def take() -> None:
        draft = draft_from_file(context)
        if draft is not None:
            context.open_form("rubrics", project_id=project_id, from_file=draft)

    return take
