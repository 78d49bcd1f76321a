"""Hosts of repositories: what GitHub and GitLab list, and the pull requests opened there.

Needs httpx, which the extra ``fleet`` brings.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol, Self

from migrate.errors import UsageError
from migrate.fleet.hosts import github, gitlab
from migrate.fleet.hosts.client import Client, Wait, checked_base
from migrate.fleet.hosts.found import Skip
from migrate.fleet.hosts.github import GitHub
from migrate.fleet.hosts.gitlab import GitLab
from migrate.fleet.hosts.proposals import Proposal, PullRequest
from migrate.fleet.hosts.tokens import VARIABLES, token_for
from migrate.fleet.model import GITHUB, GITLAB, Repository

KINDS = (GITHUB, GITLAB)

DEFAULTS = {GITHUB: github.DEFAULT_API, GITLAB: gitlab.DEFAULT_API}
"""Addresses of the public APIs."""


class Host(Protocol):
    """What every kind of host can do. Its methods raise HostError."""

    @property
    def kind(self) -> str:
        """``github`` or ``gitlab``."""

    def repositories(self, name: str, on_skip: Skip) -> Iterator[Repository]:
        """Those that an organisation, a group or a user has."""

    def existing(self, full_name: str, branch: str, base: str) -> PullRequest | None:
        """The pull request that was opened for a branch before, an open one first."""

    def open(self, full_name: str, proposal: Proposal) -> PullRequest:
        """Open a pull request."""

    def ask_reviewers(self, full_name: str, pull: PullRequest, proposal: Proposal) -> PullRequest:
        """Ask the owners for a review."""

    def current(self, full_name: str, number: int) -> PullRequest:
        """A pull request as it is now."""


@dataclass(frozen=True)
class Hosts:
    """Makes and keeps one connection for each API.

    addresses: of the APIs to use instead of the public ones, by kind; environment: holds the tokens;
    wait, clock: replaced by tests; say: tells a person why it waits.
    """

    addresses: Mapping[str, str] = field(default_factory=dict)
    environment: Mapping[str, str] = field(default_factory=lambda: os.environ, repr=False)
    wait: Wait = time.sleep
    clock: Callable[[], float] = time.time
    say: Callable[[str], None] = field(default=lambda _: None)
    _made: dict[tuple[str, str], Host] = field(default_factory=dict, init=False, repr=False)
    _clients: list[Client] = field(default_factory=list, init=False, repr=False)

    def address(self, kind: str) -> str:
        """The API's address for a kind: as set, else the public one."""
        return checked_base(self.addresses.get(kind) or DEFAULTS[kind])

    def of(self, kind: str) -> Host:
        """The host of a kind. Raises UsageError where its token or address can't be one."""
        base = self.address(kind)
        if (kind, base) not in self._made:
            token = token_for(kind, self.environment)
            ours = kind == GITHUB
            client = Client(
                base,
                token,
                headers=github.HEADERS if ours else gitlab.HEADERS,
                wait=self.wait,
                clock=self.clock,
                say=self.say,
            )
            self._clients.append(client)
            self._made[kind, base] = GitHub(client) if ours else GitLab(client)
        return self._made[kind, base]

    def close(self) -> None:
        """Close all connections."""
        for client in self._clients:
            client.close()
        self._clients.clear()
        self._made.clear()

    def __enter__(self) -> Self:
        """Itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close all connections."""
        self.close()

    def of_repository(self, repository: Repository) -> Host:
        """The host that a repository is on.

        Raises UsageError where none is known, or where the API that it was listed by is not the one
        that the token of this run is for: a state file must not decide where a token goes.
        """
        if repository.host not in KINDS:
            raise UsageError(
                f"{repository.name}: it is not known on which host it is, so no pull request can be opened.",
                "List it as github:OWNER/NAME or gitlab:GROUP/PROJECT.",
            )
        base = self.address(repository.host)
        if repository.api_url and repository.api_url.rstrip("/") != base:
            raise UsageError(
                f"{repository.name} was listed by {repository.api_url}, and this run is for {base}.",
                f"Name that one: --{repository.host}-api-url {repository.api_url}",
            )
        return self.of(repository.host)

    def demand_token(self, kind: str) -> None:
        """Raise UsageError where there is no token to open pull requests with."""
        if not token_for(kind, self.environment):
            names = " or ".join(VARIABLES[kind])
            raise UsageError(f"Opening pull requests needs a token of {kind}.", f"Set {names}.")


def connected(options: Mapping[str, Any], say: Callable[[str], None]) -> Hosts:
    """Both hosts, at the addresses that a command's options say."""
    given = {kind: options.get(f"{kind}_api_url") for kind in KINDS}
    return Hosts({kind: address for kind, address in given.items() if address}, say=say)


def is_spec(text: str) -> bool:
    """Whether a text names a list on a host, as ``github:ORG`` does."""
    kind, colon, name = text.partition(":")
    return kind in KINDS and bool(colon) and not name.startswith("//")


def listed(spec: str, hosts: Hosts, on_skip: Skip = lambda _name, _why: None) -> Iterator[Repository]:
    """The repositories that ``github:ORG``, ``github:OWNER/NAME`` or ``gitlab:GROUP`` names.

    on_skip: told of those that are passed over (archived, empty, disabled, marked for deletion).
    Forks are listed: they call what they were forked to call. Raises UsageError and HostError.
    """
    kind, _, name = spec.partition(":")
    if kind not in KINDS or not name:
        raise UsageError(f"{spec} names no host's repositories.", "It looks like github:ORG or gitlab:GROUP")
    host = hosts.of(kind)
    if not token_for(kind, hosts.environment):
        names = " or ".join(VARIABLES[kind])
        hosts.say(f"note: there is no token in {names}: only public repositories of {spec} are listed")
    yield from host.repositories(name.strip("/"), on_skip)
