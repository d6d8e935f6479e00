"""What a mail's words say of whoever wrote it, and what in it answers which question. Guesses, all."""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence
from datetime import date

from core.text import MONTHS, fold, line

_PHONE = re.compile(r"(?<![\w@.])\+?\(?\d[\d\s().\-/\u00a0]{7,18}\d(?!\w)")
_DAY_LIKE = re.compile(r"\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}[./]\d{2,4}")
_LINK = re.compile(
    r"(?:https?://)?(?:[\w-]{1,40}\.)?(?:linkedin\.com/in|github\.com|gitlab\.com|behance\.net)/[\w%./-]*[\w%-]"
    r"|https?://[\w-]{1,60}\.github\.io[\w%./-]*",
    re.IGNORECASE,
)
_CLASS_OF = re.compile(r"class of (20\d\d)|graduat\w{0,8}[^.\n]{0,40}?(?:\b([a-z]{3,9})\.? )?(20\d\d)\b", re.IGNORECASE)
_CLOSING = re.compile(
    r"\W*(?:(?:best|kind|warm|many)?\s*(?:regards|wishes)|sincerely(?: yours)?|yours(?: \w{1,20})?|thanks|thank you|"
    r"best|cheers|(?:viele|liebe|beste|mit freundlichen) grüße|gruß|saludos|atentamente|cordialement|bien à vous|"
    r"pozdrawiam)\b.{0,25}",
    re.IGNORECASE,
)
_NAME = re.compile(r"[^\W\d_][\w'’.\-]*(?: [^\W\d_][\w'’.\-]*){1,3}")
_QUOTED = re.compile(r"^\s*(?:>\s?)+")
_LEAD = re.compile(r"^[\s*•–\-]*(?:\(?(?:q(?:uestion)?\s*)?\d{1,2}\s*[.):]|q(?:uestion)?\s*:)?\s*", re.IGNORECASE)
_NUMBERED = re.compile(r"^\s*\(?(?:answer\s*)?(\d{1,2})\s*[.):]\s+(.*)$", re.IGNORECASE)
_WROTE = re.compile(
    r"^(?:on|am|el|le|w dniu)\b.{5,200}(?:wrote|schrieb.*|escribió|a écrit|napisał\w*)\s*:\s*$", re.IGNORECASE
)
_MOST_LINES, _SPAN = 3_000, 5


def phone(text: str) -> str:
    for match in _PHONE.finditer(text[:20_000]):
        found = line(match[0])
        if 10 <= sum(c.isdigit() for c in found) <= 15 and not _DAY_LIKE.search(found):
            return found
    return ""


def links(text: str) -> tuple[str, ...]:
    found = dict.fromkeys(m[0] if m[0].startswith("http") else f"https://{m[0]}" for m in _LINK.finditer(text[:50_000]))
    return tuple(found)[:3]


def graduation(text: str) -> date | None:
    """The last day of the month; of a year alone, of May."""
    for match in _CLASS_OF.finditer(text[:20_000]):
        year, month = int(match[1] or match[3]), 5
        named = [n for n, name in enumerate(MONTHS, 1) if match[2] and fold(name).startswith(fold(match[2]))]
        month = named[0] if len(named) == 1 else month
        return date(year, month, calendar.monthrange(year, month)[1])
    return None


def signed(text: str, email: str) -> str:
    """The name below "Best regards", or the one that the address is made of; "" where neither is one."""
    lines = [one.strip() for one in text.split("\n") if one.strip()][-40:]
    for at, one in enumerate(lines[:-1]):
        below = lines[at + 1].strip(",. ")
        if len(one) <= 60 and len(below) <= 60 and _CLOSING.fullmatch(one) and _NAME.fullmatch(below):
            return below
    parts = [part for part in re.split(r"[._]", email.partition("@")[0].partition("+")[0]) if part]
    if len(parts) == 2 and all(part.isalpha() and len(part) > 1 for part in parts):
        return " ".join(part.capitalize() for part in parts)
    return ""


def answers(text: str, questions: Sequence[str]) -> dict[int, str]:
    """Place of a question to what was written under it, also in between a mail that is quoted; by number where a reply
    numbers as many paragraphs as there are questions."""
    raw = text.split("\n")[:_MOST_LINES]
    lines = [(bool(_QUOTED.match(one)), _QUOTED.sub("", one).rstrip()) for one in raw]
    asked = [_bare(question) for question in questions]
    marks = _marks([words for _, words in lines], asked, questions)
    if not marks:
        return _numbered(lines, len(questions))
    found: dict[int, str] = {}
    for place, (begins, after, which, rest) in enumerate(marks):
        until = marks[place + 1][0] if place + 1 < len(marks) else len(lines)
        own = [rest] if rest else []
        # Under a question that is quoted, what is quoted too is no answer.
        own += [words for quoted, words in lines[after:until] if not (quoted and lines[begins][0])]
        said = _until_closing(own, last=place + 1 == len(marks))
        if said and which not in found:
            found[which] = said
    return found


def _bare(text: str) -> str:
    return fold(_LEAD.sub("", text)).strip(" ?:.!*")


def _marks(lines: list[str], asked: Sequence[str], questions: Sequence[str]) -> list[tuple[int, int, int, str]]:
    """Where a question stands: its first line, the line after it, which it is, and what follows on the same line.

    A mail program may have cut it over several lines.
    """
    found: list[tuple[int, int, int, str]] = []
    at = 0
    while at < len(lines):
        hit = None
        for span in range(1, _SPAN + 1):
            joined = line(" ".join(lines[at : at + span]))
            bare = _bare(joined)
            for which, question in enumerate(asked):
                if len(question) < 6 or not bare.startswith(question):
                    continue
                rest = bare[len(question) :].strip(" ?:.!*()")
                if span == 1 or not rest or rest in ("optional", "required"):
                    hit = (at, at + span, which, _rest(joined, questions[which]) if rest else "")
                    break
            if hit:
                break
        if hit:
            found.append(hit)
        at = hit[1] if hit else at + 1
    return found


def _rest(joined: str, question: str) -> str:
    """What stands behind the question on its own line."""
    cut = _LEAD.sub("", joined)
    asked = _LEAD.sub("", line(question)).rstrip(" ?:.!")
    rest = cut[len(asked) :].lstrip(" ?:.!*–-") if cut.casefold().startswith(asked.casefold()) else ""
    return "" if fold(rest).strip("() ") in ("optional", "required") else rest


def _numbered(lines: Sequence[tuple[bool, str]], count: int) -> dict[int, str]:
    own = [words for quoted, words in lines if not quoted]
    blocks: dict[int, list[str]] = {}
    now = 0
    for words in own:
        match = _NUMBERED.match(words)
        if match and int(match[1]) == now + 1:
            now += 1
            blocks[now] = [match[2]]
        elif now:
            blocks[now].append(words)
    if not count or len(blocks) != count:
        return {}
    said = {number - 1: _until_closing(words, last=number == count) for number, words in blocks.items()}
    return {which: words for which, words in said.items() if words}


def _until_closing(lines: Sequence[str], *, last: bool) -> str:
    kept: list[str] = []
    for one in lines:
        if last and kept and (_CLOSING.fullmatch(one.strip()) or one.strip() in ("--", "-- ")):
            break
        if _WROTE.match(one.strip()):
            break
        kept.append(re.sub(r"^\s*(?:a(?:nswer)?|antwort)\s*:\s*", "", one, flags=re.IGNORECASE) if not kept else one)
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip()
