"""The forms that go out, filled in by other programs, printed, or scanned, and known again when they come back."""

from __future__ import annotations

import io
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from core.exchange.returned import read_form
from core.jobs.form_parts import PURPOSES, RECORDS
from core.jobs.forms import Made, make_form
from core.jobs.returned import Returned, look, take_in
from core.jobs.returned_person import ANSWER
from core.store import Store
from core.work import run, sides
from core.work.sides import WorkEvaluationDraft
from tests.support import made
from tests.support.returned_forms import filled, kept
from tests.support.stores import TODAY, new_store
from tests.support.tables import tables

WORDS = {
    "mid_check": {"clarity": "/3", "hours": "12", "going_well": "All that was agreed.\nMore of it."},
    "fit_review": {"overall": "/4", "interest": "/2", "wants_next": "Another menu"},
    "application": {"first_name": "Łukasz", "last_name": "Nguyễn", "email": "l@uic.example.edu", "school_name": "UIC"},
    "availability": {"free_2": "/Yes", "hours_a_week": "8", "off_1_from": "14 March 2027", "off_1_to": "20 March 2027"},
    "consent": {"records": f"/{RECORDS[0]}", "purpose": f"/{PURPOSES[0]}", "signed": "Ada Lovelace",
                "signed_on": "20 Nov 2026"},
}  # fmt: skip
SAID = {
    "mid_check": [("I know what is wanted of me.", "Rather yes"), ("Hours so far, about", "12"),
                  ("What goes well?", "All that was agreed.\nMore of it.")],
    "fit_review": [("All in all, it was worth my time.", "Yes"),
                   ("I would be interested in a role here later.", "Rather not"),
                   ("What would you like to do next?", "Another menu")],
    "application": [("First name", "Łukasz"), ("Last name", "Nguyễn"), ("E-mail", "l@uic.example.edu"),
                    ("College or university", "UIC")],
    "availability": [("When they are free", "Mon evenings, 8 hours a week. Not 14 to 20 March.")],
    "consent": [("Which records", RECORDS[0]), ("What for", PURPOSES[0]), ("Signed: your full name", "Ada Lovelace"),
                ("On", "20 Nov 2026")],
}  # fmt: skip


class Desk:
    def __init__(self, folder: Path, store: Store) -> None:
        self.folder, self.store = folder, store
        self.project, self.person = made.project(store), made.candidate(store)
        self.work = made.engagement(store, made.application(store, self.project, self.person))
        run.start(store, self.work, today=TODAY, on=TODAY)

    def make(self, kind: str) -> Made:
        of = {"application": self.project, "mid_check": self.work, "fit_review": self.work}.get(kind, self.person)
        if kind == "fit_review":
            run.deliver(self.store, self.work, today=TODAY)
            view = WorkEvaluationDraft(engagement_id=self.work, rater_id=self.store.me, overall=3)
            sides.evaluate_work(self.store, view, today=TODAY)
        return make_form(self.store, kind, of, today=TODAY)

    def look(self, data: bytes) -> Returned:
        return look(self.store, [kept(self.folder, "back.pdf", data)], today=TODAY)[0]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with new_store(tmp_path) as store:
        yield Desk(tmp_path, store)


def flattened(data: bytes, folder: Path) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as opened:
        opened.flatten_annotations()
        opened.save(out)
    return out.getvalue()


def printed(data: bytes, folder: Path) -> bytes:
    given, came = folder / "given.pdf", folder / "printed.pdf"
    given.write_bytes(data)
    subprocess.run(["pdftocairo", "-pdf", given, came], check=True, capture_output=True)
    return came.read_bytes()


def scanned(data: bytes, folder: Path) -> bytes:
    given, page = folder / "given.pdf", folder / "page"
    given.write_bytes(data)
    subprocess.run(["pdftocairo", "-jpeg", "-r", "120", "-singlefile", given, page], check=True, capture_output=True)
    out = io.BytesIO()
    Image.open(page.with_suffix(".jpg")).save(out, "PDF", resolution=120)
    return out.getvalue()


@pytest.mark.allow_log  # pypdf warns of letters that it cannot draw
@pytest.mark.parametrize("kind", WORDS)
def test_each_form_is_known_and_read_however_it_comes_back(desk: Desk, kind: str, tmp_path: Path) -> None:
    back = filled(desk.make(kind).data, WORDS[kind])
    for way in (lambda data, _: data, flattened, printed):
        found = desk.look(way(back, tmp_path))
        assert found.problems == ()
        assert [(line.words, line.value) for line in found.said] == SAID[kind]
        assert found.look.startswith("It was printed to PDF") == (way in (flattened, printed))
    scan = desk.look(scanned(back, tmp_path))
    assert scan.problems[0].startswith("It is a scan: its code says that it is the form “")
    taken = desk.look(back)
    take_in(desk.store, [taken], today=TODAY)
    assert len(tables(desk.store)["form_returns"]) == 1


def test_what_was_cut_off_by_printing_is_said(desk: Desk, tmp_path: Path) -> None:
    words = "far more than stands in one line of a field that does not break its lines, " * 4
    back = printed(filled(desk.make("mid_check").data, {"going_well": words}), tmp_path)
    assert "What is written under “What goes well?” may be cut off." in desk.look(back).notes


_ANY = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufeff\ufffe\uffff"), max_size=80)


def test_an_answer_goes_to_its_question_and_is_not_shown_beside_the_name(desk: Desk) -> None:
    (question,) = made.questions(desk.store, desk.project)
    words = {"first_name": "Bao", "email": "bao@uic.example.edu", f"{ANSWER}{question}": "I would sort"}
    found = desk.look(filled(desk.make("application").data, words))
    assert "I would sort" not in str(found.said)
    take_in(desk.store, [found], today=TODAY)
    (row,) = tables(desk.store)["answers"].values()
    assert (row["question_id"], row["text"]) == (question, "I would sort")


@pytest.mark.allow_log  # pypdf warns that it cannot draw what it stores
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(line=_ANY, many=st.lists(_ANY, min_size=1, max_size=3), mark=st.integers(1, 4))
def test_what_goes_in_comes_out(desk: Desk, line: str, many: list[str], mark: int) -> None:
    blank = desk.make("mid_check").data
    wanted = {"hours": line, "going_well": "\n".join(many), "clarity": str(mark)}
    came = read_form(filled(blank, {**wanted, "clarity": f"/{mark}"}))
    assert {name: came.values[name] for name in wanted} == wanted
