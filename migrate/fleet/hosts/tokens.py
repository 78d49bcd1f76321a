"""Tokens of hosts: taken from the environment, kept in memory, shown nowhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from migrate.errors import UsageError

VARIABLES = {"github": ("GITHUB_TOKEN", "GH_TOKEN"), "gitlab": ("GITLAB_TOKEN",)}
"""By kind of host; the first one that is set counts. A CI job's own token sees too little to be one."""

_HIDDEN = "[token]"


@dataclass(frozen=True, slots=True)
class Token:
    """A secret. Neither `repr` nor an error shows it. value: "" for none."""

    value: str = field(default="", repr=False)

    def __bool__(self) -> bool:
        """Whether there is one."""
        return bool(self.value)

    def scrubbed(self, text: str) -> str:
        """The text without the secret, for words of a server that may repeat what it was sent."""
        return text.replace(self.value, _HIDDEN) if self.value else text


def token_for(kind: str, environment: Mapping[str, str]) -> Token:
    """The token for a kind of host, from the environment. Raises UsageError where it can't be one."""
    for name in VARIABLES[kind]:
        value = environment.get(name, "").strip()
        if not value:
            continue
        if not value.isascii() or not value.isprintable() or " " in value:
            # A library's own complaint about a header field would repeat the value.
            raise UsageError(f"{name} holds characters that no token has.", f"Set {name} anew, on one line.")
        return Token(value)
    return Token()
