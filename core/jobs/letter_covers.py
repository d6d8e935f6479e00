"""The words of the mail that a letter goes along with: short, as the letter says the rest."""

from __future__ import annotations

from core.insight.letters import Recipient
from core.text import short_day


def cover(one: Recipient, kicker: str, title: str) -> tuple[str, str]:
    """Subject and text."""
    hello = f"Hello {one.values.get('first_name') or one.name},"
    sign = f"Kind regards\n{one.employer.signatory_name or one.employer.name}"
    if one.about == "offer" and one.terms is not None:
        view = one.terms
        until = f" by {short_day(view.expires_on)}" if view.expires_on else ""
        said = (
            f"We would be glad to have you on “{view.project}”. The letter with this mail says what it is, what it "
            f"pays and how to say yes; please answer{until}."
        )
        return f"Your offer: {view.project}", f"{hello}\n\n{said}\n\n{sign}"
    subject = ": ".join(part for part in (kicker, title) if part)
    return subject, f"{hello}\n\nA letter for you comes with this mail.\n\n{sign}"
