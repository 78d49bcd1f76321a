"""``fleet rewrite --push`` and ``--pull-request``: what was committed goes out, one after the other."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from migrate.accounts import change_of
from migrate.cli import say
from migrate.errors import MigrateError, UsageError, in_words
from migrate.fleet import checkout, coding
from migrate.fleet.hosts import connected
from migrate.fleet.message import TITLE
from migrate.fleet.model import Record, Status
from migrate.fleet.publish import Change, Published, Publisher, Step, refresh
from migrate.fleet.push import PushError, demand_published, remote_address, remote_head
from migrate.fleet.scanning import Fleet
from migrate.fleet.state import State
from migrate.model import Run
from migrate.report import RenderOptions
from migrate.report.markdown import render
from migrate.report.words import visible

_ORIGIN = "origin"


def check(options: Mapping[str, Any]) -> None:
    """Raise UsageError for options that make no sense together."""
    if not options.get("commit"):
        raise UsageError("--push and --pull-request publish commits.", "Add --commit.")
    for name in ("ready", "per_hour"):
        if options.get(name) not in (None, False) and not options.get("pull_request"):
            option = f"--{name.replace('_', '-')}"
            raise UsageError(f"{option} is for pull requests.", "Add --pull-request, or leave it out.")


def published(fleet: Fleet, options: Mapping[str, Any]) -> list[Record]:
    """Publish the commits on the branch, tell of each, and return all records."""
    with connected(options, say) as hosts:
        publisher = Publisher(
            fleet.state,
            hosts,
            pull_requests=bool(options.get("pull_request")),
            ready=bool(options.get("ready")),
            per_hour=options.get("per_hour"),
        )
        for record in fleet.records():
            if record.branch == options["branch"] and record.branch_commit and _waits(record):
                told = _one(fleet, publisher, record)
                if not fleet.quiet or told.step is Step.FAILED:
                    say(visible(sentence(told)))
    for line in publisher.summary() if not fleet.quiet else ():
        say(line)
    return fleet.records()


def _waits(record: Record) -> bool:
    return record.status in (Status.BRANCH_MADE, Status.PULL_REQUEST_OPEN)


def _one(fleet: Fleet, publisher: Publisher, record: Record) -> Published:
    try:
        with checkout.held(record.repository, fleet.clones) as place:
            return publisher.publish(_change(fleet, record, place))
    except (MigrateError, OSError) as error:
        return publisher.failed(record.repository.name, in_words(error))


def _change(fleet: Fleet, record: Record, place: checkout.Place) -> Change:
    """What is to be published of a repository. Raises MigrateError and OSError."""
    data = fleet.state.run_of(record.result)
    if data is None:
        raise PushError("its result is not there any more", "Run again.")
    run = coding.decode(data)
    folder, remote, base = _where(record, place)
    return Change(
        record.repository,
        folder,
        remote,
        record.branch,
        record.branch_commit,
        base,
        TITLE,
        render(run, RenderOptions()),
        owners_of(run),
    )


def _where(record: Record, place: checkout.Place) -> tuple[str, str, str]:
    """Folder that has the commit, remote to push to, and the branch there that it is proposed to."""
    repository = record.repository
    if not repository.is_checkout:
        if not Path(place.folder).is_dir():
            raise PushError("the clone that had its branch is gone", "Run again.")
        remote = checkout.url_of(repository)
        base = repository.default_branch or remote_head(place.folder, remote)
        return place.folder, remote, _named(base)
    if not remote_address(repository.location, _ORIGIN):
        raise PushError("the checkout has no remote called origin", "Add it: git remote add origin URL")
    base = _named(remote_head(repository.location, _ORIGIN))
    demand_published(repository.location, _ORIGIN, base, record.head)
    return repository.location, _ORIGIN, base


def _named(base: str) -> str:
    if not base:
        raise PushError("the remote has no default branch", "Set one there.")
    return base


def owners_of(run: Run) -> tuple[str, ...]:
    """Owners of the files that are changed, by CODEOWNERS, those of the most files first."""
    counts: dict[str, int] = {}
    for each in run.files:
        if change_of(each):
            for owner in each.owners:
                counts[owner] = counts.get(owner, 0) + 1
    return tuple(sorted(counts, key=lambda owner: (-counts[owner], owner)))


_SENTENCES = {
    Step.PUSHED: "pushed",
    Step.OPENED: "opened",
    Step.FOUND: "open already",
    Step.MERGED: "merged already",
    Step.CLOSED: "not opened again",
    Step.LATER: "left for later",
    Step.FAILED: "failed",
}


def sentence(told: Published) -> str:
    """What became of one repository, for a person."""
    parts = [f"{told.repository}: {_SENTENCES[told.step]}"]
    parts += [told.url] if told.url else []
    parts += [f"({told.message})"] if told.message else []
    parts += [f"could not ask {', '.join(told.unresolved)} for a review"] if told.unresolved else []
    return " ".join(parts)


def refreshed(state: State, options: Mapping[str, Any]) -> None:
    """Ask how the open pull requests stand; what can't be asked is said."""
    with connected(options, say) as hosts:
        for each in refresh(state, hosts):
            if each.step is Step.FAILED:
                say(visible(f"note: {sentence(each)}"))
