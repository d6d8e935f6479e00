"""Forms that come back: known by their code, shown beside what is there, taken in as one change, undone as one."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pikepdf
import pytest

from core.errors import UserError
from core.insight.told import told
from core.jobs.returned import Returned, chosen, look, summary, take_in
from core.store import Store
from core.work import gather, run, self_identification, sides
from core.work.sides import WorkEvaluationDraft
from tests.support import hostile_forms, made
from tests.support.files import pdf
from tests.support.returned_forms import APART, CONSENT, FIT, MID, TIME, applying, filled, form, kept
from tests.support.stores import TODAY, new_store
from tests.support.tables import tables

DUE = TODAY + timedelta(days=34)
FIT_SAID = {"overall": "/4", "clarity": "/2", "reflection": "The brief came late."}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with new_store(tmp_path) as made_anew:
        yield made_anew


def work(store: Store, *, delivered: bool = True) -> str:
    engagement = made.engagement(store, made.application(store, made.project(store), made.candidate(store)))
    run.start(store, engagement, today=TODAY, on=TODAY)
    if delivered:
        run.deliver(store, engagement, today=TODAY)
    return engagement


def our_view(store: Store, engagement: str) -> None:
    draft = WorkEvaluationDraft(engagement_id=engagement, rater_id=store.me, overall=3)
    sides.evaluate_work(store, draft, today=TODAY)


def printed(data: bytes) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as opened:
        opened.flatten_annotations()
        opened.save(out)
    return out.getvalue()


def one(store: Store, path: Path) -> Returned:
    return look(store, [path], today=TODAY)[0]


def said(found: Returned) -> dict[str, str]:
    return {line.words: line.value for line in found.said}


# --- each kind --------------------------------------------------------------------------------------------------------


def test_a_half_way_check_is_shown_and_taken_in_with_its_file(store: Store, tmp_path: Path) -> None:
    engagement = work(store, delivered=False)
    data, form_id = form(store, "mid_check", MID, engagement_id=engagement)
    path = kept(tmp_path, "mid.pdf", filled(data, {"clarity": "/3", "hours": "6"}))
    before = tables(store)
    found = one(store, path)
    assert tables(store) == before, "looking writes nothing"
    assert (found.what, found.whose, found.takes, found.look) == ("Half-way check", "Ada Lovelace", True, "")
    assert "Clean the mailing list" in found.about
    assert said(found) == {"Clear brief": "3 of 4", "Hours so far": "6"}
    take_in(store, [found], today=TODAY)
    draft = sides.mid_check_draft(store, engagement)
    assert (draft.clarity, draft.hours, draft.received_on) == (3, 6, TODAY)
    rows = tables(store)
    (document,) = rows["documents"].values()
    assert (document["noun"], document["owner_id"], document["name"]) == ("engagements", engagement, "mid.pdf")
    (came,) = rows["form_returns"].values()
    assert (came["form_id"], came["sha256"]) == (form_id, found.sha256)


def test_a_fit_review_stays_sealed_until_our_own_view_is_in(store: Store, tmp_path: Path) -> None:
    engagement = work(store)
    data, _ = form(store, "fit_review", FIT, engagement_id=engagement)
    path = kept(tmp_path, "fit.pdf", filled(data, FIT_SAID))
    on_paper = kept(tmp_path, "printed.pdf", printed(filled(data, FIT_SAID)))
    found, sealed = look(store, [path, on_paper], today=TODAY)
    assert found.takes
    assert found.said == ()
    assert "not shown before" in " ".join(found.notes)
    odd = one(store, kept(tmp_path, "odd.pdf", set_values(data, {"overall": "Terrible", "clarity": "2"})))
    assert "Terrible" not in str((odd.said, odd.notes, odd.problems))
    assert not sealed.takes
    assert "stays sealed" in sealed.problems[0]
    take_in(store, [found], today=TODAY)
    assert sides.fit_review_draft(store, engagement, today=DUE + timedelta(days=21)).overall == 4
    assert tables(store)["documents"] == {}, "the file would open what is sealed"


def test_a_fit_review_is_shown_once_the_day_has_come_that_was_named(store: Store, tmp_path: Path) -> None:
    engagement = work(store)
    data, _ = form(store, "fit_review", FIT, engagement_id=engagement)
    path = kept(tmp_path, "fit.pdf", filled(data, FIT_SAID))
    sides.name_reviews_day(store, engagement, DUE + timedelta(days=5), today=TODAY)
    assert look(store, [path], today=DUE + timedelta(days=4))[0].said == ()
    assert look(store, [path], today=DUE + timedelta(days=5))[0].said != ()


def test_a_fit_review_that_was_printed_is_confirmed_by_a_person(store: Store, tmp_path: Path) -> None:
    engagement = work(store)
    data, _ = form(store, "fit_review", FIT, engagement_id=engagement)
    our_view(store, engagement)
    found = one(store, kept(tmp_path, "printed.pdf", printed(filled(data, FIT_SAID))))
    assert said(found) == {"Overall": "4 of 4", "Clear brief": "2 of 4", "In your words": "The brief came late."}
    assert found.look.startswith("It was printed to PDF")
    assert chosen([found], ()) == []
    with pytest.raises(UserError, match="None of these"):
        take_in(store, [found], today=TODAY)
    assert take_in(store, [found], [found.sha256], today=TODAY) == [found]
    assert sides.fit_review_draft(store, engagement, today=TODAY).reflection == "The brief came late."


def test_availability_says_what_is_new_of_their_time(store: Store, tmp_path: Path) -> None:
    person = made.candidate(store, hours_a_week=20, phone="555 0100")
    data, _ = form(store, "availability", TIME, candidate_id=person)
    path = kept(tmp_path, "time.pdf", filled(data, {"hours_a_week": "8", "free_20": "/Yes", "free_24": "/Yes"}))
    found = one(store, path)
    (line,) = found.said
    assert "8 hours a week" in line.value
    assert "20 hours a week" in line.was
    take_in(store, [found], today=TODAY)
    row = tables(store)["candidates"][person]
    assert (row["hours_a_week"], row["phone"]) == (8, "555 0100")
    assert row["free_grid"] == "0" * 20 + "1000" + "1000"


def test_a_consent_is_to_the_school_where_they_study_and_needs_a_signature(store: Store, tmp_path: Path) -> None:
    person = made.candidate(store)
    data, _ = form(store, "consent", CONSENT, candidate_id=person)
    words = {"records": "My project report", "purpose": "Credit", "signed_on": "2026-11-20"}
    unsigned = one(store, kept(tmp_path, "unsigned.pdf", filled(data, words)))
    assert "is empty: without it they have agreed to nothing" in unsigned.problems[0]
    undated = {**words, "signed": "Ada Lovelace", "signed_on": ""}
    found = one(store, kept(tmp_path, "undated.pdf", filled(data, undated)))
    assert "bears the day it was signed" in found.problems[0]
    found = one(store, kept(tmp_path, "signed.pdf", filled(data, {**words, "signed": "Ada Lovelace"})))
    take_in(store, [found], today=TODAY)
    (row,) = tables(store)["consents"].values()
    assert (row["candidate_id"], row["records"], str(row["signed_on"])) == (person, "My project report", "2026-11-20")


@pytest.mark.allow_log  # pypdf warns that it cannot draw what it stores
def test_an_application_makes_somebody_new_and_shows_no_answer_beside_the_name(store: Store, tmp_path: Path) -> None:
    project = made.project(store)
    (question,) = made.questions(store, project)
    data, _ = form(store, "application", applying([question]), project_id=project)
    values = {"first_name": "Nguyễn", "last_name": "Łukasz", "email": "n@northfield.example.edu",
              "school_name": "Northfield College", f"answer_{question}": "By sorting."}  # fmt: skip
    found = one(store, kept(tmp_path, "apply.pdf", filled(data, values)))
    assert found.whose == "Nguyễn Łukasz, new"
    assert "By sorting." not in str(found.said)
    assert "1 of 1 question answered, to be read under a code." in found.notes
    take_in(store, [found], today=TODAY)
    rows = tables(store)
    (application,) = rows["applications"].values()
    (answer,) = rows["answers"].values()
    assert (application["status"], application["source"], answer["text"]) == ("applied", "Form", "By sorting.")
    (came,) = rows["form_returns"].values()
    assert (came["candidate_id"], came["application_id"]) == (application["candidate_id"], None), "no way to the code"
    (document,) = rows["documents"].values()
    assert (document["noun"], document["purpose"]) == ("candidates", "")


def test_where_answers_are_scored_blind_the_file_that_joins_them_to_a_name_is_not_kept(
    store: Store, tmp_path: Path
) -> None:
    project = made.project(store)
    made.rubric(store, project)
    data, _ = form(store, "application", applying(()), project_id=project)
    found = one(store, kept(tmp_path, "a.pdf", filled(data, {"first_name": "Bao", "email": "bao@uic.example.edu"})))
    take_in(store, [found], today=TODAY)
    assert tables(store)["documents"] == {}


def test_an_address_that_belongs_to_another_is_looked_at(store: Store, tmp_path: Path) -> None:
    project, known = made.project(store), made.candidate(store, phone="555 0100")
    data, _ = form(store, "application", applying(()), project_id=project)
    mine = {"first_name": "Bao", "last_name": "Tran", "email": "ada.lovelace@northfield.example.edu"}
    found = one(store, kept(tmp_path, "a.pdf", filled(data, mine)))
    assert found.look == (
        "ada.lovelace@northfield.example.edu belongs to Ada Lovelace, who is in the store: it is taken in as theirs."
    )
    own = one(store, kept(tmp_path, "b.pdf", filled(data, mine | {"first_name": "Ada", "last_name": "Lovelace"})))
    assert (own.look, own.whose) == ("", "Ada Lovelace, in the store")
    take_in(store, [own], today=TODAY)
    rows = tables(store)
    assert [row["candidate_id"] for row in rows["applications"].values()] == [known]
    assert rows["candidates"][known]["phone"] == "555 0100"
    again = one(store, kept(tmp_path, "c.pdf", filled(data, mine | {"first_name": "Ada", "last_name": "Lovelace "})))
    assert again.problems == ("Ada Lovelace has applied to P-001 already.",)


def test_of_two_who_share_an_address_the_one_of_that_name_is_meant(store: Store, tmp_path: Path) -> None:
    project, ada = made.project(store), made.candidate(store, emails=["family@home.example.com"])
    bao = gather.CandidateDraft(first_name="Bao", last_name="Lovelace", emails=["family@home.example.com"])
    bao_id = gather.add_candidate(store, bao, today=TODAY, apart_from=[ada])
    data, _ = form(store, "application", applying(()), project_id=project)
    mine = {"first_name": "Bao", "last_name": "Lovelace", "email": "Family@home.example.com"}
    found = one(store, kept(tmp_path, "a.pdf", filled(data, mine)))
    assert (found.look, found.whose) == ("", "Bao Lovelace, in the store")
    take_in(store, [found], today=TODAY)
    assert [row["candidate_id"] for row in tables(store)["applications"].values()] == [bao_id]


def test_voluntary_answers_are_shown_nowhere_and_their_file_is_not_kept(store: Store, tmp_path: Path) -> None:
    person = made.candidate(store)
    data, _ = form(store, "self_identification", APART, candidate_id=person)
    path = kept(tmp_path, "own.pdf", filled(data, {"gender": "/Woman", "disability": "/No"}))
    assert "not collected here" in one(store, path).problems[0]
    self_identification.set_collects(store, True, today=TODAY)
    found = one(store, path)
    assert found.said == ()
    assert "Woman" not in repr(found)
    assert found.notes == ("Voluntary answers, kept apart: they are shown nowhere, only counted.",)
    take_in(store, [found], today=TODAY)
    rows = tables(store)
    assert {row["answer"] for row in rows["self_identifications"].values()} == {"Woman", "No"}
    assert rows["documents"] == {}
    (came,) = rows["form_returns"].values()
    assert came["candidate_id"] is None
    nouns = {line.noun for entry in told(store, store.history()) for line in entry.fields}
    assert "form_returns" not in nouns
    assert "self_identifications" not in nouns
    on_paper = one(store, kept(tmp_path, "paper.pdf", printed(filled(data, {"gender": "/Man"}))))
    assert "shown to nobody" in on_paper.problems[0]
    odd = one(store, kept(tmp_path, "odd.pdf", set_values(data, {"gender": "Wizard", "disability": "Yes"})))
    assert odd.takes
    assert "Wizard" not in repr(odd)


def set_values(data: bytes, values: dict[str, str], more: dict[str, str] | None = None, gone: str = "") -> bytes:
    """As a program does that keeps to no choice, no length and no name."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as opened:
        fields = opened.Root.AcroForm.Fields
        for field in list(fields):
            if str(field.T) in values:
                value = values[str(field.T)]
                field.V = pikepdf.Name(f"/{value}") if field.FT == "/Btn" else pikepdf.String(value)
            elif str(field.T) == gone:
                field.T = pikepdf.String("renamed")
        for name, value in (more or {}).items():
            fields.append(opened.make_indirect(pikepdf.Dictionary(T=name, FT=pikepdf.Name.Tx, V=value)))
        opened.save(out)
    return out.getvalue()


# --- what stands in the way -------------------------------------------------------------------------------------------


def test_forms_that_come_back_twice(store: Store, tmp_path: Path) -> None:
    engagement = work(store, delivered=False)
    data, _ = form(store, "mid_check", MID, engagement_id=engagement)
    first = kept(tmp_path, "first.pdf", filled(data, {"clarity": "/3"}))
    copy = kept(tmp_path, "copy.pdf", first.read_bytes())
    other = kept(tmp_path, "other.pdf", filled(data, {"clarity": "/1"}))
    found = look(store, [first, copy, other], today=TODAY)
    assert [one.takes for one in found] == [True, False, False]
    assert found[1].problems == ("It is the same file as first.pdf.",)
    assert found[2].problems == ("first.pdf is the same form, filled in by the same person. Take in one of them.",)
    take_in(store, found, today=TODAY)
    again, newer = look(store, [copy, other], today=TODAY)
    assert again.problems == ("This very file was taken in on 22 Nov.",)
    assert newer.look == "One came back 22 Nov already; this one takes its place."
    assert [(line.value, line.was) for line in newer.said] == [("1 of 4", "3 of 4")]
    take_in(store, [newer], [newer.sha256], today=TODAY)
    assert sides.mid_check_draft(store, engagement).clarity == 1


def test_a_form_of_another_store_no_form_and_a_scan(store: Store, tmp_path: Path) -> None:
    person = made.candidate(store)
    data, _ = form(store, "availability", TIME, candidate_id=person)
    path = kept(tmp_path, "time.pdf", filled(data, {"hours_a_week": "8"}))
    store.undo()
    assert "it is of another store" in one(store, path).problems[0]
    letter = kept(tmp_path, "letter.pdf", pdf("Dear all, 7K2M is no code"))
    assert "bears no code" in one(store, letter).problems[0]
    empty = kept(tmp_path, "scan.pdf", hostile_forms.with_fields(""))
    assert "no square code could be read" in one(store, empty).problems[0]


def test_an_empty_form_has_nothing_to_take_in(store: Store, tmp_path: Path) -> None:
    data, _ = form(store, "mid_check", MID, engagement_id=work(store, delivered=False))
    assert one(store, kept(tmp_path, "a.pdf", data)).problems == ("Nothing is filled in on it.",)


def test_fields_that_were_changed_are_named(store: Store, tmp_path: Path) -> None:
    data, _ = form(store, "mid_check", MID, engagement_id=work(store, delivered=False))
    odd = set_values(data, {"clarity": "7", "hours": "12", "going_well": "All"}, {"salary": "1000000"})
    found = one(store, kept(tmp_path, "odd.pdf", odd))
    assert found.takes
    assert found.notes == (
        "“Clear brief” says “7”, which is none of its choices; it is left out.",
        "It has fields that the form never had: salary. They are ignored.",
    )
    assert said(found) == {"Hours so far": "12", "What goes well": "All"}
    long = one(store, kept(tmp_path, "long.pdf", set_values(data, {"clarity": "2", "hours": "123456"})))
    assert "“Hours so far” has 6 characters and room for 4; it is left out." in long.notes
    gone = one(store, kept(tmp_path, "gone.pdf", set_values(data, {"clarity": "2"}, gone="hours")))
    assert "A field of the form is gone from it: Hours so far." in gone.notes
    assert "It has fields that the form never had: renamed. They are ignored." in gone.notes


def test_what_would_act_is_named_and_ignored(store: Store, tmp_path: Path) -> None:
    data, _ = form(store, "mid_check", MID, engagement_id=work(store, delivered=False))
    found = one(store, kept(tmp_path, "a.pdf", hostile_forms.acting(filled(data, {"clarity": "/3"}))))
    assert found.takes
    assert found.notes[0].startswith("It brings along ")
    assert "a script" in found.notes[0]
    take_in(store, [found], today=TODAY)
    assert tables(store)["documents"] == {}, "nobody opens it later by mistake"
    assert len(tables(store)["mid_checks"]) == 1


def test_hours_that_are_no_number_stop_it(store: Store, tmp_path: Path) -> None:
    data, _ = form(store, "mid_check", MID, engagement_id=work(store, delivered=False))
    found = one(store, kept(tmp_path, "a.pdf", filled(data, {"hours": "lots"})))
    assert found.problems == ("“Hours so far” says “lots”, which is no whole number. Type it in by hand.",)


def test_hostile_files_are_a_sentence_each_and_stop_no_other(store: Store, tmp_path: Path) -> None:
    data, _ = form(store, "mid_check", MID, engagement_id=work(store, delivered=False))
    names = ("html", "password", "too big", "page loop", "nested", "bomb in a bomb")
    paths = [kept(tmp_path, f"{name}.pdf", hostile_forms.HOSTILE[name][0]) for name in names]
    paths.append(kept(tmp_path, "good.pdf", filled(data, {"clarity": "/3"})))
    found = look(store, [*paths, tmp_path / "gone.pdf", tmp_path], today=TODAY)
    assert [one.name for one in found if one.takes] == ["good.pdf"]
    assert all(len(one.problems) == 1 and one.problems[0].endswith(".") for one in found if not one.takes)
    assert found[-2].problems == ("It is not there any more.",)
    assert take_in(store, found, today=TODAY) == [found[-3]]


def test_a_file_that_changes_meanwhile_is_not_taken_in(store: Store, tmp_path: Path) -> None:
    data, _ = form(store, "mid_check", MID, engagement_id=work(store, delivered=False))
    path = kept(tmp_path, "a.pdf", filled(data, {"clarity": "/3"}))
    found = one(store, path)
    kept(tmp_path, "a.pdf", filled(data, {"clarity": "/4"}))
    before = tables(store)
    with pytest.raises(UserError, match="was changed since it was read"):
        take_in(store, [found], today=TODAY)
    assert tables(store) == before


def test_no_more_than_fifty_at_once(store: Store, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="51 files are more than the 50"):
        look(store, [tmp_path / f"{at}.pdf" for at in range(51)], today=TODAY)
    with pytest.raises(UserError, match="Choose the forms"):
        look(store, [], today=TODAY)


def test_many_are_one_change_and_one_undo(store: Store, tmp_path: Path) -> None:
    project = made.project(store)
    data, _ = form(store, "application", applying(()), project_id=project)
    paths = [
        kept(tmp_path, f"{at}.pdf", filled(data, {"first_name": f"Student {at}", "email": f"s{at}@uic.example.edu"}))
        for at in range(9)
    ]
    mid, _ = form(store, "mid_check", MID, engagement_id=work(store, delivered=False))
    paths.append(kept(tmp_path, "mid.pdf", filled(mid, {"clarity": "/3"})))
    before, steps = tables(store), len(store.history())
    found = look(store, paths, today=TODAY)
    taken = take_in(store, found, today=TODAY)
    assert summary(taken) == "Took in 10 forms: Application (9), Half-way check."
    assert len(store.history()) == steps + 1
    step = store.can_undo()
    assert step is not None
    assert step.words == "Took in returned forms"
    assert len(tables(store)["form_returns"]) == 10
    store.undo()
    assert tables(store) == before
    assert [one.takes for one in look(store, paths[:2], today=TODAY)] == [True, True]
