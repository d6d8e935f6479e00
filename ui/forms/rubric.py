"""A rubric: three to six criteria, each level worded as something one can observe. A project's, or one of one's own."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from core.insight.rubrics import other_rubrics, rubric_versions
from core.text import plural
from core.work import own_rubrics as own
from core.work.brief import project_draft
from core.work.rubrics import (
    FEWEST,
    MOST,
    CriterionDraft,
    RubricDraft,
    copied_draft,
    ready_made,
    rubric_draft,
    set_rubric,
)
from ui.context import Context
from ui.forms.base import NounForm
from ui.forms.criteria_field import CriteriaField
from ui.forms.criteria_library import CriteriaLibrary
from ui.forms.fields import typed
from ui.widgets.fields import ChoiceField

_KINDS = {"any": "For any task", "competency": "Competency", "skill": "Skill", "own": "Yours"}


class _Builder(NounForm):
    """What both have: a rubric to copy from, its name, its criteria, and the library below them."""

    width_wanted = 940

    def lay(self, questions: list[tuple[Any, str]], project_id: str | None) -> None:
        store, form = self.context.store, self.form
        shelf = list(own.shelf(store).values())
        self._sources = {f"shelf {one.key}": one.draft for one in shelf}
        offered = [(f"shelf {one.key}", f"{_KINDS[one.kind]}: {one.draft.name}") for one in shelf]
        others = [
            (f"project {one.project_id}", f"{one.number} {one.title}: {one.name}")
            for one in other_rubrics(store, project_id)
        ]
        self._project_id = project_id
        self._before: dict[str, Any] | None = None
        begin_with = ChoiceField([(None, "Nothing: what stands below"), *offered, *others])
        form.row("begin_with", "Copy from", begin_with)
        begin_with.changed.connect(lambda: self._take(begin_with.value()))
        form.row("name", "Name", typed())
        self.criteria = CriteriaField(questions, FEWEST, MOST)
        form.tall("criteria", "Criteria", self.criteria)
        self.library = CriteriaLibrary(shelf, self._pick, self.criteria.names, self.criteria.is_full)
        form.across(self.library)
        self.criteria.changed.connect(self.library.again)

    def show_draft(self, draft: RubricDraft) -> None:
        self.begin(_shown(draft))
        self.library.again()

    def _pick(self, criterion: CriterionDraft) -> None:
        self.criteria.take(asdict(criterion))

    def _take(self, source: str | None) -> None:
        """What stood there before comes back with "Nothing"."""
        if self._before is None:
            self._before = {"name": self.form.values()["name"], "criteria": self.criteria.value()}
        if source is None:
            values, self._before = self._before, None
        else:
            values = _shown(self._source(source))
        self.form.set_values({**values, "begin_with": source})
        self.library.again()

    def _source(self, source: str) -> RubricDraft:
        kind, _, key = source.partition(" ")
        if kind == "shelf":
            return own.plain(self._sources[source])
        draft = copied_draft(self.context.store, key, self._project_id or "")
        return draft if self._project_id else own.plain(draft)

    @staticmethod
    def draft_of(values: dict[str, Any]) -> RubricDraft:
        return RubricDraft(name=values["name"], criteria=[CriterionDraft(**one) for one in values["criteria"]])


class RubricForm(_Builder):
    """A project's. One that has been scored is frozen: saving makes its next version.

    `from_file`: what a file says, in place of what the project has.
    """

    def __init__(
        self, context: Context, project_id: str = "", from_file: RubricDraft | None = None, **_: object
    ) -> None:
        super().__init__(context, "Rubric", "rubrics", project_id)
        store, brief = context.store, project_draft(context.store, project_id)
        versions = rubric_versions(store, project_id)
        self.note_words = _note(versions[0].version, versions[0].codes) if versions else ""
        questions = [
            (None, "The whole application"),
            *((q.id, f"{n}. {q.text}"[:60]) for n, q in enumerate(brief.questions, 1)),
        ]
        self.lay(questions, project_id)
        if from_file is not None:
            # What was typed for another must not stand over what a file says.
            self.draft_key += f" {from_file.name}"
        self.show_draft(from_file or rubric_draft(store, project_id) or ready_made()["general"])

    def save(self, values: dict[str, Any], reason: str) -> str:
        draft = self.draft_of(values)
        return set_rubric(self.context.store, self._project_id or "", draft, today=self.context.today())


class OwnRubricForm(_Builder):
    """One of one's own, to start from. `row_id`: its key, or a ready-made one's, which stays as it is.

    A new one begins with a project's (`from_project`), a file's (`from_file`) or empty criteria.
    """

    def __init__(
        self,
        context: Context,
        row_id: str | None = None,
        from_project: str = "",
        from_file: RubricDraft | None = None,
        **_: object,
    ) -> None:
        mine = row_id is not None and own.shelved(context.store, row_id).kind == "own"
        super().__init__(context, "Rubric of your own", "own_rubrics", row_id)
        self.note_words = "To start from in any project. Projects that took it keep theirs as it was."
        self._key = row_id if mine else None
        self.lay([], None)
        if row_id is not None:
            draft = own.shelved(context.store, row_id).draft
            draft = draft if mine else RubricDraft(name=f"Our {draft.name[:1].lower()}{draft.name[1:]}",
                                                   criteria=draft.criteria)  # fmt: skip
        elif from_project:
            draft = own.plain(rubric_draft(context.store, from_project) or RubricDraft())
            self.draft_key += f" {from_project}"
        else:
            draft = from_file or RubricDraft(criteria=[CriterionDraft()] * FEWEST)
            self.draft_key += f" {from_file.name}" if from_file else ""
        self.show_draft(draft)

    def save(self, values: dict[str, Any], reason: str) -> str:
        draft = self.draft_of(values)
        return own.keep_rubric(self.context.store, draft, self._key, today=self.context.today())


def _shown(draft: RubricDraft) -> dict[str, Any]:
    return {"name": draft.name, "criteria": [asdict(one) for one in draft.criteria]}


def _note(version: int, codes: tuple[str, ...]) -> str:
    if not codes:
        return f"Version {version}. Once a score stands on it, it is frozen, and a change makes the next version."
    count = plural(len(codes), "application")
    return f"Version {version} is frozen: {count} scored on it. Saving a change makes version {version + 1}."
