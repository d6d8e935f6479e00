"""What leaves is written whole, recorded once, and not written where it cannot be recorded."""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pypdf
import pytest

from core.errors import SystemFault, UserError
from core.exchange.aggregate import FEWEST
from core.insight import offers, records
from core.insight.offers import unanswered
from core.insight.sharing import counted, share_view
from core.insight.told import told
from core.jobs import papers, sharing
from core.jobs.export import export
from core.jobs.intake import plan_import
from core.jobs.many_letters import write_letters
from core.jobs.sample import fill
from core.jobs.summaries import period_of
from core.store import Store, migrate
from core.work import gather
from tests.support import made as made_up
from tests.support.stores import TODAY, new_store


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The sample program, read by several tests; each writes to a folder of its own."""
    with new_store(tmp_path_factory.mktemp("sample")) as store:
        fill(store, TODAY)
        yield store


def left(store: Store) -> list[dict[str, object]]:
    return [row for _, row in records.listing(store, "disclosures", all_columns=True).rows]


def text_of(path: Path) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(path).pages)


def sealed_application(store: Store) -> dict[str, object]:
    """One whose name is not to be shown yet."""
    rows = records.listing(store, "applications", all_columns=True).rows
    row_id, row = next((i, r) for i, r in rows if r["candidate_id"] is None)
    return {"id": row_id, **row}


def person_behind(store: Store, application: dict[str, object]) -> dict[str, object]:
    raw = records.rows_where(store, "applications", sealed=False, id=str(application["id"]))[0]
    return records.rows_where(store, "candidates", id=raw["candidate_id"])[0]


# --- letters ----------------------------------------------------------------------------------------------------------


def test_every_open_offer_gets_its_letter(tmp_path: Path, made: Store) -> None:
    before = len(left(made))
    done = write_letters(made, unanswered(made), tmp_path, today=TODAY)
    assert len(done.files) == len(offers.unanswered(made)) > 0
    assert done.refused == ()
    for file, entry in zip(done.files, left(made)[before:], strict=True):
        view = next(
            v for v in (offers.offer(made, i, today=TODAY) for i in offers.unanswered(made)) if v.candidate in file.name
        )
        said = text_of(file)
        assert view.project.split(":")[0] in said
        assert view.candidate in said
        assert (entry["kind"], entry["file_name"], entry["to_whom"]) == ("letter", file.name, view.candidate)
        assert entry["sha256"] == hashlib.sha256(file.read_bytes()).hexdigest()
        assert f"candidates:{view.candidate_id}" in entry["refs"]  # type: ignore[operator]


def test_a_preview_lies_in_no_file_and_on_no_record(tmp_path: Path, made: Store) -> None:
    before = len(left(made))
    offer = offers.unanswered(made)[0]
    one, other = papers.draw_letter(made, offer, today=TODAY), papers.draw_letter(made, offer, today=TODAY)
    assert one == other
    assert one.startswith(b"%PDF")
    assert len(left(made)) == before
    assert papers.letter(made, offer, tmp_path / "a.pdf", today=TODAY).read_bytes() == one


def test_a_letter_is_not_overwritten_unasked(tmp_path: Path, made: Store) -> None:
    offer = offers.unanswered(made)[0]
    out = tmp_path / "a.pdf"
    out.write_text("mine", "utf-8")
    before = len(left(made))
    with pytest.raises(UserError, match="there already"):
        papers.letter(made, offer, out, today=TODAY)
    assert out.read_text("utf-8") == "mine"
    assert len(left(made)) == before
    papers.letter(made, offer, out, today=TODAY, overwrite=True)
    assert out.read_bytes().startswith(b"%PDF")


def test_what_cannot_be_recorded_does_not_leave(tmp_path: Path, made: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise SystemFault("The disk is full.")

    monkeypatch.setattr(Store, "disclose_all", full)
    candidate = records.listing(made, "candidates").rows[0][0]
    for act in (
        lambda: papers.report(made, candidate, tmp_path / "r.pdf", today=TODAY),
        lambda: export(made, tmp_path / "c.csv", today=TODAY),
        lambda: write_letters(made, unanswered(made), tmp_path, today=TODAY),
    ):
        with pytest.raises(SystemFault):
            act()
    assert [p for p in tmp_path.iterdir() if p.is_file()] == []


@pytest.mark.parametrize("links", [True, False])
def test_what_stood_there_stands_there_until_the_new_is_on_record(
    tmp_path: Path, made: Store, monkeypatch: pytest.MonkeyPatch, links: bool
) -> None:
    def full(*_: object, **__: object) -> None:
        raise SystemFault("The disk is full.")

    school = next(i for i, _ in records.listing(made, "schools").rows if share_view(made, i, today=TODAY).rows)
    out = tmp_path / "files"
    out.mkdir()
    candidate = records.listing(made, "candidates").rows[0][0]
    papers.report(made, candidate, out / "r.pdf", today=TODAY)
    sharing.share(made, school, out, today=TODAY)
    files = sorted(out.iterdir())
    for file in files:
        file.write_bytes(b"of yesterday")
    if not links:

        def none(*_: object) -> None:
            raise OSError("no links here")

        monkeypatch.setattr("os.link", none)
    with monkeypatch.context() as patch:
        patch.setattr(Store, "disclose", full)
        with pytest.raises(SystemFault):
            papers.report(made, candidate, out / "r.pdf", today=TODAY, overwrite=True)
        with pytest.raises(SystemFault):
            sharing.share(made, school, out, today=TODAY, overwrite=True)
    assert {file.read_bytes() for file in out.iterdir()} == {b"of yesterday"}
    assert sorted(out.iterdir()) == files
    with pytest.raises(UserError, match="there already"):
        sharing.share(made, school, out, today=TODAY)
    assert {file.read_bytes() for file in out.iterdir()} == {b"of yesterday"}
    papers.report(made, candidate, out / "r.pdf", today=TODAY, overwrite=True)
    sharing.share(made, school, out, today=TODAY, overwrite=True)
    assert sorted(out.iterdir()) == files
    assert b"of yesterday" not in {file.read_bytes() for file in files}


def test_a_paper_takes_no_other_files_name(tmp_path: Path, made: Store) -> None:
    candidate = records.listing(made, "candidates").rows[0][0]
    _, start, end = period_of(made, None, None, None, today=TODAY)
    for name in ("r", "r.foothold", "r.key", "r.pdf.txt"):
        out = tmp_path / name
        out.write_text("mine", "utf-8")
        for act in (
            lambda out: papers.report(made, candidate, out, today=TODAY, overwrite=True),
            lambda out: papers.summary(made, start, end, out, today=TODAY, overwrite=True),
            lambda out: papers.letter(made, offers.unanswered(made)[0], out, today=TODAY, overwrite=True),
        ):
            with pytest.raises(UserError, match=r"Give it the ending \.pdf"):
                act(out)
        assert out.read_text("utf-8") == "mine"
    papers.report(made, candidate, tmp_path / "R.PDF", today=TODAY)


# --- reports ----------------------------------------------------------------------------------------------------------


def test_a_report_says_who_it_is(tmp_path: Path, made: Store) -> None:
    row_id, row = next((i, r) for i, r in records.listing(made, "candidates").rows if str(r["last_name"]).isascii())
    papers.report(made, row_id, tmp_path / "r.pdf", today=TODAY)
    assert f"{row['first_name']} {row['last_name']}" in text_of(tmp_path / "r.pdf")
    assert left(made)[-1]["refs"] == [f"candidates:{row_id}"]


def test_a_blind_report_tells_no_name_not_even_on_the_record(tmp_path: Path, made: Store) -> None:
    application = sealed_application(made)
    person = person_behind(made, application)
    out = papers.blind_report(made, str(application["id"]), tmp_path / "b.pdf", today=TODAY)
    assert str(application["code"]) in text_of(out)
    for name in (person["first_name"], person["last_name"]):
        assert name not in text_of(out)
        assert str(name).encode() not in out.read_bytes()
    assert left(made)[-1]["refs"] == [f"applications:{application['id']}"]


def test_letters_without_a_font_stop_the_paper_and_name_it(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        person = gather.add_candidate(store, gather.CandidateDraft(first_name="ሀ", last_name="Wei"), today=TODAY)
        with pytest.raises(UserError, match="ሀ"):
            papers.report(store, person, tmp_path / "r.pdf", today=TODAY)
        assert left(store) == []
    assert not (tmp_path / "r.pdf").exists()


# --- summary and share ------------------------------------------------------------------------------------------------


def test_a_summary_is_no_disclosure(tmp_path: Path, made: Store) -> None:
    before = len(left(made))
    name, start, end = period_of(made, None, None, None, today=TODAY)
    papers.summary(made, start, end, tmp_path / "s.pdf", today=TODAY, program=name)
    said = text_of(tmp_path / "s.pdf")
    assert "2026" in said
    assert "stayed in touch" in said
    assert len(left(made)) == before


@pytest.mark.parametrize(
    ("program", "start", "end", "words"),
    [("X", None, None, "no program"), ("X", TODAY, TODAY, "not both"), (None, TODAY, None, "first and the last")],
)
def test_a_period_is_said_clearly(made: Store, program: str | None, start: object, end: object, words: str) -> None:
    with pytest.raises(UserError, match=words):
        period_of(made, program, start, end, today=TODAY)  # type: ignore[arg-type]


def test_a_school_with_nobody_who_agreed_gets_no_file(tmp_path: Path, made: Store) -> None:
    before = len(left(made))
    for school, _ in records.listing(made, "schools").rows:
        folder = tmp_path / school
        folder.mkdir()
        if share_view(made, school, today=TODAY).rows:
            done = sharing.share(made, school, folder, today=TODAY)
            assert sorted(folder.iterdir()) == sorted(done.files)
            assert done.people >= 1
        else:
            with pytest.raises(UserError, match=r"no file was written|nothing to share"):
                sharing.share(made, school, folder, today=TODAY)
            assert list(folder.iterdir()) == []
    kinds = [entry["kind"] for entry in left(made)[before:]]
    assert kinds
    assert set(kinds) == {"share"}


def test_figures_leave_only_where_enough_stand_behind_them(tmp_path: Path, made: Store) -> None:
    counts = {
        i: len({row.candidate_id for row in counted(made, i)[0]}) for i, _ in records.listing(made, "schools").rows
    }
    assert any(0 < count < FEWEST for count in counts.values())
    for school, count in counts.items():
        folder = tmp_path / school
        folder.mkdir()
        if count >= FEWEST:
            assert len(sharing.share(made, school, folder, today=TODAY, aggregate=True).files) == 2
        else:
            with pytest.raises(UserError, match=r"would tell who they are|nothing to count"):
                sharing.share(made, school, folder, today=TODAY, aggregate=True)
            assert list(folder.iterdir()) == []


def test_figures_of_enough_students_are_written(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        project = made_up.project(store, openings=6)
        for at in range(6):
            person = made_up.candidate(store, f"Ana {at}", emails=[f"a{at}@example.edu"], school_name="North College")
            made_up.engagement(store, made_up.application(store, project, person))
        school = records.find(store, "schools", "North College")
        done = sharing.share(store, school, tmp_path, today=TODAY, aggregate=True)
        assert done.people == 6
        with done.files[0].open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        assert (rows[0]["students"], rows[0]["engagements"], rows[0]["fees"]) == ("6", "6", "")
        assert "North College" in [row["group"] for row in rows]
        assert left(store)[-1]["what"] == "Figures for a campus office"


# --- exports ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("noun", ["candidates", "projects", "applications", "offers", "payments", "to-dos"])
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_what_went_out_comes_in_as_it_is(tmp_path: Path, made: Store, noun: str, ending: str) -> None:
    done = export(made, tmp_path / f"out.{ending}", noun, today=TODAY)
    plan = plan_import(made, done.file, noun, today=TODAY)
    sealed = sum(row["candidate_id"] is None for _, row in records.listing(made, "applications").rows)
    assert plan.count("same") == done.rows - (sealed if noun == "applications" else 0)
    assert plan.count("new") == plan.count("changed") == 0
    assert left(made)[-1]["kind"] == "export"


def test_any_noun_but_the_private_goes_into_a_table(tmp_path: Path, made: Store) -> None:
    for noun in records.noun_words():
        if records.table_name(noun) in records.PRIVATE:
            with pytest.raises(UserError, match="are private"):
                export(made, tmp_path / f"{noun}.csv", noun, today=TODAY)
            continue
        done = export(made, tmp_path / f"{noun}.csv", noun, today=TODAY)
        with done.file.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.reader(file))
        assert len(rows) == done.rows + 1, noun
        assert {len(row) for row in rows} == {len(rows[0])}, noun


def test_a_workbook_has_typed_cells(tmp_path: Path, made: Store) -> None:
    done = export(made, tmp_path / "p.xlsx", "payments", today=TODAY)
    sheet = openpyxl.load_workbook(done.file).active
    assert sheet is not None
    header, first = (list(row) for row in list(sheet.iter_rows(values_only=True))[:2])
    assert isinstance(first[header.index("Amount")], int | float)
    assert hasattr(first[header.index("Paid on")], "year")


def test_all_of_it_is_json_with_its_schema(tmp_path: Path, made: Store) -> None:
    done = export(made, tmp_path / "all.json", today=TODAY)
    data = json.loads(done.file.read_text("utf-8"))
    assert (data["schema"], data["format"], data["made_on"]) == (migrate.head(), 1, TODAY.isoformat())
    assert set(data["nouns"]) == set(records.noun_words())
    assert len(data["nouns"]["candidates"]) == len(records.listing(made, "candidates").rows)
    assert done.rows == sum(map(len, data["nouns"].values()))


@pytest.mark.parametrize(
    ("name", "what", "words"),
    [
        ("a.csv", "all", ".json"),
        ("a.txt", None, "should end"),
        ("a.csv", "projekts", "no noun"),
        ("no/a.csv", None, "folder"),
    ],
)
def test_a_wish_that_cannot_be_met_is_said(
    tmp_path: Path, made: Store, name: str, what: str | None, words: str
) -> None:
    with pytest.raises(UserError, match=words):
        export(made, tmp_path / name, what, today=TODAY)
    assert [p for p in tmp_path.iterdir() if p.is_file()] == []


def test_a_formula_leaves_as_text(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        gather.add_candidate(store, gather.CandidateDraft(first_name='=HYPERLINK("x")', last_name="A"), today=TODAY)
        export(store, tmp_path / "c.csv", today=TODAY)
        assert "\n=HYPERLINK" not in (tmp_path / "c.csv").read_text("utf-8-sig")
        export(store, tmp_path / "c.xlsx", today=TODAY)
        cell = openpyxl.load_workbook(tmp_path / "c.xlsx").active.cell(2, 1)  # type: ignore[union-attr]
        assert cell.data_type == "s"


# --- what is sealed ---------------------------------------------------------------------------------------------------


def test_a_name_meets_no_code_in_any_file_or_list(tmp_path: Path, made: Store) -> None:
    application = sealed_application(made)
    row_id, code, person = str(application["id"]), str(application["code"]), person_behind(made, application)
    email = records.rows_where(made, "candidate_emails", candidate_id=str(person["id"]))[0]["address"]
    export(made, tmp_path / "a.csv", "applications", today=TODAY)
    export(made, tmp_path / "a.json", "applications", today=TODAY)
    assert email not in (tmp_path / "a.csv").read_text("utf-8-sig")
    assert str(person["id"]) not in (tmp_path / "a.json").read_text("utf-8")
    assert records.record(made, "applications", row_id).fields["candidate_id"] is None
    beside = str(records.record(made, "candidates", str(person["id"])).parts["applications"])
    assert f"'{code}'" not in beside
    assert row_id not in beside
    project = str(application["project_id"])
    for part in records.record(made, "projects", project).parts["applications"]:
        assert part["candidate_id"] != person["id"]
    for entry in told(made, made.history("applications", row_id), "applications", row_id):
        assert str(person["id"]) not in str(entry)
