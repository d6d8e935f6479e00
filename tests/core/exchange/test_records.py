"""Projects, applications, offers, payments and to-dos from a table."""

from __future__ import annotations

from datetime import date

import pytest

from core.errors import UserError
from core.exchange.columns import guess
from core.exchange.records import (
    ApplicationRow,
    OfferRow,
    PaymentRow,
    ProjectRow,
    ToDoRow,
    parse,
    parse_applications,
    parse_offers,
    parse_payments,
    parse_projects,
    parse_to_dos,
)
from core.exchange.table import Row, Table


def table_of(header: str, *rows: str) -> tuple[Table, dict[str, str]]:
    return Table(header.split("|"), [Row(at, row.split("|")) for at, row in enumerate(rows, 2)]), {}


def test_a_project() -> None:
    table, _ = table_of(
        "Title|Category|Hours|Fee|Apply by|Start|Due|Where|Deliverables|Skills|Openings|Status",
        "Clean the list|Data|15 h|$360|2026-11-20|2026-12-01|2026-12-15|Hybrid|- A list; - A note|Excel, SQL|2|Open",
    )
    (found,) = parse_projects(table, guess(table.headers, [], "projects"))
    assert found.problems == ()
    assert found.row == ProjectRow(
        title="Clean the list",
        category="Data",
        estimated_hours=15,
        fee=36000,
        apply_by=date(2026, 11, 20),
        kick_off_on=date(2026, 12, 1),
        due_on=date(2026, 12, 15),
        location_mode="mixed",
        deliverables=("A list", "A note"),
        skills=("Excel", "SQL"),
        openings=2,
        status="open",
    )


def test_a_project_with_everything_wrong() -> None:
    table, _ = table_of("Title|Hours|Fee|Due|Where|Status", "|many|1.234|soon|moon|running")
    (found,) = parse_projects(table, guess(table.headers, [], "projects"))
    assert {p.field for p in found.problems} == {"title", "estimated_hours", "fee", "due_on", "location_mode", "status"}
    assert "is none of: Draft, Open, Selecting, Cancelled" in found.problems[-1].words


def test_what_rules_judge_is_read_as_it_stands() -> None:
    """A fee of 0, 400 hours, a due date before the kick-off: rules are not the parser's business."""
    table, _ = table_of("Title|Hours|Fee|Start|Due", "X|400|0|2026-12-15|2026-12-01")
    (found,) = parse_projects(table, guess(table.headers, [], "projects"))
    assert found.problems == ()
    assert (found.row.estimated_hours, found.row.fee) == (400, 0)


def test_an_application_with_its_answers() -> None:
    table, _ = table_of(
        "Timestamp|Email Address|Project|How would you clean a list?|Anything else?|Status",
        "11/20/2026 10:30:00|ana@example.edu|P-014|By hand\nand then by sort||Short-listed",
    )
    (found,) = parse_applications(table, guess(table.headers, [], "applications"))
    assert found.problems == ()
    assert found.row == ApplicationRow(
        candidate_email="ana@example.edu",
        project="P-014",
        status="shortlisted",
        applied_on=date(2026, 11, 20),
        answers=(("How would you clean a list?", "By hand\nand then by sort"),),
    )


def test_an_offer_and_a_payment() -> None:
    table, _ = table_of(
        "E-mail|Project|Fee|Hours|Start|Due|Answer by|Status",
        "ana@example.edu|Clean the list|360|15|2026-12-01|2026-12-15|2026-11-28|Sent",
    )
    (offer,) = parse_offers(table, guess(table.headers, [], "offers"))
    assert offer.row == OfferRow(
        "ana@example.edu", "Clean the list", 36000, "USD", 15, date(2026, 12, 1), date(2026, 12, 15),
        date(2026, 11, 28), "sent",
    )  # fmt: skip
    table, _ = table_of(
        "E-mail|Project|Amount|Currency|Date|Method|Check no|Paid from",
        "ana@example.edu|14|1.360,50|EUR|2026-12-20|Wire|100234|Grant",
    )
    (payment,) = parse_payments(table, guess(table.headers, [], "payments"))
    assert payment.problems == ()
    assert payment.row == PaymentRow(
        "ana@example.edu", "14", 136050, "EUR", date(2026, 12, 20), "transfer", "100234", "campus_grant"
    )


def test_a_payment_needs_who_what_how_much_and_when() -> None:
    table, _ = table_of("E-mail|Project|Amount|Date", "|||")
    (found,) = parse_payments(table, guess(table.headers, [], "payments"))
    assert [(p.field, p.words) for p in found.problems] == [
        ("amount", "The amount is missing."),
        ("candidate_email", "The e-mail address is missing."),
        ("project", "The project is missing."),
        ("paid_on", "The day is missing."),
    ]
    with pytest.raises(UserError, match="no columns for Project, Amount, Paid on"):
        parse_payments(table, {"candidate_email": "E-mail"})


def test_a_currency_told_twice_must_agree() -> None:
    table, _ = table_of("Title|Fee|Currency", "X|€360|USD", "Y|360|pounds")
    one, two = parse_projects(table, guess(table.headers, [], "projects"))
    assert "The amount is in EUR, the currency column says USD" in one.problems[0].words
    assert "currency is not known" in two.problems[0].words


def test_the_employers_currency_holds_where_none_is_named() -> None:
    table, _ = table_of("Title|Fee", "X|1.360,00", "Y|$20")
    one, two = parse_projects(table, guess(table.headers, [], "projects"), "EUR")
    assert (one.row.fee, one.row.currency) == (136000, "EUR")
    assert (two.row.fee, two.row.currency) == (2000, "USD")


def test_to_dos_lose_their_bullets() -> None:
    table, _ = table_of("To-do", "- Clean the list", "[ ] Call", "* [x] Write", "3. Count", "2 of 3 papers", "-")
    found = parse_to_dos(table, {"text": "To-do"})
    assert [row.row.text for row in found[:5]] == ["Clean the list", "Call", "Write", "Count", "2 of 3 papers"]
    assert parse("to-dos", table, {"text": "To-do"})[0].row == ToDoRow("Clean the list")


def test_an_unknown_noun_is_told() -> None:
    with pytest.raises(UserError, match="“schools” cannot be brought in"):
        parse("schools", Table([], []), {})
