"""The offer letter: what the project is, what it pays, how to say yes, and where both sides sign."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.platypus import Flowable, KeepTogether, Table

from core import money
from core.paper import fonts
from core.paper.cells import Facts, Rows
from core.paper.facts import Deliverable, LetterFacts
from core.paper.finish import Out
from core.paper.flow import (
    Cell,
    bullets,
    coloured,
    esc,
    fact,
    grid,
    heading,
    join,
    lines,
    para,
    section,
    sized,
    space,
    strong,
)
from core.paper.page import Paper, lay
from core.paper.style import ACCENT, HAIR, INK, LINE
from core.text import day, plural, short_day


def make(facts: LetterFacts, out: Out) -> None:
    """Write the letter to `out`. UserError: a letter of the alphabet or a logo that papers cannot print."""
    lay(out, paper(facts))


def paper(facts: LetterFacts) -> Paper:
    """To be laid out alone, or bound with others. UserError as `make`."""
    fonts.check_facts(facts)
    return Paper(
        facts.stationery,
        lambda width: _story(facts, width),
        title=f"Offer: {facts.project}",
        subject=f"Offer of a micro-internship to {facts.candidate}",
        one_page=True,
        foot=" · ".join(part for part in (f"Offer to {fonts.isolated(facts.candidate)}", facts.reference) if part),
    )


def _story(facts: LetterFacts, width: float) -> list[Flowable]:
    return [
        *_address(facts, width),
        *_opening(facts),
        _terms_grid(facts, width),
        *_work(facts, width),
        *_terms(facts),
        *_answer(facts, width),
    ]


def _address(facts: LetterFacts, width: float) -> list[Flowable]:
    to = [para(strong(facts.candidate)), *lines(facts.candidate_lines)]
    when: list[Flowable] = [para(day(facts.day), "body", "right"), *lines([facts.reference], "note", "right")]
    return [grid([[to, when]], [width * 0.62, width * 0.38]), space(11)]


def _opening(facts: LetterFacts) -> list[Flowable]:
    story: list[Flowable] = [
        para("Offer of a micro-internship", "kicker"),
        heading(facts.project, 0, spaceBefore=1, spaceAfter=8),
        para(facts.greeting or f"Dear {facts.candidate},", spaceAfter=5),
        para(
            join(
                "We would be glad to have you on this project. It is a micro-internship: short, paid work with a clear "
                "beginning and a clear end. This letter says what it is, what it pays and how to say yes."
            ),
            spaceAfter=5,
        ),
    ]
    story += [para(text, spaceAfter=5) for text in (facts.summary, facts.why) if text.strip()]
    return [*story, space(5)]


def _terms_grid(facts: LetterFacts, width: float) -> Flowable:
    cells = [cell for cell in _terms_cells(facts) if cell[1]]
    gutter = 24.0
    column = (width - gutter) / 2
    made: list[Cell] = [
        fact(label, words if isinstance(words, Flowable) else para(words), *lines([note], "note"))
        for label, words, note in cells
    ]
    if len(made) % 2:
        made.append("")
    rows: list[list[Cell]] = [[made[i], "", made[i + 1]] for i in range(0, len(made), 2)]
    last = len(rows) - 1
    right = last if made[-1] else last - 1
    table = grid(
        rows,
        [column, gutter, column],
        [
            ("LINEABOVE", (0, 0), (0, -1), HAIR, LINE),
            ("LINEABOVE", (2, 0), (2, -1), HAIR, LINE),
            ("LINEBELOW", (0, last), (0, last), HAIR, LINE),
            ("LINEBELOW", (2, right), (2, right), HAIR, LINE),
            ("TOPPADDING", (0, 0), (-1, -1), 4),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 5),
        ],
        Facts(),
    )
    return KeepTogether([table])


def _terms_cells(facts: LetterFacts) -> list[tuple[str, Flowable | str, str]]:
    """(what, words, a note under them), two of which stand side by side."""
    hours = f"about {plural(facts.hours, 'hour')}" if facts.hours > 0 else ""
    rate = money.per_hour(facts.fee_cents, facts.hours)
    hourly = f" · {money.show(rate, facts.currency)} an estimated hour" if rate and facts.fee_cents else ""
    amount = coloured(sized(strong(money.show(facts.fee_cents, facts.currency)), 15), ACCENT)
    fee = join(amount, " fixed", coloured(hourly))
    owed = "Owed in full whatever the hours took."
    start = strong(day(facts.start)) if facts.start else ""
    due = strong(day(facts.due))
    may_move = "May move where it collides with classes or exams." if facts.due_flexible else ""
    when = "at hours that suit you" if facts.hours_any_time else ""
    work = join(strong(hours), ", " if hours and when else "", when)
    return [
        ("Your fee", para(fee, "fee"), owed),
        ("When it is paid", facts.paid_when, facts.paid_as),
        ("Start", start, ""),
        ("Due", due, may_move),
        ("Work", work, ""),
        ("Where", facts.place.strip(), ""),
        ("Your supervisor", facts.supervisor, ""),
        ("Who pays", facts.funding, ""),
    ]


def _work(facts: LetterFacts, width: float) -> list[Flowable]:
    """What is handed in and what is learned: side by side where both are short, else one below the other."""
    given = [one for one in facts.deliverables if one.what.strip()]
    learned = [text for text in facts.objectives if text.strip()]
    gutter = 24.0
    column = (width - gutter) / 2
    short = max(sum(len(one.what) for one in given), sum(map(len, learned))) < 600
    if given and learned and short and max(len(given), len(learned)) <= 6:
        left = [heading("What you hand in", spaceAfter=3), *_deliverables(given, column, below=True)]
        right = [heading("What you can learn", spaceAfter=3), *bullets(learned)]
        return [space(10), grid([[left, "", right]], [column, gutter, column])]
    story: list[Flowable] = []
    if given:
        story += [*section("What you hand in"), *_deliverables(given, width)]
    if learned:
        story += [*section("What you can learn"), *bullets(learned)]
    return story


def _deliverables(given: Sequence[Deliverable], width: float, below: bool = False) -> list[Flowable]:
    """Numbered; the day stands at the right, or `below` the words."""
    date_width = 84.0 if not below and any(one.due for one in given) else 0.0
    number_width = 14.0 if len(given) < 10 else 19.0
    rows: list[list[Cell]] = []
    for number, one in enumerate(given, 1):
        words: Cell = para(one.what)
        when: Cell = ""
        if one.due and below:
            words = para(join(one.what, coloured(f" · {short_day(one.due)}".replace(" ", "\xa0"))))
        elif one.due:
            when = para(short_day(one.due), "body", "right")
        rows.append([para(coloured(f"{number}", ACCENT)), words, when])
    return [
        grid(
            rows,
            [number_width, width - number_width - date_width, date_width],
            [("BOTTOMPADDING", (0, 0), (-1, -1), 1.5)],
            Rows(),
        )
    ]


def _terms(facts: LetterFacts) -> list[Flowable]:
    given = [
        ("Who owns the work", facts.ownership),
        ("What stays between us", facts.confidentiality),
        ("AI tools", facts.ai_policy),
        *((term.name, term.words) for term in facts.more_terms),
    ]
    told = [para(join(strong(f"{name}. "), words), spaceAfter=2) for name, words in given if words.strip()]
    return [*section("How we work together", 8), *told] if told else []


def _answer(facts: LetterFacts, width: float) -> list[Flowable]:
    where = join(" and return it to ", facts.reply_to) if facts.reply_to.strip() else esc(" and return it to us")
    words = join(
        "To accept, sign below",
        where,
        " by ",
        strong(day(facts.expires_on)),
        "; after that day the offer ends by itself. Ask us anything first. "
        "If the answer is no, a line to say so helps us.",
    )
    together: list[Flowable] = [
        heading("How to answer", spaceBefore=8, spaceAfter=3),
        para(words, spaceAfter=26),
        _signatures(facts, width),
    ]
    return [KeepTogether(together)]


def _signatures(facts: LetterFacts, width: float) -> Table:
    gutter = 24.0
    column = (width - gutter) / 2
    ours = join(strong(facts.signatory), *([coloured(f", {facts.signatory_title}")] if facts.signatory_title else []))
    left = [para(ours, "cell"), para(f"for {facts.stationery.employer}", "note"), para("Date:", "note")]
    right = [para(strong(facts.candidate), "cell"), para("I accept this offer", "note"), para("Date:", "note")]
    return grid(
        [[left, "", right]],
        [column, gutter, column],
        [
            ("LINEABOVE", (0, 0), (0, 0), HAIR, INK),
            ("LINEABOVE", (2, 0), (2, 0), HAIR, INK),
            ("TOPPADDING", (0, 0), (-1, -1), 4),
        ],
    )
