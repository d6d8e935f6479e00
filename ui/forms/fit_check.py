"""A project or an ongoing job? Six questions, with words for what the answers mean as one gives them."""

from __future__ import annotations

from typing import Any

from core import fit
from core.work.fit_check import answer_fit_check, fit_answers
from ui.context import Context
from ui.forms.base import NounForm
from ui.forms.project_fields import fit_choice
from ui.widgets.notice import Notice
from ui.widgets.text import appear, label


class FitCheckForm(NounForm):
    width_wanted = 560
    labels = 0

    def __init__(self, context: Context, project_id: str, **_: object) -> None:
        super().__init__(context, "A project or an ongoing job?", "fit_check", project_id, "Keep the answers")
        self.note_words = "The answers stay with the project. They warn and forbid nothing."
        for one in fit.QUESTIONS:
            self.form.tall(one.key, one.asks, fit_choice(one))
        self._words, self._cautions = label("", "subject", wrap=True), Notice()
        for part in (self._words, self._cautions):
            self.form.across(part)
        self.form.changed.connect(lambda _key: self._say())
        self.begin({one.key: None for one in fit.QUESTIONS} | fit_answers(context.store, project_id))
        self._say()

    def _say(self) -> None:
        found = fit.judge(fit.kept(self.form.values(), self.context.today()))
        self._words.setText(found.words)
        appear(self._words, bool(found.answers))
        self._cautions.say("\n".join(found.cautions))

    def save(self, values: dict[str, Any], reason: str) -> str:
        return answer_fit_check(self.context.store, self.row_id or "", values, today=self.context.today())
