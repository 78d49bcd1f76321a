"""jq programs: those that build a body, and those that read an answer.

An object construction of jq (https://jqlang.github.io/jq/manual/, "Object construction") whose
values hold no commas and braces of their own reads as a flow mapping of YAML; only such are edited.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from migrate import contract, structured
from migrate.contract import Operation
from migrate.find.shell.values import Value

_TWO = frozenset(("--arg", "--argjson", "--slurpfile", "--rawfile", "--argfile"))
_ONE = frozenset(("--indent", "-L"))
_OTHER_INPUT = frozenset(("--slurp", "--raw-input", "--stream", "--seq"))


@dataclass(frozen=True, slots=True)
class Program:
    """A jq command. text: the program (None where it is in a file); files: what it reads.

    is_other_input: whether the input is not one JSON value after the other (``--slurp``, ``--raw-input``).
    """

    text: Value | None
    files: tuple[Value, ...]
    null_input: bool
    is_other_input: bool = False


def parse(words: Sequence[Value]) -> Program | None:
    """Options and program of a jq command (without its name)."""
    text: Value | None = None
    files: list[Value] = []
    null_input = from_file = other = False
    index = 0
    while index < len(words):
        word = words[index].text
        index += 1
        if word in _TWO:
            index += 2
        elif word in _ONE:
            index += 1
        elif word in ("--args", "--jsonargs"):
            break
        elif word.startswith("-") and len(word) > 1:
            null_input |= word == "--null-input" or (not word.startswith("--") and "n" in word)
            other |= word in _OTHER_INPUT or (not word.startswith("--") and bool(set("sR") & set(word)))
            from_file |= word == "--from-file" or (not word.startswith("--") and "f" in word)
        elif text is None:
            text = words[index - 1]
        else:
            files.append(words[index - 1])
    if text is None:
        return None
    return Program(None if from_file else text, tuple(files), null_input, other)


# ── Building a body ──────────────────────────────────────────────────────────────────────────

Move = Callable[[Operation, str], list[tuple[int, int, str]]]
"""Makes the edits that move an operation's keys in a text."""

_STRING = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)
_SHORTHAND = re.compile(r"(?<=[{,])\s*\$?(?P<name>\w+)\s*(?=[,}])")


def construction(text: str) -> tuple[dict[str, Any], Move]:
    """The object that a program builds, and how to move its keys.

    Raises ValueError, with half a sentence, for programs that are more than one plain object.
    """
    covered = _STRING.sub(lambda found: '"' + "s" * (len(found[0]) - 2) + '"', text)
    if not covered.strip().startswith("{") or _closing(covered) != len(covered.rstrip()):
        raise ValueError("it is more than one object")
    if "#" in covered or "\\(" in text:
        raise ValueError("it has comments or interpolation")
    for group in re.findall(r"\(([^()]*)\)", covered):
        if set(group) & set(",{}:"):
            raise ValueError("a value in it is more than a simple expression")
    if re.search(r"[{,]\s*\(", covered):
        raise ValueError("it computes a key")
    short = [found["name"] for found in _SHORTHAND.finditer(covered) if found["name"] in contract.MOVED_KEYS]
    if short:
        raise ValueError(f"it takes `{short[0]}` from a variable of the same name")
    model = structured.load(text, "yaml")
    if not isinstance(model, dict):
        raise ValueError("it is not an object")  # noqa: TRY004 (one exception for all that is not understood)
    return model, _move


def _move(operation: Operation, text: str) -> list[tuple[int, int, str]]:
    construction(text)
    return structured.move_edits(text, "yaml", operation)


def _closing(text: str) -> int:
    """Offset behind the brace that closes the first one."""
    depth = 0
    for index, char in enumerate(text):
        depth += (char in "{[(") - (char in ")]}")
        if depth == 0 and char == "}":
            return index + 1
    return -1


# ── Reading an answer ────────────────────────────────────────────────────────────────────────

_KEYS = "|".join(contract.MOVED_KEYS)
_DATA = rf"\.{contract.RESPONSE_ENVELOPE}|\.?\[\"{contract.RESPONSE_ENVELOPE}\"\]"
_STEP = rf"\??(?P<step>\.(?P<key>{_KEYS})\b|\.?\[\"(?P<quoted>{_KEYS})\"\]|\.\"(?P<dotted>{_KEYS})\")"
_NEW = rf"(?:\??\.?(?:{contract.SETTINGS}|{contract.CRON}|\[\"(?:{contract.SETTINGS}|{contract.CRON})\"\]))*"
_IN_ENVELOPE = re.compile(rf"(?<![\w\])\"])(?:{_DATA}){_NEW}{_STEP}")


def count_reads(text: str, operation: Operation) -> int:
    """How often some text, in jq or in a language like it, reads a moved key from an old or new answer.

    Both count, so that a text says the same before and after a rewrite.
    """
    found = _IN_ENVELOPE.finditer(text)
    return sum(operation.move(each["key"] or each["quoted"] or each["dotted"]) is not None for each in found)
