"""A page's history, as shown while a project is rated by codes."""

from __future__ import annotations

import re

from PySide6.QtWidgets import QLabel, QWidget

from core.model import Application
from core.work import select
from tests.core.insight.build import Build
from tests.support.stores import TODAY
from ui.app import App
from ui.places.history import history_page


def words(page: QWidget) -> str:
    return "\n".join(one.text() for one in page.findChildren(QLabel))


def test_the_history_of_a_person_or_project_ties_no_name_to_a_code(app: App) -> None:
    store, build = app.store, Build(app.store)
    project, person = build.project("Menu"), build.person("Zoë Quist")
    build.rubric(project, 1)
    draft = select.ApplicationDraft(project_id=project, candidate_id=person, source="A fair", applied_on=TODAY)
    application = select.record_application(store, draft, today=TODAY)
    select.not_select(store, application, today=TODAY, reason="Zoe was late")
    with store.read() as session:
        code = session.get_one(Application, application).code
    of_person = words(history_page(app.context, "candidates", person))
    of_project = words(history_page(app.context, "projects", project))
    for page in (of_person, of_project):
        assert "Recorded an application" in page
        assert not re.search(rf"\b{code}\b", page)
        assert "Zoe was late" not in page
    assert "Source: A fair" in of_person
    assert "A fair" not in of_project
    assert "not_selected" not in of_person
