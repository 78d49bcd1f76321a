r"""Where a fish script is written in a way that a grammar of bash misreads.

fish has no words such as ``then`` and ``done``, substitutes ``(command)``, and knows ``\'`` and ``\\`` in
single quotes: https://fishshell.com/docs/current/fish_for_bash_users.html
"""

from __future__ import annotations

import re

_OWN = re.compile(
    r"""(?P<quoted>'(?:[^'\\]|\\(?!['\\]).)*' | "(?:[^"\\`(]|\\(?![`]).|\$\([^()"]*\))*")
    |(?P<comment>(?:(?<=^)|(?<=[\s;]))\#[^\n]*)
    |(?P<escape>\\[\r\n $"'\\;&|<>])
    |(?P<own>[()`\\'"\[\]{}]|<<|\$\w+\[)
    |(?P<word>[^\s;|&()'"\\`\[\]{}<>\#$]+|.)""",
    re.VERBOSE | re.MULTILINE | re.DOTALL,
)
_WORDS = frozenset(
    ("function", "end", "begin", "if", "else", "while", "for", "switch", "case", "and", "or", "not", "string",
     "math", "argparse", "eval", "source", "return", "read", "set_color", "abbr", "alias")
)  # fmt: skip


def own_syntax(text: str) -> int | None:
    """Offset of the first thing that a grammar of bash would misread, or None."""
    for found in _OWN.finditer(text):
        if found["own"] or (found["word"] in _WORDS and _begins_command(text, found.start())):
            return found.start()
    return None


def _begins_command(text: str, start: int) -> bool:
    before = text[:start].rstrip(" \t")
    return not before or before[-1] in "\n;|&"
