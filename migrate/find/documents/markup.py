"""Code in reStructuredText, AsciiDoc and HTML.

https://docutils.sourceforge.io/docs/ref/rst/directives.html#code,
https://docs.asciidoctor.org/asciidoc/latest/verbatim/source-blocks/
"""

from __future__ import annotations

import re

from migrate.find.documents.samples import Sample
from migrate.quoting import html_text, indented

_DIRECTIVE = re.compile(
    r"^(?P<indent>[ \t]*)\.\. (?:code-block|code|sourcecode|highlight)::[ \t]*(?P<name>[\w+-]*)[ \t]*\r?\n"
    r"(?:(?P=indent)[ \t]+:[\w-]+:[^\n]*\n)*(?:[ \t]*\r?\n)*",
    re.MULTILINE,
)
_LITERAL = re.compile(r"^(?P<indent>[ \t]*)(?!\.\. )[^\n]*::[ \t]*\r?\n(?:[ \t]*\r?\n)+", re.MULTILINE)
_ADOC = re.compile(
    r"(?:^\[(?:source)?(?:%\w+)?,?[ \t]*(?P<name>[\w+-]*)[^\]\n]*\][ \t]*\r?\n(?:\.[^\n]*\n)?)?"
    r"^(?P<fence>-{4,}|\.{4,}|```)(?P<tick>\w*)[ \t]*\r?\n(?P<body>(?:[^\n]*\n)*?)(?P=fence)[ \t]*\r?$",
    re.MULTILINE,
)
_HTML = re.compile(
    r"<(?P<tag>pre|code|script)\b(?P<attributes>[^>]*)>(?:\s*<code\b(?P<inner>[^>]*)>)?(?P<body>.*?)</(?:code|pre|script)>",
    re.DOTALL | re.IGNORECASE,
)
_HTML_LANGUAGE = re.compile(r"(?:language-|lang-|highlight-|lang=[\"']?)(?P<name>[\w+-]+)")


def restructured_text(text: str) -> list[Sample]:
    """Code directives and literal blocks."""
    found = [_below(text, each, each["name"]) for each in _DIRECTIVE.finditer(text)]
    found += [_below(text, each, "") for each in _LITERAL.finditer(text) if ".. " not in each[0][:80]]
    return [each for each in found if each]


def _below(text: str, head: re.Match[str], name: str) -> Sample | None:
    """The lines below a head that are indented deeper than it."""
    first = re.compile(r"[ \t]+").match(text, head.end())
    if first is None or len(first[0]) <= len(head["indent"]):
        return None
    block = re.compile(rf"(?:{re.escape(first[0])}[^\n]*(?:\n|$)|[ \t]*\r?\n)+").match(text, head.end())
    if block is None:
        return None
    end = head.end() + len(block[0].rstrip()) + 1
    made = indented("text", text, head.end(), min(end, len(text)), first[0])
    return Sample(name, made) if made else None


def asciidoc(text: str) -> list[Sample]:
    """Listing, literal and fenced blocks."""
    found: list[Sample] = []
    for each in _ADOC.finditer(text):
        made = indented("text", text, *each.span("body"), "")
        if made:
            found.append(Sample(each["name"] or each["tick"] or "", made))
    return found


def html(text: str) -> list[Sample]:
    """``pre``, ``code`` and ``script`` elements without tags in them."""
    found: list[Sample] = []
    for each in _HTML.finditer(text):
        named = _HTML_LANGUAGE.search(f"{each['attributes']} {each['inner'] or ''}")
        if each["tag"].lower() == "script":
            made = indented("text", text, *each.span("body"), "")
            name = "javascript"
        else:
            made = html_text("text", text, *each.span("body"))
            name = named["name"] if named else ""
        if made and made.text.strip():
            found.append(Sample(name, made))
    return found
