"""A posting as plain text: it goes into a campus board's form, which keeps no layout."""

from __future__ import annotations

from collections.abc import Iterator

from core import money
from core.paper.facts import PostingFacts
from core.text import day, plural, short_day

HOW = "How to apply"


def facts_of(facts: PostingFacts) -> list[tuple[str, str, str]]:
    """(what, words, a note under them), without what is not known yet."""
    fee = money.show(facts.fee_cents, facts.currency)
    rate = facts.fee_cents // facts.hours if facts.hours > 0 else 0
    hourly = f" · {money.show(rate, facts.currency)} an estimated hour" if rate else ""
    about = f"About {plural(facts.hours, 'hour')}" if facts.hours > 0 else ""
    when = "at hours that suit you" if facts.hours_any_time else "at hours that we agree on"
    may_move = "May move where it collides with classes or exams." if facts.due_flexible else ""
    openings = plural(facts.openings, "opening") if facts.openings > 1 else ""
    found = [
        ("Pay", f"{fee} fixed{hourly}" if facts.fee_cents else "", "Owed in full whatever the hours took."),
        ("Work", f"{about}, {when}" if about else "", ""),
        ("Apply by", day(facts.apply_by) if facts.apply_by else "", ""),
        ("Start", day(facts.start) if facts.start else "", ""),
        ("Due", day(facts.due) if facts.due else "", may_move),
        ("Where", facts.place.strip(), ""),
        ("Who may apply", facts.eligibility.strip() or "Any school, any year", ""),
        ("Openings", openings, ""),
        ("Supervisor", facts.supervisor.strip(), ""),
        ("Who pays", facts.funding.strip(), ""),
    ]
    found += [(one.name, one.words, "") for one in facts.own]
    return [one for one in found if one[1]]


def how_to_apply(facts: PostingFacts) -> str:
    to = f"Write to {facts.apply_to}" if facts.apply_to.strip() else f"Write to {facts.stationery.employer}"
    by = f" by {day(facts.apply_by)}" if facts.apply_by else ""
    return f"{to}{by} with your name, your school and the hours you have."


def make_text(facts: PostingFacts) -> str:
    """The posting as lines of text, ended by a line break."""
    return "\n".join(_blocks(facts)).strip() + "\n"


def _blocks(facts: PostingFacts) -> Iterator[str]:
    yield facts.project
    yield f"{facts.stationery.employer} · micro-internship: a short, paid project"
    for text in (facts.summary, facts.why):
        if text.strip():
            yield f"\n{text.strip()}"
    yield ""
    for name, words, note in facts_of(facts):
        yield f"{name}: {words}{f'. {note}' if note else ''}"
    given = [
        f"{one.what}{f' (by {short_day(one.due)})' if one.due else ''}"
        for one in facts.deliverables
        if one.what.strip()
    ]
    yield from _list("What you hand in", given, numbered=True)
    yield from _list("What you can learn", [text for text in facts.objectives if text.strip()])
    helps = [
        f"{name}: {', '.join(words)}"
        for name, words in (("Skills that help", facts.skills), ("You practise", facts.competencies))
        if words
    ]
    yield from _list("What helps", helps)
    yield from _list("How we work together", [f"{one.name}: {one.words}" for one in facts.terms if one.words.strip()])
    yield f"\n{HOW}\n{how_to_apply(facts)}"
    asked = [text for text in facts.questions if text.strip()]
    if asked:
        took = f" (about {plural(facts.answers_take, 'minute')})" if facts.answers_take else ""
        yield f"{'Answer this' if len(asked) == 1 else 'Answer these'} with it, in your own words{took}:"
        yield from (f"- {text}" for text in asked)


def _list(title: str, texts: list[str], *, numbered: bool = False) -> Iterator[str]:
    if texts:
        yield f"\n{title}"
        yield from (f"{at}. {text}" if numbered else f"- {text}" for at, text in enumerate(texts, 1))
