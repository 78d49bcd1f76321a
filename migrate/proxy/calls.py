"""A deprecated call: policy, translation both ways, and its record."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from datetime import datetime
from urllib.parse import quote

from migrate.contract import Operation, Untranslatable
from migrate.proxy import coding, headers, policy, problem, translate
from migrate.proxy.exchange import Exchange
from migrate.proxy.headers import Fields
from migrate.proxy.logs import Log
from migrate.proxy.problem import Problem
from migrate.proxy.relay import pass_through, relay
from migrate.proxy.settings import Mode, Settings
from migrate.proxy.upstream import Answer, Request, Upstream, UpstreamError, shut_down, timed_out
from migrate.proxy.usage import Caller, Fingerprints, Ledger, short

_URI_CHARACTERS = "/:@!$&'()*+,;=~-._%"
_SECRET = re.compile(
    rb"\b((?:bearer|basic|(?:[\w-]*[_-])?(?:token|secret|password|api-?key|authorization))(?:[\"']?\s*[=:]\s*|\s+))"
    rb"[^\s;,)]{8,}|\b()eyJ[\w-]{8,}\.[\w-]+\.[\w-]*",
    re.IGNORECASE,
)
"""What looks like a token in a User-Agent, where none belongs: named as one, or a JWT."""
_NOT_FORWARDED = headers.OF_THE_CONTENT | {b"accept-encoding"}


def note_failure(ledger: Ledger, log: Log, exchange: Exchange, error: UpstreamError) -> None:
    """Count and log that the upstream gave no answer, or not a whole one."""
    ledger.count("upstream_errors_total", (("code", error.code),))
    log.event(
        "warning",
        "upstream-error",
        method=exchange.method,
        path=exchange.path,
        code=error.code,
        detail=error.detail,
    )


class Calls:
    """Answers deprecated calls."""

    def __init__(
        self,
        settings: Settings,
        upstream: Upstream,
        ledger: Ledger,
        log: Log,
        fingerprints: Fingerprints,
        clock: Callable[[], datetime],
    ) -> None:
        self.settings = settings
        self.upstream = upstream
        self._ledger = ledger
        self._log = log
        self._fingerprints = fingerprints
        self._clock = clock
        self._announcement = policy.Announcement(settings)

    async def answer(
        self, exchange: Exchange, operation: Operation, new_path: str, refused: Problem | None
    ) -> None:
        """Answer one call, and record it before a byte of the answer is sent.

        refused: why it is not to be forwarded at all. Raises ClientGoneError, and UpstreamError
        where the answer has begun.
        """
        now = self._clock()
        announced = self._announcement.fields(operation, quote(new_path, safe=_URI_CHARACTERS))
        call = _Call(self, exchange, operation, new_path, announced)
        exchange.before_answer = lambda: self._record(exchange, operation, call, now)
        try:
            refused = refused or policy.refusal(self.settings, operation, new_path, now)
            if refused is not None:
                raise refused
            await call.forward()
        except Problem as found:
            call.outcome = f"refused:{found.code}"
            self._ledger.count("refused_total", (("code", found.code),))
            await exchange.problem(found, announced)
        except UpstreamError as error:
            await self._failed(exchange, call, error, announced)
        except asyncio.CancelledError:  # only at the end of the time for draining
            await self._failed(exchange, call, shut_down(), announced)
        finally:
            exchange.before_answer = None
            if not exchange.status:
                self._record(exchange, operation, call, now)

    async def _failed(self, exchange: Exchange, call: _Call, error: UpstreamError, announced: Fields) -> None:
        call.outcome = f"failed:{error.code}"
        if exchange.status:
            raise error
        note_failure(self._ledger, self._log, exchange, error)
        await exchange.problem(problem.upstream(error.status, error.code, error.detail), announced)

    def _record(self, exchange: Exchange, operation: Operation, call: _Call, now: datetime) -> None:
        authorization = b"".join(headers.values(exchange.fields, b"authorization"))
        team, project = _places(exchange.path)
        agent = b", ".join(headers.values(exchange.fields, b"user-agent"))
        secret = authorization.split(b" ", 1)[-1].strip()
        agent = agent.replace(secret, b"[redacted]") if len(secret) >= 8 else agent
        agent = _SECRET.sub(rb"\1[redacted]", agent)
        caller = Caller(
            team,
            project,
            operation.name,
            short(agent.decode("utf-8", "replace")) or "-",
            self._fingerprints.of(authorization),
            call.outcome,
        )
        self._ledger.call(caller, exchange.status, call.sent, now.timestamp())
        self._ledger.count("old_calls_total", (("operation", operation.name), ("outcome", call.outcome)))
        self._log.event(
            "info",
            "old-call",
            operation=operation.name,
            team=team,
            project=project,
            user_agent=caller.user_agent,
            caller=caller.caller,
            outcome=call.outcome,
            sent=call.sent,
            status=exchange.status,
        )

    def untranslated(self, operation: Operation, code: str) -> None:
        """Count and log an answer that is relayed as it came."""
        self._ledger.count("untranslated_answers_total", (("code", code),))
        self._log.event("warning", "untranslated-answer", operation=operation.name, code=code)


class _Call:
    """One call on its way. outcome, sent: for the record."""

    def __init__(
        self, calls: Calls, exchange: Exchange, operation: Operation, new_path: str, announced: Fields
    ) -> None:
        self._calls = calls
        self._exchange = exchange
        self._operation = operation
        self._new_path = new_path
        self._announced = announced
        self._settings = calls.settings
        self.outcome = "gone"
        self.sent = ""

    async def forward(self) -> None:
        """Translate or observe."""
        if self._settings.mode is Mode.OBSERVE:
            await self._observe()
        elif headers.no_transform(self._exchange.fields):
            self.outcome = "no-transform"
            await self._unchanged(b"")
        else:
            await self._translate()

    async def _observe(self) -> None:
        """Forward the call as it is; note what would have been sent."""
        text = await self._read()
        try:
            self._upgraded(text)
            self.outcome = "observed"
        except Problem as found:
            self.outcome = f"observed:{found.code}"
        await self._unchanged(text)

    async def _unchanged(self, first: bytes) -> None:
        target = self._exchange.target(self._exchange.path)
        await pass_through(
            self._exchange, self._calls.upstream, self._settings, target, first, self._announced
        )

    async def _translate(self) -> None:
        exchange = self._exchange
        size = headers.length(exchange.fields)
        if size is not None and size > self._settings.max_body:
            raise problem.too_large(self._settings.max_body)
        body = self._upgraded(await self._read())
        fields = headers.to_upstream(exchange.fields, exchange.http_version, _NOT_FORWARDED)
        wanted = headers.values(exchange.fields, b"accept-encoding")
        fields += [
            (b"content-length", b"%d" % len(body)),
            (b"accept-encoding", coding.accepted(wanted)),
        ]
        request = Request(exchange.method, exchange.target(self._new_path), fields, body)
        try:
            async with asyncio.timeout(self._settings.timeout):
                answer = await self._calls.upstream.send(request)
                try:
                    text, whole = await _read_answer(answer, self._settings.max_answer)
                except BaseException:
                    answer.abort()
                    raise
        except TimeoutError:
            raise timed_out() from None
        await self._relay(answer, text, whole=whole)

    async def _read(self) -> bytes:
        try:
            async with asyncio.timeout(self._settings.timeout):
                return await self._exchange.read(self._settings.max_body)
        except TimeoutError:
            raise problem.body_timeout() from None

    def _upgraded(self, text: bytes) -> bytes:
        """The body to send. Raises Problem."""
        if not self._exchange.all_read or len(text) > self._settings.max_body:
            raise problem.too_large(self._settings.max_body)
        if headers.tokens(self._exchange.fields, b"content-encoding") not in ([], [b"identity"]):
            raise Problem(
                415,
                "content-coding",
                "The body is encoded",
                advice="Send it without a content coding.",
                headers=((b"Accept-Encoding", b"identity"),),
            )
        try:
            body = translate.translate_request(self._operation, text, self._settings.max_depth)
        except Untranslatable as error:
            raise problem.of_untranslatable(error) from None
        moved = ", ".join(translate.moved_keys(self._operation, text))
        self.sent = short(f"{self._operation.method} {self._new_path} moved: {moved or 'nothing'}")
        return body

    async def _relay(self, answer: Answer, text: bytes, *, whole: bool) -> None:
        """Relay the answer, translated where that can be done."""
        self.outcome = "translated"
        try:
            content = self._downgraded(answer, text, whole=whole)
        except Untranslatable as error:
            self.outcome = f"untranslated:{error.code}"
            self._calls.untranslated(self._operation, error.code)
            content = text
        if not whole:
            await relay(self._exchange, answer, self._announced, text)
            return
        await answer.release()
        drop = policy.REPLACED
        if content is not text:
            drop = drop | headers.OF_THE_CONTENT
        fields = headers.to_client(answer.fields, drop | {b"content-length"})
        fields += [(b"Content-Length", b"%d" % len(content)), *self._announced]
        await self._exchange.reply(answer.status, fields, content)

    def _downgraded(self, answer: Answer, text: bytes, *, whole: bool) -> bytes:
        """The content that the old operation would have given; `text` itself where nothing changes."""
        kinds = headers.tokens(answer.fields, b"content-type")
        kind = kinds[0] if kinds else b"application/json"
        is_json = kind == b"application/json" or kind.endswith(b"+json")
        if not text or 300 <= answer.status < 400 or not (is_json or kind.startswith(b"text/")):
            return text
        if not whole:
            raise Untranslatable("", "too-large", "The answer is too large.")
        if headers.no_transform(answer.fields):
            raise Untranslatable("", "no-transform", "The answer must not be transformed.")
        plain = _decoded(answer, text, self._settings.max_answer)
        if answer.status >= 400:
            changed = translate.translate_error(self._operation, plain)
        elif is_json:
            changed = translate.translate_answer(self._operation, plain, self._settings.max_depth)
        else:
            return text
        return text if changed == plain else changed


def _decoded(answer: Answer, text: bytes, limit: int) -> bytes:
    try:
        return coding.decode(text, headers.tokens(answer.fields, b"content-encoding"), limit)
    except coding.UndecodableError as error:
        raise Untranslatable("", "undecodable", f"The answer's coding: {error}.") from None


async def _read_answer(answer: Answer, limit: int) -> tuple[bytes, bool]:
    """The content, or the first of it where it is longer than `limit` bytes, and whether it is whole."""
    parts, size = [], 0
    async for part in answer.chunks():
        parts.append(part)
        size += len(part)
        if size > limit:
            return b"".join(parts), False
    return b"".join(parts), True


def _places(path: str) -> tuple[str, str]:
    """Team ("" for none) and project of a path that the contract matched."""
    segments = path.split("/")
    if segments[2] == "teams":
        return short(segments[3]), short(segments[5])
    return "", short(segments[3])
