"""A candidate's report: who they are, what they can do, and what became of us so far. With a code in place of the name
it is blind. Sections without data are left out.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from reportlab.platypus import CondPageBreak, Flowable, KeepTogether, Table

from core import money
from core.insight.blind import without_who
from core.paper import fonts
from core.paper.cells import Cells, Facts
from core.paper.facts import ApplicationLine, AvailabilityGrid, EngagementLine, EvaluationBlock, ReportFacts, ScoreLine
from core.paper.finish import Out
from core.paper.flow import Cell, coloured, data_table, fact, grid, heading, join, para, section, sized, space, strong
from core.paper.levels import LevelDots
from core.paper.page import build
from core.paper.style import ACCENT, HAIR, LINE, SOFT
from core.text import as_written, month, ordinal, plural, short_day

_OPENING, _ROW, _SHORT = 40.0, 60.0, 330.0
"""Points: a section's heading, what shall stand below an evaluation's head, and what is kept on one page whole."""
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def make(facts: ReportFacts, out: Out) -> None:
    """Write the report to `out`. UserError: a letter of the alphabet or a logo that papers cannot print."""
    shown = without_who(facts) if facts.code else facts
    fonts.check_facts(shown)
    who = shown.code or shown.name
    foot = " · ".join(part for part in (shown.number, f"as of {short_day(shown.stationery.made_on)}") if part)
    if shown.code:
        foot = f"Names are hidden · as of {short_day(shown.stationery.made_on)}"
    build(
        out,
        shown.stationery,
        lambda width: _story(shown, width),
        title=f"Report: {who}",
        subject="Candidate report",
        foot=foot,
        outline=True,
    )


def _story(facts: ReportFacts, width: float) -> list[Flowable]:
    known = [
        *_skills(facts, width),
        *_availability(facts, width),
        *_evaluations(facts, width),
        *_engagements(facts.engagements, width),
        *_applications(facts.applications, width),
        *_outcomes(facts, width),
        *_pool(facts, width),
        *_told(facts, width),
    ]
    return [*_who(facts, width), *(known or [para("Nothing more is recorded yet.", "note", spaceBefore=12)])]


def _who(facts: ReportFacts, width: float) -> list[Flowable]:
    story: list[Flowable] = [
        para("Candidate report" + (", names hidden" if facts.code else ""), "kicker"),
        heading(facts.code or facts.name, 0, spaceBefore=1, spaceAfter=7),
    ]
    year = f"{ordinal(facts.class_year)} year" if facts.class_year else ""
    leaves = f"graduates in {month(facts.graduation)}" if facts.graduation else ""
    met = short_day(facts.first_contact) if facts.first_contact else ""
    if facts.source.strip():
        met = f"{met}, {facts.source}" if met else facts.source
    cells = [
        ("School", facts.school),
        ("Studies", ", ".join(part for part in (facts.major, facts.degree) if part.strip())),
        ("Class year", "\n".join(part for part in (year, leaves) if part)),
        ("Contact", "\n".join(facts.contact)),
        ("Links", "\n".join(facts.links)),
        ("First contact", met),
        *((one.name, one.words) for one in facts.own),
    ]
    told: list[Cell] = [fact(label, para(words, "cell")) for label, words in cells if words.strip()]
    if not told:
        return story
    gutter = 18.0
    shares = (0.4, 0.32, 0.28)
    columns = len(shares)
    told += [""] * (-len(told) % columns)
    rows = [_with_gutters(told[i : i + columns]) for i in range(0, len(told), columns)]
    room = width - gutter * (columns - 1)
    first, second, third = (share * room for share in shares)
    lines = [("LINEABOVE", (x, y), (x, y), HAIR, LINE) for y, row in enumerate(rows) for x in range(0, 5, 2) if row[x]]
    pads = [("TOPPADDING", (0, 0), (-1, -1), 4), ("BOTTOMPADDING", (0, 0), (-1, -1), 6)]
    return [*story, grid(rows, [first, gutter, second, gutter, third], [*lines, *pads], Facts())]


def _with_gutters(cells: list[Cell]) -> list[Cell]:
    row: list[Cell] = []
    for cell in cells:
        row += [cell, ""]
    return row[:-1]


def _skills(facts: ReportFacts, width: float) -> list[Flowable]:
    if not facts.skills:
        return []
    rows: list[list[Cell]] = [
        [
            para(strong(skill.name), "cell"),
            LevelDots(skill.level, 4) if skill.level else "",
            para(skill.level_words, "cell"),
            para(coloured(skill.evidence), "cell"),
        ]
        for skill in facts.skills
    ]
    return [*section("Skills", 15, 4), _lined(rows, [width * 0.25, 44, width * 0.22, width * 0.53 - 44])]


def _lined(rows: list[list[Cell]], widths: list[float], heads: bool = True) -> Table:
    """`heads`: whether the first cell of a row says what the others are of."""
    return grid(
        rows,
        widths,
        [
            ("LINEABOVE", (0, 0), (-1, 0), HAIR, LINE),
            ("LINEBELOW", (0, 0), (-1, -1), HAIR, LINE),
            ("TOPPADDING", (0, 0), (-1, -1), 4),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 4.4),
            ("RIGHTPADDING", (0, 0), (-2, -1), 8),
        ],
        Cells(columns=1) if heads else None,
    )


def _availability(facts: ReportFacts, width: float) -> list[Flowable]:
    words = facts.availability.strip()
    if facts.hours_a_week and f"{plural(facts.hours_a_week, 'hour')} a week" not in words:
        words = f"About {plural(facts.hours_a_week, 'hour')} a week. {words}".strip()
    if not words and facts.grid is None:
        return []
    told = [para(words, spaceAfter=5)] if words else []
    week = [_week(facts.grid, width)] if facts.grid else []
    return [KeepTogether([heading("Availability", spaceBefore=15, spaceAfter=4), *told, *week])]


def _week(week: AvailabilityGrid, width: float) -> Table:
    label, column = 78.0, min(58.0, (width - 78) / 7)
    rows: list[list[Cell]] = [["", *(para(day, "tick", "center") for day in _DAYS)]]
    commands: list[tuple[object, ...]] = []
    for y, slot in enumerate(week.slots, 1):
        row: list[Cell] = [para(slot, "tick")]
        for x in range(7):
            free = x < len(week.days) and y - 1 < len(week.days[x]) and week.days[x][y - 1]
            row.append(para("free" if free else "", "tick", "center", textColor=ACCENT))
            if free:
                commands.append(("BACKGROUND", (x + 1, y), (x + 1, y), SOFT))
        rows.append(row)
    return grid(
        rows,
        [label, *([column] * 7)],
        [
            ("INNERGRID", (1, 1), (-1, -1), HAIR, LINE),
            ("BOX", (1, 1), (-1, -1), HAIR, LINE),
            ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
            ("TOPPADDING", (0, 0), (-1, -1), 1.6),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 2.4),
            *commands,
        ],
        Cells(rows=1, columns=1),
    )


def _evaluations(facts: ReportFacts, width: float) -> list[Flowable]:
    if not facts.evaluations:
        return []
    story: list[Flowable] = []
    for block in facts.evaluations:
        pieces = _evaluation(block, width)
        needed = _needed(pieces, width)
        opening = section("Evaluations", 15, 4) if not story else [space(9)]
        story += [CondPageBreak(needed + _OPENING), *opening, *pieces]
    return story


def _needed(pieces: list[Flowable], width: float) -> float:
    """Whole where it is short; else as much as its head and what follows that at least."""
    high = [piece.getSpaceBefore() + piece.wrap(width, _SHORT)[1] + piece.getSpaceAfter() for piece in pieces]
    return sum(high) if sum(high) < _SHORT else high[0] + _ROW


def _evaluation(block: EvaluationBlock, width: float) -> list[Flowable]:
    by = " · ".join(part for part in (block.rater, short_day(block.day) if block.day else "") if part)
    overall: Cell = ""
    if block.overall is not None:
        number = strong(_decimal(block.overall))
        overall = para(join(coloured(sized(number, 14), ACCENT), coloured(f" of {block.out_of}")), "fee", "right")
    head = grid(
        [[[heading(block.about, 2), para(by, "note")], overall]],
        [width * 0.78, width * 0.22],
        [("BOTTOMPADDING", (0, 0), (-1, -1), 3)],
    )
    weighted = len({score.weight for score in block.scores}) > 1
    story: list[Flowable] = [head]
    if block.scores:
        story.append(_lined([_score(one, weighted) for one in block.scores], [width * 0.25, 44, width * 0.75 - 44]))
    if block.recommend.strip():
        story.append(para(join(strong("Would recommend them: "), block.recommend), "cell", spaceBefore=4))
    if block.comment.strip():
        story.append(para(block.comment, "cell", spaceBefore=4))
    return story


def _score(score: ScoreLine, weighted: bool) -> list[Cell]:
    criterion: list[Flowable] = [para(strong(score.criterion), "cell")]
    if weighted:
        criterion.append(para(f"weight {score.weight}", "tick"))
    told = [score.level_words if score.level else join(coloured("not scored"))]
    if score.evidence.strip():
        told.append(coloured(score.evidence))
    dots: Cell = LevelDots(score.level, score.levels) if score.level else ""
    return [criterion, dots, [para(text, "cell") for text in told if text.strip()]]


def _decimal(value: Decimal) -> str:
    return as_written(f"{value.quantize(Decimal('0.1'), ROUND_HALF_UP)}")


def _engagements(engagements: tuple[EngagementLine, ...], width: float) -> list[Flowable]:
    if not engagements:
        return []
    rows = []
    for one in engagements:
        project = one.project if not one.note.strip() else join(one.project, "\n", coloured(one.note))
        days = " – ".join(short_day(day).replace(" ", "\xa0") for day in (one.start, one.end) if day)
        hours = "" if one.hours is None else as_written(f"{one.hours.normalize():f}")
        if one.hours_estimated is not None:
            hours = f"{hours} of {one.hours_estimated}" if hours else f"{one.hours_estimated} planned"
        fee = "" if one.fee_cents is None else money.show(one.fee_cents, one.currency)
        rows.append([project, days, one.verdict, hours, fee])
    table = data_table(
        ["Project", "From, to", "Result", "Hours", "Fee"],
        rows,
        [width * part for part in (0.36, 0.26, 0.14, 0.13, 0.11)],
        ["left", "left", "left", "right", "right"],
    )
    return [*section("Projects done with us", 15, 4), table]


def _applications(applications: tuple[ApplicationLine, ...], width: float) -> list[Flowable]:
    if not applications:
        return []
    # Under a code no day is told.
    dated = any(one.applied_on for one in applications)
    rows: list[list[str]] = []
    for one in applications:
        project = one.project if not one.note.strip() else join(one.project, "\n", coloured(one.note))
        day = [short_day(one.applied_on) if one.applied_on else ""] if dated else []
        rows.append([project, *day, one.state])
    heads = ["Project", "Applied", "State"] if dated else ["Project", "State"]
    widths = [width * part for part in ((0.56, 0.2, 0.24) if dated else (0.76, 0.24))]
    return [*section("Applications", 15, 4), data_table(heads, rows, widths)]


def _outcomes(facts: ReportFacts, width: float) -> list[Flowable]:
    rows = [(one.day, one.what, one.note) for one in facts.outcomes]
    return _dated("What followed", [(short_day(day) if day else "", what, note) for day, what, note in rows], width)


def _pool(facts: ReportFacts, width: float) -> list[Flowable]:
    rows = []
    for one in facts.pool:
        since = f"since {short_day(one.since)}" if one.since else ""
        ended = f"until {short_day(one.until)}" if one.until else ""
        plan = f"next touch {short_day(one.next_touch)}" if one.next_touch and not one.until else ""
        rows.append(("", one.reason, ", ".join(part for part in (since, ended, plan) if part)))
    return _dated("Why we keep in touch", rows, width)


def _told(facts: ReportFacts, width: float) -> list[Flowable]:
    return _dated("The story so far", [(short_day(one.day), one.kind, one.words) for one in facts.story], width)


def _dated(title: str, rows: list[tuple[str, str, str]], width: float) -> list[Flowable]:
    """A day at the left, then words in bold with more behind them."""
    if not rows:
        return []
    when = 72.0 if any(day for day, _, _ in rows) else 0.0
    told: list[list[Cell]] = [
        [
            para(coloured(day), "cell") if day else "",
            para(join(strong(what), "  " if what.strip() and words.strip() else "", words), "cell"),
        ]
        for day, what, words in rows
    ]
    return [*section(title, 15, 4), _lined(told, [when, width - when], heads=bool(when))]
