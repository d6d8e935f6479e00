"""What the program wrote it takes in again without a change, also of people whom no e-mail address tells apart."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.insight.records import rows_where
from core.jobs.export import export
from core.jobs.intake import plan_import, run_import
from core.store import Store
from core.text import fold
from core.work import gather, plan
from core.work.brief import ProjectDraft
from core.work.candidates import LanguageDraft, SkillDraft
from core.work.custom_fields import FieldDraft, save_field
from tests.support.stores import TODAY, new_store
from tests.support.tables import tables

NAMES = st.sampled_from(["Ana", "Ána", "ANA", "Bo", "=Bo", "Łucja", "O’Hara"])
SCHOOLS = st.sampled_from(["", "North College", "Ünion Academy"])
WORD = st.sampled_from(
    ["Excel", "C, C++; C#", "• dot", "- dash", '"Quoted" word', "=SUM", "R (the language)", "Ünï", "a\u00a0b"]
)
LANGUAGE = st.builds(
    LanguageDraft,
    language=st.sampled_from(["French", "Swiss German", "Min-Nan", "Serbo-Croatian", "Norwegian: Bokmål"]),
    level=st.sampled_from(["", "basic", "good", "fluent", "native"]),
)
OWN = {
    "T-shirt size": ("choice", st.sampled_from(["S", "M", "=L"])),
    "Notes": ("text", st.sampled_from(["one; two", "line\nbreak", "=1+1", "'quoted"])),
    "What is wrong": ("text", st.just("nothing")),
    "★": ("number", st.sampled_from(["12", "-3.5", "1000000"])),
    "Phone 2": ("day", st.sampled_from(["2027-05-31", "2026-01-02"])),
    "E mail": ("yes_no", st.sampled_from(["yes", "no"])),
    "=Formula": ("text", st.sampled_from(["+1", "-", "@x"])),
}
VALUES = {name: strategy for name, (_, strategy) in OWN.items()}


def own_fields(store: Store, noun: str) -> dict[str, str]:
    """Makes them; name to id."""
    found = {}
    for name, (kind, _) in OWN.items():
        choices = ["S", "M", "=L"] if kind == "choice" else []
        draft = FieldDraft(noun=noun, name=name, kind=kind, choices=choices)
        found[name] = save_field(store, draft, today=TODAY)
    return found


PERSON = st.builds(
    gather.CandidateDraft,
    first_name=NAMES,
    last_name=st.sampled_from(["Ruiz", "Li", ""]),
    emails=st.sampled_from([(), (), ("x{}@example.edu",)]),
    school_name=SCHOOLS,
    major=st.sampled_from(["", "Math", "-Art"]),
    student_number=st.sampled_from(["", "", "007"]),
    source=st.sampled_from(["", "Fair", "@web"]),
    skills=st.lists(WORD, max_size=3, unique_by=fold).map(lambda names: [SkillDraft(name=one) for one in names]),
    languages=st.lists(LANGUAGE, max_size=3, unique_by=lambda one: fold(one.language)),
    tags=st.lists(WORD, max_size=3, unique_by=fold),
    custom=st.fixed_dictionaries({}, optional=VALUES),
    class_year=st.sampled_from([None, 2]),
).map(lambda one: one if one.school_name or one.emails else replace(one, major="", student_number=""))


@settings(max_examples=15, deadline=None)
@given(drawn=st.lists(PERSON, min_size=1, max_size=8), ending=st.sampled_from(["csv", "xlsx"]))
def test_whoever_is_in_the_store_goes_out_and_comes_in_unchanged(
    tmp_path_factory: pytest.TempPathFactory, drawn: list[gather.CandidateDraft], ending: str
) -> None:
    folder = tmp_path_factory.mktemp("round")
    with new_store(folder) as store:
        own = own_fields(store, "candidates")
        for at, one in enumerate(drawn):
            custom = {own[name]: text for name, text in one.custom.items()}
            draft = replace(one, emails=[mail.format(at) for mail in one.emails], custom=custom)
            gather.add_candidate(store, draft, today=TODAY)
        before = tables(store)
        done = export(store, folder / f"out.{ending}", "candidates", today=TODAY)
        report = run_import(store, plan_import(store, done.file, today=TODAY), today=TODAY)
        assert (report.same, report.added, report.changed, report.wrong) == (len(drawn), 0, 0, ())
        after = tables(store)
        assert {noun: rows for noun, rows in after.items() if noun != "disclosures"} == {
            noun: rows for noun, rows in before.items() if noun != "disclosures"
        }


@settings(max_examples=8, deadline=None)
@given(
    drawn=st.lists(PERSON, min_size=1, max_size=5),
    ending=st.sampled_from(["csv", "xlsx"]),
)
def test_an_empty_store_with_the_same_fields_takes_the_file_in_whole(
    tmp_path_factory: pytest.TempPathFactory, drawn: list[gather.CandidateDraft], ending: str
) -> None:
    folder = tmp_path_factory.mktemp("over")
    (folder / "there").mkdir()
    with new_store(folder) as store, new_store(folder / "there") as other:
        mine, theirs = own_fields(store, "candidates"), own_fields(other, "candidates")
        names = {field_id: name for name, field_id in (*mine.items(), *theirs.items())}
        for at, one in enumerate(drawn):
            custom = {mine[name]: text for name, text in one.custom.items()}
            draft = replace(one, emails=[f"x{at}@example.edu"], custom=custom)
            gather.add_candidate(store, draft, today=TODAY)
        done = export(store, folder / f"out.{ending}", "candidates", today=TODAY)
        report = run_import(other, plan_import(other, done.file, today=TODAY), today=TODAY)
        assert report.added == len(drawn)

        def all_of(one: Store) -> list[tuple[object, ...]]:
            ids = [row["id"] for row in sorted(rows_where(one, "candidates"), key=lambda row: row["number"])]
            drafts = [gather.candidate_draft(one, row_id, today=TODAY) for row_id in ids]
            return [
                (d.first_name, d.emails, d.skills, d.languages, d.tags, {names[k]: v for k, v in d.custom.items()})
                for d in drafts
            ]

        assert all_of(other) == all_of(store)


PROJECT = st.builds(
    ProjectDraft,
    learning_objectives=st.lists(WORD, max_size=3, unique_by=fold),
    skills=st.lists(WORD, max_size=3, unique_by=fold),
    custom=st.fixed_dictionaries({}, optional=VALUES),
)


@settings(max_examples=8, deadline=None)
@given(drawn=st.lists(PROJECT, min_size=1, max_size=3))
def test_projects_with_fields_of_ones_own_come_in_unchanged(
    tmp_path_factory: pytest.TempPathFactory, drawn: list[ProjectDraft]
) -> None:
    folder = tmp_path_factory.mktemp("projects")
    with new_store(folder) as store:
        own = own_fields(store, "projects")
        for at, one in enumerate(drawn):
            custom = {own[name]: text for name, text in one.custom.items()}
            plan.add_project(store, replace(one, title=f"Project {at}", custom=custom), today=TODAY)
        before = tables(store)
        done = export(store, folder / "out.csv", "projects", today=TODAY)
        report = run_import(store, plan_import(store, done.file, "projects", today=TODAY), today=TODAY)
        assert (report.same, len(report.rows)) == (len(drawn), len(drawn)), report.rows
        after = tables(store)
        assert after | {"disclosures": []} == before | {"disclosures": []}
