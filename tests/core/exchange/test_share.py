"""A school's file: its columns as a campus office reads them, and figures that give nobody away."""

from __future__ import annotations

import csv
import dataclasses
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import UserError
from core.exchange.aggregate import FEWEST, HIDDEN, Aggregates, By, Group, aggregate_table, hidden
from core.exchange.share import ShareRow, columns, share_paths, write_share

COLUMNS = """
    school, campus_office, student_first, student_last, student_email, student_id, class_year, expected_graduation
    major, cip_code, employer, employer_city, employer_state, project_title, category, start_date, end_date
    hours_estimated, hours_logged, fee_usd, effective_rate_usd, location_mode, supervisor_name, supervisor_email
    status, learning_objectives, deliverables, career_self_development, communication, critical_thinking
    equity_inclusion, leadership, professionalism, teamwork, technology, supervisor_comment, student_reflection
    would_rehire, follow_on, consent_date, consent_scope, record_version
""".replace(",", " ").split()
MADE = date(2026, 11, 22)
ROW = ShareRow(
    school="North College", campus_office="Career Center", student_first="Zoë", student_last="=Müller",
    student_email="zoe@example.edu", student_id="007", class_year=2, expected_graduation=date(2028, 5, 31),
    major="Math", cip_code="27.0101", employer="Harbor & Sons", employer_city="Springfield", employer_state="IL",
    project_title="Clean the list", category="Data", start_date=date(2026, 10, 1), end_date=None, hours_estimated=15,
    minutes_logged=930, fee=36000, currency="USD", location_mode="remote", supervisor_name="Sam Roy",
    supervisor_email="sam@example.com", status="running", learning_objectives=["Sort", "Count"],
    deliverables=["A list"],
    career_self_development=None, communication=4, critical_thinking=None, equity_inclusion=None, leadership=None,
    professionalism=3, teamwork=None, technology=2, supervisor_comment="-5 days late", student_reflection="",
    would_rehire=True, follow_on="", consent_date=date(2026, 9, 1), consent_scope="Records of this project",
    record_version=3,
)  # fmt: skip


def test_the_columns_stand_in_their_order(tmp_path: Path) -> None:
    csv_path, xlsx_path = write_share(tmp_path, "North College", [ROW], made_on=MADE)
    with csv_path.open(encoding="utf-8-sig", newline="") as file:
        head, row = list(csv.reader(file))
    assert head == COLUMNS == columns([ROW])
    cells = dict(zip(head, row, strict=True))
    assert cells["student_last"] == "'=Müller"
    assert cells["supervisor_comment"] == "'-5 days late"
    assert cells["expected_graduation"] == "2028-05"
    assert (cells["start_date"], cells["end_date"]) == ("2026-10-01", "")
    assert (cells["hours_logged"], cells["fee_usd"], cells["effective_rate_usd"]) == ("15.50", "360.00", "23.23")
    assert (cells["communication"], cells["leadership"], cells["would_rehire"]) == ("4", "", "yes")
    assert cells["learning_objectives"] == "Sort; Count"
    book = openpyxl.load_workbook(xlsx_path)
    assert book.sheetnames == ["Data", "Data dictionary", "Summary"]
    assert [cell.value for cell in book["Data"][1]] == COLUMNS
    words = {row[0].value: row[1].value for row in book["Data dictionary"].iter_rows(min_row=2)}
    assert list(words) == COLUMNS
    assert all(str(word).endswith(".") for word in words.values())
    figures = {row[0].value: row[1].value for row in book["Summary"].iter_rows(min_row=2)}
    assert (figures["Students"], figures["Micro-internships"], figures["Fees, USD"]) == (1, 1, 360)


def test_another_currency_has_its_own_two_columns(tmp_path: Path) -> None:
    euro = dataclasses.replace(ROW, currency="EUR")
    csv_path, _ = write_share(tmp_path, "North College", [ROW, euro], made_on=MADE)
    with csv_path.open(encoding="utf-8-sig", newline="") as file:
        one, two = list(csv.DictReader(file))
    assert columns([ROW, euro])[19:23] == ["fee_usd", "effective_rate_usd", "fee", "currency"]
    assert (one["fee_usd"], one["fee"], one["currency"]) == ("360.00", "360.00", "USD")
    assert (two["fee_usd"], two["effective_rate_usd"], two["fee"], two["currency"]) == ("", "", "360.00", "EUR")


def test_the_rate_falls_back_to_the_hours_estimated() -> None:
    assert str(dataclasses.replace(ROW, minutes_logged=None).effective_rate_usd) == "24.00"
    assert dataclasses.replace(ROW, minutes_logged=None, hours_estimated=0).effective_rate_usd is None
    assert dataclasses.replace(ROW, fee=None).effective_rate_usd is None


def test_nothing_is_overwritten_unasked_and_both_files_come_or_none(tmp_path: Path) -> None:
    school = "A/B: College?"
    first, second = share_paths(tmp_path, school, MADE)
    assert first.name == "A-B- College- micro-internships 2026-11-22.csv"
    second.write_text("mine", encoding="utf-8")
    with pytest.raises(UserError, match="is there already"):
        write_share(tmp_path, school, [ROW], made_on=MADE)
    assert not first.exists()
    assert write_share(tmp_path, school, [ROW], made_on=MADE, overwrite=True) == [first, second]
    with pytest.raises(UserError, match="There is no folder"):
        write_share(tmp_path / "none", school, [ROW], made_on=MADE)


def test_figures_and_people_are_never_in_one_file(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="do not go into one file"):
        write_share(tmp_path, "North", [ROW], Aggregates(_group("all", 5), {}), made_on=MADE)


def _group(name: str, count: int, accepted: int | None = None, marks: int | None = None) -> Group:
    return Group(
        name, count, count, count, count if accepted is None else accepted, count, count * 30_000, 0,
        ((count * 3, count if marks is None else marks),) * 8,
    )  # fmt: skip


def test_a_small_group_and_its_companion_are_hidden(tmp_path: Path) -> None:
    groups: dict[By, list[Group]] = {"school": [_group("Big", 30), _group("Middle", 8), _group("Small", 3)]}
    aggregates = Aggregates(_group("all", 41), groups)
    head, rows = aggregate_table(aggregates)
    shown = {row[1]: row[head.index("students")] for row in rows}
    assert shown == {"all": 41, "Big": 30, "Middle": HIDDEN, "Small": HIDDEN}
    small = rows[-1]
    assert all(cell in (HIDDEN, 0, "school", "Small", "USD", None) for cell in small)
    paths = write_share(tmp_path, "North", [], aggregates, made_on=MADE)
    assert [path.name for path in paths] == [
        "North micro-internships in figures 2026-11-22.csv",
        "North micro-internships in figures 2026-11-22.xlsx",
    ]
    book = openpyxl.load_workbook(paths[1])
    assert book.sheetnames == ["Data", "Data dictionary", "Summary"]
    words = [row[0].value for row in book["Data dictionary"].iter_rows(min_row=2)]
    assert words == head


def test_a_share_of_nearly_all_is_hidden_too() -> None:
    """Of eight that ended seven were accepted: that tells who was not."""
    groups: dict[By, list[Group]] = {"school": [_group("A", 8, accepted=7), _group("B", 20), _group("C", 9)]}
    gone = hidden(Aggregates(_group("all", 37, accepted=36), groups))
    assert ("school", "A", "accepted") in gone
    assert ("total", "all", "accepted") in gone


GROUPS = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), min_size=1, max_size=6)


@given(st.fixed_dictionaries({"school": GROUPS, "class_year": GROUPS, "category": GROUPS}))
def test_no_hidden_count_can_be_worked_out(drawn: dict[str, list[tuple[int, int]]]) -> None:
    groups: dict[By, list[Group]] = {}
    for by, pairs in drawn.items():
        groups[by] = [_group(f"g{at}", n, min(n, k), min(n, k)) for at, (n, k) in enumerate(pairs)]  # type: ignore[index]
    largest = max(groups.values(), key=lambda one: sum(g.students for g in one))
    total = _group("all", sum(g.students for g in largest), sum(g.accepted for g in largest))
    gone = hidden(Aggregates(total, groups))
    for measure in ("students", "accepted", "paid", "Communication"):
        shown_total = ("total", "all", measure) not in gone
        for by, members in groups.items():
            counts = {
                g.name: g.competencies[0][1] if measure == "Communication" else int(getattr(g, measure))
                for g in members
            }
            lost = [name for name in counts if (by, name, measure) in gone]
            for group in members:
                if 0 < counts[group.name] < FEWEST or 0 < group.students < FEWEST:
                    assert group.name in lost
            if lost and shown_total:
                assert len(lost) > 1
                assert sum(counts[name] for name in lost) >= FEWEST
            if not shown_total and any(counts.values()):
                assert lost  # else the shown cells add up to the total
