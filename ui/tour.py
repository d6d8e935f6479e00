"""Draws every window and every form as PNG: for the README, for a look before a release, for tests that walk them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QSettings
from PySide6.QtWidgets import QWidget

from core import letter_text
from core.exchange.table import Pasted
from core.insight import to_dos
from core.insight.records import listing, rows_where
from core.template import ready_made
from ui import recovery, registry
from ui.app import App
from ui.crash import CrashWindow
from ui.run import make_application
from ui.start import SecretWindow, StartWindow
from ui.tour_crowds import crowds
from ui.widgets.tabs import Tabs

SIZE = (1280, 800)
_CONDITIONS = {
    "all": [
        {"field": "class_year", "is": "between", "value": [1, 3]},
        {"any": [{"field": "tag", "is": "empty"}, {"field": "skill", "is": "any", "value": {"of": [], "level": "2"}}]},
        {"not": {"any": [{"field": "graduates", "is": "next", "value": {"n": 6, "unit": "months"}}]}},
        {"field": "free", "is": "between", "value": ["2026-12-01", "2026-12-31"]},
        {"field": "week", "is": "any", "value": [2, 6]},
    ]
}
"""One of each kind of field that conditions are built with."""
_SELECTING = ("declining", "project_stages", "second_thoughts", "taking_back", "telling", "who_fits")
_TEXTS = {"templates": ready_made, "letter_text": letter_text.ready_made, "letter_term": letter_text.ready_terms}
_MAIL = (
    "From: Dana Whitfield <dana.whitfield@northfield.example.edu>\nSubject: Application for P-001\n\n"
    "Dear team,\n\nI would like to apply and have added my résumé.\n\nBest regards,\nDana Whitfield\n+1 312 555 0184\n"
)


def first_ids(app: App) -> dict[str, str]:
    """The first row of each noun that a form edits, where there is one."""
    found: dict[str, str] = {}
    of_people = ("candidates", "applications", "offers", "engagements", "payments", "extensions", "deliveries")
    for noun in ("projects", "schools", "colleagues", "tags", "custom_fields", *of_people):
        rows = listing(app.store, noun).rows
        if rows:
            found[noun] = rows[0][0]
    inbox = to_dos.inbox(app.store, today=app.context.today())
    if inbox:
        found["to_do"] = inbox[0].id
    return found


def form_values(app: App, name: str, ids: dict[str, str]) -> tuple[str | None, dict[str, Any]] | None:
    """What opens this form on this store: (row id, values), or None where the store has nothing for it."""
    needs = {
        "fit_check": "project_id:projects",
        "rubrics": "project_id:projects",
        "application_for": "candidate_id:candidates",
        "invitation": "candidate_id:candidates",
        "offer_sent": "offer_id:offers",
        "offer_answered": "offer_id:offers",
        "payees": "candidate_id:candidates",
        "payment_removal": "payment_id:payments",
        "touches": "candidate_id:candidates",
        "pool_entries": "candidate_id:candidates",
        "what_fits": "candidate_id:candidates",
        "outcomes": "candidate_id:candidates",
        "consents": "candidate_id:candidates",
        "accommodations": "candidate_id:candidates",
        "extension_answer": "extension_id:extensions",
        "documents": "owner_id:deliveries",
        "letter": "candidate_id:candidates",
        "letter_signed": "offer_id:offers",
    }
    steps = (
        "kick_off",
        "delivery",
        "acceptance",
        "give_back",
        "end_early",
        "no_show",
        "hours",
        "extension",
        "check_ins",
        "check_in_plan",
        "kick_off_plan",
        "kick_off_message",
        "authorisations",
        "payments",
        "instalments",
    )
    sides = ("evaluations", "fit_reviews", "mid_checks", "reviews_day")
    needs |= dict.fromkeys((*steps, *sides), "engagement_id:engagements")
    if name in needs:
        key, noun = needs[name].split(":")
        if noun not in ids:
            return None
        values: dict[str, Any] = {key: ids[noun]}
        if name == "consents":
            values |= {"school_id": ids.get("schools", ""), "school": "the school"}
        if name == "invitation":
            values["projects"] = [(ids["projects"], "The project")] if "projects" in ids else []
        if name == "offer_answered":
            values["verb"] = "decline"
        return None, values
    if name in _SELECTING:
        return _selecting(app, name, ids)
    if name in ("import", "applying", "merge"):
        return _gathering(app, name)
    if name in _TEXTS:
        return next(iter(_TEXTS[name]())), {}
    if name.startswith("bulk_") or name == "message":
        people = [row_id for row_id, _ in listing(app.store, "candidates").rows[:12]]
        values = {"candidate_ids": people} | ({"template": "message-checking-in"} if name == "message" else {})
        return (None, values) if people else None
    if name == "tags" and name not in ids:
        return None
    if name in ids:
        return ids[name], {}
    later: dict[str, Any] = {"to_dos": [ids["to_do"]]} if "to_do" in ids else {}
    return None, {"list_filter": {"tree": _CONDITIONS}, "to_do_later": later}.get(name, {})


def _selecting(app: App, name: str, ids: dict[str, str]) -> tuple[None, dict[str, Any]] | None:
    """Where most have applied, were not selected or are to be told; the first project where nobody did."""
    if name == "second_thoughts":
        codes = {row["id"]: row["code"] for row in rows_where(app.store, "applications", sealed=False)}
        given = rows_where(app.store, "evaluations", rater_id=app.store.me or "")
        mine = [row["application_id"] for row in given if row["application_id"] and row["submitted_at"]]
        return (None, {"applications": [(row_id, codes[row_id]) for row_id in mine]}) if mine else None
    over = name in ("taking_back", "telling")
    found: dict[str, list[str]] = {}
    for row in rows_where(app.store, "applications", sealed=False):
        if name == "telling" and (row["hold_until"] is None or row["told_on"] is not None):
            continue
        if row["status"] in (("not_selected",) if over else ("applied", "shortlisted")):
            found.setdefault(row["project_id"], []).append(row["id"])
    staged = [row["project_id"] for row in rows_where(app.store, "project_stages")]
    most = max(found, key=lambda one: (name == "project_stages" and one in staged, len(found[one])), default="")
    if name == "taking_back":
        return (None, {"application_ids": found[most]}) if most else None
    project = most or ids.get("projects", "")
    values = {"project_id": project} | ({"application_ids": found[most]} if name == "telling" and most else {})
    return (None, values) if project else None


def _gathering(app: App, name: str) -> tuple[None, dict[str, Any]] | None:
    """What comes in from outside, and two of those who are there."""
    if name != "merge":
        return None, {"path": _cells(app)} if name == "import" else {"words": _MAIL}
    two = [row_id for row_id, _ in listing(app.store, "candidates").rows[:2]]
    return (None, {"keep_id": two[0], "other_id": two[1]}) if len(two) == 2 else None


def _cells(app: App) -> Pasted:
    """Copied cells: one row that is new, one that is wrong, and one that may be about somebody who is known."""
    rows = [row for _, row in listing(app.store, "candidates").rows[:1]]
    known = [f"{row['last_name']!s}\t{row['first_name']!s}\tknown@home.example.com\t\t" for row in rows]
    new = "Noa\tBergstrom\tnoa.bergstrom@lake.example.edu\tLake College\t2"
    return Pasted("\n".join(("First name\tLast name\tE-mail\tSchool\tClass year", new, "Ivo\tTam\tnone\t\t9", *known)))


def windows(app: App, *, made_up: bool = True) -> Iterator[tuple[str, QWidget]]:
    """Every place with its pages, every form, a paper, the search and the windows beside the desk, one after another.

    Each is shown when it is given out. `made_up`: forms may be made in this store, to show how they come back.
    """
    for key in app.places:
        app.desk.go(key)
        app.tasks.wait_all()
        settle(app.desk)
        yield f"place-{key}", app.desk
        yield from _pages(app, key)
    ids = first_ids(app)
    for name in registry.names():
        wanted = form_values(app, name, ids)
        if wanted is None:
            continue
        row_id, values = wanted
        app.open_form(name, row_id, **values)
        if app.desk.layer.sheet is None:
            continue
        yield f"form-{name}", app.desk
        app.desk.close_sheet()
    yield from _beside_each_other(app)
    if made_up:
        yield from _came_back(app)
    recovery.show(app)
    app.tasks.wait_all()
    yield "paper", app.desk
    app.desk.close_sheet()
    app.desk.search("a")
    yield "search", app.desk
    app.desk.palette_.close_palette()
    yield from _beside()


def _beside_each_other(app: App) -> Iterator[tuple[str, QWidget]]:
    """Applicants compared, of the first project that has two with scores."""
    from core.insight.agreement import agreement
    from core.insight.scoring import scoring_projects
    from ui.places.comparing import FEWEST, CompareSheet

    for one in scoring_projects(app.store, app.store.me):
        table, _ = agreement(app.store, one.id, app.store.me)
        if table is not None and len(table.codes) >= FEWEST:
            app.context.open_sheet(CompareSheet(app.context, table))
            settle(app.desk)
            yield "compared", app.desk
            app.desk.close_sheet()
            return


def _came_back(app: App) -> Iterator[tuple[str, QWidget]]:
    """The window of returned forms with a few in it."""
    from core.jobs.sample_returned import came_back

    with TemporaryDirectory(prefix="foothold-") as folder:
        app.open_form("returned", paths=came_back(app.store, Path(folder), app.context.today()))
        app.tasks.wait_all()
        settle(app.desk)
        yield "returned-forms", app.desk
        app.desk.close_sheet()


def _pages(app: App, key: str, deep: int = 0, behind: str = "") -> Iterator[tuple[str, QWidget]]:
    """The pages behind a place's tabs, but for the first, which stood there already. A page may be built anew.

    Behind a tab there may be tabs again, which are gone through as well; `behind` names the tab then.
    """

    def tabs() -> Tabs | None:
        found = [one for one in app.places[key].findChildren(Tabs) if one.isVisible()]
        return found[deep] if len(found) > deep else None

    shown = tabs()
    if shown is None:
        return
    if deep == 0:
        yield from _pages(app, key, 1)
    for at in range(1, shown.count()):
        if (now := tabs()) is not None:
            now.choose(at)
            app.tasks.wait_all()
            settle(app.desk)
            yield f"place-{key}-{behind if deep else 'tab-'}{at + 1}", app.desk
            if deep == 0:
                yield from _pages(app, key, 1, f"tab-{at + 1}-")
    if (now := tabs()) is not None:
        now.choose(0)


def _beside() -> Iterator[tuple[str, QWidget]]:
    """The first minute, the question for a passphrase, and what is said when something broke."""
    start = StartWindow(QSettings())
    start.with_passphrase.setChecked(True)
    broken = CrashWindow("All that you saved is in the store.")
    broken.add("ValueError in a part of Foothold", 1)
    for name, window in (("start", start), ("passphrase", SecretWindow("Passphrase: ", start)), ("broken", broken)):
        # A dialog takes at most two thirds of the screen, which may be none at all here.
        window.resize(window.sizeHint())
        window.show()
        yield name, window
        window.close()
    for window in (start, broken):
        window.deleteLater()


def settle(widget: QWidget) -> None:
    """Lets pending layout and deletions happen, without running anyone's timers or slots twice."""
    for _ in range(3):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QCoreApplication.sendPostedEvents()
        widget.ensurePolished()


def run(
    folder: Path, theme: str = "light", scale: float = 1.0, store: Path | None = None, key_file: Path | None = None
) -> int:
    """Writes NAME-THEME-SCALE.png for each window into `folder`; the exit code."""
    from core.jobs.opening import open_store
    from ui.sample import open_sample

    make_application(theme)
    folder.mkdir(parents=True, exist_ok=True)
    opened = open_store(store, key_file) if store else open_sample()
    app = App(opened, None, sample=store is None)
    app.desk.resize(*SIZE)
    app.desk.show()
    app.desk.go("today")
    count = 0
    for name, window in windows(app, made_up=store is None):
        app.tasks.wait_all()
        settle(window)
        window.grab().save(str(folder / f"{name}-{theme}-{round(scale * 100)}.png"))
        count += 1
    app.desk.hide()
    app.close()
    for name, crowd in crowds(SIZE) if store is None else ():
        settle(crowd.desk)
        crowd.desk.grab().save(str(folder / f"{name}-{theme}-{round(scale * 100)}.png"))
        count += 1
    print(f"{count} pictures in {folder}")  # noqa: T201 - the verb's answer
    return 0
