"""The sample program's to-dos, projects and applications with their answers and scores."""

from __future__ import annotations

from itertools import count
from typing import Any

from sqlalchemy.orm import Session

from core.fit import kept
from core.jobs.sample_days import read, uid
from core.jobs.sample_files import lay_answer_file
from core.jobs.sample_people import Made
from core.model import (
    Answer,
    Application,
    Criterion,
    Evaluation,
    Milestone,
    Project,
    ProjectSkill,
    Question,
    Rubric,
    Score,
    ToDo,
)
from core.template import ready_made

AI_POLICY = (
    "AI tools may help with drafts and checks. Say where you used one, check every fact yourself, "
    "and put no customer’s data into them."
)
CONFIDENTIALITY = "Names, prices and files of customers stay with us. What you wrote may be shown as your work."
OWNERSHIP = "The finished work belongs to Lakeside Print & Design. You may show it in your portfolio."
ELIGIBILITY = "Any school, any year, any major."
RATERS = ("owner", "second")
FIT = {"end": "yes", "rhythm": "once", "instead": "us", "kind": "none", "judged": "yes", "learns": "skill"}
"""What was answered to "a project or an ongoing job?" before each was opened."""


def projects() -> dict[str, dict[str, Any]]:
    """By key, as the files say them."""
    found: dict[str, dict[str, Any]] = read("projects_past")["projects"] | read("projects_now")["projects"]
    return found


def lay_to_dos(session: Session, made: Made) -> None:
    for number, item in enumerate(read("shop")["to_dos"]):
        project = item.get("project")
        session.add(
            ToDo(
                id=uid("to-do", number),
                text=item["text"],
                captured_on=made.days.at(item["captured"]),
                due_on=made.days.maybe(item.get("due")),
                snoozed_until=made.days.maybe(item.get("later")),
                repeat_months=item.get("repeat_months"),
                repeat_from=made.days.maybe(item.get("repeat_from")),
                done_on=made.days.maybe(item.get("done")),
                project_id=uid("project", project) if project else None,
            )
        )


def lay_project(session: Session, made: Made, key: str, item: dict[str, Any]) -> None:
    days = made.days
    project_id = uid("project", key)
    session.add(
        Project(
            id=project_id,
            number=item["number"],
            status=item["status"],
            title=item["title"],
            category=item["category"],
            summary=item["summary"],
            why_it_matters=item["why"],
            learning_objectives=item["learn"],
            estimated_hours=item["hours"],
            fee=item["fee"],
            opened_on=days.maybe(item["opened"]),
            apply_by=days.at(item["apply_by"]),
            kick_off_on=days.at(item["kick_off"]),
            due_on=days.at(item["due"]),
            due_flexible=item.get("flexible", True),
            any_hours=item.get("any_hours", True),
            location_mode=item.get("location", "remote"),
            place=item.get("place", ""),
            tools=item["tools"],
            competencies=item["competencies"],
            openings=item["openings"],
            supervisor_id=made.colleagues[item["supervisor"]],
            confidentiality=item.get("confidentiality", CONFIDENTIALITY),
            ownership=OWNERSHIP,
            ai_policy=item.get("ai", AI_POLICY),
            eligibility=ELIGIBILITY,
            fit_check=kept(FIT, opened) if (opened := days.maybe(item["opened"])) else None,
            cancelled_on=days.maybe(item.get("cancelled")),
            cancelled_why=item.get("cancelled_why", ""),
            template_key=item.get("template", ""),
            template_name=ready_made()[item["template"]].name if "template" in item else "",
        )
    )
    for place, (words, due) in enumerate(item["deliverables"]):
        row_id = uid("milestone", key, place)
        session.add(Milestone(id=row_id, project_id=project_id, position=place, text=words, due_on=days.at(due)))
    for place, (words, minutes) in enumerate(item["questions"]):
        row_id = _question(key, place + 1)
        session.add(Question(id=row_id, project_id=project_id, position=place, text=words, minutes=minutes))
    for name in item["skills"]:
        skill_id = made.skill(session, name)
        session.add(ProjectSkill(id=uid("wants", key, name), project_id=project_id, skill_id=skill_id))
    if "rubric" in item:
        _rubric(session, key, item)


def _question(project: str, number: int) -> str:
    return uid("question", project, number)


def _rubric(session: Session, key: str, item: dict[str, Any]) -> None:
    session.add(Rubric(id=uid("rubric", key), project_id=uid("project", key), name=item["rubric"]))
    for place, criterion in enumerate(item["criteria"]):
        levels = {f"level_{level}": words for level, words in enumerate(criterion["levels"], start=1)}
        session.add(
            Criterion(
                id=uid("criterion", key, place),
                rubric_id=uid("rubric", key),
                question_id=_question(key, criterion["question"]) if criterion["question"] else None,
                position=place,
                name=criterion["name"],
                hint=criterion["hint"],
                competency=criterion["competency"],
                **levels,
            )
        )


def lay_applications(session: Session, made: Made, briefs: dict[str, dict[str, Any]]) -> None:
    for name in ("answers_past", "answers_now"):
        data = read(name)
        for item in data["applications"]:
            _application(session, made, item)
            for rater in RATERS:
                if rater in item:
                    day = data["scored"][item["project"]][rater]
                    _scores(session, made, briefs[item["project"]], item, rater, day)


def _application(session: Session, made: Made, item: dict[str, Any]) -> None:
    days, who, project = made.days, item["who"], item["project"]
    application = Application(
        id=uid("application", project, who),
        project_id=uid("project", project),
        candidate_id=made.people[who],
        code=item["code"],
        status="invited" if "invited" in item else "applied",
        invited_on=days.maybe(item.get("invited")),
        applied_on=days.maybe(item.get("applied")),
        source=item.get("source", ""),
        enrolment_id=made.enrolments[who],
    )
    application.class_year = made.class_year(who, application.applied_on or days.today)
    if "withdrawn" in item:  # Also by someone who then declined the offer.
        application.status, application.decided_on = "withdrawn", days.at(item["withdrawn"])
    elif "decided" in item:
        application.status = "not_selected" if "reason" in item else "shortlisted"
        application.decided_on = days.at(item["decided"])
        application.decision_reason = item.get("reason", "")
        application.hold_until, application.told_on = days.maybe(item.get("held")), days.maybe(item.get("told"))
    if "decided" in item:
        application.revealed_at = days.moment(item["decided"], 15)
        application.revealed_by_id = made.colleagues["owner"]
    session.add(application)
    for number, words in enumerate(item.get("answers", []), start=1):
        session.add(
            Answer(
                id=uid("answer", project, who, number),
                application_id=application.id,
                question_id=_question(project, number),
                text=words,
            )
        )
    if "file" in item:
        lay_answer_file(session, made, item, application.id, _question(project, item["file"]["question"]))


def _scores(
    session: Session, made: Made, brief: dict[str, Any], item: dict[str, Any], rater: str, day: int | str
) -> None:
    place = (item["project"], item["who"], rater)
    levels: list[int] = item[rater]
    evaluation = Evaluation(
        id=uid("evaluation", *place),
        rater_id=made.colleagues[rater],
        application_id=uid("application", item["project"], item["who"]),
        rubric_id=uid("rubric", item["project"]),
        submitted_at=made.days.moment(day),
        recommend=sum(levels) >= 3 * len(levels),
    )
    session.add(evaluation)
    quotes = item.get(f"{rater}_evidence") or _quotes(brief, item, rater)
    for number, level, quote in zip(count(), levels, quotes, strict=False):
        session.add(
            Score(
                id=uid("score", *place, number),
                evaluation_id=evaluation.id,
                criterion_id=uid("criterion", item["project"], number),
                level=level,
                evidence=f"“{quote}”",
            )
        )


def _quotes(brief: dict[str, Any], item: dict[str, Any], rater: str) -> list[str]:
    """A sentence of the answer for each criterion; the two raters begin to look at different ends."""
    answers: list[str] = item["answers"]
    seen: list[str] = []
    for criterion in brief["criteria"]:
        number = criterion["question"]
        sentences = _sentences(answers[number - 1] if number else " ".join(answers))
        if rater == "second":
            sentences.reverse()
        fresh = [one for one in sentences if one not in seen and len(one) > 24]
        seen.append(next(iter(fresh or sentences)))
    return seen


def _sentences(words: str) -> list[str]:
    ends = words.replace("! ", "!\n").replace("? ", "?\n").replace(". ", ".\n").replace(".” ", ".”\n")
    return [line.strip() for line in ends.split("\n") if line.strip()]
