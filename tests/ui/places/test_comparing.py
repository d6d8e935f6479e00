"""Two to four side by side: who is chosen, what stands there under codes, and the page that is printed of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.insight.agreement import agreement
from core.insight.records import listing
from core.store import Store
from core.work import evaluate
from tests.support import made
from tests.support.stores import TODAY
from tests.ui.places.screen import button, press, sheet, words
from ui.app import App
from ui.places.comparing import CompareSheet
from ui.widgets.preview import Preview

NAMES = ("Ada Lovelace", "Mary Somerville", "Grace Hopper", "Emmy Noether", "Rosa Parks")


@pytest.fixture
def compared(app: App, store: Store) -> CompareSheet:
    """Five with my scores in, the first the highest; the two best stand there at first."""
    project, me = made.project(store), store.me or ""
    criteria = made.rubric(store, project)
    for level, name in zip((4, 3, 2, 2, 1), NAMES, strict=True):
        application = made.application(store, project, made.candidate(store, name))
        marks = dict.fromkeys(criteria, (level, f"{name.split()[0]} says why, level {level}."))
        evaluate.score(store, application, me, marks, today=TODAY)
        evaluate.submit(store, application, me, today=TODAY, recommend=level > 2)
    table, _ = agreement(store, project, me)
    assert table is not None
    app.context.open_sheet(CompareSheet(app.context, table))
    found = sheet(app).inside
    assert isinstance(found, CompareSheet)
    return found


def test_the_two_best_come_first_with_evidence_and_the_gut_apart(compared: CompareSheet) -> None:
    shown = words(compared)
    for part in ("4.0 of 4", "3.0 of 4", "[name] says why, level 4.", "Recommend?", "1 of 1 would",
                 "Names stay hidden until they are revealed.", "the figure under each name is computed"):  # fmt: skip
        assert part in shown, part
    assert not any(token in shown for name in NAMES for token in name.split())


def test_two_to_four_and_no_paper_otherwise(app: App, compared: CompareSheet) -> None:
    ids = [row_id for row_id, _ in listing(app.store, "applications").rows]
    for count, fits in ((1, False), (2, True), (4, True), (5, False)):
        compared.chosen.set_value(ids[:count])
        compared.ask()
        assert button(compared, "Print or save the comparison").isEnabled() == fits
        assert ("Choose two to four." in words(compared)) == (not fits)


def test_it_is_read_printed_and_saved_as_one_page_under_codes(
    app: App, store: Store, compared: CompareSheet, tmp_path: Path
) -> None:
    press(compared, "Print or save the comparison")
    app.tasks.wait_all()
    paper = sheet(app).inside
    assert isinstance(paper, Preview)
    assert paper.document.pageCount() == 1
    text = paper.text()
    assert "[name] says why, level 4." in text
    assert not any(token in text for name in NAMES for token in name.split())
    out = tmp_path / "comparison.pdf"
    paper.save(out)
    assert out.is_file()
    assert [row["kind"] for _, row in listing(store, "disclosures", all_columns=True).rows] == ["report"]
