"""The templates that ship, the one that fits a to-do, and what the last projects of one took."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from core import template as body_
from core.insight import templates
from core.insight.brief import check_brief
from core.insight.records import listing
from core.model import HourEntry
from core.model.words import CATEGORIES, COMPETENCIES, LEVELS
from core.store import Store
from core.template import Body, ready_made
from core.text import fold
from core.work import own_templates as own
from core.work import plan, rubrics
from core.work.brief import project_warnings
from core.work.templates import rubric_draft, template_project
from tests.core.insight.build import Build, day
from tests.support.stores import TODAY

OURS = ready_made()
KEY = "list-clean-up"


def texts(body: Body) -> list[str]:
    """Every text in it."""
    found: list[str] = []

    def walk(value: object) -> None:
        if isinstance(value, str):
            found.append(value)
        elif isinstance(value, dict):
            for one in value.values():
                walk(one)
        elif isinstance(value, list):
            for one in value:
                walk(one)

    walk(body_.as_data(body))
    return found


def test_there_are_enough_over_every_category() -> None:
    assert len(OURS) >= 18
    assert {body.category for body in OURS.values()} == set(CATEGORIES)
    assert len({fold(body.name) for body in OURS.values()}) == len(OURS)


@pytest.mark.parametrize("key", OURS)
def test_a_ready_made_one_can_be_posted_unchanged(store: Store, key: str) -> None:
    draft = template_project(store, key, today=TODAY)
    points = {one.field: one for one in check_brief(store, replace(draft, supervisor_id=None), today=TODAY)}
    assert len(points) == 10
    assert [field for field, one in points.items() if not one.done] == ["supervisor_id"], points
    assert project_warnings(store, draft, today=TODAY) == []
    project_id = plan.add_project(store, draft, today=TODAY)
    plan.open_project(store, project_id, today=TODAY)
    assert rubrics.rubric_draft(store, project_id) is not None


@pytest.mark.parametrize("key", OURS)
def test_a_ready_made_one_is_whole(store: Store, key: str) -> None:
    body = OURS[key]
    assert own._tidied(body) == body
    assert 8 <= body.hours <= 40
    assert body.fee >= 2000 * body.hours
    assert 7 <= body.days <= 28
    assert 2 <= len(body.learning_objectives) <= 4
    assert 3 <= len(body.milestones) <= 5
    days = [one.day for one in body.milestones]
    assert days == sorted(set(days))
    assert days[-1] == body.days
    # Counted from a Monday, nothing is due on a weekend.
    assert all(one % 7 < 5 for one in days)
    assert 2 <= len(body.questions) <= 3
    assert sum(one.minutes for one in body.questions) < 30
    assert len(body.words) >= 6
    assert len(body.skills) >= 2
    assert set(body.competencies) <= set(COMPETENCIES)
    assert body.any_hours
    assert body.due_flexible
    for said in (body.outcome, body.why_it_matters, body.tools, body.ai_policy, body.confidentiality, body.ownership):
        assert len(said) >= 40
    assert 3 <= len(body.criteria) <= 5
    rubrics.checked(rubric_draft(body))
    asked = {one.question for one in body.criteria}
    assert asked <= set(range(len(body.questions) + 1))
    assert set(range(1, len(body.questions) + 1)) <= asked, "a question that no criterion looks at"


@pytest.mark.parametrize("key", OURS)
def test_its_words_are_ours_and_promise_no_figure(key: str) -> None:
    body = OURS[key]
    for said in texts(body):
        assert "NACE" not in said
        assert not any(level in said for level in LEVELS)
        assert not re.search(r"lorem|todo|xxx|\bTBD\b", said, re.IGNORECASE)
        assert "'" not in said, "the typeface's own apostrophe is used"
    assert not re.search(r"\d", body.why_it_matters), "a figure that nobody measured"


def test_no_level_is_worded_twice_in_all_of_them() -> None:
    levels = [fold(level) for body in OURS.values() for one in body.criteria for level in one.levels]
    assert len(levels) == len(set(levels))


@pytest.mark.parametrize("key", OURS)
def test_each_is_found_by_its_own_words(store: Store, key: str) -> None:
    assert templates.suggest(store, OURS[key].name)[0].key == key


# --- which one fits -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "key", "why"),
    [
        ("Clean up the supplier list", KEY, "it says “Clean” and “supplier list”"),
        ("SUPPLIER LISTS!", KEY, "it says “SUPPLIER LISTS”"),
        ("someone should answer the reviews", "review-answers", "it says “answer” and “reviews”"),
        ("Newsletter for spring", "newsletter-issue", "it says “Newsletter”"),
        ("our mênu card", "price-sheet-design", "it says “mênu card”"),
        ("sort receipts for the accountant", "receipts-quarter", "it says “sort receipts for the accountant”"),
        ("A help page about files", "help-page", "it says “help page”"),
        ("first week of the new baker", "first-week-guide", "it says “first week”"),
        ("Alt texts for the pictures", "picture-descriptions", "it says “Alt texts” and “pictures”"),
    ],
)
def test_a_to_do_finds_its_template_and_says_why(store: Store, text: str, key: str, why: str) -> None:
    best = templates.suggest(store, text)[0]
    assert (best.key, best.why) == (key, why)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "?!",
        "Call Bob",
        "Fix the door",
        "Buy milk and bread",
        "the new list",
        "a plan",
        "send it",
        "Ω 漢字",
        "sign the lease",
        "review the contract",
        "post the letter",
        "help Bob",
        "first aid kit",
        "build shelves",
        "call the accountant",
        "send invoices",
        "a fair price",
        "wanted: a printer",
        "the front page",
        "get a quote",
        "week by week",
        "order paper",
        "Sunday clean",
    ],
)
def test_nothing_is_suggested_rather_than_something_bad(store: Store, text: str) -> None:
    assert templates.suggest(store, text) == []


def test_no_more_than_asked_for_the_best_first(store: Store) -> None:
    found = templates.suggest(store, "newsletter, posters and a survey of competitors", limit=2)
    assert len(found) == 2
    assert found[0].score >= found[1].score


def test_ones_own_is_suggested_by_its_name(store: Store) -> None:
    body = Body(name="Window display", title="A window for the holidays", hours=10)
    key = own.add_template(store, body, today=TODAY)
    assert [one.key for one in templates.suggest(store, "new window displays for May")] == [key]
    assert templates.suggest(store, "clean the window") == []


def test_the_list_is_searched_without_accents_and_case(store: Store) -> None:
    assert [one.key for one in templates.templates(store, "RECEÍPTS quarter")] == ["receipts-quarter"]
    assert templates.templates(store, "no such thing") == []
    rows = templates.templates(store)
    order = [CATEGORIES.index(one.category) for one in rows]
    assert order == sorted(order)
    assert len(rows) == len(OURS)


# --- what it took ---------------------------------------------------------------------------------------------------


def worked(build: Build, key: str, accepted: date, planned: int, *minutes: int, status: str = "accepted") -> str:
    project = build.project(template_key=key, template_name="Was called so", estimated_hours=planned)
    person = build.person()
    done = accepted if status == "accepted" else None
    work = build.work(project, person, status=status, accepted_on=done, estimated_hours=planned)
    for one in minutes:
        build.add(HourEntry(engagement_id=work, worked_on=accepted - timedelta(days=3), minutes=one))
    return project


def test_no_lesson_without_accepted_work_that_logged_hours(store: Store, build: Build) -> None:
    assert templates.lesson(store, KEY) is None
    worked(build, KEY, day("03-10"), 10)
    worked(build, KEY, day("03-10"), 10, 900, status="running")
    worked(build, "review-answers", day("03-10"), 10, 900)
    worked(build, "", day("03-10"), 10, 900)
    assert templates.lesson(store, KEY) is None
    assert templates.lesson(store, "") is None


def test_the_last_four_took_longer(store: Store, build: Build) -> None:
    worked(build, KEY, day("01-10"), 10, 60)  # the fifth from the end: out
    for month, planned, minutes in ((2, 16, 1260), (3, 16, 1200), (4, 20, 1560), (5, 12, 1011)):
        worked(build, KEY, day(f"{month:02}-10"), planned, minutes - 60, 60)
    found = templates.lesson(store, KEY)
    assert found is not None
    # 1260 + 1200 + 1560 + 1011 = 5031 minutes for 64 h = 3840: 1.31; 16 h of the template become 20.96.
    assert (found.count, found.planned, found.took) == (4, 3840, 5031)
    assert round(found.ratio, 3) == Decimal("1.310")
    assert found.words == "The last 4 took 31 % longer than planned."
    assert found.hours == 21
    assert templates.lesson_words(found, 16) == f"{found.words} Plan 21 hours instead of 16."
    assert templates.lesson_words(found, 21) == found.words
    view = templates.template(store, KEY)
    assert view.lesson == found
    assert view.row.used == 5


@pytest.mark.parametrize(
    ("minutes", "words", "hours"),
    [
        (600, "The last one took about as long as planned.", 16),
        (655, "The last one took about as long as planned.", 17),
        (660, "The last one took 10 % longer than planned.", 18),
        (450, "The last one took 25 % less time than planned.", 12),
        (1, "The last one took 100 % less time than planned.", 1),
    ],
)
def test_one_says_one(store: Store, build: Build, minutes: int, words: str, hours: int) -> None:
    worked(build, KEY, day("03-10"), 10, minutes)
    found = templates.lesson(store, KEY)
    assert found is not None
    assert (found.words, found.hours) == (words, hours)


def test_a_removed_template_still_teaches(store: Store, build: Build) -> None:
    key = own.add_template(store, Body(name="Window display", title="A window", hours=8), today=TODAY)
    worked(build, key, day("03-10"), 10, 900)
    own.remove_template(store, key, today=TODAY)
    found = templates.lesson(store, key)
    assert found is not None
    assert (found.words, found.hours) == ("The last one took 50 % longer than planned.", 15)


def test_the_list_on_a_command_line_holds_ours_and_ones_own(store: Store) -> None:
    key = own.add_template(store, Body(name="Window display", title="A window", hours=8), today=TODAY)
    own.hide_template(store, KEY, True, today=TODAY)
    found = dict(listing(store, "templates").rows)
    assert len(found) == len(OURS) + 1
    assert found[key]["name"] == "Window display"
    assert found[KEY]["hidden"] is True
    assert [row_id for row_id, _ in listing(store, "templates", "competitors").rows] == ["competitor-look"]
