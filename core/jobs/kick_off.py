"""The kick-off message: to copy, or as a draft for one's own mail program."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path

from core.errors import UserError
from core.exchange import mail
from core.files import check_name, replace_file
from core.insight.kick_off import KickOffFacts, kick_off_facts
from core.jobs.leaving import all_or_nothing
from core.store import Store
from core.text import letter_day, line
from core.work.kick_off import clock_words, twice, zone

_MAY_MOVE = (
    "The due date may move: if it collides with your classwork or your exams, write to us as soon as you see it, "
    "and we find another. That counts against nobody."
)


@dataclass(frozen=True, slots=True)
class Message:
    """`to`: "" where no address is known."""

    subject: str
    text: str
    to: str
    sender: str


def kick_off_message(store: Store, engagement_id: str, *, today: date) -> Message:
    """Names student, employer, project, day, time with its zone, how to join, due date, outcomes and deliverables, and
    says that the due date may move where it collides with classwork (parkerdewey.com/help/employers-launch-a-project);
    and the day on which both reviews open at the latest.
    """
    facts = kick_off_facts(store, engagement_id, today=today)
    return Message(f"Kick-off: {facts.project} at {facts.employer}", _text(facts), facts.email, facts.sender_email)


def save_message(
    store: Store, engagement_id: str, out: Path, *, today: date, text: str = "", overwrite: bool = False
) -> Path:
    """Writes the draft (.eml) and records that it left. `text`: the words as someone changed them."""
    check_name(out)
    if out.suffix.lower() != ".eml":
        raise UserError(f"{out.name} is no name for a mail draft. Give it the ending .eml.")
    made = kick_off_message(store, engagement_id, today=today)
    data = mail.draft(made.subject, text or made.text, made.to, made.sender)

    def write() -> None:
        with replace_file(out, overwrite=overwrite) as file:
            file.write(data)

    refs = [("engagements", engagement_id)]
    all_or_nothing([out], write, lambda: store.disclose("letter", "Kick-off message", made.to, out.name, "", refs))
    return out


def _text(facts: KickOffFacts) -> str:
    deliverables = [
        f"- {line(one.text)}" + (f" (by {letter_day(one.due_on)})" if one.due_on else "") for one in facts.deliverables
    ]
    outcomes = [f"- {line(one)}" for one in facts.outcomes]
    parts = [
        f"Dear {facts.first_name},",
        f"We look forward to working with you on “{facts.project}” at {facts.employer}.",
        facts.summary,
        f"We begin on {_when(facts)}.",
        f"How to join: {facts.how_to_join}" if facts.how_to_join else "",
        f"The work is due on {letter_day(facts.due_on)}; we reckon with about {facts.hours} hours.",
        _MAY_MOVE,
        "\n".join(["What you hand in:", *deliverables]) if deliverables else "",
        "\n".join(["What you can take away from it:", *outcomes]) if outcomes else "",
        _reviews(facts.reviews_open_on),
        "If anything is unclear before we begin, please answer this message.",
        f"Kind regards\n{facts.sender or facts.employer}" + (f"\n{facts.employer}" if facts.sender else ""),
    ]
    return "\n\n".join(part for part in parts if part)


def _reviews(open_on: date | None) -> str:
    """The seal is agreed on before either side has written a word."""
    latest = f", and on {letter_day(open_on)} at the latest" if open_on is not None else ""
    return (
        "At the end we say how we found your work, and you say how you found working with us. "
        f"Both are opened together, once both are in{latest}."
    )


def _when(facts: KickOffFacts) -> str:
    if not facts.time:
        return letter_day(facts.on)
    at = time.fromisoformat(facts.time)
    moment = datetime.combine(facts.on, at, zone(facts.zone))
    place = facts.zone.rpartition("/")[2].replace("_", " ")
    first = ", the first of the two as the clocks go back that night" if twice(facts.on, at, facts.zone) else ""
    offset = moment.strftime("%z")
    begins = f"{letter_day(facts.on)} at {clock_words(facts.time)}"
    return f"{begins} {moment:%Z} ({place} time, UTC{offset[:3]}:{offset[3:]}{first})"
