"""What a person can do: skills with level and evidence, and the languages they speak."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from core.insight.person import CandidateView
from core.insight.person_rows import SkillRow
from ui.context import Context
from ui.places.actions import opener
from ui.widgets.panel import Heading, Line, Scroll
from ui.widgets.text import button, label


def count(_context: Context, view: CandidateView) -> int:
    return len(view.skills)


def page(context: Context, view: CandidateView) -> QWidget:
    scroll = Scroll(gap=8)
    for place, skill in enumerate(view.skills):
        if place:
            scroll.body.addWidget(Line())
        _skill(scroll, skill)
    if not view.skills:
        words = "No skills noted yet. Add them with how well they are mastered, and by what you know it."
        scroll.body.addWidget(label(words, "muted", wrap=True))
    if view.languages:
        scroll.body.addSpacing(8)
        scroll.body.addWidget(Heading("Languages"))
        for one in view.languages:
            scroll.body.addWidget(_pair(one.language, one.level_words or "level not asked"))
    scroll.body.addSpacing(4)
    row = QHBoxLayout()
    edit = opener(context, "candidates", view.id, focus="skills")
    row.addWidget(button("Edit the skills" if view.skills else "Add skills", "", edit))
    row.addStretch(1)
    scroll.body.addLayout(row)
    scroll.body.addStretch(1)
    return scroll


def _skill(scroll: Scroll, skill: SkillRow) -> None:
    level = f"level {skill.level} of 4 · {skill.level_words}" if skill.level else "level not known"
    scroll.body.addWidget(_pair(skill.name, level))
    words = skill.evidence or "No evidence noted."
    scroll.body.addWidget(label(words, "muted" if skill.evidence else "note", wrap=True))


def _pair(name: str, words: str) -> QWidget:
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(12)
    row.addWidget(label(name, "subject", wrap=True), 1)
    row.addWidget(label(words, "note", wrap=True), 1)
    return made
