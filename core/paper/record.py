"""The experience record: what a student did with us, on one page that both sides sign; for the student and the campus.

Where the page is short of room, free words are cut before anything else is, and the page says so.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Annotated

from reportlab.platypus import Flowable, KeepTogether, Table

from core import money
from core.errors import UserError
from core.paper import fonts
from core.paper.cells import Facts
from core.paper.facts import Stationery
from core.paper.finish import Out, write_out
from core.paper.flow import Cell, bullets, data_table, fact, grid, heading, para, space, strong
from core.paper.page import build, room, tall
from core.paper.style import HAIR, INK, LINE
from core.text import as_written, cut, month, ordinal, plural, short_day

_LEVEL_WORDS = "Levels: 1 Emerging Knowledge, 2 Understanding, 3 Early Application, 4 Advanced Application (NACE)."


@dataclass(frozen=True, slots=True)
class RecordFacts:
    """`marks`: competency, level from 1 to 4 and its words. `open` False: the supervisor's view may not leave yet,
    at the latest from `opens_on` on.
    """

    stationery: Stationery
    student: Annotated[str, "the student's name"]
    project: Annotated[str, "the project's title"]
    reference: str
    began: date
    ended: date | None
    school: Annotated[str, "the school's name"] = ""
    major: Annotated[str, "the major"] = ""
    student_number: Annotated[str, "the student's number"] = ""
    class_year: int | None = None
    graduates_on: date | None = None
    summary: Annotated[str, "the project's summary"] = ""
    hours: int = 0
    minutes_logged: int = 0
    fee_cents: int = 0
    currency: str = "USD"
    place: Annotated[str, "the place"] = ""
    supervisor: Annotated[str, "the supervisor's name"] = ""
    supervisor_email: Annotated[str, "the supervisor's e-mail"] = ""
    deliverables: Annotated[tuple[str, ...], "a deliverable"] = ()
    objectives: Annotated[tuple[str, ...], "a learning objective"] = ()
    marks: tuple[tuple[str, int, str], ...] = ()
    comment: Annotated[str, "the supervisor's comment"] = ""
    open: bool = True
    opens_on: date | None = None


@dataclass(frozen=True, slots=True)
class _Fit:
    """How much is said: `points` of each list, `letters` of each free text; None: all."""

    points: int | None = None
    letters: int | None = None
    sized: str = "body"


_FITS = (
    _Fit(),
    _Fit(sized="cell"),
    *(_Fit(points, letters, "cell") for points, letters in ((8, 900), (6, 600), (5, 400), (4, 250), (3, 160), (2, 90))),
    _Fit(0, 60, "small"),
)
"""From whole to barest."""


def make(facts: RecordFacts, out: Out) -> None:
    """Write the page to `out`. UserError: a letter that papers cannot print, or a letterhead that leaves no room."""
    fonts.check_facts(facts)
    width, height = room(facts.stationery)
    first = bisect_left(
        range(len(_FITS)), True, key=lambda at: tall(_story(facts, _FITS[at], width), width, height) <= height
    )
    for fit in _FITS[first:]:
        into = BytesIO()
        if _build(facts, fit, into) == 1:
            write_out(out, into.getvalue())
            return
    raise UserError("The employer's name and address leave too little of the page. Shorten them in the settings.")


def _build(facts: RecordFacts, fit: _Fit, out: Out) -> int:
    return build(
        out,
        facts.stationery,
        lambda width: _story(facts, fit, width),
        title=f"Experience record: {facts.student}",
        subject=f"What {facts.student} did in {facts.reference}",
        foot=f"Experience record · {facts.reference} · {short_day(facts.stationery.made_on)}",
        one_page=True,
    )


def _story(facts: RecordFacts, fit: _Fit, width: float) -> list[Flowable]:
    return [
        para("Experience record: a micro-internship", "kicker"),
        heading(_cut(facts.student, 90), 0, spaceBefore=1, spaceAfter=7),
        _who(facts, width),
        heading(_cut(facts.project, 120), spaceBefore=12, spaceAfter=3),
        *([para(_cut(facts.summary, fit.letters), fit.sized, spaceAfter=5)] if facts.summary.strip() else []),
        _what(facts, width),
        *_lists(facts, fit, width),
        *_seen(facts, fit, width),
        *_left_out(facts, fit),
        _signed(facts, width),
    ]


def _who(facts: RecordFacts, width: float) -> Table:
    year = f"{ordinal(facts.class_year)} year then" if facts.class_year else ""
    leaves = f"graduates in {month(facts.graduates_on)}" if facts.graduates_on else ""
    cells = [
        ("School", facts.school),
        ("Studies", ", ".join(part for part in (facts.major, year, leaves) if part)),
        ("Student number", facts.student_number),
    ]
    return _facts([(name, _cut(words, 90)) for name, words in cells], width)


def _what(facts: RecordFacts, width: float) -> Table:
    days = short_day(facts.began) + (f" to {short_day(facts.ended)}" if facts.ended else "")
    hours = plural(facts.hours, "hour") if facts.hours else ""
    if facts.minutes_logged:
        took = as_written(f"{facts.minutes_logged / 60:.1f}".removesuffix(".0"))
        hours = f"{took} of about {hours}" if hours else f"{took} hours"
    fee = f"{money.show(facts.fee_cents, facts.currency)}, a fixed fee" if facts.fee_cents else ""
    who = "\n".join(part for part in (facts.supervisor, facts.supervisor_email) if part)
    cells = [("From, to", days), ("Hours", hours), ("Paid", fee), ("Where", facts.place), ("Supervisor", who)]
    return _facts([(name, _cut(words, 120)) for name, words in cells], width)


def _facts(cells: list[tuple[str, str]], width: float) -> Table:
    """Three side by side."""
    gutter = 18.0
    column = (width - 2 * gutter) / 3
    told: list[Cell] = [fact(name, para(words, "cell")) for name, words in cells if words.strip()]
    told += [""] * (-len(told) % 3)
    rows = [[told[at], "", told[at + 1], "", told[at + 2]] for at in range(0, len(told), 3)]
    lines = [("LINEABOVE", (x, y), (x, y), HAIR, LINE) for y, row in enumerate(rows) for x in (0, 2, 4) if row[x]]
    pads = [("TOPPADDING", (0, 0), (-1, -1), 4), ("BOTTOMPADDING", (0, 0), (-1, -1), 6)]
    return grid(rows, [column, gutter, column, gutter, column], [*lines, *pads], Facts())


def _lists(facts: RecordFacts, fit: _Fit, width: float) -> list[Flowable]:
    """What was handed in and what was to be learned, side by side where there are both."""
    made: list[list[Flowable]] = []
    for title, points in (("What was handed in", facts.deliverables), ("What was to be learned", facts.objectives)):
        kept = [_cut(point, fit.letters) for point in points if point.strip()][: fit.points]
        if kept:
            made.append([heading(title, spaceAfter=3), *bullets(kept, fit.sized)])
    if not made:
        return []
    if len(made) == 1:
        return [space(8), *made[0]]
    gutter = 24.0
    column = (width - gutter) / 2
    return [space(8), grid([[made[0], "", made[1]]], [column, gutter, column])]


def _seen(facts: RecordFacts, fit: _Fit, width: float) -> list[Flowable]:
    story: list[Flowable] = []
    if facts.marks:
        rows = [[name, f"{level} of 4", words] for name, level, words in facts.marks]
        table = data_table(["Competency", "Level", "In words"], rows, [width * part for part in (0.42, 0.14, 0.44)])
        story += [heading("What the supervisor saw", spaceBefore=10, spaceAfter=2), table]
        story.append(para(_LEVEL_WORDS, "note", spaceBefore=2))
    if facts.comment.strip():
        if not story:
            story.append(heading("What the supervisor saw", spaceBefore=10, spaceAfter=2))
        story.append(para(_cut(facts.comment, fit.letters), fit.sized, spaceBefore=4))
    if not facts.open:
        day = f", or on {short_day(facts.opens_on)}" if facts.opens_on else ""
        words = f"The supervisor’s view is added once both sides have handed in theirs{day}."
        story.append(para(words, "note", spaceBefore=8))
    return story


def _left_out(facts: RecordFacts, fit: _Fit) -> list[Flowable]:
    texts = (facts.summary, facts.comment, *facts.deliverables, *facts.objectives)
    cut = fit.letters is not None and any(len(text) > fit.letters for text in texts)
    fewer = fit.points is not None and max(len(facts.deliverables), len(facts.objectives)) > fit.points
    return (
        [para("Shortened to fit one page; it stands whole with the employer.", "note", spaceBefore=4)]
        if cut or fewer
        else []
    )


def _signed(facts: RecordFacts, width: float) -> Flowable:
    gutter = 18.0
    column = (width - 2 * gutter) / 3
    both = (
        (facts.supervisor or facts.stationery.employer, "Supervisor"),
        (facts.student, "Student"),
        ("", "Campus office, where it asks for it"),
    )
    cells: list[Cell] = []
    for name, role in both:
        cells += [[para(strong(_cut(name, 60) or "\xa0"), "cell"), para(role, "note"), para("Date:", "note")], ""]
    lines = [("LINEABOVE", (x, 0), (x, 0), HAIR, INK) for x in (0, 2, 4)]
    table = grid([cells[:-1]], [column, gutter, column, gutter, column], [*lines, ("TOPPADDING", (0, 0), (-1, -1), 4)])
    return KeepTogether([para("Signed", "label", spaceBefore=10, spaceAfter=24), table])


def _cut(text: str, letters: int | None) -> str:
    return text if letters is None else cut(text, letters)
