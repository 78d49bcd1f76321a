"""What becomes of a deprecated call at a given time, and what every answer to one says of it. Pure."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import format_datetime
from math import ceil

from migrate.contract import Operation
from migrate.proxy.headers import Fields
from migrate.proxy.problem import Problem
from migrate.proxy.settings import Mode, Settings


def refusal(settings: Settings, operation: Operation, new_path: str, now: datetime) -> Problem | None:
    """The answer where the call is refused by policy: blocked, or in a brownout."""
    advice = f"Call {operation.method} {new_path} with the keys in their new places: {operation.new_docs_url}"
    old = f"{operation.method} {operation.old_path}"
    if settings.mode is Mode.BLOCK:
        return Problem(410, "blocked", "This operation is gone", f"{old} is blocked here.", advice=advice)
    if settings.mode is Mode.OBSERVE:
        return None
    for window in settings.brownouts:
        if window.start <= now < window.end:
            wait = ceil((window.end - now).total_seconds())
            return Problem(
                settings.brownout_status,
                "brownout",
                "This operation is switched off for a while, as a warning",
                f"{old} goes away. It works again from {window.end.astimezone(UTC).isoformat()}.",
                advice=advice,
                headers=((b"Retry-After", b"%d" % wait),) if settings.brownout_status == 503 else (),
            )
    return None


class Announcement:
    """The fields that tell a caller of the deprecation: RFC 9745, RFC 8594, RFC 5829."""

    def __init__(self, settings: Settings) -> None:
        since = int(settings.deprecated_since.timestamp())
        self._fields: Fields = [(b"Deprecation", b"@%d" % since)]
        if settings.sunset is not None:
            gone = format_datetime(settings.sunset.astimezone(UTC), usegmt=True)
            self._fields.append((b"Sunset", gone.encode()))
        self._more = f', <{settings.sunset_link}>; rel="sunset"' if settings.sunset_link else ""

    def fields(self, operation: Operation, new_path: str) -> Fields:
        """Deprecation, Sunset and Link for an answer to a deprecated call. new_path: without query."""
        link = (
            f'<{new_path}>; rel="successor-version", '
            f'<{operation.old_docs_url}>; rel="deprecation"; type="text/html"{self._more}'
        )
        return [*self._fields, (b"Link", link.encode("latin-1"))]


REPLACED = frozenset((b"deprecation", b"sunset"))
"""Fields of the upstream's answer that speak of the replacement, not of the call that was made."""
