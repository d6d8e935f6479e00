"""What a form says and asks, how its fields look, and where each answer ends up."""

from __future__ import annotations

import io
import os
import subprocess
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfReader

from core.errors import UserError
from core.jobs import forms, packs
from core.jobs.returned import Returned, look, take_in
from core.model import Application, Candidate, Form, SelfIdentification
from core.store import Store
from core.work import office, rubrics, run, self_identification
from core.work.brief import MilestoneDraft
from core.work.office import ColleagueDraft
from core.work.plan import QuestionDraft
from core.work.select import ApplicationDraft, record_application
from tests.core.paper import readback
from tests.support import made
from tests.support.returned_forms import filled, kept
from tests.support.stores import TODAY, new_store

WHO = {"first_name": "Bao", "last_name": "Tran", "email": "bao@uic.example.edu"}
pytestmark = pytest.mark.allow_log  # pypdf warns of letters that it cannot draw


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with new_store(tmp_path) as opened:
        yield opened


def back(store: Store, tmp_path: Path, one: forms.Made, values: dict[str, str], name: str = "back.pdf") -> Returned:
    return look(store, [kept(tmp_path, name, filled(one.data, values))], today=TODAY)[0]


def fields_of(store: Store, one: forms.Made) -> dict[str, dict[str, Any]]:
    with store.read() as session:
        layout: dict[str, Any] = session.query(Form).where(Form.code == one.code).one().layout or {}
        return {field["name"]: field for field in layout["fields"]}


def test_who_applies_reads_what_the_work_is(store: Store, tmp_path: Path) -> None:
    project = made.project(
        store, summary="Sort 900 pictures.", why_it_matters="Nobody finds any.", eligibility="Any school",
        milestones=[MilestoneDraft(text="A naming rule"), MilestoneDraft(text="All of them named")],
    )  # fmt: skip
    said = readback.text(forms.form(store, "application", project, tmp_path / "form.pdf", today=TODAY))
    for words in ("Sort 900 pictures.", "Nobody finds any.", "What you would hand in", "A naming rule",
                  "All of them named", "Who may apply: Any school"):  # fmt: skip
        assert words in said


def test_hours_a_week_and_how_they_heard_of_it_are_kept(store: Store, tmp_path: Path) -> None:
    one = forms.make_form(store, "application", made.project(store), today=TODAY)
    found = back(store, tmp_path, one, WHO | {"hours_a_week": "8", "source": "My professor"})
    take_in(store, [found], today=TODAY)
    with store.read() as session:
        person, application = session.query(Candidate).one(), session.query(Application).one()
        assert (person.hours_a_week, person.source, application.source) == (8, "My professor", "My professor")


def test_hours_that_are_no_number_turn_nobody_away(store: Store, tmp_path: Path) -> None:
    one = forms.make_form(store, "application", made.project(store), today=TODAY)
    for hours in ("8-9", "99"):
        found = back(store, tmp_path, one, WHO | {"hours_a_week": hours})
        assert found.problems == ()
        assert found.notes[0] == f"Hours a week are left out: “{hours}” is no number from 0 to 80."
    take_in(store, [found], today=TODAY)
    with store.read() as session:
        assert (session.query(Candidate).one().hours_a_week, session.query(Application).one().source) == (None, "Form")


def test_one_that_cannot_be_read_stops_no_other(store: Store, tmp_path: Path) -> None:
    person, other = made.candidate(store), made.candidate(store, "Bao Tran")
    wrong = filled(forms.make_form(store, "availability", person, today=TODAY).data, {"off_1_from": "in spring"})
    right = filled(forms.make_form(store, "availability", other, today=TODAY).data, {"hours_a_week": "8"})
    paths = [kept(tmp_path, "wrong.pdf", wrong), kept(tmp_path, "right.pdf", right)]
    first, second = look(store, paths, today=TODAY)
    assert first.problems[0].startswith("“in spring” is no day that can be read.")
    assert second.takes


def test_rather_not_saying_is_kept_like_no_answer_and_takes_back_an_earlier_one(store: Store, tmp_path: Path) -> None:
    self_identification.set_collects(store, True, today=TODAY)
    person = made.candidate(store)

    def answered(values: dict[str, str], name: str) -> list[tuple[str, str]]:
        one = forms.make_form(store, "self_identification", person, today=TODAY)
        found = back(store, tmp_path, one, values, name)
        take_in(store, [found], [found.sha256], today=TODAY)
        with store.read() as session:
            return [(row.question, row.answer) for row in session.query(SelfIdentification)]

    assert answered({"gender": "/Woman", "disability": "/rather_not"}, "one.pdf") == [("gender", "Woman")]
    assert answered({"gender": "/rather_not"}, "two.pdf") == []


def test_the_boxes_of_a_row_and_their_words_stand_at_one_height(store: Store) -> None:
    one = forms.make_form(store, "availability", made.candidate(store), today=TODAY)
    fields = fields_of(store, one)
    for at in range(1, 5):
        assert fields[f"off_{at}_from"]["rect"][1::2] == fields[f"off_{at}_to"]["rect"][1::2]
    heights: dict[str, float] = {}

    def heard(text: str, _cm: object, tm: list[float], *_: object) -> None:
        heights.setdefault(text.strip(), tm[5])

    PdfReader(io.BytesIO(one.data)).pages[0].extract_text(visitor_text=heard)
    assert heights["Away from (1)"] == pytest.approx(heights["to (1)"], abs=0.1)


@readback.needs_poppler
def test_a_circle_stands_in_the_middle_of_its_place(store: Store, tmp_path: Path) -> None:
    work = made.engagement(store, made.application(store, made.project(store), made.candidate(store)))
    run.start(store, work, today=TODAY, on=TODAY)
    one = forms.make_form(store, "mid_check", work, today=TODAY)
    (tmp_path / "form.pdf").write_bytes(one.data)
    dots = 4
    command: list[str | Path] = [
        "pdftoppm",
        "-r",
        str(72 * dots),
        "-gray",
        "-png",
        "-singlefile",
        tmp_path / "form.pdf",
        tmp_path / "page",
    ]
    subprocess.run(command, check=True, capture_output=True)
    page = Image.open(tmp_path / "page.png")
    for left, bottom, right, top in fields_of(store, one)["clarity"]["rects"]:
        place = page.crop((round(left * dots), page.height - round(top * dots),
                           round(right * dots), page.height - round(bottom * dots)))  # fmt: skip
        box = place.point(lambda grey: 255 if grey < 190 else 0).getbbox()
        assert box is not None
        assert (box[0] + box[2]) / 2 == pytest.approx(place.width / 2, abs=2)
        assert (box[1] + box[3]) / 2 == pytest.approx(place.height / 2, abs=2)
        assert box[2] - box[0] > 0.8 * place.width


@pytest.mark.parametrize("questions", [1, 2, 3])
def test_questions_that_fit_a_page_stand_on_one(store: Store, questions: int) -> None:
    asked = [QuestionDraft(text=f"How would you begin, {at}?") for at in range(questions)]
    fields = fields_of(store, forms.make_form(store, "application", made.project(store, questions=asked), today=TODAY))
    assert len({field["page"] for name, field in fields.items() if name.startswith("answer_")}) == 1


def test_what_is_no_form_is_said_in_its_own_words(store: Store, tmp_path: Path) -> None:
    blank = forms.make_form(store, "availability", made.candidate(store), today=TODAY).data
    zipped = tmp_path / "forms.pdf"
    with zipfile.ZipFile(zipped, "w") as archive:
        archive.writestr("form.pdf", filled(blank, {"hours_a_week": "8"}))
    (one,) = look(store, [zipped], today=TODAY)
    assert one.problems == (
        "It is no PDF but an archive (ZIP) or another program's document. Take in the PDF files that are in it.",
    )


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with names")
def test_a_pipe_is_not_waited_for(store: Store, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.pdf")
    (one,) = look(store, [tmp_path / "pipe.pdf"], today=TODAY)
    assert one.problems == ("It is no file that can be read. Choose the form itself.",)


def test_a_form_with_more_pages_than_come_back_is_not_made(store: Store) -> None:
    asked = [QuestionDraft(text=f"How would you begin, {at}? " + "And what then? " * 100) for at in range(950)]
    project = made.project(store, questions=asked)
    with pytest.raises(UserError, match="a form that comes back has at most 300"):
        forms.make_form(store, "application", project, today=TODAY)


def test_in_a_pack_a_level_and_what_shows_it_stand_on_one_page(store: Store) -> None:
    project = made.project(store, questions=[QuestionDraft(text="What would you do first?")])
    (question,) = made.questions(store, project)
    rubric = rubrics.ready_made()["general"]
    criteria = [replace(one, question_id=question) for one in rubric.criteria[:3]]
    rubrics.set_rubric(store, project, replace(rubric, criteria=criteria), today=TODAY)
    for at in range(6):
        person = made.candidate(store, f"Person{at} Example")
        answers = {question: "I would sort them by hand. " * (5 * at + 1)}
        record_application(
            store, ApplicationDraft(project_id=project, candidate_id=person, answers=answers), today=TODAY
        )
    ben = office.add_colleague(store, ColleagueDraft(name="Ben Ortiz", role="rater"), today=TODAY)
    fields = fields_of(store, packs.make_pack(store, project, ben, today=TODAY))
    levels = {name: field["page"] for name, field in fields.items() if name.startswith(packs.LEVEL)}
    assert len(set(levels.values())) > 2
    assert all(fields[name.replace(packs.LEVEL, packs.EVIDENCE, 1)]["page"] == page for name, page in levels.items())


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(lines=st.integers(0, 40), questions=st.integers(0, 3))
def test_law_each_field_lies_where_its_layout_says(store: Store, lines: int, questions: int) -> None:
    """Also of a form that is a line too long for its page, and is laid out again."""
    asked = [QuestionDraft(text=f"How would you begin, {at}?") for at in range(questions)]
    project = made.project(store, questions=asked, why_it_matters="A reason.\n" * lines)
    one = forms.make_form(store, "application", project, today=TODAY)
    there: dict[str, tuple[int, list[float]]] = {}
    for at, drawn in enumerate(PdfReader(io.BytesIO(one.data)).pages):
        for note in drawn.get("/Annots", ()):
            field = note.get_object()
            there[str(field.get("/T"))] = (at, [float(side) for side in field["/Rect"]])
    for name, field in fields_of(store, one).items():
        page, rect = there[name]
        assert field["page"] == page
        assert field["rect"] == pytest.approx(rect, abs=0.02)
