"""A table is taken in: what the plan says is what the import does, as one change, and nothing is half done."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from core.errors import UserError
from core.insight import records
from core.jobs.intake import ImportPlan, plan_import, run_import
from core.store import Store
from core.work import declining, gather, plan, select, todos
from core.work.brief import ProjectDraft, QuestionDraft
from tests.support.stores import TODAY, new_store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with new_store(tmp_path) as store:
        yield store


def table(tmp_path: Path, text: str, name: str = "in.csv", encoding: str = "utf-8") -> Path:
    path = tmp_path / name
    path.write_bytes(text.encode(encoding))
    return path


def outcomes(found: ImportPlan) -> list[tuple[int, str]]:
    return [(row.line, row.outcome) for row in found.rows]


PEOPLE = """First name,Last name,E-mail,School,Class year
Ana,Ruiz,ana@northwestern.example.edu,Northwestern University,2
Bo,Lind,bo@example.edu,Kennedy-King College,1
,,nobody@example.edu,,
Cy,Park,not an address,Northwestern University,3
"""


def test_candidates_come_in_and_the_wrong_are_named(tmp_path: Path, store: Store) -> None:
    path = table(tmp_path, PEOPLE)
    found = plan_import(store, path, today=TODAY)
    assert outcomes(found) == [(2, "new"), (3, "new"), (4, "wrong"), (5, "wrong")]
    assert "not an address" in " ".join(found.rows[3].problems)
    assert found.summary == "2 new, 2 left out"
    assert found.words
    # The trial has left nothing.
    assert records.listing(store, "candidates").rows == []
    assert records.listing(store, "schools").rows == []
    assert store.can_undo() is None
    assert store.search("Ana") == []

    report = run_import(store, found, today=TODAY)
    assert (report.added, report.changed, report.same) == (2, 0, 0)
    assert [row.line for row in report.wrong] == [4, 5]
    assert [hit.title for hit in store.search("ruiz")] == ["Ana Ruiz"]
    assert len(store.history("candidates")) == 1
    store.undo()
    assert records.listing(store, "candidates").rows == []
    assert records.listing(store, "schools").rows == []
    assert store.check() == []


def test_the_same_file_again_changes_nothing(tmp_path: Path, store: Store) -> None:
    path = table(tmp_path, PEOPLE)
    run_import(store, plan_import(store, path, today=TODAY), today=TODAY)
    again = plan_import(store, path, today=date(2026, 12, 1))
    assert outcomes(again)[:2] == [(2, "same"), (3, "same")]
    table(tmp_path, PEOPLE.replace("Bo,Lind", "Bodil,Lind"))
    assert outcomes(plan_import(store, path, today=TODAY))[:2] == [(2, "same"), (3, "changed")]


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16", "utf-8-sig"])
def test_other_encodings_and_languages(tmp_path: Path, store: Store, encoding: str) -> None:
    path = table(tmp_path, 'Nachname;Vorname;E-Mail\r\nMüller;"Zoë\nJo";zoe@example.edu\r\n', encoding=encoding)
    found = plan_import(store, path, today=TODAY)
    assert [row.what for row in found.rows] == ["Zoë Jo Müller"]
    run_import(store, found, today=TODAY)
    assert store.search("zoe")


def test_hostile_names_come_in_as_they_are(tmp_path: Path, store: Store) -> None:
    rows = ['"=HYPERLINK(""http://x"")",A,a@example.edu', "<b>Bold</b>,B,b@example.edu", "\u202eevil,C,c@example.edu"]
    path = table(tmp_path, "First name,Last name,E-mail\n" + "\n".join([*rows, "x" * 300 + ",D,d@example.edu"]))
    found = plan_import(store, path, today=TODAY)
    assert [row.outcome for row in found.rows] == ["new", "new", "new", "wrong"]
    run_import(store, found, today=TODAY)
    names = [row["first_name"] for _, row in records.listing(store, "candidates").rows]
    assert names == ['=HYPERLINK("http://x")', "<b>Bold</b>", "evil"]


def test_a_mapping_wins_and_one_is_asked_for(tmp_path: Path, store: Store) -> None:
    path = table(tmp_path, "A,B\nAna,ana@example.edu\n")
    found = plan_import(store, path, today=TODAY)
    assert found.missing is not None
    assert found.rows == ()
    with pytest.raises(UserError, match="Say which"):
        run_import(store, found, today=TODAY)
    told = plan_import(store, path, mapping={"first_name": "A", "email": "B"}, today=TODAY)
    assert outcomes(told) == [(2, "new")]


def test_where_no_row_is_good_nothing_is_done(tmp_path: Path, store: Store) -> None:
    path = table(tmp_path, "First name,E-mail\nAna,nothing\n")
    found = plan_import(store, path, today=TODAY)
    with pytest.raises(UserError, match=r"No row of in\.csv could be taken in.* line 2") as caught:
        run_import(store, found, today=TODAY)
    # A trial knows it beforehand.
    assert found.fault == str(caught.value)
    assert plan_import(store, table(tmp_path, PEOPLE), today=TODAY).fault == ""
    assert store.can_undo() is None


class _StoppedError(Exception):
    pass


@pytest.mark.parametrize("noun", ["candidates", "to-dos"])
def test_stopping_half_way_writes_nothing(tmp_path: Path, store: Store, noun: str) -> None:
    head = "First name,E-mail\n" if noun == "candidates" else "To-do,Captured on\n"
    line = "A{0},a{0}@example.edu\n" if noun == "candidates" else "Task {0},2026-01-02\n"
    path = table(tmp_path, head + "".join(line.format(n) for n in range(300)))
    found = plan_import(store, path, noun, today=TODAY)
    assert found.count("new") == 300

    def stop(done: int, total: int) -> None:
        assert total == 300
        if done >= 100:
            raise _StoppedError

    with pytest.raises(_StoppedError):
        run_import(store, found, today=TODAY, progress=stop)
    assert records.listing(store, noun).rows == []
    assert store.can_undo() is None
    run_import(store, found, today=TODAY)
    assert len(records.listing(store, noun).rows) == 300


def test_to_dos_from_a_plain_text(tmp_path: Path, store: Store) -> None:
    todos.capture_todo(store, "Tidy the archive", today=TODAY)
    path = table(tmp_path, "- [ ] Call the campus office\n* tidy the archive\n\n", "notes.txt")
    found = plan_import(store, path, "to-dos", today=TODAY)
    assert outcomes(found) == [(1, "new"), (2, "same")]
    run_import(store, found, today=TODAY)
    assert len(records.listing(store, "to-dos").rows) == 2


PROJECT = """Title,Summary,Deliverables,Hours,Fee,Apply by,Kick-off,Due,Questions,Supervisor,Status
Lead list,Find leads,List; Notes,20,$500,2026-12-01,2026-12-07,2026-12-21,Why you?,Maria Keller,
Backwards,Wrong way,List,20,$500,2026-12-01,2026-12-21,2026-12-07,,,
Helped,Who,List,20,$500,,,,,Nobody Known,
Half,,,20,$500,,,,,,open
"""


def test_projects_come_in_and_keep_the_rules(tmp_path: Path, store: Store) -> None:
    path = table(tmp_path, PROJECT)
    found = plan_import(store, path, "projects", today=TODAY)
    assert outcomes(found) == [(2, "new"), (3, "wrong"), (4, "wrong"), (5, "wrong")]
    assert "no colleague “Nobody Known”" in found.rows[2].problems[0]
    run_import(store, found, today=TODAY)
    ((_, row),) = records.listing(store, "projects").rows
    assert (row["title"], row["fee"], row["status"]) == ("Lead list", 50_000, "draft")
    assert outcomes(plan_import(store, path, "projects", today=TODAY))[0] == (2, "same")
    table(tmp_path, PROJECT.replace("Find leads", "Find more leads"))
    changed = plan_import(store, path, "projects", today=TODAY)
    assert outcomes(changed)[0] == (2, "changed")
    run_import(store, changed, today=TODAY)
    assert len(records.listing(store, "milestones").rows) == 2
    store.undo()
    store.undo()
    assert records.listing(store, "milestones").rows == []


def test_what_deserves_a_second_look_is_said_of_each_project(tmp_path: Path, store: Store) -> None:
    path = table(
        tmp_path,
        "Title,Hours,Fee,Kick-off,Due\nUnpaid,20,0,,\nCheap,20,$100,,\nLong,100,$3000,2026-12-07,2027-06-01\n"
        "Late,20,$500,2026-11-01,2026-11-15\nUsual,20,$500,2026-12-07,2026-12-21\n",
    )
    found = plan_import(store, path, "projects", today=TODAY)
    notes = [" ".join(row.notes) for row in found.rows]
    assert "The fee is 0" in notes[0]
    assert "under the legal minimum" in notes[1]
    assert "100 hours" in notes[2]
    assert "176 days after the kick-off" in notes[2]
    assert "lies in the past" in notes[3]
    assert notes[4] == ""
    assert run_import(store, found, today=TODAY).rows == found.rows
    # What stands already is no news.
    assert [row.notes for row in plan_import(store, path, "projects", today=TODAY).rows] == [()] * 5


def path_so_far(store: Store) -> tuple[str, str]:
    person = gather.add_candidate(
        store, gather.CandidateDraft(first_name="Ana", last_name="Ruiz", emails=["ana@example.edu"]), today=TODAY
    )
    project = plan.add_project(
        store,
        ProjectDraft(
            title="Lead list",
            summary="Find leads",
            estimated_hours=20,
            fee=50_000,
            kick_off_on=date(2026, 12, 7),
            due_on=date(2026, 12, 21),
            questions=[QuestionDraft(text="Why you?")],
        ),
        today=TODAY,
    )
    return person, project


@pytest.mark.parametrize("status", ["shortlisted", "withdrawn"])
def test_a_file_takes_no_decision_back(tmp_path: Path, store: Store, status: str) -> None:
    person, project = path_so_far(store)
    draft = select.ApplicationDraft(project_id=project, candidate_id=person)
    application = select.record_application(store, draft, today=TODAY)
    declining.decline(store, [application], reason="", today=TODAY, hold_days=0)
    declining.told(store, [application], today=TODAY)
    file = table(tmp_path, f"E-mail,Project,Status,Why you?\nana@example.edu,Lead list,{status},Since then\n")
    found = plan_import(store, file, "applications", today=TODAY)
    assert outcomes(found) == [(2, "wrong")]
    with pytest.raises(UserError, match="taken back by hand"):
        run_import(store, found, today=TODAY)
    ((_, row),) = records.listing(store, "applications", all_columns=True).rows
    assert (row["status"], row["told_on"]) == ("not_selected", TODAY)
    assert records.listing(store, "answers").rows == []


def test_the_path_comes_in_from_files(tmp_path: Path, store: Store) -> None:
    path_so_far(store)
    applications = table(
        tmp_path,
        "E-mail,Project,Applied on,Status,Why you?,Other\n"
        "ANA@example.edu,Lead list,2026-11-20,shortlisted,Because,x\n"
        "who@example.edu,Lead list,2026-11-20,,,\n",
    )
    found = plan_import(store, applications, "applications", today=TODAY)
    assert outcomes(found) == [(2, "new"), (3, "wrong")]
    assert "Other" in found.rows[0].notes[-1]
    run_import(store, found, today=TODAY)
    assert outcomes(plan_import(store, applications, "applications", today=TODAY))[0] == (2, "same")
    ((_, row),) = records.listing(store, "applications").rows
    assert row["status"] == "shortlisted"
    assert [r["text"] for _, r in records.listing(store, "answers", all_columns=True).rows] == ["Because"]

    made = table(
        tmp_path,
        "E-mail,Project,Fee,Expires,Status,Sent on,Answered on\nana@example.edu,P-001,$480,2026-12-01,accepted,"
        "2026-11-20,2026-11-21\n",
    )
    found = plan_import(store, made, "offers", today=TODAY)
    assert outcomes(found) == [(2, "new")]
    run_import(store, found, today=TODAY)
    assert outcomes(plan_import(store, made, "offers", today=TODAY)) == [(2, "same")]
    ((_, row),) = records.listing(store, "engagements").rows
    assert row["status"] == "agreed"

    paid = table(
        tmp_path,
        "E-mail,Project,Amount,Paid on,Reference\nana@example.edu,1,$480.00,2026-11-21,77\n"
        "ana@example.edu,1,$1,2027-11-21,\n",
    )
    found = plan_import(store, paid, "payments", today=TODAY)
    # Paid before the work is accepted: the rule holds, and a file cannot say why.
    assert [row.outcome for row in found.rows] == ["wrong", "wrong"]
    assert "still to come" in found.rows[1].problems[0]


def test_payments_of_accepted_work(tmp_path: Path, store: Store) -> None:
    from core.work import offer, run, select

    person, project = path_so_far(store)
    application = select.record_application(
        store, select.ApplicationDraft(project_id=project, candidate_id=person), today=TODAY
    )
    terms = offer.offer_terms(store, application)
    made = offer.draft_offer(store, application, terms, today=TODAY)
    offer.send_offer(store, made, today=TODAY)
    engagement = offer.accept_offer(store, made, today=TODAY)
    later = date(2026, 12, 21)
    run.start(store, engagement, today=later)
    run.deliver(store, engagement, today=later)
    run.accept_work(store, engagement, today=later)
    paid = table(
        tmp_path,
        "E-mail,Project,Amount,Paid on,Method,Reference\nana@example.edu,Lead list,500,2026-12-21,wire,77\n"
        "ana@example.edu,Lead list,1,2026-12-21,,\n",
    )
    found = plan_import(store, paid, "payments", today=later)
    assert outcomes(found) == [(2, "new"), (3, "wrong")]
    run_import(store, found, today=later)
    ((_, row),) = records.listing(store, "payments", all_columns=True).rows
    assert (row["amount"], row["method"], row["reference"]) == (50_000, "transfer", "77")
    assert outcomes(plan_import(store, paid, "payments", today=later))[0] == (2, "same")


def test_thousands_come_in_and_go_again(tmp_path: Path, store: Store) -> None:
    lines = [f"First{n},Last{n},a{n}@example.edu,School {n % 40}" for n in range(3_000)]
    path = table(tmp_path, "First name,Last name,E-mail,School\n" + "\n".join(lines))
    report = run_import(store, plan_import(store, path, today=TODAY), today=TODAY)
    assert report.added == 3_000
    store.undo()
    assert records.listing(store, "candidates").rows == []
    store.redo()
    assert len(records.listing(store, "candidates").rows) == 3_000
