"""Who looks at everything that may be read while a project is rated blind cannot tell who is behind which code."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select as choose

from core.insight import records
from core.insight.agreement import agreement
from core.insight.comparing import comparison
from core.insight.people import candidate_rows
from core.insight.told import told
from core.jobs import shown
from core.jobs.export import export
from core.jobs.intake import plan_import, run_import
from core.model import (
    Answer,
    Application,
    ApplicationMove,
    CandidateEmail,
    Enrolment,
    Evaluation,
    Question,
    School,
    Score,
)
from core.store import Label, Store
from core.work import declining, evaluate, second_thoughts, select, stages
from core.work.stages import StageDraft
from tests.core.insight.build import Build
from tests.support.stores import TODAY

PEOPLE = ("José Núñez", "Ada Lovelace", "Bo Tran", "Wei Chen")
_TELLING = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|\d{4}-\d\d-\d\d[T ][\d:.+]+|\d{4}-\d\d-\d\d|\b[A-Z]\d{1,3}\b")


class Office:
    """Four applicants to a project with a rubric, one invited; two raters, one has handed in; one not selected."""

    def __init__(self, store: Store, build: Build) -> None:
        self.store, self.me, self.ben = store, store.me or "", build.colleague()
        self.project = build.project("Menu", openings=1, apply_by=TODAY)
        self.criteria = build.rubric(self.project, 1, 2)
        with store.read() as session:
            self.question = session.scalars(choose(Question.id)).one()
        school = build.school("DePaul University", short_name="DPU")
        with store.change(Label.SCHOOL_CHANGED) as session:
            session.get_one(School, school).domains = ["depaul.edu"]
        self.people, self.applications = [], []
        for days, name in enumerate(PEOPLE):
            person = build.person(name, school, TODAY + timedelta(days=300 + days))
            with store.change(Label.CANDIDATE_CHANGED) as session:
                study = session.scalars(choose(Enrolment).where(Enrolment.candidate_id == person)).one()
                study.student_number = f"88{days}1234"
            answer = f"I, {name.split()[0].upper()} of De Paul, would count. {name.lower()}, linkedin.com/in/x{days}"
            draft = select.ApplicationDraft(
                project_id=self.project,
                candidate_id=person,
                applied_on=TODAY - timedelta(days=days + 1),
                answers={self.question: answer},
                source=f"Fair {days}",
            )
            self.people.append(person)
            self.applications.append(select.record_application(store, draft, today=TODAY))
        self.invited = build.person("Di Vited", school)
        self.invitation = select.invite(store, self.project, self.invited, today=TODAY)
        one = self.applications[0]
        marks = dict.fromkeys(self.criteria, (3, "Jose counts well"))
        evaluate.score(store, one, self.ben, marks, today=TODAY, comment="NÚÑEZ is quick")
        evaluate.submit(store, one, self.ben, today=TODAY)
        second_thoughts.take_up_again(store, one, self.ben, "José counts twice", today=TODAY)
        evaluate.score(store, one, self.ben, {self.criteria[0]: (4, "José counts twice")}, today=TODAY)
        evaluate.submit(store, one, self.ben, today=TODAY)
        evaluate.score(store, one, self.me, {self.criteria[0]: (2, "Mine")}, today=TODAY)
        select.not_select(store, one, today=TODAY, reason="José was late")
        select.shortlist(store, self.applications[1], today=TODAY)
        drafts = [StageDraft(name="Called"), StageDraft(name="Talked", under="shortlisted")]
        stages.set_stages(store, self.project, drafts, today=TODAY)
        called, talked = (draft.id for draft in stages.stage_drafts(store, self.project))
        stages.move_stage(store, [self.applications[1]], talked, "shortlisted", today=TODAY)
        stages.move_stage(store, [self.applications[2]], called, "applied", today=TODAY)

    def code(self, application: str) -> str:
        with self.store.read() as session:
            return session.get_one(Application, application).code

    def history(self, noun: str | None = None, row_id: str | None = None) -> str:
        entries = told(self.store, self.store.history(noun, row_id), noun, row_id)
        refs = [(f.noun, f.row_id) for e in entries for f in e.fields]
        names = records.names_of(self.store, refs)
        return shown.history_json(entries) + shown.history_text(entries, names)

    def by_name(self, person: str) -> str:
        record = records.record(self.store, "candidates", person)
        return shown.record_json(record) + shown.record_text(record) + self.history("candidates", person)

    def by_code(self, application: str) -> str:
        record = records.record(self.store, "applications", application)
        pages = [shown.record_json(record), shown.record_text(record), self.history("applications", application)]
        for noun in ("answers", "application_moves", "evaluations", "scores"):
            for row in record.parts.get(noun, []):
                pages += [json.dumps(row, default=str), self.history(noun, row["id"])]  # type: ignore[arg-type]
        return "".join(pages)


@pytest.fixture
def office(store: Store, build: Build) -> Office:
    return Office(store, build)


def test_nothing_leads_from_a_name_to_a_code(office: Office) -> None:
    coded = [office.by_code(one) for one in office.applications]
    named = [office.by_name(one) for one in office.people]
    for at, page in enumerate(named):
        others = set().union(*(_TELLING.findall(other) for place, other in enumerate(coded) if place != at))
        assert set(_TELLING.findall(page)) & set(_TELLING.findall(coded[at])) - others == set(), PEOPLE[at]
        assert not re.search(rf"\b{office.code(office.applications[at])}\b", page)
        for page_of_code in coded:
            assert PEOPLE[at] not in page_of_code
            assert office.people[at] not in page_of_code
            assert f"Fair {at}" not in page_of_code


def test_a_name_and_its_code_never_stand_together(office: Office, tmp_path: Path) -> None:
    store = office.store
    pages = [office.history(), office.history("projects", office.project), office.history("applications")]
    pages += [office.history("answers"), office.history("candidates")]
    applied = (*office.applications, office.invitation)
    for page in pages:
        for entry in re.split(r"\n  \},?\n  \{|\n\S", page):
            codes = [one for one in applied if re.search(rf"\b{office.code(one)}\b", entry)]
            people = [one for one in (*office.people, office.invited) if one in entry]
            assert not (codes and people), entry
    rows = json.loads(shown.listing_json(records.listing(store, "applications", all_columns=True)))
    rows += records.record(store, "projects", office.project).parts["applications"]
    for row in rows:
        assert not (row["code"] and row["candidate_id"]), row
    export(store, tmp_path / "a.csv", "applications", today=TODAY)
    export(store, tmp_path / "all.json", today=TODAY)
    for row in json.loads((tmp_path / "all.json").read_text("utf-8"))["nouns"]["applications"]:
        assert not (row["code"] and row["candidate_id"]), row
        assert row["created_at"] is None


def test_rows_under_a_code_do_not_stand_in_the_order_of_the_people(office: Office) -> None:
    found = records.listing(office.store, "applications").rows
    codes = [str(row["code"]) for _, row in found if row["code"]]
    assert codes == sorted(codes)


def test_answers_and_evidence_come_masked_by_every_way(office: Office, tmp_path: Path) -> None:
    store = office.store
    files = []
    for what, ending in (("answers", "csv"), ("answers", "json"), ("applications", "csv"), ("all", "json")):
        out = tmp_path / f"{what}.{ending}"
        export(store, out, what, today=TODAY)
        files.append(out.read_text("utf-8-sig"))
    said = [office.by_code(one) for one in office.applications]
    said += [office.history(), office.history("answers"), shown.listing_json(records.listing(store, "answers"))]
    said += [files[0], files[1], files[2], str(json.loads(files[3])["nouns"]["answers"])]
    for page in said:
        for telling in ("jose", "nunez", "NÚÑEZ", "JOSÉ", "ADA", "WEI", "De Paul", "linkedin"):
            assert telling not in page, telling
    assert "[name] of [school], would count" in said[0]
    assert "[name] was late" in said[0]


def test_all_is_told_once_the_names_are_revealed(office: Office) -> None:
    evaluate.reveal_names(office.store, office.project, today=TODAY, reason="Time")
    page = office.by_code(office.applications[0])
    assert office.people[0] in page
    assert "josé núñez, linkedin.com" in page
    assert office.code(office.applications[0]) in office.by_name(office.people[0])


def test_the_record_of_moves_tells_no_day_that_stands_with_a_name(office: Office, tmp_path: Path) -> None:
    export(office.store, tmp_path / "all.json", today=TODAY)
    moves = json.loads((tmp_path / "all.json").read_text("utf-8"))["nouns"]["application-moves"]
    assert sorted((row["status"], row["stage"]) for row in moves) == [
        ("not_selected", ""),
        ("shortlisted", ""),
        ("shortlisted", "Talked"),
    ]
    assert {row["created_at"] for row in moves} == {None}
    for person in office.people:
        assert "Talked" not in office.by_name(person)
        assert "Called" not in office.by_name(person)
    evaluate.reveal_names(office.store, office.project, today=TODAY, reason="Time")
    assert "Talked" in office.by_name(office.people[1])


def test_who_is_only_invited_has_no_code_yet(office: Office) -> None:
    code = office.code(office.invitation)
    assert not re.search(rf"\b{code}\b", office.by_name(office.invited))
    assert all(row["code"] != code for _, row in records.listing(office.store, "applications").rows)
    with pytest.raises(Exception, match="stands for"):
        records.record(office.store, "applications", code)


def test_a_decision_on_a_code_does_not_move_the_person(office: Office) -> None:
    rows = candidate_rows(office.store, office.people, today=TODAY)
    assert {row.stage for row in rows.values()} == {"applicant"}
    evaluate.reveal_names(office.store, office.project, today=TODAY, reason="Time")
    assert candidate_rows(office.store, office.people, today=TODAY)[office.people[0]].stage == "prospect"


def test_what_was_taken_back_stays_sealed_too(office: Office) -> None:
    store = office.store
    last = office.applications[3]
    code = office.code(last)
    with store.read() as session:
        scored = session.scalars(choose(Score.id).where(Score.evidence == "Mine")).one()
    with store.change(Label.SCORES_GIVEN) as session:
        session.delete(session.get_one(Score, scored))
    evaluate.score(store, last, office.ben, {office.criteria[0]: (4, "Superb")}, today=TODAY, comment="Superb too")
    with store.change(Label.SCORES_GIVEN) as session:
        for one in session.scalars(choose(Score).where(Score.evidence == "Superb")):
            session.delete(one)
        session.flush()
        for one in session.scalars(choose(Evaluation).where(Evaluation.application_id == last)):
            session.delete(one)
    page = office.history()
    assert "Superb" not in page
    assert "Mine" in page
    with store.change(Label.APPLICATION_CHANGED) as session:
        gone = session.get_one(Application, last)
        for kind in (Answer, ApplicationMove):
            for part in session.scalars(choose(kind).where(kind.application_id == last)):
                session.delete(part)
        session.flush()
        session.delete(gone)
    for page in (office.history(), office.history("applications"), office.by_name(office.people[3])):
        assert not re.search(rf"\b{code}\b", page)


def test_a_code_cannot_be_worked_out_from_person_and_project(office: Office) -> None:
    firsts = [next(select.codes(f"{office.project}/{person}")) for person in office.people]
    assert firsts != [office.code(one) for one in office.applications]


def test_who_applies_after_a_reveal_is_rated_blind_too(office: Office) -> None:
    assert evaluate.reveal_names(office.store, office.project, today=TODAY, reason="Time") == len(office.people)
    draft = select.ApplicationDraft(project_id=office.project, candidate_id=office.invited)
    assert select.record_application(office.store, draft, today=TODAY) == office.invitation
    assert records.record(office.store, "applications", office.invitation).fields["candidate_id"] is None


def test_evidence_beside_others_comes_masked(office: Office) -> None:
    store, one = office.store, office.applications[0]
    evaluate.score(store, one, office.me, dict.fromkeys(office.criteria, (2, "so")), today=TODAY)
    declining.take_back(store, [one], today=TODAY)
    evaluate.submit(store, one, office.me, today=TODAY)
    said = repr(comparison(store, office.applications[:2], office.me))
    assert "[name] counts well" in said
    assert "Jose" not in said


def test_the_raters_table_keeps_what_came_after_a_reveal(office: Office, build: Build) -> None:
    store = office.store
    for criterion in office.criteria:
        evaluate.score(store, office.applications[0], office.me, {criterion: (2, "so")}, today=TODAY)
    evaluate.submit(store, office.applications[0], office.me, today=TODAY)
    evaluate.reveal_names(store, office.project, today=TODAY, reason="Time")
    draft = select.ApplicationDraft(project_id=office.project, candidate_id=build.person("Late Comer"))
    late = select.record_application(store, draft, today=TODAY)
    for criterion in office.criteria:
        evaluate.score(store, late, office.ben, {criterion: (4, "late")}, today=TODAY)
    evaluate.submit(store, late, office.ben, today=TODAY)
    table, _ = agreement(store, office.project, office.me)
    assert table is not None
    assert office.code(late) not in table.codes


def test_a_trial_import_tells_nobodys_answers_or_decision(office: Office, build: Build, tmp_path: Path) -> None:
    store, told_of = office.store, []
    for status in ("applied", "shortlisted", "not_selected"):
        lines = ["E-mail,Project,Status,What would you do first?"]
        for at, person in enumerate(office.people):
            if status == "applied":
                build.add(CandidateEmail(candidate_id=person, position=0, address=f"p{at}@example.edu"))
            lines.append(f"p{at}@example.edu,Menu,{status},")
        path = tmp_path / f"{status}.csv"
        path.write_text("\n".join(lines), "utf-8")
        plan = plan_import(store, path, "applications", today=TODAY)
        told_of.append([(row.outcome, row.problems) for row in plan.rows])
        run_import(store, plan, today=TODAY)
    assert all(len(set(map(str, rows))) == 1 for rows in told_of), told_of
    assert told_of[0][0][0] == "changed"
    with store.read() as session:
        statuses = [session.get_one(Application, one).status for one in office.applications]
    assert statuses == ["not_selected", "shortlisted", "applied", "applied"]


def test_what_was_scored_first_is_closed_as_the_scores_are(office: Office) -> None:
    store, one = office.store, office.applications[0]
    noun = "earlier-evaluations"
    assert records.listing(store, noun, all_columns=True).rows == []
    evaluate.score(store, one, office.me, dict.fromkeys(office.criteria, (2, "Mine")), today=TODAY)
    evaluate.submit(store, one, office.me, today=TODAY)
    (row,) = [row for _, row in records.listing(store, noun, all_columns=True).rows]
    assert row["reason"] == "[name] counts twice"
    assert list(row["scores"].values()) == [[3, "[name] counts well"]] * 2  # type: ignore[union-attr]
    said = office.history(noun) + office.history("evaluations")
    assert "Took scores up again" in said
    assert not re.search(r"jos[eé]|núñez", said + json.dumps(row, default=str), re.IGNORECASE)
