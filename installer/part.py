"""One thing that lies inside the program: its name, its licence, the words of that licence."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

HOLDER = re.compile(r"\s*(copyright\b|\(c\)|©|all rights reserved)", re.IGNORECASE)
TITLE = re.compile(r"\s*(the )?(mit|isc|bsd( [23]-clause)?|zlib) licen[cs]e( \(mit\))?\s*$", re.IGNORECASE)


@dataclass(frozen=True)
class Part:
    """`within` names what it lies in, "" for what Foothold itself asks for. `needs` are names of other parts."""

    name: str
    version: str
    licence: str
    texts: tuple[str, ...]
    holders: tuple[str, ...] = ()
    within: str = ""
    url: str = ""
    purl: str = ""
    needs: tuple[str, ...] = field(default=())

    @property
    def key(self) -> str:
        return f"{self.within}/{self.name}" if self.within else self.name


def parted(text: str) -> tuple[tuple[str, ...], str]:
    """Who holds the copyright, and the words that many share: the head of a licence file and its body."""
    lines = text.replace("\r\n", "\n").replace("\f", "\n").expandtabs().split("\n")
    holders, at = [], 0
    while at < len(lines) and (not lines[at].strip() or HOLDER.match(lines[at]) or TITLE.match(lines[at])):
        if HOLDER.match(lines[at]):
            holders.append(lines[at].strip())
        at += 1
    body = "\n".join(line.rstrip() for line in lines[at:]).strip("\n")
    return tuple(holders), body


def same(text: str) -> str:
    """What two copies of a licence have in common whatever their line breaks and quotes."""
    plain = text.casefold().replace("``", '"').replace("''", '"').replace("“", '"').replace("”", '"')
    return " ".join(plain.split())
