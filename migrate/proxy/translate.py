"""Translate the JSON texts of requests and answers through the contract, without loss.

Values that the contract doesn't look into stay the bytes that they were (`msgspec.Raw`): numbers
keep their text and objects their key order. Pure functions, no I/O.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Mapping
from typing import Any

import msgspec

from migrate import contract
from migrate.contract import Operation, Untranslatable

_OBJECT = msgspec.json.Decoder(dict[str, msgspec.Raw])
_ENCODER = msgspec.json.Encoder()
_LONGEST_NAME = 100
_STRING_OR_BRACKET = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{}]', re.DOTALL)


class _Number(str):
    """A number as it is written: ``1`` and ``1.0`` differ, and nothing overflows."""

    __slots__ = ()


def _unique(pairs: list[tuple[str, Any]]) -> None:
    if len(dict(pairs)) != len(pairs):
        names = [key for key, _ in pairs]
        found = next(name for name in names if names.count(name) > 1)
        twice = found[:_LONGEST_NAME].encode("utf-8", "replace").decode()
        reason = f"The key {json.dumps(twice)} stands twice in an object."
        raise Untranslatable(twice, "duplicate-key", reason)


def _forbidden(text: str) -> None:
    raise Untranslatable("", "invalid-json", f"{text} is not JSON.")


# What a number is does not matter here; len is the cheapest thing to call.
_VALIDATOR = json.JSONDecoder(
    object_pairs_hook=_unique, parse_int=len, parse_float=len, parse_constant=_forbidden
)
_READER = json.JSONDecoder(parse_int=_Number, parse_float=_Number)


def parse_object(text: bytes, max_depth: int) -> dict[str, Any]:
    """The members of a JSON object, each value as its own bytes (`msgspec.Raw`).

    Raises Untranslatable: ``invalid-json`` (not UTF-8, not RFC 8259, NaN, Infinity),
    ``duplicate-key`` (at any depth), ``too-deep`` (more than `max_depth` levels), ``not-object``.
    """
    try:
        decoded = text.decode("utf-8")
        _check_depth(text, decoded, max_depth)
        _VALIDATOR.decode(decoded)
        members: dict[str, Any] = _OBJECT.decode(text)
    except UnicodeDecodeError as error:
        reason = f"The body is not UTF-8 at byte {error.start}."
        raise Untranslatable("", "invalid-json", reason) from None
    except json.JSONDecodeError as error:
        if text.startswith(codecs.BOM_UTF8):
            raise Untranslatable("", "invalid-json", "The body begins with a byte order mark.") from None
        reason = f"Not JSON at character {error.pos}: {error.msg}."
        raise Untranslatable("", "invalid-json", reason) from None
    except msgspec.ValidationError:
        raise Untranslatable("", "not-object", "The body is not a JSON object.") from None
    except msgspec.DecodeError as error:
        halved = _has_half_pair(decoded)
        reason = "A string holds half a surrogate pair." if halved else f"Not JSON: {error}."
        raise Untranslatable("", "invalid-json", reason) from None
    return members


def _has_half_pair(text: str) -> bool:
    """Whether a string in a JSON text is no Unicode text (RFC 8259 §8.2)."""
    try:
        json.dumps(_READER.decode(text), ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return True
    return False


def _check_depth(text: bytes, decoded: str, max_depth: int) -> None:
    if text.count(b"{") + text.count(b"[") <= max_depth:
        return
    depth = 0
    for token in _STRING_OR_BRACKET.finditer(decoded):
        kind = token[0]
        if kind in "[{":
            depth += 1
            if depth > max_depth:
                raise Untranslatable("", "too-deep", f"The body is nested deeper than {max_depth} levels.")
        elif kind in "]}":
            depth -= 1


def _open(value: Any) -> Any:
    """A member's own members where it is an object, None where it is null, else the value itself."""
    text = bytes(value)
    return _OBJECT.decode(value) if text[:1] == b"{" else None if text == b"null" else value


def _open_settings(members: dict[str, Any]) -> None:
    if contract.SETTINGS not in members:
        return
    settings = members[contract.SETTINGS] = _open(members[contract.SETTINGS])
    if isinstance(settings, dict) and contract.CRON in settings:
        settings[contract.CRON] = _open(settings[contract.CRON])


def _same(one: msgspec.Raw, other: msgspec.Raw) -> bool:
    return contract.same_value(_READER.decode(str(one, "utf-8")), _READER.decode(str(other, "utf-8")))


def _unify(operation: Operation, members: dict[str, Any]) -> None:
    """Give values that stand at both levels the same bytes where they are the same JSON value."""
    for move in operation.moves:
        place: Any = members
        for name in move.path[:-1]:
            place = place.get(name) if isinstance(place, Mapping) else None
        if move.key in members and isinstance(place, Mapping) and move.key in place:
            outer, inner = members[move.key], place[move.key]
            if outer != inner and _same(outer, inner):
                members[move.key] = inner


def translate_request(operation: Operation, text: bytes, max_depth: int) -> bytes:
    """The body for the replacement, from the body of a deprecated call.

    Raises Untranslatable as `parse_object` and `contract.upgrade_request` do.
    """
    members = parse_object(text, max_depth)
    _open_settings(members)
    if contract.SETTINGS in members:
        _unify(operation, members)
    return _ENCODER.encode(contract.upgrade_request(operation, members))


def translate_answer(operation: Operation, text: bytes, max_depth: int) -> bytes:
    """The answer that the old operation would have given, from the replacement's.

    An answer that holds nothing to translate comes back as it is, byte for byte. Raises
    Untranslatable as `parse_object` and `contract.downgrade_data` do.
    """
    answer = parse_object(text, max_depth)
    data = _open(answer.get(contract.RESPONSE_ENVELOPE, b""))
    if not isinstance(data, dict):
        return text
    _open_settings(data)
    if contract.JOB_TYPE_FIELD in data:
        data[contract.JOB_TYPE_FIELD] = _READER.decode(str(data[contract.JOB_TYPE_FIELD], "utf-8"))
    answer[contract.RESPONSE_ENVELOPE] = data
    translated = contract.downgrade_response(operation, answer)
    return text if translated == answer else _ENCODER.encode(translated)


def translate_error(operation: Operation, text: bytes) -> bytes:
    """The upstream's error text with field paths mapped back; unchanged where it is not UTF-8."""
    try:
        return contract.downgrade_text(operation, text.decode("utf-8")).encode("utf-8")
    except UnicodeDecodeError:
        return text


def moved_keys(operation: Operation, text: bytes) -> tuple[str, ...]:
    """Names of the keys that moved or would move: what may be recorded of a body."""
    members = _OBJECT.decode(text)
    return tuple(key for key in operation.moved_keys if key in members)
