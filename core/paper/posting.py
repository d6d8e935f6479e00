"""The posting: a project as students see it, on paper and as plain text for a campus board."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reportlab.platypus import Flowable, KeepTogether, Table

from core import money
from core.paper import fonts
from core.paper.cells import Facts, Rows
from core.paper.facts import Deliverable, PostingFacts
from core.paper.finish import Out
from core.paper.flow import (
    Cell,
    bullets,
    coloured,
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
from core.paper.page import build
from core.paper.posting_text import HOW, facts_of, how_to_apply
from core.paper.style import ACCENT, HAIR, LINE
from core.text import plural, short_day


def make(facts: PostingFacts, out: Out) -> None:
    """Write the posting to `out`. UserError: a letter of the alphabet or a logo that papers cannot print."""
    fonts.check_facts(facts)
    build(
        out,
        facts.stationery,
        lambda width: _story(facts, width),
        title=facts.project,
        subject="A micro-internship to apply for",
        one_page=True,
        foot=" · ".join(part for part in (facts.reference, f"As of {short_day(facts.stationery.made_on)}") if part),
    )


def _story(facts: PostingFacts, width: float) -> list[Flowable]:
    return [
        para("Micro-internship: a short, paid project", "kicker"),
        heading(facts.project, 0, spaceBefore=1, spaceAfter=8),
        *(para(text, spaceAfter=5) for text in (facts.summary, facts.why) if text.strip()),
        space(5),
        *_grid(facts, width),
        *_work(facts, width),
        *_wanted(facts),
        *_terms(facts),
        *_apply(facts),
    ]


def _grid(facts: PostingFacts, width: float) -> Iterator[Flowable]:
    cells = [_cell(facts, *one) for one in facts_of(facts)]
    if not cells:
        return
    gutter = 24.0
    column = (width - gutter) / 2
    made: list[Cell] = [*cells, *([""] if len(cells) % 2 else [])]
    rows: list[list[Cell]] = [[made[at], "", made[at + 1]] for at in range(0, len(made), 2)]
    edges = [("LINEABOVE", (at, 0), (at, -1), HAIR, LINE) for at in (0, 2)]
    padding = [("TOPPADDING", (0, 0), (-1, -1), 4), ("BOTTOMPADDING", (0, 0), (-1, -1), 5)]
    yield KeepTogether([grid(rows, [column, gutter, column], [*edges, *padding], Facts())])


def _cell(facts: PostingFacts, name: str, words: str, note: str) -> list[Flowable]:
    if name == "Pay":
        amount = coloured(sized(strong(money.show(facts.fee_cents, facts.currency)), 15), ACCENT)
        rest = words.removeprefix(money.show(facts.fee_cents, facts.currency))
        return fact(name, para(join(amount, rest), "fee"), *lines([note], "note"))
    return fact(name, para(words), *lines([note], "note"))


def _work(facts: PostingFacts, width: float) -> list[Flowable]:
    """What is handed in and what is learned: side by side where both are short, else one below the other."""
    given = [one for one in facts.deliverables if one.what.strip()]
    learned = [text for text in facts.objectives if text.strip()]
    gutter = 24.0
    column = (width - gutter) / 2
    short = max(sum(len(one.what) for one in given), sum(map(len, learned))) < 600
    if given and learned and short and max(len(given), len(learned)) <= 6:
        left = [heading("What you hand in", spaceAfter=3), _deliverables(given, column)]
        right = [heading("What you can learn", spaceAfter=3), *bullets(learned)]
        return [space(10), grid([[left, "", right]], [column, gutter, column])]
    story: list[Flowable] = []
    if given:
        story += [*section("What you hand in"), _deliverables(given, width)]
    if learned:
        story += [*section("What you can learn"), *bullets(learned)]
    return story


def _deliverables(given: Sequence[Deliverable], width: float) -> Table:
    """Numbered, the day behind the words."""
    number = 14.0 if len(given) < 10 else 19.0
    rows: list[list[Cell]] = []
    for at, one in enumerate(given, 1):
        day = coloured(f" · {short_day(one.due)}".replace(" ", "\xa0")) if one.due else ""
        rows.append([para(coloured(f"{at}", ACCENT)), para(join(one.what, day))])
    return grid(rows, [number, width - number], [("BOTTOMPADDING", (0, 0), (-1, -1), 1.5)], Rows())


def _wanted(facts: PostingFacts) -> list[Flowable]:
    told = [
        para(join(strong(f"{name}. "), ", ".join(words)), spaceAfter=2)
        for name, words in (("Skills that help", facts.skills), ("You practise", facts.competencies))
        if words
    ]
    return [*section("What helps", 8), *told] if told else []


def _terms(facts: PostingFacts) -> list[Flowable]:
    told = [para(join(strong(f"{one.name}. "), one.words), spaceAfter=2) for one in facts.terms if one.words.strip()]
    return [*section("How we work together", 8), *told] if told else []


def _apply(facts: PostingFacts) -> list[Flowable]:
    story: list[Flowable] = [heading(HOW, spaceBefore=8, spaceAfter=3), para(how_to_apply(facts), spaceAfter=3)]
    asked = [text for text in facts.questions if text.strip()]
    if asked:
        took = f" It takes about {plural(facts.answers_take, 'minute')}." if facts.answers_take else ""
        one = len(asked) == 1
        story.append(
            para(f"{'Answer this' if one else 'Answer these'} with it, in your own words.{took}", spaceAfter=3)
        )
        story += bullets(asked)
    return [KeepTogether(story)] if len(" ".join(asked)) < 1500 else story
