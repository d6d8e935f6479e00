"""Files as other programs write them come in by themselves, without a word about their columns."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from core.insight import records
from core.jobs.intake import plan_import, run_import
from core.store import Store
from core.work import gather
from tests.support.stores import TODAY, new_store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with new_store(tmp_path) as store:
        yield store


CAMPUS = {
    # The layout in which Handshake takes and gives students (support.joinhandshake.com, 233086688).
    "email_address": "ana.ruiz@northfield.example.edu",
    "username": "ruizan",
    "auth_identifier": "ruizan@northfield.example.edu",
    "card_id": "0004711",
    "first_name": "Ana",
    "last_name": "Ruiz García",
    "middle_name": "María",
    "preferred_name": "Anita",
    "school_year_name": "Sophomore",
    "primary_education:education_level_name": "Bachelors",
    "primary_education:cumulative_gpa": "3.7",
    "primary_education:primary_major_name": "Applied Mathematics",
    "primary_education:major_names": "Applied Mathematics;Statistics",
    "primary_education:college_name": "College of Science",
    "primary_education:start_date": "2025-08-20",
    "primary_education:end_date": "2029-05-15",
    "campus_name": "Northfield College",
    "ethnicity": "not ours to know",
    "gender": "not ours to know",
    "disabled": "FALSE",
    "work_study_eligible": "TRUE",
    "system_label_names": "athlete;honors",
    "mobile_number": "+1 312 555 0147",
    "assigned_to_email_address": "advisor@northfield.example.edu",
}
APPLICANTS = {
    "Candidate ID": "18",
    "First Name": "Bo",
    "Last Name": "Lind",
    "E-Mail": "bo@lake.example.edu",
    "2nd E-Mail": "bo@home.example.com",
    "Cell Phone": "312-555-0100",
    "Key Skills": "Excel, Python",
    "Source": "Career portal",
    "Date Available": "01-10-27",
    "Current Employer": "Corner shop",
    "Notes": "Came to the fair",
    "Web Site": "https://bo.example.com",
    "Owner": "Maria Keller",
}


def written(rows: dict[str, str], delimiter: str) -> str:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerow(rows)
    writer.writerow(rows.values())
    return out.getvalue()


def test_a_campus_system_s_students_come_in_by_themselves(tmp_path: Path, store: Store) -> None:
    path = tmp_path / "students.csv"
    path.write_text(written(CAMPUS, ","), "utf-8-sig")
    plan = plan_import(store, path, today=TODAY)
    assert plan.missing is None
    assert [row.problems for row in plan.rows] == [()]
    report = run_import(store, plan, today=TODAY)
    draft = gather.candidate_draft(store, report.ids[0], today=TODAY)
    assert (draft.first_name, draft.last_name, draft.nickname) == ("Ana", "Ruiz García", "Anita")
    assert draft.emails == ["ana.ruiz@northfield.example.edu"]
    assert (draft.phone, draft.student_number) == ("+1 312 555 0147", "0004711")
    assert (draft.school_name, draft.major) == ("Northfield College", "Applied Mathematics")
    assert (draft.class_year, draft.graduates_on) == (2, date(2029, 5, 31))
    # What nobody should choose by is not in any field.
    everything = str(records.everything(store))
    assert "not ours to know" not in everything
    assert "advisor@" not in everything


def test_another_tracking_system_s_candidates_come_in_by_themselves(tmp_path: Path, store: Store) -> None:
    path = tmp_path / "candidates.csv"
    path.write_bytes(written(APPLICANTS, "\t").encode("utf-16"))
    report = run_import(store, plan_import(store, path, today=TODAY), today=TODAY)
    draft = gather.candidate_draft(store, report.ids[0], today=TODAY)
    assert (draft.first_name, draft.last_name, draft.phone) == ("Bo", "Lind", "312-555-0100")
    assert draft.emails == ["bo@lake.example.edu", "bo@home.example.com"]
    assert [one.name for one in draft.skills] == ["Excel", "Python"]
    assert (draft.source, draft.notes, draft.links) == ("Career portal", "Came to the fair", ["https://bo.example.com"])


PEOPLE = (
    "Vorname;Nachname;E-Mail;Abschlussdatum;Sprachen;Telefon\n"
    "Zoë;Müller;zoe@example.edu;15.05.2029;Deutsch (C2);0049301234567\n"
)


@pytest.mark.platform("linux")
@pytest.mark.parametrize("ending", ["csv", "xlsx", "ods"])
def test_what_libreoffice_wrote_comes_in_by_itself(tmp_path: Path, store: Store, ending: str) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    given = tmp_path / "given.csv"
    given.write_text(PEOPLE, "utf-8")
    # Semicolons, quotes, UTF-8, from the first row; all columns as standard but the last as text; German dates.
    read = "--infilter=Text - txt - csv (StarCalc):59,34,76,1,6/2,1031"
    made = "csv:Text - txt - csv (StarCalc):59,34,1,1" if ending == "csv" else ending
    subprocess.run(
        [office, f"-env:UserInstallation={(tmp_path / 'office').as_uri()}", "--headless", read, "--convert-to", made,
         "--outdir", str(tmp_path / "out"), str(given)],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    plan = plan_import(store, tmp_path / "out" / f"given.{ending}", today=TODAY)
    assert [row.problems for row in plan.rows] == [()]
    report = run_import(store, plan, today=TODAY)
    draft = gather.candidate_draft(store, report.ids[0], today=TODAY)
    assert (draft.first_name, draft.last_name, draft.emails) == ("Zoë", "Müller", ["zoe@example.edu"])
    assert (draft.phone, draft.graduates_on) == ("0049301234567", date(2029, 5, 31))
    assert [(one.language, one.level) for one in draft.languages] == [("Deutsch", "fluent")]
    store.undo()
    assert records.listing(store, "candidates").rows == []
