"""What an owner trusts an import for: the reason at the cell, doubles asked about, wrong rows mended, columns kept."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from openpyxl import Workbook

from core.errors import UserError
from core.exchange.table import Pasted
from core.insight import records
from core.jobs.intake import ImportPlan, plan_import, run_import, tried
from core.jobs.intake_alike import beside
from core.jobs.intake_wrong import save_wrong, wrong_name
from core.store import Store
from core.work import gather
from core.work.candidates import CandidateDraft, LanguageDraft
from core.work.custom_fields import FieldDraft, remove_field, save_field
from tests.support import made
from tests.support.stores import TODAY, new_store
from tests.support.tables import tables


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with new_store(tmp_path) as store:
        yield store


def file(tmp_path: Path, text: str, name: str = "in.csv", encoding: str = "utf-8") -> Path:
    path = tmp_path / name
    path.write_bytes(text.encode(encoding))
    return path


def outcomes(found: ImportPlan) -> list[str]:
    return [row.outcome for row in found.rows]


def people(store: Store) -> list[str]:
    return sorted(f"{row['first_name']} {row['last_name']}" for _, row in records.listing(store, "candidates").rows)


HEAD = "First name,Last name,E-mail,School,Class year,Graduation\n"


def test_the_reason_stands_at_the_cell(tmp_path: Path, store: Store) -> None:
    path = file(
        tmp_path,
        HEAD + "Ana,Ruiz,not an address,North College,2,\nBo,Lind,bo@example.edu,North College,2,May 1970\n"
        ",,x@example.edu,,,\n"
        f"Cy,{'x' * 300},cy@example.edu,,,\n",
    )
    found = plan_import(store, path, today=TODAY)
    assert outcomes(found) == ["wrong"] * 4
    assert "“not an address” is no e-mail address" in found.rows[0].cells["E-mail"]
    assert "1970" in found.rows[1].cells["Graduation"]
    assert found.rows[2].cells == {"Last name": "The name is missing."}
    assert found.rows[2].problems == ("Last name: The name is missing.",)
    assert "300 characters" in found.rows[3].cells["Last name"]


def test_what_would_change_says_what_stands_there_now(tmp_path: Path, store: Store) -> None:
    size = save_field(store, FieldDraft(name="Size", kind="number"), today=TODAY)
    person = made.candidate(store, phone="555-0100", custom={size: "3"})
    path = file(tmp_path, "Name,E-mail,Phone,Size\nAda Lovelace,ada.lovelace@northfield.example.edu,555-0199,4.0\n")
    (row,) = plan_import(store, path, today=TODAY).rows
    assert (row.outcome, row.person_id) == ("changed", person)
    assert row.before == {"Phone": "555-0100", "Size": "3"}


def test_columns_mapped_by_hand_are_taken_so_again(tmp_path: Path, store: Store) -> None:
    path = file(tmp_path, "A,B,C\nAna,ana@example.edu,x\n")
    asked = plan_import(store, path, today=TODAY)
    assert asked.missing is not None
    before = len(store.history())
    run_import(store, plan_import(store, path, mapping={"first_name": "A", "email": "B"}, today=TODAY), today=TODAY)
    assert len(store.history()) == before + 1
    other = file(tmp_path, "C,B,A\nx,bo@example.edu,Bo\n", "next.csv")
    again = plan_import(store, other, today=TODAY)
    assert again.mapping == {"first_name": "A", "email": "B"}
    assert any("last time" in note for note in again.notes)
    assert outcomes(again) == ["new"]
    # One more column is another layout; and of another noun nothing is known.
    assert plan_import(store, file(tmp_path, "A,B,C,D\n1,2,3,4\n", "wide.csv"), today=TODAY).missing is not None
    assert plan_import(store, other, "projects", today=TODAY).missing is not None
    # Another mapping takes its place, and is no change that could be undone.
    run_import(store, plan_import(store, other, mapping={"last_name": "A", "email": "B"}, today=TODAY), today=TODAY)
    assert plan_import(store, path, today=TODAY).mapping == {"last_name": "A", "email": "B"}
    store.undo()
    assert plan_import(store, path, today=TODAY).mapping == {"last_name": "A", "email": "B"}


def test_a_field_that_is_gone_is_gone_from_the_remembered_columns(tmp_path: Path, store: Store) -> None:
    size = save_field(store, FieldDraft(name="Size"), today=TODAY)
    path = file(tmp_path, "A,B\nAna,M\n")
    mapping = {"first_name": "A", f"custom:{size}": "B"}
    run_import(store, plan_import(store, path, mapping=mapping, today=TODAY), today=TODAY)
    remove_field(store, size, today=TODAY)
    assert plan_import(store, path, today=TODAY).mapping == {"first_name": "A"}


def test_wrong_rows_are_saved_mended_and_brought_back(tmp_path: Path, store: Store) -> None:
    path = file(tmp_path, HEAD.replace(",", ";") + "Zoë;=Ruiz;nothing;North; College;\nBo;Lind;bo@example.edu;;;\n")
    found = plan_import(store, path, today=TODAY)
    assert outcomes(found) == ["wrong", "new"]
    run_import(store, found, today=TODAY)
    out = tmp_path / wrong_name(found)
    assert out.name == "in - to mend.csv"
    assert save_wrong(store, found, out) == 1
    with out.open(encoding="utf-8-sig", newline="") as held:
        rows = list(csv.reader(held, delimiter=";"))
    assert rows[0] == [*HEAD.strip().split(","), "What is wrong"]
    assert rows[1][:2] == ["Zoë", "'=Ruiz"]
    assert "is no e-mail address" in rows[1][-1]
    assert records.listing(store, "disclosures").rows
    # As it is, it is as wrong as before; the column that says why is nobody's.
    same = plan_import(store, out, today=TODAY)
    assert outcomes(same) == ["wrong"]
    assert same.headers == found.headers
    assert not any("What is wrong" in note for note in same.notes)
    out.write_bytes(out.read_bytes().replace(b"nothing", b"zoe@example.edu").replace(b" College", b"2"))
    mended = plan_import(store, out, today=TODAY)
    assert outcomes(mended) == ["new"]
    run_import(store, mended, today=TODAY)
    assert people(store) == ["Bo Lind", "Zoë =Ruiz"]
    with pytest.raises(UserError, match="No row was left out"):
        save_wrong(store, mended, tmp_path / "none.csv")


def test_wrong_rows_of_a_workbook_are_a_workbook(tmp_path: Path, store: Store) -> None:
    book = Workbook()
    page = book.active
    assert page is not None
    for row in (["Name", "E-mail"], ["Ana Ruiz", "nothing"], ["Bo Lind", "bo@example.edu"]):
        page.append(row)
    path = tmp_path / "fair.xlsx"
    book.save(path)
    found = plan_import(store, path, today=TODAY)
    out = tmp_path / wrong_name(found)
    assert out.suffix == ".xlsx"
    save_wrong(store, found, out)
    held = openpyxl.load_workbook(out).active
    assert held is not None
    assert next([cell.value for cell in row] for row in held.iter_rows()) == ["Name", "E-mail", "What is wrong"]
    with pytest.raises(UserError, match="the file that they came from"):
        save_wrong(store, found, path)


def test_answers_of_applications_have_no_such_column(tmp_path: Path, store: Store) -> None:
    path = file(tmp_path, "E-mail,Project,What is wrong\nnobody@example.edu,P-001,There is no such person\n")
    (row,) = plan_import(store, path, "applications", today=TODAY).rows
    assert row.outcome == "wrong"
    assert not any("What is wrong" in note for note in row.notes)


ALIKE = "Name,E-mail,Phone,School\nLovelace Ada,ada@home.example.com,,Northfield College\nNew One,new@example.edu,,\n"


def test_who_may_be_known_is_shown_side_by_side_and_decided_by_hand(tmp_path: Path, store: Store) -> None:
    ada = made.candidate(store, phone="+1 312 555 0100")
    start = tables(store)
    path = file(tmp_path, ALIKE)
    found = plan_import(store, path, today=TODAY)
    assert outcomes(found) == ["new", "new"]
    assert [one.candidate_id for one in found.rows[0].likely] == [ada]
    assert found.rows[1].likely == ()
    both = beside(store, found, 0, today=TODAY)
    assert both is not None
    assert both.people[0][:2] == (ada, "Ada Lovelace")
    facts = {one.words: one for one in both.facts}
    assert facts["E-mail"].here == "ada@home.example.com"
    assert facts["E-mail"].there == ("ada.lovelace@northfield.example.edu",)
    assert facts["School"].agree == (True,)
    assert beside(store, found, 1, today=TODAY) is None

    same = tried(store, found, today=TODAY, decided={0: ada})
    assert outcomes(same) == ["changed", "new"]
    report = run_import(store, same, today=TODAY)
    assert (report.added, report.changed) == (1, 1)
    draft = gather.candidate_draft(store, ada, today=TODAY)
    assert draft.emails == ["ada.lovelace@northfield.example.edu", "ada@home.example.com"]
    store.undo()
    assert tables(store) == start
    # Left undecided, somebody new comes in: nobody is put together by a program.
    assert run_import(store, found, today=TODAY).added == 2


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("Countess,,(312) 555-0100,", "phone"),
        ("Lovelace-Ada,,,", "name"),
        ("Ada Lovelance,,,Northfield College", "like name"),
        ("A. L.,ada.lovelace+jobs@northfield.example.edu,,", "e-mail"),
    ],
)
def test_phone_name_and_other_forms_of_an_address_make_one_alike(
    tmp_path: Path, store: Store, row: str, why: str
) -> None:
    made.candidate(store, phone="+1 312 555 0100")
    (found,) = plan_import(store, file(tmp_path, f"Name,E-mail,Phone,School\n{row}\n"), today=TODAY).rows
    assert found.outcome == "new"
    assert why in found.likely[0].why


def test_one_address_under_another_name_is_asked_about(tmp_path: Path, store: Store) -> None:
    ada = made.candidate(store)
    path = file(tmp_path, "Name,E-mail\nTim Smith,ADA.lovelace@northfield.example.edu\n")
    found = plan_import(store, path, today=TODAY)
    assert (found.rows[0].outcome, found.rows[0].likely[0].candidate_id) == ("changed", ada)
    other = tried(store, found, today=TODAY, decided={0: ""})
    assert outcomes(other) == ["new"]
    assert run_import(store, other, today=TODAY).added == 1
    assert people(store) == ["Ada Lovelace", "Tim Smith"]
    # From now on the name says which of the two is meant, and without it somebody has to.
    assert outcomes(plan_import(store, path, today=TODAY)) == ["same"]
    third = file(tmp_path, "Name,E-mail\nRuth Smith,ada.lovelace@northfield.example.edu\n", "third.csv")
    asked = plan_import(store, third, today=TODAY)
    assert outcomes(asked) == ["wrong"]
    assert "Ada Lovelace and Tim Smith. Say whom the row is about" in asked.rows[0].cells["E-mail"]
    assert len(asked.rows[0].likely) == 2
    assert outcomes(tried(store, asked, today=TODAY, decided={0: ""})) == ["new"]
    assert outcomes(tried(store, asked, today=TODAY, decided={0: ada})) == ["changed"]
    store.undo()
    assert people(store) == ["Ada Lovelace"]


def test_addresses_of_two_people_in_one_row_stay_with_each(tmp_path: Path, store: Store) -> None:
    ada = made.candidate(store)
    made.candidate(store, "Tim Smith", emails=["tim@example.edu"])
    path = file(tmp_path, "Name,E-mail,Phone\nAda L,ada.lovelace@northfield.example.edu; tim@example.edu,1234567\n")
    found = plan_import(store, path, today=TODAY)
    assert outcomes(found) == ["wrong"]
    said = tried(store, found, today=TODAY, decided={0: ada})
    assert outcomes(said) == ["changed"]
    assert "tim@example.edu belongs to Tim Smith and stays theirs." in said.rows[0].notes
    run_import(store, said, today=TODAY)
    assert gather.candidate_draft(store, ada, today=TODAY).emails == ["ada.lovelace@northfield.example.edu"]


def test_rows_of_one_file_are_put_together_or_both_kept(tmp_path: Path, store: Store) -> None:
    start = tables(store)
    rows = "Ana Ruiz,a@example.edu,North College,,Kind\nRuiz Ana,b@example.com,North College,1234567,Quick\n"
    path = file(tmp_path, f"Name,E-mail,School,Phone,Notes\n{rows}Bo Lind,a@example.edu,,,\n")
    found = plan_import(store, path, today=TODAY)
    assert outcomes(found) == ["new", "new", "wrong"]
    assert [[one.candidate_id for one in row.likely] for row in found.rows] == [[], ["row:0"], ["row:0"]]
    both = beside(store, found, 1, today=TODAY)
    assert both is not None
    assert both.people[0][:2] == ("row:0", "Ana Ruiz in row 2")
    one = tried(store, found, today=TODAY, decided={1: "row:0", 2: ""})
    assert outcomes(one) == ["new", "joined", "new"]
    assert "Put together with row 2." in one.rows[1].notes[-1]
    assert one.summary == "2 new, 1 put together with another"
    report = run_import(store, one, today=TODAY)
    assert people(store) == ["Ana Ruiz", "Bo Lind"]
    ana = gather.candidate_draft(store, report.ids[0], today=TODAY)
    assert (ana.emails, ana.phone, ana.notes) == (["a@example.edu", "b@example.com"], "1234567", "Kind\n\nQuick")
    store.undo()
    assert tables(store) == start
    # A row that goes with one that is left out is left out with it.
    bad = file(tmp_path, "Name,E-mail\nAna Ruiz,nothing\nAna Ruiz,a@example.edu\n", "bad.csv")
    assert outcomes(plan_import(store, bad, today=TODAY, decided={1: "row:0"})) == ["wrong", "wrong"]


def test_two_rows_of_one_file_that_look_alike_say_so(tmp_path: Path, store: Store) -> None:
    rows = "Ana Ruiz,a@example.edu,North College\nRuiz Ana,b@example.com,North College\nAna Ruiz,a@example.edu,\n"
    found = plan_import(store, file(tmp_path, f"Name,E-mail,School\n{rows}"), today=TODAY)
    assert outcomes(found) == ["new", "new", "wrong"]
    assert "row 2 of this file has the same name at the same school" in found.rows[1].notes[-1]
    assert "stands in the file twice" in found.rows[2].cells["E-mail"]


@pytest.mark.parametrize(
    "text",
    [
        'Name,E-mail\n"Ana Ruiz,ana@example.edu\nBo "The" Lind,bo@example.edu\nCy,"cy@example.edu\n',
        'Name,E-mail,Notes\nAna Ruiz,ana@example.edu,"Met\nBo Lind,bo@example.edu,Kind\nCy Tan,cy@example.edu,"x"y\n',
    ],
)
def test_rows_behind_a_quotation_mark_that_is_not_closed_are_not_lost(tmp_path: Path, store: Store, text: str) -> None:
    found = plan_import(store, file(tmp_path, text), today=TODAY)
    assert found.rows[0].outcome == "wrong"
    assert "quotation mark is not closed" in found.rows[0].problems[0]
    fine = 'Name,E-mail,Notes\nAna Ruiz,ana@example.edu,"Met at the fair,\nin ""Hall 3"", late"\n'
    assert outcomes(plan_import(store, file(tmp_path, fine), today=TODAY)) == ["new"]


def test_two_rows_cannot_both_be_one_person(tmp_path: Path, store: Store) -> None:
    ada = made.candidate(store)
    rows = "Ada Lovelace,a@example.com,\nLovelace Ada,b@example.com,\n"
    found = plan_import(store, file(tmp_path, f"Name,E-mail,School\n{rows}"), today=TODAY, decided={0: ada, 1: ada})
    assert outcomes(found) == ["changed", "wrong"]
    assert "Another row of this file is about the same person" in found.rows[1].problems[0]


def test_pasted_cells_come_in_with_and_without_a_header(store: Store) -> None:
    pasted = Pasted('First name\tLast name\tE-mail\r\nAna\t"Ruiz\r\nGarcía"\tana@example.edu\r\n')
    found = plan_import(store, pasted, today=TODAY)
    assert [row.what for row in found.rows] == ["Ana Ruiz García"]
    assert "pasted" in found.words
    bare = Pasted("Bo\tLind\tbo@example.edu\nCy\tPark\tcy@example.edu")
    asked = plan_import(store, bare, today=TODAY)
    assert asked.headers == ("Column A", "Column B", "Column C")
    assert asked.mapping == {"email": "Column C"}
    assert asked.missing is not None
    mapping = {"first_name": "Column A", "last_name": "Column B", "email": "Column C"}
    told = plan_import(store, bare, mapping=mapping, today=TODAY)
    run_import(store, told, today=TODAY)
    assert people(store) == ["Bo Lind", "Cy Park"]
    listed = plan_import(store, Pasted("- Call the printer\n- Sort the room\n"), "to-dos", today=TODAY)
    assert [row.what for row in listed.rows] == ["Call the printer", "Sort the room"]
    for empty in ("", " \n\t\n"):
        with pytest.raises(UserError, match="empty"):
            plan_import(store, Pasted(empty), today=TODAY)


def test_languages_tags_and_own_fields_are_columns(tmp_path: Path, store: Store) -> None:
    size = save_field(store, FieldDraft(name="Shirt", kind="choice", choices=["S", "M"]), today=TODAY)
    since = save_field(store, FieldDraft(name="Since", kind="day"), today=TODAY)
    path = file(
        tmp_path,
        'Name,Languages,Tags,Shirt,Since\nAna Ruiz,French (C1); Polish - native; Welsh,"Fair, Robotics",m,31/12/2025\n'
        "Bo Lind,,,XXL,\n",
    )
    found = plan_import(store, path, today=TODAY)
    assert outcomes(found) == ["new", "wrong"]
    assert "is one of: S, M" in found.rows[1].cells["Shirt"]
    report = run_import(store, found, today=TODAY)
    draft = gather.candidate_draft(store, report.ids[0], today=TODAY)
    assert draft.custom == {size: "M", since: "2025-12-31"}
    assert draft.tags == ["Fair", "Robotics"]
    assert draft.languages == [
        LanguageDraft(language="French", level="fluent"),
        LanguageDraft(language="Polish", level="native"),
        LanguageDraft(language="Welsh", level=""),
    ]


def test_one_person_with_four_addresses_is_one(tmp_path: Path, store: Store) -> None:
    emails = [f"ana{n}@example.edu" for n in range(4)]
    ana = gather.add_candidate(store, CandidateDraft(first_name="Ana", last_name="Ruiz", emails=emails), today=TODAY)
    rows = "".join(f"Ana,Ruiz,{emails[n].upper()}\n" for n in (3,))
    (row,) = plan_import(store, file(tmp_path, f"First name,Last name,E-mail\n{rows}"), today=TODAY).rows
    assert (row.outcome, row.person_id) == ("same", ana)


class _StoppedError(Exception):
    pass


def test_cancel_is_heard_also_while_the_change_is_written_down(tmp_path: Path, store: Store) -> None:
    """After the last row there is as much work again: the history and the search index."""
    lines = "".join(f"F{n},L{n},p{n}@example.edu,North College\n" for n in range(1_000))
    found = plan_import(store, file(tmp_path, "First name,Last name,E-mail,School\n" + lines), today=TODAY)
    before, calls = tables(store), 0

    def count(done: int, total: int) -> None:
        nonlocal calls
        calls += 1 if done == total else 0

    run_import(store, found, today=TODAY, progress=count)
    assert calls > 5
    store.undo()
    assert tables(store) == before
    for stop_at in (2, calls // 2, calls):
        at = 0

        def stop(done: int, total: int) -> None:
            nonlocal at
            at += 1 if done == total else 0
            if at == stop_at:  # noqa: B023 - called within this turn
                raise _StoppedError

        steps = len(store.history())
        with pytest.raises(_StoppedError):
            run_import(store, found, today=TODAY, progress=stop)
        assert tables(store) == before
        assert len(store.history()) == steps
        assert store.search("F12") == []
    assert store.check() == []
