"""The one interface to the upstream, and what can go wrong with it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Protocol

from migrate.proxy.headers import Fields


@dataclass(slots=True)
class Request:
    """A request to send.

    target: path and query as on the wire. body: all of it, or its parts as they come, or None.
    """

    method: str
    target: str
    fields: Fields
    body: bytes | AsyncIterator[bytes] | None


class Answer(Protocol):
    """An answer whose header has arrived. Must be released in the end."""

    status: int
    fields: Fields

    def chunks(self) -> AsyncIterator[bytes]:
        """The content as it comes, undecoded. Raises UpstreamError where it is cut short."""

    async def release(self) -> None:
        """Give the connection back where the content is read to its end, else close it."""

    def abort(self) -> None:
        """Close the connection; a waiting `chunks` ends with an UpstreamError."""


class Upstream(Protocol):
    """Something that answers requests."""

    async def open(self) -> None:
        """Make ready; in the event loop that will use it."""

    async def close(self) -> None:
        """Close all connections."""

    async def send(self, request: Request) -> Answer:
        """Send a request and wait for the answer's header. Redirects are not followed.

        Sent again only where nothing can be done twice: where no connection could be made, or an
        idle connection was found closed by an idempotent request whose body is all there.
        Raises UpstreamError.
        """


@dataclass(eq=False)
class UpstreamError(Exception):
    """No usable answer.

    status: 502 or 504; code: a stable name; detail: a sentence without secrets; sent: whether
    the upstream may have got and carried out the request.
    """

    status: int
    code: str
    detail: str
    sent: bool = True


MAYBE_DONE = "The upstream may have carried out the request."


def connect_failed(reason: str) -> UpstreamError:
    """No connection was made: nothing was sent."""
    return UpstreamError(502, "connect-failed", f"No connection to the upstream: {reason}.", sent=False)


def connect_timeout() -> UpstreamError:
    """No connection was made in time: nothing was sent."""
    return UpstreamError(504, "connect-timeout", "No connection to the upstream in time.", sent=False)


def reset() -> UpstreamError:
    """The connection ended before an answer."""
    return UpstreamError(502, "upstream-reset", f"The upstream closed the connection. {MAYBE_DONE}")


def invalid(what: str) -> UpstreamError:
    """The answer is not valid HTTP."""
    return UpstreamError(502, "invalid-answer", f"The upstream's answer is not valid: {what}. {MAYBE_DONE}")


def truncated() -> UpstreamError:
    """The answer ended before its end."""
    return UpstreamError(502, "truncated-answer", f"The upstream's answer was cut short. {MAYBE_DONE}")


def shut_down() -> UpstreamError:
    """The time for draining ended before an answer."""
    return UpstreamError(504, "shut-down", f"The shim was stopped before the upstream answered. {MAYBE_DONE}")


def timed_out() -> UpstreamError:
    """No answer in time."""
    return UpstreamError(504, "upstream-timeout", f"The upstream did not answer in time. {MAYBE_DONE}")
