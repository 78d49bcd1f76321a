"""What can be set, from options, environment variables and the configuration file."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from migrate import contract
from migrate.errors import UsageError

ENVIRONMENT_PREFIX = "NF_MIGRATE_PROXY"
OWN_FILE = ".nf-migrate.toml"
PROJECT_FILE = "pyproject.toml"
_DEPRECATED_SINCE = datetime.fromisoformat(contract.DEPRECATION_SEEN).replace(tzinfo=UTC)
_DURATION = re.compile(
    r"P(?=[0-9T])(?:(?P<days>[0-9]{1,4})D)?"
    r"(?:T(?=[0-9])(?:(?P<hours>[0-9]{1,6})H)?(?:(?P<minutes>[0-9]{1,6})M)?(?:(?P<seconds>[0-9]{1,6})S)?)?"
)
_HOST = re.compile(r"[A-Za-z0-9._-]+|[0-9A-Fa-f:.]+")
_PATH = re.compile(r"(?:/(?![.]{1,2}(?:/|$))[A-Za-z0-9._~-]+)+")
_LINK = re.compile(r"https?://[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=%-]+")


class Mode(StrEnum):
    """What becomes of a deprecated call."""

    TRANSLATE = "translate"
    OBSERVE = "observe"
    BLOCK = "block"


@dataclass(frozen=True, slots=True)
class Window:
    """A time in which deprecated calls are refused, to show who would break; end exclusive."""

    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Settings:
    """Settings of the shim. Times in seconds, sizes in bytes.

    listen, admin: HOST:PORT (admin "" for none). database: a path, or ":memory:". max_body: of
    a call to be translated; max_answer: of an answer to be translated, decoded. timeout: for a
    translated call and its answer, and for any other request until the answer's header.
    keep_alive: how long an idle connection to the upstream is used again. drain: how long
    requests under way may take after SIGTERM.
    """

    upstream: str = contract.BASE_URL
    listen: str = "127.0.0.1:8080"
    admin: str = "127.0.0.1:8081"
    mode: Mode = Mode.TRANSLATE
    target_path: str = contract.DEFAULT_TARGET_PATH
    deprecated_since: datetime = _DEPRECATED_SINCE
    sunset: datetime | None = None
    sunset_link: str = ""
    brownouts: tuple[Window, ...] = ()
    brownout_status: int = 503
    database: str = ":memory:"
    key_file: str = ""
    ca_file: str = ""
    max_body: int = 1 << 20
    max_depth: int = 64
    max_answer: int = 16 << 20
    max_in_flight: int = 1000
    connect_timeout: float = 5.0
    timeout: float = 60.0
    header_timeout: float = 10.0
    keep_alive: float = 4.0
    drain: float = 30.0
    workers: int = 1
    log_level: str = "info"


def checked(settings: Settings) -> Settings:
    """The same settings where they fit together. Raises UsageError."""
    _check_upstream(settings.upstream)
    address(settings.listen)
    if settings.admin:
        address(settings.admin)
    if settings.sunset is not None and settings.sunset < settings.deprecated_since:
        raise UsageError(
            "The sunset precedes the deprecation, which RFC 8594 forbids.",
            "Give --sunset a later time than --deprecated-since.",
        )
    if settings.workers > 1 and settings.database == ":memory:":
        raise UsageError(
            "Several workers can't share records in memory.", "Name a file: --database usage.sqlite3"
        )
    if settings.sunset_link and not _LINK.fullmatch(settings.sunset_link):
        raise UsageError(
            f"Not a link: {settings.sunset_link!r}", "Give --sunset-link as in https://example.com/notice"
        )
    if not _PATH.fullmatch(settings.target_path):
        raise UsageError(f"Not a path: {settings.target_path}", "Give --target-path as in /jobs")
    return settings


def _check_upstream(url: str) -> None:
    try:
        parts = urlsplit(url)
        port_ok = parts.port != 0
    except ValueError:
        parts, port_ok = urlsplit(""), False
    plain = parts.path in {"", "/"} and not parts.query and not parts.fragment and parts.username is None
    host_ok = parts.hostname is not None and _HOST.fullmatch(parts.hostname)
    if parts.scheme not in {"http", "https"} or not host_ok or not plain or not port_ok:
        shown = re.sub(r"//[^/]*@", "//[redacted]@", url)
        raise UsageError(
            f"Not the address of a host: {shown}",
            f"Give --upstream as in {contract.BASE_URL}, without a path.",
        )


def address(text: str) -> tuple[str, int]:
    """Host and port of ``HOST:PORT``, ``[IPv6]:PORT`` or ``:PORT`` (all interfaces). Raises UsageError."""
    host, colon, port = text.rpartition(":")
    if not colon or not re.fullmatch(r"[0-9]{1,5}", port) or int(port) > 65535:
        raise UsageError(f"Not an address: {text}", "Give HOST:PORT, as in 127.0.0.1:8080")
    return host.strip("[]") or "0.0.0.0", int(port)  # noqa: S104 (asked for by leaving the host out)


def moment(text: str) -> datetime:
    """A point in time from ISO 8601; UTC where it names no zone. Raises ValueError."""
    found = datetime.fromisoformat(text)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def window(text: str) -> Window:
    """A time span from ISO 8601: ``START/END`` or ``START/PT15M``. Raises ValueError."""
    start_text, slash, end_text = text.partition("/")
    lasting = _DURATION.fullmatch(end_text)
    if not slash or (end_text.startswith("P") and not lasting):
        raise ValueError("a brownout is START/END or START/PT15M (days to seconds, as in P1DT2H)")
    start = moment(start_text)
    end = start + _lasting(lasting) if lasting else moment(end_text)
    if end <= start:
        raise ValueError("a brownout must end after its start")
    return Window(start, end)


def _lasting(found: re.Match[str]) -> timedelta:
    return timedelta(**{unit: int(number or 0) for unit, number in found.groupdict().items()})


def from_file(directory: Path, known: frozenset[str]) -> dict[str, Any]:
    """The shim's settings from the configuration file in a folder; {} where there is none.

    ``[proxy]`` of .nf-migrate.toml, else ``[tool.nf-migrate.proxy]`` of pyproject.toml; names as
    the options, with ``-`` or ``_``. known: names with ``_``. Raises UsageError for an unknown
    name or a file that is not TOML.
    """
    for name, keys in ((OWN_FILE, ("proxy",)), (PROJECT_FILE, ("tool", "nf-migrate", "proxy"))):
        path = directory / name
        if not path.is_file():
            continue
        try:
            table: Any = tomllib.loads(path.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
            raise UsageError(f"{name}: {error}", f"Mend {name}.") from None
        for key in keys:
            table = table.get(key, {}) if isinstance(table, Mapping) else {}
        if table:
            return _known(name, table, known)
    return {}


def _known(name: str, table: Any, known: frozenset[str]) -> dict[str, Any]:
    if not isinstance(table, Mapping):
        raise UsageError(f"{name}: proxy is not a table.", "Write [proxy] and one setting a line.")
    found = {}
    for key, value in table.items():
        option = key.replace("-", "_")
        if option not in known:
            raise UsageError(f"{name}: unknown setting {key} for the proxy.", "See: nf-migrate proxy --help")
        found[option] = [str(each) for each in value] if isinstance(value, list) else value
    return found
