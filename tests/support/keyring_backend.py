"""A keyring for tests: a real back end that keeps its entries in a JSON file, so that a child process sees them too.

FOOTHOLD_TEST_KEYRING names the file. "none" stands for a computer without a keyring.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

from keyring.backend import KeyringBackend
from keyring.errors import NoKeyringError, PasswordDeleteError

VARIABLE = "FOOTHOLD_TEST_KEYRING"
NAME = f"{__name__}.FileKeyring"


class FileKeyring(KeyringBackend):
    priority = 1  # type: ignore[assignment]

    @property
    def path(self) -> Path:
        place = os.environ.get(VARIABLE, "none")
        if place == "none":
            raise NoKeyringError("No keyring on this computer.")
        return Path(place)

    def _entries(self) -> dict[str, dict[str, str]]:
        path = self.path
        return json.loads(path.read_text("utf-8")) if path.exists() else {}

    def _keep(self, entries: dict[str, dict[str, str]]) -> None:
        self.path.write_text(json.dumps(entries), "utf-8")

    def get_password(self, service: str, username: str) -> str | None:
        return self._entries().get(service, {}).get(username)

    def set_password(self, service: str, username: str, password: str) -> None:
        entries = self._entries()
        entries.setdefault(service, {})[username] = password
        self._keep(entries)

    def delete_password(self, service: str, username: str) -> None:
        entries = self._entries()
        if entries.get(service, {}).pop(username, None) is None:
            raise PasswordDeleteError("There is no such entry.")
        self._keep(entries)
