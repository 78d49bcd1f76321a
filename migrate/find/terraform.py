"""Terraform: shell in ``local-exec`` provisioners, and blocks that describe a request (``data "http"``).

https://developer.hashicorp.com/terraform/language/resources/provisioners/local-exec,
https://registry.terraform.io/providers/hashicorp/http/latest/docs/data-sources/http
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from ast_grep_py import SgNode, SgRoot

from migrate import contract
from migrate.embed import Region, find_in, merge, to_review
from migrate.find import links, literal
from migrate.find.described.folders import UNKNOWN
from migrate.find.text import names_in
from migrate.model import Dismissal, Findings, Use
from migrate.project import Project
from migrate.quoting import Char, json_escape, region
from migrate.source import Source

LANGUAGE = "terraform"
_URLS = ("url", "uri", "endpoint")
_BODIES = ("request_body", "body", "data", "payload")
_SHELLS = frozenset(("bash", "sh", "zsh", "/bin/bash", "/bin/sh", "/usr/bin/env"))
_OWN_FOLDER = "${path.module}/"
"""A path from the file's own folder. The folder's expression reads as a dot."""
_ESCAPE = re.compile(r'\\u[0-9a-fA-F]{4}|\\[nrt"\\]|\$\$\{|%%\{')
_WRITTEN = re.compile(rf'{contract.MOVED_KEY_IN_TEXT.pattern}(?:\\?")?\s*(?:=(?!=)|:)')
"""A moved key of an object that is put together: no read of an answer."""
_ESCAPED = {"\\n": "\n", "\\r": "\r", "\\t": "\t", '\\"': '"', "\\\\": "\\", "$${": "${", "%%{": "%{"}


def find(source: Source, project: Project) -> Findings:
    """All uses in a Terraform file."""
    root = SgRoot(source.text, "hcl").root()
    blocks = [_Block(source.text, node) for node in root.find_all(kind="block")]
    shells = [made for block in blocks for made in block.shell(source.path, project)]
    requests = [made for block in blocks for made in block.request()]
    found = [literal.examine(source, project, each, LANGUAGE) for each in requests]
    comments = [_span(each) for each in root.find_all(kind="comment")]
    explained = [(each.outer_start(0), each.outer_end(len(each.text))) for each in shells]
    explained += [
        each.place for each, result in zip(requests, found, strict=True) if result.model or result.use
    ]
    uses = [each.use for each in found if isinstance(each.use, Use)]
    written = [found.span() for found in _WRITTEN.finditer(source.text)]
    reasons = [literal.named_elsewhere(source, use, explained + comments + written) for use in uses]
    return merge(
        Findings(
            tuple(to_review(use, why) if why else use for use, why in zip(uses, reasons, strict=True)),
            tuple(each.use for each in found if isinstance(each.use, Dismissal)),
            tuple(each.model for each in found if each.model),
        ),
        find_in(source, project, shells),
        links.find_in(source, LANGUAGE, comments),
        names_in(
            source,
            LANGUAGE,
            "it is not seen to be a request",
            "endpoint-name",
            explained=explained,
            comments=comments,
        ),
    )


def _span(node: SgNode) -> tuple[int, int]:
    found = node.range()
    return found.start.index, found.end.index


class _Block:
    """One block with its own attributes."""

    def __init__(self, text: str, node: SgNode) -> None:
        self.text = text
        self.node = node
        heads = node.children()
        self.kind = heads[0].text() if heads else ""
        self.labels = [each.text().strip('"') for each in heads if each.kind() == "string_lit"]
        body = next((each for each in heads if each.kind() == "body"), None)
        self.attributes: dict[str, SgNode] = {}
        for each in body.children() if body else []:
            parts = each.children()
            if each.kind() == "attribute" and len(parts) == 3:
                self.attributes[parts[0].text()] = parts[2]

    def shell(self, path: str, project: Project) -> Iterator[Region]:
        """The command of a ``local-exec`` provisioner that a shell runs. path: of the file."""
        command, interpreter = self.attributes.get("command"), self.attributes.get("interpreter")
        programs = re.findall(r'"([^"]*)"', interpreter.text()) if interpreter else ["sh"]
        if self.kind != "provisioner" or "local-exec" not in self.labels or command is None:
            return
        made = self._region(command, "shell") if _SHELLS & set(programs) else None
        if made:
            yield replace(made, folder=self._folder(path, project))

    def _folder(self, path: str, project: Project) -> str | None:
        """Where the command runs, None where nothing is said: in the folder that terraform runs in."""
        given = self.attributes.get("working_dir")
        if given is None:
            return None
        folder = given.text().strip('"').replace("${path.module}", ".")
        return UNKNOWN if "$" in folder or folder.startswith(("/", "~")) else project.beside(path, folder)

    def request(self) -> Iterator[literal.Literal]:
        """The request that a block describes."""
        url = next((self.attributes[name] for name in _URLS if name in self.attributes), None)
        body = next((self.attributes[name] for name in _BODIES if name in self.attributes), None)
        method = self.attributes.get("method")
        made = self._region(url, "text") if url else None
        name = method.text().strip('"').upper() if method else "GET"
        if made and name.isalpha():
            yield literal.Literal(_span(self.node), name, made, self._region(body, "json") if body else None)

    def _region(self, node: SgNode, language: str) -> Region | None:
        """A quoted template or heredoc as a region; ``${…}`` becomes ``{{…}}``."""
        start, end = _span(node)
        text = self.text[start:end]
        if text.startswith('"'):
            chars = self._decoded(node, start + 1, end - 1, escapes=True)
            return region(language, chars, _encode_quoted, origin=start + 1)
        heredoc = re.match(r"<<(?P<strip>-?)(?P<word>\w+)[^\n]*\n", text)
        if not heredoc:
            return None
        first, last = start + heredoc.end(), start + text.rfind("\n") + 1
        indent = _common_indent(self.text[first:last]) if heredoc["strip"] else ""
        chars = [
            char
            for line in re.finditer(r"[^\n]*\n", self.text[first:last])
            for char in self._decoded(node, first + line.start() + (len(indent) if line[0].strip() else 0),
                                      first + line.end(), escapes=False)
        ]  # fmt: skip
        return region(language, chars, _encode_heredoc, indent=indent, origin=first)

    def _decoded(self, node: SgNode, start: int, end: int, *, escapes: bool) -> list[Char]:
        holes = [_span(each) for each in node.find_all(kind="template_interpolation")]
        chars: list[Char] = []
        position = start
        while position < end:
            hole = next((each for each in holes if each[0] == position), None)
            escape = _ESCAPE.match(self.text, position, end)
            if hole and self.text.startswith(_OWN_FOLDER, position):
                chars.append((".", *hole))
                position = hole[1]
            elif hole:
                name = "{{" + re.sub(r"[{}\n]", "", self.text[hole[0] + 2 : hole[1] - 1]) + "}}"
                chars += [(char, *hole) for char in name]
                position = hole[1]
            elif escape and (escapes or escape[0][0] in "$%"):
                decoded = _ESCAPED.get(escape[0]) or _unicode(escape[0])
                chars += [(char, position, escape.end()) for char in decoded]
                position = escape.end()
            else:
                chars.append((self.text[position], position, position + 1))
                position += 1
        return chars


def _unicode(escape: str) -> str:
    digits = escape.removeprefix("\\u")
    return chr(int(digits, 16))


def _common_indent(text: str) -> str:
    found = [re.match(r"[ \t]*", line) for line in text.splitlines() if line.strip()]
    return min((each[0] for each in found if each), key=len, default="")


def _encode_quoted(new: str) -> str:
    return _with_interpolation(new, json_escape)


def _encode_heredoc(new: str) -> str:
    return _with_interpolation(new, str)


def _with_interpolation(new: str, write: Callable[[str], str]) -> str:
    parts, position = [], 0
    for found in re.finditer(r"\{\{(.*?)\}\}", new):
        parts += [_escaped(write(new[position : found.start()])), "${" + found[1] + "}"]
        position = found.end()
    return "".join((*parts, _escaped(write(new[position:]))))


def _escaped(new: str) -> str:
    return new.replace("${", "$${").replace("%{", "%%{")
