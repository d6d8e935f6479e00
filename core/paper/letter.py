"""A letter: its words, and of an offer its terms, what is handed in, how to say yes and where both sides sign."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from reportlab.platypus import Flowable, KeepTogether, Table

from core import money
from core.form_fields import FormField, Pages, layout
from core.letter_text import ACCEPT, DECLINE
from core.paper import fonts
from core.paper.cells import Facts, Rows
from core.paper.facts import Deliverable, LetterFacts, Part, WrittenFacts
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
from core.paper.form_paper import Hidden, foot_of, square
from core.paper.form_pieces import Sheet, asked
from core.paper.page import Paper, lay
from core.paper.style import ACCENT, HAIR, INK, LINE, page
from core.text import day, plural, short_day

KIND = "letter"
OFFER = "Offer"
ANSWER = (
    FormField("answer", "choice", "Your answer", ((ACCEPT, "I accept"), (DECLINE, "I decline"))),
    FormField("name", "text", "Your name", most=120),
    FormField("date", "text", "Date", most=40),
)
"""What comes back filled in."""


def make(facts: LetterFacts | WrittenFacts, out: Out) -> dict[str, Any]:
    """Write the letter to `out`; where its fields stand, as Form.layout keeps it.

    UserError: a letter of the alphabet or a logo that papers cannot print.
    """
    facts = _written(facts)
    sheets: list[Sheet] = []
    pages = lay(out, paper(facts, sheets))
    whole = [sheet for sheet in sheets if len(sheet.placed) == len(ANSWER)] if facts.fillable else []
    # A paper may be laid out once more to come on one page, and where it does not, stays as it was at first.
    placed = whole[-1 if pages == 1 else 0].placed if whole else []
    size = page(facts.stationery.size)
    return layout(KIND, Pages(pages, size, foot_of(size[0])), placed)


def paper(facts: LetterFacts | WrittenFacts, sheets: list[Sheet] | None = None) -> Paper:
    """To be laid out alone, or bound with others. UserError as `make`. `sheets` gets what each laying out drew."""
    facts = _written(facts)
    fonts.check_facts(facts)
    drawn = [] if sheets is None else sheets

    def story(width: float) -> list[Flowable]:
        drawn.append(Sheet())
        return _story(facts, width, drawn[-1])

    # Whoever gets it does not read there how we call such letters.
    to = f"{'Offer to' if facts.words == OFFER else 'To'} {fonts.isolated(facts.candidate)}"
    return Paper(
        facts.stationery,
        story,
        title=f"{facts.words}: {facts.title}",
        subject=f"{facts.words} to {facts.candidate}" if not facts.subject else facts.subject,
        one_page=True,
        foot=" · ".join(part for part in (to, facts.reference, facts.code) if part),
        mark=square(facts.code) if facts.code else None,
        identifier=facts.code,
    )


def _written(facts: LetterFacts | WrittenFacts) -> WrittenFacts:
    """An offer in the words that letters begin with."""
    if isinstance(facts, WrittenFacts):
        return facts
    opening = (
        "We would be glad to have you on this project. It is a micro-internship: short, paid work with a clear "
        "beginning and a clear end. This letter says what it is, what it pays and how to say yes."
    )
    said = (facts.greeting or f"Dear {facts.candidate},", opening, facts.summary, facts.why)
    pieces = ("the terms", "the work", "the conditions", "the answer")
    return WrittenFacts(
        stationery=facts.stationery,
        day=facts.day,
        candidate=facts.candidate,
        words=OFFER,
        subject=f"Offer of a micro-internship to {facts.candidate}",
        kicker="Offer of a micro-internship",
        title=facts.project,
        blocks=(*(Part("text", (text,)) for text in said if text.strip()), *(Part(piece) for piece in pieces)),
        reference=facts.reference,
        candidate_lines=facts.candidate_lines,
        signatory=facts.signatory,
        signatory_title=facts.signatory_title,
        offer=facts,
    )


def _story(facts: WrittenFacts, width: float, sheet: Sheet) -> list[Flowable]:
    story: list[Flowable] = [Hidden(facts.code)] if facts.fillable else []
    story += [
        *_address(facts, width),
        para(facts.kicker or facts.words, "kicker"),
        heading(facts.title, 0, spaceBefore=1, spaceAfter=8),
    ]
    for block in facts.blocks:
        story += _block(facts, block, width, sheet)
    return story


def _block(facts: WrittenFacts, block: Part, width: float, sheet: Sheet) -> list[Flowable]:
    if block.kind == "text":
        return [para(text, spaceAfter=5) for text in block.words]
    if block.kind == "heading":
        return section(" ".join(block.words))
    if block.kind == "list":
        return [*bullets(block.words), space(4)]
    if block.kind == "the signature":
        return _signature(facts, width)
    if facts.offer is None:
        return []
    if block.kind == "the terms":
        return [space(5), _terms_grid(facts.offer, width)]
    if block.kind == "the work":
        return _work(facts.offer, width)
    if block.kind == "the conditions":
        return _terms(facts.offer)
    return _answer(facts, facts.offer, width, sheet)


def _address(facts: WrittenFacts, width: float) -> list[Flowable]:
    to = [para(strong(facts.candidate)), *lines(facts.candidate_lines)]
    when: list[Flowable] = [para(day(facts.day), "body", "right"), *lines([facts.reference], "note", "right")]
    return [grid([[to, when]], [width * 0.62, width * 0.38]), space(11)]


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


def _answer(facts: WrittenFacts, offer: LetterFacts, width: float, sheet: Sheet) -> list[Flowable]:
    where = join(" and return it to ", offer.reply_to) if offer.reply_to.strip() else esc(" and return it to us")
    accept = "To answer, fill in the fields or sign on paper" if facts.fillable else "To accept, sign below"
    words = join(
        accept,
        where,
        " by ",
        strong(day(offer.expires_on)),
        "; after that day the offer ends by itself. Ask us anything first. "
        "If the answer is no, a line to say so helps us.",
    )
    together: list[Flowable] = [
        heading("How to answer", spaceBefore=8, spaceAfter=3),
        para(words, spaceAfter=6 if facts.fillable else 26),
        *(_fields(width, sheet) if facts.fillable else []),
        _signatures(facts, width),
    ]
    return [KeepTogether(together)]


def _fields(width: float, sheet: Sheet) -> list[Flowable]:
    """What is filled in where the letter is read; the lines under it are for who prints it."""
    answer, name, when = ANSWER
    gutter = 14.0
    column = (width - 2 * gutter) / 100
    row: list[Cell] = [asked(answer, sheet, column * 46), "", asked(name, sheet, column * 33), "",
                       asked(when, sheet, column * 21)]  # fmt: skip
    widths = [column * 46, gutter, column * 33, gutter, column * 21]
    return [grid([row], widths, splitInRow=0), space(24)]


def _ours(facts: WrittenFacts) -> list[Flowable]:
    ours = join(strong(facts.signatory), *([coloured(f", {facts.signatory_title}")] if facts.signatory_title else []))
    return [para(ours, "cell"), para(f"for {facts.stationery.employer}", "note")]


def _signature(facts: WrittenFacts, width: float) -> list[Flowable]:
    look = [("LINEABOVE", (0, 0), (0, 0), HAIR, INK), ("TOPPADDING", (0, 0), (-1, -1), 4)]
    return [KeepTogether([space(30), grid([[_ours(facts), ""]], [width / 2, width / 2], look), space(8)])]


def _signatures(facts: WrittenFacts, width: float) -> Table:
    gutter = 24.0
    column = (width - gutter) / 2
    left = [*_ours(facts), para("Date:", "note")]
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
