"""Reads REPOS: which repositories there are.

A file (TOML, YAML, CSV, lines), a folder of checkouts, one repository (URL or path), or
``github:ORG`` / ``gitlab:GROUP``. Every entry of a file may be any of these but a file.
"""

from __future__ import annotations

import csv
import io
import os
import re
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import unquote, urlsplit

from migrate.errors import NothingScannedError, UsageError
from migrate.fleet.model import GITHUB, GITLAB, Repository
from migrate.fleet.naming import identity, shown, unique

OnHost = Callable[[str], Iterable[Repository]]

_SCHEMES = ("file", "git", "http", "https", "ssh")
_SCP = re.compile(r"(?:[\w.][\w.+-]*@)?(?:\[[\da-fA-F:]+\]|[\w.][\w.-]*):(?P<path>(?!//)[^\\]+)")
_SECRET = re.compile(r"[^/@\s]+@(?=[^/]*[/:])")
_PATH = re.compile(r"(?=[^/]*/)[\w./~+@-]+")
"""What in a list is surely meant as the path of a repository."""
_DEEPEST = 4
"""Levels of folders that are looked through for checkouts."""
_LARGEST = 16 * 1024 * 1024
"""Bytes of a file of repositories."""
_FIELDS = ("name", "location", "default_branch")
_LOCATIONS = ("location", "url", "path", "repository", "repo")
_FORMS = "a git URL, a path, github:ORG or gitlab:GROUP"


@dataclass(frozen=True, slots=True)
class _Entry:
    """What stands for one or more repositories, and where it was read ("" on the command line)."""

    location: str
    where: str = ""
    base: str = "."
    name: str = ""
    default_branch: str = ""

    @property
    def shown(self) -> str:
        """The location without what may be a secret."""
        return _SECRET.sub("…@", self.location)

    def error(self, what: str, hint: str) -> UsageError:
        return UsageError(f"{self.where}: {what}" if self.where else what, hint)


def listed(specs: Sequence[str], on_host: OnHost) -> list[Repository]:
    """All repositories that the arguments name, each once and with a name of its own, sorted by name.

    on_host: what ``github:ORG`` or ``gitlab:GROUP`` stands for.

    Raises UsageError for what can't be understood, NothingScannedError where there is none.
    """
    found: dict[str, Repository] = {}
    given: dict[str, str] = {}
    for spec in specs:
        for entry in _entries(spec):
            for each in _repositories(entry, on_host):
                place = identity(each.location)
                found.setdefault(place, each)
                if entry.name and given.setdefault(entry.name, place) != place:
                    raise entry.error(
                        f"two repositories are called `{each.name}`: {given[each.name]} and {place}.",
                        "Give one of them another name.",
                    )
    if not found:
        raise NothingScannedError(f"There is no repository in {', '.join(specs)}.", f"Name {_FORMS}.")
    return unique(list(found.values()), frozenset(given))


# ── Files ────────────────────────────────────────────────────────────────────────────────────


def _entries(spec: str) -> Iterator[_Entry]:
    if not os.path.isfile(spec):
        yield _Entry(spec)
        return
    text = _text(spec)
    read = {".toml": _toml, ".yaml": _yaml, ".yml": _yaml, ".csv": _csv}.get(
        os.path.splitext(spec)[1].lower(), _lines
    )
    base = os.path.dirname(spec) or "."
    for entry in read(spec, text):
        yield replace(entry, base=base)


def _text(path: str) -> str:
    try:
        with open(path, "rb") as file:
            data = file.read(_LARGEST + 1)
        if len(data) > _LARGEST:
            raise UsageError(f"{path} is larger than 16 MiB.", "Name a file of repositories.")
        return data.decode("utf-8-sig")
    except OSError as error:
        raise UsageError(f"{path} can't be read: {error.strerror}.") from None
    except UnicodeDecodeError as error:
        raise UsageError(
            f"{path}: byte {error.start + 1} is not UTF-8.", "Save the list as UTF-8 text."
        ) from None


def _lines(path: str, text: str) -> Iterator[_Entry]:
    for number, line in enumerate(text.split("\n"), 1):
        location = re.sub(r"(?:^|\s)#.*", "", line.rstrip("\r")).strip()
        if location:
            yield _Entry(location, f"{path}:{number}")


def _csv(path: str, text: str) -> Iterator[_Entry]:
    rows = csv.reader(io.StringIO(text), strict=True)
    header: list[str] = []
    try:
        for row in rows:
            cells = [cell.strip() for cell in row]
            if not any(cells) or cells[0].startswith("#"):
                continue
            if not header:
                header = [cell.lower() for cell in cells]
                if not set(header) & set(_LOCATIONS):
                    raise UsageError(
                        f"{path}:{rows.line_num}: no column is called `location`.",
                        "Begin with a line of names: name,location",
                    )
                continue
            where = f"{path}:{rows.line_num}"
            yield _from_mapping(dict(zip(header, cells, strict=False)), where, strict=False)
    except csv.Error as error:
        raise UsageError(f"{path}:{rows.line_num}: {error}", "Mend the line.") from None


def _toml(path: str, text: str) -> Iterator[_Entry]:
    import tomllib  # noqa: PLC0415 (only for this form)

    try:
        value = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise UsageError(f"{path}: {error}", "Mend the file.") from None
    return _from_value(path, value)


def _yaml(path: str, text: str) -> Iterator[_Entry]:
    import yaml  # noqa: PLC0415 (only for this form)

    try:
        value = yaml.safe_load(text)
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise UsageError(f"{path}: {' '.join(str(error).split())}", "Mend the file.") from None
    return _from_value(path, value)


def _from_value(path: str, value: Any) -> Iterator[_Entry]:
    """Entries of a list, or of one that is called ``repositories``."""
    found = value.get("repositories", value.get("repos")) if isinstance(value, Mapping) else value
    if not isinstance(found, list):
        raise UsageError(f"{path}: there is no list of repositories.", 'Write: repositories = ["…", "…"]')
    for number, each in enumerate(found, 1):
        where = f"{path}: entry {number}"
        if isinstance(each, str):
            yield _Entry(each.strip(), where)
        elif isinstance(each, Mapping):
            yield _from_mapping(each, where, strict=True)
        else:
            raise UsageError(f"{where} is {each!r}.", f"Write {_FORMS}, or a table with `location`.")


def _from_mapping(value: Mapping[Any, Any], where: str, *, strict: bool) -> _Entry:
    known = {str(key): each for key, each in value.items() if str(key) in (*_FIELDS, *_LOCATIONS)}
    unknown = [str(key) for key in value if str(key) not in known]
    if strict and unknown:
        raise UsageError(f"{where}: unknown key `{unknown[0]}`.", f"Known are: {', '.join(_FIELDS)}.")
    wrong = next((each for each in known.values() if not isinstance(each, str)), None)
    if wrong is not None:
        raise UsageError(f"{where}: {wrong!r} is not a text.", "Put it in quotes.")
    location = next((known[key] for key in _LOCATIONS if known.get(key)), "")
    return _Entry(
        location.strip(),
        where,
        name=known.get("name", "").strip(),
        default_branch=known.get("default_branch", "").strip(),
    )


# ── Entries ──────────────────────────────────────────────────────────────────────────────────


def _repositories(entry: _Entry, on_host: OnHost) -> Iterable[Repository]:
    location = entry.location
    if not location or location.startswith("-") or not location.isprintable():
        raise entry.error(f"`{entry.shown}` names no repository.", f"Write {_FORMS}.")
    host, _, rest = location.partition(":")
    if host in (GITHUB, GITLAB) and rest and not rest.startswith("//"):
        return _checked_names(entry, on_host(location))
    path = os.path.join(entry.base, os.path.expanduser(location))
    if "://" in location:
        found = [_of_url(entry)]
    elif re.match(r"\w+::", location):
        raise entry.error(f"`{entry.shown}` is a way to run programs.", f"Write {_FORMS}.")
    elif location.split(":")[0].lower() in _SCHEMES:
        raise entry.error(f"`{entry.shown}` is neither a URL nor a path.", f"Write {_FORMS}.")
    elif (remote := _SCP.fullmatch(location)) and not os.path.exists(path):
        found = [Repository(_short(remote["path"]), location)]
    else:
        found = list(_in_folder(entry, os.path.realpath(path)))
    if entry.name and len(found) > 1:
        raise entry.error(f"`{entry.name}` names {len(found)} repositories.", "Leave the name out.")
    named = [replace(each, name=entry.name or each.name) for each in found]
    return _checked_names(entry, [replace(each, default_branch=entry.default_branch) for each in named])


def _checked_names(entry: _Entry, found: Iterable[Repository]) -> Iterator[Repository]:
    for each in found:
        if not each.name or not each.name.isprintable():
            raise entry.error(
                f"{_SECRET.sub('…@', each.location)!r} has no name that can be shown.",
                "Give it one: name = …",
            )
        yield each


def _of_url(entry: _Entry) -> Repository:
    try:
        parts = urlsplit(entry.location)
        user, password = parts.username, parts.password
    except ValueError:
        raise entry.error(f"the URL `{entry.shown}` can't be understood.", f"Write {_FORMS}.") from None
    scheme = parts.scheme.lower()
    if scheme not in _SCHEMES:
        raise entry.error(f"git may not fetch through `{scheme}`.", f"Known are: {', '.join(_SCHEMES)}.")
    if password is not None or (user is not None and scheme in ("http", "https")):
        raise entry.error(
            f"the URL at {parts.hostname} holds a user or a secret, which nf-migrate does not keep.",
            "Leave it out, and give it to git itself: git credential approve, or a credential helper",
        )
    odd = (parts.hostname or "").startswith("-") or (user or "").startswith("-")
    if odd or parts.query or parts.fragment:
        raise entry.error("the URL is not that of a repository.", "Write it as `git clone` takes it.")
    if scheme == "file":
        return Repository(_short(unquote(parts.path)), entry.location)
    if not parts.hostname or parts.path in ("", "/"):
        raise entry.error(f"`{entry.shown}` names no repository.", "Write it as `git clone` takes it.")
    return Repository(_short(unquote(parts.path)), entry.location)


def _short(path: str) -> str:
    """The last two parts of a path, as in ``owner/name``."""
    return "/".join([part for part in path.removesuffix("/").removesuffix(".git").split("/") if part][-2:])


def _in_folder(entry: _Entry, folder: str) -> Iterator[Repository]:
    if not os.path.lexists(folder) and entry.where and _PATH.fullmatch(entry.location):
        yield Repository(_short(folder), folder)  # one that is gone fails, and stops no other
        return
    if not os.path.isdir(folder):
        raise entry.error(f"`{entry.shown}` is not there.", f"Write {_FORMS}.")
    name = shown(os.path.basename(folder).removesuffix(".git") or folder)
    kind = _kind(folder)
    if kind:
        yield Repository(name, folder, is_checkout=kind == "checkout")
        return
    found = list(_below(folder, _DEEPEST))
    if not found:
        raise entry.error(f"there is no repository in the folder {folder}.", "Name a folder of checkouts.")
    for path in found:
        name = shown(os.path.relpath(path, folder).removesuffix(".git"))
        yield Repository(name, path, is_checkout=_kind(path) == "checkout")


def _below(folder: str, levels: int) -> Iterator[str]:
    try:
        with os.scandir(folder) as entries:
            folders = sorted(each.path for each in entries if each.is_dir(follow_symlinks=False))
    except OSError:
        return
    for path in folders:
        if _kind(path):
            yield path
        elif levels > 1:
            yield from _below(path, levels - 1)


def _kind(folder: str) -> str:
    """``checkout``, ``bare`` or "" for a folder that is no repository."""
    if _exists(os.path.join(folder, ".git", "HEAD")) or _exists(os.path.join(folder, ".git")):
        return "checkout"
    if os.path.isdir(os.path.join(folder, ".git", "objects")):  # lost its HEAD: fails, and is told
        return "checkout"
    parts = (os.path.join(folder, each) for each in ("HEAD", "objects", "refs"))
    return "bare" if all(os.path.exists(each) for each in parts) else ""


def _exists(path: str) -> bool:
    """Whether it is a regular file: a checkout's ``.git/HEAD``, or the ``.git`` of a linked work tree."""
    try:
        return stat.S_ISREG(os.stat(path).st_mode)
    except OSError:
        return False
