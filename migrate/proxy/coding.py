"""Content codings of answers (RFC 9110 §8.4.1), undone within a limit: no answer can fill the memory."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

KNOWN = (b"gzip", b"x-gzip", b"deflate", b"br", b"identity")


class UndecodableError(ValueError):
    """An unknown coding, a damaged or cut text, or more than the limit."""


def accepted(wanted: Sequence[bytes]) -> bytes:
    """An Accept-Encoding value with those members of a client's values that can be undone here."""
    members = (part.strip() for value in wanted for part in value.split(b","))
    return b", ".join(part for part in members if part.split(b";")[0].strip().lower() in KNOWN) or b"identity"


def decode(text: bytes, codings: Sequence[bytes], limit: int) -> bytes:
    """Undo content codings, given in the order in which they were applied.

    limit: bytes of the result. Raises UndecodableError.
    """
    for coding in reversed(codings):
        if coding in {b"gzip", b"x-gzip"}:
            text = _inflate(text, 16 + zlib.MAX_WBITS, limit)
        elif coding == b"deflate":
            text = _inflate(text, zlib.MAX_WBITS if text[:1] == b"\x78" else -zlib.MAX_WBITS, limit)
        elif coding == b"br":
            text = _unbrotli(text, limit)
        elif coding != b"identity":
            raise UndecodableError(f"unknown coding {coding.decode('latin-1')}")
    return text


def _inflate(text: bytes, window: int, limit: int) -> bytes:
    result = b""
    while text:
        stream = zlib.decompressobj(window)
        try:
            result += stream.decompress(text, limit + 1 - len(result))
        except zlib.error as error:
            raise UndecodableError(str(error)) from None
        if len(result) > limit:
            raise UndecodableError("too large")
        if not stream.eof:
            raise UndecodableError("cut short")
        text = stream.unused_data if window > zlib.MAX_WBITS else b""
    return result


def _unbrotli(text: bytes, limit: int) -> bytes:
    import brotli  # type: ignore[import-untyped] # noqa: PLC0415 (only where an answer needs it)

    stream = brotli.Decompressor()
    result = b""
    try:
        result = stream.process(text, output_buffer_limit=limit + 1)
        while not stream.is_finished() and len(result) <= limit:
            more = stream.process(b"", output_buffer_limit=limit + 1)
            if not more:
                raise UndecodableError("cut short")
            result += more
    except brotli.error as error:
        raise UndecodableError(str(error)) from None
    if len(result) > limit:
        raise UndecodableError("too large")
    return bytes(result)
