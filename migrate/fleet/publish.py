"""Publishes what was rewritten: pushes a branch, opens its pull request. Killed and resumed, nothing twice.

The host is asked for a pull request of the branch before one is opened, so what a killed run opened
without recording it is found again. How many were opened within the last hour is in the state.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import StrEnum

from migrate.errors import MigrateError, in_words
from migrate.fleet.hosts import KINDS, Host, Hosts
from migrate.fleet.hosts.client import HostError
from migrate.fleet.hosts.limits import clock
from migrate.fleet.hosts.locate import located
from migrate.fleet.hosts.proposals import Proposal, PullRequest, PullState
from migrate.fleet.model import Repository, Status
from migrate.fleet.push import OtherCommitsError, push, remote_address
from migrate.fleet.state import State

HOUR = 3600.0

CLOSED = "its pull request was closed without being merged"
"""Why a repository's branch waits: a person said no, so none is opened again."""


@dataclass(frozen=True, slots=True)
class Change:
    """One repository's commit, to be published.

    folder: of the clone or checkout that has the commit; remote: name of the remote or an address;
    base: the branch that it is proposed to; title, body: of the pull request, the body in Markdown;
    owners: of the changed files, by CODEOWNERS.
    """

    repository: Repository
    folder: str
    remote: str
    branch: str
    commit: str
    base: str
    title: str
    body: str
    owners: tuple[str, ...] = ()


class Step(StrEnum):
    """What became of one change."""

    PUSHED = "pushed"
    OPENED = "opened"
    FOUND = "found"
    MERGED = "merged"
    CLOSED = "closed"
    LATER = "later"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Published:
    """One change and what became of it. message: why it failed; unresolved: owners not asked."""

    repository: str
    step: Step
    url: str = ""
    message: str = ""
    unresolved: tuple[str, ...] = ()


@dataclass
class Publisher:
    """Publishes one change after the other. One that fails never stops the others.

    pull_requests: also open them; ready: as ready for review instead of drafts; per_hour: how many
    may be opened within any hour, over all runs with this state (None: any number).
    """

    state: State
    hosts: Hosts
    pull_requests: bool = False
    ready: bool = False
    per_hour: int | None = None
    clock: Callable[[], float] = time.time
    done: list[Published] = field(default_factory=list)

    def publish(self, change: Change) -> Published:
        """Push the branch and, if asked for, open its pull request; record both in the state."""
        name = change.repository.name
        try:
            found = self._published(change)
        except MigrateError as error:
            return self.failed(name, in_words(error))
        self.done.append(found)
        return found

    def failed(self, name: str, reason: str) -> Published:
        """Record that a repository's change can't be published."""
        self.state.set_status(name, Status.FAILED, reason)
        self.done.append(Published(name, Step.FAILED, message=reason))
        return self.done[-1]

    def _published(self, change: Change) -> Published:
        if not self.pull_requests:
            _pushed(change)
            return Published(change.repository.name, Step.PUSHED)
        at_host = known_host(change.repository, self.hosts, change.folder, change.remote)
        change = replace(change, repository=at_host)
        host = self.hosts.of_repository(at_host)
        self.hosts.demand_token(host.kind)
        return self._proposed(change, host)

    def _proposed(self, change: Change, host: Host) -> Published:
        """Nothing is pushed for what a person closed, nor before its pull request may be opened."""
        name, full_name = change.repository.name, change.repository.full_name
        proposal = Proposal(
            change.branch, change.base, change.title, change.body, not self.ready, change.owners
        )
        before = host.existing(full_name, change.branch, change.base)
        if before and before.state is PullState.OPEN:
            note = _moved_on(change)
            found = self._recorded(change, host, before, proposal, Step.FOUND)
            return replace(found, message="; ".join(each for each in (note, found.message) if each))
        if before and before.state is PullState.MERGED and before.head == change.commit:
            self.state.set_status(name, Status.MERGED)
            return Published(name, Step.MERGED, before.url)
        if before and before.state is PullState.CLOSED:
            self.state.set_status(name, Status.BRANCH_MADE, CLOSED)
            return Published(name, Step.CLOSED, before.url, CLOSED)
        if self._waits_until() is not None:
            return Published(name, Step.LATER)
        _pushed(change)
        opened, step = _opened(host, full_name, proposal)
        return self._recorded(change, host, opened, proposal, step)

    def _recorded(
        self, change: Change, host: Host, pull: PullRequest, proposal: Proposal, step: Step
    ) -> Published:
        """Record it before anything else is asked of the host, then ask for reviews once."""
        name = change.repository.name
        known = self.state.repository(name)
        if (known.pull_request_number, known.pull_request) != (pull.number, pull.url):
            self.state.set_pull_request(name, pull.url, pull.number)
        elif known.status is not Status.PULL_REQUEST_OPEN:  # opened before: it counts once for --per-hour
            self.state.set_status(name, Status.PULL_REQUEST_OPEN)
        if pull.asked or not proposal.reviewers:
            return Published(name, step, pull.url)
        try:
            asked = host.ask_reviewers(change.repository.full_name, pull, proposal)
        except HostError as error:  # the pull request is there: that is what counts
            return Published(name, step, pull.url, f"nobody was asked for a review: {error.message}")
        return Published(name, step, pull.url, unresolved=asked.unresolved)

    def _waits_until(self) -> float | None:
        """When the next one may be opened, None for now."""
        if self.per_hour is None:
            return None
        times = self.state.published_since(self.clock() - HOUR)
        if len(times) < self.per_hour:
            return None
        return times[-self.per_hour] + HOUR if self.per_hour else self.clock() + HOUR

    def summary(self) -> list[str]:
        """What was done, in sentences for a person."""
        lines = []
        for step, words in _WORDS.items():
            number = sum(each.step is step for each in self.done)
            if number:
                lines.append(f"{number:,} {words}")
        until = self._waits_until()
        if until is not None and any(each.step is Step.LATER for each in self.done):
            lines.append(f"The next one may be opened at {clock(until)}: run the same command again then.")
        return lines


_WORDS = {
    Step.PUSHED: "pushed",
    Step.OPENED: "opened as pull requests",
    Step.FOUND: "with a pull request that was open already",
    Step.MERGED: "merged already",
    Step.CLOSED: "left alone: a person closed the pull request",
    Step.LATER: "left for later, because of --per-hour",
    Step.FAILED: "failed",
}


def _pushed(change: Change) -> None:
    push(change.folder, change.remote, change.branch, change.commit)


def _moved_on(change: Change) -> str:
    """Push what follows on what is proposed; where it does not, the proposal stays as it is: why."""
    try:
        _pushed(change)
    except OtherCommitsError:
        return "left as it is: it holds other commits, or was made on an earlier state"
    return ""


def known_host(repository: Repository, hosts: Hosts, folder: str = "", remote: str = "origin") -> Repository:
    """The repository with its host, as far as its addresses tell. folder: of its clone, "" for none."""
    address = (remote_address(folder, remote) if folder else "") or repository.location
    return located(repository, address, {kind: hosts.address(kind) for kind in KINDS})


def _opened(host: Host, full_name: str, proposal: Proposal) -> tuple[PullRequest, Step]:
    """Open it; where it is not known whether that was done, or another run was faster, look again."""
    try:
        return host.open(full_name, proposal), Step.OPENED
    except HostError as error:
        if not error.unsure and error.status not in {409, 422}:
            raise
        found = host.existing(full_name, proposal.branch, proposal.base)
        if found is None or found.state is not PullState.OPEN:
            raise
        return found, Step.OPENED if error.unsure else Step.FOUND


def refresh(state: State, hosts: Hosts) -> list[Published]:
    """Ask the hosts how the open pull requests stand, and record it. One that fails stops no other."""
    return [
        _refreshed(state, hosts, each.repository, each.pull_request_number)
        for each in state.open_pull_requests()
    ]


def _refreshed(state: State, hosts: Hosts, repository: Repository, number: int) -> Published:
    name = repository.name
    try:
        known = known_host(repository, hosts, repository.location if repository.is_checkout else "")
        pull = hosts.of_repository(known).current(known.full_name, number)
    except MigrateError as error:
        return Published(name, Step.FAILED, message=error.message)
    if pull.state is PullState.MERGED:
        state.set_status(name, Status.MERGED)
        return Published(name, Step.MERGED, pull.url)
    if pull.state is PullState.CLOSED:
        state.set_status(name, Status.BRANCH_MADE, CLOSED)
        return Published(name, Step.CLOSED, pull.url, CLOSED)
    return Published(name, Step.FOUND, pull.url)
