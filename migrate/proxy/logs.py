"""Structured logs: one JSON object a line, on stderr. What is logged is chosen field by field.

No header, body, query or token is ever given to these functions; messages of libraries, which
may quote what they got, are reduced to the name of what went wrong.
"""

from __future__ import annotations

import logging
import sys
from datetime import UTC, datetime
from typing import Any, BinaryIO

import msgspec

LEVELS = {"debug": 10, "info": 20, "warning": 30, "error": 40}


class Log:
    """Writes events of a level or above."""

    def __init__(self, level: str, stream: BinaryIO | None = None) -> None:
        self._level = LEVELS[level]
        self._stream = stream or sys.stderr.buffer

    def enabled(self, level: str) -> bool:
        """Whether events of a level are written."""
        return LEVELS[level] >= self._level

    def event(self, level: str, name: str, /, **fields: Any) -> None:
        """Write an event. fields: chosen values, free of secrets."""
        if LEVELS[level] < self._level:
            return
        now = datetime.now(UTC).isoformat(timespec="milliseconds")
        line = msgspec.json.encode({"time": now, "level": level, "event": name, **fields})
        try:
            self._stream.write(line + b"\n")
            self._stream.flush()
        except OSError:  # nobody reads the log: no reason to stop serving
            return


def fault(error: BaseException) -> dict[str, str]:
    """An unforeseen error as fields: its type and place, not its text."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else ""
    return {"error": type(error).__name__, "place": place}


_EXPECTED = "ASGI callable returned without completing"
"""uvicorn's word on an answer that is ended early on purpose; the reason is logged where it is known."""


class _ServerHandler(logging.Handler):
    """Hands records of the server library to a `Log`."""

    def __init__(self, log: Log) -> None:
        super().__init__()
        self._log = log

    def emit(self, record: logging.LogRecord) -> None:
        level = record.levelname.lower()
        if str(record.msg).startswith(_EXPECTED):
            level = "debug"
        fields = fault(record.exc_info[1]) if record.exc_info and record.exc_info[1] else {}
        text = str(record.msg).strip() if record.exc_info else record.getMessage().strip()
        self._log.event(level if level in LEVELS else "error", "server", text=text, **fields)


def take_over(log: Log) -> None:
    """Send what the server and client libraries log through `log`."""
    for name in ("uvicorn.error", "asyncio", "websockets"):
        logger = logging.getLogger(name)
        logger.handlers = [_ServerHandler(log)]
        logger.propagate = False
        logger.setLevel(logging.WARNING)
