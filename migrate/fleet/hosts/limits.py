"""How long a host asks to wait. Pure.

GitHub: https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api (403 or 429:
``retry-after``, else ``x-ratelimit-reset`` where ``x-ratelimit-remaining`` is 0, else a minute at least).
GitLab: https://docs.gitlab.com/administration/settings/user_and_ip_rate_limits/ (429: ``Retry-After``,
``RateLimit-Reset``).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

LONGEST = 3_900.0
"""Seconds; the hosts' longest window is an hour."""

_UNSAID = 60.0
_SECONDARY = "secondary rate limit"
_RESETS = ("x-ratelimit-reset", "ratelimit-reset")
_REMAINING = ("x-ratelimit-remaining", "ratelimit-remaining")


def refused_for(
    status: int, headers: Mapping[str, str], text: str, now: float, before: int = 0
) -> float | None:
    """Seconds to wait after an answer that refused for a limit, None for any other answer.

    headers: names in lower case; text: the answer's message; now: seconds since 1970.
    before: how often it refused already; where it does not say how long, the wait grows with it.
    """
    used_up = _remaining(headers) == 0
    limited = status == 429 or (
        status == 403 and (used_up or "retry-after" in headers or _SECONDARY in text.lower())
    )
    if not limited:
        return None
    said = _retry_after(headers, now)
    if said is not None:
        return said
    reset = _until_reset(headers, now) if used_up or status == 429 else None
    return _UNSAID * 2.0**before if reset is None else reset


def before_next(headers: Mapping[str, str], now: float) -> float:
    """Seconds to wait before the next request, where an answer says that no more are left."""
    if _remaining(headers) != 0:
        return 0.0
    return _until_reset(headers, now) or 0.0


def _remaining(headers: Mapping[str, str]) -> int | None:
    return next(
        (number for name in _REMAINING if (number := _whole(headers.get(name, ""))) is not None), None
    )


def _until_reset(headers: Mapping[str, str], now: float) -> float | None:
    """Seconds until the window's end, by the host's own clock where it tells the time."""
    reset = next((number for name in _RESETS if (number := _whole(headers.get(name, ""))) is not None), None)
    if reset is None:
        return None
    there = _date(headers.get("date", ""))
    return max(0.0, reset - (now if there is None else there)) + 1.0


def _retry_after(headers: Mapping[str, str], now: float) -> float | None:
    """RFC 9110 10.2.3: seconds or a date."""
    value = headers.get("retry-after", "")
    seconds = _whole(value)
    if seconds is not None:
        return float(seconds)
    date = _date(value)
    there = _date(headers.get("date", ""))
    return None if date is None else max(0.0, date - (now if there is None else there))


def _whole(text: str) -> int | None:
    text = text.strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else None


def _date(text: str) -> float | None:
    try:
        found = parsedate_to_datetime(text)
    except (ValueError, TypeError, OverflowError):
        return None
    return (found if found.tzinfo else found.replace(tzinfo=UTC)).timestamp()


def clock(now: float) -> str:
    """A day and a time of day for people, in UTC."""
    try:
        return datetime.fromtimestamp(now, UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
    except (ValueError, OverflowError, OSError):
        return "the end of time"
