"""Columns are found by their names in five languages, by what is in them, or as a person says."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.errors import UserError
from core.exchange.columns import check, fields, guess, missing, read_map
from core.exchange.fields import FIELDS
from core.exchange.table import Row


def guessed(header: str, noun: str = "candidates", *rows: str) -> dict[str, str]:
    headers = header.split(";")
    return guess(headers, [Row(at, row.split(";")) for at, row in enumerate(rows, 2)], noun)


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (
            "First Name;Last Name;Email;School;Major;Class Year;Expected Graduation;Phone;Skills;Notes",
            "first_name last_name email school major class_year expected_graduation phone skills notes",
        ),
        (
            "Vorname;Name;E-Mail;Hochschule;Abschluss;Jahrgang",
            "first_name last_name email school degree_level class_year",
        ),
        ("nombre;apellido;correo;Universidad;Año", "first_name last_name email school class_year"),
        ("PRÉNOM;NOM;Courriel;École;Filière", "first_name last_name email school major"),
        ("Imię;Nazwisko;Adres e-mail;Uczelnia;Rok studiów", "first_name last_name email school class_year"),
        ("Student ID;Anticipated Graduation (MM/YYYY);LinkedIn URL", "student_number expected_graduation links"),
        ("Student's First Name;Student's Last Name;Student E-mail Address", "first_name last_name email"),
        ("Imię i nazwisko;E-mail 2 - Value", "name email"),
        ("Nombre;Correo", "name email"),
        ("first_name;hours_a_week;first_contact_on", "first_name hours_a_week first_contact_on"),
    ],
)  # fmt: skip
def test_headers_in_five_languages(header: str, expected: str) -> None:
    found = guessed(header)
    assert [found.get(name) for name in expected.split()] == header.split(";")
    assert len(found) == len(expected.split())


def test_the_order_of_columns_does_not_matter() -> None:
    assert guessed("Email;Name") == guessed("Name;Email")


def test_columns_about_somebody_else_are_left_alone() -> None:
    assert guessed("Advisor email;Emergency contact phone;Employer name") == {}


def test_unknown_headers_are_known_by_their_cells() -> None:
    found = guessed("A;B;C;D", "candidates", "x;ana@example.edu;+1 312 555 0100;https://example.org/a", "y;;;")
    assert found == {"email": "B", "phone": "C", "links": "D"}


def test_two_columns_of_addresses() -> None:
    assert guessed("E-mail 1 - Value;E-mail 2 - Value") == {"email": "E-mail 1 - Value", "email_2": "E-mail 2 - Value"}


@pytest.mark.parametrize("noun", list(FIELDS))
def test_each_field_is_found_by_its_own_name_and_label(noun: str) -> None:
    names = [spec.name for spec in fields(noun)]
    if noun == "candidates":
        names.remove("name")  # beside a first and a last name it has no place
    assert guess(names, [], noun) == {name: name for name in names}
    labels = {spec.name: spec.label for spec in fields(noun) if spec.name in names}
    assert guess(list(labels.values()), [], noun) == labels


def test_other_nouns() -> None:
    assert guessed("Email Address;Project;Why you?;Status;Timestamp", "applications") == {
        "candidate_email": "Email Address", "project": "Project", "status": "Status", "applied_on": "Timestamp",
    }  # fmt: skip
    assert guessed("Email;Project;Amount;Date;Method;Check number", "payments")["reference"] == "Check number"
    assert guessed("Titel;Stunden;Honorar;Beginn;Abgabe", "projects") == {
        "title": "Titel", "estimated_hours": "Stunden", "fee": "Honorar", "kick_off_on": "Beginn", "due_on": "Abgabe",
    }  # fmt: skip
    with pytest.raises(UserError, match="“schools” cannot be brought in"):
        guess([], [], "schools")


def test_a_mapping_is_checked() -> None:
    headers = ["E-Mail", "Vorname"]
    assert check({"email": "e-mail"}, headers, "candidates") == {"email": "E-Mail"}
    with pytest.raises(UserError, match=r"no field “mail” for candidates\. The fields are: first_name"):
        check({"mail": "E-Mail"}, headers, "candidates")
    with pytest.raises(UserError, match=r"no column “Correo” \(for email\). Its columns are: E-Mail, Vorname"):
        check({"email": "Correo"}, headers, "candidates")
    with pytest.raises(UserError, match="both E-mail and Second e-mail"):
        check({"email": "E-Mail", "email_2": "E-Mail"}, headers, "candidates")


def test_what_every_row_needs_is_asked_for() -> None:
    assert missing({"email": "E-Mail"}, "candidates") == "There is no column for Name. Say which it is."
    assert missing({"last_name": "Nachname"}, "candidates") is None
    assert missing({}, "payments") == (
        "There are no columns for Candidate's e-mail, Project, Amount, Paid on. Say which they are."
    )


def test_a_mapping_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "map.json"
    path.write_bytes(b'\xef\xbb\xbf{"email": "E-Mail"}')
    assert read_map(path) == {"email": "E-Mail"}
    for data, words in (
        (b'{"email": }', "is no JSON: line 1"),
        (b'["email"]', "must be an object"),
        (b'{"email": 3}', "must be an object"),
        (b"[" * 100_000, "no"),
        (b"\xff\xfe", "no UTF-8"),
    ):
        path.write_bytes(data)
        with pytest.raises(UserError, match=words):
            read_map(path)
    with pytest.raises(UserError, match="There is no file"):
        read_map(tmp_path / "none.json")
