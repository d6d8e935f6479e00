"""The spreadsheet formula guard (OWASP ASVS 1.2.10, CWE-1236): put on in every file out, taken off on the way in."""

from __future__ import annotations

import re

# Apostrophes before a trigger are covered too, so that taking one off always gives back what was written.
_TRIGGER = re.compile(r"'*[=+\-@\t\r]")


def guard(text: str) -> str:
    """A text that a spreadsheet could take for a formula gets a leading apostrophe."""
    return "'" + text if _TRIGGER.match(text) else text


def unguard(text: str) -> str:
    return text[1:] if text.startswith("'") and _TRIGGER.match(text) else text
