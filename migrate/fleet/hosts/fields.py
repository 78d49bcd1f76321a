"""Fields of a host's answers, which may hold anything."""

from __future__ import annotations

from typing import Any


def text(value: Any, *keys: str) -> str:
    """The text at a path of keys, "" where there is none."""
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value if isinstance(value, str) else ""


def whole(value: Any, key: str) -> int | None:
    """The whole number under a key, None where there is none."""
    found = value.get(key) if isinstance(value, dict) else None
    return found if isinstance(found, int) and not isinstance(found, bool) else None
