"""Forms printed smaller, on other paper, in another order or several on a page: read where they were filled in."""

from __future__ import annotations

import io
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pikepdf.form import DefaultAppearanceStreamGenerator, Form

from core.jobs.forms import make_form
from core.jobs.returned import Returned, look
from core.store import Store
from core.work import run
from core.work.plan import QuestionDraft
from tests.support import made
from tests.support.returned_forms import filled, kept
from tests.support.stores import TODAY, new_store

pytestmark = pytest.mark.allow_log  # pypdf warns of letters that it cannot draw

MINE = {"first_name": "Łukasz", "last_name": "Nguyễn", "email": "l@uic.example.edu", "hours_a_week": "8"}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with new_store(tmp_path) as opened:
        yield opened


def printed(data: bytes, folder: Path, *how: str) -> bytes:
    (folder / "given.pdf").write_bytes(data)
    command = ["pdftocairo", "-pdf", *how, str(folder / "given.pdf"), str(folder / "printed.pdf")]
    subprocess.run(command, check=True, capture_output=True)
    return (folder / "printed.pdf").read_bytes()


def laid_out(data: bytes, size: tuple[float, float], sheets: list[list[tuple[int, float, float, float]]]) -> bytes:
    """As a printer driver does it: on each sheet these pages, each scaled and moved."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as source, pikepdf.new() as target:
        for sheet in sheets:
            page = target.add_blank_page(page_size=size)
            drawn = []
            for at, scale, x, y in sheet:
                name = page.add_resource(target.copy_foreign(source.pages[at].as_form_xobject()), "/XObject")
                drawn.append(f"q {scale} 0 0 {scale} {x} {y} cm {name} Do Q")
            page.contents_add(target.make_stream(" ".join(drawn).encode()))
        target.save(out)
    return out.getvalue()


def half_way(store: Store) -> bytes:
    work = made.engagement(store, made.application(store, made.project(store), made.candidate(store)))
    run.start(store, work, today=TODAY, on=TODAY)
    values = {"clarity": "/3", "support": "/1", "hours": "12", "going_well": "All that was agreed.\nMore of it."}
    return filled(make_form(store, "mid_check", work, today=TODAY).data, values)


def said(one: Returned) -> dict[str, str]:
    return {line.words: line.value for line in one.said}


HALF_WAY = {
    "I know what is wanted of me.": "Rather yes", "I have the support that I need.": "No", "Hours so far, about": "12",
    "What goes well?": "All that was agreed.\nMore of it.",
}  # fmt: skip


@pytest.mark.parametrize("paper", ["A4", "legal", "A3"])
def test_a_form_on_other_paper_is_read_where_it_was_filled_in(store: Store, tmp_path: Path, paper: str) -> None:
    back = printed(half_way(store), tmp_path, "-paper", paper, "-expand")
    (one,) = look(store, [kept(tmp_path, "back.pdf", back)], today=TODAY)
    assert said(one) == HALF_WAY


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(scale=st.floats(0.4, 1.6), x=st.floats(-30, 60), y=st.floats(-30, 60))
def test_law_any_scale_and_place_gives_the_same_answers(
    tmp_path_factory: pytest.TempPathFactory, scale: float, x: float, y: float
) -> None:
    folder = tmp_path_factory.mktemp("law")
    with new_store(folder) as store:
        flat = printed(half_way(store), folder)
        back = laid_out(flat, (612, 792), [[(0, round(scale, 4), round(x, 2), round(y, 2))]])
        (one,) = look(store, [kept(folder, "back.pdf", back)], today=TODAY)
        assert said(one) == HALF_WAY


def applied(store: Store, tmp_path: Path) -> bytes:
    questions = [QuestionDraft(text=f"Question {at}: how would you do it, and what first?") for at in range(4)]
    project = made.project(store, questions=questions)
    blank = make_form(store, "application", project, today=TODAY)
    ids = made.questions(store, project)
    words = MINE | {f"answer_{row_id}": f"Answer {at}" for at, row_id in enumerate(ids)}
    return printed(filled(blank.data, words), tmp_path)


def test_pages_in_another_order_are_read_and_a_missing_one_is_said(store: Store, tmp_path: Path) -> None:
    flat = applied(store, tmp_path)
    with pikepdf.open(io.BytesIO(flat)) as opened:
        assert len(opened.pages) == 2
    whole = said(look(store, [kept(tmp_path, "whole.pdf", flat)], today=TODAY)[0])
    assert whole["Question 3: how would you do it, and what first?"] == "Answer 3"
    turned = laid_out(flat, (612, 792), [[(1, 1, 0, 0)], [(0, 0.9, 20, 20)]])
    (one,) = look(store, [kept(tmp_path, "turned.pdf", turned)], today=TODAY)
    assert said(one) == whole
    first = laid_out(flat, (612, 792), [[(0, 0.9, 20, 20)]])
    (one,) = look(store, [kept(tmp_path, "first.pdf", first)], today=TODAY)
    assert said(one).items() < whole.items()
    assert "Page 2 is not in it." in one.notes


def test_what_cannot_be_told_is_said_and_nothing_is_proposed(store: Store, tmp_path: Path) -> None:
    flat = applied(store, tmp_path)
    beside = laid_out(flat, (792, 612), [[(0, 0.6, 10, 40), (1, 0.6, 400, 40)]])
    (one,) = look(store, [kept(tmp_path, "two on one.pdf", beside)], today=TODAY)
    assert one.problems[0].startswith("Several of its pages were printed on one")
    above = laid_out(flat, (612, 792), [[(0, 0.45, 10, 400), (1, 0.45, 10, 10)]])
    (one,) = look(store, [kept(tmp_path, "above.pdf", above)], today=TODAY)
    assert one.problems[0].startswith("Several of its pages were printed on one")
    assert one.said == ()


def test_letters_that_a_flattened_form_does_not_tell_are_left_out(store: Store, tmp_path: Path) -> None:
    blank = make_form(store, "application", made.project(store), today=TODAY).data
    drawn, flat = io.BytesIO(), io.BytesIO()
    with pikepdf.open(io.BytesIO(blank)) as opened:
        form = Form(opened, DefaultAppearanceStreamGenerator)
        form["first_name"].value = "Nguyen"
        opened.save(drawn)
    with pikepdf.open(drawn) as opened:
        opened.flatten_annotations()
        opened.save(flat)
    (kept_whole,) = look(store, [kept(tmp_path, "drawn.pdf", drawn.getvalue())], today=TODAY)
    assert said(kept_whole)["First name"] == "Nguyen"
    (one,) = look(store, [kept(tmp_path, "flat.pdf", flat.getvalue())], today=TODAY)
    assert one.said == ()
    assert "Nothing is filled in on it." in one.problems
    assert any("“First name” is drawn with other letters than it says" in words for words in one.problems)
