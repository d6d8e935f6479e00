"""The sample program: one year of an invented print shop, counted back from a given day."""

from __future__ import annotations

from datetime import date

from core.jobs.sample_days import Days
from core.jobs.sample_files import lay_files
from core.jobs.sample_letters import lay_letters, lay_sent
from core.jobs.sample_people import Made, people, schools, shop
from core.jobs.sample_persons import lay_persons
from core.jobs.sample_programs import lay_program
from core.jobs.sample_projects import lay_applications, lay_project, lay_to_dos, projects
from core.jobs.sample_stages import lay_stages
from core.jobs.sample_warm import lay_warm
from core.jobs.sample_words import lay_words
from core.jobs.sample_work import lay_offers
from core.store import Label, Store


def fill(store: Store, today: date) -> None:
    """Lay the sample program into a new store, as one change that undo goes no further back than.

    Everything but the owner's and employer's row has the same id each time; the same day gives the same rows.
    """
    with store.change(Label.SAMPLE_MADE, barrier=True) as session:
        made = Made(Days(today))
        shop(session, made)
        schools(session, made)
        people(session, made)
        lay_words(session, made)
        lay_persons(session, made)
        lay_files(session, made)
        briefs = projects()
        for key, item in briefs.items():
            lay_project(session, made, key, item)
        lay_to_dos(session, made)
        lay_applications(session, made, briefs)
        lay_stages(session, made)
        lay_offers(session, made, briefs)
        lay_warm(session, made)
        lay_program(session, made)
        lay_letters(session)
        lay_sent(store, session)
