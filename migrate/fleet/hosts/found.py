"""Repositories as hosts list them, checked before anything is done with what a host says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from migrate.errors import UsageError
from migrate.fleet.hosts.client import HostError, checked_base
from migrate.fleet.model import Repository
from migrate.report.words import visible

Skip = Callable[[str, str], None]
"""Told of a repository that is passed over, by name, and why."""


@dataclass(frozen=True, slots=True)
class Found:
    """One repository of a list.

    address: to clone from, "" for none that is safe; skip: why to pass it over, "" to take it.
    """

    full_name: str
    address: str
    default_branch: str
    skip: str = ""

    def repository(self, kind: str, api_url: str, on_skip: Skip) -> Repository | None:
        """The repository, None where it is passed over. Raises HostError where the answer is of no use."""
        if not self.full_name:
            raise HostError(f"{api_url} listed something that is no repository.")
        reason = self.skip or ("" if self.address else "its clone address is not an https:// one")
        if reason:
            on_skip(visible(self.full_name), reason)
            return None
        return Repository(
            name=self.full_name,
            location=self.address,
            is_checkout=False,
            default_branch=self.default_branch,
            host=kind,
            api_url=api_url,
            full_name=self.full_name,
        )


def clone_address(url: str) -> str:
    """An address that git may be given: HTTPS without a password (HTTP on loopback), else "".

    A host could name another transport (``ext::`` runs programs) or an option (``--upload-pack``).
    """
    try:
        checked_base(url)
        return "" if any(char.isspace() for char in url) or not urlsplit(url).path.strip("/") else url
    except (UsageError, ValueError):
        return ""
