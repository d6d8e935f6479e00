"""A message to send: its ready-made words, and how the fields in it are filled."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

import resources

FIELDS = {
    "first_name": "First name",
    "name": "Full name",
    "school": "Their school",
    "graduates": "Month in which they graduate",
    "project": "The project’s title",
    "outcome": "The project’s outcome",
    "hours": "The project’s hours",
    "pay": "The project’s fee",
    "apply_by": "The last day to apply",
    "kick_off": "The day of the kick-off",
    "due": "The due date",
    "employer": "Your business",
    "me": "Your name",
}
"""What may stand in braces, and the words for it."""
OF_PROJECT = frozenset({"project", "outcome", "hours", "pay", "apply_by", "kick_off", "due"})
_FIELD = re.compile(r"\{([^{}\n]{1,40})\}")


@dataclass(frozen=True, kw_only=True)
class Words:
    """A template: what it is called, when it is for, and what stands in it."""

    name: str = ""
    purpose: str = ""
    subject: str = ""
    text: str = ""


@cache
def ready_made() -> Mapping[str, Words]:
    """Ours, by key, as the files in resources/messages have them."""
    found = {}
    for file in sorted(resources.path("messages").glob("*.toml")):
        data = tomllib.loads(file.read_text("utf-8"))
        data["text"] = data["text"].strip()
        found[f"message-{file.stem}"] = Words(**data)
    return found


def fields_in(*texts: str) -> list[str]:
    """What stands in braces, once each, in the order of its first place; also what no field is called."""
    return list(dict.fromkeys(name.strip() for text in texts for name in _FIELD.findall(text)))


def unknown(*texts: str) -> list[str]:
    """What stands in braces and is no field."""
    return [name for name in fields_in(*texts) if name not in FIELDS]


def asks_for_project(*texts: str) -> bool:
    return any(name in OF_PROJECT for name in fields_in(*texts))


def fill(text: str, values: Mapping[str, str]) -> str:
    """With each field that has a value put in; what has none stays in its braces, so that it is seen."""

    def put(match: re.Match[str]) -> str:
        return values.get(match[1].strip()) or match[0]

    return _FIELD.sub(put, text)


def field_words(names: Iterable[str]) -> str:
    """{first_name} (First name), {foo}"""
    return ", ".join(f"{{{name}}}" + (f" ({FIELDS[name]})" if name in FIELDS else "") for name in names)
