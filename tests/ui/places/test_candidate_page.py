"""The page of a person: its tabs, a wish not to be contacted, links shown plain, the private notes behind More."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from core.insight import person
from core.insight.records import listing
from core.store import Store
from core.work import accommodations, run, sides
from core.work.accommodations import AccommodationDraft
from core.work.candidates import LanguageDraft, SkillDraft
from core.work.custom_fields import FieldDraft, save_field
from core.work.sides import FitReviewDraft, WorkEvaluationDraft
from tests.support import made
from tests.support.stores import TODAY
from tests.ui.places import screen
from ui.app import App
from ui.places.candidate_page import CandidatePage
from ui.tour import settle
from ui.widgets.tabs import Tabs


def shown(app: App, row_id: str, tab: str = "Story") -> CandidatePage:
    app.show("candidates", row_id)
    app.tasks.wait_all()
    settle(app.desk)
    (page,) = app.places["candidates"].findChildren(CandidatePage)
    tabs = page.findChildren(Tabs)[-1]
    names = [one.text().rstrip(" 0123456789") for one in tabs._tabs]
    assert [one for one in names if one != "Fit"] == ["Story", "Skills", "Applications", "Files", "Details", "History"]
    tabs.choose(names.index(tab))
    settle(app.desk)
    return page


def test_skills_stand_with_level_and_evidence_and_languages_below(app: App, store: Store) -> None:
    skills = [SkillDraft(name="Excel", level=3, evidence="A course"), SkillDraft(name="Thai typing")]
    ada = made.candidate(store, skills=skills, languages=[LanguageDraft(language="Polish", level="native")])
    words = screen.words(shown(app, ada, "Skills"))
    for part in ("Excel", "level 3 of 4 · Early Application", "A course", "level not known", "Polish", "Native"):
        assert part in words


def test_details_hold_tags_own_fields_and_the_two_answers(app: App, store: Store) -> None:
    field = save_field(store, FieldDraft(name="Shirt size"), today=TODAY)
    ada = made.candidate(store, tags=["Evening"], custom={field: "M"}, may_work="yes")
    words = screen.words(shown(app, ada, "Details"))
    for part in ("Evening", "Shirt size", "Authorised to work: yes (asked 22 Nov)"):
        assert part in words


def test_only_a_safe_link_can_be_pressed(app: App, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []

    def remember(url: QUrl) -> bool:
        opened.append(url.toString())
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", remember)
    ada = made.candidate(store, links=["https://example.edu/ada", "file:///etc/passwd"])
    page = shown(app, ada, "Details")
    screen.press(page, "Open https://example.edu/ada")
    assert opened == ["https://example.edu/ada"]
    assert "file:///etc/passwd" in screen.words(page)
    with pytest.raises(AssertionError, match="no 'Open file"):
        screen.button(page, "Open file:///etc/passwd")


def test_who_wishes_no_contact_is_neither_written_to_nor_invited_from_here(app: App, store: Store) -> None:
    made.project(store)
    ada = made.candidate(store)
    page = shown(app, ada)
    assert screen.button(page, "Write").isEnabled()
    screen.choose(page, "More for this person", "They wish no contact")
    page = shown(app, ada)
    assert "Do not contact: they asked on 22 Nov not to be written to." in screen.words(page)
    for name in ("Write", "Invite to a project"):
        assert not screen.button(page, name).isEnabled()
        assert "not to be contacted" in screen.button(page, name).toolTip()
    store.undo()
    app.tasks.wait_all()
    assert screen.button(shown(app, ada), "Write").isEnabled()
    screen.choose(shown(app, ada), "More for this person", "They wish no contact")
    screen.choose(shown(app, ada), "More for this person", "They may be contacted again")
    assert person.candidate(store, ada, today=TODAY).do_not_contact_on is None


def test_private_notes_are_read_behind_more_alone(app: App, store: Store) -> None:
    ada = made.candidate(store)
    draft = AccommodationDraft(candidate_id=ada, request="A zwieback break")
    accommodations.add_accommodation(store, draft, today=TODAY)
    for tab in ("Story", "Skills", "Applications", "Files", "Details", "History"):
        assert "zwieback" not in screen.words(shown(app, ada, tab))
    assert "Changed a private note on taking part" in screen.words(shown(app, ada, "History"))
    screen.choose(shown(app, ada), "More for this person", "What they need to take part…")
    words = screen.words(screen.sheet(app))
    assert "A zwieback break" in words
    assert "Private: on no list, print or export." in words
    screen.press(screen.sheet(app), "Remove: Asked on 22 Nov")
    settle(app.desk)
    assert accommodations.accommodations(store, ada) == []
    assert "zwieback" not in screen.words(screen.sheet(app))
    store.undo()
    assert len(accommodations.accommodations(store, ada)) == 1


def test_an_empty_page_says_what_goes_there(app: App, store: Store) -> None:
    ada = made.candidate(store)
    assert "No applications yet" in screen.words(shown(app, ada, "Applications"))
    assert "No skills noted yet" in screen.words(shown(app, ada, "Skills"))
    assert "Nobody has asked yet when they are free" in screen.words(shown(app, ada))


def test_both_views_and_what_could_follow(app: App, store: Store) -> None:
    ada = made.candidate(store)
    work = made.engagement(store, made.application(store, made.project(store), ada))
    run.start(store, work, today=TODAY)
    run.deliver(store, work, today=TODAY)
    mine = WorkEvaluationDraft(engagement_id=work, rater_id=store.me, overall=4, marks={"Teamwork": (3, "asked early")})
    sides.evaluate_work(store, mine, today=TODAY)
    said = FitReviewDraft(engagement_id=work, overall=3, interest=4, wants_next="A summer in the press room")
    sides.enter_fit_review(store, said, today=TODAY)
    page = shown(app, ada, "Fit")
    words = screen.words(page)
    assert "A summer in the press room" in words
    assert "Interest in a role here: 4 of 4" in words
    assert "ours 4.0 · theirs 3" in words
    screen.press(page, "Internship…")
    screen.save(app)
    assert [row["kind"] for _, row in listing(store, "outcomes", all_columns=True).rows] == ["internship"]
    screen.press(shown(app, ada, "Fit"), "Role…")
    screen.save(app)
    assert [row["kind"] for _, row in listing(store, "outcomes", all_columns=True).rows][-1] == "full_time"
    screen.press(shown(app, ada, "Fit"), "Read: Clean the mailing list")
    assert "asked early" in screen.words(screen.sheet(app))


def test_one_click_from_the_fit_to_the_next_project_and_to_the_offer(app: App, store: Store) -> None:
    ada = made.candidate(store)
    work = made.engagement(store, made.application(store, made.project(store), ada))
    run.start(store, work, today=TODAY)
    made.project(store, title="Sort the samples")
    screen.press(shown(app, ada, "Fit"), "Next project…")
    assert "Sort the samples" in screen.words(screen.sheet(app))
    app.desk.layer.close_sheet()
    waiting = made.application(store, made.project(store, title="Draw the map"), ada)
    screen.press(shown(app, ada, "Fit"), "Offer Draw the map")
    screen.save(app)
    assert [row["application_id"] for _, row in listing(store, "offers", all_columns=True).rows][-1] == waiting


def test_what_was_said_half_way_is_read_where_work_is_evaluated(app: App, store: Store) -> None:
    work = made.engagement(store, made.application(store, made.project(store), made.candidate(store)))
    run.start(store, work, today=TODAY)
    said = sides.MidCheckDraft(engagement_id=work, clarity=2, in_the_way="No access to the old lists")
    sides.enter_mid_check(store, said, today=TODAY)
    assert app.desk.go("evaluations")
    app.tasks.wait_all()
    screen.press(app.places["evaluations"], "Read Ada Lovelace, Clean the mailing list")
    assert "No access to the old lists" in screen.words(screen.sheet(app))


def test_a_sealed_view_waits_for_ours_and_leads_to_it(app: App, store: Store) -> None:
    ada = made.candidate(store)
    work = made.engagement(store, made.application(store, made.project(store), ada))
    run.start(store, work, today=TODAY)
    run.deliver(store, work, today=TODAY)
    sides.enter_fit_review(store, FitReviewDraft(engagement_id=work, overall=1, reflection="Secret"), today=TODAY)
    page = shown(app, ada, "Fit")
    assert "Their side is in; it opens once yours is, or on" in screen.words(page)
    screen.press(page, "Our view…: Clean the mailing list")
    screen.save(app, overall=3)
    screen.press(shown(app, ada, "Fit"), "Read: Clean the mailing list")
    assert "Secret" in screen.words(screen.sheet(app))
