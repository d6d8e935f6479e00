"""Forms that are made: what they ask, how they look to a reader, and that they come back as they were filled in."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject, TextStringObject

from core.errors import UserError
from core.jobs import forms, returned
from core.model import Answer, Disclosure, Engagement, Form, MidCheck, SelfIdentification
from core.store import Store
from core.text import short_day
from core.work import plan, run, self_identification, sides
from core.work.brief import project_draft
from core.work.cancelling import cancel_project
from core.work.plan import QuestionDraft
from tests.core.paper import readback
from tests.support import made
from tests.support.stores import TODAY, new_store

OPENED = TODAY + timedelta(days=365)
"""When whatever was sealed can be read."""

HOSTILE = "Menu <b>&amp;</b> <img src=x> “spring” " + "long " * 30


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with new_store(tmp_path) as opened:
        yield opened


@pytest.fixture
def work(store: Store) -> str:
    row_id = made.engagement(store, made.application(store, made.project(store), made.candidate(store)))
    return run.start(store, row_id, today=TODAY)


def filled(data: bytes, values: dict[str, str]) -> bytes:
    """As a viewer stores it: the values, and of circles and squares which one is on."""
    writer, out = PdfWriter(clone_from=io.BytesIO(data)), io.BytesIO()
    for page in writer.pages:
        for reference in page.get("/Annots", ()):
            note = reference.get_object()
            parent = note["/Parent"].get_object() if "/Parent" in note else note
            name = parent.get("/T")
            if name not in values:
                continue
            value = values[name]
            if parent["/FT"] == "/Btn":
                states = [state for state in note["/AP"]["/N"] if state != "/Off"]
                wanted = NameObject("/" + value if value != "tick" else states[0])
                if wanted in states:
                    parent[NameObject("/V")] = note[NameObject("/AS")] = wanted
            else:
                parent[NameObject("/V")] = TextStringObject(value)
    writer.write(out)
    return out.getvalue()


def back(folder: Path, data: bytes, values: dict[str, str], name: str = "back.pdf") -> Path:
    path = folder / name
    path.write_bytes(filled(data, values))
    return path


def fields_of(data: bytes) -> dict[str, Any]:
    return PdfReader(io.BytesIO(data)).get_fields() or {}


@pytest.mark.parametrize("kind", sorted(forms.ABOUT))
def test_each_form_is_whole(store: Store, work: str, kind: str, tmp_path: Path) -> None:
    self_identification.set_collects(store, True, today=TODAY)
    of = {
        forms.OF_PROJECT: made.project(store, title=HOSTILE),
        forms.OF_WORK: work,
        forms.OF_PERSON: made.candidate(store, "Nguyễn Łukasz"),
    }
    row_id = of[forms.ABOUT[kind]]
    if kind == "fit_review":
        run.deliver(store, work, today=TODAY)
    one = forms.make_form(store, kind, row_id, today=TODAY)
    again = forms.make_form(store, kind, row_id, today=TODAY)
    assert (again.code, again.data) == (one.code, one.data)
    out = forms.save_form(store, one, tmp_path / "form.pdf")
    reader = PdfReader(out)
    assert one.code in readback.text(out)
    assert one.code in (reader.metadata.subject or "")  # type: ignore[union-attr]
    asked = fields_of(one.data)
    assert asked["code"]["/V"] == one.code
    with store.read() as session:
        row = session.query(Form).where(Form.code == one.code).one()
        layout: dict[str, Any] = row.layout or {}
        assert session.query(Disclosure).where(Disclosure.kind == "form").count() == 1
    assert {field["name"] for field in layout["fields"]} == set(asked) - {"code"}
    width, height = layout["size"]
    for field in layout["fields"]:
        assert asked[field["name"]].get("/TU")
        assert bool(asked[field["name"]].get("/Ff", 0) & 2) == field["required"], field["name"]
        left, bottom, right, top = field["rect"]
        assert 0 <= field["page"] < len(reader.pages)
        assert 0 < left < right < width
        assert 0 < bottom < top < height
        for value, _ in field["options"]:
            assert len(field["rects"]) == len(field["options"])
            assert value


@readback.needs_poppler
@pytest.mark.parametrize("kind", ["application", "availability"])
def test_all_its_letters_are_embedded(store: Store, kind: str, tmp_path: Path) -> None:
    row_id = made.project(store) if kind == "application" else made.candidate(store)
    out = forms.form(store, kind, row_id, tmp_path / "form.pdf", today=TODAY)
    assert all(embedded for _, embedded in readback.fonts(out))


def test_a_changed_project_makes_another_form_and_the_old_one_still_comes_back(store: Store, tmp_path: Path) -> None:
    project = made.project(store, questions=[QuestionDraft(text="How would you find doubles?")])
    first = forms.make_form(store, "application", project, today=TODAY)
    draft = project_draft(store, project)
    plan.change_project(store, project, replace(draft, fee=40_000), today=TODAY)
    assert forms.make_form(store, "application", project, today=TODAY).code == first.code
    more = [*draft.questions, QuestionDraft(text="What would you ask us?")]
    plan.change_project(store, project, replace(draft, questions=more), today=TODAY)
    assert forms.make_form(store, "application", project, today=TODAY).code != first.code
    values = {"first_name": "Ana", "last_name": "Ruiz", "email": "ana@example.edu"}
    found = returned.look(store, [back(tmp_path, first.data, values)], today=TODAY)
    assert [one.problems for one in found] == [()]


def test_an_application_goes_out_and_comes_back(store: Store, tmp_path: Path) -> None:
    project = made.project(store)
    (question,) = made.questions(store, project)
    one = forms.make_form(store, "application", project, today=TODAY)
    values = {
        "first_name": "Nguyễn", "last_name": "Łukasz", "email": "n@northfield.example.edu", "major": "Biology",
        "graduates_on": "May 2028", f"answer_{question}": "I sort by town.\nThen I compare.",
    }  # fmt: skip
    found = returned.look(store, [back(tmp_path, one.data, values)], today=TODAY)
    assert found[0].problems == ()
    returned.take_in(store, found, [], today=TODAY)
    with store.read() as session:
        assert [answer.text for answer in session.query(Answer)] == ["I sort by town.\nThen I compare."]
    store.undo()
    with store.read() as session:
        assert session.query(Answer).count() == 0


def test_half_way_and_voluntary_answers_come_back(store: Store, work: str, tmp_path: Path) -> None:
    half = forms.make_form(store, "mid_check", work, today=TODAY)
    self_identification.set_collects(store, True, today=TODAY)
    person = made.candidate(store, "Bao Tran")
    own = forms.make_form(store, "self_identification", person, today=TODAY)
    paths = [
        back(tmp_path, half.data, {"clarity": "2", "hours": "6", "in_the_way": "Łukasz"}, "half.pdf"),
        back(tmp_path, own.data, {"ethnicity": "Hispanic or Latino"}, "own.pdf"),
    ]
    found = returned.look(store, paths, today=TODAY)
    assert [one.problems for one in found] == [(), ()]
    returned.take_in(store, found, [], today=TODAY)
    with store.read() as session:
        check = session.query(MidCheck).one()
        assert (check.clarity, check.hours, check.in_the_way) == (2, 6, "Łukasz")
        assert session.query(SelfIdentification).one().answer == "Hispanic or Latino"
    assert forms.make_form(store, "mid_check", work, today=TODAY).code != half.code


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.fixed_dictionaries(
        {"overall": st.sampled_from("1234"), "interest": st.sampled_from("1234")},
        optional={
            "reflection": st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=300),
            "wants_next": st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=200),
        },
    )
)
def test_law_what_is_filled_in_is_kept(tmp_path_factory: pytest.TempPathFactory, values: dict[str, str]) -> None:
    folder = tmp_path_factory.mktemp("law")
    with new_store(folder) as store:
        work = made.engagement(store, made.application(store, made.project(store), made.candidate(store)))
        run.start(store, work, today=TODAY)
        run.deliver(store, work, today=TODAY)
        one = forms.make_form(store, "fit_review", work, today=TODAY)
        typed = sides.FitReviewDraft(
            engagement_id=work, received_on=TODAY, overall=int(values["overall"]), interest=int(values["interest"]),
            reflection=values.get("reflection", ""), wants_next=values.get("wants_next", ""),
        )  # fmt: skip
        found = returned.look(store, [back(folder, one.data, values)], today=TODAY)
        returned.take_in(store, found, [], today=TODAY)
        came = sides.fit_review_draft(store, work, today=OPENED)
        store.undo()
        sides.enter_fit_review(store, typed, today=TODAY)
        assert came == sides.fit_review_draft(store, work, today=OPENED)


def test_what_cannot_be_asked_is_said(store: Store) -> None:
    agreed = made.engagement(store, made.application(store, made.project(store), made.candidate(store)))
    nobody = made.candidate(store, "Ana Ruiz", school_name="", graduates_on=None, emails=["ana@home.example.com"])
    for kind, row_id, words in (
        ("mid_check", agreed, "has not begun"),
        ("fit_review", "gone", "no longer in the store"),
        ("consent", nobody, "has no school yet"),
        ("self_identification", nobody, "not collected here"),
        ("letter", nobody, "There is no form"),
    ):
        with pytest.raises(UserError, match=words):
            forms.make_form(store, kind, row_id, today=TODAY)
    cancelled = made.project(store)
    cancel_project(store, cancelled, "No time", today=TODAY)
    with pytest.raises(UserError, match="is cancelled"):
        forms.make_form(store, "application", cancelled, today=TODAY)


def test_a_fit_review_names_the_day_on_which_it_opens(store: Store, tmp_path: Path) -> None:
    work = made.engagement(store, made.application(store, made.project(store), made.candidate(store)))
    run.start(store, work, today=TODAY)
    with store.read() as session:
        day = session.get_one(Engagement, work).reviews_open_on
    assert day is not None
    out = forms.form(store, "fit_review", work, tmp_path / "fit.pdf", today=TODAY)
    said = " ".join(readback.text(out).split())
    assert f"before both are in, or {short_day(day)} has come." in said
