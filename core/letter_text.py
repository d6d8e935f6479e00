"""The text of a letter: fields in braces, what stands there only where it is known, and the pieces that are drawn.

A line that begins with "# " is a heading, "- " a point of a list; an empty line ends a paragraph. {if why} ... {end}
stands only where the field has words, {if not why} ... {end} only where it has none. {ask: What went well?} is
answered anew for each letter. What is put in for a field is never read as any of these.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, TypeVar

import resources
from core.errors import SystemFault

About = Literal["offer", "work", "application", "person"]
ABOUT: dict[About, str] = {
    "offer": "An offer",
    "work": "Work, from its start on",
    "application": "An application",
    "person": "Somebody",
}
_PERSON = {
    "first_name": "First name",
    "name": "Full name",
    "school": "Their school",
    "employer": "Your business",
    "me": "Who signs",
    "my_title": "The title of who signs",
    "reply_to": "Where to answer",
    "today": "Today",
}
_PROJECT = {
    "project": "The project’s title",
    "summary": "What the project is to bring",
    "why": "Why it matters",
    "supervisor": "The supervisor",
    "supervisor_email": "The supervisor’s address",
}
_TERMS = {
    "fee": "The fixed fee",
    "hours": "The estimated hours",
    "start": "The day of the kick-off",
    "due": "The due date",
    "may_move": "Words where the due date may move",
    "place": "Where the work is done",
    "tools": "Tools that are given",
}
_OFFER = {
    "expires": "The last day to answer",
    "paid_when": "When the fee is paid",
    "paid_as": "W-2 employee or contractor",
    "funding": "Words where a campus grant pays",
    "note": "A personal word",
}
_WORK = {
    "paid_when": "When the fee is paid",
    "paid_as": "W-2 employee or contractor",
    "start_time": "The hour of the kick-off",
    "how_to_join": "How to join",
    "old_due": "The due date before more time was given",
    "accepted": "The day the work was accepted",
    "verdict": "What was said on acceptance",
}
_ASKED = {"applied": "The day they applied"}
FIELDS: dict[About, dict[str, str]] = {
    "offer": _PERSON | _PROJECT | _TERMS | _OFFER,
    "work": _PERSON | _PROJECT | _TERMS | _WORK,
    "application": _PERSON | _PROJECT | _ASKED,
    "person": _PERSON,
}
"""What may stand in braces in a letter about each, and the words for it."""
TERM_FIELDS: dict[str, str] = FIELDS["offer"] | FIELDS["work"]
PIECES: dict[str, str] = {
    "the terms": "The table of fee, dates and place",
    "the work": "What is handed in, what can be learned",
    "the conditions": "How we work together",
    "the answer": "Accept or decline, name and date to fill in",
    "the signature": "The line where you sign",
}
"""What stands in braces on a line of its own, and is drawn."""
ACCEPT, DECLINE = "accept", "decline"
"""What somebody answers to an offer in its letter."""
_OF_OFFER = frozenset({"the terms", "the answer"})
_OF_TERMS = frozenset({"the work", "the conditions"})
MOST = 200
_MARK = re.compile(rf"\{{([^{{}}\n]{{1,{MOST}}})\}}")
_LONG = re.compile(r"\{[^{}\n]+\}")
_IF = re.compile(r"if( not)? (\w+)")
_ASK = re.compile(r"ask: *(.+)")


@dataclass(frozen=True, kw_only=True)
class LetterText:
    """A template. `kicker` stands small above the title, `purpose` says when it is for."""

    name: str = ""
    about: str = "person"
    purpose: str = ""
    kicker: str = ""
    title: str = ""
    text: str = ""


@dataclass(frozen=True, kw_only=True)
class TermText:
    """A term to choose for a letter: its name and what it says."""

    name: str = ""
    words: str = ""


_Text = TypeVar("_Text", LetterText, TermText)


@dataclass(frozen=True, slots=True)
class Block:
    """`kind`: heading, text, list (one point in each of `words`), or a key of PIECES."""

    kind: str
    words: tuple[str, ...] = ()


@cache
def ready_made() -> Mapping[str, LetterText]:
    """Ours, by key, as the files in resources/letters have them."""
    found = {}
    for file in sorted(resources.path("letters").glob("*.toml")):
        found[f"letter-{file.stem}"] = _read(file, LetterText)
    return found


def _read(file: Path, kind: type[_Text]) -> _Text:
    """Whoever reads such a file may have changed it, too."""
    try:
        data = tomllib.loads(file.read_text("utf-8"))
        return kind(**{name: value.strip() for name, value in data.items()})
    except (OSError, ValueError, TypeError, AttributeError) as fault:
        raise SystemFault(f"{file} cannot be read: {fault}. Mend it, or install Foothold again.") from fault


@cache
def ready_terms() -> Mapping[str, TermText]:
    """Ours, by key, as the files in resources/terms have them."""
    found = {}
    for file in sorted(resources.path("terms").glob("*.toml")):
        found[f"term-{file.stem}"] = _read(file, TermText)
    return found


def pieces(about: str) -> dict[str, str]:
    """Those that a letter about this can have."""
    shut = {"offer": frozenset[str](), "work": _OF_OFFER}.get(about, _OF_OFFER | _OF_TERMS)
    return {name: words for name, words in PIECES.items() if name not in shut}


def wrong(text: str, about: str) -> list[str]:
    """A sentence for each thing in the text that no letter can be made of."""
    return _wrong(text, FIELDS.get(about, {}), about)  # type: ignore[call-overload]


def wrong_line(text: str, about: str) -> list[str]:
    """Of a title, or what stands above it: nothing is drawn there."""
    return _wrong(text, FIELDS.get(about, {}), "")  # type: ignore[call-overload]


def wrong_parts(text: LetterText) -> dict[str, list[str]]:
    """By its field what is wrong in it."""
    found = {name: wrong_line(getattr(text, name), text.about) for name in ("kicker", "title")}
    return {name: said for name, said in (found | {"text": wrong(text.text, text.about)}).items() if said}


def wrong_term(words: str) -> list[str]:
    """Of a term, which any letter with conditions may take."""
    return _wrong(words, TERM_FIELDS, "")


def _wrong(text: str, known: Mapping[str, str], about: str) -> list[str]:
    """`about`: whose pieces may stand in it, "" for none."""
    found: list[str] = []
    depth = 0
    for mark in _MARK.finditer(text):
        said = _plain(mark[1])
        if condition := _IF.fullmatch(said):
            depth += 1
            if condition[2] not in known:
                found.append(f"There is no field {{{condition[2]}}} to ask for.")
        elif said == "end":
            depth -= 1
            if depth < 0:
                found.append("An {end} has no {if …} before it.")
                depth = 0
        elif said in PIECES:
            found += _wrong_piece(text, mark, about)
        elif said not in known and not _ASK.fullmatch(said):
            found.append(f"There is no field {{{said}}}. Take it out, or choose one after typing a brace.")
    if depth > 0:
        found.append("An {if …} has no {end} after it.")
    return list(dict.fromkeys([*found, *_wrong_braces(_MARK.sub("", text))]))


def _wrong_piece(text: str, mark: re.Match[str], about: str) -> list[str]:
    said = _plain(mark[1])
    if not about:
        return [f"{{{said}}} is drawn: it stands in a letter’s text, on a line of its own."]
    if said not in pieces(about):
        return [f"A letter about {ABOUT_WORDS[about]} has no {{{said}}}."]
    return [] if _line_of(text, mark) == mark[0] else [f"{{{said}}} is drawn: it needs a line of its own."]


def _wrong_braces(lone: str) -> list[str]:
    """`lone`: the text without what stands in braces."""
    if _LONG.search(lone):
        return [f"What stands in braces has at most {MOST} characters. Ask in fewer words."]
    if "{" in lone or "}" in lone:
        return ["A brace stands alone. A field has one on each side, as {first_name}."]
    return []


ABOUT_WORDS = {"offer": "an offer", "work": "work", "application": "an application", "person": "somebody"}


def asked(name: str) -> str:
    """The question of {ask: ...}; "" where it is a field of the program's."""
    found = _ASK.fullmatch(_plain(name))
    return found[1].strip() if found else ""


def missing(text: str, values: Mapping[str, str]) -> list[str]:
    """The fields that stand in the letter and have no words, once each, in their order."""
    found = (_plain(mark[1]) for mark in _MARK.finditer(live(text, values)))
    return [name for name in dict.fromkeys(found) if name not in PIECES and not values.get(name, "").strip()]


def live(text: str, values: Mapping[str, str]) -> str:
    """The text without what stands in it only for others. Fields are still in braces."""
    kept: list[str] = []
    shown = [True]
    end = 0
    for mark in _MARK.finditer(text):
        if shown[-1]:
            kept.append(text[end : mark.start()])
        end = mark.end()
        said = _plain(mark[1])
        if condition := _IF.fullmatch(said):
            has = bool(values.get(condition[2], "").strip())
            shown.append(shown[-1] and has != bool(condition[1]))
        elif said == "end":
            if len(shown) > 1:
                shown.pop()
        elif shown[-1]:
            kept.append(mark[0])
    return "".join([*kept, text[end:]])


def fill(text: str, values: Mapping[str, str], lacks: str = "{}") -> str:
    """One line or paragraph with its fields put in. `lacks`: how one without words is shown."""

    def put(mark: re.Match[str]) -> str:
        name = _plain(mark[1])
        return values.get(name, "").strip() or lacks.replace("{}", mark[0])

    return _MARK.sub(put, text)


def blocks(text: str, values: Mapping[str, str]) -> list[Block]:
    """The letter in its order. Values are put in last, so that nothing in them becomes a heading or a field."""
    found: list[Block] = []
    for lines in _paragraphs(live(text, values)):
        points: list[str] = []
        words: list[str] = []
        for one in lines:
            piece = _MARK.fullmatch(one)
            if piece and _plain(piece[1]) in PIECES:
                found += [*_flushed(words, points), Block(_plain(piece[1]))]
                words, points = [], []
            elif one.startswith("# "):
                found += [*_flushed(words, points), Block("heading", (fill(one[2:].strip(), values),))]
                words, points = [], []
            elif one.startswith("- "):
                if words:
                    found += _flushed(words, [])
                    words = []
                points.append(fill(one[2:].strip(), values))
            else:
                if points:
                    found += _flushed([], points)
                    points = []
                words.append(fill(one, values))
        found += _flushed(words, points)
    return found


def _flushed(words: list[str], points: list[str]) -> Iterator[Block]:
    if words:
        yield Block("text", ("\n".join(words),))
    if points:
        yield Block("list", tuple(points))


def _paragraphs(text: str) -> Iterator[list[str]]:
    lines: list[str] = []
    for one in [*text.splitlines(), ""]:
        if one.strip() in ("#", "-"):
            # All that stood in it stands only for others.
            continue
        if one.strip():
            lines.append(one.strip())
        elif lines:
            yield lines
            lines = []


def _line_of(text: str, mark: re.Match[str]) -> str:
    """Its line, without the conditions around it."""
    begins, ends = text.rfind("\n", 0, mark.start()) + 1, text.find("\n", mark.end())
    line = text[begins : ends if ends >= 0 else len(text)]
    return re.sub(r"\{(end|if( not)? \w+)\}", "", line).strip()


def _plain(words: str) -> str:
    return " ".join(words.split())


def words_for(about: str, name: str) -> str:
    """What a field is called to a person."""
    known: Mapping[str, str] = TERM_FIELDS | FIELDS.get(about, {})  # type: ignore[call-overload]
    return asked(name) or known.get(name, f"{{{name}}}")
