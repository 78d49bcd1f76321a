"""On which host a repository is, by the address that git knows it by. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import unquote, urlsplit

from migrate.fleet.hosts import github, gitlab
from migrate.fleet.model import GITHUB, GITLAB, Repository

_PUBLIC = {"github.com": GITHUB, "www.github.com": GITHUB, "ssh.github.com": GITHUB}
_PUBLIC |= {"gitlab.com": GITLAB, "www.gitlab.com": GITLAB, "altssh.gitlab.com": GITLAB}
_PUBLIC_APIS = {GITHUB: github.DEFAULT_API, GITLAB: gitlab.DEFAULT_API}
_SCP = re.compile(r"(?:[^/@:\s]+@)?(?P<host>[^/@:\s]+):(?!//)(?P<path>[^\s]+)")
_PATH = re.compile(r"[A-Za-z0-9_.-]+(?:/[A-Za-z0-9_.-]+)+")


def named(address: str) -> tuple[str, str]:
    """Host and path of a repository's address (``https://``, ``ssh://``, ``git@host:path``), "" for none."""
    scp = _SCP.fullmatch(address)
    try:
        parts = urlsplit(address)
        host = scp["host"] if scp else (parts.hostname or "")
    except ValueError:
        return "", ""
    if not scp and parts.scheme not in {"https", "ssh", "http", "git"}:
        return "", ""
    path = unquote(scp["path"] if scp else parts.path).strip("/").removesuffix(".git")
    return (host.lower(), path) if _PATH.fullmatch(path) and ".." not in path.split("/") else ("", "")


def located(repository: Repository, address: str, apis: Mapping[str, str]) -> Repository:
    """The repository with its host filled in where its address tells it.

    apis: address of the API of each kind; a self-managed host is known by that. A repository whose
    host is known stays as it is.
    """
    if repository.host:
        return repository
    host, path = named(address)
    own = {(urlsplit(api).hostname or "").lower(): kind for kind, api in apis.items()}
    kind = _PUBLIC.get(host) or own.get(host, "")
    if not kind or (kind == GITHUB and path.count("/") != 1):
        return repository
    api = _PUBLIC_APIS[kind] if host in _PUBLIC else apis[kind]
    return replace(repository, host=kind, full_name=path, api_url=api)
