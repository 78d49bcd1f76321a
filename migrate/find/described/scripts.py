"""Scripts beside a request that read its answer: Postman, Insomnia, Bruno, JetBrains' HTTP Client.

https://learning.postman.com/docs/tests-and-scripts/write-scripts/postman-sandbox-reference/pm-response/,
https://docs.usebruno.com/testing/script/javascript-reference,
https://www.jetbrains.com/help/idea/http-response-reference.html
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from migrate import contract
from migrate.structured.layout import TextEdit

_KEYS = "|".join(contract.MOVED_KEYS)
_ANSWER = (
    r"(?<![\w.$])(?:(?:pm|insomnia)\.response\.json\(\)|response\.body|res\.body|res\.getBody\(\)"
    r"|JSON\.parse\(responseBody\))"
)
_VARIABLE = re.compile(
    rf"\b(?:const|let|var)\s+(?P<name>\w+)\s*=\s*{_ANSWER}\s*(?=[;\r\n\"'\\]|$)", re.MULTILINE
)
_OTHER_REQUEST = re.compile(r"\bsendRequest\b|\brunRequest\b")


def edits(text: str, span: tuple[int, int]) -> list[TextEdit]:
    """Insertions for the reads in the scripts of one request that are surely of its answer."""
    if _OTHER_REQUEST.search(text, *span):
        return []
    answers = [_ANSWER, *(rf"(?<![\w.$]){name}" for name in _variables(text, span))]
    read = re.compile(rf"(?:{'|'.join(answers)})\??\.{contract.RESPONSE_ENVELOPE}\??\.(?P<key>{_KEYS})\b")
    return [_edit(found) for found in read.finditer(text, *span)]


def _edit(found: re.Match[str]) -> TextEdit:
    inner = "".join(f"{name}." for name in contract.place_of(found["key"])[:-1])
    return found.start("key"), found.start("key"), inner


def _variables(text: str, span: tuple[int, int]) -> Iterator[str]:
    """Names that hold the whole answer and nothing else."""
    for found in _VARIABLE.finditer(text, *span):
        name = found["name"]
        set_to = re.compile(
            rf"(?<![\w.$]){name}\s*=(?!=)|[({{,]\s*{name}\s*(?:[,)}}]\s*)*=>|function\s*\w*\([^)]*\b{name}\b"
        )
        if sum(1 for _ in set_to.finditer(text, *span)) == 1:
            yield name


def named(text: str, name: str) -> list[TextEdit]:
    """Insertions for reads of a named request's answer: ``{{put.response.body.$.data.x}}``.

    https://github.com/Huachao/vscode-restclient#request-variables
    """
    read = re.compile(
        rf"\{{\{{[ \t]*{re.escape(name)}\.response\.body\.(?:\$\.)?{contract.RESPONSE_ENVELOPE}\."
        rf"(?P<key>{_KEYS})(?=[ \t]*\}}\}})"
    )
    return [_edit(found) for found in read.finditer(text)]
