"""Errors of three kinds: the person's, the surroundings', and (every other exception) ours."""

from __future__ import annotations

from collections.abc import Mapping


class UserError(Exception):
    """What was asked cannot be done as asked. The message is shown as it stands: what, where, what to do."""


class FieldErrors(UserError):
    """Several fields need mending. `fields` maps a field's name to the words that stand under it."""

    def __init__(self, fields: Mapping[str, str]) -> None:
        self.fields = dict(fields)
        super().__init__(" ".join(self.fields.values()))


class HoldError(UserError):
    """A rule holds the step until it is mended or a colleague writes why; `rule` names what to pass a reason for."""

    def __init__(self, rule: str, message: str) -> None:
        self.rule = rule
        super().__init__(message)


class SystemFault(Exception):
    """The surroundings failed (disk, lock, key). The message says what happened and a way out."""
