"""HTTP to a host's API: the token goes to that origin only, limits are honoured, nothing is done twice.

What changes something (POST, PATCH, PUT) is sent again only where the host surely did nothing: the
connection was never made, or it refused for a rate limit. Asking (GET) is repeated with a back-off.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

import httpx

from migrate import __version__
from migrate.errors import MigrateError, UsageError
from migrate.fleet.hosts import limits
from migrate.fleet.hosts.tokens import Token
from migrate.report.words import visible

_ATTEMPTS = 5
_MOST_REFUSALS = 10
_MOST_REDIRECTS = 5
_MOST_PAGES = 10_000
_TIMEOUT = 30.0
_SHOWN = 300
_PASSING = frozenset({500, 502, 503, 504})
_UNSENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
_LOOPBACK = ("127.0.0.1", "localhost", "::1")

Wait = Callable[[float], None]
"""Waits for a number of seconds."""


class HostError(MigrateError):
    """A host refused or failed. status: of its answer, 0 where there was none.

    unsure: a change was sent, and it is not known whether it was made.
    """

    def __init__(self, message: str, hint: str = "", *, status: int = 0, unsure: bool = False) -> None:
        super().__init__(message, hint)
        self.status = status
        self.unsure = unsure


class Client:
    """A connection to one API.

    base: the API's address; token: goes into the Authorization field; headers: sent with each
    request; wait, clock: replaced by tests; say: tells a person why it waits. Raises UsageError for
    a base that can't be.
    """

    def __init__(
        self,
        base: str,
        token: Token,
        *,
        headers: Mapping[str, str],
        wait: Wait = time.sleep,
        clock: Callable[[], float] = time.time,
        say: Callable[[str], None] = lambda _: None,
    ) -> None:
        self._base = checked_base(base)
        self._token = token
        self._wait, self._clock, self._say = wait, clock, say
        self._not_before = 0.0
        self._told_left_out = False
        sent = {"User-Agent": f"nf-migrate/{__version__}", **headers}
        if token:
            sent["Authorization"] = f"Bearer {token.value}"
        # Redirects are followed by hand: only within the origin.
        self._http = httpx.Client(headers=sent, timeout=_TIMEOUT, follow_redirects=False)

    @property
    def base(self) -> str:
        """The API's address, without a slash at the end."""
        return self._base

    @property
    def token(self) -> Token:
        """The token, "" where there is none."""
        return self._token

    def close(self) -> None:
        """Close all connections."""
        self._http.close()

    def get(self, path: str, **query: str | int) -> Any:
        """The JSON value at a path below the base. Raises HostError."""
        return self._json(self._answer("GET", self._base + path, query=query))

    def pages(self, path: str, **query: str | int) -> Iterator[Any]:
        """The elements of a list that comes in pages: RFC 8288 ``Link: …; rel="next"``, else ``x-next-page``.

        Raises HostError, also where the next page would be on another host.
        """
        url, parameters = self._base + path, {"per_page": 100, **query}
        seen: set[str] = set()
        for _ in range(_MOST_PAGES):
            answer = self._answer("GET", url, query=parameters)
            page = self._json(answer)
            if not isinstance(page, list):
                raise HostError(f"{_shown(url)} answered with something that is no list.")
            yield from page
            following = _next(answer)
            if not following:
                return
            self._demand_same_origin(following, "The next page")
            url, parameters = following, {}
            if url in seen:
                raise HostError(f"{_shown(url)} came twice: the pages of the host's list don't end.")
            seen.add(url)
        raise HostError(f"{_shown(self._base + path)} has more than {_MOST_PAGES} pages.")

    def send(self, method: str, path: str, body: Mapping[str, Any]) -> Any:
        """Change something; the JSON value of the answer. Sent once. Raises HostError."""
        return self._json(self._answer(method, self._base + path, body=body))

    def _answer(
        self,
        method: str,
        url: str,
        query: Mapping[str, str | int] | None = None,
        body: Mapping[str, Any] | None = None,
    ) -> httpx.Response:
        redirects = 0
        while True:
            answer = self._patient(method, url, query, body)
            location = answer.headers.get("location", "")
            if answer.status_code not in {301, 302, 307, 308} or not location:
                break
            url = self._redirected(answer, method, redirects)
            redirects, query = redirects + 1, None
        if answer.is_success:
            self._tell_what_is_left_out(answer)
            return answer
        raise self._error(method, answer)

    def _tell_what_is_left_out(self, answer: httpx.Response) -> None:
        """GitHub leaves out organisations whose single sign-on the token was not let through.

        https://docs.github.com/en/rest/authentication/authenticating-to-the-rest-api#authorizing-your-token-for-single-sign-on
        """
        if "partial-results" in answer.headers.get("x-github-sso", "") and not self._told_left_out:
            self._told_left_out = True
            self._say(f"note: {self._base} leaves out what the token is not authorized for by single sign-on")

    def _redirected(self, answer: httpx.Response, method: str, redirects: int) -> str:
        """Where an answer leads: GitHub sends requests for renamed repositories on to their number."""
        url = _joined(answer, answer.headers["location"])
        if redirects == _MOST_REDIRECTS or (method != "GET" and answer.status_code not in {307, 308}):
            raise HostError(
                f"{_shown(str(answer.url))} leads on to another address, which does not end well."
            )
        self._demand_same_origin(url, "A redirect")
        return url

    def _patient(
        self,
        method: str,
        url: str,
        query: Mapping[str, str | int] | None,
        body: Mapping[str, Any] | None,
    ) -> httpx.Response:
        """The first answer that is neither a passing failure nor a refusal for a limit."""
        failures = refusals = 0
        while True:
            self._hold_back()
            try:
                answer = self._http.request(method, url, params=query or None, json=body)
            except httpx.HTTPError as error:
                failures += 1
                repeat = method == "GET" or isinstance(error, _UNSENT)
                if not repeat or failures == _ATTEMPTS:
                    raise self._broken(method, url, error) from None
                self._wait(2.0 ** (failures - 1))
                continue
            seconds = self._refused_for(answer, refusals)
            if seconds is not None and refusals < _MOST_REFUSALS:
                self._pause(seconds)
                refusals += 1
            elif method == "GET" and answer.status_code in _PASSING and failures < _ATTEMPTS - 1:
                failures += 1
                self._wait(2.0 ** (failures - 1))
            else:
                return answer

    def _refused_for(self, answer: httpx.Response, before: int) -> float | None:
        headers = {name.lower(): value for name, value in answer.headers.items()}
        now = self._clock()
        if answer.is_success:
            self._not_before = max(
                self._not_before, now + min(limits.before_next(headers, now), limits.LONGEST)
            )
            return None
        return limits.refused_for(answer.status_code, headers, answer.text[:2000], now, before)

    def _pause(self, seconds: float) -> None:
        if seconds > limits.LONGEST:
            until = limits.clock(self._clock() + seconds)
            raise HostError(
                f"{self._base} asks to wait for {seconds:,.0f} s for its rate limit.",
                f"Run the same command again after {until}: what is done stays done.",
                status=429,
            )
        self._say(f"{self._base}: rate limit, waiting for {seconds:,.0f} s")
        self._wait(seconds)

    def _hold_back(self) -> None:
        """Wait where the last answer said that no request is left."""
        seconds = self._not_before - self._clock()
        self._not_before = 0.0
        if seconds > 0:
            self._pause(seconds)

    def _demand_same_origin(self, url: str, what: str) -> None:
        if _origin(url) != _origin(self._base):
            raise HostError(
                f"{what} that {self._base} names is elsewhere ({_shown(url)}): not followed, "
                "for the token must not go there."
            )

    def _json(self, answer: httpx.Response) -> Any:
        if answer.status_code == 204 or not answer.content:
            return None
        try:
            return answer.json()
        except (ValueError, RecursionError):
            raise HostError(
                f"{_shown(str(answer.url))} answered with something that is no JSON.",
                "Is that the address of the API?",
                status=answer.status_code,
                unsure=answer.request.method != "GET",
            ) from None

    def _broken(self, method: str, url: str, error: httpx.HTTPError) -> HostError:
        reason = visible(self._token.scrubbed(str(error) or type(error).__name__))
        return HostError(
            f"{_shown(url)} can't be reached: {reason}",
            "Is the address right, and the network there?",
            unsure=method != "GET" and not isinstance(error, _UNSENT),
        )

    def _error(self, method: str, answer: httpx.Response) -> HostError:
        status = answer.status_code
        message = visible(self._token.scrubbed(_message(answer)))
        hint = ""
        if status == 401:
            hint = "The token is not valid (any more): set another one."
        elif status == 403:
            hint = "The token must be allowed to do this: look at its scopes."
        return HostError(
            f"{method} {_shown(str(answer.url))}: {status} {message}".rstrip(),
            hint,
            status=status,
            unsure=method != "GET" and status >= 500,
        )


def checked_base(base: str) -> str:
    """An API's address without a slash at the end. Raises UsageError unless HTTPS (HTTP on loopback)."""
    parts = urlsplit(base)
    plain = parts.scheme == "http" and parts.hostname in _LOOPBACK
    if not (parts.scheme == "https" or plain) or not parts.hostname or parts.query or parts.fragment:
        raise UsageError(
            f"{_shown(base)} is no address of an API.", "It begins with https:// and names a host."
        )
    if parts.username or parts.password:
        raise UsageError("The API's address holds a password.", "Set the token in the environment instead.")
    return base.rstrip("/")


def _origin(url: str) -> tuple[str, str, int | None]:
    """RFC 6454: scheme, host and port, as the library that connects reads them; "" with a password."""
    try:
        parts = httpx.URL(url)
    except httpx.InvalidURL:
        return "", "", None
    if parts.userinfo:
        return "", "", None
    return parts.scheme, parts.host, parts.port  # the scheme's own port is None


def _next(answer: httpx.Response) -> str:
    """Address of the next page, "" after the last."""
    link = answer.links.get("next", {}).get("url", "")
    if link:
        return _joined(answer, link)
    page = answer.headers.get("x-next-page", "").strip()
    return str(answer.url.copy_set_param("page", page)) if page.isdigit() else ""


def _joined(answer: httpx.Response, link: str) -> str:
    try:
        return str(answer.url.join(link))
    except httpx.InvalidURL:
        raise HostError(f"{_shown(str(answer.url))} names an address that is none.") from None


def _shown(url: str) -> str:
    """An address without query and password, for messages."""
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2]
    return visible(f"{parts.scheme}://{host}{parts.path}")[:_SHOWN]


def _message(answer: httpx.Response) -> str:
    """What the host says, in one line: GitHub ``message`` and ``errors``, GitLab ``message`` or ``error``."""
    try:
        value = answer.json()
    except (ValueError, RecursionError):
        return answer.reason_phrase
    if not isinstance(value, dict):
        return answer.reason_phrase
    said = value.get("message") or value.get("error_description") or value.get("error") or ""
    parts = [said if isinstance(said, str) else str(said)]
    errors = value.get("errors")
    for each in errors if isinstance(errors, list) else []:
        parts.append(
            str(each.get("message") or each.get("code") or "") if isinstance(each, dict) else str(each)
        )
    return " ".join("; ".join(part for part in parts if part).split())[:_SHOWN]
