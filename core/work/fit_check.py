"""The answers to "a project or an ongoing job?" are kept with the project; whatever they are, nothing is forbidden."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from core import fit
from core.errors import FieldErrors
from core.model import Project
from core.store import Label, Store
from core.work.checks import find


def answer_fit_check(store: Store, project_id: str, answers: Mapping[str, str | None], *, today: date) -> str:
    """`answers`: question to answer, keys of `core.fit.QUESTIONS`; None is not answered. Returns the project's id."""
    wrong = fit.unknown(answers)
    if wrong:
        raise FieldErrors(dict.fromkeys(wrong, "That is none of the answers. Choose one of the list."))
    kept = fit.kept(answers, today)
    if kept is None:
        raise FieldErrors({fit.QUESTIONS[0].key: "Answer at least one of the questions."})
    with store.change(Label.FIT_CHECKED, ("projects", project_id)) as session:
        find(session, Project, project_id, "project").fit_check = kept
    return project_id


def fit_answers(store: Store, project_id: str) -> dict[str, str]:
    """Question to answer, as they are kept; empty where nothing was asked yet."""
    with store.read() as session:
        return fit.picked(find(session, Project, project_id, "project").fit_check)
