"""Who owns a file, by CODEOWNERS.

https://docs.github.com/en/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/about-code-owners
https://docs.gitlab.com/user/project/codeowners/reference/ (sections, default owners)
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path, PurePosixPath

from migrate.model import FileResult, Run

PLACES = (".github/CODEOWNERS", "CODEOWNERS", ".gitlab/CODEOWNERS", "docs/CODEOWNERS")
"""Where the file may be; the first one counts."""

MAX_SIZE = 3 * 1024 * 1024
"""Bytes; GitHub ignores a larger file."""

_SECTION = re.compile(r"\^?\[(?P<name>[^\]]+)\](?:\[\d+\])?(?:\s+(?P<owners>.*))?")
_WORDS = re.compile(r"(?:\\.|[^\s\\])+")


@dataclass(frozen=True)
class Rule:
    """One line: a pattern and whom its files belong to (nobody, where empty).

    excludes: it takes its files out of its section for good (GitLab's ``!pattern``).
    """

    pattern: str
    owners: tuple[str, ...]
    excludes: bool = False

    def matches(self, path: str) -> bool:
        """Whether it speaks for a file. Patterns are those of .gitignore, but ``x/*`` stays in ``x``."""
        expression = _expression(self.pattern)
        if expression is None or not expression.match(path):
            return False
        if not self.pattern.endswith("/*"):
            return True
        above = PurePosixPath(path).parent
        return str(above) == "." or not expression.match(str(above))


@cache
def _expression(pattern: str) -> re.Pattern[str] | None:
    from pathspec import PathSpec  # noqa: PLC0415 (only where there is a CODEOWNERS)

    try:
        (found,) = PathSpec.from_lines("gitignore", [pattern]).patterns
    except ValueError:
        return None
    expression: re.Pattern[str] | None = getattr(found, "regex", None)
    return expression


@dataclass(frozen=True)
class Owners:
    """A parsed file: for each section its rules, in order."""

    sections: tuple[tuple[Rule, ...], ...] = ()

    def of(self, path: str) -> tuple[str, ...]:
        """Owners of a file, given relative to the repository: the last rule of each section counts."""
        found: dict[str, None] = {}
        for rules in self.sections:
            matching = [each for each in rules if each.matches(path)]
            if any(each.excludes for each in matching):
                continue
            rule = matching[-1] if matching else None
            found.update(dict.fromkeys(rule.owners if rule else ()))
        return tuple(found)


def parse(text: str, *, is_github: bool = False) -> Owners:
    """Read the text of a CODEOWNERS file. Lines that are not right are passed over, as hosts do.

    is_github: without the sections and exclusions that only GitLab knows; ``[`` begins no pattern.
    """
    sections: dict[str, list[Rule]] = {"": []}
    name, default = "", ()  # type: tuple[str, tuple[str, ...]]
    for line in text.splitlines():
        section = None if is_github else _SECTION.fullmatch(line.strip())
        if section:
            name, default = section["name"].casefold(), _owners(_words(section["owners"] or ""))
            sections.setdefault(name, [])
            continue
        pattern, *rest = _words(line) or [""]
        if pattern.startswith("!"):
            sections[name] += [] if is_github else [Rule(pattern[1:], (), excludes=True)]
        elif pattern and not (is_github and "[" in pattern):
            sections[name].append(Rule(pattern, _owners(rest) or (default if not rest else ())))
    return Owners(tuple(tuple(rules) for rules in sections.values() if rules))


def _words(line: str) -> list[str]:
    """Words of a line up to a comment. A backslash keeps a space or ``#`` in a word."""
    words: list[str] = []
    for word in _WORDS.findall(line):
        if word.startswith("#"):
            break
        words.append(word)
    return words


def _owners(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(word for word in words if "@" in word)


def load(root: str) -> Owners:
    """The owners in a repository; none where there is no file that can be read."""
    for place in PLACES:
        path = Path(root, place)
        try:
            if path.is_file():
                if path.stat().st_size > MAX_SIZE:
                    return Owners()
                return parse(path.read_text(encoding="utf-8-sig"), is_github=place.startswith(".github/"))
        except (OSError, UnicodeDecodeError):
            return Owners()
    return Owners()


def named(run: Run) -> Run:
    """The run with the owners of each file filled in."""
    known: dict[str, Owners] = {}

    def owned(each: FileResult) -> FileResult:
        if not each.repository:
            return each
        if each.repository not in known:
            known[each.repository] = load(each.repository)
        inside = os.path.relpath(each.path, each.repository)
        return replace(each, owners=known[each.repository].of(inside))

    return replace(run, files=tuple(owned(each) for each in run.files))
