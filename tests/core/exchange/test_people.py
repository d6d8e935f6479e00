"""Candidates from real files: what is data stays, what is wrong is told at its field."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import UserError
from core.exchange.columns import guess
from core.exchange.parsed import ParsedRow
from core.exchange.people import CandidateRow, parse_candidates, split_name
from core.exchange.table import Row, Table, read_table


def parsed(header: str, *rows: str) -> list[ParsedRow[CandidateRow]]:
    headers = header.split("|")
    table = Table(headers, [Row(at, row.split("|")) for at, row in enumerate(rows, 2)])
    return parse_candidates(table, guess(headers, table.rows, "candidates"))


def one(header: str, row: str) -> ParsedRow[CandidateRow]:
    return parsed(header, row)[0]


def test_a_whole_row() -> None:
    found = one(
        "First name|Last name|E-mail|Phone|School|Student ID|Major|Degree|Class year|Graduation|Skills|Source|Links"
        "|Notes|Hours a week|First contact",
        "Zoë|Müller|Zoe@Example.EDU; z@example.org|+1 312 555 0100|North College|007|Math|Bachelor|Sophomore|May 2028"
        "|Excel, SQL; excel|Fair|https://example.org/z|one\ntwo|10 h|2026-09-01",
    )
    assert found.problems == ()
    assert found.row == CandidateRow(
        first_name="Zoë",
        last_name="Müller",
        emails=("Zoe@example.edu", "z@example.org"),
        phone="+1 312 555 0100",
        school="North College",
        student_number="007",
        major="Math",
        degree_level="Bachelor",
        class_year=2,
        expected_graduation=date(2028, 5, 31),
        skills=("Excel", "SQL"),
        source="Fair",
        links=("https://example.org/z",),
        notes="one\ntwo",
        hours_a_week=10,
        first_contact_on=date(2026, 9, 1),
    )


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("Ana Lima", "Ana", "Lima"), ("Lima, Ana", "Ana", "Lima"), ("Ana Maria Lima", "Ana Maria", "Lima"),
        ("Ludwig van Beethoven", "Ludwig", "van Beethoven"), ("de la Cruz, Juan", "Juan", "de la Cruz"),
        ("Juan de la Cruz", "Juan", "de la Cruz"), ("Martin King Jr.", "Martin", "King Jr."),
        ("Martin King, Jr.", "Martin", "King Jr."), ("King, Martin, Jr.", "Martin", "King Jr."),
        ("Madonna", "Madonna", ""), ("李小龙", "李小龙", ""), ("Li", "Li", ""), ("X", "X", ""), ("Lima,", "Lima", ""),
        ("Van Nguyen", "Van", "Nguyen"),
    ],
)  # fmt: skip
def test_a_whole_name_is_split(name: str, first: str, last: str) -> None:
    assert split_name(name) == (first, last)


@given(st.text(max_size=60))
def test_no_letter_of_a_name_is_lost(name: str) -> None:
    name = " ".join(name.split())
    first, last = split_name(name)
    assert sorted(c for c in name if c.isalnum()) == sorted(c for c in first + last if c.isalnum())


def test_names_that_look_like_code_are_names() -> None:
    for name in ("<b>Ana</b>", '=HYPERLINK("http://x","y")', "Robert'); DROP TABLE students;--", "{{x}}", "%s"):
        found = one("First name", name)
        assert (found.row.first_name, found.problems) == (name, ())


def test_direction_and_control_signs_go_and_letters_stay() -> None:
    found = one("First name|Last name", "\u202eAna\u200f\x07|Mu\u0308ller\u2066")
    assert (found.row.first_name, found.row.last_name) == ("Ana", "Müller")
    assert one("First name", "שרה").row.first_name == "שרה"


def test_a_name_of_300_characters_of_one_and_none() -> None:
    long = one("First name", "x" * 300)
    assert [(p.field, p.header) for p in long.problems] == [("first_name", "First name")]
    assert "300 characters; at most 200" in long.problems[0].words
    assert one("First name", "x" * 200).problems == ()
    assert one("First name", "J").problems == ()
    assert [p.words for p in one("First name|E-mail", " |a@example.edu").problems] == ["The name is missing."]


def test_an_e_mail_that_is_none_is_told_with_its_column() -> None:
    for bad in ("ana", "ana@", "ana@example", "@example.edu", "a b@example..edu", "ana@exam ple.edu"):
        found = one("Name|Correo", f"Ana|{bad}")
        assert found.problems, bad
        assert (found.problems[0].field, found.problems[0].header) == ("email", "Correo")
        assert "is no e-mail address" in found.problems[0].words
    mixed = one("Name|E-mail", "Ana|ana@example.edu; nonsense")
    assert mixed.row.emails == ("ana@example.edu",)
    assert len(mixed.problems) == 1


def test_addresses_in_other_clothes() -> None:
    for text in ("Ana Lima <ana@example.edu>", "mailto:ana@example.edu", " ana@example.edu ", "ana@example.edu;"):
        assert one("Name|E-mail", f"Ana|{text}").row.emails == ("ana@example.edu",)
    found = one("Name|E-mail|E-mail 2", "Ana|a@example.edu, b@example.edu|A@EXAMPLE.EDU")
    assert found.row.emails == ("a@example.edu", "b@example.edu")


def test_years_days_and_hours_that_cannot_be() -> None:
    found = one(
        "Name|Class year|Expected graduation|First contact|Hours a week|Phone|Links",
        "Ana|9|9999|31/02/2027|400|none|javascript:alert(1)",
    )
    assert [p.field for p in found.problems] == [
        "expected_graduation", "class_year", "phone", "links", "hours_a_week", "first_contact_on",
    ]  # fmt: skip
    assert all(p.header for p in found.problems)
    assert found.row.first_name == "Ana"


def test_the_days_of_a_table_tell_which_comes_first() -> None:
    european = parsed("Name|First contact", "Ana|03/04/2027", "Ben|25/04/2027")
    assert european[0].row.first_contact_on == date(2027, 4, 3)
    assert "day first" in european[0].notes[0]
    american = parsed("Name|First contact", "Ana|03/04/2027", "Ben|04/25/2027")
    assert american[0].row.first_contact_on == date(2027, 3, 4)
    unknown = one("Name|First contact", "Ana|03/04/2027")
    assert unknown.row.first_contact_on == date(2027, 3, 4)
    assert "month first" in unknown.notes[0]
    mixed = parsed("Name|First contact", "Ana|03/04/2027", "Ben|25/04/2027", "Cid|04/25/2027")
    assert [bool(row.problems) for row in mixed] == [True, False, False]


def test_a_class_year_that_is_a_year_of_graduation() -> None:
    found = one("Name|Class year", "Ana|2028")
    assert (found.row.class_year, found.row.expected_graduation) == (None, date(2028, 5, 31))
    assert found.notes


def test_a_row_with_too_many_cells_is_a_problem() -> None:
    table = Table(["Name"], [Row(2, ["Ana"], ("Lima", "x"))])
    (found,) = parse_candidates(table, {"name": "Name"})
    assert "2 more filled cells" in found.problems[0].words


def test_a_mapping_that_does_not_fit_stops_all() -> None:
    table = Table(["E-mail"], [Row(2, ["a@example.edu"])])
    with pytest.raises(UserError, match="no column for Name"):
        parse_candidates(table, {"email": "E-mail"})
    with pytest.raises(UserError, match="no column “Nom”"):
        parse_candidates(table, {"name": "Nom"})


def test_a_german_file_from_bytes_to_rows(tmp_path: Path) -> None:
    path = tmp_path / "liste.csv"
    path.write_bytes(
        "Hochschule;Name;Vorname;E-Mail;Voraussichtlicher Abschluss;Erstkontakt\r\n"
        'Nord-Hochschule;Müller;Jürgen;j.mueller@example.edu;"Mai 2028";03.04.2026\r\n'.encode("cp1252")
    )
    table = read_table(path)
    (found,) = parse_candidates(table, guess(table.headers, table.rows, "candidates"))
    assert found.problems == ()
    assert (found.row.name, found.row.school) == ("Jürgen Müller", "Nord-Hochschule")
    assert (found.row.expected_graduation, found.row.first_contact_on) == (date(2028, 5, 31), date(2026, 4, 3))


def test_a_workbook_from_cells_to_rows(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.append(["Student", "E-mail", "Phone", "Class year", "Grad date", "Hours a week"])
    page.append(["Lima, Ana", "ana@example.edu", 13125551234.0, 2.0, date(2028, 5, 15), 10.0])
    book.save(tmp_path / "t.xlsx")
    table = read_table(tmp_path / "t.xlsx")
    (found,) = parse_candidates(table, guess(table.headers, table.rows, "candidates"))
    assert (found.line, found.problems, found.row.name) == (2, (), "Ana Lima")
    assert (found.row.phone, found.row.class_year, found.row.hours_a_week) == ("13125551234", 2, 10)
    assert found.row.expected_graduation == date(2028, 5, 31)
