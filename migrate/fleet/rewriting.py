"""``fleet rewrite``: one commit for each repository, of what its scan says can be rewritten."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from migrate import git
from migrate.accounts import State as UseState
from migrate.accounts import change_of
from migrate.errors import MigrateError, WriteRefusedError, in_words
from migrate.fleet import checkout, coding, commit
from migrate.fleet.message import message
from migrate.fleet.model import Record, Repository, Status
from migrate.fleet.scanning import Fleet
from migrate.fleet.view import Step, watching
from migrate.model import Run


def committed(fleet: Fleet, branch: str) -> list[Record]:
    """Make the commits in all repositories that have something to rewrite, and return all records.

    A second time nothing changes, unless a default branch has moved on or other uses are found.
    """
    planned = [each for each in fleet.records() if each.status is not Status.FAILED and _rewritable(each)]
    threads = ThreadPoolExecutor(fleet.engine.width)
    try:
        with watching(len(planned), quiet=fleet.quiet) as told:
            for step in threads.map(lambda record: _step(fleet, record, branch), planned):
                told(step)
    finally:  # an interrupt does not wait for all that is still to be done
        threads.shutdown(cancel_futures=True)
    return fleet.records()


def _rewritable(record: Record) -> int:
    return record.summary.count(UseState.REWRITE) if record.summary else 0


def _step(fleet: Fleet, record: Record, branch: str) -> Step:
    """Make one commit, and record it or why not."""
    name = record.repository.name
    try:
        made = _made(fleet, record, branch)
    except (MigrateError, OSError) as error:
        reason = in_words(error)
        fleet.state.set_status(name, Status.FAILED, reason)
        return Step(name, failure=reason)
    is_known = (record.branch, record.branch_commit) == (branch, made)
    if not is_known or record.status is Status.SCANNED:
        fleet.state.set_branch(name, branch, made)
    return Step(name, record.summary.uses if record.summary else 0, unchanged=is_known)


def _made(fleet: Fleet, record: Record, branch: str) -> str:
    data = fleet.state.run_of(record.result)
    if data is None:
        raise WriteRefusedError("its result is not there any more", "Run again.")
    run = coding.decode(data)
    plan = commit.Plan(record.head, changes(run), branch, message(run))
    with checkout.held(record.repository, fleet.clones) as place:
        return commit.make(home(record.repository, place, record.head, branch), plan, record.branch_commit)


def changes(run: Run) -> Sequence[commit.Change]:
    """The files that a run over one repository would rewrite."""
    found = ((each.path, change_of(each)) for each in run.files)
    return [commit.Change(path, *change) for path, change in found if change is not None]


def home(repository: Repository, place: checkout.Place, head: str, branch: str) -> git.Repository:
    """Where the branch is made: in the user's checkout, or in the clone. Raises MigrateError."""
    if repository.is_checkout:
        return git.Repository(repository.location)
    clone = place.clone(head)
    if clone.commit != head:
        raise WriteRefusedError("its default branch moved on meanwhile", "Run again.")
    default = repository.default_branch
    if branch == default:
        raise WriteRefusedError(f"{branch} is its default branch", "Give another name: --branch NAME")
    return clone.repository
