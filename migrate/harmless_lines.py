"""Proof that texts differ in comments alone, for languages whose comments are lines.

Dockerfiles and makefiles are read as far as the question goes: into logical lines, as their manuals
say that comments are told from the rest. Markdown is parsed; components are taken apart at their scripts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

_HEREDOC = re.compile(r"<<-?(?P<quote>[\"']?)(?P<word>\w+)(?P=quote)")
_ESCAPE = re.compile(r"#[ \t]*escape[ \t]*=[ \t]*(?P<char>\S)", re.IGNORECASE)
_DIRECTIVE = re.compile(r"#[ \t]*\w+[ \t]*=")
_DEFINE = re.compile(r" *(?:override +)?define\b")
_ENDEF = re.compile(r" *endef\b")
_PREFIX = re.compile(r"^[ ]*\.RECIPEPREFIX\b", re.MULTILINE)
_FRONT = re.compile(r"\A---[ \t]*\r?\n(?:.*\r?\n)*?---[ \t]*(?:\r?\n|\Z)")
_HTML_COMMENT = re.compile(r"(?:\s*<!--(?:(?!-->).)*-->)+\s*\Z", re.DOTALL)
_SCRIPT = re.compile(r"(<script\b[^>]*>)(.*?)(</script\s*>)", re.DOTALL | re.IGNORECASE)


def dockerfile(old: str, new: str) -> bool:
    """Whether two Dockerfiles have the same directives and instructions.

    https://docs.docker.com/reference/dockerfile/#format: a line that begins with ``#`` is a comment,
    between the lines of an instruction, too, but not in a here-document.
    """
    return _instructions(old) == _instructions(new)


def _instructions(text: str) -> list[str]:
    lines = text.split("\n")  # a lone CR ends no line here
    found: list[str] = []
    while lines and _DIRECTIVE.match(lines[0]):
        found.append(lines.pop(0))
    escape = next((match["char"] for line in found if (match := _ESCAPE.match(line))), "\\")
    open_words: list[str] = []
    is_continued = False
    for line in lines:
        if open_words:
            found.append(f"\0{line}")
            if line.strip() == open_words[0]:
                open_words.pop(0)
            continue
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        found.append(f"{'+' if is_continued else ''}{line}")
        is_continued = line.rstrip().endswith(escape)
        if not is_continued:
            open_words = [each["word"] for each in _HEREDOC.finditer(line)]
    return found


def makefile(old: str, new: str) -> bool:
    """Whether two makefiles have the same lines, but for comment lines of make's own.

    https://www.gnu.org/software/make/manual/html_node/Makefile-Contents.html: a comment ends with its
    line unless that is continued; a line that begins with a tab is the shell's; in ``define`` nothing
    is a comment. With another recipe prefix than the tab there is no proof.
    """
    if _PREFIX.search(old) or _PREFIX.search(new):
        return False
    return list(_made(old)) == list(_made(new))


def _made(text: str) -> Iterator[str]:
    is_in_define = False
    for line in re.sub(r"\\\r?\n", "\\\\\0", text).split("\n"):
        is_in_define = not _ENDEF.match(line) if is_in_define else bool(_DEFINE.match(line))
        if is_in_define or "\0" in line or not line.lstrip(" ").startswith("#"):
            yield line


def markdown(old: str, new: str) -> bool:
    """Whether two Markdown texts become the same page, but for HTML comments that are blocks."""
    old_front, new_front = _FRONT.match(old), _FRONT.match(new)
    if (old_front and old_front[0]) != (new_front and new_front[0]):
        return False
    return _blocks(old) == _blocks(new)


def _blocks(text: str) -> list[tuple[object, ...]]:
    from markdown_it import MarkdownIt  # noqa: PLC0415 (only where comments are left)

    return [
        (token.type, token.tag, token.level, token.markup, token.info, token.hidden, token.content)
        for token in MarkdownIt("commonmark").enable("table").parse(text)
        if token.type != "html_block" or not _HTML_COMMENT.match(token.content)
    ]


def component(old: str, new: str, same_script: Callable[[str, str], bool]) -> bool:
    """Whether two components (Vue, Svelte) are the same but for comments in their scripts.

    same_script: whether two scripts are the same but for comments.
    """
    first, second = _SCRIPT.split(old), _SCRIPT.split(new)
    if len(first) != len(second):
        return False
    return all(
        one == other or (index % 4 == 2 and same_script(one, other))
        for index, (one, other) in enumerate(zip(first, second, strict=True))
    )
