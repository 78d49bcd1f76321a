"""Words of the status of a fleet, shared by its table and its page."""

from __future__ import annotations

from migrate.accounts import State as UseState
from migrate.fleet.burndown import Burndown
from migrate.fleet.model import Status
from migrate.report.words import STATE_WORDS, count

TITLE = "Migration of the deprecated job endpoints"

NOTHING = "No repository is in this state yet. Begin with: nf-migrate fleet scan REPOS"

STATUS_WORDS = {
    Status.QUEUED: "queued",
    Status.SCANNED: "can be rewritten",
    Status.CLEAN: "clean",
    Status.NEEDS_REVIEW: "for a person",
    Status.BRANCH_MADE: "branch made",
    Status.PULL_REQUEST_OPEN: "pull request open",
    Status.MERGED: "merged",
    Status.FAILED: "failed",
}

ACTION_WORDS = {action: STATE_WORDS[action, False] for action in UseState}

BY_WORDS = {
    "owner": "By owner",
    "language": "By language",
    "operation": "By operation",
    "kind": "By kind of use",
}

SEVERAL_OWNERS = "A use whose file has several owners counts for each of them."


def sentence(found: Burndown) -> str:
    """The whole in a sentence."""
    if not found.repositories:
        return NOTHING
    scanned = sum(each.scanned for each in found.repositories)
    done = found.statuses[Status.CLEAN] + found.statuses[Status.MERGED]
    known = f"{count(scanned, 'scanned repository', 'scanned repositories')} of {len(found.repositories):,}"
    failed = found.statuses[Status.FAILED]
    return f"{count(found.uses.open, 'open use')} in {known}; {done:,} clean or merged, {failed:,} failed."


def named(names: tuple[str, ...], most: int) -> str:
    """Names, and how many more there are."""
    shown = ", ".join(names[:most])
    more = len(names) - most
    return f"{shown} and {more:,} more" if more > 0 else shown
