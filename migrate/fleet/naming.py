"""Names of repositories: each stands for one place, also in a state that knows other repositories."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from urllib.parse import unquote, urlsplit

from migrate.fleet.model import Repository

_REMOTE = re.compile(r"(?:(?P<user>[^@/]+)@)?(?P<host>\[[^\]]+\]|[^:/]+):(?P<path>.+)")


def identity(location: str) -> str:
    """What two locations have in common where they are the same repository.

    ``host/owner/name`` of a URL, whatever the transport and with or without ``.git``; a path as it is.
    """
    if location.startswith("/"):
        return location.rstrip("/")
    if "://" in location:
        parts = urlsplit(location)
        if parts.scheme.lower() == "file":
            return unquote(parts.path).rstrip("/")
        user, host, path = parts.username, parts.netloc.rpartition("@")[2], unquote(parts.path)
    elif remote := _REMOTE.fullmatch(location):
        user, host, path = remote["user"], remote["host"], remote["path"]
    else:
        return location
    who = f"{user}@" if user and user != "git" else ""
    return f"{who}{host.lower()}/{path.strip('/').removesuffix('.git').rstrip('/')}"


def unique(
    found: Sequence[Repository], given: frozenset[str] = frozenset(), known: Mapping[str, str] | None = None
) -> list[Repository]:
    """The repositories, sorted, each with a name that no other has.

    A repository keeps the name by which a state knows it. One whose name is taken is called by more of
    its place: ``github.com/owner/name``. given: names that a person gave, which stay. known: names of a
    state and the locations that they stand for.
    """
    names = {identity(location): name for name, location in (known or {}).items()}
    taken = set(names.values()) | given
    wanted = Counter(each.name for each in found)
    made = []
    for each in sorted(found):
        name = names.get(identity(each.location), "")
        if not name:
            longer = wanted[each.name] > 1 or each.name in taken
            name = each.name if each.name in given or not longer else _longer(each, taken)
            taken.add(name)
        made.append(replace(each, name=name))
    return sorted(made)


def _longer(repository: Repository, taken: set[str]) -> str:
    """The shortest end of its place that is longer than its name and free."""
    return next(name for name in _ends(repository) if name not in taken)


def _ends(repository: Repository) -> Iterator[str]:
    place = identity(repository.location)
    short = place.removesuffix(".git")
    parts = [part for part in short.split("/") if part]
    for number in range(2, len(parts) + 1):
        end = "/".join(parts[-number:])
        if len(end) > len(repository.name):
            yield end
    yield from (place, repository.location)
    number = 2
    while True:
        yield f"{place} ({number})"
        number += 1


def shown(path: str) -> str:
    """A path as a name that can be shown on one line: what can't be is escaped."""
    return "".join(
        each if each.isprintable() else each.encode("unicode_escape", "replace").decode() for each in path
    )
