"""What the program wrote it takes in again without a change, also of people whom no e-mail address tells apart."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.jobs.export import export
from core.jobs.intake import plan_import, run_import
from core.work import gather
from tests.support.stores import TODAY, new_store
from tests.support.tables import tables

NAMES = st.sampled_from(["Ana", "Ána", "ANA", "Bo", "=Bo", "Łucja", "O’Hara"])
SCHOOLS = st.sampled_from(["", "North College", "Ünion Academy"])
PERSON = st.builds(
    gather.CandidateDraft,
    first_name=NAMES,
    last_name=st.sampled_from(["Ruiz", "Li", ""]),
    emails=st.sampled_from([(), (), ("x{}@example.edu",)]),
    school_name=SCHOOLS,
    major=st.sampled_from(["", "Math", "-Art"]),
    student_number=st.sampled_from(["", "", "007"]),
    source=st.sampled_from(["", "Fair", "@web"]),
    class_year=st.sampled_from([None, 2]),
).map(lambda one: one if one.school_name or one.emails else replace(one, major="", student_number=""))


@settings(max_examples=15, deadline=None)
@given(st.lists(PERSON, min_size=1, max_size=8))
def test_whoever_is_in_the_store_goes_out_and_comes_in_unchanged(
    tmp_path_factory: pytest.TempPathFactory, drawn: list[gather.CandidateDraft]
) -> None:
    folder = tmp_path_factory.mktemp("round")
    with new_store(folder) as store:
        for at, one in enumerate(drawn):
            draft = replace(one, emails=[mail.format(at) for mail in one.emails])
            gather.add_candidate(store, draft, today=TODAY)
        before = tables(store)
        done = export(store, folder / "out.csv", "candidates", today=TODAY)
        report = run_import(store, plan_import(store, done.file, today=TODAY), today=TODAY)
        assert (report.same, report.added, report.changed, report.wrong) == (len(drawn), 0, 0, ())
        after = tables(store)
        assert {noun: rows for noun, rows in after.items() if noun != "disclosures"} == {
            noun: rows for noun, rows in before.items() if noun != "disclosures"
        }
