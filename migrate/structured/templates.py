"""Template languages in JSON and YAML: Helm, gomplate, Jinja, ERB, Handlebars, GitHub's ``${{ }}``.

A template expression is covered by as many harmless characters, so that the rest of the text can
be parsed and every offset stays right. A *directive* is an expression that brings no value of its
own: a condition, a loop, an assignment, or a line that a template fills in.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

EXPRESSION = re.compile(r"\{\{\{.*?\}\}\}|\{\{.*?\}\}|<%.*?%>|\{%.*?%\}|\{#.*?#\}")
_INNER = re.compile(r"^(?:\{\{\{?|<%|\{%|\{#)[-+~=]?\s*(?P<text>.*?)\s*[-+~]?(?:\}\}\}?|%>|%\}|#\})$")
_OPEN = re.compile(
    r"^(?:if|range|with|define|block|for|unless|case|macro|call|filter|while|each|#(?!\s))\b|^#\w|\bdo(?:\s*\|[^|]*\|)?$"
)
_CLOSE = re.compile(r"^(?:end\w*\b|/\s*\w+|\}$)")
_NEUTRAL = re.compile(
    r"^(?:else|elif|elsif|elseif|when|set|template|include|block|break|continue|import|from|extends"
    r"|\$\w+\s*:?=|/\*|!)"
)


@dataclass(frozen=True, slots=True)
class Directive:
    """A template expression that is no value.

    depth: +1 opens a block, -1 closes one, 0 neither; inserts: a line that the template fills in.
    """

    start: int
    end: int
    depth: int
    inserts: bool = False


def has_expression(text: str) -> bool:
    """Whether the text holds a template expression."""
    return EXPRESSION.search(text) is not None


@lru_cache(maxsize=4)
def directives(text: str) -> tuple[Directive, ...]:
    """All directives of a text, in order. Kept, since each body of a file asks for those of the whole."""
    found = []
    for match in EXPRESSION.finditer(text):
        depth = _depth(match[0])
        if depth is not None or _alone(text, match):
            found.append(Directive(match.start(), match.end(), depth or 0, depth is None))
    return tuple(found)


def _depth(expression: str) -> int | None:
    inner = _INNER.match(expression)
    content = inner["text"] if inner else expression
    if _CLOSE.search(content):
        return -1
    if _OPEN.search(content):
        return 1
    is_statement = expression.startswith(("{%", "{#")) or (
        expression.startswith("<%") and not re.match(r"<%[-+~]?=", expression)
    )
    return 0 if is_statement or _NEUTRAL.search(content) else None


def _alone(text: str, match: re.Match[str]) -> bool:
    """Whether nothing else stands on the line: such a line may bring in any number of keys."""
    start = max(text.rfind("\n", 0, match.start()), text.rfind("\r", 0, match.start())) + 1
    rest = re.compile(r"[ \t]*(?:[\r\n]|$)").match(text, match.end())
    return not text[start : match.start()].strip() and rest is not None


def masked(text: str, syntax: str) -> str:
    """The text with every expression covered, as long as before.

    A directive becomes white space (JSON) or, alone on its line, a comment (YAML); any other
    expression becomes a bare word.
    """
    alone = {each.start for each in directives(text)}

    def cover(match: re.Match[str]) -> str:
        length = len(match[0])
        if match.start() not in alone:
            return "T" * length
        comment = syntax == "yaml" and _alone(text, match)
        return ("#" if comment else " ") + " " * (length - 1)

    return EXPRESSION.sub(cover, text)
