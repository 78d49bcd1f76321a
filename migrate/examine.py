"""From candidate files to findings: read, sieve, decode, search; in parallel, each file isolated."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from migrate import annotate, contract, ignores
from migrate.find import find
from migrate.find.text import UNREADABLE, names_in
from migrate.model import Candidate, Findings, Options
from migrate.project import Project
from migrate.report.own import ours
from migrate.sieve import narrowed
from migrate.source import Source, UndecodableError

Progress = Callable[[int, int], None]
"""Called with the number of files done and the number of all."""

FEW = 24
"""Up to so many files, starting worker processes costs more than it gains."""


@dataclass(frozen=True, slots=True)
class Examined:
    """One candidate after the search: findings, or why there are none.

    reads: the other files that the finder looked at.
    """

    candidate: Candidate
    findings: Findings = field(default_factory=Findings)
    failed: str = ""
    irrelevant: bool = False
    reads: frozenset[str] = frozenset()


def examine(
    candidates: Sequence[Candidate],
    options: Options,
    overlay: Mapping[str, bytes],
    jobs: int = 1,
    on_progress: Progress | None = None,
    *,
    sieve: bool = True,
) -> Iterator[Examined]:
    """Examine the candidates, in their order for any number of worker processes.

    overlay: contents that take precedence over the disk's, by path. sieve: whether to pass over
    what can hold no deprecated use; not so for planned text, whose new requests are looked at.
    """
    total = len(candidates)
    look = partial(_examine_one, _Setting(options, dict(overlay), sieve))
    if jobs > 1 and total > FEW:
        pool = ProcessPoolExecutor(jobs)
        try:
            for done, result in enumerate(pool.map(look, candidates, chunksize=8), 1):
                yield _told(result, done, total, on_progress)
        finally:  # an interrupt does not wait for all that is still to be done
            pool.shutdown(cancel_futures=True)
    else:
        for done, result in enumerate(map(look, candidates), 1):
            yield _told(result, done, total, on_progress)


@dataclass(frozen=True, slots=True)
class _Setting:
    """What holds for all candidates of a run; sent to a worker once for each chunk of them."""

    options: Options
    overlay: dict[str, bytes]
    sieve: bool


def _told(result: Examined, done: int, total: int, on_progress: Progress | None) -> Examined:
    if on_progress:
        on_progress(done, total)
    return result


def _examine_one(setting: _Setting, candidate: Candidate) -> Examined:
    if candidate.skip:
        return Examined(candidate)
    try:
        data = setting.overlay.get(candidate.path)
        if data is None:
            data = Path(candidate.path).read_bytes()
    except OSError as error:
        return Examined(candidate, failed=f"can't be read: {error.strerror or error}")
    relevant = contract.may_hold_use(narrowed(data)) or _is_definition(candidate.path, setting.options)
    if setting.sieve and not relevant:
        return Examined(candidate, irrelevant=True)
    if ours(data):
        return Examined(replace(candidate, skip="a report that nf-migrate wrote"))
    return _find_in(candidate, data, Project(candidate.root, setting.options, setting.overlay))


def _is_definition(path: str, options: Options) -> bool:
    """Whether ``--definitions`` names the file, which then need not name the endpoint itself."""
    if not options.definitions:
        return False
    from migrate.definitions import is_named  # noqa: PLC0415 (parsers that are seldom needed here)

    return is_named(path, options)


def _find_in(candidate: Candidate, data: bytes, project: Project) -> Examined:
    """Findings for some bytes; no fault of a finder or parser gets past this function."""
    try:
        source = Source.decode(candidate.path, data)
    except UndecodableError as error:
        raw = Source(candidate.path, data, data.decode("latin-1"), "latin-1")
        return Examined(candidate, ignores.apply(raw, names_in(raw, "text", str(error), UNREADABLE)))
    try:
        findings = find(annotate.masked(source), project)
        return Examined(candidate, ignores.apply(source, findings), reads=project.reads)
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # noqa: BLE001 (parsers written in Rust panic with a BaseException)
        where = traceback.extract_tb(error.__traceback__)[-1]
        name = f"{Path(where.filename).name}:{where.lineno}"
        return Examined(
            candidate, failed=f"the finder broke, which is nf-migrate's fault: {error!r} in {name}"
        )
